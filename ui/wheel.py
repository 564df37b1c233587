"""A turn of the wheel changes no value: boxes and numbers take it only while they have the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar, QTabBar


class WheelFilter(QObject):
    """Passes the wheel over an unfocused box on to what scrolls behind it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold back a wheel turn over a box that has not the keyboard."""
        if event.type() != QEvent.Type.Wheel:
            return False
        if isinstance(watched, QTabBar):
            event.ignore()
            return True
        boxes = (QComboBox, QAbstractSpinBox, QAbstractSlider)
        if isinstance(watched, boxes) and not isinstance(watched, QScrollBar) and not watched.hasFocus():
            event.ignore()
            return True
        return False
