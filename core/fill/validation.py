"""The rules a template sets on what may be typed into a cell (数据有效性), read and respected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from core.fill.sheet_xml import Spot
from core.intake.formats import number_of

MAX_WORDS = 5_000
"""Longer lists of allowed words are not looked through."""

TextAt = Callable[[str, Spot], str]
"""Gives the text at a cell of a sheet, with what is being filled in."""

_CELL = r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})"
_REFERENCE = re.compile(rf"(?:(?:'((?:[^']|'')+)'|([^'!\s(),]+))!)?{_CELL}(?::{_CELL})?")
_COLUMN = re.compile(r"(?:(?:'((?:[^']|'')+)'|([^'!\s(),]+))!)?\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_INDIRECT = re.compile(r"INDIRECT\((.+)\)", re.IGNORECASE)
_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")


class Area(NamedTuple):
    """Cells from one corner to the other, both included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, spot: Spot) -> bool:
        """Whether a cell lies in it."""
        return self.top <= spot[0] <= self.bottom and self.left <= spot[1] <= self.right


@dataclass(frozen=True, slots=True)
class Validation:
    """A rule as Excel states it: its kind (``list``, ``textLength``, ``decimal`` …), bounds and cells."""

    kind: str
    operator: str
    formula1: str
    formula2: str
    areas: tuple[Area, ...]

    def holds(self, spot: Spot) -> bool:
        """Whether it rules a cell."""
        return any(area.holds(spot) for area in self.areas)

    def admits(self, number: Decimal) -> bool | None:
        """Whether a number lies within its bounds; None when they are no plain numbers."""
        low, high = number_of(self.formula1), number_of(self.formula2)
        if low is None or (high is None and self.operator in ("between", "notBetween")):
            return None
        answers: dict[str, Callable[[], bool]] = {
            "between": lambda: low <= number <= (high or Decimal(0)),
            "notBetween": lambda: not low <= number <= (high or Decimal(0)),
            "equal": lambda: number == low,
            "notEqual": lambda: number != low,
            "greaterThan": lambda: number > low,
            "greaterThanOrEqual": lambda: number >= low,
            "lessThan": lambda: number < low,
            "lessThanOrEqual": lambda: number <= low,
        }
        answer = answers.get(self.operator)
        return answer() if answer else None

    def bounds(self) -> str:
        """Give its bounds as a person writes them (``0～100``, ``≤50``)."""
        if self.operator == "between":
            return f"{self.formula1}～{self.formula2}"
        if self.operator == "notBetween":
            return f"<{self.formula1} / >{self.formula2}"
        signs = {
            "equal": "=",
            "notEqual": "≠",
            "greaterThan": ">",
            "greaterThanOrEqual": "≥",
            "lessThan": "<",
            "lessThanOrEqual": "≤",
        }
        return signs.get(self.operator, "") + self.formula1


class WordLists:
    """Finds the words of a drop-down list, wherever the template keeps them."""

    def __init__(self, names: Mapping[str, str], text_at: TextAt, knows: Callable[[str], bool]) -> None:
        """``names`` are the template's names of areas; ``knows`` tells whether it has a sheet."""
        self._names = {name.casefold(): formula for name, formula in names.items()}
        self._text_at = text_at
        self._knows = knows

    def words(self, rule: Validation, sheet: str, spot: Spot) -> tuple[str, ...] | None:
        """Give the words allowed in a cell, None when the rule cannot be followed."""
        base = rule.areas[0].top, rule.areas[0].left
        return self._of(rule.formula1.removeprefix("="), sheet, (spot[0] - base[0], spot[1] - base[1]))

    def _of(self, formula: str, sheet: str, moved: Spot, depth: int = 0) -> tuple[str, ...] | None:
        formula = formula.strip()
        if len(formula) >= 2 and formula[0] == formula[-1] == '"':
            return tuple(one.strip() for one in formula[1:-1].replace('""', '"').split(",") if one.strip())
        area = _reference(formula, sheet, moved)
        if area is not None:
            return self._texts(*area)
        if depth > 2:
            return None
        if found := _INDIRECT.fullmatch(formula):
            pointed = _reference(found[1], sheet, moved)
            if pointed is None or not self._knows(pointed[0]):
                return None
            named = self._text_at(pointed[0], (pointed[1].top, pointed[1].left))
            return self._of(named, sheet, (0, 0), depth + 1) if named else None
        if formula.casefold() in self._names:
            return self._of(self._names[formula.casefold()], sheet, (0, 0), depth + 1)
        return None

    def _texts(self, sheet: str, area: Area) -> tuple[str, ...] | None:
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if not self._knows(sheet) or size > MAX_WORDS:
            return None
        spots = (
            (row, column)
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        )
        return tuple(text for spot in spots if (text := self._text_at(sheet, spot).strip()))


def _reference(formula: str, sheet: str, moved: Spot) -> tuple[str, Area] | None:
    """Read a reference as the sheet and area it means, from a cell ``moved`` away from the rule's first."""
    if found := _REFERENCE.fullmatch(formula):
        name = (found[1] or "").replace("''", "'") or found[2] or sheet
        first = _corner(found[3], found[4], found[5], found[6], moved)
        last = _corner(found[7], found[8], found[9], found[10], moved) if found[8] else first
        return name, Area(*first, *last)
    if found := _COLUMN.fullmatch(formula):
        name = (found[1] or "").replace("''", "'") or found[2] or sheet
        return name, Area(1, _column(found[3]), 1_000, _column(found[4]))
    return None


def _corner(fixed_column: str, column: str, fixed_row: str, row: str, moved: Spot) -> Spot:
    down, across = (0 if fixed_row else moved[0]), (0 if fixed_column else moved[1])
    return int(row) + down, _column(column) + across


def area_of(reference: str) -> Area | None:
    """Read ``B3`` or ``B3:D9``; None for anything else."""
    found = _AREA.fullmatch(reference)
    if found is None:
        return None
    first = int(found[2]), _column(found[1])
    last = (int(found[4]), _column(found[3])) if found[3] else first
    return Area(*first, *last)


def column_number(letters: str) -> int | None:
    """Give the number of a column (from 0) by its letters; None for what is no column."""
    usual = 1 <= len(letters) <= 3 and letters.isascii() and letters.isalpha()
    return _column(letters) if usual else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
