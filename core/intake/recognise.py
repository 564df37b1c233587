"""Finds out which form and edition a text is, by the labels of the forms' pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from core.intake.lookup import LevelNames, Lookup
from core.intake.pieces import Source
from core.intake.route import Route, known_levels
from core.intake.wording import fold

ENOUGH = 0.6
"""So large a share of a form's labels must be there for it to be recognised."""

ENOUGH_WHEN_TOLD = 0.2
"""The same when the form was named by the caller."""

_ALIAS = 0.8


@dataclass(frozen=True, slots=True)
class Recognised:
    """A form found, how sure (0 … 1), and whether another edition fits as well."""

    route: Route
    score: float
    undecided: bool = False


def recognise(source: Source, routes: Iterable[Route], levels: LevelNames) -> Recognised | None:
    """Give the form that fits best, or None when there is no form to choose from.

    Exact wordings count more than aliases; between editions with the same labels the form's number
    and its level names decide, then the newest edition.
    """
    routes = list(routes)
    wordings = {wording for route in routes for slot in route.labels for wording in slot.wordings}
    numbers = {fold(route.form.heading.number) for route in routes} - {""}
    found = Lookup(source, wordings | numbers | levels.wordings).all
    scored = sorted(
        ((_labels(route, found), _details(route, found, levels), route) for route in routes),
        key=lambda one: (one[0] + one[1] / 250, one[2].form.edition),
        reverse=True,
    )
    if not scored:
        return None
    share, details, route = scored[0]
    undecided = any(
        (other, more) == (share, details) and rival.form.form == route.form.form
        for other, more, rival in scored[1:]
    )
    return Recognised(route, share, undecided)


def _labels(route: Route, found: frozenset[str]) -> float:
    """Give the share of a form's labels that were found."""
    labels = route.labels
    points = 0.0
    for slot in labels:
        if slot.wordings[0] in found:
            points += 1
        elif any(wording in found for wording in slot.wordings):
            points += _ALIAS
    return points / len(labels) if labels else 0.0


def _details(route: Route, found: frozenset[str], levels: LevelNames) -> float:
    """Give how well number and level names agree (0 … 2): they only decide between equal labels."""
    number = fold(route.form.heading.number)
    points = 1.0 if number and number in found else 0.0
    own = {
        levels.name(text, depth)
        for pairs in known_levels(route.form).values()
        for pair in pairs
        for depth, text in enumerate(pair, start=1)
    } - {""}
    printed = {levels.name(wording, depth) for wording in found for depth in (1, 2)} - {""}
    return points + (len(own & printed) / len(own | printed) if own and printed else 0.0)


def columns_of(source: Source, route: Route) -> list[int]:
    """Give the column of the source for each grid column of the form, by where its labels stand.

    A column without a label of its own stands as far from its neighbour as on the form.
    """
    lookup: dict[str, list[int]] = {}
    for piece in source.pieces:
        if piece.column is not None:
            lookup.setdefault(fold(piece.text), []).append(piece.column)
    votes = sorted(
        (slot.column, column)
        for stretch in route.stretches
        for slot in stretch.slots
        for wording in slot.wordings
        for column in lookup.get(wording, ())
    )
    chosen: dict[int, int] = {}
    for grid, group in groupby(votes, key=lambda vote: vote[0]):
        columns = [column for _, column in group]
        chosen[grid] = max(sorted(set(columns)), key=lambda one: (columns.count(one), one == grid))
    offset, found = 0, []
    for grid in range(len(route.form.page.columns)):
        offset = chosen[grid] - grid if grid in chosen else offset
        found.append(grid + offset)
    return found
