"""Reads back an xlsx that this program wrote, by the list of places on its hidden sheet.

The list is described in ``core/paper/key.py``. While all labels stand where they were written the
addresses hold, and values and rows come back equal; when rows or columns were moved, this reader
steps aside and the sheet is read by its labels like anybody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.intake.pieces import Where
from core.intake.reading import Reading, Repair, RepairKind, Unplaced
from core.intake.shapes import is_furniture
from core.intake.sheets import Sheet, SheetCell
from core.intake.wording import Template
from core.intake.workbook import Workbook, spots
from core.sheet.definition import Form, Money
from core.sheet.document import ROOT, Document, Row, new_row_id
from core.sheet.document_file import MAX_ROWS, clean_text
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.numbers import parse_number, shown_money
from core.sheet.places import FACTS, Place, field_place

SHEET = "jibiao"
VERSION = 1

_OUTER = re.compile(r"([^.\[\]]+)\[([0-9]{1,5})\]\.")


class _Line(NamedTuple):
    kind: str
    cell: str
    place: str
    text: str


@dataclass(frozen=True)
class OwnReading:
    """What the hidden sheet gave; None when the sheet no longer stands as it was written."""

    reading: Reading | None


class _MovedError(Exception):
    """The addresses of the hidden sheet no longer hold; only used inside this module."""


def read_own(book: Workbook, forms: FormLibrary) -> OwnReading | None:
    """Read a workbook by its hidden sheet; None when it has none.

    Raises RefusedError when a newer version of the program wrote it, or its form is unknown.
    """
    if SHEET not in book.sheet_names():
        return None
    lines = _lines(book.sheet(SHEET))
    if not lines or lines[0].kind != SHEET or not lines[0].text.isdigit():
        return None
    if int(lines[0].text[:9]) > VERSION:
        raise RefusedError("intake.newer-xlsx")
    named = next((line for line in lines if line.kind == "form"), None)
    if named is None:
        return None
    form = forms.get(named.place, named.text)
    try:
        return OwnReading(_read(book, form, lines))
    except _MovedError:
        return OwnReading(None)


def _lines(sheet: Sheet) -> list[_Line]:
    rows: dict[int, list[str]] = {}
    for (row, column), cell in sheet.cells.items():
        if column < 4:
            rows.setdefault(row, ["", "", "", ""])[column] = cell.text
    return [_Line(*rows[row]) for row in sorted(rows)]


def _read(book: Workbook, form: Form, lines: list[_Line]) -> Reading:
    sheet = _standing(book, lines)
    _refuse_moved(sheet, form, lines)
    try:
        document, used = _document(form, sheet, lines)
    except RefusedError as error:  # the list itself was tampered with
        raise _MovedError from error
    unplaced = [Unplaced(one.where, one.text, one.code) for one in sheet.notices(sorted(sheet.cells))]
    width = len(form.page.columns)
    for spot, cell in sorted(sheet.cells.items()):
        if spot[1] >= width and cell.is_value and spot not in used:
            unplaced.append(Unplaced(sheet.where(spot), cell.text))
    unplaced += other_sheets(book, [sheet.name])
    repairs = [Repair(RepairKind.CLEANED, where, codes, "") for where, codes in sheet.cleaned]
    repairs += [
        Repair(RepairKind.FORMULA, one.where, one.read, one.made)
        for one in sheet.formulas(sorted(used & sheet.cells.keys()))
    ]
    return Reading([document], unplaced, repairs)


def other_sheets(book: Workbook, taken: Sequence[str]) -> list[Unplaced]:
    """Give the other sheets that have something on them, for the list of what was not read."""
    names = [name for name in book.sheet_names() if name not in (*taken, SHEET)]
    return [Unplaced(Where(0, 0, name), name, "other-sheet") for name in names if book.sheet(name).cells]


# -- does the sheet stand as it was written? ----------------------------------------------------------


def _standing(book: Workbook, lines: list[_Line]) -> Sheet:
    """Give the sheet on which every label stands at its address."""
    labels = [line for line in lines if line.kind == "label" and line.text]
    places = spots(line.cell for line in labels)
    for name in book.sheet_names():
        if name == SHEET:
            continue
        cells = book.sheet(name).cells
        if all(
            spot in cells and cells[spot].text == line.text for spot, line in zip(places, labels, strict=True)
        ):
            return book.sheet(name)
    raise _MovedError


def _refuse_moved(sheet: Sheet, form: Form, lines: list[_Line]) -> None:
    """Rows put in or taken out below the last label show by merged areas and by cells under the table."""
    mapped = set(spots(line.cell for line in lines if line.cell))
    for (row, column), (down, across) in sheet.merges.items():
        if down * across > 100_000:
            raise _MovedError
        inside = sum((r, c) in mapped for r in range(row, row + down) for c in range(column, column + across))
        if inside > 1 or (inside and (row, column) not in mapped):
            raise _MovedError
    last = max((row for row, _ in mapped), default=0)
    around = [Template(text, form.stages) for text in _texts_below(form)]
    for (row, column), cell in sheet.cells.items():
        if row <= last or column >= len(form.page.columns):
            continue
        if not is_furniture(cell.text) and not any(one.match(cell.text) is not None for one in around):
            raise _MovedError


def _texts_below(form: Form) -> Iterable[str]:
    headings = [form.heading, *form.stage_headings.values()]
    return {text for heading in headings for text in heading.below if text}


# -- values and rows ----------------------------------------------------------------------------------


def _document(form: Form, sheet: Sheet, lines: list[_Line]) -> tuple[Document, set[tuple[int, int]]]:
    document = Document(form)
    used: set[tuple[int, int]] = set()
    for line in lines:
        if line.kind == "fact" and line.place in FACTS:
            document.set_text(field_place(line.place), clean_text(line.text))
        elif line.kind == "rows":
            _make_rows(document, line.place, line.text)
    added: dict[str, Place] = {}
    for line in lines:
        if line.kind == "kept":
            document.set_text(document.place(line.place), clean_text(line.text))
        elif line.kind in ("fill", "adds"):
            [spot] = spots([line.cell])
            used.add(spot)
            text = _text(sheet.cells.get(spot), line.text, form.money)
            if line.kind == "fill":
                document.set_text(document.place(line.place), text)
            elif text:
                _add(document, line.place, text, added)
    return document, used


def _text(cell: SheetCell | None, typed: str, money: Money) -> str:
    """Give the text of a cell: as it was typed while the cell still holds or shows the same figure."""
    if cell is None or cell.error:
        return ""
    same = (
        parse_number(typed) == cell.number
        if cell.number is not None
        else shown_money(typed, money) == cell.text
    )
    return clean_text(typed) if typed and same else cell.text


def _make_rows(document: Document, counted: str, count: str) -> None:
    if not (count.isascii() and count.isdigit()) or int(count[:6]) > MAX_ROWS:
        raise _MovedError
    path, parent = _table(document, counted)
    for index in range(int(count[:6])):
        document.insert_row(path, parent, index, Row(new_row_id()))


def _table(document: Document, counted: str) -> tuple[str, str]:
    """Give path and outer row of a table as people count it: ``tasks[2].steps``."""
    path, parent, rest = "", ROOT, counted
    while step := _OUTER.match(rest):
        path = f"{path}.{step[1]}".strip(".")
        rows = document.rows(path, parent)
        if not 1 <= int(step[2]) <= len(rows):
            raise _MovedError
        parent, rest = rows[int(step[2]) - 1].id, rest[step.end() :]
    path = f"{path}.{rest}".strip(".")
    if path not in document.form.tables:
        raise _MovedError
    return path, parent


def _add(document: Document, counted: str, text: str, added: dict[str, Place]) -> None:
    """Put a text typed into a blank line of the sheet: the line becomes the table's last row."""
    line, _, column = counted.rpartition(".")
    if line not in added:
        path, parent = _table(document, line.rpartition("[")[0])
        row = Row(new_row_id())
        document.insert_row(path, parent, len(document.rows(path, parent)), row)
        added[line] = Place(path, row.id, "")
    place = added[line]._replace(column=column)
    if document.form.column(place.table, column) is None:
        raise _MovedError
    document.set_text(place, text)
