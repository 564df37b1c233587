"""Cells put into a worksheet's XML: they stand where they belong, and no other byte changes."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from core.fill.sheet_xml import Content, SheetXml, Spot
from core.fill.workbook_zip import recalculated
from core.intake.pieces import cell_name
from core.sheet.errors import RefusedError
from tests.core.fill.making import cell_texts, parts, saved, with_part

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TEXT = Content("填")

spots = st.tuples(st.integers(1, 12), st.integers(0, 6))
texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n"), min_size=1)
contents = st.one_of(
    texts.map(Content),
    st.decimals(-(10**6), 10**6, places=2).map(lambda number: Content(f"{number:f}", number)),
)


def sheet_of(rows: str, before: str = "", space: str = SPACE) -> bytes:
    return f"{HEAD}<worksheet {space}>{before}{rows}<pageMargins left='0.7'/></worksheet>".encode()


def written(data: bytes, new: dict[Spot, Content], like: dict[Spot, Spot] | None = None) -> str:
    return SheetXml(data).written(new, like or {}).decode()


@given(st.dictionaries(spots, texts, max_size=20), st.dictionaries(spots, contents, max_size=10))
def test_any_cells_put_into_any_sheet_are_read_back_and_all_others_stay(
    there: dict[Spot, str], new: dict[Spot, Content]
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for (row, column), text in there.items():
        cell = sheet.cell(row, column + 1, text)
        cell.data_type = "s"
    data = saved(book)
    part = "xl/worksheets/sheet1.xml"
    before = parts(data)[part]
    after = SheetXml(before).written(new, {})
    names = {cell_name(*spot) for spot in new}
    kept = {name: text for name, text in cell_texts(before).items() if name not in names}
    assert {name: text for name, text in cell_texts(after).items() if name not in names} == kept
    read = load_workbook(io.BytesIO(with_part(data, part, lambda _: after))).worksheets[0]
    for spot, content in new.items():
        value = read[cell_name(*spot)].value
        if content.number is not None:
            assert Decimal(repr(value)) == content.number
        else:
            assert value.replace("_x005F_", "_") == content.text


def test_writing_nothing_changes_nothing() -> None:
    data = sheet_of("<sheetData><row r='1'/></sheetData>")
    assert SheetXml(data).written({}, {}) == data


@pytest.mark.parametrize(
    ("rows", "spot", "made"),
    [
        ("<sheetData/>", (3, 1), '<sheetData><row r="3">{B3}</row></sheetData>'),
        ("<sheetData></sheetData>", (3, 1), '<sheetData><row r="3">{B3}</row></sheetData>'),
        ('<sheetData><row r="3"/></sheetData>', (3, 1), '<sheetData><row r="3">{B3}</row></sheetData>'),
        (
            '<sheetData><row r="3" ht="20" spans="3:4"><c r="C3"/></row></sheetData>',
            (3, 1),
            '<sheetData><row r="3" ht="20" spans="2:4">{B3}<c r="C3"/></row></sheetData>',
        ),
        (
            '<sheetData><row r="1"/><row r="5"/></sheetData>',
            (3, 1),
            '<sheetData><row r="1"/><row r="3">{B3}</row><row r="5"/></sheetData>',
        ),
        (
            '<sheetData><row><c/><c s="4"/><c/></row></sheetData>',
            (1, 1),
            '<sheetData><row><c/><c r="B1" s="4" t="inlineStr">{inner}<c/></row></sheetData>',
        ),
        (
            '<sheetData><row r="3"><c r="B3" s="7" t="s"><v>4</v></c></row></sheetData>',
            (3, 1),
            '<sheetData><row r="3"><c r="B3" s="7" t="inlineStr">{inner}</row></sheetData>',
        ),
    ],
    ids=["no rows", "empty rows", "empty row", "before a cell", "between rows", "unnamed", "in place"],
)
def test_a_cell_goes_where_it_belongs_and_keeps_its_style(rows: str, spot: Spot, made: str) -> None:
    inner = '<is><t xml:space="preserve">填</t></is></c>'
    cells = {"B3": f'<c r="B3" t="inlineStr">{inner}', "inner": inner}
    assert f"{made.format(**cells)}<pageMargins" in written(sheet_of(rows), {spot: TEXT})


def test_a_new_cell_has_the_look_of_its_model_or_row_or_column() -> None:
    before = '<cols><col min="2" max="3" style="8"/></cols>'
    rows = '<sheetData><row r="1"><c r="B1" s="5"/></row><row r="2" s="6" customFormat="1"/></sheetData>'
    sheet = sheet_of(rows, before)
    like = {(9, 1): (1, 1)}
    made = written(sheet, {(9, 1): TEXT, (2, 1): TEXT, (4, 1): TEXT, (4, 5): TEXT}, like)
    for start in ('<c r="B9" s="5"', '<c r="B2" s="6"', '<c r="B4" s="8"', '<c r="F4" t'):
        assert start in made


def test_a_sheet_whose_names_have_a_prefix_keeps_it() -> None:
    space = SPACE.replace("xmlns=", "xmlns:x=")
    data = f'{HEAD}<x:worksheet {space}><x:sheetData><x:row r="2"/></x:sheetData></x:worksheet>'.encode()
    made = written(data, {(2, 0): Content("1.5", Decimal("1.5")), (3, 0): TEXT})
    assert '<x:row r="2"><x:c r="A2"><x:v>1.5</x:v></x:c></x:row><x:row r="3"><x:c r="A3"' in made


def test_the_stated_extent_grows_with_the_cells() -> None:
    sheet = sheet_of("<sheetData/>", '<dimension ref="B2:C3"/>')
    assert '<dimension ref="B2:D9"/>' in written(sheet, {(9, 3): TEXT})
    assert '<dimension ref="B2:C3"/>' in written(sheet, {(2, 1): TEXT})


@pytest.mark.parametrize(
    "rows",
    [
        '<sheetData><row r="3"/><row r="2"/></sheetData>',
        '<sheetData><row r="3"><c r="B3"/><c r="A3"/></row></sheetData>',
        '<sheetData><row r="3"><c r="B4"/></row></sheetData>',
    ],
)
def test_rows_and_cells_out_of_order_are_refused(rows: str) -> None:
    with pytest.raises(RefusedError) as caught:
        SheetXml(sheet_of(rows))
    assert caught.value.code == "fill.disordered-sheet"


def test_a_sheet_that_is_not_utf8_is_refused() -> None:
    data = f'<?xml version="1.0" encoding="gb2312"?><worksheet {SPACE}/>'.encode("gb2312")
    with pytest.raises(RefusedError) as caught:
        SheetXml(data)
    assert caught.value.code == "fill.not-utf8-part"


@pytest.mark.parametrize(
    ("book", "made"),
    [
        (
            '<workbook><sheets><sheet/></sheets><calcPr calcId="1" fullCalcOnLoad="0"/></workbook>',
            '<workbook><sheets><sheet/></sheets><calcPr calcId="1" fullCalcOnLoad="1"/></workbook>',
        ),
        (
            '<x:workbook xmlns:x="u"><x:sheets/><x:definedNames><x:a/></x:definedNames><x:b/></x:workbook>',
            '<x:workbook xmlns:x="u"><x:sheets/><x:definedNames><x:a/></x:definedNames>'
            '<x:calcPr fullCalcOnLoad="1"/><x:b/></x:workbook>',
        ),
        ("<workbook><sheets/></workbook>", '<workbook><sheets/><calcPr fullCalcOnLoad="1"/></workbook>'),
    ],
)
def test_a_workbook_is_told_to_work_its_formulas_out_again(book: str, made: str) -> None:
    assert recalculated(book.encode()).decode() == made
