"""Searching the library for people: which indicators fit a text, those of the row and the unit first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from core.library.entry import Entry
from core.library.index import NameIndex, query_parts, stands_in
from core.library.readings import Readings


class Found(NamedTuple):
    """An indicator that was found."""

    entry: Entry
    fits: bool
    """Whether it stands at the level asked for (or none was asked for)."""
    used: bool
    """Whether the unit used it before."""


class Search:
    """The entries with their index; making one loads pypinyin and takes some hundredths of a second."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        # Of names that are equally close the shortest comes first, so they are numbered by their length.
        self._entries = sorted(entries, key=lambda entry: len(entry.name))
        names = [(entry.name, *entry.also) for entry in self._entries]
        self._reads = Readings().of
        self._index = NameIndex(names, self._reads)
        self._sets: dict[object, int] = {}

    def find(
        self, text: str, level1: str, level2: str, area: str, used: frozenset[str], limit: int
    ) -> list[Found]:
        """Give what ``Library.search`` gives; ``used`` are ids."""
        parts = query_parts(text)
        if not parts:
            return []
        close = self._index.search(parts)
        if area:
            here = self._where("area", area)
            close = [one & here for one in close]
        found: list[Found] = []
        seen = 0
        for fits, level in self._levels(level1, level2):
            known = self._used(used)
            for is_used, before in ((True, known), (False, -1)):
                for one in close:
                    for number in self._index.numbers(one & level & before & ~seen):
                        found.append(Found(self._entries[number], fits, is_used))
                        if len(found) >= limit:
                            return found
                    seen |= one & level & before
        return found

    def other_name(self, entry: Entry, text: str) -> str:
        """Give the other name that has a part of a text which the proper name has not, or ``""``."""
        for part in query_parts(text):
            if not stands_in(part, entry.name, self._reads):
                return next((name for name in entry.also if stands_in(part, name, self._reads)), "")
        return ""

    def _levels(self, level1: str, level2: str) -> Sequence[tuple[bool, int]]:
        """Give the sets of entries by how well their level fits, best first."""
        levels = []
        if level1 and level2:
            levels.append((True, self._where("level1", level1) & self._where("level2", level2)))
        if level1 or level2:
            one = self._where("level1", level1) if level1 else self._where("level2", level2)
            levels.append((not levels, one))
        return [*levels, (not levels, -1)]

    def _where(self, key: str, value: str) -> int:
        """Give the entries with a value under a key."""
        if (key, value) not in self._sets:
            self._forget_some()
            numbers = (n for n, entry in enumerate(self._entries) if getattr(entry, key) == value)
            self._sets[(key, value)] = self._index.things(numbers)
        return self._sets[(key, value)]

    def _used(self, used: frozenset[str]) -> int:
        if not used:
            return 0
        if used not in self._sets:
            self._forget_some()
            numbers = (n for n, entry in enumerate(self._entries) if entry.id in used)
            self._sets[used] = self._index.things(numbers)
        return self._sets[used]

    def _forget_some(self) -> None:
        if len(self._sets) >= _KEPT:
            self._sets.clear()


_KEPT = 200
"""So many sets of levels, areas and used indicators are kept ready."""
