"""Clean documents filled in from top to bottom: what the window would call wrong on the way and take back.

What waits, is only missing, or hints is not shown while a form is being filled (ruling 17).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bench.accuracy.documents import Clean
from bench.accuracy.judge import Judge
from core.check.engine import Engine
from core.check.finding import Finding, Severity
from core.sheet.definition import Table
from core.sheet.document import ROOT, Document, Row
from core.sheet.edits import AddRow, Edit, text_edit
from core.sheet.places import Place, field_place


class Passing(NamedTuple):
    """Something called wrong on the way: in which document, once this place was filled."""

    document: str
    place: str
    finding: Finding


def passing_alarms(judge: Judge, cleans: Iterable[Clean]) -> Iterator[Passing]:
    """Fill each document in cell by cell; give what is called wrong and is right at the end, once each."""
    for clean in cleans:
        filled = clean.document
        document = Document(
            filled.form,
            stage=filled.stage,
            year=filled.year,
            unit_name=filled.unit_name,
            unit_code=filled.unit_code,
        )
        engine = judge.engine(clean._replace(document=document))
        met: dict[tuple[str, str], Passing] = {}
        for edit in _edits(document, filled):
            edit.apply(document)
            engine.edited((edit,))
            for finding in _shown(engine):
                place = document.counted(edit.place) if not isinstance(edit, AddRow) else edit.table
                met.setdefault((finding.check, finding.message), Passing(clean.name, place, finding))
        left = {(one.check, one.message) for one in engine.findings()}
        yield from (one for key, one in met.items() if key not in left)


def _shown(engine: Engine) -> list[Finding]:
    return [
        one
        for one in engine.findings()
        if one.severity is not Severity.HINT and not one.missing and not one.waiting
    ]


def _edits(document: Document, filled: Document) -> Iterator[AddRow | Edit]:
    """Give the edits of a clerk: fields, then rows with their levels, then their cells from left to right."""
    for name, field in document.form.fields.items():
        if filled.field(name) and not field.compute:
            yield text_edit(document, field_place(name), filled.field(name))
    for table in document.form.top_tables():
        yield from _rows(document, filled, table, ROOT)


def _rows(document: Document, filled: Document, table: Table, parent: str) -> Iterator[AddRow | Edit]:
    for index, row in enumerate(filled.rows(table.path, parent)):
        levels = {name: text for name, text in row.cells.items() if name in table.level_columns}
        yield AddRow(table.path, parent, index, Row(row.id, levels))
        for name, column in table.columns.items():
            if row.cells.get(name) and name not in levels and (column.open or not column.compute):
                yield text_edit(document, Place(table.path, row.id, name), row.cells[name])
        for inner in document.form.inner_tables(table.path):
            yield from _rows(document, filled, inner, row.id)
