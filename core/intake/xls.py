"""The cells of an old Excel file (xls), with the number formats that say what is a percentage."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from core.intake.biff import SheetLook, look_at
from core.intake.cleaning import cleaned
from core.intake.formats import Formats, number_of
from core.intake.ole import Compound
from core.intake.sheets import Sheet, SheetCell, Spot
from core.intake.workbook import MAX_CELLS, MAX_COLUMN, MAX_MERGES, MAX_ROW
from core.sheet.errors import RefusedError

_UNKNOWN = "…"
"""In place of a formula's or error's own words, which are not read."""


def read_xls(data: bytes) -> list[Sheet]:
    """Give the visible sheets of an xls; raises RefusedError for a broken, locked or hostile one."""
    container = Compound(data)
    names = container.names()
    if any(name.startswith("_VBA_PROJECT") for name in names):
        raise RefusedError("intake.macros")
    stream = container.stream("Workbook" if "Workbook" in names else "Book")
    look = look_at(stream, most_rows=MAX_ROW, most_columns=MAX_COLUMN, most_cells=MAX_CELLS)
    formats = Formats(look.formats, look.codes, since_1904=look.since_1904)
    try:
        return list(_sheets(data, look.sheets, formats))
    except RefusedError:
        raise
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # what the library's own code raises when it gives up is no Exception
        raise RefusedError("intake.broken-xls") from error


def _sheets(data: bytes, looks: list[SheetLook], formats: Formats) -> Iterator[Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    if len(book.sheets_metadata) != len(looks):
        raise RefusedError("intake.broken-xls")
    for number, (meta, look) in enumerate(zip(book.sheets_metadata, looks, strict=True)):
        if meta.visible is SheetVisibleEnum.Visible and meta.typ is SheetTypeEnum.WorkSheet:
            sheet = Sheet(meta.name, False, hidden_rows=look.hidden_rows, hidden_columns=look.hidden_columns)
            read = book.get_sheet_by_index(number)
            for start, end in (read.merged_cell_ranges or [])[:MAX_MERGES]:
                sheet.merges[start[0] + 1, start[1]] = end[0] - start[0] + 1, end[1] - start[1] + 1
            top, left = read.start or (0, 0)
            for row, values in enumerate(read.to_python(skip_empty_area=True), start=top + 1):
                for column, value in enumerate(values, start=left):
                    _put(sheet, (row, column), value, look, formats)
            for spot in look.formulas - sheet.cells.keys():
                sheet.cells[spot] = SheetCell("", formula=_UNKNOWN)
            for spot in look.errors:
                sheet.cells[spot] = SheetCell(_UNKNOWN, error=True)
            yield sheet


def _put(sheet: Sheet, spot: Spot, value: Any, look: SheetLook, formats: Formats) -> None:
    if value == "" or spot not in look.styles:
        return
    number = None
    if isinstance(value, bool):
        text = "TRUE" if value else "FALSE"
    elif isinstance(value, int | float):
        number = number_of(repr(value))
        text = formats.shown(number, look.styles[spot]) if number is not None else str(value)
    elif isinstance(value, datetime | date | time | timedelta):
        text = _moment(value)
    else:
        text, codes = cleaned(str(value))
        if codes:
            sheet.cleaned.append((sheet.where(spot), codes))
    sheet.cells[spot] = SheetCell(text, number, _UNKNOWN if spot in look.formulas else None)


def _moment(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00").removesuffix(":00")
    return value.isoformat() if isinstance(value, date | time) else str(value)
