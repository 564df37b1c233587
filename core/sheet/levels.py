"""The closed list of indicator levels (一级指标, 二级指标) with the other wordings in use.

Data: resources/levels.toml; source: domain practice of 财预〔2015〕88号 and 财预〔2021〕101号 forms.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

_POINTS = re.compile(r"\s*[（(]\s*[0-9]{1,3}(\.[0-9]{1,2})?\s*分?\s*[）)]$")
"""Points behind a level's name, as several self-evaluation forms print them."""


class Level(NamedTuple):
    """One level name with its other wordings; ``parents`` are the level-1 names it may stand under."""

    name: str
    depth: int
    aliases: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()


class Levels:
    """Looks level names up, by their standard name or another wording."""

    def __init__(self, levels: tuple[Level, ...]) -> None:
        self.levels = levels
        self._known: dict[tuple[int, str], Level] = {}
        self.wordings = frozenset(wording for level in levels for wording in (level.name, *level.aliases))
        """All names and other wordings."""
        for level in levels:
            for wording in (level.name, *level.aliases):
                self._known.setdefault((level.depth, wording), level)

    def find(self, text: str, depth: int) -> Level | None:
        """Give the level a wording means at a depth (1 or 2), or None; 产出指标（50分） means 产出指标."""
        found = self._known.get((depth, text))
        if found is None and ((bare := text.strip()) != text or bare.endswith(("）", ")"))):
            found = self._known.get((depth, _POINTS.sub("", bare)))
        return found

    def names(self, depth: int, parent: str = "") -> list[str]:
        """Give the standard names at a depth; with a parent, those that may stand under it."""
        known = self.find(parent, 1) if parent else None
        return [
            level.name
            for level in self.levels
            if level.depth == depth and (known is None or known.name in level.parents)
        ]


def read_levels(file: Path) -> Levels:
    """Read the closed list from its data file."""
    with file.open("rb") as stream:
        body = tomllib.load(stream)
    return Levels(
        tuple(
            Level(item["name"], depth, tuple(item.get("aliases", ())), tuple(item.get("parents", ())))
            for depth, key in ((1, "level1"), (2, "level2"))
            for item in body[key]
        )
    )
