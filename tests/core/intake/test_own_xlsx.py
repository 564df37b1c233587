"""Our own xlsx read back: equal values and rows, also after somebody worked in it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.intake.reading import RepairKind
from core.sheet.document import Document, Row, blank_document, new_row_id
from core.sheet.document_file import plain_content
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.places import FACTS, Place, field_place
from tests.core.intake.conftest import Read, ToXlsx
from tests.core.sheet.making import edited_by, storable

HARD_TEXTS = [
    "=1+1",
    "+86 020",
    "-5",
    "@SUM(A1)",
    "'quoted",
    "  前后有空  ",
    "第一行\n\n第三行\n",
    "\t制表",
    "𫍯龑㎡☑ ﷺ",
    "440106199001011234",
    "00123",
    "1E5",
    "２０２５",
    "_x0041_ x005F_ _x005F_",
    "&lt;b>&amp;",
    "#N/A",
    "TRUE",
    "3,723.19",
    "3723.190",
    "100%",
    "2024-12-31",
    " ",
    "公式" * 2000,
]


@pytest.fixture(scope="module")
def filled(forms: FormLibrary) -> Document:
    """A form of 2025 with two tasks and some indicators."""
    document = blank_document(
        forms.get("gz-decl", "2025"), year=2025, unit_name="某区司法局", unit_code="135"
    )
    for name, text in (("basic_expense", "3,723.19"), ("fiscal_income", "5136.610"), ("goal", "目标一。")):
        document.set_text(field_place(name), text)
    for number, funds in enumerate(("48.00", "3.00")):
        cells = {"name": f"任务{number}", "content": "内容", "funds": funds, "goal": "目标"}
        document.insert_row("tasks", "", number, Row(new_row_id(), cells))
    for row in document.rows("indicators")[:4]:
        for column, text in (("name", "办结率"), ("period_value", "≥95%"), ("value", "100%")):
            document.set_text(Place("indicators", row.id, column), text)
    return document


def changed(data: bytes, change: Callable[[Worksheet], None]) -> bytes:
    """Open a workbook, change its first sheet and save it, as another program would."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell_with(sheet: Worksheet, text: object) -> str:
    return next(str(cell.coordinate) for row in sheet.iter_rows() for cell in row if cell.value == text)


# -- as written ---------------------------------------------------------------------------------------


@settings(max_examples=max(20, settings().max_examples // 3))
@given(data=st.data())
def test_whatever_was_typed_comes_back_character_for_character(
    data: st.DataObject, forms: FormLibrary, read: Read, to_xlsx: ToXlsx
) -> None:
    form = forms.get(*data.draw(st.sampled_from(forms.names())))
    document = blank_document(form, year=data.draw(st.sampled_from([None, 2025])), unit_name="某局")
    edited_by(document, data, data.draw(st.integers(0, 25)), lambda _: None)
    reading = read(to_xlsx(document))
    [again] = reading.documents
    assert plain_content(again) == plain_content(document)
    assert [again.field(name) for name in FACTS] == [document.field(name) for name in FACTS]
    assert (reading.unplaced, reading.repairs) == ([], [])


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_a_hard_text_comes_back_from_every_sort_of_cell(
    text: str, forms: FormLibrary, read: Read, to_xlsx: ToXlsx
) -> None:
    document = blank_document(forms.get("gz-decl", "2025"), unit_name=text)
    for name in ("goal", "basic_expense"):
        document.set_text(field_place(name), text)
    document.insert_row("tasks", "", 0, Row(new_row_id(), dict.fromkeys(("name", "content", "funds"), text)))
    row = document.rows("indicators")[0]
    document.set_text(Place("indicators", row.id, "value"), text)
    [again] = read(to_xlsx(document)).documents
    assert plain_content(again) == plain_content(document)
    assert again.unit_name == text


@settings(max_examples=max(20, settings().max_examples // 3))
@given(text=st.text(max_size=40).filter(storable))
@example(text="_x005F_x0041_")
@example(text="x005F_")
def test_any_storable_text_survives_the_sheet(
    text: str, forms: FormLibrary, read: Read, to_xlsx: ToXlsx
) -> None:
    document = blank_document(forms.get("gz-decl", "2024"))
    document.set_text(field_place("goal"), text)
    [again] = read(to_xlsx(document)).documents
    assert again.field("goal") == text


def test_computed_cells_are_not_read_back(filled: Document, read: Read, to_xlsx: ToXlsx) -> None:
    [again] = read(to_xlsx(filled)).documents
    assert "expense_total" not in again.values
    assert again.id != filled.id


def test_a_published_form_goes_through_the_sheet_unchanged(seeds: Path, read: Read, to_xlsx: ToXlsx) -> None:
    for file in sorted([*seeds.glob("000_*.txt"), *seeds.glob("002_*.txt")]):
        [document] = read(file).documents
        assert plain_content(read(to_xlsx(document)).documents[0]) == plain_content(document)


# -- after somebody worked in it ----------------------------------------------------------------------


def test_a_sheet_saved_by_another_program_reads_the_same(
    filled: Document, read: Read, to_xlsx: ToXlsx
) -> None:
    [again] = read(changed(to_xlsx(filled), lambda _: None)).documents
    assert plain_content(again) == plain_content(filled)


def test_a_number_typed_in_excel_is_read_plainly(filled: Document, read: Read, to_xlsx: ToXlsx) -> None:
    def change(sheet: Worksheet) -> None:
        sheet[cell_with(sheet, 3723.19)] = 4000.5

    [again] = read(changed(to_xlsx(filled), change)).documents
    assert again.field("basic_expense") == "4000.5"
    assert again.field("fiscal_income") == "5136.610"


def test_a_text_typed_in_excel_is_read_as_it_is(filled: Document, read: Read, to_xlsx: ToXlsx) -> None:
    def change(sheet: Worksheet) -> None:
        sheet[cell_with(sheet, "目标一。")] = "目标二。\n  目标三。"

    [again] = read(changed(to_xlsx(filled), change)).documents
    assert again.field("goal") == "目标二。\n  目标三。"


def test_a_formula_typed_in_excel_is_no_value_and_is_named(
    filled: Document, read: Read, to_xlsx: ToXlsx
) -> None:
    where: list[str] = []

    def change(sheet: Worksheet) -> None:
        where.append(cell_with(sheet, 3723.19))
        sheet[where[0]] = "=SUM(A1:A3)"

    reading = read(changed(to_xlsx(filled), change))
    assert "basic_expense" not in reading.documents[0].values
    [left] = reading.unplaced
    assert (left.where.cell, left.code, left.text) == (where[0], "formula", "=SUM(A1:A3)")


def test_a_line_typed_into_the_blank_row_of_a_table_becomes_a_row(
    filled: Document, read: Read, to_xlsx: ToXlsx
) -> None:
    def change(sheet: Worksheet) -> None:
        row = sheet[cell_with(sheet, "其他需完成的任务（可选填）")].row
        sheet.cell(row, 2).value, sheet.cell(row, 4).value = "临时任务", 12.5

    reading = read(changed(to_xlsx(filled), change))
    assert [row.cells for row in reading.documents[0].rows("other_tasks")] == [
        {"name": "临时任务", "funds": "12.5"}
    ]
    assert reading.unplaced == []


def test_a_row_put_in_above_the_labels_is_seen_and_the_sheet_read_by_its_labels(
    filled: Document, read: Read, to_xlsx: ToXlsx
) -> None:
    def change(sheet: Worksheet) -> None:
        merged = [str(area) for area in sheet.merged_cells.ranges]
        for area in merged:
            sheet.unmerge_cells(area)
        sheet.insert_rows(1)

    reading = read(changed(to_xlsx(filled), change))
    assert reading.repairs[0].kind is RepairKind.LAYOUT
    [again] = reading.documents
    assert again.unit_name == "某区司法局"
    assert [row.cells for row in again.rows("tasks")] == [
        {"name": "任务0", "content": "内容", "funds": "48", "goal": "目标"},
        {"name": "任务1", "content": "内容", "funds": "3", "goal": "目标"},
    ]
    names = [row.cells.get("name", "") for row in again.rows("indicators")]
    assert names == ["办结率"] * 4 + [""] * 6


def test_an_indicator_row_put_in_between_is_kept_and_shifts_no_other(
    filled: Document, read: Read, to_xlsx: ToXlsx
) -> None:
    """Nothing below the table's last label moved, so only the row pushed out at the end tells."""

    def change(sheet: Worksheet) -> None:
        first = sheet[cell_with(sheet, "办结率")].row
        for area in [str(area) for area in sheet.merged_cells.ranges if area.min_row >= first - 2]:
            sheet.unmerge_cells(area)
        sheet.insert_rows(first + 1)
        for column, text in ((4, "新指标率"), (5, "≥1%"), (6, "≥1%")):
            sheet.cell(first + 1, column).value = text

    reading = read(changed(to_xlsx(filled), change))
    assert reading.repairs[0].kind is RepairKind.LAYOUT
    rows = [row.cells for row in reading.documents[0].rows("indicators")]
    assert rows[1] == {
        "level1": "产出指标",
        "level2": "数量指标",
        "name": "新指标率",
        "period_value": "≥1%",
        "value": "≥1%",
    }
    assert [row.get("name", "") for row in rows] == ["办结率", "新指标率", *["办结率"] * 3, *[""] * 6]


def take_out(sheet: Worksheet, row: int) -> None:
    """Delete a row as Excel does: merged areas shrink and move up with it."""
    areas = [area.bounds for area in list(sheet.merged_cells.ranges)]
    for area in [str(area) for area in sheet.merged_cells.ranges]:
        sheet.unmerge_cells(area)
    sheet.delete_rows(row)
    for left, top, right, bottom in areas:
        above, last = top - (top > row), bottom - (bottom >= row)
        if (above, left) != (last, right) and last >= above:
            sheet.merge_cells(start_row=above, start_column=left, end_row=last, end_column=right)


def test_an_indicator_row_taken_out_is_not_replaced_by_the_line_to_sign_on(
    filled: Document, read: Read, to_xlsx: ToXlsx
) -> None:
    def change(sheet: Worksheet) -> None:
        take_out(sheet, sheet[cell_with(sheet, "办结率")].row + 3)

    reading = read(changed(to_xlsx(filled), change))
    assert reading.repairs[0].kind is RepairKind.LAYOUT
    rows = [row.cells for row in reading.documents[0].rows("indicators")]
    assert [row.get("name", "") for row in rows] == ["办结率"] * 3 + [""] * 7
    assert not any("签字" in text or "公章" in text for row in rows for text in row.values())


def test_other_sheets_with_something_on_them_are_named(filled: Document, read: Read, to_xlsx: ToXlsx) -> None:
    def change(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet("备注")["A1"] = "请看这里"
        sheet.parent.create_sheet("空表")

    reading = read(changed(to_xlsx(filled), change))
    assert plain_content(reading.documents[0]) == plain_content(filled)
    assert [(one.code, one.text) for one in reading.unplaced] == [("other-sheet", "备注")]


def test_a_note_beside_the_table_is_listed_with_its_cell(
    filled: Document, read: Read, to_xlsx: ToXlsx
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["H5"] = "这里问一下财务"

    reading = read(changed(to_xlsx(filled), change))
    assert [(one.where.cell, one.text) for one in reading.unplaced] == [("H5", "这里问一下财务")]


def test_a_sheet_of_a_newer_program_is_refused(filled: Document, read: Read, to_xlsx: ToXlsx) -> None:
    book = load_workbook(io.BytesIO(to_xlsx(filled)))
    book["jibiao"]["D1"] = "2"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(RefusedError) as refused:
        read(out.getvalue())
    assert refused.value.code == "intake.newer-xlsx"


def test_a_hidden_sheet_somebody_tampered_with_is_not_believed(
    filled: Document, read: Read, to_xlsx: ToXlsx
) -> None:
    for cell, text in (("C7", "tasks[9].steps"), ("D7", "99999999"), ("C12", "no_such_place")):
        book = load_workbook(io.BytesIO(to_xlsx(filled)))
        book["jibiao"][cell] = text
        out = io.BytesIO()
        book.save(out)
        reading = read(out.getvalue())
        assert reading.documents[0].unit_name == "某区司法局"


# -- without the hidden sheet -------------------------------------------------------------------------


def test_a_sheet_that_lost_its_hidden_sheet_is_read_by_its_labels(
    filled: Document, read: Read, to_xlsx: ToXlsx
) -> None:
    book = load_workbook(io.BytesIO(to_xlsx(filled)))
    del book["jibiao"]
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue())
    [again] = reading.documents
    assert (again.form.edition, again.unit_name) == ("2025", "某区司法局")
    assert again.values == {"basic_expense": "3723.19", "fiscal_income": "5136.61", "goal": "目标一。"}
    assert [row.cells for row in again.rows("indicators")] == [row.cells for row in filled.rows("indicators")]
    assert reading.unplaced == []
    assert reading.repairs == []


def test_the_form_is_found_behind_another_sheet_and_the_other_is_named(
    filled: Document, read: Read, to_xlsx: ToXlsx
) -> None:
    book = load_workbook(io.BytesIO(to_xlsx(filled)))
    del book["jibiao"]
    cover = book.create_sheet("封面", 0)
    for row in range(1, 2_000):
        for column in range(1, 6):
            cover.cell(row, column).value = f"第{row}行第{column}列"
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue())
    assert reading.documents[0].unit_name == "某区司法局"
    assert [(one.code, one.text) for one in reading.unplaced] == [("other-sheet", "封面")]


def test_columns_put_in_front_are_followed_by_the_labels(
    filled: Document, read: Read, to_xlsx: ToXlsx
) -> None:
    def change(sheet: Worksheet) -> None:
        for area in [str(area) for area in sheet.merged_cells.ranges]:
            sheet.unmerge_cells(area)
        sheet.insert_cols(1, 2)

    reading = read(changed(to_xlsx(filled), change))
    [again] = reading.documents
    assert [row.cells for row in again.rows("indicators")] == [row.cells for row in filled.rows("indicators")]
    assert not any(repair.kind is RepairKind.SHIFTED for repair in reading.repairs)
