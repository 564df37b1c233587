"""The order of places on the sheet, without expanding it: as one reads, strip first."""

from __future__ import annotations

from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.picture import parse_row, strip_places
from core.sheet.places import Place

Key = tuple[int, tuple[int, ...], int]
"""Picture row, row numbers within its tables, grid column."""


class SheetOrder:
    """Gives sort keys of places of one form."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._spots: dict[tuple[str, str], tuple[int, int]] = {}
        for index, name in enumerate(strip_places(form)):
            self._spots["", name] = (-1, index)
        line = 0
        for block in form.blocks:
            for texts in block.rows:
                for column, token in enumerate(parse_row(texts, form).tokens):
                    if token.kind in ("fill", "column"):
                        self._spots.setdefault((token.table, token.name), (line, column))
                line += 1
        self._end = line

    def key(self, document: Document, place: Place, positions: dict[tuple[str, str], tuple[int, ...]]) -> Key:
        """Give the key of a place; ``positions`` keeps row positions already looked up."""
        line, column = self._spots.get((place.table, place.column), (self._end, 0))
        if not place.table:
            return line, (), column
        where = positions.get((place.table, place.row))
        if where is None:
            where = positions[place.table, place.row] = self._position(document, place.table, place.row)
        return line, where, column

    def _position(self, document: Document, table: str, row_id: str) -> tuple[int, ...]:
        above = table.rpartition(".")[0]
        outer = self._position(document, above, document.parent_of(table, row_id)) if above else ()
        try:
            return *outer, document.position(table, row_id)
        except KeyError:
            return *outer, -1
