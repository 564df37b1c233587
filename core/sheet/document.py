"""A document (报表): the texts one unit entered in one form for one year and stage.

Values are kept as typed text; a blank is an absent key. Every change is an ``Edit``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from core.sheet.definition import Form
from core.sheet.errors import RefusedError
from core.sheet.places import FACTS, Place, field_place

ROOT = ""
"""The parent of a top-level row."""

_COUNTED = re.compile(r"([^.\[\]]+)\[(\d{1,6})\]\.")


def new_id() -> str:
    """Give a fresh document id: 16 hex digits, made once and kept through all versions."""
    return os.urandom(8).hex()


def new_row_id() -> str:
    """Give a fresh row id: 8 hex digits, never reused."""
    return os.urandom(4).hex()


class Origin(NamedTuple):
    """The document this one was carried from (``from`` in the file): its id and the sha256 of its bytes."""

    id: str
    sha256: str


class Explanation(NamedTuple):
    """Why a finding stands (情况说明); ``about`` is the message that was answered (ruling 8)."""

    text: str
    about: str


@dataclass(slots=True)
class Row:
    """One row of a repeated table: its id, its texts by column, and the rows of tables inside it."""

    id: str
    cells: dict[str, str] = field(default_factory=dict)
    inner: dict[str, list[Row]] = field(default_factory=dict)

    def copy(self) -> Row:
        """Give an independent copy with the same ids."""
        inner = {name: [row.copy() for row in rows] for name, rows in self.inner.items()}
        return Row(self.id, dict(self.cells), inner)


class Document:
    """One unit's form, editable; places and rows are looked up by id in constant time."""

    def __init__(
        self,
        form: Form,
        *,
        id: str | None = None,
        stage: str | None = None,
        year: int | None = None,
        unit_name: str = "",
        unit_code: str = "",
        origin: Origin | None = None,
    ) -> None:
        self.form = form
        self.id = id or new_id()
        self.origin = origin
        self.explanations: dict[str, Explanation] = {}
        facts = {
            "stage": stage if stage is not None else form.stages[0],
            "year": "" if year is None else str(year),
            "unit.name": unit_name,
            "unit.code": unit_code,
        }
        self._values: dict[str, str] = {name: text for name, text in facts.items() if text}
        self._tables: dict[tuple[str, str], list[Row]] = {(t.path, ROOT): [] for t in form.top_tables()}
        self._rows: dict[tuple[str, str], Row] = {}
        self._parents: dict[tuple[str, str], str] = {}

    # -- facts ---------------------------------------------------------------------------------

    @property
    def stage(self) -> str:
        """申报, 批复, 监控, 调整 or 自评."""
        return self._values.get("stage", "")

    @property
    def year(self) -> int | None:
        """The budget year, or None while it is blank or not a year."""
        text = self._values.get("year", "")
        return int(text) if re.fullmatch(r"19[0-9]{2}|2[0-9]{3}", text) else None

    @property
    def unit_name(self) -> str:
        """The unit's name as typed."""
        return self._values.get("unit.name", "")

    @property
    def unit_code(self) -> str:
        """The unit's budget code as typed, or ``""``."""
        return self._values.get("unit.code", "")

    @property
    def project_code(self) -> str:
        """The project's code, or ``""`` for a form that is not about a project."""
        return self._values.get(self.form.about.code, "")

    @property
    def project_name(self) -> str:
        """The project's name, or ``""`` for a form that is not about a project."""
        return self._values.get(self.form.about.name, "")

    # -- reading -------------------------------------------------------------------------------

    def text(self, place: Place) -> str:
        """Give the text at a place, ``""`` when it is blank or its row is gone."""
        if not place.table:
            return self._values.get(place.column, "")
        row = self._rows.get((place.table, place.row))
        return row.cells.get(place.column, "") if row else ""

    def field(self, name: str) -> str:
        """Give the text of a field or fact, ``""`` when it is blank."""
        return self._values.get(name, "")

    @property
    def cells(self) -> Mapping[str, str]:
        """The filled fields and facts as they stand, read like the cells of a row."""
        return self._values

    @property
    def values(self) -> dict[str, str]:
        """The filled fields (without the facts), in the form's order."""
        return {name: self._values[name] for name in self.form.fields if name in self._values}

    def rows(self, table: str, parent: str = ROOT) -> list[Row]:
        """Give the rows of a table; of an inner table, those inside the row ``parent``."""
        return self._tables.get((table, parent), [])

    def all_rows(self, table: str) -> Iterator[tuple[str, Row]]:
        """Give every row of a table with the id of its parent row, in order, over all parents."""
        above = table.rpartition(".")[0]
        if not above:
            for row in self.rows(table):
                yield ROOT, row
            return
        for _, outer in self.all_rows(above):
            for row in self.rows(table, outer.id):
                yield outer.id, row

    def row(self, table: str, row_id: str) -> Row | None:
        """Give a row by its id, or None when it is gone."""
        return self._rows.get((table, row_id))

    def parent_of(self, table: str, row_id: str) -> str:
        """Give the id of the row that holds an inner row, ``""`` for a top-level one."""
        return self._parents.get((table, row_id), ROOT)

    def position(self, table: str, row_id: str) -> int:
        """Give the 0-based position of a row among its siblings; raises KeyError when it is gone."""
        for index, row in enumerate(self.rows(table, self.parent_of(table, row_id))):
            if row.id == row_id:
                return index
        raise KeyError(row_id)

    def places(self) -> Iterator[Place]:
        """Give every filled place: facts, then fields, then table cells in the form's order."""
        for name in (*FACTS, *self.form.fields):
            if self._values.get(name):
                yield field_place(name)
        for path, table in self.form.tables.items():
            for _, row in self.all_rows(path):
                for column in table.columns:
                    if row.cells.get(column):
                        yield Place(path, row.id, column)

    def has_data(self, table: str, row: Row) -> bool:
        """Whether a row holds more than level names (ruling 3: else it is an empty row)."""
        definition = self.form.tables[table]
        levels = definition.level_columns
        if any(name not in levels for name in row.cells):
            return True
        return any(
            self.has_data(inner.path, one)
            for inner in self.form.inner_tables(table)
            for one in row.inner.get(inner.name, [])
        )

    def level_pair(self, table: str, row: Row) -> tuple[str, ...]:
        """Give the level names of a row, in column order."""
        return tuple(row.cells.get(name, "") for name in self.form.tables[table].level_columns)

    def levels_locked(self, table: str, row: Row) -> bool:
        """Whether the level names of a row are fixed by the form (an ``always`` pair, ruling 6)."""
        return self.level_pair(table, row) in self.form.tables[table].always

    def must_stay(self, table: str, row: Row) -> bool:
        """Whether removing a row only empties it: it is the last one of an ``always`` pair."""
        if not self.levels_locked(table, row):
            return False
        pair = self.level_pair(table, row)
        return sum(self.level_pair(table, one) == pair for one in self.rows(table)) == 1

    # -- addresses -----------------------------------------------------------------------------

    def counted(self, place: Place) -> str:
        """Give a place as people count: ``goal``, ``tasks[2].funds``, ``tasks[2].steps[1].what``."""
        if not place.table:
            return place.column
        return f"{self.counted_row(place.table, place.row)}.{place.column}"

    def counted_row(self, table: str, row_id: str) -> str:
        """Give a row as people count: ``tasks[2]``; a row that is gone is ``tasks[?]``."""
        above, _, name = table.rpartition(".")
        prefix = f"{self.counted_row(above, self.parent_of(table, row_id))}." if above else ""
        try:
            return f"{prefix}{name}[{self.position(table, row_id) + 1}]"
        except KeyError:
            return f"{prefix}{name}[?]"

    def place(self, counted: str) -> Place:
        """Give the place of a counted address; raises RefusedError when the form or document has none."""
        table, row, rest = "", ROOT, counted
        while match := _COUNTED.match(rest):
            table = f"{table}.{match[1]}" if table else match[1]
            siblings = self.rows(table, row)
            number = int(match[2])
            if not 1 <= number <= len(siblings):
                raise RefusedError("sheet.no-such-place", place=counted)
            row, rest = siblings[number - 1].id, rest[match.end() :]
        known = self.form.column(table, rest) is not None or (not table and rest in FACTS)
        if not known:
            raise RefusedError("sheet.no-such-place", place=counted)
        return Place(table, row, rest)

    # -- changing (by edits only) ----------------------------------------------------------------

    def set_text(self, place: Place, text: str) -> None:
        """Put a text at a place; an empty text leaves the place absent."""
        cells = self._rows[place.table, place.row].cells if place.table else self._values
        if text:
            cells[place.column] = text
        else:
            cells.pop(place.column, None)

    def insert_row(self, table: str, parent: str, index: int, row: Row) -> None:
        """Put a row (and the rows inside it) at a 0-based position."""
        self._siblings(table, parent).insert(index, row)
        self._index(table, parent, row)

    def take_row(self, table: str, parent: str, index: int) -> Row:
        """Take a row (and the rows inside it) out."""
        row = self._siblings(table, parent).pop(index)
        self._forget(table, row)
        return row

    def move_row(self, table: str, parent: str, old: int, new: int) -> None:
        """Move a row to another position among its siblings."""
        rows = self._siblings(table, parent)
        rows.insert(new, rows.pop(old))

    def _siblings(self, table: str, parent: str) -> list[Row]:
        above, _, name = table.rpartition(".")
        if not above:
            return self._tables[table, ROOT]
        rows = self._rows[above, parent].inner.setdefault(name, [])
        self._tables[table, parent] = rows
        return rows

    def _index(self, table: str, parent: str, row: Row) -> None:
        self._rows[table, row.id] = row
        self._parents[table, row.id] = parent
        for inner in self.form.inner_tables(table):
            rows = row.inner.setdefault(inner.name, [])
            self._tables[inner.path, row.id] = rows
            for one in rows:
                self._index(inner.path, row.id, one)

    def _forget(self, table: str, row: Row) -> None:
        del self._rows[table, row.id]
        del self._parents[table, row.id]
        for inner in self.form.inner_tables(table):
            self._tables.pop((inner.path, row.id), None)
            for one in row.inner.get(inner.name, []):
                self._forget(inner.path, one)

    def copy(self, *, id: str | None = None) -> Document:
        """Give an independent copy, under the same id unless another is given."""
        twin = Document(self.form, id=id or self.id, origin=self.origin)
        twin._values = dict(self._values)
        twin.explanations = dict(self.explanations)
        for table in self.form.top_tables():
            for index, row in enumerate(self.rows(table.path)):
                twin.insert_row(table.path, ROOT, index, row.copy())
        return twin


def blank_document(
    form: Form,
    *,
    stage: str | None = None,
    year: int | None = None,
    unit_name: str = "",
    unit_code: str = "",
    row_id: Callable[[], str] = new_row_id,
) -> Document:
    """Give a new document with the rows its form starts with (``start`` and ``always``)."""
    document = Document(form, stage=stage, year=year, unit_name=unit_name, unit_code=unit_code)
    for table in form.top_tables():
        starting: list[Mapping[str, str]] = list(table.start)
        starting += [dict(zip(table.level_columns, pair, strict=True)) for pair in table.always]
        for index, cells in enumerate(starting):
            document.insert_row(table.path, ROOT, index, Row(row_id(), dict(cells)))
    return document
