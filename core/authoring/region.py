"""Where the table of a blank form is on its Excel sheet, and what stands above and below it.

Hidden rows and columns are left out. The table is what has upright lines; where a sheet has no lines at all
it is everything between title and signatures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from core.authoring.blank import ANYTHING, PLAIN, Allowed, BlankSheet, Look, Spot
from core.authoring.words import DraftWords
from core.intake.pieces import cell_name
from core.sheet.errors import RefusedError

_SHORT = 14
_NUMBER = re.compile(r"(附|表|样表|附件|附表)\s*[0-9一二三四五六七八九十]{0,3}[-－—0-9]*[:：]?")
_CODE = re.compile(r"(报表)?编号\s*[:：].+")


@dataclass(frozen=True)
class BlankCell:
    """One cell of the table, at a row and column from 0, ``down`` × ``across`` large."""

    row: int
    column: int
    down: int
    across: int
    text: str
    address: str
    look: Look = PLAIN
    formula: str = ""
    allowed: Allowed = ANYTHING

    @property
    def end(self) -> int:
        """The first row below it."""
        return self.row + self.down


@dataclass(frozen=True, slots=True)
class Item:
    """A text above or below the table: where it begins and has its middle (0 to 1 of the width), its look."""

    text: str
    row: int
    begin: float
    middle: float
    look: Look
    address: str


@dataclass
class BlankForm:
    """A blank form taken apart: what stands around the table, and the table cell by cell."""

    sheet: BlankSheet
    title: Item | None
    number: Item | None
    above: list[Item]
    below: list[Item]
    signatures: list[Item]
    cells: list[list[BlankCell]] = field(default_factory=list)
    """For every row and column of the table the cell that covers it."""
    heights: list[float] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    """The (first) row of Excel for every row of the table."""
    bordered: bool = True
    hidden: list[tuple[str, str]] = field(default_factory=list)
    """Texts of the table that nobody sees, with their addresses."""

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return len(self.cells)

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return len(self.widths)

    def own(self, row: int) -> list[BlankCell]:
        """Give the cells that cover a row, from left to right."""
        return list(dict.fromkeys(self.cells[row]))


def take_apart(sheet: BlankSheet, words: DraftWords) -> BlankForm:
    """Find table, title and the lines around them."""
    view = _View(sheet)
    inside = view.table_rows()
    bordered = bool(inside)
    if not inside:
        inside = view.rows_without_lines(words)
    first, last = (inside[0], inside[-1]) if inside else (view.rows[-1] + 1, view.rows[-1])
    left, right = view.sides(first, last, lined=bordered)
    around = view.items(left, right)
    form = BlankForm(sheet, None, None, [], [], [], bordered=bordered)
    _head(form, [one for one in around if one.row < first])
    for item in (one for one in around if one.row > last):
        (form.signatures if words.is_signature(item.text) else form.below).append(item)
    _Table(view, form, [row for row in view.rows if first <= row <= last], range(left, right + 1)).build()
    return form


def _head(form: BlankForm, items: list[Item]) -> None:
    """Tell title, number and the line between title and table apart: the largest type is the title."""
    if not items:
        return
    size = max(one.look.size for one in items)
    largest = [one for one in items if one.look.size == size]
    title = largest[0] if size > min(one.look.size for one in items) or len(items) == 1 else None
    title = title or max(items, key=lambda one: (one.look.align == "center", len(one.text), -one.row))
    form.title = title
    before = [one for one in items if one.row < title.row]
    numbers = [one for one in before if _is_number(one.text.strip())]
    form.number = numbers[0] if numbers else None
    form.above = [one for one in items if one not in (title, form.number)]


def _is_number(text: str) -> bool:
    return bool(_CODE.fullmatch(text)) or (len(text) <= _SHORT and bool(_NUMBER.match(text)))


class _View:
    """The visible rows and columns of a sheet, and the lines drawn between its cells."""

    def __init__(self, sheet: BlankSheet) -> None:
        self.sheet = sheet
        last_row, last_column = sheet.last_row, sheet.last_column
        self.rows = [row for row in range(1, last_row + 1) if row not in sheet.hidden_rows]
        self.columns = [one for one in range(last_column + 1) if one not in sheet.hidden_columns]
        self._owner: dict[Spot, Spot] = {}
        for (row, column), (down, across) in sheet.merges.items():
            for r in range(row, min(row + down, last_row + 1)):
                for c in range(column, min(column + across, last_column + 1)):
                    self._owner[r, c] = (row, column)

    def owner(self, row: int, column: int) -> Spot:
        """Give the top left cell of the area a cell belongs to."""
        return self._owner.get((row, column), (row, column))

    def table_rows(self) -> list[int]:
        """Give the rows that have an upright line, and all between them."""
        lined = [row for row in self.rows if self._uprights(row)]
        return [row for row in self.rows if lined and lined[0] <= row <= lined[-1]]

    def _uprights(self, row: int) -> list[int]:
        """Give the columns on whose left side a row has a line; one past the last for its right side."""
        found = []
        for column in (*self.columns, self.columns[-1] + 1):
            before = self.sheet.look((row, column - 1)).right if column else False
            if before or self.sheet.look((row, column)).left:
                found.append(column)
        return found

    def rows_without_lines(self, words: DraftWords) -> list[int]:
        """Give the rows of a table without lines: what comes after the title and the lines under it."""
        texts: dict[int, list[str]] = {}
        sizes: dict[int, float] = {}
        for (row, column), text in self.sheet.texts.items():
            if row in self.rows and self.owner(row, column) == (row, column):
                texts.setdefault(row, []).append(text)
                sizes[row] = max(sizes.get(row, 0.0), self.sheet.look((row, column)).size)
        if not texts:
            return []
        title = max(sizes, key=lambda row: (sizes[row], -row))
        rows = [row for row in self.rows if row > title]
        while rows and (rows[0] not in texts or all(words.is_above(one) for one in texts[rows[0]])):
            rows.pop(0)
        while rows and all(words.is_signature(one) for one in texts.get(rows[-1], ["?"])):
            rows.pop()
        return rows

    def sides(self, first: int, last: int, *, lined: bool) -> tuple[int, int]:
        """Give the first and last column of the table."""
        rows = [row for row in self.rows if first <= row <= last]
        if lined:
            uprights = [column for row in rows for column in self._uprights(row)]
            flat = [
                column
                for row in rows
                for column in self.columns
                if self.sheet.look((row, column)).top and self.sheet.look((row, column)).bottom
            ]
            return min([*uprights, *flat]), max([*(one - 1 for one in uprights), *flat])
        used = [0]
        for row in rows or self.rows:
            for column in self.columns:
                spot = (row, column)
                if spot in self.sheet.looks or spot in self._owner or spot in self.sheet.texts:
                    used.append(column)
        return 0, max(used)

    def items(self, left: int, right: int) -> list[Item]:
        """Give every text of the sheet in order, with where it stands across the table."""
        edges, total = {}, 0.0
        for column in self.columns:
            edges[column] = total
            if left <= column <= right:
                total += self.sheet.width(column)
        found = []
        for (row, column), text in sorted(self.sheet.texts.items()):
            if row not in self.rows or column not in edges or self.owner(row, column) != (row, column):
                continue
            across = self.sheet.merges.get((row, column), (1, 1))[1]
            end = edges.get(column + across, total)
            look = self.sheet.look((row, column))
            half = min(len(text) * 2, end - edges[column]) / 2  # a character of Chinese is two digits wide
            middles = {"left": edges[column] + half, "right": end - half}
            middle = middles.get(look.align, (edges[column] + end) / 2)
            whole = total or 1.0
            address = cell_name(row, column)
            found.append(Item(text, row, edges[column] / whole, middle / whole, look, address))
        return found


class _Table:
    """Makes the table's cells from the visible rows and columns."""

    def __init__(self, view: _View, form: BlankForm, rows: list[int], columns: Iterable[int]) -> None:
        self._view, self._form, self._sheet = view, form, view.sheet
        self._rows = rows
        self._columns = [column for column in columns if column in set(view.columns)]

    def build(self) -> None:
        """Fill in the form's cells, heights and widths."""
        owners = [[self._view.owner(row, column) for column in self._columns] for row in self._rows]
        owners = self._without_split_rows(owners)
        areas: dict[Spot, list[Spot]] = {}
        for r, line in enumerate(owners):
            for c, owner in enumerate(line):
                areas.setdefault(owner, []).append((r, c))
        cells = {owner: self._cell(owner, area) for owner, area in areas.items()}
        self._form.cells = [[cells[owner] for owner in line] for line in owners]
        self._form.widths = [self._sheet.width(column) for column in self._columns]
        self._note_hidden(areas)

    def _without_split_rows(self, owners: list[list[Spot]]) -> list[list[Spot]]:
        """Take rows together that are one cell in every column: Excel splits rows higher than 409 points."""
        kept: list[list[Spot]] = []
        for row, line in zip(self._rows, owners, strict=True):
            if kept and line == kept[-1]:
                self._form.heights[-1] += self._sheet.height(row)
                continue
            kept.append(line)
            self._form.heights.append(self._sheet.height(row))
            self._form.lines.append(row)
        return kept

    def _cell(self, owner: Spot, area: list[Spot]) -> BlankCell:
        (top, left), (bottom, right) = min(area), max(area)
        if len(area) != (bottom - top + 1) * (right - left + 1):
            raise RefusedError("authoring.overlapping-areas", cell=cell_name(*owner))
        text = self._sheet.texts.get(owner, "")
        return BlankCell(
            top,
            left,
            bottom - top + 1,
            right - left + 1,
            text,
            cell_name(*owner),
            self._sheet.look(owner),
            self._sheet.formulas.get(owner, ""),
            self._sheet.allowed.get(owner, ANYTHING),
        )

    def _note_hidden(self, areas: dict[Spot, list[Spot]]) -> None:
        """Note texts in hidden rows and columns, and those that a merged area covers."""
        if not self._rows or not self._columns:
            return
        for (row, column), text in sorted(self._sheet.texts.items()):
            inside = self._rows[0] <= row <= self._rows[-1]
            inside = inside and self._columns[0] <= column <= self._columns[-1]
            if inside and (row, column) not in areas:
                self._form.hidden.append((cell_name(row, column), text))
