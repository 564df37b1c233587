"""What a carry left and changed, in a clerk's words."""

from __future__ import annotations

from collections.abc import Iterable

from core.sheet.carry.result import Carried, Left, Remark
from core.sheet.document import Document
from core.sheet.messages import Messages
from core.sheet.places import Place


class Telling:
    """Makes sentences of what a carry gave."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    def left(self, carried: Carried, one: Left) -> str:
        """Give one line: the old place in words, the text, and why it is not in the new document."""
        place = self.place(carried.old, one.place)
        return self._messages.say("carry.left", place=place, text=one.text, why=self.why(one))

    def why(self, one: Left) -> str:
        """Give the reason alone."""
        return self._messages.say(one.why.code, **one.why.params)

    def remark(self, carried: Carried, one: Remark) -> str:
        """Give one line: what was done, and where in the new document."""
        words = self._messages.say(one.code, count=len(one.places), **one.params)
        if not one.places:
            return words
        return self._messages.say(
            "carry.remark", remark=words, places=self._where(carried.document, one.places)
        )

    def place(self, document: Document, place: Place) -> str:
        """Give a place in words: 年度重点工作任务第3行“拟投入的资金”."""
        found = document.form.column(place.table, place.column)
        label = found.label if found else place.column
        row = self._row(document, place.table, place.row) if place.table else ""
        return self._messages.say("carry.place", row=row, label=label)

    def _row(self, document: Document, table: str, row: str) -> str:
        above = table.rpartition(".")[0]
        before = self._row(document, above, document.parent_of(table, row)) if above else ""
        label = document.form.tables[table].label or self._messages.say("carry.table")
        number = document.position(table, row) + 1
        return before + self._messages.say("carry.row", table=label, number=number)

    def _where(self, document: Document, places: Iterable[Place]) -> str:
        """Give places in words, rows of one column together: 绩效指标“年度指标值”第1、2、5行."""
        told: dict[str, list[str]] = {}
        for place in places:
            if not place.table or "." in place.table:
                told.setdefault(self.place(document, place), [])
                continue
            found = document.form.column(place.table, place.column)
            table = document.form.tables[place.table].label or self._messages.say("carry.table")
            words = self._messages.say("carry.place", row=table, label=found.label if found else place.column)
            told.setdefault(words, []).append(str(document.position(place.table, place.row) + 1))
        return "；".join(
            self._messages.say("carry.rows", place=words, numbers="、".join(numbers)) if numbers else words
            for words, numbers in told.items()
        )
