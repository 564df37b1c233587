"""What the rules about weights and points share: points as people write them; what a fix takes along."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from core.sheet.compute import Formulas
from core.sheet.document import Document
from core.sheet.edits import Edit, SetText
from core.sheet.numbers import parse_number, round_half_up
from core.sheet.places import field_place

FOLLOWING = ("total_score", "grade")
"""Computed figures that are judged by the points shown above them, so that they change with those."""
_POINTS = ("score", "rate_score", *FOLLOWING)


def written(points: Decimal) -> str:
    """Give points with at most two decimals and no trailing zeros: 9.47, 10."""
    rounded = round_half_up(points, 2)
    return f"{rounded.normalize():f}" if rounded else "0"


ANOTHER_UNIT = 1000
"""An amount that a fix makes so many times larger or smaller was typed in another unit (AM-09)."""


def with_what_follows(document: Document, edits: Iterable[Edit], formulas: Formulas) -> tuple[Edit, ...]:
    """Give a fix together with what makes the figures that follow from it, typed in too, be worked out again.

    Of points these are total and grade; of an amount typed in another unit all sums and rates it is part of.
    """
    given = tuple(edits)
    touched = {edit.place.column for edit in given if isinstance(edit, SetText)}
    names: dict[str, None] = {}
    if not touched.isdisjoint(_POINTS):
        names |= dict.fromkeys(FOLLOWING)
    for edit in given:
        if isinstance(edit, SetText) and not edit.place.table and _is_of_another_unit(edit):
            steps = formulas.after(("", edit.place.column))
            names |= dict.fromkeys(step.node[1] for step in steps if not step.node[0])
    more: list[Edit] = []
    for name in names:
        field, text = document.form.fields.get(name), document.field(name)
        if field is not None and field.compute and text and name not in touched:
            more.append(SetText(field_place(name), text, ""))
    return (*given, *more)


def _is_of_another_unit(edit: SetText) -> bool:
    old, new = parse_number(edit.old), parse_number(edit.new)
    if not old or not new:
        return False
    return max(abs(old), abs(new)) >= ANOTHER_UNIT * min(abs(old), abs(new))
