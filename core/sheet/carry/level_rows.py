"""Where rows of an indicator table belong in another form, by level, and how the form's own rows join them.

Which levels a form prints is in its ``always`` and ``start`` rows; other wordings are in the closed list.
成本 is a second level of 产出 before 财预〔2021〕101号, a first level of its own since: rows follow the form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from core.sheet.definition import Table
from core.sheet.document import Row
from core.sheet.levels import Levels

Pair = tuple[str, str]


class Fixed(NamedTuple):
    """A row the form itself brings: its level names and all its texts."""

    pair: Pair
    cells: Mapping[str, str]


class LevelMap:
    """Says where a pair of level names belongs in a table of another form."""

    def __init__(self, table: Table, levels: Levels) -> None:
        self._levels = levels
        self._fixed = [one.pair for one in fixed_rows(table, with_start=True)]
        self._by_meaning: dict[Pair, Pair] = {}
        for pair in self._fixed:
            self._by_meaning.setdefault(self._meaning(pair), pair)

    def find(self, pair: Pair) -> tuple[Pair, str]:
        """Give the pair in the new form and what happened: ``""``, ``renamed``, ``moved`` or ``added``."""
        meaning = self._meaning(pair)
        same = self._by_meaning.get(meaning)
        if same is not None:
            return same, "" if same == pair else "renamed"
        if not self._fixed:
            return meaning, "" if meaning == pair else "renamed"
        moved = self._moved(meaning)
        if moved is not None:
            return moved, "moved"
        first = next((one for one, _ in self._fixed if self._name(one, 1) == meaning[0]), meaning[0])
        return (first, meaning[1]), "added" if any(pair) else ""

    def _moved(self, meaning: Pair) -> Pair | None:
        """Find the block that stands elsewhere in this form."""
        first, second = meaning
        if not first or not second:
            return None
        known = self._levels.find(second, 2)
        pairs = self._by_meaning.items()
        for other, pair in pairs:
            if other[1] == second and known is not None and {first, other[0]} <= set(known.parents):
                return pair
        for other, pair in pairs:
            if other[0] == second:  # a second level that is a first one here (产出 / 成本指标)
                return pair
        if any(other[0] == first for other in self._by_meaning):
            return None
        # A first level that is a second one here (成本指标 / 经济成本指标).
        return next((pair for other, pair in pairs if other[1] == first), None)

    def _meaning(self, pair: Pair) -> Pair:
        return self._name(pair[0], 1), self._name(pair[1], 2)

    def _name(self, text: str, depth: int) -> str:
        known = self._levels.find(text, depth)
        return known.name if known else text


def fixed_rows(table: Table, *, with_start: bool) -> list[Fixed]:
    """Give the rows a form prints even when empty, in its order; with ``start`` also those it begins with."""
    names = table.level_columns
    if len(names) != 2:
        return []
    rows = [dict(zip(names, pair, strict=True)) for pair in table.always]
    if with_start:
        rows = [dict(row) for row in table.start if all(row.get(name) for name in names)] + rows
    return [Fixed((row[names[0]], row[names[1]]), row) for row in rows]


def in_form_order(rows: Sequence[Row], table: Table) -> list[Row]:
    """Give rows in the order of the form's levels; within a level they keep theirs."""
    order = [one.pair for one in fixed_rows(table, with_start=True)]
    firsts = [first for first, _ in order]
    keys: list[tuple[int, int]] = []
    for row in rows:
        pair = pair_of(table, row)
        if pair in order:
            keys.append((order.index(pair), 0))
        elif pair[0] in firsts:
            keys.append((len(firsts) - 1 - firsts[::-1].index(pair[0]), 1))
        elif not any(pair) and keys:
            keys.append(keys[-1])
        else:
            keys.append((len(order), 0))
    return [row for _, row in sorted(zip(keys, rows, strict=True), key=lambda one: one[0])]


def missing_rows(rows: Sequence[Row], fixed: Sequence[Fixed], table: Table) -> list[Fixed]:
    """Give the rows of the form whose levels no row has yet."""
    there = {pair_of(table, row) for row in rows}
    return [one for one in fixed if one.pair not in there]


def place_for(one: Fixed, rows: Sequence[Row], fixed: Sequence[Fixed], table: Table) -> int:
    """Give where a missing row of the form goes among rows: beside its neighbours or its block's."""
    pairs = [pair_of(table, row) for row in rows]
    firsts = [first for first, _ in pairs]
    order = [other.pair for other in fixed]
    at = order.index(one.pair)
    before, after = order[at::-1], order[at + 1 :]
    for position in (
        _behind(pairs, [pair for pair in before if pair[0] == one.pair[0]]),
        _ahead(pairs, [pair for pair in after if pair[0] == one.pair[0]]),
        _behind(firsts, [first for first, _ in before]),
        _ahead(firsts, [first for first, _ in after]),
    ):
        if position is not None:
            return position
    return len(pairs)


def pair_of(table: Table, row: Row) -> Pair:
    """Give the level names of a row of a table with two level columns."""
    first, second = table.level_columns
    return row.cells.get(first, ""), row.cells.get(second, "")


T = TypeVar("T", str, Pair)


def _behind(items: Sequence[T], wanted: Sequence[T]) -> int | None:
    """Give the position after the last of the first wanted item there is."""
    for one in wanted:
        if one in items:
            return len(items) - items[::-1].index(one)
    return None


def _ahead(items: Sequence[T], wanted: Sequence[T]) -> int | None:
    """Give the position of the first wanted item there is."""
    for one in wanted:
        if one in items:
            return items.index(one)
    return None
