"""What an engine knows of its document: the answers that stand, the facts of rows, what an edit did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from core.check.finding import Finding, Hit
from core.check.judges import Judge, Whole
from core.check.view import RowView, Scene, TableView
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
    """The facts of a table's rows for one judge, and the view of them that the judge is given.

    The view is kept in sheet order and mended in place while rows stay where they are.
    """

    __slots__ = ("_at", "_known", "_view")

    def __init__(self) -> None:
        self._known: dict[RowKey, object] = {}
        self._view: TableView | None = None
        self._at: dict[RowKey, int] = {}

    def put(self, view: RowView, fact: object) -> bool:
        """Note a row's fact, None for none; gives whether it changed."""
        key = view.key
        before = self._known.get(key)
        if before == fact:
            return False
        if fact is None:
            del self._known[key]
            self._view = None
        else:
            self._known[key] = fact
            if before is None:
                self._view = None
            elif self._view is not None:
                self._view.facts[self._at[key]] = (view, fact)
        return True

    def drop(self, key: RowKey) -> None:
        """Forget a row that is gone."""
        self._known.pop(key, None)
        self._view = None

    def forget_order(self) -> None:
        """List the rows anew at the next asking: rows came, went or moved."""
        self._view = None

    def view(self, scene: Scene, tables: tuple[str, ...], units: Mapping[RowKey, Unit]) -> TableView:
        """Give the facts as the judge is shown them."""
        if self._view is None:
            known = self._known
            keys = [
                (table, row.id)
                for table in tables
                for _, row in scene.document.all_rows(table)
                if (table, row.id) in known
            ]
            self._at = {key: index for index, key in enumerate(keys)}
            self._view = TableView(scene, tables, [(units[key].view, known[key]) for key in keys])
        return self._view
