"""What the disk and SQLite say, turned into refusals a clerk can act on.

The true cause is named: a full disk is never called a lock, a lock never a full disk.
"""

from __future__ import annotations

import contextlib
import errno
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from core.sheet.errors import RefusedError

_FULL = 256 * 1024
"""Less room than this (bytes) explains a failed write, whatever SQLite calls it."""

_BY_SQLITE = {
    sqlite3.SQLITE_FULL: "draft.disk-full",
    sqlite3.SQLITE_READONLY: "draft.read-only",
    sqlite3.SQLITE_PERM: "draft.no-permission",
    sqlite3.SQLITE_AUTH: "draft.no-permission",
    sqlite3.SQLITE_CANTOPEN: "draft.cannot-open",
    sqlite3.SQLITE_BUSY: "draft.busy",
    sqlite3.SQLITE_LOCKED: "draft.busy",
    sqlite3.SQLITE_CORRUPT: "draft.file-damaged",
    sqlite3.SQLITE_NOTADB: "draft.not-a-database",
    sqlite3.SQLITE_IOERR: "draft.disk-error",
    sqlite3.SQLITE_PROTOCOL: "draft.disk-error",
    sqlite3.SQLITE_NOMEM: "draft.no-memory",
}
_BY_SYSTEM = {
    errno.ENOSPC: "draft.disk-full",
    errno.EDQUOT: "draft.disk-full",
    errno.EROFS: "draft.read-only",
    errno.EACCES: "draft.no-permission",
    errno.EPERM: "draft.no-permission",
    errno.ENOTDIR: "draft.not-a-folder",
    errno.EEXIST: "draft.not-a-folder",
}


@contextlib.contextmanager
def in_plain_words(folder: Path) -> Iterator[None]:
    """Raise what goes wrong with the disk inside the block as RefusedError about a folder."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        refusal = refusal_of(error, folder)
        if refusal is None:
            raise
        raise refusal from error


def refusal_of(error: Exception, folder: Path) -> RefusedError | None:
    """Give the refusal for an error of the world, None for a mistake of ours."""
    if isinstance(error, RefusedError):
        return error
    if isinstance(error, sqlite3.Error):
        code = _BY_SQLITE.get(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF)
    elif isinstance(error, OSError):
        code = _BY_SYSTEM.get(error.errno or 0, "draft.disk-error")
    else:
        return None
    # A full disk shows itself as failed shared memory, a failed open or a plain input/output error, too.
    if code in ("draft.disk-error", "draft.cannot-open") and _is_full(folder):
        code = "draft.disk-full"
    return RefusedError(code, folder=str(folder)) if code else None


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _FULL
    except OSError:
        return False
