"""The indicator library to look through: by field of work, by words and pinyin, with formula and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QScrollArea,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from core.library.picking import usual_values, written_way
from ui.indicators import Asked
from ui.page_frame import PageFrame
from ui.tools import Tools

if TYPE_CHECKING:
    from pathlib import Path

    from core.library.entry import Entry
    from core.library.search import Found
    from core.sheet.messages import Messages

_MOST = 500
"""So many of a search are shown; who needs more types another letter."""
_COLUMNS = (("name", 20), ("level", 10.5), ("way", 8), ("usual", 0))
_OWN = "K"
"""The mark of an entry that no published form stands behind."""
_LEADS_ON = (Qt.Key.Key_Down, Qt.Key.Key_PageDown)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class LibraryPage(PageFrame):
    """Shows the library. ``wanted`` carries the entry for the current row; own files are added and removed.

    ``row`` names the row of the sheet that an entry can be put into, ``""`` when one stands in none.
    """

    wanted = Signal(object)
    file_wanted = Signal()
    removal_wanted = Signal(object)
    wide = True

    def __init__(self, tools: Tools, asked: Asked | None, row: str, parent: QWidget | None = None) -> None:
        say = tools.messages.say
        super().__init__(say("library.title"), tools.look, parent, scrolls=False)
        self._tools, self._indicators, self._asked, self._row = tools, tools.indicators, asked, row
        self._say = say
        self._model = _Lines(tools.messages, self)
        self.body.setContentsMargins(16, 0, 16, 12)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        self.body.addLayout(columns, 1)
        self.areas = self._make_areas()
        columns.addWidget(self.areas)
        right = QVBoxLayout()
        right.setSpacing(8)
        columns.addLayout(right, 1)
        self.search = self._make_search()
        right.addWidget(self.search)
        self.list = self._make_list()
        right.addWidget(self.list, 1)
        self.told = QLabel(self.content)
        right.addWidget(self._make_told(self.told))
        right.addLayout(self._make_feet())
        self._indicators.ready.connect(self._fill)

    def begin(self) -> None:
        """Begin where words are typed."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_library(self, own: Sequence[Path]) -> None:
        """Show the library as it is now; ``own`` are the files that were added."""
        library = self._indicators.library()
        self._indicators.prepare(self._asked.document if self._asked else None)
        chosen = self.area
        self.areas.blockSignals(True)
        self.areas.clear()
        self.areas.addItem(self._say("library.all-areas", count=len(library.entries)))
        self.areas.addItems(library.areas)
        self.areas.setCurrentRow(library.areas.index(chosen) + 1 if chosen in library.areas else 0)
        self.areas.blockSignals(False)
        self._menu.clear()
        self._menu.addAction(self._say("library.add-file")).triggered.connect(
            lambda _=False: self.file_wanted.emit()
        )
        for file in own:
            action = self._menu.addAction(self._say("library.remove-file", file=file.name))
            action.triggered.connect(lambda _=False, file=file: self.removal_wanted.emit(file))
        self._fill()

    @property
    def area(self) -> str:
        """The field of work that is chosen, ``""`` for all."""
        item = self.areas.currentItem() if self.areas.currentRow() > 0 else None
        return item.text() if item is not None else ""

    @property
    def current(self) -> Entry | None:
        """The indicator one stands on."""
        return self._model.entry(self.list.currentIndex().row())

    def names(self) -> list[str]:
        """Give the names in the list."""
        return [one.entry.name for one in self._model.found]

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """↓ leads from the box into the list, ↑ and letters back; Enter puts the indicator into the row."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.search and event.key() in _LEADS_ON:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() in _ENTERS:
                self._want()
                return True
            if watched is self.list and self._leads_back(event):
                self.search.setFocus(Qt.FocusReason.OtherFocusReason)
                self.search.insert(event.text().strip() if event.text().isprintable() else "")
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type] # every watched thing is a QObject

    # -- parts -----------------------------------------------------------------------------------------------

    def _make_areas(self) -> QListWidget:
        areas = QListWidget(self.content)
        areas.setAccessibleName(self._say("library.areas"))
        areas.setFixedWidth(self.look.em(12))
        areas.setFrameShape(QFrame.Shape.NoFrame)
        areas.currentRowChanged.connect(lambda _: self._fill())
        return areas

    def _make_search(self) -> QLineEdit:
        search = QLineEdit(self.content)
        search.setPlaceholderText(self._say("library.search-hint"))
        search.setAccessibleName(self._say("library.search-hint"))
        search.setClearButtonEnabled(True)
        search.textChanged.connect(lambda _: self._fill())
        search.installEventFilter(self)
        return search

    def _make_list(self) -> QTreeView:
        view = QTreeView(self.content)
        view.setAccessibleName(self._say("library.title"))
        view.setModel(self._model)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = view.header()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setStretchLastSection(True)
        for number, (_, width) in enumerate(_COLUMNS[:-1]):
            header.resizeSection(number, self.look.em(width))
        view.selectionModel().currentChanged.connect(lambda *_: self._tell())
        view.activated.connect(lambda _: self._want())
        view.installEventFilter(self)
        return view

    def _make_told(self, label: QLabel) -> QScrollArea:
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setContentsMargins(8, 8, 8, 8)
        area = QScrollArea(self.content)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(label)
        area.setFixedHeight(self.look.em(11))
        return area

    def _make_feet(self) -> QHBoxLayout:
        feet = QHBoxLayout()
        self.use = QPushButton(
            self._say("library.use", row=self._row) if self._row else self._say("library.use-none")
        )
        self.use.setObjectName("main")
        self.use.clicked.connect(self._want)
        files = QPushButton(self._say("library.own-files"), self.content)
        self._menu = QMenu(files)
        files.setMenu(self._menu)
        feet.addWidget(self.use)
        feet.addStretch(1)
        feet.addWidget(files)
        return feet

    # -- inside ----------------------------------------------------------------------------------------------

    def _leads_back(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Up:
            return self.list.currentIndex().row() <= 0
        return event.text().isprintable() and event.text().strip() != ""

    def _fill(self) -> None:
        text, kept = self.search.text(), self.current
        if text.strip() and not self._indicators.is_ready(None):
            return  # what is shown stays until words can be looked for
        self._model.show(self._indicators.look_through(self._asked, text, self.area, _MOST))
        entries = [one.entry for one in self._model.found]
        row = entries.index(kept) if kept in entries and not text else 0
        self.list.setCurrentIndex(self._model.index(row, 0))
        self._tell()

    def _tell(self) -> None:
        entry = self.current
        self.use.setEnabled(entry is not None and bool(self._row))
        if entry is None:
            self.told.setText(self._say("library.nothing-found"))
            return
        parts = (
            ("also", "、".join(entry.also)),
            ("formula", entry.formula),
            ("evidence", entry.evidence),
            ("values", entry.values),
            ("source", self._say("library.source-own") if entry.source == _OWN else entry.source),
        )
        told = [self._say(f"library.told-{key}", text=text) for key, text in parts if text]
        self.told.setText(
            "\n".join([self._say("library.told-name", name=entry.name, area=entry.area), *told])
        )

    def _want(self) -> None:
        entry = self.current
        if entry is not None and self._row:
            self.wanted.emit(entry)


class _Lines(QAbstractTableModel):
    """What was found, a line each; made only as far as it is seen."""

    def __init__(self, messages: Messages, parent: QWidget) -> None:
        super().__init__(parent)
        self._messages = messages
        self.found: list[Found] = []

    def show(self, found: list[Found]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """Give the entry of a line, None where there is none."""
        return self.found[row].entry if 0 <= row < len(self.found) else None

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Give how many lines there are."""
        return 0 if parent.isValid() else len(self.found)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        """Give how many columns there are."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Give the heading of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._messages.say(f"library.column-{_COLUMNS[section][0]}")
        return None

    def data(self, index: _Index, role: int = 0) -> Any:
        """Give a text of a line."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        found, entry = self.found[index.row()], self.found[index.row()].entry
        match _COLUMNS[index.column()][0]:
            case "name":
                return entry.name
            case "level":
                return entry.level2 or entry.level1
            case "way":
                return written_way(entry, self._messages)
        usual = [usual_values(entry, self._messages)]
        if found.used:
            usual.append(self._messages.say("library.used-before"))
        return " · ".join(filter(None, usual))
