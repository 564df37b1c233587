"""What a number in a spreadsheet says: a figure, a percentage or a date, told by its number format."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

# Built-in formats that show dates or times (ECMA-376 Part 1, 18.8.30, with the East Asian ones).
_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_PERCENTS = frozenset([9, 10])
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_DATE_LETTERS = re.compile(r"[ymdhs]|年|月|日", re.IGNORECASE)
_LAST_DAY = 2_958_465
"""31 December 9999 in days since 1900."""


def number_of(text: str) -> Decimal | None:
    """Give the number of a cell with the 15 digits a spreadsheet shows, or None when it is none."""
    try:
        value = Decimal(f"{float(text):.15g}")
    except (ValueError, InvalidOperation, OverflowError):
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= 300 else None


def written(number: Decimal) -> str:
    """Write a number plainly: no exponent, no needless zeros, no separators."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class Formats:
    """The number formats of a workbook by the style number of a cell."""

    def __init__(self, styles: list[int], codes: dict[int, str], *, since_1904: bool) -> None:
        self._styles = styles
        self._codes = codes
        self._since_1904 = since_1904

    def shown(self, number: Decimal, style: int) -> str:
        """Give a number as text: ``95%`` or ``2024-12-31`` where its format shows it so."""
        known = self._styles[style] if 0 <= style < len(self._styles) else 0
        code = _QUOTED.sub("", self._codes.get(known, ""))
        if known in _PERCENTS or (known in self._codes and "%" in code):
            return written(number * 100) + "%"
        if known in _DATES or (known in self._codes and _DATE_LETTERS.search(code)):
            return self._date(number) or written(number)
        return written(number)

    def _date(self, number: Decimal) -> str:
        if not 1 <= number <= _LAST_DAY - (1462 if self._since_1904 else 0):
            return ""
        # The day 29 February 1900, which spreadsheets count, never was.
        first = datetime(1904, 1, 1) if self._since_1904 else datetime(1899, 12, 30 if number >= 61 else 31)
        try:
            moment = first + timedelta(seconds=round(float(number) * 86400))
        except OverflowError:
            return ""
        if number == int(number):
            return f"{moment:%Y-%m-%d}"
        return f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
