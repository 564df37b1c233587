"""Help (F1): the keys, and what the person must know."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from ui.actions import ACTIONS, shown_keys
from ui.page_frame import PageFrame
from ui.tools import Tools

SHEET_KEYS = (
    *("type", "f2", "enter", "tab", "alt-enter", "escape", "delete"),
    *("alt-down", "arrows", "copy"),
)
PAGE_KEYS = ("page-go", "page-back")


class HelpPage(PageFrame):
    """Says which key does what. ``all_wanted`` asks for the list of all checks."""

    all_wanted = Signal()
    is_read = True

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(tools.words("help-title"), tools.look, parent)
        self.text(tools.words("not-secret"), "warning")
        self.text(tools.words("help-saving"))
        self.text(tools.words("help-checks"))
        self.every = QPushButton(tools.words("all-checks"), self)
        self.every.clicked.connect(self.all_wanted)
        self.bar.addWidget(self.every)
        self.text(tools.words("help-sheet"), "heading")
        self._table([(tools.words(f"key-{one}"), tools.words(f"key-{one}-does")) for one in SHEET_KEYS])
        self.text(tools.words("help-window"), "heading")
        rows = [
            (" / ".join(map(shown_keys, one.keys[:2])), tools.words(f"action-{one.name}").rstrip("…"))
            for one in ACTIONS
            if one.keys
        ]
        page_keys = [(tools.words(f"key-{one}"), tools.words(f"key-{one}-does")) for one in PAGE_KEYS]
        self._table([*rows, *page_keys])
        self.text(tools.words("help-data", folder=str(tools.store.folder.path)), "quiet")
        self.body.addStretch(1)

    def _table(self, rows: list[tuple[str, str]]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        for number, texts in enumerate(rows):
            for column, text in enumerate(texts):
                label = QLabel(text, self.content)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setWordWrap(column == 1)
                grid.addWidget(label, number, column)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
