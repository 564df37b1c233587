"""What stands around the table: number, title, the lines above and below, signatures, foot and code.

Titles and lines come from the form (its holes filled), all other words from resources/messages.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.paper.fonts import EM, Fonts, Style
from core.paper.lines import break_label, break_lines
from core.paper.pages import Box, Flow, Page
from core.paper.setup import (
    ABOVE_LEADING,
    BODY,
    FOOT_SIZE,
    LEADING,
    MM,
    SEAL,
    SMALL,
    SMALL_LEADING,
    TITLE,
    TITLE_LEADING,
    PaperSetup,
)

_GAP = 3 * MM
_TITLE_GAP = 2 * MM
_SIGNATURE_ROW = 10 * MM
_FOOT_BELOW_SHEET = 5 * MM


class Around:
    """Makes the parts around the table for one paper."""

    def __init__(self, paper: PaperSetup, fonts: Fonts) -> None:
        self._paper = paper
        self._fonts = fonts

    def number(self, text: str) -> list[Flow]:
        """Give the form's number (表13), top left."""
        return self._lines(text, Style.LABEL, BODY, LEADING + 2, "left")

    def title(self, text: str) -> list[Flow]:
        """Give the title, centred; a title of several lines has lines of about equal length."""
        room = int(self._paper.room_across * EM / TITLE)
        lines = break_label(text, room, self._fonts.widths(Style.LABEL))
        flows = [self._line(line, Style.LABEL, TITLE, TITLE_LEADING, "center", heavy=True) for line in lines]
        return [*flows, Flow(_TITLE_GAP, ())]

    def above(self, items: Sequence[str]) -> list[Flow]:
        """Give the line between title and table: its first item left, its last right, others between."""
        if not any(items):
            return []
        if len(items) == 1:
            return self._lines(items[0], Style.BODY, BODY, ABOVE_LEADING, "left")
        room = self._paper.room_across
        widths = [self._fonts.width(Style.BODY, item) * BODY / EM for item in items]
        if any("\n" in item for item in items) or sum(widths) + _GAP * (len(items) - 1) > room:
            return [
                flow for item in items for flow in self._lines(item, Style.BODY, BODY, ABOVE_LEADING, "left")
            ]
        free = (room - sum(widths)) / (len(items) - 1)
        boxes, x = [], 0.0
        for index, (item, width) in enumerate(zip(items, widths, strict=True)):
            # The middle one of three stands under the title, as （2024年度） does, if there is room.
            central = (room - width) / 2
            fits = widths[0] + _GAP <= central and central + width + _GAP <= room - widths[-1]
            at = central if len(items) == 3 and index == 1 and fits else x
            boxes.append(Box(at, 0, width, ABOVE_LEADING, (item,), leading=ABOVE_LEADING))
            x += width + free
        return [Flow(ABOVE_LEADING, tuple(boxes))]

    def below(self, items: Sequence[str]) -> list[Flow]:
        """Give the notes below the table, each from a line of its own."""
        flows = [flow for item in items for flow in self._lines(item, Style.BODY, BODY, LEADING, "left")]
        return [Flow(_GAP / 2, ()), *flows] if flows else []

    def signatures(self, unit: str, others: Sequence[str]) -> Flow:
        """Give the line to sign on: the unit's name with a free square for its seal, the people beside it."""
        room = self._paper.room_across
        label = self._fonts.width(Style.BODY, unit) * BODY / EM
        height = _GAP + SEAL
        boxes = [Box(0, _GAP + SEAL / 2 - LEADING / 2, label, LEADING, (unit,))]
        beside = label + SEAL + 2 * _GAP
        across = 2 if room - beside >= 120 * MM else 1
        down = -(-len(others) // across)
        step = min(_SIGNATURE_ROW * 1.4, SEAL / down)
        top = _GAP + (SEAL - step * down) / 2
        for index, text in enumerate(others):
            x = beside + (index % across) * (room - beside) / across
            y = top + (index // across) * step + (step - LEADING) / 2
            boxes.append(Box(x, y, (room - beside) / across, LEADING, (text,)))
        return Flow(height, tuple(boxes), (label, _GAP, SEAL))

    def foot(self, page: Page, page_words: str, code_words: str, where: str) -> None:
        """Add page number and check code to a page; ``where`` is the form's ``page.code``."""
        paper = self._paper
        y = paper.height - paper.bottom + _FOOT_BELOW_SHEET
        page.boxes.append(self._margin_box(y, page_words, FOOT_SIZE, "center"))
        if where == "none" or not code_words:
            return
        at = paper.top - SMALL_LEADING - 2 * MM if where == "head-right" else y
        page.boxes.append(
            self._margin_box(at, code_words, SMALL, "left" if where == "foot-left" else "right")
        )

    def note(self, page: Page, words: str) -> None:
        """Add a small line under the foot of a page."""
        y = self._paper.height - self._paper.bottom + _FOOT_BELOW_SHEET + SMALL_LEADING + 1
        page.boxes.append(self._margin_box(y, words, SMALL, "left"))

    def _margin_box(self, y: float, text: str, size: float, align: str) -> Box:
        across = self._paper.room_across
        return Box(
            self._paper.left, y, across, SMALL_LEADING, (text,), Style.BODY, size, SMALL_LEADING, align
        )

    def _lines(self, text: str, style: Style, size: float, leading: float, align: str) -> list[Flow]:
        if not text:
            return []
        room = int(self._paper.room_across * EM / size)
        lines = break_lines(text, room, self._fonts.widths(style))
        return [self._line(line, style, size, leading, align) for line in lines]

    def _line(
        self, line: str, style: Style, size: float, leading: float, align: str, *, heavy: bool = False
    ) -> Flow:
        box = Box(0, 0, self._paper.room_across, leading, (line,), style, size, leading, align, heavy=heavy)
        return Flow(leading, (box,))
