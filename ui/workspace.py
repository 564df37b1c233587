"""The open documents in tabs: opened from the store, kept there while they are typed in."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QTabBar, QTabWidget, QToolButton, QWidget

from core.draft.content import content_of, note_of, past_of
from core.draft.records import Counts
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.errors import RefusedError
from core.sheet.history import Record
from ui.judging import Judging, Tally
from ui.session import Session
from ui.sheet.pane import SheetPane
from ui.surroundings import Surroundings
from ui.tools import Tools


class Workspace(QTabWidget):
    """The tabs. ``changed`` tells which pane (or None) is in front, ``counted`` a draft's tally."""

    changed = Signal(object)
    counted = Signal(str, object)
    refused = Signal(object)
    zoomed = Signal(float)
    # What the pane in front tells:
    stood_on = Signal(object)
    about_cell = Signal(str)
    said = Signal(str)
    edited = Signal()
    copy_out_wanted = Signal()
    finishing = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self.surroundings = Surroundings(tools, lambda: [pane.session for pane in self.panes()], self)
        self.surroundings.judged_anew.connect(self._keep_counts)
        self._zoom = float(tools.settings.get("zoom", 1.0))
        self.setObjectName("workspace")
        self.setDocumentMode(True)
        self.setMovable(True)
        self.tabBar().setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)  # 申报表 and 批复表 differ at their end
        self.currentChanged.connect(lambda _: self._on_changed())
        self._empty = QLabel(tools.words("nothing-open"), self)
        self._empty.setObjectName("quiet")
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)

    # -- asking --------------------------------------------------------------------------------------

    @property
    def pane(self) -> SheetPane | None:
        """The pane in front."""
        widget = self.currentWidget()
        return widget if isinstance(widget, SheetPane) else None

    @property
    def session(self) -> Session | None:
        """The session in front."""
        return self.pane.session if self.pane else None

    def panes(self) -> Iterator[SheetPane]:
        """Give all panes."""
        for index in range(self.count()):
            widget = self.widget(index)
            if isinstance(widget, SheetPane):
                yield widget

    # -- opening and closing -------------------------------------------------------------------------

    def open(self, draft_id: str) -> SheetPane:
        """Open a draft, or bring it to the front; raises RefusedError when it cannot be read."""
        for pane in self.panes():
            if pane.session.document.id == draft_id:
                self.setCurrentWidget(pane)
                return pane
        opened = self._tools.store.drafts.read(draft_id)
        document = read_document(opened.document, self._tools.forms)
        try:
            past = past_of(opened.steps)
        except RefusedError as error:
            past = []
            self.refused.emit(error)
        return self._add(document, past)

    def open_new(self, document: Document) -> SheetPane:
        """Put a new document among the drafts and open it."""
        self._tools.store.drafts.create(content_of(document)).result()
        return self._add(document, [])

    def close_tab(self, index: int) -> None:
        """Close a tab; its draft stays in the list."""
        pane = self.widget(index)
        if isinstance(pane, SheetPane):
            pane.view.typing.finish()
            self.removeTab(index)
            pane.deleteLater()
            self.surroundings.look_soon()

    def close_draft(self, draft_id: str) -> None:
        """Close the tab of a draft that is put away."""
        for pane in list(self.panes()):
            if pane.session.document.id == draft_id:
                self.close_tab(self.indexOf(pane))

    def finish_typing(self) -> None:
        """Have all that is being composed and typed in the document, as before saving and printing.

        ``finishing`` tells those who take texts beside the sheet.
        """
        self.finishing.emit()
        for pane in self.panes():
            pane.view.typing.finish()
            pane.session.end_typing()

    # -- zoom ----------------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """How large letters of the sheets are."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Make letters of all sheets larger or smaller."""
        self._zoom = min(max(zoom, 0.5), 3.0)
        for pane in self.panes():
            pane.view.set_zoom(self._zoom)
        self._tools.remember("zoom", self._zoom)
        self.zoomed.emit(self._zoom)

    def dress(self) -> None:
        """Take a changed look."""
        for pane in self.panes():
            pane.view.dress()
            button = self.tabBar().tabButton(self.indexOf(pane), QTabBar.ButtonPosition.RightSide)
            if isinstance(button, QToolButton):
                button.setIcon(self._tools.look.icon("close"))

    # -- Qt's events -----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words in the middle."""
        super().resizeEvent(event)
        self._empty.setGeometry(self.rect())

    def tabInserted(self, index: int) -> None:
        """Take away what is said while nothing is open."""
        super().tabInserted(index)
        self._empty.hide()

    def tabRemoved(self, index: int) -> None:
        """Say how to go on when the last form was closed."""
        super().tabRemoved(index)
        self._empty.setVisible(self.count() == 0)

    # -- inside ------------------------------------------------------------------------------------------

    def _add(self, document: Document, past: list[Record]) -> SheetPane:
        judging = Judging(document, self._tools.open_engine)
        session = Session(document, past, judging, lambda *noted: self._keep(session, *noted), self)
        pane = SheetPane(session, self._tools.look, self._tools.choices, self)
        pane.indicators = self._tools.indicators
        session.setParent(pane)
        session.refused.connect(self.refused)
        session.edited.connect(lambda: self._on_edited(pane))
        pane.stood_on.connect(lambda place: self._pass_on(pane, self.stood_on, place))
        pane.about_cell.connect(lambda text: self._pass_on(pane, self.about_cell, text))
        pane.said.connect(self.said)
        pane.copy_out_wanted.connect(self.copy_out_wanted)
        pane.view.zoom_wanted.connect(lambda more: self.set_zoom(self._zoom + more))
        session.judged.connect(lambda: self.counted.emit(document.id, session.tally()))
        if self._zoom != 1.0:
            pane.view.set_zoom(self._zoom)
        index = self.addTab(pane, "")
        self.tabBar().setTabButton(index, QTabBar.ButtonPosition.RightSide, self._close_button(pane))
        self._name_tab(pane)
        self.setCurrentIndex(index)
        pane.view.first_painted.connect(lambda: self._start(pane))
        return pane

    def _close_button(self, pane: SheetPane) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("close-tab")
        button.setIcon(self._tools.look.icon("close"))
        button.setIconSize(QSize(14, 14))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(self._tools.words("action-close"))
        button.setToolTip(self._tools.words("action-close"))
        button.clicked.connect(lambda: self.close_tab(self.indexOf(pane)))
        return button

    def _start(self, pane: SheetPane) -> None:
        """Judge a document once it has been painted, and keep its counts for the list."""
        pane.start_judging()
        settle_memory()
        self._keep_counts(pane.session)
        self.surroundings.look_soon()

    def _keep_counts(self, session: Session) -> None:
        """Keep how many findings there are now, where no edit does."""
        drafts, counts = self._tools.store.drafts, counts_of(session.tally())
        with contextlib.suppress(RefusedError):  # what is wrong with the disk is told where it is saved
            if drafts.get(session.document.id).counts != counts:
                drafts.set_counts(session.document.id, counts)

    def _keep(self, session: Session, document: Document, record: Record, is_open: bool) -> None:
        counts = counts_of(session.tally()) if session.judging.started else None
        self._tools.store.autosave.note(content_of(document, counts), note_of(record, is_open=is_open))

    def _on_edited(self, pane: SheetPane) -> None:
        self._name_tab(pane)
        self.surroundings.note_edited(pane.session)
        if pane is self.pane:
            self.edited.emit()

    def _pass_on(self, pane: SheetPane, signal: SignalInstance, what: object) -> None:
        if pane is self.pane:
            signal.emit(what)

    def _name_tab(self, pane: SheetPane) -> None:
        title = self._tools.title_of(pane.session.document)
        index = self.indexOf(pane)
        if self.tabText(index) != title.replace("&", "&&"):
            self.setTabText(index, title.replace("&", "&&"))

    def _on_changed(self) -> None:
        self.changed.emit(self.pane)


def settle_memory() -> None:
    """Tidy memory now and leave out what is there now from then on.

    Else Python walks over all of it every few hundred keys, for 25 ms: longer than a key may take.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.enable()


def counts_of(tally: Tally) -> Counts:
    """Give the counts the list of drafts keeps."""
    return Counts(tally.errors, tally.warnings, tally.missing)
