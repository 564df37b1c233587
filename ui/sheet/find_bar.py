"""Finding a text in the sheet (Ctrl+F): from cell to cell, round the end."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from core.sheet.grid import Cell
from ui.look import Look
from ui.sheet.view import SheetView
from ui.sheet.walk import Spot, can_stand


class FindBar(QFrame):
    """A line to type into above the sheet; Enter goes on, Shift+Enter back, Escape closes it."""

    def __init__(self, view: SheetView, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find")
        self._view, self._look = view, look
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(look.words("find-hint"))
        self._line.setAccessibleName(look.words("find"))
        self._line.setMaximumWidth(look.em(20))
        self._count = QLabel(self)
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.addWidget(self._line, 1)
        for icon, name, back in (("up", "find-back", True), ("down", "find-on", False)):
            button = QToolButton(self)
            button.setIcon(look.icon(icon))
            button.setToolTip(look.words(name))
            button.setAccessibleName(look.words(name))
            button.clicked.connect(lambda _=False, back=back: self.go(back=back))
            layout.addWidget(button)
        layout.addWidget(self._count)
        layout.addStretch(1)
        close = QToolButton(self)
        close.setIcon(look.icon("close"))
        close.setToolTip(look.words("close"))
        close.setAccessibleName(look.words("close"))
        close.clicked.connect(self.leave)
        layout.addWidget(close)
        self._line.textEdited.connect(lambda _: self._show_count())
        self._line.installEventFilter(self)
        self.hide()

    def start(self) -> None:
        """Open the bar and type what to find."""
        self._view.typing.finish()
        self.show()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()
        self._show_count()

    def go(self, *, back: bool = False) -> None:
        """Stand on the next cell whose text holds what was typed."""
        found = self._found()
        self._show_count()
        if not found:
            return
        here = (self._view.spot.row, self._view.spot.column)
        keys = [(cell.row, cell.column) for cell in found]
        if back:
            key = next((one for one in reversed(keys) if one < here), keys[-1])
        else:
            key = next((one for one in keys if one > here), keys[0])
        self._view.stand_on(Spot(*key))

    def leave(self) -> None:
        """Close the bar and go back to the sheet."""
        self.hide()
        self._view.take_keyboard()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Enter goes on, Escape closes."""
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        return False

    def _found(self) -> list[Cell]:
        wanted = _folded(self._line.text())
        if not wanted:
            return []
        return [cell for cell in self._view.grid.cells if can_stand(cell) and wanted in _folded(cell.text)]

    def _show_count(self) -> None:
        text = self._line.text()
        self._count.setText(self._look.words("found", count=len(self._found())) if text else "")


def _folded(text: str) -> str:
    """Give a text for comparing: letters' case and the make-up of characters do not matter."""
    return unicodedata.normalize("NFC", text).casefold()
