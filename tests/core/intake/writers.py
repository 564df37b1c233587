"""Files as other programs write them, made from documents: Word tables, web pages, sheets."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from openpyxl import load_workbook

from core.sheet.document import Document
from core.sheet.grid import Cell, expand, heading_values
from core.sheet.picture import fill_holes

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def around(document: Document) -> list[str]:
    """The texts that stand above the table."""
    heading, values = document.form.heading_for(document.stage), heading_values(document)
    texts = [heading.number, heading.title, *heading.above]
    return [fill_holes(text, values) for text in texts if text]


def lines_of(document: Document) -> list[list[Cell]]:
    """The cells that begin on each line of the sheet."""
    grid = expand(document)
    return [
        sorted((cell for cell in grid.cells if cell.row == row), key=lambda cell: cell.column)
        for row in range(grid.rows)
    ]


# -- web pages ----------------------------------------------------------------------------------------


def page_cell(cell: Cell) -> str:
    """A cell of a web page."""
    text = html.escape(cell.text).replace("\n", "<br>")
    return f"<td colspan={cell.across} rowspan={cell.down}>{text}</td>"


def page(*documents: Document, style: str = "") -> str:
    """A web page with the documents one after the other."""
    parts = ["<!DOCTYPE html><html><head><meta charset=utf-8><title>公开</title></head><body>"]
    for document in documents:
        parts += [f"<p>{html.escape(text)}</p>" for text in around(document)]
        parts.append(f"<table border=1 {style}>")
        for line in lines_of(document):
            parts.append(f"<tr>{''.join(map(page_cell, line))}</tr>")
        parts.append("</table>")
    return "\n".join([*parts, "</body></html>"])


# -- Word files ---------------------------------------------------------------------------------------


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of Word with one run."""
    return f"<w:p>{properties}<w:r><w:t xml:space='preserve'>{escape(text)}</w:t></w:r></w:p>"


def word_cell(text: str, properties: str = "") -> str:
    """A cell of Word, a paragraph for each line."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(paragraph, text.split(chr(10))))}</w:tc>"


def word_table(document: Document) -> str:
    """The sheet as a table of Word, with cells joined across and down."""
    grid = expand(document)
    owners = {
        (cell.row + down, cell.column): (cell, down) for cell in grid.cells for down in range(cell.down)
    }
    rows = []
    for row in range(grid.rows):
        cells = []
        for column in range(grid.columns):
            if (row, column) not in owners:
                continue
            cell, down = owners[row, column]
            span = f"<w:gridSpan w:val='{cell.across}'/>" if cell.across > 1 else ""
            merge = "<w:vMerge/>" if down else "<w:vMerge w:val='restart'/>" if cell.down > 1 else ""
            cells.append(word_cell("" if down else cell.text, span + merge))
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def word_file(body: str, extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file with this body; ``extra`` adds or replaces parts."""
    document = f"<w:document xmlns:w='{WORD}'><w:body>{body}</w:body></w:document>"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<?xml version='1.0' encoding='UTF-8'?>{document}",
    }
    parts |= extra or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(*documents: Document) -> bytes:
    """A Word file with the documents one after the other."""
    bodies = ("".join(map(paragraph, around(one))) + word_table(one) for one in documents)
    return word_file("<w:p/>".join(bodies))


# -- sheets -------------------------------------------------------------------------------------------


def without_list(data: bytes) -> bytes:
    """One of our own sheets as another program would have written it: without the hidden list."""
    book = load_workbook(io.BytesIO(data))
    del book["jibiao"]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# -- texts of web pages -------------------------------------------------------------------------------


def stroked(document: Document) -> str:
    """A line for each cell with a stroke behind it, blank ones too: how some programs give a page's text."""
    lines = [*around(document)]
    lines += [cell.text.replace("\n", " ") for line in lines_of(document) for cell in line]
    return "\n".join(f"{text} |".strip() for text in lines) + "\n"


def markdown(document: Document) -> str:
    """A table in Markdown; cells that others cover are blank."""
    width = len(document.form.page.columns)
    rows = []
    for line in lines_of(document):
        cells = [""] * width
        for cell in line:
            cells[cell.column] = cell.text.replace("\n", " ")
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join([*around(document), "", rows[0], "|" + " --- |" * width, *rows[1:]]) + "\n"


def on_one_line(document: Document) -> str:
    """Everything on one line with a blank between cells: how Word files are given as text."""
    texts = [*around(document), *(cell.text for line in lines_of(document) for cell in line if cell.text)]
    return " ".join("".join(text.split()) for text in texts) + "\n"
