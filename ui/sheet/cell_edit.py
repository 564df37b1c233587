"""The stock text editor that stands over the current cell and always has the keyboard.

Input methods meet an ordinary editor from the first key on: nothing is validated, cut or replaced
while they compose, and unconfirmed text is never reported.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QPaintEvent,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from core.sheet.document_file import clean_text
from core.sheet.errors import RefusedError
from ui.sheet.texts import ALIGNMENTS

_SOFT_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n"})


class CellEdit(QPlainTextEdit):
    """A stock editor; reports what a person typed and asks ``command`` what a key means.

    ``typed`` carries the whole text after each change by a person, never while an input method
    composes. ``composing`` tells when composing begins or ends.
    """

    typed = Signal(str)
    composing_changed = Signal(bool)
    refused = Signal(object)

    def __init__(
        self,
        command: Callable[[QKeyEvent], str | None],
        run: Callable[[str], None],
        is_for_the_window: Callable[[QKeyEvent], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._command, self._run, self._is_for_the_window = command, run, is_for_the_window
        self.composing = False
        self._shown = ""
        self._showing = False
        self.setObjectName("cell")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)  # a file dropped here is for the window
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._look)

    # -- showing ---------------------------------------------------------------------------------------

    def raw_text(self) -> str:
        """Give the text exactly as typed (``toPlainText`` would change no-break spaces)."""
        return self.document().toRawText().replace("\u2029", "\n")

    def show_text(self, text: str) -> None:
        """Show a text with the caret at its end, without reporting it as typed."""
        self._showing = True
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._showing = False
        self._shown = self.raw_text()

    def align(self, align: str) -> None:
        """Stand the text left, in the middle or right, broken into lines as the sheet breaks it."""
        option = QTextOption(ALIGNMENTS.get(align, Qt.AlignmentFlag.AlignLeft))
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)

    def lines(self) -> int:
        """Give how many lines the text takes, with what is being composed."""
        return max(1, round(self.document().documentLayout().documentSize().height()))

    def confirm_composing(self) -> None:
        """Have what is being composed confirmed, as before saving, printing and closing."""
        if not self.composing:
            return
        QGuiApplication.inputMethod().commit()
        if self.composing:  # an input method that does not answer: its letters are kept as they stand
            event = QInputMethodEvent()
            event.setCommitString(self.textCursor().block().layout().preeditAreaText())
            QCoreApplication.sendEvent(self, event)

    def is_on_first_line(self) -> bool:
        """Whether the caret is on the first line."""
        return self._stays_put(QTextCursor.MoveOperation.Up)

    def is_on_last_line(self) -> bool:
        """Whether the caret is on the last line."""
        return self._stays_put(QTextCursor.MoveOperation.Down)

    # -- Qt's events -------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Leave to the window the shortcuts that are its own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not self.composing and self._command(event):
                event.accept()
                return True
            if self._is_for_the_window(event):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run the sheet's command of a key, or type it."""
        if self.composing and not event.text().isprintable():
            event.accept()  # Enter, Tab, Escape belong to what is being composed and must not move on
            return
        command = None if self.composing else self._command(event)
        if command:
            event.accept()
            self._run(command)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether text is being composed; the stock editor does everything else."""
        before, self.composing = self.composing, bool(event.preeditString())
        super().inputMethodEvent(event)
        self._look()
        if before != self.composing:
            self.composing_changed.emit(self.composing)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Standing ready, show nothing: on a scaled screen Qt draws even a caret without width."""
        if self.cursorWidth() > 0:
            super().paintEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the sheet scroll, not the cell."""
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the editor's own menu while typing, the sheet's while only standing on a cell."""
        if self.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
            event.ignore()
        else:
            super().contextMenuEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text; what cannot be stored is refused whole, with its reason."""
        text = pasted_text(source.text())
        try:
            clean_text(text)
        except RefusedError as error:
            self.refused.emit(error)
            return
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    # -- inside --------------------------------------------------------------------------------------------

    def _look(self) -> None:
        if self._showing or self.composing:
            return
        text = self.raw_text()
        if text != self._shown:
            self._shown = text
            self.typed.emit(text)

    def _stays_put(self, move: QTextCursor.MoveOperation) -> bool:
        return not QTextCursor(self.textCursor()).movePosition(move)


def pasted_text(text: str) -> str:
    """Give text from the clipboard as it is typed in: other programs' soft line breaks become line ends,
    and the line end that spreadsheets put behind a cell goes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SOFT_BREAKS)
    return text.removesuffix("\n")
