"""Computed figures of a document, kept right while it is edited.

Always the program's own arithmetic: a computed place that holds a typed or imported text is judged
against this (ruling 4), never used in place of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import TopologicalSorter

from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.edits import AddRow, Edit, MoveRow, RemoveRow, SetExplanation, SetText
from core.sheet.expression import Expression, Lookup, Read, UnreadableError, Value, compile_expression
from core.sheet.numbers import parse_number
from core.sheet.places import Place

Node = tuple[str, str]
"""A computed field ``("", name)`` or computed column ``(table, column)``."""


class Formulas:
    """The computed fields and columns of a form, in the order in which they must be worked out."""

    def __init__(self, form: Form) -> None:
        fields, tables = dict(form.fields), dict(form.tables)
        self.expressions: dict[Node, Expression] = {}
        for name, field in form.fields.items():
            if field.compute:
                self.expressions["", name] = compile_expression(field.compute, fields, tables)
        for path, table in form.tables.items():
            for name, column in table.columns.items():
                if column.compute:
                    self.expressions[path, name] = compile_expression(column.compute, fields, tables, path)
        sorter: TopologicalSorter[Node] = TopologicalSorter()
        for node, expression in self.expressions.items():
            sorter.add(node, *(read for read in self.reads(node, expression) if read in self.expressions))
        # Raises graphlib.CycleError, which names the loop.
        self.order: tuple[Node, ...] = tuple(
            node for node in sorter.static_order() if node in self.expressions
        )
        self.dependents: dict[Read, list[Node]] = {}
        for node in self.order:
            for read in self.reads(node, self.expressions[node]):
                self.dependents.setdefault(read, []).append(node)

    @staticmethod
    def reads(node: Node, expression: Expression) -> list[Read]:
        """Give what a computed place reads, its own row's columns under their table."""
        return [(node[0], column) if table == "." else (table, column) for table, column in expression.reads]


class Computation(Lookup):
    """The computed figures of one document.

    Call ``edited`` after each edit was applied; it gives the computed places whose figure changed.
    """

    def __init__(self, document: Document, formulas: Formulas | None = None) -> None:
        self.document = document
        self.formulas = formulas or Formulas(document.form)
        self._values: dict[Place, Value] = {}
        self._row = ("", "")
        for node in self.formulas.order:
            self._work_out(node)

    def is_computed(self, place: Place) -> bool:
        """Whether a place is worked out by the form."""
        return (place.table, place.column) in self.formulas.expressions

    def value(self, place: Place) -> Value:
        """Give the figure of a computed place, or None when there is no answer yet."""
        return self._values.get(place)

    def number(self, place: Place) -> Value:
        """Give the number at any place: computed, else as typed; None when blank or no number."""
        if self.is_computed(place):
            return self._values.get(place)
        return parse_number(self.document.text(place))

    # -- Lookup, for expressions ------------------------------------------------------------------

    def one(self, name: str) -> Value:
        """Give a field's number."""
        return self._read(Place("", "", name))

    def own(self, column: str) -> Value:
        """Give the number in a column of the row being worked out."""
        table, row = self._row
        return self._read(Place(table, row, column))

    def column(self, table: str, column: str) -> Iterator[Value]:
        """Give the numbers of a whole column."""
        for _, row in self.document.all_rows(table):
            yield self._read(Place(table, row.id, column))

    def of_row(self, table: str, row_id: str) -> Computation:
        """Give this lookup, with ``own`` reading the given row."""
        self._row = (table, row_id)
        return self

    def _read(self, place: Place) -> Value:
        if (place.table, place.column) in self.formulas.expressions:
            return self._values.get(place)
        text = self.document.text(place)
        if not text:
            return None
        number = parse_number(text)
        if number is None:
            raise UnreadableError(place.column)
        return number

    # -- keeping right ------------------------------------------------------------------------------

    def edited(self, edit: Edit) -> set[Place]:
        """Work out again what an applied edit touches; give the computed places that changed."""
        if not self.formulas.order:
            return set()
        match edit:
            case SetText(place, _, _):
                return self._refresh([(place.table, place.column)])
            case AddRow(table) | RemoveRow(table):
                if isinstance(edit, RemoveRow):
                    self._forget_gone()
                return self._refresh(self._columns_under(table))
            case MoveRow() | SetExplanation():
                return set()

    def _columns_under(self, table: str) -> list[Read]:
        return [
            (path, name)
            for path, one in self.document.form.tables.items()
            if path == table or path.startswith(table + ".")
            for name in one.columns
        ]

    def _forget_gone(self) -> None:
        for place in list(self._values):
            if place.table and self.document.row(place.table, place.row) is None:
                del self._values[place]

    def _refresh(self, reads: list[Read]) -> set[Place]:
        changed: set[Place] = set()
        touched = set(reads)
        for node in self.formulas.order:
            if (
                not touched.isdisjoint(self.formulas.reads(node, self.formulas.expressions[node]))
                or node in touched
            ):
                now = self._work_out(node)
                if now:
                    changed |= now
                    touched.add(node)
        return changed

    def _work_out(self, node: Node) -> set[Place]:
        table, name = node
        expression = self.formulas.expressions[node]
        if not table:
            return self._put(Place("", "", name), expression.number(self))
        changed: set[Place] = set()
        for _, row in self.document.all_rows(table):
            self._row = (table, row.id)
            changed |= self._put(Place(table, row.id, name), expression.number(self))
        return changed

    def _put(self, place: Place, value: Value) -> set[Place]:
        if place in self._values and self._values[place] == value:
            return set()
        new = place not in self._values
        self._values[place] = value
        return set() if new and value is None else {place}
