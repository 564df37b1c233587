"""A text on one line: what does not fit is elided, and told whole in a tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.look import plain_tip


class ElidedLabel(QLabel):
    """A label whose ``text()`` is always the whole text. ``modest`` ones ask for no room of their own."""

    def __init__(self, parent: QWidget | None = None, *, modest: bool = True) -> None:
        super().__init__(parent)
        self._modest = modest
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(1)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text.replace("\n", " "))
        self._tell_whole()

    @property
    def is_elided(self) -> bool:
        """Whether a part of the text is not seen."""
        return self.wanted > self.contentsRect().width() + 2

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole text, or for none: what others leave."""
        return self.minimumSizeHint() if self._modest else super().sizeHint()

    @property
    def wanted(self) -> int:
        """The width of the whole text."""
        return self.fontMetrics().horizontalAdvance(self.text()) + 2

    def minimumSizeHint(self) -> QSize:
        """Give a width that any line has room for."""
        return QSize(1, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the whole text in a tool tip where the new width is too small for it."""
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much of the text as there is room for."""
        painter = QPainter(self)
        box = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        # Plain letters: without this flag the style would take & for the mark of a key.
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.style().drawItemText(
            painter, box, flags, self.palette(), self.isEnabled(), text, self.foregroundRole()
        )
        painter.end()

    def _tell_whole(self) -> None:
        self.setToolTip(plain_tip(self.text()) if self.is_elided else "")
