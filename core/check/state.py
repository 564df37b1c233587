"""What an engine knows of its document: standing answers, facts of rows, blanks, and what an edit did."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from core.check.finding import Finding, Hit
from core.check.judges import FactJudge, Judge, Whole
from core.check.rule import Sort
from core.check.view import RowView, Scene, TableView
from core.sheet.document import Document
from core.sheet.expression import Read
from core.sheet.places import Place

RowKey = tuple[str, str]
"""A row by table and id; the fields of the form by two empty texts."""
FORM: RowKey = ("", "")
"""The fields of the form, which also hold what is judged of the document as a whole."""


@dataclass(slots=True, eq=False)
class Answer:
    """A judge's answer that stands.

    Its finding is made when it is first read, and again when rows were renumbered since.
    """

    judge: Judge
    hit: Hit
    waiting: bool
    finding: Finding | None = None
    numbering: int = 0


Answers = dict[int, tuple[Answer, ...]]
"""Answers by the number of the judge; one without an answer is absent."""


@dataclass(slots=True, eq=False)
class Unit:
    """One row, or the fields: as rules see it, its facts, and the answers about it and what it holds."""

    view: RowView
    answers: Answers = field(default_factory=dict)
    facts: dict[int, object] = field(default_factory=dict)
    """By the number of the feed; a row without a fact is absent."""
    lists: dict[int, Facts] = field(default_factory=dict)
    """The lists its facts stand in."""
    sorts: dict[Sort, Hashable] = field(default_factory=dict)
    """Of what sorts it was when all who go by these were last asked."""


@dataclass(slots=True, eq=False)
class Work:
    """What one call has found out so far, and which judges are still to be asked about what holds rows."""

    came: list[Answer] = field(default_factory=list)
    went: list[Answer] = field(default_factory=list)
    wholes: dict[tuple[Whole, RowKey], Facts | None] = field(default_factory=dict)
    """Each with the facts it is asked about, where they are at hand."""


class Change:
    """What edits did. True when any finding came or went, or rows were renumbered.

    ``computed``: computed places whose figure changed. ``renumbered``: rows came, went or moved, so
    sentences that name rows may read otherwise; read ``findings()`` again instead of patching a list.
    """

    __slots__ = ("_came", "_tell", "_went", "computed", "renumbered")

    def __init__(
        self, work: Work, tell: Callable[[Answer], Finding], computed: set[Place], renumbered: bool
    ) -> None:
        self._came = work.came
        self._went = work.went
        self._tell = tell
        self.computed = frozenset(computed)
        self.renumbered = renumbered

    def __bool__(self) -> bool:
        return bool(self._came or self._went or self.renumbered)

    @property
    def came(self) -> tuple[Finding, ...]:
        """The findings that are new; read them before the next edit."""
        return tuple(map(self._tell, self._came))

    @property
    def went(self) -> tuple[Finding, ...]:
        """The findings that are gone, as they were last read."""
        return tuple(answer.finding or self._tell(answer) for answer in self._went)


class Ranks:
    """Where rows stand on the sheet, as plain numbers; counted anew when rows came, went or moved."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[tuple[tuple[str, ...], str], dict[RowKey, int]] = {}

    def forget(self) -> None:
        """Count again at the next asking."""
        self._known.clear()

    def of(self, tables: tuple[str, ...], holder: RowView) -> dict[RowKey, int]:
        """Give the numbers of the rows inside a row; when ``holder`` is the form's fields, of all rows."""
        within = holder.id if holder.table else ""
        found = self._known.get((tables, within))
        if found is None:
            found = {}
            for table in tables:
                document = self._document
                rows = (
                    document.rows(table, within) if within else (row for _, row in document.all_rows(table))
                )
                for row in rows:
                    found[table, row.id] = len(found)
            self._known[tables, within] = found
        return found


class Facts:
    """The facts of the rows that some judges are asked about at once, and the view of them they are given.

    The view is kept in sheet order and mended, when it is next read, while rows stay where they are.
    """

    __slots__ = (
        "_alike",
        "_count",
        "_listed",
        "_matters",
        "_order",
        "_ranks",
        "_repeated",
        "_stale",
        "_view",
        "known",
    )

    def __init__(
        self,
        alike: Callable[[Any], Hashable] | None = None,
        matters: Callable[[TableView, RowView, Any], bool] | None = None,
    ) -> None:
        self._alike = alike
        self._matters = matters
        self._count: dict[Hashable, int] = {}
        self._repeated: set[Hashable] = set()
        self.known: dict[RowKey, tuple[RowView, object]] = {}
        self._view: TableView | None = None
        self._ranks: dict[RowKey, int] = {}
        self._listed: list[tuple[RowView, object]] = []
        self._order: list[int] = []  # the ranks of the rows listed, found when the list is first mended
        self._stale: dict[RowKey, None] = {}  # rows that changed since they were listed

    def put(self, view: RowView, fact: object) -> bool:
        """Note a row's fact that changed, None for none; give whether that concerns the judges."""
        key, known = view.key, self.known
        concerned = True
        if self._alike is not None:
            before = known.get(key)
            concerned = self._shares(self._alike, None if before is None else before[1], fact)
        if fact is None:
            del known[key]
        else:
            known[key] = view, fact
        if self._view is not None:
            self._stale[key] = None
            self._view.changed[key] = view, fact
            if self._matters is not None:
                concerned = self._matters(self._view, view, fact)
        return concerned

    def _shares(self, alike: Callable[[Any], Hashable], before: object, after: object) -> bool:
        """Count what a row shared and shares; give whether another row shares either.

        Who only compares rows has nothing else to say while what a row shares, no other row does.
        """
        old = None if before is None else alike(before)
        new = None if after is None else alike(after)
        if old == new:
            return old in self._repeated
        concerned = before is not None and self._note(old, -1)
        return (after is not None and self._note(new, 1)) or concerned

    def _note(self, shared: Hashable, more: int) -> bool:
        """Count the rows that share something; give whether several do, or did before."""
        before = self._count.get(shared, 0)
        count = self._count[shared] = before + more
        if count > 1:
            self._repeated.add(shared)
            return True
        if not count:
            del self._count[shared]
        if before > 1:
            self._repeated.discard(shared)
            return True
        return False

    def _in_order(self) -> list[tuple[RowView, object]]:
        """Give the facts in sheet order, those that changed put in their places."""
        facts = self._listed
        if self._stale:
            if not self._order:
                self._order = [self._ranks[one.key] for one, _ in facts]
            for key in self._stale:
                self._mend(facts, self._ranks[key], self.known.get(key))
            self._stale.clear()
        return facts

    def _mend(
        self, facts: list[tuple[RowView, object]], rank: int, known: tuple[RowView, object] | None
    ) -> None:
        order = self._order
        index = bisect_left(order, rank)
        there = index < len(order) and order[index] == rank
        if known is None:
            if there:
                del order[index], facts[index]
        elif there:
            facts[index] = known
        else:
            order.insert(index, rank)
            facts.insert(index, known)

    def forget_order(self) -> None:
        """List the rows anew at the next asking: rows came, went or moved."""
        self._view = None

    def view(self, scene: Scene, tables: tuple[str, ...], holder: RowView, ranks: Ranks) -> TableView:
        """Give the facts as a judge is shown them: of the rows inside ``holder``, else of all."""
        if self._view is None:
            known = self.known
            self._ranks = ranks.of(tables, holder)
            self._listed = [known[key] for key in self._ranks if key in known]
            self._order = []
            self._stale.clear()
            self._view = TableView(scene, tables, self._in_order, holder, self._repeated)
        return self._view


class Blanks:
    """Which required places are empty, by column; judges that read one wait for it."""

    __slots__ = ("_rows",)

    def __init__(self) -> None:
        self._rows: dict[Read, dict[str, str]] = {}

    def note(self, read: Read, view: RowView, blank: bool) -> bool | None:
        """Note whether a place of a row is empty.

        Gives None when nothing changed, else whether it was the first or the last of its column.
        """
        rows = self._rows.setdefault(read, {})
        if blank == (view.id in rows):
            return None
        if blank:
            rows[view.id] = view.parent
            return len(rows) == 1
        del rows[view.id]
        return not rows

    def hold(self, judge: Whole, holder: RowKey) -> bool:
        """Whether a place that a judge reads is still empty; of a table inside a row, in that row only."""
        for read in judge.required:
            rows = self._rows.get(read)
            if not rows:
                continue
            if isinstance(judge, FactJudge) and judge.holder:
                if read[0] in judge.tables and holder[1] not in rows.values():
                    continue
                if read[0] == judge.holder and holder[1] not in rows:
                    continue
            return True
        return False


def settle(answers: Answers, judge: Judge, hits: tuple[Hit, ...], waiting: bool, work: Work) -> None:
    """Put a judge's answers in place of its earlier ones, and note what came and went."""
    old = answers.get(judge.number, ())
    if len(old) == len(hits):
        for answer, hit in zip(old, hits, strict=True):
            if answer.hit != hit or answer.waiting != (waiting or hit.waiting):
                break
        else:
            return
    left = list(old)
    new: list[Answer] = []
    for hit in hits:
        held = waiting or hit.waiting
        for answer in left:
            if answer.waiting == held and answer.hit == hit:
                left.remove(answer)
                break
        else:
            answer = Answer(judge, hit, held)
            work.came.append(answer)
        new.append(answer)
    work.went.extend(left)
    if new:
        answers[judge.number] = tuple(new)
    else:
        del answers[judge.number]
