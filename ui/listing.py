"""A list to read: rows of texts, each row as high as its texts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from ui.look import Look


class Listing(QTableWidget):
    """Shows rows of texts under headings; ``widths`` are those of all columns but the last, in letters."""

    def __init__(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(len(rows), len(headings), parent)
        self.setHorizontalHeaderLabels(list(headings))
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setHighlightSections(False)
        self.setAccessibleName(headings[-1])
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                self.setItem(row, column, QTableWidgetItem(text))
        self.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, look.em(width))
        self._later = QTimer(self)  # once the columns have their widths
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fit_rows)
        self.horizontalHeader().sectionResized.connect(lambda *_: self._later.start())
        self.setMinimumHeight(min(look.em(16), look.em(2.4) * (len(rows) + 1)))

    def texts(self) -> list[str]:
        """Give the last text of each row."""
        found = (self.item(row, self.columnCount() - 1) for row in range(self.rowCount()))
        return [one.text() for one in found if one is not None]

    def choose(self, row: int) -> None:
        """Stand on a row; said in full, for the keys that brought the page may still be held down."""
        flags = QItemSelectionModel.SelectionFlag
        self.setCurrentCell(row, 0, flags.ClearAndSelect | flags.Rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rows their heights at the new width."""
        super().resizeEvent(event)
        self._later.start()

    def _fit_rows(self) -> None:
        self.resizeRowsToContents()
        if self.currentRow() >= 0:
            self.scrollTo(self.currentIndex())
