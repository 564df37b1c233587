"""Blank Excel forms for tests: of shipped forms, varied as bureaus vary them, and made cell by cell."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.paper.fonts import Fonts
from core.paper.xlsx import xlsx_bytes
from core.sheet.definition import Form
from core.sheet.document import blank_document
from core.sheet.grid import expand
from core.sheet.messages import Messages

Shown = set[tuple[int, int, int, int, str]]
"""Row, column, down, across and text of every cell of a sheet."""


def shown(form: Form) -> Shown:
    """The cells of a form's blank sheet."""
    cells = expand(blank_document(form)).cells
    return {(one.row, one.column, one.down, one.across, one.text) for one in cells}


def blank_workbook(form: Form, fonts: Fonts, messages: Messages) -> bytes:
    """A form's blank Excel sheet as a bureau hands it out: nothing on it says that we made it."""
    book = load_workbook(io.BytesIO(xlsx_bytes(blank_document(form), fonts, messages)))
    del book["jibiao"]
    sheet = book.worksheets[0]
    sheet.print_title_rows = None
    sheet.print_area = None
    sheet.protection.sheet = False
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@dataclass(frozen=True)
class Variation:
    """How a bureau changed a blank form: lines on top, hidden rows and columns put in, other widths."""

    titles: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    wider: float = 1.0

    def row(self, row: int) -> int:
        """Where a row of the original stands."""
        return row + len(self.titles) + sum(one <= row for one in self.hidden_rows)

    def column(self, column: int) -> int:
        """Where a column of the original stands."""
        return column + sum(one <= column for one in self.hidden_columns)


def varied(data: bytes, variation: Variation) -> bytes:
    """The same sheet with a variation; merged areas grow over what was put inside them, as in Excel."""
    old = load_workbook(io.BytesIO(data)).worksheets[0]
    book = Workbook()
    new = book.worksheets[0]
    new.title = old.title
    for row in old.iter_rows():
        for cell in row:
            target = new.cell(variation.row(cell.row), variation.column(cell.column))
            if cell.value is not None:
                target.value = cell.value
            target.border, target.font = copy(cell.border), copy(cell.font)
            target.alignment, target.number_format = copy(cell.alignment), cell.number_format
    for area in old.merged_cells.ranges:
        new.merge_cells(
            start_row=variation.row(area.min_row),
            end_row=variation.row(area.max_row),
            start_column=variation.column(area.min_col),
            end_column=variation.column(area.max_col),
        )
    _sizes(old, new, variation)
    for number, text in enumerate(variation.titles, start=1):
        new.cell(number, 1, text).font = Font(size=11)
    for before in variation.hidden_rows:
        hidden = variation.row(before) - 1
        new.row_dimensions[hidden].hidden = True
        if not isinstance(new.cell(hidden, 1).value, str):
            new.cell(hidden, variation.column(1))
    for before in variation.hidden_columns:
        new.column_dimensions[get_column_letter(variation.column(before) - 1)].hidden = True
    return saved(book)


def _sizes(old: Worksheet, new: Worksheet, variation: Variation) -> None:
    for number, dimension in old.row_dimensions.items():
        new.row_dimensions[variation.row(number)].height = dimension.height
    for number in range(1, old.max_column + 1):
        width = old.column_dimensions[get_column_letter(number)].width
        letter = get_column_letter(variation.column(number))
        new.column_dimensions[letter].width = round(width * variation.wider, 2)
    new.page_setup.orientation = old.page_setup.orientation
    new.page_setup.paperSize = old.page_setup.paperSize


@dataclass(frozen=True)
class Made:
    """One cell to make: row and column from 1, size, text."""

    row: int
    column: int
    down: int = 1
    across: int = 1
    text: str = ""


THIN = Side(style="thin")


def made_sheet(
    cells: Iterable[Made], before: Sequence[str] = ("目标申报表",), *, lines: bool = True
) -> tuple[Workbook, Worksheet]:
    """A sheet with a title (and lines under it) and the cells of a table; rows count below the title."""
    book = Workbook()
    sheet = book.worksheets[0]
    for number, text in enumerate(before, start=1):
        sheet.cell(number, 1, text).font = Font(size=18 if number == 1 else 10)
    for one in cells:
        top, left = one.row + len(before), one.column
        bottom, right = top + one.down - 1, left + one.across - 1
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if lines:
                    sheet.cell(row, column).border = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
        sheet.cell(top, left).alignment = Alignment(horizontal="center")
        if one.text:
            sheet.cell(top, left).value = one.text
        if (top, left) != (bottom, right):
            sheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)
    return book, sheet


def rows_of(*rows: Sequence[str]) -> list[Made]:
    """Cells of one row and column each, written as rows of texts."""
    return [
        Made(number, column, text=text)
        for number, row in enumerate(rows, start=1)
        for column, text in enumerate(row, start=1)
    ]
