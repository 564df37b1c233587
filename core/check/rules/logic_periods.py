"""IX-10 between tables: the year's indicators beside those of the middle term or the whole project."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from core.check.rule import Hits, Rule, TableRule
from core.check.rules.logic_costs import OWN_YEAR
from core.check.rules.values_row import ALSO, look, shown
from core.check.view import RowView, TableView

_LONGER = "mid_goal", "long_goal"
"""The goals of a longer time; forms that ask for one have a table of its indicators."""
_UP, _DOWN = ("≥", ">"), ("≤", "<")


class _Planned(NamedTuple):
    """One row's value, in its plain unit, and where it stands."""

    key: str
    sign: str
    number: Decimal
    unit: str
    typed: str
    directed: bool
    """Whether the name itself says which way is better, so that IX-01 or IX-02 asks about the sign."""


def _planned(row: RowView) -> _Planned | None:
    seen = row.seen or look(row)
    if not seen.name.key or len(seen.numbers) != 1:
        return None
    measure = seen.numbers[0]
    value = measure.value
    if value.number is None or value.is_vague or value.lead is not None or len(value.doubled) > 1:
        return None
    number = value.number.scaleb(value.scale)
    directed = bool(seen.name.lower or seen.name.higher)
    return _Planned(seen.name.key, measure.sign, number, measure.unit, shown(measure), directed)


def _key_of(fact: _Planned) -> str:
    return fact.key


def _within_the_longer_time(table: TableView) -> Hits:
    """A count of the year is no more than that of the years it is one of; both go the same way."""
    if not table.repeated:
        return ()
    twice = [one for one in table.facts if one[1].key in table.repeated]
    longer = {fact.key: (row, fact) for row, fact in twice if row.table != OWN_YEAR}
    hits = []
    for row, year in twice:
        if row.table != OWN_YEAR or year.key not in longer:
            continue
        beside, period = longer[year.key]
        case = _case(year, period)
        if case:
            places = row.place("value"), beside.place("value")
            label = table.scene.form.tables[beside.table].label
            said = {"year": year.typed, "period": period.typed, "other": label}
            hits.append(table.hit(*places, case=case, unfinished=True, **said))
    return hits


def _case(year: _Planned, period: _Planned) -> str:
    opposite = (year.sign in _UP and period.sign in _DOWN) or (year.sign in _DOWN and period.sign in _UP)
    if opposite:
        return "" if year.directed else "turned"
    counted = year.unit and year.unit == period.unit and year.unit not in ("%", "‰") and "/" not in year.unit
    return "table" if counted and year.sign not in _DOWN and year.number > period.number else ""


RULES: tuple[Rule, ...] = tuple(
    TableRule(
        "IX-10",
        _planned,
        _within_the_longer_time,
        ("name", "value"),
        ALSO,
        fields=(goal,),
        together=True,
        alike=_key_of,
    )
    for goal in _LONGER
)
