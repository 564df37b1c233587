"""Weights and points (权重与分值): WT, and SE-23, which asks the same of self-evaluations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from core.check.rule import INDICATORS, CellRule, DocumentRule, Hits, Rule, TableRule
from core.check.rules.level_names import COST, EFFECT, SATISFACTION
from core.check.rules.points import written
from core.check.rules.values_row import NAME_SORT, VALUE_SORT
from core.check.view import RowView, Scene, TableView
from core.sheet.edits import SetText
from core.sheet.numbers import decimals_of, is_unfinished_number, parse_number

_CLOSING = ("）", ")")
PAIR = 2
"""A level of so few indicators has one above half of it as a matter of course."""
_BARELY = Decimal("0.5")
"""What makes at least a limit more than a share: half a hundredth of a point, in hundredths."""
_POINTS = re.compile(r"[（(]\s*([0-9]{1,3}(?:\.[0-9]{1,2})?)\s*分?\s*[）)]\s*$")


class Weighed(NamedTuple):
    """A row's level and its weight."""

    level: str
    weight: Decimal


# WT-01: all weights together ------------------------------------------------------------------------


def _weight(row: RowView) -> tuple[Decimal | None]:
    """Give a row's weight, None when there is none or none that WT-03 lets stand."""
    known: tuple[Decimal | None] | None = row.memo.get("weight")
    if known is None:
        number = row.number("weight")
        known = (number if number is not None and _stands(number) else None,)
        row.keep("weight", ("weight",), known)
    return known


def _stands(number: Decimal) -> bool:
    return number > 0 and decimals_of(number.normalize()) <= 2


def _total(table: TableView) -> Hits:
    weights = [weight for _, (weight,) in table.facts if weight is not None]
    total, wanted = sum(weights, Decimal(0)), table.settings["weight_total"]
    if not weights or total == wanted:
        return ()
    if len(weights) < len(table.facts) and total < wanted:
        return ()  # a weight is missing, and WT-03 says which
    other = total in table.scene.offers.get("weight_total", ())
    places = [row.place("weight") for row, (weight,) in table.facts if weight is not None]
    params: dict[str, Any] = {
        "a": written(total),
        "b": written(Decimal(wanted)),
        "d": written(abs(total - wanted)),
    }
    if other:
        params["choose"] = ("weight_total", total)
    return (table.hit(*places, case="other" if other else "", waiting=total < wanted, **params),)


# WT-02: the weights of each first level --------------------------------------------------------------


def _weighed(row: RowView) -> Weighed | None:
    number = row.number("weight")
    return None if number is None else Weighed(row.level1, number)


def _sums(facts: Iterable[tuple[RowView, Weighed]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for _, fact in facts:
        found[fact.level] = found.get(fact.level, Decimal(0)) + fact.weight
    return found


def _usual(table: TableView, levels: Iterable[str]) -> dict[str, Decimal]:
    """Give the usual points of each first level; those of 满意度 go to 效益 where it is not measured."""
    name = "level_split_cost" if COST in levels else "level_split"
    usual = {level: Decimal(points) for level, points in table.settings[name]}
    if SATISFACTION in usual and EFFECT in usual and SATISFACTION not in levels:
        usual[EFFECT] += usual.pop(SATISFACTION)
    return usual


def _split(table: TableView) -> Hits:
    total = sum([fact.weight for _, fact in table.facts], Decimal(0))
    if total != table.settings["weight_total"]:
        return ()  # WT-01 speaks
    given = _sums(table.facts)
    usual = _usual(table, given)
    if total != sum(usual.values()) or not set(given) <= set(usual):
        return ()  # the levels are others than those the rule is about
    odd = [level for level, points in usual.items() if given.get(level, 0) != points]
    if not odd:
        return ()
    places = [row.place("weight") for row, fact in table.facts if fact.level in odd]
    places = places or [row.place("weight") for row, _ in table.facts[-1:]]
    now = "、".join(f"{level.removesuffix('指标')}{written(given.get(level, Decimal(0)))}" for level in usual)
    mostly = "、".join(f"{level.removesuffix('指标')}{written(points)}" for level, points in usual.items())
    return (table.hit(*places, now=now, usual=mostly),)


# WT-03: each weight ------------------------------------------------------------------------------------


def _is_a_weight(row: RowView, column: str) -> Hits:
    text = row.text(column)
    number = parse_number(text)
    if number is None:
        return (row.hit(column, case="unreadable", unfinished=is_unfinished_number(text), v=text),)
    if number <= 0:
        return (row.hit(column, case="nothing", unfinished=text in ("0", "0."), v=text),)
    return (row.hit(column, case="decimals", v=text),) if decimals_of(number.normalize()) > 2 else ()


# WT-04, SE-23: points that the names of levels state ----------------------------------------------------


class Stated(NamedTuple):
    """A row's levels as typed, the points they state, and its weight."""

    levels: tuple[str, str]
    points: tuple[Decimal | None, Decimal | None]
    weight: Decimal | None


def _stated(row: RowView) -> Stated | None:
    known: tuple[Stated | None] | None = row.memo.get("stated")
    if known is None:
        known = (_read_stated(row),)
        row.keep("stated", ("level1", "level2", "weight"), known)
    return known[0]


def _read_stated(row: RowView) -> Stated | None:
    texts = row.text("level1").strip(), row.text("level2").strip()
    if not texts[0].endswith(_CLOSING) and not texts[1].endswith(_CLOSING):
        return None
    points = _points_of(texts[0]), _points_of(texts[1])
    return None if points == (None, None) else Stated(texts, points, row.number("weight"))


def _points_of(text: str) -> Decimal | None:
    found = _POINTS.search(text)
    return Decimal(found[1]) if found else None


def _as_stated(table: TableView, *, scored: bool) -> Hits:
    columns = table.scene.form.tables[table.tables[0]].columns
    if ("score" in columns) is not scored:
        return ()
    groups: dict[tuple[str, ...], list[tuple[RowView, Stated]]] = {}
    for row, fact in table.facts:
        for depth, points in enumerate(fact.points, start=1):
            if points is not None:
                groups.setdefault(fact.levels[:depth], []).append((row, fact))
    return [hit for path, rows in groups.items() for hit in _against(table, path, rows)]


def _against(table: TableView, path: tuple[str, ...], rows: list[tuple[RowView, Stated]]) -> Hits:
    stated = rows[0][1].points[len(path) - 1] or Decimal(0)
    weights = [fact.weight for _, fact in rows if fact.weight is not None]
    total = sum(weights, Decimal(0))
    if not weights or total == stated or (len(weights) < len(rows) and total < stated):
        return ()
    places = [row.place("weight") for row, _ in rows]
    params: dict[str, Any] = {"a": written(total), "b": written(stated), "d": written(abs(total - stated))}
    return (table.hit(*places, waiting=total < stated, parent=path[-1], **params),)


# WT-05: one indicator that weighs too much ---------------------------------------------------------------


def _heavy(table: TableView) -> Hits:
    heaviest, half = table.settings["heaviest_weight"], table.settings["heaviest_share"]
    levels: dict[str, list[Decimal]] = {}
    for _, fact in table.facts:
        levels.setdefault(fact.level, []).append(fact.weight)
    limits = {level: _limit(level, weights, heaviest, half) for level, weights in levels.items()}
    if all(max(weights) < limits[level] for level, weights in levels.items()):
        return ()
    return [
        table.hit(
            row.place("weight"),
            case="" if fact.weight >= heaviest else "most" if len(levels[fact.level]) == PAIR else "half",
            a=written(fact.weight),
            level=fact.level,
            half=str(half),
        )
        for row, fact in table.facts
        if fact.weight >= limits[fact.level]
    ]


def _limit(level: str, weights: list[Decimal], heaviest: Decimal, share: Decimal) -> Decimal:
    """Give from which weight on an indicator of a level is too heavy: the setting, or a share of all.

    Of two indicators one is above half as a matter of course: it may have half of what is left, too.
    """
    if not level or len(weights) < PAIR:
        return heaviest
    if len(weights) == PAIR:
        share = (Decimal(share) + 100) / 2
    return min(Decimal(heaviest), (sum(weights, Decimal(0)) * share + _BARELY) / 100)


# WT-06: the points of the execution rate ---------------------------------------------------------------


def _rate_points(scene: Scene) -> Hits:
    text, wanted = scene.text("rate_weight"), scene.settings["rate_points"]
    if not text or parse_number(text) == wanted:
        return ()
    edit = SetText(scene.place("rate_weight"), text, "" if _is_computed(scene) else str(wanted))
    return (scene.hit("rate_weight", edits=[edit], v=text, b=str(wanted)),)


def _is_computed(scene: Scene) -> bool:
    return bool(scene.form.fields["rate_weight"].compute)


WEIGHED = ("level1", "weight")
BESIDE = ("level2", "name", "value")
RULES: tuple[Rule, ...] = (
    TableRule("WT-01", _weight, _total, ("weight",), ("name", "value"), sorts=(NAME_SORT, VALUE_SORT)),
    TableRule("WT-02", _weighed, _split, WEIGHED),
    CellRule("WT-03", _is_a_weight, kinds=("weight",), role=INDICATORS),
    # Both read the same, so that a row is asked once.
    TableRule(
        "WT-04",
        _stated,
        partial(_as_stated, scored=False),
        WEIGHED,
        ("score", *BESIDE),
        sorts=(NAME_SORT, VALUE_SORT),
    ),
    TableRule("WT-05", _weighed, _heavy, ("weight",), ("level1",)),
    DocumentRule("WT-06", _rate_points, reads=("rate_weight",)),
    TableRule(
        "SE-23",
        _stated,
        partial(_as_stated, scored=True),
        (*WEIGHED, "score"),
        BESIDE,
        sorts=(NAME_SORT, VALUE_SORT),
    ),
)
