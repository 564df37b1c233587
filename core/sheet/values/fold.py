"""Full-width and invisible characters folded away for reading, every place still known.

The folded text is what the grammar reads; ``Folded.span`` leads back to the text as typed. NFKC
is used here and nowhere else, and never stored.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from core.sheet.values.model import Mark, Piece, Span

# Nearly every value is made of these, which fold to themselves and need no marks.
_PLAIN = re.compile(r"[!-)+-^`-~≥≤一-鿿、。；：，（）“”]*")
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ％＜＝＞＋－．　]")
_HIDDEN = frozenset(
    chr(code)
    for first, last in (
        (0xAD, 0xAD),
        (0x180E, 0x180E),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x2064),
        (0x2066, 0x206F),
        (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF),
    )
    for code in range(first, last + 1)
)
_PUNCTUATION = str.maketrans("，（）；：", ",();:")
_NONE: frozenset[Mark] = frozenset()


class Folded(NamedTuple):
    """A text as the grammar reads it, and where each of its characters was typed."""

    typed: str
    text: str
    origin: tuple[int, ...] | None
    """Place of each folded character in ``typed``, plus the end; None when they are the same."""
    marks: frozenset[Mark]

    def span(self, start: int, end: int) -> Span:
        """Give the span of the typed text that a span of the folded text came from."""
        if self.origin is None:
            return Span(start, end)
        if start >= end:
            place = self.origin[start]
            return Span(place, place)
        return Span(self.origin[start], self.origin[end - 1] + 1)

    def piece(self, start: int, end: int, canonical: str) -> Piece:
        """Give a part of the typed text with the spelling it stands for."""
        span = self.span(start, end)
        return Piece(self.typed[span.start : span.end], canonical, span)


def fold(typed: str) -> Folded:
    """Fold full-width and compatibility characters, and drop what nobody can see."""
    if _PLAIN.fullmatch(typed):
        return Folded(typed, typed.translate(_PUNCTUATION), None, _NONE)
    marks: set[Mark] = set()
    out: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(typed):
        if char in _HIDDEN:
            marks.add(Mark.HIDDEN)
            continue
        folded = _fold_char(char, out[-1] if out else "")
        if _WIDE.fullmatch(char):
            marks.add(Mark.FULL_WIDTH)
        if folded.isspace():
            marks.add(Mark.BLANKS)
            folded = " "
        elif char in "*_＊＿":
            marks.add(Mark.FORBIDDEN)
        out.extend(folded)
        origin.extend([place] * len(folded))
    origin.append(len(typed))
    return Folded(typed, "".join(out), tuple(origin), frozenset(marks))


def _fold_char(char: str, before: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    # 10² is no 102: raised figures and fractions stay what they are, and are not understood.
    if folded != char and before.isdigit() and folded[:1].isdigit() and not _WIDE.fullmatch(char):
        return char
    return folded


def clean_text(typed: str) -> str:
    """Give a text without hidden characters, outer blanks, and full-width figures and letters.

    Words keep their Chinese punctuation; a blank between two Chinese characters goes.
    """
    visible = "".join(char for char in typed if char not in _HIDDEN).strip()
    half = _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), visible)
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=\S)|(?<=\S)\s+(?=[^\x00-\x7f])", "", half.strip())
