"""The index of all checks (全部检查规则): by family, narrowed by words or an id while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui.page_frame import PageFrame
from ui.tools import Tools

if TYPE_CHECKING:
    from core.check.reference import Page, Reference

_CHECK = Qt.ItemDataRole.UserRole
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
        self._reference, self._words = reference, tools.words
        self.body.setContentsMargins(16, 0, 16, 12)
        self.search = QLineEdit(self.content)
        self.search.setPlaceholderText(tools.words("checks-hint"))
        self.search.setAccessibleName(tools.words("checks-hint"))
        self.search.setMaximumWidth(tools.look.em(34))
        self.search.installEventFilter(self)
        self.body.addWidget(self.search)
        self.list = QListWidget(self.content)
        self.list.setObjectName("checks")
        self.list.setAccessibleName(tools.words("all-checks"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setUniformItemSizes(True)
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
        found = (self.list.item(row).data(_CHECK) for row in range(self.list.count()))
        return [check for check in found if check]

    def begin(self) -> None:
        """Begin where words are typed; where one comes back from a page, in the list."""
        come_back = self.list.currentRow() > 0 and self.list.currentItem().data(_CHECK) != self.shown()[0]
        (self.list if come_back else self.search).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Enter reads the current one; ↓ leads from the box into the list, ↑ and letters back again."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _ENTER and self.list.currentItem() is not None:
                self._read(self.list.currentItem())
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
            return self.shown()[:1] == [self.list.currentItem().data(_CHECK)]
        return event.text().isprintable() and event.text().strip() != ""

    def _fill(self, words: str) -> None:
        pages = self._reference.search(words)
        self.list.clear()
        family = ""
        for page in pages:
            if not words.strip() and page.family != family:
                family = page.family
                self._heading(family)
            self._add(page)
        self.list.setVisible(bool(pages))
        self.nothing.setVisible(not pages)
        first = next((row for row in range(self.list.count()) if self.list.item(row).data(_CHECK)), -1)
        self.list.setCurrentRow(first)

    def _heading(self, family: str) -> None:
        item = QListWidgetItem(family)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(self.look.colour("muted"))
        self.list.addItem(item)

    def _add(self, page: Page) -> None:
        item = QListWidgetItem(
            self._words("check-entry", title=page.title, grave=page.grave, check=page.check)
        )
        item.setData(_CHECK, page.check)
        self.list.addItem(item)

    def _stand_on(self, check: str) -> None:
        for row in range(self.list.count()):
            if check and self.list.item(row).data(_CHECK) == check:
                self.list.setCurrentRow(row)

    def _read(self, item: QListWidgetItem) -> None:
        check = item.data(_CHECK)
        if check:
            self.wanted.emit(check)
