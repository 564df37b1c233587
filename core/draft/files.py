"""The few things done to files by hand: made private, forced to the disk, renamed for good.

The live database is never opened here: opening and closing it beside SQLite would drop SQLite's
own locks and lose everything typed afterwards. Only new, empty and finished files pass through.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path

_WINDOWS_HELD = (5, 32, 33)
_RENAME_PATIENCE = 2.0


def make_private_folder(path: Path) -> None:
    """Make a folder only its owner can enter; one that exists stays as it is."""
    if not path.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Make an empty file only its owner can read; raises FileExistsError when there is one."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def force_to_disk(path: Path) -> None:
    """Return only when a finished file's bytes are on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def force_folder_to_disk(path: Path) -> None:
    """Return only when a folder's new and renamed entries are on the disk (Windows does so by itself)."""
    if sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def rename_for_good(old: Path, new: Path) -> None:
    """Rename a file in a way that survives a power cut, replacing what is there."""
    give_up = time.monotonic() + _RENAME_PATIENCE
    while True:
        try:
            old.replace(new)
            break
        except PermissionError as error:
            # A virus scanner may hold a fresh file for some milliseconds; elsewhere a refusal is final.
            if getattr(error, "winerror", None) not in _WINDOWS_HELD or time.monotonic() > give_up:
                raise
            time.sleep(0.05)
    force_folder_to_disk(new.parent)
    if old.parent != new.parent:
        force_folder_to_disk(old.parent)


def remove(path: Path) -> None:
    """Remove a file that may not be there."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
