"""Single texts and indicator values on their way to the new document, with the account of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from core.sheet.carry.convert import Converter
from core.sheet.carry.result import Misfit, Remarks
from core.sheet.carry.source import Found, Source
from core.sheet.carry.value_cells import Cells, Shape, ValueCells
from core.sheet.definition import Field, Form
from core.sheet.numbers import decimals_of, parse_number
from core.sheet.places import Place
from core.sheet.values import ValueGrammar


class Target(NamedTuple):
    """A field or column of the new form and the place it fills."""

    field: Field
    place: Place


class Trio(NamedTuple):
    """Sign, value and unit of one indicator; a form that writes them in one cell has only the value."""

    operator: Target | Found | None
    value: Target | Found
    unit: Target | Found | None

    @property
    def shape(self) -> Shape:
        """Which cells there are beside the value's own."""
        return Shape(self.operator.field if self.operator else None, self.unit.field if self.unit else None)


class Transfer:
    """Brings texts over and writes down what was used, missed and changed."""

    def __init__(self, source: Source, form: Form, grammar: ValueGrammar, remarks: Remarks) -> None:
        self.source = source
        self.form = form
        self.remarks = remarks
        self._old = source.document.form
        self._converter = Converter(self._old, form, grammar)
        self._values = ValueCells(grammar, self._converter)

    @property
    def same_form(self) -> bool:
        """Whether old and new document are of one form and edition, so that everything keeps its place."""
        return (self._old.form, self._old.edition) == (self.form.form, self.form.edition)

    def text(self, found: Found, target: Target) -> str:
        """Give the text for a place of the new document, ``""`` when there is none."""
        if target.field.compute:
            self.source.miss(found.place, Misfit("carry.computed"))
            return ""
        text = self.source.text(found)
        if not text:
            return ""
        made = self._converter.convert(text, found.field, target.field)
        if isinstance(made, Misfit):
            self.source.miss(found.place, made)
            return ""
        self._took(found, target)
        self._remark_money(found, target, made)
        return made

    def value(self, old: Trio, new: Trio) -> Mapping[str, str]:
        """Give the texts of an indicator value by column of the new form; none when it does not fit."""
        cells = Cells(*(self.source.text(one) if isinstance(one, Found) else "" for one in old))
        if not any(cells):
            return {}
        made = self._values.fit(cells, old.shape, new.shape)
        if isinstance(made, Misfit):
            for one in old:
                if one is not None:
                    self.source.miss(one.place, made)
            return {}
        dropped = bool(cells.operator) and new.operator is None and made.value == cells.value
        for one in old:
            if isinstance(one, Found) and not (dropped and one is old.operator):
                self._took(one, new.value if one is old.value else None)
            elif one is not None:
                self.source.miss(one.place, Misfit("carry.no-sign-cell"))
        self._remark_value(cells, made, old.shape, new, dropped)
        return {one.field.name: text for one, text in zip(new, made, strict=True) if one is not None and text}

    def _took(self, found: Found, target: Target | Found | None) -> None:
        self.source.use(found.place)
        if target is None or found.field.name == target.field.name:
            return
        if found.field.label != target.field.label:
            labels = {"old": found.field.label, "new": target.field.label}
            self.remarks.add("carry.other-label", target.place, **labels)

    def _remark_money(self, found: Found, target: Target, made: str) -> None:
        money, before = self.form.money, self._old.money.unit
        if target.field.kind != "money" or self.same_form:
            return
        if found.field.kind == "money" and before != money.unit:
            self.remarks.add("carry.money-converted", target.place, old=before, new=money.unit)
        number = parse_number(made)
        if number is not None and decimals_of(number) > money.decimals:
            self.remarks.add("carry.more-decimals", target.place, unit=money.unit, decimals=money.decimals)

    def _remark_value(self, cells: Cells, made: Cells, old: Shape, new: Trio, dropped: bool) -> None:
        filled = (one for one, text in zip(new, made, strict=True) if one is not None and text)
        place = new.value.place if made.value else next(filled).place
        apart = (new.operator is not None, new.unit is not None)
        joined = (old.operator is not None, old.unit is not None)
        if apart > joined:
            self.remarks.add("carry.values-apart", place)
        elif apart < joined:
            self.remarks.add("carry.values-together", place)
        before, after = "".join(cells), "".join(made)
        if after != before and not dropped and not after.endswith(before):
            self.remarks.add("carry.value-respelled", place, old=before, new=" ".join(filter(None, made)))
