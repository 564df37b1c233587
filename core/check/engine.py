"""Judges a document and keeps the answer right while it is edited.

An edit is looked up in the form's index and asks only the rules that read what changed; the result
is always the same as judging afresh (ruling 15). Used from one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from core.check.binding import Binding, stands_for_none
from core.check.context import Context
from core.check.finding import Finding
from core.check.judging import Judging
from core.check.labels import RowNumbers
from core.check.rules.points import with_what_follows
from core.check.settings import Settings
from core.check.state import Answer, Change, Work
from core.check.telling import Teller
from core.sheet.compute import Computation
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.edits import AddRow, Edit, MoveRow, RemoveRow, SetText
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
        self.computation = computation or Computation(document, self.binding.formulas, context.grammar)
        self.computation.with_settings(self.binding.settings, context.grammar)
        self._numbering = 0
        self._judge_afresh()

    def _judge_afresh(self) -> None:
        binding = self.binding
        self._numbers = RowNumbers(self.document)
        self._teller = Teller(binding.labels, binding.catalogue.messages, self.document, self._numbers)
        self._sorted: list[Finding] | None = None
        self._worked_out = frozenset(name for table, name in binding.formulas.expressions if not table)
        self._judging = Judging(self.document, self.computation, self.context, binding)

    # -- reading ----------------------------------------------------------------------------------------

    def findings(self) -> list[Finding]:
        """Give all findings: gravest first, then in sheet order."""
        if self._sorted is None:
            keyed = []
            for unit in self._judging.units.values():
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
            finding = self._teller.finding(answer.judge, answer.hit, waiting=answer.waiting)
            if finding.fix is not None:
                edits = with_what_follows(self.document, finding.fix.edits, self.binding.formulas)
                finding = replace(finding, fix=replace(finding.fix, edits=edits))
            answer.finding = finding
            answer.numbering = self._numbering
        return answer.finding

    # -- following edits --------------------------------------------------------------------------------

    def edited(self, edits: Iterable[Edit]) -> Change:
        """Judge again what edits touched that were just applied, in order; ``old`` texts must be true."""
        work, judging = Work(), self._judging
        computed: set[Place] = set()
        texts: list[SetText] = []
        renumbered = restated = False
        edits = tuple(edits)
        self._forget(edits)
        for edit in edits:
            if isinstance(edit, SetText):
                texts.append(edit)
                place = edit.place
                restated = restated or (not place.table and place.column in self._worked_out)
                if (place.table, place.column) in self.binding.computing:
                    computed |= self.computation.edited(edit)
            elif isinstance(edit, AddRow | RemoveRow | MoveRow):
                if not renumbered:
                    renumbered = True
                    self._numbering += 1
                    self._numbers.forget()
                    self._judging.reorder()
                computed |= self.computation.edited(edit)
                self._restructure(edit, work)
        places = [edit.place for edit in texts]
        if computed or len(places) > 1:
            places = list(dict.fromkeys((*places, *computed)))
        judging.judge_places(places, work)
        for edit in texts:
            if self._turns(edit):
                judging.judge_required(edit.place.table, edit.place.row, work)
        judging.judge_wholes(work)
        if restated:
            self._numbering += 1  # fixes take these along
        if work.came or work.went or renumbered or restated:
            self._sorted = None
        return Change(work, self._tell, computed, renumbered or restated)

    def _turns(self, edit: SetText) -> bool:
        """Whether a text came or went, or began or ceased to say that there is none."""
        if bool(edit.old) != bool(edit.new):
            return True
        place, context = edit.place, self.context
        return place.table != "" and (
            stands_for_none(edit.old, place.column, context)
            != stands_for_none(edit.new, place.column, context)
        )

    def _forget(self, edits: Iterable[Edit]) -> None:
        """Forget what was worked out from texts that changed."""
        for edit in edits:
            if isinstance(edit, SetText):
                table, row, column = edit.place
                unit = self._judging.units.get((table, row))
                if unit is not None:
                    unit.view.forget(column)

    def with_context(self, context: Context) -> Change:
        """Judge in another context; only rules that read what changed are asked again."""
        before, self.context = self.context, context
        alone = not before.counterparts, not context.counterparts
        others = any(getattr(before, part) is not getattr(context, part) for part in _REBINDING)
        if others or alone[0] != alone[1]:
            return self._rebound(context)
        changed = {part for part in _REREADING if getattr(before, part) != getattr(context, part)}
        work = Work()
        self._judging.in_context(context, changed, work)
        self._sorted = None
        return Change(work, self._tell, set(), False)

    def _rebound(self, context: Context) -> Change:
        self.findings()  # so that what goes is known as it was read
        before = self._judging.answers()
        self.binding = self._bind(self.document.form, context.settings)
        computed = self.computation.with_settings(self.binding.settings, context.grammar)
        self._judge_afresh()
        after = self._judging.answers()
        said, says = {answer.finding for answer in before}, {self._tell(answer) for answer in after}
        came = [answer for answer in after if answer.finding not in said]
        went = [answer for answer in before if answer.finding not in says]
        return Change(Work(came, went), self._tell, computed, False)

    def _restructure(self, edit: AddRow | RemoveRow | MoveRow, work: Work) -> None:
        """Take in that rows came, went or moved; the document is as it is after all edits of the call."""
        judging = self._judging
        row = "" if isinstance(edit, MoveRow) else edit.row.id
        judging.shake(edit.table, row, edit.parent, work)
        if isinstance(edit, MoveRow):
            return
        judging.drop_gone(edit.table, work)
        if isinstance(edit, AddRow):
            judging.take_in(edit.table, edit.row.id, work)
        if edit.parent:
            judging.judge_required(edit.table.rpartition(".")[0], edit.parent, work)
        judging.ask_elsewhere(edit.table, work)
