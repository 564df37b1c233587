"""Sheets as offices really keep them: several in one file, notes around, other labels, 繁体."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.intake.read import read_copied
from core.intake.reading import Reading, RepairKind
from core.sheet.document import Document, blank_document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.grid import expand
from core.sheet.levels import Levels
from core.sheet.numbers import parse_number
from core.sheet.places import Place, field_place
from tests.core.intake.conftest import Read, ToXlsx
from tests.core.intake.dumps import tabbed
from tests.core.intake.test_all_forms import FOLDER, typed
from tests.core.intake.writers import around, page, without_list

Sample = Callable[..., Document]


@pytest.fixture(scope="module")
def sample(forms: FormLibrary) -> Sample:
    editions = dict(forms.names())

    def read_sample(form: str) -> Document:
        return read_document((FOLDER / form / editions[form] / "sample.json").read_bytes(), forms)

    return read_sample


def put(sheet: Worksheet, document: Document, row: int = 1, *, merged: bool = True) -> int:
    """Write a document into a sheet as another program would; give the row behind it."""
    for text in around(document):
        sheet.cell(row, 1).value = text
        row += 1
    grid = expand(document)
    for cell in grid.cells:
        top, left = row + cell.row, cell.column + 1
        number = parse_number(cell.text)
        target = sheet.cell(top, left)
        target.value = cell.text if number is None else float(number)
        if cell.text.startswith("="):
            target.data_type = "s"  # a text that looks like a formula
        if merged and (cell.down > 1 or cell.across > 1):
            sheet.merge_cells(
                start_row=top,
                start_column=left,
                end_row=top + cell.down - 1,
                end_column=left + cell.across - 1,
            )
    return row + grid.rows


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def new_book() -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    return book, sheet


def kinds(reading: Reading) -> set[RepairKind]:
    return {one.kind for one in reading.repairs}


# -- several forms in one file ------------------------------------------------------------------------


def test_every_sheet_that_is_a_form_becomes_a_document_and_the_others_are_named(
    sample: Sample, read: Read
) -> None:
    book, first = new_book()
    first.title = "说明"
    first["A1"] = "请各单位填写后面两张表"
    put(book.create_sheet("目标表"), sample("gz-decl"))
    put(book.create_sheet("自评表"), sample("gz-self"))
    book.create_sheet("空")
    reading = read(saved(book))
    assert [one.form.form for one in reading.documents] == ["gz-decl", "gz-self"]
    assert [typed(one) for one in reading.documents] == [typed(sample("gz-decl")), typed(sample("gz-self"))]
    assert [(one.code, one.text) for one in reading.unplaced] == [("other-sheet", "说明")]


def test_copies_of_one_form_below_each_other_on_one_sheet_are_documents_each(
    sample: Sample, read: Read
) -> None:
    book, sheet = new_book()
    row = 1
    for number in range(3):
        document = sample("hb-proj")
        document.set_text(field_place("project_name"), f"第{number}个项目")
        row = put(sheet, document, row) + 2
    reading = read(saved(book))
    assert [one.project_name for one in reading.documents] == ["第0个项目", "第1个项目", "第2个项目"]
    assert reading.unplaced == []


def test_lists_on_several_sheets_stay_apart_and_a_header_printed_again_does_not_part_one(
    sample: Sample, read: Read
) -> None:
    book, sheet = new_book()
    put(sheet, sample("nm-proj"))
    put(book.create_sheet("二"), sample("nm-proj"))
    assert len(read(saved(book)).documents) == 2
    book, sheet = new_book()
    last = put(sheet, sample("nm-proj"), merged=False)
    header = next(row for row in range(1, last) if sheet.cell(row, 1).value == "项目名称")
    for column in range(1, 14):
        sheet.cell(last, column).value = sheet.cell(header, column).value
    reading = read(saved(book))
    assert len(reading.documents) == 1
    assert len(reading.documents[0].rows("projects")) == len(sample("nm-proj").rows("projects"))


def test_a_form_whose_indicators_are_on_a_sheet_of_their_own_is_one_document(
    sample: Sample, read: Read
) -> None:
    document = sample("mof-dept")
    book, whole = new_book()
    put(whole, document, merged=False)
    start = next(row for row in range(1, whole.max_row) if whole.cell(row, 1).value == "年度绩效指标")
    second = book.create_sheet("指标")
    for row in range(start, whole.max_row + 1):
        for column in range(1, whole.max_column + 1):
            copy = second.cell(row - start + 3, column)
            copy.value = whole.cell(row, column).value
            copy.data_type = whole.cell(row, column).data_type
    whole.delete_rows(start, whole.max_row)
    reading = read(saved(book))
    [again] = reading.documents
    assert typed(again) == typed(document)


def test_forms_of_different_units_keep_their_own_and_lend_nothing(sample: Sample, read: Read) -> None:
    one, other = sample("gz-self"), sample("gz-self")
    other.set_text(field_place("unit.name"), "某市财政局")
    other.set_text(field_place("year"), "2023")
    reading = read(page(one, other, sample("gz-decl")))
    assert [document.unit_name for document in reading.documents][:2] == [one.unit_name, "某市财政局"]
    assert [document.year for document in reading.documents] == [2022, 2023, None]


# -- what stands around and between -------------------------------------------------------------------


def test_year_and_unit_in_lines_around_the_table_are_taken_and_told(sample: Sample, read: Read) -> None:
    document = sample("mof-proj")
    book, sheet = new_book()
    last = put(sheet, document, 3)
    sheet["A1"], sheet["A2"] = "附件5", "填报年度：2026年"
    for row in range(3, 8):
        if str(sheet.cell(row, 1).value).startswith("（"):
            sheet.cell(row, 1).value = None
    sheet.cell(last, 1).value = "填报日期：      年  月  日"
    reading = read(saved(book))
    assert reading.documents[0].year == 2026
    [fact] = [one for one in reading.repairs if one.kind is RepairKind.FACT]
    assert (fact.where.cell, fact.made, fact.places) == ("A2", "2026", ("year",))
    assert [one.text for one in reading.unplaced] == ["附件5"]


def test_a_title_that_contradicts_the_table_is_listed_and_the_table_is_believed(
    sample: Sample, read: Read
) -> None:
    document = sample("gz-self")
    title = f"2022年度{document.unit_name}部门整体支出绩效自评表"
    other = title.replace("2022", "2021")
    text = page(document)
    assert title in text
    reading = read(text.replace(title, other))
    assert reading.documents[0].year == 2022
    assert [one.text for one in reading.unplaced] == [other]


def test_a_title_with_unit_and_year_tells_both(sample: Sample, read: Read) -> None:
    document = sample("gz-decl")
    document.set_text(field_place("unit.name"), "")
    text = page(document).replace(document.form.title, f"青云区司法局2025年度{document.form.title}")
    [again] = read(text).documents
    assert (again.unit_name, again.year) == ("青云区司法局", 2025)


def test_amounts_in_another_unit_are_told_and_not_converted(sample: Sample, read: Read) -> None:
    document = sample("gz-decl")
    reading = read(page(document).replace("（万元）", "（元）").replace("（数", "（数"))
    assert typed(reading.documents[0]) == typed(document)
    money = [one for one in reading.repairs if one.kind is RepairKind.MONEY]
    assert money
    assert {one.made for one in money} == {"万元"}


def test_labels_with_stars_colons_and_blanks_are_the_same_labels(sample: Sample, read: Read) -> None:
    text = page(sample("tr")).replace(">主管部门<", ">★主管 部门：<").replace(">年度目标<", ">*年度\n目标<")
    assert "★" in text
    reading = read(text)
    assert typed(reading.documents[0]) == typed(sample("tr"))
    assert reading.repairs == []


def test_extra_rows_between_the_header_and_the_table_are_listed(sample: Sample, read: Read) -> None:
    text = page(sample("tr"))
    note = "<tr><td colspan=3>填表前请先看说明</td><td colspan=2>经办人签收</td></tr>"
    reading = read(text.replace("<table border=1 >", f"<table border=1 >{note}"))
    assert typed(reading.documents[0]) == typed(sample("tr"))
    assert [one.text for one in reading.unplaced] == ["填表前请先看说明 经办人签收"]


# -- hidden rows, formulas, unmerged cells ------------------------------------------------------------


def test_hidden_rows_and_columns_are_not_read_and_listed(sample: Sample, read: Read) -> None:
    book, sheet = new_book()
    put(sheet, sample("mof-self"))
    sheet.insert_rows(2)
    sheet["A2"], sheet["B2"] = "系统编码", "20-11"
    sheet.row_dimensions[2].hidden = True
    sheet["Z3"] = "校验"
    sheet.column_dimensions["Z"].hidden = True
    reading = read(saved(book))
    left = [(one.where.line, one.code, one.text) for one in reading.unplaced if one.code]
    assert left == [(2, "hidden", "系统编码 | 20-11"), (3, "hidden", "校验")]


def test_a_formula_gives_the_result_that_was_saved_and_is_told(
    sample: Sample, read: Read, to_xlsx: ToXlsx
) -> None:
    data = without_list(to_xlsx(sample("hb-proj")))
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    where = next(c.coordinate for row in sheet.iter_rows() for c in row if c.value == "预算数")
    column = chr(ord(where[0]) + 1)
    spot = f"{column}{where[1:]}"
    xml = saved(with_result(book, spot, "SUM(E4:G4)"))
    reading = read(put_result(xml, spot, "20"))
    assert reading.documents[0].field("budget") == "20"
    [told] = [one for one in reading.repairs if one.kind is RepairKind.FORMULA]
    assert (told.where.cell, told.read, told.made) == (spot, "=SUM(E4:G4)", "20")


def with_result(book: Workbook, spot: str, formula: str) -> Workbook:
    book.worksheets[0][spot] = f"={formula}"
    return book


def put_result(data: bytes, spot: str, result: str) -> bytes:
    """Put the saved result of a formula in, which openpyxl leaves out."""
    import re
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                pattern = rf'(<c r="{spot}"[^>]*><f>[^<]*</f>)<v\s*/>'.encode()
                content, count = re.subn(pattern, rf"\g<1><v>{result}</v>".encode(), content)
                assert count == 1
            new.writestr(name, content)
    return out.getvalue()


def test_cells_that_were_never_merged_are_filled_down_and_told(sample: Sample, read: Read) -> None:
    book, sheet = new_book()
    put(sheet, sample("sc-proj"), merged=False)
    reading = read(saved(book))
    assert typed(reading.documents[0]) == typed(sample("sc-proj"))
    assert kinds(reading) == {RepairKind.FILLED}


def test_an_amount_joined_over_two_tasks_is_told_and_stands_at_the_first(sample: Sample, read: Read) -> None:
    document = sample("gz-decl")
    first, second = document.rows("tasks")[:2]
    amount = first.cells["funds"]
    document.set_text(Place("tasks", second.id, "funds"), "")
    text = page(document)
    cell = f"<td colspan=1 rowspan=1>{amount}</td>"
    assert text.count(cell) == 1
    joined = text.replace(cell, cell.replace("rowspan=1", "rowspan=2"))
    blank = joined.index("<td colspan=1 rowspan=1></td>", joined.index("rowspan=2"))
    joined = joined[:blank] + joined[blank + len("<td colspan=1 rowspan=1></td>") :]
    reading = read(joined)
    assert typed(reading.documents[0]) == typed(document)
    [told] = [one for one in reading.repairs if one.kind is RepairKind.MERGED]
    assert (told.read, told.places) == (amount, ("tasks[1].funds",))


def test_cells_on_the_clipboard_are_read_from_their_table_or_their_text(
    sample: Sample, forms: FormLibrary, levels: Levels
) -> None:
    document = sample("tr")
    again = read_copied(page(document), "", forms, levels)
    assert typed(again.documents[0]) == typed(document)
    again = read_copied("<p>没有表</p>", tabbed(document), forms, levels)
    assert typed(again.documents[0]) == typed(document)


# -- 繁体 --------------------------------------------------------------------------------------------


def traditional(text: str) -> str:
    from opencc import OpenCC

    return str(OpenCC("s2t").convert(text))


def test_a_page_in_traditional_characters_is_recognised_and_its_words_stay_as_they_are(
    sample: Sample, read: Read
) -> None:
    document = sample("mof-self")
    reading = read(traditional(page(document)))
    [again] = reading.documents
    assert again.form.form == "mof-self"
    assert again.year == document.year
    assert again.field("goal") == traditional(document.field("goal"))
    assert again.unit_name == traditional(document.unit_name)
    levels = [row.cells["level1"] for row in again.rows("indicators")]
    assert levels == [row.cells["level1"] for row in document.rows("indicators")]
    assert kinds(reading) == {RepairKind.TRADITIONAL, RepairKind.LEVEL}
    assert reading.unplaced == []


def test_a_few_traditional_characters_in_a_name_change_nothing(sample: Sample, read: Read) -> None:
    document = sample("tr")
    document.set_text(field_place("leader"), "陳國龍")
    reading = read(page(document))
    assert typed(reading.documents[0]) == typed(document)
    assert reading.repairs == []


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_every_published_form_reads_the_same_from_a_mirror_in_traditional_characters(
    name: str, seeds: Path, read: Read
) -> None:
    text = next(seeds.glob(f"{name}_*.txt")).read_text(encoding="utf-8")
    expected, again = read(text), read(traditional(text))
    for one, other in zip(expected.documents, again.documents, strict=True):
        assert other.form is one.form
        assert (other.stage, other.year) == (one.stage, one.year)
        assert [len(other.rows(table)) for table in one.form.tables] == [
            len(one.rows(table)) for table in one.form.tables
        ]
        assert other.values.keys() == one.values.keys()
    assert len(again.unplaced) == len(expected.unplaced)


# -- large files --------------------------------------------------------------------------------------


def test_fifty_sheets_are_read_with_progress(forms: FormLibrary, read: Read) -> None:
    book = Workbook(write_only=True)
    for number in range(50):
        sheet = book.create_sheet(f"表{number}")
        for row in range(40):
            sheet.append([f"第{row}行", number, row * 1.5, "说明文字" * 3])
    target = book.create_sheet("目标")
    document = blank_document(forms.get("hb-proj"), year=2024, unit_name="某局")
    document.set_text(field_place("goal"), "目标。")
    grid = expand(document)
    for row in range(grid.rows):
        cells = {cell.column: cell.text for cell in grid.cells if cell.row == row}
        target.append([cells.get(column, "") for column in range(grid.columns)])
    told: list[tuple[int, int]] = []
    reading = read(saved(book), progress=lambda done, total: told.append((done, total)))
    assert reading.documents[0].field("goal") == "目标。"
    assert len([one for one in reading.unplaced if one.code == "other-sheet"]) == 50
    shares = [done / total for done, total in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(told) >= 50


def test_a_reading_that_is_no_longer_wanted_stops(sample: Sample, read: Read, to_xlsx: ToXlsx) -> None:
    class StoppedError(Exception):
        pass

    def stop(*_: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        read(without_list(to_xlsx(sample("tr"))), progress=stop)
