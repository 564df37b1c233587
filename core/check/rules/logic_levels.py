"""IX-05: an indicator whose own words tell that it stands under the wrong second level."""

from __future__ import annotations

from typing import NamedTuple

from core.check.rule import Hits, TableRule
from core.check.rules.level_names import (
    COST,
    COSTS,
    ECOLOGY,
    ECONOMIC_COST,
    ECONOMY,
    EFFECT,
    OUTPUTS,
    QUALITY,
    QUANTITY,
    SATISFIED,
)
from core.check.rules.names import Name
from core.check.rules.values_library import LIBRARY
from core.check.rules.values_row import ALSO, VALUE_SORT, look, numbers
from core.check.view import RowView, TableView
from core.sheet.places import Place


class _Misplaced(NamedTuple):
    """The case of a row that stands under the wrong level, and the level it stands under."""

    case: str
    under: str


def _misplaced(row: RowView) -> _Misplaced | None:
    seen = row.seen or look(row)
    name, under = seen.name, row.level2
    if not name.core or (seen.known is not None and seen.known.level2 == under):
        return None  # the library knows whole indicators, so it is believed before their words
    if under in OUTPUTS:
        case = _among_outputs(row, under, name)
    elif row.level1 == EFFECT:
        case = _among_effects(row, under, name)
    elif under == COST or under in COSTS or row.level1 == COST:
        under = under or COST
        case = _among_costs(row, under, name)
    else:
        return None
    return _Misplaced(case, under) if case else None


# Outputs -------------------------------------------------------------------------------------------


def _among_outputs(row: RowView, level2: str, name: Name) -> str:
    if name.satisfaction and _is_satisfaction(row, name):
        return "satisfaction"
    if _is_spent(row, name):
        return "money" if level2 == QUANTITY else "cost"
    if level2 == QUANTITY:
        if _is_timely(row, name):
            return "timely-rate" if name.rate else "timely"  # rates as quantities are accepted here and there
        return "rate" if name.rate else ""
    if level2 == QUALITY:
        if _is_timely(row, name):
            return "timely"
        return "count" if name.count and not _counts_faults(row) else ""
    if name.count and _is_counted(row) and not row.context.words.first_of("timely", name.core):
        return "counted"
    return "quality" if name.rate and _is_quality(row, name) else ""


def _is_satisfaction(row: RowView, name: Name) -> bool:
    """Whether it is asked how satisfied people are, and not how many were asked (满意度调查次数)."""
    if "、" in name.core:
        return False  # IX-18 speaks of several measures in one
    words = row.context.words
    return words.ends_with("satisfaction", name.core) or not words.first_of(
        "satisfaction", name.core, "asked"
    )


def _is_timely(row: RowView, name: Name) -> bool:
    words = row.context.words
    return words.ends_with("timely", name.core) or (name.rate and words.first_of("timely", name.core) != "")


def _is_quality(row: RowView, name: Name) -> bool:
    """Whether a rate tells how well a thing was done, and names neither a time nor money."""
    words = row.context.words
    return words.ends_with("good", name.core) and not words.first_of("good", name.core, "unless")


def _counts_faults(row: RowView) -> bool:
    """Whether the value is a ceiling or 0: what is counted then is what went wrong, and that is quality."""
    return any(measure.sign in ("≤", "<") or not measure.value.number for measure in numbers(row))


def _is_counted(row: RowView) -> bool:
    """Whether the value counts things, and not days or months."""
    units = row.context.words.data["units"]["things"]
    return any(measure.value.unit_name in units for measure in numbers(row))


def _is_spent(row: RowView, name: Name) -> bool:
    """Whether the value is money that is spent, in all or for each (元/人), and not money that comes in."""
    words = row.context.words
    if not (name.money or words.ends_with("spent", name.core)):
        return False
    return _in_money(row) and not words.first_of("spent", name.core, "unless")


def _in_money(row: RowView) -> bool:
    money = tuple(row.context.words.data["units"]["money"])
    return any(measure.value.unit_name.partition("/")[0].endswith(money) for measure in numbers(row))


# Effects and costs ---------------------------------------------------------------------------------

_EFFECTS = {ECONOMY: ("economic", "no_economy"), ECOLOGY: ("ecology", "no_ecology")}


def _among_effects(row: RowView, level2: str, name: Name) -> str:
    words, core = row.context.words, name.core
    if name.satisfaction and level2 not in ("", SATISFIED) and words.ends_with("satisfaction", core):
        return "satisfied"
    if case := _no_such_effect(row, level2, core):
        return case
    if name.money and words.ends_with("own_cost", core) and _in_money(row) and not _is_wanted(row):
        return "" if words.first_of("spent", core, "unless") else "cost"
    # 森林覆盖率 is an ecological effect itself, not how many are served.
    return "coverage" if level2 != ECOLOGY and words.ends_with("coverage", core) else ""


def _no_such_effect(row: RowView, level2: str, core: str) -> str:
    """The case of an effect that is not of the sort its second level says."""
    case, table = _EFFECTS.get(level2, ("", ""))
    first_of = row.context.words.first_of
    return case if case and first_of(table, core) and not first_of(table, core, "unless") else ""


def _is_wanted(row: RowView) -> bool:
    """Whether the more the better: what is spent has no ≥."""
    return any(measure.sign in ("≥", ">") for measure in numbers(row))


def _among_costs(row: RowView, level2: str, name: Name) -> str:
    """The case of what is no cost; what it costs people and nature may well be a rate or a count."""
    if name.satisfaction and _is_satisfaction(row, name):
        return "satisfaction"
    if level2 not in (ECONOMIC_COST, COST):
        return ""
    if name.rate:
        return "timely" if _is_timely(row, name) else "quality" if _is_quality(row, name) else ""
    if not (name.count and _is_wanted(row) and _is_counted(row)):
        return ""  # 公务用车数量 ≤3辆 is a ceiling of costs
    return "" if row.context.words.first_of("spent", name.core, "unless") else "counted"


def _levels(table: TableView) -> Hits:
    found: dict[_Misplaced, list[Place]] = {}
    for row, fact in table.facts:
        found.setdefault(fact, []).append(row.place("name"))
    return [
        table.hit(*places, case=case, under=under, count=len(places))
        for (case, under), places in found.items()
    ]


RULES = (
    TableRule(
        "IX-05",
        _misplaced,
        _levels,
        ("name", "level2"),
        ("level1", *ALSO, "value"),
        context=LIBRARY,
        sorts=(VALUE_SORT,),
    ),
)
