"""Mistakes in the spending plan (资金支出计划): PL."""

from __future__ import annotations

import random

from bench.accuracy.planting import Plant, Planted, planted, put_field
from core.sheet.document import Document
from core.sheet.places import field_place

MONTHS = ("plan_march", "plan_june", "plan_october", "plan_december")


def _has_plan(document: Document) -> bool:
    return all(document.field(name) for name in MONTHS)


def quarters_in_place_of_sums(document: Document, chance: random.Random) -> Planted | None:
    """Each quarter's share, where the share until then is asked for: 25/50/25/100 in the paper's words."""
    if not _has_plan(document):
        return None
    shares = chance.choice(
        (("25", "25", "30", "20"), ("20.00", "30.00", "25.00", "25.00"), ("15", "35", "40", "10"))
    )
    for name, text in zip(MONTHS, shares, strict=True):
        put_field(document, name, text)
    return planted(document, "PL-01", *map(field_place, MONTHS))


PLANTS = (Plant("PL-01", "quarters in place of sums", "error", quarters_in_place_of_sums),)
