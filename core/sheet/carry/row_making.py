"""The rows of the new document's tables: carried rows in their order, and the rows the form itself brings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from core.sheet.carry.level_rows import (
    Fixed,
    LevelMap,
    Pair,
    fixed_rows,
    in_form_order,
    missing_rows,
    place_for,
)
from core.sheet.carry.plan import EMPTY, Plan
from core.sheet.carry.result import Misfit
from core.sheet.carry.source import Found, displaced_by, is_furniture
from core.sheet.carry.transfer import Target, Transfer, Trio
from core.sheet.definition import Field, Table
from core.sheet.document import Row, new_row_id
from core.sheet.levels import Levels
from core.sheet.places import Place

_BESIDE_A_VALUE = ("operator", "unit")


class Placed(NamedTuple):
    """An old row and the level names it gets; ``change`` says what happened to them."""

    row: Row
    pair: Pair
    change: str


class RowMaker:
    """Makes the rows of the tables of one new document."""

    def __init__(self, transfer: Transfer, plan: Plan, levels: Levels) -> None:
        self._transfer = transfer
        self._source = transfer.source
        self._old = transfer.source.document.form
        self._form = transfer.form
        self._plan = plan
        self._levels = levels

    def rows(self, table: Table, parent: Row | None = None) -> list[Row]:
        """Give the rows of a table; of a table inside a row, those made from the old row ``parent``."""
        path = self._plan.table(table.path)
        if not path:
            self._miss_table(table.path)
            return [] if parent else _begun(table)
        olds = self._source.rows(path, parent)
        if not self._transfer.same_form:
            olds = [row for row in olds if not is_furniture(self._old.tables[path], row)]
        placed = self._within_limit(path, table, self._placed(path, table, olds))
        rows = [self._row(path, table, one) for one in placed]
        if parent:
            return rows
        if self._transfer.same_form:
            return _with_fixed(rows, fixed_rows(table, with_start=False), table)
        rows = [row for row in rows if row.cells or any(row.inner.values())]
        return self._ordered(rows, table) if rows else _begun(table)

    def _ordered(self, rows: list[Row], table: Table) -> list[Row]:
        fixed = fixed_rows(table, with_start=True)
        if not fixed:
            return rows
        ordered = in_form_order(rows, table)
        if ordered != rows:
            self._transfer.remarks.add("carry.reordered", table=table.label or table.name)
        return _with_fixed(ordered, fixed, table)

    def _miss_table(self, path: str) -> None:
        """A table that begins empty although the old form has it."""
        if path in self._old.tables and self._plan.table(path) == EMPTY:
            for row in self._source.rows(path):
                self._source.miss_row(path, row, Misfit("carry.emptied"))

    # -- levels and limits --------------------------------------------------------------------------

    def _placed(self, path: str, table: Table, olds: Sequence[Row]) -> list[Placed]:
        names = table.level_columns
        if len(names) != 2:
            return [Placed(row, ("", ""), "") for row in olds]
        found = LevelMap(table, self._levels)
        placed = []
        for row in olds:
            texts = [self._text(path, table, row, name) for name in names]
            pair = (texts[0], texts[1])
            placed.append(Placed(row, *((pair, "") if self._transfer.same_form else found.find(pair))))
        return placed

    def _text(self, path: str, table: Table, row: Row, name: str) -> str:
        source = self._plan.column(table.path, name)
        return self._source.document.text(Place(path, row.id, source)) if source else ""

    def _within_limit(self, path: str, table: Table, placed: Sequence[Placed]) -> list[Placed]:
        """Keep as many rows as the form takes beside the rows it always prints; the others are told of."""
        if table.limit is None:
            return list(placed)
        waiting = set(table.always)
        kept: list[Placed] = []
        for one in placed:
            if len(kept) + 1 + len(waiting - {one.pair}) > table.limit:
                self._source.miss_row(path, one.row, Misfit("carry.row-limit", {"limit": table.limit}))
                continue
            kept.append(one)
            waiting.discard(one.pair)
        return kept

    # -- one row ------------------------------------------------------------------------------------

    def _row(self, path: str, table: Table, placed: Placed) -> Row:
        row = Row(placed.row.id)
        done = self._put_levels(path, table, placed, row)
        done |= self._put_values(path, table, row)
        for name, column in table.columns.items():
            if name in done:
                continue
            found = self._found(path, table, row.id, name)
            if found is not None:
                text = self._transfer.text(found, Target(column, Place(table.path, row.id, name)))
                if text:
                    row.cells[name] = text
        for inner in self._form.inner_tables(table.path):
            row.inner[inner.name] = self.rows(inner, placed.row)
        return row

    def _found(self, path: str, table: Table, row_id: str, name: str) -> Found | None:
        source = self._plan.column(table.path, name)
        found = self._cell(path, row_id, source or "")
        if source is not None and source != name and name in self._old.tables[path].columns:
            self._source.miss(Place(path, row_id, name), displaced_by(found))
        return found

    def _cell(self, path: str, row_id: str, name: str) -> Found | None:
        column = self._old.tables[path].columns.get(name)
        return Found(column, Place(path, row_id, name)) if column else None

    def _put_levels(self, path: str, table: Table, placed: Placed, row: Row) -> set[str]:
        names = table.level_columns
        if len(names) != 2:
            return set()
        for name, text in zip(names, placed.pair, strict=True):
            source = self._plan.column(table.path, name)
            if source:
                self._source.use(Place(path, row.id, source))
            if text:
                row.cells[name] = text
        if placed.change:
            before = [self._text(path, table, placed.row, name) for name in names]
            words = {"old": " / ".join(filter(None, before)), "new": " / ".join(filter(None, placed.pair))}
            place = Place(table.path, row.id, names[1] if placed.pair[1] else names[0])
            self._transfer.remarks.add(f"carry.level-{placed.change}", place, **words)
        return set(names)

    def _put_values(self, path: str, table: Table, row: Row) -> set[str]:
        """Fill the cells of values with those of sign and unit beside them; give the columns settled."""
        done: set[str] = set()
        for name, column in table.columns.items():
            value = self._found(path, table, row.id, name)
            if value is None or value.field.kind != "value" or column.kind not in ("value", "text"):
                continue
            if column.compute:
                continue
            old_sign, old_unit = (
                self._cell(path, row.id, one) for one in _beside(self._old.tables[path], value.field)
            )
            beside = _beside(table, column)
            sign, unit = (self._target(table, row.id, one) for one in beside)
            trio = Trio(sign, Target(column, Place(table.path, row.id, name)), unit)
            row.cells.update(self._transfer.value(Trio(old_sign, value, old_unit), trio))
            done |= {name, *filter(None, beside)}
        return done

    @staticmethod
    def _target(table: Table, row_id: str, name: str) -> Target | None:
        return Target(table.columns[name], Place(table.path, row_id, name)) if name else None


def _beside(table: Table, value: Field) -> list[str]:
    """Give the columns of a value's sign and unit (``x_operator`` beside ``x_value``), ``""`` for none."""
    names = []
    for kind in _BESIDE_A_VALUE:
        name = value.name.replace("value", kind)
        column = table.columns.get(name)
        names.append(name if column is not None and column.kind == kind and not column.compute else "")
    return names


def _begun(table: Table) -> list[Row]:
    """Give the rows a new document begins with."""
    begun = [dict(start) for start in table.start]
    begun += [dict(one.cells) for one in fixed_rows(table, with_start=False)]
    return [Row(new_row_id(), cells) for cells in begun]


def _with_fixed(rows: Sequence[Row], fixed: Sequence[Fixed], table: Table) -> list[Row]:
    """Give the rows with those of the form between them that no row stands for yet."""
    done = list(rows)
    for one in missing_rows(rows, fixed, table) if fixed else ():
        done.insert(place_for(one, done, fixed, table), Row(new_row_id(), dict(one.cells)))
    return done
