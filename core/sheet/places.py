"""The address of one value (位置).

Inside the program a place names its row by the row's stable id; in files, messages and on the
command line rows are counted from 1 (``tasks[2].funds``). ``Document`` converts between the two.
"""

from __future__ import annotations

from typing import NamedTuple

FACTS = ("year", "stage", "unit.name", "unit.code")
"""Places of every document that are no field of its form (ruling 5)."""


class Place(NamedTuple):
    """One value: a field or fact (``table`` and ``row`` empty) or a cell of a table row.

    ``table`` is a dotted path for a table inside a row (``tasks.key_indicators``); ``row`` is the
    id of the row that holds the cell.
    """

    table: str
    row: str
    column: str


def field_place(name: str) -> Place:
    """Give the place of a field or a fact."""
    return Place("", "", name)
