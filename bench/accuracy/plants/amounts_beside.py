"""Mistakes in amounts that show beside another figure: AM-09, AM-13 to AM-16."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import Decimal

from bench.accuracy.figures import like, number, own, times_ten_thousand
from bench.accuracy.planting import Plant, Planted, indicators, planted, put, put_field, spots
from core.check.context import Counterpart
from core.sheet.document import Document, Row
from core.sheet.numbers import parse_number
from core.sheet.places import Place, field_place

LARGE = 100
"""An amount of so many 万元 typed in 元 is more than a million 万元."""


def _typed_amounts(document: Document) -> list[Place]:
    found = []
    for place in spots(document, kind="money"):
        field = document.form.column(place.table, place.column)
        if field is not None and not field.compute and number(document, place):
            found.append(place)
    return found


# AM-09: 元 and 万元 ----------------------------------------------------------------------------------------


def _yuan_on_a_form_in_wan(document: Document, chance: random.Random) -> Planted | None:
    """An amount typed in 元 where the form counts in 万元, more than any department has."""
    if document.form.money.unit != "万元":
        return None
    able = [place for place in _typed_amounts(document) if (number(document, place) or 0) > LARGE]
    if not able:
        return None
    place = chance.choice(able)
    return planted(document, "AM-09", put(document, place, times_ten_thousand(document.text(place))))


def _department_in_wan(document: Document, chance: random.Random) -> Planted | None:
    """A whole department filled in 万元 on a form that counts in 元."""
    form = document.form
    if form.money.unit != "元" or form.about.name or any(table.about.name for table in form.tables.values()):
        return None
    for place in _typed_amounts(document):
        figure = (number(document, place) or Decimal(0)) / 1_000_000
        put(document, place, like("0.00", figure))
    for name, field in form.fields.items():
        if field.compute and field.kind == "money" and document.field(name):
            put_field(document, name, "")
            put_field(document, name, own(document, name))
    return planted(document, "AM-09", *spots(document, kind="money"), field_place(form.about.amount))


def _same_item(document: Document, chance: random.Random) -> Planted | None:
    """Two amounts of one source differ exactly ten thousand times: 年初预算 and 调整后, 预算 and 执行."""
    able = [
        (one, two)
        for source in ("fiscal", "other", "carry", "own")
        for one, two in (
            (f"initial_{source}", f"budget_{source}"),
            (f"budget_{source}", f"spent_{source}"),
            (f"{source}_before", source),
            (f"mid_{source}", f"year_{source}"),
        )
        if document.field(one) and document.field(one) == document.field(two)
    ]
    if not able:
        return None
    one, two = chance.choice(able)
    wrong = chance.choice((one, two))
    put_field(document, wrong, times_ten_thousand(document.field(wrong)))
    return planted(document, "AM-09", field_place(one), field_place(two))


def _against_last_year(factor: Decimal, name: str, severity: str) -> Plant:
    """Make a plant of an amount far from the same one of last year."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        able = [place for place in _typed_amounts(document) if not place.table]
        if not able:
            return None
        last = document.copy(id="0123456789abcdef")
        last.set_text(field_place("year"), str((document.year or 2024) - 1))
        able = [
            place for place in able if (number(document, place) or Decimal(0)) * factor >= Decimal("0.01")
        ]
        if not able:
            return None
        place = chance.choice(able)
        text = document.text(place)
        figure = (number(document, place) or Decimal(0)) * factor
        put(document, place, like(text if "." in text else text + ".00", figure))
        found = planted(document, "AM-09", place)
        return found._replace(others=(Counterpart("last-year", last, "last.json"),))

    return Plant("AM-09", name, severity, put_it)


# AM-13: 其中 and what was spent -------------------------------------------------


def _among_above_all(document: Document, chance: random.Random) -> Planted | None:
    """其中 is more than the whole: a digit mistyped, the two cells exchanged."""
    if document.form.form == "gz-self":
        whole = number(document, field_place("spent")) or Decimal(0)
        rows = [row for row in document.rows("funds") if row.cells.get("amount")]
        place = Place("funds", chance.choice(rows).id, "amount")
        put(document, place, like(document.text(place), whole + chance.choice((1, 20, 300))))
        return planted(document, "AM-13", place, field_place("spent"))
    if document.form.form == "hub-proj":
        put_field(document, "amount", like("0.00", (number(document, field_place("amount")) or 1) / 10))
        return planted(document, "AM-13", field_place("year_fiscal"), field_place("amount"))
    return None


def _spent_above_budget(document: Document, chance: random.Random) -> Planted | None:
    """More was spent of a source than its budget (a warning: 400,000 planned, 439,120.67 spent)."""
    able = [
        f"spent_{source}"
        for source in ("fiscal", "carry", "own", "account", "other")
        if number(document, field_place(f"spent_{source}")) and document.field(f"budget_{source}")
    ]
    if not able:
        return None
    name = chance.choice(able)
    beside = name.replace("spent", "budget")
    budget = number(document, field_place(beside)) or Decimal(0)
    text = document.field(name)
    put_field(document, name, like(text, budget * chance.choice((Decimal("1.1"), Decimal("1.05"))) + 1))
    _again(document)
    return planted(document, "AM-13", field_place(name), field_place(beside))


def _spent_above_expected(document: Document, chance: random.Random) -> Planted | None:
    """By July more was spent than the whole year is expected to need: the two columns exchanged."""
    able = [
        (f"spent_{source}", f"expected_{source}")
        for source in ("fiscal", "carry", "other")
        if number(document, field_place(f"spent_{source}")) and document.field(f"expected_{source}")
    ]
    able = [pair for pair in able if document.field(pair[0]) != document.field(pair[1])]
    if not able:
        return None
    one, two = chance.choice(able)
    spent, expected = document.field(one), document.field(two)
    put_field(document, one, expected)
    put_field(document, two, spent)
    _again(document)
    return planted(document, "AM-13", field_place(one), field_place(two))


def _again(document: Document) -> None:
    """Type every computed figure that is typed anew, so that only one mistake is left."""
    for name, field in document.form.fields.items():
        if field.compute and document.field(name):
            put_field(document, name, "")
            put_field(document, name, own(document, name))


# AM-14: number times price ----------------------------------------------------


def _priced(document: Document) -> Iterator[tuple[list[Place], Place]]:
    """Give pairs of a number and the price of one of these things, and the price's place.

    What is paid for is what is counted: nobody multiplies the price of 县道 with the length of all 农村公路.
    """
    for path, row in indicators(document):
        money, slash, each = _unit(row).partition("/")
        if not slash or money not in ("元", "万元") or path.startswith(("mid_", "long_")):
            continue
        counts = [
            one
            for one in document.rows(path, document.parent_of(path, row.id))
            if _unit(one) in (each, f"万{each}") and one.cells.get("level2", "").startswith("数量")
        ]
        if len(counts) == 1 and _share_a_word(row.cells["name"], counts[0].cells["name"]):
            price = Place(path, row.id, "value")
            yield [Place(path, counts[0].id, "value"), price], price


def _unit(row: Row) -> str:
    return row.cells.get("unit", "") or _unit_of(row.cells.get("value", ""))


def _share_a_word(price: str, count: str) -> bool:
    """Whether a price's name begins, after 每公里 or 人均, with a word of the other name."""
    thing = re.sub(
        "^(?:每|单|人次?|户|亩|场|生)(?:[^均]{0,3}均|公里|平方米|立方米|件|个|批次|场|台)?", "", price
    )
    return thing[:2] in count


def _unit_of(text: str) -> str:
    return text.lstrip("≥≤=><不少于大等小约").lstrip("0123456789.,")


def _figure(text: str) -> Decimal:
    return parse_number("".join(char for char in text if char.isdigit() or char == ".")) or Decimal(0)


def _price_too_high(document: Document, chance: random.Random) -> Planted | None:
    """The price has a digit too many: number × price is more than the budget."""
    able = list(_priced(document))
    if not able:
        return None
    both, place = chance.choice(able)
    text = document.text(place)
    digits = "".join(char for char in text if char.isdigit() or char == ".")
    put(document, place, text.replace(digits, f"{Decimal(digits) * 10:f}", 1))
    if not _makes_more(document, both):
        return None
    return planted(document, "AM-14", *both)


def _makes_more(document: Document, both: list[Place]) -> bool:
    """Whether number × price is now above the whole budget; else it is no mistake a reviewer could see."""
    yuan = Decimal(1)
    for place in both:
        row = document.row(place.table, place.row)
        assert row is not None
        yuan *= _figure(row.cells["value"]) * (10_000 if _unit(row).startswith("万") else 1)
    above = place.table.rpartition(".")[0]
    if above:
        holder = document.row(above, document.parent_of(place.table, place.row))
        budget = parse_number(holder.cells.get("budget", "")) if holder else None
    else:
        name = document.form.about.amount
        budget = parse_number(own(document, name)) if document.form.fields[name].compute else None
        budget = budget or parse_number(document.field(name))
    scale = 10_000 if document.form.money.unit == "万元" else 1
    return budget is not None and yuan > budget * scale


# AM-15, AM-16


def _change_without_basis(document: Document, chance: random.Random) -> Planted | None:
    """130 → 300 with nothing said of how it was worked out."""
    rows = [row for row in document.rows("details") if row.cells.get("this_year") and "basis" in row.cells]
    if not rows:
        return None
    row = chance.choice(rows)
    figure = parse_number(row.cells["this_year"]) or Decimal(0)
    last = figure / chance.choice((Decimal("2.3"), Decimal("1.5"), Decimal("0.6")))
    put(document, Place("details", row.id, "last_year"), f"{last:.2f}")
    put(document, Place("details", row.id, "basis"), chance.choice(("无", "", "/")))
    return planted(document, "AM-15", *(Place("details", row.id, name) for name in ("this_year", "basis")))


SOURCES = (
    "其他资金",
    "自筹",
    "自有",
    "配套",
    "捐",
    "集体",
    "来源",
    "社会",
    "结余",
    "统筹",
    "贷款",
    "补助",
    "收入",
    "返还",
)


def _other_unexplained(document: Document, chance: random.Random) -> Planted | None:
    """A third of the money is 其他资金 and no text says whose it is."""
    pairs = [("fiscal", "other"), ("year_fiscal", "year_other"), ("fiscal_income", "other_income")]
    pairs = [
        pair for pair in pairs if number(document, field_place(pair[0])) and pair[1] in document.form.fields
    ]
    if not pairs or document.stage not in ("申报", "批复"):
        return None
    words = [document.text(place) for place in spots(document, kind="text", role="")]
    if any(word in text for word in SOURCES for text in words):
        return None
    fiscal, other = pairs[0]
    whole = sum((number(document, field_place(name)) or Decimal(0) for name in pairs[0]), Decimal(0))
    part = (whole * chance.choice((Decimal("0.25"), Decimal("0.347"), Decimal("0.5")))).quantize(
        Decimal("0.01")
    )
    put_field(document, other, like(document.field(fiscal), part))
    put_field(document, fiscal, like(document.field(fiscal), whole - part))
    return planted(document, "AM-16", field_place(other))


PLANTS = (
    Plant("AM-09", "元 on a form in 万元", "warning", _yuan_on_a_form_in_wan),
    Plant("AM-09", "a department in 万元 on a form in 元", "warning", _department_in_wan),
    Plant("AM-09", "one item in 元 and in 万元", "error", _same_item),
    _against_last_year(Decimal(10_000), "ten thousand times last year's", "error"),
    _against_last_year(Decimal(1) / 10_000, "a ten-thousandth of last year's", "warning"),
    _against_last_year(Decimal(12), "twelve times last year's", "warning"),
    Plant("AM-13", "其中 above the whole", "error", _among_above_all),
    Plant("AM-13", "spent and expected exchanged", "error", _spent_above_expected),
    Plant("AM-13", "spent above the budget", "warning", _spent_above_budget),
    Plant("AM-14", "price with a digit too many", "warning", _price_too_high),
    Plant("AM-15", "far from last year's, no basis", "hint", _change_without_basis),
    Plant("AM-16", "a third from somewhere", "warning", _other_unexplained),
)
