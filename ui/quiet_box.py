"""A combo box that a stray turn of the wheel does not change."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class QuietBox(QComboBox):
    """Takes the wheel only while it has the keyboard; else what is behind it scrolls."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel pass over a box nobody is choosing in."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
