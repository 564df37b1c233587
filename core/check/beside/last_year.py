"""What stood at a place last year, for the line below the sheet: the figure and how much it changed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from core.check.beside.precedent import precedent
from core.check.context import Context, Counterpart, name_key
from core.check.rules.amount_reading import POWERS
from core.sheet.compute import Computation
from core.sheet.definition import Field
from core.sheet.document import Document
from core.sheet.numbers import round_half_up, shown_computed
from core.sheet.places import Place

KINDS = ("money", "percent", "number", "value")
"""What is compared: other texts are too long for a line, or say nothing from year to year."""


class LastYear(NamedTuple):
    """Last year's text as this year's form would show it, and the change as a share (0.026 is 2.6 % more).

    ``change`` is None where one of the two is no number, or last year's was nothing.
    """

    text: str
    change: Decimal | None


def last_year(context: Context, computation: Computation, place: Place) -> LastYear | None:
    """Give what stood at a place of ``computation.document`` last year, None where nothing did."""
    document = computation.document
    field = document.form.column(place.table, place.column)
    other = context.related("last-year")
    if other is None or field is None or field.kind not in KINDS:
        return None
    for old in _shapes(other, document, context):
        column = old.form.column(place.table, place.column)
        if column is not None and column.kind == field.kind:
            then = _same_place(other, old, place, document)
            found = _told(other, old, then, field, computation, place) if then is not None else None
            if found is not None:
                return found
    return None


def _shapes(other: Counterpart, document: Document, context: Context) -> Iterator[Document]:
    """Last year's document as it is, then as it would be carried over into this year's form."""
    yield other.document
    carried = precedent(other, document.form, document.stage, context).document
    if carried is not None:
        yield carried


def _same_place(other: Counterpart, old: Document, place: Place, document: Document) -> Place | None:
    """Give the same field, or the same column of the one row of the same name."""
    if not place.table:
        return place
    row = document.row(place.table, place.row)
    name = name_key(row.cells.get("name", "")) if row is not None else ""
    key = "rows by name", old, place.table
    if key not in other.memo:
        ids: dict[str, str] = {}
        for _, one in old.all_rows(place.table) if place.table in old.form.tables else ():
            known = name_key(one.cells.get("name", ""))
            ids[known] = "" if known in ids else one.id  # of several of one name none is meant
        other.memo[key] = ids
    found = other.memo[key].get(name, "") if name else ""
    return place._replace(row=found) if found else None


def _told(
    other: Counterpart, old: Document, then: Place, field: Field, computation: Computation, place: Place
) -> LastYear | None:
    if field.kind == "value":
        table = old.form.tables.get(then.table)
        parts = table.value_parts if table is not None else None
        sign, unit = (old.text(then._replace(column=name)) if name else "" for name in parts or ("", ""))
        text = old.text(then)
        return LastYear(f"{sign}{text}{unit}", None) if text else None
    key = "figures", old
    if key not in other.memo:
        other.memo[key] = Computation(old)
    before: Decimal | None = other.memo[key].number(then)
    if before is None:
        return None
    money = computation.document.form.money
    if field.kind == "money":
        before = before.scaleb(POWERS[old.form.money.unit] - POWERS[money.unit])
    text = shown_computed(before, field, money)
    if field.kind == "money" and round_half_up(before, money.decimals) != before:
        text = f"{before.normalize():f}"  # more decimals than the form has: nothing is rounded in silence
    now = computation.number(place)
    change = (now - before) / before if now is not None and before > 0 else None
    return LastYear(text, change)
