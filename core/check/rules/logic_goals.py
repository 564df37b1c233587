"""IX-15 and IX-16: tasks, goals and indicators against each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from core.check.context import Context
from core.check.finding import Hit
from core.check.rule import INDICATORS, CellRule, Hits, TableRule
from core.check.rules.logic_costs import is_of_the_year
from core.check.rules.values_row import ALSO, Measure, look, looked_at, shown
from core.check.rules.values_words import Words
from core.check.view import RowView, TableView
from core.sheet.definition import Field
from core.sheet.values import ValueGrammar, plain_unit

TASK_TEXTS = ("content", "goal")
"""What a row must have one of, besides a name, to be a task or project."""
PROJECT_TEXTS = ("goal", "use", "summary")
"""Where a project's form may say what it is about, besides its name."""

SHORTEST = 3
"""A name of fewer characters, fillers aside, says too little to be found in a goal."""
FAR_BEFORE = 40
FAR_BEHIND = 8
_BUILT = str.maketrans({"新": None, "成": None, "设": None})
"""新建, 建成 and 建设 say the same."""

_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_CLAUSE = re.compile("[，。；、：:,;\n（）()]")


# IX-15: tasks without indicators ------------------------------------------------------------------------


class _Line(NamedTuple):
    """An indicator; or a task, or a project in a list of them."""

    name: str
    text: str | None
    """All words of a task; None for an indicator."""


def _task_or_indicator(row: RowView) -> _Line | None:
    name = row.text("name")
    if not name:
        return None
    tables = row.scene.form.tables
    table = tables[row.table]
    if table.role == INDICATORS or (table.parent and _is_task(tables[table.parent].columns)):
        return _Line(name, None)
    if not _is_task(row.columns):
        return None
    return _Line(name, f"{name}\n{row.text('content')}\n{row.text('goal')}")


def _is_task(columns: Mapping[str, Field]) -> bool:
    return "name" in columns and ("content" in columns or "goal" in columns)


def _unmeasured(table: TableView) -> Hits:
    """IX-15: a task that shares no word with any indicator, or with any of its own where it has such."""
    facts = table.facts
    shared: dict[str, tuple[str, int]] = table.holder.memo.setdefault("shared", {})
    tasks = [one for one in facts if one[1].text is not None]
    unmeasured = [
        (row, fact) for row, fact in tasks if not _still_shared(shared.get(row.id), row, fact, facts)
    ]
    if not unmeasured:
        return ()
    nested = any("." in path for path in table.tables)
    hits = []
    for row, fact in unmeasured:
        within = row.id if nested else ""
        found = [
            (place, one.name)
            for place, (other, one) in enumerate(facts)
            if one.text is None and other.parent == within
        ]
        known = _share(table.context.words, fact.text or "", found)
        if known is not None:
            shared[row.id] = known
        elif found:
            hits.append(table.hit(row.place("name"), task=fact.name, waiting=True))
    return hits


def _still_shared(
    known: tuple[str, int] | None, row: RowView, task: _Line, facts: list[tuple[RowView, _Line]]
) -> bool:
    """Whether the word that a task and an indicator shared when last asked still stands in both."""
    if known is None or task.text is None or known[0] not in task.text or known[1] >= len(facts):
        return False
    view, other = facts[known[1]]
    return other.text is None and known[0] in other.name and view.parent in ("", row.id)


def _share(words: Words, text: str, indicators: list[tuple[int, str]]) -> tuple[str, int] | None:
    """Give a word that a text shares with the name of an indicator, and where that stands."""
    for place, name in indicators:
        for pair in words.subject(name):
            if pair in text:
                return pair, place
    return None


def _unmeasured_project(table: TableView) -> Hits:
    """IX-15: a project whose name and goal share no word with any indicator."""
    project, words = table.text("about.name"), table.context.words
    if not project or not words.subject(project):
        return ()
    text = "\n".join([project, *(table.text(name) for name in PROJECT_TEXTS if _has(table, name))])
    if any(_shares(row, name, text) for row, name in table.facts):
        return ()
    return (table.hit(table.place("about.name"), case="project", task=project, waiting=True),)


def _shares(row: RowView, name: str, text: str) -> bool:
    """Whether a row's name shares a word with a text, worked out once for both."""
    known: tuple[str, bool] | None = row.memo.get("shares")
    if known is None or known[0] != text:
        known = text, any(pair in text for pair in row.context.words.subject(name))
        row.keep("shares", ("name", "description"), known)
    return known[1]


def _has(table: TableView, name: str) -> bool:
    return name in table.scene.form.fields


def _name(row: RowView) -> str | None:
    name = row.text("name")
    return f"{name}\n{row.text('description')}" if name else None


# IX-15: indicators of others ------------------------------------------------------------------------------


def _others(row: RowView, column: str) -> Hits:
    """IX-15: 各区司法局… in the form of one district."""
    name = row.text(column)
    if column != "name" or "各" not in name:
        return ()
    words, unit = row.context.words, row.scene.text("unit.name")
    for word in words.data["other_words"]["not_units"]:
        unit = unit.replace(word, "")
    follow = tuple(words.data["other_words"]["follow"])
    for word, levels in words.data["others"].items():
        place = name.find(word)
        if place < 0 or name[place + len(word) :].startswith(follow):
            continue
        if any(level in unit for level in levels):
            return (row.hit(column, case="others", word=word),)
    return ()


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


def _aim(row: RowView) -> tuple[str, tuple[Measure, ...]]:
    """Give a row's name and values; what they say is worked out when the goal has figures."""
    return row.text("name"), look(row).numbers


def _read(name: str, numbers: tuple[Measure, ...], context: Context) -> Aim | None:
    measure = next((one for one in numbers if "value" in one.columns), None)
    if measure is None:
        return None
    value, words = measure.value, context.words
    unit = plain_unit(value, context.grammar)
    short = words.without_filler(words.name(name))
    if not unit or len(short) < SHORTEST or len(value.doubled) > 1 or "/" in unit or value.lead is not None:
        return None
    number = (value.number or Decimal(0)).scaleb(value.scale)
    core = words.name(name).core
    bare = words.aimed_at(words.without_count(core))
    return Aim(words.without_count(short), shown(measure), number, unit, measure.columns, core, bare)


def _goal_and_indicators(table: TableView) -> Hits:
    """IX-16: the goal says 320件 where the indicator of the same words says 300件."""
    figures = _aims_of(table)
    if not figures or not is_of_the_year(table):
        return ()
    units = Counter([figure.unit for figure in figures])
    unlike: list[tuple[str, Hit | None, Hit | None]] = []
    # At a key nearly all rows are known to say what the goal says.
    for row, fact in [one for one in table.facts if one[0].memo.get("as aimed") is not figures]:
        aim, among, alone = aim_of(row, *fact), None, None
        if aim is not None and aim.unit in units:
            among = alone = _unlike(table, row, aim, figures, only=False)
            if units[aim.unit] == 1:
                alone = _unlike(table, row, aim, figures, only=True)
        if aim is None or (among is None and alone is None):
            row.keep("as aimed", looked_at(row), figures)
        else:
            unlike.append((aim.unit, among, alone))
    if not unlike:
        return ()
    counts = Counter([aim.unit for _, aim in aims_of_units(table.facts, units)])
    hits = [alone if counts[unit] == 1 else among for unit, among, alone in unlike]
    return [hit for hit in hits if hit is not None]


def aims_of_units(
    facts: Iterable[tuple[RowView, tuple[str, tuple[Measure, ...]]]], units: Container[str]
) -> list[tuple[RowView, Aim]]:
    """Give the rows that aim at something in one of these units."""
    found = []
    for row, fact in facts:
        known: tuple[Aim | None] | None = row.memo.get("aim")
        aim = known[0] if known is not None else aim_of(row, *fact)
        if aim is not None and aim.unit in units:
            found.append((row, aim))
    return found


def aim_of(row: RowView, name: str, numbers: tuple[Measure, ...]) -> Aim | None:
    """Give what a row aims at, worked out once until one of its texts changes."""
    known: tuple[Aim | None] | None = row.memo.get("aim")
    if known is None:
        known = (_read(name, numbers, row.context),)
        row.keep("aim", looked_at(row), known)
    return known[0]


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
    """Give the figures of a goal, with what is said aside told apart."""
    unlike = context.words.data["aims"]["except"]
    found = figures_in(goal, context.grammar) if goal else []
    return [one._replace(aside=any(word in one.clause for word in unlike)) for one in found]


def _unlike(table: TableView, row: RowView, aim: Aim, figures: list[Figure], *, only: bool) -> Hit | None:
    """Tell a figure that is not the aim's; ``only``: no other figure and no other aim has its unit."""
    words = table.context.words
    alike = [one for one in figures if one.unit == aim.unit]
    same = [one for one in alike if speaks(one, aim, words, only=only) and is_single(one, figures)]
    if not same or any(figure.number == aim.number for figure in same):
        return None
    if any(one.number == aim.number and not words.aimed_at(_before(one)) for one in alike):
        return None  # 上半年…2场、下半年4场，全年6场
    places = [row.place(column) for column in aim.columns]
    return table.hit(*places, table.place("goal"), b=aim.typed, clause=same[0].clause.strip())


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
    TableRule("IX-15", _task_or_indicator, _unmeasured, ("name",), TASK_TEXTS, role="", together=True),
    TableRule(
        "IX-15",
        _name,
        _unmeasured_project,
        ("name",),
        ("description",),
        fields=("about.name",),
        perhaps=PROJECT_TEXTS,
        together=True,
    ),
    CellRule("IX-15", _others, kinds=("text",), role=INDICATORS, fields=("unit.name",)),
    TableRule("IX-16", _aim, _goal_and_indicators, ("name", "value"), ALSO, ("goal",)),
)
