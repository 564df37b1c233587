"""The order of places on the sheet, without expanding it: as one reads, strip first."""

from __future__ import annotations

from core.check.labels import RowNumbers
from core.sheet.definition import Form
from core.sheet.picture import parse_row, strip_places
from core.sheet.places import Place

Key = tuple[int, tuple[int, ...], int]
"""Picture row, row numbers within its tables, grid column."""


class SheetOrder:
    """Gives sort keys of places of one form."""

    def __init__(self, form: Form) -> None:
        self._spots: dict[tuple[str, str], tuple[int, int]] = {}
        self._lines: dict[str, int] = {}
        for index, name in enumerate(strip_places(form)):
            self._spots["", name] = (-1, index)
        rows = [texts for block in form.blocks for texts in block.rows]
        for line, texts in enumerate(rows):
            for column, token in enumerate(parse_row(texts, form).tokens):
                if token.kind in ("fill", "column"):
                    self._spots.setdefault((token.table, token.name), (line, column))
                    self._lines.setdefault(token.table, line)

    def key(self, place: Place, numbers: RowNumbers) -> Key:
        """Give the key of a place."""
        table, row, column = place
        # A level cell shared by two tables side by side is printed for one of them only: first in its line.
        line, across = self._spots.get((table, column)) or (self._lines[table], 0)
        return line, numbers.path(table, row) if table else (), across
