"""A row of widgets that goes on in a second line where the window is too narrow for one.

A line is filled by what its widgets need at least; what room is left they share, each up to its most.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowRow(QLayout):
    """Lays widgets side by side, in as few lines as the width allows."""

    def __init__(self, between: int, below: int) -> None:
        """``between`` two widgets and ``below`` a line is so much room, in pixels."""
        super().__init__()
        self._between, self._below = between, below
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    # -- what Qt asks of a layout --------------------------------------------------------------------------

    def addItem(self, item: QLayoutItem) -> None:
        """Take a widget in at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Give how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Give one of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # None ends Qt's walk
        """Let one go."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Its height depends on its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Give the height of all lines at a width."""
        lines = self._lines(width)
        return sum(map(_height, lines)) + self._below * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        """Give the room of one line."""
        wide = sum(item.minimumSize().width() for item in self._items)
        return QSize(wide + self._between * max(0, len(self._items) - 1), _height(self._items))

    def minimumSize(self) -> QSize:
        """Give the room of the widest widget: the others go below it."""
        return QSize(max((one.minimumSize().width() for one in self._items), default=0), _height(self._items))

    def setGeometry(self, rect: QRect) -> None:
        """Stand all of them in their lines."""
        super().setGeometry(rect)
        top = rect.top()
        for line in self._lines(rect.width()):
            left, height = rect.left(), _height(line)
            for item, width in zip(line, self._widths(line, rect.width()), strict=True):
                item.setGeometry(QRect(left, top, width, height))
                left += width + self._between
            top += height + self._below

    # -- inside ------------------------------------------------------------------------------------------

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._items:
            needs = item.minimumSize().width()
            if not lines or left + self._between + needs > width:
                lines.append([])
                left = -self._between
            lines[-1].append(item)
            left += self._between + needs
        return lines

    def _widths(self, line: list[QLayoutItem], width: int) -> list[int]:
        """Share what a line has left among those that may be wider, in proportion."""
        least = [item.minimumSize().width() for item in line]
        more = [max(0, _most(item) - needs) for item, needs in zip(line, least, strict=True)]
        left = max(0, width - sum(least) - self._between * (len(line) - 1))
        part = min(1.0, left / sum(more)) if sum(more) else 0.0
        return [needs + int(wish * part) for needs, wish in zip(least, more, strict=True)]


def _height(items: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in items), default=0)


def _most(item: QLayoutItem) -> int:
    widget: QWidget | None = item.widget()
    return widget.maximumWidth() if widget is not None else item.minimumSize().width()
