"""Reads one file in: a document of ours, our own or another xlsx, or the text of a published page.

Opening a package is the caller's affair (ruling 27). Everything here treats the file as hostile:
sizes are limited before anything is opened, and one sentence says why a file is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
    choose = _choice(forms, form, edition)
    if sort is Sort.XLSX:
        return _read_xlsx(data, name, forms, levels, choose, form)
    return read_sources([read_text(decode(data))], choose, levels, told=form is not None)


def _read_xlsx(
    data: bytes,
    name: str,
    forms: FormLibrary,
    levels: Levels,
    choose: Callable[[], list[Form]],
    told: str | None,
) -> Reading:
    from core.intake.own_xlsx import other_sheets, read_own
    from core.intake.workbook import open_workbook

    book = open_workbook(data)
    own = read_own(book, forms)
    if own and own.reading and told in (None, own.reading.documents[0].form.form):
        return own.reading
    taken: list[Source] = []
    reading = read_sources(book.sources(), choose, levels, told=told is not None, taken=taken)
    reading.unplaced.extend(other_sheets(book, taken[0].sheet))
    if own and own.reading is None:
        reading.repairs.insert(0, Repair(RepairKind.LAYOUT, Where(0, 0), name, ""))
    return reading


def read_sources(
    sources: Iterable[Source],
    choose: Callable[[], list[Form]],
    levels: Levels,
    *,
    told: bool,
    taken: list[Source] | None = None,
) -> Reading:
    """Read the first of several texts or sheets that is a form we know; ``taken`` is given which one.

    ``told`` says that a person named the form, so that fewer labels do.
    """
    names = LevelNames(levels)
    routes = [route_of(form) for form in choose()]
    best: tuple[Source, Recognised] | None = None
    for source in sources:
        found = recognise(source, routes, names) if source.pieces else None
        if found and (best is None or found.score > best[1].score):
            best = (source, found)
        if found and found.score >= ENOUGH:
            break
    if best is None or best[1].score < (ENOUGH_WHEN_TOLD if told else ENOUGH):
        raise _refusal(best[1] if best else None, told=told)
    if taken is not None:
        taken.append(best[0])
    return _read_one(*best, names)


def _read_one(source: Source, found: Recognised, levels: LevelNames) -> Reading:
    route = found.route
    wordings = {wording for slot in route.labels for wording in slot.wordings} | levels.wordings
    lookup = Lookup(source, wordings)
    steps = align(source, route, lookup, levels, columns_of(source, route))
    filled = fill(source, route, levels, steps)
    if found.undecided:
        edition = route.form.edition
        filled.repairs.insert(0, Repair(RepairKind.EDITION, Where(0, 0), route.form.form, edition))
    return Reading([filled.document], filled.unplaced, filled.repairs)


def _choice(forms: FormLibrary, form: str | None, edition: str | None) -> Callable[[], list[Form]]:
    """Give the forms to choose from, read only when they are asked for."""
    if form is not None and edition is not None:
        only = forms.get(form, edition)
        return lambda: [only]
    if form is not None:
        forms.get(form)  # refuses an unknown one before anything is read
    return lambda: [one for one in forms.all() if form in (None, one.form)]


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
