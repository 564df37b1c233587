"""Word files: several forms in one, joined cells, what Word adds by itself, and files made to do harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.intake import flow
from core.intake.docx import read_docx
from core.intake.reading import told_where
from core.sheet.document_file import read_document
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from tests.core.intake.conftest import Read
from tests.core.intake.test_all_forms import FOLDER, typed
from tests.core.intake.writers import around, paragraph, word, word_cell, word_file, word_table

FILE = Path(__file__).parent / "files" / "ziping.docx"


def texts(body: str) -> list[str]:
    return [piece.text for piece in read_docx(word_file(body)).pieces]


def test_a_file_of_python_docx_is_read_whole(read: Read, forms: FormLibrary) -> None:
    """``files/ziping.docx`` was written by python-docx 1.2 from the sample of gz-self."""
    sample = read_document((FOLDER / "gz-self" / "2022" / "sample.json").read_bytes(), forms)
    reading = read(FILE)
    assert typed(reading.documents[0]) == typed(sample)
    assert (reading.unplaced, reading.repairs) == ([], [])


def test_a_department_and_its_projects_in_one_file_are_documents_of_one_unit(
    read: Read, forms: FormLibrary
) -> None:
    department = read_document((FOLDER / "hb-dept" / "2020" / "sample.json").read_bytes(), forms)
    project = read_document((FOLDER / "hb-proj" / "2020" / "sample.json").read_bytes(), forms)
    reading = read(word(department, project, project))
    assert [one.form.form for one in reading.documents] == ["hb-dept", "hb-proj", "hb-proj"]
    assert [typed(one) for one in reading.documents] == [typed(department), typed(project), typed(project)]
    assert {(one.year, one.unit_name) for one in reading.documents} == {(2020, department.unit_name)}


def test_what_is_left_over_is_told_by_table_and_row(
    read: Read, forms: FormLibrary, messages: Messages
) -> None:
    sample = read_document((FOLDER / "tr" / "2021" / "sample.json").read_bytes(), forms)
    note = f"<w:tbl><w:tr>{word_cell('送审意见')}</w:tr></w:tbl>"
    bodies = [paragraph("前言"), paragraph("说明"), *map(paragraph, around(sample)), word_table(sample), note]
    reading = read(word_file("".join(bodies)))
    told = [(told_where(one.where, messages), one.text) for one in reading.unplaced]
    assert told == [("表外第 1 至 2 段", "前言\n说明"), ("第 2 张表第 1 行", "送审意见")]


# -- what Word has beside plain text ------------------------------------------------------------------


def test_tabs_line_breaks_and_tick_boxes_are_text() -> None:
    run = "<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:sym w:font='Wingdings' w:char='F0FE'/>"
    stops = "<w:pPr><w:tabs><w:tab w:val='left' w:pos='9'/></w:tabs></w:pPr>"
    cell = f"<w:tc><w:p>{stops}<w:r>{run}</w:r></w:p></w:tc>"
    assert texts(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>") == ["甲\t乙\n☑"]


def test_deleted_words_are_not_read_and_hidden_ones_are_listed() -> None:
    body = (
        "<w:tbl><w:tr><w:tc><w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    source = read_docx(word_file(body))
    assert [piece.text for piece in source.pieces] == ["新"]
    assert [(one.code, one.text) for one in source.notices] == [("hidden", "暗")]


def test_numbers_that_word_counts_by_itself_are_told() -> None:
    numbered = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='3'/></w:numPr></w:pPr>"
    source = read_docx(word_file(paragraph("依法行政", numbered) + paragraph("法治建设")))
    assert [(one.kind, one.where.line) for one in source.told] == [("numbered", 1)]


def test_a_text_box_is_read_once_although_word_keeps_it_twice() -> None:
    box = f"<w:txbxContent>{paragraph('附件1')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent xmlns:mc='x'><mc:Choice><w:drawing><a:t xmlns:a='x'>图</a:t>"
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert texts(body) == ["附件1"]


def test_a_table_in_a_cell_loses_no_text() -> None:
    inner = "<w:tbl><w:tr>" + word_cell("内一") + word_cell("内二") + "</w:tr></w:tbl>"
    cell = f"<w:tc>{paragraph('前')}{inner}{paragraph('后')}</w:tc>"
    outer = f"<w:tbl><w:tr>{word_cell('外一')}{cell}</w:tr></w:tbl>"
    assert sorted(texts(outer)) == sorted(["外一", "前", "内一", "内二", "后"])


def test_rows_that_begin_further_right_keep_their_columns() -> None:
    row = f"<w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr>{word_cell('甲')}{word_cell('乙')}</w:tr>"
    source = read_docx(word_file(f"<w:tbl>{row}</w:tbl>"))
    assert [(piece.text, piece.column) for piece in source.pieces] == [("甲", 2), ("乙", 3)]


# -- files made to do harm ----------------------------------------------------------------------------

OUTSIDE = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
EXTERNAL = (
    '<Relationships><Relationship Id="x" Type="http://x/attachedTemplate" Target="http://x/" '
    'TargetMode="External"/></Relationships>'
)
HOSTILE = {
    "a document type": (word_file("", {"word/document.xml": f"{OUTSIDE}<w:document/>"}), "entities"),
    "40 MB of blanks": (word_file(" " * (40 << 20)), "unpacks-too-large"),
    "macros": (word_file("", {"word/vbaProject.bin": b"\0"}), "macros"),
    "an embedded file": (word_file("", {"word/embeddings/oleObject1.bin": b"\0"}), "embedded"),
    "a relation to another place": (
        word_file("", {"word/_rels/document.xml.rels": EXTERNAL}),
        "outside-links",
    ),
    "broken XML": (word_file("", {"word/document.xml": "<w:document>"}), "broken-docx"),
    "tables in tables in tables": (
        word_file("<w:tbl><w:tr><w:tc>" * 40 + "</w:tc></w:tr></w:tbl>" * 40),
        "too-deep",
    ),
    "more cells than a form has": (
        word_file("<w:tbl><w:tr>" + "<w:tc/>" * 3_000 + "</w:tr></w:tbl>"),
        "too-many-cells",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_word_file_is_refused_with_a_sentence(
    name: str, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "MAX_CELLS", 2_500)
    data, code = HOSTILE[name]
    with pytest.raises(RefusedError) as refused:
        read_docx(data)
    assert refused.value.code == f"intake.{code}"
    assert messages.of(refused.value)
