"""The outer zip of a package: members stored uncompressed, in the order of their names, with
nothing left to choose.

Equal members give equal bytes, and only those bytes are read back: the reader builds every header
again from the members it finds and demands the same. So one rule refuses changed, doubled, hidden,
overlapping, prepended or appended content alike.
"""

import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from core.handover.state import PackageError, State

MAX_MEMBERS = 2_000
MAX_BYTES = 512 * 1024 * 1024

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"

_NEEDS = 10  # "version needed to extract" of a plainly stored file (APPNOTE 4.4.3)
_MADE_BY = 3 << 8 | _NEEDS  # 3 = Unix: the one that gives unpacked files sensible permissions everywhere
_PERMISSIONS = 0o100644 << 16
_TIME, _DATE = 0, 1 << 5 | 1  # 1980-01-01 00:00, the first moment a zip can name: no clock in the bytes
_HEAD = _LOCAL_MARK + struct.pack("<5H", _NEEDS, 0, 0, _TIME, _DATE)  # what every package starts with

_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*", re.ASCII)
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE | re.ASCII)
_MAX_NAME = 120


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the container: its name with `/` between the parts, and its bytes."""

    name: str
    content: memoryview


def container_bytes(members: Mapping[str, bytes]) -> bytes:
    """Return the one zip that holds these members.

    Raises PackageError (TOO_LARGE) above 2,000 members or 512 MiB, and ValueError for a name no
    package may contain: names come from the program, never from a person.
    """
    names = sorted(members)
    _demand_good_names(names)
    if len(names) > MAX_MEMBERS:
        raise PackageError(State.TOO_LARGE, "too-many-files", most=MAX_MEMBERS)
    body: list[bytes] = []
    index = _Index()
    for name in names:
        content = members[name]
        header = index.add(name, memoryview(content))
        body += (header, content)
        if index.offset > MAX_BYTES:
            raise PackageError(State.TOO_LARGE, "too-many-bytes", most=MAX_BYTES >> 20)
    packed = b"".join([*body, index.tail()])
    if len(packed) > MAX_BYTES:
        raise PackageError(State.TOO_LARGE, "too-many-bytes", most=MAX_BYTES >> 20)
    return packed


def read_container(data: bytes) -> list[Member]:
    """Return the members of a container in their order, without copying them.

    Raises PackageError with state TOO_LARGE, CUT or DAMAGED when the bytes are not exactly those
    `container_bytes` writes.
    """
    if len(data) > MAX_BYTES:
        raise PackageError(State.TOO_LARGE, "too-many-bytes", most=MAX_BYTES >> 20)
    view = memoryview(data)
    members: list[Member] = []
    index = _Index()
    while not data.startswith((_CENTRAL_MARK, _END_MARK), index.offset):
        if len(members) == MAX_MEMBERS:
            raise PackageError(State.TOO_LARGE, "too-many-files", most=MAX_MEMBERS)
        members.append(_member_at(view, index))
    _demand_tail(data, index)
    names = [member.name for member in members]
    if names != sorted(names) or not _good_names(names):
        raise PackageError(State.DAMAGED, "header-changed")
    return members


def starts_like_ours(data: bytes) -> bool:
    """Tell whether the first bytes are those every package starts with, as far as there are any."""
    return bool(data) and _HEAD.startswith(data[: len(_HEAD)])


class _Index:
    """The offsets and directory entries of the members so far: what the end of the container must say."""

    def __init__(self) -> None:
        self.offset = 0
        self._entries: list[bytes] = []

    def add(self, name: str, content: memoryview) -> bytes:
        """Take the next member in; return its local header."""
        raw = name.encode("ascii")
        shared = (_NEEDS, 0, 0, _TIME, _DATE, zlib.crc32(content), len(content), len(content), len(raw), 0)
        at = self.offset
        self._entries.append(_CENTRAL.pack(_CENTRAL_MARK, _MADE_BY, *shared, 0, 0, 0, _PERMISSIONS, at) + raw)
        self.offset = at + _LOCAL.size + len(raw) + len(content)
        return _LOCAL.pack(_LOCAL_MARK, *shared) + raw

    def tail(self) -> bytes:
        """Return the directory and the end record."""
        directory = b"".join(self._entries)
        count = len(self._entries)
        return directory + _END.pack(_END_MARK, 0, 0, count, count, len(directory), self.offset, 0)


def _member_at(view: memoryview, index: _Index) -> Member:
    start = index.offset
    head = view[start : start + _LOCAL.size]
    if len(head) < _LOCAL.size:
        raise _ends_early(view)
    fields = _LOCAL.unpack(head)
    size, name_length = fields[7], fields[9]
    if fields[0] != _LOCAL_MARK or name_length > _MAX_NAME or size > MAX_BYTES:
        raise PackageError(State.DAMAGED, "header-changed")
    begin = start + _LOCAL.size + name_length
    if begin + size > len(view):
        raise _ends_early(view)
    raw = bytes(view[start + _LOCAL.size : begin])
    if not raw.isascii():
        raise PackageError(State.DAMAGED, "header-changed")
    member = Member(raw.decode("ascii"), view[begin : begin + size])
    if index.add(member.name, member.content) != bytes(view[start:begin]):
        raise PackageError(State.DAMAGED, "content-changed")
    return member


def _demand_tail(data: bytes, index: _Index) -> None:
    expected, found = index.tail(), data[index.offset :]
    if found == expected:
        return
    if expected.startswith(found):
        raise PackageError(State.CUT, "cut-off", size=len(data))
    if found.startswith(expected):
        raise PackageError(State.DAMAGED, "bytes-appended", count=len(found) - len(expected))
    raise PackageError(State.DAMAGED, "header-changed")


def _ends_early(view: memoryview) -> PackageError:
    # A file that still has its proper end was not cut: a size in it was changed.
    end = bytes(view[-_END.size :])
    if len(end) == _END.size and end.startswith(_END_MARK) and end.endswith(b"\0\0"):
        return PackageError(State.DAMAGED, "header-changed")
    return PackageError(State.CUT, "cut-off", size=len(view))


def _good_names(names: list[str]) -> bool:
    """Tell whether all names can be unpacked side by side on every system."""
    lowered = {name.lower() for name in names}
    folders = {name.rsplit("/", depth)[0] for name in lowered for depth in range(1, name.count("/") + 1)}
    return (
        len(lowered) == len(names)
        and not folders & lowered
        and all(len(name) <= _MAX_NAME and all(map(_good_part, name.split("/"))) for name in names)
    )


def _good_part(part: str) -> bool:
    return bool(_PART.fullmatch(part)) and not part.endswith(".") and not _RESERVED.fullmatch(part)


def _demand_good_names(names: list[str]) -> None:
    if not _good_names(names):
        raise ValueError(f"not names of a package: {names[:5]}")
