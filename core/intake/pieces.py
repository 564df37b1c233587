"""What was read, before anybody knows what it means: pieces of text, each with where it stood.

A cell of a table is one piece; in text without cells, a piece is what stands between two blanks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

_FULL_STOPS = ("。", "；", "！", "？", "：", ";", ":")
_EARLY = 0.8
"""A line shorter than this share of the widest in its cell was not torn by the page's width."""

_LATIN = re.compile(r"[A-Za-z]{2}")


class Gap(IntEnum):
    """What stands between a piece and the one before it, from the weakest to the strongest."""

    BLANK = 0
    CELL = 1
    LINE = 2
    PARAGRAPH = 3
    PAGE = 4


CROWDED = 40
"""On a line of more pieces, without cells, stands a whole table: no row makes so many."""

PARAGRAPH = -1
"""In place of a table's number: a paragraph outside all tables."""


class Where(NamedTuple):
    """Lines of a text, or cells of a sheet: both lines counted from 1, ``cell`` as Excel writes it.

    In Word files and web pages ``table`` is the number of the table (or ``PARAGRAPH``) and the lines are
    its rows.
    """

    line: int
    last: int
    sheet: str = ""
    cell: str = ""
    table: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of text at a line (from 1) and, where there are cells, a column (from 0).

    ``before`` are the blanks between it and the piece before on the same line, ``after`` those at
    the line's end; ``down`` and ``across`` are how large its cell is. ``at`` is its own line where each
    cell of a row has one. ``blanks`` are the blank cells in front of it where no columns tell them.
    """

    text: str
    line: int
    gap: Gap
    column: int | None = None
    before: str = ""
    after: str = ""
    down: int = 1
    across: int = 1
    at: int = 0
    blanks: int = 0


@dataclass(frozen=True)
class Notice:
    """Something that is no piece of a form for a reason of its own (a formula, a hidden row)."""

    where: Where
    code: str
    text: str


class Told(NamedTuple):
    """Something that was taken otherwise than it stood, before anybody knew what it was for."""

    kind: str
    where: Where
    read: str
    made: str


@dataclass(frozen=True)
class Source:
    """One text, or all sheets of a workbook one after the other, as read.

    ``cells`` says whether it came in cells; ``line_end`` is what a line end inside a cell stands
    for: ``"\\n"`` where it was typed, ``""`` where mostly the width of the page made it.
    """

    pieces: tuple[Piece, ...]
    cells: bool
    line_end: str
    notices: tuple[Notice, ...] = ()
    cleaned: tuple[tuple[Where, str], ...] = ()
    """Where control characters were taken out, with their codes."""
    told: tuple[Told, ...] = ()
    lines: Mapping[int, Where] = field(default_factory=dict)
    """For lines that a person knows by another number than this: those of sheets and tables."""
    simplify: Callable[[str], str] | None = None
    """For texts in traditional characters: how they are compared; never stored."""

    def where(self, first: int, last: int | None = None) -> Where:
        """Give where the pieces from ``first`` to ``last`` (both included) stood."""
        start, end = self.pieces[first], self.pieces[first if last is None else last]
        above, below = self._line(start.at or start.line), self._line(end.at or end.line)
        same = (above.sheet, above.table) == (below.sheet, below.table)
        cell = cell_name(above.line, start.column) if above.sheet and start.column is not None else ""
        return above._replace(last=max(above.line, below.line) if same else above.line, cell=cell)

    def table(self, index: int) -> tuple[str, int]:
        """Give the sheet and table a piece stands in: each has columns of its own."""
        line = self._line(self.pieces[index].line)
        return line.sheet, line.table

    def _line(self, line: int) -> Where:
        return self.lines.get(line) or Where(line, line)

    def part(self, start: int, end: int) -> Source:
        """Give some of the pieces as a source of their own, without the notices."""
        return replace(self, pieces=self.pieces[start:end], notices=(), cleaned=(), told=())

    def pieces_on_lines(self) -> dict[int, int]:
        """Give how many pieces each line has."""
        counts: dict[int, int] = {}
        for piece in self.pieces:
            counts[piece.line] = counts.get(piece.line, 0) + 1
        return counts

    def word(self, index: int) -> str:
        """Give the text of a piece for comparing with labels."""
        text = self.pieces[index].text
        return self.simplify(text) if self.simplify else text

    def worded(self, indices: Sequence[int]) -> str:
        """Give these pieces as one cell for comparing with labels; as long as the text itself."""
        text = self.joined(indices)
        return self.simplify(text) if self.simplify else text

    def joined(self, indices: Sequence[int]) -> str:
        """Give the text of these pieces as one cell."""
        ended = set() if self.line_end else self._ended(indices)
        parts = [self.pieces[indices[0]].text]
        for before, index in pairwise(indices):
            new_line = self.pieces[index].gap >= Gap.LINE and self.pieces[before].line in ended
            parts += ["\n" if new_line else self._between(before, index), self.pieces[index].text]
        return "".join(parts)

    def _ended(self, indices: Sequence[int]) -> set[int]:
        """Give the lines of a cell that the writer ended, not the page's width.

        Lines torn by the width are all about as wide as it; where some are not, full stops end lines.
        """
        texts: dict[int, str] = {}
        for index in indices:
            piece = self.pieces[index]
            texts[piece.line] = texts.get(piece.line, "") + piece.before + piece.text + piece.after
        widest = max(len(text.rstrip()) for text in texts.values())
        if all(len(text) >= _EARLY * widest for text in list(texts.values())[:-1]):
            return set()
        return {line for line, text in texts.items() if text.endswith(_FULL_STOPS)}

    def as_read(self, indices: Sequence[int]) -> str:
        """Give these pieces as they were read: cells with their blanks, torn lines as lines."""
        lines: dict[int, list[Piece]] = {}
        for index in indices:
            lines.setdefault(self.pieces[index].line, []).append(self.pieces[index])
        return "\n".join(_line_as_read(pieces) for pieces in lines.values())

    def _between(self, before: int, index: int) -> str:
        piece, last = self.pieces[index], self.pieces[before].text[-1:]
        if piece.gap < Gap.LINE:
            return piece.before
        if self.line_end:
            return self.line_end
        # A line is only broken at a blank where both sides are Latin words.
        return " " if _LATIN.fullmatch(last + piece.text[:1]) else ""


def _line_as_read(pieces: list[Piece]) -> str:
    if pieces[0].column is None:
        return "".join(piece.before + piece.text + piece.after for piece in pieces).lstrip()
    cells = [""] * (1 + max(piece.column or 0 for piece in pieces))
    for piece in pieces:
        cells[piece.column or 0] = piece.text
    return " | ".join(cells)


def cell_name(line: int, column: int) -> str:
    """Give a cell's address as Excel writes it (``B3``), from a line from 1 and a column from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{line}"
