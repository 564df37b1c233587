"""Web pages and cells copied as HTML: layout tables, typed fields, hidden parts, pages made to do harm."""

from __future__ import annotations

from contextlib import suppress

import pytest

from core.intake import flow
from core.intake.sniff import Sort, decode, sort_of
from core.intake.web import read_page
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from tests.core.intake.conftest import Read
from tests.core.intake.test_all_forms import FOLDER, typed
from tests.core.intake.writers import page


@pytest.fixture(scope="module")
def sample(forms: FormLibrary) -> Document:
    return read_document((FOLDER / "tr" / "2021" / "sample.json").read_bytes(), forms)


def texts(html: str) -> list[tuple[str, int | None]]:
    return [(piece.text, piece.column) for piece in read_page(html).pieces]


def test_cells_joined_across_and_down_keep_the_columns_of_the_others() -> None:
    html = (
        "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>丙</td><td>丁</td></tr>"
        "<tr><td>戊<td>己<td>庚</table>"
    )
    assert texts(html) == [("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 0), ("己", 1), ("庚", 2)]


def test_blanks_and_line_ends_are_as_browsers_show_them() -> None:
    html = "<table><tr><td>\n  甲  \n 乙 <br> 丙<p>丁</p><p>戊 &amp; &lt;b&gt;</p>\n</td></tr></table>"
    assert texts(html) == [("甲 乙\n丙\n丁\n戊 & <b>", 0)]


def test_a_form_inside_the_tables_that_arrange_a_page_is_read(sample: Document, read: Read) -> None:
    inner = page(sample).split("<body>")[1].split("</body>")[0]
    html = (
        "<!-- saved from url --><html><body><table><tr><td>首页</td><td>政务公开</td></tr><tr><td>"
        f"<table><tr><td>{inner}</td></tr></table></td></tr></table><script>var x = '<td>'</script></body>"
    )
    reading = read(html)
    assert typed(reading.documents[0]) == typed(sample)
    assert [one.text for one in reading.unplaced] == ["首页 政务公开"]


def test_cells_copied_from_excel_are_read(sample: Document, read: Read) -> None:
    copied = "Version:1.0\r\nStartHTML:0000000100\r\nEndHTML:0000009999\r\n" + page(sample)
    assert sort_of(copied.encode()) is Sort.PAGE
    assert typed(read(copied).documents[0]) == typed(sample)


def test_pages_in_chinese_encodings_are_read(sample: Document, read: Read) -> None:
    for name in ("gb2312", "gbk", "utf-8"):
        html = page(sample).replace("charset=utf-8", f"charset={name}")
        data = html.encode("gb18030" if name != "utf-8" else name)
        assert typed(read(data).documents[0]) == typed(sample)
    assert decode("<meta charset=big5><p>績效目標</p>".encode("big5")) == "<meta charset=big5><p>績效目標</p>"


def test_what_was_typed_or_chosen_on_a_page_is_read() -> None:
    html = (
        "<table><tr><td><input value='12.5'></td><td><select><option>甲<option selected>乙</select></td>"
        "<td><input type=checkbox checked>是 <input type=checkbox>否</td>"
        "<td><textarea>一段\n话</textarea></td><td><input type=hidden value=secret></td></tr></table>"
    )
    assert [text for text, _ in texts(html)] == ["12.5", "乙", "☑是 ☐否", "一段 话"]


def test_hidden_cells_are_listed_and_hidden_menus_are_not() -> None:
    html = (
        "<div style='display: none'>菜单</div><table><tr style='display:none'><td>旧数</td></tr>"
        "<tr><td>甲<p style='display:none'>乙<p>丙</td></tr></table>"
    )
    source = read_page(html)
    assert [piece.text for piece in source.pieces] == ["甲\n丙"]
    assert [(one.code, one.text) for one in source.notices] == [("hidden", "旧数"), ("hidden", "乙")]


# -- pages made to do harm ----------------------------------------------------------------------------

DEEP = "<table><tr><td>" * 500
BROKEN = {
    "comments that never end": "<!--" * 200_000,
    "elements that never end": "<a " * 200_000,
    "attributes that never end": "<td a='" * 200_000,
    "marked sections": "<![CDATA[" * 200_000 + ">",
    "processing instructions": "<?x " * 200_000 + ">",
    "ends without beginnings": "</table></tr></td>" * 50_000,
    "a cell over the whole page": "<table><tr><td colspan=999999999 rowspan=65000>甲<td>乙</table>",
    "references": "&#x110000;&#0;&lt" * 10_000,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_page_ends_with_little_read_or_refused(name: str) -> None:
    found = 0
    with suppress(RefusedError):
        found = len(read_page(BROKEN[name]).pieces)
    assert found < 10


@pytest.mark.parametrize(
    ("html", "code"),
    [
        (DEEP, "too-deep"),
        ("<table>" + "<tr>" * 30_000, "too-many-lines"),
        ("<table><tr>" + "<td>" * 3_000, "too-many-cells"),
        ("<p>" + "字" * (9 << 20), "page-too-big"),
    ],
    ids=["deep", "rows", "cells", "large"],
)
def test_a_page_far_larger_than_a_form_is_refused(
    html: str, code: str, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "MAX_CELLS", 2_500)
    with pytest.raises(RefusedError) as refused:
        read_page(html)
    assert refused.value.code == f"intake.{code}"
    assert messages.of(refused.value)
