"""What was read, before anybody knows what it means: pieces of text, each with where it stood.

A cell of a table is one piece; in text without cells, a piece is what stands between two blanks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

_LATIN = re.compile(r"[A-Za-z]{2}")


class Gap(IntEnum):
    """What stands between a piece and the one before it, from the weakest to the strongest."""

    BLANK = 0
    CELL = 1
    LINE = 2
    PARAGRAPH = 3
    PAGE = 4


class Where(NamedTuple):
    """Lines of a text, or cells of a sheet: both lines counted from 1, ``cell`` as Excel writes it."""

    line: int
    last: int
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of text at a line (from 1) and, where there are cells, a column (from 0).

    ``before`` are the blanks between it and the piece before on the same line, ``after`` those at
    the line's end; ``down`` and ``across`` are how large its cell is.
    """

    text: str
    line: int
    gap: Gap
    column: int | None = None
    before: str = ""
    after: str = ""
    down: int = 1
    across: int = 1


@dataclass(frozen=True)
class Notice:
    """A piece that is no text of a form for a reason of its own (a formula, an error value)."""

    where: Where
    code: str
    text: str


@dataclass(frozen=True)
class Source:
    """One text or sheet as read.

    ``cells`` says whether it came in cells; ``line_end`` is what a line end inside a cell stands
    for: ``"\\n"`` where it was typed, ``""`` where only the width of the page made it.
    """

    pieces: tuple[Piece, ...]
    cells: bool
    line_end: str
    sheet: str = ""
    notices: tuple[Notice, ...] = ()
    cleaned: tuple[tuple[Where, str], ...] = ()
    """Where control characters were taken out, with their codes."""

    def where(self, first: int, last: int | None = None) -> Where:
        """Give where the pieces from ``first`` to ``last`` (both included) stood."""
        start, end = self.pieces[first], self.pieces[first if last is None else last]
        cell = ""
        if self.sheet and start.column is not None:
            cell = cell_name(start.line, start.column)
        return Where(start.line, max(start.line, end.line), self.sheet, cell)

    def joined(self, indices: Sequence[int]) -> str:
        """Give the text of these pieces as one cell."""
        parts = [self.pieces[indices[0]].text]
        for before, index in pairwise(indices):
            parts += [self._between(before, index), self.pieces[index].text]
        return "".join(parts)

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
