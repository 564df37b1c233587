"""Comparing printed words: the same label in full width, with blanks in it or torn in two is the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from core.sheet.picture import holes as names_in

_DROPPED = re.compile(r"</?p>|&nbsp;|[\s\u200b-\u200f\u2060\ufeff]+", re.IGNORECASE)
_HOLE = re.compile(r"\{([^{}]+)\}")
_HOLE_PATTERNS = {"year": r"\d{4}", "unit.code": r"[0-9A-Za-z]{3,}"}
_OFFICES = (
    "局|院|委|办|府|处|站|所|队|部|会|校|园|馆|社|司|团|厅|室|组|区|镇|乡|县|市|州|盟|旗|村|厂|场|中心|街道|"
    "部门|公司|单位|本级|大学|中学|小学|学院|学校|医院|银行|集团"
)
_UNIT_NAME = rf"[\w（）()·\-－]{{2,60}}?(?:{_OFFICES})(?:[（(][^（）()]{{1,20}}[）)])?"
_ANYTHING = r"[^。；！？\n]{1,100}?"
_AROUND_LABEL = "*★☆※▲●"
_NUMBERS = "0-9一二三四五六七八九十"
_BEFORE_HEADING = re.compile(
    rf"(?:\[bookmark:[^\]]*\]\s*)*(?:附[件表]\s*[{_NUMBERS}]*\s*[:：]\s*)?"
    rf"(?:[（(][{_NUMBERS}]{{1,3}}[）)]\s*|[{_NUMBERS}]{{1,3}}\s*[、.．]\s*)?",
    re.IGNORECASE,
)
_UNIT_BEHIND = re.compile(r"\((?:[千万亿]?元|%|[0-9]+分)\)$")


def fold(text: str) -> str:
    """Give a printed label for comparing: full width folded, blanks and paragraph tags dropped."""
    return unicodedata.normalize("NFKC", _DROPPED.sub("", text)).casefold()


def fold_label(text: str) -> str:
    """Give a label for comparing, also without the star of a required row and the colon behind it."""
    return bare_label(fold(text))


def bare_label(folded: str) -> str:
    """Take star and colon off a folded label; a label of nothing else stays."""
    return folded.strip(_AROUND_LABEL).rstrip(":") or folded


def looser(folded: str) -> tuple[str, ...]:
    """Give the wordings of a folded label without its unit, and with another unit of money."""
    found = _UNIT_BEHIND.search(folded)
    if not found:
        return ()
    plain = folded[: found.start()]
    units = ("(元)", "(万元)") if found[0].endswith("元)") else ()
    return tuple(one for one in (plain, *(plain + unit for unit in units)) if one and one != folded)


def before_heading(text: str) -> int:
    """Give how many characters before a heading only count or mark it (``[bookmark: …]``, ``2、``)."""
    found = _BEFORE_HEADING.match(text)
    return found.end() if found else 0


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

    def __init__(self, text: str, stages: Sequence[str], *, proper_unit: bool = False) -> None:
        """Take the text; with ``proper_unit``, or without words, a unit must end as names of offices do."""
        self.text = text
        self.names = tuple(names_in(text))
        literal = _HOLE.sub("", text)
        self.wordless = not any(char.isalnum() for char in literal)
        """Nothing but holes and marks: nearly any text would fit."""
        unit = _UNIT_NAME if proper_unit or self.wordless else _ANYTHING
        self._pattern = re.compile(_pattern(text, stages, unit))
        self._folded = fold(text)

    def match(self, text: str, original: str = "") -> dict[str, str] | None:
        """Give the values in the holes when the whole text fits, else None.

        The values are taken from ``original``, which is as long as ``text``, where it is given.
        """
        if len(text) > MAX_LENGTH:
            return None
        if not self.names:
            return {} if fold(text) == self._folded else None
        blanks = len(text) - len(text.lstrip())
        found = self._pattern.fullmatch(text.strip())
        if found is None:
            return None
        texts = (original or text)[blanks:]
        spans = {name: found.span(f"h{index}") for index, name in enumerate(self.names)}
        return {
            name: (text[blanks:] if name == "stage" else texts)[start:end].strip()
            for name, (start, end) in spans.items()
        }


def _pattern(text: str, stages: Sequence[str], unit: str) -> str:
    parts = []
    holes = _HOLE_PATTERNS | {"unit.name": unit}
    for index, piece in enumerate(_HOLE.split(text)):
        if index % 2 == 0:
            parts.append("".join(_spelled(char) for char in piece if not char.isspace()))
        elif piece == "stage":
            parts.append(f"(?P<h{index // 2}>{'|'.join(map(re.escape, stages))})\\s*")
        else:
            parts.append(f"(?P<h{index // 2}>{holes.get(piece, _ANYTHING)})\\s*")
    return "".join(parts)


def _spelled(char: str) -> str:
    """Give a pattern for a character in half or full width, blanks allowed after it."""
    half = unicodedata.normalize("NFKC", char)
    spellings = {char, half}
    if len(half) == 1 and "!" <= half <= "~":
        spellings.add(chr(ord(half) + 0xFEE0))
    return "(?:" + "|".join(re.escape(one) for one in sorted(spellings)) + r")\s*"
