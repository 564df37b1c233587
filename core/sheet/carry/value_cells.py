"""Indicator values between forms with one cell (``≥95%``) and forms with one each for sign and unit.

Nothing is guessed: a value is taken apart or put together only when the value grammar reads all of it and
the result says the same; otherwise it does not fit.
"""

from __future__ import annotations

from typing import NamedTuple

from core.sheet.carry.convert import Converter
from core.sheet.carry.result import Misfit
from core.sheet.definition import Field
from core.sheet.values import Kind, Mark, Value, ValueGrammar, normal_form
from core.sheet.values.model import Nature

_GRADED = (Kind.GRADES, Kind.GRADE)
_WORDS = (Kind.WORDS, Kind.DATE, Kind.PERIOD, Kind.MIXED, Kind.RANGE)


class Cells(NamedTuple):
    """The texts of sign, value and unit; a form without cells for sign or unit leaves them blank."""

    operator: str = ""
    value: str = ""
    unit: str = ""


class Shape(NamedTuple):
    """Which cells a form has beside the value's own."""

    operator: Field | None
    unit: Field | None


class ValueCells:
    """Brings values from the shape of one form into that of another."""

    def __init__(self, grammar: ValueGrammar, converter: Converter) -> None:
        self._grammar = grammar
        self._converter = converter

    def fit(self, cells: Cells, old: Shape, new: Shape) -> Cells | Misfit:
        """Give the cells in the new shape, or why there are none.

        A sign that is no sign (定性) may be missing from the result where only words stand.
        """
        if _cells_of(old) == _cells_of(new):
            return self._with_sign(cells, cells.operator, old, new)
        if not cells.value:
            return self._alone(cells, old, new)
        value = self._grammar.parse_parts(*cells)
        if value.kind is Kind.NUMBER:
            return self._number(value, old, new)
        graded = value.kind in _GRADED and not value.comparison
        if (graded or value.kind in _WORDS) and not cells.unit and value.operator is None:
            return self._words(cells, graded, old, new)
        return _misfit(new)

    def _alone(self, cells: Cells, old: Shape, new: Shape) -> Cells | Misfit:
        """A sign or unit without a value goes where there is a cell for it."""
        if (cells.operator and not new.operator) or (cells.unit and not new.unit):
            return _misfit(new)
        return self._with_sign(cells, cells.operator, old, new)

    def _number(self, value: Value, old: Shape, new: Shape) -> Cells | Misfit:
        sign = value.comparison
        unfit = value.lead or value.tail or value.leftover or value.second
        if unfit or value.is_vague or value.suffix_contradicts or value.digits is None:
            return _misfit(new)
        if value.nature is not Nature.NONE or value.marks & {Mark.OPERATOR_TWICE, Mark.UNIT_TWICE}:
            return _misfit(new)
        spelled = value.operator.typed if value.operator and value.operator.canonical else sign
        unit = _unit_text(value)
        joined = ("" if new.operator else spelled) + value.digits.typed + ("" if new.unit else unit)
        made = Cells(spelled if new.operator else "", joined, unit if new.unit else "")
        fitted = self._with_sign(made, spelled, old, new)
        if isinstance(fitted, Misfit):
            return fitted
        same = normal_form(self._grammar.parse_parts(*fitted), self._grammar)
        return fitted if same == normal_form(value, self._grammar) else _misfit(new)

    def _words(self, cells: Cells, graded: bool, old: Shape, new: Shape) -> Cells | Misfit:
        """Words and grades stand in the value's cell; only a scale of grades is known to be 定性."""
        if not new.operator:
            return Cells("", cells.value, "")
        if cells.operator:
            return self._with_sign(cells, cells.operator, old, new)
        if graded:
            for option in new.operator.options:
                if self._converter.sign(option) is Nature.QUALITATIVE:
                    return Cells(option, cells.value, "")
        return _misfit(new)

    def _with_sign(self, cells: Cells, sign: str, old: Shape, new: Shape) -> Cells | Misfit:
        """Give the cells with the sign in the new form's spelling."""
        if not new.operator or not sign:
            return cells
        made = self._converter.convert(sign, old.operator or _ANY_SIGN, new.operator)
        return made if isinstance(made, Misfit) else cells._replace(operator=made)


_ANY_SIGN = Field("operator", "", "operator")


def _cells_of(shape: Shape) -> tuple[bool, bool]:
    return shape.operator is not None, shape.unit is not None


def _unit_text(value: Value) -> str:
    """Give the unit as typed, without the brackets that only a joined cell needs."""
    if value.unit is None:
        return ""
    return value.unit.canonical if Mark.BRACKETED_UNIT in value.marks else value.unit.typed


def _misfit(new: Shape) -> Misfit:
    return Misfit("carry.not-apart" if new.operator or new.unit else "carry.not-together")
