"""What comes to stand in a cell: figures exactly, words as the template allows them, nothing cut."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from core.fill.filler import Tools
from tests.core.fill.making import (
    allow,
    cells_map,
    document_of,
    filled,
    reasons,
    rows_of,
    template_of,
    trial_form,
    value_at,
    ways,
    with_shared_strings,
)

BLANK = template_of(rows_of(["标题"]))
FORM = trial_form()


def test_a_text_stands_in_its_cell_exactly_as_typed(tools: Tools) -> None:
    text = "一、=1+1 <b>&amp;\n  二、_x0041_ 𫍯龑㎡☑ "
    one = filled(BLANK, cells_map({"C5": '"goal"'}), document_of({"goal": text}), tools)
    assert value_at(one, "C5") == text
    assert one.changed == ()


def test_a_code_keeps_its_zeros_because_it_is_a_text(tools: Tools) -> None:
    one = filled(BLANK, cells_map({"B2": '"unit.code"', "C2": '"code"'}), document_of({"code": "007"}), tools)
    assert (value_at(one, "B2"), value_at(one, "C2")) == ("031001", "007")


def test_an_amount_is_a_number(tools: Tools) -> None:
    one = filled(BLANK, cells_map({"C5": '"basic"'}), document_of({"basic": "2,860.45"}), tools)
    assert value_at(one, "C5") == 2860.45
    assert ways(one) == {"bare-number"}


def test_an_amount_in_another_unit_is_converted_and_said(tools: Tools) -> None:
    cells = cells_map({"C5": '{ place = "basic", unit = "元" }'})
    one = filled(BLANK, cells, document_of({"basic": "2,860.45"}), tools)
    assert value_at(one, "C5") == 28604500
    assert ways(one) == {"unit-changed"}


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_no_amount_changes_its_worth_between_units(tools: Tools, amount: Decimal) -> None:
    document = document_of({"basic": f"{amount:f}"}, form=FORM)
    cells = {"A3": '{ place = "basic", unit = "元" }', "B3": '{ place = "basic", unit = "万元" }'}
    one = filled(BLANK, cells_map(cells), document, tools)
    if len(amount.normalize().as_tuple().digits) > 15:
        assert reasons(one)["basic"] == (f"{amount:f}", "too-many-digits")
    else:
        assert Decimal(repr(value_at(one, "A3"))) == amount * 10000
        assert Decimal(repr(value_at(one, "B3"))) == amount


def test_more_decimals_than_the_table_takes_are_listed_and_not_rounded(tools: Tools) -> None:
    cells = cells_map({"C5": '{ place = "basic", unit = "万元", decimals = 2 }'})
    one = filled(BLANK, cells, document_of({"basic": "12.345"}), tools)
    assert value_at(one, "C5") is None
    assert reasons(one)["basic"] == ("12.345", "too-many-decimals")


def test_an_amount_in_words_is_written_as_it_is_unless_it_must_be_converted(tools: Tools) -> None:
    cells = cells_map({"C5": '"basic"', "C6": '{ place = "basic", unit = "元" }'})
    one = filled(BLANK, cells, document_of({"basic": "详见附件"}), tools)
    assert value_at(one, "C5") == "详见附件"
    assert value_at(one, "C6") is None
    assert reasons(one)["basic"] == ("详见附件", "no-amount")


def test_a_computed_figure_is_written_as_the_form_prints_it(tools: Tools) -> None:
    document = document_of({"basic": "10.10"}, tasks={"清运": ("5.05", [])})
    one = filled(BLANK, cells_map({"C5": '{ place = "total", unit = "元" }'}), document, tools)
    assert value_at(one, "C5") == 151500


def test_a_cell_formatted_as_text_gets_the_figure_as_text(tools: Tools) -> None:
    def make(sheet: Worksheet, book: Workbook) -> None:  # noqa: ARG001
        sheet["C5"].number_format = "@"

    one = filled(template_of(make), cells_map({"C5": '"basic"'}), document_of({"basic": "1,125.00"}), tools)
    assert value_at(one, "C5") == "1125.00"


@pytest.mark.parametrize(("format_code", "value"), [("General", 95.5), ("0.00%", 0.955)])
def test_a_share_is_a_percentage_where_the_cell_shows_one(
    tools: Tools, format_code: str, value: float
) -> None:
    def make(sheet: Worksheet, book: Workbook) -> None:  # noqa: ARG001
        sheet["C5"].number_format = format_code

    one = filled(template_of(make), cells_map({"C5": '"share"'}), document_of({"share": "95.5"}), tools)
    assert value_at(one, "C5") == value


def test_a_cell_that_shows_fewer_decimals_is_told(tools: Tools) -> None:
    def make(sheet: Worksheet, book: Workbook) -> None:  # noqa: ARG001
        sheet["C5"].number_format = "#,##0"

    one = filled(template_of(make), cells_map({"C5": '"basic"'}), document_of({"basic": "12.34"}), tools)
    assert value_at(one, "C5") == 12.34
    assert [(note.what.code, note.where) for note in one.notes] == [("fill.shows-fewer", "填报表!C5")]


@pytest.mark.parametrize(
    ("pattern", "text", "written"),
    [
        ("YYYY-MM-DD", "2025年3月5日", "2025-03-05"),
        ("YYYYMMDD", "2025.3.5", "20250305"),
        ("YYYY年MM月DD日", "2025-03-05", "2025年03月05日"),
    ],
)
def test_a_date_is_written_as_the_system_wants_it(
    tools: Tools, pattern: str, text: str, written: str
) -> None:
    cells = cells_map({"C5": f'{{ place = "day", date = "{pattern}" }}'})
    one = filled(BLANK, cells, document_of({"day": text}), tools)
    assert value_at(one, "C5") == written
    assert ways(one) == {"date-written"}


def test_a_date_cell_gets_a_date(tools: Tools) -> None:
    def make(sheet: Worksheet, book: Workbook) -> None:  # noqa: ARG001
        sheet["C5"].number_format = "yyyy-mm-dd"

    one = filled(template_of(make), cells_map({"C5": '"day"'}), document_of({"day": "2025年3月5日"}), tools)
    assert value_at(one, "C5") == datetime.datetime(2025, 3, 5)


@pytest.mark.parametrize("text", ["12月底前", "2025年", "尽快", "2025年2月30日"])
def test_what_is_no_single_day_is_listed(tools: Tools, text: str) -> None:
    cells = cells_map({"C5": '{ place = "day", date = "YYYY-MM-DD" }'})
    one = filled(BLANK, cells, document_of({"day": text}), tools)
    assert value_at(one, "C5") is None
    assert reasons(one)["day"] == (text, "no-date")


# --- what the template allows ---


def ruled(*rules: tuple[str, str, dict[str, str]]) -> bytes:
    def make(sheet: Worksheet, book: Workbook) -> None:
        for kind, formula, more in rules:
            allow(sheet, "C5", kind, formula, **more)
        words = book.create_sheet("字典")
        for row, word in enumerate(["一般公共预算", "政府性基金"], start=1):
            words.cell(row, 1, word)

    return template_of(make)


def test_a_text_that_is_too_long_is_listed_and_never_cut(tools: Tools) -> None:
    data = ruled(("textLength", "4", {"operator": "lessThanOrEqual"}))
    one = filled(data, cells_map({"C5": '"project"'}), document_of({"project": "垃圾清运费"}), tools)
    assert value_at(one, "C5") is None
    assert reasons(one)["project"] == ("垃圾清运费", "length-ruled")
    assert value_at(filled(data, cells_map({"C5": '"code"'}), document_of({"code": "四个字啊"}), tools), "C5")


def test_a_limit_of_the_map_counts_as_excel_does(tools: Tools) -> None:
    cells = cells_map({"C5": '{ place = "project", limit = 2 }'})
    assert not reasons(filled(BLANK, cells, document_of({"project": "龑二"}), tools)).get("project")
    one = filled(BLANK, cells, document_of({"project": "𫍯二"}), tools)
    assert reasons(one)["project"] == ("𫍯二", "over-limit")


def test_a_text_longer_than_excel_keeps_is_listed(tools: Tools) -> None:
    one = filled(BLANK, cells_map({"C5": '"goal"'}), document_of({"goal": "长" * 32_768}), tools)
    assert reasons(one)["goal"][1] == "over-limit"


@pytest.mark.parametrize("rule", ['"一般公共预算,政府性基金"', "字典!$A$1:$A$2", "'字典'!$A:$A"])
def test_a_word_that_is_not_on_the_list_is_listed(tools: Tools, rule: str) -> None:
    data = ruled(("list", rule, {}))
    fits = filled(data, cells_map({"C5": '"code"'}), document_of({"code": "政府性基金"}), tools)
    assert value_at(fits, "C5") == "政府性基金"
    other = filled(data, cells_map({"C5": '"code"'}), document_of({"code": "财政拨款"}), tools)
    assert value_at(other, "C5") is None
    assert reasons(other)["code"] == ("财政拨款", "not-allowed")
    assert other.left[0].why.params["words"] == "一般公共预算、政府性基金"


def test_the_map_can_say_which_word_to_write(tools: Tools) -> None:
    data = ruled(("list", '"一般公共预算,政府性基金"', {}))
    cells = cells_map({"C5": '{ place = "code", words = { "财政拨款" = "一般公共预算" } }'})
    one = filled(data, cells, document_of({"code": "财政拨款"}), tools)
    assert value_at(one, "C5") == "一般公共预算"
    assert ways(one) == {"by-map"}


def test_a_word_spelled_in_full_width_is_the_word_on_the_list(tools: Tools) -> None:
    data = ruled(("list", '"A类,B类"', {}))
    one = filled(data, cells_map({"C5": '"code"'}), document_of({"code": "Ａ类"}), tools)
    assert value_at(one, "C5") == "A类"
    assert ways(one) == {"allowed-word"}


def test_lists_by_name_and_lists_that_hang_on_another_cell_are_followed(tools: Tools) -> None:
    def make(sheet: Worksheet, book: Workbook) -> None:
        words = book.create_sheet("字典")
        for row, word in enumerate(["数量指标", "质量指标"], start=1):
            words.cell(row, 1, word)
        from openpyxl.workbook.defined_name import DefinedName

        book.defined_names["产出指标"] = DefinedName("产出指标", attr_text="字典!$A$1:$A$2")
        book.defined_names["一级"] = DefinedName("一级", attr_text='"产出指标,效益指标"')
        allow(sheet, "A3:A9", "list", "一级")
        allow(sheet, "B3:B9", "list", "INDIRECT($A3)")

    data = template_of(make)
    cells = cells_map({"A4": '"code"', "B4": '"project"'})
    fits = filled(data, cells, document_of({"code": "产出指标", "project": "质量指标"}), tools)
    assert (value_at(fits, "A4"), value_at(fits, "B4")) == ("产出指标", "质量指标")
    other = filled(data, cells, document_of({"code": "产出指标", "project": "社会效益指标"}), tools)
    assert reasons(other)["project"] == ("社会效益指标", "not-allowed")


def test_a_rule_that_is_a_formula_is_told_as_not_followed(tools: Tools) -> None:
    data = ruled(("custom", "LEN(C5)>1", {}))
    one = filled(data, cells_map({"C5": '"code"'}), document_of({"code": "1"}), tools)
    assert value_at(one, "C5") == "1"
    assert [note.what.code for note in one.notes] == ["fill.rule-not-followed"]


@pytest.mark.parametrize(
    ("kind", "formula", "more", "text", "reason"),
    [
        ("decimal", "0", {"operator": "greaterThanOrEqual"}, "-3.5", "number-ruled"),
        ("decimal", "0", {"operator": "between", "formula2": "100"}, "100.01", "number-ruled"),
        ("whole", "0", {"operator": "greaterThanOrEqual"}, "3.5", "whole-number"),
        ("decimal", "0", {"operator": "greaterThanOrEqual"}, "若干", "not-a-number"),
    ],
)
def test_a_figure_out_of_bounds_is_listed(
    tools: Tools, kind: str, formula: str, more: dict[str, str], text: str, reason: str
) -> None:
    one = filled(
        ruled((kind, formula, more)), cells_map({"C5": '"basic"'}), document_of({"basic": text}), tools
    )
    assert value_at(one, "C5") is None
    assert reasons(one)["basic"] == (text, reason)


# --- what stands there already ---


def test_nothing_is_written_over_words_formulas_locks_and_covered_cells(tools: Tools) -> None:
    def make(sheet: Worksheet, book: Workbook) -> None:  # noqa: ARG001
        sheet["A2"], sheet["B2"] = "原有文字", "=1+1"
        sheet["C2"].protection = Protection(locked=True)
        sheet["E2"].protection = Protection(locked=False)
        for cell in ("A2", "B2", "D3"):
            sheet[cell].protection = Protection(locked=False)
        sheet.merge_cells("D2:D3")
        sheet.protection.sheet = True

    places = ("code", "project", "goal", "day", "share")
    cells = dict(zip(("A2", "B2", "C2", "D3", "E2"), (f'"{place}"' for place in places), strict=True))
    one = filled(template_of(make), cells_map(cells), document_of(dict.fromkeys(places, "新")), tools)
    assert {place: reasons(one)[place][1] for place in places if place in reasons(one)} == {
        "code": "text-there",
        "project": "formula-there",
        "goal": "locked",
        "day": "covered",
    }
    assert [value_at(one, cell) for cell in ("A2", "B2", "C2", "E2")] == ["原有文字", "=1+1", None, "新"]


def test_words_that_only_say_where_to_write_are_replaced_when_the_map_says_so(tools: Tools) -> None:
    data = template_of(rows_of(["指标1："]))
    one = filled(
        data,
        cells_map({"A1": '{ place = "project", replace = true }'}),
        document_of({"project": "甲"}),
        tools,
    )
    assert value_at(one, "A1") == "甲"


def test_a_text_is_written_behind_the_words_of_the_table(tools: Tools) -> None:
    data = template_of(rows_of(["填报单位（盖章）：＿＿＿＿　"]))
    one = filled(data, cells_map({"A1": '{ place = "unit.name", behind = true }'}), document_of(), tools)
    assert value_at(one, "A1") == "填报单位（盖章）：青禾镇人民政府"


def test_a_blank_that_was_drawn_by_underlining_is_told_to_be_gone(tools: Tools) -> None:
    def make(sheet: Worksheet, book: Workbook) -> None:  # noqa: ARG001
        sheet["A1"] = CellRichText("填报单位：", TextBlock(InlineFont(u="single"), "        "))
        sheet["A2"] = "填报人："

    cells = cells_map(dict.fromkeys(("A1", "A2"), '{ place = "unit.name", behind = true }'))
    for data in (template_of(make), with_shared_strings(template_of(make))):
        one = filled(data, cells, document_of(), tools)
        written = [value_at(one, cell) for cell in ("A1", "A2")]
        assert written == ["填报单位：青禾镇人民政府", "填报人：青禾镇人民政府"]
        assert [(note.what.code, note.where) for note in one.notes] == [("fill.one-look", "填报表!A1")]


def test_a_fixed_text_is_written_or_told(tools: Tools) -> None:
    data = template_of(rows_of(["已有"]))
    one = filled(
        data, cells_map({"A1": '{ fixed = "440113" }', "B1": '{ fixed = "440113" }'}), document_of(), tools
    )
    assert (value_at(one, "A1"), value_at(one, "B1")) == ("已有", "440113")
    assert [note.what.code for note in one.notes] == ["fill.fixed-not-written"]
