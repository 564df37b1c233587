"""TX-09: the numbering of a text, mixed (1. 2、) or repeated (4. 4.)."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from core.check.rule import CellRule, Hits
from core.check.rules.wording_prose import has_signs
from core.check.view import RowView

_DIGITS = "(?:[1-9][0-9]?|[一二三四五六七八九十]{1,3})"
# At the beginning of a text (a mark is put before it), of a line, or after the end of a clause.
_MARKER = re.compile(
    r"(?<=[。；;：:\n])[ \u3000]*"
    rf"(?:(?P<open>[（(])(?P<inner>{_DIGITS})(?P<close>[）)])|(?P<number>{_DIGITS})(?P<sign>[)）]|[.．、](?![0-9]))"
    r"|(?P<first>第?)(?P<spoken>[一二三四五六七八九十]{1,2})(?P<word>(?<=第.)[，,]|(?<=第十.)[，,]|(?<!第.)是))"
)
_CIRCLED = re.compile("[①-⑳]")
_FIRST_CIRCLED = ord("①")
CIRCLE = "○"
"""The sign of ① and its like."""
SHORTEST = 8
_SORTS = {"）": ")", ")": ")", "是": "是", "，": "，", ",": "，", CIRCLE: CIRCLE}
"""What goes together besides 1. and 1、: brackets, 一是 二是, 第一，第二，"""
_CHINESE = "零一二三四五六七八九"


class Marker(NamedTuple):
    """One number before a clause: where it and its sign stand, and of which sort it is."""

    start: int
    end: int
    number: int
    sign: str
    chinese: bool
    open: str
    """The bracket before it, or ``""``."""

    def written(self, number: int, sign: str) -> str:
        """Give another number in the same manner."""
        if sign == CIRCLE:
            return chr(_FIRST_CIRCLED + number - 1)
        return f"{self.open}{_in_chinese(number) if self.chinese else number}{sign}"


def is_numbered_evenly(row: RowView, column: str) -> Hits:
    """TX-09; the fix puts the numbers and signs right and changes nothing else."""
    text = row.text(column)
    if len(text) < SHORTEST or ("1" not in text and "一" not in text and "①" not in text):
        return ()
    wrong: dict[int, tuple[int, str]] = {}
    repeated, gap, mixed = "", "", ""
    for run in _runs(_markers(text), text):
        signs = Counter((one.open, one.sign) for one in run)
        twice = [b for a, b in pairwise(run) if a.number == b.number]
        gaps = [b for a, b in pairwise(run) if b.number > a.number + 1]
        if not twice and not gaps and len(signs) == 1:
            continue
        like = next(one for one in run if (one.open, one.sign) == signs.most_common(1)[0][0])
        if twice and not repeated:
            repeated = text[twice[0].start : twice[0].end]
        if gaps and not gap:
            gap = text[gaps[0].start : gaps[0].end]
        mixed = mixed or " ".join(
            {(one.open, one.sign): text[one.start : one.end] for one in reversed(run)}.values()
        )
        for index, one in enumerate(run, start=1):
            new = like.written(index, like.sign)
            if text[one.start : one.end] != new:
                wrong[one.start] = one.end, new
    if not wrong:
        return ()
    edits = [row.put(column, _put_right(text, wrong))]
    case = "" if repeated else "gap" if gap else "mixed"
    return (row.hit(column, case=case, edits=edits, v=repeated or gap or mixed),)


def _markers(text: str) -> list[Marker]:
    found = []
    for match in _MARKER.finditer(f"\n{text}"):
        digits = match["inner"] or match["number"] or match["spoken"]
        start = match.start("open" if match["open"] else "number" if match["number"] else "first") - 1
        chinese = not digits[0].isdecimal() or not digits.isascii()
        number = _chinese(digits) if chinese else int(digits)
        if number:
            found.append(
                Marker(
                    start,
                    match.end() - 1,
                    number,
                    match["sign"] or match["close"] or match["word"],
                    chinese,
                    match["open"] or match["first"] or "",
                )
            )
    if "①" in text:
        found += [
            Marker(match.start(), match.end(), ord(match[0]) - _FIRST_CIRCLED + 1, CIRCLE, False, "")
            for match in _CIRCLED.finditer(text)
        ]
        found.sort()
    return found


def _runs(markers: list[Marker], text: str) -> list[list[Marker]]:
    """Give the runs that count from 1 up, each of one sort of numbers; a repeated number does not end one."""
    runs: list[list[Marker]] = []
    going: dict[tuple[bool, str, bool], list[Marker]] = {}
    for one in markers:
        key = one.chinese, _SORTS.get(one.sign, ""), one.open != ""
        run = going.get(key)
        if run is None and one.number > 1 and key[1] == ")":
            run = going.get((key[0], ")", not key[2]))  # 2) after （1）
            run = run if run is not None and run[-1].number + 1 == one.number else None
        if run is not None and _goes_on(run, one):
            run += _between(run[-1], one, text)
            run.append(one)
        elif one.number == 1:
            going[key] = [one]
            runs.append(going[key])
        else:
            going.pop(key, None)
    return [run for run in runs if len(run) > 1]


def _between(last: Marker, one: Marker, text: str) -> list[Marker]:
    """Give the number left out between two where it does stand, only not behind the end of a clause."""
    if one.number != last.number + 2:
        return []
    missed = last.written(one.number - 1, last.sign)
    place = text.find(missed, last.end, one.start)
    return [last._replace(start=place, end=place + len(missed), number=one.number - 1)] if place >= 0 else []


def _goes_on(run: list[Marker], one: Marker) -> bool:
    """Whether a number goes on: the next one, one that stands twice (a second 1 begins anew), one left out.

    A number is left out only after two in order, and with the same sign.
    """
    step = one.number - run[-1].number
    if step == 2:
        return len(run) > 1 and run[-1].sign == one.sign and run[-1].number == run[-2].number + 1
    return step == 1 or (step == 0 and one.number > 1)


def _put_right(text: str, wrong: dict[int, tuple[int, str]]) -> str:
    parts, end = [], 0
    for start, (stop, new) in sorted(wrong.items()):
        parts += [text[end:start], new]
        end = stop
    return "".join([*parts, text[end:]])


def _chinese(digits: str) -> int:
    """Read 一 to 九十九; 0 when it is no number people count with."""
    tens, ten, ones = digits.rpartition("十")
    if not ten:
        return _CHINESE.index(digits) if len(digits) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return 10 * (_CHINESE.index(tens) if tens else 1) + (_CHINESE.index(ones) if ones else 0)


def _in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    lead = "" if not tens else "十" if tens == 1 else f"{_CHINESE[tens]}十"
    return lead + (_CHINESE[ones] if ones else "")


RULES = (CellRule("TX-09", is_numbered_evenly, kinds=("text",), when=has_signs),)
