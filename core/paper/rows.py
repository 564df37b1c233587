"""Rows of the printed table: how high they are, and what is left of them after a page end.

A text cut by a page end goes on at the next page; labels and short texts whose cell is cut are printed
again there, so that every page can be read by itself. Nothing is dropped: a cell keeps the lines that
are not on paper yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from math import inf

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


class Table:
    """Rows and the pieces that begin in each; what is printed is taken off its top.

    ``first`` is the next row to print. Taking a page off costs no more than that page holds.
    """

    def __init__(self, rows: Sequence[TableRow], pieces: Iterable[Piece]) -> None:
        self.rows = list(rows)
        self.first = 0
        self.columns = 0
        self.starting: list[list[Piece]] = [[] for _ in self.rows]
        for piece in pieces:
            self.starting[piece.row].append(piece)
            self.columns = max(self.columns, piece.column + piece.across)

    def pieces(self, count: int) -> Iterator[Piece]:
        """Give the pieces that begin in the next ``count`` rows, in reading order."""
        for row in range(self.first, self.first + count):
            yield from self.starting[row]

    def heights(self, room: float = inf) -> list[float]:
        """Give the heights of the next rows, up to the first that no longer fits ``room``.

        Every cell's lines fit; merged cells stretch all their rows alike.
        """
        heights: list[float] = []
        total = 0.0
        while self.first + len(heights) < len(self.rows) and total <= room:
            heights.append(self._own_height(self.first + len(heights)))
            total += heights[-1]
        end = self.first + len(heights)
        for piece in sorted(self.pieces(len(heights)), key=lambda one: one.down):
            here = range(piece.row - self.first, min(piece.end, end) - self.first)
            lacking = height_of(len(piece.lines)) - sum(heights[row] for row in here)
            lacking -= sum(map(self._own_height, range(end, piece.end))) if lacking > 0 else 0
            if lacking > 0:
                for row in here:
                    heights[row] += lacking / piece.down
        return heights

    def _own_height(self, row: int) -> float:
        """Give the height of a row that its unmerged cells ask for."""
        lines = max((len(piece.lines) for piece in self.starting[row] if piece.down == 1), default=0)
        return max(self.rows[row].least, height_of(lines))

    def take(self, count: int, heights: Sequence[float], cut: float | None) -> None:
        """Take the next ``count`` rows off, and ``cut`` points of the row after them."""
        first = self.first + count
        begun = list(self.pieces(count if cut is None else count + 1))
        going_on = [] if cut is not None else self.starting[first] if first < len(self.rows) else []
        for piece in begun:
            if piece.end > first:
                lines = piece.lines[printed_lines(piece, self.first, count, heights, cut) :]
                if not lines and piece.repeats:
                    lines = piece.whole
                going_on.append(replace(piece, row=first, down=piece.end - first, lines=lines))
        if going_on:
            self.starting[first] = sorted(going_on, key=lambda one: one.column)
        if cut is not None:
            self.rows[first] = replace(self.rows[first], least=max(ROW, self.rows[first].least - cut))
        self.first = first


def printed_lines(piece: Piece, first: int, count: int, heights: Sequence[float], cut: float | None) -> int:
    """Give how many lines of a cell get onto a page of ``count`` rows and ``cut`` points of the next."""
    if piece.end <= first + count:
        return len(piece.lines)
    return min(len(piece.lines), lines_in(sum(heights[piece.row - first : count]) + (cut or 0.0)))


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
    known = label or (cell.field is not None and cell.field.kind in ("level1", "level2"))
    style = Style.LABEL if label else Style.BODY
    room = int((edges[cell.column + cell.across] - edges[cell.column] - 2 * PAD_X) * EM / BODY)
    breaker = break_label if known else break_lines
    lines = breaker(cell.text, room, fonts.widths(style)) if cell.text else []
    return Piece(
        cell.row, cell.column, cell.down, cell.across, lines, style, cell.align, known, cell.place, lines
    )


class Heads:
    """The rows of each block that are printed again at the top of every page the block goes on to."""

    def __init__(self, table: Table, room: float) -> None:
        self._rows: dict[int, list[TableRow]] = {}
        self._pieces: dict[int, list[Piece]] = {}
        self._heights: dict[int, float] = {}
        heights = table.heights()
        for index, row in enumerate(table.rows):
            if row.head:
                self._rows.setdefault(row.block, []).append(row)
                self._heights[row.block] = self._heights.get(row.block, 0.0) + heights[index]
                self._pieces.setdefault(row.block, []).extend(table.starting[index])
        # A head that would fill a third of the page leaves no room for what it heads.
        for block, height in list(self._heights.items()):
            if height > room / 3:
                del self._heights[block]

    def height(self, row: TableRow) -> float:
        """Give how much room the repeated rows above this row take."""
        return 0.0 if row.head else self._heights.get(row.block, 0.0)

    def put_above(self, table: Table) -> None:
        """Put the head rows of its next row's block on top of a continued table again."""
        row = table.rows[table.first]
        if row.head or row.block not in self._heights:
            return
        rows = self._rows[row.block]
        count, below = len(rows), table.first
        # Rows above the next one are printed and done with: their places hold the repeated head.
        table.first -= count
        table.rows[table.first : below] = rows
        pieces = []
        start = min(one.row for one in self._pieces[row.block])
        for piece in self._pieces[row.block]:
            if piece.end <= start + count:
                pieces.append(replace(piece, row=piece.row - start + table.first, lines=piece.whole))
        free = _free_spots(pieces, table.first, count, table.columns)
        for piece in list(table.starting[below]):
            columns = range(piece.column, piece.column + piece.across)
            spots = {(r, c) for r in range(table.first, below) for c in columns}
            if spots <= free:  # a label beside the head runs up to its top again
                table.starting[below].remove(piece)
                pieces.append(replace(piece, row=table.first, down=piece.down + count))
                free -= spots
        pieces += [Piece(r, c, 1, 1, []) for r, c in free]
        for r in range(table.first, below):
            table.starting[r] = sorted((one for one in pieces if one.row == r), key=lambda one: one.column)


def _free_spots(pieces: Iterable[Piece], first: int, rows: int, columns: int) -> set[tuple[int, int]]:
    free = {(r, c) for r in range(first, first + rows) for c in range(columns)}
    for piece in pieces:
        for r in range(piece.row, piece.end):
            free -= {(r, c) for c in range(piece.column, piece.column + piece.across)}
    return free
