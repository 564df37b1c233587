"""The way back from a damaged database: the last good backup and all newer drafts still readable.

Works while the current file cannot be opened, with the program's store closed. The damaged file is
set aside and never deleted; a kill or a power cut on the way leaves the old file or the new one.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from core.draft.backups import copy_database, examine, list_backups
from core.draft.database import connect, refuse_foreign
from core.draft.files import force_to_disk, make_private_file, make_private_folder, remove, rename_for_good
from core.draft.folder import DataFolder, FolderLock
from core.draft.records import Clock, draft_seal, sha256_of, step_seal
from core.draft.trouble import in_plain_words
from core.sheet.errors import RefusedError

if TYPE_CHECKING:
    from sqlite_utils import Database

Row = dict[str, Any]


class Rescued(NamedTuple):
    """What a rescue brought: drafts from the backup, drafts newer than it, names of those found damaged."""

    from_backup: int
    newer: int
    lost: tuple[str, ...]
    set_aside: Path | None


class Copy(NamedTuple):
    """A whole copy of one draft in a backup: which backup and the document as it was then."""

    backup: Path
    revision: int
    updated: str
    document: bytes


def copies_of(folder: DataFolder, draft_id: str) -> Iterator[Copy]:
    """Give the whole copies of a draft in the backups, newest first; what cannot be read is passed over."""
    for backup in list_backups(folder):
        with contextlib.suppress(sqlite3.Error), contextlib.closing(connect(backup.path, "ro")) as connection:
            for row in _rows(connection, "SELECT * FROM drafts WHERE id = ?", [draft_id]):
                if _is_whole(row):
                    yield Copy(backup.path, row["revision"], row["updated"], row["document"])


def rescue(folder: DataFolder, backup: Path | None, clock: Clock) -> Rescued:
    """Put a new database in the place of a damaged or missing one.

    It holds the drafts of ``backup`` (None: of none) and every draft, newer than its copy there, that
    can still be read whole from the current file. Raises RefusedError when the store is open, the
    backup is unusable or the disk is full; then nothing has changed.
    """
    lock = FolderLock(folder, clock())
    try:
        with in_plain_words(folder.path):
            finish_rescue(folder)
            part = folder.path / "drafts-rescued.part"
            for leftover in folder.path.glob(f"{part.name}*"):
                leftover.unlink()
            try:
                from_backup, newer, lost = _build(folder, backup, part)
                force_to_disk(part)
                rename_for_good(part, folder.rescued(_next_number(folder)))
            except BaseException:
                remove(part)
                raise
            return Rescued(from_backup, newer, lost, finish_rescue(folder))
    finally:
        lock.release()


def finish_rescue(folder: DataFolder) -> Path | None:
    """Bring a rescued database, if one waits, into its place; gives where the old one now lies.

    Goes on where a kill interrupted it. The old database moves before its log, and the new one comes
    after both: SQLite would play a log that stayed behind into the new file.
    """
    for waiting in folder.path.glob("drafts-rescued-*.sqlite"):
        aside = set_aside(folder, int(waiting.stem.rpartition("-")[2]))
        rename_for_good(waiting, folder.database)
        return aside
    return None


def set_aside(folder: DataFolder, number: int | None = None) -> Path | None:
    """Move the database and what belongs to it into a folder of its own; gives that, None for nothing."""
    aside = folder.set_aside / str(number or _next_number(folder))
    names = (folder.database.name + end for end in ("", "-wal", "-shm", "-journal"))
    for old in [path for name in names if (path := folder.path / name).exists()]:
        make_private_folder(folder.set_aside)
        make_private_folder(aside)
        rename_for_good(old, aside / old.name)
    return aside if aside.is_dir() else None


def _next_number(folder: DataFolder) -> int:
    taken = folder.set_aside.iterdir() if folder.set_aside.is_dir() else ()
    return max((int(path.name) for path in taken if path.name.isdecimal()), default=0) + 1


# -- building the new database ------------------------------------------------------------------------


def _build(folder: DataFolder, backup: Path | None, part: Path) -> tuple[int, int, tuple[str, ...]]:
    """Make the new database; gives the numbers of drafts by source and the names of lost ones."""
    from sqlite_utils import Database

    from core.draft.migrations import upgrade

    if backup is not None:
        refuse_foreign(backup, folder.path)
        copy_database(backup, part)
    else:
        make_private_file(part)
    with contextlib.closing(connect(part, "rw")) as new:
        db = Database(new, execute_plugins=False)
        upgrade(db)
        with db.atomic():
            lost = {draft_id: _forget(db, draft_id) for draft_id in examine(part)}
            (from_backup,) = new.execute("SELECT count(*) FROM drafts").fetchone()
            newer, unreadable = _take_over(folder.database, db)
        lost |= unreadable
        there = {draft_id for (draft_id,) in new.execute("SELECT id FROM drafts")}
    if examine(part):
        raise RefusedError("draft.backup-failed", file=part.name)
    return from_backup, newer, tuple(name for draft_id, name in lost.items() if draft_id not in there)


def _forget(db: Database, draft_id: str) -> str:
    """Leave out a draft that is damaged in the backup, too; gives its name."""
    row = db.execute("SELECT unit_name, title FROM drafts WHERE id = ?", [draft_id]).fetchone()
    db.execute("DELETE FROM versions WHERE draft = ?", [draft_id])
    db.execute("DELETE FROM drafts WHERE id = ?", [draft_id])
    return " ".join(row) if row else draft_id


def _take_over(damaged: Path, db: Database) -> tuple[int, dict[str, str]]:
    """Bring every draft that is readable, whole and newer from a damaged file; names those not whole."""
    newer = 0
    lost: dict[str, str] = {}
    columns = db.table("drafts").columns_dict.keys()
    if not damaged.exists():
        return newer, lost
    with contextlib.suppress(sqlite3.Error), contextlib.closing(connect(damaged, "ro")) as old:
        for row in _readable_drafts(old):
            # A row of another version's shape cannot be judged; for an older one there is the backup
            # made before its upgrade.
            if row.keys() != columns or not _is_whole(row):
                lost[str(row.get("id"))] = f"{row.get('unit_name')} {row.get('title')}"
                continue
            there = db.execute("SELECT revision FROM drafts WHERE id = ?", [row["id"]]).fetchone()
            if there is None or there[0] < row["revision"]:
                _replace(db, row, old)
                newer += 1
    return newer, lost


def _replace(db: Database, row: Row, old: sqlite3.Connection) -> None:
    """Put a draft with its whole steps and versions in the place of an older copy."""
    versions = db.execute("SELECT * FROM versions WHERE draft = ?", [row["id"]])
    known = _by_name(versions)
    db.execute("DELETE FROM versions WHERE draft = ?", [row["id"]])
    db.execute("DELETE FROM drafts WHERE id = ?", [row["id"]])
    db.table("drafts").insert(row)
    steps = _rows(old, "SELECT * FROM steps WHERE draft = ?", [row["id"]])
    db.table("steps").insert_all([one for one in steps if one["seal"] == step_seal(one)])
    sent = {one["number"]: one for one in known}
    for one in _rows(old, "SELECT * FROM versions WHERE draft = ?", [row["id"]]):
        if one["sha256"] == sha256_of(one["document"]):
            sent[one["number"]] = one
    db.table("versions").insert_all(sent.values())


def _readable_drafts(old: sqlite3.Connection) -> Iterator[Row]:
    """Give the drafts of a damaged file one by one, stepping over pages that cannot be read."""
    for rowid in range(1, _last_rowid(old) + 1):
        yield from _rows(old, "SELECT * FROM drafts WHERE rowid = ?", [rowid])


def _last_rowid(old: sqlite3.Connection) -> int:
    try:
        return int(old.execute("SELECT coalesce(max(rowid), 0) FROM drafts").fetchone()[0])
    except sqlite3.Error:
        # The last page is gone: no draft has a number beyond the number of rows the file could hold.
        return int(old.execute("PRAGMA page_count").fetchone()[0]) * 16


def _rows(connection: sqlite3.Connection, sql: str, values: list[object]) -> list[Row]:
    try:
        return _by_name(connection.execute(sql, values))
    except sqlite3.Error:
        return []


def _by_name(cursor: sqlite3.Cursor) -> list[Row]:
    rows = cursor.fetchall()
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _is_whole(row: Row) -> bool:
    return bool(row["seal"] == draft_seal(row) and row["sha256"] == sha256_of(row["document"]))
