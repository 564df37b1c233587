"""Grades typed as a value: a scale (优良中低差), one grade (优), or both (优良差，目标优)."""

from __future__ import annotations

from core.sheet.values.tables import Grades

_SEPARATORS = frozenset("、/,;| ·>")
_OPENING = frozenset(":,;(、 ")


def read_grades(text: str, words: Grades) -> tuple[tuple[str, ...], str] | None:
    """Give (scale, grade) of a whole folded text, either of them perhaps empty, or None."""
    if text in words.single:
        return (), text
    read = _scale(text, 0, words)
    for scale, end in read:
        grade = _aim(text, end, scale, words)
        if grade is not None:
            return scale, grade
    return _grade_then_scale(text, words)


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
