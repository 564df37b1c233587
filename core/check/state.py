"""What an engine knows of its document: the answers that stand, the facts of rows, what an edit did."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from core.check.finding import Finding, Hit
from core.check.judges import Judge, Whole
from core.check.view import RowView
from core.sheet.places import Place

RowKey = tuple[str, str]
"""A row by table and id; the fields of the form by two empty texts."""


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
    """One row, or the fields: as rules see it, and the answers about it."""

    view: RowView
    answers: Answers = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Work:
    """What one call has found out so far, and which judges of the whole are still to be asked."""

    came: list[Answer] = field(default_factory=list)
    went: list[Answer] = field(default_factory=list)
    wholes: dict[Whole, None] = field(default_factory=dict)


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


class Facts:
    """The facts of the rows for one judge, kept in sheet order; a row without a fact has None."""

    __slots__ = ("_at", "_known", "_rows")

    def __init__(self) -> None:
        self._known: dict[RowKey, object] = {}
        self._rows: list[tuple[RowView, object]] | None = None
        self._at: dict[RowKey, int] = {}

    def put(self, view: RowView, fact: object) -> bool:
        """Note a row's fact, None for none; gives whether it changed."""
        key = view.key
        if self._known.get(key) == fact:
            return False
        self._known[key] = fact
        if self._rows is not None:
            self._rows[self._at[key]] = (view, fact)
        return True

    def drop(self, key: RowKey) -> None:
        """Forget a row that is gone."""
        self._known.pop(key, None)

    def forget_order(self) -> None:
        """List the rows anew at the next asking: rows came, went or moved."""
        self._rows = None

    def rows(self, views: Callable[[], Iterable[RowView]]) -> list[tuple[RowView, object]]:
        """Give rows with their facts; ``views`` gives all rows in sheet order."""
        if self._rows is None:
            listed = list(views())
            self._rows = [(view, self._known.get(view.key)) for view in listed]
            self._at = {view.key: index for index, view in enumerate(listed)}
        return [pair for pair in self._rows if pair[1] is not None]
