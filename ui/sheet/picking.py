"""Puts an indicator of the library into a row of the sheet, and tells what the library knows of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.sheet.document import Row
from core.sheet.grid import Cell
from core.sheet.places import Place
from ui.indicators import Asked, Indicators
from ui.look import Look
from ui.session import Session

NAME, INDICATORS = "name", "indicators"
"""The column and the role of tables that the library is about; what else it knows is loaded when used."""

if TYPE_CHECKING:
    from core.library.entry import Entry
    from ui.sheet.view import SheetView


class Picking:
    """Picks for one sheet."""

    def __init__(self, view: SheetView, session: Session, indicators: Indicators, look: Look) -> None:
        self._view, self._session, self._indicators = view, session, indicators
        self._messages = look.words.messages

    # -- asking --------------------------------------------------------------------------------------------

    def possible(self, cell: Cell | None) -> bool:
        """Whether a cell belongs to a row (or would begin one) into which an indicator may be put."""
        about = (cell.place or cell.adds) if cell is not None else None
        return about is not None and self._is_indicators(about.table) and not self._session.frozen

    def is_name(self, cell: Cell | None) -> bool:
        """Whether a cell is the name of an indicator, and may be changed."""
        about = (cell.place or cell.adds) if cell is not None and not cell.locked else None
        return self.possible(cell) and about is not None and about.column == NAME

    def asked(self, cell: Cell) -> Asked:
        """Give what suggestions for a cell's row depend on."""
        about = cell.place or cell.adds
        assert about is not None, "asked only where it is possible"
        row = self._row(cell)
        cells = row.cells if row is not None else cell.adds.given if cell.adds else {}
        return Asked(self._session.document, self._session.document.form.tables[about.table], cells)

    def told(self, cell: Cell) -> list[str]:
        """Give what the line below says: how the row's indicator is usually written, its usual range."""
        place, library = cell.place, self._indicators.known
        entry: Entry | None = None
        if place is not None and library is not None and self._is_indicators(place.table):
            entry = library.find(self._session.document.text(place._replace(column=NAME)))
        usual = " · ".join(self.usual(entry)) if entry is not None else ""
        told = [self._messages.say("library.told", usual=usual)] if usual else []
        return [*told, self._messages.say("library.has-suggestions")] if self.is_name(cell) else told

    def usual(self, entry: Entry) -> list[str]:
        """Give how the value of an entry is written and its usual range, as far as known."""
        from core.library.picking import usual_values, written_way

        return [
            text for text in (written_way(entry, self._messages), usual_values(entry, self._messages)) if text
        ]

    # -- doing ---------------------------------------------------------------------------------------------

    def pick(self, entry: Entry) -> bool:
        """Put an entry into the current row as one step, for what was being typed there; says what is next.

        False when the current cell is in no row of indicators, or nothing could be changed.
        """
        self._view.typing.cancel()
        cell = self._view.current
        if cell is None or not self.possible(cell):
            self._view.say(self._messages.say("library.no-row-here"))
            return False
        place = self._put(cell, entry)
        if place is None:
            return False
        self._view.go_to(place)
        usual = " · ".join(self.usual(entry))
        if usual:
            self._view.say(self._messages.say("library.picked-usual", name=entry.name, usual=usual))
        else:
            self._view.say(self._messages.say("library.picked", name=entry.name))
        return True

    def _put(self, cell: Cell, entry: Entry) -> Place | None:
        from core.library.picking import picked_texts

        document, row = self._session.document, self._row(cell)
        asked = self.asked(cell)
        locked = row is not None and document.levels_locked(asked.table.path, row)
        grammar = self._indicators.grammar()
        texts = picked_texts(asked.table, asked.cells, entry, grammar, levels_locked=locked)
        label = self._messages.say("library.step-pick")
        if row is None:
            assert cell.adds is not None
            return self._session.add_filled(cell.adds._replace(column=NAME), texts, label)
        places = [(Place(asked.table.path, row.id, column), text) for column, text in texts.items()]
        done = not places or self._session.set_texts(places, label)
        return Place(asked.table.path, row.id, NAME) if done else None

    # -- inside --------------------------------------------------------------------------------------------

    def _is_indicators(self, table: str) -> bool:
        known = self._session.document.form.tables.get(table)
        return known is not None and known.role == INDICATORS and NAME in known.columns

    def _row(self, cell: Cell) -> Row | None:
        return self._session.document.row(cell.place.table, cell.place.row) if cell.place else None
