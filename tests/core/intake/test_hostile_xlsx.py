"""Workbooks made to do harm: refused with one sentence, or read as plain values; time and memory bounded."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intake import workbook
from core.intake.pieces import Source
from core.intake.sheets import source_of
from core.intake.workbook import Workbook, open_workbook
from core.sheet.errors import RefusedError
from core.sheet.messages import Messages
from tests.core.intake.conftest import Read

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>'
    '<sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATED}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)


def sheet(rows: str, after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def inline(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


PLAIN = sheet(f'<row r="1">{inline("A1", "部门名称")}{inline("B1", "某局")}</row>')


def xlsx(sheet_xml: str = PLAIN, extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """Zip a workbook of one sheet; ``extra`` adds or replaces parts."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet1.xml": sheet_xml,
    }
    parts |= extra or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def cells(data: bytes) -> dict[tuple[int, int], str]:
    book = open_workbook(data)
    return {spot: cell.text for spot, cell in book.sheet(book.sheet_names()[0]).cells.items()}


def sources(book: Workbook) -> Source:
    return source_of(book.sheet(name) for name in book.visible_names())


def refusal(data: bytes) -> RefusedError:
    with pytest.raises(RefusedError) as refused:
        cells(data)
    return refused.value


# -- refused ------------------------------------------------------------------------------------------


def bomb() -> bytes:
    return xlsx("<worksheet>" + " " * (40 << 20) + "</worksheet>")


def many_bombs() -> bytes:
    names = [f"xl/worksheets/sheet{number}.xml" for number in range(1, 5)]
    parts = dict.fromkeys(names, sheet("<row/>" + " " * (25 << 20)))
    listed = "".join(f'<sheet name="{n}" r:id="rId{n}"/>' for n in range(1, 5))
    targets = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATED}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, 5)
    )
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{listed}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = f"<Relationships>{targets}</Relationships>"
    return xlsx(extra=parts)


def with_relation(kind: str, target: str) -> bytes:
    one = f'<Relationship Id="x" Type="{RELATED}/{kind}" Target="{target}" TargetMode="External"/>'
    body = f"<Relationships>{one}</Relationships>"
    return xlsx(extra={"xl/worksheets/_rels/sheet1.xml.rels": body})


def doctype(body: str) -> bytes:
    return xlsx(f"<?xml version='1.0'?><!DOCTYPE x [{body}]>{PLAIN}")


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10)
)
OUTSIDE = '<!ENTITY x SYSTEM "file:///etc/hostname">'
MILLION = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 210_000))

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a part that unpacks to 40 MB": (bomb, "unpacks-too-large"),
    "entities that multiply": (lambda: doctype(LAUGHS), "entities"),
    "an entity that reads a file": (lambda: doctype(OUTSIDE), "entities"),
    "a document type": (lambda: xlsx(f"<!DOCTYPE worksheet>{PLAIN}"), "entities"),
    "macros": (lambda: xlsx(extra={"xl/vbaProject.bin": b"\0"}), "macros"),
    "old macros": (lambda: xlsx(extra={"xl/macrosheets/sheet1.xml": b"<x/>"}), "macros"),
    "links to other files": (
        lambda: xlsx(extra={"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        "outside-links",
    ),
    "data connections": (lambda: xlsx(extra={"xl/connections.xml": b"<x/>"}), "outside-links"),
    "an embedded file": (lambda: xlsx(extra={"xl/embeddings/oleObject1.bin": b"\0"}), "embedded"),
    "a relation to a template outside": (
        lambda: with_relation("attachedTemplate", "http://example.org/x"),
        "outside-links",
    ),
    "a far cell": (lambda: xlsx(sheet(f"<row>{inline('XFD1048576', 'x')}</row>")), "far-cell"),
    "200,000 rows and more": (lambda: xlsx(sheet(MILLION)), "far-cell"),
    "more cells than a form has": (
        lambda: xlsx(
            sheet(
                "".join(f"<row>{''.join('<c><v>1</v></c>' for _ in range(199))}</row>" for _ in range(1_100))
            )
        ),
        "too-many-cells",
    ),
    "a shared text that is not there": (
        lambda: xlsx(sheet('<row><c r="A1" t="s"><v>-1</v></c></row>')),
        "broken-xlsx",
    ),
    "an address that is none": (lambda: xlsx(sheet(f"<row>{inline('ZZZZ1', 'x')}</row>")), "broken-xlsx"),
    "broken XML": (lambda: xlsx("<worksheet><sheetData>"), "broken-xlsx"),
    "no workbook part": (lambda: xlsx(extra={"xl/workbook.xml": "<workbook/>"}), "broken-xlsx"),
    "a sheet without its part": (
        lambda: xlsx(extra={"xl/_rels/workbook.xml.rels": RELATIONS.replace("sheet1", "sheet9")}),
        "broken-xlsx",
    ),
    "a sheet outside the file": (
        lambda: xlsx(extra={"xl/_rels/workbook.xml.rels": RELATIONS.replace("worksheets/", "../../../")}),
        "broken-xlsx",
    ),
    "a text of 300,000 characters": (
        lambda: xlsx(sheet(f"<row>{inline('A1', '字' * 300_000)}</row>")),
        "cell-too-long",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_workbook_is_refused_with_a_sentence(name: str, messages: Messages) -> None:
    make, code = REFUSED[name]
    error = refusal(make())
    assert error.code == f"intake.{code}"
    assert messages.of(error)


def test_sheets_that_say_they_are_too_large_together_are_refused_unread() -> None:
    assert refusal(many_bombs()).code == "intake.unpacks-too-large"


def test_sheets_that_are_too_large_together_and_say_they_are_small_are_refused() -> None:
    data = many_bombs()
    for size in {entry.file_size for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()}:
        if size > 1 << 20:
            data = data.replace(struct.pack("<I", size), struct.pack("<I", 1000))
    with pytest.raises(RefusedError) as refused:
        sources(open_workbook(data))
    assert refused.value.code in ("intake.unpacks-too-large", "intake.broken-xlsx")


def test_more_cells_on_all_sheets_together_than_a_file_of_forms_has_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "MAX_ALL_CELLS", 3)
    listed = "".join(f'<sheet name="{n}" r:id="rId1"/>' for n in range(3))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{listed}</sheets></workbook>'
    with pytest.raises(RefusedError) as refused:
        sources(open_workbook(xlsx(extra={"xl/workbook.xml": book})))
    assert (refused.value.code, refused.value.params) == ("intake.too-many-cells", {"limit": 3})


def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(xlsx())
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", WORKBOOK)
    assert refusal(out.getvalue()).code == "intake.broken-xlsx"


# -- read as plain values -----------------------------------------------------------------------------


def test_of_a_formula_only_its_last_result_is_read_and_told() -> None:
    body = (
        '<row><c r="A1"><f>SUM(B1:B9)</f><v>12.5</v></c><c r="B1" t="str"><f>cmd|\'/c calc\'!A0</f></c></row>'
    )
    book = open_workbook(xlsx(sheet(body)))
    source = sources(book)
    assert [piece.text for piece in source.pieces] == ["12.5"]
    assert [(one.where.cell, one.read, one.made) for one in source.told] == [("A1", "=SUM(B1:B9)", "12.5")]
    assert [(one.where.cell, one.text) for one in source.notices] == [("B1", "=cmd|'/c calc'!A0")]


def test_a_merge_over_the_whole_sheet_costs_nothing() -> None:
    data = xlsx(
        PLAIN.replace("</worksheet>", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>')
    )
    tracemalloc.start()
    source = sources(open_workbook(data))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [piece.text for piece in source.pieces] == ["部门名称", "某局"]
    assert peak < 5 << 20


def test_a_part_nobody_asks_for_is_never_unpacked() -> None:
    data = xlsx(extra={"xl/media/image1.bin": b"\0" * (200 << 20)})
    tracemalloc.start()
    found = cells(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == {(1, 0): "部门名称", (1, 1): "某局"}
    assert peak < 20 << 20


def test_a_web_address_in_a_cell_is_only_text() -> None:
    assert cells(with_relation("hyperlink", "http://example.org/"))[1, 0] == "部门名称"


def test_numbers_dates_and_percentages_are_texts_as_shown() -> None:
    date = "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"
    codes = {176: date, 177: "0.0%", 178: "&quot;m&quot;0"}
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in codes.items())
    used = "".join(f'<xf numFmtId="{n}"/>' for n in (0, 14, 9, *codes))
    styles = f"<styleSheet><numFmts>{formats}</numFmts><cellXfs>{used}</cellXfs></styleSheet>"
    values = [
        ("1162.6199999999999", 0, "1162.62"),
        ("5.0999999999999996", 0, "5.1"),
        ("1E-3", 0, "0.001"),
        ("1e15", 0, "1000000000000000"),
        ("-0", 0, "0"),
        ("45657", 1, "2024-12-31"),
        ("45657.5", 1, "2024-12-31 12:00"),
        ("0.95", 2, "95%"),
        ("45657", 3, "2024-12-31"),
        ("0.955", 4, "95.5%"),
        ("45657", 5, "45657"),
        ("1", 1, "1900-01-01"),
        ("59", 1, "1900-02-28"),
        ("61", 1, "1900-03-01"),
        ("1e400", 0, "1e400"),
        ("9999999999", 1, "9999999999"),
    ]
    body = "".join(
        f'<row r="{n}"><c r="A{n}" s="{style}"><v>{value}</v></c></row>'
        for n, (value, style, _) in enumerate(values, start=1)
    )
    found = cells(xlsx(sheet(body), {"xl/styles.xml": styles}))
    assert [found[n, 0] for n in range(1, len(values) + 1)] == [text for *_, text in values]


def test_rich_text_is_joined_and_its_reading_aids_are_left_out() -> None:
    strings = "<sst><si><r><t>部门</t></r><r><t>名称</t></r><rPh><t>bumen</t></rPh></si></sst>"
    body = '<row><c r="A1" t="s"><v>0</v></c></row>'
    assert cells(xlsx(sheet(body), {"xl/sharedStrings.xml": strings})) == {(1, 0): "部门名称"}


def test_control_characters_are_taken_out_and_told() -> None:
    book = open_workbook(xlsx(sheet(f"<row>{inline('A1', '甲_x0007_乙_x000D_')}</row>")))
    found = book.sheet("表")
    assert found.cells[1, 0].text == "甲乙\n"
    assert [(where.cell, codes) for where, codes in found.cleaned] == [("A1", "U+0007")]


def test_strict_files_with_other_prefixes_read_the_same() -> None:
    body = PLAIN.replace("<", "<x:").replace("<x:/", "</x:").replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    assert cells(xlsx(body)) == {(1, 0): "部门名称", (1, 1): "某局"}


# -- any bytes ----------------------------------------------------------------------------------------


def sentence(read: Read, data: bytes, messages: Messages) -> str:
    """Read or refuse some bytes; give the sentence of the refusal."""
    try:
        read(data)
    except RefusedError as error:
        return messages.of(error)
    return "read"


@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(
    data: st.DataObject, read: Read, messages: Messages
) -> None:
    whole = bytearray(xlsx())
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    assert sentence(read, bytes(whole), messages)
    assert sentence(read, bytes(whole[:cut]), messages)


STARTS = (b"", b"PK\x03\x04", b"PK\x03\x04 xl/workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b'{"form"')


@given(data=st.binary(max_size=200), start=st.sampled_from(STARTS))
def test_any_bytes_are_read_or_refused_and_nothing_else(
    data: bytes, start: bytes, read: Read, messages: Messages
) -> None:
    assert sentence(read, start + data, messages)
