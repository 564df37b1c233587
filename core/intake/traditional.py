"""Traditional characters seen as simplified ones, so that mirror sites' labels are found.

Only comparing uses them: what is read stays as it stands. A text stays as long as it is, so that places
in it stay places.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.intake.pieces import Source, Told, Where

_ENOUGH = 3
"""Fewer such characters are names, not a page in traditional characters."""


def with_simplified(source: Source) -> Source:
    """Give a source that is compared in simplified characters, where it is written in traditional ones."""
    unknown = {char for piece in source.pieces for char in piece.text if not _is_simplified(char)}
    if len(unknown) < _ENOUGH:
        return source
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    if sum(convert(char) != char for char in unknown) < _ENOUGH:
        return source
    told = Told("traditional", Where(0, 0), "", "")
    return replace(source, simplify=_of_same_length(convert), told=(told, *source.told))


def _of_same_length(convert: Callable[[str], str]) -> Callable[[str], str]:
    def simplify(text: str) -> str:
        whole = str(convert(text))
        if len(whole) == len(text):
            return whole
        single = ((char, str(convert(char))) for char in text)
        return "".join(simple if len(simple) == 1 else char for char, simple in single)

    return simplify


def _is_simplified(char: str) -> bool:
    """Whether a character is in GB 2312, or is none that could be simplified."""
    if not "\u3400" <= char <= "\U0003ffff" or "\ue000" <= char <= "\uffff":
        return True
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
