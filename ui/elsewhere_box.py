"""The places of a finding in other forms: a list of them, and a button that opens the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from ui.look import Look, plain_tip
from ui.surroundings import Elsewhere

MOST = 5
"""So many are seen at once; further ones by scrolling."""


class ElsewhereBox(QWidget):
    """Lists each other form once, with its first place. ``wanted`` carries the place to go to there."""

    wanted = Signal(object)

    def __init__(self, places: Sequence[Elsewhere], look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        by_draft: dict[str, list[Elsewhere]] = {}
        for one in places:
            by_draft.setdefault(one.id, []).append(one)
        self._firsts = [several[0] for several in by_draft.values()]
        label = QLabel(look.words("elsewhere"), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setObjectName("quiet")
        self.list = QListWidget(self)
        self.list.setObjectName("others")
        self.list.setAccessibleName(look.words("elsewhere"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for several in by_draft.values():
            first, name = several[0], "elsewhere-at" if len(several) == 1 else "elsewhere-more"
            self.list.addItem(look.words(name, name=first.name, where=first.where, count=len(several)))
            self.list.item(self.list.count() - 1).setToolTip(plain_tip(f"{first.name}\n{first.where}"))
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(look.em(1.6) * min(MOST, len(self._firsts)) + 4)
        self.list.itemDoubleClicked.connect(lambda _: self._open())
        self.list.installEventFilter(self)
        button = QPushButton(look.words("open-elsewhere"), self)
        button.clicked.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label)
        layout.addWidget(self.list)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the list opens the form."""
        if (
            watched is self.list
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        ):
            self._open()
            return True
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        self.wanted.emit(self._firsts[self.list.currentRow()])
