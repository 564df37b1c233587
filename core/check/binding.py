"""Binds the catalogue to one form: which rules apply, and which edit asks which of them.

Done once per form and settings; the index is what makes one edit cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any, TypeVar

from core.check.catalogue import Catalogue, Record, Wording
from core.check.context import Context
from core.check.finding import Severity
from core.check.index import FIELDS, OF_WORDS, Index
from core.check.judges import FactJudge, Judge, RowJudge, Whole, WholeJudge
from core.check.labels import Labels
from core.check.order import SheetOrder
from core.check.rule import CellRule, DocumentRule, Hits, RowRule, Sort, TableRule
from core.check.sentence import Sentence
from core.check.settings import Resolved
from core.check.telling import AUTOMATIC
from core.check.ties import COMPUTED, TieCheck, TypedFigure, base_reads, tie_marking, tie_naming
from core.check.view import RowView
from core.sheet.compute import Formulas
from core.sheet.definition import CheckTie, Field, Form, Table
from core.sheet.document import Row
from core.sheet.errors import RefusedError
from core.sheet.expression import Read
from core.sheet.places import FACTS

_T = TypeVar("_T")
MISSING = "missing"
"""The case of a record that speaks about a required place that is empty."""
REQUIRED_CHECKS: Mapping[str, str] = {"money": "AM-11", "value": "IV-01", "weight": "WT-03"}
"""Which check says that a required place of a kind is empty; TX-01 for every other kind."""
REQUIRED_FACTS = ("unit.name",)
"""Facts every document must have; the year has a check of its own."""
SUM_CHECK = "AM-08"
"""Which check compares a typed figure with the computed one when no tie of the form speaks about it."""


class Binding:
    """The checks of one form under given settings, ready to be asked.

    A tie without a condition (``{ id = "SE-01", mark = ["rate"] }``) says which check speaks about a typed
    figure where the form computes one, or about a required place that is empty.
    """

    def __init__(self, form: Form, catalogue: Catalogue, resolved: Resolved) -> None:
        """Raises RefusedError when the form ties an id nobody knows, or does not give its figures."""
        self.form = form
        self.catalogue = catalogue
        self.settings: Mapping[str, Any] = resolved.values
        self.offers = resolved.offers
        self.formulas = Formulas(form)
        self.labels = Labels(form, catalogue.messages)
        self.order = SheetOrder(form)
        self._resolved = resolved
        self._count = 0
        self._quick: dict[Callable[[RowView, str], bool], dict[str, Callable[[RowView], bool]]] = {}
        self.required: dict[str, tuple[RowJudge, ...]] = {}
        self._bind_required()
        self._judges = [*self._from_rules(), *self._from_ties(), *self._from_computed()]
        self.computing: frozenset[Read] = frozenset({*self.formulas.dependents, *self.formulas.expressions})

    @cached_property
    def index(self) -> Index:
        """Who is asked about a document that is compared with others."""
        return Index(self.form, self._judges)

    @cached_property
    def alone(self) -> Index:
        """Who is asked about a document without counterparts: rules that compare with them say nothing."""
        return Index(self.form, [judge for judge in self._judges if judge.context != ("counterparts",)])

    @property
    def rows(self) -> Mapping[str, tuple[RowJudge, ...]]:
        """The judges of rows, by table."""
        return self.index.rows

    @property
    def wholes(self) -> tuple[Whole, ...]:
        """The judges of the document and of tables."""
        return self.index.wholes

    # -- required places ------------------------------------------------------------------------------

    def _bind_required(self) -> None:
        for path, columns in self._tables():
            names = [name for name, field in columns.items() if field.required and not field.compute]
            if path == FIELDS:
                names = [*REQUIRED_FACTS, *names]
            judges = [self._required(path, name, columns.get(name)) for name in names]
            self.required[path] = tuple(judge for judge in judges if judge is not None)

    def _required(self, path: str, name: str, field: Field | None) -> RowJudge | None:
        tie = tie_marking(self.form, path, name)
        check = tie.id if tie else REQUIRED_CHECKS.get(field.kind if field else "text", "TX-01")
        record = self.catalogue.records.get(check) or self.catalogue.records["TX-01"]
        run = partial(_empty_row, column=name) if path else partial(_empty_field, column=name)
        return self._row_judge(record, path, run, (), (name,), (), ())

    def _needed(self, table: str, columns: Iterable[str]) -> tuple[str, ...]:
        """Of some columns, those that must be filled."""
        known = self.form.tables[table].columns if table else self.form.fields
        return tuple(name for name in columns if name in known and known[name].required)

    def _needed_anywhere(self, reads: tuple[Read, ...]) -> tuple[Read, ...]:
        """Of some fields and columns, and all that computed ones are made of, those that must be filled."""
        return tuple(read for read in base_reads(self.formulas, reads) if self._needed(read[0], read[1:]))

    # -- rules ----------------------------------------------------------------------------------------

    def _from_rules(self) -> Iterator[Judge]:
        for rule in self.catalogue.rules:
            if self.is_off(rule.check):
                continue
            record = self.catalogue.records[rule.check]
            match rule:
                case CellRule():
                    yield from self._cells(rule, record)
                case RowRule():
                    yield from self._row(rule, record)
                case TableRule():
                    yield from self._table(rule, record)
                case DocumentRule():
                    yield from self._document(rule, record)

    def _cells(self, rule: CellRule, record: Record) -> Iterator[RowJudge]:
        foreign = tuple((FIELDS, name) for name in map(self._field_name, rule.fields) if name)
        quick = self._quick.setdefault(rule.when, {}) if rule.when else None
        for path, columns in self._tables():
            if rule.role and not (path and self.form.tables[path].role == rule.role):
                continue
            for name, field in columns.items():
                if field.kind in rule.kinds:
                    reads = self._with_parts(path, (name, *rule.also))
                    run, when = _of_column(rule.judge, name), None
                    if quick is not None and rule.when is not None:
                        when = quick.setdefault(name, _of_column(rule.when, name))
                    own = not foreign and OF_WORDS.issuperset(rule.context)
                    yield self._row_judge(record, path, run, (name,), reads, foreign, rule.context, when, own)

    def _row(self, rule: RowRule, record: Record) -> Iterator[RowJudge]:
        for path in self._bearing(rule):
            reads = self._with_parts(path, (*rule.columns, *rule.also))
            gate = rule.gate or self._gate(path, reads)
            reads = (*reads, *gate)
            own = OF_WORDS.issuperset(rule.context)
            yield self._row_judge(
                record, path, rule.judge, gate, reads, (), rule.context, rule.when, own, rule.sorts
            )

    def _table(self, rule: TableRule, record: Record) -> Iterator[FactJudge]:
        bearing = self._bearing(rule) if rule.forms is None or rule.forms(self.form) else []
        for paths in [tuple(bearing)] if rule.together and bearing else [(path,) for path in bearing]:
            holder = FIELDS if rule.together else self.form.tables[paths[0]].parent
            held = [self._held_field(holder, name) for name in rule.fields]
            held += [read for name in rule.perhaps if (read := self._held_field(holder, name))]
            field_reads = tuple(read for read in held if read is not None)
            if len(field_reads) != len(held):
                continue
            by_table = {path: self._with_parts(path, (*rule.columns, *rule.also)) for path in paths}
            gates = {path: self._gate(path, reads) for path, reads in by_table.items()}
            if rule.blank:
                gates = {path: tuple(self.form.tables[path].columns) for path in paths}
            row_reads = tuple(
                (path, name) for path in paths for name in dict.fromkeys((*by_table[path], *gates[path]))
            )
            yield FactJudge(
                self._number(),
                record,
                self._severity(record),
                paths,
                rule.fact,
                rule.judge,
                gates,
                row_reads,
                field_reads,
                self._needed_anywhere((*row_reads, *field_reads)),
                rule.context,
                holder,
                rule.alike,
                rule.by_change,
                rule.matters,
                rule.sorts,
            )

    def _held_field(self, holder: str, name: str) -> Read | None:
        """A field as a table rule names it: of the row that holds the judged ones, else of the form."""
        if holder:
            table = self.form.tables[holder]
            if name.startswith("about."):
                name = getattr(table.about, name.removeprefix("about."))
                return (holder, name) if name else None
            if name in table.columns:
                return holder, name
        found = self._field_name(name)
        return (FIELDS, found) if found else None

    def _document(self, rule: DocumentRule, record: Record) -> Iterator[WholeJudge]:
        needed = [self._field_name(name) for name in rule.reads]
        if not all(needed):
            return
        names = [*needed, *(name for name in map(self._field_name, rule.also) if name)]
        reads = tuple((FIELDS, name) for name in names)
        bases = base_reads(self.formulas, reads)
        gate = () if rule.blank else tuple(dict.fromkeys([*names, *(name for at, name in bases if not at)]))
        yield WholeJudge(
            self._number(),
            record,
            self._severity(record),
            rule.judge,
            reads,
            gate,
            self._needed_anywhere(reads),
            rule.context,
        )

    # -- the form's own arithmetic ----------------------------------------------------------------------

    def _from_ties(self) -> Iterator[Judge]:
        heard = {tie.id for tie in self.form.checks if not self.is_off(tie.id)}
        for number, tie in enumerate(self.form.checks, start=1):
            if self.is_off(tie.id) or not tie.expect:
                continue
            record = self._tied_record(tie, number)
            check = TieCheck(self.form, self.formulas, tie, heard)
            if check.table:
                fields = (*check.reads, *check.also)
                yield self._row_judge(record, check.table, check.row, (), check.row_reads, fields, ())
                continue
            reads = tuple(dict.fromkeys((*check.reads, *check.also, *check.marks)))
            required = self._needed_anywhere(check.reads)
            yield WholeJudge(
                self._number(), record, self._severity(record), check.document, reads, (), required
            )

    def _tied_record(self, tie: CheckTie, number: int) -> Record:
        """Give the record a tie belongs to: the catalogue's, or one made of the form's own words."""
        place = f"{self.form.form}/{self.form.edition} checks[{number}]"
        record = self.catalogue.records.get(tie.id)
        if record is None:
            if not (tie.say and tie.severity and tie.source):
                raise RefusedError("check.unknown-check", place=place, id=tie.id)
            try:
                wording = Wording(Sentence(tie.say), Severity(tie.severity), Sentence(""))
            except ValueError as error:
                raise RefusedError("check.bad-sentence", place=place, text=tie.say) from error
            record = Record(tie.id, wording, tie.source)
        given = AUTOMATIC | set(tie.params) | ({"d"} if {"a", "b"} <= set(tie.params) else set())
        if tie.case and tie.case not in record.cases:
            raise RefusedError("check.unknown-case", place=place, id=tie.id, case=tie.case)
        names = (name.removesuffix("%") for name in record.wording(tie.case).say.names)
        lacking = [name for name in names if name not in given]
        if lacking:
            raise RefusedError("check.tie-figures", place=place, id=tie.id, names="、".join(lacking))
        return record

    def _from_computed(self) -> Iterator[RowJudge]:
        for path, name in self.formulas.order:
            field = self.form.column(path, name)
            tie = tie_naming(self.form, path, name)
            known = tie is not None and tie.id in self.catalogue.records and not self.is_off(tie.id)
            check = tie.id if tie is not None and known else SUM_CHECK
            if field is None or self.is_off(check) or not field.numeric:
                continue
            if known and any(rule.check == check for rule in self.catalogue.rules):
                continue  # that rule speaks about it itself
            words = self.catalogue.records[SUM_CHECK].wording(COMPUTED)
            its = self.catalogue.records[check]
            record = Record(check, its.cases.get(COMPUTED, words), its.source, cases=its.cases)
            run = TypedFigure(self.form, field, record).row
            yield self._row_judge(record, path, run, (name,), (name,), (), ())

    # -- small parts ------------------------------------------------------------------------------------

    def _row_judge(
        self,
        record: Record,
        path: str,
        run: Callable[[RowView], Hits],
        gate: tuple[str, ...],
        reads: tuple[str, ...],
        foreign: tuple[Read, ...],
        context: tuple[str, ...],
        when: Callable[[RowView], bool] | None = None,
        own: bool = False,
        sorts: tuple[Sort, ...] = (),
    ) -> RowJudge:
        columns = self.form.tables[path].columns if path else self.form.fields
        return RowJudge(
            self._number(),
            record,
            self._severity(record),
            path,
            run,
            tuple(name for name in columns if name in gate),
            tuple(dict.fromkeys(reads)),
            self._needed(path, reads),
            foreign,
            context,
            when,
            own,
            sorts,
        )

    def severity_of(self, check: str) -> Severity | None:
        """How grave the form or a kit makes a check, None when they leave it as its record has it."""
        return self._resolved.severities.get(check)

    def is_off(self, check: str) -> bool:
        """Whether the form or a kit switched a check off."""
        return check in self._resolved.off

    def _number(self) -> int:
        self._count += 1
        return self._count

    def _severity(self, record: Record) -> Severity | None:
        return self.severity_of(record.id)

    def _tables(self) -> Iterator[tuple[str, Mapping[str, Field]]]:
        yield FIELDS, self.form.fields
        for path, table in self.form.tables.items():
            yield path, table.columns

    def _bearing(self, rule: RowRule | TableRule) -> list[str]:
        """The tables of the rule's role that have all its columns."""
        return [
            path
            for path, table in self.form.tables.items()
            if rule.role in ("", table.role) and all(name in table.columns for name in rule.columns)
        ]

    def _with_parts(self, path: str, names: Iterable[str]) -> tuple[str, ...]:
        """The columns among the names, with the cells of sign and unit that belong to a value."""
        columns = self.form.tables[path].columns if path else self.form.fields
        found = [name for name in names if name in columns]
        if any(columns[name].kind == "value" for name in found):
            found += [name for name, column in columns.items() if column.kind in ("operator", "unit")]
        return tuple(dict.fromkeys(found))

    def _gate(self, path: str, reads: Iterable[str]) -> tuple[str, ...]:
        """A row is only judged when one of these is filled: what is read, level names aside (ruling 3)."""
        table: Table = self.form.tables[path]
        levels = table.level_columns
        own = tuple(name for name in reads if name not in levels)
        return own or tuple(name for name in table.columns if name not in levels)

    def _field_name(self, name: str) -> str:
        if name.startswith("about."):
            name = getattr(self.form.about, name.removeprefix("about."))
        return name if name in self.form.fields or name in FACTS else ""


def _of_column(judge: Callable[[RowView, str], _T], column: str) -> Callable[[RowView], _T]:
    return lambda row: judge(row, column)


def _empty_field(row: RowView, column: str) -> Hits:
    return () if column in row.cells else (row.hit(column, case=MISSING, missing=True),)


_NONE = frozenset(("/", "／", "-", "—", "——", "无"))


def stands_for_none(text: str, column: str, context: Context) -> bool:
    """Whether a text in a column says that there is nothing: / or 无, or a name that a template left."""
    if len(text) > 2 and not (text[0].isspace() or text[-1].isspace()) and text[-1].isalnum():
        return False  # at nearly every key
    bare = text.strip()
    if bare in _NONE:
        return True
    if column != "name" or not bare or bare[-1].isalnum():
        return False  # what ends with a letter or digit names something
    return not context.words.name(bare).key


def _says_there_is_none(row: RowView, found: Row) -> bool:
    """Whether a row says by / or 无 that there is no such indicator, or holds what a template left (……).

    Then nothing else is required of it.
    """
    name = found.cells.get("name", "").strip()
    if not name or not stands_for_none(name, "name", row.context):
        return False
    passed = ("name", *row.scene.form.tables[row.table].level_columns)
    return all(text.strip() in _NONE for name, text in found.cells.items() if name not in passed)


def _empty_row(row: RowView, column: str) -> Hits:
    if column in row.cells:
        return ()
    document = row.scene.document
    found = document.row(row.table, row.id)
    if found is None or not document.has_data(row.table, found) or _says_there_is_none(row, found):
        return ()
    return (row.hit(column, case=MISSING, missing=True),)
