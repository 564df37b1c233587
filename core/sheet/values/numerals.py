"""Figures as they are typed: digits with separators and one point, or Chinese numerals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

MOST_DIGITS = 24
"""More digits than this are no figure of a form; staying below keeps all arithmetic exact."""

_RUN = re.compile(r"[0-9.,]*[0-9]|[0-9]+")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_UNFINISHED = re.compile(r"[0-9]+\.|[0-9]{1,3}(?:,[0-9]{3})*(?:,[0-9]{0,2}|\.)")


class Digits(NamedTuple):
    """A run of digits: where it ends, and the number, if it is one."""

    end: int
    number: Decimal | None
    canonical: str
    grouped: bool
    unfinished: bool


def read_digits(text: str, place: int) -> Digits | None:
    """Read the digits at a place of a folded text; None when there are none.

    A badly grouped run (``1,23``) is a run without a number.
    """
    found = _RUN.match(text, place)
    if found is None:
        return None
    run, end = found.group(), found.end()
    if end < len(text) and text[end] in ".," and _UNFINISHED.fullmatch(text, place):
        return Digits(len(text), None, "", False, True)
    grouped = "," in run
    if len(run) > MOST_DIGITS or not (_GROUPED if grouped else _PLAIN).fullmatch(run):
        return Digits(end, None, "", grouped, bool(_UNFINISHED.fullmatch(text, place)))
    canonical = run.replace(",", "")
    if canonical[0] == ".":
        canonical = "0" + canonical
    return Digits(end, Decimal(canonical), canonical, grouped, False)


def half_of(run: str) -> str:
    """Give the half of a run of digits written twice (``98.598.5`` gives ``98.5``), or ``""``."""
    middle, odd = divmod(len(run), 2)
    half = run[:middle]
    return half if middle and not odd and half == run[middle:] and _PLAIN.fullmatch(half) else ""


_DIGITS = {
    char: value
    for value, chars in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
_SHARES = {"百分之": "%", "千分之": "‰"}
BEGINNINGS = frozenset(words[:length] for words in _SHARES for length in (2, 3))
"""Texts that only begin to say a share (百分)."""


class ChineseNumber(NamedTuple):
    """A number in Chinese numerals, the unit its beginning says (百分之 is %), and its end."""

    canonical: str
    unit: str
    end: int


def read_chinese(text: str, place: int) -> ChineseNumber | None:
    """Read Chinese numerals (九十五, 百分之三点五, 三万二千) at a place, or None.

    A closing 万 or 亿 is left standing: it belongs to the unit.
    """
    if text.startswith("百分百", place):
        return ChineseNumber("100", "%", place + 3)
    unit = ""
    for words, sign in _SHARES.items():
        if text.startswith(words, place):
            unit, place = sign, place + len(words)
    whole = _read_whole(text, place)
    if whole is None:
        return None
    number, end = whole
    if not unit and 1 <= number <= 10 and text[end : end + 1] == "成" and text[end + 1 : end + 2] != "本":
        more = _DIGITS.get(text[end + 1 : end + 2]) if number < 10 else None  # 九成八 is 98%, 九成 90%
        return ChineseNumber(str(10 * number + (more or 0)), "%", end + 1 + (more is not None))
    decimals = ""
    if text[end : end + 1] == "点":
        stop = end + 1
        while stop < len(text) and text[stop] in _DIGITS:
            decimals += str(_DIGITS[text[stop]])
            stop += 1
        if decimals:
            end = stop
    return ChineseNumber(f"{number}.{decimals}" if decimals else str(number), unit, end)


def _read_whole(text: str, place: int) -> tuple[int, int] | None:
    total = section = digit = 0
    start, end, seen = place, place, False
    while place < len(text):
        char = text[place]
        if char in _DIGITS:
            if digit:
                return None  # 二五 is no number people count with
            digit, seen = _DIGITS[char], True
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit, seen = 0, True
        elif char in _GROUPS and seen and text[place + 1 : place + 2] and text[place + 1] in _MORE:
            total = (total + section + digit) * _GROUPS[char]
            section = digit = 0
        else:
            break
        place += 1
        end = place
    return (total + section + digit, end) if seen and end > start and end - start <= MOST_DIGITS else None


_MORE = frozenset(_DIGITS) | frozenset("百千")
