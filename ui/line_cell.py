"""One place typed as a line of text outside the sheet, in a stock line editor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class LineCell(QLineEdit):
    """A stock line editor. ``typed`` carries a person's text, never what an input method composes.

    ``finished`` when she leaves or presses Enter, ``given_up`` when she presses Escape.
    """

    typed = Signal(str)
    finished = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = False
        self._shown = ""
        self.textEdited.connect(self._look)
        self.returnPressed.connect(self.finished)

    def show_value(self, text: str) -> None:
        """Show what the document holds, without reporting it as typed."""
        if text != self._shown and not self._composing:
            self._shown = text
            if text != self.text():  # equal text keeps the caret in place
                self.setText(text)
                if not self.hasFocus():
                    self.setCursorPosition(0)  # its beginning is seen, not its end

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y):
                event.ignore()
                return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether text is being composed; the stock editor does everything else."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives the old text back."""
        if event.key() == Qt.Key.Key_Escape and not self._composing:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving finishes what was typed."""
        super().focusOutEvent(event)
        self.finished.emit()

    def _look(self) -> None:
        text = self.text()
        if not self._composing and text != self._shown:
            self._shown = text
            self.typed.emit(text)
