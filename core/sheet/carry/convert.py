"""One text from a place of one kind to a place of another: exact, or not at all.

Source of the units: forms state 元 or 万元 for all their amounts (``money`` in the definition).
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from core.sheet.carry.result import Misfit
from core.sheet.definition import Field, Form
from core.sheet.numbers import parse_number
from core.sheet.values import Kind, Value, ValueGrammar, plain_unit
from core.sheet.values.model import Nature

POWERS = {"元": 0, "万元": 4}
"""The power of ten of each unit of money."""

_WORDS = ("text", "value", "date", "unit", "operator", "choice", "choices", "level1", "level2")
_COUNTED = ("number", "weight")


class Converter:
    """Converts texts between the places of two forms."""

    def __init__(self, old: Form, new: Form, grammar: ValueGrammar) -> None:
        self._old = old
        self._new = new
        self._grammar = grammar

    def convert(self, text: str, old: Field, new: Field) -> str | Misfit:
        """Give the text for the new place, or why there is none."""
        if old.kind == new.kind:
            return self._same_kind(text, old, new)
        if new.kind in ("choice", "choices", "operator"):
            return self._option(text, old, new)
        if new.kind in _WORDS:
            return text if old.kind in (*_WORDS, *_COUNTED) else self._with_unit(text, old)
        if new.kind in _COUNTED and old.kind in _COUNTED:
            return text
        if old.kind in ("text", "value"):
            return self._figure(text, new)
        return Misfit("carry.other-kind")

    def _same_kind(self, text: str, old: Field, new: Field) -> str | Misfit:
        if new.kind == "money" and self._old.money.unit != self._new.money.unit:
            number = parse_number(text)
            if number is None:
                return Misfit(
                    "carry.not-an-amount", {"old": self._old.money.unit, "new": self._new.money.unit}
                )
            return self._written(number, POWERS[self._old.money.unit])
        return self._option(text, old, new) if new.options else text

    def _option(self, text: str, old: Field, new: Field) -> str | Misfit:
        """Give the option that says the same (大于等于 and ≥); any text where the options are the same."""
        if not new.options or text in new.options or new.options == old.options:
            return text
        if new.kind == "operator":
            meant = self.sign(text)
            same = [one for one in new.options if self.sign(one) == meant]
            if len(same) == 1:
                return same[0]
        return Misfit("carry.no-option", {"options": "、".join(new.options)})

    def sign(self, text: str) -> object:
        """Give what the cell of a sign says: a canonical sign, 定性 …, or the text itself."""
        value = self._grammar.parse_parts(text, "", "")
        if value.nature is not Nature.NONE:
            return value.nature
        return value.operator.canonical if value.operator and value.operator.canonical else text

    def _written(self, number: Decimal, power: int) -> str | Misfit:
        """Write an amount of a unit in the unit of the new form, with exactly the decimals it needs."""
        with localcontext(prec=60):
            moved = number.scaleb(power - POWERS[self._new.money.unit]).normalize()
            written = f"{moved if moved else abs(moved):f}"
        if parse_number(written) is None:
            return Misfit("carry.too-many-digits", {"new": self._new.money.unit})
        return written

    def _with_unit(self, text: str, old: Field) -> str:
        """Write an amount or a percentage where words stand, with its unit."""
        if parse_number(text) is None:
            return text
        return text + (self._old.money.unit if old.kind == "money" else "%")

    def _figure(self, text: str, new: Field) -> str | Misfit:
        """Read an amount, percentage or number out of words that say nothing else."""
        value = self._grammar.parse(text)
        if not _is_bare(value) or value.number is None or value.digits is None:
            return Misfit("carry.no-figure")
        if new.kind == "money":
            return self._amount(value)
        if value.unit_name != ("%" if new.kind == "percent" else ""):
            return Misfit("carry.no-figure")
        typed = value.digits.typed
        return typed if parse_number(typed) is not None else value.digits.canonical

    def _amount(self, value: Value) -> str | Misfit:
        if value.number is None or value.unit is None or plain_unit(value, self._grammar) != "元":
            return Misfit("carry.no-figure")
        return self._written(value.number, value.scale)


def _is_bare(value: Value) -> bool:
    """Whether a value is a number with at most a unit."""
    rest = (value.operator, value.suffix, value.lead, value.tail, value.leftover)
    return value.kind is Kind.NUMBER and all(one is None for one in rest)
