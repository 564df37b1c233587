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
    r"(?:¥|人民币|RMB)?(?P<number>[+-]?[0-9][0-9,]*(?:[.。][0-9]+)?)(?P<unit>百万元|[千万亿]?元|[万亿])?整?"
)


@dataclass(frozen=True, slots=True)
class LooseAmount:
    """An amount that a person can read and the form cannot.

    ``plain`` is how it should stand, ``""`` when that is not certain (1,23). ``unit`` is the one typed.
    """

    plain: str
    unit: str = ""


def read_loosely(text: str, money: Money) -> LooseAmount | None:
    """Give what a person reads in a text that is no plain number; None when that is not an amount."""
    found = _LOOSE.fullmatch("".join(text.translate(_PLAIN).split()))
    if found is None:
        return None
    unit = found["unit"] or ""
    digits = found["number"].replace("。", ".")
    if parse_number(digits) is None:
        if _ambiguous(digits):
            return LooseAmount("", unit)
        digits = digits.replace(",", "")
    number = parse_number(digits)
    if number is None:
        return None
    power = POWERS[unit] - POWERS[money.unit] if unit else 0
    plain = digits if power == 0 else f"{number.scaleb(power).normalize():f}"
    return LooseAmount(plain if parse_number(plain) is not None else "", unit)


def _ambiguous(digits: str) -> bool:
    """Whether a misplaced separator may as well be meant as a point (1,23)."""
    return "." not in digits and digits.count(",") == 1


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
