"""Grades typed as a value: a scale (优良中低差), one grade (优), or both (优良差，目标优)."""

from __future__ import annotations

import re

from core.sheet.values.tables import Grades

_SEPARATORS = frozenset("、/,;| ·>")
_OPENING = frozenset(":,;(、 ")
_OWN_SCALE = re.compile(
    r"(?:(?P<aim>[^()/、0-9]{1,8})\((?P<within>[^()0-9]{3,40})\)|(?P<alone>[^()、0-9]{5,40}))"
)
_LEVEL = re.compile(
    "(?:达到|达|保持|优于)?(?:国家|全国|部|省|市|县|行业|地表水|水质|空气质量)*"
    "(?:(?:[一二三四五六甲乙丙丁]|[IVX]{1,4})(?:级|类|等|星级)|[甲乙丙])"
    "(?:标准|水平|水质|水体|要求)?(?:及以上|以上|或以上)?"
)
_LONGEST_GRADE = 8


def read_grades(text: str, words: Grades) -> tuple[tuple[str, ...], str] | None:
    """Give (scale, grade) of a whole folded text, either of them perhaps empty, or None."""
    if text in words.single:
        return (), text
    read = _scale(text, 0, words)
    for scale, end in read:
        grade = _aim(text, end, scale, words)
        if grade is not None:
            return scale, grade
    return _grade_then_scale(text, words) or _own_scale(text)


def is_level(text: str) -> bool:
    """Whether a folded text is a level that others have put in order (达到III类及以上, 省一级)."""
    return _LEVEL.fullmatch(text) is not None


def _scale(text: str, place: int, words: Grades) -> list[tuple[tuple[str, ...], int]]:
    """Give the known scales that begin at a place, longest first, each with its end."""
    found: list[tuple[tuple[str, ...], int]] = []
    scale: tuple[str, ...] = ()
    while (grade := words.words.match(text, place)) is not None:
        scale, place = (*scale, grade[0]), grade[1]
        if scale in words.scales:
            found.append((scale, place))
        while place < len(text) and text[place] in _SEPARATORS:
            place += 1
    return found[::-1]


def _aim(text: str, place: int, scale: tuple[str, ...], words: Grades) -> str | None:
    """Read what follows a scale: nothing (``""``) or the grade aimed at."""
    if place == len(text):
        return ""
    while place < len(text) and text[place] in _OPENING:
        place += 1
    target = words.target.match(text, place)
    if target is not None:
        place = target[1]
        while place < len(text) and text[place] in _OPENING:
            place += 1
    rest = text[place:].rstrip(")")
    return rest if rest in scale else None


def _grade_then_scale(text: str, words: Grades) -> tuple[tuple[str, ...], str] | None:
    """Read 优(优良中差)."""
    grade = words.words.match(text, 0)
    if grade is None or text[grade[1] : grade[1] + 1] != "(" or not text.endswith(")"):
        return None
    for scale, end in _scale(text, grade[1] + 1, words):
        if end == len(text) - 1 and grade[0] in scale:
            return scale, grade[0]
    return None


def _own_scale(text: str) -> tuple[tuple[str, ...], str] | None:
    """Read a scale of the writer's own: 健全(健全/较健全/不健全), or the same without the grade aimed at.

    Without it only where all grades have a character in common: 市级/县级 may be anything.
    """
    found = _OWN_SCALE.fullmatch(text)
    if found is None:
        return None
    aim = found["aim"] or ""
    scale = tuple(found["within"].replace("、", "/").split("/") if aim else found["alone"].split("/"))
    fits = len(set(scale)) == len(scale) and all(0 < len(grade) <= _LONGEST_GRADE for grade in scale)
    if not fits or len(scale) < (2 if aim else 3):
        return None
    if aim:
        return (scale, aim) if aim in scale else None
    common = set(scale[0]).intersection(*scale[1:]) - set("级类等")
    return (scale, "") if common else None
