"""A block of copied cells put into a table from a cell on: a preview of every cell, and the one step.

With a header row copied along, columns are known by their labels; with level names copied along, rows
go to the rows of those levels. What has no column is listed, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.intake.cleaning import cleaned
from core.intake.facts import money_unit
from core.intake.wording import fold, fold_label, looser
from core.sheet.definition import Form, Table
from core.sheet.document import ROOT, Document, Row, new_row_id
from core.sheet.edits import AddRow, Edit, Step, text_edit
from core.sheet.picture import parse_row
from core.sheet.places import Place

_ENOUGH_LABELS = 2


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One row of the block as it would stand: by column the text there now and the pasted one."""

    row: str
    new: bool
    cells: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Pasted:
    """What pasting would do: its rows, the texts without a column (row and column of the block, from 1).

    ``money`` is the unit of amounts that the copied header states, when it is another than the form's:
    nothing is converted.
    """

    rows: tuple[PastedRow, ...]
    left: tuple[tuple[int, int, str], ...]
    step: Step
    header: bool = False
    money: str = ""


@dataclass
class _Target:
    """A row to fill: one of the document's, or a new one at a position."""

    row: Row
    index: int = -1
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def new(self) -> bool:
        return self.index >= 0


def paste_block(
    block: Sequence[Sequence[str]],
    document: Document,
    table: str,
    row: str,
    column: str,
    *,
    parent: str = ROOT,
    label: str = "",
) -> Pasted:
    """Give what pasting a block does, from a column of a row on to the right and down.

    ``row`` is the id of the row, ``""`` for the blank line behind the last one (of ``parent``, for a table
    in a row). Raises RefusedError for a text that no document can hold.
    """
    lines = [[_plain(text) for text in texts] for texts in block]
    definition = document.form.tables[table]
    columns = columns_in_picture(document.form, definition)
    order = _header(document.form, definition, lines[0]) if lines else None
    if order is not None:
        lines = lines[1:]
    else:
        order = list(columns[columns.index(column) :]) if column in columns else []
    left = tuple(_left_over(lines, order, header=len(block) - len(lines)))
    rows = [
        {name: text for name, text in zip(order, texts, strict=False) if name is not None} for texts in lines
    ]
    if row:
        parent = document.parent_of(table, row)
    targets = _targets(document, definition, row, parent, _filled_down(definition, rows))
    edits = tuple(_edits(document, table, parent, targets))
    header = len(lines) < len(block)
    units = {money_unit(text) for text in block[0]} - {"", document.form.money.unit} if header else set()
    return Pasted(tuple(_preview(targets)), left, Step(edits, label), header, "、".join(sorted(units)))


def columns_in_picture(form: Form, table: Table) -> tuple[str, ...]:
    """Give the columns of a table a person types into, in the order of the picture."""
    found = [
        token.name
        for block in form.blocks
        for texts in block.rows
        for token in parse_row(texts, form).tokens
        if token.kind == "column" and token.table == table.path and not table.columns[token.name].compute
    ]
    return tuple(dict.fromkeys(found))


def _plain(text: str) -> str:
    """Give a copied text: without the line end that spreadsheets put behind a cell."""
    return cleaned(text)[0].removesuffix("\n")


# -- the header ---------------------------------------------------------------------------------------


def _header(form: Form, table: Table, texts: Sequence[str]) -> list[str | None] | None:
    """Give the column under each label, None when the line is no header."""
    labels = _labels(form, table)
    order = [labels.get(fold_label(text)) for text in texts]
    known = [name for name in order if name is not None]
    filled = sum(bool(text.strip()) for text in texts)
    if len(known) < _ENOUGH_LABELS or len(known) < filled / 2 or len(set(known)) < len(known):
        return None
    return order


def _labels(form: Form, table: Table) -> dict[str, str]:
    """Give the columns by their labels: those of the picture right above them, their own, other wordings."""
    labels: dict[str, str] = {}
    for block in form.blocks:
        rows = [parse_row(texts, form) for texts in block.rows]
        for number, picture in enumerate(rows):
            for place, token in enumerate(picture.tokens):
                if token.kind != "column" or token.table != table.path:
                    continue
                above = (rows[up].tokens[place] for up in range(number - 1, -1, -1))
                printed = next((one.text for one in above if one.kind == "label"), "")
                for text in (printed, table.columns[token.name].label, *form.aliases.get(printed, ())):
                    for wording in (fold_label(text), *looser(fold_label(text))):
                        labels.setdefault(wording, token.name)
    labels.pop("", None)
    return {text: name for text, name in labels.items() if not table.columns[name].compute}


def _left_over(
    lines: Sequence[Sequence[str]], order: Sequence[str | None], *, header: int
) -> Iterator[tuple[int, int, str]]:
    for number, texts in enumerate(lines, start=1 + header):
        for place, text in enumerate(texts):
            if text and (place >= len(order) or order[place] is None):
                yield number, place + 1, text


# -- the rows -----------------------------------------------------------------------------------------


def _filled_down(table: Table, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Fill blank levels from the row above, as joined cells are copied."""
    names = [name for name in table.level_columns if any(name in row for row in rows)]
    above: dict[str, str] = {}
    for row in rows:
        if any(row.values()):
            for place, name in enumerate(names):
                if row.get(name):
                    for below in names[place + 1 :]:
                        above.pop(below, None)
                elif name in above:
                    row[name] = above[name]
                above[name] = row.get(name, "")
    return rows


def _targets(
    document: Document, table: Table, row: str, parent: str, rows: list[dict[str, str]]
) -> list[_Target]:
    if any(row.get(name) for row in rows for name in table.level_columns):
        return list(_by_levels(document, table, parent, rows))
    return list(_from_row_on(document, table, row, parent, rows))


def _from_row_on(
    document: Document, table: Table, row: str, parent: str, rows: list[dict[str, str]]
) -> Iterator[_Target]:
    """Fill row after row; behind the last one rows are added, under its levels."""
    there = document.rows(table.path, parent)
    start = document.position(table.path, row) if row else len(there)
    last = there[-1] if there else None
    given = {name: last.cells[name] for name in table.level_columns if last and name in last.cells}
    for number, cells in enumerate(rows):
        if start + number < len(there):
            yield _Target(there[start + number], cells=cells)
        elif any(cells.values()):
            yield _Target(Row(new_row_id()), start + number, given | cells)


def _by_levels(
    document: Document, table: Table, parent: str, rows: list[dict[str, str]]
) -> Iterator[_Target]:
    """Fill the empty rows of the same levels; behind the last row of the levels rows are added."""
    there = list(document.rows(table.path, parent))
    used: set[str] = set()

    def pair(cells: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(fold(cells.get(name, "")) for name in table.level_columns)

    for cells in rows:
        if not any(cells.values()):
            continue
        same = [one for one in there if pair(one.cells) == pair(cells)]
        empty = [one for one in same if one.id not in used and not document.has_data(table.path, one)]
        if empty:
            used.add(empty[0].id)
            rest = {name: text for name, text in cells.items() if name not in table.level_columns}
            yield _Target(empty[0], cells=rest)
        else:
            index = there.index(same[-1]) + 1 if same else len(there)
            made = Row(new_row_id(), {name: text for name, text in cells.items() if text})
            there.insert(index, made)
            used.add(made.id)
            yield _Target(made, index, cells)


def _edits(document: Document, table: str, parent: str, targets: Sequence[_Target]) -> Iterator[Edit]:
    for target in targets:
        if target.new:
            cells = {name: text for name, text in target.cells.items() if text}
            yield AddRow(table, parent, target.index, Row(target.row.id, cells))
            continue
        for name, text in target.cells.items():
            place = Place(table, target.row.id, name)
            if document.text(place) != text:
                yield text_edit(document, place, text)


def _preview(targets: Sequence[_Target]) -> Iterator[PastedRow]:
    for target in targets:
        before = {} if target.new else target.row.cells
        cells = {name: (before.get(name, ""), text) for name, text in target.cells.items()}
        yield PastedRow(target.row.id, target.new, cells)
