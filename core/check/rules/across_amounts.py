"""AM-15, XF-06: amounts against last year's and against what the 批复 fixed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from core.check.beside.precedent import Precedent, lines_by_key, standing
from core.check.context import Counterpart
from core.check.rule import INDICATORS, CellRule, DocumentRule, Hits, Rule
from core.check.rules.across_matching import same_value, shown
from core.check.rules.amount_reading import POWERS
from core.check.view import RowView, Scene
from core.sheet.compute import Computation
from core.sheet.numbers import parse_number, round_half_up
from core.sheet.places import Place, field_place

TOTALS = ("initial_total", "budget_total", "total_before")
BEFORE = "_before"
INITIAL = ("initial_fiscal", "initial_account", "initial_own", "initial_other")
BASIS = ("use", "goal", "grounds", "summary", "feasibility", "necessity", "notes")
_SELF = "自评"
_TEN_THOUSAND = Decimal(10_000)
_NUMBERED_PAPER = re.compile(r"[〔\[（(【]\s*[0-9]{4}\s*[〕\])）】]\s*第?\s*[0-9]+\s*号")
HUNDRED = Decimal(100)


# AM-15 -------------------------------------------------------------------------------------------------


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


# XF-06 -------------------------------------------------------------------------------------------------


def amount_as_approved(row: RowView, column: str) -> Hits:
    """XF-06: an amount the 批复 fixed is the approved one, or that of an adjustment.

    Where the 批复 has but one amount for all sources, they may be told apart here; their total is the one.
    """
    context, form = row.context, row.scene.form
    if row.table or not context.counterparts:
        return ()
    stage = row.scene.text("stage")
    own = row.number(column)
    if own is None or stage in ("申报", "批复") or (stage == "调整" and not column.endswith(BEFORE)):
        return ()
    bound = list(_bound(column, standing(context, form, stage)))
    if not bound or any(_same_amount(own, amount, row) for _, amount in bound):
        return ()
    source, approved = bound[-1]
    place = source.source(row.place(column))
    total = _total_beside(row, column) if place is not None and _is_whole(source, place) else None
    if total is not None and any(_same_amount(total, amount, row) for _, amount in bound):
        return ()
    case = "unit" if own in (approved * _TEN_THOUSAND, approved / _TEN_THOUSAND) and approved else ""
    alone = total is None or total == own
    hit = row.hit(
        column,
        case=case,
        edits=[row.put(column, source.document.field(column))] if source.document and alone else [],
        a=own,
        b=approved,
        d=abs(own - approved),
        stage=source.other.document.stage,
    )
    return (hit._replace(elsewhere=(source.written(place),) if place is not None else ()),)


def target_before_as_approved(row: RowView, column: str) -> Hits:
    """XF-06: what an adjustment says an indicator was before is what was approved."""
    context, scene = row.context, row.scene
    if not column.endswith(BEFORE) or not context.counterparts or scene.text("stage") != "调整":
        return ()
    sources = standing(context, scene.form, "调整")
    key = context.words.name(row.text("name")).key
    lines = lines_by_key(sources, scene.form.tables[row.table]).get(key, ()) if sources and key else ()
    values = [(line, line.values[column]) for line in lines if column in line.values]
    own = row.value(column)
    if not values or any(same_value(value, own, context.grammar) for _, value in values):
        return ()
    line, value = values[0]
    text = line.cells.get(column, "")
    edits = [row.put(column, text)] if text else []
    hit = row.hit(column, case="before", edits=edits, typed=row.text(column), before=shown(value))
    return (hit._replace(elsewhere=line.elsewhere(column)),)


def _bound(column: str, sources: Iterable[Precedent]) -> Iterable[tuple[Precedent, Decimal]]:
    for source in sources:
        amount = parse_number(source.document.field(column)) if source.document is not None else None
        if amount is not None:
            yield source, amount


def _is_whole(source: Precedent, place: Place) -> bool:
    """Whether a place of a counterpart is all that its project, or the document, comes to."""
    form = source.other.document.form
    about = form.tables[place.table].about if place.table else form.about
    return place.column == about.amount


def _total_beside(row: RowView, column: str) -> Decimal | None:
    """The total of the amounts that stand beside one: initial_total of initial_fiscal."""
    for total in TOTALS:
        before, _, behind = total.partition("total")
        if column.startswith(before) and column.endswith(behind) and row.scene.form.fields.get(total):
            return row.scene.number(total)
    return None


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
    if any(tuple(amount_as_approved(scene.fields, name)) for name in INITIAL if scene.text(name)):
        return ()  # what the year began with is wrong already
    if not change or _NUMBERED_PAPER.search(scene.text("rate_reason")):
        return ()
    return (scene.hit("budget_total", "initial_total", case="record", a=before, b=after, d=change),)


_WITH = ("counterparts",)
RULES: tuple[Rule, ...] = (
    DocumentRule(
        "AM-15", change_since_last_year, reads=("about.amount",), also=("stage", *BASIS), context=_WITH
    ),
    CellRule("XF-06", amount_as_approved, kinds=("money",), fields=("stage", *TOTALS), context=_WITH),
    CellRule(
        "XF-06",
        target_before_as_approved,
        kinds=("text", "value"),
        role=INDICATORS,
        also=("name",),
        context=_WITH,
        fields=("stage",),
    ),
    DocumentRule(
        "XF-06",
        change_has_a_record,
        reads=("initial_total", "budget_total", "stage"),
        also=("rate_reason", "initial_carry", "budget_carry", *INITIAL),
        context=_WITH,
    ),
)
