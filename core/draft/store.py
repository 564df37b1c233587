"""The door to what is kept: opens a data folder and gives its drafts, settings and autosave.

One program at a time has a folder open. What cannot be opened is refused with its reason, and a
file of a newer version or of another program is not touched.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from core.draft.autosave import Autosave, Saving, Unsaved
from core.draft.backups import Made, back_up, is_due, list_backups
from core.draft.database import VERSION, Reader, connect_for_writing, header_of, refuse_foreign
from core.draft.drafts import Drafts
from core.draft.files import make_private_file
from core.draft.folder import DataFolder, FolderLock, is_on_local_disk
from core.draft.journal import overfull, thin_out
from core.draft.records import Clock, stamp
from core.draft.rescue import finish_rescue, set_aside
from core.draft.settings import Settings
from core.draft.trouble import in_plain_words
from core.draft.writer import Writer
from core.sheet.errors import RefusedError


def this_moment() -> datetime:
    """Give the time of this computer with its zone."""
    return datetime.now().astimezone()


class Remark(NamedTuple):
    """Something a person should know about an opened folder; ``code`` and ``params`` name the sentence."""

    code: str
    params: dict[str, object]


class Store:
    """An open data folder; made by ``open_store``.

    ``examined`` is done once the file was found sound and holds RefusedError when it is damaged:
    then nothing more is written, and ``rescue`` (after ``close``) is the way back.
    """

    def __init__(
        self,
        folder: DataFolder,
        lock: FolderLock,
        connection: sqlite3.Connection,
        clock: Clock,
        on_saving: Callable[[Saving], None] | None,
    ) -> None:
        self.folder = folder
        self.remarks: tuple[Remark, ...] = ()
        self._lock = lock
        self._clock = clock
        self._reader = Reader(folder.database, folder.path)
        self._writer = Writer(connection, folder)
        self.autosave = Autosave(self._writer, folder, clock, on_saving)
        self.drafts = Drafts(self._reader, self._writer, self.autosave, clock)
        self.settings = Settings(self._reader, self._writer)
        self._writer.start(self.autosave)

    @property
    def examined(self) -> Future[None]:
        """The outcome of looking at the file's soundness, which goes on beside the first use."""
        return self._writer.examined

    def keep_house(self) -> Made | None:
        """Make the backup of the day when it is due and thin out old journals; for a thread that may wait.

        Gives the backup made. Raises RefusedError when the file is damaged or the disk is full.
        """
        import_module("sqlite_utils")  # by this thread, so that the writing one need not wait for it
        self.examined.result()
        made = self.back_up() if is_due(self.folder, self._clock) and self._has_drafts() else None
        for draft_id in self._writer.do(overfull).result():
            # One by one: what is typed meanwhile is written in between.
            self._writer.do(partial(thin_out, draft_id=draft_id)).result()
        return made

    def back_up(self) -> Made:
        """Make a backup now, with all that was typed so far; for a thread that may wait.

        Raises RefusedError.
        """
        self.drafts.settle().result()
        return back_up(self.folder, self._clock)

    def close(self, patience: float = 3.0) -> tuple[Unsaved, ...]:
        """Save what waits, let the folder go, and give what could not be saved.

        Where saving fails it is tried again for ``patience`` seconds.
        """
        self._reader.close()
        self._writer.close(patience)
        self._lock.release()
        return self.autosave.unsaved

    def _has_drafts(self) -> bool:
        return bool(self._reader.rows("SELECT 1 FROM drafts LIMIT 1"))


def open_store(
    path: Path,
    *,
    clock: Clock = this_moment,
    on_saving: Callable[[Saving], None] | None = None,
    start_empty: bool = False,
    on_local_disk: Callable[[Path], bool] = is_on_local_disk,
) -> Store:
    """Open a data folder, making it where there is none.

    ``on_saving`` is called in the writer's thread. ``start_empty`` makes a new file where the old one
    has vanished and only backups are left; without it that is refused (``draft.file-missing``).
    Raises RefusedError: open elsewhere, read-only, disk full, no database, foreign, newer.
    """
    folder = DataFolder(path.absolute())
    lock = FolderLock(folder, clock())
    try:
        with in_plain_words(folder.path):
            return _open(folder, lock, clock, on_saving, start_empty, on_local_disk(folder.path))
    except BaseException:
        lock.release()
        raise


def _open(
    folder: DataFolder,
    lock: FolderLock,
    clock: Clock,
    on_saving: Callable[[Saving], None] | None,
    start_empty: bool,
    local: bool,
) -> Store:
    finish_rescue(folder)
    if not folder.database.exists():
        _make_file(folder, start_empty)
    with contextlib.suppress(OSError):
        folder.database.chmod(0o600)
    refuse_foreign(folder.database, folder.path)
    connection, wal = connect_for_writing(folder.database, wal=local)
    try:
        header = header_of(connection)
        header.must_be_ours(folder.path)
        if header.version < VERSION:
            if not header.is_new:
                back_up(folder, clock)
            _upgrade(connection)
        store = Store(folder, lock, connection, clock, on_saving)
    except BaseException:
        connection.close()
        raise
    try:
        store.remarks = tuple(_remarks(store, wal, stamp(clock)))
    except BaseException:
        store.close(0.0)
        raise
    return store


def _make_file(folder: DataFolder, start_empty: bool) -> None:
    """Make an empty private file for SQLite to open; refuse to hide that an older one has vanished."""
    backups = list_backups(folder)
    if backups and not start_empty:
        raise RefusedError("draft.file-missing", folder=str(folder.path), day=backups[0].day.isoformat())
    set_aside(folder)
    make_private_file(folder.database)


def _upgrade(connection: sqlite3.Connection) -> None:
    from sqlite_utils import Database

    from core.draft.migrations import upgrade

    upgrade(Database(connection, execute_plugins=False))


def _remarks(store: Store, wal: bool, now: str) -> Iterator[Remark]:
    if not wal:
        yield Remark("draft.slow-folder", {"folder": str(store.folder.path)})
    newest = store.drafts.list(most=1)
    if newest and datetime.fromisoformat(newest[0].updated) > datetime.fromisoformat(now):
        yield Remark("draft.clock-behind", {"saved": newest[0].updated[:16].replace("T", " ")})
