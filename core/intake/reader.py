"""Reads all forms of one source: finds them, lays each along its form, and puts the reports together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from core.intake.align import Step, align
from core.intake.columns import Columns
from core.intake.facts import read_around, share_facts
from core.intake.habits import learn_habits
from core.intake.lookup import LevelNames, Lookup
from core.intake.pieces import PARAGRAPH, Source, Where
from core.intake.place import Filled, fill
from core.intake.reading import Reading, Repair, RepairKind, Unplaced
from core.intake.recognise import ENOUGH, ENOUGH_WHEN_TOLD, Recognised, recognise, wordings_of
from core.intake.route import Route, route_of
from core.intake.segments import Segment, segments_of
from core.intake.totals import settle
from core.intake.traditional import with_simplified
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.errors import RefusedError
from core.sheet.picture import fill_holes

MAX_PIECES = 6_000
"""A form of more pieces is none (200 indicators make 2,000) and would take too long."""

MAX_FORMS = 500
"""No file holds more forms than this."""

Progress = Callable[[int, int], None]
"""Is told how much of how much is done; may raise to stop."""


class Reader:
    """Reads texts and sheets by the labels of the forms to choose from."""

    def __init__(self, choice: Sequence[Form], levels: LevelNames, *, told: bool) -> None:
        """Take the forms; ``told`` that a person named them, so that fewer labels are enough."""
        self._routes = [route_of(form) for form in choice]
        self._levels = levels
        self._enough = ENOUGH_WHEN_TOLD if told else ENOUGH
        self._told = told

    def read(self, source: Source, progress: Progress | None = None) -> Reading:
        """Read all forms of a source, one after the other; raises RefusedError when there is none."""
        source = with_simplified(source)
        lookup = Lookup(source, wordings_of(self._routes, self._levels))
        segments = segments_of(source, self._routes, lookup) or [Segment(0, len(source.pieces))]
        if len(segments) > MAX_FORMS:
            raise RefusedError("intake.too-many-forms", count=len(segments), limit=MAX_FORMS)
        chosen = [self._recognise(lookup, segment) for segment in segments]
        reading = Reading([], [], [])
        for number, (segment, found) in enumerate(zip(segments, chosen, strict=True)):
            self._add(reading, source.part(segment.start, segment.end), found)
            if progress:
                progress(number + 1, len(segments))
        reading.unplaced.extend(_left_out(source, segments))
        reading.unplaced.extend(Unplaced(one.where, one.text, one.code) for one in source.notices)
        for where, codes in source.cleaned:
            reading.repairs.append(Repair(RepairKind.CLEANED, where, codes, ""))
        reading.repairs.extend(
            Repair(RepairKind(one.kind), one.where, one.read, one.made) for one in source.told
        )
        reading.repairs.extend(share_facts(reading.documents))
        _sort(reading, source)
        return replace(reading, unplaced=_together(reading.unplaced))

    def _recognise(self, lookup: Lookup, segment: Segment) -> Recognised:
        found = recognise(lookup, range(segment.start, segment.end), self._routes, self._levels)
        if found is None or found.score < self._enough:
            raise self._refusal(found)
        if segment.end - segment.start > MAX_PIECES:
            raise RefusedError("intake.too-many-pieces", count=segment.end - segment.start, limit=MAX_PIECES)
        return found

    def _refusal(self, found: Recognised | None) -> RefusedError:
        if self._told:
            return RefusedError("intake.other-form")
        if found is None or found.score < ENOUGH_WHEN_TOLD:
            return RefusedError("intake.unknown-form")
        form = found.route.form
        title = fill_holes(form.title, {})
        return RefusedError("intake.unsure-form", form=form.form, title=title, share=round(found.score * 100))

    def _add(self, reading: Reading, source: Source, found: Recognised) -> None:
        route = found.route
        filled = self._fill(source, route)
        unplaced, repairs = read_around(filled.document, filled.unplaced)
        if found.undecided:
            told = Repair(RepairKind.EDITION, Where(0, 0), route.form.form, route.form.edition)
            reading.repairs.append(told)
        number = len(reading.documents)
        reading.documents.append(filled.document)
        reading.unplaced.extend(unplaced)
        reading.repairs.extend(replace(one, document=number) for one in (*filled.repairs, *repairs))

    def _fill(self, source: Source, route: Route) -> Filled:
        lookup = Lookup(source, wordings_of([route], self._levels))
        columns = Columns(source, route)
        steps = align(source, route, lookup, self._levels, columns)
        habits = learn_habits(source, route, steps, columns)
        if habits:
            steps = align(source, route, lookup, self._levels, columns)

        def document_of(some: Sequence[Step]) -> Document:
            return fill(source, route, self._levels, some).document

        settled = settle(route, steps, document_of)
        return fill(source, route, self._levels, settled.steps, habits, settled.moved)


def _left_out(source: Source, segments: Sequence[Segment]) -> Iterator[Unplaced]:
    """Give what belongs to no form of the file: sheets by their names, everything else line by line."""
    taken = {index for segment in segments for index in range(segment.start, segment.end)}
    sheets: set[str] = set()
    for index in range(len(source.pieces)):
        if index in taken:
            continue
        sheet = source.table(index)[0]
        if not sheet:
            yield Unplaced(source.where(index), source.pieces[index].text)
        elif sheet not in sheets:
            sheets.add(sheet)
            yield Unplaced(Where(0, 0, sheet), sheet, "other-sheet")


def _together(unplaced: Sequence[Unplaced]) -> list[Unplaced]:
    """Put neighbouring paragraphs outside all tables together: a page's menus are one entry, not many."""
    found: list[Unplaced] = []
    for one in unplaced:
        last = found[-1] if found else None
        if last and not last.code and not one.code and _goes_on(last.where, one.where):
            where = last.where._replace(last=one.where.last)
            found[-1] = Unplaced(where, f"{last.text}\n{one.text}")
        else:
            found.append(one)
    return found


def _goes_on(before: Where, where: Where) -> bool:
    return before.table == where.table == PARAGRAPH and where.line == before.last + 1


def _sort(reading: Reading, source: Source) -> None:
    """Put the reports in the order of the file."""
    order: dict[tuple[str, int], int] = {("", 0): -1}
    for index in range(len(source.pieces)):
        order.setdefault(source.table(index), len(order))

    def place(where: Where) -> tuple[int, int]:
        return order.get((where.sheet, where.table), len(order)), where.line

    reading.unplaced.sort(key=lambda one: place(one.where))
    reading.repairs.sort(key=lambda one: place(one.where))
