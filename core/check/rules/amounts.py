"""Amounts (金额): AM. A form ties its own sums and limits; here is what all forms share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.check.context import Counterpart, name_key
from core.check.rule import CellRule, DocumentRule, Hits, Rule, TableRule
from core.check.rules import amount_sources
from core.check.rules.amount_prose import sums_in_words
from core.check.rules.amount_reading import POWERS, has_comma_behind_point, points_in, read_loosely
from core.check.rules.amount_units import count_or_price, prices_fit_the_budget, prices_matter
from core.check.rules.wording_prose import has_signs
from core.check.view import RowView, Scene
from core.sheet.edits import Edit
from core.sheet.numbers import decimals_of, is_unfinished_number, parse_number, round_half_up
from core.sheet.places import Place, field_place

_TEN_THOUSAND = Decimal(10_000)


def is_an_amount(row: RowView, column: str) -> Hits:
    """AM-11: a filled amount is a number, and not negative unless the form says it may be."""
    text = row.text(column)
    number = parse_number(text)
    if number is None:
        loose = read_loosely(text, row.scene.form.money)
        if loose is not None and _is_wrongly_negative(row, column, loose.plain):
            return (row.hit(column, case="negative", v=text),)
        if loose is not None:
            return ()  # AM-10 speaks
        if (points := points_in(text)) > 1:
            return (row.hit(column, case="points", v=text, points=points),)
        if has_comma_behind_point(text):
            return (row.hit(column, case="comma", v=text),)
        return (row.hit(column, case="unreadable", unfinished=is_unfinished_number(text), v=text),)
    if number < 0 and not row.columns[column].signed:
        return (row.hit(column, case="negative", v=text),)
    return ()


def _is_wrongly_negative(row: RowView, column: str, plain: str) -> bool:
    return plain.startswith("-") and not row.columns[column].signed


def is_plainly_written(row: RowView, column: str) -> Hits:
    """AM-10: full-width figures, blanks, a unit, misplaced or mixed separators, too many decimals.

    The fix writes the same amount plainly; there is none where that would have to guess or round.
    """
    text, money = row.text(column), row.scene.form.money
    number = parse_number(text)
    if number is not None:
        if round_half_up(number, money.decimals) == number:
            return ()
        return (row.hit(column, v=text, decimals=money.decimals),)
    loose = read_loosely(text, money)
    if loose is None or _is_wrongly_negative(row, column, loose.plain):
        return ()
    unfinished = is_unfinished_number(text)
    if loose.perhaps is not None:
        one, other = loose.perhaps
        return (row.hit(column, case="either", v=text, one=one, other=other, unfinished=unfinished),)
    if not loose.plain:
        return (row.hit(column, case="unsure", v=text, unfinished=unfinished),)
    case = "with-unit" if loose.unit else "swapped" if loose.swapped else "loose"
    fits = decimals_of(parse_number(loose.plain) or Decimal(0)) <= money.decimals
    edits = [row.put(column, loose.plain)] if fits else []  # 480元 is no 0.048万元: it is a slip of the unit
    return (row.hit(column, case=case, edits=edits, v=text, written=loose.plain, unfinished=unfinished),)


def has_usual_size(row: RowView, column: str) -> Hits:
    """AM-09: ten thousand times the same item beside it; or so large that 元 must be meant for 万元."""
    money = row.scene.form.money
    number = row.number(column)
    if not number:
        return ()
    for other in SAME_ITEM.get(column, ()):
        beside = row.number(other) if other in row.columns else None
        if not beside or not _NEARLY[0] <= number / beside <= _NEARLY[1]:
            continue
        if number == beside * _TEN_THOUSAND:
            likely = money.unit == "万元" and beside >= 1  # else the other one may be the slip
            edits: list[Edit] = [row.put(column, row.text(other))] if likely else []
            return (row.hit(column, other, case="beside", edits=edits, a=number, b=beside),)
        if beside >= 1:
            edits = _smaller(row, column, number) if money.unit == "万元" else []
            return (row.hit(column, other, case="beside-nearly", edits=edits, a=number, b=beside),)
    if money.unit != "万元":
        return _too_small(row, column, number)
    if abs(number) <= row.settings["largest_wan"]:
        return ()
    smaller = round_half_up(number / _TEN_THOUSAND, money.decimals)
    return (row.hit(column, edits=_smaller(row, column, number), a=number, b=smaller),)


_NEARLY = 5_000, 20_000
"""Between so many times what stands beside it, an amount of one source was typed in the other unit."""


def _smaller(row: RowView, column: str, number: Decimal) -> list[Edit]:
    """Give the edit that writes 元 as 万元, none where that would round."""
    smaller = number / _TEN_THOUSAND
    if round_half_up(smaller, row.scene.form.money.decimals) != smaller:
        return []
    return [row.put(column, f"{smaller.normalize():f}")]


def _too_small(row: RowView, column: str, number: Decimal) -> Hits:
    """A project on a form that counts in 元, so small that it must be 万元."""
    about = row.about
    if row.scene.form.money.unit != "元" or column != about.amount or not (about.name or about.code):
        return ()
    if abs(number) >= row.settings["smallest_yuan_project"]:
        return ()
    larger = number * _TEN_THOUSAND
    return (row.hit(column, case="small-project", unfinished=True, a=number, b=larger),)


STAGES = ("initial_", "budget_", "spent_", "expected_", "mid_", "year_", "")
"""What names of amounts of one source begin with, at the stages of a budget that stand beside each other."""
BEFORE = "_before"
SOURCES = ("fiscal", "carry", "account", "own", "other")
WHOLE = {"amount": "year_fiscal", "year_fiscal": "amount"}
"""The sum of a project, and what of it is the year's money, where a form asks for both."""
BESIDE = (
    *(f"{stage}{source}" for stage in STAGES for source in SOURCES),
    *(f"{source}{BEFORE}" for source in SOURCES),
    "amount",
)


def _same_item(column: str) -> tuple[str, ...]:
    """Give the other columns that may hold an amount of the same source."""
    source = column.removesuffix(BEFORE).rpartition("_")[2]
    stages = (*(f"{stage}{source}" for stage in STAGES), f"{source}{BEFORE}") if source in SOURCES else ()
    others = (*([WHOLE[column]] if column in WHOLE else []), *stages)
    return tuple(other for other in others if other != column)


SAME_ITEM = {column: _same_item(column) for column in BESIDE}


def total_has_usual_size(scene: Scene) -> Hits:
    """AM-09: the total of a whole department on a form that counts in 元, so small that it must be 万元."""
    about = scene.form.about
    total = scene.number("about.amount")
    if scene.form.money.unit != "元" or about.name or about.code or not total:
        return ()
    if abs(total) >= scene.settings["smallest_yuan"]:
        return ()
    return (scene.hit("about.amount", case="small", waiting=True, a=total, b=total * _TEN_THOUSAND),)


def is_like_last_year(row: RowView, column: str) -> Hits:
    """AM-09: an amount against the same item of last year: ten thousand times, or far away."""
    other = row.context.related("last-year")
    number = row.number(column) if other is not None else None
    if other is None or not number or row.columns[column].signed:
        return ()
    place = _last_years(other, row, column)
    last = other.document
    before = parse_number(last.text(place)) if place is not None else None
    if not before or place is None:
        return ()
    unit = POWERS[row.scene.form.money.unit]
    shift = POWERS[last.form.money.unit] - unit
    elsewhere = (f"{other.file}#{last.counted(place)}",)
    earlier = before.scaleb(shift)
    low, high = sorted((abs(number), abs(earlier)))
    params: dict[str, Any] = {
        "a": number,
        "b": earlier,
        "d": abs(number - earlier),
        "year": last.field("year"),
    }
    if high == low * _TEN_THOUSAND:
        edits = [row.put(column, f"{earlier.normalize():f}")]
        return (row.hit(column, case="exactly", edits=edits, **params)._replace(elsewhere=elsewhere),)
    rounding = _TEN_THOUSAND * Decimal(5).scaleb(-row.scene.form.money.decimals - 1)
    if abs(high - low * _TEN_THOUSAND) <= rounding:
        return (row.hit(column, case="nearly", **params)._replace(elsewhere=elsewhere),)
    most, least = row.settings["last_year_most"], row.settings["last_year_least"]
    if abs(number) > abs(earlier) * most or abs(number) < abs(earlier) * least:
        return (row.hit(column, case="far", **params)._replace(elsewhere=elsewhere),)
    return ()


def _last_years(last: Counterpart, row: RowView, column: str) -> Place | None:
    """The place of the same field, or in the row of the same name, in last year's document."""
    field = last.document.form.column(row.table, column)
    if field is None or field.kind != "money":
        return None
    if not row.table:
        return field_place(column)
    found = last.named_rows.get((row.table, name_key(row.text("name"))))
    return Place(row.table, found.id, column) if found is not None else None


MONEY = ("money",)
RULES: tuple[Rule, ...] = (
    CellRule("AM-08", sums_in_words, kinds=("text",), when=has_signs),
    CellRule("AM-09", has_usual_size, kinds=MONEY, also=BESIDE),
    DocumentRule("AM-09", total_has_usual_size, reads=("about.amount",)),
    CellRule("AM-09", is_like_last_year, kinds=MONEY, also=("name",), context=("counterparts",)),
    CellRule("AM-10", is_plainly_written, kinds=MONEY),
    CellRule("AM-11", is_an_amount, kinds=MONEY),
    TableRule(
        "AM-14",
        count_or_price,
        prices_fit_the_budget,
        columns=("value",),
        also=("name", "level1", "level2"),
        fields=("about.amount",),
        by_change=True,
        matters=prices_matter,
    ),
    *amount_sources.RULES,
)
