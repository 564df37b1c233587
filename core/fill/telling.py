"""What filling left, changed and noticed, in a clerk's words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from core.fill.result import ROWS_WITHOUT_ROOM, WITHOUT_CELL, Changed, Filled, Left, Say
from core.sheet.carry import Telling as PlaceWords
from core.sheet.document import Document
from core.sheet.messages import Messages
from core.sheet.places import FACTS, Place

EXAMPLES = 3
"""So many examples are told of what was done many times; a program gets all of them."""
_SHORT = 24

Thing = TypeVar("Thing")


class Telling:
    """Makes sentences of what filling gave; ``files`` are the names of the documents."""

    def __init__(self, messages: Messages, files: Sequence[str]) -> None:
        self._messages = messages
        self._files = files
        self._places = PlaceWords(messages)

    def say(self, what: Say) -> str:
        """Give the sentence alone."""
        return self._messages.say(what.code, **what.params)

    def place(self, document: Document, place: Place) -> str:
        """Give a place in words: 年度重点工作任务第3行“拟投入的资金”."""
        if place.table == "" and place.column in FACTS:
            label = self._messages.say(f"sheet.fact-{place.column.replace('.', '-')}")
            return self._messages.say("carry.place", row="", label=label)
        return self._places.place(document, place)

    def left_lines(self, filled: Filled) -> Iterator[str]:
        """Give every text that was not written: alone, or those of one column with one reason together."""
        for found in _grouped(filled.left, self._left_key):
            document = filled.documents[found[0].document]
            if len(found) == 1:
                (one,) = found
                place, text, why = self.place(document, one.place), _short(one.text), self.say(one.why)
                line = self._messages.say(
                    "fill.left-one", place=place, text=text, why=why, where=self._at(one.where)
                )
            else:
                line = self._left_many(document, found)
            alone = len({one.document for one in found}) == 1
            yield self._of_file(found[0].document, line) if alone else line

    def changed_lines(self, filled: Filled) -> Iterator[str]:
        """Give every way in which texts were written otherwise, with how many and a few examples."""
        for found in _grouped(filled.changed, self._how):
            pairs = {(one.read, one.written): one for one in reversed(found)}
            some = list(reversed(pairs.values()))[:EXAMPLES]
            told = "；".join(self._example(one) for one in some)
            more = self._messages.say("fill.more", examples=told) if len(found) > len(some) else told
            yield self._messages.say("fill.changed", how=self._how(found[0]), count=len(found), examples=more)

    def note_lines(self, filled: Filled) -> Iterator[str]:
        """Give what there is to know about the template."""
        for found in _grouped(filled.notes, lambda one: self.say(one.what)):
            words = self.say(found[0].what)
            where = self._some("、".join(one.where for one in found[:EXAMPLES]), len(found))
            yield self._messages.say("fill.noted", what=words, where=where) if found[0].where else words

    # -- parts -----------------------------------------------------------------------------------------

    @staticmethod
    def _left_key(one: Left) -> Hashable:
        # What the template does not ask for is told once for all documents.
        document = -1 if one.why.code in WITHOUT_CELL else one.document
        if one.why.code in ROWS_WITHOUT_ROOM and one.place.table:
            return document, one.place.table, one.place.row, one.why.code
        return document, one.place.table, one.place.column, one.why.code, str(one.why.params)

    def _left_many(self, document: Document, found: Sequence[Left]) -> str:
        first = found[0].place
        if found[0].why.code in ROWS_WITHOUT_ROOM:
            texts = "".join(f"“{_short(one.text)}”" for one in found)
            row = self._row(document, first.table, first.row)
            return self._messages.say("fill.left-row", row=row, texts=texts, why=self.say(found[0].why))
        place = self.place(document, first)
        if first.table:
            table, field = document.form.tables[first.table], document.form.column(first.table, first.column)
            label = field.label if field else first.column
            place = self._messages.say("carry.place", row=table.label, label=label)
        examples = "、".join(
            self._messages.say("fill.example-left", text=_short(one.text), where=self._at(one.where))
            for one in found[:EXAMPLES]
        )
        return self._messages.say(
            "fill.left-many",
            place=place,
            count=len(found),
            why=self.say(found[0].why),
            examples=self._some(examples, len(found)),
        )

    def _row(self, document: Document, table: str, row: str) -> str:
        above = table.rpartition(".")[0]
        outer = self._row(document, above, document.parent_of(table, row)) if above else ""
        label = document.form.tables[table].label or self._messages.say("carry.table")
        number = document.position(table, row) + 1
        return outer + self._messages.say("carry.row", table=label, number=number)

    def _example(self, one: Changed) -> str:
        read, written = _short(one.read), _short(one.written)
        return self._messages.say("fill.example-changed", read=read, written=written, where=one.where)

    def _how(self, one: Changed) -> str:
        return self.say(one.how)

    def _at(self, where: str) -> str:
        return self._messages.say("fill.at", where=where) if where else ""

    def _some(self, examples: str, count: int) -> str:
        return self._messages.say("fill.more", examples=examples) if count > EXAMPLES else examples

    def _of_file(self, number: int, line: str) -> str:
        if len(self._files) < 2:
            return line
        return self._messages.say("fill.of-file", file=self._files[number], line=line)


def _short(text: str) -> str:
    """Give the beginning of a long text, on one line; the whole is in the document and told to programs."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[:_SHORT] + "…"


def _grouped(things: Iterable[Thing], key: Callable[[Thing], Hashable]) -> list[list[Thing]]:
    """Put those with one key together, in the order in which the first of each came."""
    groups: dict[Hashable, list[Thing]] = {}
    for one in things:
        groups.setdefault(key(one), []).append(one)
    return list(groups.values())
