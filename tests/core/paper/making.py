"""Documents and laid-out pages for tests of paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from hypothesis import strategies as st

from core.paper.layout import Laid
from core.paper.pages import Box
from core.sheet.definition import Form
from core.sheet.document import Document, Row
from core.sheet.places import Place, field_place

TEXTS = st.one_of(
    st.sampled_from(
        ["", "是", "≥95%", "第一行\n\n第三行", "𫍯𬭎𨱏𠅤☐☑", "  前后有空  ", "A&B公司<b>粗</b>", "=1+1"]
    ),
    st.text("推进依法行政，深化公共法律服务。“（1,234.56） \n95%Ab—…", max_size=60),
    st.builds(
        lambda text, times: text * times,
        st.sampled_from(["推进法治建设，", "一是，\n", "word "]),
        st.integers(1, 900),
    ),
)
FIGURES = st.sampled_from(["", "0", "12", "3723.19", "-1.5", "0.005", "１２", "1,23", "123456789012345678"])


def document_of(
    form: Form, values: Mapping[str, str], rows: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Document:
    """Make a document; a list in a row is the table inside it."""
    document = Document(form, id="0123456789abcdef", year=2025, unit_name="某区司法局", unit_code="135")
    for name, text in values.items():
        document.set_text(field_place(name), text)
    for table, items in rows.items():
        for index, item in enumerate(items):
            document.insert_row(table, "", index, _row(item, f"{table}{index}"))
    return document


def _row(item: Mapping[str, Any], row_id: str) -> Row:
    row = Row(row_id)
    for name, value in item.items():
        if isinstance(value, list):
            row.inner[name] = [_row(one, f"{row_id}.{index}") for index, one in enumerate(value)]
        elif value:
            row.cells[name] = value
    return row


@st.composite
def trial_documents(draw: st.DrawFn, form: Form) -> Document:
    """Documents of the trial form with texts of all lengths, up to several pages for one cell."""
    values = {name: draw(TEXTS) for name in ("code", "project", "note", "goal", "opinion", "unit.name")}
    values |= {name: draw(FIGURES) for name in ("basic", "total")}
    step = st.fixed_dictionaries({"what": TEXTS, "result": TEXTS})
    task = {"name": TEXTS, "goal": TEXTS, "funds": FIGURES, "steps": st.lists(step, max_size=4)}
    levels = st.sampled_from(["产出指标", "效益指标", ""])
    indicator = {"level1": levels, "level2": levels, "name": TEXTS, "value": TEXTS}
    rows = {
        "tasks": draw(st.lists(st.fixed_dictionaries(task), max_size=5)),
        "indicators": draw(st.lists(st.fixed_dictionaries(indicator), max_size=25)),
    }
    return document_of(form, values, rows)


def bordered(laid: Laid, page: int) -> list[Box]:
    """Give the boxes of the table on a page (from 1)."""
    return [box for box in laid.pages[page - 1].boxes if box.border]


def texts_on(laid: Laid, page: int) -> list[str]:
    """Give the text of each box on a page (from 1), without blanks and line ends."""
    return ["".join("".join(box.lines).split()) for box in laid.pages[page - 1].boxes]


def printed_at(laid: Laid) -> dict[Place, list[str]]:
    """Give what is printed of each place, one text per page it is on."""
    found: dict[Place, list[str]] = defaultdict(list)
    for page in laid.pages:
        for place, boxes in groupby((box for box in page.boxes if box.place), key=lambda box: box.place):
            if place:
                found[place].append("".join("".join(box.lines) for box in boxes))
    return found


def is_whole(text: str, parts: list[str]) -> bool:
    """Whether the parts on the pages are the text, going on page by page or printed again whole."""
    start = 0
    for part in parts:
        if text.startswith(part, start):
            start += len(part)
        elif not (start == len(text) and part == text):
            return False
        if start == len(text) and part == text:
            continue
    return start == len(text)
