"""Cuts what was read into forms: one file may hold several, one after the other.

A form is found where its labels stand in a run; a new one begins where labels of its first row come
again after others of it. Headings in front of a run belong to it, all else to the form before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.intake.lookup import Lookup
from core.intake.pieces import Source
from core.intake.recognise import ENOUGH, share_of
from core.intake.route import Route

_WORTH_ANOTHER_TABLE = 0.2
"""A form goes on in another sheet when so large a share of its labels is only there."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The pieces from ``start`` to ``end - 1``, which are one form."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Labels of a form in a row: the piece where each wording first stands."""

    route: Route
    first: Mapping[str, int]

    @property
    def span(self) -> tuple[int, int]:
        return min(self.first.values()), max(self.first.values())

    @property
    def share(self) -> float:
        return share_of(self.route, set(self.first))

    def outside(self, taken: Sequence[tuple[int, int]]) -> _Run | None:
        """Give what is left of the run in front of or behind spans that other runs took."""
        start, end = self.span
        for low, high in taken:
            if high < start or low > end:
                continue
            if low <= start and high >= end:
                return None
            start, end = (start, low - 1) if start < low else (high + 1, end)
        left = {wording: piece for wording, piece in self.first.items() if start <= piece <= end}
        return _Run(self.route, left) if left else None


def segments_of(source: Source, routes: Sequence[Route], lookup: Lookup) -> list[Segment]:
    """Give the forms of a source in order; none when nothing is enough like a form."""
    runs = [run for route in routes for run in _runs(route, source, lookup)]
    known = list(_pieces_with_labels(routes, lookup))
    runs.sort(key=lambda run: _rank(run, known), reverse=True)
    taken: list[_Run] = []
    spans: list[tuple[int, int]] = []
    for run in runs:
        left = run.outside(sorted(spans))
        if left and left.share >= ENOUGH:
            taken.append(left)
            spans.append(left.span)
    taken.sort(key=lambda run: run.span)
    return list(_cut(source, taken, lookup))


def _pieces_with_labels(routes: Sequence[Route], lookup: Lookup) -> Iterator[int]:
    wordings = {wording for route in routes for slot in route.labels for wording in slot.wordings}
    return (index for index in lookup.places if not wordings.isdisjoint(lookup.at(index)))


def _rank(run: _Run, known: Sequence[int]) -> tuple[float, int]:
    """Give how well a run explains the labels where it stands, and how many it has."""
    start, end = run.span
    there = sum(start <= index <= end for index in known)
    explained = len(set(run.first.values())) / max(1, there)
    share = run.share
    return 2 * share * explained / (share + explained), len(run.first)


# -- runs of one form's labels ------------------------------------------------------------------------


def _runs(route: Route, source: Source, lookup: Lookup) -> Iterator[_Run]:
    """Give the runs of a form's labels that are enough for it to be that form."""
    wordings = {wording for slot in route.labels for wording in slot.wordings}
    openers = _openers(route)
    rest = wordings - openers
    first: dict[str, int] = {}
    for index in lookup.places:
        for wording in wordings.intersection(lookup.at(index)):
            again = first.get(wording, index) if wording in openers else index
            if again != index and _is_another(
                route, source, lookup, range(again, index), rest & first.keys()
            ):
                yield from _whole(route, first, source)
                first = {}
            elif again != index and rest:  # it began too early, as in a list of contents
                first = {known: piece for known, piece in first.items() if piece > again}
            first.setdefault(wording, index)
    yield from _whole(route, first, source)


def _is_another(route: Route, source: Source, lookup: Lookup, between: range, rest: set[str]) -> bool:
    """Whether a label that comes again begins another form, and not another page of this one."""
    if rest or source.table(between.start)[0] != source.table(between.stop)[0]:
        return True
    titles = [one.template for one in route.headings if one.is_title and not one.template.wordless]
    return any(lookup.template(title, index) for index in between[1:] for title in titles)


def _openers(route: Route) -> set[str]:
    """Give the labels of the first picture row, but for those that come again further down."""
    rows = [stretch for stretch in route.stretches if any(slot.wordings for slot in stretch.slots)]
    printed = [wording for stretch in rows for slot in stretch.slots for wording in slot.wordings]
    opening = {wording for stretch in rows[:1] for slot in stretch.slots for wording in slot.wordings}
    return {wording for wording in opening if printed.count(wording) == 1}


def _whole(route: Route, first: Mapping[str, int], source: Source) -> Iterator[_Run]:
    """Give a run, without what only chance words in other tables of the file add to it."""
    run = _Run(route, first)
    if not first or run.share < ENOUGH:
        return
    tables: dict[tuple[str, int], dict[str, int]] = {}
    for wording, piece in first.items():
        tables.setdefault(source.table(piece), {})[wording] = piece
    kept: dict[str, int] = {}
    for found in tables.values():
        if len(tables) == 1 or share_of(route, set(found)) >= _WORTH_ANOTHER_TABLE:
            kept |= found
    run = _Run(route, kept)
    if kept and run.share >= ENOUGH:
        yield run


# -- where one form ends and the next begins ----------------------------------------------------------


def _cut(source: Source, runs: Sequence[_Run], lookup: Lookup) -> Iterator[Segment]:
    starts = []
    for number, run in enumerate(runs):
        before = runs[number - 1].span[1] + 1 if number else 0
        starts.append(_beginning(source, run, before, lookup, first=number == 0))
    for number, run in enumerate(runs):
        following = starts[number + 1] if number + 1 < len(runs) else len(source.pieces)
        yield Segment(starts[number], _last_of_sheet(source, run.span[1], following))


def _beginning(source: Source, run: _Run, before: int, lookup: Lookup, *, first: bool) -> int:
    """Give where a form begins: at its sheet's beginning, at its title, at the headings before it."""
    start = run.span[0]
    sheet = source.table(start)[0]
    if first or source.table(before)[0] != sheet:
        return next(index for index in range(before, start + 1) if source.table(index)[0] == sheet)
    titles = [one for one in run.route.headings if one.is_title and not one.template.wordless]
    for index in range(start - 1, before - 1, -1):
        if any(lookup.template(title.template, index) for title in titles):
            start = index
            break
    while start > before and _is_heading(run.route, start - 1, lookup):
        start -= 1
    return start


def _is_heading(route: Route, index: int, lookup: Lookup) -> bool:
    headings = (one.template for one in route.headings if not one.template.wordless)
    return any((match := lookup.template(template, index)) and match[0] == 1 for template in headings)


def _last_of_sheet(source: Source, last: int, following: int) -> int:
    """Give the end of the sheet that a form's last label is on; without sheets all up to the next form."""
    sheet = source.table(last)[0]
    if not sheet:
        return following
    return next((index for index in range(last, following) if source.table(index)[0] != sheet), following)
