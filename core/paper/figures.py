"""Which figures Excel can hold as numbers and still show exactly as the form prints them (ruling 2)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.sheet.definition import Money
from core.sheet.grid import Cell
from core.sheet.numbers import decimals_of, parse_number

_EXACT_DIGITS = 15
"""Excel keeps 15 digits of a number; longer ones stay text."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the Excel format in which it reads as the form prints it."""

    value: Decimal
    format: str


def figure_of(cell: Cell, money: Money) -> Figure | None:
    """Give the number to write for a cell, or None where only text shows exactly what the form prints."""
    if cell.field is None or not cell.field.numeric or not cell.text:
        return None
    percent = cell.kind == "computed" and cell.text.endswith("%")
    shown = cell.text.removesuffix("%") if percent else cell.text
    value = parse_number(shown)
    if value is None or len(value.as_tuple().digits) > _EXACT_DIGITS:
        return None
    if value == 0 and value.is_signed():
        return None
    decimals = decimals_of(value)
    if cell.field.kind == "money" and money.thousands and f"{value:,f}" == shown:
        code = "#,##0"
    elif f"{value:f}" == shown:
        code = "0"
    else:
        return None
    code += "." + "0" * decimals if decimals else ""
    if percent:
        return Figure(value / 100, code + "%")
    return Figure(value, code)
