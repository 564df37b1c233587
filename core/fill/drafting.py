"""What a draft is made of: matches taken down column by column, and what is open about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.fill.blanks import Printed
from core.fill.labels import Want, limit_in, unit_in
from core.fill.mapping import OPEN, Map, Source
from core.fill.matching import Match
from core.fill.result import Say
from core.fill.sheet_xml import Spot


@dataclass(frozen=True, slots=True)
class Open:
    """Something a person should look at; ``required`` when nothing can be filled before it is decided."""

    where: str
    what: Say
    required: bool = False


@dataclass(frozen=True)
class Draft:
    """A drafted map, the template's words for each cell and column, and what is open.

    ``labels`` go by sheet and cell; a column goes by the first cell of its list.
    """

    map: Map
    labels: Mapping[tuple[str, Spot], str]
    opens: tuple[Open, ...]


@dataclass
class Run:
    """The rows in which cells of one column ask for one place, under one header."""

    want: Want
    column: int
    header: Printed
    matches: dict[int, Match] = field(default_factory=dict)

    @property
    def under(self) -> int:
        """The first row."""
        return min(self.matches)


def source_for(want: Want, match: Match, stated: set[str]) -> Source:
    """Give the source for what a cell asks for: its place, the unit there, how long it may be."""
    blank = match.blank
    own = (blank.top if match.above else blank.left)[:1]
    around = (*blank.top, *blank.left)
    limit = limit_in(own[0].text) if own and want.field.kind != "money" else None
    unit = _unit(own, around, stated) if want.field.kind == "money" else ""
    return Source(want.place, unit=unit, limit=limit)


def _unit(own: Iterable[Printed], around: Iterable[Printed], stated: set[str]) -> str:
    """Give the unit in which a template takes an amount: as its label says, those around it, or the sheet.

    ``?`` when nothing says it, or both are said.
    """
    for found in (_units(own), _units(around), stated):
        if found:
            return next(iter(found)) if len(found) == 1 else OPEN
    return OPEN


def _units(labels: Iterable[Printed]) -> set[str]:
    return {unit for label in labels if (unit := unit_in(label.text))}
