"""Puts a row of amounts that lost a cell back into its columns, where the published totals prove it.

A row without labels cannot tell by itself that it stands one column aside; the totals of the form
can. Only a reading in which they all agree is taken, and it is told as a repair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.intake.align import Act, Step
from core.intake.route import Route, Stretch
from core.sheet.compute import Computation
from core.sheet.document import Document
from core.sheet.numbers import parse_number
from core.sheet.places import field_place

_FARTHEST = 3
_ADDED_UP = ("money", "number", "weight")


@dataclass(frozen=True, slots=True)
class Settled:
    """The steps as they should be, and the first pieces of the rows that were moved."""

    steps: list[Step]
    moved: frozenset[int]


def settle(route: Route, steps: Sequence[Step], read: Callable[[Sequence[Step]], Document]) -> Settled:
    """Move rows of amounts to where their totals agree; ``read`` makes the document that steps tell."""
    kept, moved = list(steps), set()
    rows = [row for row in _rows(route, kept) if len(row) > 1]
    if rows and any(_disagreeing(read(kept))):
        for row in rows:
            better = _better(route, kept, row, read)
            if better is not None:
                kept = better
                moved.add(kept[row[0]].start)
    return Settled(kept, frozenset(moved))


def _rows(route: Route, steps: Sequence[Step]) -> Iterator[list[int]]:
    """Give the rows that have nothing but amounts: the numbers of their steps."""
    row: list[int] = []
    for number, step in enumerate([*steps, Step(Act.JUNK, 0, 0)]):
        if step.act is not Act.PUT or step.begins:
            if row:
                yield row
            row = []
        if step.act is Act.PUT and (row or step.begins):
            slots = route.stretches[step.stretch].slots
            if all(slot.field is not None and slot.field.numeric and not slot.table for slot in slots):
                row.append(number)


def _better(
    route: Route, steps: list[Step], row: Sequence[int], read: Callable[[Sequence[Step]], Document]
) -> list[Step] | None:
    """Give the steps with a row moved to the only place where its totals agree."""
    stretch = route.stretches[steps[row[0]].stretch]
    names = {slot.name for slot in stretch.slots}
    if not set(_disagreeing(read(steps))) & _about(route, names):
        return None
    fitting = []
    for aside in range(-_FARTHEST, _FARTHEST + 1):
        moved = _moved(stretch, steps, row, aside) if aside else None
        if moved is not None and _agrees(read(moved), _about(route, names)):
            fitting.append(moved)
    return fitting[0] if len(fitting) == 1 else None


def _moved(stretch: Stretch, steps: list[Step], row: Sequence[int], aside: int) -> list[Step] | None:
    """Give the steps with a row some grid columns to the left, None where it does not fit."""
    at = {slot.column: place for place, slot in enumerate(stretch.slots)}
    moved = list(steps)
    for number in row:
        step = steps[number]
        place = at.get(stretch.slots[step.slot].column - aside)
        if place is None:
            return None
        moved[number] = step._replace(slot=place, shift=step.shift + aside)
    return moved


def _about(route: Route, names: set[str]) -> set[str]:
    """Give the computed fields that are in a row or read one of its fields."""
    found = set()
    for name, field in route.form.fields.items():
        if field.compute and (name in names or any(other in field.compute for other in names)):
            found.add(name)
    return found


def _disagreeing(document: Document) -> Iterator[str]:
    """Give the totals that are printed otherwise than their parts add up."""
    for name, printed, worked_out in _totals(document):
        if worked_out is not None and printed != worked_out:
            yield name


def _agrees(document: Document, names: set[str]) -> bool:
    """Whether none of these totals disagrees and one that is not nothing agrees."""
    totals = [one for one in _totals(document) if one[0] in names]
    return all(printed == worked for _, printed, worked in totals) and any(one[1] for one in totals)


def _totals(document: Document) -> Iterator[tuple[str, Decimal, Decimal | None]]:
    """Give each computed figure that is printed: its field, as printed, as its parts make it."""
    computation = Computation(document)
    for name, field in document.form.fields.items():
        printed = parse_number(document.field(name)) if field.compute and field.kind in _ADDED_UP else None
        if printed is not None:
            yield name, printed, computation.value(field_place(name))
