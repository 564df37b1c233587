"""Which lines of a document a list gets, and which rows of the template they go to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from core.fill.mapping import DOCUMENT, NUMBER, ListMap, Source, split_place
from core.fill.template import TemplateSheet
from core.intake.wording import fold
from core.intake.workbook import MAX_ROW
from core.sheet.document import ROOT, Document
from core.sheet.levels import Levels
from core.sheet.places import Place, field_place


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document: the id of its row in each table that it shows (an outer and an inner one)."""

    rows: Mapping[str, str] = field(default_factory=dict)

    def place(self, place: str) -> Place | None:
        """Give the place of this line that a map's place means, None when the line has no such row."""
        table, column = split_place(place)
        if not table:
            return field_place(column)
        return Place(table, self.rows[table], column) if table in self.rows else None

    def filled(self, document: Document) -> Iterator[Place]:
        """Give what is filled in its rows."""
        for table, row_id in self.rows.items():
            row = document.row(table, row_id)
            for column in document.form.tables[table].columns:
                if row and row.cells.get(column):
                    yield Place(table, row_id, column)

    def has_data(self, document: Document) -> bool:
        """Whether it holds more than level names (ruling 3)."""
        found = ((table, document.row(table, row_id)) for table, row_id in self.rows.items())
        return not self.rows or any(row and document.has_data(table, row) for table, row in found)


def lines_of(document: Document, each: str) -> Iterator[Line]:
    """Give the lines of a list: the document itself, or each row of a table.

    An outer row without inner rows has one line.
    """
    if each == DOCUMENT:
        yield Line()
        return
    above = each.rpartition(".")[0]
    if not above:
        for row in document.rows(each):
            yield Line({each: row.id})
        return
    for outer in lines_of(document, above):
        inner = document.rows(each, outer.rows.get(above, ROOT))
        for row in inner:
            yield Line({**outer.rows, each: row.id})
        if not inner:
            yield outer


class RowFinder:
    """Gives the rows of a list in the template, one for each line, until there is no more room."""

    def __init__(self, sheet: TemplateSheet, one: ListMap, levels: Levels) -> None:
        self._sheet = sheet
        self._list = one
        self._levels = levels
        self._next = one.first
        self._used: set[int] = set()
        self._shared: dict[int, tuple[object, tuple[int, int]]] = {}
        """By column: what was last written into an area of its own, and where that begins."""

    def row_for(self, labels: Mapping[int, str], owners: Mapping[int, object]) -> int | None:
        """Give the next row; with printed columns, the next one in which these labels stand.

        ``owners`` tell, for columns that several lines have in common (of an outer row, or of the document),
        whose text it is: lines of one owner may share a merged area.
        """
        row = self._labelled(labels, owners) if self._list.printed else self._following(owners)
        for column, owner in owners.items():
            if row is not None and self._sheet.owner((row, column)) == (row, column):
                self._shared[column] = owner, (row, column)
        return row

    def shares(self, row: int, column: int) -> bool:
        """Whether a cell belongs to the area into which an earlier line of the same owner was written."""
        return self._sheet.owner((row, column)) != (row, column)

    def _following(self, owners: Mapping[int, object]) -> int | None:
        last = self._list.last or MAX_ROW
        while self._next <= last:
            row, self._next = self._next, self._next + 1
            if self._sheet.is_row_hidden(row):
                continue
            if self._is_free(row, owners):
                return row
            if self._list.last is None and not self._is_taken_by_another(row, owners):
                self._next = last + 1
        return None

    def _is_taken_by_another(self, row: int, owners: Mapping[int, object]) -> bool:
        """Whether a row is only not free because an area of the owner before reaches down to it."""
        shared = {column: self._shared[column][0] for column in owners if column in self._shared}
        return shared != dict(owners) and self._is_free(row, shared)

    def _labelled(self, labels: Mapping[int, str], owners: Mapping[int, object]) -> int | None:
        for row in range(self._list.first, (self._list.last or self._sheet.last_row) + 1):
            if row not in self._used and self._says(row, labels) and self._is_free(row, owners):
                self._used.add(row)
                return row
        return None

    def _says(self, row: int, labels: Mapping[int, str]) -> bool:
        texts = ((self._sheet.text((row, column)), label) for column, label in labels.items())
        return all(self._is_same(text, label) for text, label in texts)

    def _is_same(self, text: str, label: str) -> bool:
        if fold(text) == fold(label):
            return True
        pairs = ((self._levels.find(text, depth), self._levels.find(label, depth)) for depth in (1, 2))
        return any(one is not None and one is other for one, other in pairs)

    def _is_free(self, row: int, owners: Mapping[int, object]) -> bool:
        """Whether a line can go into a row: its cells are blank, and its own or shared with its owner."""
        columns = {column: source for column, source in self._list.columns.items() if source.writes}
        worked_out = [self._sheet.is_worked_out((row, column)) for column in columns]
        free = (self._takes((row, column), one, owners) for column, one in columns.items())
        return not all(worked_out) and all(free)

    def _takes(self, spot: tuple[int, int], source: Source, owners: Mapping[int, object]) -> bool:
        area, column = self._sheet.owner(spot), spot[1]
        if area != spot:
            return column in owners and self._shared.get(column) == (owners[column], area)
        there = self._sheet.text(spot).strip()
        kept = source.replace or source.place == NUMBER or source.fixed == there
        return not there or kept or self._sheet.is_worked_out(spot)
