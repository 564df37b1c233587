"""Arithmetic of a form as checks: ties of a definition, and computed places that hold a typed figure.

Expressions come from the definition (perhaps from outside); they are checked and worked out by
``core.sheet.expression`` in ``Decimal``.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from decimal import Decimal

from core.check.catalogue import Record
from core.check.finding import Hit
from core.check.rule import Hits
from core.check.view import RowView, Scene
from core.sheet.compute import Computation, Formulas
from core.sheet.definition import CheckTie, Field, Form
from core.sheet.expression import Expression, Read, compile_expression
from core.sheet.numbers import parse_number, round_half_up, shown_computed
from core.sheet.places import Place

COMPUTED = "computed"
"""The case of a record that speaks about a typed figure where the form computes one."""
SIGN = "sign"
"""The case of a record that speaks about such a figure when only its sign is another."""
_RATE_TOLERANCE = Decimal("0.005")


class TieCheck:
    """One tie of a form: the expression that must hold, and the figures of its sentence.

    It leaves a mistake to another check only where that one is ``heard``: no kit switched it off.
    """

    def __init__(self, form: Form, formulas: Formulas, tie: CheckTie, heard: Container[str] = ()) -> None:
        self._marks = [_read(mark) for mark in tie.mark]
        tables = {table for table, _ in self._marks}
        only = next(iter(tables)) if len(tables) == 1 else ""
        fields, known = dict(form.fields), dict(form.tables)

        def compiled(text: str) -> Expression:
            return compile_expression(text, fields, known, only)

        self._expect = compiled(tie.expect)
        self._when = compiled(tie.when) if tie.when else None
        self._unless = [compiled(text) for check, text in tie.unless.items() if check in heard]
        self._params = {name: compiled(text) for name, text in tie.params.items()}
        self._decimals = form.money.decimals
        self._case = tie.case
        parts = [self._expect, *([self._when] if self._when else []), *self._params.values()]
        reads = dict.fromkeys(read for part in parts for read in part.reads)
        # What only these read may be blank or no number: then the mistake is not left to another check.
        left = dict.fromkeys(read for part in self._unless for read in part.reads)
        self.table = only if any(table == "." for table, _ in (*reads, *left)) else ""
        """The table whose rows it judges one by one, or ``""``."""
        own = [column for table, column in self._marks if table == self.table] if self.table else []
        self.row_reads: tuple[str, ...] = tuple(
            dict.fromkeys([column for table, column in (*reads, *left) if table == "."] + own)
        )
        self._bases = base_reads(formulas, _named(reads, only))
        beneath = base_reads(formulas, _named(left, only))
        own_tables = (".", self.table) if self.table else (".",)

        def elsewhere(*found: Read) -> tuple[Read, ...]:
            return tuple(dict.fromkeys(read for read in found if read[0] not in own_tables))

        self.reads: tuple[Read, ...] = elsewhere(*reads, *self._bases)
        self.also: tuple[Read, ...] = elsewhere(*left, *beneath)
        """What it reads only to know whether another check speaks of the same mistake."""
        both = (*self._bases, *beneath)
        self.row_reads += tuple(name for at, name in both if self.table and at == self.table)
        self.marks: tuple[Read, ...] = () if self.table else tuple(self._marks)

    def row(self, view: RowView) -> Hits:
        """Judge one row."""
        lookup = view.scene.computation.of_row(view.table, view.id)
        figures = self._judge(lookup)
        if figures is None or self._unreadable(view.scene, view):
            return ()
        places = tuple(view.place(column) for _, column in self._marks) or (view.place(self.row_reads[0]),)
        return (Hit(places, figures, self._case),)

    def document(self, scene: Scene) -> Hits:
        """Judge the document; marks are the fields named and the filled cells of the columns named."""
        figures = self._judge(scene.computation)
        if figures is None or self._unreadable(scene, None):
            return ()
        places: list[Place] = []
        for table, column in self._marks:
            if not table:
                places.append(Place("", "", column))
                continue
            for _, row in scene.document.all_rows(table):
                if column in row.cells:
                    places.append(Place(table, row.id, column))
        if not places:
            places = [Place("", "", column) for table, column in self.reads if not table][:1]
        waiting = self._is_perhaps_unfinished(figures)
        return (Hit(tuple(places), figures, self._case, waiting=waiting),) if places else ()

    def _is_perhaps_unfinished(self, figures: Mapping[str, Decimal | None]) -> bool:
        """Whether a list adds up to less than it should: rows may still be to come."""
        a, b = figures.get("a"), figures.get("b")
        listed = any(table for table, _ in self._bases)
        return listed and b is not None and (a is None or a < b)

    def _unreadable(self, scene: Scene, own: RowView | None) -> bool:
        """Whether a figure it comes down to is filled in and no number: then there is nothing to compare."""
        for table, column in self._bases:
            if not table:
                texts = [scene.document.field(column)]
            elif own is not None and table == self.table:
                texts = [own.text(column)]
            else:
                texts = [row.cells.get(column, "") for _, row in scene.document.all_rows(table)]
            if any(text and parse_number(text) is None for text in texts):
                return True
        return False

    def _judge(self, lookup: Computation) -> Mapping[str, Decimal | None] | None:
        """Give the figures when it does not hold, else None."""
        if self._when is not None and self._when.holds(lookup) is not True:
            return None
        if self._expect.holds(lookup) is not False:
            return None
        if any(condition.holds(lookup) for condition in self._unless):
            return None
        figures = {name: expression.number(lookup) for name, expression in self._params.items()}
        if "a" in figures and "b" in figures:
            difference = abs((figures["a"] or Decimal(0)) - (figures["b"] or Decimal(0)))
            # Smaller than the form can print: the amounts are equal at its own precision, and a cell with too
            # many decimals is spoken about on its own.
            if difference and not round_half_up(difference, self._decimals):
                return None
            figures.setdefault("d", difference)
        return figures


class TypedFigure:
    """A computed place that holds a typed or imported figure, compared with our own (ruling 4)."""

    def __init__(self, form: Form, field: Field, record: Record) -> None:
        self._field = field
        self._money = form.money
        self._signed = SIGN in record.cases

    def row(self, view: RowView) -> Hits:
        """Judge the place in one row (or among the fields); the fix takes the computed figure."""
        name = self._field.name
        text, own = view.text(name), view.scene.computation.value(view.place(name))
        typed = _figure(text, self._field)
        if typed is None or own is None or self._agrees(typed, own):
            return ()
        shown = shown_computed(own, self._field, self._money)
        ours = own * 100 if self._field.kind == "percent" else self._as_printed(own)
        case = SIGN if self._signed and self._agrees(-typed, own) else COMPUTED
        edits = [view.put(name, "")]
        return (view.hit(name, case=case, edits=edits, typed=text, own=shown, d=abs(typed - ours)),)

    def _agrees(self, typed: Decimal, own: Decimal) -> bool:
        if self._field.kind == "percent":
            return abs(typed - own * 100) <= _RATE_TOLERANCE
        return typed in (own, self._as_printed(own))

    def _as_printed(self, own: Decimal) -> Decimal:
        return round_half_up(own, self._money.decimals if self._field.kind == "money" else 2)


def tie_marking(form: Form, table: str, column: str) -> CheckTie | None:
    """Give the tie without a condition that marks a place: its check speaks about that place."""
    silent = (tie for tie in form.checks if not tie.expect)
    return next((tie for tie in silent if (table, column) in map(_read, tie.mark)), None)


def tie_naming(form: Form, table: str, column: str) -> CheckTie | None:
    """Give the tie that speaks about a computed place: one that marks it, or whose condition reads it."""
    marking = tie_marking(form, table, column)
    if marking is not None:
        return marking
    fields, tables = dict(form.fields), dict(form.tables)
    for tie in form.checks:
        marked = {_read(mark)[0] for mark in tie.mark}
        own = next(iter(marked)) if len(marked) == 1 else ""
        if not tie.expect:
            continue
        for read in compile_expression(tie.expect, fields, tables, own).reads:
            if (own if read[0] == "." else read[0], read[1]) == (table, column):
                return tie
    return None


def base_reads(formulas: Formulas, reads: tuple[Read, ...]) -> tuple[Read, ...]:
    """Give what reads come down to: a computed place stands for all that it is made of."""
    seen: dict[Read, None] = {}
    todo = list(reads)
    while todo:
        read = todo.pop()
        if read not in seen:
            seen[read] = None
            if read in formulas.expressions:
                todo += formulas.reads(read, formulas.expressions[read])
    return tuple(read for read in seen if read not in formulas.expressions)


def _named(reads: Iterable[Read], own: str) -> tuple[Read, ...]:
    """Give reads with the name of their table where they are of its rows."""
    return tuple((own, name) if at == "." else (at, name) for at, name in reads)


def _read(name: str) -> Read:
    table, _, column = name.rpartition(".")
    return table, column


def _figure(text: str, field: Field) -> Decimal | None:
    if field.kind == "percent":
        text = text.removesuffix("%").removesuffix("％").rstrip()
    return parse_number(text)
