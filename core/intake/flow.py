"""Paragraphs and tables in the order of a Word file or web page, made into pieces.

A table that only arranges other tables on the page is taken apart: its texts become paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.intake.cleaning import cleaned
from core.intake.pieces import PARAGRAPH, Gap, Notice, Piece, Source, Told, Where
from core.sheet.errors import RefusedError

MAX_CELLS = 200_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_DEPTH = 30


@dataclass(slots=True)
class _Cell:
    column: int
    across: int
    down: int = 1
    texts: list[str] = field(default_factory=list)
    continues: bool = False


@dataclass(slots=True)
class _Table:
    """A table being read; ``covered`` are the cells of rows above that reach down, by column."""

    number: int
    row: int = 0
    in_row: bool = False
    column: int = 0
    cells: list[_Cell] = field(default_factory=list)
    covered: dict[int, _Cell] = field(default_factory=dict)
    left: dict[int, int] = field(default_factory=dict)
    cell: _Cell | None = None
    closed_rows: list[tuple[int, list[_Cell]]] = field(default_factory=list)


class Flow:
    """Takes what a reader of Word or web files meets, in order, and gives the pieces."""

    def __init__(self) -> None:
        self._tables: list[_Table] = []
        self._count = self._paragraphs = self._tables_met = 0
        self._paragraph: list[str] = []
        self._pieces: list[Piece] = []
        self._lines: dict[int, Where] = {}
        self._line = 0
        self._gap = Gap.PARAGRAPH
        self._notices: list[Notice] = []
        self._cleaned: list[tuple[Where, str]] = []
        self._numbered: list[Where] = []

    # -- what is met ------------------------------------------------------------------------------

    def text(self, text: str) -> None:
        """Take some text, of a cell or outside all tables."""
        cell = self._tables[-1].cell if self._tables else None
        (self._paragraph if cell is None else cell.texts).append(text)

    def words(self, text: str) -> None:
        """Take some text in which blanks only part words."""
        cell = self._tables[-1].cell if self._tables else None
        texts = self._paragraph if cell is None else cell.texts
        if not texts or texts[-1].endswith((" ", "\n")):
            text = text.removeprefix(" ")
        if text:
            texts.append(text)

    def new_line(self) -> None:
        """What follows stands on a new line, unless it does so already."""
        cell = self._tables[-1].cell if self._tables else None
        if cell is None:
            self._put_paragraph()
        elif cell.texts and not cell.texts[-1].endswith("\n"):
            self.line_break()

    def line_break(self) -> None:
        """A line ends, and the blank at its end goes."""
        cell = self._tables[-1].cell if self._tables else None
        texts = self._paragraph if cell is None else cell.texts
        if texts:
            texts[-1] = texts[-1].removesuffix(" ")
        texts.append("\n")

    def end_paragraph(self) -> None:
        """A paragraph ends: in a cell its lines go on below each other."""
        if self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.texts.append("\n")
        else:
            self._put_paragraph()

    def page_break(self) -> None:
        """A new page begins."""
        self._gap = Gap.PAGE

    def open_table(self) -> None:
        """A table begins; inside a cell, what the outer table has so far is given first."""
        if len(self._tables) >= MAX_DEPTH:
            raise RefusedError("intake.too-deep", limit=MAX_DEPTH)
        if self._tables:
            self._break_apart(self._tables[-1])
        self._put_paragraph()
        self._tables_met += 1
        self._tables.append(_Table(self._tables_met))

    def open_row(self) -> None:
        """A row begins."""
        table = self._tables[-1]
        table.row += 1
        table.in_row = True
        table.column = 0
        if table.row > MAX_ROWS:
            raise RefusedError("intake.too-many-lines", count=table.row, limit=MAX_ROWS)

    def skip_columns(self, count: int) -> None:
        """The row begins so many columns from the left."""
        self._tables[-1].column = min(count, MAX_COLUMNS)

    def open_cell(self, across: int, down: int, *, continues: bool = False) -> None:
        """A cell begins; ``continues`` that it is part of the one above it."""
        self._count += 1
        if self._count > MAX_CELLS:
            raise RefusedError("intake.too-many-cells", limit=MAX_CELLS)
        table = self._tables[-1]
        if not table.in_row:
            self.open_row()
        while table.left.get(table.column, 0) > 0:
            table.column += 1
        across = max(1, min(across, MAX_COLUMNS))
        table.cell = _Cell(table.column, across, max(1, min(down, MAX_ROWS)), continues=continues)
        table.column += across

    def close_cell(self) -> None:
        """A cell ends."""
        table = self._tables[-1]
        cell, table.cell = table.cell, None
        if cell is None:
            return
        above = table.covered.get(cell.column)
        if cell.continues and above is not None:
            above.down += 1
        else:
            table.covered[cell.column] = cell
        table.cells.append(cell)

    def close_row(self) -> None:
        """A row ends."""
        table = self._tables[-1]
        if not table.in_row:
            return
        table.left = {column: rows - 1 for column, rows in table.left.items() if rows > 1}
        for cell in table.cells:
            if cell.down > 1 and not cell.continues:
                for column in range(cell.column, cell.column + cell.across):
                    table.left[column] = cell.down - 1
        if table.cells:
            table.closed_rows.append((table.row, table.cells))
        table.cells, table.in_row = [], False

    def close_table(self) -> None:
        """A table ends."""
        table = self._tables.pop()
        self._put_rows(table)
        self._gap = max(self._gap, Gap.PARAGRAPH)

    def has_table(self) -> bool:
        """Whether a table is open."""
        return bool(self._tables)

    def notice(self, code: str, text: str) -> None:
        """Note something that is not read, where it stands."""
        text, _ = cleaned(text)
        if text.strip():
            self._notices.append(Notice(self._here(), code, text.strip()))

    def number_paragraph(self) -> None:
        """The paragraph that ends has a number the program counts by itself; told once for each row."""
        where = self._here()
        if where not in self._numbered:
            self._numbered.append(where)

    def source(self) -> Source:
        """Give all that was met as pieces."""
        while self._tables:
            self.close_cell()
            self.close_row()
            self.close_table()
        self._put_paragraph()
        told = tuple(Told("numbered", where, "", "") for where in self._numbered)
        return Source(
            *(tuple(self._pieces), True, "\n", tuple(self._notices), tuple(self._cleaned), told, self._lines)
        )

    # -- pieces ------------------------------------------------------------------------------------

    def _here(self) -> Where:
        if self._tables:
            row = max(1, self._tables[-1].row)
            return Where(row, row, table=self._tables[-1].number)
        return Where(self._paragraphs + 1, self._paragraphs + 1, table=PARAGRAPH)

    def _break_apart(self, table: _Table) -> None:
        """An outer table has another one in a cell: what it has so far is given as it stands."""
        self._put_rows(table)
        inside = table.cell.texts if table.cell else []
        for cell in table.cells:
            self._put_texts("".join(cell.texts))
        table.cells = []
        if table.cell:
            table.cell.texts = []
        self._put_texts("".join(inside))

    def _put_rows(self, table: _Table) -> None:
        for row, cells in table.closed_rows:
            self._line += 1
            self._lines[self._line] = where = Where(row, row, table=table.number)
            for cell in sorted(cells, key=lambda one: one.column):
                self._put(cell, where)
        table.closed_rows = []

    def _put(self, cell: _Cell, where: Where) -> None:
        text = self._clean("".join(cell.texts), where)
        if not text.strip():
            return
        if cell.continues:
            self._notices.append(Notice(where, "hidden", text))
            return
        down, across = cell.down, cell.across
        self._pieces.append(Piece(text, self._line, self._gap, cell.column, down=down, across=across))
        self._gap = Gap.CELL

    def _put_paragraph(self) -> None:
        texts, self._paragraph = self._paragraph, []
        self._put_texts("".join(texts))

    def _put_texts(self, whole: str) -> None:
        """Put a paragraph outside tables; its lines may be the lines of one text."""
        for text in _lines_of(whole):
            self._line += 1
            if not text.strip():
                self._gap = max(self._gap, Gap.PARAGRAPH)
                continue
            self._paragraphs += 1
            where = Where(self._paragraphs, self._paragraphs, table=PARAGRAPH)
            self._lines[self._line] = where
            self._pieces.append(Piece(self._clean(text, where), self._line, self._gap))
            self._gap = Gap.LINE

    def _clean(self, text: str, where: Where) -> str:
        text, codes = cleaned(text.strip("\n"))
        if codes:
            self._cleaned.append((where, codes))
        return text


def _lines_of(text: str) -> Iterator[str]:
    text = text.strip("\n")
    return iter(text.split("\n")) if text else iter(())
