"""The single cells of a blank form: which are to be filled in, and what their labels call them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.authoring.region import BlankCell, BlankForm
from core.authoring.repeats import Repeat, plain_label
from core.authoring.words import DraftWords
from core.sheet.definition_parts import MAX_FIELDS


@dataclass(frozen=True)
class DraftField:
    """A cell to fill: a field of the form, or (``fact``) the year, or the unit's name or code."""

    name: str
    label: str
    cell: BlankCell
    fact: bool = False

    @property
    def kind(self) -> str:
        """``choice`` where Excel offered a list to pick from, else ``text``."""
        return "choice" if self.cell.allowed.options else "text"


class FieldFinder:
    """Names the empty cells of a blank form that no repeated row takes."""

    def __init__(self, form: BlankForm, words: DraftWords, repeats: list[Repeat]) -> None:
        self._form, self._words = form, words
        self._repeated = {row for one in repeats for row in range(one.first, one.last + 1)}
        self._facts: set[str] = set()
        self._labels: dict[str, int] = {}

    def find(self) -> dict[BlankCell, DraftField]:
        """Give the cells to fill; an empty cell without any label stays empty."""
        found: dict[BlankCell, DraftField] = {}
        for cell in self._empty_cells():
            if self._is_corner(cell):
                continue
            beside, above, group = self._beside(cell), self._above(cell), self._group(cell)
            label = self._label(cell, beside, above)
            if not label:
                continue
            fact = self._words.fact(beside.text) if beside and self._touches(beside, cell) else ""
            if fact and fact not in self._facts:
                self._facts.add(fact)
                found[cell] = DraftField(fact, label, cell, fact=True)
                continue
            if len(found) > MAX_FIELDS:
                break  # more than a definition may have: the drafter refuses the form
            number = len(found) - len(self._facts) + 1
            found[cell] = DraftField(f"field_{number}", self._unlike(label, above, group), cell)
        return found

    def _empty_cells(self) -> Iterator[BlankCell]:
        for row in range(self._form.rows):
            for cell in self._form.own(row):
                if cell.row == row and row not in self._repeated and not self._is_label(cell):
                    yield cell

    def _is_label(self, cell: BlankCell) -> bool:
        return bool(cell.text) and not self._words.is_placeholder(cell.text)

    def _is_corner(self, cell: BlankCell) -> bool:
        """Whether a cell is the empty corner of a cross table: only labels beside it, a label below it."""
        right, below = cell.column + cell.across, cell.end
        others = [one for one in self._form.own(cell.row) if one != cell]
        return (
            right < self._form.columns
            and below < self._form.rows
            and all(map(self._is_label, others))
            and self._is_label(self._form.cells[below][cell.column])
        )

    # -- labels -----------------------------------------------------------------------------------------

    def _label(self, cell: BlankCell, beside: BlankCell | None, above: BlankCell | None) -> str:
        """Give what a cell is called: by the label at its left, in a cross table also by the one above."""
        if beside and self._touches(beside, cell) and not self._in_cross_table(cell):
            return plain_label(beside.text)
        if above is None:
            return ""
        row = plain_label(beside.text) if beside and beside.row == cell.row else ""
        return plain_label(above.text) + row

    @staticmethod
    def _touches(label: BlankCell, cell: BlankCell) -> bool:
        return label.column + label.across == cell.column

    def _in_cross_table(self, cell: BlankCell) -> bool:
        """Whether a further empty cell of the same row has no label of its own but one above."""
        for other in self._form.own(cell.row):
            if other == cell or other.row != cell.row or self._is_label(other):
                continue
            beside = self._beside(other)
            if beside and not self._touches(beside, other) and self._above(other) and self._above(cell):
                return True
        return False

    def _beside(self, cell: BlankCell) -> BlankCell | None:
        """Give the nearest label left of a cell, over other empty cells."""
        column = cell.column - 1
        while column >= 0:
            other = self._form.cells[cell.row][column]
            if is_wordy(other.text) and self._is_label(other):
                return other
            column = other.column - 1
        return None

    def _above(self, cell: BlankCell) -> BlankCell | None:
        """Give the nearest label above a cell, when it heads a column: no empty cell beside it is its own."""
        row = cell.row - 1
        while row >= 0:
            other = self._form.cells[row][cell.column]
            if is_wordy(other.text) and self._is_label(other):
                return None if self._is_answered(other) else other
            if not self._is_label(other) and self._is_second_of_pairs(other):
                return None
            row = other.row - 1
        return None

    def _is_second_of_pairs(self, cell: BlankCell) -> bool:
        """Whether a cell has a label of its own in the middle of its row, as in label, cell, label, cell."""
        beside = self._beside(cell)
        if beside is None or not self._touches(beside, cell) or beside.column == 0:
            return False
        return not self._is_label(self._form.cells[cell.row][beside.column - 1])

    def _is_answered(self, label: BlankCell) -> bool:
        """Whether a label is followed by an empty cell in its own row."""
        column = label.column + label.across
        if column >= self._form.columns:
            return False
        right = self._form.cells[label.row][column]
        return not self._is_label(right) and not self._is_corner(right)

    def _group(self, cell: BlankCell) -> BlankCell | None:
        """Give the label that runs down beside several rows, this one among them."""
        first = self._form.cells[cell.row][0]
        return first if self._is_label(first) and first.down > 1 else None

    def _unlike(self, label: str, above: BlankCell | None, group: BlankCell | None) -> str:
        """Make a label different from those before it: by the labels above and around, else by a number."""
        candidates = [label]
        broader = self._form.cells[above.row - 1][above.column] if above and above.row else None
        candidates += [
            plain_label(one.text) + label for one in (broader, above, group) if one and self._is_label(one)
        ]
        for candidate in candidates:
            if candidate not in self._labels:
                self._labels[candidate] = 1
                return candidate
        self._labels[label] += 1
        return f"{label}（{self._labels[label]}）"


def is_wordy(text: str) -> bool:
    """Whether a printed text is a word, not only a figure or a dash."""
    return any(char.isalpha() for char in text)
