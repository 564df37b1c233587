"""The lines of the sheet: which row of each table a repeated line shows, or what typing there would add.

Also pairs two tables that stand side by side (中期/年度), each with its own rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.sheet.definition import Form
from core.sheet.document import ROOT, Document, Row


@dataclass(slots=True)
class Source:
    """What one line shows of one table: a row, or (row None) what typing there would add."""

    row: Row | None
    parent: str = ROOT
    position: int = 0
    given: dict[str, str] = field(default_factory=dict)
    group: int = -1
    shared: str = ""
    mates: tuple[tuple[str, Row | None], ...] = ()

    def text(self, column: str) -> str:
        """Give the text in a column, or the one that typing there would be given."""
        if self.row is None:
            return self.given.get(column, "")
        return self.row.cells.get(column, "")


Sources = dict[str, Source | None]
"""What one line shows, by table."""


class Beside:
    """Two tables side by side (中期/年度), grouped by the first ``merge`` column.

    Runs of equal level names on both sides are matched in order; each side keeps its own rows and
    order, and the shorter one is filled with lines that say what typing there would add.
    """

    def __init__(self, document: Document, form: Form, tables: tuple[str, ...], spare: bool) -> None:
        self._document = document
        self._tables = tables
        self._shared = form.tables[tables[0]].merge[0]
        self._spare = spare

    def lines(self) -> Iterator[Sources]:
        """Give the lines of both tables, from top to bottom."""
        left, right = (self._runs(table) for table in self._tables)
        groups = list(_match_runs(left, right))
        used = [0, 0]
        for number, (name, sides) in enumerate(groups):
            height = max(len(sides[0]), len(sides[1]))
            mates = tuple((t, row) for t, rows in zip(self._tables, sides, strict=True) for row in rows)
            for index in range(height):
                sources: Sources = {}
                for side, table in enumerate(self._tables):
                    row = sides[side][index] if index < len(sides[side]) else None
                    position = used[side] + len(sides[side])
                    given = {self._shared: name} if name else {}
                    sources[table] = Source(row, ROOT, position, given, number, self._shared, mates)
                yield sources
            used = [used[side] + len(sides[side]) for side in (0, 1)]
        if self._spare or not groups:
            yield {t: Source(None, ROOT, used[side]) for side, t in enumerate(self._tables)}

    def _runs(self, table: str) -> list[tuple[str, list[Row]]]:
        runs: list[tuple[str, list[Row]]] = []
        for row in self._document.rows(table):
            name = row.cells.get(self._shared, "")
            if runs and runs[-1][0] == name:
                runs[-1][1].append(row)
            else:
                runs.append((name, [row]))
        return runs


def _match_runs(
    left: list[tuple[str, list[Row]]], right: list[tuple[str, list[Row]]]
) -> Iterator[tuple[str, tuple[list[Row], list[Row]]]]:
    while left or right:
        if left and right and left[0][0] == right[0][0]:
            (name, rows), (_, others) = left.pop(0), right.pop(0)
            yield name, (rows, others)
        elif left and (not right or all(left[0][0] != name for name, _ in right)):
            name, rows = left.pop(0)
            yield name, (rows, [])
        else:
            name, rows = right.pop(0)
            yield name, ([], rows)
