"""A combo box that a stray turn of the wheel does not change, and that opens by the usual keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox


class QuietBox(QComboBox):
    """Takes the wheel only while it has the keyboard; else what is behind it scrolls."""

    def event(self, event: QEvent) -> bool:
        """Keep Alt+↓ and Alt+↑ from the window, which moves rows of the sheet by them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if alt and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                event.accept()
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel pass over a box nobody is choosing in."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
