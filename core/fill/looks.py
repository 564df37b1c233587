"""How the cells of a template look, as far as it matters for what may stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.xmlreader import AttributesImpl

from core.fill.handler import PartHandler, whole
from core.intake.formats import Formats

MAX_STYLES = 100_000

_TEXT = 49
_DECIMALS = {1: 0, 2: 2, 3: 0, 4: 2, 9: 0, 10: 2, 37: 0, 38: 0, 39: 2, 40: 2}
"""Decimals that the built-in formats of numbers show (ECMA-376 Part 1, 18.8.30)."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_SHOWN = re.compile(r"[0#?][0#?,]*(?:\.([0#?]+))?")
_A_DAY = Decimal(45658)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says: ``kind`` is ``""``, ``text``, ``percent`` or ``date``.

    ``decimals`` is how many a number shows, None when all; ``bordered`` whether any side is drawn.
    """

    kind: str = ""
    decimals: int | None = None
    locked: bool = True
    bordered: bool = False


class Looks(PartHandler):
    """Reads ``xl/styles.xml``; a style it does not have looks plain."""

    def __init__(self) -> None:
        super().__init__()
        self._within: list[str] = []
        self._codes: dict[int, str] = {}
        self._borders: list[bool] = []
        self._styles: list[tuple[int, int]] = []
        self._unlocked: set[int] = set()

    def look(self, style: str) -> Look:
        """Give what a style number says."""
        number = int(style) if style.isascii() and style.isdigit() and len(style) <= 6 else 0
        if number >= len(self._styles):
            return Look()
        format_id, border = self._styles[number]
        bordered = border < len(self._borders) and self._borders[border]
        kind = self._kind(format_id)
        return Look(kind, self._decimals(format_id), number not in self._unlocked, bordered)

    def _kind(self, format_id: int) -> str:
        if format_id == _TEXT or self._codes.get(format_id, "") == "@":
            return "text"
        shown = Formats([format_id], self._codes, since_1904=False).shown(_A_DAY, 0)
        if shown.endswith("%"):
            return "percent"
        return "date" if _DAY.match(shown) else ""

    def _decimals(self, format_id: int) -> int | None:
        if format_id not in self._codes:
            return _DECIMALS.get(format_id)
        found = _SHOWN.search(_QUOTED.sub("", self._codes[format_id]).partition(";")[0])
        return len(found[1] or "") if found else None

    # -- reading ---------------------------------------------------------------------------------------

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        """Take the beginning of an element."""
        parent = self._within[-1] if self._within else ""
        self._within.append(name)
        if len(self._styles) + len(self._codes) + len(self._borders) > MAX_STYLES:
            return
        if name == "numFmt" and parent == "numFmts":
            self._codes[whole(attrs.get("numFmtId", ""))] = attrs.get("formatCode", "")[:400]
        elif name == "border" and parent == "borders":
            self._borders.append(False)
        elif self._within[-3:-1] == ["borders", "border"] and attrs.get("style", "none") != "none":
            self._borders[-1] = True
        elif name == "xf" and parent == "cellXfs":
            self._styles.append((whole(attrs.get("numFmtId", "")), whole(attrs.get("borderId", ""))))
        elif self._within[-3:] == ["cellXfs", "xf", "protection"] and attrs.get("locked") in ("0", "false"):
            self._unlocked.add(len(self._styles) - 1)

    def end(self, name: str, text: str) -> None:  # noqa: ARG002 – elements are properly nested
        """Take the end of an element."""
        self._within.pop()
