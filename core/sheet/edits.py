"""Reversible changes of a document: undo, the journal and comparisons are all made of these.

An ``Edit`` is one change; a ``Step`` (一步) is one or more done and undone together. Rows are
named by their stable ids, so an edit means the same after other rows came and went.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from core.sheet.document import Document, Explanation, Row
from core.sheet.places import Place


@dataclass(frozen=True, slots=True)
class SetText:
    """The text of one place changes from ``old`` to ``new`` (``""`` is blank)."""

    place: Place
    old: str
    new: str

    def apply(self, document: Document) -> None:
        """Put the new text in."""
        document.set_text(self.place, self.new)

    def inverse(self) -> SetText:
        """Give the change that takes this one back."""
        return SetText(self.place, self.new, self.old)


@dataclass(frozen=True, slots=True)
class AddRow:
    """A row with all its content comes in at a 0-based position (``parent`` is the outer row's id)."""

    table: str
    parent: str
    index: int
    row: Row

    def apply(self, document: Document) -> None:
        """Put the row in."""
        document.insert_row(self.table, self.parent, self.index, self.row.copy())

    def inverse(self) -> RemoveRow:
        """Give the change that takes this one back."""
        return RemoveRow(self.table, self.parent, self.index, self.row)


@dataclass(frozen=True, slots=True)
class RemoveRow:
    """The row at a 0-based position goes; ``row`` is its content, kept for undo."""

    table: str
    parent: str
    index: int
    row: Row

    def apply(self, document: Document) -> None:
        """Take the row out."""
        document.take_row(self.table, self.parent, self.index)

    def inverse(self) -> AddRow:
        """Give the change that takes this one back."""
        return AddRow(self.table, self.parent, self.index, self.row)


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A row goes from one 0-based position to another among its siblings."""

    table: str
    parent: str
    old: int
    new: int

    def apply(self, document: Document) -> None:
        """Move the row."""
        document.move_row(self.table, self.parent, self.old, self.new)

    def inverse(self) -> MoveRow:
        """Give the change that takes this one back."""
        return MoveRow(self.table, self.parent, self.new, self.old)


@dataclass(frozen=True, slots=True)
class SetExplanation:
    """The explanation (情况说明) under a key ``CHECK@place`` changes; None is none."""

    key: str
    old: Explanation | None
    new: Explanation | None

    def apply(self, document: Document) -> None:
        """Put the new explanation in, or take it away."""
        if self.new is None:
            document.explanations.pop(self.key, None)
        else:
            document.explanations[self.key] = self.new

    def inverse(self) -> SetExplanation:
        """Give the change that takes this one back."""
        return SetExplanation(self.key, self.new, self.old)


Edit = SetText | AddRow | RemoveRow | MoveRow | SetExplanation


@dataclass(frozen=True, slots=True)
class Step:
    """One or more edits done and undone together (一步), with a word for what was done."""

    edits: tuple[Edit, ...]
    label: str = ""

    def apply(self, document: Document) -> None:
        """Do all edits in order."""
        for edit in self.edits:
            edit.apply(document)

    def inverse(self) -> Step:
        """Give the step that takes this one back."""
        return Step(tuple(edit.inverse() for edit in reversed(self.edits)), self.label)


# -- building edits from a wish -------------------------------------------------------------------


def text_edit(document: Document, place: Place, new: str) -> SetText:
    """Give the edit that makes the text at a place ``new``."""
    return SetText(place, document.text(place), new)


def remove_row_edits(document: Document, table: str, row_id: str) -> tuple[Edit, ...]:
    """Give the edits that remove a row, or only empty it when its form wants it to stay."""
    row = document.row(table, row_id)
    if row is None:
        return ()
    parent = document.parent_of(table, row_id)
    index = document.position(table, row_id)
    removal = RemoveRow(table, parent, index, row.copy())
    if not document.must_stay(table, row):
        return (removal,)
    levels = document.form.tables[table].level_columns
    emptied = Row(row.id, {name: text for name, text in row.cells.items() if name in levels})
    return (removal, AddRow(table, parent, index, emptied))


# -- the journal's writing of steps ---------------------------------------------------------------


def step_to_json(step: Step) -> str:
    """Write a step as one line of JSON for the journal."""
    body = {"label": step.label, "edits": [_edit_to_json(edit) for edit in step.edits]}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def step_from_json(text: str) -> Step:
    """Read a step from the journal; raises ValueError when it is none."""
    try:
        body = json.loads(text)
        return Step(tuple(_edit_from_json(item) for item in body["edits"]), body["label"])
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError("not a step") from error


def _edit_to_json(edit: Edit) -> list[Any]:
    match edit:
        case SetText(place, old, new):
            return ["text", list(place), old, new]
        case AddRow(table, parent, index, row):
            return ["add", table, parent, index, row_to_json(row)]
        case RemoveRow(table, parent, index, row):
            return ["remove", table, parent, index, row_to_json(row)]
        case MoveRow(table, parent, old_index, new_index):
            return ["move", table, parent, old_index, new_index]
        case SetExplanation(key, before, after):
            return ["explain", key, _explanation_to_json(before), _explanation_to_json(after)]


def _edit_from_json(item: list[Any]) -> Edit:
    match item:
        case ["text", [str(table), str(row), str(column)], str(old), str(new)]:
            return SetText(Place(table, row, column), old, new)
        case ["add", str(table), str(parent), int(index), row]:
            return AddRow(table, parent, index, row_from_json(row))
        case ["remove", str(table), str(parent), int(index), row]:
            return RemoveRow(table, parent, index, row_from_json(row))
        case ["move", str(table), str(parent), int(old_index), int(new_index)]:
            return MoveRow(table, parent, old_index, new_index)
        case ["explain", str(key), before, after]:
            return SetExplanation(key, _explanation_from_json(before), _explanation_from_json(after))
    raise ValueError("not an edit")


def row_to_json(row: Row) -> dict[str, Any]:
    """Write a row with its id, texts and inner rows as plain JSON values."""
    inner = {name: [row_to_json(one) for one in rows] for name, rows in row.inner.items()}
    return {"id": row.id, "cells": row.cells, "inner": inner}


def row_from_json(item: dict[str, Any]) -> Row:
    """Read a row written by ``row_to_json``."""
    inner = {name: [row_from_json(one) for one in rows] for name, rows in item["inner"].items()}
    return Row(item["id"], dict(item["cells"]), inner)


def _explanation_to_json(explanation: Explanation | None) -> list[str] | None:
    return None if explanation is None else [explanation.text, explanation.about]


def _explanation_from_json(item: list[str] | None) -> Explanation | None:
    return None if item is None else Explanation(item[0], item[1])
