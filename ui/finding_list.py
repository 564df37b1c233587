"""The list of findings, grouped by gravity: one line each, until one of them is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from core.sheet.places import Place
from ui.look import Look, plain_tip
from ui.marks import SIGNS, mark_icon

if TYPE_CHECKING:
    from core.check.finding import Finding
    from ui.problem_entry import ProblemEntry

GROUPS = ("error", "warning", "hint", "missing")

_PADDING = 8
_FINDING = Qt.ItemDataRole.UserRole


class FindingList(QListWidget):
    """Shows findings. ``chosen`` carries the row of one that was clicked or on which Enter was pressed.

    ``resized`` when there is another width for the open entry, as when a scroll bar comes.
    """

    chosen = Signal(int)
    resized = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_explained: Callable[[Finding], bool] = lambda _: False
        self._table = ""
        self._answered: list[bool] = []
        self._headings: list[tuple[QListWidgetItem, str, list[Finding]]] = []
        self.setAccessibleName(look.words("findings"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(QSize(look.em(1), look.em(1)))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.itemClicked.connect(lambda item: self.chosen.emit(self.row(item)))

    # -- asking ------------------------------------------------------------------------------------------

    def finding(self, row: int) -> Finding | None:
        """Give the finding of a row, None for a heading."""
        item = self.item(row)
        found: Finding | None = item.data(_FINDING) if item else None
        return found

    def rows(self) -> list[int]:
        """Give the rows that hold findings."""
        return [row for row in range(self.count()) if self.finding(row) is not None]

    def row_for(self, place: Place | None, *, with_fix: bool = False) -> int | None:
        """Give the first row about a place, or the first one about it that offers a fix."""
        if place is None:
            return None
        for row in self.rows():
            finding = self.finding(row)
            if finding is not None and place in finding.places and (finding.fix or not with_fix):
                return row
        return None

    def row_of(self, finding: Finding | None) -> int | None:
        """Give the row of a finding, whatever it says by now."""
        if finding is None:
            return None
        for row in self.rows():
            one = self.finding(row)
            if one is not None and (one.check, one.places) == (finding.check, finding.places):
                return row
        return None

    # -- showing -----------------------------------------------------------------------------------------

    def fill(
        self, findings: Iterable[Finding], is_explained: Callable[[Finding], bool], table: str = ""
    ) -> None:
        """Show other findings, all of them closed.

        ``table`` is the name of the only table: a line has no room for what goes without saying.
        """
        self._is_explained, self._table = is_explained, table
        self.clear()
        self._headings = []
        shown = list(findings)
        for group in GROUPS:
            members = [one for one in shown if group_of(one) == group]
            if members:
                self._add_heading(group, members)
            for one in members:
                item = QListWidgetItem()
                item.setData(_FINDING, one)
                self._show_closed(item, one)
                self.addItem(item)
        self._answered = self._answered_now()
        self._count()

    def show_anew(self) -> None:
        """Say again which findings are explained, where an explanation came or went since."""
        answered = self._answered_now()
        if answered == self._answered:
            return
        self._answered = answered
        for row in self.rows():
            item, finding = self.item(row), self.finding(row)
            if finding is not None and self.itemWidget(item) is None:
                self._show_closed(item, finding)
        self._count()

    def _answered_now(self) -> list[bool]:
        found = (self.finding(row) for row in self.rows())
        return [self._is_explained(one) for one in found if one is not None]

    def _count(self) -> None:
        for item, group, members in self._headings:
            explained = sum(map(self._is_explained, members))
            count = len(members) - explained
            text = self._look.words(f"group-{group}", sign=SIGNS[group], count=count)
            item.setText(text + (self._look.words("group-explained", count=explained) if explained else ""))

    def open(self, row: int, entry: ProblemEntry) -> None:
        """Show an entry in place of a row's line; Tab goes from the list into it."""
        item = self.item(row)
        item.setIcon(QIcon())
        item.setText("")
        self.setItemWidget(item, entry)
        before: QWidget = self
        for one in entry.findChildren(QWidget):
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(before, one)
                before = one
        self.fit(row, entry)
        self.scrollToItem(item)

    def fit(self, row: int, entry: ProblemEntry) -> None:
        """Give an open entry the height its text needs."""
        item = self.item(row)
        if item is not None:
            item.setSizeHint(QSize(0, entry.height_for(self.viewport().width()) + _PADDING))

    def close_entry(self, entry: ProblemEntry) -> None:
        """Show a line in place of an entry again."""
        for row in range(self.count()):
            item = self.item(row)
            if self.itemWidget(item) is entry:
                self.removeItemWidget(item)
                self._show_closed(item, entry.finding)
        entry.hide()

    # -- Qt's events -------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the new width."""
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard in an entry, else jumps to the cell."""
        focus = QApplication.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focus, QPushButton) and self.isAncestorOf(focus):
            focus.click()
        elif self.currentRow() >= 0:
            self.chosen.emit(self.currentRow())

    # -- inside ------------------------------------------------------------------------------------------

    def _add_heading(self, group: str, members: list[Finding]) -> None:
        item = QListWidgetItem()
        self._headings.append((item, group, members))
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(self._look.colour("muted"))
        item.setSizeHint(self._line())
        self.addItem(item)

    def _line(self) -> QSize:
        """Give the size of a closed entry: one line; as narrow as may be, so that long texts are elided."""
        return QSize(0, self._look.em(2))

    def _show_closed(self, item: QListWidgetItem, finding: Finding) -> None:
        """Show a finding as one line."""
        full = text = finding.message.replace("\n", " ")
        if self._table and text.startswith(f"{self._table}第"):
            text = text.removeprefix(self._table)
        if self._is_explained(finding):
            text = self._look.words("explained-entry", message=text)
        explained = self._is_explained(finding)
        item.setForeground(self._look.colour("muted" if explained else "text"))
        item.setIcon(mark_icon(self._look, group_of(finding)))
        item.setText(text)
        item.setToolTip(plain_tip(full))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, text)  # also while its entry is open
        item.setSizeHint(self._line())


def group_of(finding: Finding) -> str:
    """Give where a finding stands in the list: empty required cells last, whatever their gravity."""
    return "missing" if finding.missing else finding.severity.value
