"""What an import found: forms, what could not be placed, repairs; shown before anything is taken over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QTableWidget, QTableWidgetItem, QWidget

from core.sheet.document import Document
from ui.page_frame import PageFrame
from ui.tools import Tools

if TYPE_CHECKING:
    from core.intake.reading import Reading


def read_any(path: Path, tools: Tools) -> Reading:
    """Read a file a person chose, a package of ours too; for a thread. Raises RefusedError."""
    from core.handover.opening import documents_in, looks_like_package
    from core.intake.read import read_file
    from core.intake.reading import Reading
    from core.sheet.levels import read_levels

    if looks_like_package(path):
        return Reading(documents_in(path, tools.forms), [], [])
    return read_file(path, path.name, tools.forms, read_levels(tools.resources / "levels.toml"))


class ImportPage(PageFrame):
    """Shows a reading. ``taken`` carries the documents once the person has looked."""

    taken = Signal(object)

    def __init__(self, reading: Reading, name: str, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(tools.words("import-title"), tools.look, parent)
        from core.intake.reading import told_repair, told_unplaced, told_where

        words, messages = tools.words, tools.messages
        self.text(words("import-file", name=name))
        for document in reading.documents:
            self.text(_about(document, tools), "heading")
        if not reading.unplaced and not reading.repairs:
            self.text(words("import-clean"))
        if reading.unplaced:
            self.text(words("import-unplaced", count=len(reading.unplaced)), "warning")
            rows = [
                (told_where(one.where, messages), told_unplaced(one, messages)) for one in reading.unplaced
            ]
            self._table(("import-where", "import-text"), rows)
        if reading.repairs:
            self.text(words("import-repairs", count=len(reading.repairs)))
            repairs = [
                (told_where(one.where, messages), one.read, told_repair(one, messages))
                for one in reading.repairs
            ]
            self._table(("import-where", "import-text", "import-made"), repairs)
        self.button = QPushButton(words("import-take", count=len(reading.documents)), self.content)
        self.button.setObjectName("main")
        self.button.clicked.connect(lambda: self.taken.emit(reading.documents))
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def begin(self) -> None:
        """Begin at the button that takes the documents over."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        table = _Listing(len(rows), len(headings), self.content)
        table.setHorizontalHeaderLabels([self.look.words(one) for one in headings])
        table.setAccessibleName(self.look.words(headings[1]))
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setWordWrap(True)
        table.setTabKeyNavigation(False)
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                table.setItem(row, column, QTableWidgetItem(text))
        table.horizontalHeader().setStretchLastSection(True)
        table.setColumnWidth(0, self.look.em(11))
        if len(headings) > 2:
            table.setColumnWidth(1, self.look.em(24))
        table.setMinimumHeight(min(self.look.em(20), self.look.em(2.6) * (len(rows) + 1)))
        self.body.addWidget(table, len(rows))


class _Listing(QTableWidget):
    """A list to read, its rows as high as their texts at the width there is."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rows their heights at the new width."""
        super().resizeEvent(event)
        self.resizeRowsToContents()


def _about(document: Document, tools: Tools) -> str:
    filled = sum(1 for _ in document.places())
    title = tools.title_of(document)
    unit = document.unit_name or tools.words("no-unit")
    return tools.words("import-document", title=title, edition=document.form.edition, unit=unit, count=filled)
