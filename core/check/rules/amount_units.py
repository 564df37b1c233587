"""AM-14: a number of things times a cost for each, against the budget."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import NamedTuple

from core.check.rule import Hits
from core.check.rules.amount_reading import POWERS
from core.check.rules.level_names import EFFECT, LEVELS, SATISFACTION
from core.check.rules.logic_costs import is_cost, is_of_the_year
from core.check.view import RowView, TableView
from core.sheet.numbers import round_half_up
from core.sheet.values import Kind, plain_unit


class Measured(NamedTuple):
    """A number of things (12个), or what each costs in 元 (50000元/个); ``of`` is what its name is about."""

    of: str
    text: str
    number: Decimal
    each: str
    price: bool
    exact: bool


_EFFECTS = (EFFECT, SATISFACTION)
_COSTING = re.compile(
    "(?:人次|[人户亩生场次村件])均|每生|平均|均|每|单(?:位|价)?|成本|标准|公用|经费|资金|费用?|造价|价格?|补[助贴]"
    "|津贴|工资|薪酬|报酬|金额|水平|投资|投入|支出|控制数?|建设|购置|[年月]"
)
"""What a name says of costing; the rest is what is paid for (每公里县道养护成本: 县道养护)."""
_GAINS = re.compile("增收|收入|收益|产值|利润|节约|节省|减少|挽回|增加值|效益")


def _is_an_effect(row: RowView) -> bool:
    """Whether a row tells what comes of the money, not what it buys (户均增收 is no price)."""
    return _stands_under_effects(row) or _GAINS.search(row.text("name")) is not None


def _stands_under_effects(row: RowView) -> bool:
    known: bool | None = row.memo.get("under effects")
    if known is None:
        level = row.context.levels.find(row.level2, 2)
        parents = level.parents if level is not None else ()
        known = row.level1 in _EFFECTS or (parents != () and set(parents) <= set(_EFFECTS))
        row.keep("under effects", LEVELS, known)
    return known


def count_or_price(row: RowView) -> Measured | None:
    """Give an indicator's number of things or cost for each, None when it is neither."""
    known: tuple[Measured | None] | None = row.memo.get("measured")
    if known is None:
        known = (_measured(row),)
        row.keep("measured", ("value", *(row.parts or ())), known)
    measured = known[0]
    if measured is None or _is_an_effect(row):
        return None
    name = row.text("name")
    if measured.price and measured.each == "个月" and is_cost(row, row.context.words.name(name).core):
        return None  # IX-11 tells of ceilings for a month
    return measured._replace(of=_paid_for(name, measured.each) if measured.price else name)


def _measured(row: RowView) -> Measured | None:
    """Give what the value alone says: a number of things, or the cost of one."""
    value = row.value("value")
    if value.kind is not Kind.NUMBER or value.number is None or not value.unit_name or value.is_percent:
        return None
    number, unit = value.number.scaleb(value.scale), plain_unit(value, row.context.grammar)
    money, slash, each = unit.partition("/")
    exact = value.comparison in ("", "=") and not value.is_vague
    if slash and money == "元" and each and "/" not in each:
        return Measured("", value.text, number, each, True, exact)
    return None if slash or unit == "元" else Measured("", value.text, number, unit, False, exact)


def _paid_for(name: str, each: str) -> str:
    return _COSTING.sub("", name.replace(each, "", 1))


def _likeness(price: Measured, count: Measured) -> int:
    """How much of what a cost is for is in the name of what is counted: 县道 are not all 农村公路."""
    of = price.of
    return sum(of[at : at + 2] in count.of for at in range(len(of) - 1))


def _paid(price: Measured, counts: list[tuple[RowView, Measured]]) -> tuple[RowView, Measured] | None:
    """Give what a cost is paid for: the one count in its unit, or of several the one named most like it.

    A name without things (单位成本) fits the only count.
    """
    likeness = [_likeness(price, count) for _, count in counts]
    most = max(likeness, default=0)
    if len(counts) > 1:
        return counts[likeness.index(most)] if most > 1 and likeness.count(most) == 1 else None
    return counts[0] if counts and (most or len(price.of) < 2) else None


class _Prices(NamedTuple):
    """The rows that tell a price, and of them those that alone tell one for their thing."""

    rows: frozenset[tuple[str, str]]
    single: dict[tuple[str, str], tuple[RowView, Measured]]


def prices_matter(table: TableView, row: RowView, fact: Measured | None) -> bool:
    """Whether a row's new number may make a difference: a price always, a number of things beside one."""
    known: _Prices | None = table.memo.get("prices")
    if known is None or known.single or row.key in known.rows:
        return True
    return fact is not None and fact.price


def _single_prices(table: TableView) -> dict[tuple[str, str], tuple[RowView, Measured]]:
    """Give the prices of which each is the only one for its thing; looked for again when a price changed."""
    known: _Prices | None = table.memo.get("prices")
    if known is not None:
        for key, (_, fact) in table.changed.items():
            if key in known.rows or (fact is not None and fact.price):
                break
        else:
            return known.single
    prices = [(row, fact) for row, fact in table.facts if fact.price]
    times = Counter(fact.each for _, fact in prices)
    single = {row.key: (row, fact) for row, fact in prices if times[fact.each] == 1}
    table.memo["prices"] = _Prices(frozenset(row.key for row, _ in prices), single)
    return single


def prices_fit_the_budget(table: TableView) -> Hits:
    """AM-14: Σ number × cost is within the budget; on a project's form with = signs it is the budget."""
    prices = _single_prices(table)
    if not prices or not is_of_the_year(table):
        return ()
    budget = table.number("about.amount")
    if budget is None:
        return ()
    pairs = []
    for row, price in prices.values():
        counts = [one for one in table.facts if not one[1].price and one[1].each == price.each]
        paid = _paid(price, counts)
        if paid is not None:
            pairs.append((row, price, *paid))
    if not pairs:
        return ()
    yuan = sum((price.number * count.number for _, price, _, count in pairs), Decimal(0))
    money = table.scene.form.money
    total = yuan.scaleb(-POWERS[money.unit])
    over = round_half_up(total - budget, money.decimals)
    exact = table.is_project and all(one.exact and two.exact for _, one, _, two in pairs)
    if over <= 0 and not (exact and over):
        return ()
    places = [one.place("value") for row, _, other, _ in pairs for one in (other, row)]
    worked = "、".join(f"{count.text}×{price.text}" for _, price, _, count in pairs)
    return (table.hit(*places, worked=worked, a=total, b=budget, d=abs(over)),)
