"""Plain text of a published page, or cells copied from a spreadsheet, taken apart into pieces.

Two sorts: lines of cells parted by tabs, and lines parted by blanks in which one cell may run over
several lines. Nothing is dropped but the blanks around pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.intake.pieces import Gap, Piece, Source, Where
from core.sheet.document_file import MAX_TEXT, clean_text
from core.sheet.errors import RefusedError

MAX_LINES = 60_000

_WORD = re.compile(r"[^ \t\f\u00a0\u2000-\u200a\u3000]+")
_PAGE_END = "\f"
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
    tabbed = sum("\t" in line for line in lines) >= 2
    pieces = tuple(_cells(lines)) if tabbed else tuple(_words(lines))
    if any(len(piece.text) > MAX_TEXT for piece in pieces):
        raise RefusedError("intake.cell-too-long", limit=MAX_TEXT)
    return Source(pieces, tabbed, "\n" if tabbed else "", cleaned=cleaned)


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


def _cells(lines: list[str]) -> Iterator[Piece]:
    rows = list(_rows("\n".join(lines)))
    narrow = max((len(cells) for _, _, cells in rows), default=0) <= 2  # one cell on each line
    before = 0
    for first, last, cells in rows:
        gap = _gap(first - before - 1, any(_PAGE_END in cell for cell in cells))
        if len(cells) > 1:
            gap = max(gap, Gap.PARAGRAPH)  # a line without a tab may go on with the cell above it
        for column, cell in enumerate(cells):
            if not cell.strip(" \f\u00a0\u3000"):
                continue
            before = last
            yield Piece(cell.replace(_PAGE_END, ""), first, gap, None if narrow else column)
            gap = Gap.CELL


def _rows(text: str) -> Iterator[tuple[int, int, list[str]]]:
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
            yield first, line, cells
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
