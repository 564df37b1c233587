"""Puts the level names of table rows in order: blanks filled down, levels set right, empty rows once.

The closed list of level-1 and level-2 names anchors the rows (IX-12); what a form always prints is
there once, whatever the page breaks made of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.intake.lookup import LevelNames
from core.intake.pieces import Source
from core.intake.reading import RepairKind
from core.sheet.definition import Table
from core.sheet.document import Row, new_row_id


@dataclass
class RowRead:
    """A row, the pieces each of its cells was read from, and the rows inside it."""

    row: Row
    pieces: dict[str, list[int]]
    inner: dict[str, list[RowRead]] = field(default_factory=dict)

    @property
    def all_pieces(self) -> list[int]:
        """The pieces of all its own cells."""
        return [index for pieces in self.pieces.values() for index in pieces]


@dataclass
class Mended:
    """The rows as they should stand, and (kind, row, levels as read) of each change."""

    rows: list[RowRead]
    changes: list[tuple[RepairKind, RowRead, str]]


def mend_levels(table: Table, rows: list[RowRead], levels: LevelNames, source: Source) -> Mended:
    """Put the levels of a table's rows in order."""
    mended = Mended(list(rows), [])
    names = table.level_columns
    if not names:
        return mended
    _fill_down(table, mended, levels, source)
    if table.always:
        _use_own_names(table, mended, levels)
    _drop_repeats(table, mended)
    if table.always:
        _add_missing(table, mended)
    return mended


def _told(read: RowRead, names: tuple[str, ...]) -> str:
    return " / ".join(read.row.cells.get(name, "") for name in names)


def _levels(read: RowRead, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(read.row.cells.get(name, "") for name in names)


def mend_merged(table: Table, mended: Mended, source: Source) -> None:
    """Fill a merged column that holds no level, such as the unit of several projects, down its rows."""
    names = [name for name in table.merge if name not in table.level_columns]
    for name in names:
        above: RowRead | None = None
        for read in mended.rows:
            if name not in read.row.cells and above is not None:
                read.row.cells = {name: above.row.cells[name], **read.row.cells}
                if not _runs_down_to(read, above.pieces[name][0], source):
                    mended.changes.append((RepairKind.FILLED, read, ""))
            elif name in read.pieces:
                above = read


# -- blanks -------------------------------------------------------------------------------------------


def _fill_down(table: Table, mended: Mended, levels: LevelNames, source: Source) -> None:
    names = table.level_columns
    above: RowRead | None = None
    owners: dict[str, int] = {}
    for read in mended.rows:
        before = _told(read, names)
        filled = _filled(table, read, above, levels)
        silent = all(_runs_down_to(read, owners.get(name), source) for name in filled)
        read.row.cells = {**filled, **read.row.cells}
        parent = above.row.cells.get(names[0]) if above else None
        if filled and not silent:
            guessed = names[0] in filled and filled[names[0]] != parent
            mended.changes.append((RepairKind.LEVEL if guessed else RepairKind.FILLED, read, before))
        owners |= {name: pieces[0] for name, pieces in read.pieces.items() if name in names}
        above = read


def _filled(table: Table, read: RowRead, above: RowRead | None, levels: LevelNames) -> dict[str, str]:
    """Give the level names a row lacks and takes from the row above or from its own second level."""
    names = table.level_columns
    cells = read.row.cells
    up = above.row.cells if above else {}
    if len(names) == 1:
        only = up.get(names[0], "")
        return {names[0]: only} if only and names[0] not in cells else {}
    first, second = names
    if first in cells:
        same = levels.name(cells[first], 1) == levels.name(up.get(first, ""), 1)
        return {second: up[second]} if second not in cells and same and second in up else {}
    if second not in cells:
        return {name: up[name] for name in names if up.get(name)}
    parents = levels.parents(levels.name(cells[second], 2))
    over = up.get(first, "")
    if not parents or levels.name(over, 1) in parents:
        return {first: over} if over else {}
    return {first: parents[0]} if len(parents) == 1 or not over else {first: over}


def _runs_down_to(read: RowRead, owner: int | None, source: Source) -> bool:
    """Whether the cell a level was read from is merged down to this row."""
    if owner is None or not read.all_pieces:
        return False
    cell = source.pieces[owner]
    return cell.line + cell.down > source.pieces[min(read.all_pieces)].line


# -- what the form always has -------------------------------------------------------------------------


def _use_own_names(table: Table, mended: Mended, levels: LevelNames) -> None:
    names = table.level_columns
    own = {
        tuple(levels.name(text, depth) for depth, text in enumerate(pair, 1)): pair for pair in table.always
    }
    for read in mended.rows:
        pair = _levels(read, names)
        wanted = own.get(tuple(levels.name(text, depth) for depth, text in enumerate(pair, 1)))
        if wanted and wanted != pair:
            before = _told(read, names)
            read.row.cells |= dict(zip(names, wanted, strict=True))
            mended.changes.append((RepairKind.LEVEL, read, before))


def _has_data(read: RowRead, names: tuple[str, ...]) -> bool:
    return bool(read.inner) or any(name not in names for name in read.row.cells)


def _runs(rows: list[RowRead], names: tuple[str, ...]) -> Iterator[list[RowRead]]:
    run: list[RowRead] = []
    for read in rows:
        if run and _levels(read, names) != _levels(run[0], names):
            yield run
            run = []
        run.append(read)
    if run:
        yield run


def _drop_repeats(table: Table, mended: Mended) -> None:
    """Of equal neighbours that are empty only one stays, and none beside one with data."""
    names = table.level_columns
    kept: list[RowRead] = []
    for run in _runs(mended.rows, names):
        full = [read for read in run if _has_data(read, names)]
        stays = full or run[:1]
        kept += stays
        for read in run:
            if not any(read is one for one in stays):
                mended.changes = [change for change in mended.changes if change[1] is not read]
                mended.changes.append((RepairKind.REPEATED, read, ""))
    mended.rows = kept


def _add_missing(table: Table, mended: Mended) -> None:
    names = table.level_columns
    for number, pair in enumerate(table.always):
        if any(_levels(read, names) == pair for read in mended.rows):
            continue
        before = table.always[:number]
        place = max(
            (i + 1 for i, read in enumerate(mended.rows) if _levels(read, names) in before), default=0
        )
        added = RowRead(Row(new_row_id(), dict(zip(names, pair, strict=True))), {})
        mended.rows.insert(place, added)
        mended.changes.append((RepairKind.ADDED, added, ""))
