"""The index of one form: which edit asks which judges; made once, it is what makes one edit cheap."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from core.check.context import Context
from core.check.judges import FactJudge, Feed, Judge, RowJudge, Touched, Whole, WholeRow, sort_of
from core.check.quiet import Quiet
from core.sheet.definition import Form
from core.sheet.expression import Read

FIELDS = ""
"""The "table" of the fields of the form."""
OF_WORDS = frozenset(("library",))
"""Parts of the context that stand for what words mean: with the same ones a text is judged the same."""


class Index:
    """All judges of a form, by what they read."""

    def __init__(self, form: Form, judges: Iterable[Judge]) -> None:
        self.touched: dict[Read, Touched] = {}
        self.whole_row = {path: WholeRow() for path in (FIELDS, *form.tables)}
        self.rows: dict[str, tuple[RowJudge, ...]] = {}
        self.facts: dict[str, tuple[FactJudge, ...]] = {}
        self.wholes: tuple[Whole, ...] = ()
        self.waiters: dict[Read, tuple[Whole, ...]] = {}
        for judge in judges:
            self._enter(judge)
        self.fed_by = self._bind_feeds()
        self.under: dict[str, tuple[str, ...]] = {
            path: tuple(one for one in form.tables if one == path or one.startswith(path + "."))
            for path in form.tables
        }
        self.structural = {path: self._shaken_by(path) for path in form.tables}
        self.elsewhere = {path: self._reading_from(path) for path in form.tables}
        self._quiet: Quiet | None = None
        self._of_several: dict[tuple[str, frozenset[str]], Touched] = {}

    def touching(self, table: str, columns: Collection[str]) -> Touched | None:
        """Give what reads some columns of a row (or fields), each judge once; None when nobody does."""
        if len(columns) == 1:
            return self.touched.get((table, next(iter(columns))))
        key = table, frozenset(columns)
        found = self._of_several.get(key)
        if found is None:
            parts = [self.touched[table, one] for one in columns if (table, one) in self.touched]
            found = self._of_several[key] = Touched(
                everywhere=tuple(dict.fromkeys(one for part in parts for one in part.everywhere)),
                feeds=tuple(
                    feed._replace(sort=sort_of(feed.judges[0], columns))
                    for feed in {one.number: one for part in parts for one in part.feeds}.values()
                ),
                wholes=tuple(dict.fromkeys(one for part in parts for one in part.wholes)),
            )
            for judge in dict.fromkeys(one for part in parts for one in part.row.judges):
                found.row.add(judge, columns)
        return found

    def quiet(self, context: Context) -> Quiet:
        """Give what none of the judges had anything to say about in such a context."""
        if self._quiet is None or not self._quiet.holds_for(context):
            self._quiet = Quiet(context)
        return self._quiet

    def _enter(self, judge: Judge) -> None:
        if isinstance(judge, RowJudge):
            self.rows[judge.table] = (*self.rows.get(judge.table, ()), judge)
            self.whole_row[judge.table].add(judge)
            for column in judge.reads:
                self._at(judge.table, column).row.add(judge, (column,))
            for read in judge.foreign:
                touched = self._at(*read)
                touched.everywhere = (*touched.everywhere, judge)
            return
        self.wholes = (*self.wholes, judge)
        for read in judge.reads:
            touched = self._at(*read)
            touched.wholes = (*touched.wholes, judge)
        for read in judge.required:
            self.waiters[read] = (*self.waiters.get(read, ()), judge)
        if isinstance(judge, FactJudge):
            for table in judge.tables:
                self.facts[table] = (*self.facts.get(table, ()), judge)

    def _at(self, table: str, column: str) -> Touched:
        return self.touched.setdefault((table, column), Touched())

    def _bind_feeds(self) -> dict[int, int]:
        """Have judges that ask for the same fact ask once; give the number of each one's feed."""
        same: dict[Any, list[FactJudge]] = {}
        for judge in self.wholes:
            if isinstance(judge, FactJudge):
                gates = tuple(judge.gates.items())
                # Who goes by what changed since it was asked is not asked together with others.
                alone = judge.number if judge.by_change else 0
                how = judge.fact, judge.alike, judge.sorts, alone
                key = how, judge.tables, judge.holder, gates, judge.row_reads
                same.setdefault(key, []).append(judge)
        for judges in same.values():
            first = judges[0]
            own = all(OF_WORDS.issuperset(judge.context) for judge in judges)
            for table in first.tables:
                gate, holder = first.gates[table], first.holder
                compared = first.alike, first.matters
                feed = Feed(first.number, gate, first.fact, holder, tuple(judges), own, *compared)
                self.whole_row[table].feeds += (feed,)
                for path, column in first.row_reads:
                    if path == table:
                        self._at(path, column).feeds += (feed._replace(sort=sort_of(first, (column,))),)
        return {judge.number: judges[0].number for judges in same.values() for judge in judges}

    def _shaken_by(self, path: str) -> tuple[Whole, ...]:
        """What must be asked when rows of a table come, go or move."""
        tables = self.under[path]
        found: dict[Whole, None] = {}
        for judge in self.wholes:
            reads = (*judge.reads, *(judge.row_reads if isinstance(judge, FactJudge) else ()))
            if any(table in tables for table, _ in reads):
                found[judge] = None
        return tuple(found)

    def _reading_from(self, path: str) -> tuple[RowJudge, ...]:
        """Which judges of rows read whole columns of a table."""
        tables = self.under[path]
        judges = (judge for judges in self.rows.values() for judge in judges)
        return tuple(judge for judge in judges if any(table in tables for table, _ in judge.foreign))

    def reading(self, parts: Iterable[str]) -> list[Judge]:
        """Give the judges that read some parts of the context."""
        wanted = set(parts)
        judges: list[Judge] = [judge for judges in self.rows.values() for judge in judges]
        return [judge for judge in (*judges, *self.wholes) if not wanted.isdisjoint(judge.context)]
