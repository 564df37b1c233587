"""What was read, picture row by picture row: a visit is one row of the picture met once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.intake.align import Act, Step
from core.intake.pieces import Source
from core.intake.route import Route, Slot


@dataclass
class Placed:
    """A label or a value of the form with the pieces it was read from."""

    slot: Slot
    pieces: list[int]
    shift: int = 0
    text: str = ""


@dataclass
class Visit:
    """One picture row met once: what was read for it."""

    stretch: int
    placed: list[Placed] = field(default_factory=list)

    @property
    def pieces(self) -> list[int]:
        """All pieces read for it."""
        return sorted(index for one in self.placed for index in one.pieces)

    @property
    def is_shifted(self) -> bool:
        """Whether a value stands in another column than expected and no label beside it says which it is."""
        anchored = False
        for one in self.placed:
            if one.slot.field is None:
                anchored = True
            elif one.shift and not (anchored and not one.slot.table):
                return True
            else:
                anchored = False
        return False


def visits_of(route: Route, steps: Sequence[Step]) -> tuple[list[Visit], list[Step]]:
    """Give the picture rows that were met, and the steps that were taken for no part of one."""
    visits: list[Visit] = []
    others: list[Step] = []
    for step in steps:
        pieces = list(range(step.start, step.end))
        if step.act is Act.PUT:
            if step.begins or not visits:
                visits.append(Visit(step.stretch))
            slot = route.stretches[step.stretch].slots[step.slot]
            visits[-1].placed.append(Placed(slot, pieces, step.shift))
        elif step.act is Act.MORE:
            visits[-1].placed[-1].pieces += pieces
        else:
            others.append(step)
    return visits, others


def tables_of(source: Source, visit: Visit) -> tuple[str, int]:
    """Give the sheet and table of the file a visit stands in."""
    return source.table(visit.placed[0].pieces[0])
