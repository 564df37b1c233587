"""Copies of the whole database: made beside the running program, opened and checked, then kept.

Promise: a backup is one only after every draft in it was read and found whole; a copy with damage
never pushes an older good one out.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from core.draft.database import APPLICATION_ID, VERSION, connect, header_of
from core.draft.files import (
    force_to_disk,
    make_private_file,
    make_private_folder,
    remove,
    rename_for_good,
)
from core.draft.folder import DataFolder
from core.draft.records import SEALED, Clock, draft_seal, sha256_of
from core.draft.trouble import in_plain_words
from core.sheet.errors import RefusedError

KEEP_NEWEST = 10
KEEP_WEEKS = 12

_NAME = re.compile(r"drafts-(\d{6,})-(\d{4}-\d{2}-\d{2})\.sqlite")


class Backup(NamedTuple):
    """One backup: its number (the order, whatever the clock did), the day written on it, its file."""

    number: int
    day: date
    path: Path


class Made(NamedTuple):
    """A backup just made and the ids of drafts that were damaged already; with any, none was removed."""

    backup: Backup
    damaged: tuple[str, ...]


def list_backups(folder: DataFolder) -> list[Backup]:
    """Give the backups, newest first; raises RefusedError when the folder cannot be read."""
    found = []
    with in_plain_words(folder.path):
        names = list(folder.backups.iterdir()) if folder.backups.is_dir() else []
    for path in names:
        if match := _NAME.fullmatch(path.name):
            with contextlib.suppress(ValueError):
                found.append(Backup(int(match[1]), date.fromisoformat(match[2]), path))
    return sorted(found, key=lambda one: one.number, reverse=True)


def is_due(folder: DataFolder, clock: Clock) -> bool:
    """Whether the newest backup is not of today."""
    newest = list_backups(folder)[:1]
    return not newest or newest[0].day != clock().date()


def back_up(folder: DataFolder, clock: Clock) -> Made:
    """Make a backup of the database as it is now and remove backups past their keeping.

    Runs in any thread, beside the writer. Raises RefusedError and leaves nothing behind when the
    disk is full, or the copy does not pass its examination (``draft.backup-failed``).
    """
    with in_plain_words(folder.path):
        make_private_folder(folder.backups)
        for leftover in folder.backups.glob("*.part*"):
            leftover.unlink()
        number = max((one.number for one in list_backups(folder)), default=0) + 1
        day = clock().date()
        backup = Backup(number, day, folder.backups / f"drafts-{number:06d}-{day.isoformat()}.sqlite")
        part = backup.path.with_suffix(".part")
        try:
            copy_database(folder.database, part)
            damaged = examine(part)
            force_to_disk(part)
            rename_for_good(part, backup.path)
        except BaseException:
            remove(part)
            raise
        if not damaged:
            for old in past_keeping(list_backups(folder)):
                old.path.unlink()
    return Made(backup, damaged)


def copy_database(source: Path, target: Path) -> None:
    """Copy a database, live or not, into a new private file that needs no companions.

    Only SQLite touches the source. Raises sqlite3.Error or OSError.
    """
    make_private_file(target)
    with contextlib.closing(connect(source, "ro")) as old, contextlib.closing(connect(target, "rw")) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE").fetchone()


def examine(path: Path) -> tuple[str, ...]:
    """Open a copy and read all of it; gives the ids of drafts whose digests do not hold.

    Raises RefusedError when it is not sound as a whole.
    """
    with contextlib.closing(connect(path, "ro")) as connection:
        sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        header = header_of(connection)
        if not sound or header.application_id != APPLICATION_ID:
            raise RefusedError("draft.backup-failed", file=path.name)
        if header.version != VERSION:
            return ()  # made before an upgrade: its columns are not those the digests are made of now
        return tuple(draft_id for draft_id, whole in _drafts_in(connection) if not whole)


def _drafts_in(connection: sqlite3.Connection) -> Iterator[tuple[str, bool]]:
    names = (*SEALED, "seal", "document")
    for values in connection.execute(f"SELECT {', '.join(names)} FROM drafts ORDER BY id"):
        row = dict(zip(names, values, strict=True))
        yield str(row["id"]), row["seal"] == draft_seal(row) and row["sha256"] == sha256_of(row["document"])


def past_keeping(backups: list[Backup]) -> list[Backup]:
    """Give those of the backups (newest first) that need not be kept.

    Kept are the newest 10 and, of the older ones, the newest of each of the last 12 weeks there are;
    by count alone, so a clock that jumps removes nothing.
    """
    weeks: set[tuple[int, int]] = set()
    past = []
    for backup in backups[KEEP_NEWEST:]:
        year, week, _ = backup.day.isocalendar()
        if (year, week) in weeks or len(weeks) == KEEP_WEEKS:
            past.append(backup)
        else:
            weeks.add((year, week))
    return past
