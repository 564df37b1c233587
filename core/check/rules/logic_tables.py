"""IX-06 to IX-09, IX-13, IX-19: what the indicators of one form say together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from decimal import Decimal
from typing import NamedTuple

from core.check.rule import Hits, TableRule
from core.check.rules.level_names import (
    COST,
    EFFECT,
    LEVELS,
    OUTPUTS,
    SATISFACTION,
)
from core.check.rules.logic_shift import stands_elsewhere
from core.check.rules.values_row import ALSO, NAME_SORT, VALUE_SORT, Measure, look, name_of, shown
from core.check.view import RowView, TableView
from core.sheet.edits import SetText
from core.sheet.places import Place
from core.sheet.values import plain_unit

_DOTS = "….。·． "
SHORTEST = 4
"""A name of fewer characters, fillers aside, says too little to compare."""
ELSEWHERE = "?"
"""What a row measures whose levels stand in wrong columns."""
ADJUSTMENT = "调整"
"""A stage whose form lists only the indicators that change."""


# IX-06: the same name twice ------------------------------------------------------------------------


class _Same(NamedTuple):
    """A name without the unit in brackets behind it, and that unit: …水样数（个） is …水样数."""

    key: str
    unit: str = ""


def _key_of(fact: _Same) -> str:
    return fact.key


def _key(row: RowView) -> _Same | None:
    name = name_of(row)
    if not name.key or name.key.isdigit():
        return None  # IX-20: a figure is no name at all
    if name.brackets and name.plain.endswith(")"):
        unit, grammar = name.brackets[-1], row.context.grammar
        if grammar.tables.units.names.whole(unit) is not None:
            return _Same(name.key.removesuffix(unit.casefold()), unit)
    return _Same(name.key)


def _doubled(table: TableView) -> Hits:
    if not table.repeated:
        return ()
    found: dict[str, list[tuple[str, Place]]] = {}
    for row, (key, unit) in table.facts:
        if key in table.repeated:
            found.setdefault(key, []).append((unit, row.place("name")))
    hits = []
    for same in found.values():
        units = {unit for unit, _ in same if unit}
        if len(units) < 2:  # …规模（人） and …规模（场） are two
            hits.append(table.hit(*(place for _, place in same), count=len(same)))
    return hits


# IX-07: nearly the same name, another value ----------------------------------------------------------


class _Near(NamedTuple):
    """The characters of a name without the words that make no difference, the whole name, and its value."""

    short: str
    key: str
    value: Measure | None


def _short(fact: _Near) -> str:
    return fact.short


def _near(row: RowView) -> _Near | None:
    seen = row.seen or look(row)
    short = row.context.words.gist(seen.name)
    if len(short) < SHORTEST:
        return None
    first = seen.numbers[0] if seen.numbers else None
    return _Near(short, seen.name.key, None if first is None or len(first.value.doubled) > 1 else first)


def _near_names(table: TableView) -> Hits:
    alike: dict[str, set[str]] = {}
    for _, (short, key, _) in table.facts if table.repeated else ():
        if short in table.repeated:
            alike.setdefault(short, set()).add(key)
    hits = []
    for short, keys in alike.items():
        if len(keys) < 2:
            continue  # the very same name is IX-06
        found = [
            (row, value) for row, (other, _, value) in table.facts if other == short and value is not None
        ]
        # The same thing said twice with one value does no harm.
        values = {_says(value, table): shown(value) for _, value in found}
        if len(values) > 1:
            places = [row.place("name") for row, _ in found]
            hits.append(table.hit(*places, typed="、".join(values.values())))
    return hits


def _says(measure: Measure, table: TableView) -> Hashable:
    value = measure.value
    number = (value.number or Decimal(0)).scaleb(value.scale)
    return measure.sign or "=", number, plain_unit(value, table.context.grammar)


# IX-08, IX-09: what is not measured at all -----------------------------------------------------------


def _dimension(row: RowView) -> str | None:
    """Give what a row with a name measures; levels nobody filled in count as nothing."""
    if "name" not in row.cells or not name_of(row).key:
        return None  # 无, / and the like stand for no indicator
    if stands_elsewhere(row):
        slipped = row.context.levels.find(row.text("level1").strip(), 2)
        return ELSEWHERE if slipped is None else _dimension_of(row, slipped.name)
    known: str | None = row.memo.get("dimension")
    if known is None:
        known = _measured(row)
        row.keep("dimension", LEVELS, known)
    return known


def _measured(row: RowView) -> str:
    """Give the level that says it best: the second, for some forms have no first or another word for it."""
    level1, level2 = row.level1, row.level2
    if level1 == COST:
        return COST
    return _dimension_of(row, level2, level1)


def _dimension_of(row: RowView, level2: str, level1: str = "") -> str:
    if level2 in OUTPUTS:
        return level2
    if "成本" in level2:
        return COST
    level = row.context.levels.find(level2, 2)
    for above in level.parents if level is not None else (level1,):
        if above in (EFFECT, SATISFACTION):
            return above
    return level2


def _absent(table: TableView) -> Hits:
    """IX-08: no 数量, 质量, 效益, 满意度 or 时效; one finding, as grave as the gravest."""
    there = {fact for _, fact in table.facts}
    if ELSEWHERE in there:
        return ()  # IX-12 speaks first: what seems missing may stand in the wrong column
    missing = [name for name in (*OUTPUTS, EFFECT, SATISFACTION) if name not in there]
    wanted = [name for name in missing if _weight(table, name)]
    if not wanted:
        return ()
    grave = max(_weight(table, name) for name in wanted)
    case = {3: "", 2: "warning", 1: "hint"}[grave]
    return [table.hit(_where_to_go_on(table), case=case, names="、".join(wanted), waiting=_goes_on(there))]


def _goes_on(there: Iterable[str | None]) -> bool:
    """Whether the list is perhaps still being written: 满意度 stands at its end, and is not there yet."""
    return SATISFACTION not in there


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
    # Costs stand last where they have a level of their own: as long as the list grows they may come.
    return [table.hit(_where_to_go_on(table), case="block" if block else "", waiting=True)]


def _where_to_go_on(table: TableView) -> Place:
    """The last filled row: where a clerk would go on, when a finding is about the table as a whole."""
    row, _ = table.facts[-1]
    return row.place("level2")


# IX-13: rows that print empty ------------------------------------------------------------------------


class _Line(NamedTuple):
    """What a row would print: something, level names only, or what a template left (……, 指标2：)."""

    sort: str
    typed: str = ""


_FILLED = _Line("filled")


def _line(row: RowView) -> _Line | None:
    text, core = row.text("name"), name_of(row).core
    if core and core[0].isalnum():
        return _FILLED
    if text and not _is_left(row, text):
        return _FILLED
    if any(column in row.cells for column in row.columns if column not in (*LEVELS, "name")):
        return _FILLED
    if text:
        return _Line("left", text)
    return _Line("blank", row.level2) if row.level2 else None


def _is_left(row: RowView, text: str) -> bool:
    name = name_of(row)
    return not text.strip(_DOTS) or (not name.core and name.prefix != "")


def _empty_rows(table: TableView) -> Hits:
    """IX-13; waits, for a form being filled in has empty rows."""
    hits = []
    left = [(row.place("name"), fact.typed) for row, fact in table.facts if fact.sort == "left"]
    if left:
        edits = [SetText(place, typed, "") for place, typed in left]
        typed = "、".join(dict.fromkeys(typed.strip() for _, typed in left))
        hits.append(
            table.hit(*(place for place, _ in left), case="left", edits=edits, typed=typed, waiting=True)
        )
    may_stay = table.settings["blank_levels"]
    empty = [(row, fact) for row, fact in table.facts if fact.sort == "blank"]
    blank = [row.place("level2") for row, fact in empty if fact.typed not in may_stay]
    if blank and any(fact.sort == "filled" for _, fact in table.facts):
        hits.append(table.hit(*blank, count=len(blank), waiting=True))
    return hits


# IX-19: too few, too many ----------------------------------------------------------------------------


def _named(row: RowView) -> bool | None:
    return True if name_of(row).key else None


def _how_many(table: TableView) -> Hits:
    """IX-19: a form of one project has 3 to 25 indicators, one of a whole department up to 40."""
    settings, count = table.settings, len(table.facts)
    most = settings["most_indicators" if table.is_project else "most_of_department"]
    last = table.facts[-1][0].place("name")
    if count > most:
        return (table.hit(last, case="many", count=count, limit=most),)
    if count < settings["fewest_indicators"] and table.text("stage") != ADJUSTMENT:
        return (table.hit(last, count=count, limit=settings["fewest_indicators"], waiting=True),)
    return ()


RULES = (
    TableRule("IX-06", _key, _doubled, ("name",), alike=_key_of),
    TableRule("IX-07", _near, _near_names, ("name", "value"), ALSO, alike=_short),
    TableRule("IX-08", _dimension, _absent, ("name", "level2"), ("level1",), sorts=(NAME_SORT,)),
    TableRule("IX-09", _dimension, _no_cost, ("name", "level2"), ("level1",), sorts=(NAME_SORT,)),
    TableRule(
        "IX-13",
        _line,
        _empty_rows,
        ("name", "level2"),
        ("level1",),
        blank=True,
        sorts=(NAME_SORT, VALUE_SORT),
    ),
    TableRule("IX-19", _named, _how_many, ("name",), fields=("stage",), sorts=(NAME_SORT,)),
)
