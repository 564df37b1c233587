"""Whatever is typed: every filled place is in the output as it was typed, or converted exactly, or listed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.fill.filler import Tools
from core.fill.result import Filled
from core.sheet.document import Document
from core.sheet.numbers import parse_number
from core.sheet.places import Place
from core.sheet.values import normal_form
from tests.core.fill.making import allow, document_of, filled, rows_of, template_of, trial_form

FORM = trial_form()
FIRST, ROOM = 4, 5
MAP = f"""
[[sheet]]
name = "填报表"
[sheet.cells]
A1 = {{ place = "unit.name", limit = 12 }}
B1 = {{ place = "basic", unit = "元", decimals = 2 }}
C1 = "code"
D1 = {{ place = "day", date = "YYYY-MM-DD" }}
[[sheet.list]]
each = "indicators"
first = {FIRST}
last = {FIRST + ROOM - 1}
[sheet.list.columns]
A = "indicators.level1"
B = {{ place = "indicators.name", limit = 6 }}
C = {{ place = "indicators.value", part = "operator" }}
D = {{ place = "indicators.value", part = "number" }}
E = {{ place = "indicators.value", part = "unit" }}
"""
VALUE_CELLS = "CDE"


def ruled(sheet: Worksheet, book: Workbook) -> None:
    rows_of([], [], ["一级", "名称", "性质", "值", "单位"])(sheet, book)
    allow(sheet, "A4:A8", "list", '"产出指标,效益指标"')
    allow(sheet, "C4:C8", "list", '"大于等于,小于等于,等于,定性"')
    allow(sheet, "C1", "textLength", "3", operator="lessThanOrEqual")


TEMPLATE = template_of(ruled)
words = st.text(st.sampled_from("甲乙丙丁%=<&\n𫍯 0123"), max_size=9)
amounts = st.one_of(
    words, st.decimals(-(10**7), 10**7, places=4).map("{:f}".format), st.just("1,234.50"), st.just("１２")
)
values = st.one_of(
    words,
    st.sampled_from(
        ["长期坚持", "优良中低差", "12月底前", "≥90%~95%", "约5个", "100", "≧95%", ">=3,200元/亩"]
    ),
    st.builds("{}{}{}".format, st.sampled_from(["≥", "≤", "=", ">", ""]), st.integers(0, 999), words),
)
levels = st.sampled_from(["产出指标", "产出", "效果指标", "别的指标", ""])
rows = st.lists(st.tuples(levels, st.just(""), words, values), max_size=ROOM + 2)
days = st.sampled_from(["", "2025年3月5日", "2025-03", "月底"])


@given(words, amounts, words, days, rows)
def test_every_filled_place_is_written_or_listed(
    tools: Tools, unit: str, basic: str, code: str, day: str, indicators: list[tuple[str, str, str, str]]
) -> None:
    document = document_of({"basic": basic, "code": code, "day": day}, indicators, form=FORM)
    document.set_text(Place("", "", "unit.name"), unit)
    one = filled(TEMPLATE, MAP, document, tools)
    sheet = load_workbook(io.BytesIO(one.data)).worksheets[0]
    listed = {left.place for left in one.left}
    for left in one.left:
        whole = document.text(left.place)
        assert left.text == whole or (left.why.code.startswith("fill.no-cell-for-") and left.text in whole)
    for place, cell in written_to(document, one):
        if place not in listed:
            assert says_the_same(sheet, cell, document, place, tools)
    asked = {place for place, _ in written_to(document, one)}
    assert set(document.places()) - asked <= listed


def written_to(document: Document, one: Filled) -> Iterator[tuple[Place, str]]:
    """Give where each filled place of the map should stand, rows in order."""
    for name, cell in (("unit.name", "A1"), ("basic", "B1"), ("code", "C1"), ("day", "D1")):
        if document.field(name):
            yield Place("", "", name), cell
    row = FIRST
    whole = {left.place for left in one.left if left.why.code in ("fill.no-room", "fill.empty-row")}
    for indicator in document.rows("indicators"):
        places = {name: Place("indicators", indicator.id, name) for name in indicator.cells}
        if not places or whole & set(places.values()):
            continue
        for name, column in (("level1", "A"), ("name", "B"), ("value", VALUE_CELLS)):
            if name in places:
                yield places[name], f"{column}{row}"
        row += 1


def says_the_same(sheet: Worksheet, cell: str, document: Document, place: Place, tools: Tools) -> bool:
    typed = document.text(place)
    if cell.startswith(VALUE_CELLS):
        texts = [sheet[f"{column}{cell[len(VALUE_CELLS) :]}"].value for column in VALUE_CELLS]
        parts = ["" if text is None else str(text) for text in texts]
        made = tools.grammar.parse_parts(*parts)
        return normal_form(made, tools.grammar) == normal_form(tools.grammar.parse(typed), tools.grammar)
    value = sheet[cell].value
    if place.column == "basic":
        number = parse_number(typed)
        return number is not None and Decimal(repr(value)) == number * 10_000
    if place.column == "day":
        return bool(value == "2025-03-05")
    if place.column == "level1":
        same = [tools.levels.find(text, 1) for text in (typed, str(value))]
        return same[0] is not None and same[0] == same[1]
    return bool(value == typed)
