"""Finds the words of a closed list in what was read, also where the page tore them apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from core.intake.pieces import Gap, Source
from core.intake.wording import Prefixes, Template, bare_label, before_heading, fold
from core.sheet.levels import Levels

MAX_TORN = 6
"""A label is torn into at most so many pieces."""


_POINTS = re.compile(r"\([0-9]{1,3}(?:\.[0-9]{1,2})?分?\)$")


def without_points(folded: str) -> str:
    """Take the points off a folded level name, as several forms print them behind it."""
    return _POINTS.sub("", folded)


class LevelNames:
    """The closed list of levels by folded wording."""

    def __init__(self, levels: Levels) -> None:
        self._levels = levels
        self._names: dict[tuple[int, str], str] = {}
        self._own: set[str] = set()
        for level in levels.levels:
            self._own.add(fold(level.name))
            for wording in (level.name, *level.aliases):
                self._names.setdefault((level.depth, fold(wording)), level.name)

    @cached_property
    def wordings(self) -> frozenset[str]:
        """Every wording of a level, folded."""
        return frozenset(wording for _, wording in self._names)

    def is_own_name(self, wording: str) -> bool:
        """Whether a folded wording is a level's own name, not another word for it."""
        return wording in self._own

    def name(self, text: str, depth: int) -> str:
        """Give the standard name of a level, ``""`` when the text is none at this depth.

        Points behind a name (``产出指标（50分）``) do not count.
        """
        return self._names.get((depth, without_points(fold(text))), "")

    def parents(self, name: str) -> tuple[str, ...]:
        """Give the level-1 names a level-2 name may stand under."""
        level = self._levels.find(name, 2)
        return level.parents if level else ()


class Lookup:
    """For each piece of a source: which known wordings begin there, and how many pieces they take."""

    def __init__(self, source: Source, wordings: Iterable[str]) -> None:
        self._source = source
        self._folded = [fold(source.word(index)) for index in range(len(source.pieces))]
        self._known = Prefixes(wordings)
        self._found = [self._at(index) for index in range(len(source.pieces))]
        self._matched: dict[tuple[Template, int], tuple[int, dict[str, str]] | None] = {}

    def at(self, index: int) -> dict[str, int]:
        """Give the wordings that begin at a piece, with their number of pieces."""
        return self._found[index]

    @cached_property
    def places(self) -> list[int]:
        """The pieces at which a known wording begins."""
        return [index for index, found in enumerate(self._found) if found]

    def template(self, template: Template, index: int) -> tuple[int, dict[str, str]] | None:
        """Give how many pieces from here a text with holes takes, and its values; the longest fit."""
        key = template, index
        if key not in self._matched:
            self._matched[key] = self._template(template, index)
        return self._matched[key]

    def _template(self, template: Template, index: int) -> tuple[int, dict[str, str]] | None:
        for length in (1,) if template.wordless else range(MAX_TORN, 0, -1):
            end = index + length
            if end > len(self._folded) or not self._one_cell(index, end):
                continue
            pieces = range(index, end)
            text, original = self._source.worded(pieces), self._source.joined(pieces)
            start = before_heading(text)
            values = template.match(text[start:], original[start:])
            if values is None and start:
                values = template.match(text, original)
            if values is not None:
                return length, values
        return None

    def _at(self, index: int) -> dict[str, int]:
        found: dict[str, int] = {}
        text = ""
        for end in range(index, min(index + MAX_TORN, len(self._folded))):
            if not self._one_cell(index, end + 1):
                break
            text += self._folded[end]
            for wording in {text, bare_label(text), without_points(text)}:
                if wording in self._known:
                    found[wording] = end + 1 - index
            if not self._known.begins(text) and not self._known.begins(bare_label(text)):
                break
        return found

    def _one_cell(self, start: int, end: int) -> bool:
        """Whether pieces may be one label: on one line or in one paragraph, not in several cells."""
        pieces = self._source.pieces[start + 1 : end]
        return all(piece.gap in (Gap.BLANK, Gap.LINE) for piece in pieces)
