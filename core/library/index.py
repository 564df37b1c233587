"""Finds names by parts of words, pinyin, initials and any mixture, all names at once.

The names stand one after another in one long row of places, and a set of places is one large whole number,
a bit for each. A step of matching (these places, and the next character reads "jie") is then an AND and a
shift over all names together, some microseconds for thousands of them; no name is looked at by itself.
"""

from __future__ import annotations

import re
import string
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import or_

from core.library.entry import name_key

CLOSENESSES = 7
"""How close: the very name; a proper name that begins with the text, or has it inside; another name that has
it; then the same by initials: a proper name from its beginning, a proper name, another name.
"""

_LONGEST = 6
"""No reading has more letters (zhuang)."""
_PARTS = 6
"""A text that nowhere stands as it is may be made of so many parts that do."""
_KEPT_BYTES = 8 * 1024 * 1024
"""Sets of places kept ready for the next key take no more than this; 5,000 names make sets of some 12 kB."""
_ONE = ord("1")
_LETTER = re.compile("[a-z]")


def query_parts(text: str) -> list[str]:
    """Give the words of a search as names are compared: blanks part them, ü is v, signs do not count."""
    folded = unicodedata.normalize("NFKC", text).replace("ü", "v").replace("Ü", "v")
    return [key for key in map(name_key, folded.split()) if key]


def stands_in(part: str, name: str, reads: Callable[[str], tuple[str, ...]]) -> bool:
    """Whether a part of a search stands in one name, each character as such, read, or begun to be read."""
    key = name_key(name)

    def follows(place: int, done: int) -> bool:
        if done == len(part) or place == len(key):
            return done == len(part)
        if part[done] == key[place] and follows(place + 1, done + 1):
            return True
        for reading in reads(key[place]):
            for length in range(1, len(reading) + 1):
                if not part.startswith(reading[:length], done):
                    break
                if follows(place + 1, done + length):
                    return True
        return False

    return any(follows(place, 0) for place in range(len(key)))


class NameIndex:
    """Where each character and each reading stands in the names of things.

    Things are numbered in the order given. ``reads`` gives the readings of a character.
    """

    def __init__(self, things: Iterable[Sequence[str]], reads: Callable[[str], tuple[str, ...]]) -> None:
        """Take the names of each thing, the first being its proper one."""
        self._by_char: dict[str, array[int]] = {}
        by_reading: dict[str, array[int]] = {}
        firsts, ends, guards, proper = array("L"), array("L"), array("L"), array("L")
        place = 0
        for names in things:
            for number, key in enumerate(map(name_key, names)):
                firsts.append(place)
                if number == 0:
                    proper.extend(range(place, place + len(key) + 1))
                for char in key:
                    self._by_char.setdefault(char, array("L")).append(place)
                    for reading in reads(char):
                        by_reading.setdefault(reading, array("L")).append(place)
                    place += 1
                ends.append(place)
                place += 1
            guards.append(place)
            place += 1
        self._size = place
        self._guards = guards
        self._readings = sorted(by_reading)
        self._by_reading = by_reading
        self._first_places = self._set(firsts)
        self._end_places = self._set(ends)
        self._guard_places = self._set(guards)
        self._proper_places = self._set(proper)
        self._all = (1 << place) - 1
        self._below_guards = self._all ^ self._guard_places
        self._kept: dict[str, int] = {}
        for letter in string.ascii_lowercase:
            self._begun(letter)  # the largest sets, and the first that are asked for

    # -- sets of things: the guard behind the names of each ----------------------------------------------

    def things(self, numbers: Iterable[int]) -> int:
        """Give the set of some things, by their numbers."""
        return self._set(self._guards[number] for number in numbers)

    def numbers(self, found: int) -> Iterator[int]:
        """Give the numbers of a set of things, in order."""
        while found:
            lowest = found & -found
            yield bisect_left(self._guards, lowest.bit_length() - 1)
            found ^= lowest

    def search(self, parts: Sequence[str]) -> list[int]:
        """Give the things every part is found in: for each closeness, those that are at least so close.

        Where no name has a part as it stands, it may stand there in pieces, in any order (率覆盖).
        """
        found = self._together(parts)
        if found[-1] or not parts:
            return found
        pieces = [piece for part in parts for piece in self._pieces(part)]
        if not pieces or len(pieces) > _PARTS + len(parts):
            return found
        return self._together(pieces)

    def _together(self, parts: Sequence[str]) -> list[int]:
        found = [self._guard_places] * CLOSENESSES
        for part in parts:
            found = [before & now for before, now in zip(found, self._close(part), strict=True)]
            if not found[-1]:
                break
        return found

    def _close(self, part: str) -> list[int]:
        """Give the things a part is found in, from the closest to the least close, each with those before."""
        first, proper = self._first_places, self._proper_places
        begun = self._reached(part, first, strict=True)[-1]
        inside = self._reached(part, self._all, strict=True)[-1]
        levels = [begun & self._end_places, begun & proper, inside & proper, inside]
        if _LETTER.search(part):
            begun = self._reached(part, first, strict=False)[-1]
            inside = self._reached(part, self._all, strict=False)[-1]
            levels += [begun & proper, inside & proper, inside]
        else:
            levels += [0, 0, 0]
        return list(accumulate(map(self._owners, levels), or_))

    def _owners(self, places: int) -> int:
        """Give the things that have any of some places among their names.

        Added to a row of ones, any bit of a thing's own carries into its guard.
        """
        return (places + self._below_guards) & self._guard_places if places else 0

    # -- matching ------------------------------------------------------------------------------------------

    def _reached(self, text: str, begin: int, *, strict: bool) -> list[int]:
        """Give, for each length of the text's beginning, the places behind where it stands.

        Letters are readings, the last may be only begun; when not ``strict``, each may (its initial).
        """
        reached = [begin] + [0] * len(text)
        for start, char in enumerate(text):
            here = reached[start]
            if not here:
                continue
            if not "a" <= char <= "z":
                reached[start + 1] |= (here & self._char(char)) << 1
                continue
            for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
                piece = text[start:end]
                if not piece.isascii() or not self._begun(piece):
                    break
                whole = strict and end < len(text)
                reached[end] |= (here & (self._whole(piece) if whole else self._begun(piece))) << 1
        return reached

    def _pieces(self, part: str) -> list[str]:
        """Cut a part into the longest pieces that stand somewhere; nothing when one stands nowhere."""
        pieces = []
        while part:
            reached = self._reached(part, self._all, strict=False)
            length = max(end for end, places in enumerate(reached) if places)
            if not length or (length == 1 and part[0].isascii()):
                return []
            pieces.append(part[:length])
            part = part[length:]
        return pieces

    def _char(self, char: str) -> int:
        return self._keep(char, lambda: self._set(self._by_char.get(char, ())))

    def _whole(self, reading: str) -> int:
        return self._keep(f"{reading}.", lambda: self._set(self._by_reading.get(reading, ())))

    def _begun(self, letters: str) -> int:
        return self._keep(letters, lambda: self._set(*self._places_begun(letters)))

    def _places_begun(self, letters: str) -> Iterator[Iterable[int]]:
        for number in range(bisect_left(self._readings, letters), len(self._readings)):
            reading = self._readings[number]
            if not reading.startswith(letters):
                return
            yield self._by_reading[reading]

    def _keep(self, key: str, make: Callable[[], int]) -> int:
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) * (self._size // 8 + 1) >= _KEPT_BYTES:
                self._kept.clear()
            found = self._kept[key] = make()
        return found

    def _set(self, *lists: Iterable[int]) -> int:
        bits, last = bytearray(b"0") * (self._size + 1), self._size
        for places in lists:
            for place in places:
                bits[last - place] = _ONE
        return int(bits, 2)
