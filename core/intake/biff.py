"""What an old Excel file (BIFF 5 and 8, MS-XLS) says beside its values: formats, formulas, what is hidden.

Only records of fixed shape are looked at; the values themselves are read by the spreadsheet library.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.intake.sheets import Spot
from core.sheet.errors import RefusedError

_BEGIN, _END, _LOCKED = 0x0809, 0x000A, 0x002F
_SHEET, _DATES, _FORMAT, _STYLE = 0x0085, 0x0022, 0x041E, 0x00E0
_ROW, _COLUMNS, _MANY, _FORMULA = 0x0208, 0x007D, 0x00BD, 0x0006
_TRUTH = 0x0205
_CELLS = frozenset({0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, _TRUTH, _FORMULA})
_OLD = 0x0500


@dataclass
class SheetLook:
    """One sheet: the style number of each cell with a value, its formulas, its hidden rows and columns."""

    styles: dict[Spot, int] = field(default_factory=dict)
    formulas: set[Spot] = field(default_factory=set)
    errors: set[Spot] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass
class BookLook:
    """A workbook: number formats by style, and its sheets in order."""

    formats: list[int] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    since_1904: bool = False
    sheets: list[SheetLook] = field(default_factory=list)


def look_at(stream: bytes, *, most_rows: int, most_columns: int, most_cells: int) -> BookLook:
    """Look through the stream of a workbook.

    Raises RefusedError when it is locked, broken, or has cells beyond these limits.
    """
    book, starts = BookLook(), []
    try:
        old = struct.unpack_from("<H", stream, 4)[0] == _OLD
        for kind, body in _records(stream, 0):
            if kind == _LOCKED:
                raise RefusedError("intake.encrypted")
            if kind == _SHEET:
                starts.append(struct.unpack_from("<I", body)[0])
            elif kind == _DATES:
                book.since_1904 = struct.unpack_from("<H", body)[0] == 1
            elif kind == _FORMAT:
                book.codes[struct.unpack_from("<H", body)[0]] = _code(body, old=old)
            elif kind == _STYLE:
                book.formats.append(struct.unpack_from("<H", body, 2)[0])
        cells = 0
        for start in starts:
            sheet = SheetLook()
            for kind, body in _records(stream, start):
                _look(sheet, kind, body, most_rows, most_columns)
                if cells + len(sheet.styles) > most_cells:
                    raise RefusedError("intake.too-many-cells", limit=most_cells)
            cells += len(sheet.styles)
            book.sheets.append(sheet)
    except struct.error as error:
        raise RefusedError("intake.broken-xls") from error
    return book


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Give the records from one beginning to its end, without those of charts inside it."""
    place, depth = start, 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        body = stream[place + 4 : place + 4 + length]
        place += 4 + length
        if kind == _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, body


def _look(sheet: SheetLook, kind: int, body: bytes, most_rows: int, most_columns: int) -> None:
    if kind in _CELLS or kind == _MANY:
        row, column, style = struct.unpack_from("<HHH", body)
        last = column if kind != _MANY else struct.unpack_from("<H", body, len(body) - 2)[0]
        if row >= most_rows or last >= most_columns:
            raise RefusedError("intake.far-cell", cell=f"R{row + 1}C{last + 1}", rows=most_rows)
        if kind == _MANY:
            for number in range((len(body) - 6) // 6):
                sheet.styles[row + 1, column + number] = struct.unpack_from("<H", body, 4 + 6 * number)[0]
        else:
            sheet.styles[row + 1, column] = style
        if kind == _FORMULA:
            sheet.formulas.add((row + 1, column))
        elif kind == _TRUTH and struct.unpack_from("<B", body, 7)[0]:
            sheet.errors.add((row + 1, column))
    elif kind == _ROW:
        if struct.unpack_from("<H", body, 12)[0] & 0x20:
            sheet.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
    elif kind == _COLUMNS:
        first, last, _, _, flags = struct.unpack_from("<HHHHH", body)
        if flags & 1:
            sheet.hidden_columns.update(range(first, min(last, most_columns) + 1))


def _code(body: bytes, *, old: bool) -> str:
    """Give a number format's code."""
    if old:
        return body[3 : 3 + body[2]].decode("gb18030", "replace")
    length, flags = struct.unpack_from("<HB", body, 2)
    if flags & 1:
        return body[5 : 5 + 2 * length].decode("utf-16-le", "replace")
    return body[5 : 5 + length].decode("latin-1")
