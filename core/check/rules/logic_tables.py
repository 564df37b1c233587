"""IX-05 to IX-09: what the indicators of one form say together."""

from __future__ import annotations

from core.check.rule import Hits, TableRule
from core.check.rules.values_row import ALSO, name_of, numbers
from core.check.view import RowView, TableView
from core.sheet.places import Place

QUANTITY, QUALITY, TIMELINESS = "数量指标", "质量指标", "时效指标"
SHORTEST = 4
"""A name of fewer characters, fillers aside, says too little to compare."""
EFFECT, SATISFACTION, COST = "效益指标", "满意度指标", "成本指标"


# IX-05: the wrong second level ---------------------------------------------------------------------


def _misplaced(row: RowView) -> str | None:
    """Give the case of a row that stands under the wrong level, or None."""
    name = name_of(row)
    if not name.core:
        return None
    level1, level2 = row.level1, row.level2
    if level2 == QUANTITY:
        if name.rate:
            return "rate"
        return "money" if name.money and _in_money(row) else None
    if level2 == QUALITY:
        if name.satisfaction and "、" not in name.core:
            return "satisfaction"
        if row.context.words.ends_with("timely", name.core):
            return "timely"
        return "count" if name.count else None
    if level1 == EFFECT and row.context.words.ends_with("coverage", name.core):
        return "coverage"
    return None


def _in_money(row: RowView) -> bool:
    money = tuple(row.context.words.data["units"]["money"])
    return any(measure.value.unit_name.endswith(money) for measure in numbers(row))


def _levels(table: TableView) -> Hits:
    found: dict[str, list[Place]] = {}
    for row, case in table.facts:
        found.setdefault(case, []).append(row.place("name"))
    return [table.hit(*places, case=case, count=len(places)) for case, places in found.items()]


# IX-06: the same name twice ------------------------------------------------------------------------


def _key(row: RowView) -> str | None:
    return name_of(row).key or None


def _doubled(table: TableView) -> Hits:
    if len({key for _, key in table.facts}) == len(table.facts):
        return ()
    found: dict[str, list[Place]] = {}
    for row, key in table.facts:
        found.setdefault(key, []).append(row.place("name"))
    return [table.hit(*places, count=len(places)) for places in found.values() if len(places) > 1]


# IX-07: nearly the same name -------------------------------------------------------------------------


def _near(row: RowView) -> tuple[str, str] | None:
    """Give a name without the words that make no difference, and the whole name."""
    name = name_of(row)
    short = row.context.words.without_filler(name)
    return (short, name.key) if len(short) >= SHORTEST else None


def _near_names(table: TableView) -> Hits:
    if len({short for _, (short, _) in table.facts}) == len(table.facts):
        return ()
    groups: dict[str, dict[str, Place]] = {}
    for row, (short, key) in table.facts:
        groups.setdefault(short, {}).setdefault(key, row.place("name"))
    return [table.hit(*names.values()) for names in groups.values() if len(names) > 1]


# IX-08, IX-09: what is not measured at all -----------------------------------------------------------


def _dimension(row: RowView) -> str | None:
    """Give what a row with a name measures; levels nobody filled in count as nothing.

    The second level says it best: some forms have no first level, or another word for it.
    """
    if not row.text("name"):
        return None
    level1, level2 = row.level1, row.level2
    if level1 == COST or "成本" in level2:
        return COST
    level = row.context.levels.find(level2, 2)
    for above in level.parents if level is not None else (level1,):
        if above in (EFFECT, SATISFACTION):
            return above
    return level2


def _absent(table: TableView) -> Hits:
    """IX-08: no 数量, 质量, 效益, 满意度 or 时效; one finding, as grave as the gravest."""
    there = {fact for _, fact in table.facts}
    missing = [name for name in (QUANTITY, QUALITY, TIMELINESS, EFFECT, SATISFACTION) if name not in there]
    wanted = [name for name in missing if _weight(table, name)]
    if not wanted:
        return ()
    grave = max(_weight(table, name) for name in wanted)
    case = {3: "", 2: "warning", 1: "hint"}[grave]
    return [table.hit(_where_to_go_on(table), case=case, names="、".join(wanted))]


def _weight(table: TableView, name: str) -> int:
    """3 when its absence is an error, 2 a warning, 1 a hint, 0 when nobody minds."""
    for weight, setting in ((3, "dimensions_needed"), (2, "dimensions_wanted"), (1, "dimensions_welcome")):
        if name in table.settings[setting]:
            return weight
    return 0


def _no_cost(table: TableView) -> Hits:
    """IX-09: no cost indicator where the form has the block, or on a project."""
    form = table.scene.form
    block = any(level1 == COST for path in table.tables for level1, _ in form.tables[path].always)
    if not (block or table.settings["cost_block"] or table.is_project):
        return ()
    if any(fact == COST for _, fact in table.facts):
        return ()
    return [table.hit(_where_to_go_on(table), case="block" if block else "")]


def _where_to_go_on(table: TableView) -> Place:
    """The last filled row: where a clerk would go on, when a finding is about the table as a whole."""
    row, _ = table.facts[-1]
    return row.place("level2")


RULES = (
    TableRule("IX-05", _misplaced, _levels, ("name", "level2"), ("level1", *ALSO, "value")),
    TableRule("IX-06", _key, _doubled, ("name",)),
    TableRule("IX-07", _near, _near_names, ("name",)),
    TableRule("IX-08", _dimension, _absent, ("name", "level2"), ("level1",)),
    TableRule("IX-09", _dimension, _no_cost, ("name", "level2"), ("level1",)),
)
