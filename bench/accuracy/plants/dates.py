"""Mistakes in years and dates: DT.

The day of filling in (填报日期) is no field of any form that ships; DT-03 is planted by the year that a
self-evaluation is of.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from bench.accuracy.planting import Plant, Planted, planted, put, put_field, spots
from core.sheet.document import Document, Row
from core.sheet.places import Place, field_place

_YEAR = re.compile("20[0-9]{2}")


def _in_chinese(year: int) -> str:
    return str(year).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


def _year(name: str, texts: Callable[[int, random.Random], str]) -> Plant:
    def put_it(document: Document, chance: random.Random) -> Planted | None:
        if document.year is None:
            return None
        return planted(document, "DT-01", put_field(document, "year", texts(document.year, chance)))

    return Plant("DT-01", name, "error", put_it)


def _goal_of_another_year(document: Document, chance: random.Random) -> Planted | None:
    """The goal is last year's, its year left in."""
    if document.year is None or str(document.year) in document.field("goal") or not document.field("goal"):
        return None
    last = document.year - chance.choice((1, 1, 2))
    heading = chance.choice(("{0}年，", "{0}年度：", "{0}年度部门整体绩效目标：", "{0}年项目绩效目标："))
    put_field(document, "goal", heading.format(last) + document.field("goal"))
    return planted(document, "DT-01", field_place("goal"), field_place("year"))


def _beginning_and_end(document: Document, chance: random.Random) -> Planted | None:
    """Beginning and end of the project are exchanged, or the end's year is last year's."""
    start, end = document.field("start_date"), document.field("end_date")
    if not start or not end:
        return None
    if chance.random() < 0.5:
        put_field(document, "start_date", end)
        put_field(document, "end_date", start)
    else:
        put_field(document, "end_date", _YEAR.sub(lambda year: str(int(year[0]) - 1), end))
    return planted(document, "DT-02", field_place("start_date"), field_place("end_date"))


def _project_of_last_year(document: Document, chance: random.Random) -> Planted | None:
    """The dates of last year's project, its schedule too."""
    if not document.field("start_date") or not document.field("end_date"):
        return None
    places = [field_place("start_date"), field_place("end_date")]
    for row in _lines(document):
        places += [Place("schedule", row.id, "start_date"), Place("schedule", row.id, "end_date")]
    for place in places:
        put(document, place, _YEAR.sub(lambda year: str(int(year[0]) - 1), document.text(place)))
    return planted(document, "DT-02", *places[:2])


def _lines(document: Document) -> list[Row]:
    return [row for row in document.rows("schedule") if {"start_date", "end_date"} <= set(row.cells)]


def _line_exchanged(document: Document, chance: random.Random) -> Planted | None:
    """Beginning and end of a line of the schedule are exchanged."""
    lines = [
        row for row in document.rows("schedule") if row.cells.get("start_date") and row.cells.get("end_date")
    ]
    lines = [row for row in lines if row.cells["start_date"] != row.cells["end_date"]]
    if not lines:
        return None
    row = chance.choice(lines)
    places = Place("schedule", row.id, "start_date"), Place("schedule", row.id, "end_date")
    start, end = row.cells["start_date"], row.cells["end_date"]
    put(document, places[0], end)
    put(document, places[1], start)
    return planted(document, "DT-02", *places)


def _line_of_another_year(document: Document, chance: random.Random) -> Planted | None:
    """A line of the schedule is copied from last year's project."""
    lines = [
        row for row in document.rows("schedule") if row.cells.get("start_date") and row.cells.get("end_date")
    ]
    if not lines or not document.field("start_date"):
        return None
    row = chance.choice(lines)
    other = chance.choice((-1, -2, 1))
    places = Place("schedule", row.id, "start_date"), Place("schedule", row.id, "end_date")
    for place in places:
        put(document, place, _YEAR.sub(lambda year: str(int(year[0]) + other), document.text(place)))
    return planted(document, "DT-02", *places)


def _one_year_elsewhere(document: Document, chance: random.Random) -> Planted | None:
    """A project of one year that lies in another one."""
    if document.field("duration") not in ("1年", "一年") or document.year is None:
        return None
    last = document.year - 1
    names = ("first_year", "last_year")
    put_field(document, "first_year", str(last))
    put_field(document, "last_year", str(chance.choice((last, document.year))))
    return planted(document, "DT-02", *map(field_place, names))


def _term_without_the_year(document: Document, chance: random.Random) -> Planted | None:
    """2016—2020 in a project of 2021; or the two years exchanged."""
    names = ("first_year", "last_year")
    if not all(document.field(name) for name in names) or document.year is None:
        return None
    if document.field("duration") in ("1年", "一年"):
        return None
    years = [document.field(name) for name in names]
    if chance.random() < 0.5:
        years = [str(document.year - 5), str(document.year - 1)]
    else:
        years.reverse()
    for name, year in zip(names, years, strict=True):
        put_field(document, name, year)
    return planted(document, "DT-02", *map(field_place, names))


def _evaluated_too_early(document: Document, chance: random.Random) -> Planted | None:
    """A self-evaluation of the year that still runs."""
    if document.stage != "自评" or document.year is None:
        return None
    put_field(document, "year", str(document.year + 1))
    return planted(document, "DT-03", field_place("year"))


OLD = (
    "力争{0}年完成改造300户。",
    "按照{0}年工作要点推进各项任务。",
    "计划{0}年底前全面完成任务。",
    "{0}年预算已按程序报批。",
)
"""Sentences of another year's form. Not 自2019年起实施, 以2019年为基数, 三年行动方案, which may look back."""


def _old_year(document: Document, chance: random.Random) -> Planted | None:
    """A text names a year long past."""
    texts = ("goal", "summary", "use", "necessity", "process", "overall", "safeguards", "problems")
    places = spots(document, *texts, kind="text", role="")
    if not places or document.year is None:
        return None
    known = [
        int(year)
        for place in spots(document, "first_year", "start_date")
        for year in _YEAR.findall(document.text(place))
    ]
    first = min([document.year, *known]) - chance.choice((4, 5, 7))
    place = chance.choice(places)
    text = document.text(place).rstrip()
    told = chance.choice(OLD).format(first, first + 2)
    put(document, place, f"{text}{'' if text.endswith('。') else '。'}{told}")
    return planted(document, "DT-04", place)


PLANTS = (
    _year("blank", lambda year, chance: ""),
    _year(
        "two digits, or a word",
        lambda year, chance: chance.choice((str(year)[2:], f"{year}年", _in_chinese(year), f"{year}4")),
    ),
    Plant("DT-01", "the goal is of another year", "error", _goal_of_another_year),
    Plant("DT-02", "beginning and end", "error", _beginning_and_end),
    Plant("DT-02", "last year's project", "error", _project_of_last_year),
    Plant("DT-02", "a line exchanged", "error", _line_exchanged),
    Plant("DT-02", "a line of another year", "error", _line_of_another_year),
    Plant("DT-02", "one year, another", "error", _one_year_elsewhere),
    Plant("DT-02", "a term without the year", "error", _term_without_the_year),
    Plant("DT-03", "evaluated too early", "warning", _evaluated_too_early),
    Plant("DT-04", "a year long past", "hint", _old_year),
)
