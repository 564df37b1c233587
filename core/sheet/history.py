"""Undo and redo over steps: the step being typed stays open, and undo appends the inverse step.

Promise: the list of recorded steps only grows (ruling 12), so the journal can keep every one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from core.sheet.document import Document
from core.sheet.edits import Edit, SetExplanation, SetText, Step, text_edit
from core.sheet.places import Place


class Record(NamedTuple):
    """One recorded step: its number from 1, the step, and the number of the step it takes back."""

    number: int
    step: Step
    undoes: int | None = None


class History:
    """Applies steps to one document and remembers how to take them back.

    ``past`` are the records a journal still has; undo reaches back through them.
    """

    def __init__(self, document: Document, past: Sequence[Record] = ()) -> None:
        self.document = document
        self._next = past[-1].number + 1 if past else 1
        self._done: list[Record] = []
        self._undone: list[Record] = []
        self._open: Record | None = None
        for record in past:
            self._remember(record)

    def type(self, place: Place, text: str, also: tuple[Place, ...] = ()) -> tuple[Record, tuple[Edit, ...]]:
        """Make the text at a place ``text`` within the open step.

        Typing on at the same place goes on with the same step; another place opens a new one. A merged
        cell is typed into at its first row's place, with the places of its other rows in ``also``.
        Gives the record as it stands now and the edits that were just applied.
        """
        places = (place, *also)
        edits = tuple(text_edit(self.document, one, text) for one in places)
        for edit in edits:
            edit.apply(self.document)
        before = self._open.step.edits if self._open else ()
        typed = [edit for edit in before[-len(places) :] if isinstance(edit, SetText)]
        if self._open and tuple(edit.place for edit in typed) == places:
            merged = tuple(SetText(edit.place, edit.old, text) for edit in typed)
            step = Step((*before[: -len(places)], *merged), self._open.step.label)
            record = Record(self._open.number, step)
            self._done[-1] = record
        else:
            record = self._record(Step(edits))
        self._open = record
        self._undone.clear()
        return record, edits

    def write(self, edit: SetExplanation) -> Record:
        """Change an explanation within the open step: writing on at the same one goes on with that step."""
        edit.apply(self.document)
        before = self._open.step.edits if self._open else ()
        last = before[-1] if before else None
        if self._open and isinstance(last, SetExplanation) and last.key == edit.key:
            merged = SetExplanation(edit.key, last.old, edit.new)
            record = Record(self._open.number, Step((*before[:-1], merged), self._open.step.label))
            self._done[-1] = record
        else:
            record = self._record(Step((edit,)))
        self._open = record
        self._undone.clear()
        return record

    def do(self, step: Step, *, keep_open: bool = False) -> Record:
        """Apply a whole step; with ``keep_open``, typing at its last place goes on with it."""
        step.apply(self.document)
        self._undone.clear()
        record = self._record(step)
        self._open = record if keep_open else None
        return record

    def close(self) -> None:
        """End the open step: what is typed next is another one."""
        self._open = None

    @property
    def open_number(self) -> int | None:
        """The number of the step being typed, or None."""
        return self._open.number if self._open else None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step taken back that can be done again."""
        return bool(self._undone)

    def undo(self) -> Record | None:
        """Take the last step back by appending its inverse; None when there is none."""
        self.close()
        if not self._done:
            return None
        record = self._done.pop()
        inverse = record.step.inverse()
        inverse.apply(self.document)
        self._undone.append(record)
        return self._number(inverse, record.number)

    def redo(self) -> Record | None:
        """Do the step that was taken back last again; None when there is none."""
        self.close()
        if not self._undone:
            return None
        record = self._undone.pop()
        record.step.apply(self.document)
        return self._record(record.step)

    def _record(self, step: Step) -> Record:
        record = self._number(step, None)
        self._done.append(record)
        return record

    def _number(self, step: Step, undoes: int | None) -> Record:
        record = Record(self._next, step, undoes)
        self._next += 1
        return record

    def _remember(self, record: Record) -> None:
        """Rebuild what can be undone from the journal's records."""
        if record.undoes is None:
            self._done.append(record)
        elif self._done and self._done[-1].number == record.undoes:
            self._done.pop()
