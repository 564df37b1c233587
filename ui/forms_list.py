"""The drafts (我的报表) on the left: by unit and year, with state and what is still wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.draft.content import copy_of
from core.draft.records import Draft, Shelf, Status
from core.sheet.errors import RefusedError
from ui.judging import Tally
from ui.look import plain_tip
from ui.quiet_box import QuietBox
from ui.tools import Tools

_SHELVES = (Shelf.CURRENT, Shelf.ARCHIVED, Shelf.BIN)
_DRAFT = Qt.ItemDataRole.UserRole
_SEEN = 8
"""So many letters of a title are seen where the list is as narrow as it usually is."""
_STATES = {
    Status.FILLING: "●",
    Status.FINAL: "■",
    Status.SENT: "✔",
    Status.RETURNED: "↩",
    Status.PASSED: "✔",
    Status.APPROVED: "◆",
    Status.ARCHIVED: "▣",
}


class FormsList(QFrame):
    """Lists a shelf of drafts. ``opened`` carries a draft's id, ``put_away`` one whose tab must close.

    ``reloaded`` when the list was read anew.
    """

    opened = Signal(str)
    put_away = Signal(str)
    carry_wanted = Signal(str)
    refused = Signal(object)
    reloaded = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("forms")
        self._tools = tools
        self._current = ""
        self._tallies: dict[str, Tally] = {}
        self._heading = QLabel(tools.words("my-forms"), self)
        self._heading.setObjectName("heading")
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(tools.words("search"))
        self._search.setAccessibleName(tools.words("search-forms"))
        self._search.setClearButtonEnabled(True)
        self._search.textEdited.connect(lambda _: self._filter())
        self._shelf = QuietBox(self)
        self._shelf.setAccessibleName(tools.words("shelf"))
        # Without data: the first item with data costs 20 ms of the start.
        self._shelf.addItems([tools.words(f"shelf-{shelf.name.lower()}") for shelf in _SHELVES])
        self._shelf.activated.connect(lambda _: self.reload())
        self._tree = self._make_tree()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 4, 4)
        for widget in (self._heading, self._search, self._tree, self._shelf):
            layout.addWidget(widget)
        layout.setStretch(2, 1)

    def reload(self) -> None:
        """Read the list from the store."""
        shelf = _SHELVES[self._shelf.currentIndex()]
        try:
            drafts = self._tools.store.drafts.list(shelf)
        except RefusedError as error:
            self.refused.emit(error)
            return
        self._tree.clear()
        groups: dict[tuple[str, str], QTreeWidgetItem] = {}
        stages: dict[tuple[str, str, str], set[str]] = {}
        for draft in drafts:
            stages.setdefault(self._named(draft), set()).add(draft.facts.stage)
        # By name, not by time: what one types must not move the list.
        drafts = sorted(drafts, key=lambda one: (one.facts.title, one.facts.form, one.id))
        drafts.sort(key=lambda one: one.facts.year, reverse=True)
        for draft in sorted(drafts, key=lambda one: one.facts.unit_name):
            key = (draft.facts.unit_name, draft.facts.year)
            if key not in groups:
                groups[key] = self._add_group(*key)
            self._add(groups[key], draft, with_stage=len(stages[self._named(draft)]) > 1)
        self._filter()
        self.show_current(self._current)
        self.reloaded.emit()

    def lists(self, draft_id: str, facts: tuple[str, str, str]) -> bool:
        """Whether a draft stands in the list under these facts (unit, year, project), or not at all."""
        found = [one.data(0, _DRAFT).facts for one in self._items() if one.data(0, _DRAFT).id == draft_id]
        return not found or (found[0].unit_name, found[0].year, found[0].title) == facts

    def show_current(self, draft_id: str) -> None:
        """Mark the draft whose tab is in front."""
        self._current = draft_id
        for item in self._items():
            if item.data(0, _DRAFT).id == draft_id:
                self._tree.setCurrentItem(item)
                return
        self._tree.clearSelection()

    def show_tally(self, draft_id: str, tally: Tally) -> None:
        """Show how many findings an open draft has now."""
        if self._tallies.get(draft_id) == tally:
            return
        self._tallies[draft_id] = tally
        for item in self._items():
            if item.data(0, _DRAFT).id == draft_id:
                self._show_counts(item)

    # -- inside ------------------------------------------------------------------------------------------

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setAccessibleName(self._tools.words("my-forms"))
        tree.setHeaderHidden(True)
        tree.setColumnCount(2)
        tree.setIndentation(self._tools.look.em(0.9))
        tree.setFrameShape(QFrame.Shape.NoFrame)
        tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(1)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._open_menu)
        tree.itemActivated.connect(lambda item, _: self._open(item))
        tree.itemClicked.connect(lambda item, _: self._open(item))
        return tree

    def _add_group(self, unit: str, year: str) -> QTreeWidgetItem:
        words = self._tools.words
        unit = unit or words("no-unit")
        group = QTreeWidgetItem([words("group", unit=unit, year=year) if year else unit])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setForeground(0, self._tools.look.colour("muted"))
        self._tree.addTopLevelItem(group)
        group.setFirstColumnSpanned(True)
        group.setExpanded(True)
        return group

    def _named(self, draft: Draft) -> tuple[str, str, str]:
        """Give what a draft is told by: unit, year and what is seen of its title."""
        facts = draft.facts
        return facts.unit_name, facts.year, self._tools.title(facts)[:_SEEN]

    def _add(self, group: QTreeWidgetItem, draft: Draft, *, with_stage: bool) -> None:
        """Put a draft into its group; the stage tells it from another whose title looks the same."""
        title = self._tools.title(draft.facts)
        if with_stage and draft.facts.stage:
            title = self._tools.words("form-staged", title=title, stage=draft.facts.stage)
        item = QTreeWidgetItem([f"{_STATES[draft.status]} {title}"])
        item.setData(0, _DRAFT, draft)
        item.setToolTip(0, plain_tip(title))
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        spoken = self._tools.words("form-spoken", title=title, state=self._state(draft))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
        group.addChild(item)
        self._show_counts(item)

    def _state(self, draft: Draft) -> str:
        words = self._tools.words
        return words("changed-since-sent") if draft.changed_since_sent else str(draft.status)

    def _show_counts(self, item: QTreeWidgetItem) -> None:
        draft: Draft = item.data(0, _DRAFT)
        words, look = self._tools.words, self._tools.look
        tally = self._tallies.get(draft.id)
        counts = tally or draft.counts
        text, colour = "", "muted"
        if draft.damaged:
            text, colour = words("damaged"), "error"
        elif draft.status is not Status.FILLING:
            text = self._state(draft)
        elif counts is not None and counts.errors:
            text, colour = words("list-errors", count=counts.errors), "error"
        elif counts is not None and counts.warnings:
            text, colour = words("list-warnings", count=counts.warnings), "warning"
        elif counts is not None and counts.missing:
            text = words("list-missing", count=counts.missing)
        item.setText(1, text)
        item.setForeground(1, look.colour(colour))

    def _items(self) -> list[QTreeWidgetItem]:
        found = []
        for number in range(self._tree.topLevelItemCount()):
            group = self._tree.topLevelItem(number)
            if group is not None:
                found += [group.child(index) for index in range(group.childCount())]
        return found

    def _filter(self) -> None:
        wanted = _folded(self._search.text())
        for number in range(self._tree.topLevelItemCount()):
            group = self._tree.topLevelItem(number)
            if group is None:
                continue
            in_group = wanted in _folded(group.text(0))
            seen = 0
            for index in range(group.childCount()):
                shown = in_group or wanted in _folded(group.child(index).text(0))
                group.child(index).setHidden(not shown)
                seen += shown
            group.setHidden(not seen)

    def _open(self, item: QTreeWidgetItem) -> None:
        draft: Draft | None = item.data(0, _DRAFT)
        if draft is None:
            item.setExpanded(not item.isExpanded())
        elif draft.deleted_at is None:
            self.opened.emit(draft.id)

    def _open_menu(self, point: QPoint) -> None:
        item = self._tree.itemAt(point)
        draft: Draft | None = item.data(0, _DRAFT) if item else None
        if draft is None:
            return
        menu = QMenu(self)
        for name, run in self._entries(draft):
            action = QAction(self._tools.words(f"form-{name}"), menu)
            action.triggered.connect(run)
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._tree.viewport().mapToGlobal(point))

    def _entries(self, draft: Draft) -> list[tuple[str, Callable[[], None]]]:
        """Give what can be done with a draft, by the shelf it lies on."""
        drafts = self._tools.store.drafts
        if draft.deleted_at is not None:
            return [
                ("restore", lambda: self._change(drafts.restore(draft.id))),
                ("purge", lambda: self._purge(draft)),
            ]
        away: list[tuple[str, Callable[[], None]]] = [
            ("open", lambda: self.opened.emit(draft.id)),
            ("copy", lambda: self._copy(draft)),
            ("carry", lambda: self.carry_wanted.emit(draft.id)),
        ]
        if draft.archived:
            away.append(("unarchive", lambda: self._change(drafts.unarchive(draft.id))))
        else:
            away.append(("archive", lambda: self._put_away(draft, drafts.archive)))
        return [*away, ("delete", lambda: self._put_away(draft, drafts.delete))]

    def _put_away(self, draft: Draft, change: Callable[[str], Future[None]]) -> None:
        self.put_away.emit(draft.id)
        self._change(change(draft.id))

    def _copy(self, draft: Draft) -> None:
        try:
            opened = self._tools.store.drafts.read(draft.id)
            content = copy_of(opened.document, self._tools.forms)
            self._tools.store.drafts.create(content).result()
        except RefusedError as error:
            self.refused.emit(error)
            return
        self.reload()
        self.opened.emit(content.id)

    def _purge(self, draft: Draft) -> None:
        words = self._tools.words
        question = words("purge-question", title=self._tools.title(draft.facts))
        if self._tools.ask.confirm(question, words("form-purge")):
            self._change(self._tools.store.drafts.purge(draft.id))

    def _change(self, asked: Future[None]) -> None:
        try:
            asked.result()
        except RefusedError as error:
            self.refused.emit(error)
        self.reload()


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
