"""Judges a document and keeps the answer right while it is edited.

An edit is looked up in the form's index and asks only the rules that read what changed; the result
is always the same as judging afresh (ruling 15). Used from one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from core.check.binding import FIELDS, Binding
from core.check.context import Context
from core.check.finding import Finding, Hit
from core.check.judges import FactJudge, Judge, RowJudge, Whole
from core.check.rule import Hits
from core.check.settings import Settings
from core.check.telling import Teller
from core.check.view import RowView, Scene, TableView
from core.sheet.compute import Computation
from core.sheet.definition import Form
from core.sheet.document import Document, Row
from core.sheet.edits import AddRow, Edit, MoveRow, RemoveRow, SetText
from core.sheet.expression import Read
from core.sheet.places import Place

_REBINDING = ("settings", "grammar", "levels", "words")
_REREADING = ("counterparts", "library", "today")


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit did: findings that came and went, computed places whose figure changed.

    ``renumbered``: rows came, went or moved, so sentences that name rows may read otherwise; read
    ``findings()`` again instead of patching a list.
    """

    came: tuple[Finding, ...] = ()
    went: tuple[Finding, ...] = ()
    computed: frozenset[Place] = frozenset()
    renumbered: bool = False


@dataclass(slots=True, eq=False)
class _Told:
    """An answer that stands, as it was told, and at which numbering of the rows."""

    judge: Judge
    hit: Hit
    waiting: bool
    finding: Finding
    numbering: int


_Answers = dict[int, tuple[_Told, ...]]
"""Answers by the number of the judge; one without an answer is absent."""


@dataclass(slots=True, eq=False)
class _Unit:
    """One row, or the fields: as rules see it, and the answers about it."""

    view: RowView
    answers: _Answers = field(default_factory=dict)


@dataclass(slots=True)
class _Work:
    """What one call has found out so far, and which judges of the whole are still to be asked."""

    came: list[Finding] = field(default_factory=list)
    went: list[Finding] = field(default_factory=list)
    wholes: dict[Whole, None] = field(default_factory=dict)


class Engine:
    """The findings of one open document.

    Tell it every edit after it was applied to the document (``edited``); it works the computed figures
    out and judges what they touch. ``computation`` is theirs to read, only the engine tells it edits.
    """

    def __init__(
        self,
        document: Document,
        context: Context,
        binding: Callable[[Form, Settings], Binding],
        computation: Computation | None = None,
    ) -> None:
        """Judge the whole document."""
        self.document = document
        self.context = context
        self._bind = binding
        self.binding = binding(document.form, context.settings)
        self.computation = computation or Computation(document, self.binding.formulas)
        self._numbering = 0
        self._judge_afresh()

    def _judge_afresh(self) -> None:
        messages, form = self.binding.catalogue.messages, self.document.form
        self._teller = Teller(self.binding.labels, messages, form.money)
        self._scene = Scene(self.document, self.computation, self.context, self.binding.settings)
        self._sorted: list[Finding] | None = None
        self._units: dict[tuple[str, str], _Unit] = {}
        self._whole: _Answers = {}
        self._facts: dict[int, dict[tuple[str, str], object]] = {}
        self._blank: dict[Read, set[str]] = {}
        work = _Work(wholes=dict.fromkeys(self.binding.wholes))
        fields = self._units[FIELDS, ""] = _Unit(self._scene.fields)
        self._judge_unit(fields, work)
        for table in form.tables:
            for _, row in self.document.all_rows(table):
                self._judge_unit(self._new_unit(table, row), work)
        self._judge_wholes(work)

    # -- reading ----------------------------------------------------------------------------------------

    def findings(self) -> list[Finding]:
        """Give all findings: gravest first, then in sheet order."""
        if self._sorted is None:
            positions: dict[tuple[str, str], tuple[int, ...]] = {}
            keyed = []
            for answers in (*(unit.answers for unit in self._units.values()), self._whole):
                for number, all_told in answers.items():
                    for index, told in enumerate(all_told):
                        finding = self._fresh(told)
                        place = self.binding.order.key(self.document, finding.places[0], positions)
                        keyed.append((finding.severity.rank, place, finding.check, number, index, finding))
            keyed.sort(key=lambda item: item[:5])
            self._sorted = [item[5] for item in keyed]
        return list(self._sorted)

    def _fresh(self, told: _Told) -> Finding:
        """Give a finding with the row numbers of now."""
        if told.numbering != self._numbering:
            told.finding = self._tell(told.judge, told.hit, told.waiting)
            told.numbering = self._numbering
        return told.finding

    # -- following edits --------------------------------------------------------------------------------

    def edited(self, edits: Iterable[Edit]) -> Change:
        """Judge again what edits touched that were just applied, in order; ``old`` texts must be true."""
        work = _Work()
        computed: set[Place] = set()
        texts: list[SetText] = []
        renumbered = False
        for edit in edits:
            if isinstance(edit, SetText):
                texts.append(edit)
                place = edit.place
                if (place.table, place.column) in self.binding.computing:
                    computed |= self.computation.edited(edit)
            elif isinstance(edit, AddRow | RemoveRow | MoveRow):
                if not renumbered:
                    renumbered = True
                    self._numbering += 1
                computed |= self.computation.edited(edit)
                self._restructure(edit, work)
        for edit in texts:
            self._judge_place(edit.place, work)
            if bool(edit.old) != bool(edit.new):
                self._judge_required(edit.place.table, edit.place.row, work)
        for place in computed:
            self._judge_place(place, work)
        self._judge_wholes(work)
        if work.came or work.went or renumbered:
            self._sorted = None
        return Change(tuple(work.came), tuple(work.went), frozenset(computed), renumbered)

    def with_context(self, context: Context) -> Change:
        """Judge in another context; only rules that read what changed are asked again."""
        before, self.context = self.context, context
        if any(getattr(before, part) is not getattr(context, part) for part in _REBINDING):
            return self._rebound(context)
        changed = {part for part in _REREADING if getattr(before, part) != getattr(context, part)}
        self._scene.context = context
        work = _Work()
        for judge in self.binding.reading(changed):
            if not isinstance(judge, RowJudge):
                work.wholes[judge] = None
                continue
            for (table, _), unit in self._units.items():
                if table == judge.table:
                    self._ask(unit, judge, work)
        self._judge_wholes(work)
        self._sorted = None
        return Change(tuple(work.came), tuple(work.went))

    def _rebound(self, context: Context) -> Change:
        before = self.findings()
        self.binding = self._bind(self.document.form, context.settings)
        self._judge_afresh()
        after = self.findings()
        came = tuple(finding for finding in after if finding not in before)
        return Change(came, tuple(finding for finding in before if finding not in after))

    # -- rows -------------------------------------------------------------------------------------------

    def _restructure(self, edit: AddRow | RemoveRow | MoveRow, work: _Work) -> None:
        """Take in that rows came, went or moved; the document is as it is after all edits of the call."""
        tables = self.binding.under[edit.table]
        work.wholes.update(dict.fromkeys(self.binding.structural[edit.table]))
        if not isinstance(edit, MoveRow):
            for table in tables:
                self._drop_gone(table, work)
            if isinstance(edit, AddRow):
                self._take_in(edit.table, edit.row.id, work)
            if edit.parent:
                self._judge_required(edit.table.rpartition(".")[0], edit.parent, work)
            for judge in self.binding.elsewhere[edit.table]:
                self._ask_everywhere(judge, work)

    def _take_in(self, table: str, row_id: str, work: _Work) -> None:
        row = self.document.row(table, row_id)
        if row is None:
            return
        self._judge_unit(self._new_unit(table, row), work)
        for inner in self.document.form.inner_tables(table):
            for one in row.inner.get(inner.name, ()):
                self._take_in(inner.path, one.id, work)

    def _new_unit(self, table: str, row: Row) -> _Unit:
        """Give the unit of a row, with the answers it has when it was known before."""
        known = self._units.get((table, row.id))
        view = self._scene.row(table, row)
        if known is not None:
            known.view = view
            return known
        unit = self._units[table, row.id] = _Unit(view)
        return unit

    def _drop_gone(self, table: str, work: _Work) -> None:
        gone = [key for key in self._units if key[0] == table and self.document.row(*key) is None]
        for key in gone:
            for told in self._units.pop(key).answers.values():
                work.went.extend(one.finding for one in told)
            for judge in self.binding.facts.get(table, ()):
                self._facts.get(judge.number, {}).pop(key, None)
            for column in self.document.form.tables[table].columns:
                self._note_blank((table, column), key[1], False, work)

    def _judge_unit(self, unit: _Unit, work: _Work) -> None:
        """Ask everything about a row."""
        table = unit.view.table
        self._judge_blanks(unit, work)
        for judge in self.binding.rows.get(table, ()):
            self._ask(unit, judge, work)
        for fact in self.binding.facts.get(table, ()):
            self._ask_fact(unit, fact, work)

    # -- places -----------------------------------------------------------------------------------------

    def _judge_place(self, place: Place, work: _Work) -> None:
        """Ask what reads a place."""
        table, row, column = place
        touched = self.binding.touched.get((table, column))
        unit = self._units.get((table, row))
        if touched is None or unit is None:
            return
        for judge in touched.rows:
            self._ask(unit, judge, work)
        for fact in touched.facts:
            self._ask_fact(unit, fact, work)
        for judge in touched.everywhere:
            self._ask_everywhere(judge, work)
        for whole in touched.wholes:
            work.wholes[whole] = None

    def _judge_required(self, table: str, row_id: str, work: _Work) -> None:
        """Ask which required places of a row, and of the rows that hold it, are empty."""
        while (unit := self._units.get((table, row_id))) is not None:
            self._judge_blanks(unit, work)
            row_id, table = self.document.parent_of(table, row_id), table.rpartition(".")[0]
            if not table:
                return

    def _judge_blanks(self, unit: _Unit, work: _Work) -> None:
        view = unit.view
        for judge in self.binding.required.get(view.table, ()):
            hits = tuple(judge.run(view))
            self._note_blank((view.table, judge.reads[0]), view.id, bool(hits), work)
            self._settle(unit.answers, judge, hits, False, work)

    def _note_blank(self, read: Read, row_id: str, blank: bool, work: _Work) -> None:
        """Note whether a required place is empty; when the first or last of its column is, ask who waits."""
        rows = self._blank.setdefault(read, set())
        before = bool(rows)
        if blank:
            rows.add(row_id)
        else:
            rows.discard(row_id)
        if before != bool(rows):
            work.wholes.update(dict.fromkeys(self.binding.waiters.get(read, ())))

    # -- asking -----------------------------------------------------------------------------------------

    def _ask(self, unit: _Unit, judge: RowJudge, work: _Work) -> None:
        """Ask a judge about one row."""
        cells = unit.view.cells
        hits: Hits = ()
        for column in judge.gate:
            if column in cells:
                hits = judge.run(unit.view)
                break
        else:
            if not judge.gate:
                hits = judge.run(unit.view)
        if hits or judge.number in unit.answers:
            waiting = not all(column in cells for column in judge.required)
            self._settle(unit.answers, judge, tuple(hits), waiting, work)

    def _ask_everywhere(self, judge: RowJudge, work: _Work) -> None:
        for (table, _), unit in self._units.items():
            if table == judge.table:
                self._ask(unit, judge, work)

    def _ask_fact(self, unit: _Unit, judge: FactJudge, work: _Work) -> None:
        """Take a row's fact; a changed one has its judge asked."""
        view = unit.view
        facts = self._facts.setdefault(judge.number, {})
        key = (view.table, view.id)
        fact = judge.fact(view) if any(name in view.cells for name in judge.gates[view.table]) else None
        if fact != facts.get(key):
            work.wholes[judge] = None
            if fact is None:
                del facts[key]
            else:
                facts[key] = fact

    def _judge_wholes(self, work: _Work) -> None:
        for judge in work.wholes:
            if isinstance(judge, FactJudge):
                table = self._table_view(judge)
                hits = tuple(judge.judge(table)) if table.facts else ()
            else:
                fields = self._scene.fields.cells
                asked = not judge.gate or any(name in fields for name in judge.gate)
                hits = tuple(judge.run(self._scene)) if asked else ()
            if hits or judge.number in self._whole:
                waiting = any(self._blank.get(read) for read in judge.required)
                self._settle(self._whole, judge, hits, waiting, work)

    def _table_view(self, judge: FactJudge) -> TableView:
        facts = self._facts.get(judge.number, {})
        rows = [
            (self._units[table, row.id].view, facts[table, row.id])
            for table in judge.tables
            for _, row in self.document.all_rows(table)
            if (table, row.id) in facts
        ]
        return TableView(self._scene, judge.tables, rows)

    def _settle(
        self, answers: _Answers, judge: Judge, hits: tuple[Hit, ...], waiting: bool, work: _Work
    ) -> None:
        """Put a judge's answers in place of its earlier ones, and note what came and went."""
        old = answers.get(judge.number, ())
        if not old and not hits:
            return
        left = list(old)
        new: list[_Told] = []
        for hit in hits:
            held = waiting or hit.waiting
            told = next((one for one in left if one.waiting == held and one.hit == hit), None)
            if told is None:
                told = _Told(judge, hit, held, self._tell(judge, hit, held), self._numbering)
                work.came.append(told.finding)
            else:
                left.remove(told)
            new.append(told)
        work.went.extend(one.finding for one in left)
        if new:
            answers[judge.number] = tuple(new)
        else:
            del answers[judge.number]

    def _tell(self, judge: Judge, hit: Hit, waiting: bool) -> Finding:
        return self._teller.finding(judge, hit, self.document, waiting=waiting)
