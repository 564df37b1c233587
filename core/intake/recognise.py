"""Finds out which form and edition a text is, by the labels of the forms' pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.intake.lookup import LevelNames, Lookup
from core.intake.route import Route, known_levels
from core.intake.wording import fold_label

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


def wordings_of(routes: Iterable[Route], levels: LevelNames) -> set[str]:
    """Give everything that is looked for: the labels and numbers of these forms, and the level names."""
    routes = list(routes)
    wordings = {wording for route in routes for slot in route.labels for wording in slot.wordings}
    return wordings | {number_of(route) for route in routes} - {""} | levels.wordings


def number_of(route: Route) -> str:
    """Give the number of a form (表13), folded."""
    return fold_label(route.form.heading.number)


def recognise(
    lookup: Lookup, pieces: range, routes: Sequence[Route], levels: LevelNames
) -> Recognised | None:
    """Give the form that fits some pieces best, or None when there is no form to choose from.

    The best form has most of its labels there and explains most of the labels there. Between editions
    with the same labels the form's number and its level names decide, then the newest edition.
    """
    found = {wording for index in lookup.places if index in pieces for wording in lookup.at(index)}
    known = {wording for route in routes for slot in route.labels for wording in slot.wordings} & found
    scored = sorted(
        ((*_fit(route, found, known), _details(route, found, levels), route) for route in routes),
        key=lambda one: (one[1] + one[2] / 250, one[3].form.edition),
        reverse=True,
    )
    if not scored:
        return None
    share, _, details, route = scored[0]
    undecided = any(
        (other, more) == (share, details) and rival.form.form == route.form.form
        for other, _, more, rival in scored[1:]
    )
    return Recognised(route, share, undecided)


def _fit(route: Route, found: set[str], known: set[str]) -> tuple[float, float]:
    """Give the share of a form's labels that were found, and that share weighed with what it explains."""
    share = share_of(route, found)
    if not known:
        return share, share
    own = {wording for slot in route.labels for wording in slot.wordings}
    explained = len(known & own) / len(known)
    return share, 2 * share * explained / (share + explained) if share and explained else 0.0


def share_of(route: Route, found: set[str]) -> float:
    """Give the share of a form's labels that are among these wordings; other wordings count a little less."""
    labels = [slot for slot in route.labels if slot.says_something]
    points = 0.0
    for slot in labels:
        if slot.wordings[0] in found:
            points += 1
        elif any(wording in found for wording in slot.wordings):
            points += _ALIAS
    return points / len(labels) if labels else 0.0


def _details(route: Route, found: set[str], levels: LevelNames) -> float:
    """Give how well number and level names agree (0 … 2): they only decide between equal labels."""
    number = number_of(route)
    points = 1.0 if number and number in found else 0.0
    own = {
        levels.name(text, depth)
        for pairs in known_levels(route.form).values()
        for pair in pairs
        for depth, text in enumerate(pair, start=1)
    } - {""}
    printed = {levels.name(wording, depth) for wording in found for depth in (1, 2)} - {""}
    return points + (len(own & printed) / len(own | printed) if own and printed else 0.0)
