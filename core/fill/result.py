"""What filling gives: the workbook, and everything that is not in it or not in it as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from core.sheet.document import Document
from core.sheet.places import Place


class Say(NamedTuple):
    """A sentence of this part: its code and what fills its places."""

    code: str
    params: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Left:
    """A text that was not written: its document (counted from 0), why, and where it should have stood."""

    document: int
    place: Place
    text: str
    why: Say
    where: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A text that was written otherwise than it was typed, and how."""

    document: int
    place: Place
    read: str
    written: str
    how: Say
    where: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something the clerk should know about the template."""

    what: Say
    where: str = ""


@dataclass(frozen=True)
class Filled:
    """A filled copy of a template, and what there is to say about it."""

    data: bytes
    documents: tuple[Document, ...]
    count: int
    """How many cells were written."""
    left: tuple[Left, ...]
    changed: tuple[Changed, ...]
    notes: tuple[Note, ...]

    @property
    def misfits(self) -> tuple[Left, ...]:
        """What has a cell in the template and did not fit there, or had no room."""
        return tuple(one for one in self.left if one.why.code not in WITHOUT_CELL)


WITHOUT_CELL = ("fill.no-cell-for-place", "fill.empty-row")
"""Why a text was left that the template simply does not ask for."""

ROWS_WITHOUT_ROOM = ("fill.no-room", "fill.no-labelled-row")
"""Why a whole row was left."""
