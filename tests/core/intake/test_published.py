"""Texts as web sites publish them, made from documents: what was in the form is found again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.intake.published import read_text
from core.intake.reading import Reading, RepairKind
from core.sheet.document import Document
from core.sheet.document_file import plain_content
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from tests.core.intake.conftest import Read
from tests.core.intake.dumps import documents, lines_of, tabbed, table_lines, torn

EDITIONS = st.sampled_from(["2024", "2025"])
FEWER = settings(max_examples=max(10, settings().max_examples // 6))
"""Each example is a whole form, which takes a moment."""


def assert_same(reading: Reading, document: Document) -> None:
    [again] = reading.documents
    assert again.form is document.form
    assert again.unit_name == document.unit_name
    assert plain_content(again) == plain_content(document)


# -- tabs between cells -------------------------------------------------------------------------------


@FEWER
@given(data=st.data())
def test_cells_parted_by_tabs_are_found_again(data: st.DataObject, forms: FormLibrary, read: Read) -> None:
    document = data.draw(documents(forms.get("gz-decl", data.draw(EDITIONS))))
    reading = read(tabbed(document))
    assert_same(reading, document)
    assert reading.unplaced == []
    assert {repair.kind for repair in reading.repairs} <= {RepairKind.FILLED}


@FEWER
@given(data=st.data())
def test_rows_that_lost_their_leading_tabs_are_set_right_and_named(
    data: st.DataObject, forms: FormLibrary, read: Read
) -> None:
    document = data.draw(documents(forms.get("gz-decl", data.draw(EDITIONS))))
    candidates = table_lines(document, "indicators")
    lost = data.draw(st.sets(st.sampled_from(candidates), max_size=4))
    reading = read(tabbed(document, lost))
    assert_same(reading, document)
    assert reading.unplaced == []
    shifted = {repair.where.line for repair in reading.repairs if repair.kind is RepairKind.SHIFTED}
    assert shifted == {line + 4 for line in lost}


@FEWER
@given(data=st.data())
def test_a_row_shifted_to_the_right_keeps_its_texts_and_loses_none(
    data: st.DataObject, forms: FormLibrary, read: Read
) -> None:
    document = data.draw(documents(forms.get("gz-decl", "2024")))
    rows = document.rows("indicators")
    row = data.draw(st.sampled_from([one for one in rows if one.cells["level2"] == "时效指标"][:1]))
    cells = row.cells
    line = f"\t\t{cells['level2']}\t{cells['name']}\t{cells['period_value']}\t{cells['value']}"
    shifted = f"\t\t\t{cells['level2']}\t{cells['name']}\t{cells['period_value']}"
    text = tabbed(document)
    reading = read(text.replace(line, shifted, 1))
    again = reading.documents[0].rows("indicators")[rows.index(row)].cells
    assert again == {name: text for name, text in cells.items() if name != "value"}
    assert [one.kind for one in reading.repairs if one.kind is RepairKind.SHIFTED] == [RepairKind.SHIFTED]


def test_cells_copied_from_excel_keep_their_line_ends(read: Read) -> None:
    text = (
        "部门整体预算绩效目标申报表\n"
        "部门名称\t某区司法局\n"
        "预算整体情况\t部门预算支出\t预算金额（万元）\t收入来源\t预算金额（万元）\n"
        "\t基本支出\t1.00\t财政拨款\t1.00\n"
        "\t项目支出\t0.00\t其他资金\t0.00\n"
        "\t事业发展性支出\t预算金额（万元）\t按预算级次划分\t预算金额（万元）\n"
        "\t财政专项资金\t0.00\t区本级使用资金\t1.00\n"
        "\t其他事业发展性支出\t0.00\t拟用于对下转移支付资金\t0.00\n"
        '总体绩效目标\t"一、目标。\n二、""法治""目标。\n"\n'
        "年度重点工作任务\t名称\t主要实施内容\t拟投入的资金（万元）\t期望达到的目标（概述）\n"
        '\t普法\t"内容\t有制表"\t1.00\t"引号开头\n'
        "其他需完成的任务（可选项）\n"
    )
    reading = read(text, "gz-decl", "2024")
    [document] = reading.documents
    assert document.field("goal") == '一、目标。\n二、"法治"目标。\n'
    assert [row.cells for row in document.rows("tasks")] == [
        {"name": "普法", "content": "内容\t有制表", "funds": "1.00", "goal": '"引号开头'}
    ]
    assert reading.unplaced == []


# -- blanks between cells, lines torn by the page -----------------------------------------------------


@FEWER
@given(data=st.data())
def test_cells_torn_into_lines_are_joined_again(data: st.DataObject, forms: FormLibrary, read: Read) -> None:
    document = data.draw(documents(forms.get("gz-decl", data.draw(EDITIONS))))
    reading = read(torn(document, data.draw(st.integers(45, 90))))
    assert_same(reading, document)
    assert reading.unplaced == []
    kinds = {repair.kind for repair in reading.repairs}
    assert kinds <= {RepairKind.FILLED, RepairKind.JOINED, RepairKind.SPLIT}


@FEWER
@given(data=st.data())
def test_labels_printed_again_on_a_new_page_make_no_row(
    data: st.DataObject, forms: FormLibrary, read: Read
) -> None:
    document = data.draw(documents(forms.get("gz-decl", data.draw(EDITIONS))))
    names = [row.cells["name"] for row in document.rows("indicators")]
    once = [name for name in names if names.count(name) == 1]
    if not once:
        return
    reading = read(torn(document, 66, break_before=data.draw(st.sampled_from(once))))
    assert_same(reading, document)
    assert reading.unplaced == []


def test_an_empty_level_printed_on_both_pages_stays_one_row(read: Read) -> None:
    head = "部门名称 某局\n\n绩效指标\n\n一级指标 二级指标 三级指标 实施周期指标值 年度指标值\n\n"
    body = "效益指标\n\n社会效益指标\n\n\n\n绩效指标\n\n效益指标\n\n社会效益指标\n\n知晓率 ≥95% ≥95%\n"
    reading = read(head + body, "gz-decl", "2024")
    rows = [row.cells for row in reading.documents[0].rows("indicators")]
    assert rows == [
        {
            "level1": "效益指标",
            "level2": "社会效益指标",
            "name": "知晓率",
            "period_value": "≥95%",
            "value": "≥95%",
        }
    ]


def test_level_rows_the_form_always_has_are_added_and_named(read: Read) -> None:
    head = "部门名称 某局\n\n绩效指标\n\n一级指标 二级指标 三级指标 实施周期指标值 年度指标值\n\n"
    reading = read(head + "产出指标 质量指标 合格率 ≥95% ≥95%\n", "gz-decl", "2025")
    document = reading.documents[0]
    pairs = tuple((row.cells["level1"], row.cells["level2"]) for row in document.rows("indicators"))
    assert pairs == document.form.tables["indicators"].always
    added = [repair.made for repair in reading.repairs if repair.kind is RepairKind.ADDED]
    assert len(added) == 9
    assert "产出指标 / 质量指标" not in added


def test_text_that_is_not_of_the_form_is_listed_with_its_line(read: Read) -> None:
    text = (
        "首页 政务公开 正文\n发布时间 2025-02-01\n\n"
        + MINIMAL
        + "\n\n扫一扫在手机打开当前页\n第1页 共2页\n填报人：张三\n"
    )
    reading = read(text, "gz-decl", "2024")
    assert reading.documents[0].unit_name == "某局"
    left = [(one.where.line, one.text) for one in reading.unplaced]
    last = text.count("\n")
    assert left == [
        (1, "首页 政务公开 正文"),
        (2, "发布时间 2025-02-01"),
        (last - 2, "扫一扫在手机打开当前页"),
        (last, "填报人：张三"),
    ]


MINIMAL = (
    "部门名称 某局\n\n预算整体情况\n\n部门预算支出 预算金额（万元） 收入来源 预算金额（万元）\n\n"
    "基本支出 1.00 财政拨款 1.00\n\n总体绩效目标\n\n目标。\n\n绩效指标\n\n"
    "一级指标 二级指标 三级指标 实施周期指标值 年度指标值\n\n产出指标 质量指标 合格率 ≥95% ≥95%"
)


def test_a_label_in_another_wording_is_told(read: Read) -> None:
    reading = read(MINIMAL.replace("部门名称", "单位名称"), "gz-decl", "2024")
    assert reading.documents[0].unit_name == "某局"
    [alias] = [one for one in reading.repairs if one.kind is RepairKind.ALIAS]
    assert (alias.where.line, alias.read, alias.made) == (1, "单位名称", "部门名称")


def test_labels_in_full_width_or_with_blanks_inside_are_the_same_labels(read: Read) -> None:
    text = MINIMAL.replace("（万元）", "(万元)").replace("部门名称", "部 门 名 称")
    reading = read(text, "gz-decl", "2024")
    assert reading.documents[0].unit_name == "某局"
    assert reading.unplaced == []


def test_an_amount_that_is_no_number_is_kept_as_text_where_it_stands(read: Read) -> None:
    reading = read(MINIMAL.replace("基本支出 1.00", "基本支出 待定"), "gz-decl", "2024")
    assert reading.documents[0].field("basic_expense") == "待定"
    assert reading.documents[0].field("fiscal_income") == "1.00"


def test_cells_parted_and_filled_with_blanks_are_told_to_be_a_guess(read: Read) -> None:
    text = MINIMAL.replace("合格率 ≥95% ≥95%", "甲 乙 合格率 ≥95% ≥95%")
    reading = read(text, "gz-decl", "2024")
    [row] = reading.documents[0].rows("indicators")
    assert row.cells["name"] == "甲 乙 合格率"
    assert [one.made for one in reading.repairs if one.kind is RepairKind.SPLIT] == [
        "甲 乙 合格率 | ≥95% | ≥95%"
    ]


@FEWER
@given(data=st.data())
def test_no_word_is_lost_however_mixed_up_the_lines_are(
    data: st.DataObject, forms: FormLibrary, read: Read
) -> None:
    form = forms.get("gz-decl", data.draw(EDITIONS))
    document = data.draw(documents(form))
    text = data.draw(st.sampled_from([tabbed(document), torn(document, 66)]))
    lines = text.split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        line = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
        lines.insert(data.draw(st.integers(0, len(lines))), line)
    reading = read("\n".join(lines), form.form, form.edition)
    again = reading.documents[0]
    found = [again.text(place) for place in again.places()]
    found += [one.text for one in reading.unplaced] + [one.read for one in reading.repairs]
    printed = {cell.text for row in lines_of(document) for cell in row if cell.kind == "label"}
    everything = "\n".join([*found, *printed, form.title, form.heading.number])
    for piece in read_text("\n".join(lines)).pieces:
        assert piece.text in everything


def test_every_word_of_a_text_is_placed_or_listed(read: Read) -> None:
    """Words put in anywhere are in a value or in the list of what was left over."""
    lines = MINIMAL.split("\n")
    for number in range(len(lines) + 1):
        text = "\n".join([*lines[:number], "奇怪的一句话", *lines[number:]])
        reading = read(text, "gz-decl", "2024")
        document = reading.documents[0]
        texts = [document.text(place) for place in document.places()]
        left = [one.text for one in reading.unplaced]
        assert any("奇怪的一句话" in one for one in texts + left)


# -- limits -------------------------------------------------------------------------------------------


def test_a_text_of_too_many_lines_or_pieces_is_refused(read: Read) -> None:
    many = MINIMAL.replace("合格率", "字 " * 10_000)
    for text, code in (("字" + "\n" * 100_000, "too-many-lines"), (many, "too-many-pieces")):
        with pytest.raises(RefusedError) as refused:
            read(text, "gz-decl", "2024")
        assert refused.value.code == f"intake.{code}"


def test_control_characters_in_a_text_are_taken_out_and_told(read: Read) -> None:
    reading = read(MINIMAL.replace("目标。", "目\x07标\x01。"), "gz-decl", "2024")
    assert reading.documents[0].field("goal") == "目标。"
    [cleaned] = [one for one in reading.repairs if one.kind is RepairKind.CLEANED]
    assert cleaned.read == "U+0007、U+0001"


def test_the_dumps_of_these_tests_look_like_the_published_ones(forms: FormLibrary) -> None:
    """The two ways of dumping differ: one has tabs and no torn line, the other torn lines and no tab."""
    document = Document(forms.get("gz-decl", "2025"), unit_name="某局" * 40)
    assert len(lines_of(document)) == 13
    assert "\t" not in torn(document, 66)
    assert ("某局" * 40) in tabbed(document)
    assert ("某局" * 40) not in torn(document, 66)
