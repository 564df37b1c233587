"""Rows of indicators as plants write them: found by what they measure, typed as their form types them.

What stands beside a value (完成值, 预计完成, 指标方向 …) is brought along, so that a plant makes one mistake.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from core.sheet.document import Document, Row
from core.sheet.places import Place

QUANTITY, QUALITY, TIMELINESS, COST = "数量", "质量", "时效", "成本"
ECONOMIC, SOCIAL, ECOLOGICAL, LASTING = "经济效益", "社会效益", "生态效益", "可持续"
SATISFACTION = "满意度"
SORTS = (QUANTITY, QUALITY, TIMELINESS, COST, ECONOMIC, SOCIAL, ECOLOGICAL, LASTING, SATISFACTION)
EFFECTS = (ECONOMIC, SOCIAL, ECOLOGICAL, LASTING)
OUTPUTS = (QUANTITY, QUALITY, TIMELINESS)
COUNTED = (QUANTITY, SOCIAL)
RATES = (QUALITY, TIMELINESS)

_FIGURE = re.compile(r"([≥≤=<>]?)([0-9]+(?:\.[0-9]+)?)([^0-9以及内]*)")
_IN_WORDS = {"≥": "大于等于", "≤": "小于等于", "=": "等于", ">": "大于", "<": "小于"}
_RESULTS = ("actual", "progress", "expected", "last_value", "value_before")
"""Columns that say the same indicator's figure at another time."""


class Figure(NamedTuple):
    """An indicator's value as a careful clerk types it."""

    sign: str
    number: str
    unit: str

    @property
    def joined(self) -> str:
        """The three in one cell."""
        return f"{self.sign}{self.number}{self.unit}"


NO_FIGURE = Figure("", "", "")


class Spot(NamedTuple):
    """One row of indicators of a document."""

    document: Document
    table: str
    row: Row

    @property
    def parted(self) -> bool:
        """Whether sign and unit have cells of their own."""
        return self.document.form.tables[self.table].value_parts is not None

    @property
    def name(self) -> str:
        """The indicator's name."""
        return self.row.cells.get("name", "")

    @property
    def sort(self) -> str:
        """What it measures: 数量, 质量 … 满意度; told by the name where the form has no levels."""
        level = self.row.cells.get("level2", "")
        for sort in SORTS:
            if sort in level:
                return sort
        return "" if level else _sort_of(self.name)

    @property
    def figure(self) -> Figure:
        """Its value as sign, number and unit; all empty where it is something else."""
        cells = self.row.cells
        if self.parted:
            sign = cells.get("operator", "")
            sign = next((one for one, words in _IN_WORDS.items() if words == sign), sign)
            text = f"{sign}{cells.get('value', '')}{cells.get('unit', '')}"
        else:
            text = cells.get("value", "")
        found = _FIGURE.fullmatch(text)
        return Figure(*found.groups()) if found is not None else NO_FIGURE

    def has(self, column: str) -> bool:
        """Whether its table has a column."""
        return column in self.document.form.tables[self.table].columns

    def put(self, column: str, text: str) -> None:
        """Type a text into a column; an empty one clears it."""
        self.document.set_text(Place(self.table, self.row.id, column), text)

    def places(self, *columns: str) -> frozenset[str]:
        """Give the counted places of those of the columns that the table has."""
        return frozenset(
            self.document.counted(Place(self.table, self.row.id, column))
            for column in columns
            if self.has(column)
        )


Fits = Callable[[Spot], bool]


def _sort_of(name: str) -> str:
    for word, sort in (("满意", SATISFACTION), ("成本", COST), ("率", QUALITY)):
        if word in name:
            return sort
    return QUANTITY


def spots(document: Document, sorts: Iterable[str] = SORTS) -> list[Spot]:
    """Give the filled rows of all indicators that measure one of these sorts of things."""
    wanted = set(sorts)
    found = (
        Spot(document, path, row)
        for path, table in document.form.tables.items()
        if table.role == "indicators"
        for _, row in document.all_rows(path)
        if row.cells.get("name") and row.cells.get("value")
    )
    return [spot for spot in found if spot.sort in wanted]


def any_spot(
    document: Document,
    rng: random.Random,
    sorts: Iterable[str] = SORTS,
    fits: Fits | None = None,
) -> Spot | None:
    """Give a random row of those that fit, None when there is none."""
    found = [spot for spot in spots(document, sorts) if fits is None or fits(spot)]
    return rng.choice(found) if found else None


def type_value(spot: Spot, sign: str, number: str, unit: str) -> frozenset[str]:
    """Type a value in the manner of the form, 实施周期 the same; give the places of its cells."""
    if spot.parted:
        options = spot.document.form.tables[spot.table].columns["operator"].options
        spot.put("operator", sign if sign in options else _offered(sign, options))
        spot.put("value", number)
        spot.put("unit", unit)
        return spot.places("operator", "value", "unit")
    return type_joined(spot, f"{sign}{number}{unit}")


def _offered(sign: str, options: tuple[str, ...]) -> str:
    words = _IN_WORDS.get(sign, sign)
    return words if words in options else sign


def type_joined(spot: Spot, text: str) -> frozenset[str]:
    """Type a text into the cell of the value, and of 实施周期 where there is one."""
    spot.put("value", text)
    if spot.has("period_value"):
        spot.put("period_value", text)
    return spot.places("value", "period_value")


def rename(spot: Spot, name: str) -> None:
    """Give a row another name, with a description that fits it."""
    spot.put("name", name)
    if spot.has("description"):
        spot.put("description", f"按台账统计的{name}")


def bring_along(spot: Spot, figure: Figure) -> None:
    """Put what stands beside a value into agreement with it: reached as planned, nothing to explain."""
    text = figure.number if spot.parted else f"{figure.number}{figure.unit}"
    for column in _RESULTS:
        if spot.has(column):
            spot.put(column, f"{figure.sign}{text}" if column == "value_before" else text)
    if spot.has("cause"):
        for column in ("cause", "reason"):
            spot.put(column, "")
        spot.put("outlook", "确定能")
    if spot.has("actual"):
        spot.put("reason", "")
        spot.put("score", "")
    if spot.has("direction"):
        options = spot.document.form.tables[spot.table].columns["direction"].options
        spot.put("direction", options[1 if figure.sign in ("≤", "<") else 0])


def free_name(document: Document, name: str) -> bool:
    """Whether no row of indicators has the name yet."""
    return all(spot.name != name for spot in spots(document))


def replace_row(spot: Spot, name: str, figure: Figure) -> frozenset[str]:
    """Make a row another indicator, rightly filled in; give the places of its value."""
    rename(spot, name)
    bring_along(spot, figure)
    return type_value(spot, *figure)


def top_spots(document: Document, sorts: Iterable[str] = SORTS) -> list[Spot]:
    """Give the rows of the year's own table of indicators, where it stands in no other row."""
    return [spot for spot in spots(document, sorts) if spot.table == "indicators"]


def take_out(spot: Spot) -> None:
    """Take a row out, or empty it where the form always has it."""
    document, table, row = spot
    if document.must_stay(table, row):
        levels = document.form.tables[table].level_columns
        for column in [name for name in row.cells if name not in levels]:
            spot.put(column, "")
    else:
        parent = document.parent_of(table, row.id)
        document.take_row(table, parent, document.position(table, row.id))


def where(spots_left: Iterable[Spot], *columns: str) -> frozenset[str]:
    """Give the places of columns of some rows."""
    return frozenset(place for spot in spots_left for place in spot.places(*columns))
