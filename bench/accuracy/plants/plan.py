"""Mistakes in the spending plan (资金支出计划): PL."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from bench.accuracy.planting import Plant, Planted, planted, put_field
from core.sheet.document import Document
from core.sheet.places import field_place

MONTHS = ("plan_march", "plan_june", "plan_october", "plan_december")
QUARTERS = (("25", "25", "30", "20"), ("20.00", "30.00", "25.00", "25.00"), ("15", "35", "40", "10"))
BEFORE_THE_END = (("25", "50", "25", "100"), ("25.00", "50.00", "25.00", "100.00"), ("40", "30", "30", "100"))
"""Each span's share until October, and the 100 at the end. Not 30, 30, 40, 100: that may be meant so."""
FRACTIONS = (("0.2", "0.5", "0.75", "1"), ("0.25", "0.5", "0.8", "1.00"), ("0.1", "0.4", "0.9", "1"))
Change = Callable[[Document, random.Random], tuple[str, ...] | None]


def _plan(check: str, name: str, severity: str, change: Change) -> Plant:
    """Make a plant of a change that gives the months where it is wrong now."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        if not all(document.field(month) for month in MONTHS):
            return None
        wrong = change(document, chance)
        return planted(document, check, *map(field_place, wrong)) if wrong else None

    return Plant(check, name, severity, put_it)


def _figures(choices: tuple[tuple[str, ...], ...]) -> Change:
    def change(document: Document, chance: random.Random) -> tuple[str, ...]:
        for month, text in zip(MONTHS, chance.choice(choices), strict=True):
            put_field(document, month, text)
        return MONTHS

    return change


def _exchanged(document: Document, chance: random.Random) -> tuple[str, ...] | None:
    """Two points in time are exchanged, so that the plan falls."""
    one, two = chance.choice(((0, 1), (1, 2)))
    first, second = document.field(MONTHS[one]), document.field(MONTHS[two])
    if Decimal(first) == Decimal(second):
        return None
    put_field(document, MONTHS[one], second)
    put_field(document, MONTHS[two], first)
    return MONTHS[one], MONTHS[two]


def _digit_lost(document: Document, chance: random.Random) -> tuple[str, ...] | None:
    """50.00 becomes 5.00."""
    at = chance.choice((1, 2))
    text = document.field(MONTHS[at])
    shorter = text[:1] + text[2:]
    if Decimal(shorter) >= Decimal(document.field(MONTHS[at - 1])):
        return None
    put_field(document, MONTHS[at], shorter)
    return MONTHS[at - 1], MONTHS[at]


def _last_is(*texts: str) -> Change:
    def change(document: Document, chance: random.Random) -> tuple[str, ...] | None:
        able = [text for text in texts if Decimal(text) >= Decimal(document.field(MONTHS[2]))]
        if not able:
            return None
        put_field(document, MONTHS[3], chance.choice(able))
        return (MONTHS[3],)

    return change


def _one_is(*texts: str) -> Change:
    def change(document: Document, chance: random.Random) -> tuple[str, ...]:
        month = chance.choice(MONTHS[:3])
        put_field(document, month, chance.choice(texts))
        return (month,)

    return change


def _amounts(document: Document, chance: random.Random) -> tuple[str, ...] | None:
    """Amounts in place of shares."""
    budget = Decimal(document.field("fiscal"))
    if budget <= 100:
        return None
    for month, share in zip(MONTHS, ("0.3", "0.6", "0.9", "1"), strict=True):
        put_field(document, month, f"{budget * Decimal(share):.2f}")
    return MONTHS


def _first_blank(count: int) -> Change:
    def change(document: Document, chance: random.Random) -> tuple[str, ...]:
        blank = MONTHS[:count] if count == 3 else (chance.choice(MONTHS[:3]),)
        for month in blank:
            put_field(document, month, "")
        return blank

    return change


def _nothing_by_october(document: Document, chance: random.Random) -> tuple[str, ...]:
    for month in MONTHS[:3]:
        put_field(document, month, chance.choice(("0", "0.00")))
    return ("plan_october",)


PLANTS = (
    _plan("PL-01", "quarters in place of sums", "error", _figures(QUARTERS)),
    _plan("PL-01", "quarters, and 100 at the end", "error", _figures(BEFORE_THE_END)),
    _plan("PL-01", "two exchanged", "error", _exchanged),
    _plan("PL-01", "a digit lost", "error", _digit_lost),
    _plan("PL-02", "not all by December", "error", _last_is("95", "95.00", "90", "98.5", "99")),
    _plan("PL-03", "parts of one", "error", _figures(FRACTIONS)),
    _plan("PL-03", "above a hundred", "error", _one_is("120", "150.00", "500")),
    _plan("PL-03", "below nothing", "error", _one_is("-20", "-5.00")),
    _plan("PL-03", "three decimals", "error", _one_is("33.333", "16.667")),
    _plan("PL-03", "words", "error", _one_is("一半", "30左右", "按进度", "约50")),
    _plan("PL-03", "amounts", "error", _amounts),
    _plan("PL-04", "the first three blank", "warning", _first_blank(3)),
    _plan("PL-04", "one blank", "warning", _first_blank(1)),
    _plan("PL-04", "nothing by October", "warning", _nothing_by_october),
)
