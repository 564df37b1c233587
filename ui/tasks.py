"""Work that would hold the window up: done in another thread, with progress and a way to cancel."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from core.sheet.errors import RefusedError

T = TypeVar("T")


class Cancelled(Exception):  # noqa: N818 it is no error: the person asked for it
    """Raised inside a task whose person no longer wants it."""


class Progress(Protocol):
    """How a task tells how far it is, and learns that it should stop."""

    def at(self, done: int, total: int) -> None:
        """Tell how much is done; raises Cancelled when the person wants it no more."""
        ...


Work = Callable[[Progress], T]


class Tasks(QObject):
    """Runs one piece of work after another beside the window.

    ``busy`` tells what is being done (an empty text: nothing), ``progressed`` how much of it.
    """

    busy = Signal(str)
    progressed = Signal(int, int)
    _ended = Signal(object)

    def __init__(self, failed: Callable[[Exception], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failed = failed
        self._threads: set[threading.Thread] = set()
        self._cancel = threading.Event()
        self._ended.connect(lambda finish: finish())

    def run(
        self,
        title: str,
        work: Work[T],
        done: Callable[[T], None],
        refused: Callable[[RefusedError], None] | None = None,
    ) -> None:
        """Do ``work`` in a thread, then ``done`` with its result here.

        A RefusedError goes to ``refused`` if there is one; every other error to the window.
        """
        self._cancel.clear()
        self.busy.emit(title)
        self._start(work, done, refused)

    def _start(
        self, work: Work[T], done: Callable[[T], None], refused: Callable[[RefusedError], None] | None
    ) -> None:
        thread = threading.Thread(target=self._work, args=(work, done, refused), name="task", daemon=True)
        self._threads.add(thread)
        thread.start()

    def run_quietly(
        self,
        work: Work[T],
        refused: Callable[[RefusedError], None],
        done: Callable[[T], None] | None = None,
    ) -> None:
        """Do housekeeping without showing it."""
        self._start(work, done or _nothing_with, refused)

    def at(self, done: int, total: int) -> None:
        """Tell how much is done (from the task's thread)."""
        if self._cancel.is_set():
            raise Cancelled
        self.progressed.emit(done, total)

    def cancel(self) -> None:
        """Ask the running work to stop at its next step."""
        self._cancel.set()

    def wait(self) -> None:
        """Wait for what is running, as before closing."""
        for thread in list(self._threads):
            thread.join()

    def _work(
        self,
        work: Work[T],
        done: Callable[[T], None],
        refused: Callable[[RefusedError], None] | None,
    ) -> None:
        try:
            outcome: Callable[[], None] = partial(done, work(self))
        except Cancelled:
            outcome = _nothing
        except RefusedError as error:
            outcome = partial(refused or self._failed, error)
        except Exception as error:
            outcome = partial(self._failed, error)
        self._ended.emit(partial(self._finish, threading.current_thread(), outcome))

    def _finish(self, thread: threading.Thread, finish: Callable[[], None]) -> None:
        thread.join()
        self._threads.discard(thread)
        self.busy.emit("")
        finish()


def _nothing() -> None:
    """What is left to do after cancelled work."""


def _nothing_with(_: object) -> None:
    """What is left to do with the result of housekeeping."""
