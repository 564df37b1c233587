"""Rules as bound to one form: what runs, what it reads, when it is asked.

Made by ``binding``; the engine only runs them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from core.check.catalogue import Record
from core.check.finding import Severity
from core.check.rule import Hits, Sort
from core.check.view import RowView, Scene, TableView
from core.sheet.expression import Read


@dataclass(frozen=True, slots=True, eq=False)
class RowJudge:
    """Judges one row (table ``""``: the fields).

    Silent unless a column of ``gate`` is filled; without a gate it is always asked.
    ``required`` are the columns it reads that must be filled: while one is blank its answer is waiting.
    ``reads`` are all columns of the row it depends on, ``foreign`` what it reads elsewhere. Where ``when``
    fails it has nothing to say. ``own``: it depends on nothing but those columns, settings and words.
    ``sorts`` are all it makes of some columns.
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
    own: bool = False
    sorts: tuple[Sort, ...] = ()

    @property
    def of_text(self) -> bool:
        """Whether it judges one text by itself."""
        return self.own and len(self.reads) == 1 and self.gate == self.reads


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
    alike: Callable[[Any], Hashable] | None = None
    by_change: bool = False
    matters: Callable[[TableView, RowView, Any], bool] | None = None
    sorts: tuple[Sort, ...] = ()


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
    run: Callable[[RowView], Hits]
    number: int


class Group(NamedTuple):
    """Judges of a row that share gate and quick test; where one of them fails none has anything to say.

    ``sort`` is what they make of the column that was edited, where that is less than its text.
    """

    gate: tuple[str, ...]
    when: Callable[[RowView], bool] | None
    sort: Sort | None
    asked: tuple[Asked, ...] = ()
    numbers: frozenset[int] = frozenset()

    def with_one(self, judge: RowJudge) -> Group:
        """Give the group with one more judge."""
        one = Asked(judge, judge.run, judge.number)
        return self._replace(asked=(*self.asked, one), numbers=self.numbers | {judge.number})


class OfText(NamedTuple):
    """The judges of one text by itself: where all are silent about it once, they need not be asked again."""

    read: Read
    groups: tuple[Group, ...]
    numbers: frozenset[int]


class Feed(NamedTuple):
    """Judges of tables that ask rows for the same fact, as it is asked of the rows of one table.

    ``own``: the fact depends on nothing but the row's texts, settings and words. ``sort`` as in a group.
    """

    number: int
    gate: tuple[str, ...]
    fact: Callable[[RowView], Hashable | None]
    holder: str
    judges: tuple[FactJudge, ...]
    own: bool
    alike: Callable[[Any], Hashable] | None
    matters: Callable[[TableView, RowView, Any], bool] | None = None
    sort: Sort | None = None


@dataclass(slots=True)
class Asking:
    """Which judges of a row are asked at once."""

    texts: tuple[OfText, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def judges(self) -> tuple[RowJudge, ...]:
        """All of them."""
        groups = [*(group for text in self.texts for group in text.groups), *self.groups]
        return tuple(one.judge for group in groups for one in group.asked)

    def add(self, judge: RowJudge, columns: Collection[str] = ()) -> None:
        """Have one more asked, among those with its text and its quick test, where columns are edited."""
        if not judge.of_text:
            self.groups = _with(self.groups, judge, sort_of(judge, columns))
            return
        read = judge.table, judge.reads[0]
        known = next((text for text in self.texts if text.read == read), OfText(read, (), frozenset()))
        more = OfText(read, _with(known.groups, judge), known.numbers | {judge.number})
        self.texts = (*(text for text in self.texts if text.read != read), more)


def sort_of(judge: RowJudge | FactJudge, columns: Collection[str]) -> Sort | None:
    """Give what a judge makes of those columns that it reads, None when it reads the text of any."""
    reads = judge.reads if isinstance(judge, RowJudge) else [column for _, column in judge.row_reads]
    edited = {column for column in columns if column in reads}
    return next((sort for sort in judge.sorts if edited and sort.columns >= edited), None)


def _with(groups: tuple[Group, ...], judge: RowJudge, sort: Sort | None = None) -> tuple[Group, ...]:
    for index, group in enumerate(groups):
        if group.when is judge.when and group.gate == judge.gate and group.sort is sort:
            return (*groups[:index], group.with_one(judge), *groups[index + 1 :])
    return (*groups, Group(judge.gate, judge.when, sort).with_one(judge))


@dataclass
class Touched:
    """What an edit of one field or column asks: for its row, for all rows of other tables, for the whole."""

    row: Asking = field(default_factory=Asking)
    everywhere: tuple[RowJudge, ...] = ()
    feeds: tuple[Feed, ...] = ()
    wholes: tuple[Whole, ...] = ()

    @cached_property
    def sorts(self) -> frozenset[Sort]:
        """What judges and facts make of the column that was edited."""
        sorts = [*(group.sort for group in self.row.groups), *(feed.sort for feed in self.feeds)]
        return frozenset(sort for sort in sorts if sort is not None)


@dataclass(slots=True)
class WholeRow:
    """All that is asked about a row: first what depends on its own texts alone, then the rest."""

    own: Asking = field(default_factory=Asking)
    rest: Asking = field(default_factory=Asking)
    numbers: frozenset[int] = frozenset()
    """Those of ``own``."""
    feeds: tuple[Feed, ...] = ()

    def add(self, judge: RowJudge) -> None:
        """Have one more asked."""
        if judge.own:
            self.own.add(judge)
            self.numbers |= {judge.number}
        else:
            self.rest.add(judge)
