"""Old Excel files: ``files/shenbao.xls`` was written by xlwt 1.3 from the sample of gz-decl 2024."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.intake.biff import look_at
from core.intake.ole import Compound
from core.intake.reading import Reading
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from tests.core.intake.conftest import Read
from tests.core.intake.test_all_forms import FOLDER, as_numbers

FILE = Path(__file__).parent / "files" / "shenbao.xls"


@pytest.fixture(scope="module")
def old_excel(read: Read) -> Reading:
    return read(FILE)


@pytest.fixture(scope="module")
def sample(forms: FormLibrary) -> Document:
    return read_document((FOLDER / "gz-decl" / "2024" / "sample.json").read_bytes(), forms)


def test_amounts_texts_and_tasks_of_an_xls_are_read(old_excel: Reading, sample: Document) -> None:
    [document] = old_excel.documents
    assert (document.form.form, document.form.edition) == ("gz-decl", "2024")
    assert as_numbers(document.values) == as_numbers(sample.values)
    assert [as_numbers(row.cells) for row in document.rows("tasks")] == [
        as_numbers(row.cells) for row in sample.rows("tasks")
    ]


def test_a_percentage_that_excel_keeps_as_a_number_is_read_as_it_is_shown(
    old_excel: Reading, sample: Document
) -> None:
    rows = old_excel.documents[0].rows("indicators")
    assert (rows[6].cells["period_value"], rows[6].cells["value"]) == ("100%", "99.5%")
    assert [row.cells["name"] for row in rows] == [row.cells["name"] for row in sample.rows("indicators")]


def test_the_year_in_the_title_is_read(old_excel: Reading) -> None:
    assert old_excel.documents[0].year == 2025


def test_hidden_parts_formulas_without_result_and_other_sheets_are_listed(old_excel: Reading) -> None:
    left = [(one.where.sheet, one.where.line, one.code, one.text) for one in old_excel.unplaced]
    assert left == [
        ("说明", 0, "other-sheet", "说明"),
        ("申报表", 3, "formula", "=…"),
        ("申报表", 4, "hidden", "隐藏列"),
        ("申报表", 31, "", "填报单位：某区农业农村局"),
        ("申报表", 32, "hidden", "内部编号"),
    ]


# -- damaged and hostile files ------------------------------------------------------------------------


def refusal(read: Read, data: bytes) -> str:
    try:
        read(data)
    except RefusedError as error:
        return error.code
    return ""


def changed(data: bytes, record: int, body: bytes) -> bytes:
    """Change the first record of a sort, which keeps its length."""
    stream = Compound(data).stream("Workbook")
    place = 0
    while struct.unpack_from("<H", stream, place)[0] != record:
        place += 4 + struct.unpack_from("<H", stream, place + 2)[0]
    start = data.index(stream[place : place + 12])
    return data[: start + 4] + body + data[start + 4 + len(body) :]


def test_a_cell_far_away_is_refused_before_it_costs_memory(read: Read) -> None:
    data = changed(FILE.read_bytes(), 0x0085, b"")  # stands as it is
    assert refusal(read, data) == ""
    stream = Compound(data).stream("Workbook")
    cell = stream.index(struct.pack("<HH", 0x00FD, 10))
    start = data.index(stream[cell : cell + 14])
    far = data[: start + 4] + struct.pack("<HH", 60_000, 250) + data[start + 8 :]
    assert refusal(read, far) == "intake.far-cell"


def test_a_locked_xls_is_told() -> None:
    locked = struct.pack("<HHHH", 0x0809, 4, 0x0600, 5) + struct.pack("<HHH", 0x002F, 2, 1)
    with pytest.raises(RefusedError) as refused:
        look_at(locked, most_rows=10, most_columns=10, most_cells=10)
    assert refused.value.code == "intake.encrypted"


def test_a_chain_that_goes_around_in_a_circle_ends() -> None:
    data = bytearray(FILE.read_bytes())
    table = struct.unpack_from("<I", data, 76)[0]
    start = (table + 1) * 512
    for number in range(128):
        struct.pack_into("<I", data, start + 4 * number, 0)
    with pytest.raises(RefusedError):
        Compound(bytes(data)).stream("Workbook")


@settings(max_examples=max(30, settings().max_examples // 2))
@given(data=st.data())
def test_a_damaged_xls_is_read_or_refused_and_nothing_else(data: st.DataObject, read: Read) -> None:
    whole = bytearray(FILE.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    code = refusal(read, bytes(whole[: data.draw(st.sampled_from([len(whole), len(whole) // 2, 700]))]))
    assert code == "" or code.startswith(("intake.", "sheet."))
