"""Kinds of mistakes no other plant had: dates that are none, directions, terms, 监控, reasons, results."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from bench.accuracy.figures import like, number, own, typed_again
from bench.accuracy.planting import Plant, Planted, indicators, planted, put, put_field, spots
from core.check.context import Counterpart
from core.sheet.document import Document, Row
from core.sheet.numbers import parse_number
from core.sheet.places import Place, field_place

Puts = Callable[[Document, random.Random], Planted | None]


# DT-02: dates -------------------------------------------------------------------------------------------


def _date(*texts: str) -> Puts:
    """Type something else into a cell for a date; ``{y}`` is the budget year."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        places = spots(document, kind="date")
        if not places or document.year is None:
            return None
        place = put(document, chance.choice(places), chance.choice(texts).format(y=document.year))
        return planted(document, "DT-02", place)

    return put_it


def _approved_later(document: Document, chance: random.Random) -> Planted | None:
    """The 批复 that is adjusted is said to be of next year."""
    if not document.field("approval_date") or document.year is None:
        return None
    text = f"{document.year + 1}年{chance.choice((1, 2, 3))}月18日"
    return planted(document, "DT-02", put_field(document, "approval_date", text))


# IX-02, IX-10: the direction, the longer term ---------------------------------------------------------------


def _direction(document: Document, chance: random.Random) -> Planted | None:
    """正向 ticked for ≤, or 反向 for ≥."""
    able = [
        (path, row)
        for path, row in indicators(document)
        if row.cells.get("direction") and row.cells.get("operator", "") in ("≥", "≤", ">", "<")
    ]
    if not able:
        return None
    path, row = chance.choice(able)
    options = document.form.tables[path].columns["direction"].options
    other = next(one for one in options if one != row.cells["direction"])
    place = put(document, Place(path, row.id, "direction"), other)
    return planted(document, "IX-02", place, Place(path, row.id, "operator"))


def _more_than_the_term(document: Document, chance: random.Random) -> Planted | None:
    """A count of the years together is half of the year's."""
    own_rows = {row.cells.get("name", ""): row for row in document.rows("indicators")}
    able = []
    for path, row in indicators(document):
        beside = own_rows.get(row.cells.get("name", ""))
        text = beside.cells.get("value", "") if beside is not None else ""
        if path == "indicators" or beside is None or not text.startswith(("≥", "=")) or "/" in text:
            continue
        digits = "".join(char for char in text if char.isdigit())
        unit = text[1:].lstrip("0123456789.,")
        if (
            unit
            and not unit.startswith(("%", "‰"))
            and text == f"{text[0]}{digits}{unit}"
            and int(digits) > 20
        ):
            able.append((path, row, beside, f"{text[0]}{int(digits) // 2}{unit}"))
    if not able:
        return None
    path, row, beside, text = chance.choice(able)
    place = put(document, Place(path, row.id, "value"), text)
    return planted(document, "IX-10", place, Place("indicators", beside.id, "value"))


# SE-14, SE-16: reasons and results ------------------------------------------------------------------------

LATE = ("合同尾款跨年支付。", "支出进度较慢，尾款按合同次年支付。", "工程尾款未支付，执行率未到100%。")


def _reason_of_something_else(document: Document, chance: random.Random) -> Planted | None:
    """The budget was changed, and the reason speaks of late payment alone."""
    before = number(document, field_place("initial_fiscal"))
    if document.form.form != "sc-self" or not before:
        return None
    changed = before * chance.choice((Decimal("0.9"), Decimal("1.1")))
    put_field(document, "initial_fiscal", like(document.field("initial_fiscal"), changed))
    if document.field("initial_fiscal") == document.field("budget_fiscal"):
        return None
    put_field(document, "rate_reason", chance.choice(LATE))
    typed_again(document)
    names = ("rate_reason", "initial_total", "budget_total", "initial_fiscal", "budget_fiscal")
    return planted(document, "SE-14", *map(field_place, names))


def _as_a_part_of_one(document: Document, chance: random.Random) -> Planted | None:
    """0.96 for a target in per cent."""
    able = [(path, row) for path, row in indicators(document) if _is_share(row)]
    if not able:
        return None
    path, row = chance.choice(able)
    figure = parse_number(row.cells["actual"].rstrip("%")) or Decimal(0)
    place = put(document, Place(path, row.id, "actual"), f"{(figure / 100).normalize():f}")
    return planted(document, "SE-16", place)


def _is_share(row: Row) -> bool:
    value, result = row.cells.get("value", ""), row.cells.get("actual", "").rstrip("%")
    percent = value.endswith("%") or row.cells.get("unit") == "%"
    low = value.startswith(("≤", "<")) or row.cells.get("operator", "") in ("≤", "<")
    figure = parse_number(result)
    return percent and not low and figure is not None and 30 <= figure < 100


def _key_result(write: Callable[[str, str], str]) -> Puts:
    """Type a key indicator's result otherwise, by its name and text; ``""`` where it does not fit."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        places = spots(document, "result", kind="text")
        able = [
            (place, write(document.text(place._replace(column="name")), document.text(place)))
            for place in places
        ]
        able = [(place, text) for place, text in able if text]
        if not able:
            return None
        place, text = chance.choice(able)
        return planted(document, "SE-16", put(document, place, text))

    return put_it


def _a_hundred_more(name: str, text: str) -> str:
    if not name.endswith(("率", "比例", "满意度")):
        return ""
    figure = parse_number(text.strip("。").removesuffix("%")) if text.strip("。").endswith("%") else None
    return f"{figure + 100}%" if figure is not None and figure <= 100 else ""


def _two(name: str, text: str) -> str:
    digits = "".join(char for char in text if char.isdigit())
    unit = text.strip("。").removeprefix(digits)
    fits = digits and text.startswith(digits) and len(unit) <= 2 and "%" not in unit
    return f"{digits}{unit}、{int(digits) + 8}{unit}" if fits else ""


# XF-07: 监控 ------------------------------------------------------------------------------------------------


def _monitored(write: Callable[[Row, random.Random], dict[str, str]], *columns: str) -> Puts:
    """Type some cells of one counted row of a 监控 otherwise."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        able = [(path, row) for path, row in indicators(document) if _is_count(row)]
        if document.form.form != "mof-monitor" or not able:
            return None
        path, row = chance.choice(able)
        for column, text in write(row, chance).items():
            put(document, Place(path, row.id, column), text)
        return planted(document, "XF-07", *(Place(path, row.id, column) for column in columns))

    return put_it


def _is_count(row: Row) -> bool:
    value = row.cells.get("value", "")
    return value.startswith("≥") and value[1:2].isdigit() and "%" not in value and "前" not in value


NO_REASON = {"cause": "", "reason": ""}


def _hopeless(row: Row, chance: random.Random) -> dict[str, str]:
    return {"outlook": "完全不可能", **NO_REASON}


def _half(row: Row, chance: random.Random) -> dict[str, str]:
    value = row.cells["value"][1:]
    digits = value[: len(value) - len(value.lstrip("0123456789."))]
    half = (Decimal(digits) / 2).normalize()
    outlook = chance.choice(("有可能", "确定能"))
    return {"expected": f"{half:f}{value.removeprefix(digits)}", "outlook": outlook, **NO_REASON}


def _in_words(row: Row, chance: random.Random) -> dict[str, str]:
    return {"progress": chance.choice(("按进度推进", "正常推进", "进展顺利", "有序开展"))}


# TX-11, AM-09: codes and sizes ----------------------------------------------------------------------------


def _another_code(document: Document, chance: random.Random) -> Planted | None:
    """Two forms of one unit, the code of one mistyped."""
    code = document.unit_code.strip()
    if len(code) < 3 or not document.unit_name:
        return None
    other = document.copy()
    other.set_text(
        field_place("unit.code"), f"{code[:-1]}{(int(code[-1]) + 1) % 10 if code[-1].isdigit() else 1}"
    )
    found = planted(document, "TX-11", field_place("unit.code"))
    return found._replace(others=(Counterpart("together", other, "other.json"),))


def _spent_in_yuan(document: Document, chance: random.Random) -> Planted | None:
    """What was spent of a source is typed in 元, its budget in 万元."""
    names = [
        f"spent_{source}"
        for source in ("fiscal", "carry", "other")
        if (number(document, field_place(f"budget_{source}")) or 0) >= 1 and document.field(f"spent_{source}")
    ]
    if document.form.money.unit != "万元" or not names:
        return None
    name = chance.choice(names)
    budget = number(document, field_place(name.replace("spent", "budget"))) or Decimal(0)
    put_field(document, name, f"{budget * 9900:.2f}")
    typed_again(document)
    return planted(document, "AM-09", field_place(name), field_place(name.replace("spent", "budget")))


def _project_in_wan(document: Document, chance: random.Random) -> Planted | None:
    """A project's budget typed in 万元 on a form that counts in 元."""
    places = [place for place in spots(document, "budget", kind="money") if place.table]
    if document.form.money.unit != "元" or not places:
        return None
    place = chance.choice(places)
    figure = (number(document, place) or Decimal(0)) / 10_000
    if not 1 <= figure < 1000:
        return None
    put(document, place, f"{figure:.2f}")
    if own(document, "total"):
        typed_again(document)
    return planted(document, "AM-09", place)


PLANTS = (
    Plant(
        "DT-02",
        "a day no calendar has",
        "error",
        _date("{y}年2月30日", "{y}年13月", "{y}-06-31", "{y}年9月31日"),
    ),
    Plant("DT-02", "words for a date", "warning", _date("明年初", "签约后", "待定", "资金到位后", "尽快")),
    Plant("DT-02", "the 批复 of next year is adjusted", "warning", _approved_later),
    Plant("IX-02", "the other direction ticked", "warning", _direction),
    Plant("IX-10", "more in the year than in the term", "warning", _more_than_the_term),
    Plant("SE-14", "a reason that is none for it", "warning", _reason_of_something_else),
    Plant("SE-16", "a share as a part of one", "warning", _as_a_part_of_one),
    Plant("SE-16", "a key result above all", "warning", _key_result(_a_hundred_more)),
    Plant("SE-16", "a key result of two figures", "warning", _key_result(_two)),
    Plant("XF-07", "hopeless without a reason", "warning", _monitored(_hopeless, "reason", "outlook")),
    Plant(
        "XF-07",
        "less expected without a reason",
        "warning",
        _monitored(_half, "reason", "expected", "outlook"),
    ),
    Plant("XF-07", "progress in words", "warning", _monitored(_in_words, "progress")),
    Plant("TX-11", "two codes of one unit", "error", _another_code),
    Plant("AM-09", "spent in 元, budget in 万元", "warning", _spent_in_yuan),
    Plant("AM-09", "a project in 万元 on a form in 元", "warning", _project_in_wan),
)
