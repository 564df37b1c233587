"""Which font shows which character, and how wide it is.

Noto Serif SC prints what people filled in, Noto Sans SC prints labels and titles; each helps the
other out, and DejaVu Sans comes last (☐ ☑). A character that no font has is reported, never dropped.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from core.paper.truetype import TrueTypeFile

FILES = ("NotoSerifSC-Regular.ttf", "NotoSansSC-Regular.ttf", "DejaVuSans.ttf")
SERIF, SANS, SYMBOLS = range(3)

EM = 1000
"""Widths are counted in 1/1000 of the type size, so sums are exact."""

TAB_WIDTH = 2 * EM


class Style(Enum):
    """What a text is for; the value is the order in which font files are asked."""

    BODY = (SERIF, SANS, SYMBOLS)
    LABEL = (SANS, SERIF, SYMBOLS)


class Sign(NamedTuple):
    """How one character is shown: a glyph of a font file, and its width in 1/1000 of the type size.

    ``missing`` marks a character that no font has: it is printed as a box with its code in it.
    """

    face: int
    glyph: int
    width: int
    missing: bool = False


class _Signs(dict[str, Sign]):
    """The signs of one style, looked up in the font files once per character."""

    def __init__(self, fonts: Fonts, style: Style) -> None:
        super().__init__()
        self._fonts, self._style = fonts, style

    def __missing__(self, character: str) -> Sign:
        sign = self[character] = self._fonts.find(self._style, character)
        return sign


class _Widths(dict[str, int]):
    """The widths of one style, as a plain table for fast sums."""

    def __init__(self, signs: _Signs) -> None:
        super().__init__()
        self._signs = signs

    def __missing__(self, character: str) -> int:
        width = self[character] = self._signs[character].width
        return width


class Fonts:
    """The bundled font files of a folder, opened when first needed and shared by all sheets printed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._signs = {style: _Signs(self, style) for style in Style}
        self._widths = {style: _Widths(self._signs[style]) for style in Style}

    @cached_property
    def faces(self) -> tuple[TrueTypeFile, ...]:
        """The opened font files: serif, sans, symbols. Raises FontError or OSError when one is unfit."""
        return tuple(TrueTypeFile(self.folder / name) for name in FILES)

    def signs(self, style: Style) -> dict[str, Sign]:
        """Give the signs of a style by character; every character is in it."""
        return self._signs[style]

    def widths(self, style: Style) -> dict[str, int]:
        """Give the widths of a style by character, in 1/1000 of the type size; every character is in it."""
        return self._widths[style]

    def width(self, style: Style, text: str) -> int:
        """Give the width of a text in 1/1000 of the type size."""
        return sum(map(self._widths[style].__getitem__, text))

    def width_in(self, face: int, text: str) -> int:
        """Give the width of a text in one font file, in 1/1000 of the type size."""
        file = self.faces[face]
        return sum(file.width(file.glyph_of(ord(character))) for character in text)

    def missing(self, text: str) -> list[str]:
        """Give the characters of a text that no font has, each once, in order."""
        signs = self._signs[Style.BODY]
        return [one for one in dict.fromkeys(text) if signs[one].missing]

    def find(self, style: Style, character: str) -> Sign:
        """Look a character up in the font files, in the order of the style."""
        order = style.value
        main = self.faces[order[0]]
        blank = main.glyph_of(0x20)
        if character == "\t":
            return Sign(order[0], blank, TAB_WIDTH)
        if character == "\n":
            return Sign(order[0], blank, 0)
        for face in order if not _is_ignorable(character) else order[:2]:
            if glyph := self.faces[face].glyph_of(ord(character)):
                return Sign(face, glyph, self.faces[face].width(glyph))
        # Joiners, direction marks and variation selectors are meant to be invisible (Unicode, default
        # ignorable); they stay in the text of the PDF.
        if _is_ignorable(character):
            return Sign(order[0], blank, 0)
        return Sign(order[0], blank, EM, missing=True)


def _is_ignorable(character: str) -> bool:
    code = ord(character)
    selector = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
    return selector or unicodedata.category(character) == "Cf"
