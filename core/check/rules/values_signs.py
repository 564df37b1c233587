"""IV-18 and IV-19: a number without a sign, and a sign that does not fit what is measured."""

from __future__ import annotations

from core.check.rule import Hits, RowRule
from core.check.rules.level_names import EFFECT
from core.check.rules.names import Name
from core.check.rules.values_library import LIBRARY
from core.check.rules.values_row import (
    ALSO,
    DIRECTION,
    VALUE_SORT,
    has_unusual_number,
    look,
    resign,
    shown,
    written_twice,
)
from core.check.view import RowView
from core.sheet.values import Value


def _no_sign(row: RowView) -> Hits:
    """IV-18: a number without a sign in a joined cell; it means =."""
    hits = []
    seen = row.seen or look(row)
    for measure in seen.numbers:
        value = measure.value
        if measure.sign or value.cells is not None or value.is_vague or written_twice(row, value):
            continue
        if measure.spelling == "IV-02":
            continue  # it is to be written anew as a whole
        if measure.percent and seen.name.bounded and value.number is not None and value.number > 100:
            continue  # IV-09: the number itself is in doubt
        if (
            value.unit is None
            and seen.name.core
            and not row.context.words.ends_with("unitless", seen.name.core)
        ):
            continue  # IV-08, IV-12 and IV-21 say how it is written in full
        beside = next((one.sign for one in seen.numbers if one.sign), "")  # of the value for another time
        edits = resign(row, measure, beside or _likely_sign(row, seen.name, value))
        hits.append(row.hit(*measure.columns, edits=edits, typed=shown(measure), unfinished=value.unfinished))
    return hits


DECLARED = "申报"
"""The stage at which targets are set."""


def _likely_sign(row: RowView, name: Name, value: Value) -> str:
    known = (row.seen or look(row)).known
    if known is not None and known.direction == "equal":
        return "="
    lower = known.direction == "down" if known is not None and known.direction else name.lower
    if lower or _is_cost(row, name, value):
        return "≤"
    if not value.is_percent and (not value.number or DECLARED not in row.scene.form.stages):
        return "="  # what was approved is not raised by spelling it out
    return "=" if value.is_percent and value.number == 100 else "≥"


def _is_cost(row: RowView, name: Name, value: Value) -> bool:
    """Whether the value is money that is spent, not gained."""
    gained = row.level1 == EFFECT or row.context.words.first_of("inexact", name.core)
    if gained or value.is_percent:
        return False
    return "成本" in name.core or (name.money and value.unit_name.partition("/")[0].endswith("元"))


def _is_fixed(row: RowView, name: Name, value: Value) -> bool:
    """Whether the value is a price that somebody else has fixed (补助标准): = is right then."""
    return "/" in value.unit_name and row.context.words.first_of("fixed", name.core) != ""


def _odd_sign(row: RowView) -> Hits:
    """IV-19: ≥100% of a share; = on a cost or on what nobody can fix exactly."""
    seen = row.seen or look(row)
    name = seen.name
    hits = []
    for measure in seen.numbers:
        value = measure.value
        if measure.percent:
            if measure.sign == "≥" and value.number == 100 and (name.bounded or name.satisfaction):
                hits.append(row.hit(*measure.columns, edits=resign(row, measure, "="), typed=shown(measure)))
        elif measure.sign == "=" and _is_cost(row, name, value):
            if _is_fixed(row, name, value):
                continue
            hits.append(
                row.hit(*measure.columns, case="cost", edits=resign(row, measure, "≤"), typed=shown(measure))
            )
        elif measure.sign == "=" and row.context.words.first_of("inexact", name.core):
            hits.append(row.hit(*measure.columns, case="inexact", typed=shown(measure)))
    return hits


RULES = (
    RowRule(
        "IV-18",
        _no_sign,
        ("value",),
        (*ALSO, DIRECTION, "level1", "basis"),
        context=LIBRARY,
        when=has_unusual_number,
        sorts=(VALUE_SORT,),
    ),
    RowRule(
        "IV-19",
        _odd_sign,
        ("value",),
        (*ALSO, DIRECTION, "level1"),
        when=has_unusual_number,
        sorts=(VALUE_SORT,),
    ),
)
