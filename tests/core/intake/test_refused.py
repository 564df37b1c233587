"""Files that are not read: one sentence each, saying what to do; and which form a file is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from core.intake.reading import RepairKind
from core.sheet.document import blank_document
from core.sheet.document_file import document_bytes, plain_content
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from core.sheet.places import field_place
from tests.core.intake.conftest import Read, ToXlsx
from tests.core.intake.dumps import tabbed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
    return out.getvalue()


FILES = {
    "doc": OLE + "WordDocument".encode("utf-16-le"),
    "encrypted": OLE + "EncryptedPackage".encode("utf-16-le") + "Workbook".encode("utf-16-le"),
    "old-office": OLE,
    "broken-docx": zipped("[Content_Types].xml", "word/document.xml")[:-30] + b"\0" * 8,
    "package": zipped("sub-0123456789abcdef/bagit.txt"),
    "packed": zipped("报表.xls"),
    "pdf": b"%PDF-1.7\n%\xe2\xe3",
    "rtf": b"{\\rtf1\\ansi}",
    "picture": b"\x89PNG\r\n\x1a\n\0\0",
    "web-archive": b"From: <Saved by WebKit>\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n",
    "xml-sheet": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "empty": b"\r\n\r\n\0\0",
    "not-text": b"\x01\x02\0\xff" * 40,
    "unknown-form": "今天天气很好。\n明天也好。\n".encode(),
    "broken-xlsx": zipped("[Content_Types].xml", "xl/workbook.xml")[:-30] + b"\0" * 8,
}


@pytest.mark.parametrize("code", FILES)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(
    code: str, read: Read, messages: Messages
) -> None:
    data = FILES[code]
    assert data
    with pytest.raises(RefusedError) as refused:
        read(data)
    assert refused.value.code == f"intake.{code}"
    sentence = messages.of(refused.value)
    assert sentence.endswith("。")
    assert "\n" not in sentence


def test_an_ods_sheet_is_told_to_be_saved_as_xlsx(read: Read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(RefusedError) as refused:
        read(out.getvalue())
    assert refused.value.code == "intake.ods"


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(
    tmp_path: Path, read: Read, messages: Messages
) -> None:
    file = tmp_path / "大.xlsx"
    with file.open("wb") as stream:
        stream.truncate(200 << 20)
    with pytest.raises(RefusedError) as refused:
        read(file)
    assert refused.value.code == "intake.too-big"
    assert "200 MB" in messages.of(refused.value)


def test_a_missing_file_or_a_folder_is_told(tmp_path: Path, read: Read) -> None:
    for place in (tmp_path, tmp_path / "没有.xlsx", Path("a\0b")):
        with pytest.raises(RefusedError) as refused:
            read(place)
        assert refused.value.code == "intake.no-file"


def test_every_reason_and_repair_has_its_words(messages: Messages) -> None:
    for kind in RepairKind:
        assert messages.say(f"intake.made-{kind}", read="原文", made="此处")


# -- our own document file ----------------------------------------------------------------------------


def test_a_document_of_ours_is_read_as_it_is(forms: FormLibrary, read: Read) -> None:
    document = blank_document(forms.get("gz-decl", "2024"), year=2025, unit_name="某局")
    document.set_text(field_place("goal"), "目标。")
    reading = read(document_bytes(document))
    assert document_bytes(reading.documents[0]) == document_bytes(document)
    assert (reading.unplaced, reading.repairs) == ([], [])


def test_a_broken_document_of_ours_is_refused(forms: FormLibrary, read: Read) -> None:
    data = document_bytes(blank_document(forms.get("gz-decl", "2024")))
    with pytest.raises(RefusedError) as refused:
        read(data[:-20])
    assert refused.value.code == "sheet.broken-json"


# -- which form is it ---------------------------------------------------------------------------------


def test_every_blank_form_is_recognised_in_both_its_shapes(
    forms: FormLibrary, read: Read, to_xlsx: ToXlsx
) -> None:
    for form in forms.all():
        document = blank_document(form, year=2025, unit_name="某区司法局")
        for what in (tabbed(document), to_xlsx(document)):
            [again] = read(what).documents
            assert (again.form.form, again.form.edition) == (form.form, form.edition)
            assert again.unit_name in ("某区司法局", "")


def test_a_form_that_is_named_is_read_with_fewer_labels(read: Read) -> None:
    text = (
        "部门名称\t某局\n基本支出\t1.00\t财政拨款\t2.00\n总体绩效目标\t目标。\n绩效指标\n一级指标\t二级指标\n"
    )
    with pytest.raises(RefusedError) as refused:
        read(text)
    assert refused.value.code == "intake.unsure-form"
    document = read(text, "gz-decl", "2024").documents[0]
    assert document.values == {"basic_expense": "1.00", "fiscal_income": "2.00", "goal": "目标。"}


def test_a_form_that_is_named_wrongly_is_refused(read: Read) -> None:
    with pytest.raises(RefusedError) as refused:
        read("今天天气很好。\n", "gz-decl")
    assert refused.value.code == "intake.other-form"
    with pytest.raises(RefusedError) as refused:
        read("今天天气很好。\n", "no-such")
    assert refused.value.code == "sheet.unknown-form"


def test_an_edition_nothing_tells_apart_is_the_newest_and_is_told(forms: FormLibrary, read: Read) -> None:
    document = blank_document(forms.get("gz-decl", "2025"), unit_name="某局")
    for row in reversed(document.rows("indicators")):
        document.take_row("indicators", "", document.position("indicators", row.id))
    text = tabbed(document).replace("其他需完成的任务（可选填）", "其他需完成的任务")
    reading = read(text)
    assert reading.documents[0].form.edition == "2025"
    told = [repair.made for repair in reading.repairs if repair.kind is RepairKind.EDITION]
    assert told == ["2025"]


def test_a_forced_edition_is_taken_although_another_fits_better(forms: FormLibrary, read: Read) -> None:
    document = blank_document(forms.get("gz-decl", "2025"), unit_name="某局")
    document.set_text(field_place("goal"), "目标。")
    reading = read(tabbed(document), "gz-decl", "2024")
    assert reading.documents[0].form.edition == "2024"
    assert reading.documents[0].field("goal") == "目标。"
    assert any(repair.kind is RepairKind.ALIAS for repair in reading.repairs)
    assert plain_content(reading.documents[0])["values"] == {"goal": "目标。"}
