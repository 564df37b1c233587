"""One open finding: what it says, where, why, its fix shown before it is applied, its explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from core.check.explaining import explanation_of, is_explained
from core.sheet.edits import SetText
from ui.look import Look
from ui.marks import SIGNS

if TYPE_CHECKING:
    from core.check.finding import Finding
    from ui.session import Session


class ProblemEntry(QWidget):
    """The open entry of a finding. ``resized`` when it needs another height."""

    fix_wanted = Signal()
    resized = Signal()

    def __init__(self, finding: Finding, session: Session, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.finding = finding
        self._session, self._look = session, look
        self.setObjectName("entry")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(8, 8, 8, 8)
        self._layout.setSpacing(4)
        sign = SIGNS["missing" if finding.missing else finding.severity.value]
        self._text(f"{sign} {finding.message}", "message")
        if finding.source:
            self._text(look.words("source", source=finding.source), "quiet")
        self._add_fix()
        self._explanation = self._text("", "explanation")
        self._editor: QPlainTextEdit | None = None
        self._button = QPushButton(self)
        self._button.clicked.connect(self.begin_explaining)
        self._layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def height_for(self, width: int) -> int:
        """Give the height all of it needs at a width."""
        self._layout.activate()
        return (
            self._layout.heightForWidth(width)
            if self._layout.hasHeightForWidth()
            else self.sizeHint().height()
        )

    def refresh(self) -> None:
        """Show the explanation as it stands."""
        may = self._may_explain()
        found = explanation_of(self.finding, self._session.document)
        answered = is_explained(self.finding, self._session.document)
        name = "explained" if answered else "explained-other"
        self._explanation.setText(self._look.words(name, text=found.text) if found else "")
        self._explanation.setVisible(found is not None and self._editor is None)
        self._button.setVisible(may and self._editor is None)
        self._button.setText(self._look.words("change-explanation" if found else "write-explanation"))

    def begin_explaining(self) -> bool:
        """Open the explanation for writing; False for a finding that needs none."""
        if not self._may_explain():
            return False
        if self._editor is None:
            found = explanation_of(self.finding, self._session.document)
            self._open_editor(found.text if found else "")
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
                    self._close_editor(keep=keep)
                return True
        return False

    # -- inside ------------------------------------------------------------------------------------------

    def _may_explain(self) -> bool:
        return self.finding.severity.value != "hint" and not self.finding.missing and not self._session.frozen

    def _text(self, text: str, name: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setObjectName(name)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._layout.addWidget(label)
        return label

    def _add_fix(self) -> None:
        fix = self.finding.fix
        if fix is None or self._session.frozen:
            return
        texts = [edit for edit in fix.edits if isinstance(edit, SetText)]
        for edit in texts[:3]:
            old = edit.old or self._look.words("blank")
            self._text(
                self._look.words("fix-shown", old=old, new=edit.new or self._look.words("blank")), "fix"
            )
        if len(texts) > 3:
            self._text(self._look.words("fix-more", count=len(texts)), "quiet")
        button = QPushButton(self._look.words("apply-fix", say=fix.say), self)
        button.setObjectName("main")
        button.clicked.connect(self.fix_wanted)
        self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _open_editor(self, text: str) -> None:
        self._editor = QPlainTextEdit(text, self)
        self._editor.setPlaceholderText(self._look.words("explanation-hint"))
        self._editor.setAccessibleName(self._look.words("write-explanation"))
        self._editor.setFixedHeight(self._look.em(6))
        self._editor.setTabChangesFocus(True)
        self._editor.installEventFilter(self)
        self._layout.addWidget(self._editor)
        buttons = QWidget(self)
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        keep = QPushButton(self._look.words("keep-explanation"), buttons)
        keep.setObjectName("main")
        keep.clicked.connect(lambda: self._close_editor(keep=True))
        leave = QPushButton(self._look.words("leave"), buttons)
        leave.clicked.connect(lambda: self._close_editor(keep=False))
        row.addWidget(keep)
        row.addWidget(leave)
        row.addStretch(1)
        self._layout.addWidget(buttons)
        self._buttons = buttons
        for widget in (self._editor, buttons):
            widget.show()  # at once: what is hidden takes no room in the entry's height
        self.refresh()
        self.resized.emit()

    def _close_editor(self, *, keep: bool) -> None:
        editor, self._editor = self._editor, None
        if editor is None:
            return
        text = editor.document().toRawText().replace("\u2029", "\n")
        editor.hide()
        self._buttons.hide()
        self._layout.removeWidget(editor)
        self._layout.removeWidget(self._buttons)
        editor.deleteLater()
        self._buttons.deleteLater()
        self.refresh()
        self.resized.emit()
        if keep:
            self._session.explain(self.finding, text)
