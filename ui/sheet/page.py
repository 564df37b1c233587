"""Where everything on the page stands: column edges, row edges, cells, in logical pixels.

Row heights come from the texts, column widths from the form's ratios and the room there is;
letters keep their size, the page becomes wider or its rows taller.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont

from core.sheet.document import Document
from core.sheet.grid import Cell, Grid, heading_values
from core.sheet.picture import fill_holes
from ui.sheet.texts import Face, LaidText, Texts

NARROWEST, WIDEST = 38, 84
"""How many letters wide the table is at least and at most."""

ROOMY = 54
"""A page of so many letters has its full margins; a narrower one gives of them to the table."""


SMALLER = (0.88, 0.76, 0.66)
"""How much smaller a figure may be drawn that does not fit its cell in one line."""


class Heading(NamedTuple):
    """The words around the table, holes filled: title, number, lines above and below it."""

    title: str
    number: str = ""
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


def heading_of(document: Document) -> Heading:
    """Give the words around a document's table."""
    words, values = document.form.heading_for(document.stage), heading_values(document)
    return Heading(
        fill_holes(words.title, values),
        fill_holes(words.number, values),
        tuple(fill_holes(one, values) for one in words.above),
        tuple(fill_holes(one, values) for one in words.below),
    )


class Words(NamedTuple):
    """A text of the page outside the table: where it stands and in which font."""

    rect: QRectF
    laid: LaidText


class Page:
    """One grid laid out for one width and letter size. Coordinates start at the paper's corner."""

    def __init__(
        self, grid: Grid, heading: Heading, texts: Texts, *, font: QFont, title_font: QFont, room: float
    ) -> None:
        self.grid = grid
        self.font = font
        self._face, title_face = Face(font), Face(title_font)
        self._smaller = [Face(_smaller(font, share)) for share in SMALLER]
        self.em = float(font.pixelSize())
        self.padding = round(self.em * 0.45)
        self.margin = round(self.em * (1.9 if room >= ROOMY * self.em else 1.5))
        self._texts = texts
        table = min(max(room - 2 * self.margin, NARROWEST * self.em), WIDEST * self.em)
        self.xs = _edges(self.margin, table, [float(width) for width in grid.widths])
        self.width = self.xs[-1] + self.margin
        self.outside: list[Words] = []
        top = self._lay_heading(heading, title_face)
        self.ys = self._lay_rows(top)
        self.height = self._lay_below(heading) + self.margin
        self._owners = owners_of(grid)

    # -- asking ------------------------------------------------------------------------------------

    def rect(self, cell: Cell) -> QRectF:
        """Give where a cell stands, its border lines included."""
        left, top = self.xs[cell.column], self.ys[cell.row]
        right, bottom = self.xs[cell.column + cell.across], self.ys[cell.row + cell.down]
        return QRectF(left, top, right - left, bottom - top)

    def text_rect(self, cell: Cell) -> QRectF:
        """Give where a cell's text may stand: the cell without its padding."""
        return self.rect(cell).adjusted(self.padding, self.padding / 2, -self.padding, -self.padding / 2)

    def laid(self, cell: Cell) -> LaidText:
        """Give a cell's text laid out."""
        return self.lay(cell, cell.text)

    def lay(self, cell: Cell, text: str) -> LaidText:
        """Give any text laid out as it would stand in a cell."""
        width = self.xs[cell.column + cell.across] - self.xs[cell.column] - 2 * self.padding
        laid = self._texts.lay(text, width, cell.align, self._face)
        if laid.lines > 1 and cell.field is not None and cell.field.numeric:
            for face in self._smaller:  # a figure torn in two is read as two
                small = self._texts.lay(text, width, cell.align, face)
                if small.lines == 1:
                    return small
        return laid

    def cell_at(self, point: QPointF) -> Cell | None:
        """Give the cell under a point, or None outside the table."""
        row, column = bisect_right(self.ys, point.y()) - 1, bisect_right(self.xs, point.x()) - 1
        if 0 <= row < self.grid.rows and 0 <= column < self.grid.columns:
            return self._owners[row][column]
        return None

    def row_at(self, y: float) -> int | None:
        """Give the grid row at a height, or None above and below the table."""
        row = bisect_right(self.ys, y) - 1
        return row if 0 <= row < self.grid.rows else None

    # -- laying out ----------------------------------------------------------------------------------

    def _lay_heading(self, heading: Heading, title_face: Face) -> float:
        top = float(self.margin)
        if heading.number:
            top = self._words(heading.number, top, "left", self._face)
        top = self._words(heading.title, top, "center", title_face) + self.em * 0.5
        if heading.above:
            top = self._spread(heading.above, top) + self.em * 0.3
        return float(round(top))

    def _lay_below(self, heading: Heading) -> float:
        bottom = self.ys[-1] + self.em * 0.5
        for line in heading.below:
            bottom = self._words(line, bottom, "left", self._face)
        return bottom

    def _words(self, text: str, top: float, align: str, face: Face) -> float:
        width = self.xs[-1] - self.xs[0]
        laid = self._texts.lay(text, width, align, face)
        self.outside.append(Words(QRectF(self.xs[0], top, width, laid.height), laid))
        return top + laid.height

    def _spread(self, lines: Sequence[str], top: float) -> float:
        """Stand the words above the table on one line: the first left, the last right."""
        aligns = ["left"] + ["center"] * (len(lines) - 2) + ["right"] * (len(lines) > 1)
        return max(
            self._words(text, top, align, self._face) for text, align in zip(lines, aligns, strict=True)
        )

    def _lay_rows(self, top: float) -> list[float]:
        least = round(self.em * 2.1)
        heights = [float(least)] * self.grid.rows
        for cell in sorted(self.grid.cells, key=lambda one: (one.row + one.down, one.down)):
            if not cell.text:
                continue
            needed = round(self.laid(cell).height) + self.padding * 1.2
            last = cell.row + cell.down - 1
            missing = needed - sum(heights[cell.row : last + 1])
            if missing > 0:
                heights[last] += missing
        ys = [top]
        for height in heights:
            ys.append(ys[-1] + round(height))
        return ys


def _smaller(font: QFont, share: float) -> QFont:
    smaller = QFont(font)
    smaller.setPixelSize(max(8, round(font.pixelSize() * share)))
    return smaller


def changed_cells(before: Page, after: Page) -> list[Cell] | None:
    """Give the cells that must be drawn anew, or None when cells or words stand elsewhere than before."""
    old, new = before.grid.cells, after.grid.cells
    same_places = before.xs == after.xs and before.ys == after.ys and len(old) == len(new)
    if not same_places or [one.laid for one in before.outside] != [one.laid for one in after.outside]:
        return None
    changed = [two for one, two in zip(old, new, strict=True) if one != two]
    if any(_spread(one) != _spread(two) for one, two in zip(old, new, strict=True)):
        return None
    return changed


def _spread(cell: Cell) -> tuple[int, int, int, int]:
    return cell.row, cell.column, cell.down, cell.across


def _edges(left: float, width: float, ratios: Sequence[float]) -> list[float]:
    total, done, edges = sum(ratios), 0.0, [float(round(left))]
    for ratio in ratios:
        done += ratio
        edges.append(float(round(left + width * done / total)))
    return edges


def owners_of(grid: Grid) -> list[list[Cell | None]]:
    """Give the cell of each grid row and column."""
    owners: list[list[Cell | None]] = [[None] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.down):
            owners[row][cell.column : cell.column + cell.across] = [cell] * cell.across
    return owners
