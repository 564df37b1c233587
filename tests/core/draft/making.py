"""Contents and steps that stand for documents, a clock that can be turned, and a window that listens."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from core.draft.autosave import Saving, Unsaved
from core.draft.folder import DataFolder
from core.draft.records import Content, Counts, Facts, StepNote
from core.draft.store import Store, open_store
from core.sheet.errors import RefusedError

CHINA = timezone(timedelta(hours=8))


def content(
    name: str = "a",
    text: str = "",
    *,
    unit: str = "某某镇人民政府",
    title: str = "",
    counts: Counts | None = None,
) -> Content:
    """Give a document that holds ``text``; documents of one name are one draft."""
    draft_id = name.encode().hex().rjust(16, "0")
    facts = Facts("gz-decl", "2025", "申报", "2026", unit, "101001", title, "P-1" if title else "")
    document = json.dumps({"id": draft_id, "goal": text}, ensure_ascii=False).encode()
    return Content(draft_id, document, facts, counts)


def text_of(document: bytes) -> str:
    """Give the text that ``content`` put into a document."""
    return str(json.loads(document)["goal"])


def step(number: int, text: str = "", *, is_open: bool = False, undoes: int | None = None) -> StepNote:
    """Give a step that says what was typed."""
    return StepNote(number, json.dumps({"typed": text}, ensure_ascii=False), "填写", is_open, undoes)


def refused(code: str) -> pytest.RaisesExc[RefusedError]:
    """Expect a refusal with this code."""
    return pytest.RaisesExc(RefusedError, check=lambda error: error.code == code)


class TurnedClock:
    """A clock that shows what the test sets."""

    def __init__(self) -> None:
        self.now = datetime(2025, 9, 1, 8, 30, tzinfo=CHINA)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        """Set the clock forward or back by so many days, hours, …"""
        self.now += timedelta(**by)


class Listener:
    """Hears what the autosave says, and with what thread and at what time."""

    def __init__(self) -> None:
        self.heard: list[Saving] = []
        self.times: list[float] = []
        self.threads: set[str] = set()
        self._changed = threading.Condition()

    def __call__(self, saving: Saving) -> None:
        with self._changed:
            self.heard.append(saving)
            self.times.append(time.monotonic())
            self.threads.add(threading.current_thread().name)
            self._changed.notify_all()

    def wait(self, good: Callable[[Saving], bool], patience: float = 20.0) -> Saving:
        """Give the first thing heard that is good, waiting for it."""
        with self._changed:
            assert self._changed.wait_for(lambda: any(map(good, self.heard)), patience), self.heard
            return next(one for one in self.heard if good(one))

    def wait_saved(self, through: int) -> Saving:
        """Give what was heard when the note of that number was on the disk."""
        return self.wait(lambda saving: saving.saved_through >= through)


class Program:
    """Opens the store of one folder as the program does, and again after quitting."""

    def __init__(self, folder: Path, clock: TurnedClock, listener: Listener) -> None:
        self.folder = DataFolder(folder)
        self._clock = clock
        self._listener = listener
        self._store: Store | None = None

    def start(self, **options: Any) -> Store:
        """Open the store, quitting first where it is open."""
        self.quit()
        self._store = open_store(self.folder.path, clock=self._clock, on_saving=self._listener, **options)
        return self._store

    def quit(self, patience: float = 0.0) -> tuple[Unsaved, ...]:
        """Close the store, where it is open; gives what could not be saved."""
        store, self._store = self._store, None
        return store.close(patience) if store else ()
