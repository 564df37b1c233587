"""The official sheet as an Excel workbook, from the same grid as the PDF.

Texts are texts (never formulas), figures are numbers where Excel shows them exactly as the form prints
them; its hidden sheet (see ``key``) lets it be read back. Equal documents give equal bytes.

Import this module only when a workbook is wanted: it loads openpyxl.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.paper.figures import figure_of
from core.paper.fonts import EM, Fonts, Style
from core.paper.key import SHEET, key_lines
from core.paper.layout import SIGNERS, Words, words_of
from core.paper.lines import break_lines
from core.paper.rows import make_table
from core.paper.setup import MM, paper_setup
from core.sheet.compute import Computation
from core.sheet.document import Document
from core.sheet.document_file import check_code, document_bytes
from core.sheet.errors import RefusedError
from core.sheet.grid import Cell, Grid, expand
from core.sheet.messages import Messages

TEXT_LIMIT = 32_767
"""Excel's longest cell text, in UTF-16 units; openpyxl cuts what is longer without a word."""

SONG, HEI = "宋体", "黑体"
_SIZE = 10
# Column widths count digits of the workbook's normal font: 宋体 11, the usual one in China, 8 pixels each.
_NORMAL_SIZE, _DIGIT = 11, 8
_GB2312 = 134
# 宋体 runs a little wider and higher than the bundled face, and cells have inner margins of their own.
_NARROWER, _HIGHER = 0.92, 1.09
_HIGHEST_ROW = 400.0
"""Excel's rows end at 409 points; a higher grid row becomes several Excel rows, merged."""

_LONG_TEXT = 255
_PAPER_NUMBERS = {"A3": 8, "A4": 9}
_TRAILING_ROWS = 3
_FIXED_TIME = datetime(2000, 1, 1)
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_ALIGN = {"left": ("left", "top"), "center": ("center", "center"), "right": ("right", "center")}


@dataclass(frozen=True, slots=True)
class _Look:
    """How a line around the table looks: font, size, height of one line, where it stands."""

    font: str
    size: int
    height: float
    align: str = "left"


_PLAIN = _Look(SONG, _SIZE, 18)
_PLAIN_LABEL = _Look(HEI, _SIZE, 16)
_TITLE = _Look(HEI, 18, 32, "center")
_SIGNATURE = _Look(SONG, _SIZE, 40)


def xlsx_bytes(
    document: Document, fonts: Fonts, messages: Messages, computation: Computation | None = None
) -> bytes:
    """Write a document as a workbook.

    Raises RefusedError for a text that is longer than an Excel cell can hold.
    """
    workbook = Workbook()
    workbook.properties.creator = "绩表 Jibiao"
    workbook.properties.created = _FIXED_TIME
    # openpyxl shows its named styles by name only, and offers no other way to change the normal font.
    vars(workbook)["_named_styles"]["Normal"].font = Font(name=SONG, size=_NORMAL_SIZE, charset=_GB2312)
    sheet = workbook.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook begins with a worksheet")
    sheet.title = messages.say("paper.sheet-name")
    writer = _Writer(document, expand(document, computation), sheet, fonts, messages)
    writer.write()
    key = workbook.create_sheet(SHEET)
    key.sheet_state = "veryHidden"
    lines = key_lines(document, writer.grid, writer.addresses)
    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            _put_text(key.cell(row, column), text, line[2])
    buffer = BytesIO()
    workbook.save(buffer)
    return _same_every_time(buffer.getvalue())


@dataclass
class _Writer:
    document: Document
    grid: Grid
    sheet: Worksheet
    fonts: Fonts
    messages: Messages
    addresses: dict[int, str] = field(default_factory=dict)
    _row: int = 0
    """The last Excel row written."""

    def write(self) -> None:
        words = words_of(self.document)
        self._columns()
        self._heading(words)
        starts = self._grid_rows()
        for index, cell in enumerate(self.grid.cells):
            self._cell(index, cell, starts)
        self._tail(words)
        self._page(starts)
        self._protect()

    # -- rows and columns ------------------------------------------------------------------------------

    def _columns(self) -> None:
        room = paper_setup(self.document.form.page).room_across
        total = float(sum(self.grid.widths))
        for index, ratio in enumerate(self.grid.widths, start=1):
            pixels = room * float(ratio) / total * 96 / 72
            self.sheet.column_dimensions[get_column_letter(index)].width = round((pixels - 5) / _DIGIT, 2)

    def _grid_rows(self) -> list[int]:
        """Set the heights of the table's rows; give the Excel row where each grid row begins, and the end."""
        form = self.document.form
        paper = paper_setup(form.page)
        table = make_table(self.grid, form.blocks, paper.room_across * _NARROWER, paper.room_down, self.fonts)
        starts = [self._rows_for(height * _HIGHER)[0] for height in table.heights()]
        return [*starts, self._row + 1]

    # -- cells -----------------------------------------------------------------------------------------

    def _cell(self, index: int, cell: Cell, starts: list[int]) -> None:
        top, bottom = starts[cell.row], starts[cell.row + cell.down] - 1
        spot = self._area(top, bottom, cell.column + 1, cell.column + cell.across)
        self.addresses[index] = spot.coordinate
        label = cell.kind == "label"
        horizontal, vertical = _ALIGN[cell.align]
        spot.font = Font(name=HEI if label else SONG, size=_SIZE, charset=_GB2312)
        spot.alignment = Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True)
        figure = figure_of(cell, self.document.form.money)
        if figure:
            spot.value = figure.value
            spot.number_format = figure.format
        else:
            _put_text(spot, cell.text, cell.field.label if cell.field else "")
        locked = Protection(locked=cell.kind == "computed")
        side = Side(style="thin" if self.document.form.page.border != "none" else None)
        for row in self.sheet.iter_rows(top, bottom, cell.column + 1, cell.column + cell.across):
            for one in row:
                one.protection = locked
                one.border = Border(left=side, right=side, top=side, bottom=side)

    def _area(self, top: int, bottom: int, left: int, right: int) -> ExcelCell:
        """Give the top left cell of an area, merged if it is more than one."""
        spot = self.sheet.cell(top, left)
        if isinstance(spot, MergedCell):
            raise TypeError(f"row {top}, column {left} is written twice")
        if (top, left) != (bottom, right):
            self.sheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)
        return spot

    # -- around the table ------------------------------------------------------------------------------

    def _heading(self, words: Words) -> None:
        if words.number:
            self._line([words.number], _PLAIN_LABEL)
        self._line([words.title], _TITLE)
        if any(words.above):
            self._line(words.above, _PLAIN, last="right")

    def _tail(self, words: Words) -> None:
        for note in words.below:
            self._line([note], _PLAIN)
        if words.foot == "signatures":
            say = self.messages.say
            texts = [say("paper.sign-unit"), *(say(f"paper.sign-{who}") for who in SIGNERS)]
            for start in range(0, len(texts), 2):
                self._line(texts[start : start + 2], _SIGNATURE)

    def _line(self, texts: Sequence[str], look: _Look, last: str = "") -> None:
        """Write texts side by side over the table's width; below each other if it has too few columns."""
        columns = self.grid.columns
        if len(texts) > columns:
            for text in texts:
                self._line([text], look)
            return
        spans = list(pairwise(round(columns * index / len(texts)) for index in range(len(texts) + 1)))
        lines = max(self._lines_of(text, look, *span) for text, span in zip(texts, spans, strict=True))
        top, bottom = self._rows_for(look.height + (lines - 1) * look.size * 1.4)
        for index, (text, (left, right)) in enumerate(zip(texts, spans, strict=True)):
            spot = self._area(top, bottom, left + 1, right)
            horizontal = last if last and 0 < index == len(texts) - 1 else look.align
            spot.font = Font(name=look.font, size=look.size, charset=_GB2312)
            spot.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
            spot.protection = Protection(locked=False)
            _put_text(spot, text, text[:20])

    def _rows_for(self, height: float) -> tuple[int, int]:
        """Add as many Excel rows as a height takes; give the first and the last of them."""
        parts = max(1, -int(-height // _HIGHEST_ROW))
        top, self._row = self._row + 1, self._row + parts
        for row in range(top, self._row + 1):
            self.sheet.row_dimensions[row].height = round(height / parts, 1)
        return top, self._row

    def _lines_of(self, text: str, look: _Look, left: int, right: int) -> int:
        room = paper_setup(self.document.form.page).room_across * _NARROWER
        share = float(sum(self.grid.widths[left:right])) / float(sum(self.grid.widths))
        return len(break_lines(text, int(room * share * EM / look.size), self.fonts.widths(Style.BODY)))

    # -- paper -----------------------------------------------------------------------------------------

    def _page(self, starts: list[int]) -> None:
        sheet, page = self.sheet, self.document.form.page
        paper = paper_setup(page)
        sheet.page_setup.orientation = "landscape" if page.direction == "landscape" else "portrait"
        sheet.page_setup.paperSize = _PAPER_NUMBERS[page.paper]
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        margins = sheet.page_margins
        margins.left, margins.right = paper.left / 72, paper.right / 72
        margins.top, margins.bottom = paper.top / 72, paper.bottom / 72
        margins.header, margins.footer = 8 * MM / 72, 8 * MM / 72
        sheet.print_options.horizontalCentered = True
        sheet.print_area = f"A1:{get_column_letter(self.grid.columns)}{self._row}"
        if heads := self._head_rows():
            sheet.print_title_rows = f"{starts[heads[0]]}:{starts[heads[-1] + 1] - 1}"
        sheet.sheet_view.showGridLines = False
        self._foot()

    def _foot(self) -> None:
        foot, head = self.sheet.oddFooter, self.sheet.oddHeader
        if foot is None or head is None:
            raise TypeError("a new worksheet has a header and a footer")
        foot.center.text = self.messages.say("paper.excel-page")
        code = self.messages.say("paper.code", code=check_code(document_bytes(self.document)))
        match self.document.form.page.code:
            case "foot-right":
                foot.right.text = code
            case "foot-left":
                foot.left.text = code
            case "head-right":
                head.right.text = code

    def _head_rows(self) -> list[int]:
        """Give the grid rows Excel repeats on each page.

        Excel repeats one head on all pages that follow it, so only the last headed block has any, and
        only when hardly anything follows that block.
        """
        headed = [line.block for line in self.grid.lines if line.head]
        if not headed:
            return []
        following = sum(line.block > headed[-1] for line in self.grid.lines)
        if following > _TRAILING_ROWS:
            return []
        return [row for row, line in enumerate(self.grid.lines) if line.head and line.block == headed[-1]]

    def _protect(self) -> None:
        """Guard the computed cells against slips (no password); rows, widths and looks stay free."""
        protection = self.sheet.protection
        protection.sheet = True
        for name in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows"):
            setattr(protection, name, False)


def _put_text(cell: ExcelCell | MergedCell, text: str, label: str) -> None:
    """Write a text that stays a text: in Excel, after typing in the cell again, and in WPS.

    Raises RefusedError, naming the cell by ``label``, for a text that would be cut.
    """
    if isinstance(cell, MergedCell) or not text:
        return
    written = _ESCAPE.sub("_x005F_", text)
    if max(len(written), len(text.encode("utf-16-le", "surrogatepass")) // 2) > TEXT_LIMIT:
        count = len(text)
        raise RefusedError("paper.text-too-long-for-excel", label=label, count=count, limit=TEXT_LIMIT)
    cell.value = written
    cell.data_type = "s"
    cell.quotePrefix = True
    if len(text) <= _LONG_TEXT:
        # Old Excel shows longer texts in this format as ####; the leading quote alone guards those.
        cell.number_format = "@"


def _same_every_time(data: bytes) -> bytes:
    """Give the workbook with fixed times inside, so that equal documents give equal bytes."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, content)
    return buffer.getvalue()
