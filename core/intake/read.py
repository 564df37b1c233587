"""Reads one file in: a document of ours, our own or another xlsx, or the text of a published page.

Opening a package is the caller's affair (ruling 27). Everything here treats the file as hostile:
sizes are limited before anything is opened, and one sentence says why a file is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.intake.align import align
from core.intake.lookup import LevelNames, Lookup
from core.intake.pieces import Source, Where
from core.intake.place import fill
from core.intake.published import read_text
from core.intake.reading import Reading, Repair, RepairKind
from core.intake.recognise import ENOUGH, ENOUGH_WHEN_TOLD, Recognised, columns_of, recognise
from core.intake.route import route_of
from core.intake.sniff import Sort, decode, sort_of
from core.sheet.definition import Form
from core.sheet.document_file import read_document
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.levels import Levels
from core.sheet.picture import fill_holes

MAX_BYTES = 40 * 1024 * 1024
"""A larger file is refused before it is read."""

MAX_PIECES = 6_000
"""A text or sheet of more pieces is no form (200 indicators make 2,000) and would take too long."""


def read_file(
    file: Path | bytes,
    name: str,
    forms: FormLibrary,
    levels: Levels,
    form: str | None = None,
    edition: str | None = None,
) -> Reading:
    """Read the documents of a file; ``form`` and ``edition`` force what is recognised otherwise.

    Raises RefusedError with one sentence when nothing can be read; ``name`` is what the file is
    called in it.
    """
    data = _bytes(file, name)
    sort = sort_of(data)
    if sort is Sort.DOCUMENT:
        return Reading([read_document(data, forms)], [], [])
    reader = _Reader(forms, levels, form, edition)
    if sort is Sort.XLSX:
        return reader.xlsx(data, name)
    return reader.read([read_text(decode(data))])[1]


class _Reader:
    """Reads texts and sheets by the labels of the forms to choose from."""

    def __init__(self, forms: FormLibrary, levels: Levels, form: str | None, edition: str | None) -> None:
        self._forms = forms
        self._levels = LevelNames(levels)
        self._form = form
        self._edition = edition
        if form is not None:
            forms.get(form, edition)  # refuses an unknown one before anything is read

    def xlsx(self, data: bytes, name: str) -> Reading:
        """Read our own sheet by its hidden list, any other by its labels."""
        from core.intake.own_xlsx import other_sheets, read_own
        from core.intake.workbook import open_workbook

        book = open_workbook(data)
        own = read_own(book, self._forms)
        if own and own.reading and self._form in (None, own.reading.documents[0].form.form):
            return own.reading
        source, reading = self.read(book.sources())
        reading.unplaced.extend(other_sheets(book, source.sheet))
        if own and own.reading is None:
            reading.repairs.insert(0, Repair(RepairKind.LAYOUT, Where(0, 0), name, ""))
        return reading

    def read(self, sources: Iterable[Source]) -> tuple[Source, Reading]:
        """Read the first of several texts or sheets that is a form; give which one and what it says."""
        source, found = self._find(sources)
        route = found.route
        wordings = {wording for slot in route.labels for wording in slot.wordings} | self._levels.wordings
        steps = align(source, route, Lookup(source, wordings), self._levels, columns_of(source, route))
        filled = fill(source, route, self._levels, steps)
        if found.undecided:
            told = Repair(RepairKind.EDITION, Where(0, 0), route.form.form, route.form.edition)
            filled.repairs.insert(0, told)
        return source, Reading([filled.document], filled.unplaced, filled.repairs)

    def _find(self, sources: Iterable[Source]) -> tuple[Source, Recognised]:
        routes = [route_of(form) for form in self._choice()]
        best: tuple[Source, Recognised] | None = None
        larger = 0
        for source in sources:
            if len(source.pieces) > MAX_PIECES:
                larger = max(larger, len(source.pieces))
                continue
            found = recognise(source, routes, self._levels) if source.pieces else None
            if found and (best is None or found.score > best[1].score):
                best = (source, found)
            if found and found.score >= ENOUGH:
                break
        if best is None and larger:
            raise RefusedError("intake.too-many-pieces", count=larger, limit=MAX_PIECES)
        told = self._form is not None
        if best is None or best[1].score < (ENOUGH_WHEN_TOLD if told else ENOUGH):
            raise _refusal(best[1] if best else None, told=told)
        return best

    def _choice(self) -> list[Form]:
        if self._form is not None and self._edition is not None:
            return [self._forms.get(self._form, self._edition)]
        return [form for form in self._forms.all() if self._form in (None, form.form)]


def _refusal(found: Recognised | None, *, told: bool) -> RefusedError:
    if told:
        return RefusedError("intake.other-form")
    if found is None or found.score < ENOUGH_WHEN_TOLD:
        return RefusedError("intake.unknown-form")
    form = found.route.form
    title = fill_holes(form.title, {})
    return RefusedError("intake.unsure-form", form=form.form, title=title, share=round(found.score * 100))


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
