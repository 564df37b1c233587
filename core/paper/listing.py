"""The list in front of several sheets: form, project, amount, page and check code of each (ruling 21)."""

from __future__ import annotations

from collections.abc import Sequence

from core.paper.around import Around
from core.paper.fonts import Fonts
from core.paper.layout import Laid
from core.paper.pages import Page, Pager
from core.paper.setup import paper_setup
from core.paper.text_table import text_table
from core.sheet.compute import Computation
from core.sheet.definition import Page as PageDefinition
from core.sheet.document import Document
from core.sheet.messages import Messages
from core.sheet.numbers import shown_computed, shown_text
from core.sheet.places import field_place

_RATIOS = (7, 40, 36, 24, 8, 33)
_HEADS = ("number", "form", "project", "amount", "page", "code")
_ALIGN = ("center", "left", "left", "right", "center", "center")


def listing_pages(
    documents: Sequence[tuple[Document, Computation | None]],
    laid: Sequence[Laid],
    fonts: Fonts,
    messages: Messages,
) -> list[Page]:
    """Give the pages of the list; page numbers in it count from the first page of the whole file."""
    # How many pages the list takes moves every page number in it, never the other way round.
    count = len(_pages(documents, laid, fonts, messages, 0))
    return _pages(documents, laid, fonts, messages, count)


def _pages(
    documents: Sequence[tuple[Document, Computation | None]],
    laid: Sequence[Laid],
    fonts: Fonts,
    messages: Messages,
    before: int,
) -> list[Page]:
    paper = paper_setup(PageDefinition(columns=(), paper="A4", direction="portrait"))
    around = Around(paper, fonts)
    pager = Pager(paper, _RATIOS, border=True)
    units = dict.fromkeys(document.unit_name for document, _ in documents)
    above = [
        messages.say("paper.list-unit", unit="、".join(unit for unit in units if unit)),
        messages.say("paper.list-count", count=len(laid)),
    ]
    for flow in (*around.title(messages.say("paper.list-title")), *around.above(above)):
        pager.put(flow)
    rows = [[messages.say(f"paper.list-{name}") for name in _HEADS]]
    page = before + 1
    for number, ((document, computation), one) in enumerate(zip(documents, laid, strict=True), start=1):
        amount = amount_of(document, computation)
        if amount:
            amount = messages.say("paper.list-amount-unit", amount=amount, unit=document.form.money.unit)
        rows.append([str(number), one.words.title, document.project_name, amount, str(page), one.code])
        page += len(one.pages)
    pager.put_table(text_table(rows, _RATIOS, _ALIGN, paper, fonts), 0.0)
    for index, one_page in enumerate(pager.pages, start=1):
        words = messages.say("paper.page", page=index, pages=len(pager.pages))
        around.foot(one_page, words, "", "none")
    return pager.pages


def amount_of(document: Document, computation: Computation | None) -> str:
    """Give the amount a document is about as its form prints it, ``""`` when it names none."""
    form = document.form
    name = form.about.amount
    if not name:
        return ""
    field, place = form.fields[name], field_place(name)
    if text := document.text(place):
        return shown_text(text, field, form.money)
    if not field.compute:
        return ""
    return shown_computed((computation or Computation(document)).value(place), field, form.money)
