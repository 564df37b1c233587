"""The words of the value grammar, read from ``resources/values.toml`` and made ready for scanning."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.sheet.values.model import Nature


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


class Lexicon:
    """Spellings with what they stand for; the longest one that fits wins."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        """Take (spelling, canonical) pairs."""
        by_first: dict[str, list[tuple[str, str]]] = {}
        for spelling, canonical in entries:
            folded = _folded(spelling)
            by_first.setdefault(folded[0], []).append((folded, canonical))
        self._by_first = {
            first: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for first, found in by_first.items()
        }
        self.spellings = tuple(spelling for found in self._by_first.values() for spelling, _ in found)

    def match(self, text: str, place: int) -> tuple[str, int] | None:
        """Give what stands at a place of a folded text and where it ends, or None."""
        for spelling, canonical in self._by_first.get(text[place : place + 1], ()):
            if text.startswith(spelling, place):
                return canonical, place + len(spelling)
        return None

    def begins(self, text: str, place: int) -> bool:
        """Whether the rest of a text could still grow into one of the spellings."""
        rest = text[place:]
        return any(
            len(spelling) > len(rest) and spelling.startswith(rest)
            for spelling, _ in self._by_first.get(rest[:1], ())
        )

    def whole(self, text: str) -> str | None:
        """Give what a whole folded text stands for, or None."""
        found = self.match(text, 0)
        return found[0] if found is not None and found[1] == len(text) else None


@dataclass(frozen=True, slots=True)
class Units:
    """Units and the multiples (万, 亿) that belong to them."""

    names: Lexicon
    per: Lexicon
    """What may only stand behind a /: 10万."""
    multiples: Lexicon
    powers: Mapping[str, int]
    same: Mapping[str, str]
    worth: Mapping[str, tuple[str, Decimal]]
    """Units of one sort, by the base of the sort and how many of it they are (公里: 1000米)."""

    def atom(self, text: str, place: int) -> tuple[str, int, int] | None:
        """Give a unit without joints at a place: canonical spelling, power of ten, end."""
        name = self.names.match(text, place)
        multiple = self.multiples.match(text, place)
        if multiple is not None:
            base = self.names.match(text, multiple[1])
            power = self.powers[multiple[0]]
            if base is not None and (name is None or base[1] > name[1]) and base[0] not in ("%", "‰"):
                return multiple[0] + base[0], power, base[1]
            if name is None:
                return multiple[0], power, multiple[1]
        return (name[0], 0, name[1]) if name is not None else None


@dataclass(frozen=True, slots=True)
class Grades:
    """The known scales and the words around them."""

    scales: frozenset[tuple[str, ...]]
    words: Lexicon
    single: frozenset[str]
    target: Lexicon


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of dates; parts of a year lead to its month, parts of a month to its day."""

    before: Lexicon
    done: Lexicon
    year_parts: Lexicon
    months: Mapping[str, int]
    month_parts: Lexicon
    days: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tables:
    """All words the grammar knows."""

    operators: Lexicon
    loose_operators: tuple[str, ...]
    """The spellings of a sign, longest first: one inside words betrays a figure."""
    suffixes: Lexicon
    leads: Lexicon
    tails: Lexicon
    natures: Mapping[str, Nature]
    template: frozenset[str]
    ranges: frozenset[str]
    units: Units
    grades: Grades
    dates: DateWords


def _spelled(table: Mapping[str, list[str]]) -> Lexicon:
    return Lexicon((spelling, canonical) for canonical, others in table.items() for spelling in others)


def _same(words: Iterable[str]) -> Lexicon:
    return Lexicon((word, word) for word in words)


def read_tables(path: Path) -> Tables:
    """Read the words from a TOML file."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    operators = {sign: [sign, *others] if sign else others for sign, others in data["operators"].items()}
    signs = [_folded(spelling) for sign, spellings in operators.items() if sign for spelling in spellings]
    return Tables(
        operators=_spelled(operators),
        loose_operators=tuple(sorted(signs, key=len, reverse=True)),
        suffixes=_spelled(data["suffixes"]),
        leads=Lexicon(
            [(word, "约") for word in data["leads"]["vague"]]
            + [(word, word) for word in data["leads"]["kept"]]
        ),
        tails=_same(data["tails"]["words"]),
        natures={
            _folded(word): Nature[key.upper()] for key, words in data["natures"].items() for word in words
        },
        template=frozenset(data["signs"]["template"]),
        ranges=frozenset(data["signs"]["range"]),
        units=_units(data["units"]),
        grades=_grades(data["grades"]),
        dates=_dates(data["dates"]),
    )


def _units(data: Mapping[str, Any]) -> Units:
    spellings = [(other, name) for name, others in data["spellings"].items() for other in others]
    return Units(
        names=Lexicon([(name, name) for name in data["names"]] + spellings),
        per=_same(data["per"]),
        multiples=_same(data["multiples"]),
        powers=data["multiples"],
        same={other: name for name, others in data["same"].items() for other in others},
        worth={
            name: (base, Decimal(str(times)))
            for base, names in data["worth"].items()
            for name, times in names.items()
        },
    )


def _grades(data: Mapping[str, Any]) -> Grades:
    scales = frozenset(tuple(scale) for scale in data["scales"])
    return Grades(
        scales=scales,
        words=_same(sorted({grade for scale in scales for grade in scale})),
        single=frozenset(data["single"]),
        target=_same(data["target"]),
    )


def _dates(data: Mapping[str, Any]) -> DateWords:
    return DateWords(
        before=_same(data["before"]),
        done=_same(data["done"]),
        year_parts=_same(data["year_parts"]),
        months=data["year_parts"],
        month_parts=_same(data["month_parts"]),
        days=data["month_parts"],
    )
