"""Computed figures of a document, kept right while it is edited.

Always the program's own arithmetic: a computed place that holds a typed or imported text is judged
against this (ruling 4), never used in place of it; only an ``open`` one is a person's where no figure
comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from decimal import Decimal
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any, NamedTuple

from core.sheet.definition import Field, Form
from core.sheet.document import Document
from core.sheet.edits import Edit, MoveRow, RemoveRow, SetExplanation, SetText
from core.sheet.expression import Expression, Lookup, Read, UnreadableError, Value, compile_expression
from core.sheet.numbers import parse_number
from core.sheet.places import Place

if TYPE_CHECKING:
    from core.sheet.values import Value as Reading
    from core.sheet.values import ValueGrammar

Node = tuple[str, str]
"""A computed field ``("", name)`` or computed column ``(table, column)``."""
Touched = dict[Read, Set[str]]
"""What changed: fields (with the row ``""``) and columns with the rows in which they did."""
_NO_ROWS: frozenset[str] = frozenset()


class Step(NamedTuple):
    """One computed place as it is worked out: what it reads, of its own row and elsewhere."""

    node: Node
    expression: Expression
    own: tuple[Read, ...]
    others: tuple[Read, ...]

    def rows(self, touched: Touched) -> Iterable[str] | None:
        """Give the rows in which it may come out otherwise, none perhaps; None for all."""
        for read in self.others:
            if read in touched:
                return None
        rows = touched.get(self.node, _NO_ROWS)  # a text typed over it: nothing else reads that
        for read in self.own:
            if read in touched:
                rows = touched[read] if not rows else rows | touched[read]
        return rows


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
        self.steps = tuple(self._step(node) for node in self.order)
        self.open = frozenset(node for node in self.order if is_open(form.column(*node)))
        self.dependents: dict[Read, list[Node]] = {}
        for step in self.steps:
            for read in (*step.own, *step.others):
                self.dependents.setdefault(read, []).append(step.node)
        self._after: dict[Read, tuple[Step, ...]] = {}

    def _step(self, node: Node) -> Step:
        expression = self.expressions[node]
        own = tuple((node[0], column) for table, column in expression.reads if table == ".")
        others = tuple(read for read in expression.reads if read[0] != ".")
        return Step(node, expression, own, others)

    @staticmethod
    def reads(node: Node, expression: Expression) -> list[Read]:
        """Give what a computed place reads, its own row's columns under their table."""
        return [(node[0], column) if table == "." else (table, column) for table, column in expression.reads]

    def after(self, read: Read) -> tuple[Step, ...]:
        """Give what a change of a field or column may change, in order."""
        found = self._after.get(read)
        if found is None:
            reached = {read}
            steps = []
            for step in self.steps:
                if step.node in reached or not reached.isdisjoint((*step.own, *step.others)):
                    reached.add(step.node)
                    steps.append(step)
            found = self._after[read] = tuple(steps)
        return found


class Computation(Lookup):
    """The computed figures of one document.

    Call ``edited`` after each edit was applied; it gives the computed places whose figure changed.
    """

    def __init__(
        self, document: Document, formulas: Formulas | None = None, grammar: ValueGrammar | None = None
    ) -> None:
        self.document = document
        self.formulas = formulas or Formulas(document.form)
        self.grammar = grammar
        """What values are read by; the form's own when there is none."""
        self.settings: Mapping[str, Any] = document.form.stated
        self._values: dict[tuple[str, str, str], Value] = {}  # by place, which is such a tuple
        # The figures of columns that computed places read, by row in the order of the sheet.
        self._columns: dict[Read, dict[str, Value]] = {}
        self.own_row = ("", "")
        """The table and id of the row being worked out."""
        self._functions: Mapping[str, Callable[[Any], Value]] | None = None
        for step in self.formulas.steps:
            self._work_out(step)

    def with_settings(self, settings: Mapping[str, Any], grammar: ValueGrammar | None = None) -> set[Place]:
        """Work out by other settings than the form states; give the computed places that changed.

        By another grammar, too, when one is given: whoever reads the values besides shares what it knows.
        """
        names = {name for step in self.formulas.steps for name in step.expression.settings}
        before, self.settings = self.settings, settings
        reread = grammar is not None and grammar is not self.grammar
        self.grammar = grammar or self.grammar
        changed: set[Place] = set()
        if reread or any(before.get(name) != settings.get(name) for name in names):
            for step in self.formulas.steps:
                changed.update(Place(step.node[0], row, step.node[1]) for row in self._work_out(step))
        return changed

    def is_computed(self, place: Place) -> bool:
        """Whether a place is worked out by the form."""
        return (place.table, place.column) in self.formulas.expressions

    def value(self, place: Place) -> Value:
        """Give the figure of a computed place, or None when there is no answer yet."""
        return self._values.get(place)

    def number(self, place: Place) -> Value:
        """Give the number at any place: computed, else as typed; None when blank or no number."""
        node = (place.table, place.column)
        if node in self.formulas.expressions:
            value = self._values.get(place)
            if value is not None or node not in self.formulas.open:
                return value
        return parse_number(self.document.text(place))

    # -- Lookup, for expressions ------------------------------------------------------------------

    def one(self, name: str) -> Value:
        """Give a field's number."""
        return self._figure("", "", name, self.document.field(name))

    def own(self, column: str) -> Value:
        """Give the number in a column of the row being worked out."""
        table, row_id = self.own_row
        row = self.document.row(table, row_id)
        return self._figure(table, row_id, column, row.cells.get(column, "") if row is not None else "")

    def column(self, table: str, column: str) -> Iterable[Value]:
        """Give the numbers of a whole column."""
        return self.figures(table, column).values()

    def figures(self, table: str, column: str) -> Mapping[str, Value]:
        """Give the numbers of a whole column by the ids of its rows."""
        node = (table, column)
        kept = self._columns.get(node)
        if kept is None:
            kept = self._of_column(table, column)
            if node in self.formulas.dependents:  # of others nobody tells that they were edited
                self._columns[node] = kept
        return kept

    def _of_column(self, table: str, column: str) -> dict[str, Value]:
        document, node = self.document, (table, column)
        rows = [row for _, row in document.all_rows(table)] if "." in table else document.rows(table)
        if node not in self.formulas.expressions or node in self.formulas.open:
            return {row.id: self._figure(table, row.id, column, row.cells.get(column, "")) for row in rows}
        values = self._values
        return {row.id: values.get((table, row.id, column)) for row in rows}

    def _note(self, table: str, row_id: str, column: str) -> None:
        """Put a figure that changed into its column; what is no figure, or of a new row, ends that."""
        kept, row = self._columns[table, column], self.document.row(table, row_id)
        if row is not None and row_id in kept:
            try:
                kept[row_id] = self._figure(table, row_id, column, row.cells.get(column, ""))
            except UnreadableError:
                pass
            else:
                return
        del self._columns[table, column]

    def _figure(self, table: str, row: str, column: str, text: str) -> Value:
        node = (table, column)
        if node in self.formulas.expressions:
            value = self._values.get((table, row, column))
            if value is not None or node not in self.formulas.open:
                return value
        return _number(text, column) if text else None

    def setting(self, name: str) -> Value:
        """Give the number a setting says."""
        value = self.settings.get(name)
        return Decimal(value) if isinstance(value, int | Decimal) else None

    def call(self, name: str, reads: tuple[Read, ...]) -> Value:
        """Work a named function out; no answer for a form that was read without the grammar of values."""
        own = self.document.form.grammar
        if own is None:
            return None
        if self._functions is None:
            from core.sheet.scoring import FUNCTIONS  # what reads values is loaded where values are scored

            self._functions = FUNCTIONS
        return self._functions[name](_Call(self, reads, self.grammar or own()))

    def of_row(self, table: str, row_id: str) -> Computation:
        """Give this lookup, with ``own`` reading the given row."""
        self.own_row = (table, row_id)
        return self

    # -- keeping right ------------------------------------------------------------------------------

    def edited(self, edit: Edit) -> set[Place]:
        """Work out again what an applied edit touches; give the computed places that changed."""
        if isinstance(edit, SetText):
            table, row, column = edit.place
            read = (table, column)
            if read in self._columns:
                self._note(table, row, column)
            return self._refresh({read: {row}}, self.formulas.after(read))
        if isinstance(edit, SetExplanation):
            return set()
        self._columns.clear()
        if isinstance(edit, MoveRow):
            return set()
        if isinstance(edit, RemoveRow):
            self._forget_gone()
        return self._refresh(self._under(edit.table, edit.row.id), self.formulas.steps)

    def _under(self, table: str, row_id: str) -> Touched:
        """The columns of a row and of the rows inside it, as far as they are there."""
        row = self.document.row(table, row_id)
        touched: Touched = {}
        for path, definition in self.document.form.tables.items():
            if path == table or path.startswith(table + "."):
                inside = [] if row is None or path == table else self.document.all_rows(path)
                rows = {row_id} if path == table and row is not None else {one.id for _, one in inside}
                touched |= {(path, name): set(rows) for name in definition.columns}
        return touched

    def _forget_gone(self) -> None:
        for table, row, column in list(self._values):
            if table and self.document.row(table, row) is None:
                del self._values[table, row, column]

    def _refresh(self, touched: Touched, steps: tuple[Step, ...]) -> set[Place]:
        changed: set[Place] = set()
        for step in steps:
            rows = step.rows(touched)
            if rows is None or rows:
                node = table, name = step.node
                now = self._work_out(step, rows)
                if now:
                    touched[node] = now | touched[node] if node in touched else now
                    for row in now:
                        changed.add(Place(table, row, name))
        return changed

    def _work_out(self, step: Step, rows: Iterable[str] | None = None) -> set[str]:
        """Work a computed field out, or a computed column in some rows (None: all); give where it changed."""
        (table, name), number = step.node, step.expression.number
        if not table:
            return {""} if self._put("", "", name, number(self)) else set()
        changed = set()
        for row_id in [row.id for _, row in self.document.all_rows(table)] if rows is None else rows:
            if rows is None or self.document.row(table, row_id) is not None:
                self.own_row = (table, row_id)
                if self._put(table, row_id, name, number(self)):
                    changed.add(row_id)
        return changed

    def _put(self, table: str, row: str, name: str, value: Value) -> bool:
        """Note a figure; give whether it is another than before."""
        place = (table, row, name)
        old = self._values.get(place)
        # None is compared by itself: a Decimal takes its time to find that it is not None.
        if old is value or (old is not None and value is not None and old == value):
            self._values.setdefault(place, value)
            return False
        self._values[place] = value
        if (table, name) in self._columns:
            self._note(table, row, name)
        return True


class _Call:
    """What a named function is told, of the row being worked out."""

    __slots__ = ("_computation", "_reads", "grammar")

    def __init__(self, computation: Computation, reads: tuple[Read, ...], grammar: ValueGrammar) -> None:
        self._computation = computation
        self._reads = reads
        self.grammar = grammar

    def number(self, index: int) -> Value:
        table, column = self._reads[index]
        return self._computation.own(column) if table == "." else self._computation.one(column)

    def value(self, index: int) -> Reading:
        (at, column), computation = self._reads[index], self._computation
        table, row = computation.own_row if at == "." else ("", "")
        return read_value(computation.document, Place(table, row, column), self.grammar)

    def column(self, index: int) -> Mapping[str, Value] | None:
        return self._computation.figures(*self._reads[index]) if index < len(self._reads) else None

    def setting(self, name: str) -> Any:
        return self._computation.settings.get(name)


def read_value(document: Document, place: Place, grammar: ValueGrammar) -> Reading:
    """Read the indicator value at a place, with the cells of sign and unit that belong to it."""
    row = document.row(place.table, place.row)
    if row is None:
        return grammar.parse(document.text(place))
    table, cells = document.form.tables[place.table], row.cells
    text = cells.get(place.column, "")
    if table.value_parts is None or table.columns[place.column].kind != "value":
        return grammar.parse(text)
    operator, unit = table.value_parts
    return grammar.parse_parts(cells.get(operator, ""), text, cells.get(unit, ""))


def is_open(field: Field | None) -> bool:
    """Whether a computed place is filled by a person where no figure comes out."""
    return field is not None and field.open


def _number(text: str, column: str) -> Decimal:
    number = parse_number(text)
    if number is None:
        raise UnreadableError(column)
    return number
