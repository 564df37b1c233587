"""IV-02 to IV-05, IV-07, IV-10: how a value is spelled. One cell has one such finding, the gravest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from core.check.finding import Hit
from core.check.rule import Hits, RowRule
from core.check.rules.values_row import (
    CELLS,
    Measure,
    is_spelled_oddly,
    look,
    readable,
    respell,
    shown,
    unit_inside,
)
from core.check.rules.values_slips import twice_and_five
from core.check.view import RowView
from core.sheet.values import Kind, Mark, Nature


def _spelled(row: RowView, check: str, tell: Callable[[RowView, Measure], Hit]) -> Hits:
    return [tell(row, measure) for measure in (row.seen or look(row)).measures if measure.spelling == check]


def _hit(row: RowView, measure: Measure, case: str = "") -> Hit:
    """Say it with the canonical spelling as the way out."""
    return row.hit(
        *measure.columns,
        case=case,
        edits=respell(row, measure),
        unfinished=measure.value.unfinished,
        typed=shown(measure),
    )


def _unreadable(row: RowView) -> Hits:
    """IV-02: what should be a number cannot be read as one."""
    hits = []
    for measure in (row.seen or look(row)).measures:
        value = measure.value
        if measure.spelling != "IV-02" or value.nature in (Nature.QUALITATIVE, Nature.OTHER):
            continue
        if Mark.UNKNOWN_OPERATOR in value.marks and value.operator is not None:
            hits.append(
                row.hit(row.parts[0] if row.parts else "value", case="sign", typed=value.operator.typed)
            )
        elif Mark.CHINESE_NUMBER in value.marks:
            hits.append(_hit(row, measure, "chinese"))
        elif unit_inside(value):
            hits.append(_two_units(row, measure))
        elif value.kind is Kind.RANGE:
            hits.append(
                row.hit(*measure.columns, case="range", typed=shown(measure), unfinished=value.unfinished)
            )
        else:
            part = readable(value)
            edits = [row.put(column, part) for column in measure.columns] if part else []
            hits.append(
                row.hit(*measure.columns, edits=edits, typed=shown(measure), unfinished=value.unfinished)
            )
    return hits


def _two_units(row: RowView, measure: Measure) -> Hit:
    """IV-02: a unit beside the number, and in its own cell; which counts is for a person to say."""
    value = measure.value
    inside = row.context.grammar.parse(value.cells[1]).unit if value.cells is not None else None
    own = value.unit
    if inside is None or own is None or inside.canonical == own.canonical:
        return _hit(row, measure, "unit")
    return row.hit(*measure.columns, case="units", typed=shown(measure), inside=inside.typed, own=own.typed)


def _sign(row: RowView, measure: Measure) -> Hit:
    """IV-03: understood, and spelled otherwise than the five signs."""
    return _hit(row, measure, "twice" if Mark.OPERATOR_TWICE in measure.value.marks else "")


def _repeated(row: RowView) -> Hits:
    """IV-04: sign and suffix say the same."""
    # ≥9898%以上 is one mishap, not two: its 以上 came along with the second 98. So is ≥95955及以上 (IV-21).
    seen = row.seen or look(row)
    found = [
        measure
        for measure in seen.measures
        if measure.spelling == "IV-04"
        and len(measure.value.doubled) < 2
        and not twice_and_five(measure.value)
    ]
    return [
        row.hit(
            *measure.columns,
            edits=respell(row, measure),
            typed=shown(measure),
            suffix=measure.value.suffix.typed if measure.value.suffix else "",
            unfinished=measure.value.unfinished,
        )
        for measure in found
    ]


def _contradicting(row: RowView, measure: Measure) -> Hit:
    """IV-05: sign and suffix say opposite things."""
    value = measure.value
    return row.hit(
        *measure.columns,
        typed=shown(measure),
        sign=value.operator.typed if value.operator else "",
        suffix=value.suffix.typed if value.suffix else "",
        unfinished=value.unfinished,
    )


def _odd(row: RowView, measure: Measure) -> Hit:
    """IV-07: full-width, blank or invisible characters."""
    marks = measure.value.marks
    case = "" if Mark.FULL_WIDTH in marks else "blank" if Mark.BLANKS in marks else "hidden"
    return _hit(row, measure, case)


def _separators(row: RowView, measure: Measure) -> Hit:
    """IV-10: separators of thousands, or more than two decimals of a percentage."""
    return _hit(row, measure, "" if Mark.THOUSANDS in measure.value.marks else "decimals")


def _rule(check: str, tell: Callable[[RowView, Measure], Hit]) -> RowRule:
    return RowRule(check, partial(_spelled, check=check, tell=tell), ("value",), CELLS, when=is_spelled_oddly)


RULES = (
    RowRule("IV-02", _unreadable, ("value",), CELLS, when=is_spelled_oddly),
    _rule("IV-03", _sign),
    RowRule("IV-04", _repeated, ("value",), CELLS, when=is_spelled_oddly),
    _rule("IV-05", _contradicting),
    _rule("IV-07", _odd),
    _rule("IV-10", _separators),
)
