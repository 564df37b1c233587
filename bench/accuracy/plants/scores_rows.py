"""Mistakes in rows of a self-evaluation: SE-06 to SE-08, SE-11, SE-12, SE-15 to SE-18."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from bench.accuracy.figures import typed_again
from bench.accuracy.planting import Plant, Planted, planted
from core.sheet.document import Document, Row
from core.sheet.numbers import parse_number, round_half_up
from core.sheet.places import Place

_TARGET = re.compile(r"([≥≤=<>]?|不少于)([0-9][0-9,]*(?:\.[0-9]+)?)([^0-9]*)")
HIGHER, LOWER = ("≥", ">", "=", "", "不少于"), ("≤", "<")
REASONS = (
    "受连续降雨影响，进度推迟，已增加人员赶工，明年提前安排。",
    "部分对象外出，联系不上，下一步由村干部入户补做。",
    "年中机构调整，人手不足，已明确专人负责。",
)
NOTHING = ("", "无", "/", "—")


class Aim(NamedTuple):
    """A row of a self-evaluation whose target is a number."""

    table: str
    row: Row
    sign: str
    target: Decimal
    unit: str
    weight: Decimal

    def place(self, column: str) -> Place:
        """Give a cell of it."""
        return Place(self.table, self.row.id, column)

    def result(self, figure: Decimal) -> str:
        """Give a result as the row's own is written."""
        decimals = 0 if self.target == self.target.to_integral() and self.target > 20 else 2
        written = f"{round_half_up(figure, decimals).normalize():f}"
        return written + (self.unit if self.row.cells["actual"].endswith(self.unit) else "")


def rows(document: Document) -> Iterator[tuple[str, Row]]:
    """Give the rows that tell a result and have points."""
    for path, table in document.form.tables.items():
        if {"actual", "score", "weight"} <= set(table.columns):
            for _, row in document.all_rows(path):
                if {"value", "actual", "weight"} <= set(row.cells):
                    yield path, row


def aims(document: Document, signs: tuple[str, ...]) -> list[Aim]:
    """Give the rows with a number for a target, by its sign."""
    found = []
    for path, row in rows(document):
        joined = row.cells.get("operator", "") + row.cells.get("value", "") + row.cells.get("unit", "")
        read = _TARGET.fullmatch(joined)
        if read is None or read[1] not in signs or "月" in read[3]:
            continue
        target, weight = parse_number(read[2]), parse_number(row.cells["weight"])
        if target and weight:
            found.append(Aim(path, row, read[1], target, read[3], weight))
    return found


def _is_whole(aim: Aim) -> bool:
    """Whether its target counts things so few that a tenth less is no figure."""
    return aim.unit != "%" and aim.target < 20


def _short(document: Document, aim: Aim, chance: random.Random, reason: str) -> Decimal:
    """Let a row fall short of its target; give the share of the points that is left."""
    if aim.sign in LOWER:
        figure = aim.target * chance.choice((Decimal("1.1"), Decimal("1.25")))
    else:
        figure = (
            aim.target - 1
            if _is_whole(aim)
            else aim.target * chance.choice((Decimal("0.9"), Decimal("0.95")))
        )
    text = aim.result(figure)
    document.set_text(aim.place("actual"), text)
    document.set_text(aim.place("reason"), reason)
    read = re.match(r"[0-9.]+", text)
    got = Decimal(read[0]) if read else figure
    return 1 - (got - aim.target) / aim.target if aim.sign in LOWER else got / aim.target


Scores = Callable[[Aim, Decimal, random.Random], str]


def _full(aim: Aim, share: Decimal, chance: random.Random) -> str:
    """The points are not reduced."""
    return aim.row.cells["weight"]


def _roughly(aim: Aim, share: Decimal, chance: random.Random) -> str:
    """Points are taken off by feeling."""
    right = round_half_up(aim.weight * share, 2)
    return f"{max(right + chance.choice((Decimal('0.3'), -1, Decimal('-0.5'))), Decimal(0)):f}"


def _short_row(check: str, name: str, signs: tuple[str, ...], scores: Scores) -> Plant:
    """Make a plant of a row that falls short and whose points are not those of the table."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        able = [aim for aim in aims(document, signs) if aim.sign not in LOWER or aim.target > 1]
        able = [aim for aim in able if not _is_whole(aim) or aim.target > 1]
        if not able:
            return None
        aim = chance.choice(able)
        share = _short(document, aim, chance, chance.choice(REASONS))
        text = scores(aim, share, chance)
        right = round_half_up(aim.weight * share, 2)
        if parse_number(text) == right or (parse_number(text) or 0) > aim.weight:
            return None
        document.set_text(aim.place("score"), text)
        typed_again(document, "score")
        return planted(document, check, aim.place("score"))

    return Plant(check, name, "error", put_it)


def _in_words(document: Document) -> list[tuple[str, Row, Decimal]]:
    found = []
    for path, row in rows(document):
        weight = parse_number(row.cells["weight"])
        if weight and (row.cells.get("operator") == "定性" or row.cells["value"].startswith(("优", "良"))):
            found.append((path, row, weight))
    return found


def _band(actual: str, share: str, name: str) -> Plant:
    """Make a plant of a worded row whose points are outside the band of its result."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        able = _in_words(document)
        if not able:
            return None
        path, row, weight = chance.choice(able)
        document.set_text(Place(path, row.id, "actual"), actual)
        document.set_text(Place(path, row.id, "reason"), chance.choice(REASONS))
        document.set_text(
            Place(path, row.id, "score"), f"{round_half_up(weight * Decimal(share), 2).normalize():f}"
        )
        typed_again(document, "score")
        return planted(document, "SE-08", Place(path, row.id, "score"))

    return Plant("SE-08", name, "error", put_it)


# Reasons


def _no_reason(document: Document, chance: random.Random) -> Planted | None:
    """The target was not met and 偏差原因 is blank."""
    able = aims(document, (*HIGHER, *LOWER))
    if not able:
        return None
    aim = chance.choice(able)
    _short(document, aim, chance, chance.choice(NOTHING))
    typed_again(document)
    return planted(document, "SE-11", aim.place("reason"), aim.place("actual"))


def _reason_removed(document: Document, chance: random.Random) -> Planted | None:
    """The reason that stood there is gone."""
    able = [(path, row) for path, row in rows(document) if len(row.cells.get("reason", "")) > 4]
    if not able:
        return None
    path, row = chance.choice(able)
    document.set_text(Place(path, row.id, "reason"), chance.choice(NOTHING))
    return planted(document, "SE-11", Place(path, row.id, "reason"), Place(path, row.id, "actual"))


def _points_lost(document: Document, chance: random.Random) -> Planted | None:
    """A worded row with less than its weight, and no reason."""
    able = _in_words(document)
    if not able:
        return None
    path, row, weight = chance.choice(able)
    document.set_text(
        Place(path, row.id, "score"), f"{round_half_up(weight * Decimal('0.9'), 2).normalize():f}"
    )
    document.set_text(Place(path, row.id, "reason"), "")
    typed_again(document, "score")
    return planted(document, "SE-11", Place(path, row.id, "reason"), Place(path, row.id, "score"))


def _far_over(document: Document, chance: random.Random) -> Planted | None:
    """A third more than was aimed at, and nobody says why."""
    able = [aim for aim in aims(document, ("≥", ">", "=")) if aim.unit != "%" and aim.target > 1]
    able += [aim for aim in aims(document, ("≥",)) if aim.unit == "%" and aim.target <= 70]
    if not able:
        return None
    aim = chance.choice(able)
    figure = aim.target * chance.choice((Decimal("1.4"), 2, Decimal("1.35")))
    figure = figure.to_integral(rounding="ROUND_CEILING")
    document.set_text(aim.place("actual"), aim.result(figure))
    document.set_text(aim.place("reason"), chance.choice(NOTHING))
    typed_again(document)
    return planted(document, "SE-12", aim.place("reason"), aim.place("actual"))


# Results


def _result(
    check: str,
    name: str,
    texts: Callable[[Aim, random.Random], str],
    severity: str = "error",
    signs: tuple[str, ...] = (*HIGHER, *LOWER),
) -> Plant:
    """Make a plant that writes the result of a row with a number for a target in another way."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        able = aims(document, signs)
        if not able:
            return None
        aim = chance.choice(able)
        text = texts(aim, chance)
        document.set_text(aim.place("actual"), text)
        if document.text(aim.place("score")):
            document.set_text(aim.place("score"), aim.row.cells["weight"])
        typed_again(document, "score")
        return planted(document, check, aim.place("actual"))

    return Plant(check, name, severity, put_it)


def _other_unit(aim: Aim, chance: random.Random) -> str:
    other = {"%": "个", "人": "场", "件": "%", "个": "公里"}.get(aim.unit, "次" if aim.unit != "次" else "亩")
    return f"{aim.target.normalize():f}{other}"


def _grade_in_figures(document: Document, chance: random.Random) -> Planted | None:
    """A figure where a grade is asked."""
    able = _in_words(document)
    if not able:
        return None
    path, row, _ = chance.choice(able)
    document.set_text(Place(path, row.id, "actual"), chance.choice(("95%", "92", "3次")))
    return planted(document, "SE-16", Place(path, row.id, "actual"))


def _blank_points(document: Document, chance: random.Random) -> Planted | None:
    """No points where a person has to give them."""
    able = _in_words(document)
    if not able:
        return None
    path, row, _ = chance.choice(able)
    document.set_text(Place(path, row.id, "score"), "")
    typed_again(document, "score")
    return planted(document, "SE-15", Place(path, row.id, "score"))


def _points(check: str, name: str, severity: str, texts: Callable[[Decimal, random.Random], str]) -> Plant:
    """Make a plant that types the points of a row whose target was met."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        able = [aim for aim in aims(document, HIGHER) if not aim.row.cells.get("reason")]
        if not able:
            return None
        aim = chance.choice(able)
        document.set_text(aim.place("score"), texts(aim.weight, chance))
        typed_again(document, "score")
        return planted(document, check, aim.place("score"))

    return Plant(check, name, severity, put_it)


def _late_and_full(document: Document, chance: random.Random) -> Planted | None:
    """A day was missed and the points are full."""
    able = [
        (path, row) for path, row in rows(document) if re.fullmatch("[0-9]+月[0-9]+日前", row.cells["value"])
    ]
    if not able:
        return None
    path, row = chance.choice(able)
    month = int(row.cells["value"].partition("月")[0])
    document.set_text(Place(path, row.id, "actual"), f"{month + 1}月20日")
    document.set_text(Place(path, row.id, "score"), row.cells["weight"])
    document.set_text(Place(path, row.id, "reason"), chance.choice(REASONS))
    typed_again(document, "score")
    return planted(document, "SE-18", Place(path, row.id, "score"), Place(path, row.id, "actual"))


def _less(weight: Decimal, chance: random.Random) -> str:
    return f"{(weight - chance.choice((1, Decimal('0.5')))).normalize():f}"


def _more(weight: Decimal, chance: random.Random) -> str:
    return f"{(weight + chance.choice((1, 2, Decimal('0.5'), 10))).normalize():f}"


PLANTS = (
    _short_row("SE-06", "short, full points", HIGHER, _full),
    _short_row("SE-06", "short, points by feeling", HIGHER, _roughly),
    _short_row("SE-07", "over the limit, full points", LOWER, _full),
    _short_row("SE-07", "over the limit, points by feeling", LOWER, _roughly),
    _band("部分达成年度指标并具有一定效果", "0.9", "partly met, nine tenths"),
    _band("未达成年度指标且效果较差", "0.7", "not met, seven tenths"),
    _band("部分达成", "1", "partly met, full points"),
    _band("差", "0.85", "the worst grade, met"),
    Plant("SE-11", "short, no reason", "error", _no_reason),
    Plant("SE-11", "the reason removed", "error", _reason_removed),
    Plant("SE-11", "points lost, no reason", "error", _points_lost),
    Plant("SE-12", "far over, no reason", "error", _far_over),
    _result("SE-15", "no result", lambda aim, chance: ""),
    Plant("SE-15", "no points for words", "error", _blank_points),
    _result(
        "SE-16",
        "in words",
        lambda aim, chance: chance.choice(("完成", "已完成", "全部完成", "达到预期", "良好")),
    ),
    _result(
        "SE-16", "about so much", lambda aim, chance: f"超过{aim.target.normalize():f}{aim.unit}", "warning"
    ),
    _result(
        "SE-16",
        "two figures",
        lambda aim, chance: f"上半年{aim.target:f}{aim.unit}，下半年{aim.target:f}{aim.unit}",
    ),
    _result(
        "SE-16",
        "the target again",
        lambda aim, chance: f"{aim.sign}{aim.target:f}{aim.unit}",
        "warning",
        ("≥", ">", "≤", "<", "不少于"),  # =100% again is an exact result
    ),
    _result("SE-16", "and more", lambda aim, chance: f"{aim.target:f}余{aim.unit}", "warning"),
    _result("SE-16", "so much and above", lambda aim, chance: f"{aim.target:f}{aim.unit}以上", "warning"),
    _result("SE-16", "a sentence", lambda aim, chance: "按计划推进，效果较好", "error"),
    _result("SE-16", "another unit", _other_unit, "warning"),
    Plant("SE-16", "a figure for a grade", "warning", _grade_in_figures),
    _points("SE-17", "more than the weight", "error", _more),
    _points("SE-17", "below nothing", "error", lambda weight, chance: chance.choice(("-1", "-0.5"))),
    _points("SE-18", "points lost although met", "hint", _less),
    Plant("SE-18", "late, full points", "error", _late_and_full),
)
