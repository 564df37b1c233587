"""Makers of plants about texts: a sentence put among others, a text put in place of one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence

from bench.accuracy.planting import Plant, Planted
from core.sheet.document import Document
from core.sheet.places import Place

PROSE = (
    "goal",
    "content",
    "summary",
    "grounds",
    "feasibility",
    "necessity",
    "use",
    "process",
    "goal_actual",
    "conclusion",
    "problems",
    "improvements",
    "overall",
    "key_projects",
    "safeguards",
    "sub_goals",
    "actual",
    "funds_reason",
    "rate_reason",
)
"""Fields and columns for texts of several sentences."""

Fits = Callable[[Document, Place], bool]
Change = Callable[[str, random.Random], str]
_ENDS = re.compile("(?<=[。；])")


def texts(document: Document, names: Sequence[str] = PROSE, shortest: int = 12) -> list[Place]:
    """Give the places of texts a clerk wrote in sentences."""
    found = []
    for place in document.places():
        field = document.form.column(place.table, place.column)
        if field is None or field.kind != "text" or place.column not in names:
            continue
        if place.table and document.form.tables[place.table].role == "indicators":
            continue
        if len(document.text(place)) >= shortest:
            found.append(place)
    return found


def room(document: Document, place: Place) -> int:
    """Give how many more characters a text may have."""
    field = document.form.column(place.table, place.column)
    limit = field.limit if field is not None and field.limit is not None else 2000
    return limit - len(document.text(place))


def clauses(text: str) -> list[str]:
    """Give the sentences and clauses of a text without the marks between them."""
    return [part.strip() for part in re.split("[。；\n]", text) if part.strip()]


def put_in(text: str, sentence: str, chance: random.Random) -> str:
    """Put a sentence at the beginning, at the end or between two sentences."""
    parts = [part for part in _ENDS.split(text) if part]
    if parts and parts[-1][-1] not in "。；":
        parts[-1] += "。"
    parts.insert(chance.randint(0, len(parts)), sentence)
    return "".join(parts)


def sentence(
    check: str,
    name: str,
    severity: str,
    sentences: Iterable[str],
    *,
    names: Sequence[str] = PROSE,
    fits: Fits | None = None,
) -> Plant:
    """Make a plant that puts one of some sentences into a text; ``{year}`` is the budget year."""
    sentences = tuple(sentences)

    def put(document: Document, chance: random.Random) -> Planted | None:
        said = chance.choice(sentences).format(year=document.year or 2025)
        found = [
            place
            for place in texts(document, names)
            if room(document, place) > len(said) + 1 and (fits is None or fits(document, place))
        ]
        if not found:
            return None
        place = chance.choice(found)
        document.set_text(place, put_in(document.text(place), said, chance))
        return Planted(check, frozenset((document.counted(place),)))

    return Plant(check, name, severity, put)


def changed(
    check: str,
    name: str,
    severity: str,
    change: Change,
    *,
    names: Sequence[str] = PROSE,
    shortest: int = 12,
    fits: Fits | None = None,
) -> Plant:
    """Make a plant that types a text otherwise, where that changes anything and stays within the limit."""

    def put(document: Document, chance: random.Random) -> Planted | None:
        found = texts(document, names, shortest)
        for place in chance.sample(found, len(found)):
            text = document.text(place)
            new = change(text, chance)
            if new != text and len(new) - len(text) <= room(document, place):
                if fits is not None and not fits(document, place):
                    continue
                document.set_text(place, new)
                return Planted(check, frozenset((document.counted(place),)))
        return None

    return Plant(check, name, severity, put)
