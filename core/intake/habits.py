"""How the rows of a table in a file constantly differ from its header: the way of whoever wrote it.

Web sites that give a joined cell only one column put every row aside in the same way; that is told
once for the table and not as a mishap of each row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.intake.align import Step
from core.intake.columns import Columns, Table
from core.intake.pieces import Source
from core.intake.route import Route, Slot
from core.intake.visits import Visit, tables_of, visits_of

_ENOUGH_ROWS = 3
_MOST = 0.6


@dataclass(frozen=True, slots=True)
class Habit:
    """A table whose rows stand otherwise than its header; ``first`` is its first row's first piece."""

    first: int


def learn_habits(source: Source, route: Route, steps: Sequence[Step], columns: Columns) -> list[Habit]:
    """Take over the columns that most rows of a table agree on, where the header says otherwise."""
    groups: dict[tuple[Table, str], list[Visit]] = {}
    if source.cells:
        for visit in visits_of(route, steps)[0]:
            tables = [one.slot.table for one in visit.placed if one.slot.table]
            if tables:
                groups.setdefault((tables_of(source, visit), tables[0].split(".")[0]), []).append(visit)
    return [
        Habit(visits[0].pieces[0])
        for (table, _), visits in groups.items()
        if _learn(source, table, visits, columns)
    ]


def _learn(source: Source, table: Table, visits: Sequence[Visit], columns: Columns) -> bool:
    places: dict[tuple[str, int], Counter[int]] = {}
    slots: dict[tuple[str, int], tuple[int, Slot]] = {}
    for visit in visits:
        for one in visit.placed:
            column = source.pieces[one.pieces[0]].column
            if one.slot.table and column is not None:
                key = one.slot.table, one.slot.column
                places.setdefault(key, Counter())[column] += 1
                slots.setdefault(key, (visit.stretch, one.slot))
    found = {}
    for key, counter in places.items():
        column, count = counter.most_common(1)[0]
        if count >= _ENOUGH_ROWS and count >= _MOST * counter.total():
            found[key] = column
    ordered = [found[key] for key in sorted(found, key=lambda key: key[1])]
    if any(one >= other for one, other in pairwise(ordered)):
        return False
    aside = [key for key in found if columns.of(table, *slots[key]) != found[key]]
    for key in aside:
        columns.show(table, slots[key][1], found[key])
    return bool(aside)
