"""The bag inside a package (BagIt 1.0, RFC 8493): what `sha256sum -c` and any archive's tools can
check without this program.

A payload goes in with a few facts and comes out only if every digest is right and every list is
complete. Member names come from a fixed pattern, so nothing in a package can ask to be written
anywhere else.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.handover.container import Member
from core.handover.state import PackageError, State

_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_BAGIT, _INFO = "bagit.txt", "bag-info.txt"
_MANIFEST, _TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"

# What later versions may add beside the bag: another digest (listed in the tag manifest) and
# signatures over the tag manifest.
_LATER_TAGS = ("manifest-sm3.txt",)
_SIGNATURES = ("tagmanifest-sha256.txt.minisig", "tagmanifest-sha256.txt.p7s")

_FOLDER = re.compile(r"sub-[0-9a-f]{16}")
_PAYLOAD = re.compile(
    r"data/(submission\.json|slip\.(txt|pdf)"
    r"|[0-9]{2,4}-[a-z0-9-]{1,40}/(document\.(json|pdf|xlsx)|att/[0-9]{4}\.(pdf|jpg|png)))"
)
_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9-]*")

Info = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Bag:
    """An intact bag: its folder name, the lines of bag-info.txt, and the payload by name (`data/…`)."""

    folder: str
    info: tuple[tuple[str, str], ...]
    payload: Mapping[str, memoryview]

    def fact(self, label: str) -> str:
        """Return the first value of a label of bag-info.txt, or ""."""
        return next((value for name, value in self.info if name == label), "")


def bag_members(folder: str, payload: Mapping[str, bytes], info: Info) -> dict[str, bytes]:
    """Return all members of a bag, by their names in the container.

    `info` are the facts of bag-info.txt in order; empty ones are left out and Payload-Oxum is
    added. Raises ValueError for a folder, payload name or label no bag of ours has.
    """
    if not _FOLDER.fullmatch(folder) or not all(map(_PAYLOAD.fullmatch, payload)):
        raise ValueError("not the names of a bag")
    facts = [*info, ("Payload-Oxum", _oxum(payload.values()))]
    tags = {
        _BAGIT: _DECLARATION,
        _INFO: "".join(_info_line(label, value) for label, value in facts if value).encode(),
        _MANIFEST: _manifest(_digests(payload)),
    }
    tags[_TAG_MANIFEST] = _manifest(_digests(tags))
    return {f"{folder}/{name}": content for name, content in (tags | dict(payload)).items()}


def read_bag(members: Sequence[Member]) -> Bag:
    """Return the bag in the members of a container, with every digest verified.

    Raises PackageError: FOREIGN when it is not a bag of ours, DAMAGED when a file in it is not the
    one it was.
    """
    folder = members[0].name.partition("/")[0] if members else ""
    if not _FOLDER.fullmatch(folder) or not all(member.name.startswith(f"{folder}/") for member in members):
        raise PackageError(State.FOREIGN, "not-a-package")
    files = {member.name.removeprefix(f"{folder}/"): member.content for member in members}
    payload = {name: content for name, content in files.items() if name.startswith("data/")}
    tags = {name: bytes(content) for name, content in files.items() if name not in payload}
    _demand_known_names(payload, tags)
    if tags[_BAGIT] != _DECLARATION:
        raise PackageError(State.DAMAGED, "member-changed", member=_BAGIT)
    _demand_manifest(tags[_MANIFEST], _digests(payload))
    listed = {
        name: content for name, content in tags.items() if name != _TAG_MANIFEST and name not in _SIGNATURES
    }
    _demand_manifest(tags[_TAG_MANIFEST], _digests(listed))
    info = _read_info(tags[_INFO])
    if ("Payload-Oxum", _oxum(payload.values())) not in info:
        raise PackageError(State.DAMAGED, "member-changed", member=_INFO)
    return Bag(folder, info, payload)


def agrees_with_manifests(digests: Mapping[str, str], tags: Mapping[str, bytes]) -> bool:
    """Tell whether files (name in the bag → sha256) are exactly those the bag's own manifests list."""
    payload = {name: digest for name, digest in digests.items() if name.startswith("data/")}
    listed = {
        name: digest
        for name, digest in digests.items()
        if name not in payload and name != _TAG_MANIFEST and name not in _SIGNATURES
    }
    return (
        bool(payload)
        and tags.get(_MANIFEST) == _manifest(payload)
        and tags.get(_TAG_MANIFEST) == _manifest(listed)
    )


def _demand_known_names(payload: Mapping[str, object], tags: Mapping[str, object]) -> None:
    for name in (_BAGIT, _INFO, _MANIFEST, _TAG_MANIFEST):
        if name not in tags:
            raise PackageError(State.FOREIGN, "member-missing", member=name)
    known = {_BAGIT, _INFO, _MANIFEST, _TAG_MANIFEST, *_LATER_TAGS, *_SIGNATURES}
    for name in (*tags, *payload):
        if name not in known and not _PAYLOAD.fullmatch(name):
            raise PackageError(State.FOREIGN, "member-unknown", member=name)


def _demand_manifest(found: bytes, digests: Mapping[str, str]) -> None:
    """Demand the one manifest these files have; else name the first file that is not as listed."""
    if found == _manifest(digests):
        return
    lines = (line.partition("  ") for line in found.decode("utf-8", "replace").splitlines())
    listed = {name: digest for digest, _, name in lines}
    for name, digest in digests.items():
        if listed.get(name) != digest:
            raise PackageError(State.DAMAGED, "member-changed", member=name)
    missing = next((name for name in listed if name not in digests), "")
    if _PAYLOAD.fullmatch(missing):
        raise PackageError(State.DAMAGED, "member-missing", member=missing)
    raise PackageError(State.DAMAGED, "list-changed")


def _digests(files: Mapping[str, bytes] | Mapping[str, memoryview]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def _manifest(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()


def _oxum(contents: Iterable[bytes | memoryview]) -> str:
    sizes = [len(content) for content in contents]
    return f"{sum(sizes)}.{len(sizes)}"


def _info_line(label: str, value: str) -> str:
    if not _LABEL.fullmatch(label):
        raise ValueError(f"not a label: {label!r}")
    # bag-info is for people and archives: a line end in a unit's name would start a new label. The
    # name as typed is in the data.
    return f"{label}: {' '.join(value.split())}\n"


def _read_info(content: bytes) -> tuple[tuple[str, str], ...]:
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise PackageError(State.DAMAGED, "member-changed", member=_INFO) from error
    pairs = [line.partition(": ") for line in lines[:-1]]
    if lines[-1] or not all(_LABEL.fullmatch(label) and between for label, between, _ in pairs):
        raise PackageError(State.DAMAGED, "member-changed", member=_INFO)
    return tuple((label, value) for label, _, value in pairs)
