"""The index of all checks (全部检查规则): by family, narrowed by words or an id while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from ui.page_frame import PageFrame
from ui.tools import Tools

if TYPE_CHECKING:
    from core.check.reference import Reference

_CHECK = Qt.ItemDataRole.UserRole
_NARROW = {1: 18, 2: 5}
"""Widths of gravity and id, in letters; what is checked has the rest."""
_TO_THE_LIST = (Qt.Key.Key_Down, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChecksPage(PageFrame):
    """Lists the checks. ``wanted`` carries the id of the one to read."""

    wanted = Signal(str)

    def __init__(
        self,
        reference: Reference,
        tools: Tools,
        words: str = "",
        check: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``words`` stand in the search box, ``check`` is the one to stand on."""
        super().__init__(tools.words("all-checks"), tools.look, parent, scrolls=False)
        self._reference = reference
        self.body.setContentsMargins(16, 0, 16, 12)
        self.search = QLineEdit(self.content)
        self.search.setPlaceholderText(tools.words("checks-hint"))
        self.search.setAccessibleName(tools.words("checks-hint"))
        self.search.setMaximumWidth(tools.look.em(34))
        self.search.installEventFilter(self)
        self.body.addWidget(self.search)
        self.list = QTreeWidget(self.content)
        self.list.setObjectName("checks")
        self.list.setAccessibleName(tools.words("all-checks"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setColumnCount(3)
        columns = self.list.header()
        columns.setStretchLastSection(False)
        columns.setMinimumSectionSize(0)
        columns.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in _NARROW.items():
            columns.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            columns.resizeSection(column, tools.look.em(width))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformRowHeights(True)
        self.list.itemClicked.connect(self._read)
        self.list.installEventFilter(self)
        self.body.addWidget(self.list, 1)
        self.nothing = self.text(tools.words("no-checks-found"), "quiet")
        self.search.setText(words)
        self.search.textChanged.connect(self._fill)
        self._fill(words)
        self._stand_on(check)

    @property
    def words(self) -> str:
        """What is searched for."""
        return self.search.text()

    def shown(self) -> list[str]:
        """Give the ids in the list."""
        return [check for check in map(_check, self._items()) if check]

    @property
    def current(self) -> str:
        """The id of the one stood on, ``""`` when the list is empty."""
        return _check(self.list.currentItem())

    def begin(self) -> None:
        """Begin where words are typed; where one comes back from a page, in the list."""
        come_back = self.current not in ("", *self.shown()[:1])
        (self.list if come_back else self.search).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Enter reads the current one; ↓ leads from the box into the list, ↑ and letters back again."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _ENTER and self.current:
                self.wanted.emit(self.current)
                return True
            if watched is self.search and event.key() in _TO_THE_LIST:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if watched is self.list and self._leads_back(event):
                self.search.setFocus(Qt.FocusReason.OtherFocusReason)
                self.search.insert(event.text().strip() if event.text().isprintable() else "")
                return True
        return False

    # -- inside ------------------------------------------------------------------------------------------

    def _leads_back(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Up:
            return self.shown()[:1] == [self.current]
        return event.text().isprintable() and event.text().strip() != ""

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _fill(self, words: str) -> None:
        pages = self._reference.search(words)
        self.list.clear()
        family = ""
        for page in pages:
            if not words.strip() and page.family != family:
                family = page.family
                self._heading(family)
            item = QTreeWidgetItem([page.title, page.grave, page.check])
            item.setData(0, _CHECK, page.check)
            self.list.addTopLevelItem(item)
        self.list.setVisible(bool(pages))
        self.nothing.setVisible(not pages)
        self._stand_on(pages[0].check if pages else "")

    def _heading(self, family: str) -> None:
        item = QTreeWidgetItem([family])
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(0, self.look.colour("muted"))
        self.list.addTopLevelItem(item)

    def _stand_on(self, check: str) -> None:
        for item in self._items():
            if check and _check(item) == check:
                self.list.setCurrentItem(item)

    def _read(self, item: QTreeWidgetItem) -> None:
        if _check(item):
            self.wanted.emit(_check(item))


def _check(item: QTreeWidgetItem | None) -> str:
    return str(item.data(0, _CHECK) or "") if item is not None else ""
