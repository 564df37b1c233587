"""What the indicator library says about a row whose name is exactly one of its own."""

from __future__ import annotations

from core.check.rules.values_row import Measure, look
from core.check.rules.values_words import Words
from core.check.view import RowView
from core.sheet.values import plain_unit

LIBRARY = ("library",)
"""The part of the context that a rule asking the library declares."""


def usual_unit(row: RowView, measure: Measure) -> str:
    """Give the library's unit when the row's counts another sort of thing (户 for 人), else ``""``.

    Percentages and prices (元/亩) are left to other rules, and so is what may as well be counted as measured:
    what is bought comes in 台 or in 吨, and what is built for 户 in 座.
    """
    known = (row.seen or look(row)).known
    if known is None or not known.unit or "/" in known.unit or known.unit == measure.value.unit_name:
        return ""
    words, grammar = row.context.words, row.context.grammar
    mine = _sort_of(plain_unit(measure.value, grammar), words)
    usual = _sort_of(grammar.plain_unit(known.unit, 0), words)
    if mine == usual or "any" in (mine, usual):
        return ""
    if (not usual and mine not in _NEVER_THINGS) or (not mine and usual in _PERHAPS_THINGS):
        return ""
    return known.unit


_NEVER_THINGS = ("people", "households", "money")
"""Sorts of units in which no number of things is told."""
_PERHAPS_THINGS = ("households", "amount")
"""Sorts of units instead of which things may be counted."""


def _sort_of(unit: str, words: Words) -> str:
    """Give what a unit counts or measures; ``""`` for things, ``any`` where it says too little."""
    sorts = words.data["units"]["sorts"]
    return "any" if "/" in unit else next((sort for sort, units in sorts.items() if unit in units), "")
