"""The marks ✖ ▲ ○ as icons for lists and counters, drawn with the shapes of the sheet."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from ui.look import Look
from ui.sheet.painting import draw_shape

SIGNS = {"error": "✖", "warning": "▲", "hint": "○", "missing": "○"}


def mark_icon(look: Look, shape: str) -> QIcon:
    """Give a mark as an icon of the interface's size, drawn sharp for doubled screens, too."""
    if shape not in look.marks:
        look.marks[shape] = _drawn(look, shape)
    return look.marks[shape]


def _drawn(look: Look, shape: str) -> QIcon:
    size = look.em(1.0)
    pixmap = QPixmap(size * 2, size * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    colour = look.colour("ghost" if shape == "missing" else shape)
    draw_shape(painter, shape, QPointF(size / 2, size / 2), size * 0.36, colour, look.colour("field"))
    painter.end()
    return QIcon(pixmap)
