"""The same mistakes where other cells betray them: last year's result beside a target, the aim of a task."""

from __future__ import annotations

import random

from bench.accuracy.indicator_rows import COUNTED, Figure, free_name, replace_row, top_spots, type_value
from bench.accuracy.planting import Plant, Planted
from core.sheet.document import Document
from core.sheet.places import Place

LAST = "last_value"
AIMS = (
    ("走访困难职工户数", Figure("≥", "260", "户"), "走访困难职工320户"),
    ("编印普法手册册数", Figure("≥", "4800", "册"), "编印普法手册5,400册以上"),
    ("开展应急演练场次", Figure("≥", "14", "场"), "全年开展应急演练18场"),
)
"""An indicator, its value, and what a task says instead."""


def _far_from_the_last(document: Document, chance: random.Random) -> Planted | None:
    """A hundred times what was reached last year: two zeros too many, or too few."""
    able = [
        spot
        for spot in top_spots(document, COUNTED)
        if spot.has(LAST)
        and spot.figure.number.isdigit()
        and spot.row.cells.get(LAST, "").removesuffix(spot.figure.unit).isdigit()
    ]
    if not able:
        return None
    spot = chance.choice(able)
    sign, number, unit = spot.figure
    places = type_value(spot, sign, f"{number}00", unit)
    return Planted("IV-21", frozenset(places))


def _unlike_its_task(document: Document, chance: random.Random) -> Planted | None:
    """A task aims at more than the indicator of the same words."""
    if "tasks" not in document.form.tables or "goal" not in document.form.tables["tasks"].columns:
        return None
    tasks = [row for row in document.rows("tasks") if row.cells.get("goal")]
    rows = top_spots(document, COUNTED)
    name, figure, says = chance.choice(AIMS)
    if not tasks or not rows or not free_name(document, name):
        return None
    places = replace_row(chance.choice(rows), name, figure)
    task = chance.choice(tasks)
    place = Place("tasks", task.id, "goal")
    document.set_text(place, f"{task.cells['goal'].rstrip('。；')}；{says}。")
    return Planted("IX-16", places | {document.counted(place)})


PLANTS = (
    Plant("IV-21", "two zeros too many beside last year's result", "warning", _far_from_the_last),
    Plant("IX-16", "a task aims at another figure", "warning", _unlike_its_task),
)
