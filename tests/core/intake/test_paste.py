"""A block of copied cells put into a table: with or without its header, its levels, and too many columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intake.paste import Pasted, paste_block
from core.sheet.document import ROOT, Document, Row, blank_document, new_row_id
from core.sheet.document_file import plain_content
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.places import Place


@pytest.fixture
def document(forms: FormLibrary) -> Document:
    """A form of 2025 with two tasks."""
    document = blank_document(forms.get("gz-decl", "2025"))
    for number, name in enumerate(("甲", "乙")):
        document.insert_row("tasks", ROOT, number, Row(new_row_id(), {"name": name, "funds": "1.00"}))
    return document


def pasted(document: Document, block: list[list[str]], table: str, row: int, column: str) -> Pasted:
    rows = document.rows(table)
    done = paste_block(block, document, table, rows[row].id if row < len(rows) else "", column, label="粘贴")
    done.step.apply(document)
    return done


def texts(document: Document, table: str, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row.cells.get(name, "") for name in columns) for row in document.rows(table)]


def test_a_block_fills_the_cells_from_the_cursor_on_and_adds_rows(document: Document) -> None:
    done = pasted(
        document, [["内容一", "2.00"], ["内容二", "3.00"], ["内容三", "4.00"]], "tasks", 0, "content"
    )
    assert texts(document, "tasks", "name", "content", "funds") == [
        ("甲", "内容一", "2.00"),
        ("乙", "内容二", "3.00"),
        ("", "内容三", "4.00"),
    ]
    assert [(one.new, dict(one.cells)) for one in done.rows] == [
        (False, {"content": ("", "内容一"), "funds": ("1.00", "2.00")}),
        (False, {"content": ("", "内容二"), "funds": ("1.00", "3.00")}),
        (True, {"content": ("", "内容三"), "funds": ("", "4.00")}),
    ]
    assert (done.left, done.header, done.step.label) == ((), False, "粘贴")


def test_a_header_copied_along_says_which_column_is_which(document: Document) -> None:
    block = [["拟投入的资金（元）", "序号", "名 称"], ["9.00", "1", "丙"]]
    done = pasted(document, block, "tasks", 2, "name")
    assert texts(document, "tasks", "name", "funds")[2:] == [("丙", "9.00")]
    assert (done.header, done.money) == (True, "元")
    assert done.left == ((2, 2, "1"),)


def test_columns_beyond_the_table_are_listed_with_their_place_in_the_block(document: Document) -> None:
    done = pasted(document, [["目标一", "备注"], ["目标二", ""]], "tasks", 0, "goal")
    assert texts(document, "tasks", "goal") == [("目标一",), ("目标二",)]
    assert done.left == ((1, 2, "备注"),)


def test_indicators_copied_with_their_levels_go_to_the_rows_of_these_levels(document: Document) -> None:
    block = [
        ["一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值"],
        ["产出指标", "质量指标", "验收合格率", "100%", "100%"],
        ["", "", "整改完成率", "100%", "100%"],
        ["", "数量指标", "培训场次", "≥4场", "≥4场"],
        ["", "", "", "", ""],
        ["其他指标", "安全", "事故数", "0起", "0起"],
    ]
    done = pasted(document, block, "indicators", 0, "level1")
    rows = texts(document, "indicators", "level1", "level2", "name", "value")
    assert rows[:3] == [
        ("产出指标", "数量指标", "培训场次", "≥4场"),
        ("产出指标", "质量指标", "验收合格率", "100%"),
        ("产出指标", "质量指标", "整改完成率", "100%"),
    ]
    assert rows[-1] == ("其他指标", "安全", "事故数", "0起")
    assert [one.new for one in done.rows] == [False, True, False, True]
    assert len(rows) == 12


def test_indicators_copied_without_levels_run_down_and_the_last_levels_are_kept(document: Document) -> None:
    names = [[f"指标{number}", "1%", "1%"] for number in range(12)]
    pasted(document, names, "indicators", 0, "name")
    rows = texts(document, "indicators", "level1", "level2", "name")
    assert [row[2] for row in rows] == [f"指标{number}" for number in range(12)]
    assert rows[-1][:2] == rows[9][:2] == ("成本指标", "生态环境成本指标")


def test_key_indicators_are_pasted_inside_the_task(forms: FormLibrary) -> None:
    document = blank_document(forms.get("gz-self"))
    document.insert_row("tasks", ROOT, 0, Row("t", {"name": "甲"}))
    done = paste_block(
        [["一", "完成"], ["二", "100%"]], document, "tasks.key_indicators", "", "name", parent="t"
    )
    done.step.apply(document)
    assert [row.cells for row in document.rows("tasks.key_indicators", "t")] == [
        {"name": "一", "result": "完成"},
        {"name": "二", "result": "100%"},
    ]


def test_computed_columns_take_nothing(forms: FormLibrary) -> None:
    document = blank_document(forms.get("mof-dept"))
    document.insert_row("tasks", ROOT, 0, Row("t", {"name": "甲"}))
    block = [["任务名称", "主要内容", "总额", "财政拨款", "其他资金"], ["乙", "内容", "3.00", "2.00", "1.00"]]
    done = paste_block(block, document, "tasks", "t", "name")
    done.step.apply(document)
    assert document.rows("tasks")[0].cells == {
        "name": "乙",
        "content": "内容",
        "fiscal": "2.00",
        "other": "1.00",
    }
    assert done.left == ((2, 3, "3.00"),)


def test_a_text_no_document_can_hold_is_refused_whole(document: Document) -> None:
    with pytest.raises(RefusedError):
        paste_block([["好", "坏\ufdd0"]], document, "tasks", document.rows("tasks")[0].id, "name")


cells = st.sampled_from(
    ["", "产出指标", "效益指标", "数量指标", "质量指标", "三级指标", "100%", "一句话", "12.5"]
)


@given(
    block=st.lists(st.lists(cells, min_size=1, max_size=7), min_size=1, max_size=6), row=st.integers(0, 12)
)
def test_every_text_of_a_block_is_pasted_or_listed_and_the_step_undoes_whole(
    block: list[list[str]], row: int, forms: FormLibrary
) -> None:
    document = blank_document(forms.get("gz-decl", "2025"))
    before = plain_content(document)
    done = pasted(document, block, "indicators", row, "level1")
    there = [text for one in document.rows("indicators") for text in one.cells.values()]
    listed = [text for *_, text in done.left]
    for texts_of_row in block[done.header :]:
        assert all(text in there or text in listed for text in texts_of_row if text)
    done.step.inverse().apply(document)
    assert plain_content(document) == before
    assert document.row("indicators", Place("indicators", "x", "name").row) is None
