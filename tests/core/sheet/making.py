"""Documents and random edits for tests of the sheet."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from core.sheet.definition import Form, Table
from core.sheet.document import ROOT, Document, Row, new_row_id
from core.sheet.document_file import clean_text
from core.sheet.edits import AddRow, Edit, MoveRow, RemoveRow, text_edit
from core.sheet.errors import RefusedError
from core.sheet.places import Place, field_place

FIGURES = ("", "0", "1", "12.5", "3,723.19", "-172.43", "0.005", "1,23", "１２", "100%", "abc")
WORDS = (
    "",
    "产出指标",
    "效益指标",
    "数量指标",
    "质量指标",
    "办结率",
    "≥95%",
    "第一行\n第二行",
    "𫍯龑㎡☑",
    " 前后有空 ",
)


def storable(text: str) -> bool:
    """Whether a document takes this text as it is."""
    try:
        return clean_text(text) == text
    except RefusedError:
        return False


texts = st.one_of(st.sampled_from(FIGURES), st.sampled_from(WORDS), st.text(max_size=12).filter(storable))


@st.composite
def edits(draw: st.DrawFn, document: Document) -> Edit:
    """One edit that fits the document as it stands now."""
    form = document.form
    path = draw(st.sampled_from(["", *form.tables]))
    if not path:
        name = draw(st.sampled_from(["unit.name", *form.fields]))
        return text_edit(document, field_place(name), draw(texts))
    table = form.tables[path]
    parents = [row.id for _, row in document.all_rows(table.parent)] if table.parent else [ROOT]
    if not parents:
        return text_edit(document, field_place("unit.name"), draw(texts))
    parent = draw(st.sampled_from(parents))
    rows = document.rows(path, parent)
    kinds = ["add"] + (["text", "text", "text", "remove", "move"] if rows else [])
    match draw(st.sampled_from(kinds)):
        case "add":
            return AddRow(path, parent, draw(st.integers(0, len(rows))), draw(new_rows(form, table)))
        case "remove":
            index = draw(st.integers(0, len(rows) - 1))
            return RemoveRow(path, parent, index, rows[index].copy())
        case "move":
            last = len(rows) - 1
            return MoveRow(path, parent, draw(st.integers(0, last)), draw(st.integers(0, last)))
    row = draw(st.sampled_from(rows))
    return text_edit(document, Place(path, row.id, draw(st.sampled_from(list(table.columns)))), draw(texts))


@st.composite
def new_rows(draw: st.DrawFn, form: Form, table: Table) -> Row:
    """A row with some texts, and sometimes rows inside it."""
    cells = {name: text for name in table.columns if (text := draw(texts))}
    inner = {
        one.name: draw(st.lists(new_rows(form, one), max_size=2)) for one in form.inner_tables(table.path)
    }
    return Row(new_row_id(), cells, inner)


def edited_by(document: Document, data: st.DataObject, count: int, after: Callable[[Edit], None]) -> None:
    """Apply ``count`` random edits, calling ``after`` with each one applied."""
    for _ in range(count):
        edit = data.draw(edits(document))
        edit.apply(document)
        after(edit)
