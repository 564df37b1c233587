"""A bureau's own blank Excel form becomes a first definition that shows the same cells."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from core.authoring.draft import Draft, Drafter
from core.paper.fonts import Fonts
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from tests.core.authoring.making import (
    Made,
    Shown,
    Variation,
    blank_workbook,
    made_sheet,
    rows_of,
    saved,
    shown,
    varied,
)

FORMS = sorted(
    (file.parent.parent.name, file.parent.name)
    for file in (Path(__file__).resolve().parents[3] / "resources/forms").glob("*/*/form.toml")
)


def drafted(drafter: Drafter, data: bytes, sheet: str = "") -> Draft:
    return drafter.draft(data, "空表.xlsx", "draft", "2026", sheet)


def codes(draft: Draft) -> set[str]:
    return {one.code for one in draft.undecided}


# --- the shipped forms ---


@pytest.mark.parametrize("name", FORMS, ids="-".join)
def test_the_blank_sheet_of_every_form_is_drafted_with_the_same_cells(
    name: tuple[str, str], drafter: Drafter, forms: FormLibrary, fonts: Fonts, messages: Messages
) -> None:
    form = forms.get(*name)
    draft = drafted(drafter, blank_workbook(form, fonts, messages))
    assert shown(draft.form) == shown(form)
    assert (draft.form.page.paper, draft.form.page.direction) == (form.page.paper, form.page.direction)
    own, theirs = (
        [float(one) / float(sum(page.columns)) for one in page.columns]
        for page in (draft.form.page, form.page)
    )
    assert own == pytest.approx(theirs, abs=0.01)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_added_titles_hidden_rows_and_columns_and_other_widths_change_no_cell(
    data: st.DataObject, drafter: Drafter, forms: FormLibrary, fonts: Fonts, messages: Messages
) -> None:
    form = forms.get(*data.draw(st.sampled_from(FORMS)))
    blank = blank_workbook(form, fonts, messages)
    last = load_workbook(io.BytesIO(blank)).worksheets[0].max_row
    variation = Variation(
        titles=tuple(data.draw(st.lists(st.sampled_from(("某某市财政局", "附件1", "（样式）")), max_size=2))),
        hidden_rows=frozenset(data.draw(st.sets(st.integers(3, last), max_size=3))),
        hidden_columns=frozenset(data.draw(st.sets(st.integers(1, len(form.page.columns)), max_size=2))),
        wider=data.draw(st.sampled_from((0.5, 1.0, 1.7))),
    )
    assert shown(drafted(drafter, varied(blank, variation)).form) == shown(form)


def test_levels_known_by_name_become_rows_that_are_always_there(
    drafter: Drafter, forms: FormLibrary, fonts: Fonts, messages: Messages
) -> None:
    form = forms.get("gz-decl", "2025")
    table = drafted(drafter, blank_workbook(form, fonts, messages)).form.tables["indicators"]
    assert (table.role, table.merge, table.always) == (
        "indicators",
        ("level1", "level2"),
        form.tables["indicators"].always,
    )
    assert set(table.columns) == set(form.tables["indicators"].columns)


def test_two_tables_side_by_side_are_told_apart(
    drafter: Drafter, forms: FormLibrary, fonts: Fonts, messages: Messages
) -> None:
    draft = drafted(drafter, blank_workbook(forms.get("mof-proj", "2015"), fonts, messages))
    assert draft.form.tables["indicators_2"].beside == "indicators"


def test_seal_boxes_keep_their_height_and_signatures_become_the_foot(
    drafter: Drafter, forms: FormLibrary, fonts: Fonts, messages: Messages
) -> None:
    tr = drafted(drafter, blank_workbook(forms.get("tr", "2021"), fonts, messages))
    assert [block.height for block in tr.form.blocks if block.height] == [pytest.approx(36, abs=3)]
    signed = drafted(drafter, blank_workbook(forms.get("gz-decl", "2025"), fonts, messages))
    assert signed.form.heading.foot == "signatures"
    assert "signatures" in codes(signed)


# --- any table ---


@st.composite
def tables(draw: st.DrawFn) -> list[Made]:
    """A table cut into cells at random: labels, level names, headers and empty cells."""
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    texts = st.sampled_from(
        (
            "",
            "",
            "",
            "项目名称",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标值",
            "产出指标",
            "数量指标",
            "质量指标",
            "10",
            "—",
            "<",
        )
    )
    free = {(row, column) for row in range(1, rows + 1) for column in range(1, columns + 1)}
    cells = []
    while free:
        row, column = min(free)
        down, across = draw(st.integers(1, 3)), draw(st.integers(1, 3))
        while not _all_free(free, row, column, down, across):
            down, across = (down - 1, across) if down > 1 else (down, across - 1)
        free -= {(r, c) for r in range(row, row + down) for c in range(column, column + across)}
        cells.append(Made(row, column, down, across, draw(texts)))
    return cells


def _all_free(free: set[tuple[int, int]], row: int, column: int, down: int, across: int) -> bool:
    return all((r, c) in free for r in range(row, row + down) for c in range(column, column + across))


@settings(max_examples=100, deadline=None)
@given(cells=tables())
def test_any_table_is_drafted_with_exactly_its_cells(cells: list[Made], drafter: Drafter) -> None:
    book, _ = made_sheet(cells)
    if not any(one.text for one in cells):
        return
    assert shown(drafted(drafter, saved(book)).form) == _wanted(cells)


def _wanted(cells: list[Made]) -> Shown:
    """The cells as they should come out: rows in which nothing begins are one row with the one above."""
    begun = sorted({one.row for one in cells})
    wanted = set()
    for one in cells:
        down = sum(one.row <= row < one.row + one.down for row in begun)
        text = {"<": "＜"}.get(one.text, one.text)
        wanted.add((begun.index(one.row), one.column - 1, down, one.across, text))
    return wanted


# --- what a cell is guessed to be, and how it is told ---


def test_everything_guessed_is_marked_in_the_text_and_listed(drafter: Drafter, messages: Messages) -> None:
    book, _ = made_sheet(rows_of(("项目名称", "", "预算金额", "")))
    draft = drafted(drafter, saved(book))
    told = [one for one in draft.undecided if one.code.startswith("field")]
    assert [one.where for one in told] == ["B2", "D2"]
    for name, field in draft.form.fields.items():
        line = next(line for line in draft.text.split("\n") if line.startswith(f"{name} ="))
        assert "# 待定：" in line
        assert field.label in line
        assert field.kind == "text"
    assert "像是金额" in told[1].text(messages)


def test_a_drop_down_list_becomes_a_choice_and_a_text_length_a_limit(drafter: Drafter) -> None:
    book, sheet = made_sheet(rows_of(("项目属性", ""), ("项目概况", "")))
    pick = DataValidation(type="list", formula1='"新增项目,延续项目"')
    pick.add("B2")
    length = DataValidation(type="textLength", operator="lessThanOrEqual", formula1="300")
    length.add("B3")
    sheet.add_data_validation(pick)
    sheet.add_data_validation(length)
    draft = drafted(drafter, saved(book))
    first, second = draft.form.fields.values()
    assert (first.kind, first.options) == ("choice", ("新增项目", "延续项目"))
    assert second.limit == 300
    assert [(one.address, one.options, one.longest) for one in draft.cells] == [
        ("B2", ("新增项目", "延续项目"), None),
        ("B3", (), 300),
    ]


def test_empty_rows_under_a_header_repeat_and_are_printed_as_often(drafter: Drafter) -> None:
    book, _ = made_sheet(rows_of(("任务名称", "主要内容"), ("", ""), ("", ""), ("", "")))
    draft = drafted(drafter, saved(book))
    assert draft.form.tables["table_1"].blank == 3
    assert list(draft.form.tables["table_1"].columns) == ["name", "content"]
    assert len(draft.form.blocks[0].rows) == 2
    assert draft.form.blocks[0].head == 1


def test_hundreds_of_empty_rows_are_cut_to_what_a_form_prints_and_it_is_said(drafter: Drafter) -> None:
    book, _ = made_sheet(rows_of(("任务名称", "主要内容"), *([("", "")] * 200), ("备注", "")))
    draft = drafted(drafter, saved(book))
    assert draft.form.tables["table_1"].blank == 50
    assert [one.params["count"] for one in draft.undecided if one.code == "surplus-rows"] == [150]


def test_numbered_rows_begin_with_their_numbers(drafter: Drafter) -> None:
    book, _ = made_sheet(rows_of(("序号", "任务名称"), ("1", ""), ("2", "")))
    table = drafted(drafter, saved(book)).form.tables["table_1"]
    assert [dict(row) for row in table.start] == [{"column_1": "1"}, {"column_1": "2"}]


def test_a_row_of_amounts_under_its_labels_is_no_list(drafter: Drafter) -> None:
    book, _ = made_sheet(rows_of(("合计", "财政拨款", "其他资金"), ("", "", "")))
    draft = drafted(drafter, saved(book))
    assert not draft.form.tables
    assert [field.label for field in draft.form.fields.values()] == ["合计", "财政拨款", "其他资金"]


def test_cells_of_a_cross_table_are_called_by_column_and_row(drafter: Drafter) -> None:
    cells = rows_of(("", "年初预算数", "全年执行数"), ("财政拨款", "", ""), ("其他资金", "", ""))
    draft = drafted(drafter, saved(made_sheet(cells)[0]))
    assert [field.label for field in draft.form.fields.values()] == [
        "年初预算数财政拨款",
        "全年执行数财政拨款",
        "年初预算数其他资金",
        "全年执行数其他资金",
    ]


def test_equal_labels_get_different_names_for_their_fields(drafter: Drafter) -> None:
    cells = rows_of(("联系电话", "", "联系电话", ""), ("联系电话", "", "联系电话", ""))
    labels = [one.label for one in drafted(drafter, saved(made_sheet(cells)[0])).form.fields.values()]
    assert len(set(labels)) == 4


def test_the_units_name_is_no_field_of_the_form(drafter: Drafter) -> None:
    draft = drafted(drafter, saved(made_sheet(rows_of(("单位名称", "", "项目名称", "")))[0]))
    assert draft.form.blocks[0].rows == (("单位名称", "{unit.name}", "项目名称", "{field_1}"),)
    assert "fact" in codes(draft)


def test_level_rows_with_several_lines_each_are_kept_as_they_are(drafter: Drafter) -> None:
    cells = [
        *rows_of(("一级指标", "二级指标", "三级指标", "指标值")),
        Made(2, 1, 4, 1, "产出指标"),
        Made(2, 2, 2, 1, "数量指标"),
        Made(4, 2, 2, 1, "质量指标"),
        *(
            Made(row, column, text="指标1：" if column == 3 else "")
            for row in range(2, 6)
            for column in (3, 4)
        ),
    ]
    draft = drafted(drafter, saved(made_sheet(cells)[0]))
    table = draft.form.tables["indicators"]
    assert len(table.start) == 4
    assert table.merge == ("level1", "level2")
    assert "placeholder" in codes(draft)
    assert (1, 0, 4, 1, "产出指标") in shown(draft.form)
    assert (1, 1, 2, 1, "数量指标") in shown(draft.form)


def test_rows_that_only_look_repeated_are_written_singly_and_it_is_said(drafter: Drafter) -> None:
    # Nobody merges 产出指标 here, so a table that merges equal neighbours would show other cells.
    cells = rows_of(
        ("一级指标", "二级指标", "三级指标"), ("产出指标", "数量指标", ""), ("产出指标", "质量指标", "")
    )
    draft = drafted(drafter, saved(made_sheet(cells)[0]))
    assert draft.form.tables["indicators"].merge == ()
    assert {(1, 0, 1, 1, "产出指标"), (2, 0, 1, 1, "产出指标")} <= shown(draft.form)


# --- around the table ---


def test_title_number_and_lines_around_the_table_are_told_apart(drafter: Drafter) -> None:
    book, sheet = made_sheet(rows_of(("项目名称", "", "")), ("附件2", "2026年度绩效目标申报表", "单位名称："))
    sheet["A2"].font, sheet["A1"].font = Font(size=20), Font(size=10)
    sheet["C3"] = "金额单位：万元"
    sheet["A6"] = "注：本表一式两份。"
    heading = drafted(drafter, saved(book)).form.heading
    assert (heading.number, heading.title) == ("附件2", "{year}年度绩效目标申报表")
    assert heading.above == ("单位名称：{unit.name}", "金额单位：万元")
    assert heading.below == ("注：本表一式两份。",)


@pytest.mark.parametrize(
    "name", [("tr", "2021"), ("hun-proj", "2021"), ("gz-self", "2022"), ("mof-proj", "2015")]
)
def test_texts_above_the_table_keep_their_side(
    name: tuple[str, str], drafter: Drafter, forms: FormLibrary, fonts: Fonts, messages: Messages
) -> None:
    form = forms.get(*name)
    above = drafted(drafter, blank_workbook(form, fonts, messages)).form.heading.above
    assert [bool(text) for text in above] == [bool(text) for text in form.heading.above]


def test_a_title_inside_the_table_is_told(drafter: Drafter) -> None:
    cells = [Made(1, 1, 1, 2, "绩效目标申报表"), Made(2, 1, text="项目名称"), Made(2, 2)]
    draft = drafted(drafter, saved(made_sheet(cells, ())[0]))
    assert draft.form.title == "绩效目标申报表"
    assert "title-inside" in codes(draft)
    assert (0, 0, 1, 2, "绩效目标申报表") in shown(draft.form)


@pytest.mark.parametrize(
    ("printed", "made"),
    [
        ("2026年度申报表", "{year}年度申报表"),
        ("20××年申报表", "{year}年申报表"),
        ("申报表（    年度）", "申报表（{year}年度）"),
        ("申报表", "申报表"),
    ],
)
def test_a_year_in_the_title_becomes_the_year_of_each_document(
    printed: str, made: str, drafter: Drafter
) -> None:
    draft = drafted(drafter, saved(made_sheet(rows_of(("项目名称", "")), (printed,))[0]))
    assert draft.form.title == made
    assert bool(codes(draft) & {"year", "open-year"}) == (printed != made)


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [("单位：万元", "万元", "unit"), ("金额（元）", "元", "unit"), ("其他", "元", "no-unit")],
)
def test_the_unit_of_money_is_read_or_left_to_be_decided(
    text: str, unit: str, code: str, drafter: Drafter
) -> None:
    draft = drafted(drafter, saved(made_sheet(rows_of(("项目名称", "", text, "")))[0]))
    assert draft.form.money.unit == unit
    assert code in codes(draft)


def test_a_table_without_lines_is_what_stands_below_the_title(drafter: Drafter) -> None:
    book, _ = made_sheet(
        rows_of(("项目名称", "甲"), ("项目目标", "乙")), ("申报表", "单位：万元"), lines=False
    )
    draft = drafted(drafter, saved(book))
    assert draft.form.page.border == "none"
    assert {text for *_, text in shown(draft.form)} == {"项目名称", "甲", "项目目标", "乙"}
    assert draft.form.heading.above == ("单位：万元",)


# --- what cannot be taken over is said ---


def test_hidden_texts_formulas_and_other_sheets_are_said(drafter: Drafter) -> None:
    book, sheet = made_sheet(
        rows_of(("项目名称", "", "合计", ""), ("甲", "", "乙", ""), ("丙", "", "丁", ""))
    )
    sheet["D2"] = "=B3+D3"
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("填表说明")["A1"] = "说明"
    draft = drafted(drafter, saved(book))
    assert {"formula", "hidden-text", "other-sheets"} <= codes(draft)
    assert {one.where for one in draft.undecided if one.code == "hidden-text"} == {"A3", "C3"}


def test_another_sheet_is_drafted_when_it_is_named(drafter: Drafter) -> None:
    book, _ = made_sheet(rows_of(("项目名称", "")))
    other = book.create_sheet("表二")
    other["A1"], other["A2"] = "第二张表", "指标"
    assert drafted(drafter, saved(book), "表二").sheet == "表二"
    with pytest.raises(RefusedError) as error:
        drafted(drafter, saved(book), "表三")
    assert error.value.code == "authoring.no-such-sheet"


def test_a_label_with_braces_is_no_place(drafter: Drafter) -> None:
    draft = drafted(drafter, saved(made_sheet(rows_of(("项目{goal}", "", "^", "")))[0]))
    assert {text for *_, text in shown(draft.form) if text} == {"项目｛goal｝", "＾"}


# --- hostile and hopeless files ---


def test_a_sheet_wider_than_any_form_is_refused(drafter: Drafter) -> None:
    with pytest.raises(RefusedError) as error:
        drafted(drafter, saved(made_sheet(rows_of(["项目"] * 60))[0]))
    assert error.value.code == "authoring.too-many-columns"


def test_a_form_with_more_cells_than_a_definition_may_have_is_refused(drafter: Drafter) -> None:
    rows = [["标签", ""] * 10 for _ in range(60)]
    with pytest.raises(RefusedError) as error:
        drafted(drafter, saved(made_sheet(rows_of(*rows))[0]))
    assert error.value.code == "authoring.too-many-cells"


def test_a_form_of_many_rows_that_do_not_repeat_is_refused(drafter: Drafter) -> None:
    with pytest.raises(RefusedError) as error:
        drafted(drafter, saved(made_sheet(rows_of(*[[f"第{n}项"] for n in range(500)]))[0]))
    assert error.value.code == "authoring.too-many-rows"


def test_a_rule_over_the_whole_sheet_and_a_thousand_merged_areas_are_no_burden(drafter: Drafter) -> None:
    book, sheet = made_sheet(rows_of(("项目名称", ""), ("项目目标", "")))
    rule = DataValidation(type="list", formula1='"是,否"')
    rule.add("A1:XFD1048576")
    sheet.add_data_validation(rule)
    for row in range(100, 1100):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
    sheet.column_dimensions["A"].min, sheet.column_dimensions["A"].max = 1, 16384
    draft = drafted(drafter, saved(book))
    assert len(draft.form.fields) == 2
    assert all(field.options == ("是", "否") for field in draft.form.fields.values())


def test_merged_areas_that_overlap_are_refused(drafter: Drafter) -> None:
    book, sheet = made_sheet(rows_of(("甲", "乙", "丙"), ("丁", "戊", "己"), ("庚", "辛", "壬")))
    sheet.merged_cells.add("A2:B3")
    sheet.merged_cells.add("B3:C4")
    with pytest.raises(RefusedError) as error:
        drafted(drafter, saved(book))
    assert error.value.code == "authoring.overlapping-areas"


def test_an_empty_workbook_is_refused(drafter: Drafter) -> None:
    with pytest.raises(RefusedError) as error:
        drafted(drafter, saved(made_sheet([], ())[0]))
    assert error.value.code == "authoring.blank-is-empty"


def test_what_is_no_workbook_is_refused_by_the_guard_of_every_import(drafter: Drafter) -> None:
    with pytest.raises(RefusedError) as error:
        drafted(drafter, b"PK\x03\x04 no zip")
    assert error.value.code == "intake.broken-xlsx"
