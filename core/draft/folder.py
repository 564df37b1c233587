"""The data folder: where each file lies, and the lock that lets one program in at a time."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from core.draft.files import make_private_folder
from core.draft.trouble import in_plain_words
from core.sheet.errors import RefusedError

# Shared memory between two connections cannot be trusted here, so no WAL (network, FUSE, sticks).
_NOT_LOCAL = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "vboxsf", "vmhgfs", "prl_fs"}
_NOT_LOCAL |= {"vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk"}
_ESCAPED = re.compile(r"\\([0-7]{3})")
_WINDOWS_REMOVABLE, _WINDOWS_REMOTE = 2, 4
# Windows locks bytes against reading too, so the locked byte lies far behind the text.
_LOCKED_BYTE = 1 << 20


class DataFolder(NamedTuple):
    """The folder of one person's drafts and the places in it."""

    path: Path

    @property
    def database(self) -> Path:
        """The live database; only SQLite may open it."""
        return self.path / "drafts.sqlite"

    def rescued(self, number: int) -> Path:
        """A finished database waiting to take the place of the one that goes to ``set_aside / number``."""
        return self.path / f"drafts-rescued-{number}.sqlite"

    @property
    def backups(self) -> Path:
        """The folder of the backups."""
        return self.path / "backups"

    @property
    def set_aside(self) -> Path:
        """The folder of damaged databases, kept for ever."""
        return self.path / "set-aside"

    @property
    def lock(self) -> Path:
        """The file whose lock says that a program has this folder open."""
        return self.path / "drafts.lock"


class FolderLock:
    """Holds a data folder for this process; the system frees it even after a kill.

    Raises RefusedError when another program holds it (naming since when, or which computer), or the
    folder cannot be made or written.
    """

    def __init__(self, folder: DataFolder, now: datetime) -> None:
        with in_plain_words(folder.path):
            if folder.path.exists() and not folder.path.is_dir():
                raise RefusedError("draft.not-a-folder", folder=str(folder.path))
            make_private_folder(folder.path)
            self._handle = os.open(folder.lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle, folder)
        except BaseException:
            os.close(self._handle)
            raise
        about = {"pid": os.getpid(), "host": _this_computer(), "since": now.isoformat(timespec="seconds")}
        # The note only helps to word a refusal: a full disk must not keep a person out of her drafts.
        with contextlib.suppress(OSError):
            os.truncate(self._handle, 0)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, json.dumps(about).encode())

    def release(self) -> None:
        """Let the folder go; a second call does nothing."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _lock(handle: int, folder: DataFolder) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise _already_open(handle, folder) from error
    except OSError as error:
        raise RefusedError("draft.no-locks-here", folder=str(folder.path)) from error


def _already_open(handle: int, folder: DataFolder) -> RefusedError:
    """Say who has the folder open, as far as the note in the lock file tells."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        about = json.loads(os.read(handle, 1000))
        host, since = str(about["host"]), datetime.fromisoformat(about["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return RefusedError("draft.already-open", folder=str(folder.path))
    when = since.strftime("%m-%d %H:%M")
    if host != _this_computer():
        return RefusedError("draft.open-elsewhere", folder=str(folder.path), host=host, since=when)
    return RefusedError("draft.already-open-since", folder=str(folder.path), since=when)


def _this_computer() -> str:
    """Give the name of this computer (the socket module, which knows it too, takes 2 ms to load)."""
    return os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename


def is_on_local_disk(path: Path, mounts: Path = Path("/proc/self/mountinfo")) -> bool:
    """Whether a folder lies on a disk of this computer, where WAL is safe; yes when that cannot be told."""
    if sys.platform == "win32":
        import ctypes

        root = path.resolve().anchor
        return ctypes.windll.kernel32.GetDriveTypeW(root) not in (_WINDOWS_REMOVABLE, _WINDOWS_REMOTE)
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return True
    kind = _kind_of_disk(path.resolve(), lines)
    return kind not in _NOT_LOCAL and not kind.startswith("fuse.")


def _kind_of_disk(path: Path, lines: list[str]) -> str:
    """Give the file system of the deepest mount above a path (see proc(5), mountinfo)."""
    best, kind = -1, ""
    for line in lines:
        left, _, right = line.partition(" - ")
        mount = Path(_ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), left.split(" ")[4]))
        if len(mount.parts) >= best and path.is_relative_to(mount):
            best, kind = len(mount.parts), right.split(" ")[0]
    return kind
