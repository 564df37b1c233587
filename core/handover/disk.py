"""What a delivery does to a drive, one method each, so that a test can let every one of them fail."""

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

_CHUNK = 1 << 20
_BINARY: int = getattr(os, "O_BINARY", 0)


class Disk:
    """Plain calls to the operating system; every method may raise OSError."""

    def has_folder(self, folder: Path) -> bool:
        """Tell whether the folder is there."""
        try:
            return stat.S_ISDIR(folder.stat().st_mode)
        except (FileNotFoundError, NotADirectoryError):
            return False

    def free(self, folder: Path) -> int | None:
        """Return the free bytes, or None where the system does not know (it then says 0 of 0)."""
        usage = shutil.disk_usage(folder)
        return usage.free if usage.total else None

    def names(self, folder: Path) -> list[str]:
        """Return the names in the folder."""
        return [path.name for path in folder.iterdir()]

    def has(self, path: Path) -> bool:
        """Tell whether anything is under this name, be it a broken link."""
        try:
            path.lstat()
        except FileNotFoundError:
            return False
        return True

    def is_plain_file(self, path: Path) -> bool:
        """Tell whether the name is a file itself, not a link or folder."""
        return stat.S_ISREG(path.lstat().st_mode)

    def create(self, path: Path) -> int:
        """Open a file that did not exist for writing."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)

    def write(self, handle: int, data: memoryview) -> int:
        """Write some of the bytes; return how many."""
        return os.write(handle, data)

    def sync(self, handle: int) -> None:
        """Wait until the file's bytes are on the drive."""
        os.fsync(handle)

    def close(self, handle: int) -> None:
        """Close a file."""
        os.close(handle)

    def read(self, path: Path) -> Iterator[bytes]:
        """Yield the file's bytes, from the drive rather than from memory where the system allows it."""
        handle = os.open(path, os.O_RDONLY | _BINARY)
        try:
            if sys.platform == "linux":
                # Without this the read-back compares memory with memory. Windows has no such
                # call: a known limit.
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            while chunk := os.read(handle, _CHUNK):
                yield chunk
        finally:
            os.close(handle)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file its new name; Windows refuses to overwrite, Linux does not."""
        old.rename(new)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def sync_folder(self, folder: Path) -> None:
        """Wait until the folder's names are on the drive, where the system can wait for a folder at all."""
        if sys.platform == "win32":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
                raise
        finally:
            os.close(handle)
