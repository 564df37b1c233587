"""Reads one file in: a document of ours, our own or another xlsx, or the text of a published page.

Opening a package is the caller's affair (ruling 27). Everything here treats the file as hostile:
sizes are limited before anything is opened, and one sentence says why a file is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from core.intake.lookup import LevelNames
from core.intake.pieces import Source, Where
from core.intake.published import read_text
from core.intake.reader import Progress, Reader
from core.intake.reading import Reading, Repair, RepairKind
from core.intake.sheets import Sheet, source_of
from core.intake.sniff import Sort, decode, sort_of
from core.sheet.document_file import read_document
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.levels import Levels

MAX_BYTES = 40 * 1024 * 1024
"""A larger file is refused before it is read."""


def read_file(
    file: Path | bytes,
    name: str,
    forms: FormLibrary,
    levels: Levels,
    form: str | None = None,
    edition: str | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read the documents of a file; ``form`` and ``edition`` force what is recognised otherwise.

    ``progress`` is told how much of how much is done. Raises RefusedError with one sentence when nothing
    can be read; ``name`` is what the file is called in it.
    """
    data = _bytes(file, name)
    sort = sort_of(data)
    if sort is Sort.DOCUMENT:
        return Reading([read_document(data, forms)], [], [])
    if form is not None:
        choice = [one for one in forms.all() if one.form == form and edition in (None, one.edition)]
        forms.get(form, edition)  # refuses an unknown one before anything is read
    else:
        choice = list(forms.all())
    reader = Reader(choice, LevelNames(levels), told=form is not None)
    if sort is Sort.XLSX:
        return _xlsx(data, name, forms, form, reader, progress)
    return reader.read(take_apart(sort, data), progress)


def read_copied(html: str, text: str, forms: FormLibrary, levels: Levels) -> Reading:
    """Read what another program put on the clipboard: its HTML where that has a table, else its text.

    Raises RefusedError when it is no form.
    """
    reader = Reader(list(forms.all()), LevelNames(levels), told=False)
    if "<table" in html.casefold():
        from core.intake.web import read_page

        return reader.read(read_page(html))
    return reader.read(read_text(text))


def take_apart(sort: Sort, data: bytes) -> Source:
    """Give the pieces of a Word file, an xls, a web page or a text, as they stand; raises RefusedError."""
    match sort:
        case Sort.DOCX:
            from core.intake.docx import read_docx

            return read_docx(data)
        case Sort.XLS:
            from core.intake.xls import read_xls

            return source_of(read_xls(data))
        case Sort.PAGE:
            from core.intake.web import read_page

            return read_page(decode(data))
    return read_text(decode(data))


def _xlsx(
    data: bytes, name: str, forms: FormLibrary, form: str | None, reader: Reader, progress: Progress | None
) -> Reading:
    """Read our own sheet by its hidden list, any other by its labels."""
    from core.intake.own_xlsx import other_sheets, read_own
    from core.intake.workbook import open_workbook

    book = open_workbook(data)
    own = read_own(book, forms)
    if own and own.reading and form in (None, own.reading.documents[0].form.form):
        return own.reading
    visible = book.visible_names()
    source = source_of(_told(map(book.sheet, visible), len(visible), progress))
    reading = reader.read(source, _second_half(progress))
    reading.unplaced.extend(other_sheets(book, visible))
    if own and own.reading is None:
        reading.repairs.insert(0, Repair(RepairKind.LAYOUT, Where(0, 0), name, ""))
    return reading


def _told(sheets: Iterable[Sheet], count: int, progress: Progress | None) -> Iterator[Sheet]:
    """Give sheets as they are read, telling that as the first half of the work."""
    for number, sheet in enumerate(sheets, start=1):
        if progress:
            progress(number, 2 * count)
        yield sheet


def _second_half(progress: Progress | None) -> Progress | None:
    return (lambda done, total: progress(total + done, 2 * total)) if progress else None


def _bytes(file: Path | bytes, name: str) -> bytes:
    if isinstance(file, bytes):
        size = len(file)
    else:
        try:
            if not file.is_file():
                raise RefusedError("intake.no-file", file=name)
            size = file.stat().st_size
        except (OSError, ValueError) as error:
            raise RefusedError("intake.no-file", file=name) from error
    if size > MAX_BYTES:
        raise RefusedError("intake.too-big", file=name, size=size >> 20, limit=MAX_BYTES >> 20)
    if isinstance(file, bytes):
        return file
    try:
        return file.read_bytes()
    except OSError as error:
        raise RefusedError("intake.not-read", file=name) from error
