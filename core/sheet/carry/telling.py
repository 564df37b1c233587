"""What a carry left and changed, in a clerk's words."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from core.sheet.carry.result import Carried, Left, Remark
from core.sheet.document import Document
from core.sheet.messages import Messages
from core.sheet.places import Place

_BY_ROW = ("carry.no-table", "carry.row-limit")
"""Reasons that hold for whole rows, so that their texts are told together."""


class Telling:
    """Makes sentences of what a carry gave."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    def left_lines(self, carried: Carried) -> list[str]:
        """Give every text that was left, in as few lines as say it: by row, or by column, or alone."""
        groups: dict[Hashable, list[Left]] = {}
        for one in carried.left:
            groups.setdefault(self._group(carried.old, one), []).append(one)
        lines = []
        for found in groups.values():
            if found[0].why.code in _BY_ROW:
                lines.append(self._left_row(carried.old, found))
            elif len(found) == 1:
                lines.append(self.left(carried, found[0]))
            else:
                lines.append(self._left_column(carried.old, found))
        return lines

    def left(self, carried: Carried, one: Left) -> str:
        """Give one text that was left: its place in words, the text, and why."""
        place = self.place(carried.old, one.place)
        return self._messages.say("carry.left", place=place, text=one.text, why=self.why(one))

    def why(self, one: Left) -> str:
        """Give the reason alone."""
        return self._messages.say(one.why.code, **one.why.params)

    def remark(self, carried: Carried, one: Remark) -> str:
        """Give what was done on the way, and where in the new document."""
        words = self._messages.say(one.code, count=len(one.places), **one.params)
        if not one.places:
            return self._messages.say("carry.remark-alone", remark=words)
        places = self._places(carried.document, one.places)
        return self._messages.say("carry.remark", remark=words, places=places)

    def place(self, document: Document, place: Place) -> str:
        """Give a place in words: 年度重点工作任务第3行“拟投入的资金”."""
        row = self._row(document, place.table, place.row) if place.table else ""
        return self._messages.say("carry.place", row=row, label=_label(document, place))

    # -- rows and columns -------------------------------------------------------------------------

    @staticmethod
    def _group(document: Document, one: Left) -> Hashable:
        place = one.place
        if not place.table:
            return place
        if one.why.code in _BY_ROW:
            return place.table, place.row, one.why.code
        parent = document.parent_of(place.table, place.row)
        return place.table, parent, place.column, one.why.code, str(one.why.params)

    def _left_row(self, document: Document, found: Sequence[Left]) -> str:
        place = found[0].place
        texts = "".join(f"“{one.text}”" for one in found)
        row = self._row(document, place.table, place.row)
        return self._messages.say("carry.left-rows", row=row, texts=texts, why=self.why(found[0]))

    def _left_column(self, document: Document, found: Sequence[Left]) -> str:
        numbers: dict[str, list[str]] = {}
        for one in found:
            number = document.position(one.place.table, one.place.row) + 1
            numbers.setdefault(one.text, []).append(str(number))
        texts = "".join(
            self._messages.say("carry.left-text", text=text, numbers="、".join(rows))
            for text, rows in numbers.items()
        )
        place, why = self._column(document, found[0].place), self.why(found[0])
        return self._messages.say("carry.left-column", place=place, count=len(found), why=why, texts=texts)

    def _places(self, document: Document, places: Iterable[Place]) -> str:
        """Give places in words, rows of one column together: 绩效指标“年度指标值”第1、2、5行."""
        told: dict[str, list[str]] = {}
        for place in places:
            numbers = told.setdefault(self._column(document, place), [])
            if place.table:
                numbers.append(str(document.position(place.table, place.row) + 1))
        return "；".join(
            self._messages.say("carry.rows", place=words, numbers="、".join(numbers)) if numbers else words
            for words, numbers in told.items()
        )

    def _column(self, document: Document, place: Place) -> str:
        """Give the table and column of a place; of an inner table, after the row that holds it."""
        table = ""
        if place.table:
            table = self._outer(document, place.table, place.row) + self._table(document, place.table)
        return self._messages.say("carry.place", row=table, label=_label(document, place))

    def _row(self, document: Document, table: str, row: str) -> str:
        number = document.position(table, row) + 1
        words = self._messages.say("carry.row", table=self._table(document, table), number=number)
        return self._outer(document, table, row) + words

    def _outer(self, document: Document, table: str, row: str) -> str:
        above = table.rpartition(".")[0]
        return self._row(document, above, document.parent_of(table, row)) if above else ""

    def _table(self, document: Document, path: str) -> str:
        return document.form.tables[path].label or self._messages.say("carry.table")


def _label(document: Document, place: Place) -> str:
    found = document.form.column(place.table, place.column)
    return found.label if found else place.column
