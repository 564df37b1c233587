"""AM-15, XF-03, XF-06, XF-07, XF-09: facts, amounts and points along the chain from 申报 to 自评."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from core.check.context import Counterpart, name_key
from core.check.finding import Hit
from core.check.precedent import Line, Precedent, precedent, standing
from core.check.rule import CellRule, DocumentRule, Hits, Rule, TableRule
from core.check.rules.amount_reading import POWERS
from core.check.rules.points import written
from core.check.rules.scores_look import shown_total
from core.check.view import RowView, Scene, TableView
from core.sheet.compute import Computation
from core.sheet.edits import SetText
from core.sheet.numbers import parse_number, round_half_up
from core.sheet.places import field_place
from core.sheet.values import Kind, Value, plain_unit

CHAIN = ("approved", "adjusted", "declared", "monitored")
"""The relations along which unit, year and project stay the same."""
_SELF = "自评"
_TEN_THOUSAND = Decimal(10_000)
_NUMBERED_PAPER = re.compile(r"[〔\[（(【]\s*[0-9]{4}\s*[〕\])）】]\s*第?\s*[0-9]+\s*号")
HUNDRED = Decimal(100)


# XF-03 ---------------------------------------------------------------------------------------------------


def same_unit_year_and_project(scene: Scene) -> Hits:
    """XF-03: year, unit and project code are those of the documents it goes back to; each told once."""
    chain = [one for one in scene.context.counterparts if one.relation in CHAIN]
    hits = []
    for case, name in (
        ("year", "year"),
        ("code", "unit.code"),
        ("name", "unit.name"),
        ("project", "about.code"),
    ):
        own = scene.text(name) if scene.name_of(name) else ""
        wrong = [one for one in chain if own and _differs(case, own, _fact(one, name))]
        if wrong:
            hits.append(_unlike(scene, case, name, wrong))
    return hits


def _unlike(scene: Scene, case: str, name: str, wrong: list[Counterpart]) -> Hit:
    own, first = scene.text(name), wrong[0]
    other = _fact(first, name)
    hit = scene.hit(
        name,
        case=case,
        edits=[SetText(scene.place(name), own, other)],
        typed=own,
        before=other,
        stage=first.document.stage,
    )
    return hit._replace(elsewhere=tuple(f"{one.file}#{_name_in(one, name)}" for one in wrong))


def _name_in(one: Counterpart, name: str) -> str:
    return one.document.form.about.code if name == "about.code" else name


def _fact(one: Counterpart, name: str) -> str:
    if name == "about.code":
        return one.document.project_code
    return one.document.field(name)


def _differs(case: str, own: str, other: str) -> bool:
    """Whether two facts are both there and not the same; a name may be the other with something added."""
    first, second = name_key(own), name_key(other)
    if not first or not second:
        return False
    return first not in second and second not in first if case == "name" else first != second


# AM-15 ---------------------------------------------------------------------------------------------------


def change_since_last_year(scene: Scene) -> Hits:
    """AM-15: the whole amount is far from last year's, and no text says what it was worked out from.

    A form with its own column for last year is asked there, item by item; what is out of all proportion is
    left to AM-09.
    """
    last = scene.context.related("last-year")
    now = scene.number("about.amount")
    if last is None or now is None or scene.text("stage") != "申报" or _has_own_column(scene):
        return ()
    about, old = last.document.form.about.amount, last.document
    then = _number_in(last, about) if about else None
    if not then or then < 0:
        return ()
    before = then.scaleb(POWERS[old.form.money.unit] - POWERS[scene.form.money.unit])
    change, settings = (now - before) / before, scene.settings
    far = now > before * settings["last_year_most"] or now < before * settings["last_year_least"]
    if far or abs(change) * HUNDRED <= settings["change_explained"]:
        return ()
    texts = [scene.text(name) for name in BASIS if name in scene.form.fields]
    if any(word in text for word in settings["basis_words"] for text in texts):
        return ()
    case = "" if change > 0 else "less"
    hit = scene.hit("about.amount", case=case, waiting=True, a=before, b=now, p=abs(change))
    return (hit._replace(elsewhere=(f"{last.file}#{about}",)),)


def _has_own_column(scene: Scene) -> bool:
    return any("last_year" in table.columns for table in scene.form.tables.values())


def _number_in(other: Counterpart, name: str) -> Decimal | None:
    """The number of a field of a counterpart, typed or computed."""
    if "computed" not in other.memo:
        other.memo["computed"] = Computation(other.document)
    computation: Computation = other.memo["computed"]
    return computation.number(field_place(name))


# XF-06 ---------------------------------------------------------------------------------------------------


def amount_as_approved(row: RowView, column: str) -> Hits:
    """XF-06: an amount the 批复 fixed is the approved one, or that of an adjustment."""
    context, form = row.context, row.scene.form
    if row.table or not context.counterparts:
        return ()
    stage = row.scene.text("stage")
    own = row.number(column)
    if own is None or stage in ("申报", "批复") or (stage == "调整" and not column.endswith("_before")):
        return ()
    binding = list(_bound(column, standing(context, form, stage)))
    if not binding or any(_same_amount(own, amount, row) for _, amount in binding):
        return ()
    source, approved = binding[-1]
    case = "unit" if own in (approved * _TEN_THOUSAND, approved / _TEN_THOUSAND) and approved else ""
    place = source.source(row.place(column))
    hit = row.hit(
        column,
        case=case,
        edits=[row.put(column, source.document.field(column))] if source.document is not None else [],
        a=own,
        b=approved,
        d=abs(own - approved),
        stage=source.other.document.stage,
    )
    return (hit._replace(elsewhere=(source.written(place),) if place is not None else ()),)


def _bound(column: str, sources: Iterable[Precedent]) -> Iterable[tuple[Precedent, Decimal]]:
    for source in sources:
        amount = parse_number(source.document.field(column)) if source.document is not None else None
        if amount is not None:
            yield source, amount


def _same_amount(own: Decimal, other: Decimal, row: RowView) -> bool:
    decimals = row.scene.form.money.decimals
    return round_half_up(own, decimals) == round_half_up(other, decimals)


def change_has_a_record(scene: Scene) -> Hits:
    """XF-06: a budget changed during the year goes with the adjustment that allowed it, or names its 文号."""
    context = scene.context
    if context.related("approved") is None or context.related("adjusted") is not None:
        return ()
    before, after = scene.number("initial_total"), scene.number("budget_total")
    if scene.text("stage") != _SELF or before is None or after is None:
        return ()
    change = after - before - (scene.number("budget_carry") or 0) + (scene.number("initial_carry") or 0)
    if not change or _NUMBERED_PAPER.search(scene.text("rate_reason")):
        return ()
    return (scene.hit("budget_total", "initial_total", case="record", a=before, b=after, d=change),)


# XF-07 ---------------------------------------------------------------------------------------------------


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


# XF-09 ---------------------------------------------------------------------------------------------------


def near_the_evaluation(scene: Scene) -> Hits:
    """XF-09: the points a unit gives itself against those of the evaluation the bureau has on its list."""
    found = _evaluated(scene)
    own = shown_total(scene.text("total_score"), scene.number("total_score"))
    if found is None or own is None or own - found <= scene.settings["score_gap"]:
        return ()
    return (scene.hit("total_score", a=written(own), b=written(found), d=written(own - found)),)


def _evaluated(scene: Scene) -> Decimal | None:
    """Give the points on the list beside the project's code or name, else (of no project) the unit's."""
    about = scene.form.about
    is_project = bool(about.code or about.name)
    names = ("about.code", "about.name") if is_project else ("unit.code", "unit.name")
    own = {name_key(scene.text(name)) for name in names if scene.name_of(name)} - {""}
    for entry in scene.settings["evaluated_scores"]:
        if len(entry) == 2 and name_key(str(entry[0])) in own:
            points: Any = entry[1]
            return Decimal(points) if isinstance(points, int | Decimal) else parse_number(str(points))
    return None


MONEY = ("money",)
BASIS = ("use", "goal", "grounds", "summary", "feasibility", "necessity", "notes")
_WITH = ("counterparts",)
RULES: tuple[Rule, ...] = (
    DocumentRule(
        "AM-15", change_since_last_year, reads=("about.amount",), also=("stage", *BASIS), context=_WITH
    ),
    DocumentRule(
        "XF-03",
        same_unit_year_and_project,
        reads=("year",),
        also=("unit.name", "unit.code", "about.code"),
        context=_WITH,
    ),
    CellRule("XF-06", amount_as_approved, kinds=MONEY, fields=("stage",), context=_WITH),
    DocumentRule(
        "XF-06",
        change_has_a_record,
        reads=("initial_total", "budget_total", "stage"),
        also=("rate_reason", "initial_carry", "budget_carry"),
        context=_WITH,
    ),
    CellRule("XF-07", no_less_than_monitored, kinds=MONEY, fields=("stage",), context=_WITH),
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
    DocumentRule(
        "XF-09",
        near_the_evaluation,
        reads=("total_score",),
        also=("about.code", "about.name", "unit.code", "unit.name"),
    ),
)
