"""Which field, table and column of an old form each one of a new form is filled from."""

from __future__ import annotations

from core.sheet.carry_statement import ANY, LAST_YEAR
from core.sheet.definition import CarryFrom, Form

OUTCOMES = ("actual", "score", "reason", "result")
"""Columns that say how it went; another year or stage says it anew, so they begin empty."""

EMPTY = ""
"""The name of nothing: begins empty."""


def begins_from(new: Form, old: Form) -> bool:
    """Whether a form says that it is begun from another one: itself, a named one, or any."""
    return new.form == old.form or old.form in new.carry or ANY in new.carry


class Plan:
    """Corresponding names of two forms: by statement, else by equal names.

    Answers are a name of the old form, ``EMPTY``, or None for no counterpart.
    """

    def __init__(self, old: Form, new: Form, *, anew: bool, new_year: bool) -> None:
        self._old = old
        self._new = new
        self._anew = anew
        origins = [LAST_YEAR] if old.form == new.form and new_year else []
        self._statements: list[CarryFrom] = [
            new.carry[origin] for origin in (*origins, old.form, ANY) if origin in new.carry
        ]
        self.each = next((one.each for one in self._statements if one.each in old.tables), "")

    def field(self, name: str) -> str | None:
        """Give what a field is filled from; a cell of a row of ``each`` is ``table.column``."""
        for statement in self._statements:
            source = statement.fields.get(name)
            if source == EMPTY or (source is not None and self._is_field(source)):
                return source
        if name in self._old.fields:
            return name
        about = ((self._new.about.name, self._old.about.name), (self._new.about.code, self._old.about.code))
        return next((old for new, old in about if new == name and self._is_field(old)), None)

    def table(self, path: str) -> str | None:
        """Give what a table is filled from; a table in a row only from one in the rows of its outer table."""
        source = self._stated_table(path)
        above = path.rpartition(".")[0]
        if above and source and source.rpartition(".")[0] != self.table(above):
            return None
        return source

    def tables_read(self) -> set[str]:
        """Give the tables of the old form that something of the new one is filled from."""
        return {self.each, *filter(None, map(self.table, self._new.tables))}

    def column(self, path: str, name: str) -> str | None:
        """Give what a column is filled from."""
        source = self.table(path)
        if not source:
            return None
        for statement in self._statements:
            stated = statement.columns.get(f"{path}.{name}")
            if stated == EMPTY or (stated is not None and self._is_column(source, stated)):
                return stated
        if self._anew and name in OUTCOMES:
            return EMPTY
        return name if self._is_column(source, name) else None

    def _stated_table(self, path: str) -> str | None:
        for statement in self._statements:
            source = statement.tables.get(path)
            if source == EMPTY or source in self._old.tables:
                return source
        return path if path in self._old.tables else None

    def _is_field(self, name: str) -> bool:
        table, _, column = name.rpartition(".")
        if table:
            return table == self.each and self._old.column(table, column) is not None
        return name in self._old.fields

    def _is_column(self, table: str, name: str) -> bool:
        return name in self._old.tables[table].columns
