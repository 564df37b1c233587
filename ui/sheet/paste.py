"""A block of texts pasted from a cell on, as edits: cells in the table filled, rows added as needed. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from core.sheet.document import ROOT, Document, Row, new_row_id
from core.sheet.edits import AddRow, Edit, SetText, text_edit
from core.sheet.grid import Cell, Grid
from core.sheet.places import Place
from ui.sheet.cell_edit import pasted_text
from ui.sheet.walk import can_type


class TooWideError(ValueError):
    """The block has more filled columns than there are cells to fill from here on."""

    def __init__(self, columns: int, room: int) -> None:
        super().__init__(f"{columns} columns, room for {room}")
        self.columns, self.room = columns, room


def paste_edits(
    document: Document, grid: Grid, cell: Cell, row: int, block: Sequence[Sequence[str]]
) -> list[Edit]:
    """Give the edits that put a block in from a cell (stood on at a grid row) to the right and down.

    Raises TooWideError when a filled text would have no cell.
    """
    table = cell.place.table if cell.place else (cell.adds.table if cell.adds else "")
    lines = [[pasted_text(text) for text in texts] for texts in block]
    if table:
        return _into_table(document, grid, cell, row, table, lines)
    return _into_fields(document, grid, cell, row, lines)


def is_plain(edits: Sequence[Edit]) -> bool:
    """Whether edits only fill empty cells: nothing that needs to be looked at first."""
    return all(isinstance(edit, SetText) and not edit.old for edit in edits)


def _into_fields(document: Document, grid: Grid, cell: Cell, row: int, lines: list[list[str]]) -> list[Edit]:
    """Fill the cells right of and below a field, grid row by grid row."""
    edits: list[Edit] = []
    for offset, texts in enumerate(lines):
        room = [
            one
            for one in grid.cells
            if one.row == row + offset and one.column >= cell.column and can_type(one) and one.place
        ]
        texts = _fitting(texts, len(room))
        edits += [
            text_edit(document, one.place, text)
            for one, text in zip(room, texts, strict=False)
            if one.place and document.text(one.place) != text
        ]
    return edits


def _into_table(
    document: Document, grid: Grid, cell: Cell, row: int, table: str, lines: list[list[str]]
) -> list[Edit]:
    columns = _columns_from(grid, cell, row, table)
    widest = max(len(_fitting(texts, len(columns))) for texts in lines)
    columns = columns[:widest]
    targets = _rows_from(grid, row, table)
    parent, levels = ROOT, dict[str, str]()
    if targets:
        parent = document.parent_of(table, targets[0])
        last = document.row(table, targets[-1])
        names = document.form.tables[table].level_columns
        levels = {name: last.cells[name] for name in names if last and name in last.cells}
    edits: list[Edit] = []
    index = len(document.rows(table, parent))
    if targets:
        index = document.position(table, targets[-1]) + 1
    for texts in lines:
        cells = dict(zip(columns, texts, strict=False))
        if targets:
            row_id = targets.pop(0)
            for column, text in cells.items():
                place = Place(table, row_id, column)
                if document.text(place) != text:
                    edits.append(text_edit(document, place, text))
        else:
            filled = levels | {column: text for column, text in cells.items() if text}
            edits.append(AddRow(table, parent, index, Row(new_row_id(), filled)))
            index += 1
    return edits


def _columns_from(grid: Grid, cell: Cell, row: int, table: str) -> list[str]:
    """Give the table's typable columns in the picture from a cell on to the right."""
    found: list[tuple[int, str]] = []
    for one in grid.cells:
        covers = one.row <= row < one.row + one.down
        if not covers or one.column < cell.column or not can_type(one):
            continue
        if one.place and one.place.table == table:
            found.append((one.column, one.place.column))
        elif one.adds and one.adds.table == table:
            found.append((one.column, one.adds.column))
    return [name for _, name in sorted(found)]


def _rows_from(grid: Grid, row: int, table: str) -> list[str]:
    """Give the ids of the table's rows shown from a grid row on."""
    return [line.row_id for line in grid.lines[row:] if line.table == table and line.row_id]


def _fitting(texts: list[str], room: int) -> list[str]:
    """Give the texts that have a cell; blank ones beyond the last cell may go."""
    while len(texts) > room and not texts[-1]:
        texts = texts[:-1]
    if len(texts) > room:
        raise TooWideError(len(texts), room)
    return texts
