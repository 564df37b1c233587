"""The engine as the window uses it: opened after the first paint, its findings sorted for the eye.

Holds back what must not be shown yet (ruling 17): empty required cells and what waits for them until
全部检查, an unfinished text while it is being typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from core.check.explaining import is_explained
from core.sheet.compute import Computation
from core.sheet.document import Document
from core.sheet.edits import Edit
from core.sheet.places import Place

if TYPE_CHECKING:
    from core.check.binding import Binding
    from core.check.context import Context, Counterpart
    from core.check.engine import Engine
    from core.check.finding import Finding
    from core.check.settings import Settings
    from core.library.library import Library
    from ui.surroundings import Elsewhere

OpenEngine = Callable[[Document, Computation], "Engine"]


class Tally(NamedTuple):
    """How many findings wait for work: unexplained errors and warnings, hints, empty required cells."""

    errors: int = 0
    warnings: int = 0
    hints: int = 0
    missing: int = 0
    explained: int = 0


class Judging:
    """The findings of one document, kept right while it is edited.

    Before ``start`` there are no findings, only computed figures.
    """

    def __init__(self, document: Document, open_engine: OpenEngine | None = None) -> None:
        self.computation = Computation(document)
        self._document = document
        self._open_engine = open_engine
        self._engine: Engine | None = None
        self._tallies: dict[frozenset[Place], Tally] = {}
        self._together: list[Finding] = []
        self.full = False
        """Whether 全部检查 was asked: nothing is held back any more."""
        self.elsewhere: Callable[[str], Elsewhere | None] = lambda _: None
        """What ``FILE#place`` of a finding stands for."""

    def start(self) -> None:
        """Judge the whole document; a second call does nothing."""
        if self._engine is None and self._open_engine is not None:
            self._engine = self._open_engine(self._document, self.computation)
            self._tallies.clear()

    @property
    def binding(self) -> Binding | None:
        """The checks of the form as they count here, None before the start."""
        return self._engine.binding if self._engine else None

    @property
    def started(self) -> bool:
        """Whether findings are known."""
        return self._engine is not None

    @property
    def engine(self) -> Engine | None:
        """The engine, for what reads more of it than findings."""
        return self._engine

    def in_settings(self, settings: Settings) -> bool:
        """Judge by other settings; gives whether they are other ones."""
        if self._engine is None or self._engine.context.settings is settings:
            return False
        self._judge_in(replace(self._engine.context, settings=settings))
        return True

    def compare_with(self, counterparts: tuple[Counterpart, ...]) -> bool:
        """Judge beside other documents; gives whether they are other ones than before."""
        if self._engine is None or self._engine.context.counterparts == counterparts:
            return False
        self._judge_in(self._engine.context.with_counterparts(counterparts))
        return True

    def with_library(self, library: Library) -> bool:
        """Judge by another indicator library; gives whether it is another one."""
        if self._engine is None or self._engine.context.library is library:
            return False
        self._judge_in(replace(self._engine.context, library=library))
        return True

    def _judge_in(self, context: Context) -> None:
        assert self._engine is not None
        self._engine.with_context(context)
        self._tallies.clear()

    def tell_together(self, findings: list[Finding]) -> bool:
        """Take in what is found about this and other documents together; gives whether it changed."""
        if findings == self._together:
            return False
        self._together = findings
        self._tallies.clear()
        return True

    def edited(self, edits: Sequence[Edit]) -> bool:
        """Judge again what applied edits touch; gives whether any finding came, went or changed."""
        if self._engine is None:
            for edit in edits:
                self.computation.edited(edit)
            return False
        change = self._engine.edited(edits)
        self._tallies.clear()
        return bool(change.came or change.went or change.renumbered)

    def findings(self) -> list[Finding]:
        """Give all findings, gravest first, then in sheet order."""
        found = self._engine.findings() if self._engine else []
        if self._together:
            found = sorted([*found, *self._together], key=lambda one: one.severity.rank)
        return found

    def shown(self, typed_at: frozenset[Place] = frozenset()) -> list[Finding]:
        """Give the findings to show while the cells at ``typed_at`` are being typed in."""
        return [one for one in self.findings() if not self._held_back(one, typed_at)]

    def unfinished(self, typed_at: frozenset[Place]) -> frozenset[Place]:
        """Give the places being typed in whose text is not finished."""
        held = (one for one in self.findings() if one.unfinished)
        return frozenset(place for one in held for place in one.places if place in typed_at)

    def tally(self, typed_at: frozenset[Place] = frozenset()) -> Tally:
        """Count what is to be worked on: all that is shown, and the empty required cells."""
        if typed_at not in self._tallies:
            self._tallies[typed_at] = self._count(typed_at)
        return self._tallies[typed_at]

    def _count(self, typed_at: frozenset[Place]) -> Tally:
        numbers = {"error": 0, "warning": 0, "hint": 0}
        missing = explained = 0
        for one in self.findings():
            if one.missing:
                missing += 1
            elif self._held_back(one, typed_at):
                continue
            elif self.is_explained(one):
                explained += 1
            else:
                numbers[one.severity.value] += 1
        return Tally(numbers["error"], numbers["warning"], numbers["hint"], missing, explained)

    def is_explained(self, finding: Finding) -> bool:
        """Whether a finding's very message was answered with an explanation."""
        return bool(self._document.explanations) and is_explained(finding, self._document)

    def judge_fully(self) -> None:
        """Hold nothing back any more (全部检查)."""
        self.start()
        self.full = True
        self._tallies.clear()

    def marks(self, shown: Iterable[Finding]) -> dict[Place, str]:
        """Give the strongest mark of each place: ``error``, ``warning``, ``hint`` or ``missing``."""
        marks: dict[Place, str] = {}
        for one in shown:  # gravest first
            shape = "missing" if one.missing else one.severity.value
            if self.is_explained(one):
                shape = "hint"
            for place in one.places:
                marks.setdefault(place, shape)
        return marks

    def _held_back(self, one: Finding, typed_at: frozenset[Place]) -> bool:
        if one.unfinished and not typed_at.isdisjoint(one.places):
            return True
        return (one.missing or one.waiting) and not self.full
