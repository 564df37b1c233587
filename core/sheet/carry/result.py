"""What a carry gives: the new document, what was left behind, and every liberty that was taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from core.sheet.document import Document
from core.sheet.places import Place


class Misfit(NamedTuple):
    """Why a text does not fit: the code of a sentence and what fills its places."""

    code: str
    params: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Left:
    """A text of the old document that is not in the new one; ``place`` is one of the old document."""

    place: Place
    text: str
    why: Misfit


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the clerk should know about what was carried; ``places`` are of the new document."""

    code: str
    places: tuple[Place, ...] = ()
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Carried:
    """A new document made from ``old``, what of the old one is not in it, and what was changed on the way."""

    old: Document
    document: Document
    left: tuple[Left, ...]
    remarks: tuple[Remark, ...]


class Remarks:
    """Collects remarks; those that say the same become one with all its places."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, tuple[tuple[str, object], ...]], list[Place]] = {}

    def add(self, code: str, *places: Place, **params: object) -> None:
        """Note a remark; ``params`` must be texts or numbers."""
        self._places.setdefault((code, tuple(params.items())), []).extend(places)

    def all(self) -> tuple[Remark, ...]:
        """Give them in the order in which they were first made."""
        return tuple(
            Remark(code, tuple(places), dict(params)) for (code, params), places in self._places.items()
        )
