"""Amounts (金额): AM. A form ties its own sums and limits; here is what all forms share."""

from __future__ import annotations

from core.check.rule import CellRule, Hits, Rule
from core.check.view import RowView
from core.sheet.numbers import is_unfinished_number, parse_number


def is_an_amount(row: RowView, column: str) -> Hits:
    """AM-11: a filled amount is a number, and not negative unless the form says it may be."""
    text = row.text(column)
    number = parse_number(text)
    if number is None:
        return (row.hit(column, case="unreadable", unfinished=is_unfinished_number(text), v=text),)
    if number < 0 and not row.columns[column].signed:
        return (row.hit(column, case="negative", v=text),)
    return ()


RULES: tuple[Rule, ...] = (CellRule("AM-11", is_an_amount, kinds=("money",)),)
