"""Judges a document and keeps the answer right while it is edited.

An edit is looked up in the form's index and asks only the rules that read what changed; the result
is always the same as judging afresh (ruling 15). Used from one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from core.check.binding import Binding
from core.check.context import Context
from core.check.finding import Finding
from core.check.judges import FactJudge, Group, RowJudge, Whole
from core.check.labels import RowNumbers
from core.check.rule import Hits
from core.check.settings import Settings
from core.check.state import FORM, Answer, Blanks, Change, Facts, Ranks, RowKey, Unit, Work, settle
from core.check.telling import Teller
from core.check.view import RowView, Scene
from core.sheet.compute import Computation
from core.sheet.definition import Form
from core.sheet.document import Document, Row
from core.sheet.edits import AddRow, Edit, MoveRow, RemoveRow, SetText
from core.sheet.expression import Read
from core.sheet.places import Place

_REBINDING = ("settings", "grammar", "levels", "words")
_REREADING = ("counterparts", "library", "today")


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
        self.computation.with_settings(self.binding.settings)
        self._numbering = 0
        self._judge_afresh()

    def _judge_afresh(self) -> None:
        messages, form = self.binding.catalogue.messages, self.document.form
        self._numbers = RowNumbers(self.document)
        self._ranks = Ranks(self.document)
        self._teller = Teller(self.binding.labels, messages, self.document, self._numbers)
        binding = self.binding
        self._scene = Scene(self.document, self.computation, self.context, binding.settings, binding.offers)
        self._sorted: list[Finding] | None = None
        self._units: dict[RowKey, Unit] = {}
        self._facts: dict[tuple[int, RowKey], Facts] = {}
        self._blanks = Blanks()
        work = Work(wholes={(judge, FORM): None for judge in binding.wholes if not judge.holder})
        fields = self._units[FORM] = Unit(self._scene.fields)
        self._judge_unit(fields, work)
        for table in form.tables:
            for _, row in self.document.all_rows(table):
                self._judge_unit(self._new_unit(table, row), work)
        self._judge_wholes(work)

    # -- reading ----------------------------------------------------------------------------------------

    def findings(self) -> list[Finding]:
        """Give all findings: gravest first, then in sheet order."""
        if self._sorted is None:
            keyed = []
            for unit in self._units.values():
                for number, several in unit.answers.items():
                    for index, answer in enumerate(several):
                        finding = self._tell(answer)
                        place = self.binding.order.key(finding.places[0], self._numbers)
                        keyed.append((finding.severity.rank, place, finding.check, number, index, finding))
            keyed.sort(key=lambda item: item[:5])
            self._sorted = [item[5] for item in keyed]
        return list(self._sorted)

    def _tell(self, answer: Answer) -> Finding:
        """Give the finding of an answer, with the row numbers of now."""
        if answer.finding is None or answer.numbering != self._numbering:
            answer.finding = self._teller.finding(answer.judge, answer.hit, waiting=answer.waiting)
            answer.numbering = self._numbering
        return answer.finding

    # -- following edits --------------------------------------------------------------------------------

    def edited(self, edits: Iterable[Edit]) -> Change:
        """Judge again what edits touched that were just applied, in order; ``old`` texts must be true."""
        work = Work()
        computed: set[Place] = set()
        texts: list[SetText] = []
        renumbered = False
        edits = tuple(edits)
        self._forget(edits)
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
                    self._numbers.forget()
                    self._ranks.forget()
                    for facts in self._facts.values():
                        facts.forget_order()
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
        return Change(work, self._tell, computed, renumbered)

    def _forget(self, edits: Iterable[Edit]) -> None:
        """Forget what was worked out from texts that changed."""
        for edit in edits:
            if isinstance(edit, SetText):
                table, row, column = edit.place
                unit = self._units.get((table, row))
                if unit is not None:
                    unit.view.forget(column)

    def with_context(self, context: Context) -> Change:
        """Judge in another context; only rules that read what changed are asked again."""
        before, self.context = self.context, context
        if any(getattr(before, part) is not getattr(context, part) for part in _REBINDING):
            return self._rebound(context)
        changed = {part for part in _REREADING if getattr(before, part) != getattr(context, part)}
        self._scene.context = context
        work = Work()
        for judge in self.binding.reading(changed):
            if not isinstance(judge, RowJudge):
                work.wholes.update(dict.fromkeys((judge, holder) for holder in self._holders(judge)))
                continue
            for (table, _), unit in self._units.items():
                if table == judge.table:
                    self._ask(unit, judge, work)
        self._judge_wholes(work)
        self._sorted = None
        return Change(work, self._tell, set(), False)

    def _rebound(self, context: Context) -> Change:
        self.findings()  # so that what goes is known as it was read
        before = self._answers()
        self.binding = self._bind(self.document.form, context.settings)
        computed = self.computation.with_settings(self.binding.settings)
        self._judge_afresh()
        after = self._answers()
        said, says = {answer.finding for answer in before}, {self._tell(answer) for answer in after}
        came = [answer for answer in after if answer.finding not in said]
        went = [answer for answer in before if answer.finding not in says]
        return Change(Work(came, went), self._tell, computed, False)

    def _answers(self) -> list[Answer]:
        units = self._units.values()
        return [answer for unit in units for several in unit.answers.values() for answer in several]

    # -- rows -------------------------------------------------------------------------------------------

    def _restructure(self, edit: AddRow | RemoveRow | MoveRow, work: Work) -> None:
        """Take in that rows came, went or moved; the document is as it is after all edits of the call."""
        tables = self.binding.under[edit.table]
        row = "" if isinstance(edit, MoveRow) else edit.row.id
        for whole in self.binding.structural[edit.table]:
            self._wake(whole, edit.table, row, edit.parent, work)
        if not isinstance(edit, MoveRow):
            for table in tables:
                self._drop_gone(table, work)
            if isinstance(edit, AddRow):
                self._take_in(edit.table, edit.row.id, work)
            if edit.parent:
                self._judge_required(edit.table.rpartition(".")[0], edit.parent, work)
            for judge in self.binding.elsewhere[edit.table]:
                self._ask_everywhere(judge, work)

    def _take_in(self, table: str, row_id: str, work: Work) -> None:
        row = self.document.row(table, row_id)
        if row is None:
            return
        self._judge_unit(self._new_unit(table, row), work)
        for inner in self.document.form.inner_tables(table):
            for one in row.inner.get(inner.name, ()):
                self._take_in(inner.path, one.id, work)

    def _new_unit(self, table: str, row: Row) -> Unit:
        """Give the unit of a row, with the answers it has when it was known before."""
        known = self._units.get((table, row.id))
        view = self._scene.row(table, row)
        if known is not None:
            known.view = view
            return known
        unit = self._units[table, row.id] = Unit(view)
        return unit

    def _drop_gone(self, table: str, work: Work) -> None:
        gone = [key for key in self._units if key[0] == table and self.document.row(*key) is None]
        for key in gone:
            unit = self._units.pop(key)
            for several in unit.answers.values():
                work.went.extend(several)
            for judge in self.binding.facts.get(table, ()):
                holder = (judge.holder, unit.view.parent) if judge.holder else FORM
                work.wholes[judge, holder] = None
                facts = self._facts.get((judge.number, holder))
                if facts is not None:
                    facts.drop(key)
            for column in self.document.form.tables[table].columns:
                self._note_blank((table, column), unit.view, False, work)

    def _judge_unit(self, unit: Unit, work: Work) -> None:
        """Ask everything about a row."""
        table = unit.view.table
        self._judge_blanks(unit, work)
        for group in self.binding.whole_row[table].groups:
            self._ask_group(unit, group, work)
        for fact in self.binding.facts.get(table, ()):
            self._ask_fact(unit, fact, work)

    # -- places -----------------------------------------------------------------------------------------

    def _judge_place(self, place: Place, work: Work) -> None:
        """Ask what reads a place."""
        table, row, column = place
        unit = self._units.get((table, row))
        if unit is None:
            return
        touched = self.binding.touched.get((table, column))
        if touched is None:
            return
        for group in touched.groups:
            self._ask_group(unit, group, work)
        for fact in touched.facts:
            self._ask_fact(unit, fact, work)
        for judge in touched.everywhere:
            self._ask_everywhere(judge, work)
        for whole in touched.wholes:
            self._wake(whole, table, row, unit.view.parent, work)

    def _judge_required(self, table: str, row_id: str, work: Work) -> None:
        """Ask which required places of a row, and of the rows that hold it, are empty."""
        while (unit := self._units.get((table, row_id))) is not None:
            self._judge_blanks(unit, work)
            row_id, table = self.document.parent_of(table, row_id), table.rpartition(".")[0]
            if not table:
                return

    def _judge_blanks(self, unit: Unit, work: Work) -> None:
        view = unit.view
        for judge in self.binding.required.get(view.table, ()):
            hits = tuple(judge.run(view))
            self._note_blank((view.table, judge.reads[0]), view, bool(hits), work)
            settle(unit.answers, judge, hits, False, work)

    def _note_blank(self, read: Read, view: RowView, blank: bool, work: Work) -> None:
        """Note whether a required place is empty; ask who waited for it, or must wait now."""
        turned = self._blanks.note(read, view, blank)
        if turned is not None:
            for judge in self.binding.waiters.get(read, ()):
                if turned or judge.holder:
                    self._wake(judge, view.table, view.id, view.parent, work)

    # -- asking -----------------------------------------------------------------------------------------

    def _ask(self, unit: Unit, judge: RowJudge, work: Work) -> None:
        """Ask a judge about one row."""
        cells = unit.view.cells
        asked = not judge.gate or any(name in cells for name in judge.gate)
        hits = judge.run(unit.view) if asked else ()
        if hits or judge.number in unit.answers:
            self._answer(unit, judge, hits, work)

    def _answer(self, unit: Unit, judge: RowJudge, hits: Hits, work: Work) -> None:
        """Take what a judge said of one row."""
        cells = unit.view.cells
        waiting = False
        for name in judge.required:
            if name not in cells:
                waiting = True
        settle(unit.answers, judge, tuple(hits), waiting, work)

    def _ask_group(self, unit: Unit, group: Group, work: Work) -> None:
        """Ask judges about one row: ``_ask``, written out, for it is the inner loop of every edit."""
        view, answers = unit.view, unit.answers
        if group.when is not None and not group.when(view):
            if not group.numbers.isdisjoint(answers):
                for judge, _, _, number in group.asked:
                    if number in answers:
                        self._answer(unit, judge, (), work)
            return
        cells = view.cells
        for judge, gate, run, number in group.asked:
            for name in gate:
                if name in cells:
                    hits = run(view)
                    break
            else:
                hits = () if gate else run(view)
            if hits or number in answers:
                self._answer(unit, judge, hits, work)

    def _ask_everywhere(self, judge: RowJudge, work: Work) -> None:
        for (table, _), unit in self._units.items():
            if table == judge.table:
                self._ask(unit, judge, work)

    def _ask_fact(self, unit: Unit, judge: FactJudge, work: Work) -> None:
        """Take a row's fact; a changed one has its judge asked."""
        view = unit.view
        fact = None
        for name in judge.gates[view.table]:
            if name in view.cells:
                fact = judge.fact(view)
                break
        holder = (judge.holder, view.parent) if judge.holder else FORM
        facts = self._facts.get((judge.number, holder))
        if facts is None:
            if fact is None:
                return
            facts = self._facts[judge.number, holder] = Facts()
        if facts.put(view, fact):
            work.wholes[judge, holder] = None

    # -- what holds rows --------------------------------------------------------------------------------

    def _holders(self, judge: Whole) -> list[RowKey]:
        """What a judge is asked about, one by one: the rows that hold its rows, else the form."""
        return [key for key in self._units if key[0] == judge.holder] if judge.holder else [FORM]

    def _wake(self, judge: Whole, table: str, row_id: str, parent: str, work: Work) -> None:
        """Have a judge asked about what holds a row, that row itself perhaps."""
        if not judge.holder:
            work.wholes[judge, FORM] = None
        elif table == judge.holder:
            work.wholes[judge, (table, row_id)] = None
        elif isinstance(judge, FactJudge) and table in judge.tables:
            work.wholes[judge, (judge.holder, parent)] = None
        else:
            work.wholes.update(dict.fromkeys((judge, holder) for holder in self._holders(judge)))

    def _judge_wholes(self, work: Work) -> None:
        for judge, key in work.wholes:
            holder = self._units.get(key)
            if isinstance(judge, FactJudge):
                facts = self._facts.get((judge.number, key))
                if facts is None:
                    continue
                if holder is None:
                    del self._facts[judge.number, key]
                    continue
                table = facts.view(self._scene, judge.tables, holder.view, self._units, self._ranks)
                hits = tuple(judge.judge(table)) if table.facts else ()
            elif holder is not None:
                fields = self._scene.fields.cells
                asked = not judge.gate or any(name in fields for name in judge.gate)
                hits = tuple(judge.run(self._scene)) if asked else ()
            if holder is not None and (hits or judge.number in holder.answers):
                settle(holder.answers, judge, hits, self._blanks.hold(judge, key), work)
