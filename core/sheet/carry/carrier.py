"""Makes a new document from an old one: fields first, then rows, then the account of what was left."""

from __future__ import annotations

import hashlib

from core.sheet.carry.plan import Plan
from core.sheet.carry.result import Carried, Remarks
from core.sheet.carry.row_making import RowMaker
from core.sheet.carry.source import Source, displaced_by
from core.sheet.carry.transfer import Target, Transfer
from core.sheet.definition import Form
from core.sheet.document import ROOT, Document, Origin
from core.sheet.document_file import document_bytes
from core.sheet.errors import RefusedError
from core.sheet.levels import Levels
from core.sheet.places import field_place
from core.sheet.values import ValueGrammar


class Carrier:
    """Carries documents over, with one list of levels and one value grammar."""

    def __init__(self, levels: Levels, grammar: ValueGrammar) -> None:
        self._levels = levels
        self._grammar = grammar

    def carry(self, old: Document, form: Form, *, stage: str, year: int) -> list[Carried]:
        """Give the documents begun from an old one: one, or one per project where the form says so.

        The old document stays as it is. Raises RefusedError for a stage the form does not have, and when the
        old document has no project to begin one from.
        """
        if stage not in form.stages:
            known = "、".join(form.stages)
            raise RefusedError("sheet.bad-stage", stage=stage[:40], form=form.form, stages=known)
        new_year = year != old.year
        plan = Plan(old.form, form, anew=new_year or stage != old.stage, new_year=new_year)
        sources = [Source(old)]
        if plan.each:
            sources = [Source(old, plan.each, row) for row in old.rows(plan.each)]
        if not sources:
            table = old.form.tables[plan.each]
            raise RefusedError("carry.nothing-to-begin-from", table=table.label or table.name)
        origin = Origin(old.id, hashlib.sha256(document_bytes(old)).hexdigest())
        return [
            self._make(one, plan, Document(form, stage=stage, year=year, origin=origin)) for one in sources
        ]

    def _make(self, source: Source, plan: Plan, document: Document) -> Carried:
        old, form = source.document, document.form
        for fact in ("unit.name", "unit.code"):
            document.set_text(field_place(fact), old.field(fact))
        remarks = Remarks()
        transfer = Transfer(source, form, self._grammar, remarks)
        _carry_fields(transfer, plan, document)
        maker = RowMaker(transfer, plan, self._levels)
        for table in form.top_tables():
            for index, row in enumerate(maker.rows(table)):
                document.insert_row(table.path, ROOT, index, row)
        if old.explanations:
            remarks.add("carry.explanations", number=len(old.explanations))
        return Carried(old, document, tuple(source.left(plan.tables_read())), remarks.all())


def _carry_fields(transfer: Transfer, plan: Plan, document: Document) -> None:
    source = transfer.source
    for name, field in transfer.form.fields.items():
        origin = plan.field(name)
        if origin is None:
            continue
        found, namesake = source.field(origin), source.field(name)
        if found is not None:
            place = field_place(name)
            document.set_text(place, transfer.text(found, Target(field, place)))
        if namesake is not None and origin != name:
            source.miss(namesake.place, displaced_by(found))
