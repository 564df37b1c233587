"""A template is a file from outside: it is read through the same guard as every import."""

from __future__ import annotations

import io
import zipfile

import pytest

from core.fill.draft import MapDrafter
from core.fill.filler import Tools
from core.sheet.errors import RefusedError
from tests.core.fill.making import (
    cells_map,
    document_of,
    filled,
    parts,
    rows_of,
    template_of,
    trial_form,
    with_part,
)

SHEET = "xl/worksheets/sheet1.xml"
GOOD = template_of(rows_of(["项目名称", "项目编码"]))
CELLS = cells_map({"A2": '"project"'})


def with_file(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "intake.empty"),
        (b"PK\x03\x04nothing", "intake.packed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "fill.not-xlsx"),
        (GOOD[: len(GOOD) // 2], "intake.broken-xlsx"),
        (with_file("xl/vbaProject.bin", b"x"), "intake.macros"),
        (with_file("xl/externalLinks/externalLink1.xml", b"<x/>"), "intake.outside-links"),
        (with_file("xl/embeddings/oleObject1.bin", b"x"), "intake.embedded"),
        (
            with_part(GOOD, SHEET, lambda part: b'<!DOCTYPE a [<!ENTITY b "c">]>' + part.split(b"?>")[-1]),
            "intake.entities",
        ),
        (with_part(GOOD, SHEET, lambda part: part.replace(b"</sheetData>", b"")), "intake.broken-xlsx"),
        (
            with_part(GOOD, SHEET, lambda part: part.replace(b'r="A1"', b'r="B1"')),
            "fill.disordered-sheet",
        ),
    ],
    ids=["empty", "no xlsx", "old", "cut", "macros", "links", "embedded", "entities", "broken", "disordered"],
)
def test_a_hostile_or_broken_template_is_refused_in_one_sentence(
    tools: Tools, drafter: MapDrafter, data: bytes, code: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        filled(data, CELLS, document_of({"project": "清运"}), tools)
    assert caught.value.code == code
    if code != "fill.disordered-sheet":  # nobody writes into it yet
        with pytest.raises(RefusedError):
            drafter.draft(data, trial_form())


def test_a_part_that_is_never_read_is_unpacked_within_limits_too(tools: Tools) -> None:
    data = with_file("xl/media/picture.png", b"\0" * (31 << 20))
    with pytest.raises(RefusedError) as caught:
        filled(data, CELLS, document_of({"project": "清运"}), tools)
    assert caught.value.code == "intake.unpacks-too-large"


def test_an_area_as_large_as_the_sheet_is_refused(tools: Tools) -> None:
    huge = b'<mergeCells><mergeCell ref="A9:XFD1048576"/></mergeCells></worksheet>'
    data = with_part(GOOD, SHEET, lambda part: part.replace(b"</worksheet>", huge))
    with pytest.raises(RefusedError) as caught:
        filled(data, CELLS, document_of({"project": "清运"}), tools)
    assert caught.value.code == "intake.too-many-cells"


def test_a_text_that_looks_like_xml_or_a_formula_stays_a_text(tools: Tools) -> None:
    text = '=HYPERLINK("http://x","点")</t></is></c><c r="B2"><v>9</v></c>'
    one = filled(GOOD, CELLS, document_of({"project": text}), tools)
    sheet = parts(one.data)[SHEET]
    assert sheet.count(b"<f>") == 0
    assert b"&lt;/t&gt;&lt;/is&gt;" in sheet
    assert b"<v>9</v>" not in sheet
