"""Ways through the sheet by keyboard: to the next cell, along a row, down a column.

Pure: works on the owners of the grid's spots and never looks at a widget.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from core.sheet.grid import Cell, Grid

Owners = list[list[Cell | None]]


class Spot(NamedTuple):
    """A grid row and column: where one stands, also inside a merged cell."""

    row: int
    column: int


def can_stand(cell: Cell | None) -> bool:
    """Whether a cell can be the current one: everything but labels and empty paper."""
    return cell is not None and cell.kind in ("fill", "computed") and bool(cell.place or cell.adds)


def can_type(cell: Cell | None) -> bool:
    """Whether a person may type into a cell."""
    return cell is not None and can_stand(cell) and cell.kind == "fill" and not cell.locked


def step(owners: Owners, here: Spot, down: int, right: int) -> Spot | None:
    """Give the next spot one can stand on in a direction, or None at the edge.

    Keeps the row and the column one walks along, through merged cells; up and down from a wide cell
    nothing under any part of it is passed over.
    """
    start = owners[here.row][here.column]
    row, column = here.row + down, here.column + right
    while 0 <= row < len(owners) and 0 <= column < len(owners[0]):
        for at in _columns(start, column) if down else (column,):
            cell = owners[row][at]
            if cell is not start and can_stand(cell):
                return Spot(row, at)
        row, column = row + down, column + right
    return None


def _columns(start: Cell | None, column: int) -> list[int]:
    """Give the columns a cell takes, the one that is walked along first."""
    if start is None:
        return [column]
    span = range(start.column, start.column + start.across)
    return [column, *(one for one in span if one != column)]


def typing_order(grid: Grid) -> Iterator[Cell]:
    """Give the cells a person may type into, in reading order."""
    return (cell for cell in grid.cells if can_type(cell))


def next_to_type(grid: Grid, here: Spot, *, back: bool = False) -> Cell | None:
    """Give the next (or previous) cell to type into in reading order, or None at the end."""
    at = (here.row, here.column)
    cells = list(typing_order(grid))
    if back:
        before = [cell for cell in cells if (cell.row, cell.column) < at]
        return before[-1] if before else None
    return next((cell for cell in cells if (cell.row, cell.column) > at), None)


def edge(owners: Owners, here: Spot, *, end: bool) -> Spot | None:
    """Give the first or last spot of a row one can stand on."""
    columns = range(len(owners[0]))
    for column in reversed(columns) if end else columns:
        if can_stand(owners[here.row][column]):
            return Spot(here.row, column)
    return None
