"""How characters are read, in letters as typed: without tones, every reading of each, ü as v and as u.

pypinyin is loaded here and nowhere else, and without its dictionary of phrases: a search takes every reading
a character has, so phrases would only cost 45 MB and 0.2 s.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_WITHOUT_PHRASES = {"PYPINYIN_NO_PHRASES": "1", "PYPINYIN_NO_DICT_COPY": "1"}
_READ_AS_TYPED = {"v": "u", "ve": "ue"}
"""How ü and üe are typed by those who do not type v: lu for 率, lue for 略."""


class Readings:
    """Gives the readings of characters, each worked out once."""

    def __init__(self) -> None:
        self._read = _load()
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, char: str) -> tuple[str, ...]:
        """Give how a character may be typed: 率 as lv, lu, shuai …; a letter or digit as itself."""
        if char.isascii():
            return (char,)
        if char not in self._known:
            self._known[char] = tuple(dict.fromkeys(_typed(self._read(char))))
        return self._known[char]


def _typed(readings: list[str]) -> Iterator[str]:
    for reading in readings:
        if not (reading.isascii() and reading.isalpha()):
            continue  # no reading is known, or one no keyboard has (ê)
        yield reading
        if reading[1:] in _READ_AS_TYPED:
            yield reading[0] + _READ_AS_TYPED[reading[1:]]


def _load() -> Callable[[str], list[str]]:
    with _environment(_WITHOUT_PHRASES):
        from pypinyin import Style, pinyin

    def read(char: str) -> list[str]:
        found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
        return found[0] if found else []

    return read


@contextmanager
def _environment(wanted: dict[str, str]) -> Iterator[None]:
    """Set variables of the environment for a moment: pypinyin takes its settings from there."""
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
