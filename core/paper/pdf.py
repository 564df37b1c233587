"""The official sheet as PDF: draws laid-out pages with reportlab's canvas, text in reading order.

Equal documents give equal bytes. Import this module only when a PDF is wanted: it loads reportlab.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from core.check.judged import Judged
from core.paper.annex import Annexed, annex_of
from core.paper.embed import FontSet
from core.paper.fonts import EM, Fonts
from core.paper.layout import Missing, lay_out
from core.paper.lines import visible
from core.paper.listing import listing_pages
from core.paper.marks import draft_mark, missing_box
from core.paper.pages import Box, Page
from core.paper.setup import HAIRLINE
from core.sheet.compute import Computation
from core.sheet.document import Document
from core.sheet.messages import Messages

_BASELINE = 0.88
"""A Han character's box reaches so much of the type size above the baseline."""

_LATIN_SHIFT = 0.5

_HEAVIER = 0.02


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document to print; ``draft`` puts the 草稿 mark on its pages (unexplained errors, ruling 19).

    ``annex`` is what the page of explanations behind it states; without any there is no such page.
    """

    document: Document
    computation: Computation | None = None
    draft: bool = False
    annex: tuple[Annexed, ...] = ()


def sheet_of(judged: Judged, computation: Computation | None = None, *, annex: bool = True) -> Sheet:
    """Give a judged document as it is printed; with ``annex`` its explanations follow on an annex."""
    return Sheet(
        judged.document,
        computation,
        draft=bool(judged.unexplained),
        annex=annex_of(judged) if annex else (),
    )


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, the first page of each sheet in it (from 1), and the characters no font has, by sheet."""

    data: bytes
    pages: int
    first_pages: tuple[int, ...]
    codes: tuple[str, ...]
    missing: tuple[tuple[Missing, ...], ...]


def print_pdf(sheets: Sequence[Sheet], fonts: Fonts, messages: Messages) -> Printed:
    """Print documents: one is its sheet; several are a list of them, then their sheets (ruling 21).

    Page numbers and check codes count per document. A character no font has is printed as a box with
    its code and named in the result.
    """
    if not sheets:
        raise ValueError("no sheet to print")
    laid = [
        lay_out(one.document, fonts, messages, one.computation, draft=one.draft, annex=one.annex)
        for one in sheets
    ]
    listing: list[Page] = []
    if len(sheets) > 1:
        documents = [(one.document, one.computation) for one in sheets]
        listing = listing_pages(documents, laid, fonts, messages)
    pages = listing + [page for one in laid for page in one.pages]
    firsts, first = [], len(listing) + 1
    for one in laid:
        firsts.append(first)
        first += len(one.pages)
    title = laid[0].words.title if len(laid) == 1 else messages.say("paper.list-title")
    data = _Drawing(fonts, messages.say("paper.draft-mark")).pdf(pages, title)
    return Printed(
        data, len(pages), tuple(firsts), tuple(one.code for one in laid), tuple(one.missing for one in laid)
    )


class _Canvas(Canvas):
    """A canvas that does not name Helvetica, which no page uses and which would not be embedded."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


class _Drawing:
    def __init__(self, fonts: Fonts, mark: str) -> None:
        self._fonts = fonts
        self._set = FontSet(fonts)
        self._mark = mark
        self._marks: dict[tuple[float, float], str] = {}

    def pdf(self, pages: Sequence[Page], title: str) -> bytes:
        buffer = BytesIO()
        canvas: Any = _Canvas(buffer, invariant=1, pageCompression=0, lang="zh-CN")
        # With the canvas's own compression switched off, these filters apply: zlib without ASCII85 around it.
        document = canvas._doc
        document.defaultStreamFilters = [PDFZCompress]
        document.delayedFonts.append(self._set)
        canvas.setTitle(title)
        canvas.setAuthor("")
        canvas.setSubject("")
        canvas.setCreator("绩表 Jibiao")
        canvas.setProducer("reportlab")
        canvas.setViewerPreference("PrintScaling", "None")
        for page in pages:
            canvas.setPageSize((page.width, page.height))
            canvas.addLiteral(self._page(page))
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    def _page(self, page: Page) -> str:
        parts = []
        if page.draft:
            parts.append(self._draft(page))
        frames = [
            f"{box.x:.2f} {page.height - box.y - box.height:.2f} {box.width:.2f} {box.height:.2f} re"
            for box in page.boxes
            if box.border
        ]
        if frames:
            parts += [f"0 G {HAIRLINE} w 0 j", *frames, "S"]
        parts += ["0 g 0 G", "BT"]
        for box in page.boxes:
            self._text(box, page.height, parts)
        parts.append("ET")
        for box in page.boxes:
            self._missing(box, page.height, parts)
        return "\n".join(parts)

    def _draft(self, page: Page) -> str:
        size = (page.width, page.height)
        if size not in self._marks:
            self._marks[size] = draft_mark(self._fonts, self._mark, *size)
        return self._marks[size]

    def _text(self, box: Box, height: float, parts: list[str]) -> None:
        font = ""
        if box.heavy:
            # The title is a little heavier than the bundled face: its outlines are stroked, too.
            parts.append(f"2 Tr {box.size * _HEAVIER:.2f} w")
        for x, y, line in self._placed(box, height):
            parts.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
            for name, codes in self._set.runs(box.style, line):
                if name != font:
                    parts.append(f"/{name} {box.size:g} Tf")
                    font = name
                parts.append(f"<{codes}> Tj")
        if box.heavy:
            parts.append("0 Tr")

    def _placed(self, box: Box, height: float) -> list[tuple[float, float, str]]:
        """Give (x, baseline, text) of each line that has something to draw, in PDF coordinates."""
        y = height - box.y - box.pad_y
        if box.middle:
            y -= max(0.0, (box.height - 2 * box.pad_y - len(box.lines) * box.leading) / 2)
        y -= (box.leading - box.size) / 2 + _BASELINE * box.size
        placed = []
        for line in box.lines:
            if text := visible(line):
                x = box.x + box.pad_x
                if box.align != "left":
                    room = box.width - 2 * box.pad_x
                    width = self._fonts.width(box.style, text) * box.size / EM
                    x += (room - width) * (1.0 if box.align == "right" else 0.5)
                placed.append((x, y, text))
            y -= box.leading
        return placed

    def _missing(self, box: Box, height: float, parts: list[str]) -> None:
        signs = self._fonts.signs(box.style)
        for x, y, line in self._placed(box, height) if any(map(self._fonts.missing, box.lines)) else ():
            for character in line:
                if signs[character].missing:
                    parts.append(missing_box(self._fonts, character, x, y, box.size))
                x += signs[character].width * box.size / EM
