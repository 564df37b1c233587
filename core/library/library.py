"""The indicators there are: by id, by name for checks, by words and pinyin for people.

The index for searching is made when the first search asks for it, so that checks never wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from core.library.entry import Entry, bare_key, name_key, unit_key

if TYPE_CHECKING:
    from core.library.search import Found, Search


class Library:
    """Looks indicators up.

    Which indicator a row of a form is, is not stored in the document: rows hold columns only (ruling 7), and
    a stored id would go on claiming an indicator whose name was typed over since. ``find`` on the row's name
    says it at any time, also for rows nobody picked; that is what coverage is counted by.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take the entries; of two with the same name, the earlier one is found."""
        self.entries = tuple(entries)
        self._by_id = {entry.id: entry for entry in reversed(self.entries)}
        self._by_name: dict[str, Entry] = {}
        self._by_bare_name: dict[str, Entry | None] = {}
        """Of names with brackets, without them; None where several entries have the same."""
        for entry in self.entries:
            self._by_name.setdefault(name_key(entry.name), entry)
        for entry in self.entries:
            for name in entry.also:
                self._by_name.setdefault(name_key(name), entry)
            for name in (entry.name, *entry.also):
                bare = bare_key(name)
                if bare != name_key(name):
                    same = self._by_bare_name.setdefault(bare, entry) is entry
                    self._by_bare_name[bare] = entry if same else None
        self._by_name.pop("", None)
        self._by_bare_name.pop("", None)
        self._found: dict[str, Entry | None] = {}
        self._search: Search | None = None

    def get(self, entry_id: str) -> Entry | None:
        """Give the entry with an id, or None."""
        return self._by_id.get(entry_id)

    def find(self, name: str) -> Entry | None:
        """Give the entry of a name or another name of it, or None.

        Blanks, signs and full width make no difference. What stands in brackets may be left out where that
        leaves no doubt, or be added to a name that has none; 审结率（刑事） is not 审结率（行政复议）.
        """
        if name not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            key = name_key(name)
            found = self._by_name.get(key)
            if found is None:
                bare = key if key == name else bare_key(name)
                found = self._by_bare_name.get(key) if bare == key else self._by_name.get(bare)
            self._found[name] = found
        return self._found[name]

    def usual_range(self, name: str, unit: str) -> tuple[Decimal, Decimal] | None:
        """Give the lowest and highest usual value of an indicator in a unit.

        None when the indicator is not known, in another unit, or without a range at both ends.
        """
        entry = self.find(name)
        if entry is None or entry.low is None or entry.high is None or unit_key(entry.unit) != unit_key(unit):
            return None
        return entry.low, entry.high

    # -- for people ----------------------------------------------------------------------------------------

    @property
    def areas(self) -> list[str]:
        """Give the areas (领域) there are, in the order of the entries."""
        return list(dict.fromkeys(entry.area for entry in self.entries))

    @property
    def ready(self) -> bool:
        """Whether a search is answered at once."""
        return self._search is not None

    def get_ready(self) -> None:
        """Make the index for searching; may be done in another thread."""
        if self._search is None:
            from core.library.search import Search

            self._search = Search(self.entries)

    def search(
        self,
        text: str,
        level1: str = "",
        level2: str = "",
        used: frozenset[str] = frozenset(),
        limit: int = 20,
        area: str = "",
    ) -> list[Found]:
        """Give the indicators that fit a text: words or parts of them in any order, pinyin, initials, mixed.

        Best first: those of the row's level (its standard name), then those the unit ``used`` before (ids of
        entries), then those whose name is closest to the text. A blank text finds nothing; see ``browse``.
        """
        self.get_ready()
        assert self._search is not None
        return self._search.find(text, level1, level2, area, used, limit)

    def other_name(self, entry: Entry, text: str) -> str:
        """Give the other name by which a text found an entry, ``""`` when it was found by its proper name."""
        self.get_ready()
        assert self._search is not None
        return self._search.other_name(entry, text)

    def used(self, names: Iterable[str]) -> frozenset[str]:
        """Give the ids of the entries that some names, as typed in forms, are of."""
        return frozenset(entry.id for entry in map(self.find, names) if entry is not None)

    def browse(
        self, level1: str = "", level2: str = "", used: frozenset[str] = frozenset(), area: str = ""
    ) -> list[Found]:
        """Give all entries (of an area): those of the row's level first, of them those used before."""
        from core.library.search import Found

        found = [
            Found(
                entry,
                (not level1 or entry.level1 == level1) and (not level2 or entry.level2 == level2),
                entry.id in used,
            )
            for entry in self.entries
            if not area or entry.area == area
        ]
        return sorted(found, key=lambda one: (not one.fits, one.entry.level1 != level1, not one.used))


_REMEMBERED = 5_000
"""So many names asked for are remembered; a form has sixty."""
