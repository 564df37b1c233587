"""What the hidden sheet of our own xlsx says, so that reading it back gives equal values and rows.

The workbook has a very hidden sheet named ``jibiao``. Every line of it is four texts in columns A to D:
kind, cell, place, text. Places are counted as people count (``tasks[2].funds``). In this order:

| kind     | cell | place        | text |
|----------|------|--------------|------|
| jibiao   |      |              | ``1``, the version of this list; a reader refuses a higher one |
| form     |      | form id      | edition |
| fact     |      | ``year`` ``stage`` ``unit.name`` ``unit.code`` | its text |
| rows     |      | a table, ``tasks`` or ``tasks[2].steps`` | how many rows it has (also ``0``) |
| label    | D5   |              | a printed label; while all labels stand there, the addresses hold |
| fill     | E5   | a place      | the text as typed where the cell may show it otherwise, else empty |
| computed | E6   | a place      | empty; not read back |
| adds     | E7   | the place that typing into this blank line would make | empty |
| kept     |      | a place      | its text, for filled places with no cell, and typed computed ones |

A merged cell has one ``fill`` line per row it stands for. An amount typed as ``3723.19`` stands in its cell
as a number; as long as the cell equals it, the text as typed is what the document had. All other cells
are texts (format ``@``, or a leading quote); ``_x0041_`` in a text is written ``_x005F_x0041_``, as Excel
does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.sheet.document import Document, Row
from core.sheet.grid import Cell, Grid
from core.sheet.places import FACTS, Place

SHEET = "jibiao"
VERSION = "1"

Line = tuple[str, str, str, str]
"""Kind, cell address, counted place, text."""


def key_lines(document: Document, grid: Grid, addresses: Mapping[int, str]) -> Iterator[Line]:
    """Give the lines of the hidden sheet.

    ``addresses`` gives the Excel cell of the n-th grid cell.
    """
    yield "jibiao", "", "", VERSION
    yield "form", "", document.form.form, document.form.edition
    for name in FACTS:
        yield "fact", "", name, document.field(name)
    for table in document.form.top_tables():
        yield from _row_counts(document, table.path, table.name, document.rows(table.path))
    shown: set[Place] = set()
    for index, cell in enumerate(grid.cells):
        yield from _cell_lines(document, cell, addresses[index])
        if cell.kind == "fill":
            shown.update(cell.places)
    for place in document.places():
        if place not in shown and not (place.table == "" and place.column in FACTS):
            yield "kept", "", document.counted(place), document.text(place)


def _row_counts(document: Document, path: str, counted: str, rows: list[Row]) -> Iterator[Line]:
    yield "rows", "", counted, str(len(rows))
    for number, row in enumerate(rows, start=1):
        for inner in document.form.inner_tables(path):
            yield from _row_counts(
                document, inner.path, f"{counted}[{number}].{inner.name}", document.rows(inner.path, row.id)
            )


def _cell_lines(document: Document, cell: Cell, address: str) -> Iterator[Line]:
    if cell.kind == "label":
        yield "label", address, "", cell.text
    elif cell.kind == "computed":
        yield "computed", address, document.counted(cell.place) if cell.place else "", ""
    elif cell.adds:
        table = cell.adds.table
        if cell.adds.parent:
            above, _, name = table.rpartition(".")
            table = f"{document.counted_row(above, cell.adds.parent)}.{name}"
        yield "adds", address, f"{table}[{cell.adds.position + 1}].{cell.adds.column}", ""
    elif cell.kind == "fill":
        for place in cell.places:
            typed = document.text(place)
            as_number = cell.field is not None and cell.field.numeric
            yield "fill", address, document.counted(place), typed if as_number or typed != cell.text else ""
