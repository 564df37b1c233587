"""Figures as clerks mistype them, and how they stand in a document."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import pairwise

from bench.accuracy.filling import shown
from core.sheet.compute import Computation
from core.sheet.document import Document
from core.sheet.numbers import parse_number
from core.sheet.places import Place, field_place


def number(document: Document, place: Place) -> Decimal | None:
    """Give the number typed at a place."""
    return parse_number(document.text(place).removesuffix("%"))


def own(document: Document, name: str) -> str:
    """Give the figure of a computed field as a clerk writes it, ``""`` when there is none."""
    value = Computation(document).value(field_place(name))
    return shown(value, document.form.fields[name], document.form) if value is not None else ""


def like(text: str, figure: Decimal) -> str:
    """Give a figure written as another one was: decimals, separators, percent sign."""
    bare = text.removesuffix("%")
    decimals = len(bare.partition(".")[2])
    written = f"{figure:,.{decimals}f}" if "," in bare or bare == "" else f"{figure:.{decimals}f}"
    return written + ("%" if text.endswith("%") else "")


def transposed(text: str, chance: random.Random) -> str:
    """Give a figure with two neighbouring digits exchanged; with one mistyped where that changes nothing."""
    digits = [index for index, char in enumerate(text) if char.isdigit()]
    pairs = [
        (one, two)
        for one, two in pairwise(digits)
        if text[one] != text[two] and not (one == 0 and text[two] == "0")
    ]
    if not pairs:
        return mistyped(text, chance)
    one, two = chance.choice(pairs)
    chars = list(text)
    chars[one], chars[two] = chars[two], chars[one]
    return "".join(chars)


def mistyped(text: str, chance: random.Random) -> str:
    """Give a figure with one of its digits typed wrong."""
    digits = [index for index, char in enumerate(text) if char.isdigit()]
    index = chance.choice(digits)
    others = [digit for digit in "123456789" if digit != text[index]]
    return text[:index] + chance.choice(others) + text[index + 1 :]


def times_ten_thousand(text: str) -> str:
    """Give an amount in 万元 as it is in 元."""
    figure = parse_number(text) or Decimal(0)
    return like(text, figure * 10_000)


def typed_again(document: Document, *but: str) -> None:
    """Type every computed figure anew where it is typed, so that one mistake is left; ``but`` some columns.

    Points that a person gives because no figure comes out stay.
    """
    places = [place for place in document.places() if _is_computed(document, place)]
    places = [place for place in places if place.column not in but]
    computation = Computation(document)
    for place in places:
        value = computation.value(place)
        field = document.form.column(place.table, place.column)
        assert field is not None
        if value is not None:
            document.set_text(place, shown(value, field, document.form))
        elif not field.open:
            document.set_text(place, "")


def _is_computed(document: Document, place: Place) -> bool:
    field = document.form.column(place.table, place.column)
    return field is not None and bool(field.compute)
