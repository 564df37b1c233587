"""What a planted mistake is: how it is put into a clean document, and what it says it did.

A plant is written from the catalogue of rules (what a clerk does wrong), never from a rule's code.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from core.check.context import Counterpart
from core.sheet.document import Document, Row
from core.sheet.places import Place, field_place

SEVERITIES = ("error", "warning", "hint")


class Planted(NamedTuple):
    """What was done: the check that should speak, and the counted places any of which is the right cell.

    ``others`` are documents to compare with, in place of those the clean document came with; ``kit`` is what
    the bureau states beyond the clean document's kit.
    """

    check: str
    places: frozenset[str]
    others: tuple[Counterpart, ...] = ()
    kit: Mapping[str, Any] = {}


class Plant(NamedTuple):
    """One way in which a clerk goes wrong.

    ``put`` edits the document it is given (a private copy of a clean one) and says what it did, or gives
    None, leaving it alone, where the mistake does not fit. ``severity`` is how grave the catalogue calls it.
    """

    check: str
    name: str
    severity: str
    put: Callable[[Document, random.Random], Planted | None]


def planted(document: Document, check: str, *places: Place) -> Planted:
    """Say that a mistake was put at these places."""
    return Planted(check, frozenset(document.counted(place) for place in places))


def spots(document: Document, *names: str, kind: str = "", role: str | None = None) -> list[Place]:
    """Give the filled places of fields and columns with one of these names, or of a kind.

    ``role`` leaves only columns of tables with that role (``""``: only fields).
    """
    return [place for place in document.places() if _is_meant(document, place, names, kind, role)]


def _is_meant(document: Document, place: Place, names: tuple[str, ...], kind: str, role: str | None) -> bool:
    field = document.form.column(place.table, place.column)
    if field is None or (names and field.name not in names) or (kind and field.kind != kind):
        return False
    return role is None or role == ((document.form.tables[place.table].role or "") if place.table else "")


def indicators(document: Document) -> Iterator[tuple[str, Row]]:
    """Give every filled row of every table of indicators, with the table's path."""
    for path, table in document.form.tables.items():
        if table.role == "indicators":
            for _, row in document.all_rows(path):
                if document.has_data(path, row):
                    yield path, row


def put(document: Document, place: Place, text: str) -> Place:
    """Type a text at a place; ``""`` empties it."""
    document.set_text(place, text)
    return place


def put_field(document: Document, name: str, text: str) -> Place:
    """Type a text into a field."""
    return put(document, field_place(name), text)
