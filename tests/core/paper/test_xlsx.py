"""The workbook: the same cells as the sheet, nothing a formula, nothing cut, and it can be read back."""

from __future__ import annotations

import re
import shutil
import subprocess
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.paper.fonts import Fonts
from core.paper.xlsx import xlsx_bytes
from core.sheet.definition import Form
from core.sheet.document import Document, Row
from core.sheet.document_file import plain_content
from core.sheet.errors import RefusedError
from core.sheet.grid import expand
from core.sheet.messages import Messages
from core.sheet.numbers import parse_number
from core.sheet.places import field_place
from tests.core.paper.making import document_of, trial_documents

INDICATORS = [
    {"level1": "产出指标", "level2": "数量指标", "name": f"调解率{n}", "value": "≥95%"} for n in range(9)
]
HOSTILE = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "\t=1",
    "'=1",
    "＝1",
    "_x0041_",
    "<b>&amp;</b>",
)


def opened(data: bytes) -> tuple[Any, list[tuple[str, str, str, str]]]:
    """Give the visible sheet and the lines of the hidden one."""
    workbook = openpyxl.load_workbook(BytesIO(data))
    assert [sheet.sheet_state for sheet in workbook.worksheets] == ["visible", "veryHidden"]
    lines = [
        tuple(unescaped(text or "") for text in row) for row in workbook["jibiao"].iter_rows(values_only=True)
    ]
    return workbook.worksheets[0], lines


def unescaped(text: str) -> str:
    return re.sub("_x005F_(?=x[0-9A-Fa-f]{4}_)", "_", text)


def text_in(cell: Any) -> str:
    """Give what Excel shows in a cell, for the formats we write."""
    if not isinstance(cell.value, int | float):
        return unescaped(cell.value or "")
    number, code = Decimal(str(cell.value)), cell.number_format
    if code.endswith("%"):
        number *= 100
    decimals = len(code.rstrip("%").partition(".")[2])
    shown = f"{number:,.{decimals}f}" if code.startswith("#,##0") else f"{number:.{decimals}f}"
    return shown + ("%" if code.endswith("%") else "")


@given(data=st.data())
@settings(max_examples=15)
def test_every_cell_of_the_sheet_shows_its_text(
    data: st.DataObject, trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    document = data.draw(trial_documents(trial_form))
    sheet, lines = opened(xlsx_bytes(document, fonts, messages))
    grid = expand(document)
    addresses = list(dict.fromkeys(line[1] for line in lines if line[1]))
    shown = [text_in(sheet[address]) for address in addresses]
    cells = [cell for cell in grid.cells if cell.kind != "empty"]
    assert shown == [cell.text for cell in cells]


@given(data=st.data())
@settings(max_examples=15)
def test_the_workbook_read_back_gives_equal_values_and_rows(
    data: st.DataObject, trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    document = data.draw(trial_documents(trial_form))
    again = read_back(trial_form, xlsx_bytes(document, fonts, messages))
    assert plain_content(again) == plain_content(document)
    assert (again.year, again.stage, again.unit_code) == (document.year, document.stage, document.unit_code)


def test_the_real_form_read_back_gives_equal_values_and_rows(
    real_document: Document, fonts: Fonts, messages: Messages
) -> None:
    again = read_back(real_document.form, xlsx_bytes(real_document, fonts, messages))
    assert plain_content(again) == plain_content(real_document)


def read_back(form: Form, data: bytes) -> Document:
    """Read a workbook as its hidden sheet says; reading files of others is no matter of paper."""
    sheet, lines = opened(data)
    assert lines[0] == ("jibiao", "", "", "1")
    assert lines[1] == ("form", "", form.form, form.edition)
    document = Document(form)
    for kind, _, place, text in lines:
        if kind == "fact":
            document.set_text(field_place(place), text)
        elif kind == "rows":
            outer, _, name = place.rpartition(".")
            columns = form.tables[outer.partition("[")[0]].columns if outer else {}
            row = document.place(f"{outer}.{next(iter(columns))}") if outer else None
            table = f"{row.table}.{name}" if row else place
            for index in range(int(text)):
                document.insert_row(table, row.row if row else "", index, Row(f"{place}{index}"))
    for kind, address, place, text in lines:
        if kind in ("fill", "kept"):
            document.set_text(document.place(place), text or text_in(sheet[address]))
    return document


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_never_a_formula(text: str, trial_form: Form, fonts: Fonts, messages: Messages) -> None:
    data = xlsx_bytes(document_of(trial_form, {"goal": text, "basic": text}, {}), fonts, messages)
    sheet, lines = opened(data)
    for kind, address, place, _ in lines:
        if kind == "fill" and place in ("goal", "basic"):
            cell = sheet[address]
            assert (unescaped(cell.value), cell.data_type, cell.number_format) == (text, "s", "@")
            assert cell.quotePrefix
    with ZipFile(BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize(
    ("typed", "value", "number_format"),
    [
        ("3723.19", 3723.19, "#,##0.00"),
        ("3,723.19", 3723.19, "#,##0.00"),
        ("12", 12, "#,##0.00"),
        ("-1.5", -1.5, "#,##0.00"),
        ("0.005", 0.005, "#,##0.000"),
        ("0", 0, "#,##0.00"),
        ("12345.678", 12345.678, "0.000"),
    ],
)
def test_an_amount_is_a_number_that_looks_as_the_form_prints_it(
    typed: str, value: float, number_format: str, trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    cell = amount_cell(typed, trial_form, fonts, messages)
    assert (cell.value, cell.data_type, cell.number_format) == (value, "n", number_format)


@pytest.mark.parametrize("typed", ["１２", "1,23", "+5.005", "007.005", "123456789012345678", "约5"])
def test_a_figure_no_format_shows_exactly_stays_text(
    typed: str, trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    cell = amount_cell(typed, trial_form, fonts, messages)
    assert cell.data_type == "s"
    assert parse_number(cell.value) == parse_number(typed)


def amount_cell(typed: str, form: Form, fonts: Fonts, messages: Messages) -> Any:
    sheet, lines = opened(xlsx_bytes(document_of(form, {"basic": typed}, {}), fonts, messages))
    return next(sheet[address] for kind, address, place, _ in lines if (kind, place) == ("fill", "basic"))


def test_a_workbook_opens_in_libreoffice_with_every_text(
    trial_form: Form, fonts: Fonts, messages: Messages, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("NOT TESTED in LibreOffice: it is not installed")
    book = tmp_path / "sheet.xlsx"
    document = document_of(trial_form, {"goal": "=1+1", "basic": "3723.19"}, {"indicators": INDICATORS})
    book.write_bytes(xlsx_bytes(document, fonts, messages))
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    order = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(book)]
    subprocess.run(order, check=True, capture_output=True, timeout=120)
    pages = pypdf.PdfReader(tmp_path / "sheet.pdf").pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    for expected in ("=1+1", "3,723.19", "绩效指标", "调解率8", "第1页共", "校验码"):
        assert expected in text


def test_an_identity_number_keeps_its_eighteen_digits(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    sheet, _ = opened(
        xlsx_bytes(document_of(trial_form, {"code": "110101199003070012"}, {}), fonts, messages)
    )
    assert "110101199003070012" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_a_text_excel_would_cut_is_refused_with_its_name(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    with pytest.raises(RefusedError) as refused:
        xlsx_bytes(document_of(trial_form, {"goal": "字" * 32_768}, {}), fonts, messages)
    assert "目标" in messages.of(refused.value)
    assert "32768" in messages.of(refused.value)
    xlsx_bytes(document_of(trial_form, {"goal": "字" * 32_767}, {}), fonts, messages)


def test_a_note_excel_would_cut_only_together_with_its_label_is_refused(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    with pytest.raises(RefusedError):
        xlsx_bytes(document_of(trial_form, {"note": "字" * 32_767}, {}), fonts, messages)


def test_only_computed_cells_are_locked(trial_form: Form, fonts: Fonts, messages: Messages) -> None:
    sheet, lines = opened(xlsx_bytes(document_of(trial_form, {"basic": "12"}, {}), fonts, messages))
    assert sheet.protection.sheet
    assert not sheet.protection.insertRows
    assert not sheet.protection.password
    locked = {cell.coordinate for row in sheet.iter_rows(max_col=6) for cell in row if cell.protection.locked}
    computed = {address for kind, address, *_ in lines if kind == "computed"}
    assert computed
    areas = {str(area).partition(":")[0]: area for area in sheet.merged_cells.ranges}
    wide = {
        f"{openpyxl.utils.get_column_letter(c)}{r}"
        for one in computed
        if one in areas
        for r, c in areas[one].cells
    }
    assert locked == computed | wide


def test_a_computed_figure_is_a_value(trial_form: Form, fonts: Fonts, messages: Messages) -> None:
    document = document_of(trial_form, {"basic": "12"}, {"tasks": [{"funds": "3.5"}]})
    sheet, lines = opened(xlsx_bytes(document, fonts, messages))
    address = next(line[1] for line in lines if line[0] == "computed")
    assert (sheet[address].value, sheet[address].number_format) == (15.5, "#,##0.00")


def test_the_paper_is_set_up_as_the_form_says(trial_form: Form, fonts: Fonts, messages: Messages) -> None:
    sheet, lines = opened(
        xlsx_bytes(document_of(trial_form, {}, {"indicators": INDICATORS}), fonts, messages)
    )
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area.startswith("'报表'!$A$1:$F$")
    head = next(address[1:] for kind, address, _, text in lines if (kind, text) == ("label", "三级指标"))
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.oddFooter.center.text == "第&P页 共&N页"
    assert re.fullmatch(r"校验码 (\w{4}-){3}\w{4}", sheet.oddFooter.right.text)


def test_merged_cells_are_merged_and_bordered(trial_form: Form, fonts: Fonts, messages: Messages) -> None:
    document = document_of(trial_form, {}, {"indicators": INDICATORS})
    sheet, lines = opened(xlsx_bytes(document, fonts, messages))
    label = next(address for kind, address, _, text in lines if (kind, text) == ("label", "绩效指标"))
    area = next(area for area in sheet.merged_cells.ranges if area.coord.startswith(label + ":"))
    assert area.max_row - area.min_row + 1 == 1 + len(INDICATORS)
    assert all(sheet.cell(*spot).border.left.style == "thin" for spot in area.left)


def test_the_fonts_are_those_every_office_has(trial_form: Form, fonts: Fonts, messages: Messages) -> None:
    sheet, _ = opened(xlsx_bytes(document_of(trial_form, {"goal": "目标"}, {}), fonts, messages))
    assert {cell.font.name for row in sheet.iter_rows(max_col=6) for cell in row if cell.value} == {
        "宋体",
        "黑体",
    }


def test_a_row_higher_than_excel_allows_becomes_several(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    goal = "推进依法行政，深化公共法律服务。" * 300
    sheet, lines = opened(xlsx_bytes(document_of(trial_form, {"goal": goal}, {}), fonts, messages))
    address = next(address for kind, address, place, _ in lines if (kind, place) == ("fill", "goal"))
    area = next(area for area in sheet.merged_cells.ranges if area.coord.startswith(address + ":"))
    heights = [sheet.row_dimensions[row].height for row in range(area.min_row, area.max_row + 1)]
    assert len(heights) > 1
    assert max(heights) <= 409
    assert sum(heights) > 4800 / 60 * 13


def test_the_same_document_gives_the_same_bytes(trial_form: Form, fonts: Fonts, messages: Messages) -> None:
    document = document_of(trial_form, {"goal": "目标"}, {"indicators": INDICATORS})
    first, second = (xlsx_bytes(document, fonts, messages) for _ in range(2))
    assert first == second
    with ZipFile(BytesIO(first)) as archive:
        assert b"2000-01-01" in archive.read("docProps/core.xml")
