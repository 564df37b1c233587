"""Which column of the file each column of a form stands in: told by the labels, then by the rows themselves.

Every table of a file has columns of its own; within it a picture row follows the labels nearest above.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from core.intake.pieces import Source
from core.intake.route import Route, Slot
from core.intake.wording import fold_label

Table = tuple[str, int]
"""Sheet and table of a file."""


class Columns:
    """Gives the column where a slot is expected to stand; what rows showed wins over what labels said."""

    def __init__(self, source: Source, route: Route) -> None:
        self._width = len(route.form.page.columns)
        self._blocks = [stretch.block for stretch in route.stretches]
        self._shown: dict[tuple[Table, str, int], int] = {}
        votes = _votes(source, route)
        tables = {source.table(index) for index in range(len(source.pieces))}
        self._maps = {table: self._maps_of(votes.get(table, {})) for table in tables}

    def of(self, table: Table, stretch: int, slot: Slot) -> int:
        """Give the column of the file for a slot of a stretch."""
        shown = self._shown.get((table, slot.table, slot.column)) if slot.table else None
        return self._maps[table][stretch][slot.column] if shown is None else shown

    def show(self, table: Table, slot: Slot, column: int) -> None:
        """Take over where the rows of a table have a slot, whatever their header says."""
        self._shown[table, slot.table, slot.column] = column

    def _maps_of(self, votes: Mapping[int, Mapping[int, int]]) -> list[list[int]]:
        """Give, for each stretch, the column of the file for each grid column."""
        everywhere = _merged(votes[number] for number in sorted(votes))
        maps = []
        for number, block in enumerate(self._blocks):
            same = [one for one in votes if self._blocks[one] == block]
            above = sorted((one for one in same if one <= number), reverse=True)
            below = sorted(one for one in same if one > number)
            maps.append(self._whole(_merged([*(votes[one] for one in (*above, *below)), everywhere])))
        return maps

    def _whole(self, chosen: Mapping[int, int]) -> list[int]:
        """Fill the columns no label told: as far from their neighbour as on the form."""
        offset, found = 0, []
        for grid in range(self._width):
            offset = chosen[grid] - grid if grid in chosen else offset
            found.append(grid + offset)
        return found


def _merged(maps: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """Put maps together; the first that knows a key wins."""
    merged: dict[int, int] = {}
    for one in maps:
        for key, value in one.items():
            merged.setdefault(key, value)
    return merged


def _votes(source: Source, route: Route) -> dict[Table, dict[int, dict[int, int]]]:
    """Give, by table of the file and stretch, where the labels of a picture row stand.

    The line that has the most of a row's labels tells; of several the next one below the row before.
    """
    lines: dict[int, list[tuple[int, str]]] = {}
    wordings = {wording for stretch in route.stretches for slot in stretch.slots for wording in slot.wordings}
    for index, piece in enumerate(source.pieces):
        if piece.column is not None and (text := fold_label(source.word(index))) in wordings:
            lines.setdefault(piece.line, []).append((piece.column, text))
    tables = {piece.line: source.table(index) for index, piece in enumerate(source.pieces)}
    found: dict[Table, dict[int, dict[int, int]]] = {}
    reached: dict[Table, int] = {}
    for number, stretch in enumerate(route.stretches):
        labels = [slot for slot in stretch.slots if slot.wordings]
        best: dict[Table, tuple[int, bool, int, dict[int, int]]] = {}
        for line, cells in lines.items() if labels else ():
            table = tables[line]
            met = _met(labels, cells)
            rank = len(met), line >= reached.get(table, 0), -line, met
            if met and (table not in best or rank[:3] > best[table][:3]):
                best[table] = rank
        for table, (_, _, line, met) in best.items():
            found.setdefault(table, {})[number] = met
            reached[table] = -line
    return found


def _met(labels: Sequence[Slot], cells: Sequence[tuple[int, str]]) -> dict[int, int]:
    """Give the labels that stand on a line, in order: grid column → column of the file."""
    met: dict[int, int] = {}
    start = 0
    for slot in labels:
        for place in range(start, len(cells)):
            if cells[place][1] in slot.wordings:
                met[slot.column] = cells[place][0]
                start = place + 1
                break
    return met
