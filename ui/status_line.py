"""The line below: the current cell at the left, totals and the time saved at the right.

While saving fails it is a banner that says why and what to do.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ui.elided import ElidedLabel
from ui.look import Look

NOTICE_SECONDS = 8
_MARGINS = 60
"""Logical pixels between and beside the texts."""


class StatusLine(QWidget):
    """Shows what the window tells it; ``cancelled`` when the running work should stop."""

    cancelled = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("banner", False)
        self._look = look
        self._cell = ""
        self._left = ElidedLabel(self)
        self._left.setObjectName("status-cell")
        self._right = ElidedLabel(self, modest=False)
        self._right.setObjectName("status-totals")
        self._saved = self._label("status-saved")
        self._work = self._label("status-work")
        self._bar = QProgressBar(self)
        self._bar.setMaximumWidth(look.em(10))
        self._bar.setTextVisible(False)
        self._stop = QPushButton(look.words("cancel"), self)
        self._stop.clicked.connect(self.cancelled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.setSpacing(16)
        layout.addWidget(self._left, 1)
        for widget in (self._work, self._bar, self._stop, self._right, self._saved):
            layout.addWidget(widget)
        self._notice_ends = QTimer(self)
        self._notice_ends.setSingleShot(True)
        self._notice_ends.timeout.connect(self._show_cell)
        self.show_work("")

    def show_cell(self, text: str) -> None:
        """Tell about the current cell."""
        self._cell = text
        if not self._notice_ends.isActive():
            self._show_cell()

    def say(self, sentence: str) -> None:
        """Tell something for some seconds."""
        self._tell(sentence)
        self._notice_ends.start(NOTICE_SECONDS * 1000)

    def end_notice(self) -> None:
        """Show the current cell again."""
        self._notice_ends.stop()
        self._show_cell()

    def show_totals(self, text: str) -> None:
        """Show computed totals."""
        if text != self._right.text():
            self._right.setText(text)
            self._share()

    def show_saved(self, text: str) -> None:
        """Show when it was saved last."""
        self._saved.setText(text)
        self._dress(banner=False)
        self._share()

    def show_failing(self, sentence: str) -> None:
        """Become a banner: what was typed is not saved, why, and what to do."""
        self._saved.setText(sentence)
        self._dress(banner=True)

    def show_work(self, title: str) -> None:
        """Show what is being done beside the window; an empty title ends it."""
        for widget in (self._work, self._bar, self._stop):
            widget.setVisible(bool(title))
        self._work.setText(title)
        self.show_progress(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """Show how much of it is done; a total of 0 is unknown."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    @property
    def says_saved(self) -> bool:
        """Whether it says anything about saving yet."""
        return bool(self._saved.text())

    @property
    def is_banner(self) -> bool:
        """Whether it says that saving fails."""
        return bool(self.property("banner"))

    def texts(self) -> str:
        """Give all it shows, for a screen reader and for tests."""
        return " ".join(label.text() for label in (self._left, self._work, self._right, self._saved))

    # -- Qt's events -------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share()

    # -- inside ------------------------------------------------------------------------------------------

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setMinimumWidth(1)
        return label

    def _show_cell(self) -> None:
        self._tell(self._cell)

    def _tell(self, text: str) -> None:
        self._left.setText(text)
        self._share()

    def _share(self) -> None:
        """Let the totals have what the line at the left leaves, but never less than a quarter."""
        room = self.width() - self._saved.sizeHint().width() - _MARGINS
        self._right.setMaximumWidth(max(room - self._left.wanted, room // 4, 1))

    def _dress(self, *, banner: bool) -> None:
        if self.is_banner == banner:
            return
        self.setProperty("banner", banner)
        self._left.setVisible(not banner)
        self._right.setVisible(not banner)
        self._saved.setWordWrap(banner)
        self.style().unpolish(self)
        self.style().polish(self)
