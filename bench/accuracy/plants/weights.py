"""Mistakes in weights and points (权重与分值): WT, and SE-23, which is WT-04 of self-evaluations."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from bench.accuracy.figures import typed_again
from bench.accuracy.planting import Plant, Planted, planted, put, put_field
from core.sheet.document import Document, Row
from core.sheet.numbers import parse_number
from core.sheet.places import Place

Weighed = list[tuple[Place, Decimal]]


def _tables(document: Document) -> list[tuple[str, list[Row]]]:
    """Give the rows of indicators with weights, those of each project by themselves."""
    found = []
    for path, table in document.form.tables.items():
        if table.role != "indicators" or "weight" not in table.columns:
            continue
        parents = [row.id for _, row in document.all_rows(table.parent)] if table.parent else [""]
        found += [(path, document.rows(path, parent)) for parent in parents]
    return [(path, rows) for path, rows in found if rows]


def _weighed(document: Document, chance: random.Random) -> tuple[list[Row], Weighed] | None:
    tables = _tables(document)
    if not tables:
        return None
    path, rows = chance.choice(tables)
    weights = [(Place(path, row.id, "weight"), parse_number(row.cells.get("weight", ""))) for row in rows]
    return rows, [(place, weight) for place, weight in weights if weight]


def _written(weight: Decimal) -> str:
    return f"{weight.normalize():f}"


def _one_weight(
    check: str, name: str, severity: str, texts: Callable[[Decimal, random.Random], str]
) -> Plant:
    """Make a plant that types one weight anew."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        found = _weighed(document, chance)
        if found is None:
            return None
        _, weights = found
        place, weight = chance.choice(weights)
        text = texts(weight, chance)
        if parse_number(text) == weight:
            return None
        put(document, place, text)
        typed_again(document, "score")
        return planted(document, check, *([place] if check == "WT-03" else [one for one, _ in weights]))

    return Plant(check, name, severity, put_it)


def _ten_more(weight: Decimal, chance: random.Random) -> str:
    """5 becomes 15."""
    return _written(weight + 20)


def _other_digit(weight: Decimal, chance: random.Random) -> str:
    return _written(
        weight + chance.choice((-3, -2, -1, 1, 2, 3, Decimal("0.5"))) if weight > 3 else weight + 2
    )


def _row_gone(document: Document, chance: random.Random) -> Planted | None:
    """A row is taken out and its weight not given to others."""
    found = _weighed(document, chance)
    if found is None or len(found[1]) < 4:
        return None
    _, weights = found
    gone, weight = chance.choice(weights)
    if weight == 10:
        return None  # the total may then be what the other places add up to, which is a warning
    level = document.text(gone._replace(column="level2"))
    alike = [one for one, _ in weights if document.text(one._replace(column="level2")) == level]
    if level and len(alike) < 2:
        return None  # then a whole level would be missing
    document.take_row(
        gone.table, document.parent_of(gone.table, gone.row), document.position(gone.table, gone.row)
    )
    typed_again(document, "score")
    return planted(document, "WT-01", *(one for one, _ in weights if one != gone))


def _as_elsewhere(document: Document, chance: random.Random) -> Planted | None:
    """A form of 90 points filled in with 100, where the form says that places differ."""
    setting = document.form.settings.get("weight_total")
    found = _weighed(document, chance)
    if found is None or not isinstance(setting, dict) or not setting.get("or"):
        return None
    weights = found[1]
    if sum(weight for _, weight in weights) != setting["value"]:
        return None
    place, weight = chance.choice(weights)
    put(document, place, _written(weight + 10))
    return planted(document, "WT-01", *(one for one, _ in weights))


def _moved(document: Document, chance: random.Random) -> Planted | None:
    """Points go from one first level to another; all together stay right."""
    found = _weighed(document, chance)
    if found is None:
        return None
    levels: dict[str, list[tuple[Place, Decimal]]] = {}
    for place, weight in found[1]:
        level = document.text(place._replace(column="level1"))
        if level:
            levels.setdefault(level, []).append((place, weight))
    if len(levels) < 3 or sum(weight for _, weight in found[1]) != 90:
        return None
    one, two = chance.sample(sorted(levels), 2)
    (source, much), (goal, less) = chance.choice(levels[one]), chance.choice(levels[two])
    step = Decimal(chance.choice((2, 3, 5)))
    if much <= step:
        return None
    put(document, source, _written(much - step))
    put(document, goal, _written(less + step))
    _scores_again(document)
    return planted(document, "WT-02", *(place for level in (one, two) for place, _ in levels[level]))


def _scores_again(document: Document) -> None:
    """Points follow the weights, those given by a person too."""
    for path, table in document.form.tables.items():
        if "score" in table.columns:
            for _, row in document.all_rows(path):
                if row.cells.get("operator") == "定性" and row.cells.get("score"):
                    put(document, Place(path, row.id, "score"), row.cells["weight"])
    typed_again(document)


def _stated(check: str, scored: bool) -> Plant:
    """Make a plant in which the heading of a first level states other points than its rows add up to."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        able = [(path, rows) for path, rows in _tables(document) if rows[0].cells.get("level1")]
        able = [one for one in able if ("score" in document.form.tables[one[0]].columns) is scored]
        if not able:
            return None
        path, rows = chance.choice(able)
        level = chance.choice(sorted({row.cells["level1"] for row in rows}))
        below = [row for row in rows if row.cells["level1"] == level]
        total = sum((parse_number(row.cells["weight"]) or Decimal(0) for row in below), Decimal(0))
        wrong = _written(total + chance.choice((-5, 5, 10)))
        heading = chance.choice(("{0}（{1}分）", "{0}({1}分)", "{0}（{1}）")).format(level, wrong)
        for row in below:
            put(document, Place(path, row.id, "level1"), heading)
        return planted(document, check, *(Place(path, row.id, "weight") for row in below))

    return Plant(check, "a heading states other points", "error", put_it)


def _too_heavy(document: Document, chance: random.Random) -> Planted | None:
    """One indicator has more than half of its level, or 40 and more."""
    found = _weighed(document, chance)
    if found is None:
        return None
    levels: dict[str, list[tuple[Place, Decimal]]] = {}
    for place, weight in found[1]:
        levels.setdefault(document.text(place._replace(column="level1")), []).append((place, weight))
    large = [
        rows for level, rows in levels.items() if level and len(rows) > 2 and sum(w for _, w in rows) >= 30
    ]
    if not large:
        return None
    rows = chance.choice(large)
    total = sum((weight for _, weight in rows), Decimal(0))
    heavy = chance.randrange(len(rows))
    for at, (place, _) in enumerate(rows):
        rest = len(rows) - 1
        put(document, place, _written(total - 2 * rest if at == heavy else Decimal(2)))
    _scores_again(document)
    return planted(document, "WT-05", rows[heavy][0])


def _rate_points(document: Document, chance: random.Random) -> Planted | None:
    """The points of the execution rate: 100 in the cell for 分值."""
    if "rate_weight" not in document.form.fields:
        return None
    return planted(
        document, "WT-06", put_field(document, "rate_weight", chance.choice(("100", "20", "5", "15")))
    )


PLANTS = (
    _one_weight("WT-01", "twenty more", "error", _ten_more),
    _one_weight("WT-01", "another digit", "error", _other_digit),
    Plant("WT-01", "a row gone", "error", _row_gone),
    Plant("WT-01", "100 where 90 is usual", "warning", _as_elsewhere),
    Plant("WT-02", "points moved between levels", "warning", _moved),
    _one_weight("WT-03", "blank", "error", lambda weight, chance: ""),
    _one_weight("WT-03", "nothing", "error", lambda weight, chance: chance.choice(("0", "0.0"))),
    _one_weight("WT-03", "below nothing", "error", lambda weight, chance: f"-{weight}"),
    _one_weight("WT-03", "three decimals", "error", lambda weight, chance: chance.choice(("3.333", "6.667"))),
    _one_weight(
        "WT-03", "in words", "error", lambda weight, chance: chance.choice(("十", "10分", "5%", "十分"))
    ),
    _stated("WT-04", scored=False),
    _stated("SE-23", scored=True),
    Plant("WT-05", "one too heavy", "hint", _too_heavy),
    Plant("WT-06", "other points for the rate", "error", _rate_points),
)
