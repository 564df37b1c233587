"""Signs drawn as outlines, so that they are on the paper and not in the text: the 草稿 mark, and the box
with a code that stands for a character no font has.
"""

from __future__ import annotations

from math import cos, radians, sin

from core.paper.fonts import EM, SANS, Fonts
from core.paper.truetype import Contour

_MARK_ANGLE = 30
_MARK_SHARE = 0.45
_MARK_GREY = 0.92


def draft_mark(fonts: Fonts, words: str, width: float, height: float) -> str:
    """Give PDF drawing operators for light words across a page; they go under everything else."""
    advance = fonts.width_in(SANS, words)
    size = min(_MARK_SHARE * width * EM / advance, 0.5 * height)
    c, s = cos(radians(_MARK_ANGLE)), sin(radians(_MARK_ANGLE))
    half, rise = size * advance / EM / 2, size * 0.38
    x, y = width / 2 - half * c + rise * s, height / 2 - half * s - rise * c
    path = _text_path(fonts, words, size)
    return f"q {_MARK_GREY} g {c:.5f} {s:.5f} {-s:.5f} {c:.5f} {x:.2f} {y:.2f} cm\n{path}f Q"


def missing_box(fonts: Fonts, character: str, x: float, baseline: float, size: float) -> str:
    """Give PDF drawing operators for a frame with a character's code in it, one type size wide."""
    digits = f"{ord(character):04X}"
    rows = [digits[:-2], digits[-2:]] if len(digits) == 4 else [digits[:-3], digits[-3:]]
    inset = 0.05 * size
    side = size - 2 * inset
    parts = [f"q 0.4 w {x + inset:.2f} {baseline - 0.12 * size + inset:.2f} {side:.2f} {side:.2f} re S"]
    digit_size = 0.44 * size if len(digits) == 4 else 0.36 * size
    for index, row in enumerate(rows):
        width = fonts.width_in(SANS, row) * digit_size / EM
        at = x + (size - width) / 2, baseline + (0.42 - 0.40 * index) * size
        parts.append(f"q 1 0 0 1 {at[0]:.2f} {at[1]:.2f} cm {_text_path(fonts, row, digit_size)}f Q")
    return "\n".join([*parts, "Q"])


def _text_path(fonts: Fonts, text: str, size: float) -> str:
    face = fonts.faces[SANS]
    operators, x = [], 0
    for character in text:
        glyph = face.glyph_of(ord(character))
        for contour in face.outline(glyph):
            operators += _contour_path(contour, x, size / EM)
        x += face.width(glyph)
    return "\n".join(operators) + "\n"


def _contour_path(contour: Contour, shift: int, scale: float) -> list[str]:
    """Draw one closed line; TrueType's quadratic curves become the cubic ones of PDF."""
    points = _with_middles([((x + shift) * scale, y * scale, on) for x, y, on in contour])
    start = points[0]
    operators = [f"{start[0]:.2f} {start[1]:.2f} m"]
    at, handle = start, None
    for point in [*points[1:], start]:
        if not point[2]:
            handle = point
        elif handle is None:
            operators.append(f"{point[0]:.2f} {point[1]:.2f} l")
            at = point
        else:
            first = [a + 2 / 3 * (h - a) for a, h in zip(at[:2], handle[:2], strict=True)]
            second = [p + 2 / 3 * (h - p) for p, h in zip(point[:2], handle[:2], strict=True)]
            numbers = " ".join(f"{number:.2f}" for number in (*first, *second, *point[:2]))
            operators.append(f"{numbers} c")
            at, handle = point, None
    return [*operators, "h"]


def _with_middles(contour: Contour) -> Contour:
    """Give the points beginning on the curve, with the middle between two handles written out."""
    full: Contour = []
    for index, point in enumerate(contour):
        before = contour[index - 1]
        if not point[2] and not before[2]:
            full.append(((point[0] + before[0]) / 2, (point[1] + before[1]) / 2, True))
        full.append(point)
    first = next(index for index, point in enumerate(full) if point[2])
    return full[first:] + full[:first]
