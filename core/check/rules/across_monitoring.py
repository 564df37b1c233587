"""XF-07: the 监控 of the middle of the year, by itself and against the 自评 of the whole year."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from core.check.beside.precedent import Line, Precedent, precedent
from core.check.finding import Hit
from core.check.rule import CellRule, DocumentRule, Hits, Rule, TableRule
from core.check.rules.amount_reading import POWERS
from core.check.view import RowView, Scene, TableView
from core.sheet.numbers import parse_number
from core.sheet.values import Kind, Value, plain_unit

_SELF = "自评"
HUNDRED = Decimal(100)


def no_less_than_monitored(row: RowView, column: str) -> Hits:
    """XF-07: what was spent by the end of the year is no less than what the 监控 says was spent."""
    source = _monitored(row.scene) if not row.table else None
    own = row.number(column) if source is not None else None
    place = source.namesake(column) if source is not None else None
    if source is None or own is None or place is None:
        return ()
    other = source.other.document
    amount = parse_number(other.text(place))
    if amount is None:
        return ()
    then = amount.scaleb(POWERS[other.form.money.unit] - POWERS[row.scene.form.money.unit])
    if own >= then:
        return ()
    hit = row.hit(column, a=own, b=then, d=then - own)
    return (hit._replace(elsewhere=(source.written(place),)),)


def _monitored(scene: Scene) -> Precedent | None:
    context = scene.context
    other = context.related("monitored") if context.counterparts else None
    if other is None or scene.text("stage") != _SELF:
        return None
    return precedent(other, scene.form, _SELF, context)


class _Result(NamedTuple):
    """What an indicator came to."""

    name: str
    actual: str


def _result(row: RowView) -> _Result | None:
    name, actual = row.text("name"), row.text("actual")
    return _Result(name, actual) if name and actual else None


def results_no_less_than_monitored(table: TableView) -> Hits:
    """XF-07: a count that was reached by the month of the 监控 is not smaller at the end of the year."""
    source = _monitored(table.scene)
    if source is None:
        return ()
    lines = {line.key: line for line in source.lines(table.tables[0])}
    return tuple(
        hit
        for row, fact in table.facts
        if (line := lines.get(table.context.words.name(fact.name).key)) is not None
        and (hit := _fewer(row, fact, line)) is not None
    )


def _fewer(row: RowView, fact: _Result, line: Line) -> Hit | None:
    grammar = row.context.grammar
    place = line.precedent.other.document.place(line.elsewhere("name")[0].partition("#")[2])
    place = place._replace(column="progress")
    text = line.precedent.other.document.text(place)
    then, now = grammar.parse(text), grammar.parse(fact.actual)
    if not _counted(then) or not _counted(now) or row.value("value").comparison in ("≤", "<"):
        return None
    units = plain_unit(then, grammar), plain_unit(now, grammar)
    before, after = (one.number.scaleb(one.scale) for one in (then, now) if one.number is not None)
    if (all(units) and units[0] != units[1]) or after >= before:
        return None
    hit = row.hit("actual", case="result", typed=fact.actual, before=text)
    return hit._replace(elsewhere=(line.precedent.written(place),))


def _counted(value: Value) -> bool:
    """Whether it is a plain count: shares may well fall."""
    return value.kind is Kind.NUMBER and value.number is not None and not value.is_percent


def red_light_has_measures(scene: Scene) -> Hits:
    """XF-07: far behind the months gone by (红灯), and nothing said about it."""
    rate, month = scene.number("rate"), parse_number(scene.text("month"))
    if rate is None or not month or not 0 < month <= 12:
        return ()
    pace = rate / (month / 12)
    if pace * HUNDRED >= scene.settings["red_light"] or scene.text("funds_reason").strip():
        return ()
    return (scene.hit("funds_reason", "rate", case="red", month=str(month), rate=rate, pace=pace),)


_WITH = ("counterparts",)
RULES: tuple[Rule, ...] = (
    CellRule("XF-07", no_less_than_monitored, kinds=("money",), fields=("stage",), context=_WITH),
    TableRule(
        "XF-07",
        _result,
        results_no_less_than_monitored,
        ("name", "actual"),
        ("value", "operator", "unit"),
        perhaps=("stage",),
        context=_WITH,
    ),
    DocumentRule("XF-07", red_light_has_measures, reads=("rate", "month", "funds_reason")),
)
