"""Plain text of a published page, or cells copied from a spreadsheet, taken apart into pieces.

Two sorts: lines of cells parted by tabs or strokes, and lines parted by blanks in which one cell may run
over several lines. Nothing is dropped but the blanks around pieces.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from core.intake.pieces import Gap, Piece, Source, Told, Where
from core.sheet.document_file import MAX_TEXT, clean_text
from core.sheet.errors import RefusedError

MAX_LINES = 60_000


class _Row(NamedTuple):
    """A row: its first and last line, and its cells; ``torn`` when lines had to be put together."""

    first: int
    last: int
    cells: list[str]
    torn: bool = False


_MOSTLY = 0.8
_MOST_LINES = 60
"""A cell has hardly more lines than this."""

_WORD = re.compile(r"[^ \t\f\u00a0\u2000-\u200a\u3000]+")
_BLANKS = " \f\u00a0\u3000"
_PAGE_END = "\f"
_AROUND_STROKES = " \t\f\u00a0"
_RULE = re.compile(r"[\s|:+-]*--[\s|:+-]*")
"""The line under a header in Markdown."""
_CELL_END = re.compile(r"[\t\n]")
# As Excel and WPS copy a cell with line ends: in quotation marks, those inside it doubled.
_QUOTED = re.compile(r'"(?:[^"]|"")*+"(?=[\t\n]|\Z)')
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def read_text(text: str) -> Source:
    """Take a text apart.

    Raises RefusedError when it is far larger than any form.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines, cleaned = _clean_lines(text)
    if len(lines) > MAX_LINES:
        raise RefusedError("intake.too-many-lines", count=len(lines), limit=MAX_LINES)
    rows = _rows_of(lines)
    tabbed = bool(rows)
    pieces = tuple(_cells(rows)) if tabbed else tuple(_words(lines))
    if any(len(piece.text) > MAX_TEXT for piece in pieces):
        raise RefusedError("intake.cell-too-long", limit=MAX_TEXT)
    told = tuple(_told(row) for row in rows if row.torn)
    return Source(pieces, tabbed, "\n" if tabbed else "", cleaned=cleaned, told=told)


def _rows_of(lines: list[str]) -> list[_Row]:
    """Give the rows of a text in cells, parted by tabs or upright strokes; none for a text without cells."""
    if sum("\t" in line for line in lines) >= 2:
        return _whole(list(_rows("\n".join(lines))))
    filled = [line for line in lines if line.strip()]
    stroked = [line for line in filled if line.rstrip().endswith("|")]
    if len(stroked) < max(2, len(filled) / 2):
        return []
    return [
        _Row(number, number, [cell.strip(_AROUND_STROKES) for cell in _between_strokes(line)])
        for number, line in enumerate(lines, start=1)
        if not _RULE.fullmatch(line)
    ]


def _between_strokes(line: str) -> list[str]:
    return line.strip().removeprefix("|").removesuffix("|").split("|")


def _clean_lines(text: str) -> tuple[list[str], tuple[tuple[Where, str], ...]]:
    """Give the lines without control characters, and where there were any."""
    lines, cleaned = [], []
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _CONTROL.findall(line):
            cleaned.append((Where(number, number), "、".join(f"U+{ord(one):04X}" for one in found)))
            line = _CONTROL.sub("", line)
        lines.append(line)
        clean_text(line[:MAX_TEXT])  # refuses noncharacters
    return lines, tuple(cleaned)


# -- blanks between pieces ----------------------------------------------------------------------------


def _words(lines: list[str]) -> Iterator[Piece]:
    empty = 0
    page = False
    for number, line in enumerate(lines, start=1):
        page |= _PAGE_END in line
        words = list(_WORD.finditer(line))
        for index, word in enumerate(words):
            gap = Gap.BLANK if index else _gap(empty, page)
            before = line[words[index - 1].end() : word.start()] if index else ""
            after = line[word.end() :] if index == len(words) - 1 else ""
            yield Piece(word[0], number, gap, before=before, after=after)
        empty, page = (0, False) if words else (empty + 1, page)


def _gap(empty: int, page: bool) -> Gap:
    if page or empty > 1:
        return Gap.PAGE
    return Gap.PARAGRAPH if empty else Gap.LINE


# -- tabs between cells -------------------------------------------------------------------------------


def _cells(rows: list[_Row]) -> Iterator[Piece]:
    if _is_cell_by_line(rows):
        yield from _cells_by_line(rows)
        return
    if all(len(row.cells) == 1 for row in rows):
        yield from _cells_in_a_row(rows)
        return
    before = 0
    for first, last, cells, _ in rows:
        gap = _gap(first - before - 1, any(_PAGE_END in cell for cell in cells))
        if len(cells) > 1:
            gap = max(gap, Gap.PARAGRAPH)  # a line without a tab may go on with the cell above it
        for column, cell in enumerate(cells):
            if not cell.strip(_BLANKS):
                continue
            before = last
            yield Piece(cell.replace(_PAGE_END, ""), first, gap, column)
            gap = Gap.CELL


def _whole(rows: list[_Row]) -> list[_Row]:
    """Put lines together again that are one row: a cell of several lines stood in it without quotation marks.

    That is certain only where the tabs of such lines together are just those of a usual row.
    """
    counts = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    width = counts.most_common(1)[0][0] if counts else 0
    whole: list[_Row] = []
    place = 0
    while place < len(rows):
        end = _end_of_row(rows, place, width) if width > 2 else place + 1
        cells = list(rows[place].cells)
        for row in rows[place + 1 : end]:
            cells = [*cells[:-1], cells[-1] + "\n" + row.cells[0], *row.cells[1:]]
        whole.append(_Row(rows[place].first, rows[end - 1].last, cells, end > place + 1))
        place = end
    return whole


def _end_of_row(rows: list[_Row], start: int, width: int) -> int:
    """Give the line behind a row that begins with a line: the next one, or that behind its torn cells."""
    cells = rows[start].cells
    count = len(cells)
    if not 1 < count < width or not cells[-1].strip(_BLANKS):
        return start + 1
    for end in range(start + 1, min(start + _MOST_LINES, len(rows))):
        cells = rows[end].cells
        if not cells[0].strip(_BLANKS):
            break
        count += len(cells) - 1
        if count == width and len(cells) > 1:
            return end + 1
        if count >= width:
            break
    return start + 1


def _told(row: _Row) -> Told:
    text = next(cell for cell in row.cells if "\n" in cell)
    return Told("lines", Where(row.first, row.last), text, text)


def _is_cell_by_line(rows: list[_Row]) -> bool:
    """Whether each cell has a line of its own, with nothing but a tab in front of it."""
    pairs = [row.cells for row in rows if len(row.cells) > 1]
    alone = sum(len(cells) == 2 and not cells[0].strip(_BLANKS) for cells in pairs)
    return alone > 0 and alone >= _MOSTLY * len(pairs)


def _cells_by_line(rows: list[_Row]) -> Iterator[Piece]:
    """One cell on each line, a tab in front of it, a blank line behind each row: as Word tables are dumped.

    A line without a tab is a paragraph, or goes on with the cell above it.
    """
    row = column = before = 0
    for first, last, cells, _ in rows:
        filled = [
            (place, cell.replace(_PAGE_END, "")) for place, cell in enumerate(cells) if cell.strip(_BLANKS)
        ]
        gap = _gap(first - before - 1, any(_PAGE_END in cell for cell in cells))
        if len(cells) == 2 and (not filled or filled[0][0] == 1):
            row, column = (row, column + 1) if row else (first, 0)
            if filled:
                gap = Gap.CELL if column else max(gap, Gap.PARAGRAPH)
                yield Piece(filled[0][1], row, gap, column, at=first)
        else:
            if not filled or first > before + 1 or len(cells) > 1:
                row = 0
            for place, text in filled:
                yield Piece(text, first, gap, place if len(cells) > 1 else None)
                gap = Gap.CELL
        if filled:
            before = last


def _cells_in_a_row(rows: list[_Row]) -> Iterator[Piece]:
    """One cell on each line, blank ones too, and nothing that tells where a row of the table ends."""
    blanks = before = 0
    for first, last, [text], _ in rows:
        if not text.strip(_BLANKS):
            blanks += 1
            continue
        gap = max(_gap(first - before - 1 - blanks, _PAGE_END in text), Gap.PARAGRAPH)
        yield Piece(text.replace(_PAGE_END, ""), first, gap, blanks=blanks)
        blanks, before = 0, last


def _rows(text: str) -> Iterator[_Row]:
    """Give the rows as (first line, last line, cells); a quoted cell may run over several lines."""
    first = line = 1
    cells: list[str] = []
    place = 0
    while place <= len(text):
        end = _cell_end(text, place)
        cell = text[place:end]
        line += cell.count("\n")
        cells.append(_unquoted(cell))
        if end == len(text) or text[end] == "\n":
            yield _Row(first, line, cells)
            line += 1
            first, cells = line, []
        place = end + 1


def _cell_end(text: str, place: int) -> int:
    if text.startswith('"', place):
        quoted = _QUOTED.match(text, place)
        if quoted and ("\t" in quoted[0] or "\n" in quoted[0]):
            return quoted.end()
    found = _CELL_END.search(text, place)
    return found.start() if found else len(text)


def _unquoted(cell: str) -> str:
    if "\t" in cell or "\n" in cell:
        return cell[1:-1].replace('""', '"')
    return cell
