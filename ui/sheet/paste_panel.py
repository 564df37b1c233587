"""What a pasted block would change, shown above the sheet before it is taken: Enter takes it, Escape not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.sheet.document import Document
from core.sheet.edits import AddRow, Edit, SetText
from ui.listing import Listing
from ui.look import Look
from ui.session import Session
from ui.sheet.view import SheetView

MOST_LINES = 200
"""More changes than these are counted but not listed."""


class PastePanel(QFrame):
    """Shows one block at a time; goes by itself when the person turns to the sheet instead."""

    def __init__(self, view: SheetView, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find")
        self._view, self._session, self._look = view, session, look
        self._take: Callable[[], None] | None = None
        self.said = QLabel(self)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.list: Listing | None = None
        self.button = QPushButton(look.words("paste-take"), self)
        self.button.setObjectName("main")
        self.button.clicked.connect(self.take)
        leave = QPushButton(look.words("paste-leave"), self)
        leave.clicked.connect(self.leave)
        top = QHBoxLayout()
        top.addWidget(self.said, 1)
        top.addWidget(self.button)
        top.addWidget(leave)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 6, 16, 6)
        self._layout.addLayout(top)
        view.moved.connect(lambda _: self._go())
        session.edited.connect(self._go)
        self.hide()

    def offer(self, edits: Sequence[Edit], take: Callable[[], None]) -> None:
        """Show what edits would change; ``take`` does them."""
        self._take = take
        words, document = self._look.words, self._session.document
        added = sum(isinstance(edit, AddRow) for edit in edits)
        replaced = sum(isinstance(edit, SetText) and bool(edit.old) for edit in edits)
        cells = sum(len(edit.row.cells) if isinstance(edit, AddRow) else 1 for edit in edits)
        self.said.setText(words("paste-offer", cells=cells, added=added, replaced=replaced))
        if self.list is not None:
            self.list.setParent(None)
            self.list.deleteLater()
        heads = [words(name) for name in ("paste-where", "paste-old", "paste-new")]
        rows = _lines(edits, document, self._look)
        self.list = Listing(heads, rows[:MOST_LINES], [18, 16], self._look, self)
        self.list.setFixedHeight(min(self.list.minimumHeight(), self._look.em(11)))
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._layout.addWidget(self.list)
        self.show()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Do what was offered."""
        take, self._take = self._take, None
        self._go()
        if take is not None:
            take()
        self._view.take_keyboard()

    def leave(self) -> None:
        """Leave the sheet as it is."""
        self._go()
        self._view.take_keyboard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what was offered, Escape leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            focus.click() if isinstance(focus, QPushButton) else self.take()
        else:
            super().keyPressEvent(event)

    def _go(self) -> None:
        self._take = None
        self.hide()


def _lines(edits: Sequence[Edit], document: Document, look: Look) -> list[list[str]]:
    """Give what is replaced, then what is added."""
    from core.sheet.carry import Telling

    words, telling = look.words, Telling(look.words.messages)
    changed = [
        [telling.place(document, edit.place), edit.old, edit.new or words("blank")]
        for edit in edits
        if isinstance(edit, SetText) and edit.old
    ]
    added = []
    for edit in edits:
        if isinstance(edit, AddRow):
            levels = document.form.tables[edit.table].level_columns
            texts = [text for name, text in edit.row.cells.items() if name not in levels]
            label = document.form.tables[edit.table].label
            added.append([words("paste-new-row", table=label), "", " | ".join(texts)])
    return changed + added
