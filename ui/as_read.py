"""A file as it stood before anybody knew what it means: lines, or rows of sheets, with their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

from core.sheet.document import Document
from core.sheet.errors import RefusedError
from ui.tools import Tools

if TYPE_CHECKING:
    from core.intake.pieces import Source
    from core.intake.reading import Repair, Unplaced
    from ui.tasks import Progress

Spot = tuple[str, int, int]
"""Sheet, table and line."""

MOST_LINES = 2_000
"""More than so many lines of a file are not shown; no form has them."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a text or a row of a sheet or table, counted from 1; ``table`` as ``Where`` has it."""

    sheet: str
    table: int
    line: int
    text: str

    @property
    def spot(self) -> Spot:
        """Where it is, as remarks name it."""
        return self.sheet, self.table, self.line


@dataclass(frozen=True)
class Found:
    """What an import found: documents, what was not placed, repairs, and the lines of the file.

    Files of ours have no lines: nothing in them was read otherwise than it stood. ``picks`` are what the
    sender of a package picked among what forms offer; None for all else, which does not say.
    """

    documents: list[Document]
    unplaced: list[Unplaced]
    repairs: list[Repair]
    lines: list[SourceLine]
    picks: Mapping[str, str] | None = None


def read_any(path: Path, tools: Tools, progress: Progress) -> Found:
    """Read a file a person chose, a package of ours too; for a thread. Raises RefusedError."""
    from core.handover.opening import looks_like_package, open_whole
    from core.intake.read import read_file

    if looks_like_package(path):
        package = open_whole(path, tools.forms)
        return Found(package.read, [], [], [], package.picks)
    reading = read_file(path, path.name, tools.forms, tools.levels(), progress=progress.at)
    try:
        data = path.read_bytes()
    except OSError:
        data = b""  # it was read already; only showing it does not work out
    return Found(reading.documents, reading.unplaced, reading.repairs, _lines_of(data))


def read_copied(copied: Sequence[bytes], name: str, tools: Tools, progress: Progress) -> Found:
    """Read what another program put on the clipboard: the first of its kinds that is a form.

    Raises RefusedError, of the last kind, when none is.
    """
    from core.intake.read import read_file

    for number, data in enumerate(copied, start=1):
        try:
            reading = read_file(data, name, tools.forms, tools.levels(), progress=progress.at)
        except RefusedError:
            if number == len(copied):
                raise
            continue
        return Found(reading.documents, reading.unplaced, reading.repairs, _lines_of(data))
    raise RefusedError("ui.nothing-copied")


def _lines_of(data: bytes) -> list[SourceLine]:
    """Give the first lines of a file that was read; none of a document of ours."""
    try:
        source = _source(data)
    except RefusedError:
        return []
    return list(islice(_lines(source), MOST_LINES)) if source else []


def _source(data: bytes) -> Source | None:
    from core.intake.read import take_apart
    from core.intake.sheets import source_of
    from core.intake.sniff import Sort, sort_of
    from core.intake.workbook import open_workbook

    match sort_of(data):
        case Sort.DOCUMENT:
            return None
        case Sort.XLSX:
            book = open_workbook(data)
            return source_of(book.sheet(name) for name in book.visible_names())
        case other:
            return take_apart(other, data)


def _lines(source: Source) -> Iterator[SourceLine]:
    """Give the pieces of each line, cells parted by a stroke."""
    for _, group in groupby(range(len(source.pieces)), lambda index: source.pieces[index].line):
        indices = list(group)
        where = source.where(indices[0])
        cells = source.pieces[indices[0]].column is not None
        texts = [source.pieces[index].text for index in indices]
        text = " | ".join(texts) if cells else source.as_read(indices)
        yield SourceLine(where.sheet, where.table, where.line, text)
