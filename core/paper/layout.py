"""One document laid out on pages: heading, table, signatures, foot and check code.

Also says which characters no font has, and where they stand: nothing is left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.paper.annex import Annexed, annex_pages
from core.paper.around import Around
from core.paper.fonts import Fonts
from core.paper.pages import Page, Pager
from core.paper.rows import make_table
from core.paper.setup import paper_setup
from core.sheet.compute import Computation
from core.sheet.document import Document
from core.sheet.document_file import check_code, document_bytes
from core.sheet.grid import Grid, expand, heading_values
from core.sheet.messages import Messages
from core.sheet.picture import fill_holes
from core.sheet.places import Place

SIGNERS = ("leader", "finance", "filler", "phone", "date")
"""Who signs, after the unit itself; the words are ``paper.sign-…``."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that no font has: printed as a box with its code; ``place`` is None outside the cells."""

    character: str
    place: Place | None

    @property
    def code(self) -> str:
        """Its number as people write it: ``U+20164``."""
        return f"U+{ord(self.character):04X}"


@dataclass(frozen=True, slots=True)
class Words:
    """The words around a document's table, holes filled."""

    number: str
    title: str
    above: tuple[str, ...]
    below: tuple[str, ...]
    foot: str

    def texts(self) -> Iterator[str]:
        """Give every text that is printed."""
        yield from (self.number, self.title, *self.above, *self.below)


@dataclass(frozen=True)
class Laid:
    """A document on pages, with its title, its check code and the characters no font has."""

    pages: list[Page]
    words: Words
    code: str
    missing: tuple[Missing, ...]


def words_of(document: Document) -> Words:
    """Give the words around a document's table."""
    heading, values = document.form.heading_for(document.stage), heading_values(document)

    def filled(text: str) -> str:
        return fill_holes(text, values)

    above, below = tuple(map(filled, heading.above)), tuple(map(filled, heading.below))
    return Words(filled(heading.number), filled(heading.title), above, below, heading.foot)


def lay_out(
    document: Document,
    fonts: Fonts,
    messages: Messages,
    computation: Computation | None = None,
    *,
    draft: bool = False,
    annex: Sequence[Annexed] = (),
) -> Laid:
    """Lay a document out as its form asks; ``annex`` follows on pages of its own, counted with the others."""
    form, words = document.form, words_of(document)
    grid = expand(document, computation)
    paper = paper_setup(form.page)
    around = Around(paper, fonts)
    pager = Pager(paper, grid.widths, border=form.page.border != "none")
    for flow in (*around.number(words.number), *around.title(words.title), *around.above(words.above)):
        pager.put(flow)
    tail = around.below(words.below)
    if words.foot == "signatures":
        others = [messages.say(f"paper.sign-{who}") for who in SIGNERS]
        tail.append(around.signatures(messages.say("paper.sign-unit"), others))
    table = make_table(grid, form.blocks, paper.room_across, paper.room_down, fonts)
    pager.put_table(table, sum(flow.height for flow in tail))
    for flow in tail:
        pager.put(flow)
    unit = messages.say("paper.list-unit", unit=document.unit_name)
    pages = pager.pages + annex_pages(annex, words.title, [unit], paper, around, fonts, messages)
    code = check_code(document_bytes(document))
    missing = tuple(_missing(words, grid, annex, fonts))
    for number, page in enumerate(pages, start=1):
        page.draft = draft
        numbered = messages.say("paper.page", page=number, pages=len(pages))
        around.foot(page, numbered, messages.say("paper.code", code=code), form.page.code)
        if missing and _has_missing(page, fonts):
            around.note(page, messages.say("paper.missing-note"))
    return Laid(pages, words, code, missing)


def _missing(words: Words, grid: Grid, annex: Sequence[Annexed], fonts: Fonts) -> Iterator[Missing]:
    for text in words.texts():
        yield from (Missing(one, None) for one in fonts.missing(text))
    for cell in grid.cells:
        yield from (Missing(one, cell.place) for one in fonts.missing(cell.text))
    for answered in annex:
        yield from (Missing(one, None) for one in fonts.missing(answered.text))


def _has_missing(page: Page, fonts: Fonts) -> bool:
    return any(fonts.missing(line) for box in page.boxes for line in box.lines)
