"""Bytes that are not a canonical container: which sentence helps the person who holds them.

Nothing here ever accepts a package. A foreign zip is inflated within limits, only to tell "unpacked
and zipped again by hand" from damage and from files that never were ours.
"""

import hashlib
import io
import re
import zipfile

from core.handover.bag import agrees_with_manifests
from core.handover.container import MAX_BYTES, MAX_MEMBERS, starts_like_ours
from core.handover.state import PackageError, State

_OUR_MARK = re.compile(rb"sub-[0-9a-f]{16}/(bagit|bag-info)\.txt")
_CHUNK = 1 << 16
_MAX_TAG_FILE = 1 << 20

_END_MARK, _END_SIZE = b"PK\x05\x06", 22
_ZIP64_MARK, _ZIP64_SIZE = b"PK\x06\x07", 20
_ENTRY_SIZE = 512  # more than any directory entry of a package packed by other tools


def explained(data: bytes, error: PackageError) -> PackageError:
    """Return what to tell about bytes that the container reader refused with `error`."""
    if error.state is State.TOO_LARGE:
        return error
    if not data:
        return PackageError(State.CUT, "empty-file")
    if not data.strip(b"\0"):
        return PackageError(State.DAMAGED, "only-zeros", size=len(data))
    if starts_like_ours(data):
        return error
    if _is_rezipped(data):
        return PackageError(State.REZIPPED, "rezipped")
    if _OUR_MARK.search(data):
        return PackageError(State.DAMAGED, "header-changed")
    return PackageError(State.FOREIGN, "not-a-package")


def _is_rezipped(data: bytes) -> bool:
    if not _has_small_directory(data):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _holds_an_intact_bag(archive)
    except Exception:
        # zipfile answers hostile bytes with a dozen kinds of exception; whichever it is, the answer
        # here is the same.
        return False


def _holds_an_intact_bag(archive: zipfile.ZipFile) -> bool:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    bases = [entry.filename.removesuffix("bagit.txt") for entry in entries if _is_bagit(entry.filename)]
    if len(bases) != 1:
        return False
    digests: dict[str, str] = {}
    tags: dict[str, bytes] = {}
    room = MAX_BYTES
    for entry in entries:
        name = entry.filename.removeprefix(bases[0])
        if not entry.filename.startswith(bases[0]):
            continue  # what packers add beside the folder, such as __MACOSX
        kept = io.BytesIO()
        digest = hashlib.sha256()
        with archive.open(entry) as content:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
                if kept.tell() <= _MAX_TAG_FILE and "/" not in name:
                    kept.write(chunk)
                room -= len(chunk)
                if room < 0:
                    return False
        digests[name] = digest.hexdigest()
        if "/" not in name:
            tags[name] = kept.getvalue()
    return agrees_with_manifests(digests, tags)


def _has_small_directory(data: bytes) -> bool:
    """Tell whether zipfile, which reads the whole directory first, would have little to read."""
    at = len(data) - _END_SIZE
    if not (data.startswith(_END_MARK, max(at, 0)) and data.endswith(b"\0\0")):
        at = data.rfind(_END_MARK, max(at - 0xFFFF, 0))
    has_zip64 = data.startswith(_ZIP64_MARK, max(at - _ZIP64_SIZE, 0))
    size = int.from_bytes(data[at + 12 : at + 16], "little")
    return at >= 0 and not has_zip64 and size <= MAX_MEMBERS * _ENTRY_SIZE


def _is_bagit(name: str) -> bool:
    return name == "bagit.txt" or name.endswith("/bagit.txt")
