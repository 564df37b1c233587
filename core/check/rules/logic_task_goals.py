"""IX-16 for departments: what a task aims at (期望达到的目标) against the indicators of the whole form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from core.check.finding import Hit
from core.check.rule import INDICATORS, Hits, TableRule
from core.check.rules.logic_goals import (
    Aim,
    Figure,
    aim_of,
    aims_in,
    aims_of_units,
    is_single,
    rows_unlike,
    speaks,
    target_of,
)
from core.check.rules.values_row import ALSO, Measure
from core.check.view import RowView, TableView
from core.sheet.definition import Form, Table

GOAL = "goal"


class _Line(NamedTuple):
    """An indicator of the whole form, or a task's goal."""

    name: str
    target: Measure | None
    goal: str = ""


def _line(row: RowView) -> _Line | None:
    roles: dict[str, str] | None = row.scene.memo.get("tasks")
    if roles is None:
        roles = row.scene.memo["tasks"] = _roles(row.scene.form.tables)
    role = roles.get(row.table)
    if role == INDICATORS:
        target = target_of(row)
        return _Line(row.text("name"), target) if target is not None else None
    goal = row.text(GOAL) if role == GOAL else ""
    return _Line("", None, goal) if any(map(str.isdigit, goal)) else None


def _roles(tables: Mapping[str, Table]) -> dict[str, str]:
    """Tell tables of tasks with goals, and those of indicators where there are such tasks."""
    tasks = [path for path, one in tables.items() if GOAL in one.columns and not one.parent]
    tasks = [path for path in tasks if tables[path].role != INDICATORS]
    aims = [path for path, one in tables.items() if one.role == INDICATORS and "value" in one.columns]
    aims = [path for path in aims if not tables[path].parent]
    return {**dict.fromkeys(aims, INDICATORS), **dict.fromkeys(tasks, GOAL)} if tasks else {}


def _figures(row: RowView, goal: str) -> list[Figure]:
    known: list[Figure] | None = row.memo.get("aims")
    if known is None:
        known = aims_in(goal, row.context)
        row.keep("aims", (GOAL,), known)
    return known


_Figures = list[tuple[RowView, list[Figure]]]
_One = tuple[RowView, Figure, list[Figure]]
"""A figure, with its task and all the figures of that."""


class _Told(NamedTuple):
    """The figures of all goals of tasks: task by task, and those of each unit."""

    goals: dict[tuple[str, str], str]
    """The goals themselves, by the key of their row."""
    figures: _Figures
    of_units: dict[str, list[_One]]


def _told(table: TableView) -> _Told:
    """Give what the tasks aim at; looked at again when a goal changed."""
    told: _Told | None = table.memo.get("told")
    if told is not None:
        goals = told.goals
        for key, (_, fact) in table.changed.items():
            if key in goals or (fact is not None and fact.goal):
                break
        else:
            return told
    told = table.memo["told"] = _told_by(table, [one for one in table.facts if one[1].goal])
    return told


def _told_by(table: TableView, tasks: list[tuple[RowView, _Line]]) -> _Told:
    """Give the figures of goals, the very same while what is typed into one changes none of them."""
    fields = table.scene.fields
    goals = {row.key: fact.goal for row, fact in tasks}
    known: _Told | None = fields.memo.get("told")
    if known is None or known.goals != goals:
        figures = [(row, _figures(row, fact.goal)) for row, fact in tasks]
        if known is not None and known.figures == figures:
            known = known._replace(goals=goals)
        else:
            of_units: dict[str, list[_One]] = {}
            for row, found in figures:
                for one in found:
                    of_units.setdefault(one.unit, []).append((row, one, found))
            known = _Told(goals, figures, of_units)
        fields.keep("told", (), known)
    return known


def _may_differ(table: TableView, row: RowView, fact: _Line | None) -> bool:
    """Whether a row's new texts may say otherwise than told, or tell otherwise."""
    told: _Told | None = table.memo.get("told")
    known: tuple[_Figures, dict[tuple[str, str], _Unlike]] | None = table.memo.get("unlike")
    if told is None or row.key in told.goals or (known is not None and known[1]):
        return True
    if fact is None:
        return False
    return fact.goal != "" or (fact.target is not None and fact.target.unit in told.of_units)


class _Unlike(NamedTuple):
    """What may be said of an indicator: when others have its unit too, and when none has."""

    unit: str
    among: Hit | None
    alone: Hit | None


def _unlike(table: TableView) -> Hits:
    """IX-16: one task says 3200件 where the indicator of the same words says 3000件."""
    told = _told(table)
    if not told.of_units:
        return ()
    unlike = rows_unlike(
        table, told.figures, "as told", lambda row, fact: _held_against(table, row, fact, told)
    )
    if not unlike:
        return ()
    indicators = [(row, (one.name, one.target)) for row, one in table.facts if one.target is not None]
    units = Counter([aim.unit for _, aim in aims_of_units(indicators, told.of_units)])
    hits = [one.alone if units[one.unit] == 1 else one.among for one in unlike.values()]
    return [hit for hit in hits if hit is not None]


def _held_against(table: TableView, row: RowView, fact: _Line, told: _Told) -> _Unlike | None:
    """Hold an indicator against what tasks say of its unit."""
    aim = aim_of(row, fact.name, fact.target, told.of_units) if fact.target is not None else None
    if aim is None:
        return None
    told_of = told.of_units[aim.unit]
    said = _said(told_of, aim, table, only=len(told_of) == 1)
    if not said:
        return None  # what is not said of the only one of its unit is not said of one among others
    alone = among = _hit(table, row, aim, said)
    if len(told_of) == 1:
        among = _hit(table, row, aim, _said(told_of, aim, table, only=False))
    return None if among is None and alone is None else _Unlike(aim.unit, among, alone)


def _said(told_of: list[_One], aim: Aim, table: TableView, *, only: bool) -> list[tuple[RowView, Figure]]:
    words = table.context.words
    return [
        (task, one)
        for task, one, goal in told_of
        if speaks(one, aim, words, only=only) and is_single(one, goal)
    ]


def _hit(table: TableView, row: RowView, aim: Aim, said: list[tuple[RowView, Figure]]) -> Hit | None:
    """Tell the one task that says another figure; what several say of one measure are parts of it."""
    if len(said) != 1 or said[0][1].number == aim.number:
        return None
    task, figure = said[0]
    places = [row.place(column) for column in aim.columns]
    return table.hit(*places, task.place(GOAL), b=aim.typed, clause=figure.clause.strip())


def _has_tasks(form: Form) -> bool:
    return _roles(form.tables) != {}


RULES = (
    TableRule(
        "IX-16",
        _line,
        _unlike,
        ("name",),
        (GOAL, "value", *ALSO),
        role="",
        together=True,
        by_change=True,
        matters=_may_differ,
        forms=_has_tasks,
    ),
)
