"""Worksheets as read from any spreadsheet file: cells, merged areas, what is hidden; and their pieces.

Only what a person sees on paper is read as the form: hidden rows and columns, formulas without a
result and error values are listed with their addresses instead (IX-12).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from core.intake.pieces import Gap, Notice, Piece, Source, Told, Where, cell_name

Spot = tuple[int, int]
"""A cell: its row from 1, its column from 0."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell with something in it: ``text`` as shown plainly, ``number`` when it is one.

    Of a formula, ``text`` is the result it had when the file was saved; ``error`` tells a result like #N/A.
    """

    text: str
    number: Decimal | None = None
    formula: str | None = None
    error: bool = False

    @property
    def is_value(self) -> bool:
        """Whether it holds something that may be taken over."""
        return bool(self.text.strip()) and not self.error


@dataclass
class Sheet:
    """One worksheet: its filled cells by (row from 1, column from 0), and its merged areas."""

    name: str
    hidden: bool
    cells: dict[Spot, SheetCell] = field(default_factory=dict)
    merges: dict[Spot, tuple[int, int]] = field(default_factory=dict)
    """The top left cell of an area, and how many rows and columns it has."""
    cleaned: list[tuple[Where, str]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def where(self, spot: Spot) -> Where:
        """Give where a cell stands."""
        return Where(spot[0], spot[0], self.name, cell_name(*spot))

    def is_hidden(self, spot: Spot) -> bool:
        """Whether a cell is in a hidden row or column; a merged area shows while any part of it does."""
        if not self.hidden_rows and not self.hidden_columns:
            return False
        down, across = self.merges.get(spot, (1, 1))
        return _all_in(spot[0], down, self.hidden_rows) or _all_in(spot[1], across, self.hidden_columns)

    def notices(self, spots: Iterable[Spot]) -> Iterator[Notice]:
        """Give those of these cells that are no value: formulas without a result, and error values."""
        for spot in spots:
            cell = self.cells[spot]
            if cell.formula is not None and not cell.is_value:
                told = f"={cell.formula}" + (f" → {cell.text}" if cell.text else "")
                yield Notice(self.where(spot), "formula", told)
            elif cell.error:
                yield Notice(self.where(spot), "error-value", cell.text)

    def formulas(self, spots: Iterable[Spot]) -> Iterator[Told]:
        """Give those of these cells that are formulas whose last result is read as a value."""
        for spot in spots:
            cell = self.cells[spot]
            if cell.formula is not None and cell.is_value:
                yield Told("formula", self.where(spot), f"={cell.formula}", cell.text)


def _all_in(first: int, count: int, hidden: set[int]) -> bool:
    # An area larger than all that is hidden cannot be hidden whole.
    return count <= len(hidden) and all(one in hidden for one in range(first, first + count))


def source_of(sheets: Iterable[Sheet]) -> Source:
    """Give the cells of several sheets as pieces, one sheet after the other."""
    pieces: list[Piece] = []
    lines: dict[int, Where] = {}
    notices: list[Notice] = []
    told: list[Told] = []
    cleaned: list[tuple[Where, str]] = []
    before = 0
    for sheet in sheets:
        start = before
        spots = sorted(sheet.cells)
        hidden = {spot for spot in spots if sheet.is_hidden(spot)}
        shown = [spot for spot in spots if spot not in hidden] if hidden else spots
        for spot in shown:
            cell = sheet.cells[spot]
            if not cell.is_value:
                continue
            line = start + spot[0]
            gap = Gap.PAGE if before == start else Gap.CELL if line == before else Gap.PARAGRAPH
            before = line
            lines[line] = Where(spot[0], spot[0], sheet.name)
            down, across = sheet.merges.get(spot, (1, 1))
            pieces.append(Piece(cell.text, line, gap, spot[1], down=down, across=across))
        notices += [*sheet.notices(shown), *_hidden_texts(sheet, hidden)]
        told += sheet.formulas(shown)
        cleaned += sheet.cleaned
    return Source(tuple(pieces), True, "\n", tuple(notices), tuple(cleaned), tuple(told), lines)


def _hidden_texts(sheet: Sheet, hidden: Iterable[Spot]) -> Iterator[Notice]:
    """Give what hidden rows and columns hold, row by row."""
    rows: dict[int, list[str]] = {}
    for spot in sorted(hidden):
        if text := sheet.cells[spot].text:
            rows.setdefault(spot[0], []).append(text)
    for row, texts in rows.items():
        yield Notice(Where(row, row, sheet.name), "hidden", " | ".join(texts))
