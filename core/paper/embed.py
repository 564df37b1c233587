"""Puts just the characters of one PDF into it, as glyph-numbered fonts whose text can be copied out again.

Each font file becomes one Type 0 font with two-byte codes; its ToUnicode table is written here (UTF-16BE,
at most 100 entries in a block), because reportlab's own writes rare names such as 𫍯 wrongly.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArrayCompact, PDFDictionary, PDFName, PDFStream, PDFString

from core.paper.fonts import EM, Fonts, Style
from core.paper.truetype import TrueTypeFile

_BLOCK = 100
_SYMBOLIC = 4


class Subset:
    """The characters of one font file that a PDF needs, numbered in the order of their first use."""

    def __init__(self, face: TrueTypeFile, name: str) -> None:
        self.name = name
        self._face = face
        self._codes: dict[str, str] = {}
        self._glyphs: list[int] = [0]
        self._widths: list[int] = [face.width(0)]

    def code(self, character: str, glyph: int, width: int) -> str:
        """Give the four hex digits that stand for a character in this PDF."""
        found = self._codes.get(character)
        if found is None:
            found = self._codes[character] = f"{len(self._glyphs):04X}"
            self._glyphs.append(glyph)
            self._widths.append(width)
        return found

    @property
    def used(self) -> bool:
        """Whether any character needs this font."""
        return bool(self._codes)

    def to_unicode(self) -> str:
        """Give the table from codes to characters, for copying and searching."""
        entries = [f"<{code}> <{_utf16_hex(character)}>" for character, code in self._codes.items()]
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        for start in range(0, len(entries), _BLOCK):
            block = entries[start : start + _BLOCK]
            lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        lines += ["endcmap CMapName currentdict /CMap defineresource pop end end"]
        return "\n".join(lines)

    def font_object(self, document: Any) -> PDFDictionary:
        """Give the font as objects of a reportlab PDF document."""
        tag = hashlib.sha256("".join(self._codes).encode("utf-8", "surrogatepass")).hexdigest()[:6]
        letters = "".join(chr(ord("A") + int(digit, 16)) for digit in tag)
        base = PDFName(f"{letters}+{self._face.name}")
        file = PDFStream(content=self._face.subset(self._glyphs))
        file.dictionary["Length1"] = len(file.content)
        descriptor = {
            "Type": PDFName("FontDescriptor"),
            "FontName": base,
            "Flags": _SYMBOLIC,
            "FontBBox": PDFArrayCompact(self._face.box),
            "ItalicAngle": 0,
            "Ascent": self._face.ascent,
            "Descent": self._face.descent,
            "CapHeight": self._face.ascent,
            "StemV": 80,
            "FontFile2": self._reference(document, file, "file"),
        }
        descendant = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType2"),
            "BaseFont": base,
            "CIDSystemInfo": PDFDictionary(
                {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
            ),
            "FontDescriptor": self._reference(document, PDFDictionary(descriptor), "descriptor"),
            "DW": EM,
            "W": PDFArrayCompact([0, PDFArrayCompact(self._widths)]),
            "CIDToGIDMap": PDFName("Identity"),
        }
        unicode_table = PDFStream(content=self.to_unicode())
        return PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": base,
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArrayCompact(
                    [self._reference(document, PDFDictionary(descendant), "descendant")]
                ),
                "ToUnicode": self._reference(document, unicode_table, "unicode"),
            }
        )

    def _reference(self, document: Any, thing: Any, part: str) -> Any:
        return document.Reference(thing, f"jibiao-{self.name}-{part}")


class FontSet:
    """The fonts of one PDF: turns texts into the codes that show them.

    It joins a reportlab document through ``delayedFonts``: ``addObjects`` is called when the PDF is written.
    """

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._subsets = [Subset(face, f"F{number}") for number, face in enumerate(fonts.faces, start=1)]
        self._codes = {style: _Codes(fonts, style, self._subsets) for style in Style}

    def runs(self, style: Style, text: str) -> Iterator[tuple[str, str]]:
        """Give (font name, hex codes) for each run of a text that one font shows."""
        codes = self._codes[style]
        font, collected = "", ""
        for name, code in map(codes.__getitem__, text):
            if name == font:
                collected += code
            else:
                if font:
                    yield font, collected
                font, collected = name, code
        if font:
            yield font, collected

    def addObjects(self, document: Any) -> None:  # noqa: N802 (reportlab calls it by this name)
        """Put the used fonts into the PDF document's font dictionary."""
        dictionary = document.idToObject["BasicFonts"].dict
        for subset in self._subsets:
            if subset.used:
                dictionary[subset.name] = document.Reference(subset.font_object(document), subset.name)


class _Codes(dict[str, tuple[str, str]]):
    """The font name and code of each character of one style, worked out at its first use."""

    def __init__(self, fonts: Fonts, style: Style, subsets: list[Subset]) -> None:
        super().__init__()
        self._signs = fonts.signs(style)
        self._subsets = subsets

    def __missing__(self, character: str) -> tuple[str, str]:
        sign = self._signs[character]
        subset = self._subsets[sign.face]
        pair = self[character] = (subset.name, subset.code(character, sign.glyph, sign.width))
        return pair


def _utf16_hex(character: str) -> str:
    return character.encode("utf-16-be", "surrogatepass").hex().upper()
