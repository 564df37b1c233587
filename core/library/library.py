"""The indicators there are: by id, by name for checks, by words and pinyin for people.

The index for searching is made when the first search asks for it, so that checks never wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from core.library.entry import Entry, bare_key, name_key, unit_key


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
        self._by_bare_name: dict[str, Entry] = {}
        for entry in self.entries:
            self._by_name.setdefault(name_key(entry.name), entry)
        for entry in self.entries:
            for name in entry.also:
                self._by_name.setdefault(name_key(name), entry)
            for name in (entry.name, *entry.also):
                self._by_bare_name.setdefault(bare_key(name), entry)
        for known in (self._by_name, self._by_bare_name):
            known.pop("", None)
        self._found: dict[str, Entry | None] = {}

    def get(self, entry_id: str) -> Entry | None:
        """Give the entry with an id, or None."""
        return self._by_id.get(entry_id)

    def find(self, name: str) -> Entry | None:
        """Give the entry of a name or another name of it, or None.

        Blanks, signs and full width make no difference, nor does what stands in brackets unless an entry is
        told from another by it.
        """
        if name not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            key = name_key(name)
            self._found[name] = self._by_name.get(key) or self._by_bare_name.get(bare_key(name) or key)
        return self._found[name]

    def usual_range(self, name: str, unit: str) -> tuple[Decimal, Decimal] | None:
        """Give the lowest and highest usual value of an indicator in a unit.

        None when the indicator is not known, in another unit, or without a range at both ends.
        """
        entry = self.find(name)
        if entry is None or entry.low is None or entry.high is None or unit_key(entry.unit) != unit_key(unit):
            return None
        return entry.low, entry.high


_REMEMBERED = 5_000
"""So many names asked for are remembered; a form has sixty."""
