"""What the line below says of the current cell: its name, how its figure came about, room for letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from core.check.labels import Labels, RowNumbers
from core.check.lengths import length_of, limit_of
from core.sheet.grid import Cell
from core.sheet.numbers import write_number
from core.sheet.places import Place
from ui.look import Look
from ui.session import Session
from ui.sheet.choices import Choices

if TYPE_CHECKING:
    from core.check.accounts import Accounts


class AboutCell:
    """Tells about the cells of one open document; each part of the line is a method of its own."""

    def __init__(self, session: Session, look: Look) -> None:
        self._session, self._look = session, look
        self._labels = Labels(session.document.form, look.words.messages)
        self.more: Callable[[Cell], Iterable[str]] = lambda _: ()
        """What others know of a cell, such as the indicator library."""

    def name(self, cell: Cell | None) -> str:
        """Give a cell's name and unit in words."""
        if cell is None or cell.field is None:
            return ""
        if cell.place is not None:
            place = cell.place
            name = self._labels.field(place)
            if place.table:
                document = self._session.document
                row = self._labels.row(place.table, place.row, document, RowNumbers(document))
                name = self._look.words("row-cell", row=row, name=name)
        else:
            name = self._look.words("spare-cell", label=cell.field.label)
        if cell.field.kind == "money":
            return self._look.words("with-unit", name=name, unit=self._session.document.form.money.unit)
        return name

    def line(self, cell: Cell | None) -> str:
        """Give the whole line about a cell, ``""`` for a label."""
        if cell is None or cell.field is None:
            return ""
        return " · ".join([self.name(cell), *self._parts(cell)])

    # -- inside ----------------------------------------------------------------------------------------

    def _parts(self, cell: Cell) -> Iterator[str]:
        words = self._look.words
        if cell.field is not None and cell.field.compute and cell.place is not None:
            yield from self._account(cell, cell.place)
        elif cell.locked:
            yield words("is-locked")
        else:
            yield from self._room(cell)
        yield from self._last_year(cell)
        if len(cell.places) > 1:
            yield words("stands-for-rows", count=len(cell.places))
        if not cell.locked and Choices.offered(cell):
            yield words("has-choices")
        yield from self.more(cell)

    def _account(self, cell: Cell, place: Place) -> Iterator[str]:
        """Tell how a computed figure came about; of a typed one what the program makes of it instead."""
        if self._session.document.text(place):
            yield self._look.words("is-typed")
        elif cell.kind == "computed":
            yield self._look.words("is-computed")
        account = self._accounts.of(self._session.computation, place)
        if account:
            yield account

    def _last_year(self, cell: Cell) -> Iterator[str]:
        """Tell what stood here last year, and how much more or less it is now."""
        engine = self._session.judging.engine
        if cell.place is None or engine is None or not engine.context.counterparts:
            return
        from core.check.beside.last_year import last_year  # where there is something to compare with

        before = last_year(engine.context, engine.computation, cell.place)
        if before is None:
            return
        words = self._look.words
        share = before.change
        if share is None:
            yield words("last-year", value=before.text)
        elif share == 0:
            yield words("last-year-same", value=before.text)
        else:
            percent = write_number(abs(share) * 100, 1)
            yield words(
                "last-year-more" if share > 0 else "last-year-less", value=before.text, percent=percent
            )

    def _room(self, cell: Cell) -> Iterator[str]:
        """Tell how many letters are left."""
        if cell.field is None or cell.place is None or cell.field.kind != "text":
            return
        limit = limit_of(cell.place.table, cell.field, self._session.computation.settings)
        if limit is not None:
            left = limit - length_of(self._session.document.text(cell.place))
            words = self._look.words
            yield words("letters-left", left=left) if left >= 0 else words("letters-over", over=-left)

    @cached_property
    def _accounts(self) -> Accounts:
        from core.check.accounts import Accounts  # what scores is loaded where a computed cell is looked at

        return Accounts(self._session.document.form, self._look.words.messages)
