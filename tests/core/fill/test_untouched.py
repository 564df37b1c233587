"""Nothing of a template changes but the cells that are filled: that is why bureaus take the file back."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image as Picture

from core.fill.filler import Tools
from core.fill.result import Filled
from tests.core.fill.making import (
    INDICATORS,
    STRINGS,
    allow,
    cell_texts,
    cells_map,
    document_of,
    filled,
    list_map,
    parts,
    saved,
    with_part,
    with_shared_strings,
)

EXTENSION = (
    b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    b'<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    b'<x14:dataValidation type="list"><x14:formula1><xm:f>\xe5\xad\x97\xe5\x85\xb8!$A$1:$A$2</xm:f>'
    b"</x14:formula1><xm:sqref>B8:B40</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
)
SHEET = "xl/worksheets/sheet1.xml"


def rich_template(formula: str = "=SUM(D8:D9)", extension: bytes = EXTENSION) -> bytes:
    """Give a template with all that an official one may have; openpyxl does not know the extension."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "填报表"
    sheet["A1"] = "2025年度绩效目标申报表"
    sheet["A1"].font = Font(name="黑体", size=18, bold=True, color="FFC00000")
    sheet.merge_cells("A1:F1")
    sheet["A2"], sheet["C2"] = "单位名称", "金额单位：万元"
    sheet["A3"], sheet["F3"] = "总体目标", formula
    sheet.merge_cells("B3:E4")
    sheet.append([])
    for column, header in enumerate(["一级指标", "二级指标", "三级指标", "指标值"], start=1):
        sheet.cell(7, column, header).fill = PatternFill("solid", fgColor="FFDDEBF7")
    side = Side(style="thin")
    for row in range(8, 12):
        for column in range(1, 5):
            sheet.cell(row, column).border = Border(side, side, side, side)
    sheet.row_dimensions[9].height = 42.5
    sheet.column_dimensions["C"].width = 33.3
    sheet.freeze_panes = "A8"
    sheet.print_title_rows = "7:7"
    sheet.conditional_formatting.add("D8:D40", CellIsRule(operator="greaterThan", formula=["9"]))
    allow(sheet, "D8:D40", "decimal", "0", operator="greaterThanOrEqual")
    sheet["A3"].comment = Comment("不超过500字", "财政局")
    sheet["A40"].hyperlink = "https://example.gov.cn/"
    picture = io.BytesIO()
    Picture.new("RGB", (8, 8), "red").save(picture, "PNG")
    picture.seek(0)
    sheet.add_image(Image(picture), "H2")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=7, max_row=9), titles_from_data=True)
    sheet.add_chart(chart, "H9")
    words = book.create_sheet("字典")
    words["A1"], words["A2"] = "数量指标", "质量指标"
    words.sheet_state = "hidden"
    book.calculation.fullCalcOnLoad = False
    book.defined_names["字典词"] = DefinedName("字典词", attr_text="字典!$A$1:$A$2")
    data = with_shared_strings(saved(book))
    return with_part(data, SHEET, lambda part: part.replace(b"</worksheet>", extension + b"</worksheet>"))


def fill_in(data: bytes, tools: Tools) -> Filled:
    text = (
        cells_map({"B2": '"unit.name"', "B3": '"goal"'})
        + "\n"
        + list_map("indicators", 8, {"A": '"indicators.level1"', "C": '"indicators.name"'}).partition(
            'name = "填报表"'
        )[2]
    )
    return filled(data, text, document_of({"goal": "完成清运"}, INDICATORS), tools)


@pytest.mark.parametrize("formula", ["=SUM(D8:D9)", "合计"], ids=["with a formula", "without"])
def test_every_other_part_stays_as_it_is_byte_for_byte(tools: Tools, formula: str) -> None:
    data = rich_template(formula)
    one = fill_in(data, tools)
    before, after = parts(data), parts(one.data)
    assert list(after) == list(before)
    assert {"xl/media/image1.png", "xl/drawings/drawing1.xml", "xl/comments/comment1.xml", STRINGS} <= set(
        before
    )
    changed = {name for name in before if before[name] != after[name]}
    # Where there are formulas, the workbook says in one attribute that they are to be worked out again.
    assert changed == ({SHEET, "xl/workbook.xml"} if formula.startswith("=") else {SHEET})


def test_every_other_cell_stays_as_it_is_byte_for_byte(tools: Tools) -> None:
    data = rich_template()
    before, after = parts(data)[SHEET], parts(fill_in(data, tools).data)[SHEET]
    old, new = cell_texts(before), cell_texts(after)
    written = {"B2", "B3", *(f"{column}{row}" for column in "AC" for row in (8, 9, 10))}
    assert {name: text for name, text in new.items() if name not in written} == {
        name: text for name, text in old.items() if name not in written
    }
    assert written <= set(new)


def test_around_the_cells_nothing_changes(tools: Tools) -> None:
    data = rich_template()
    before, after = parts(data)[SHEET], parts(fill_in(data, tools).data)[SHEET]
    rows = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
    assert rows.sub(b"", after) == rows.sub(b"", before)
    starts = re.compile(rb"<row [^>]*>")
    assert starts.findall(after) == starts.findall(before)


def test_the_filled_cells_keep_their_look(tools: Tools) -> None:
    data = rich_template(extension=b"")
    before = load_workbook(io.BytesIO(data)).worksheets[0]
    after = load_workbook(io.BytesIO(fill_in(data, tools).data)).worksheets[0]
    for name in ("B2", "B3", "A8", "C10"):
        assert after[name].style_id == before[name].style_id
    assert after["A8"].border.left.style == "thin"
    assert after.merged_cells.ranges == before.merged_cells.ranges


def test_only_the_way_of_working_out_changes_in_the_workbook(tools: Tools) -> None:
    data = rich_template()
    one = fill_in(data, tools)
    before, after = parts(data)["xl/workbook.xml"], parts(one.data)["xl/workbook.xml"]
    assert b'fullCalcOnLoad="0"' in before
    assert after == before.replace(b'fullCalcOnLoad="0"', b'fullCalcOnLoad="1"')
    assert "fill.recalculate" in {note.what.code for note in one.notes}


def test_a_list_that_excel_keeps_in_its_newer_way_is_respected(tools: Tools) -> None:
    columns = {"B": '"indicators.level2"', "D": '"indicators.name"'}
    one = filled(rich_template(), list_map("indicators", 8, columns), document_of({}, INDICATORS), tools)
    misfits = {(left.text, left.why.code) for left in one.left}
    assert ("服务对象满意度指标", "fill.not-allowed") in misfits
    assert ("数量指标", "fill.not-allowed") not in misfits


def test_the_same_documents_give_the_same_bytes(tools: Tools) -> None:
    document = document_of({"goal": "完成清运"}, INDICATORS)
    text = cells_map({"B3": '"goal"'})
    data = rich_template()
    assert filled(data, text, document, tools).data == filled(data, text, document, tools).data
