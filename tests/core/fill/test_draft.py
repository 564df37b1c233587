"""A map drafted from a template's own words: what it knows it places, what it does not know it asks."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from core.fill.draft import MapDrafter
from core.fill.drafting import Draft
from core.fill.filler import Tools, fill
from core.fill.map_file import parse_map
from core.fill.map_text import map_text
from core.fill.mapping import ListMap, Source
from core.intake.pieces import cell_name
from core.paper.fonts import Fonts
from core.paper.key import SHEET
from core.paper.xlsx import xlsx_bytes
from core.sheet.definition import Form
from core.sheet.document import Document, blank_document
from core.sheet.document_file import read_document
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from tests.core.fill.making import (
    INDICATORS,
    allow,
    document_of,
    rows_of,
    saved,
    template_of,
    trial_form,
    value_at,
)

FORMS = sorted(
    file.parent.relative_to(file.parents[2]).as_posix()
    for file in (Path(__file__).resolve().parents[3] / "resources" / "forms").glob("*/*/form.toml")
)
# Rows whose names are printed in the row itself, and a sum that stands under the header of the rows below it.
UNKNOWN = {"gz-self/2022": "funds.", "sc-proj/2023": "total"}
ROW = re.compile(r"\[\d+\]")

WEB_HEADERS = [
    "序号",
    "*单位编码",
    "*项目编码",
    "*项目名称",
    "预算数",
    "*一级指标",
    "*二级指标",
    "*三级指标（50字以内）",
    "*指标性质",
    "*指标值",
    "*计量单位",
    "备注",
]


def places_of(one: ListMap) -> dict[str, str]:
    """Give what each column of a list takes, in short."""
    return {
        cell_name(1, column)[:-1]: "/".join(filter(None, (source.place, source.part, source.unit)))
        for column, source in one.columns.items()
    }


def required(draft: Draft) -> list[tuple[str, str]]:
    return [(one.where, one.what.code.removeprefix("fill.")) for one in draft.opens if one.required]


# --- the blank sheets of our own forms ---


@pytest.fixture(scope="session")
def fonts(resources: Path) -> Fonts:
    return Fonts(resources / "fonts")


def blank_sheet(form: Form, fonts: Fonts, messages: Messages) -> tuple[bytes, dict[str, str]]:
    """Give the blank official sheet of a form, and what each of its cells to fill is for."""
    data = xlsx_bytes(blank_document(form), fonts, messages)
    book = load_workbook(io.BytesIO(data))
    asked: dict[str, str] = {}
    for kind, cell, place, _ in book[SHEET].iter_rows(values_only=True):
        # A figure that the form itself sets (10 points for the rate) is printed: nothing is to be filled in.
        printed = kind == "computed" and book.worksheets[0][str(cell)].value is not None
        if kind in ("fill", "adds", "computed") and cell and place and not printed:
            asked.setdefault(str(cell), ROW.sub("", str(place)))
    return data, asked


@pytest.mark.parametrize("name", FORMS)
def test_every_cell_of_an_official_blank_sheet_is_known_by_its_labels(
    name: str, forms: FormLibrary, fonts: Fonts, messages: Messages, drafter: MapDrafter
) -> None:
    form = forms.get(*name.split("/"))
    data, asked = blank_sheet(form, fonts, messages)
    draft = drafter.draft(data, form)
    found: dict[str, str] = {}
    for sheet in draft.map.sheets:
        found |= {cell_name(*spot): source.place for spot, source in sheet.cells.items()}
        for one in sheet.lists:
            for row in range(one.first, (one.last or one.first) + 1):
                for column, source in one.columns.items():
                    # A table beside another one goes by the level names that stand there for that one.
                    found.setdefault(cell_name(row, column), source.place)
    known = {cell: place for cell, place in asked.items() if not place.startswith(UNKNOWN.get(name, "-"))}
    assert {cell: found.get(cell, "") for cell in known} == known
    assert required(draft) == []


def emptied_sheet(document: Document, fonts: Fonts, messages: Messages) -> tuple[bytes, dict[str, object]]:
    """Give a document's official sheet with only labels and level names, and what stood in its cells."""
    book = load_workbook(io.BytesIO(xlsx_bytes(document, fonts, messages)))
    sheet, key = book.worksheets[0], book[SHEET]
    stood: dict[str, object] = {}
    for kind, cell, place, _ in key.iter_rows(values_only=True):
        column = str(place).rpartition(".")[2]
        if kind in ("fill", "computed") and cell and place and column not in ("level1", "level2"):
            stood.setdefault(f"{cell} {ROW.sub('', str(place))}", sheet[str(cell)].value)
            sheet[str(cell)].value = None
    del book[SHEET]
    sheet.protection.sheet = False
    return saved(book), stood


@pytest.mark.parametrize("name", FORMS)
def test_a_whole_form_is_typed_a_second_time_without_a_hand_on_it(
    name: str,
    resources: Path,
    forms: FormLibrary,
    fonts: Fonts,
    messages: Messages,
    drafter: MapDrafter,
    tools: Tools,
) -> None:
    document = read_document((resources / "forms" / name / "sample.json").read_bytes(), forms)
    data, stood = emptied_sheet(document, fonts, messages)
    one = fill(data, drafter.draft(data, document.form).map, [document], tools)
    sheet = load_workbook(io.BytesIO(one.data)).worksheets[0]
    unknown = ("funds.name", "funds.amount", "projects.unit", "total") if name in UNKNOWN else ()
    wanted = {key: value for key, value in stood.items() if not key.endswith(unknown)}
    assert {key: sheet[key.split(" ")[0]].value for key in wanted} == wanted
    assert one.misfits == ()


def test_a_drafted_map_is_written_and_read_as_the_same_map(
    forms: FormLibrary, fonts: Fonts, messages: Messages, drafter: MapDrafter
) -> None:
    for form in forms.all():
        data, _ = blank_sheet(form, fonts, messages)
        draft = drafter.draft(data, form)
        text = map_text(draft, form, "空表.xlsx", messages)
        read = parse_map(text.encode(), "")
        assert read == draft.map, text


# --- tables for upload ---


def web_table(sheet: Worksheet, book: Workbook) -> None:  # noqa: ARG001
    sheet.append(["预算项目绩效指标导入模板（金额单位：元）"])
    sheet.merge_cells("A1:L1")
    sheet.append(WEB_HEADERS)
    allow(sheet, "I3:I500", "list", '"大于等于,小于等于,等于,定性"')


def test_a_table_for_upload_takes_a_row_for_each_indicator(drafter: MapDrafter, tools: Tools) -> None:
    data = template_of(web_table)
    draft = drafter.draft(data, trial_form())
    (one,) = draft.map.sheets[0].lists
    assert (one.each, one.first, one.last, draft.map.together) == ("indicators", 3, None, True)
    assert places_of(one) == {
        "A": "#",
        "B": "unit.code",
        "C": "code",
        "D": "project",
        "E": "",
        "F": "indicators.level1",
        "G": "indicators.level2",
        "H": "indicators.name",
        "I": "indicators.value/operator",
        "J": "indicators.value/number",
        "K": "indicators.value/unit",
        "L": "",
    }
    assert one.columns[7].limit == 50
    documents = [document_of({"code": code}, INDICATORS) for code in ("001", "002")]
    made = fill(data, draft.map, documents, tools)
    assert [value_at(made, cell) for cell in ("C3", "C8", "I3", "J5", "K5")] == [
        "001",
        "002",
        "大于等于",
        90.5,
        "%",
    ]


def test_a_header_the_form_does_not_have_stays_blank_and_is_told(drafter: MapDrafter) -> None:
    draft = drafter.draft(template_of(web_table), trial_form())
    told = [
        (one.where, one.what.params["label"]) for one in draft.opens if one.what.code == "fill.open-unknown"
    ]
    assert told == [("填报表!E2", "预算数"), ("填报表!L2", "备注")]


def test_a_header_that_must_be_filled_and_is_not_known_has_to_be_decided(drafter: MapDrafter) -> None:
    data = template_of(rows_of(["项目编码", "项目名称", "*支出经济分类"]))
    draft = drafter.draft(data, trial_form())
    assert required(draft) == [("填报表!C1", "open-unknown")]


def test_a_table_with_a_row_for_each_project(drafter: MapDrafter, tools: Tools) -> None:
    data = template_of(rows_of(["单位：元"], ["项目编码", "项目名称", "基本支出", "总体绩效目标"]))
    draft = drafter.draft(data, trial_form())
    (one,) = draft.map.sheets[0].lists
    assert one.each == "document"
    assert places_of(one) == {"A": "code", "B": "project", "C": "basic/元", "D": "goal"}
    made = fill(data, draft.map, [document_of({"code": "1", "basic": "1.5"})] * 2, tools)
    assert [value_at(made, cell) for cell in ("A3", "C3", "C4")] == ["1", 15000, 15000]


def test_rows_that_explain_the_headers_are_left_alone(drafter: MapDrafter) -> None:
    data = template_of(rows_of(WEB_HEADERS, ["自动", *["填写文字"] * 11], ["例如", *["某某"] * 11]))
    draft = drafter.draft(data, trial_form())
    assert draft.map.sheets[0].lists[0].first == 4
    assert ("填报表", "2、3") in {(one.where, one.what.params.get("rows")) for one in draft.opens}


def test_an_amount_without_a_unit_has_to_be_decided(drafter: MapDrafter, tools: Tools) -> None:
    data = template_of(rows_of(["项目名称", "基本支出"]))
    draft = drafter.draft(data, trial_form())
    assert required(draft) == [("填报表!B1", "open-unit")]
    with pytest.raises(RefusedError) as caught:
        fill(data, draft.map, [document_of()], tools)
    assert caught.value.code == "fill.open-map"


def test_a_header_that_could_be_two_things_has_to_be_decided(drafter: MapDrafter, forms: FormLibrary) -> None:
    data = template_of(rows_of(["单位：万元"], ["名称", "主要实施内容", "拟投入的资金"]))
    draft = drafter.draft(data, forms.get("gz-decl"))
    assert ("填报表!A2", "open-several") in required(draft)
    assert all(source.place in ("?", "") for source in draft.map.sources())


def test_a_unit_beside_the_label_wins_over_the_one_of_the_sheet(drafter: MapDrafter) -> None:
    data = template_of(rows_of(["金额单位：万元"], ["项目名称", "基本支出（元）", "合计"]))
    (one,) = drafter.draft(data, trial_form()).map.sheets[0].lists
    assert [source.unit for source in one.columns.values()] == ["", "元", "万元"]


# --- tables with lines, placeholders, words to write behind ---


def with_lines(sheet: Worksheet, area: str) -> None:
    side = Side(style="thin")
    for row in sheet[area]:
        for cell in row:
            cell.border = Border(side, side, side, side)


def official(sheet: Worksheet, book: Workbook) -> None:
    rows_of(
        ["绩效目标申报表"],
        ["填报单位（盖章）：", None, None, "单位：万元"],
        ["项目名称", None, "基本支出", None],
        ["联系电话", None, "总体绩效目标", None],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "指标1：", None],
        [None, None, "指标2：", None],
        [None, "质量指标", "……", None],
        ["填报人：", None, None, "填报日期："],
    )(sheet, book)
    for area in ("A6:A8", "B6:B7"):
        sheet.merge_cells(area)
    with_lines(sheet, "A3:D8")


def test_an_official_table_is_filled_place_by_place(drafter: MapDrafter, tools: Tools) -> None:
    data = template_of(official)
    draft = drafter.draft(data, trial_form())
    (sheet,) = draft.map.sheets
    assert {cell_name(*spot): source.place for spot, source in sheet.cells.items()} == {
        "A2": "unit.name",
        "B3": "project",
        "D3": "basic",
        "B4": "",
        "D4": "goal",
        "D9": "day",
    }
    assert sheet.cells[2, 0] == Source("unit.name", behind=True)
    assert (sheet.lists[0].first, sheet.lists[0].last, draft.map.together) == (6, 8, False)
    document = document_of(
        {"project": "清运", "basic": "3.50", "goal": "干净", "day": "2025-01-02"},
        [INDICATORS[1], INDICATORS[0], ("产出指标", "数量指标", "第二个", "≥1个")],
    )
    made = fill(data, draft.map, [document], tools)
    written = ("A2", "B3", "D3", "C6", "D6", "C7", "C8", "D9")
    assert [value_at(made, cell) for cell in written] == [
        "填报单位（盖章）：青禾镇人民政府",
        "清运",
        3.5,
        "新建收集点数量",
        "≥40个",
        "第二个",
        "验收合格率",
        "填报日期：2025-01-02",
    ]
    assert not made.misfits


def test_a_list_ends_where_its_lines_end(drafter: MapDrafter) -> None:
    def make(sheet: Worksheet, book: Workbook) -> None:
        rows_of(["一级指标", "二级指标", "三级指标", "指标值"], [], [], [], [], ["注：按要求填写"])(
            sheet, book
        )
        with_lines(sheet, "A1:D3")

    (one,) = drafter.draft(template_of(make), trial_form()).map.sheets[0].lists
    assert (one.first, one.last) == (2, 3)


def test_hidden_columns_and_sheets_are_not_asked_for(drafter: MapDrafter) -> None:
    def make(sheet: Worksheet, book: Workbook) -> None:
        rows_of(["项目编码", "一级指标", "二级指标", "三级指标", "指标值"])(sheet, book)
        sheet.column_dimensions["A"].hidden = True
        other = book.create_sheet("隐藏")
        rows_of(["项目编码", "项目名称"])(other, book)
        other.sheet_state = "hidden"

    (one,) = drafter.draft(template_of(make), trial_form()).map.sheets
    assert list(one.lists[0].columns) == [1, 2, 3, 4]


def test_a_table_of_something_else_is_refused(drafter: MapDrafter) -> None:
    with pytest.raises(RefusedError) as caught:
        drafter.draft(template_of(rows_of(["姓名", "电话"], ["张三", "1"])), trial_form())
    assert caught.value.code == "fill.not-recognised"
