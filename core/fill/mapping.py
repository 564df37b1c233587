"""A map (填表对照): which cell or column of a template takes which place of a form, and how.

Read from TOML by ``map_file``, drafted by ``draft``; how it is written is told in docs/fill.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from core.fill.sheet_xml import Spot
from core.sheet.definition import Field, Form
from core.sheet.places import FACTS

DOCUMENT = "document"
"""What ``each`` says of a list with one row for each document."""
NUMBER = "#"
"""The place that is the number of the row in its list."""
OPEN = "?"
"""The place of what is still to be decided."""
PARTS = ("operator", "number", "unit", "rest", "joined")
UNITS = ("元", "万元")

_INDEX = re.compile(r"\[[0-9]{1,6}\]")


@dataclass(frozen=True, slots=True)
class Source:
    """What a cell or column takes.

    ``place`` is a place of the form, ``#``, ``?`` or (with ``fixed``, or for a cell that stays blank) empty.
    ``part`` takes an indicator value apart (``rest``: what has no cell of its own) or joins it; ``unit`` is
    the unit of an amount there; ``words`` says what to write for a text. ``printed``: it stands there already
    and says which row a line belongs to; ``behind``: the text goes behind the words that stand there;
    ``replace``: instead of them.
    """

    place: str = ""
    part: str = ""
    unit: str = ""
    decimals: int | None = None
    limit: int | None = None
    date: str = ""
    kind: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    fixed: str = ""
    printed: bool = False
    behind: bool = False
    replace: bool = False

    @property
    def writes(self) -> bool:
        """Whether anything is to be written for it."""
        return bool(self.place or self.fixed) and not self.printed

    @property
    def is_open(self) -> bool:
        """Whether a person still has to decide about it."""
        return OPEN in (self.place, self.unit)


@dataclass(frozen=True, slots=True)
class ListMap:
    """Rows from ``first`` to ``last`` (None: as far as the template is blank), one for ``each`` of something.

    ``each`` is the path of a table, or ``document``; ``columns`` are the sources by column from 0.
    """

    each: str
    first: int
    last: int | None = None
    columns: Mapping[int, Source] = field(default_factory=dict)

    @property
    def printed(self) -> dict[int, Source]:
        """The columns that stand in the template already."""
        return {column: source for column, source in self.columns.items() if source.printed}


@dataclass(frozen=True, slots=True)
class SheetMap:
    """One worksheet: single cells, and lists."""

    name: str
    cells: Mapping[Spot, Source] = field(default_factory=dict)
    lists: tuple[ListMap, ...] = ()


@dataclass(frozen=True, slots=True)
class Map:
    """A whole map; ``together``: all documents go into one copy of the template, else each has its own."""

    form: str
    edition: str = ""
    together: bool = False
    sheets: tuple[SheetMap, ...] = ()
    file: str = ""
    """What it is called in messages."""

    def sources(self) -> Iterator[Source]:
        """Give every cell's and column's source."""
        for sheet in self.sheets:
            yield from sheet.cells.values()
            for one in sheet.lists:
                yield from one.columns.values()


def split_place(place: str) -> tuple[str, str]:
    """Give table and column of a place as maps write it (``tasks.steps.what``, ``tasks[2].funds``)."""
    if place in FACTS:
        return "", place
    table, _, column = _INDEX.sub("", place).rpartition(".")
    return table, column


def field_of(form: Form, place: str) -> Field | None:
    """Give the field, fact or column a place of a map means, None when the form has none."""
    table, column = split_place(place)
    if not table and column in FACTS:
        return Field(column, column)
    return form.column(table, column)


def is_at_hand(place: str, each: str) -> bool:
    """Whether a row of a list has one text for a place: a field, or a column of its table or an outer one."""
    table, _ = split_place(place)
    return not table or each == table or each.startswith(table + ".")
