"""Places in a clerk's words: table and field as printed, rows counted from 1."""

from __future__ import annotations

from collections.abc import Iterable

from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.messages import Messages
from core.sheet.places import FACTS, Place


class Labels:
    """Names places of documents of one form."""

    def __init__(self, form: Form, messages: Messages) -> None:
        self._form = form
        self._messages = messages
        self._facts = {name: messages.say(f"check.fact-{name.replace('.', '-')}") for name in FACTS}

    def field(self, place: Place) -> str:
        """Give the label of a field, fact or column."""
        if not place.table and place.column in self._facts:
            return self._facts[place.column]
        found = self._form.column(place.table, place.column)
        return found.label if found else place.column

    def place(self, document: Document, place: Place) -> str:
        """Give a place in words: 年度重点工作任务第3行“拟投入的资金”."""
        row = self.row(document, place.table, place.row) if place.table else ""
        return self._messages.say("check.place", row=row, field=self.field(place))

    def row(self, document: Document, table: str, row_id: str) -> str:
        """Give a row in words: 年度重点工作任务第3行; an inner row after the one that holds it."""
        above = table.rpartition(".")[0]
        before = self.row(document, above, document.parent_of(table, row_id)) if above else ""
        words = self._messages.say(
            "check.row", table=self.table(table), number=self.number(document, table, row_id)
        )
        return before + words

    def rows(self, document: Document, places: Iterable[Place]) -> str:
        """Give the numbers of the places' rows: 第2、5行."""
        rows = dict.fromkeys((place.table, place.row) for place in places if place.table)
        numbers = "、".join(str(self.number(document, table, row)) for table, row in rows)
        return self._messages.say("check.rows", numbers=numbers)

    def table(self, path: str) -> str:
        """Give the name of a table as printed, or a word for a table without one."""
        return self._form.tables[path].label or self._messages.say("check.table")

    @staticmethod
    def number(document: Document, table: str, row_id: str) -> int:
        """Give a row's number from 1 among its siblings, 0 when it is gone."""
        try:
            return document.position(table, row_id) + 1
        except KeyError:
            return 0
