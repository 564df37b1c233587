"""IX-01 to IX-04, IX-07 and IX-10: what name, level and value of one row say together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.check.finding import Hit
from core.check.rule import Hits, RowRule
from core.check.rules.level_names import SATISFACTION, SATISFIED
from core.check.rules.names import Name
from core.check.rules.values_library import LIBRARY
from core.check.rules.values_row import (
    ALSO,
    DIRECTION,
    NAME_SORT,
    VALUE_SORT,
    Measure,
    has_number,
    look,
    name_of,
    resign,
    shown,
    written_twice,
)
from core.check.view import RowView
from core.sheet.edits import Edit
from core.sheet.values import Value

TURNED = (*ALSO, DIRECTION)
"""What rules read that offer another sign."""
_MIRROR = {"≥": "≤", ">": "<", "≤": "≥", "<": ">"}


def _lower_is_better(row: RowView) -> Hits:
    """IX-01: 犯罪率, 成本 and their like with ≥ or >."""
    return _against(row, ("≥", ">"), "down")


def _higher_is_better(row: RowView) -> Hits:
    """IX-02: 覆盖率, 合格率 and their like with ≤ or <."""
    return () if (row.seen or look(row)).name.satisfaction else _against(row, ("≤", "<"), "up")


def _against(row: RowView, signs: tuple[str, str], direction: str) -> Hits:
    seen = row.seen or look(row)
    # Of 以下 behind a ≥ its spelling speaks.
    wrong = [one for one in seen.numbers if one.sign in signs and one.spelling != "IV-05"]
    source = _who_says(row, seen.name, direction) if wrong else None
    return () if source is None else [_turned(row, one, seen.name.core, case=source) for one in wrong]


def _who_says(row: RowView, name: Name, direction: str) -> str | None:
    """Give the case in which a name is known to go up or down: by its words, or by the library alone.

    The library knows whole indicators, so it is believed before the words.
    """
    word = name.lower if direction == "down" else name.higher
    known = (row.seen or look(row)).known
    if known is None or known.direction not in ("up", "down"):
        return "" if word else None
    if known.direction != direction:
        return None
    if word:
        return ""
    # What is printed or driven as a cost to people or nature may well be limited.
    return None if direction == "up" and "成本" in row.level1 + row.level2 else "library"


def _turned(row: RowView, measure: Measure, name: str, **params: Any) -> Hit:
    """Answer with the sign turned round as the way out."""
    sign = _MIRROR[measure.sign]
    return row.hit(
        *measure.columns,
        edits=resign(row, measure, sign),
        typed=shown(measure),
        name=name,
        better=sign,
        unfinished=measure.value.unfinished,
        **params,
    )


def _satisfaction(row: RowView) -> Hits:
    """IX-03: a satisfaction is ≥, a percentage, and neither low nor exactly 100."""
    seen = row.seen or look(row)
    name = seen.name
    if not name.satisfaction:
        return ()
    hits, usual = [], row.settings["satisfaction_usual"]
    for measure in seen.numbers:
        value = measure.value
        if written_twice(row, value) or value.number is None:
            continue
        if measure.sign in ("≤", "<"):
            hits.append(_turned(row, measure, name.core, usual=usual))
        elif case := _satisfaction_case(measure, row.settings["satisfaction_low"]):
            edits: list[Edit] = resign(row, measure, "≥") if case == "equal" else []
            hits.append(row.hit(*measure.columns, case=case, edits=edits, typed=shown(measure), usual=usual))
    return hits


def _satisfaction_case(measure: Measure, low: Decimal) -> str:
    value = measure.value
    if not measure.percent or value.number is None:
        return ""  # IV-08 speaks about the unit
    if value.number <= 0:
        return "zero"
    if value.number < low:
        return "low"
    if not measure.sign:
        return ""  # IV-18 speaks about the sign, and a bare 100% hears no more than that
    if value.number == 100:
        return "full"
    return "equal" if measure.sign == "=" else ""


def _no_satisfaction(row: RowView) -> Hits:
    """IX-04: a row under 满意度指标 that asks nobody."""
    if row.level1 != SATISFACTION and row.level2 not in (SATISFACTION, SATISFIED):
        return ()
    name = name_of(row)
    if not name.core or name.key.isdigit():
        return ()  # IX-20: a figure is no name at all
    words = row.context.words.data["satisfaction"]["names"]
    return (
        ()
        if any(word in name.plain for word in words)
        else [row.hit("name", name=row.text("name"), unfinished=True)]
    )


def _contradiction(row: RowView) -> Hits:
    """IX-07: a mean of a share; a number of things in per cent."""
    seen = row.seen or look(row)
    name = seen.name
    if name.rate and name.mean:
        return [row.hit("name", case="mean", mean=name.mean, name=row.text("name"))]
    if not name.count:
        return ()
    return [
        row.hit("name", *measure.columns, case="count", name=row.text("name"), typed=shown(measure))
        for measure in seen.numbers
        if measure.percent and not written_twice(row, measure.value)
    ]


def _year_and_period(row: RowView) -> Hits:
    """IX-10: 年度指标值 beside 实施周期指标值."""
    seen = row.seen or look(row)
    numbers, cells = seen.numbers, row.cells
    if not numbers or "value" not in cells or "period_value" not in cells:
        return ()
    if len(seen.measures) == 1:
        return _how_often(row, seen.name, numbers[0].value)
    if len(numbers) < 2:
        return ()
    year, period = numbers[0].value, numbers[1].value
    case = _difference(seen.name, *numbers)
    if case is None:
        return _how_often(row, seen.name, year)
    edits = [row.put("value", row.text("period_value"))] if case == "rate" else []
    return [
        row.hit(
            "value",
            "period_value",
            case=case,
            edits=edits,
            year=year.text.strip(),
            period=period.text.strip(),
            unfinished=True,
        )
    ]


def _difference(name: Name, year: Measure, period: Measure) -> str | None:
    """The case in which two values differ, None when nothing is wrong."""
    if year.sign and period.sign and year.sign != period.sign:
        return "signs"
    if year.unit and period.unit and year.unit != period.unit:
        return "units"
    first, second = _amount(year.value), _amount(period.value)
    if first == second:
        return None
    if name.rate or year.percent:
        return "rate"
    return "" if first > second else None


def _amount(value: Value) -> Decimal:
    return (value.number or Decimal(0)).scaleb(value.scale)


def _how_often(row: RowView, name: Name, year: Value) -> Hits:
    """A name that says 每季度 leaves open whether the value counts the quarter or the year."""
    if name.rate or year.is_percent or year.lead is not None or "/" in year.unit_name:
        return ()
    words = row.context.words
    if not words.first_of("often", name.core):
        return ()
    for word, times in words.data["often"]["words"].items():
        if word in name.core and _amount(year) < times:
            return [
                row.hit(
                    "value", "period_value", case="often", often=word, year=year.text.strip(), times=times
                )
            ]
    return ()


RULES = (
    RowRule(
        "IX-01",
        _lower_is_better,
        ("name", "value"),
        TURNED,
        context=LIBRARY,
        when=has_number,
        sorts=(NAME_SORT, VALUE_SORT),
    ),
    RowRule(
        "IX-02",
        _higher_is_better,
        ("name", "value"),
        (*TURNED, "level1", "level2"),
        context=LIBRARY,
        when=has_number,
        sorts=(NAME_SORT, VALUE_SORT),
    ),
    RowRule(
        "IX-03", _satisfaction, ("name", "value"), (*TURNED, "basis"), when=has_number, sorts=(NAME_SORT,)
    ),
    RowRule("IX-04", _no_satisfaction, ("name", "level2"), ("level1",)),
    RowRule("IX-07", _contradiction, ("name", "value"), (*ALSO, "basis"), sorts=(NAME_SORT, VALUE_SORT)),
    RowRule("IX-10", _year_and_period, ("value", "period_value"), ("name",), when=has_number),
)
