"""The one thread that writes: it owns the only writing connection and does one thing at a time.

A job sees everything that was typed before it was asked for; where that cannot be written, the job
is refused with the reason instead of working on older text.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from core.draft.database import must_be_sound
from core.draft.folder import DataFolder
from core.draft.trouble import in_plain_words
from core.sheet.errors import RefusedError

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")
Job = Callable[["Database"], T]


class Standing(Protocol):
    """Work that waits for its own moment beside the queue: what has been typed."""

    def due(self, *, hurry: bool) -> float | None:
        """Give the ``time.monotonic()`` at which to write, None for nothing; called under the lock."""
        ...

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what waits; raises RefusedError, and nothing else, and keeps it when that fails."""
        ...


class Writer:
    """Runs jobs on the writing connection in the order asked.

    ``changed`` guards what the thread waits for. The file is examined before the first write;
    ``examined`` is done when it is sound, or holds the refusal.
    """

    def __init__(self, connection: sqlite3.Connection, folder: DataFolder) -> None:
        self.changed = threading.Condition()
        self.examined: Future[None] = Future()
        self._connection = connection
        self._database: Database | None = None
        self._folder = folder
        self._file = _identity(folder)
        self._jobs: deque[tuple[Job[Any], Future[Any]]] = deque()
        self._standing: Standing | None = None
        self._refusal: RefusedError | None = None
        self._give_up_at: float | None = None
        self._thread = threading.Thread(target=self._run, name="drafts-writer", daemon=True)

    def start(self, standing: Standing) -> None:
        """Begin to work; ``standing`` is written when its time comes and before every job."""
        self._standing = standing
        self._thread.start()

    def do(self, job: Job[T]) -> Future[T]:
        """Ask for a job; the future gives its result, or RefusedError for an error of the world.

        A job writes through sqlite_utils, inside ``db.atomic()``: all of its writes happen or none.
        """
        future: Future[T] = Future()
        with self.changed:
            self.must_be_open()
            self._jobs.append((job, future))
            self.changed.notify()
        return future

    def refuse(self, refusal: RefusedError) -> None:
        """Write nothing more: the file is damaged and writing could make it worse."""
        with self.changed:
            self._refusal = refusal

    def close(self, patience: float) -> None:
        """Finish the queue and what waits, trying at most ``patience`` seconds where writing fails."""
        with self.changed:
            self._give_up_at = time.monotonic() + patience
            self.changed.notify()
        self._thread.join()

    def must_be_open(self) -> None:
        """Raise RuntimeError after ``close``: what came now would be lost."""
        if self._give_up_at is not None:
            raise RuntimeError("the store is closed")

    def must_be_writable(self) -> None:
        """Raise RefusedError when the file is damaged, gone or replaced by another one."""
        if self._refusal is not None:
            raise self._refusal
        # A deleted or moved file goes on taking writes without an error; they would be lost.
        if _identity(self._folder) != self._file:
            raise RefusedError("draft.file-gone", folder=str(self._folder.path))

    # -- in the thread ---------------------------------------------------------------------------

    def _run(self) -> None:
        self._examine()
        while (task := self._next_task()) is not None:
            task()
        self._connection.close()

    def _examine(self) -> None:
        try:
            must_be_sound(self._connection, self._folder.path)
        except Exception as error:
            # What only kept the examination from being made (a lock, a bad cable) says nothing of the file.
            if isinstance(error, RefusedError) and error.code == "draft.file-damaged":
                self.refuse(error)
            self.examined.set_exception(error)
        else:
            self.examined.set_result(None)

    def _as_database(self) -> Database:
        if self._database is None:
            # Late: loading it takes longer than opening the file, and a window is being painted.
            from sqlite_utils import Database

            self._database = Database(self._connection, execute_plugins=False)
        return self._database

    def _next_task(self) -> Callable[[], None] | None:
        """Wait for the next thing to do; None when all is done and closing was asked."""
        assert self._standing is not None
        with self.changed:
            while True:
                if self._jobs:
                    job, future = self._jobs.popleft()
                    return lambda: self._do(job, future)
                closing = self._give_up_at is not None
                now, due = time.monotonic(), self._standing.due(hurry=closing)
                if due is not None and due <= now:
                    return self._write_standing
                if closing and (due is None or due > (self._give_up_at or 0)):
                    return None
                self.changed.wait(None if due is None else due - now)

    def _write_standing(self) -> None:
        assert self._standing is not None
        with contextlib.suppress(RefusedError):  # it has told its listener and asks to be tried again
            self._standing.write(self._connection)

    def _do(self, job: Job[Any], future: Future[Any]) -> None:
        assert self._standing is not None
        if not future.set_running_or_notify_cancel():
            return
        try:
            with in_plain_words(self._folder.path):
                self.must_be_writable()
                self._standing.write(self._connection)
                result = job(self._as_database())
                self.must_be_writable()
        except Exception as error:
            future.set_exception(error)
        else:
            future.set_result(result)


def _identity(folder: DataFolder) -> tuple[int, int] | None:
    try:
        found = folder.database.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
