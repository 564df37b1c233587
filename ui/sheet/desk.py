"""The desk a page lies on: how far it is scrolled, what of it is seen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

from ui.sheet.page import Page


class Desk:
    """Scrolls a page within a scroll area; ``edge`` logical pixels of desk are seen around it."""

    def __init__(self, area: QAbstractScrollArea, edge: float) -> None:
        self._area = area
        self._edge = edge

    @property
    def room(self) -> float:
        """How wide a page may be to be seen whole."""
        return self._area.viewport().width() - 2 * self._edge

    def origin(self, page: Page) -> QPointF:
        """Give where the page's corner is in the viewport."""
        left = max(self._edge, (self._area.viewport().width() - page.width) / 2)
        x = left - self._area.horizontalScrollBar().value()
        return QPointF(round(x), round(self._edge - self._area.verticalScrollBar().value()))

    def seen(self, page: Page) -> QRectF:
        """Give the part of the page that is seen, in the page's coordinates."""
        return QRectF(self._area.viewport().rect()).translated(-self.origin(page))

    def set_ranges(self, page: Page) -> None:
        """Let the scroll bars reach over the whole page."""
        view = self._area.viewport()
        for bar, size, room in (
            (self._area.horizontalScrollBar(), page.width, view.width()),
            (self._area.verticalScrollBar(), page.height, view.height()),
        ):
            bar.setRange(0, max(0, round(size + 2 * self._edge - room)))
            bar.setPageStep(room)
            bar.setSingleStep(round(page.em * 2))

    def show(self, page: Page, rect: QRectF) -> None:
        """Scroll just so far that a part of the page is seen with some room around it."""
        part = rect.translated(self.origin(page)).adjusted(-page.em, -page.em, page.em, page.em)
        view = self._area.viewport()
        _scroll_to(self._area.verticalScrollBar(), part.top(), part.bottom(), view.height())
        _scroll_to(self._area.horizontalScrollBar(), part.left(), part.right(), view.width())


def _scroll_to(bar: QScrollBar, low: float, high: float, room: int) -> None:
    """Scroll so that ``low`` … ``high`` is seen; its beginning when it is too long."""
    if low < 0 or high - low > room:
        bar.setValue(round(bar.value() + low))
    elif high > room:
        bar.setValue(round(bar.value() + high - room))
