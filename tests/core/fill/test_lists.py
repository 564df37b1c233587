"""Documents as rows of a list: one row for each document, or for each indicator."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.fill.filler import Tools, documents_for
from core.fill.map_file import parse_map
from tests.core.fill.making import (
    INDICATORS,
    document_of,
    filled,
    grid_of,
    list_map,
    reasons,
    rows_of,
    template_of,
    value_at,
    ways,
)

HEADERS = ["序号", "项目编码", "项目名称", "一级指标", "三级指标", "性质", "指标值", "计量单位"]
COLUMNS = {
    "A": '"#"',
    "B": '"code"',
    "C": '"project"',
    "D": '"indicators.level1"',
    "E": '"indicators.name"',
    "F": '{ place = "indicators.value", part = "operator" }',
    "G": '{ place = "indicators.value", part = "number" }',
    "H": '{ place = "indicators.value", part = "unit" }',
}
TOGETHER = "together = true"


def test_every_indicator_of_every_document_is_a_row(tools: Tools) -> None:
    documents = [
        document_of({"code": "001", "project": "清运"}, INDICATORS[:2]),
        document_of({"code": "002", "project": "绿化"}, INDICATORS[2:]),
    ]
    text = list_map("indicators", 2, COLUMNS, top=TOGETHER)
    one = filled(template_of(rows_of(HEADERS)), text, documents, tools)
    assert grid_of(one, "A2:H4") == [
        (1, "001", "清运", "产出指标", "新建收集点数量", "≥", 40, "个"),
        (2, "001", "清运", "产出指标", "验收合格率", "=", 100, "%"),
        (3, "002", "绿化", "满意度指标", "群众满意度", "≥", 90.5, "%"),
    ]
    assert ways(one) == {"part-operator", "part-number", "part-unit"}


def test_every_document_is_a_row(tools: Tools) -> None:
    documents = [document_of({"project": name, "basic": "1.5"}) for name in ("清运", "绿化")]
    columns = {"A": '"#"', "B": '"project"', "C": '{ place = "basic", unit = "元" }', "D": '{ fixed = "是" }'}
    text = list_map("document", 2, columns, top=TOGETHER)
    one = filled(template_of(rows_of(["序号", "项目", "金额", "新增"])), text, documents, tools)
    assert grid_of(one, "A2:D3") == [(1, "清运", 15000, "是"), (2, "绿化", 15000, "是")]


def test_each_document_gets_its_own_copy_unless_they_go_together() -> None:
    documents = [document_of(), document_of()]
    text = 'form = "trial"\n{}\n[[sheet]]\nname = "表"\n[sheet.cells]\nA1 = "code"'
    apart, together = (parse_map(text.format(top).encode(), "") for top in ("", TOGETHER))
    assert list(documents_for(apart, documents)) == [[documents[0]], [documents[1]]]
    assert list(documents_for(together, documents)) == [documents]


def test_one_cell_for_documents_that_differ_is_left_and_listed(tools: Tools) -> None:
    documents = [document_of({"project": "清运", "code": "1"}), document_of({"project": "绿化", "code": "1"})]
    text = f'{TOGETHER}\n[[sheet]]\nname = "填报表"\n[sheet.cells]\nA1 = "project"\nB1 = "code"'
    one = filled(template_of(rows_of([])), text, documents, tools)
    assert (value_at(one, "A1"), value_at(one, "B1")) == (None, "1")
    assert [(left.text, left.why.code) for left in one.left if left.place.column == "project"] == [
        ("清运", "fill.documents-differ"),
        ("绿化", "fill.documents-differ"),
    ]


def test_rows_without_room_are_listed_whole(tools: Tools) -> None:
    text = list_map("indicators", 2, {"D": '"indicators.name"'}, more="last = 3")
    one = filled(template_of(rows_of(HEADERS)), text, document_of({}, INDICATORS), tools)
    assert grid_of(one, "D2:D4") == [("新建收集点数量",), ("验收合格率",), (None,)]
    assert reasons(one)["indicators[3].name"] == ("群众满意度", "no-room")
    assert reasons(one)["indicators[3].value"] == ("≥90.5%", "no-room")


def test_an_open_list_ends_above_the_words_below_it(tools: Tools) -> None:
    data = template_of(rows_of(HEADERS, [], [], ["填报人："]))
    text = list_map("indicators", 2, {"A": '"indicators.name"'})
    one = filled(data, text, document_of({}, INDICATORS), tools)
    assert grid_of(one, "A2:A4") == [("新建收集点数量",), ("验收合格率",), ("填报人：",)]
    assert reasons(one)["indicators[3].name"][1] == "no-room"


def test_a_row_that_is_taken_is_stepped_over(tools: Tools) -> None:
    data = template_of(rows_of(HEADERS, [], ["小计"], []))
    text = list_map("indicators", 2, {"A": '"indicators.name"'}, more="last = 6")
    one = filled(data, text, document_of({}, INDICATORS), tools)
    assert grid_of(one, "A2:A5") == [("新建收集点数量",), ("小计",), ("验收合格率",), ("群众满意度",)]


def test_a_hidden_row_is_stepped_over(tools: Tools) -> None:
    def make(sheet: Worksheet, book: Workbook) -> None:  # noqa: ARG001
        sheet.row_dimensions[3].hidden = True

    text = list_map("indicators", 2, {"A": '"indicators.name"'})
    one = filled(template_of(make), text, document_of({}, INDICATORS), tools)
    assert grid_of(one, "A2:A5") == [("新建收集点数量",), (None,), ("验收合格率",), ("群众满意度",)]


def test_lines_go_to_the_rows_that_print_their_levels(tools: Tools) -> None:
    def make(sheet: Worksheet, book: Workbook) -> None:
        rows_of(
            ["一级", "二级"], ["满意度", "服务对象满意度指标"], ["产出指标", "质量指标"], [None, "数量指标"]
        )(sheet, book)
        sheet.merge_cells("A3:A4")

    columns = {
        "A": '{ place = "indicators.level1", printed = true }',
        "B": '{ place = "indicators.level2", printed = true }',
        "C": '"indicators.name"',
    }
    more = [*INDICATORS, ("产出指标", "数量指标", "第二个数量", "≥1个")]
    text = list_map("indicators", 2, columns, more="last = 4")
    one = filled(template_of(make), text, document_of({}, more), tools)
    assert grid_of(one, "C2:C4") == [("群众满意度",), ("验收合格率",), ("新建收集点数量",)]
    assert reasons(one)["indicators[4].name"] == ("第二个数量", "no-labelled-row")
    assert "indicators[1].level1" not in reasons(one)


def test_rows_inside_rows_bring_the_outer_row_with_them(tools: Tools) -> None:
    document = document_of(tasks={"清运": ("12.50", ["购车", "招人"]), "绿化": ("", [])})
    columns = {"A": '"tasks.name"', "B": '"tasks.steps.what"', "C": '"tasks.funds"'}
    one = filled(template_of(rows_of([])), list_map("tasks.steps", 2, columns), document, tools)
    assert grid_of(one, "A2:C4") == [("清运", "购车", 12.5), ("清运", "招人", 12.5), ("绿化", None, None)]
    assert set(reasons(one)) == {"year", "stage", "unit.name", "unit.code"}


def test_lines_of_one_outer_row_share_its_merged_area(tools: Tools) -> None:
    def make(sheet: Worksheet, book: Workbook) -> None:  # noqa: ARG001
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("A5:A6")

    document = document_of(
        tasks={"清运": ("", ["购车", "招人"]), "绿化": ("", ["种树"]), "其他": ("", ["等"])}
    )
    columns = {"A": '"tasks.name"', "B": '"tasks.steps.what"'}
    text = list_map("tasks.steps", 2, columns, more="last = 6")
    one = filled(template_of(make), text, document, tools)
    assert grid_of(one, "A2:B6") == [
        ("清运", "购车"),
        (None, "招人"),
        (None, None),
        ("绿化", "种树"),
        (None, None),
    ]
    left = {place: why for place, (_, why) in reasons(one).items() if place.startswith("tasks")}
    assert left == {"tasks[3].name": "no-room", "tasks[3].steps[1].what": "no-room"}


def test_a_row_with_nothing_but_level_names_is_not_a_row(tools: Tools) -> None:
    rows = [("产出指标", "数量指标", "", ""), INDICATORS[1]]
    one = filled(template_of(rows_of([])), list_map("indicators", 2, COLUMNS), document_of({}, rows), tools)
    assert value_at(one, "E2") == "验收合格率"
    assert reasons(one)["indicators[1].level1"] == ("产出指标", "empty-row")


def test_a_percentage_cell_gets_a_share_of_a_value_in_percent(tools: Tools) -> None:
    def make(sheet: Worksheet, book: Workbook) -> None:  # noqa: ARG001
        sheet["C2"].number_format = "0.0%"

    columns = {"C": '{ place = "indicators.value", part = "number" }'}
    one = filled(template_of(make), list_map("indicators", 2, columns), document_of({}, INDICATORS), tools)
    assert grid_of(one, "C2:C4") == [(40,), (1,), (0.905,)]
    assert [(note.what.code, note.where) for note in one.notes] == [("fill.shows-percent", "填报表!C2")]


def test_new_rows_look_like_the_first_one(tools: Tools) -> None:
    def make(sheet: Worksheet, book: Workbook) -> None:  # noqa: ARG001
        sheet["C2"].number_format = "@"

    columns = {"C": '{ place = "indicators.value", part = "number" }'}
    one = filled(template_of(make), list_map("indicators", 2, columns), document_of({}, INDICATORS), tools)
    assert grid_of(one, "C2:C4") == [("40",), ("100",), ("90.5",)]


# --- values taken apart and together ---


def test_a_value_that_does_not_come_apart_is_listed_and_nothing_of_it_written(tools: Tools) -> None:
    rows = [
        ("效益指标", "社会效益指标", name, value) for name, value in (("甲", "持续改善"), ("乙", "90%～95%"))
    ]
    one = filled(template_of(rows_of([])), list_map("indicators", 2, COLUMNS), document_of({}, rows), tools)
    assert grid_of(one, "E2:H3") == [("甲", None, None, None), ("乙", None, None, None)]
    assert reasons(one)["indicators[1].value"] == ("持续改善", "not-apart")
    assert reasons(one)["indicators[2].value"] == ("90%～95%", "not-apart")


def test_parts_without_a_cell_are_listed(tools: Tools) -> None:
    columns = {"G": '{ place = "indicators.value", part = "number" }'}
    one = filled(
        template_of(rows_of([])), list_map("indicators", 2, columns), document_of({}, INDICATORS[:1]), tools
    )
    assert value_at(one, "G2") == 40
    left = {(one.text, one.why.code) for one in one.left if one.place.column == "value"}
    assert left == {("≥", "fill.no-cell-for-operator"), ("个", "fill.no-cell-for-unit")}


def test_what_has_no_column_of_its_own_stays_with_the_number(tools: Tools) -> None:
    columns = {
        "F": '{ place = "indicators.value", part = "operator" }',
        "G": '{ place = "indicators.value", part = "rest" }',
    }
    one = filled(
        template_of(rows_of([])), list_map("indicators", 2, columns), document_of({}, INDICATORS[:2]), tools
    )
    assert grid_of(one, "F2:G3") == [("≥", "40个"), ("=", "100%")]


# --- documents of another form ---


def test_a_document_of_another_form_is_listed_whole(tools: Tools) -> None:
    text = list_map("document", 2, {"A": '"project"'}, top='edition = "2024"\ntogether = true')
    one = filled(template_of(rows_of([])), text, [document_of({"project": "清运"})], tools)
    assert one.count == 0
    assert {reason for _, reason in reasons(one).values()} == {"other-form"}
    assert reasons(one)["project"][0] == "清运"
