"""Mistakes in amounts (金额): AM. AM-12 compares documents and is planted with those that do."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from decimal import Decimal

from bench.accuracy.figures import like, mistyped, number, own, transposed, typed_again
from bench.accuracy.planting import Plant, Planted, planted, put, put_field, spots
from core.sheet.compute import Computation
from core.sheet.document import Document
from core.sheet.places import Place, field_place

Mistype = Callable[[str, random.Random], str]
EXPENSES = ("basic_expense", "project_expense", "special_funds", "other_expense")
INCOMES = ("fiscal_income", "other_income")
LEVELS = ("own_level", "transfer")


def _places(names: Iterable[str]) -> list[Place]:
    return [field_place(name) for name in names]


# AM-01, AM-02: what goes out, what comes in, and between levels ---------------


def _one_mistyped(check: str, names: tuple[str, ...], near: tuple[str, ...], mistype: Mistype) -> Plant:
    def put_it(document: Document, chance: random.Random) -> Planted | None:
        able = [name for name in names if number(document, field_place(name))]
        if not able or "expense_total" not in document.form.fields:
            return None
        name = chance.choice(able)
        put_field(document, name, mistype(document.field(name), chance))
        return planted(document, check, *_places(near))

    return Plant(check, f"one of {names[0]} … {mistype.__name__}", "error", put_it)


def _part_forgotten(document: Document, chance: random.Random) -> Planted | None:
    """One of the four sorts of expense is left at nothing."""
    able = [name for name in EXPENSES if number(document, field_place(name))]
    if not able:
        return None
    put_field(document, chance.choice(able), chance.choice(("0", "0.00")))
    return planted(document, "AM-01", *_places((*EXPENSES, *INCOMES)))


def _transfer_beside_own(document: Document, chance: random.Random) -> Planted | None:
    """对下转移支付 is filled in and 区本级 not lowered."""
    if not number(document, field_place("own_level")) or number(document, field_place("transfer")):
        return None
    put_field(document, "transfer", chance.choice(("120.00", "86.50", "300")))
    return planted(document, "AM-02", *_places(LEVELS))


def _expense_and_level(document: Document, chance: random.Random) -> Planted | None:
    """Two slips: one among the expenses, one between levels."""
    first = _one_mistyped("AM-01", EXPENSES, EXPENSES, transposed).put(document, chance)
    second = _one_mistyped("AM-02", LEVELS, LEVELS, mistyped).put(document, chance)
    return None if first is None else second


# AM-03 to AM-05, AM-08: a total typed, and not the sum ------------------------


def _in_wan(text: str, chance: random.Random) -> str:
    """元 asked for, 万元 typed."""
    figure = Decimal(text.replace(",", ""))
    return f"{figure / 10_000:.2f}"


def _nothing(text: str, chance: random.Random) -> str:
    return chance.choice(("0", "0.00"))


def _total(
    check: str, forms: tuple[str, ...], names: tuple[str, ...], mistype: Mistype, severity: str = "error"
) -> Plant:
    """Make a plant that types a computed total, wrongly."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        form = document.form
        if form.form not in forms:
            return None
        able = [name for name in names if form.fields.get(name) is not None and own(document, name)]
        able = [name for name in able if any(char in "123456789" for char in own(document, name))]
        if not able:
            return None
        name = chance.choice(able)
        return planted(document, check, put_field(document, name, mistype(own(document, name), chance)))

    return Plant(check, f"total typed, {mistype.__name__.strip('_')}, {'/'.join(forms)}", severity, put_it)


def _part_left_out(check: str, sums: dict[str, tuple[str, ...]]) -> Plant:
    """Make a plant whose total forgets one of its parts."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        fits = []
        for total, parts in sums.items():
            if total not in document.form.fields:
                continue
            filled = [name for name in parts if number(document, field_place(name))]
            if len(filled) > 1:
                fits.append((total, filled))
        if not fits:
            return None
        total, filled = chance.choice(fits)
        kept = [name for name in filled if name != chance.choice(filled)] or filled[:1]
        text = document.field(filled[0])
        put_field(document, total, "")
        figure = sum((number(document, field_place(name)) or Decimal(0) for name in kept[:1]), Decimal(0))
        return planted(document, check, put_field(document, total, like(text, figure)))

    return Plant(check, "total without one of its parts", "error", put_it)


AM05 = {
    "budget": ("fiscal", "other"),
    "total": ("fiscal", "own", "other"),
    "year_total": ("year_fiscal", "year_other"),
    "mid_total": ("mid_fiscal", "mid_other"),
    "total_before": ("fiscal_before", "other_before"),
}
AM05_FORMS = ("hb-proj", "mof-proj", "tr", "adjust", "hun-proj")
AM04 = {
    "basic_total": ("basic_fiscal", "basic_account", "basic_own"),
    "project_total": ("project_fiscal", "project_account", "project_own"),
    "initial_total": ("initial_fiscal", "initial_account", "initial_own", "initial_other"),
    "budget_total": ("budget_fiscal", "budget_account", "budget_own", "budget_other"),
    "spent_total": ("spent_fiscal", "spent_account", "spent_own", "spent_other"),
}


def _only_in(plant: Plant, forms: tuple[str, ...]) -> Plant:
    def put_it(document: Document, chance: random.Random) -> Planted | None:
        return plant.put(document, chance) if document.form.form in forms else None

    return plant._replace(put=put_it)


def _task_total(document: Document, chance: random.Random) -> Planted | None:
    """总额 of a task typed, and not 财政拨款 plus 其他资金."""
    column = document.form.column("tasks", "funds")
    if column is None or not column.compute:
        return None
    row = chance.choice(document.rows("tasks"))
    place = Place("tasks", row.id, "funds")
    figure = Computation(document).value(place)
    if not figure:
        return None
    return planted(document, "AM-05", put(document, place, transposed(f"{figure:.2f}", chance)))


# AM-06, AM-07: the term and the tasks


def _year_above_term(document: Document, chance: random.Random) -> Planted | None:
    """The year's money is more than the whole term's: the two columns exchanged, or a digit lost."""
    year, term = document.field("year_fiscal"), document.field("mid_fiscal")
    if not year or not term:
        return None
    if year != term and chance.random() < 0.5:
        put_field(document, "year_fiscal", term)
        put_field(document, "mid_fiscal", year)
    else:
        figure = number(document, field_place("mid_fiscal")) or Decimal(0)
        lower = min(figure, number(document, field_place("year_fiscal")) or figure) / 10
        put_field(document, "mid_fiscal", like(term, lower))
    return planted(
        document, "AM-06", *_places(("year_fiscal", "year_other", "mid_fiscal", "mid_other")),
        *_places(("year_total", "mid_total")),
    )  # fmt: skip


def _one_year_and_more(document: Document, chance: random.Random) -> Planted | None:
    """A project of one year whose term has three years' money."""
    duration = document.field("duration")
    if duration not in ("1年", "一年", "12个月") or not document.field("mid_fiscal"):
        return None
    figure = number(document, field_place("mid_fiscal")) or Decimal(0)
    put_field(document, "mid_fiscal", like(document.field("mid_fiscal"), figure * chance.choice((2, 3))))
    return planted(
        document, "AM-06", *_places(("year_fiscal", "year_other", "mid_fiscal", "mid_other")),
        *_places(("year_total", "mid_total")),
    )  # fmt: skip


def _tasks_above_all(document: Document, chance: random.Random) -> Planted | None:
    """A task's money has a digit too many, or the whole project expense stands on one task."""
    if document.form.form not in ("gz-decl", "gz-self"):
        return None
    limit = sum(
        (number(document, field_place(name)) or Decimal(0) for name in (*EXPENSES[1:], "spent")), Decimal(0)
    )
    rows = [row for row in document.rows("tasks") if row.cells.get("funds")]
    wrong = chance.choice(rows)
    place = Place("tasks", wrong.id, "funds")
    figure = number(document, place) or Decimal(0)
    text = document.text(place)
    more = figure * 10 if figure * 10 > limit else limit
    put(document, place, like(text, more + (Decimal("0.01") if len(rows) == 1 else 0)))
    return planted(document, "AM-07", *(Place("tasks", row.id, "funds") for row in rows))


# AM-08: parts and their sum ---------------------------------------------------


def _detail_mistyped(document: Document, chance: random.Random) -> Planted | None:
    """One line of 支出明细 is mistyped."""
    rows = [row for row in document.rows("details") if row.cells.get("this_year")]
    if not rows:
        return None
    place = Place("details", chance.choice(rows).id, "this_year")
    put(document, place, transposed(document.text(place), chance))
    return planted(document, "AM-08", *(Place("details", row.id, "this_year") for row in rows))


def _detail_forgotten(document: Document, chance: random.Random) -> Planted | None:
    """One line of 支出明细 is missing."""
    rows = document.rows("details")
    if len(rows) < 2:
        return None
    document.take_row("details", "", chance.randrange(len(rows)))
    typed_again(document, "total")
    left = document.rows("details")
    return planted(document, "AM-08", *(Place("details", row.id, "this_year") for row in left))


PROSE = (
    "本年安排资金300万元，其中：设备购置120万元、人员培训95万元、宣传推广75万元。",
    "资金来源为中央补助30万元、省级补助30万元、县级配套29.99万元，合计89.97万元。",
    "项目总投资2026400元，其中：工程费1540000元、设计监理费200000元。",
    "预算安排共138万元，其中：房屋修缮10万元、设备更新9万元、运行维护88万元、培训23万元。",
    "共需资金66.5万元，其中材料费41.2万元，人工费18.6万元，运输费7.6万元。",
)
"""A sum and its parts, one of them mistyped."""
TEXTS = ("summary", "goal", "use", "grounds", "process", "overall", "content", "key_projects")


def _prose(document: Document, chance: random.Random) -> Planted | None:
    """A text tells a sum and parts that do not make it."""
    places = [place for place in spots(document, *TEXTS, kind="text") if len(document.text(place)) < 200]
    if not places:
        return None
    place = chance.choice(places)
    text = document.text(place)
    put(
        document,
        place,
        f"{text.rstrip()}{'' if text.rstrip().endswith('。') else '。'}{chance.choice(PROSE)}",
    )
    return planted(document, "AM-08", place)


# AM-10, AM-11: how an amount is written ---------------------------------------

THOUSAND = 1000
"""A smaller amount has no separators to mistake."""


def _written(check: str, name: str, severity: str, write: Mistype, least: int = 0) -> Plant:
    """Make a plant that writes a typed amount in another way; ``least``: of no smaller one."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        able = [place for place in spots(document, kind="money") if not _is_computed(document, place)]
        able = [place for place in able if (number(document, place) or 0) > least]
        if not able:
            return None
        place = chance.choice(able)
        return planted(document, check, put(document, place, write(document.text(place), chance)))

    return Plant(check, name, severity, put_it)


def _is_computed(document: Document, place: Place) -> bool:
    field = document.form.column(place.table, place.column)
    return field is not None and bool(field.compute)


def _with_unit(unit: str) -> Plant:
    """The unit of the form in the cell; the same amount in the other unit, with that."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        able = [place for place in spots(document, kind="money") if not _is_computed(document, place)]
        able = [place for place in able if (number(document, place) or 0) >= 1]
        if not able:
            return None
        place = chance.choice(able)
        text, own_unit = document.text(place), document.form.money.unit
        if unit != own_unit:
            figure = number(document, place) or Decimal(0)
            figure = figure * 10_000 if own_unit == "万元" else figure / 10_000
            text = f"{figure.normalize():f}"
        return planted(document, "AM-10", put(document, place, text + unit))

    return Plant("AM-10", f"with {unit}", "hint", put_it)


def _full_width(text: str, chance: random.Random) -> str:
    return text.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})


def _too_exact(text: str, chance: random.Random) -> str:
    return f"{text}{'' if '.' in text else '.00'}{chance.choice(('5', '36', '4567'))}"


def _spaced(text: str, chance: random.Random) -> str:
    return f"{text[:1]} {text[1:]}" if chance.random() < 0.5 else f" {text}"


def _figure(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _swapped(text: str, chance: random.Random) -> str:
    """1.234,56: as some programs of other countries write it."""
    return f"{_figure(text):,.2f}".translate({ord(","): ".", ord("."): chance.choice(",，")})


def _commas_only(text: str, chance: random.Random) -> str:
    """1,234，56: the last comma was to be a point."""
    return f"{_figure(text):,.2f}".replace(".", chance.choice(",，"))


def _two_points(text: str, chance: random.Random) -> str:
    return f"{_figure(text):,.2f}".replace(",", ".") if chance.random() < 0.5 else f"{text}.5"


def _comma_behind_point(text: str, chance: random.Random) -> str:
    return f"{_figure(text):.1f}{chance.choice(',，')}{chance.randint(1, 9)}"


def _negative(text: str, chance: random.Random) -> str:
    return chance.choice("-−") + text


def _in_words(text: str, chance: random.Random) -> str:
    return chance.choice(("约" + text, "一百二十万", "待定", "见附件", text + "左右"))


def _twice(text: str, chance: random.Random) -> str:
    """854万854万: rules.md lists it under AM-10; it is no number at all, so it is asked of AM-11."""
    return f"{text}万{text}万"


def _required_blank(document: Document, chance: random.Random) -> Planted | None:
    able = []
    for place in spots(document, kind="money"):
        field = document.form.column(place.table, place.column)
        if field is not None and field.required:
            able.append(place)
    return planted(document, "AM-11", put(document, chance.choice(able), "")) if able else None


PLANTS = (
    _one_mistyped("AM-01", EXPENSES, (*EXPENSES, *INCOMES), transposed),
    _one_mistyped("AM-01", INCOMES, (*EXPENSES, *INCOMES), mistyped),
    Plant("AM-01", "one sort of expense left at nothing", "error", _part_forgotten),
    _one_mistyped("AM-02", LEVELS, LEVELS, transposed),
    Plant("AM-02", "a level mistyped, an expense too", "error", _expense_and_level),
    Plant("AM-02", "转移支付 filled, 区本级 not lowered", "error", _transfer_beside_own),
    _total("AM-03", ("sc-dept",), ("total",), transposed),
    _total("AM-03", ("sc-dept",), ("total",), _in_wan),
    _total("AM-04", ("sc-dept",), ("basic_total", "project_total"), transposed),
    _total("AM-04", ("sc-self",), ("initial_total", "budget_total", "spent_total"), mistyped),
    _only_in(_part_left_out("AM-04", AM04), ("sc-dept", "sc-self")),
    _total("AM-05", AM05_FORMS, tuple(AM05), transposed),
    _total("AM-05", AM05_FORMS, tuple(AM05), _nothing),
    _only_in(_part_left_out("AM-05", AM05), AM05_FORMS),
    _total("AM-05", ("mof-dept",), ("total",), mistyped),
    Plant("AM-05", "总额 of a task transposed", "error", _task_total),
    Plant("AM-06", "the year above the term", "error", _year_above_term),
    Plant("AM-06", "one year, money of several", "error", _one_year_and_more),
    Plant("AM-07", "tasks above what there is", "error", _tasks_above_all),
    Plant("AM-08", "a detail transposed", "error", _detail_mistyped),
    Plant("AM-08", "a detail forgotten", "error", _detail_forgotten),
    Plant("AM-08", "a sum in words", "warning", _prose),
    _with_unit("万元"),
    _with_unit("元"),
    _written("AM-10", "full width", "hint", _full_width),
    _written("AM-10", "too many decimals", "hint", _too_exact),
    _written("AM-10", "blanks in it", "hint", _spaced),
    _written("AM-10", "point and commas swapped", "hint", _swapped, THOUSAND),
    _written("AM-10", "a comma for the point", "hint", _commas_only, THOUSAND),
    _written("AM-11", "two points", "error", _two_points, THOUSAND),
    _written("AM-11", "a comma behind the point", "error", _comma_behind_point),
    _written("AM-11", "negative", "error", _negative),
    _written("AM-11", "in words", "error", _in_words),
    _written("AM-11", "twice", "error", _twice),
    Plant("AM-11", "required and blank", "error", _required_blank),
)
