"""A map written by hand: all its mistakes are told at once, each with its place."""

from __future__ import annotations

import pytest

from core.fill.filler import Tools
from core.fill.map_file import MapError, check_map, parse_map
from core.fill.mapping import ListMap, SheetMap, Source
from core.sheet.messages import Messages
from tests.core.fill.making import document_of, filled, list_map, rows_of, template_of, trial_form

GOOD = """
form = "trial"
edition = "2025"
[[sheet]]
name = "填报表"
[sheet.cells]
C5 = "goal"
C6 = { place = "basic", unit = "元", decimals = 2 }
C7 = "tasks[1].funds"
C8 = ""
[[sheet.list]]
each = "indicators"
first = 9
last = 20
replace = true
[sheet.list.columns]
A = "#"
B = { place = "indicators.level1", printed = true }
AA = { place = "indicators.value", part = "unit", words = { "%" = "百分比" } }
D = { fixed = "440113" }
"""

TOLD = [
    ("colour", "definition-unknown-key"),
    ("sheet[1].cells.C0", "no-cell"),
    ("sheet[1].cells.C5D", "no-cell"),
    ("sheet[1].cells.甲5", "no-cell"),
    ("sheet[1].cells.C6.unit", "definition-choice"),
    ("sheet[1].cells.C7.place", "place-or-fixed"),
    ("sheet[1].cells.C8.date", "date-pattern"),
    ("sheet[1].cells.C9.part", "definition-choice"),
    ("sheet[1].list[1].columns.1", "no-column"),
    ("sheet[1].list[1].columns.B", "definition-type"),
    ("sheet[1].list[1].last", "definition-range"),
]


def mistakes(text: str) -> list[tuple[str, str]]:
    with pytest.raises(MapError) as caught:
        check_map(parse_map(text.encode(), "对照.toml"), trial_form())
    return [(str(one.params["place"]), one.code.partition(".")[2]) for one in caught.value.details]


def test_a_map_says_what_goes_where() -> None:
    made = parse_map(GOOD.encode("utf-8-sig"), "对照.toml")
    check_map(made, trial_form())
    assert (made.form, made.edition, made.together) == ("trial", "2025", False)
    assert made.sheets == (
        SheetMap(
            "填报表",
            {
                (5, 2): Source("goal"),
                (6, 2): Source("basic", unit="元", decimals=2),
                (7, 2): Source("tasks[1].funds"),
                (8, 2): Source(),
            },
            (
                ListMap(
                    "indicators",
                    9,
                    20,
                    {
                        0: Source("#", replace=True),
                        1: Source("indicators.level1", printed=True, replace=True),
                        26: Source("indicators.value", part="unit", words={"%": "百分比"}, replace=True),
                        3: Source(fixed="440113", replace=True),
                    },
                ),
            ),
        ),
    )


def test_all_mistakes_of_the_file_are_told_at_once() -> None:
    text = """
form = "trial"
colour = "red"
[[sheet]]
name = "填报表"
[sheet.cells]
C0 = "goal"
C5D = "goal"
"甲5" = "goal"
C6 = { place = "basic", unit = "亿元" }
C7 = { unit = "元" }
C8 = { place = "day", date = "YYYY年" }
C9 = { place = "day", part = "sign" }
[[sheet.list]]
each = "indicators"
first = 9
last = 3
[sheet.list.columns]
"1" = "#"
B = 3
"""
    assert mistakes(text) == TOLD


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ('C5 = "goals"', "unknown-place"),
        ('C5 = "tasks.name"', "which-row"),
        ('C5 = { place = "goal", unit = "元" }', "unit-of-what"),
        ('C5 = { place = "goal", part = "unit" }', "part-of-what"),
    ],
)
def test_a_place_the_form_does_not_have_is_told(cells: str, code: str) -> None:
    assert mistakes(f'form = "trial"\n[[sheet]]\nname = "表"\n[sheet.cells]\n{cells}') == [("表", code)]


@pytest.mark.parametrize(
    ("each", "column", "code"),
    [
        ("indicator", "indicators.name", "unknown-each"),
        ("indicators", "tasks.name", "other-table"),
        ("document", "tasks.name", "other-table"),
        ("tasks", "tasks.steps.what", "other-table"),
    ],
)
def test_a_column_that_is_not_of_the_rows_of_its_list_is_told(each: str, column: str, code: str) -> None:
    text = f'form = "trial"\n{list_map(each, 1, {"A": f"{column!r}"})}'
    assert mistakes(text) == [("填报表", code)]


@pytest.mark.parametrize(
    "text", ["form = ", 'form = "trial"', "[[sheet]]\nname = 3", 'form = "x"\nsheet = [1]'], ids=repr
)
def test_what_is_no_map_is_refused(text: str) -> None:
    with pytest.raises(MapError):
        parse_map(text.encode(), "对照.toml")


def test_every_mistake_reads_as_a_sentence(messages: Messages) -> None:
    with pytest.raises(MapError) as caught:
        check_map(parse_map(GOOD.replace('"goal"', '"goals"').encode(), "对照.toml"), trial_form())
    assert messages.of(caught.value).splitlines() == [
        "填表对照 对照.toml 有 1 处不对，没有填：",
        "填报表：表样 trial 2025 版没有“goals”这一栏。",
    ]


def test_a_sheet_the_template_does_not_have_is_told(tools: Tools) -> None:
    from core.sheet.errors import RefusedError

    text = '[[sheet]]\nname = "别的"\n[sheet.cells]\nA1 = "goal"'
    with pytest.raises(RefusedError) as caught:
        filled(template_of(rows_of([])), text, document_of(), tools)
    assert caught.value.params == {"name": "别的", "known": "填报表"}
