"""How the window stood when it was closed last: its size, its two sides, and going from part to part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from ui.look import Look


class WindowState:
    """Remembers and restores a window with a splitter and a part at its left and right."""

    def __init__(
        self, window: QMainWindow, split: QSplitter, left: QWidget, right: QWidget, look: Look
    ) -> None:
        self._window, self._split = window, split
        self._left, self._right = left, right
        self._look = look

    def now(self) -> dict[str, Any]:
        """Give how it stands, as a setting that is kept."""
        return {
            "geometry": bytes(self._window.saveGeometry().toBase64().data()).decode("ascii"),
            "parts": self._split.sizes(),
            "left": self._left.isVisible(),
            "right": self._right.isVisible(),
        }

    def restore(self, state: object) -> None:
        """Stand as a kept setting says; as usual where there is none."""
        em = self._look.em
        self._window.resize(em(92), em(52))
        self._split.setSizes([em(17), em(60), em(19)])
        if not isinstance(state, dict):
            self._window.setWindowState(Qt.WindowState.WindowMaximized)
            screen = QGuiApplication.primaryScreen().availableGeometry().width()
            self._left.setVisible(screen >= em(82))  # both sides only where the sheet keeps its room
            self._right.setVisible(screen >= em(66))
            return
        try:
            geometry = QByteArray.fromBase64(QByteArray(str(state["geometry"]).encode("ascii")))
            self._window.restoreGeometry(geometry)
            self._split.setSizes([int(size) for size in state["parts"]])
            self._left.setVisible(bool(state["left"]))
            self._right.setVisible(bool(state["right"]))
        except (KeyError, TypeError, ValueError):
            return  # settings of another version: the usual sizes stay

    def turn(self, part: QWidget) -> None:
        """Show or fold a side; on a screen too narrow for both the other one is folded for it."""
        part.setVisible(not part.isVisible())
        other = self._left if part is self._right else self._right
        room = max(self._window.width(), self._window.screen().availableGeometry().width())
        if part.isVisible() and other.isVisible() and self._split.minimumSizeHint().width() > room:
            other.hide()


def to_next_part(parts: Sequence[QWidget], focus: QWidget | None) -> None:
    """Take the keyboard to the part after the one that has it, round the end."""
    here = next((i for i, part in enumerate(parts) if focus and part.isAncestorOf(focus)), -1)
    for step in range(1, len(parts) + 1):
        if _take_keyboard(parts[(here + step) % len(parts)]):
            return


def _take_keyboard(part: QWidget) -> bool:
    if part.focusProxy() is not None:
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True
    for child in part.findChildren(QWidget):
        if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
            child.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
    return False
