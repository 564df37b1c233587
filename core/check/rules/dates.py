"""Dates (日期): DT."""

from __future__ import annotations

import re

from core.check.rule import DocumentRule, Hits, Rule
from core.check.view import Scene

_YEAR = re.compile(r"20[0-9]{2}")
_UNFINISHED = re.compile(r"2|20|20[0-9]")
_PERIOD = re.compile(
    r"^\s*(20[0-9]{2})年度?[，,：:]|(20[0-9]{2})年度?(?:部门|单位|项目)?(?:整体|总体|支出|预算)*绩效目标"
)


def year_is_given(scene: Scene) -> Hits:
    """DT-01: a document has a budget year."""
    text = scene.text("year")
    if not text:
        return (scene.hit("year", missing=True),)
    if _YEAR.fullmatch(text):
        return ()
    return (scene.hit("year", case="unreadable", unfinished=bool(_UNFINISHED.fullmatch(text)), v=text),)


def goal_is_of_the_year(scene: Scene) -> Hits:
    """DT-01: a goal that names its own period names the budget year; one that also names it is left alone."""
    year, goal = scene.text("year"), scene.text("goal")
    if not _YEAR.fullmatch(year) or year in goal:
        return ()
    found = _PERIOD.search(goal)
    return (scene.hit("goal", case="goal", named=found[1] or found[2], year=year),) if found else ()


RULES: tuple[Rule, ...] = (
    DocumentRule("DT-01", year_is_given, reads=("year",), blank=True),
    DocumentRule("DT-01", goal_is_of_the_year, reads=("year", "goal")),
)
