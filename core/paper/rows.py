"""Rows of the printed table: how high they are, and what is left of them after a page end.

A text cut by a page end goes on at the next page; labels and short texts whose cell is cut are printed
again there, so that every page can be read by itself. Nothing is dropped: a cell keeps the lines that
are not on paper yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from core.paper.fonts import EM, Fonts, Style
from core.paper.lines import break_label, break_lines
from core.paper.setup import BODY, LEADING, MM, PAD_X, PAD_Y, ROW
from core.sheet.definition import Block
from core.sheet.grid import Cell, Grid
from core.sheet.places import Place

REPEATED_LINES = 6
"""Longer texts are never printed again, they only go on."""

REPEATED_CHARACTERS = 40
"""The same limit for what people typed; labels may be longer."""


@dataclass(slots=True)
class Piece:
    """One cell, or what is left of it: where it stands among the rows, and the lines not printed yet."""

    row: int
    column: int
    down: int
    across: int
    lines: list[str]
    style: Style = Style.BODY
    align: str = "left"
    label: bool = False
    place: Place | None = None
    whole: list[str] = field(default_factory=list)

    @property
    def end(self) -> int:
        """The first row below it."""
        return self.row + self.down

    @property
    def repeats(self) -> bool:
        """Whether it is printed again when a page end cuts its cell."""
        short = len(self.whole) <= REPEATED_LINES
        return short and (self.label or sum(map(len, self.whole)) <= REPEATED_CHARACTERS)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its block, whether it is printed again at the top of a page, and its least height."""

    block: int
    head: bool = False
    least: float = ROW


@dataclass(slots=True)
class Table:
    """Rows and the pieces on them; what a page end leaves over is a Table again."""

    rows: list[TableRow]
    pieces: list[Piece]

    def heights(self) -> list[float]:
        """Give each row's height: every cell's lines fit, merged cells stretch all their rows alike."""
        heights = [row.least for row in self.rows]
        for piece in sorted(self.pieces, key=lambda one: one.down):
            lacking = height_of(len(piece.lines)) - sum(heights[piece.row : piece.end])
            if lacking > 0:
                for row in range(piece.row, piece.end):
                    heights[row] += lacking / piece.down
        return heights


def height_of(lines: int) -> float:
    """Give the height of a cell with so many lines."""
    return lines * LEADING + 2 * PAD_Y if lines else 0.0


def lines_in(height: float) -> int:
    """Give how many lines fit into a height."""
    return max(0, int((height - 2 * PAD_Y + 0.01) / LEADING))


def column_edges(ratios: Sequence[object], width: float) -> list[float]:
    """Give where the columns begin and end, in points from the left edge of the table."""
    shares = [float(str(one)) for one in ratios]
    total = sum(shares)
    return [0.0, *(width * one / total for one in accumulate(shares))]


def make_table(grid: Grid, blocks: Sequence[Block], width: float, room: float, fonts: Fonts) -> Table:
    """Break every cell's text for a table ``width`` wide; no row asks for more than ``room`` by itself."""
    edges = column_edges(grid.widths, width)
    rows = []
    for line in grid.lines:
        height = blocks[line.block].height
        least = max(ROW, float(height) * MM) if height else ROW
        rows.append(TableRow(line.block, line.head, min(least, room)))
    return Table(rows, [_piece(cell, edges, fonts) for cell in grid.cells])


def _piece(cell: Cell, edges: list[float], fonts: Fonts) -> Piece:
    label = cell.kind == "label"
    style = Style.LABEL if label else Style.BODY
    room = int((edges[cell.column + cell.across] - edges[cell.column] - 2 * PAD_X) * EM / BODY)
    breaker = break_label if label else break_lines
    lines = breaker(cell.text, room, fonts.widths(style)) if cell.text else []
    align = "center" if label else cell.align
    known = label or (cell.field is not None and cell.field.kind in ("level1", "level2"))
    return Piece(
        cell.row, cell.column, cell.down, cell.across, lines, style, align, known, cell.place, lines
    )  # fmt: skip


class Heads:
    """The rows of each block that are printed again at the top of every page the block goes on to."""

    def __init__(self, table: Table, room: float) -> None:
        self._table = table
        self._ranges: dict[int, tuple[int, int]] = {}
        heights = table.heights()
        for index, row in enumerate(table.rows):
            if row.head:
                first, _ = self._ranges.get(row.block, (index, index))
                self._ranges[row.block] = (first, index + 1)
        # A head that would fill a third of the page leaves no room for what it heads.
        for block, (first, end) in list(self._ranges.items()):
            if sum(heights[first:end]) > room / 3:
                del self._ranges[block]
        self._heights = {block: sum(heights[a:b]) for block, (a, b) in self._ranges.items()}

    def height(self, row: TableRow) -> float:
        """Give how much room the repeated rows above this row take."""
        return 0.0 if row.head else self._heights.get(row.block, 0.0)

    def put_above(self, rest: Table) -> Table:
        """Give a continued table with the head rows of its first row's block printed again."""
        first_row = rest.rows[0]
        if first_row.head or first_row.block not in self._ranges:
            return rest
        first, end = self._ranges[first_row.block]
        count = end - first
        rows = self._table.rows[first:end] + rest.rows
        pieces = [
            replace(one, row=one.row - first, lines=one.whole)
            for one in self._table.pieces
            if one.row >= first and one.end <= end
        ]
        free = _free_spots(pieces, count, self._columns())
        for piece in rest.pieces:
            moved = replace(piece, row=piece.row + count)
            spots = {(r, c) for r in range(count) for c in range(piece.column, piece.column + piece.across)}
            if piece.row == 0 and spots <= free:  # a label beside the head runs up to its top again
                moved.row, moved.down = 0, moved.down + count
                free -= spots
            pieces.append(moved)
        pieces += [Piece(r, c, 1, 1, []) for r, c in sorted(free)]
        return Table(rows, sorted(pieces, key=lambda one: (one.row, one.column)))

    def _columns(self) -> int:
        return max(one.column + one.across for one in self._table.pieces)


def _free_spots(pieces: list[Piece], rows: int, columns: int) -> set[tuple[int, int]]:
    free = {(r, c) for r in range(rows) for c in range(columns)}
    for piece in pieces:
        for r in range(piece.row, piece.end):
            free -= {(r, c) for c in range(piece.column, piece.column + piece.across)}
    return free


def printed_lines(piece: Piece, row: int, heights: list[float], cut: float | None) -> int:
    """Give how many lines of a cell get onto a page that ends before ``row``, or within it after ``cut``."""
    if piece.end <= row:
        return len(piece.lines)
    return min(len(piece.lines), lines_in(sum(heights[piece.row : row]) + (cut or 0.0)))


def rest_after(table: Table, row: int, heights: list[float], cut: float | None) -> Table:
    """Give what is left when the page ends before ``row``, or within it after ``cut`` points."""
    rows = table.rows[row:]
    if cut is not None:
        rows[0] = replace(rows[0], least=max(ROW, rows[0].least - cut))
    pieces = []
    for piece in table.pieces:
        if piece.end <= row:
            continue
        if piece.row < row or (cut is not None and piece.row == row):
            lines = piece.lines[printed_lines(piece, row, heights, cut) :]
            if not lines and piece.repeats:
                lines = piece.whole
            pieces.append(replace(piece, row=0, down=piece.end - row, lines=lines))
        else:
            pieces.append(replace(piece, row=piece.row - row))
    return Table(rows, sorted(pieces, key=lambda one: (one.row, one.column)))
