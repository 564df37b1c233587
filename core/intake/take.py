"""Takes chosen cells and rows of another copy of a form into a draft already begun, as one step.

A half-filled sheet comes back from another office: its blanks say nothing, its rows are known by their
levels and names. Nothing is taken that was not chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from core.intake.wording import fold
from core.sheet.definition import Field, Table
from core.sheet.document import ROOT, Document, Row, new_row_id
from core.sheet.edits import AddRow, Edit, Step, text_edit
from core.sheet.errors import RefusedError
from core.sheet.numbers import parse_number
from core.sheet.places import FACTS, Place, field_place

_ALIKE = 0.75
"""Names this much alike, under the same levels, are one row whose name was changed."""


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A cell the other copy has filled otherwise: ``old`` is the draft's text, ``""`` where it is blank."""

    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row only the other copy has, with the rows inside it and ids of its own.

    ``after`` are the rows in front of it there, nearest first, by the ids they have (or will have) here.
    """

    table: str
    parent: str
    row: Row
    after: tuple[str, ...]


Difference = CellDifference | RowDifference


def differences(begun: Document, other: Document) -> list[Difference]:
    """Give what another copy has and the draft has not, in the form's order.

    Raises RefusedError when it is a copy of another form or edition.
    """
    if (begun.form.form, begun.form.edition) != (other.form.form, other.form.edition):
        raise RefusedError("intake.other-document", form=other.form.form, edition=other.form.edition)
    found: list[Difference] = []
    facts = {name: Field(name, name) for name in FACTS if name != "stage"}
    for name, field in (facts | dict(begun.form.fields)).items():
        place = field_place(name)
        found += _cell(field, place, begun.text(place), other.text(place))
    for table in begun.form.top_tables():
        found += _tables(begun, other, table, ROOT, ROOT)
    return found


def take_into(begun: Document, chosen: Sequence[Difference], label: str) -> Step:
    """Give the one step that takes the chosen differences into the draft; ``label`` names it in undo."""
    copy = begun.copy()
    edits: list[Edit] = []
    for one in chosen:
        edit = _edit(copy, one)
        if edit is not None:
            edit.apply(copy)
            edits.append(edit)
    return Step(tuple(edits), label)


def _edit(document: Document, one: Difference) -> Edit | None:
    if isinstance(one, CellDifference):
        if one.place.table and document.row(one.place.table, one.place.row) is None:
            return None
        return text_edit(document, one.place, one.new)
    if one.parent and document.row(one.table.rpartition(".")[0], one.parent) is None:
        return None
    return AddRow(one.table, one.parent, _index(document, one), one.row)


def _index(document: Document, one: RowDifference) -> int:
    """Give where a new row goes: behind the nearest row that was in front of it and is here."""
    ids = [row.id for row in document.rows(one.table, one.parent)]
    for row_id in one.after:
        if row_id in ids:
            return ids.index(row_id) + 1
    return 0 if one.after == () else len(ids)


# -- comparing ----------------------------------------------------------------------------------------


def _cell(field: Field, place: Place, old: str, new: str) -> Iterator[CellDifference]:
    if not new or field.compute or old == new:
        return
    number = parse_number(new) if field.numeric else None
    if number is None or number != parse_number(old):
        yield CellDifference(place, old, new)


def _tables(
    begun: Document, other: Document, table: Table, parent: str, other_parent: str
) -> Iterator[Difference]:
    here = begun.rows(table.path, parent)
    there = [row for row in other.rows(table.path, other_parent) if other.has_data(table.path, row)]
    pairs = _pairs(begun, table, here, there, same=begun.id == other.id)
    before: list[str] = []
    for row in there:
        known = pairs.get(row.id)
        if known is None:
            new = _fresh(row)
            yield RowDifference(table.path, parent, new, tuple(reversed(before)))
            before.append(new.id)
            continue
        before.append(known.id)
        for name, column in table.columns.items():
            place = Place(table.path, known.id, name)
            yield from _cell(column, place, known.cells.get(name, ""), row.cells.get(name, ""))
        for inner in begun.form.inner_tables(table.path):
            yield from _tables(begun, other, inner, known.id, row.id)


def _fresh(row: Row) -> Row:
    """Give a copy of a row with ids of its own, as the rows of another document may have the same."""
    inner = {name: [_fresh(one) for one in rows] for name, rows in row.inner.items()}
    return Row(new_row_id(), dict(row.cells), inner)


# -- which rows are the same --------------------------------------------------------------------------


def _pairs(
    begun: Document, table: Table, here: Sequence[Row], there: Sequence[Row], *, same: bool
) -> dict[str, Row]:
    """Give the draft's row for each row of the other copy that has one.

    Same id in a copy of the same document, else a row that holds all of it, else same levels and name,
    else an empty row of the levels, else a name much alike under the same levels.
    """
    pairs: dict[str, Row] = {}
    taken: set[str] = set()

    def pair(row: Row, known: Row) -> None:
        pairs[row.id] = known
        taken.add(known.id)

    if same:
        by_id = {row.id: row for row in here}
        for row in there:
            if row.id in by_id:
                pair(row, by_id[row.id])
    for fits in (_holds_it_all, _same_name, _is_empty_for, _similar_name):
        for row in there:
            if row.id not in pairs:
                known = fits(begun, table, row, [one for one in here if one.id not in taken])
                if known is not None:
                    pair(row, known)
    return pairs


def _levels(table: Table, row: Row) -> tuple[str, ...]:
    return tuple(fold(row.cells.get(name, "")) for name in table.level_columns)


def _name(table: Table, row: Row) -> str:
    """Give the text that names a row: its column ``name``, else its first text."""
    texts = [name for name, column in table.columns.items() if column.kind == "text"]
    key = "name" if "name" in texts else next(iter(texts), "")
    return fold(row.cells.get(key, ""))


def _holds_it_all(_: Document, table: Table, row: Row, rows: Collection[Row]) -> Row | None:
    """A row with the same levels and every text of the other; one with rows inside only is such a one."""
    texts = {name: text for name, text in row.cells.items() if name not in table.level_columns}

    def holds(one: Row) -> bool:
        own = any(name not in table.level_columns for name in one.cells)
        return own == bool(texts) and not any(
            any(_cell(table.columns[name], field_place(name), one.cells.get(name, ""), text))
            for name, text in texts.items()
        )

    return next((one for one in rows if _levels(table, one) == _levels(table, row) and holds(one)), None)


def _same_name(_: Document, table: Table, row: Row, rows: Collection[Row]) -> Row | None:
    name = _name(table, row)
    same = [one for one in rows if name and _name(table, one) == name]
    return next((one for one in same if _levels(table, one) == _levels(table, row)), None)


def _is_empty_for(begun: Document, table: Table, row: Row, rows: Collection[Row]) -> Row | None:
    empty = [one for one in rows if not begun.has_data(table.path, one)]
    return next((one for one in empty if _levels(table, one) == _levels(table, row)), None)


def _similar_name(_: Document, table: Table, row: Row, rows: Collection[Row]) -> Row | None:
    name = _name(table, row)
    best, chosen = _ALIKE, None
    for one in rows:
        if name and _levels(table, one) == _levels(table, row):
            alike = SequenceMatcher(None, _name(table, one), name, autojunk=False).ratio()
            if alike >= best:
                best, chosen = alike, one
    return chosen
