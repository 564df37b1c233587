"""The explanation (情况说明) of one finding: shown, written in place, kept again when the check says more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.check.explaining import explanation_of
from core.check.finding import Severity
from ui.look import Look

if TYPE_CHECKING:
    from core.check.finding import Finding
    from ui.session import Session


class ExplainingBox(QWidget):
    """Shows and takes one explanation. ``resized`` when it needs another height.

    ``done`` when she has finished writing, and the keyboard has to go somewhere.
    """

    resized = Signal()
    done = Signal()

    def __init__(self, finding: Finding, session: Session, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._finding, self._session, self._look = finding, session, look
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._text = self._label("explanation")
        self._layout.addWidget(self._text)
        self._editor: QPlainTextEdit | None = None
        self._has_written = False
        self._writing: QWidget | None = None
        self._keep = self._button(look.words("explanation-stands"), self.keep_old)
        self._write = self._button("", self.begin)
        self._exception = self._label("quiet")
        self._exception.setText(look.words("explained-error"))
        self._layout.addWidget(self._exception)
        self.refresh()

    @property
    def possible(self) -> bool:
        """Whether the finding can be answered at all."""
        finding = self._finding
        return (
            finding.severity is not Severity.HINT
            and not finding.missing
            and bool(finding.places)
            and not self._session.frozen
        )

    @property
    def is_writing(self) -> bool:
        """Whether an explanation is being written."""
        return self._editor is not None

    def finish(self) -> None:
        """Keep what is being written; merely having looked at an old text does not answer anything."""
        self._close(keep=self._has_written)

    @property
    def is_stale(self) -> bool:
        """Whether there is an explanation that answered something else."""
        found = explanation_of(self._finding, self._session.document)
        return found is not None and not self._session.is_explained(self._finding)

    def refresh(self) -> None:
        """Show the explanation as it stands."""
        found = explanation_of(self._finding, self._session.document)
        writing = self._editor is not None
        name = "explained-other" if self.is_stale else "explained"
        self._text.setText(self._look.words(name, text=found.text) if found else "")
        self._text.setObjectName("warning" if self.is_stale else "explanation")
        self._text.style().polish(self._text)
        self._text.setVisible(found is not None and not writing)
        self._keep.setVisible(self.possible and self.is_stale and not writing)
        self._write.setVisible(self.possible and not writing)
        self._write.setText(self._look.words("change-explanation" if found else "write-explanation"))
        self.setVisible(self.possible or found is not None)  # else it would take room for nothing
        error = self._finding.severity is Severity.ERROR
        self._exception.setVisible(self.possible and error and (writing or found is not None))

    def keep_old(self) -> bool:
        """Let the old explanation answer what the check says now; False where there is none to keep."""
        found = explanation_of(self._finding, self._session.document)
        if found is None or not self.is_stale or not self.possible:
            return False
        return self._session.explain(self._finding, found.text)

    def begin(self) -> bool:
        """Open the explanation for writing; False for a finding that needs none."""
        if not self.possible:
            return False
        if self._editor is None:
            found = explanation_of(self._finding, self._session.document)
            self._open(found.text if found else "")
        assert self._editor is not None
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Ctrl+Enter keeps the explanation, Escape leaves it as it was."""
        if watched is self._editor and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            keep = enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if keep or event.key() == Qt.Key.Key_Escape:
                if event.type() == QEvent.Type.ShortcutOverride:
                    event.accept()
                elif event.type() == QEvent.Type.KeyPress:
                    self._close(keep=keep)
                return True
        return False

    # -- inside ------------------------------------------------------------------------------------------

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setObjectName(name)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _button(self, words: str, pressed: object) -> QPushButton:
        button = QPushButton(words, self)
        button.clicked.connect(pressed)
        self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def _open(self, text: str) -> None:
        look = self._look
        editor = self._editor = QPlainTextEdit(text, self)
        self._has_written = False
        editor.textChanged.connect(self._write_on)
        editor.setPlaceholderText(look.words("explanation-hint"))
        editor.setAccessibleName(look.words("write-explanation"))
        editor.setFixedHeight(look.em(6))
        editor.setTabChangesFocus(True)
        editor.installEventFilter(self)
        writing = self._writing = QWidget(self)
        row = QHBoxLayout(writing)
        row.setContentsMargins(0, 0, 0, 0)
        keep = QPushButton(look.words("keep-explanation"), writing)
        keep.setObjectName("main")
        keep.clicked.connect(lambda: self._close(keep=True))
        leave = QPushButton(look.words("leave"), writing)
        leave.clicked.connect(lambda: self._close(keep=False))
        row.addWidget(keep)
        row.addWidget(leave)
        row.addStretch(1)
        for number, widget in enumerate((editor, writing)):
            self._layout.insertWidget(1 + number, widget)
            widget.show()  # at once: what is hidden takes no room in the entry's height
        self.refresh()
        self.resized.emit()

    def _write_on(self) -> None:
        """Have every key on its way to the disk, like one in a cell."""
        if self._editor is not None:
            self._has_written = True
            self._session.write_explanation(self._finding, text_in(self._editor))

    def _close(self, *, keep: bool) -> None:
        editor, writing = self._editor, self._writing
        self._editor = self._writing = None
        if editor is None or writing is None:
            return
        text, here = text_in(editor), writing.isAncestorOf(QApplication.focusWidget() or self)
        here = here or editor.hasFocus()
        for widget in (editor, writing):
            widget.hide()
            self._layout.removeWidget(widget)
            widget.deleteLater()
        if self._has_written and keep:
            self._session.end_typing()
        elif self._has_written:
            self._session.cancel_typing()
        elif keep:
            self._session.explain(self._finding, text)
        self.refresh()
        self.resized.emit()
        if here:
            self.done.emit()


def text_in(editor: QPlainTextEdit) -> str:
    """Give the text of an editor with plain line ends."""
    return editor.document().toRawText().replace("\u2029", "\n")
