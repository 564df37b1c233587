"""IX-16: the figures of a goal against the indicators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from core.check.context import Context
from core.check.finding import Hit
from core.check.rule import Hits, TableRule
from core.check.rules.logic_costs import is_of_the_year
from core.check.rules.values_row import ALSO, Measure, look, looked_at, shown
from core.check.rules.values_words import Words
from core.check.view import RowView, TableView
from core.sheet.values import ValueGrammar, plain_unit

_T = TypeVar("_T")
SHORTEST = 3
"""A name of fewer characters, fillers aside, says too little to be found in a goal."""
LONG_END = 5
"""The end of a name that says what it is a share of (案件合格率, and not 合格率)."""
FAR_BEFORE = 40
FAR_BEHIND = 8
_BUILT = str.maketrans({"新": None, "成": None, "设": None})
"""新建, 建成 and 建设 say the same."""

_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_CLAUSE = re.compile("[，。；、：:,;\n（）()]")


# IX-16: figures of the goal -------------------------------------------------------------------------------


class Figure(NamedTuple):
    """A figure in a text: its clause up to the unit, how it is written, what it is."""

    clause: str
    typed: str
    number: Decimal
    unit: str
    behind: str = ""
    """What stands behind it in its clause: 整治10个村庄."""
    aside: bool = False
    """Whether its clause speaks of a part of the year or of the past, of a growth or of each."""


def figures_in(text: str, grammar: ValueGrammar) -> list[Figure]:
    """Give the figures of a text that have a unit, each with the words before it in its clause."""
    units = grammar.tables.units
    found = []
    for match in _FIGURE.finditer(text):
        more = text[match.end() : match.end() + 1] in ("余", "多")
        atom = units.atom(text, match.end() + more)
        if atom is None:
            continue
        unit, power, end = atom
        before = _CLAUSE.split(text[max(0, match.start() - FAR_BEFORE) : match.start()])[-1]
        value = grammar.parse(f"{match[0].replace(',', '')}{unit}")
        if value.number is not None:
            typed, number = text[match.start() : end], value.number.scaleb(power)
            after = "" if end >= len(text) else _CLAUSE.split(text[end : end + FAR_BEHIND])[0]
            after = _FIGURE.split(after)[0]
            found.append(Figure(before + typed, typed, number, plain_unit(value, grammar), after))
    return found


class Aim(NamedTuple):
    """An indicator that a goal may name: its words and its value."""

    words: str
    typed: str
    number: Decimal
    unit: str
    columns: tuple[str, ...]
    core: str
    """The name itself."""
    bare: str
    """The name as a goal may say it: 冷链设备巡检 of 冷链设备巡检次数."""


_Fact = tuple[str, Measure]
"""A row's name and its target; what they say is worked out when a goal has figures."""


def _aim(row: RowView) -> _Fact | None:
    target = target_of(row)
    return (row.text("name"), target) if target is not None else None


def target_of(row: RowView) -> Measure | None:
    """Give the number of things, with its unit, that a row aims at; None when it has no such target."""
    for measure in (row.seen or look(row)).numbers:
        if "value" in measure.columns:
            value, unit = measure.value, measure.unit
            if unit and "/" not in unit and len(value.doubled) < 2 and value.lead is None:
                return measure
    return None


def _goal_and_indicators(table: TableView) -> Hits:
    """IX-16: the goal says 320件 where the indicator of the same words says 300件."""
    figures = _aims_of(table)
    if not figures or not is_of_the_year(table):
        table.memo["units"], table.memo["unlike"] = (figures, {}), (figures, {})
        return ()
    units = _units_of(figures, table)
    unlike = rows_unlike(
        table, figures, "as aimed", lambda row, fact: _held_against(table, row, fact, figures, units)
    )
    if not unlike:
        return ()
    aims = [aim for _, aim in aims_of_units(table.facts, units)]
    counts = Counter([aim.unit for aim in aims])
    hits = [_sure(one, aims, counts) for one in unlike.values()]
    return [hit for hit in hits if hit is not None]


def _sure(one: _Unlike, aims: list[Aim], counts: Mapping[str, int]) -> Hit | None:
    """Give what may be said of an indicator beside these others."""
    hit = one.alone if counts[one.unit] == 1 else one.among
    if hit is not None or one.end is None:
        return hit
    told, hit = one.end
    return hit if sum(aim.core.endswith(told) for aim in aims) == 1 else None


def _may_differ(table: TableView, _: RowView, fact: _Fact | None) -> bool:
    """Whether a row's new name or target may say otherwise than the goal."""
    unlike: tuple[object, Mapping[tuple[str, str], _Unlike]] | None = table.memo.get("unlike")
    units: tuple[object, Mapping[str, int]] | None = table.memo.get("units")
    if unlike is None or units is None or unlike[1]:
        return True
    return fact is not None and fact[1].unit in units[1]


def _units_of(figures: list[Figure], table: TableView) -> Mapping[str, int]:
    """Give how many figures of a goal have each unit, counted once while they are the same."""
    known: tuple[list[Figure], Mapping[str, int]] | None = table.memo.get("units")
    if known is None or known[0] is not figures:
        known = figures, Counter([figure.unit for figure in figures])
        table.memo["units"] = known
    return known[1]


class _Unlike(NamedTuple):
    """What can be said of an indicator: with others of its unit, alone, or alone with the end of its name."""

    unit: str
    among: Hit | None
    alone: Hit | None
    end: tuple[str, Hit] | None


def rows_unlike(
    table: TableView, figures: object, agreed: str, held: Callable[[RowView, Any], _T | None]
) -> dict[tuple[str, str], _T]:
    """Give what ``held`` says of rows that say otherwise than figures, by the keys of the rows.

    Held against the very same figures before, only rows that changed are asked again. That a row agrees with
    them is kept as ``agreed`` until its texts change: of rows that only moved nearly all do.
    """
    known: tuple[object, dict[tuple[str, str], _T]] | None = table.memo.get("unlike")
    if known is not None and known[0] is figures:
        unlike, rows = known[1], [*table.changed.values()]
    else:
        unlike, rows = {}, [one for one in table.facts if one[0].memo.get(agreed) is not figures]
        table.memo["unlike"] = figures, unlike
    for row, fact in rows:
        found = None
        if fact is not None and row.memo.get(agreed) is not figures:
            found = held(row, fact)
            if found is None:
                row.keep(agreed, looked_at(row), figures)
        if found is not None:
            unlike[row.key] = found
        elif unlike:
            unlike.pop(row.key, None)
    return unlike


def _held_against(
    table: TableView, row: RowView, fact: _Fact, figures: list[Figure], units: Mapping[str, int]
) -> _Unlike | None:
    """Hold an indicator against the figures of its unit."""
    aim = aim_of(row, *fact, units)
    if aim is None:
        return None
    among = alone = _unlike(table, row, aim, figures, only=False)
    if units[aim.unit] == 1:
        alone = _unlike(table, row, aim, figures, only=True)
    end = _unlike_the_end(table, row, aim, figures)
    if among is None and alone is None and end is None:
        return None
    return _Unlike(aim.unit, among, alone, end)


def aims_of_units(facts: Iterable[tuple[RowView, _Fact]], units: Container[str]) -> list[tuple[RowView, Aim]]:
    """Give the rows that aim at something in one of these units."""
    aims = [(row, aim_of(row, *fact, units)) for row, fact in facts]
    return [(row, aim) for row, aim in aims if aim is not None]


def aim_of(row: RowView, name: str, target: Measure, units: Container[str]) -> Aim | None:
    """Give what a row aims at in one of these units, worked out once until one of its texts changes."""
    if target.unit not in units:
        return None
    known: tuple[Aim | None] | None = row.memo.get("aim")
    if known is None:
        known = (_read(name, target, row.scene.context.words),)
        row.keep("aim", looked_at(row), known)
    return known[0]


def _read(name: str, measure: Measure, words: Words) -> Aim | None:
    value, said = measure.value, words.name(name)
    short = words.without_filler(said)
    if len(short) < SHORTEST:
        return None
    number = (value.number or Decimal(0)).scaleb(value.scale)
    bare = words.aimed_at(words.without_count(said.core))
    return Aim(
        words.without_count(short), shown(measure), number, measure.unit, measure.columns, said.core, bare
    )


def _aims_of(table: TableView) -> list[Figure]:
    """The figures of the goal that are aims of the year, found once for each goal."""
    holder = table.holder
    goal = holder.cells.get("goal", "") if "goal" in holder.columns else table.text("goal")
    known: tuple[str, list[Figure]] | None = holder.memo.get("figures")
    if known is None or known[0] != goal:
        known = goal, aims_in(goal, table.context)
        holder.keep("figures", ("goal",), known)
    return known[1]


def aims_in(goal: str, context: Context) -> list[Figure]:
    """Give the figures of a goal, with what is said aside told apart; theirs to read, not to change."""
    words = context.words
    key = context.grammar, goal
    known: list[Figure] | None = words.aims.get(key)
    if known is None:
        unlike = words.data["aims"]["except"]
        found = figures_in(goal, context.grammar) if goal else []
        known = [one._replace(aside=any(word in one.clause for word in unlike)) for one in found]
        words.aims.keep(key, known)
    return known


def _unlike(table: TableView, row: RowView, aim: Aim, figures: list[Figure], *, only: bool) -> Hit | None:
    """Tell a figure that is not the aim's; ``only``: no other figure and no other aim has its unit."""
    words = table.context.words
    alike = [one for one in figures if one.unit == aim.unit]
    same = [one for one in alike if speaks(one, aim, words, only=only) and is_single(one, figures)]
    if not same or any(figure.number == aim.number for figure in same):
        return None
    if any(one.number == aim.number and not words.aimed_at(_before(one)) for one in alike):
        return None  # 上半年…2场、下半年4场，全年6场
    return _told_otherwise(table, row, aim, same[0])


def _told_otherwise(table: TableView, row: RowView, aim: Aim, figure: Figure) -> Hit:
    places = [row.place(column) for column in aim.columns]
    return table.hit(*places, table.place("goal"), b=aim.typed, clause=figure.clause.strip())


def _unlike_the_end(
    table: TableView, row: RowView, aim: Aim, figures: list[Figure]
) -> tuple[str, Hit] | None:
    """Tell a share that a goal calls by the end of its name, its beginning said before.

    加强法律援助，案件合格率达到98% is the 法律援助案件合格率. Where it was not said, and in names of counts,
    the beginning may as well narrow what is meant: 隐患整改率 is not 重大事故隐患整改率.
    """
    if aim.unit != "%":
        return None
    words, core = table.context.words, aim.core
    near = [one for one in figures if one.unit == "%" and core[-3:] in one.clause]
    told = [(words.aimed_at(_before(one)).strip(), one) for one in near if not one.aside]
    ends = [(end, one) for end, one in told if LONG_END <= len(end) < len(core) and core.endswith(end)]
    if len(ends) != 1 or not is_single(ends[0][1], figures):
        return None
    end, figure = ends[0]
    if not _is_said_before(core.removesuffix(end), figure, table.text("goal")):
        return None
    shares = [one for one in figures if one.unit == "%"]
    if figure.number == aim.number or any(speaks(one, aim, words, only=False) for one in shares):
        return None
    return end, _told_otherwise(table, row, aim, figure)


def _is_said_before(beginning: str, figure: Figure, goal: str) -> bool:
    return len(beginning) > 1 and beginning in goal.partition(figure.clause)[0]


def _before(figure: Figure) -> str:
    return figure.clause.removesuffix(figure.typed)


def speaks(figure: Figure, aim: Aim, words: Words, *, only: bool) -> bool:
    """Whether a figure is told of what an aim measures."""
    if len(aim.core) > SHORTEST and aim.core in figure.clause:
        rest = figure.clause.replace(aim.core, "")  # 增长率 in the name itself is no 增长 beside it
        return not (figure.aside and any(word in rest for word in words.data["aims"]["except"]))
    if figure.aside:
        each = "每" in aim.words and "每" in figure.clause
        return only and each and _leaves_out(words.aimed_at(_before(figure)), aim.bare, words)
    if _says(figure, aim.words):
        return True
    if not only:
        return False
    told = words.aimed_at(_before(figure))
    by_whom = len(told) < SHORTEST and _counts(figure.behind, aim.bare, words)
    return by_whom or _leaves_out(told, aim.bare, words)


def _leaves_out(told: str, name: str, words: Words) -> bool:
    """Whether a goal says the words of a name, some left out: 冷链巡检 for 冷链设备巡检."""
    if len(told) <= SHORTEST or len(told) >= len(name):
        return False
    if name.startswith(told):
        return name.removeprefix(told) in words.data["aims"]["acts"]
    rest = iter(name)
    return name[0] == told[0] and name[-2:] == told[-2:] and all(char in rest for char in told)


def _counts(behind: str, name: str, words: Words) -> bool:
    """Whether behind a figure stands whom a name counts: 1300名学生 of 受益学生."""
    reached = words.data["aims"]["reached"]
    whom = next((name.removeprefix(word) for word in reached if name.startswith(word)), "")
    return len(whom) > 1 and behind.startswith(whom)


def _says(figure: Figure, words: str) -> bool:
    """Whether a clause speaks of what the words measure: all their characters, most of their pairs."""
    around = figure.clause + figure.behind
    if "建" in words:
        words, around = words.translate(_BUILT), around.translate(_BUILT)
    if not all(char in around for char in words):
        return False
    pairs = [words[place : place + 2] for place in range(len(words) - 1)]
    return 2 * sum(pair in around for pair in pairs) >= len(pairs)


def is_single(figure: Figure, figures: list[Figure]) -> bool:
    """Whether a clause has only one figure of its unit."""
    clause = figure.clause
    others = [other.clause for other in figures if other is not figure and other.unit == figure.unit]
    return not any(clause.startswith(other) or other.startswith(clause) for other in others)


RULES = (
    TableRule(
        "IX-16",
        _aim,
        _goal_and_indicators,
        ("name", "value"),
        ALSO,
        ("goal",),
        by_change=True,
        matters=_may_differ,
    ),
)
