"""What an import could not place and what it repaired, as a person reads it: by row, the same said once."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.sheet.document import Document
from core.sheet.errors import RefusedError
from core.sheet.places import Place
from ui.as_read import Found, Spot
from ui.tools import Tools

if TYPE_CHECKING:
    from core.intake.pieces import Where
    from core.intake.reading import Repair

UNPLACED, REPAIRED = "▲", "○"
FOLDED = {"filled": "import-filled", "added": "import-added"}
"""Repairs of which there are many alike: one line tells of all."""


@dataclass(frozen=True)
class Remark:
    """One line of the report: what stood where, and what became of it.

    ``places`` are counted places of the document with this number; ``spots`` lines of the file.
    """

    sign: str
    where: str
    read: str
    made: str
    spots: frozenset[Spot]
    places: tuple[str, ...] = ()
    document: int = 0
    folded: bool = False
    """Whether it tells of many alike that nobody looks at one by one."""

    def places_in(self, number: int, document: Document) -> list[Place]:
        """Give its places in a document."""
        if self.document != number:
            return []
        found = []
        for counted in self.places:
            try:
                found.append(document.place(counted))
            except RefusedError:
                continue  # a place that a later repair took away
        return found


def remarks_of(found: Found, tools: Tools) -> list[Remark]:
    """Give the report: what has no place first, then repairs, in the order of the file."""
    from core.intake.reading import told_unplaced, told_where

    messages, words = tools.messages, tools.words
    remarks = [
        Remark(
            UNPLACED,
            told_where(one.where, messages),
            told_unplaced(one, messages),
            words("import-left"),
            _spots(one.where),
        )
        for one in found.unplaced
    ]
    groups: dict[Hashable, list[Repair]] = {}
    for repair in found.repairs:
        said = () if str(repair.kind) in FOLDED else (repair.read, repair.made)
        # What holds for the whole file is said once, not for each of its forms.
        of = repair.document if repair.where.line else -1
        key = (repair.kind, repair.where.sheet, repair.where.table, of, said)
        groups.setdefault(key, []).append(repair)
    return remarks + [_together(group, tools) for group in groups.values()]


def _together(group: list[Repair], tools: Tools) -> Remark:
    from core.intake.reading import told_repair, told_where

    first, words = group[0], tools.words
    where, read, made = (
        told_where(first.where, tools.messages),
        first.read,
        told_repair(first, tools.messages),
    )
    folded = str(first.kind) in FOLDED
    if len(group) > 1 and first.where.line:
        where = words("import-and-more", where=where, count=len(group))
    if len(group) > 1 and folded:
        read, made = "", words(FOLDED[str(first.kind)], count=len(group))
    spots = frozenset(spot for one in group for spot in _spots(one.where))
    places = tuple(place for one in group for place in one.places)
    return Remark(REPAIRED, where, read, made, spots, places, first.document, folded)


def _spots(where: Where) -> frozenset[Spot]:
    lines = range(where.line, max(where.line, where.last) + 1) if where.line else range(0)
    return frozenset((where.sheet, where.table, line) for line in lines)
