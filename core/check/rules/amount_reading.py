"""Reads amounts the way a person would: ５, 5 136.61, 620.82万元 — to offer the plain figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from core.sheet.definition import Money
from core.sheet.numbers import parse_number

POWERS = {"元": 0, "千元": 3, "万": 4, "万元": 4, "百万元": 6, "亿": 8, "亿元": 8}
"""What the units of money are worth, as powers of ten of 元."""

# Full-width signs, dashes meant as minus, and characters nobody can see. Not NFKC, which makes 10² a 102.
_PLAIN = (
    {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
    | dict.fromkeys(map(ord, "−–—﹣"), "-")
    | {ord("￥"): "¥"}
)
_LOOSE = re.compile(
    r"(?:¥|人民币|RMB)?(?P<number>[+-]?[0-9][0-9,.。]*)(?P<unit>百万元|[千万亿]?元|[万亿])?整?"
)
_SWAPPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]{1,2}")
"""Point and commas stand for each other; with more figures behind the comma it may as well be in excess."""


@dataclass(frozen=True, slots=True)
class LooseAmount:
    """An amount that a person can read and the form cannot.

    ``plain`` is how it should stand, ``""`` when that is not certain (1,23); ``perhaps`` is then what it may
    mean (1.23, 123). ``unit`` is the one typed, ``swapped`` whether 1.234,56 stands for 1,234.56.
    """

    plain: str
    unit: str = ""
    perhaps: tuple[str, str] | None = None
    swapped: bool = False


def read_loosely(text: str, money: Money) -> LooseAmount | None:
    """Give what a person reads in a text that is no plain number; None when that is not an amount."""
    found = _find(text)
    if found is None:
        return None
    digits, unit = found
    swapped = _SWAPPED.fullmatch(digits) is not None
    if swapped:
        digits = digits.replace(".", "").replace(",", ".")
    before, point, behind = digits.partition(".")
    if point and not behind.isdigit():
        return None  # 12.34.56; 1,234.5,6; 5.
    if parse_number(digits) is None:
        whole, _, last = before.rpartition(",")
        if not point and whole and _is_ambiguous(last, whole):
            return LooseAmount("", unit, _readings(whole, last))
        digits = f"{whole}.{last}" if not point and _is_nothing(whole) else digits.replace(",", "")
    number = parse_number(digits)
    if number is None:
        return None
    power = POWERS[unit] - POWERS[money.unit] if unit else 0
    plain = digits if power == 0 else f"{number.scaleb(power).normalize():f}"
    return LooseAmount(plain if parse_number(plain) is not None else "", unit, swapped=swapped)


def _find(text: str) -> tuple[str, str] | None:
    """Give figures with their points and commas, and the unit behind them, of a text that is nothing else."""
    found = _LOOSE.fullmatch("".join(text.translate(_PLAIN).split()))
    return None if found is None else (found["number"].replace("。", "."), found["unit"] or "")


def _is_ambiguous(last: str, whole: str) -> bool:
    """Whether the last of misplaced separators may as well be meant as a point (1,23; 1,234,56)."""
    return not (_is_nothing(whole) and last) and ("," not in whole or len(last) != 3)


def _is_nothing(whole: str) -> bool:
    """Whether a figure before a separator is 0: of that there are no thousands, so 0,5 is 0.5."""
    return whole.strip("+-") == "0"


def _readings(whole: str, last: str) -> tuple[str, str] | None:
    whole = whole.replace(",", "")
    return (f"{whole}.{last}", f"{whole}{last}") if last else None


def points_in(text: str) -> int:
    """Give how many points stand in the figures of an amount; 0 when a text is no amount at all."""
    found = _find(text)
    return 0 if found is None else found[0].count(".")


def has_comma_behind_point(text: str) -> bool:
    """Whether a comma follows the point of an amount (1,234.5,6)."""
    found = _find(text)
    return found is not None and "," in found[0].partition(".")[2]


_PROSE = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*(百万元|[千万亿]?元)")


@dataclass(frozen=True, slots=True)
class ProseAmount:
    """An amount named in a text: as written, in 元, and where it starts and ends."""

    written: str
    yuan: Decimal
    start: int
    end: int


def amounts_in(text: str) -> list[ProseAmount]:
    """Give the amounts a text names, in order."""
    found = []
    for match in _PROSE.finditer(text):
        number = parse_number(match[1])
        if number is not None:
            yuan = number.scaleb(POWERS[match[2]])
            found.append(ProseAmount(match[0], yuan, match.start(), match.end()))
    return found
