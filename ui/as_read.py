"""A file as it stood before anybody knew what it means: lines, or rows of sheets, with their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.sheet.document import Document
from core.sheet.errors import RefusedError
from ui.tools import Tools

if TYPE_CHECKING:
    from core.intake.reading import Repair, Unplaced

MOST_LINES = 2_000
"""More than so many lines of a file are not shown; no form has them."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a text or a row of a sheet, counted from 1."""

    sheet: str
    line: int
    text: str


@dataclass(frozen=True)
class Found:
    """What an import found: documents, what was not placed, repairs, and the lines of the file.

    Files of ours have no lines: nothing in them was read otherwise than it stood.
    """

    documents: list[Document]
    unplaced: list[Unplaced]
    repairs: list[Repair]
    lines: list[SourceLine]


def read_any(path: Path, tools: Tools) -> Found:
    """Read a file a person chose, a package of ours too; for a thread. Raises RefusedError."""
    from core.handover.opening import documents_in, looks_like_package
    from core.intake.read import read_file

    if looks_like_package(path):
        return Found(documents_in(path, tools.forms), [], [], [])
    reading = read_file(path, path.name, tools.forms, tools.levels())
    return Found(reading.documents, reading.unplaced, reading.repairs, _lines_of(path))


def _lines_of(path: Path) -> list[SourceLine]:
    """Give the first lines of a file that was read."""
    lines = []
    try:
        for line in _all_lines(path.read_bytes()):
            lines.append(line)
            if len(lines) == MOST_LINES:
                break
    except (OSError, RefusedError):
        return []  # it was read already; only showing it does not work out
    return lines


def _all_lines(data: bytes) -> Iterator[SourceLine]:
    from core.intake.sniff import Sort, decode, sort_of

    match sort_of(data):
        case Sort.XLSX:
            yield from _sheet_lines(data)
        case Sort.TEXT:
            text = decode(data).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
            for number, line in enumerate(text.split("\n"), start=1):
                if line.strip():
                    yield SourceLine("", number, line.strip().replace("\t", " | "))


def _sheet_lines(data: bytes) -> Iterator[SourceLine]:
    from core.intake.workbook import open_workbook

    book = open_workbook(data)
    for name in book.visible_names():
        rows: dict[int, list[str]] = {}
        for (row, _), cell in sorted(book.sheet(name).cells.items()):
            if cell.text.strip():
                rows.setdefault(row, []).append(cell.text)
        for row, texts in rows.items():
            yield SourceLine(name, row, " | ".join(texts))
