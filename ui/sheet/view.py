"""The sheet a clerk works in: the current cell, the chosen block, mouse and keyboard.

Shows what the session holds; every change of the document goes through the session.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from core.sheet.grid import Cell
from core.sheet.places import Place
from ui.look import Look
from ui.session import Session
from ui.sheet.area import PageArea
from ui.sheet.choices import Choices
from ui.sheet.commands import Commands
from ui.sheet.painting import State, arrow_rect, handle_rect, place_marks, text_band
from ui.sheet.typing import Typing
from ui.sheet.walk import Spot, can_stand, next_to_type


class SheetView(PageArea):
    """One document's sheet. ``moved`` tells the current cell; ``menu_wanted`` asks for a row's menu.

    ``above_wanted`` when she goes up beyond the first cell, ``label_clicked`` carries printed words.
    """

    moved = Signal(object)
    menu_wanted = Signal(int, object)
    said = Signal(str)
    above_wanted = Signal()
    label_clicked = Signal(object)

    def __init__(self, session: Session, look: Look, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self._spot = Spot(0, 0)
        self._anchor: Spot | None = None
        self._hover: int | None = None
        self.typing = Typing(session, look, self._run, Choices.offered, self.viewport())
        self.commands = Commands(self, session, look.words, choices)
        self.setFocusProxy(self.typing.editor)
        session.edited.connect(self._on_edited)
        self.typing.opened.connect(self._on_typing_changed)
        self.typing.closed.connect(self._on_typing_changed)
        self.typing.resized.connect(self.stand_editor)
        self.typing.locked_key.connect(self.say_locked)
        self._stand_on_first()

    # -- asking ------------------------------------------------------------------------------------------

    @property
    def current(self) -> Cell | None:
        """The current cell."""
        if self._spot.row < self.grid.rows:
            return self.owners[self._spot.row][self._spot.column]
        return None

    @property
    def table(self) -> str:
        """The table one stands in, or nothing."""
        cell = self.current
        about = (cell.place or cell.adds) if cell else None
        return about.table if about else ""

    @property
    def spot(self) -> Spot:
        """Where one stands, also inside a merged cell."""
        return self._spot

    def chosen(self) -> list[Cell]:
        """Give the chosen cells in reading order: a block, or the current one."""
        if self._anchor is None:
            return [self.current] if self.current else []
        rows = sorted((self._anchor.row, self._spot.row))
        columns = sorted((self._anchor.column, self._spot.column))
        found = {
            (cell.row, cell.column): cell
            for row in range(rows[0], rows[1] + 1)
            for cell in self.owners[row][columns[0] : columns[1] + 1]
            if cell is not None
        }
        return [found[key] for key in sorted(found)]

    def cell_rect(self, cell: Cell) -> QRect:
        """Give where a cell is in the viewport."""
        return self.page.rect(cell).translated(self._desk.origin(self.page)).toAlignedRect()

    # -- moving ------------------------------------------------------------------------------------------

    def stand_on(self, spot: Spot, *, extend: bool = False) -> None:
        """Make the cell at a spot the current one; ``extend`` chooses the block up to it."""
        self.typing.finish()
        self._anchor = (self._anchor or self._spot) if extend else None
        self._spot = Spot(min(spot.row, self.grid.rows - 1), min(spot.column, self.grid.columns - 1))
        cell = self.current
        if cell is not None:
            self.typing.stand_on(cell)
        self._after_move()

    def take_keyboard(self) -> None:
        """Have the next key go into the current cell."""
        self.typing.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit_in_place(self, point: QPoint | None = None) -> None:
        """Edit the current cell's text, the caret at its end or at a point of the viewport."""
        if self.typing.locked:
            self.say_locked()
            return
        self.typing.begin()
        self.stand_editor()
        if point is not None:
            editor = self.typing.editor
            editor.setTextCursor(editor.cursorForPosition(point - editor.pos()))

    def say(self, sentence: str) -> None:
        """Tell the person something in the status line."""
        self.said.emit(sentence)

    def say_locked(self) -> None:
        """Tell why nothing can be typed here."""
        cell = self.current
        computed = cell is not None and cell.kind == "computed"
        self.say(self._look.words("computed-cell" if computed else "locked-cell"))

    def go_to(self, place: Place) -> bool:
        """Make the cell of a place (or of its row) the current one; False when the picture has none."""
        self.typing.finish()
        cell = self.grid.cell_of(place)
        if cell is None and place.table:
            cell = next((one for one in self.grid.cells if one.place and one.place[:2] == place[:2]), None)
        if cell is None or not can_stand(cell):
            return False
        row = next(
            (r for r, line in enumerate(self.grid.lines) if line.row_id == place.row and place.row), cell.row
        )
        self.stand_on(Spot(row if cell.row <= row < cell.row + cell.down else cell.row, cell.column))
        return True

    def rebuild(self) -> None:
        """Take what the session holds now, standing on the same place as before."""
        place, anchor = self.typing.place, self._anchor
        self._take_grid()
        self._find_again(place)
        self._anchor = anchor if anchor and anchor.row < self.grid.rows else None
        if (cell := self.current) is not None:
            self.typing.take(cell)
        self.stand_editor()
        if self.typing.place != place:
            self.moved.emit(self.current)

    def laid_out(self) -> None:
        """Stand the editor where its cell is now."""
        self.stand_editor()
        self.show_current()

    def dress(self) -> None:
        """Take a changed look."""
        self.typing.dress()
        self.viewport().update()

    def stand_editor(self) -> None:
        """Put the editor where the current cell's text is."""
        cell = self.current
        if cell is not None and self._page is not None:
            rect = text_band(self.page, cell, self._desk.seen(self.page))
            self.typing.stand_at(rect.translated(self._desk.origin(self.page)), self.page.font)

    def show_current(self) -> None:
        """Scroll so that the current cell is seen."""
        cell = self.current
        if cell is not None and self._page is not None:
            rect = self.page.rect(cell)
            if cell.down > 1:
                rect.setTop(self.page.ys[self._spot.row])
                rect.setBottom(self.page.ys[self._spot.row + 1])
            self._desk.show(self.page, rect)

    # -- Qt's events -------------------------------------------------------------------------------------

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Scroll the page together with the editor over it."""
        self.stand_editor()
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the clicked cell the current one, or open the menu of a row at its handle."""
        point = event.position() - self._desk.origin(self.page)
        row = self.page.row_at(point.y())
        if row is not None and self._has_handle(row) and handle_rect(self.page, row).contains(point):
            self.menu_wanted.emit(row, event.globalPosition().toPoint())
            return
        if self._has_choices() and self.current and arrow_rect(self.page, self.current).contains(point):
            self.commands.choose()
            return
        spot = self._spot_at(point)
        if spot is not None and event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            keep = event.button() == Qt.MouseButton.RightButton and self.page.cell_at(point) in self.chosen()
            if not keep:
                self.stand_on(spot, extend=extend)
        self.typing.editor.setFocus(Qt.FocusReason.MouseFocusReason)
        if spot is None and event.button() == Qt.MouseButton.LeftButton:
            self.label_clicked.emit(self.page.cell_at(point))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose a block by dragging; show the handle of the row under the mouse."""
        point = event.position() - self._desk.origin(self.page)
        if event.buttons() & Qt.MouseButton.LeftButton:
            spot = self._spot_at(point)
            if spot is not None and spot != self._spot:
                self.stand_on(spot, extend=True)
            return
        row = self.page.row_at(point.y())
        shown = row if row is not None and self._has_handle(row) and point.x() < self.page.xs[1] else None
        if shown != self._hover:
            self._hover = shown
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the cell in place, the caret where it was clicked."""
        if self._spot_at(event.position() - self._desk.origin(self.page)) == self._spot:
            self.edit_in_place(event.position().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the current cell and row."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            point = self.typing.editor.mapToGlobal(self.typing.editor.rect().bottomLeft())
        else:
            point = event.globalPos()
        self.menu_wanted.emit(self._spot.row, point)

    # -- inside --------------------------------------------------------------------------------------------

    def _run(self, command: str) -> None:
        self.commands.run(command)

    def _on_edited(self) -> None:
        if self.typing.holds_still:
            self.viewport().update()
        else:
            self.rebuild()

    def _on_typing_changed(self) -> None:
        if not self.typing.active:
            self.rebuild()
            if (cell := self.current) is not None:
                self.typing.take(cell)
        self.stand_editor()
        self.viewport().update()

    def _find_again(self, place: Place | None) -> None:
        """Stand on the same place after rows came and went, else on the same spot."""
        cell = self.grid.cell_of(place) if place else None
        if cell is not None and not (
            cell.row <= self._spot.row < cell.row + cell.down
            and cell.column <= self._spot.column < cell.column + cell.across
        ):
            self._spot = Spot(cell.row, cell.column)
        spot = Spot(min(self._spot.row, self.grid.rows - 1), min(self._spot.column, self.grid.columns - 1))
        self._spot = spot
        if not can_stand(self.owners[spot.row][spot.column]):
            following = next_to_type(self.grid, spot) or next_to_type(self.grid, spot, back=True)
            if following is not None:
                self._spot = Spot(following.row, following.column)

    def _stand_on_first(self) -> None:
        first = next_to_type(self.grid, Spot(0, -1))
        if first is not None:
            self.stand_on(Spot(first.row, first.column))

    def _after_move(self) -> None:
        self.stand_editor()
        self.show_current()
        self.viewport().update()
        self.moved.emit(self.current)

    def _spot_at(self, point: QPointF) -> Spot | None:
        cell = self.page.cell_at(point)
        if not can_stand(cell):
            return None
        row = self.page.row_at(point.y())
        assert cell is not None
        return Spot(cell.row if row is None else row, cell.column)

    def _has_choices(self) -> bool:
        return self.current is not None and not self.typing.locked and Choices.offered(self.current)

    def _has_handle(self, row: int) -> bool:
        return row < self.grid.rows and bool(self.grid.lines[row].row_id) and not self._session.frozen

    def state(self) -> State:
        """Give what is drawn over the plain sheet."""
        here = {(cell.row, cell.column) for cell in self.chosen()} if self._anchor else set()
        row = self._spot.row if self._has_handle(self._spot.row) else None
        marks, unfinished = place_marks(self.grid, self._marks, self._unfinished)
        return State(
            current=self.current,
            open=self.current if self.typing.active or self.typing.editor.composing else None,
            chosen=frozenset(here),
            marks=marks,
            unfinished=unfinished,
            handle=self._hover if self._hover is not None else row,
            focused=self.isActiveWindow(),
            has_choices=self._has_choices(),
            seen=self._desk.seen(self.page),
            touched=self._touched_cells(),
        )

    def _touched_cells(self) -> frozenset[tuple[int, int]]:
        if not self._touched:
            return frozenset()
        cells = (cell for cell in self.grid.cells if not self._touched.isdisjoint(cell.places))
        return frozenset((cell.row, cell.column) for cell in cells)
