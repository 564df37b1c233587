"""The quiet list below a name cell: indicators that fit, never with the keyboard, gone when it is not wanted.

It is no window of its own but lies over the sheet: the input method keeps its place, nothing is left behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ui.look import Look, plain_tip

_ROWS = 8
"""So many are seen at once; the rest is scrolled to."""
_FEW = 4
"""With room for so many it stays below, where it hides neither the heading nor the rows before."""
_WIDEST = 40
"""Letters: what is said about an indicator beyond that is elided, the sheet behind stays in sight."""


class Offer(NamedTuple):
    """One line: the name, what is said about it, and more for the tip."""

    name: str
    about: str
    more: str


class Suggestions(QFrame):
    """Shows offers; ``taken`` carries the number of the one that was clicked."""

    taken = Signal(int)

    def __init__(self, look: Look, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("suggestions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.list = QTreeWidget(self)
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.header().setStretchLastSection(True)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.list.itemClicked.connect(lambda item: self.taken.emit(self.list.indexOfTopLevelItem(item)))
        self._hint = QLabel(hint, self)
        self._hint.setObjectName("quiet")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addWidget(self._hint)
        self.hide()

    # -- what it shows -------------------------------------------------------------------------------------

    def offer(self, offers: Sequence[Offer]) -> None:
        """Show these, none of them chosen."""
        self.list.clear()
        muted = self._look.colour("muted")
        for one in offers:
            item = QTreeWidgetItem([one.name, one.about])
            item.setForeground(1, muted)
            item.setToolTip(0, plain_tip(one.more))
            item.setToolTip(1, plain_tip(one.more))
            self.list.addTopLevelItem(item)
        self.list.setCurrentIndex(QModelIndex())
        self.list.scrollToTop()

    def texts(self) -> list[str]:
        """Give the lines as they are read."""
        items = [self.list.topLevelItem(number) for number in range(self.list.topLevelItemCount())]
        return [f"{item.text(0)} · {item.text(1)}" for item in items if item is not None]

    @property
    def current(self) -> int | None:
        """The number of the chosen line; None while none is."""
        item = self.list.currentItem()
        return self.list.indexOfTopLevelItem(item) if item is not None else None

    def step(self, by: int) -> None:
        """Choose a line further down (or up); above the first one none is chosen."""
        here = -1 if self.current is None else self.current
        there = min(here + by, self.list.topLevelItemCount() - 1)
        self.list.setCurrentIndex(self.list.model().index(there, 0) if there >= 0 else QModelIndex())

    # -- where it stands -----------------------------------------------------------------------------------

    def stand_at(self, cell: QRect, room: QRect) -> None:
        """Lie below a cell, above it where there is more room; never over it and never beyond the sheet."""
        self.list.doItemsLayout()  # else the first list is measured before it is dressed
        first = self.list.topLevelItem(0)
        line = self.list.visualItemRect(first).height() if first is not None else 0
        edge = self.contentsMargins().top() + self.contentsMargins().bottom()
        self._hint.ensurePolished()
        count, foot = self.list.topLevelItemCount(), self._hint.sizeHint().height() + edge
        wanted, few = (line * min(count, most) + foot for most in (_ROWS, _FEW))
        below, above = room.bottom() - cell.bottom(), cell.top() - room.top()
        under = below >= few or below >= above
        height = min(wanted, below) if under else min(few, above)  # above it hides the heading
        top = cell.bottom() + 1 if under else cell.top() - height
        name = max(self._width(0), self._look.em(10)) + self._look.em(1.5)
        width = min(self._look.em(_WIDEST), name + self._width(1) + self._look.em(2.5))
        width = min(room.width(), max(cell.width(), self._hint.sizeHint().width(), width))
        left = max(room.left(), min(cell.left(), room.right() - width + 1))
        self.list.setColumnWidth(0, min(name, max(width // 2, width - self._width(1) - self._look.em(2.5))))
        self.setGeometry(left, top, width, height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep a click beside the lines from the sheet below."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Keep the wheel from the sheet below when the list is at its end."""
        event.accept()

    def _width(self, column: int) -> int:
        metrics = self.list.fontMetrics()
        items = [self.list.topLevelItem(number) for number in range(self.list.topLevelItemCount())]
        return max((metrics.horizontalAdvance(item.text(column)) for item in items if item), default=0)
