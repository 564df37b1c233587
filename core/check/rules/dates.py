"""Dates (日期): DT. The year, beginnings and ends, the day of filling in, years in texts."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from core.check.rule import CellRule, DocumentRule, Hits, Rule, TableRule
from core.check.rules.wording_prose import Sort, finds_anything, found_in
from core.check.rules.wording_words import year_of
from core.check.view import RowView, Scene, TableView
from core.sheet.edits import SetText
from core.sheet.values import Kind, Moment, ValueGrammar

_YEAR = re.compile(r"20[0-9]{2}")
_UNFINISHED = re.compile(r"2|20|20[0-9]")
_PERIOD = re.compile(
    r"^\s*(20[0-9]{2})年度?[，,：:]|(20[0-9]{2})年度?(?:部门|单位|项目)?(?:整体|总体|支出|预算)*绩效目标"
)
_ONE_YEAR = re.compile(r"\s*(?:1|一|壹)\s*(?:年|年度|年期|个年度)\s*|当年|本年度?|一次性")
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
EVALUATED = "自评"


def year_is_given(scene: Scene) -> Hits:
    """DT-01: a document has a budget year."""
    text = scene.text("year")
    if not text:
        return (scene.hit("year", missing=True),)
    if _YEAR.fullmatch(text):
        return ()
    meant = _meant(text)
    edits = [SetText(scene.place("year"), text, meant)] if meant else []
    unfinished = bool(_UNFINISHED.fullmatch(text))
    return (scene.hit("year", case="unreadable", edits=edits, unfinished=unfinished, v=text),)


def _meant(text: str) -> str:
    """Give the year that 2025年度, ２０２５ or 二〇二五 mean, or ``""``."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("度").removesuffix("年").strip()
    plain = plain.translate(_CHINESE_DIGITS)
    return plain if _YEAR.fullmatch(plain) else ""


def goal_is_of_the_year(scene: Scene) -> Hits:
    """DT-01: a goal that names its own period names the budget year; one that also names it is left alone."""
    year, goal = scene.text("year"), scene.text("goal")
    if not _YEAR.fullmatch(year) or year in goal:
        return ()
    found = _PERIOD.search(goal)
    return (scene.hit("goal", case="goal", named=found[1] or found[2], year=year),) if found else ()


# DT-02: beginnings and ends ------------------------------------------------------------------------------


class Span(NamedTuple):
    """The first and the last day a text means; None for what it leaves open."""

    first: date | None
    last: date | None


OPEN = Span(None, None)


def span_of(text: str, grammar: ValueGrammar) -> Span:
    """Give the days that 2021年3月1日, 2021-03, 2021年 or 2021年3月—6月 mean."""
    value = grammar.parse(text)
    if value.kind not in (Kind.DATE, Kind.PERIOD) or value.end is None:
        return OPEN
    return Span(_day(value.start or value.end, last=False), _day(value.end, last=True))


def _day(moment: Moment, *, last: bool) -> date | None:
    if moment.year is None:
        return None
    month = moment.month or (12 if last else 1)
    day = moment.day or (monthrange(moment.year, month)[1] if last else 1)
    return date(moment.year, month, day)


def begins_before_it_ends(scene: Scene) -> Hits:
    """DT-02: the project itself, which lasts into the budget year."""
    grammar = scene.context.grammar
    start, end = scene.text("start_date"), scene.text("end_date")
    first, last = span_of(start, grammar).first, span_of(end, grammar).last
    if first is None or last is None:
        return ()
    if first > last:
        return (scene.hit("start_date", "end_date", start=start, end=end, unfinished=True),)
    year = scene.text("year")
    if not _YEAR.fullmatch(year) or first.year <= int(year) <= last.year:
        return ()
    return (
        scene.hit(
            "start_date", "end_date", case="elsewhere", year=year, start=start, end=end, unfinished=True
        ),
    )


_CALENDAR_DAY = re.compile(
    r"20[0-9]{2}\s*(?:年\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*[日号]?)?|([-./])[0-9]{1,2}(?:\1[0-9]{1,2})?)"
)


def is_a_date(row: RowView, column: str) -> Hits:
    """DT-02: a cell for a date holds one, and one that the calendar has."""
    text = row.text(column)
    if row.context.grammar.parse(text).kind in (Kind.DATE, Kind.PERIOD):
        return ()
    if _CALENDAR_DAY.fullmatch(unicodedata.normalize("NFKC", text).strip()):
        return (row.hit(column, case="no-day", v=text, unfinished=True),)
    if any(word in text for word in row.settings["open_dates"]):
        return ()
    return (row.hit(column, case="no-date", v=text, unfinished=True),)


def approved_before_it_is_adjusted(scene: Scene) -> Hits:
    """DT-02: the 批复 that is adjusted was not given after its budget year."""
    text, year = scene.text("approval_date"), scene.text("year")
    first = span_of(text, scene.context.grammar).first
    if first is None or not _YEAR.fullmatch(year) or first.year <= int(year):
        return ()
    return (scene.hit("approval_date", case="approved", v=text, year=year, unfinished=True),)


class _Row(NamedTuple):
    """One line of a schedule as typed."""

    start: str
    end: str


def _scheduled(row: RowView) -> _Row | None:
    return _Row(row.text("start_date"), row.text("end_date"))


def schedule_is_in_order(table: TableView) -> Hits:
    """DT-02: every line of a schedule."""
    grammar = table.context.grammar
    hits = []
    for row, line in table.facts:
        first, last = span_of(line.start, grammar).first, span_of(line.end, grammar).last
        if first is not None and last is not None and first > last:
            places = row.place("start_date"), row.place("end_date")
            hits.append(table.hit(*places, start=line.start, end=line.end, unfinished=True))
    return hits


def schedule_is_within_the_project(table: TableView) -> Hits:
    """DT-02: no line of a schedule lies before the project begins or after it ends."""
    grammar = table.context.grammar
    begun, ended = table.scene.text("start_date"), table.scene.text("end_date")
    first, last = span_of(begun, grammar).first, span_of(ended, grammar).last
    if first is not None and last is not None and first > last:
        return ()  # the project itself is to be mended first
    hits = []
    for row, line in table.facts:
        wrong = []
        start, end = span_of(line.start, grammar).first, span_of(line.end, grammar).last
        if start is not None and (
            (first is not None and start < first) or (last is not None and start > last)
        ):
            wrong.append(row.place("start_date"))
        if end is not None and ((last is not None and end > last) or (first is not None and end < first)):
            wrong.append(row.place("end_date"))
        if wrong:
            hits.append(table.hit(*wrong, case="outside", start=begun, end=ended, unfinished=True))
    return hits


def one_year_is_the_budget_year(scene: Scene) -> Hits:
    """DT-02: a project of one year lies in the budget year; years of the middle-term goal are in order."""
    year = scene.text("year")
    first, last = (_year_in(scene.text(name)) for name in ("first_year", "last_year"))
    if first and last and first > last:
        return (scene.hit("first_year", "last_year", start=str(first), end=str(last)),)
    if not _YEAR.fullmatch(year):
        return ()
    if _ONE_YEAR.fullmatch(scene.text("duration")):
        wrong = [
            name for name, one in (("first_year", first), ("last_year", last)) if one and str(one) != year
        ]
        return (scene.hit(*wrong, case="one-year", year=year),) if wrong else ()
    if first and last and not first <= int(year) <= last:
        return (
            scene.hit("first_year", "last_year", case="years", year=year, start=str(first), end=str(last)),
        )
    return ()


def _year_in(text: str) -> int:
    found = _YEAR.fullmatch(text.strip().removesuffix("年"))
    return int(found[0]) if found else 0


# DT-03: the day of filling in --------------------------------------------------------------------------


def filled_in_at_its_time(scene: Scene) -> Hits:
    """DT-03: 填报日期 against the stage."""
    text, year = scene.text("filing_date"), scene.text("year")
    day = span_of(text, scene.context.grammar).last
    if day is None or not _YEAR.fullmatch(year):
        return ()
    budget_year = int(year)
    match scene.text("stage"):
        case "自评" if day.year <= budget_year:
            return (scene.hit("filing_date", v=text, year=year),)
        case "申报" if day >= date(budget_year, int(month := scene.settings["declared_before_month"]), 1):
            return (scene.hit("filing_date", case="late", v=text, year=year, month=str(month)),)
    return ()


def evaluated_after_the_year(scene: Scene) -> Hits:
    """DT-03: a self-evaluation of a year that has not ended today; late in the year it may be begun."""
    year, today = scene.text("year"), scene.context.today
    if scene.text("stage") != EVALUATED or not _YEAR.fullmatch(year) or scene.text("filing_date"):
        return ()
    if today.year > int(year):
        return ()
    soon = today.year == int(year) and today.month >= scene.settings["evaluation_month"]
    return (scene.hit("year", case="soon" if soon else "today", year=year),)


# DT-04: years in texts ---------------------------------------------------------------------------------


def names_years_of_its_own(row: RowView, column: str) -> Hits:
    """DT-04: a year that is neither the budget year, nor the one before or after, nor the project's."""
    year = year_of(row)
    if year is None:
        return ()
    known = _known_years(row, year)
    strange = [one for one in found_in(row, column) if one.sort is Sort.YEAR and one.year not in known]
    text = row.text(column)
    if not strange or (column == "goal" and not row.table and str(year) not in text and _PERIOD.search(text)):
        return ()  # of a goal headed with another year DT-01 speaks
    named = "、".join(dict.fromkeys(str(one.year) for one in strange))
    return (row.hit(column, v=named, year=str(year)),)


def _known_years(row: RowView, year: int) -> range:
    """The years around the budget year, and those of the project."""
    scene = row.scene
    first, last = year - int(scene.settings["years_before"]), year + int(scene.settings["years_after"])
    for name in YEARS_OF_PROJECT:
        text = scene.text(name)
        for found in _YEAR.findall(text) if text else ():
            first, last = min(first, int(found)), max(last, int(found))
    return range(first, last + 1)


YEARS_OF_PROJECT = ("first_year", "last_year", "start_date", "end_date")

RULES: tuple[Rule, ...] = (
    DocumentRule("DT-01", year_is_given, reads=("year",), blank=True),
    DocumentRule("DT-01", goal_is_of_the_year, reads=("year", "goal")),
    CellRule("DT-02", is_a_date, kinds=("date",)),
    DocumentRule("DT-02", approved_before_it_is_adjusted, reads=("approval_date", "year")),
    DocumentRule("DT-02", begins_before_it_ends, reads=("start_date", "end_date"), also=("year",)),
    TableRule("DT-02", _scheduled, schedule_is_in_order, ("start_date", "end_date"), role=""),
    TableRule(
        "DT-02",
        _scheduled,
        schedule_is_within_the_project,
        ("start_date", "end_date"),
        fields=("start_date", "end_date"),
        role="",
    ),
    DocumentRule(
        "DT-02", one_year_is_the_budget_year, reads=("first_year", "last_year"), also=("year", "duration")
    ),
    DocumentRule("DT-03", filled_in_at_its_time, reads=("filing_date", "year", "stage")),
    DocumentRule(
        "DT-03", evaluated_after_the_year, reads=("year", "stage"), also=("filing_date",), context=("today",)
    ),
    CellRule(
        "DT-04",
        names_years_of_its_own,
        kinds=("text",),
        fields=("year", *YEARS_OF_PROJECT),
        when=finds_anything,
    ),
)
