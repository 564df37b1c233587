"""Every shipped form, filled far beyond the usual: whatever was typed is in the PDF's text, in order."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from core.paper.fonts import Fonts
from core.paper.pdf import Sheet, print_pdf
from core.sheet.definition import Field, Table
from core.sheet.document import ROOT, Document, Row, blank_document
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from core.sheet.picture import strip_places
from core.sheet.places import field_place
from tests.core.paper.conftest import SAMPLES

RARE = "𫍯龑㎡☑"
LONG = 1_500
MANY = 200


class Filler:
    """Makes texts of words that are numbered per cell (``c12n3``), so that a lost one is noticed."""

    def __init__(self) -> None:
        self._cells = itertools.count(1)
        self.words: dict[int, int] = {}

    def text(self, length: int) -> str:
        """Give a text of about so many characters in a cell of its own."""
        cell = next(self._cells)
        parts: list[str] = []
        while sum(map(len, parts)) < length:
            parts.append(f"c{cell}n{len(parts)}绩效{RARE[len(parts) % len(RARE)]}，")
        self.words[cell] = len(parts)
        return "".join(parts)


def overfilled(document: Document, filler: Filler) -> None:
    """Fill every cell: a long text in each field, two hundred rows in each table, the first of them long."""
    shown = set(document.form.fields) - set(strip_places(document.form))
    for name, field in document.form.fields.items():
        if name in shown and not field.compute:
            document.set_text(field_place(name), filler.text(LONG if field.kind == "text" else 1))
    for table in document.form.top_tables():
        while document.rows(table.path):
            document.take_row(table.path, ROOT, 0)
        for index in range(MANY):
            document.insert_row(table.path, ROOT, index, full_row(document, table, filler, index))


def full_row(document: Document, table: Table, filler: Filler, index: int) -> Row:
    """Give a row with every cell filled; levels stay equal over ten rows, so that they are merged."""

    def cell(column: Field) -> str:
        if column.kind in ("level1", "level2"):
            return f"第{index // 10}级"
        return filler.text(LONG // 3 if index == 0 and column.kind == "text" else 1)

    row = Row(f"{table.name}{index}")
    row.cells = {name: cell(column) for name, column in table.columns.items() if not column.compute}
    for inner in document.form.inner_tables(table.path):
        row.inner[inner.name] = [full_row(document, inner, filler, index * 2 + n) for n in (1, 2)]
    return row


def pages_of(data: bytes) -> Iterator[str]:
    """Give the text of each page as another program reads it."""
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            yield re.sub(r"\s+", "", page.get_textpage().get_text_range())


@pytest.mark.parametrize("sample", SAMPLES, ids=[f"{one.parts[-3]}-{one.parts[-2]}" for one in SAMPLES])
def test_two_hundred_rows_and_long_texts_lose_no_word(
    sample: Path, forms: FormLibrary, fonts: Fonts, messages: Messages
) -> None:
    form = forms.get(sample.parts[-3], sample.parts[-2])
    document, filler = blank_document(form, year=2025, unit_name="某镇人民政府"), Filler()
    overfilled(document, filler)
    pages = list(pages_of(print_pdf([Sheet(document)], fonts, messages).data))
    found: dict[int, list[int]] = defaultdict(list)
    for page in pages:
        for cell, word in re.findall(r"c(\d+)n(\d+)", page):
            # A short text beside rows on two pages is printed on both.
            if int(word) not in found[int(cell)]:
                found[int(cell)].append(int(word))
    assert len(pages) > 1
    for cell, count in filler.words.items():
        assert found[cell] == list(range(count))
    whole = "".join(pages)
    assert all(character in whole for character in RARE)


@pytest.mark.parametrize("sample", SAMPLES, ids=[f"{one.parts[-3]}-{one.parts[-2]}" for one in SAMPLES])
def test_an_empty_form_prints_with_all_its_labels(
    sample: Path, forms: FormLibrary, fonts: Fonts, messages: Messages
) -> None:
    form = forms.get(sample.parts[-3], sample.parts[-2])
    data = print_pdf([Sheet(Document(form))], fonts, messages).data
    pages = re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages))
    labels = [
        text for block in form.blocks for row in block.rows for text in row if text not in ("<", "^", "")
    ]
    for label in labels:
        if "{" not in label:
            assert re.sub(r"\s+", "", label) in pages
