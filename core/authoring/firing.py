"""Which ties of a form can never find fault, and which always do: found by trying many made-up documents.

The documents are the same every time, so that the answer is, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from core.authoring.flaw import Flaws
from core.sheet.compute import Computation, Formulas
from core.sheet.definition import CheckTie, Field, Form, Table
from core.sheet.document import ROOT, Document, Row, blank_document
from core.sheet.expression import Expression, compile_expression
from core.sheet.places import field_place

DOCUMENTS = 240
MAX_ROWS = 4
_FIGURES = ("", "0", "1", "2", "3", "5", "10", "20", "50", "90", "100", "150", "-1")
_PLAIN = ("0", "1", "2")


@dataclass
class _Tried:
    """A tie, and what came out of trying it: how often it held, how often not."""

    number: int
    tie: CheckTie
    table: str
    expect: Expression
    when: Expression | None
    held: int = 0
    failed: int = 0
    applied: int = 0


def firing_flaws(form: Form, ties: tuple[int, ...], flaws: Flaws) -> None:
    """Note the ties (by number) that could not be made to fire, and those that could not be kept from it."""
    tried = [_prepared(form, one, form.checks[one - 1]) for one in ties if form.checks[one - 1].expect]
    if not tried:
        return
    for computation in _documents(form):
        for one in tried:
            _try(one, computation)
    for one in tried:
        _judge(one, flaws)


def _prepared(form: Form, number: int, tie: CheckTie) -> _Tried:
    tables = {mark.rpartition(".")[0] for mark in tie.mark}
    only = next(iter(tables)) if len(tables) == 1 else ""
    only = only if only in form.tables else ""
    fields, known = dict(form.fields), dict(form.tables)
    expect = compile_expression(tie.expect, fields, known, only)
    when = compile_expression(tie.when, fields, known, only) if tie.when else None
    reads = [*expect.reads, *(when.reads if when else ())]
    table = only if any(at == "." for at, _ in reads) else ""
    return _Tried(number, tie, table, expect, when)


def _try(one: _Tried, computation: Computation) -> None:
    rows = [row.id for _, row in computation.document.all_rows(one.table)] if one.table else [""]
    for row in rows:
        lookup = computation.of_row(one.table, row)
        if one.when is not None and one.when.holds(lookup) is not True:
            continue
        one.applied += 1
        answer = one.expect.holds(lookup)
        one.held += answer is True
        one.failed += answer is False


def _judge(one: _Tried, flaws: Flaws) -> None:
    place, name = f"checks[{one.number}]", one.tie.id
    if not one.expect.reads:
        flaws.wrong(place, "authoring.check-constant", id=name)
    elif one.applied == 0:
        flaws.doubtful(place, "authoring.check-when-never", id=name, when=one.tie.when)
    elif one.held == 0 and one.failed == 0:
        flaws.wrong(place, "authoring.check-no-condition", id=name, expect=one.tie.expect)
    elif one.failed == 0:
        flaws.doubtful(place, "authoring.check-never", id=name, count=DOCUMENTS)
    elif one.held == 0:
        flaws.doubtful(place, "authoring.check-always", id=name, count=DOCUMENTS)


def _documents(form: Form) -> Iterator[Computation]:
    """Give made-up documents: figures of all sizes, then small ones, among which sums are often equal."""
    random, formulas = Random(0), Formulas(form)
    for number in range(DOCUMENTS):
        figures = ("0",) if number == 1 else _PLAIN if number % 3 == 0 else _FIGURES
        document = blank_document(form)
        for name, field in form.fields.items():
            document.set_text(field_place(name), _figure(field, figures, random))
        for table in form.top_tables():
            _fill(document, table, ROOT, figures, random)
        yield Computation(document, formulas)


def _fill(document: Document, table: Table, parent: str, figures: tuple[str, ...], random: Random) -> None:
    for number in range(random.randint(0, MAX_ROWS)):
        cells = {name: _figure(column, figures, random) for name, column in table.columns.items()}
        row = Row(f"{parent}/{table.name}{number}", {name: text for name, text in cells.items() if text})
        document.insert_row(table.path, parent, len(document.rows(table.path, parent)), row)
        for inner in document.form.inner_tables(table.path):
            _fill(document, inner, row.id, figures, random)


def _figure(field: Field, figures: tuple[str, ...], random: Random) -> str:
    return "" if field.compute else random.choice(figures)
