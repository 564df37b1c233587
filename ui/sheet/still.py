"""A sheet to look at: painted as the one that is typed in, with marks where something is to be looked at."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from core.sheet.document import Document
from core.sheet.grid import Cell, expand
from core.sheet.history import Record
from core.sheet.places import Place
from ui.judging import Judging
from ui.look import Look
from ui.session import Session
from ui.sheet.area import PageArea
from ui.sheet.page import owners_of
from ui.sheet.painting import State, place_marks


class StillSheet(PageArea):
    """Shows a document nobody types in, one cell of it framed."""

    def __init__(
        self, document: Document, marks: Mapping[Place, str], look: Look, parent: QWidget | None = None
    ) -> None:
        session = Session(document, (), Judging(document), _keep_nothing)
        super().__init__(session, look, parent)
        session.setParent(self)
        self.grid = expand(document, session.computation)  # without the spare lines to type into
        self.owners = owners_of(self.grid)
        self._current: Cell | None = None
        self.setAccessibleName(look.words("preview-sheet"))
        self.show_marks(marks, frozenset())

    def show_place(self, place: Place) -> None:
        """Frame the cell of a place and scroll to it."""
        self._current = self.grid.cell_of(place)
        if self._current is not None:
            self._desk.show(self.page, self.page.rect(self._current))
        self.viewport().update()

    @property
    def document(self) -> Document:
        """What is shown."""
        return self._session.document

    @property
    def current(self) -> Cell | None:
        """The cell that is framed."""
        return self._current

    def state(self) -> State:
        """Give what is drawn over the plain sheet."""
        marks, _ = place_marks(self.grid, self._marks, self._unfinished)
        return State(current=self._current, marks=marks, seen=self._desk.seen(self.page))

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Scroll the page."""
        self.viewport().update()


def _keep_nothing(_document: Document, _record: Record, _is_open: bool) -> None:
    """A sheet to look at has nothing to keep."""
