"""复制供录入: a table as text for the clipboard, in the columns of a map."""

from __future__ import annotations

import csv
import io

import pytest

from core.fill.copying import copy_table
from core.fill.filler import Tools
from core.fill.map_file import parse_map
from core.fill.mapping import Map
from core.sheet.errors import RefusedError
from tests.core.fill.making import INDICATORS, document_of, list_map


def map_of(text: str) -> Map:
    return parse_map(f'form = "trial"\n{text}'.encode(), "对照.toml")


def pasted(text: str) -> list[list[str]]:
    """Read the clipboard as Excel does."""
    return list(csv.reader(io.StringIO(text, newline=""), dialect="excel-tab"))


def test_a_table_is_copied_in_the_columns_of_the_map(tools: Tools) -> None:
    columns = {
        "B": '"#"',
        "C": '"indicators.name"',
        "E": '{ place = "indicators.value", part = "number" }',
        "F": '{ place = "indicators.value", part = "unit" }',
        "G": '{ fixed = "是" }',
    }
    made = map_of(list_map("indicators", 5, columns))
    copied = copy_table(document_of({}, INDICATORS[:2]), "indicators", made, tools)
    assert copied.text == "1\t新建收集点数量\t\t40\t个\t是\r\n2\t验收合格率\t\t100\t%\t是\r\n"
    assert copied.rows == 2
    assert {change.how.code for change in copied.changed} == {"fill.part-number", "fill.part-unit"}


def test_without_a_map_the_columns_are_those_of_the_form(tools: Tools) -> None:
    copied = copy_table(document_of({}, INDICATORS[:1]), "indicators", None, tools)
    assert pasted(copied.text) == [["产出指标", "数量指标", "新建收集点数量", "≥40个"]]
    tasks = document_of(tasks={"清运": ("1,250.50", ["购车", "招人"])})
    assert pasted(copy_table(tasks, "tasks.steps", None, tools).text) == [
        ["清运", "1250.50", "购车"],
        ["清运", "1250.50", "招人"],
    ]


def test_tabs_line_ends_and_quotes_stay_within_their_cell(tools: Tools) -> None:
    texts = ['说"好"\n第二行', "甲\t乙", "平常"]
    rows = [("产出指标", "数量指标", text, "1") for text in texts]
    copied = copy_table(document_of({}, rows), "indicators", None, tools)
    assert [row[2] for row in pasted(copied.text)] == texts


def test_what_does_not_fit_is_left_blank_and_listed(tools: Tools) -> None:
    columns = {
        "A": '{ place = "indicators.name", limit = 5 }',
        "B": '{ place = "indicators.value", part = "number" }',
    }
    rows = [("产出指标", "数量指标", "新建收集点数量", "持续改善")]
    copied = copy_table(
        document_of({}, rows), "indicators", map_of(list_map("indicators", 1, columns)), tools
    )
    assert copied.text == "\t\r\n"
    assert [(left.text, left.why.code) for left in copied.left] == [
        ("新建收集点数量", "fill.over-limit"),
        ("持续改善", "fill.not-apart"),
    ]


def test_a_text_that_excel_would_take_for_a_formula_is_told(tools: Tools) -> None:
    copied = copy_table(document_of({}, INDICATORS), "indicators", None, tools)
    assert [(note.what.code, note.where) for note in copied.notes] == [("fill.formula-like", "D2")]


def test_a_map_without_a_list_of_this_table_is_refused(tools: Tools) -> None:
    made = map_of(list_map("tasks", 1, {"A": '"tasks.name"'}))
    with pytest.raises(RefusedError) as caught:
        copy_table(document_of(), "indicators", made, tools)
    assert caught.value.code == "fill.no-list-of-table"
