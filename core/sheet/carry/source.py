"""The old document as a carry reads it, and the account of which of its texts found a place."""

from __future__ import annotations

from collections.abc import Iterator, Set
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from core.sheet.carry.result import Left, Misfit
from core.sheet.compute import Computation
from core.sheet.definition import Field, Table
from core.sheet.document import Document, Row
from core.sheet.numbers import parse_number
from core.sheet.places import FACTS, Place, field_place

_SUMMED = ("money", "number", "weight")


class Found(NamedTuple):
    """A field or column of the old form and the place that holds its text."""

    field: Field
    place: Place


class Source:
    """Reads an old document, or the part of it that one row of the table ``each`` begins a document from.

    Every text that is neither ``used`` nor put there by the form itself is in ``left`` at the end: that is
    why nothing can be dropped in silence.
    """

    def __init__(self, document: Document, each: str = "", row: Row | None = None) -> None:
        self.document = document
        self._each = each
        self._row = row
        self._used: set[Place] = set()
        self._missed: dict[Place, Misfit] = {}

    # -- reading ----------------------------------------------------------------------------------

    def field(self, name: str) -> Found | None:
        """Give a field by its name, or by ``table.column`` a cell of the row this source is about."""
        table, _, column = name.rpartition(".")
        if table and self._row is not None and table == self._each:
            found = self.document.form.column(table, column)
            return Found(found, Place(table, self._row.id, column)) if found else None
        own = self.document.form.fields.get(name)
        return Found(own, field_place(name)) if own else None

    def text(self, found: Found) -> str:
        """Give a text as typed; for a blank computed amount the exact figure."""
        typed = self.document.text(found.place)
        if typed or not found.field.compute or found.field.kind not in _SUMMED:
            return typed
        figure = self._computation.value(found.place)
        written = f"{figure:f}" if isinstance(figure, Decimal) else ""
        return written if parse_number(written) is not None else ""

    def rows(self, table: str, parent: Row | None = None) -> list[Row]:
        """Give the rows of a table, those inside the row this source is about, or inside a given row."""
        if parent is not None:
            return self.document.rows(table, parent.id)
        if self._row is not None and table.rpartition(".")[0] == self._each:
            return self.document.rows(table, self._row.id)
        if self._row is not None and table == self._each:
            return [self._row]
        return [row for _, row in self.document.all_rows(table)]

    @cached_property
    def _computation(self) -> Computation:
        return Computation(self.document)

    # -- the account ------------------------------------------------------------------------------

    def use(self, place: Place) -> None:
        """Note that a text is in the new document."""
        self._used.add(place)

    def miss(self, place: Place, why: Misfit) -> None:
        """Note why a text did not fit; the first reason stands."""
        self._missed.setdefault(place, why)

    def miss_row(self, path: str, row: Row, why: Misfit) -> None:
        """Note why a whole row, with the rows inside it, did not fit."""
        for column in row.cells:
            self.miss(Place(path, row.id, column), why)
        for inner in self.document.form.inner_tables(path):
            for one in row.inner.get(inner.name, []):
                self.miss_row(inner.path, one, why)

    def left(self, tables: Set[str]) -> list[Left]:
        """Give every text that found no place, in the old document's order; ``tables`` have a counterpart."""
        found = []
        for place in self._places():
            text = self.document.text(place)
            if place in self._used or self._furnished(place):
                continue
            found.append(Left(place, text, self._missed.get(place) or _no_counterpart(place, tables)))
        return found

    def _places(self) -> Iterator[Place]:
        for place in self.document.places():
            if not (place.table == "" and place.column in FACTS) and self._is_mine(place):
                yield place

    def _is_mine(self, place: Place) -> bool:
        """Whether a place belongs to the document made here, not to that of another row."""
        if self._row is None or not (place.table + ".").startswith(self._each + "."):
            return True
        table, row = place.table, place.row
        while table != self._each:
            row, table = self.document.parent_of(table, row), table.rpartition(".")[0]
        return row == self._row.id

    def _furnished(self, place: Place) -> bool:
        """Whether a text stands in a row that the form itself began with and nobody filled in."""
        row = self.document.row(place.table, place.row) if place.table else None
        return row is not None and is_furniture(self.document.form.tables[place.table], row)


def is_furniture(table: Table, row: Row) -> bool:
    """Whether a row holds only what the form began it with (``start``, ``always``)."""
    if any(row.inner.values()):
        return False
    begun = [dict(start) for start in table.start]
    begun += [dict(zip(table.level_columns, pair, strict=True)) for pair in table.always]
    return row.cells in begun


def displaced_by(found: Found | None) -> Misfit:
    """Give why a text has no place although one has its name: that begins empty, or holds another text."""
    if found is None:
        return Misfit("carry.emptied")
    return Misfit("carry.other-source", {"label": found.field.label})


def _no_counterpart(place: Place, tables: Set[str]) -> Misfit:
    if not place.table:
        return Misfit("carry.no-field")
    return Misfit("carry.no-column" if place.table in tables else "carry.no-table")
