"""Comparing printed words: the same label in full width, with blanks in it or torn in two is the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from core.sheet.picture import holes

_DROPPED = re.compile(r"</?p>|&nbsp;|[\s\u200b-\u200f\u2060\ufeff]+", re.IGNORECASE)
_HOLE = re.compile(r"\{([^{}]+)\}")
_HOLE_PATTERNS = {"year": r"\d{4}", "unit.code": r"[0-9A-Za-z]{3,}"}


def fold(text: str) -> str:
    """Give a printed label for comparing: full width folded, blanks and paragraph tags dropped."""
    return unicodedata.normalize("NFKC", _DROPPED.sub("", text)).casefold()


MAX_LENGTH = 400
"""A heading or label is no longer than this; longer texts are not even compared."""


class Prefixes:
    """A closed list of folded wordings, and all their beginnings."""

    def __init__(self, wordings: Iterable[str]) -> None:
        self._whole = frozenset(wordings)
        self._begun = frozenset(text[:end] for text in self._whole for end in range(1, len(text)))

    def __contains__(self, text: str) -> bool:
        return text in self._whole

    def begins(self, text: str) -> bool:
        """Whether a longer wording begins with this text."""
        return text in self._begun


class Template:
    """A printed text with holes (``预算年度：{year}``) that can be found again with its values."""

    def __init__(self, text: str, stages: Sequence[str]) -> None:
        self.text = text
        self.names = tuple(holes(text))
        literal = _HOLE.sub("", text)
        self.wordless = not any(char.isalnum() for char in literal)
        """Nothing but holes and marks: nearly any text would fit."""
        self._pattern = re.compile(_pattern(text, stages))
        self._folded = fold(text)

    def match(self, text: str) -> dict[str, str] | None:
        """Give the values in the holes when the whole text fits, else None."""
        if len(text) > MAX_LENGTH:
            return None
        if not self.names:
            return {} if fold(text) == self._folded else None
        found = self._pattern.fullmatch(text.strip())
        if found is None:
            return None
        return {name: found[f"h{index}"].strip() for index, name in enumerate(self.names)}


def _pattern(text: str, stages: Sequence[str]) -> str:
    parts = []
    for index, piece in enumerate(_HOLE.split(text)):
        if index % 2 == 0:
            parts.append("".join(_spelled(char) for char in piece if not char.isspace()))
        elif piece == "stage":
            parts.append(f"(?P<h{index // 2}>{'|'.join(map(re.escape, stages))})\\s*")
        else:
            parts.append(f"(?P<h{index // 2}>{_HOLE_PATTERNS.get(piece, '.+?')})\\s*")
    return "".join(parts)


def _spelled(char: str) -> str:
    """Give a pattern for a character in half or full width, blanks allowed after it."""
    half = unicodedata.normalize("NFKC", char)
    spellings = {char, half}
    if len(half) == 1 and "!" <= half <= "~":
        spellings.add(chr(ord(half) + 0xFEE0))
    return "(?:" + "|".join(re.escape(one) for one in sorted(spellings)) + r")\s*"
