"""Makes a finding of a rule's answer: the sentence, with places and figures in a clerk's words."""

from __future__ import annotations

from decimal import Decimal

from core.check.finding import Finding, Fix, Hit
from core.check.judges import Judge, Speaker
from core.check.labels import Labels, RowNumbers
from core.check.sentence import Sentence
from core.sheet.definition import Money
from core.sheet.document import Document
from core.sheet.edits import SetText
from core.sheet.messages import Messages
from core.sheet.numbers import decimals_of, round_half_up, write_number
from core.sheet.places import Place

AUTOMATIC = frozenset({"where", "field", "row", "rows", "table", "n", "unit", "old", "new"})
"""Holes every sentence may have: the first place in words, its label, its row, the rows of all places, its
table, its row's number, the form's unit of money; the old and new text of a fix."""
LONGEST = 60
"""A longer typed text is quoted by its beginning, and said to go on."""


class Teller:
    """Says findings about one document; ``numbers`` must be right when it is asked."""

    def __init__(self, labels: Labels, messages: Messages, document: Document, numbers: RowNumbers) -> None:
        self._labels = labels
        self._messages = messages
        self._document = document
        self._numbers = numbers
        self._money: Money = document.form.money

    def finding(
        self, judge: Judge | Speaker, hit: Hit, *, waiting: bool, elsewhere: tuple[str, ...] = ()
    ) -> Finding:
        """Give the finished finding of an answer; ``elsewhere`` are places in other files."""
        wording = judge.record.wording(hit.case)

        fix = Fix(self._filled(wording.fix, hit), hit.edits) if hit.edits else None
        return Finding(
            judge.record.id,
            judge.severity or wording.severity,
            hit.places,
            self._filled(wording.say, hit),
            judge.record.source,
            fix,
            hit.missing,
            waiting,
            hit.unfinished,
            hit.params,
            elsewhere or hit.elsewhere,
        )

    def _filled(self, sentence: Sentence, hit: Hit) -> str:
        words = [sentence.start]
        params = hit.params
        for name, after in sentence.parts:
            value = params.get(name)
            # The usual case first: this is done for every key typed into a cell that is wrong.
            if isinstance(value, str) and len(value) <= LONGEST:
                words.append(value)
            else:
                words.append(self._word(name, hit))
            words.append(after)
        return "".join(words)

    def _word(self, name: str, hit: Hit) -> str:
        if name in hit.params:
            return self._figure(hit.params[name])
        first = hit.places[0]
        match name:
            case "where":
                return self._labels.place(first, self._document, self._numbers)
            case "field":
                return self._labels.field(first)
            case "row":
                return self._labels.row(first.table, first.row, self._document, self._numbers)
            case "rows":
                return self._labels.rows(hit.places, self._document, self._numbers)
            case "table":
                return self._labels.table_of(first, self._document, self._numbers)
            case "n":
                return str(self._numbers.position(first.table, first.row) + 1)
            case "unit":
                return self._money.unit
            case "old" | "new":
                texts = [edit for edit in hit.edits if isinstance(edit, SetText)]
                return self._quoted(getattr(texts[0], name)) if texts else ""
        ratio = hit.params[name.removesuffix("%")]
        return self._percentage(ratio) if isinstance(ratio, Decimal) else self._figure(ratio)

    def _figure(self, value: object) -> str:
        match value:
            case str():
                return self._quoted(value)
            case Decimal():
                return self._amount(value)
            case None:
                return self._messages.say("check.blank")
            case Place():
                return self._labels.place(value, self._document, self._numbers)
            case tuple():
                return self._labels.rows(value, self._document, self._numbers)
        return str(value)

    def _amount(self, value: Decimal) -> str:
        """An amount in the form's format; with all its decimals when it has more than the form."""
        if round_half_up(value, self._money.decimals) == value:
            return write_number(value, self._money.decimals, thousands=self._money.thousands)
        exact = value.normalize()
        return write_number(exact, min(decimals_of(exact), 10), thousands=self._money.thousands)

    @staticmethod
    def _percentage(value: Decimal) -> str:
        rounded = round_half_up(value * 100, 2)
        return f"{rounded.normalize():f}" if rounded else "0"

    def _quoted(self, text: str) -> str:
        if len(text) <= LONGEST:
            return text
        return self._messages.say("check.longer", text=text[:LONGEST], count=len(text))
