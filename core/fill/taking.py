"""A text of a document made ready for another table: figure, unit, date or part, exactly or not at all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from core.fill.mapping import Source
from core.fill.result import Say
from core.sheet.carry.convert import POWERS, Converter
from core.sheet.carry.result import Misfit
from core.sheet.carry.value_cells import Cells, Shape, ValueCells
from core.sheet.compute import Computation
from core.sheet.definition import Field, Form
from core.sheet.document import Document
from core.sheet.numbers import decimals_of, parse_number, shown_computed
from core.sheet.places import Place
from core.sheet.values import Kind, Moment, ValueGrammar

SIGNS = ("≥", "≤", "=", ">", "<", "定性")
"""What a cell for the sign takes; the words of a template for them are found when it is written."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What is to be written: ``text``, or ``number`` where it is a figure; ``typed`` is what there was.

    ``how`` says what was changed; ``uses`` are the places whose texts are in it; ``percent`` tells that the
    number counts hundredths.
    """

    typed: str
    text: str
    number: Decimal | None = None
    how: tuple[Say, ...] = ()
    uses: tuple[Place, ...] = ()
    percent: bool = False
    day: Moment | None = None


class Taker:
    """Takes texts out of one document."""

    def __init__(self, document: Document, grammar: ValueGrammar, figures: Computation) -> None:
        self.document = document
        self.form: Form = document.form
        self._grammar = grammar
        self._computation = figures
        self.converter = Converter(document.form, document.form, grammar)
        self._values = ValueCells(grammar, self.converter)

    def text(self, place: Place) -> str:
        """Give the text at a place: as typed, else the computed figure as the form prints it, else blank."""
        typed = self.document.text(place)
        field = self.form.column(place.table, place.column)
        if typed or field is None or not self._computation.is_computed(place):
            return typed
        value = self._computation.value(place)
        return shown_computed(value if isinstance(value, Decimal) else None, field, self.form.money)

    def take(self, place: Place, source: Source, parts: Collection[str] = ()) -> Taken | Say | None:
        """Give what a source writes for a place, why it cannot be written, or None when it is blank.

        ``parts`` are the parts of this value that have cells of their own.
        """
        field = self.form.column(place.table, place.column) or Field(place.column, place.column)
        text = self.text(place)
        if source.part:
            return self._part(place, source.part, parts)
        if not text:
            return None
        plain = Taken(text, text, uses=(place,))
        if text in source.words:
            return self._worded(plain, source.words[text])
        if field.kind == "money":
            return self._amount(plain, source)
        if field.kind == "percent":
            return self._share(plain)
        if field.numeric:
            return self._number(plain, parse_number(text))
        if field.kind == "date" or source.date:
            return self._date(plain, source.date)
        return plain

    def unit(self, text: str) -> str:
        """Give the one spelling of a unit (百分比 is %)."""
        value = self._grammar.parse_parts("", "", text)
        return self._grammar.comparable_unit(value.unit_name) or text

    # -- kinds -----------------------------------------------------------------------------------------

    @staticmethod
    def _worded(plain: Taken, word: str) -> Taken:
        how = (Say("fill.by-map", {"read": plain.text, "written": word}),) if word != plain.text else ()
        return replace(plain, text=word, how=how)

    def _amount(self, plain: Taken, source: Source) -> Taken | Say:
        own = self.form.money.unit
        number = parse_number(plain.text)
        unit = source.unit or own
        if number is None:
            return plain if unit == own else Say("fill.no-amount", {"old": own, "new": unit})
        made = self._number(plain, number)
        if unit != own:
            with localcontext(prec=60):
                moved = number.scaleb(POWERS[own] - POWERS[unit]).normalize()
                number = moved if moved else abs(moved)
            how = (Say("fill.unit-changed", {"old": own, "new": unit}),)
            made = replace(plain, text=f"{number:f}", number=number, how=how)
        if source.decimals is not None and decimals_of(number.normalize()) > source.decimals:
            return Say("fill.too-many-decimals", {"written": f"{number:f}", "decimals": source.decimals})
        return made

    def _share(self, plain: Taken) -> Taken:
        bare = plain.text.removesuffix("%").removesuffix("％")
        return replace(self._number(plain, parse_number(bare)), percent=True)

    @staticmethod
    def _number(plain: Taken, number: Decimal | None) -> Taken:
        if number is None:
            return plain
        written = f"{number:f}"
        how = (Say("fill.bare-number"),) if written != plain.text else ()
        return replace(plain, text=written, number=number, how=how)

    def _date(self, plain: Taken, pattern: str) -> Taken | Say:
        day = self._day(plain.text)
        if not pattern:
            return replace(plain, day=day)
        if day is None:
            return Say("fill.no-date")
        written = pattern.replace("YYYY", f"{day.year:04d}")
        written = written.replace("MM", f"{day.month:02d}").replace("DD", f"{day.day:02d}")
        how = (Say("fill.date-written"),) if written != plain.text else ()
        return replace(plain, text=written, how=how)

    def _day(self, text: str) -> Moment | None:
        value = self._grammar.parse(text)
        single = value.kind is Kind.DATE and value.whole_day and not value.deadline and not value.unfinished
        if not single or value.end is None or not (value.end.year and value.end.month and value.end.day):
            return None
        return value.end

    # -- indicator values ------------------------------------------------------------------------------

    def _part(self, place: Place, part: str, parts: Collection[str]) -> Taken | Say | None:
        """Take a value apart or together; the texts of all parts say the same as the value, or nothing is."""
        cells, old, uses = self._cells(place)
        if not any(cells):
            return None
        # A form with a cell for the sign has its own words there; they stay.
        operator = Field("operator", "", "operator", options=() if cells.operator else SIGNS)
        unit = Field("unit", "", "unit")
        own = {"joined": (), "rest": parts}.get(part, ("operator", "unit"))
        shape = Shape(operator if "operator" in own else None, unit if "unit" in own else None)
        made = self._values.fit(cells, old, shape)
        if isinstance(made, Misfit):
            return Say("fill.not-together" if part == "joined" else "fill.not-apart")
        text = {"operator": made.operator, "unit": made.unit}.get(part, made.value)
        if not text:
            return None
        typed = "".join(cells)
        how = (Say(f"fill.part-{part}"),) if text != typed else ()
        number = parse_number(text) if part in ("number", "rest") else None
        written = f"{number:f}" if number is not None else text
        percent = part == "number" and made.unit == "%"
        return Taken(typed, written, number, how, uses, percent=percent)

    def _cells(self, place: Place) -> tuple[Cells, Shape, tuple[Place, ...]]:
        """Give sign, value and unit of a value as the form has them, and their places."""
        columns = self.form.tables[place.table].columns if place.table else {}
        beside = columns if place.column == "value" else {}
        operator, unit = beside.get("operator"), beside.get("unit")
        places = {"operator": operator, "value": True, "unit": unit}
        texts = {
            name: self.text(place._replace(column=place.column if name == "value" else name))
            for name, there in places.items()
            if there
        }
        uses = tuple(
            place._replace(column=place.column if name == "value" else name)
            for name, text in texts.items()
            if text
        )
        return Cells(**texts), Shape(operator, unit), uses
