"""What keys and menus do in the sheet: move, edit, clear, copy, paste, choose, work on rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from core.sheet.edits import Edit
from core.sheet.grid import Cell
from core.sheet.places import Place
from ui.look import Words
from ui.session import Session
from ui.sheet.cell_edit import pasted_text
from ui.sheet.choices import ChoiceList, Choices
from ui.sheet.paste import TooWideError, is_plain, paste_edits
from ui.sheet.table_text import read_block, write_block
from ui.sheet.walk import Spot, can_type, edge, next_to_type, step, typing_order

if TYPE_CHECKING:
    from ui.sheet.view import SheetView

_DIRECTIONS = {"left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0)}


class Commands:
    """Runs the named commands of one sheet."""

    def __init__(self, view: SheetView, session: Session, words: Words, choices: Choices) -> None:
        self._view, self._session, self._words, self._choices = view, session, words, choices
        self._tab_from: int | None = None
        self._list: ChoiceList | None = None
        self.offer_paste: Callable[[Sequence[Edit], Callable[[], None]], None] | None = None
        """Shows what a block would change before it is pasted; None where it is pasted at once."""
        self._table: dict[str, Callable[[], None]] = {
            "next": lambda: self._tab(back=False),
            "previous": lambda: self._tab(back=True),
            "enter": lambda: self._enter(1),
            "enter-up": lambda: self._enter(-1),
            "row-start": lambda: self._to_edge(end=False),
            "row-end": lambda: self._to_edge(end=True),
            "first": lambda: self._to_end(last=False),
            "last": lambda: self._to_end(last=True),
            "page-up": lambda: self._page(-1),
            "page-down": lambda: self._page(1),
            "edit": self._view.edit_in_place,
            "clear": self.clear,
            "clear-and-edit": self._clear_and_edit,
            "drop-choice": lambda: self._view.stand_on(self._view.spot),
            "copy": self.copy,
            "cut": self.cut,
            "paste": self.paste,
            "choices": self.choose,
        }

    def run(self, name: str) -> None:
        """Run a command by its name (see ``keys``)."""
        extend = name.startswith("extend-")
        if name not in ("next", "enter"):
            self._tab_from = None
        if (direction := _DIRECTIONS.get(name.removeprefix("extend-"))) is not None:
            self._move(*direction, extend=extend)
        else:
            self._table[name]()

    # -- the clipboard ---------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the chosen cells on the clipboard, as typed."""
        rows: dict[int, dict[int, str]] = {}
        for cell in self._view.chosen():
            rows.setdefault(cell.row, {})[cell.column] = self._as_typed(cell)
        if not rows:
            return
        columns = sorted({column for row in rows.values() for column in row})
        block = [[row.get(column, "") for column in columns] for _, row in sorted(rows.items())]
        QGuiApplication.clipboard().setText(write_block(block))

    def cut(self) -> None:
        """Put the chosen cells on the clipboard and clear them."""
        self.copy()
        self.clear()

    def paste(self) -> None:
        """Put the clipboard's text into the current cell, or its block into the cells from here on."""
        text = QGuiApplication.clipboard().text()
        cell = self._view.current
        if not text or cell is None:
            return
        if not can_type(cell) or self._session.frozen:
            self._view.say(self._words("locked-cell"))
            return
        block = read_block(text)
        if len(block) == 1 and len(block[0]) == 1:
            self._view.typing.replace(pasted_text(block[0][0]))
            self._view.typing.finish()
            return
        try:
            edits = paste_edits(self._session.document, self._view.grid, cell, self._view.spot.row, block)
        except TooWideError as error:
            self._view.say(self._words("paste-too-wide", columns=error.columns, room=error.room))
            return
        if not self._session.may_store(text for row in block for text in row):
            return
        size = (len(block), max(map(len, block)))
        if self.offer_paste is None or is_plain(edits):
            self._do_paste(edits, size)
        else:
            self.offer_paste(edits, lambda: self._do_paste(edits, size))

    def _do_paste(self, edits: Sequence[Edit], size: tuple[int, int]) -> None:
        if self._session.do(edits, self._words("step-paste")):
            self._view.say(self._words("pasted", rows=size[0], columns=size[1]))
        elif not edits:
            self._view.say(self._words("pasted-the-same"))

    def clear(self) -> None:
        """Empty the chosen cells as one step."""
        places = [place for cell in self._view.chosen() if can_type(cell) for place in cell.places]
        if not places and not can_type(self._view.current):
            self._view.say(self._words("locked-cell"))
            return
        self._session.set_texts([(place, "") for place in places], self._words("step-clear"))

    # -- rows ------------------------------------------------------------------------------------------

    def add_row(self, row: int | None = None, *, above: bool = False) -> None:
        """Add a row beside a grid row (the current one) and stand in it."""
        table, row_id = self._line(row)
        if not table:
            self._view.say(self._words("no-row-here"))
            return
        new = self._session.add_row(table, row_id, above=above)
        if new is not None:
            self._stand_in_row(table, new)

    def remove_row(self, row: int | None = None) -> None:
        """Remove a grid row's table row."""
        table, row_id = self._line(row)
        if not table:
            self._view.say(self._words("no-row-here"))
        elif self._session.remove_row(table, row_id):
            if self._session.document.row(table, row_id) is not None:
                self._view.say(self._words("row-emptied"))
            else:
                self._view.say(self._words("row-removed"))

    def move_row(self, by: int, row: int | None = None) -> None:
        """Move a grid row's table row up (-1) or down (1)."""
        table, row_id = self._line(row)
        column = self._view.spot.column
        if not table:
            self._view.say(self._words("no-row-here"))
        elif self._session.move_row(table, row_id, by):
            grid = self._view.grid
            at = next((r for r, line in enumerate(grid.lines) if line.row_id == row_id), None)
            if at is not None:
                self._view.stand_on(Spot(at, column))

    # -- choosing --------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Open the list of what may stand in the current cell."""
        cell = self._view.current
        options = self._choices.of(self._session.document, cell) if can_type(cell) and cell else []
        if options:
            self._list = ChoiceList(options, self._as_typed(cell) if cell else "", self._chosen, self._view)
            self._list.open_below(self._view.typing.editor)

    def _chosen(self, text: str) -> None:
        self._view.typing.replace(text)
        self._view.typing.finish()

    # -- moving ----------------------------------------------------------------------------------------

    def _move(self, down: int, right: int, *, extend: bool) -> None:
        self._view.typing.finish()
        spot = step(self._view.owners, self._view.spot, down, right)
        if spot is not None:
            self._view.stand_on(spot, extend=extend)
        elif down < 0 and not extend:
            self._view.above_wanted.emit()

    def _tab(self, *, back: bool) -> None:
        start = self._view.spot.column if self._tab_from is None else self._tab_from
        self._view.typing.finish()
        cell = next_to_type(self._view.grid, self._view.spot, back=back)
        if cell is not None:
            self._view.stand_on(Spot(cell.row, cell.column))
            self._tab_from = None if back else start
        elif back:
            self._view.above_wanted.emit()

    def _enter(self, down: int) -> None:
        start, self._tab_from = self._tab_from, None
        self._view.typing.finish()
        here = self._view.spot
        spot = step(self._view.owners, here, down, 0)
        if start is not None:
            # As in Excel, back to where the tabs began, but only within the same table.
            first = step(self._view.owners, Spot(here.row, start), down, 0)
            if first is not None and spot is not None and first.row == spot.row:
                spot = first
        if spot is not None:
            self._view.stand_on(spot)

    def _to_edge(self, *, end: bool) -> None:
        spot = edge(self._view.owners, self._view.spot, end=end)
        if spot is not None:
            self._view.stand_on(spot)

    def _to_end(self, *, last: bool) -> None:
        cells = list(typing_order(self._view.grid))
        if cells:
            cell = cells[-1 if last else 0]
            self._view.stand_on(Spot(cell.row, cell.column))

    def _page(self, by: int) -> None:
        page, here = self._view.page, self._view.spot
        wanted = page.ys[here.row] + by * self._view.viewport().height() * 0.85
        best = here
        while (spot := step(self._view.owners, best, by, 0)) is not None:
            best = spot
            if (page.ys[spot.row] - wanted) * by >= 0:
                break
        self._view.stand_on(best)

    # -- inside ------------------------------------------------------------------------------------------

    def _clear_and_edit(self) -> None:
        if not can_type(self._view.current):
            self._view.say(self._words("locked-cell"))
            return
        self._view.typing.replace("")

    def _as_typed(self, cell: Cell) -> str:
        typed = self._session.document.text(cell.place) if cell.place else ""
        return typed or (cell.text if cell.kind in ("computed", "label") else "")

    def _line(self, row: int | None) -> tuple[str, str]:
        """Give the table row of a grid row, else of the current cell (which may hold inner rows)."""
        self._view.typing.finish()
        line = self._view.grid.lines[self._view.spot.row if row is None else row]
        place = self._view.current.place if self._view.current else None
        if row is None and place and line.table.startswith(f"{place.table}.") and place.table:
            return place.table, place.row
        return (line.table, line.row_id) if line.row_id else ("", "")

    def _stand_in_row(self, table: str, row_id: str) -> None:
        levels = self._session.document.form.tables[table].level_columns
        for cell in self._view.grid.cells:
            place = cell.place
            if place and place[:2] == (table, row_id) and place.column not in levels and can_type(cell):
                self._view.go_to(place)
                return
        self._view.go_to(Place(table, row_id, ""))
