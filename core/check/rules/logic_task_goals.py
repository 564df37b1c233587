"""IX-16 for departments: what a task aims at (期望达到的目标) against the indicators of the whole form."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from core.check.rule import INDICATORS, Hits, TableRule
from core.check.rules.logic_goals import Aim, Figure, aims_in, aims_of_units, is_single, speaks
from core.check.rules.values_row import ALSO, Measure, look
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


def _unlike(table: TableView) -> Hits:
    """IX-16: one task says 3200件 where the indicator of the same words says 3000件."""
    goals = [(row, _figures(row, fact.goal)) for row, fact in table.facts if fact.goal]
    figures = [figure for _, found in goals for figure in found]
    if not figures:
        return ()
    counts = Counter(figure.unit for figure in figures)
    aims = aims_of_units(((row, (one.name, one.numbers)) for row, one in table.facts if one.numbers), counts)
    units = Counter(aim.unit for _, aim in aims)
    hits = []
    for row, aim in aims:
        only = counts[aim.unit] == 1 and units[aim.unit] == 1
        found = _said(goals, aim, table, only=only)
        # What several tasks say of one measure are parts of it.
        if len(found) == 1 and found[0][1].number != aim.number:
            task, figure = found[0]
            places = [row.place(column) for column in aim.columns]
            hits.append(table.hit(*places, task.place(GOAL), b=aim.typed, clause=figure.clause.strip()))
    return hits


def _said(
    goals: list[tuple[RowView, list[Figure]]], aim: Aim, table: TableView, *, only: bool
) -> list[tuple[RowView, Figure]]:
    words = table.context.words
    return [
        (task, one)
        for task, figures in goals
        for one in figures
        if one.unit == aim.unit and speaks(one, aim, words, only=only) and is_single(one, figures)
    ]


RULES = (TableRule("IX-16", _line, _unlike, ("name",), (GOAL, "value", *ALSO), role="", together=True),)
