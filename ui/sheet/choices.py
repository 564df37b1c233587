"""The list of what may stand in a cell: opened with Alt+↓ or the small arrow, never while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from core.sheet.document import Document
from core.sheet.grid import Cell

if TYPE_CHECKING:
    from core.sheet.levels import Levels

_LEVELS = {"level1": 1, "level2": 2}


class Choices:
    """Gives the texts a cell offers: its options, or the level names that fit its row."""

    def __init__(self, levels_file: Path) -> None:
        self._file = levels_file
        self._levels: Levels | None = None

    @staticmethod
    def offered(cell: Cell) -> bool:
        """Whether a cell has a list at all; reads no file."""
        return cell.field is not None and (bool(cell.field.options) or cell.field.kind in _LEVELS)

    def of(self, document: Document, cell: Cell) -> list[str]:
        """Give the texts a cell offers."""
        if cell.field is None:
            return []
        depth = _LEVELS.get(cell.field.kind)
        if depth is None:
            return list(cell.field.options)
        if self._levels is None:
            from core.sheet.levels import read_levels

            self._levels = read_levels(self._file)
        return self._levels.names(depth, self._level1(document, cell) if depth == 2 else "")

    @staticmethod
    def _level1(document: Document, cell: Cell) -> str:
        """Give the level-1 name in the cell's row."""
        place = cell.place
        if place is None or not place.table:
            return ""
        row = document.row(place.table, place.row)
        columns = document.form.tables[place.table].columns
        names = [name for name, column in columns.items() if column.kind == "level1"]
        return row.cells.get(names[0], "") if row and names else ""


class ChoiceList(QListWidget):
    """A list that opens under a cell, takes one text and goes."""

    def __init__(
        self, options: Sequence[str], current: str, chosen: Callable[[str], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self.setObjectName("choices")
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for option in options:
            self.addItem(QListWidgetItem(option))
        self.setCurrentRow(options.index(current) if current in options else 0)
        self.itemActivated.connect(self._take)
        self.itemClicked.connect(self._take)

    def open_below(self, widget: QWidget) -> None:
        """Open under a widget, as wide as it or as its longest text."""
        rows = min(self.count(), 12)
        height = self.sizeHintForRow(0) * rows + 2 * self.frameWidth()
        self.resize(max(widget.width(), self.sizeHintForColumn(0) + 3 * self.sizeHintForRow(0)), height)
        self.move(self._place(widget))
        self.setAccessibleName(widget.accessibleName())
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the list and leaves the cell as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _place(self, widget: QWidget) -> QPoint:
        """Give where it opens: below the widget, above it where the screen ends."""
        below = widget.mapToGlobal(QPoint(0, widget.height()))
        screen = widget.screen().availableGeometry()
        left = max(screen.left(), min(below.x(), screen.right() - self.width()))
        if below.y() + self.height() <= screen.bottom():
            return QPoint(left, below.y())
        return QPoint(left, max(screen.top(), below.y() - widget.height() - self.height()))

    def _take(self, item: QListWidgetItem) -> None:
        text = item.text()
        self.close()
        self._chosen(text)
