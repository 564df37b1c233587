"""The desk with a page on it: laid out, scrolled, zoomed and painted; nothing about typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from core.sheet.grid import Cell, Grid
from core.sheet.places import Place
from ui.look import Look
from ui.session import Session
from ui.sheet.desk import Desk
from ui.sheet.page import Page, changed_cells, heading_of, owners_of
from ui.sheet.painting import Painting, State
from ui.sheet.texts import Texts

A_BREATH = 10
"""Milliseconds: what was painted first reaches the screen before anything else is done."""


class PageArea(QAbstractScrollArea):
    """Shows a session's sheet. ``first_painted`` once it has been seen; ``zoom_wanted`` by Ctrl and wheel."""

    zoom_wanted = Signal(float)
    first_painted = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._texts = Texts()
        self._desk = Desk(self, look.size)
        self._painting = Painting(look, look.words("spare-hint"))
        self._zoom = 1.0
        self._marks: Mapping[Place, str] = {}
        self._unfinished: frozenset[Place] = frozenset()
        self._touched: frozenset[Place] = frozenset()
        self._was_painted = False
        self.setObjectName("sheet")
        self.setAccessibleName(look.words("sheet"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # it would change the width
        self.setViewport(QWidget(self))  # the stock one, met later, makes PySide load every widget type: 5 ms
        self.viewport().setMouseTracking(True)
        self.grid: Grid = session.grid()
        self.owners = owners_of(self.grid)
        self._page: Page | None = None

    # -- asking ------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page, laid out when it is asked for: what a resizing window passes through is never seen."""
        if self._page is None:
            self._page = self._lay_out()
            self._desk.set_ranges(self._page)
            self.laid_out()
        return self._page

    @property
    def zoom(self) -> float:
        """How large letters are; 1.0 is the interface's size."""
        return self._zoom

    def point_of(self, cell: Cell) -> QPoint:
        """Give the middle of a cell, in the viewport."""
        return self.page.rect(cell).translated(self._desk.origin(self.page)).center().toPoint()

    # -- what is shown -----------------------------------------------------------------------------------

    def set_zoom(self, zoom: float) -> None:
        """Make letters larger or smaller."""
        self._zoom = min(max(zoom, 0.5), 3.0)
        if self._page is not None:
            self._lay_out_anew()

    def show_marks(self, marks: Mapping[Place, str], unfinished: frozenset[Place]) -> None:
        """Show the marks of findings, by place."""
        if marks != self._marks or unfinished != self._unfinished:
            changed = {
                place for place in {*marks, *self._marks} if marks.get(place) != self._marks.get(place)
            }
            changed |= unfinished ^ self._unfinished
            self._marks, self._unfinished = marks, unfinished
            self._repaint_cells([cell for cell in self.grid.cells if not changed.isdisjoint(cell.places)])

    def show_touched(self, places: frozenset[Place]) -> None:
        """Mark the cells that a fix would change."""
        if places != self._touched:
            changed, self._touched = places ^ self._touched, places
            self._repaint_cells([cell for cell in self.grid.cells if not changed.isdisjoint(cell.places)])

    # -- for the view that lives on it ---------------------------------------------------------------------

    def state(self) -> State:
        """Give what is drawn over the plain sheet."""
        return State(seen=self._desk.seen(self.page))

    def laid_out(self) -> None:
        """Called after cells got other places."""

    def _take_grid(self) -> None:
        """Take the sheet as the session holds it now; before it is shown it is not laid out yet."""
        before = self._page
        self.grid = self._session.grid()
        self.owners = owners_of(self.grid)
        if before is not None:
            self._page = self._lay_out()
            self._desk.set_ranges(self._page)
            self._repaint_cells(changed_cells(before, self._page))

    def _lay_out(self) -> Page:
        size = self._look.size * self._zoom
        return Page(
            self.grid,
            heading_of(self._session.document),
            self._texts,
            font=self._look.serif(size),
            title_font=self._look.serif(size * 1.5),
            room=self._desk.room,
        )

    def _repaint_cells(self, cells: Sequence[Cell] | None) -> None:
        """Draw some cells anew with the marks on their edges; None is all there is."""
        if cells is None:
            self.viewport().update()
            return
        origin, edge = self._desk.origin(self.page), self.page.em
        for cell in cells:
            rect = self.page.rect(cell).translated(origin).adjusted(-edge, -2, 2, 2)
            self.viewport().update(rect.toAlignedRect())

    def _lay_out_anew(self) -> None:
        """Lay the page out at another width or letter size, when it is painted next."""
        self._page = None
        self.viewport().update()

    # -- Qt's events -------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the desk and the part of the page that is seen."""
        page = self.page
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._look.colour("desk"))
        origin = self._desk.origin(page)
        painter.translate(origin)
        part = QRectF(event.rect()).translated(-origin)
        self._painting.draw(painter, page, self.state(), part)
        painter.end()
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(A_BREATH, self, self.first_painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page the new width."""
        super().resizeEvent(event)
        if self.isVisible():
            self._lay_out_anew()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the page the width it is shown at."""
        super().showEvent(event)
        self._lay_out_anew()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl ask for larger or smaller letters."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom_wanted.emit(0.1 if event.angleDelta().y() > 0 else -0.1)
        else:
            super().wheelEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the frame of the current cell anew when the window comes or goes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.viewport().update()
