"""Rules as bound to one form: what runs, what it reads, when it is asked.

Made by ``binding``; the engine only runs them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from core.check.catalogue import Record
from core.check.finding import Severity
from core.check.rule import Hits
from core.check.view import RowView, Scene, TableView
from core.sheet.expression import Read


@dataclass(frozen=True, slots=True, eq=False)
class RowJudge:
    """Judges one row (table ``""``: the fields).

    Silent unless a column of ``gate`` is filled; without a gate it is always asked.
    ``required`` are the columns it reads that must be filled: while one is blank its answer is waiting.
    ``reads`` are all columns of the row it depends on, ``foreign`` what it reads elsewhere. Where ``when``
    fails it has nothing to say.
    """

    number: int
    record: Record
    severity: Severity | None
    table: str
    run: Callable[[RowView], Hits]
    gate: tuple[str, ...]
    reads: tuple[str, ...]
    required: tuple[str, ...] = ()
    foreign: tuple[Read, ...] = ()
    context: tuple[str, ...] = ()
    when: Callable[[RowView], bool] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class WholeJudge:
    """Judges the document by the fields and columns it reads; without a gate even when all is blank."""

    number: int
    record: Record
    severity: Severity | None
    run: Callable[[Scene], Hits]
    reads: tuple[Read, ...]
    gate: tuple[str, ...] = ()
    required: tuple[Read, ...] = ()
    context: tuple[str, ...] = ()
    holder: ClassVar[str] = ""


@dataclass(frozen=True, slots=True, eq=False)
class FactJudge:
    """Judges tables by one fact per filled row; asked again only when a fact, a row or a field changed.

    ``holder`` is the table whose rows hold the judged ones: each has a judgement of its own. ``""``: one
    judgement over the whole document. ``reads`` are fields, or columns of the holder.
    """

    number: int
    record: Record
    severity: Severity | None
    tables: tuple[str, ...]
    fact: Callable[[RowView], Hashable | None]
    judge: Callable[[TableView], Hits]
    gates: Mapping[str, tuple[str, ...]]
    row_reads: tuple[Read, ...]
    reads: tuple[Read, ...]
    required: tuple[Read, ...] = ()
    context: tuple[str, ...] = ()
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """What a finding is told by: the record, and how grave the settings make it."""

    record: Record
    severity: Severity | None


Judge = RowJudge | WholeJudge | FactJudge
Whole = WholeJudge | FactJudge


class Asked(NamedTuple):
    """A judge of a row with what asking it needs at hand: this is walked through at every key."""

    judge: RowJudge
    gate: tuple[str, ...]
    run: Callable[[RowView], Hits]
    number: int


class Group(NamedTuple):
    """Judges of a row that share a quick test; where it fails none has anything to say."""

    when: Callable[[RowView], bool] | None
    asked: tuple[Asked, ...]
    numbers: frozenset[int]

    def with_one(self, judge: RowJudge) -> Group:
        """Give the group with one more judge."""
        one = Asked(judge, judge.gate, judge.run, judge.number)
        return Group(self.when, (*self.asked, one), self.numbers | {judge.number})


@dataclass(slots=True)
class Touched:
    """What an edit of one field or column asks: for its row, for all rows of other tables, for the whole."""

    groups: tuple[Group, ...] = ()
    everywhere: tuple[RowJudge, ...] = ()
    facts: tuple[FactJudge, ...] = ()
    wholes: tuple[Whole, ...] = ()

    @property
    def rows(self) -> tuple[RowJudge, ...]:
        """The judges of the row."""
        return tuple(one.judge for group in self.groups for one in group.asked)

    def add(self, judge: RowJudge) -> None:
        """Have a judge of the row asked, among those with its test."""
        for index, group in enumerate(self.groups):
            if group.when is judge.when:
                self.groups = (*self.groups[:index], group.with_one(judge), *self.groups[index + 1 :])
                return
        self.groups = (*self.groups, Group(judge.when, (), frozenset()).with_one(judge))
