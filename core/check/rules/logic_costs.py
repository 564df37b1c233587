"""IX-11: ceilings of cost against the budget they are a part of."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from core.check.finding import Hit
from core.check.rule import Hits, TableRule
from core.check.rules.amount_reading import POWERS
from core.check.rules.level_names import COST, ECOLOGICAL_COST, SOCIAL_COST
from core.check.rules.values_row import ALSO, joined_with, look, shown
from core.check.view import RowView, TableView
from core.sheet.edits import Edit, SetText
from core.sheet.numbers import decimals_of
from core.sheet.places import Place
from core.sheet.values import Value

OWN_YEAR = "indicators"
"""What every form calls the table of the budget year's indicators."""
_GAP = "\n"
_CEILINGS = ("≤", "<", "=", "")
_MONTHLY = ("元/月", "元/个月")


class Ceiling(NamedTuple):
    """One row: what may be spent, in 元, for the whole, a part or a month; or a number of months."""

    sort: str
    yuan: Decimal
    step: Decimal
    """What the last digit typed is worth, in 元."""
    typed: str
    columns: tuple[str, ...]
    texts: tuple[str, ...]
    """The texts of these columns."""
    around: tuple[str, str]
    """What stands before and behind the number in a cell."""
    scale: int
    """The power of ten of its unit, in 元."""


def _ceiling(row: RowView) -> Ceiling | None:
    seen = row.seen or look(row)
    for measure in seen.numbers:
        value = measure.value
        if value.number is None or "value" not in measure.columns or measure.sign not in _CEILINGS:
            continue
        sort = _sort(row, value)
        if sort:
            step = Decimal(1).scaleb(value.scale - decimals_of(value.number))
            before, _, behind = joined_with(value, value.comparison, digits=_GAP).partition(_GAP)
            return Ceiling(
                sort,
                value.number.scaleb(value.scale),
                step,
                shown(measure),
                measure.columns,
                tuple(row.text(column) for column in measure.columns),
                (before, behind) if value.cells is None else ("", ""),
                value.scale,
            )
    return None


def _sort(row: RowView, value: Value) -> str:
    unit = value.unit_name
    if unit in ("个月", "月"):
        return "months"
    if not unit.endswith(("元", *_MONTHLY)):
        return ""
    core, words = (row.seen or look(row)).name.core, row.context.words
    by_month = words.first_of("whole", core, "by_month")
    if not is_cost(row, core.replace(by_month, "") if by_month else core):
        return ""
    if by_month or unit.endswith(_MONTHLY) or (value.lead is not None and value.lead.canonical == "每月"):
        return "monthly"
    if "/" in unit or value.lead is not None:
        return ""
    return "whole" if words.first_of("whole", core) else "part"


def is_cost(row: RowView, core: str) -> bool:
    """Whether a row is about money that is spent on the whole or a part, and not on one of many."""
    if row.context.words.first_of("whole", core, "except"):
        return False
    if row.level2 in (SOCIAL_COST, ECOLOGICAL_COST):
        return False
    if not row.has("level2") and row.context.words.first_of("whole", core):
        return True  # 项目总投资, on a form that prints no levels
    return row.level1 == COST or "成本" in row.level2 or "成本" in core


def is_of_the_year(table: TableView) -> bool:
    """Whether a table holds the budget year's indicators, and not those of a longer time beside it."""
    names = [path.rpartition(".")[2] for path in table.scene.form.tables]
    return OWN_YEAR not in names or table.tables[0].rpartition(".")[2] == OWN_YEAR


def _against_budget(table: TableView) -> Hits:
    if not is_of_the_year(table):
        return ()  # their budget is another
    money = table.scene.form.money
    budget = table.number("about.amount")
    if budget is None or budget <= 0:
        return ()
    yuan = budget.scaleb(POWERS[money.unit])
    by_sort: dict[str, list[tuple[RowView, Ceiling]]] = {}
    for row, fact in table.facts:
        by_sort.setdefault(fact.sort, []).append((row, fact))
    whole, parts = by_sort.get("whole", []), by_sort.get("part", [])
    hits = list(_monthly(table, by_sort, yuan))
    rows = whole if len(whole) == 1 else [] if whole else parts
    if not rows:
        return hits
    total = sum((fact.yuan for _, fact in rows), Decimal(0))
    case = _case(table, total, yuan, rows[0][1] if whole else None)
    if case is not None:
        hits.append(_hit(table, rows, case, total, budget))
    return hits


def _case(table: TableView, total: Decimal, budget: Decimal, whole: Ceiling | None) -> str | None:
    """The case in which ceilings do not fit a budget, None when they do."""
    if total == budget:
        return None
    if whole is not None and abs(total - budget) < whole.step and budget.quantize(whole.step) != budget:
        return "rounded"
    if total > budget:
        return ""
    share: Decimal = table.settings["cost_share_low"]
    low = whole is not None and table.is_project and total * 100 < budget * share
    return "low" if low else None


def _monthly(table: TableView, by_sort: dict[str, list[tuple[RowView, Ceiling]]], budget: Decimal) -> Hits:
    """A ceiling for a month, over the months another indicator names."""
    monthly, months = by_sort.get("monthly", []), by_sort.get("months", [])
    if len(monthly) != 1 or len(months) != 1:
        return
    total = monthly[0][1].yuan * months[0][1].yuan
    if total > budget:
        unit = POWERS[table.scene.form.money.unit]
        yield _hit(table, [*monthly, *months], "monthly", total, budget.scaleb(-unit))


def _hit(
    table: TableView, rows: list[tuple[RowView, Ceiling]], case: str, yuan: Decimal, budget: Decimal
) -> Hit:
    places: list[Place] = [row.place(column) for row, fact in rows for column in fact.columns]
    total = yuan.scaleb(-POWERS[table.scene.form.money.unit])
    typed = "、".join(fact.typed for _, fact in rows)
    share = str(table.settings["cost_share_low"])
    edits: list[Edit] = []
    if case == "rounded":
        edits = _unrounded(*rows[0], budget.scaleb(POWERS[table.scene.form.money.unit]))
    difference = abs(total - budget)
    return table.hit(
        *places, case=case, edits=edits, typed=typed, a=total, b=budget, d=difference, share=share
    )


def _unrounded(row: RowView, fact: Ceiling, budget: Decimal) -> list[Edit]:
    """Give the edits that put the whole budget, in 元, in place of a rounded ceiling."""
    before, behind = fact.around
    text = f"{before}{budget.scaleb(-fact.scale).normalize():f}{behind}"
    cells = zip(fact.columns, fact.texts, strict=True)
    return [SetText(row.place(column), old, text) for column, old in cells]


RULES = (
    TableRule(
        "IX-11", _ceiling, _against_budget, ("name", "value"), (*ALSO, "level1", "level2"), ("about.amount",)
    ),
)
