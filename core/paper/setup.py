"""Measures of the printed sheet: paper, margins, type sizes; lengths in points (1/72 inch)."""

from __future__ import annotations

from dataclasses import dataclass

from core.sheet.definition import Page

MM = 72 / 25.4

_PAPERS = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}

BODY = 10.0
"""Type size of the sheet; never made smaller to squeeze text in."""

LEADING = 13.0
PAD_X = 3.6
PAD_Y = 2.7
ROW = LEADING + 2 * PAD_Y
"""Height of a row with one line."""

TITLE, TITLE_LEADING = 18.0, 25.0
ABOVE_LEADING = 18.0
SMALL, SMALL_LEADING = 8.0, 11.0
FOOT_SIZE = 9.0

SEAL = 45 * MM
"""A round seal is 40 to 42 mm across (forms.md §7)."""

HAIRLINE = 0.5


@dataclass(frozen=True, slots=True)
class PaperSetup:
    """One page: its size and margins; ``left`` is wider for binding."""

    width: float
    height: float
    left: float = 20 * MM
    right: float = 15 * MM
    top: float = 15 * MM
    bottom: float = 16 * MM

    @property
    def room_across(self) -> float:
        """How wide the sheet is."""
        return self.width - self.left - self.right

    @property
    def room_down(self) -> float:
        """How high the sheet of one page may be."""
        return self.height - self.top - self.bottom


def paper_setup(page: Page) -> PaperSetup:
    """Give the paper of a form."""
    short, long = _PAPERS[page.paper]
    width, height = (long, short) if page.direction == "landscape" else (short, long)
    return PaperSetup(width * MM, height * MM)
