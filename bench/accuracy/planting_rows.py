"""Makers of plants about indicators: another row in place of one, or an own value typed otherwise."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import NamedTuple

from bench.accuracy.indicator_rows import (
    COUNTED,
    SORTS,
    TIMELINESS,
    Figure,
    Fits,
    Spot,
    any_spot,
    bring_along,
    free_name,
    rename,
    type_joined,
    type_value,
)
from bench.accuracy.planting import Plant, Planted
from core.sheet.document import Document

Put = Callable[[Document, random.Random], Planted | None]

JOINED, PARTED = "joined", "parted"
VALUE = ("value", "period_value", "operator", "unit")
NAME = ("name",)
BOTH = (*NAME, *VALUE)


class Wrong(NamedTuple):
    """An indicator with a mistake in it: what it measures, its name, and its value as the clerk types it.

    ``text`` is the whole of a joined cell where sign, number and unit cannot say it; ``meant`` is what the
    results beside it go by.
    """

    sorts: tuple[str, ...]
    name: str
    sign: str = ""
    number: str = ""
    unit: str = ""
    text: str = ""
    meant: Figure | None = None


def counted(name: str, sign: str, number: str, unit: str) -> Wrong:
    """Give a wrong row among the quantities and social effects."""
    return Wrong(COUNTED, name, sign, number, unit)


def in_form(only: str) -> Fits:
    """Give a test for rows of forms with their values joined or in parts, as asked."""
    return lambda spot: not only or spot.parted == (only == PARTED)


def written(spot: Spot, wrong: Wrong) -> None:
    """Write a wrong row in place of a right one."""
    right = wrong.meant or Figure(wrong.sign, wrong.number, wrong.unit)
    rename(spot, wrong.name)
    bring_along(spot, right)
    if wrong.text:
        type_joined(spot, wrong.text)
    else:
        type_value(spot, wrong.sign, wrong.number, wrong.unit)


def _sorts_of(wrong: Wrong) -> tuple[str, ...]:
    """A name that says how timely a thing is goes under 时效 where the plant leaves it open."""
    timely = any(word in wrong.name for word in ("及时", "按时", "准时", "按期"))
    return (TIMELINESS,) if timely and TIMELINESS in wrong.sorts else wrong.sorts


def row(
    check: str,
    name: str,
    severity: str,
    rows: Iterable[Wrong],
    *,
    at: tuple[str, ...] = VALUE,
    only: str = "",
    needs: str = "value",
) -> Plant:
    """Make a plant that puts one of some wrong rows in place of a right one; ``at`` are its right cells.

    ``needs`` is a column without which a form is passed by.
    """
    rows = tuple(rows)

    def put(document: Document, chance: random.Random) -> Planted | None:
        for wrong in chance.sample(rows, len(rows)):
            joined = wrong.text or not wrong.sign  # an empty cell for the sign would be a second mistake
            fits = both(in_form(JOINED if joined else only), lambda one: one.has(needs))
            spot = any_spot(document, chance, _sorts_of(wrong), fits)
            if spot is not None and free_name(document, wrong.name):
                written(spot, wrong)
                return Planted(check, spot.places(*at))
        return None

    return Plant(check, name, severity, put)


def rows_of(
    check: str,
    name: str,
    severity: str,
    sorts: tuple[str, ...],
    *rows: tuple[str, str, str, str],
    at: tuple[str, ...] = BOTH,
) -> Plant:
    """Make a plant of wrong rows of the same sorts: name, sign, number and unit of each."""
    levels = "level2" if check in ("IX-04", "IX-05") else "value"
    return row(check, name, severity, [Wrong(sorts, *one) for one in rows], at=at, needs=levels)


def twist(
    check: str,
    name: str,
    severity: str,
    *texts: str,
    fits: Fits | None = None,
    sorts: Iterable[str] = SORTS,
    column: str = "",
) -> Plant:
    """Make a plant that types a row's own value otherwise: as one of some patterns.

    In a joined cell, or in the separate cell (operator, value, unit) of that name. Patterns may say
    ``{name} {sign} {number} {unit}``, ``{wide} {percent}`` (full-width) and ``{grouped} {chinese} {more}``.
    """

    def fit(spot: Spot) -> bool:
        return spot.parted == bool(column) and spot.figure.number != "" and (fits is None or fits(spot))

    def put(document: Document, chance: random.Random) -> Planted | None:
        spot = any_spot(document, chance, sorts, fit)
        if spot is None:
            return None
        text = typed(chance.choice(texts), spot)
        if text == spot.row.cells.get(column or "value", ""):
            return None
        if not column:
            return Planted(check, type_joined(spot, text))
        if text in document.form.tables[spot.table].columns[column].options:
            return None  # this form writes it so
        spot.put(column, text)
        return Planted(check, spot.places(*VALUE))

    return Plant(check, name, severity, put)


_WIDE = str.maketrans("0123456789%.", "０１２３４５６７８９％．")
CHINESE = {"100": "百", "98": "九十八", "95": "九十五", "92": "九十二", "90": "九十", "85": "八十五"}


def typed(pattern: str, spot: Spot) -> str:
    """Give a pattern with what a row says put in."""
    figure = spot.figure
    whole = figure.number.isdigit()
    return pattern.format(
        **figure._asdict(),
        name=spot.name,
        wide=figure.number.translate(_WIDE),
        percent=figure.unit.translate(_WIDE),
        grouped=f"{int(figure.number):,}" if whole else "",
        chinese=CHINESE.get(figure.number, ""),
        more=int(figure.number) + 5 if whole else "",
    )


# Tests for rows -----------------------------------------------------------------------------------------


def signed(*signs: str) -> Fits:
    """Give a test for values with one of these signs."""
    return lambda spot: spot.figure.sign in signs


def in_percent(spot: Spot) -> bool:
    """Whether the value is a percentage."""
    return spot.figure.unit == "%"


def share_below(most: float) -> Fits:
    """Give a test for rates below a percentage."""
    return lambda spot: in_percent(spot) and spot.name.endswith("率") and float(spot.figure.number) < most


def in_chinese(spot: Spot) -> bool:
    """Whether the value is a percentage that a clerk might write in Chinese numerals."""
    return in_percent(spot) and spot.figure.number in CHINESE


def is_count(spot: Spot) -> bool:
    """Whether the value counts things, and its name does not say of which unit."""
    figure = spot.figure
    return (
        figure.unit not in ("", "%", "‰") and "/" not in figure.unit and not spot.name.endswith(("率", "）"))
    )


def is_whole(spot: Spot) -> bool:
    """Whether the number is a whole one."""
    return spot.figure.number.isdigit()


def is_large(spot: Spot) -> bool:
    """Whether the number has four digits or more."""
    return spot.figure.number.isdigit() and int(spot.figure.number) >= 1000


def is_bounded(spot: Spot) -> bool:
    """Whether the value is a share of something that cannot exceed all of it."""
    ends = ("合格率", "覆盖率", "完成率", "及时率", "到位率", "办结率", "发放率", "成功率")
    return in_percent(spot) and spot.name.endswith(ends)


def both(one: Fits, other: Fits) -> Fits:
    """Give a test for what passes both."""
    return lambda spot: one(spot) and other(spot)
