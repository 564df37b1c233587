"""Writes cells into the XML of a worksheet and changes no other byte of it.

The text is never parsed and written again: the places of rows and cells are found, and new cells are put
there. Styles stay as they are; texts stand in the cell itself, so the shared strings are not touched.
"""

from __future__ import annotations

import re
import xml.parsers.expat
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple
from xml.sax.saxutils import escape

from core.intake.pieces import cell_name
from core.intake.workbook import spots
from core.sheet.errors import RefusedError

Spot = tuple[int, int]
"""A cell: its row from 1, its column from 0."""

_START_TAG = re.compile(rb"""<[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>""")
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']""")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SPANS = re.compile(rb"""\bspans\s*=\s*["']([0-9]+):([0-9]+)["']""")
_REF = re.compile(rb"""\bref\s*=\s*["']([A-Za-z0-9:$]+)["']""")


class Content(NamedTuple):
    """What is to stand in a cell: a number, or else a text."""

    text: str
    number: Decimal | None = None


def text_length(text: str) -> int:
    """Give how many characters Excel counts in a text: a rare one counts as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def refuse_other_encodings(data: bytes) -> None:
    """Raise RefusedError for XML that does not say it is UTF-8: places in it could not be told."""
    found = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    other = found is not None and found[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii")
    if other or data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        raise RefusedError("fill.not-utf8-part")


def tag_end(data: bytes, start: int) -> int:
    """Give where a tag ends that begins at a place."""
    found = _START_TAG.match(data, start)
    if found is None:
        raise RefusedError("intake.broken-xlsx")
    return found.end()


@dataclass(slots=True)
class _Cell:
    """A cell that is there: where its bytes begin and end, and the number of its style."""

    column: int
    start: int
    end: int
    style: str


@dataclass(slots=True)
class _Row:
    """A row that is there; ``inner`` is where its content begins, ``close`` where its end tag does."""

    number: int
    start: int
    inner: int
    close: int
    style: str
    cells: list[_Cell] = field(default_factory=list)


class _Edit(NamedTuple):
    """Bytes that take the place of others; ``order`` sorts those put at one place."""

    start: int
    order: int
    end: int
    new: bytes


class SheetXml:
    """A worksheet as bytes: tells the style of its cells and takes new contents."""

    def __init__(self, data: bytes) -> None:
        """Find rows and cells.

        The part must have been parsed before, without entities. Raises RefusedError for one that is not
        UTF-8 or whose rows or cells are not in order.
        """
        refuse_other_encodings(data)
        self._data = data
        self._scan = _Scan(data)
        self._rows = {row.number: row for row in self._scan.rows}

    def style(self, spot: Spot) -> str | None:
        """Give the style number a cell has, None when the cell is not there."""
        row = self._rows.get(spot[0])
        return next((cell.style for cell in row.cells if cell.column == spot[1]), None) if row else None

    def cell(self, spot: Spot) -> bytes:
        """Give the bytes of a cell, none when it is not there."""
        row = self._rows.get(spot[0])
        cells = (one for one in row.cells if one.column == spot[1]) if row else iter(())
        return next((self._data[one.start : one.end] for one in cells), b"")

    def style_for(self, spot: Spot, like: Spot | None = None) -> str:
        """Give the style number a cell has; when it is not there, that of ``like``, its row or its column."""
        for model in (spot, like):
            style = self.style(model) if model else None
            if style is not None:
                return style
        row = self._rows.get(spot[0])
        return (row.style if row else "") or self._scan.column_style(spot[1])

    def written(self, contents: Mapping[Spot, Content], like: Mapping[Spot, Spot]) -> bytes:
        """Give the worksheet with these contents in it.

        A cell that is not there yet gets the style of the one ``like`` names for it, else of its row, else
        of its column.
        """
        by_row: dict[int, list[int]] = {}
        for row, column in sorted(contents):
            by_row.setdefault(row, []).append(column)
        edits: list[_Edit] = []
        new_rows: dict[int, bytes] = {}
        for number, columns in by_row.items():
            cells = {}
            for column in columns:
                spot = number, column
                style = self.style_for(spot, like.get(spot))
                cells[column] = self._cell((number, column), contents[number, column], style)
            if number in self._rows:
                edits += self._into_row(self._rows[number], cells)
            else:
                new_rows[number] = self._new_row(number, cells)
        if contents:
            edits += [*self._between(new_rows), *self._dimension(contents)]
        return _spliced(self._data, edits)

    # -- cells -----------------------------------------------------------------------------------------

    def _cell(self, spot: Spot, content: Content, style: str) -> bytes:
        tag = self._scan.prefix
        styled = f' s="{style}"' if style not in ("", "0") else ""
        start = f'<{tag}c r="{cell_name(*spot)}"{styled}'
        if content.number is not None:
            return f"{start}><{tag}v>{content.number:f}</{tag}v></{tag}c>".encode()
        text = escape(_ESCAPED.sub("_x005F_", content.text))
        inner = f'<{tag}is><{tag}t xml:space="preserve">{text}</{tag}t></{tag}is>'
        return f'{start} t="inlineStr">{inner}</{tag}c>'.encode()

    def _into_row(self, row: _Row, cells: Mapping[int, bytes]) -> Iterator[_Edit]:
        there = {cell.column: cell for cell in row.cells}
        bare = row.close < 0
        end = row.inner if bare else row.close
        added = b""
        for column, cell in cells.items():
            if column in there:
                yield _Edit(there[column].start, 0, there[column].end, cell)
            elif bare:
                added += cell
            else:
                after = next((one.start for one in row.cells if one.column > column), end)
                yield _Edit(after, column - 1_000_000, after, cell)
        start = self._data[row.start : row.inner]
        widened = _widened(start, min(cells) + 1, max(cells) + 1)
        if bare:
            widened = widened[:-2].rstrip() + b">" + added + f"</{self._scan.prefix}row>".encode()
        if widened != start:
            yield _Edit(row.start, 1, row.inner, widened)

    def _new_row(self, number: int, cells: Mapping[int, bytes]) -> bytes:
        tag = self._scan.prefix
        return f'<{tag}row r="{number}">'.encode() + b"".join(cells.values()) + f"</{tag}row>".encode()

    def _between(self, new_rows: Mapping[int, bytes]) -> Iterator[_Edit]:
        """Put new rows between those that are there."""
        start, inner, close = self._scan.body
        if close < 0 and new_rows:
            tag = self._data[start:inner][:-2].rstrip() + b">"
            end = f"</{self._scan.prefix}sheetData>".encode()
            yield _Edit(start, 0, inner, b"".join([tag, *new_rows.values(), end]))
            return
        numbers = [row.number for row in self._scan.rows]
        for number, row in new_rows.items():
            later = bisect_right(numbers, number)
            after = self._scan.rows[later].start if later < len(numbers) else close
            yield _Edit(after, number - 10_000_000, after, row)

    def _dimension(self, contents: Mapping[Spot, Content]) -> Iterator[_Edit]:
        """Widen the sheet's stated extent, by which some readers go."""
        start, end = self._scan.dimension
        found = _REF.search(self._data, start, end) if end else None
        if not found:
            return
        first, _, last = found[1].decode().partition(":")
        (top, left), (bottom, right) = spots([first, last or first])
        rows, columns = {row for row, _ in contents}, {column for _, column in contents}
        corners = (min(top, *rows), min(left, *columns)), (max(bottom, *rows), max(right, *columns))
        if corners != ((top, left), (bottom, right)):
            ref = ":".join(cell_name(*corner) for corner in corners)
            yield _Edit(found.start(1), 0, found.end(1), ref.encode())


def _widened(start: bytes, first: int, last: int) -> bytes:
    """Give the start tag of a row whose ``spans``, if it has any, take in these columns (from 1)."""

    def spans(found: re.Match[bytes]) -> bytes:
        return b'spans="%d:%d"' % (min(first, int(found[1])), max(last, int(found[2])))

    return _SPANS.sub(spans, start, count=1)


def _spliced(data: bytes, edits: list[_Edit]) -> bytes:
    parts, place = [], 0
    for edit in sorted(edits):
        parts += [data[place : edit.start], edit.new]
        place = edit.end
    return b"".join([*parts, data[place:]])


class _Scan:
    """One walk over the worksheet that notes where things are."""

    def __init__(self, data: bytes) -> None:
        self.rows: list[_Row] = []
        self.prefix = ""
        self.dimension = (0, 0)
        self.body = (0, 0, -1)
        """Where the element of all rows begins, where its content does, and its end tag (-1: it has none)."""
        self._data = data
        self._columns: list[tuple[int, int, str]] = []
        self._inside = False
        self._parser = xml.parsers.expat.ParserCreate()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        try:
            self._parser.Parse(data, True)
        except xml.parsers.expat.ExpatError as error:
            raise RefusedError("intake.broken-xlsx") from error

    def column_style(self, column: int) -> str:
        """Give the style number of a whole column, ``""`` when it has none."""
        return next((style for low, high, style in self._columns if low <= column + 1 <= high), "")

    def _begin(self, name: str, attrs: dict[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        start = self._parser.CurrentByteIndex
        if self._inside:
            if local == "row":
                self._row(start, attrs)
            elif local == "c":
                self._cell(start, attrs)
        elif local == "sheetData":
            inner = self._tag_end(start)
            bare = self._data[inner - 2 : inner] == b"/>"
            self.body = start, inner, -1 if bare else 0
            self._inside, self.prefix = True, f"{prefix}:" if prefix else ""
        elif local == "dimension":
            self.dimension = start, self._tag_end(start)
        elif local == "col" and "style" in attrs:
            self._columns.append((_whole(attrs.get("min")), _whole(attrs.get("max")), attrs["style"]))

    def _end(self, name: str) -> None:
        if not self._inside:
            return
        local = name.rpartition(":")[2]
        place = self._parser.CurrentByteIndex
        if local == "sheetData":
            self._inside = False
            if self.body[2] == 0:
                self.body = (*self.body[:2], place)
        elif local == "row" and self.rows[-1].close != -1:
            self.rows[-1].close = place
        elif local == "c" and not self.rows[-1].cells[-1].end:
            self.rows[-1].cells[-1].end = self._tag_end(place)

    def _row(self, start: int, attrs: Mapping[str, str]) -> None:
        before = self.rows[-1].number if self.rows else 0
        number = _whole(attrs["r"]) if "r" in attrs else before + 1
        inner = self._tag_end(start)
        if number <= before:
            raise RefusedError("fill.disordered-sheet", row=number)
        style = attrs.get("s", "") if attrs.get("customFormat") in ("1", "true") else ""
        close = -1 if self._data[inner - 2 : inner] == b"/>" else 0
        self.rows.append(_Row(number, start, inner, close, style))

    def _cell(self, start: int, attrs: Mapping[str, str]) -> None:
        row = self.rows[-1] if self.rows else None
        before = row.cells[-1].column if row and row.cells else -1
        spot = spots([attrs["r"]])[0] if "r" in attrs else (row.number if row else 0, before + 1)
        if row is None or spot[0] != row.number or spot[1] <= before:
            raise RefusedError("fill.disordered-sheet", row=spot[0])
        inner = self._tag_end(start)
        end = inner if self._data[inner - 2 : inner] == b"/>" else 0
        row.cells.append(_Cell(spot[1], start, end, attrs.get("s", "0")))

    def _tag_end(self, start: int) -> int:
        return tag_end(self._data, start)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else 0
