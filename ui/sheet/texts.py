"""Texts laid out for the sheet, kept so that a keystroke lays out one cell and not all.

Lines break where the stock editor breaks them, so a text stays where it is when it is edited.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QTextLayout, QTextOption

_KEPT = 4000
ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


class LaidText:
    """One text laid out at a width: ready to draw, its height known."""

    __slots__ = ("height", "layout", "lines", "widest")

    def __init__(self, text: str, width: float, align: str, font: QFont) -> None:
        option = QTextOption(ALIGNMENTS.get(align, Qt.AlignmentFlag.AlignLeft))
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.layout = QTextLayout(text.replace("\n", "\u2028"), font)
        self.layout.setTextOption(option)
        self.layout.setCacheEnabled(True)
        self.layout.beginLayout()
        self.height = 0.0
        self.lines = 0
        self.widest = 0.0
        while (line := self.layout.createLine()).isValid():
            line.setLeadingIncluded(True)
            line.setLineWidth(width)
            line.setPosition(QPointF(0, self.height))
            self.height += line.height()
            self.widest = max(self.widest, line.naturalTextWidth())
            self.lines += 1
        self.layout.endLayout()


class Face:
    """A font with its key, which Qt would make anew each time it is asked."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.key = font.key()


class Texts:
    """Lays texts out and keeps the results, the same for equal text, width and face."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int, str, str], LaidText] = {}

    def lay(self, text: str, width: float, align: str, face: Face) -> LaidText:
        """Give a text laid out at a width in logical pixels."""
        key = (text, round(width * 8), align, face.key)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[key] = LaidText(text, width, align, face.font)
        return found
