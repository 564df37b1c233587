"""The places of a finding in other forms: where they are, and a button that opens each such form."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui.look import Look
from ui.surroundings import Elsewhere


class ElsewhereBox(QWidget):
    """Names each other form once, with its first place. ``wanted`` carries the place to go to there."""

    wanted = Signal(object)

    def __init__(self, places: Iterable[Elsewhere], look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        by_draft: dict[str, list[Elsewhere]] = {}
        for one in places:
            by_draft.setdefault(one.id, []).append(one)
        for several in by_draft.values():
            first = several[0]
            name = "elsewhere" if len(several) == 1 else "elsewhere-more"
            label = QLabel(look.words(name, name=first.name, where=first.where, count=len(several)), self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setObjectName("quiet")
            layout.addWidget(label)
            button = QPushButton(look.words("open-elsewhere"), self)
            button.setAccessibleName(look.words("open-elsewhere-spoken", name=first.name))
            button.clicked.connect(lambda _=False, place=first: self.wanted.emit(place))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
