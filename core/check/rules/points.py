"""What the rules about weights and points share: points as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from core.sheet.document import Document
from core.sheet.edits import Edit, SetText
from core.sheet.numbers import round_half_up
from core.sheet.places import field_place

FOLLOWING = ("total_score", "grade")
"""Computed figures that are judged by the points shown above them, so that they change with those."""
_POINTS = ("score", "rate_score", *FOLLOWING)


def written(points: Decimal) -> str:
    """Give points with at most two decimals and no trailing zeros: 9.47, 10."""
    rounded = round_half_up(points, 2)
    return f"{rounded.normalize():f}" if rounded else "0"


def with_what_follows(document: Document, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Give a fix of points together with what makes total and grade, typed in too, be worked out again."""
    given = tuple(edits)
    touched = {edit.place.column for edit in given if isinstance(edit, SetText)}
    if touched.isdisjoint(_POINTS):
        return given
    more: list[Edit] = []
    for name in FOLLOWING:
        field, text = document.form.fields.get(name), document.field(name)
        if field is not None and field.compute and text and name not in touched:
            more.append(SetText(field_place(name), text, ""))
    return (*given, *more)
