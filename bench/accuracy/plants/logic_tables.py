"""Mistakes in what a form's indicators say together: IX-06 to IX-09, IX-11 to IX-13, IX-19."""

from __future__ import annotations

import random
from decimal import ROUND_DOWN, Decimal

from bench.accuracy.indicator_rows import (
    COST,
    COUNTED,
    EFFECTS,
    OUTPUTS,
    QUALITY,
    QUANTITY,
    SATISFACTION,
    TIMELINESS,
    Figure,
    Spot,
    any_spot,
    free_name,
    rename,
    replace_row,
    take_out,
    top_spots,
    where,
)
from bench.accuracy.planting import Plant, Planted
from bench.accuracy.planting_rows import Put
from core.sheet.compute import Computation
from core.sheet.document import ROOT, Document, Row, new_row_id
from core.sheet.places import field_place

# IX-06, IX-07: names twice --------------------------------------------------


def _twice(*patterns: str, other_level: bool = False) -> Put:
    """Give a row the name of another one of its table, as it is or a little otherwise."""

    def put(document: Document, chance: random.Random) -> Planted | None:
        found = [
            (one, other)
            for one in top_spots(document)
            for other in top_spots(document)
            if one.row is not other.row and one.figure.unit == other.figure.unit != ""
            if (one.sort != other.sort) == other_level
        ]
        if not found:
            return None
        one, other = chance.choice(found)
        other.put("name", chance.choice(patterns).format(one.name))
        return Planted("IX-06", one.places("name") | other.places("name"))

    return put


def _nearly_twice(document: Document, chance: random.Random) -> Planted | None:
    """The same thing under two names with two figures."""
    pairs = (
        ("全年矛盾纠纷调解数", "矛盾纠纷调解数量", "件", "300", "320"),
        ("培训基层干部人数", "年度培训基层干部的人数", "人", "120", "150"),
        ("开展普法宣传场次", "全镇普法宣传场次", "场", "24", "20"),
        ("慰问困难群众户数", "全年慰问困难群众的户数", "户", "90", "120"),
        ("完成安全隐患整改数", "安全隐患整改数量", "处", "60", "45"),
    )
    rows = top_spots(document, COUNTED)
    if len(rows) < 2:
        return None
    one, other = chance.sample(rows, 2)
    first, second, unit, few, many = chance.choice(pairs)
    if not free_name(document, first):
        return None
    replace_row(one, first, Figure("≥", few, unit))
    replace_row(other, second, Figure("≥", many, unit))
    return Planted("IX-07", one.places("name", "value") | other.places("name", "value"))


TWICE = (
    Plant("IX-06", "the same name", "error", _twice("{}")),
    Plant("IX-06", "the same name and a mark", "error", _twice("{}。", "{} ", "{}；")),
    Plant("IX-06", "the same name in another level", "error", _twice("{}", other_level=True)),
    Plant("IX-07", "nearly the same name", "warning", _nearly_twice),
)


# IX-08, IX-09: what is not measured --------------------------------------------------


def _without(check: str, sorts: tuple[str, ...]) -> Put:
    """Take out all rows of some sorts."""

    def put(document: Document, _chance: random.Random) -> Planted | None:
        form = document.form
        levels = "indicators" in form.tables and "level2" in form.tables["indicators"].columns
        if not levels or document.stage == "调整":
            return None
        gone = top_spots(document, sorts)
        if not gone or "weight" in form.tables["indicators"].columns:
            return None
        block = any("成本" in pair[0] for pair in form.tables["indicators"].always)
        if sorts == (COST,) and not (block or form.about.name):
            return None  # a department's form has costs only where the form has the block
        for spot in gone:
            take_out(spot)
        left = top_spots(document)
        return Planted(check, where(left, "level1", "level2", "name")) if left else None

    return put


def _moved(check: str, sort: str, to: tuple[str, str]) -> Put:
    """Put all rows of one second level under another one, weights and all."""

    def put(document: Document, _chance: random.Random) -> Planted | None:
        rows = [spot for spot in top_spots(document, (sort,)) if spot.has("level2")]
        if not rows or document.stage == "调整":
            return None
        levels = [
            spot.row.cells["level2"]
            for spot in top_spots(document)
            if to[0] in spot.row.cells.get("level2", "")
        ]
        for spot in rows:
            spot.put("level2", levels[0] if levels else to[1])
        return Planted(check, where(top_spots(document), "level1", "level2", "name"))

    return put


DIMENSIONS = (
    Plant("IX-08", "no quantity", "error", _without("IX-08", (QUANTITY,))),
    Plant("IX-08", "no effects", "error", _without("IX-08", EFFECTS)),
    Plant("IX-08", "no quality", "warning", _without("IX-08", (QUALITY,))),
    Plant("IX-08", "nobody asked", "warning", _without("IX-08", (SATISFACTION,))),
    Plant("IX-08", "no time", "hint", _without("IX-08", (TIMELINESS,))),
    Plant("IX-08", "quality put under time", "warning", _moved("IX-08", QUALITY, (TIMELINESS, "时效指标"))),
    Plant("IX-09", "no cost", "warning", _without("IX-09", (COST,))),
)


# IX-11: costs and the budget --------------------------------------------------

_WAN = {"万元": Decimal(1), "元": Decimal(10000)}


def _budget(document: Document) -> Decimal | None:
    """The budget of a form of one project, in 万元."""
    about = document.form.about
    if not about.name or not about.amount:
        return None
    number = Computation(document).number(field_place(about.amount))
    return number / _WAN[document.form.money.unit] if number else None


def _cost_row(document: Document, chance: random.Random) -> Spot | None:
    rows = top_spots(document, (COST,))
    return chance.choice(rows) if len(rows) == 1 else None


def _whole_cost(*names: str, share: str = "", cut: bool = False) -> Put:
    """Give the one cost of a project another ceiling than its budget."""

    def put(document: Document, chance: random.Random) -> Planted | None:
        budget, spot = _budget(document), _cost_row(document, chance)
        if budget is None or spot is None:
            return None
        rough = budget.quantize(Decimal("0.1" if budget < 100 else "1"), ROUND_DOWN)
        number = rough if cut else (budget * Decimal(share)).quantize(Decimal("0.01"))
        if number == budget or (cut and number == 0):
            return None
        places = replace_row(spot, chance.choice(names), Figure("≤", f"{number.normalize():f}", "万元"))
        return Planted("IX-11", places)

    return put


def _parts_of_cost(document: Document, chance: random.Random) -> Planted | None:
    """Two ceilings that come to more than the budget."""
    budget, spot = _budget(document), _cost_row(document, chance)
    others = top_spots(document, (QUANTITY,))
    if budget is None or spot is None or len(others) < 2 or not spot.has("level2") or spot.has("weight"):
        return None
    half = (budget * Decimal("0.6")).quantize(Decimal("0.01"))
    figure = Figure("≤", f"{half.normalize():f}", "万元")
    other = chance.choice(others)
    for column in ("level1", "level2"):
        if other.has(column):
            other.put(column, spot.row.cells[column])
    places = replace_row(spot, "设备采购成本", figure) | replace_row(other, "安装调试成本", figure)
    return Planted("IX-11", places)


def _months_of_cost(document: Document, chance: random.Random) -> Planted | None:
    """A ceiling for a month that comes to more than the budget in twelve."""
    budget, spot = _budget(document), _cost_row(document, chance)
    time = top_spots(document, (TIMELINESS,))
    if budget is None or spot is None or not time:
        return None
    month = (budget / 10).quantize(Decimal("0.01"))
    places = replace_row(spot, "每月作业成本", Figure("≤", f"{month.normalize():f}", "万元/月"))
    places |= replace_row(chance.choice(time), "服务期限", Figure("=", "12", "个月"))
    return Planted("IX-11", places)


WHOLE = ("项目总成本", "项目成本控制数", "项目总投资")
COSTS = (
    Plant("IX-11", "more than the budget", "warning", _whole_cost(*WHOLE, share="1.2")),
    Plant("IX-11", "far more than the budget", "warning", _whole_cost(*WHOLE, share="10")),
    Plant(
        "IX-11",
        "a part that is more than all",
        "warning",
        _whole_cost("设备购置成本", "人员劳务成本", share="1.5"),
    ),
    Plant("IX-11", "below nine tenths", "warning", _whole_cost(*WHOLE, share="0.8")),
    Plant("IX-11", "lost in rounding", "warning", _whole_cost(*WHOLE, cut=True)),
    Plant("IX-11", "parts above the budget", "warning", _parts_of_cost),
    Plant("IX-11", "twelve months above the budget", "warning", _months_of_cost),
)


# IX-12, IX-13: rows out of place, rows left empty --------------------------------------------------


def _shifted(pick: tuple[str, ...], *changes: tuple[str, str]) -> Put:
    """Type levels into a row's wrong columns; ``{level1}`` and ``{level2}`` are its own."""

    def put(document: Document, chance: random.Random) -> Planted | None:
        spot = any_spot(document, chance, pick, lambda one: one.has("level1") and one.has("level2"))
        if spot is None:
            return None
        own = dict(spot.row.cells)
        for column, pattern in changes:
            spot.put(column, pattern.format(**own))
        return Planted("IX-12", spot.places("level1", "level2", "name"))

    return put


def _left_rows(text: str) -> Put:
    def put(document: Document, chance: random.Random) -> Planted | None:
        rows = [spot for spot in top_spots(document, (*OUTPUTS, *EFFECTS)) if spot.has("level2")]
        if not rows:
            return None
        spot = chance.choice(rows)
        cells = {name: level for name, level in spot.row.cells.items() if name.startswith("level")}
        if text:
            cells["name"] = text
        elif cells["level2"].startswith(("经济", "生态")):
            return None
        new = Row(new_row_id(), cells)
        document.insert_row("indicators", ROOT, document.position("indicators", spot.row.id) + 1, new)
        made = Spot(document, "indicators", new)
        return Planted("IX-13", made.places("level2", "name"))

    return put


ROWS = (
    Plant("IX-12", "a second level in the first column", "error", _shifted(EFFECTS, ("level1", "{level2}"))),
    Plant("IX-12", "shifted left", "error", _shifted(OUTPUTS, ("level1", "{level2}"), ("level2", ""))),
    Plant("IX-12", "a first level in the second column", "error", _shifted(OUTPUTS, ("level2", "{level1}"))),
    Plant(
        "IX-12", "a second level under another first", "warning", _shifted(EFFECTS, ("level1", "产出指标"))
    ),
    Plant(
        "IX-12",
        "the columns changed over",
        "error",
        _shifted(OUTPUTS, ("level1", "{level2}"), ("level2", "{level1}")),
    ),
    Plant("IX-13", "an empty row", "hint", _left_rows("")),
    Plant("IX-13", "……", "hint", _left_rows("……")),
    Plant("IX-13", "指标2：", "hint", _left_rows("指标2：")),
)


# IX-19: too few, too many --------------------------------------------------


def _few(document: Document, _chance: random.Random) -> Planted | None:
    rows = top_spots(document)
    weights = bool(rows) and rows[0].has("weight")
    if len(rows) < 3 or weights or document.stage in ("调整", "自评"):
        return None
    for spot in rows[2:]:
        take_out(spot)
    return Planted("IX-19", where(rows[:2], "name"))


def _many(document: Document, _chance: random.Random) -> Planted | None:
    rows = top_spots(document, COUNTED)
    if not rows or rows[0].has("weight") or document.stage in ("调整", "自评"):
        return None
    first = rows[0]
    towns = "东南西北中上下前后新老大小高长金银玉石清白红青"
    things = ("河道清淤长度", "护栏加装长度")
    for town in towns:
        for thing in things:
            new = Row(
                new_row_id(),
                {name: text for name, text in first.row.cells.items() if name.startswith("level")},
            )
            document.insert_row("indicators", ROOT, len(document.rows("indicators")), new)
            made = Spot(document, "indicators", new)
            rename(made, f"{town}村{thing}")
            replace_row(made, f"{town}村{thing}", Figure("≥", "2", "公里"))
    return Planted("IX-19", where(top_spots(document), "name"))


NUMBERS = (
    Plant("IX-19", "two only", "hint", _few),
    Plant("IX-19", "more than forty", "hint", _many),
)

PLANTS = (*TWICE, *DIMENSIONS, *COSTS, *ROWS, *NUMBERS)
