"""What is typed, on its way to the disk: when it is written, and what the status line may say.

An open step is written 200 ms after the last key and at the latest 350 ms after the first unsaved
one (ruling 13); "saved" is said only after COMMIT returned. What cannot be written is kept and
tried again every second until it goes through.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from core.draft.database import transaction
from core.draft.folder import DataFolder
from core.draft.journal import put_content, put_steps
from core.draft.records import Clock, Content, StepNote, stamp
from core.draft.trouble import refusal_of
from core.draft.writer import Writer
from core.sheet.errors import RefusedError

AFTER_LAST_KEY = 0.200
AFTER_FIRST_KEY = 0.350
TRY_AGAIN = 1.0
"""Seconds."""


class Saving(NamedTuple):
    """What the status line says: when typing was last saved, since when not, and why not.

    ``saved_through`` is the number of the last note (see ``Autosave.note``) that is on the disk.
    """

    saved_at: datetime | None = None
    saved_through: int = 0
    unsaved_since: datetime | None = None
    failing: RefusedError | None = None


class Unsaved(NamedTuple):
    """What is typed in one draft and not yet on the disk."""

    content: Content
    steps: tuple[StepNote, ...]


@dataclass(slots=True)
class _Waiting:
    content: Content
    first: float
    since: datetime
    due: float
    steps: dict[int, StepNote] = field(default_factory=dict)


Batch = dict[str, _Waiting]


def due_time(first: float, last: float) -> float:
    """Give when keys typed from ``first`` to ``last`` are written (seconds of one clock)."""
    return min(last + AFTER_LAST_KEY, first + AFTER_FIRST_KEY)


class Autosave:
    """Takes notes of what is typed in microseconds and has the writer put them on the disk.

    ``on_saving`` is called in the writer's thread after each save, and once per cause when saving
    starts to fail.
    """

    def __init__(
        self, writer: Writer, folder: DataFolder, clock: Clock, on_saving: Callable[[Saving], None] | None
    ) -> None:
        self._writer = writer
        self._folder = folder.path
        self._clock = clock
        self._on_saving = on_saving
        self._waiting: Batch = {}
        self._writing: Batch = {}
        self._noted = 0
        self._not_before = 0.0
        self._saving = Saving()

    def note(self, content: Content, step: StepNote | None = None) -> int:
        """Take the draft as it stands after a key or a step, to be saved soon; never waits for the disk.

        A closed step, or a change without one, is due at once. Gives the note's number.
        """
        now, since = time.monotonic(), self._clock()
        with self._writer.changed:
            self._writer.must_be_open()
            self._noted += 1
            waiting = self._waiting.get(content.id)
            if waiting is None:
                waiting = self._waiting[content.id] = _Waiting(content, now, since, now + AFTER_FIRST_KEY)
                self._writer.changed.notify()
            waiting.content = content
            if step is not None:
                waiting.steps[step.number] = step
            if step is not None and step.is_open:
                waiting.due = due_time(waiting.first, now)
            else:
                waiting.due = now
                self._writer.changed.notify()
            return self._noted

    @property
    def saving(self) -> Saving:
        """What the status line says at this moment."""
        with self._writer.changed:
            return self._state()

    @property
    def unsaved(self) -> tuple[Unsaved, ...]:
        """What is not on the disk yet, one entry per draft."""
        with self._writer.changed:
            both = _joined(self._writing, self._waiting)
            return tuple(Unsaved(one.content, tuple(one.steps.values())) for one in both.values())

    def is_waiting(self, draft_id: str) -> bool:
        """Whether something typed in this draft is not on the disk yet."""
        with self._writer.changed:
            return draft_id in self._waiting or draft_id in self._writing

    # -- for the writer ----------------------------------------------------------------------------

    def due(self, *, hurry: bool) -> float | None:
        """Give when to write next, None for nothing; ``hurry`` leaves out the waiting for more keys."""
        if not self._waiting:
            return None
        due = 0.0 if hurry else min(one.due for one in self._waiting.values())
        return max(due, self._not_before)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write all that waits in one transaction; on failure keep it and raise RefusedError."""
        with self._writer.changed:
            if not self._waiting:
                return
            self._writing, self._waiting = self._waiting, {}
            through = self._noted
        try:
            self._writer.must_be_writable()
            self._commit(connection)
            self._writer.must_be_writable()
        except RefusedError as refusal:
            self._failed(refusal)
            raise
        except Exception as error:
            # Even a mistake of ours must not lose what was typed: it is kept, shown and tried again.
            refused = refusal_of(error, self._folder)
            refused = refused or RefusedError("draft.cannot-save", folder=str(self._folder))
            self._failed(refused)
            raise refused from error
        self._saved(through)

    def _commit(self, connection: sqlite3.Connection) -> None:
        at = stamp(self._clock)
        with transaction(connection):
            for draft_id, one in self._writing.items():
                put_content(connection, one.content, at)
                put_steps(connection, draft_id, one.steps.values(), at)

    def _saved(self, through: int) -> None:
        with self._writer.changed:
            self._writing = {}
            self._not_before = 0.0
            self._saving = Saving(self._clock(), through)
            state = self._state()
        self._tell(state)

    def _failed(self, refusal: RefusedError) -> None:
        with self._writer.changed:
            self._waiting = _joined(self._writing, self._waiting)
            self._writing = {}
            self._not_before = time.monotonic() + TRY_AGAIN
            known = self._saving.failing
            is_news = known is None or known.code != refusal.code
            if is_news:
                self._saving = Saving(self._saving.saved_at, self._saving.saved_through, None, refusal)
            state = self._state()
        if is_news:
            self._tell(state)

    def _state(self) -> Saving:
        times = [one.since for one in (*self._writing.values(), *self._waiting.values())]
        last = self._saving
        return Saving(last.saved_at, last.saved_through, min(times, default=None), last.failing)

    def _tell(self, state: Saving) -> None:
        if self._on_saving is None:
            return
        try:
            self._on_saving(state)
        except Exception as error:
            # A mistake in the listener is reported and must not look like a failure to save.
            about = (type(error), error, error.__traceback__, threading.current_thread())
            threading.excepthook(threading.ExceptHookArgs(about))


def _joined(older: Batch, newer: Batch) -> Batch:
    """Put two batches together: the newer text, all steps, the earlier times."""
    joined = dict(older)
    for draft_id, one in newer.items():
        if (before := older.get(draft_id)) is not None:
            steps = before.steps | one.steps
            one = _Waiting(one.content, before.first, before.since, min(before.due, one.due), steps)
        joined[draft_id] = one
    return joined
