"""IX-16 for departments: what a task aims at (期望达到的目标) against the indicators of the whole form."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from core.check.finding import Hit
from core.check.rule import INDICATORS, Hits, TableRule
from core.check.rules.logic_goals import Aim, Figure, aim_of, aims_in, aims_of_units, is_single, speaks
from core.check.rules.values_row import ALSO, Measure, look, looked_at
from core.check.view import RowView, TableView

GOAL = "goal"


class _Line(NamedTuple):
    """An indicator of the whole form, or a task's goal."""

    name: str
    numbers: tuple[Measure, ...] = ()
    goal: str = ""


def _line(row: RowView) -> _Line | None:
    if not _has_tasks(row):
        return None
    table = row.scene.form.tables[row.table]
    if table.role == INDICATORS:
        numbers = () if table.parent or "value" not in row.columns else look(row).numbers
        return _Line(row.text("name"), numbers) if numbers else None
    goal = row.text(GOAL) if GOAL in row.columns and not table.parent else ""
    return _Line("", goal=goal) if any(map(str.isdigit, goal)) else None


def _has_tasks(row: RowView) -> bool:
    """Whether the form has tasks with goals beside its indicators."""
    memo = row.scene.fields.memo
    known: bool | None = memo.get("tasks")
    if known is None:
        tables = row.scene.form.tables.values()
        known = any(GOAL in one.columns and one.role != INDICATORS and not one.parent for one in tables)
        memo["tasks"] = known
    return known


def _figures(row: RowView, goal: str) -> list[Figure]:
    known: list[Figure] | None = row.memo.get("aims")
    if known is None:
        known = aims_in(goal, row.context)
        row.keep("aims", (GOAL,), known)
    return known


_Figures = list[tuple[RowView, list[Figure]]]


class _Told(NamedTuple):
    """The figures of all goals of tasks, task by task, and how many there are of each unit."""

    goals: list[tuple[RowView, _Line]]
    figures: _Figures
    units: Counter[str]


def _told(table: TableView) -> _Told:
    """Give what the tasks aim at; the same figures while what is typed into a goal changes none of them."""
    goals = [one for one in table.facts if one[1].goal]
    fields = table.scene.fields
    known: _Told | None = fields.memo.get("told")
    if known is None or known.goals != goals:
        figures = [(row, _figures(row, fact.goal)) for row, fact in goals]
        if known is not None and known.figures == figures:
            known = known._replace(goals=goals)
        else:
            known = _Told(goals, figures, Counter([one.unit for _, found in figures for one in found]))
        fields.keep("told", (), known)
    return known


class _Unlike(NamedTuple):
    """What may be said of an indicator: when others have its unit too, and when none has."""

    unit: str
    among: Hit | None
    alone: Hit | None


def _unlike(table: TableView) -> Hits:
    """IX-16: one task says 3200件 where the indicator of the same words says 3000件."""
    told = _told(table)
    figures = told.figures
    if not told.units:
        return ()
    unlike = []
    # At a key nearly all rows are known to be as told.
    for row, fact in [one for one in table.facts if one[0].memo.get("as told") is not figures]:
        found = _held_against(table, row, fact, told)
        if found is None:
            row.keep("as told", looked_at(row), figures)
        else:
            unlike.append(found)
    if not unlike:
        return ()
    indicators = [(row, (one.name, one.numbers)) for row, one in table.facts if one.numbers]
    units = Counter([aim.unit for _, aim in aims_of_units(indicators, told.units)])
    hits = [one.alone if units[one.unit] == 1 else one.among for one in unlike]
    return [hit for hit in hits if hit is not None]


def _held_against(table: TableView, row: RowView, fact: _Line, told: _Told) -> _Unlike | None:
    aim = aim_of(row, fact.name, fact.numbers) if fact.numbers else None
    if aim is None or aim.unit not in told.units:
        return None
    among = _unlike_task(table, row, aim, told, only=False)
    alone = _unlike_task(table, row, aim, told, only=True) if told.units[aim.unit] == 1 else among
    return None if among is None and alone is None else _Unlike(aim.unit, among, alone)


def _unlike_task(table: TableView, row: RowView, aim: Aim, told: _Told, *, only: bool) -> Hit | None:
    """Tell the one task that says another figure; what several say of one measure are parts of it."""
    found = _said(told.figures, aim, table, only=only)
    if len(found) != 1 or found[0][1].number == aim.number:
        return None
    task, figure = found[0]
    places = [row.place(column) for column in aim.columns]
    return table.hit(*places, task.place(GOAL), b=aim.typed, clause=figure.clause.strip())


def _said(figures: _Figures, aim: Aim, table: TableView, *, only: bool) -> list[tuple[RowView, Figure]]:
    words = table.context.words
    return [
        (task, one)
        for task, goal in figures
        for one in goal
        if one.unit == aim.unit and speaks(one, aim, words, only=only) and is_single(one, goal)
    ]


RULES = (TableRule("IX-16", _line, _unlike, ("name",), (GOAL, "value", *ALSO), role="", together=True),)
