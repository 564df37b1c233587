"""Places in a clerk's words: table and field as printed, rows counted from 1."""

from __future__ import annotations

from collections.abc import Iterable

from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.messages import Messages
from core.sheet.places import FACTS, Place

_GAP = "\n"


class RowNumbers:
    """Where rows stand among their siblings, counted when first asked."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[tuple[str, str], int] = {}

    def forget(self) -> None:
        """Count again: rows came, went or moved."""
        self._known.clear()

    def position(self, table: str, row_id: str) -> int:
        """Give a row's 0-based position, -1 when it is gone."""
        found = self._known.get((table, row_id))
        if found is None:
            parent = self._document.parent_of(table, row_id)
            for index, row in enumerate(self._document.rows(table, parent)):
                self._known[table, row.id] = index
            found = self._known.setdefault((table, row_id), -1)
        return found

    def path(self, table: str, row_id: str) -> tuple[int, ...]:
        """Give a row's position after those of the rows that hold it."""
        above = table.rpartition(".")[0]
        outer = self.path(above, self._document.parent_of(table, row_id)) if above else ()
        return *outer, self.position(table, row_id)


class Labels:
    """Names places of documents of one form; the phrases are made ready once."""

    def __init__(self, form: Form, messages: Messages) -> None:
        self._say = messages.say
        self._fields = {("", name): messages.say(f"check.fact-{name.replace('.', '-')}") for name in FACTS}
        self._fields |= {("", name): field.label for name, field in form.fields.items()}
        self._tables = {
            path: table.label or messages.say("check.table") for path, table in form.tables.items()
        }
        for path, table in form.tables.items():
            self._fields |= {(path, name): column.label for name, column in table.columns.items()}
        roles = [table.role for table in form.tables.values()]
        # Row numbers say nothing by themselves in a form with two tables of indicators, or inside a row.
        self._told_apart = frozenset(
            path
            for path, table in form.tables.items()
            if "." in path or (table.role and roles.count(table.role) > 1)
        )
        self._around_number = {
            path: self._split("check.row", table=label, number=_GAP) for path, label in self._tables.items()
        }
        self._around_row = {
            read: self._split("check.place", row=_GAP, field=label) for read, label in self._fields.items()
        }

    def _split(self, code: str, **params: str) -> tuple[str, str]:
        before, _, after = self._say(code, **params).partition(_GAP)
        return before, after

    def field(self, place: Place) -> str:
        """Give the label of a field, fact or column."""
        return self._fields[place.table, place.column]

    def table(self, path: str) -> str:
        """Give the name of a table as printed, or a word for a table without one."""
        return self._tables[path]

    def place(self, place: Place, document: Document, numbers: RowNumbers) -> str:
        """Give a place in words: 年度重点工作任务第3行“拟投入的资金”."""
        before, after = self._around_row[place.table, place.column]
        row = self.row(place.table, place.row, document, numbers) if place.table else ""
        return f"{before}{row}{after}"

    def row(self, table: str, row_id: str, document: Document, numbers: RowNumbers) -> str:
        """Give a row in words: 年度重点工作任务第3行; an inner row after the one that holds it."""
        before, after = self._around_number[table]
        above = table.rpartition(".")[0]
        if above:
            before = self.row(above, document.parent_of(table, row_id), document, numbers) + before
        return f"{before}{numbers.position(table, row_id) + 1}{after}"

    def table_of(self, place: Place, document: Document, numbers: RowNumbers) -> str:
        """Give the name of a place's table; of a table inside a row after that row: 项目第2行绩效指标."""
        above = place.table.rpartition(".")[0]
        if not above:
            return self._tables[place.table]
        outer = self.row(above, document.parent_of(place.table, place.row), document, numbers)
        return f"{outer}{self._tables[place.table]}"

    def rows(self, places: Iterable[Place], document: Document, numbers: RowNumbers) -> str:
        """Give the numbers of the places' rows: 第2、5行; inside rows 项目第1行绩效指标第2行、项目第2行….

        Rows of a table inside a row are counted in each such row. Where a form has several tables of a role,
        the table is named: 中期绩效指标第2行.
        """
        groups: dict[str, dict[tuple[str, str], None]] = {}
        for place in places:
            if place.table:
                named = place.table in self._told_apart
                within = self.table_of(place, document, numbers) if named else ""
                groups.setdefault(within, {})[place.table, place.row] = None
        return "、".join(
            within
            + self._say("check.rows", numbers="、".join(str(numbers.position(*row) + 1) for row in rows))
            for within, rows in groups.items()
        )
