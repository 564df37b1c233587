"""A blank form as its Excel sheet shows it: texts, merged areas, borders, widths, heights, paper.

Read through the same guard as every import; nothing is worked out and nothing outside the file is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from core.intake.pieces import cell_name
from core.intake.workbook import Workbook, open_workbook
from core.sheet.errors import RefusedError

MAX_ROW = 2_000
MAX_COLUMN = 200
MAX_LOOKS = 100_000
MAX_CHOICES = 200
"""What lies beyond is only decoration: no blank form is larger."""

_PAPERS = {"8": "A3", "9": "A4"}
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_NARROW = 1.0
_MARGIN = 0.65
"""The inner margins of a cell, 5 pixels, which its width does not count."""
_USUAL_WIDTH, _USUAL_HEIGHT = 8.43, 13.5

Thing = TypeVar("Thing")

Spot = tuple[int, int]
"""A cell: its row from 1, its column from 0."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks: which of its sides are drawn, its type size, where its text stands, its format."""

    left: bool = False
    right: bool = False
    top: bool = False
    bottom: bool = False
    size: float = 11.0
    align: str = "left"
    format: str = ""


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a drop-down list of Excel lets one pick, or how many characters a cell takes."""

    options: tuple[str, ...] = ()
    longest: int | None = None


ANYTHING = Allowed()


@dataclass
class BlankSheet:
    """One worksheet; rows count from 1, columns from 0, as Excel has them (hidden ones too)."""

    name: str
    texts: dict[Spot, str] = field(default_factory=dict)
    formulas: dict[Spot, str] = field(default_factory=dict)
    merges: dict[Spot, tuple[int, int]] = field(default_factory=dict)
    looks: dict[Spot, Look] = field(default_factory=dict)
    allowed: dict[Spot, Allowed] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    paper: str = ""
    direction: str = ""
    usual_height: float = _USUAL_HEIGHT
    others: tuple[str, ...] = ()
    """Further visible sheets of the file, which were not looked at."""

    def look(self, spot: Spot) -> Look:
        """Give how a cell looks."""
        return self.looks.get(spot, PLAIN)

    def height(self, row: int) -> float:
        """Give the height of a row in points."""
        return self.heights.get(row, self.usual_height)

    def width(self, column: int) -> float:
        """Give the width of a column in characters."""
        return max(_NARROW, self.widths.get(column, _USUAL_WIDTH)) + _MARGIN

    @property
    def last_row(self) -> int:
        """The last row with anything in it."""
        ends = [row + down - 1 for (row, _), (down, _) in self.merges.items()]
        rows = [row for row, _ in (*self.texts, *self.looks)]
        return min(MAX_ROW, max([0, *ends, *rows, *self.heights]))

    @property
    def last_column(self) -> int:
        """The last column with anything in it."""
        ends = [column + across - 1 for (_, column), (_, across) in self.merges.items()]
        return min(MAX_COLUMN, max([0, *ends, *(column for _, column in (*self.texts, *self.looks))]))


def read_blank(data: bytes, name: str = "") -> BlankSheet:
    """Read a sheet of an xlsx: the one named, else the first that has anything on it.

    Raises RefusedError for a file that is broken or hostile, has no such sheet, or nothing on it.
    """
    book = open_workbook(data)
    names = book.visible_names()
    if name and name not in names:
        raise RefusedError("authoring.no-such-sheet", name=name[:40], known="、".join(names))
    chosen = name or next((one for one in names if book.sheet(one).cells), "")
    if not chosen or not book.sheet(chosen).cells:
        raise RefusedError("authoring.blank-is-empty")
    sheet = _values(book, chosen)
    styles = _Styles()
    book.look_at_styles(styles)
    book.look_at(chosen, _Looks(sheet, styles))
    sheet.others = tuple(one for one in names if one != chosen and book.sheet(one).cells)
    return sheet


def _values(book: Workbook, name: str) -> BlankSheet:
    read = book.sheet(name)
    sheet = BlankSheet(name)
    for spot, cell in read.cells.items():
        if spot[0] > MAX_ROW:
            raise RefusedError("authoring.too-large", cell=cell_name(*spot))
        if cell.formula is not None:
            sheet.formulas[spot] = cell.formula
        elif cell.text.strip():
            sheet.texts[spot] = cell.text
    sheet.merges = {spot: size for spot, size in read.merges.items() if spot[0] <= MAX_ROW}
    return sheet


class _Handler(ContentHandler):
    """Gives element names without their prefix."""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 – the name SAX calls
        self.begin(name.rpartition(":")[2], attrs)

    def endElement(self, name: str) -> None:  # noqa: N802 – the name SAX calls
        self.end(name.rpartition(":")[2])

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        """Take the beginning of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""


class _Styles(_Handler):
    """The looks of a workbook by the style number of a cell."""

    def __init__(self) -> None:
        super().__init__()
        self._within: list[str] = []
        self._sizes: list[float] = []
        self._borders: list[dict[str, bool]] = []
        self._codes: dict[str, str] = {}
        self._styles: list[dict[str, str]] = []

    def look(self, style: int) -> Look:
        """Give the look of a style."""
        if not 0 <= style < len(self._styles):
            return PLAIN
        own = self._styles[style]
        border, size = _at(self._borders, own["border"], {}), _at(self._sizes, own["font"], 11.0)
        sides = {side: border.get(side, False) for side in ("left", "right", "top", "bottom")}
        align = {"center": "center", "centerContinuous": "center", "right": "right"}.get(own["align"], "left")
        return Look(**sides, size=size, align=align, format=self._codes.get(own["format"], ""))

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        parent = self._within[-1] if self._within else ""
        self._within.append(name)
        if len(self._styles) + len(self._borders) + len(self._sizes) > MAX_LOOKS:
            return
        if name == "numFmt" and parent == "numFmts":
            self._codes[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")[:100]
        elif name == "font" and parent == "fonts":
            self._sizes.append(11.0)
        elif name == "sz" and self._within[-3:-1] == ["fonts", "font"]:
            self._sizes[-1] = _number(attrs.get("val", ""), 11.0)
        elif name == "border" and parent == "borders":
            self._borders.append({})
        elif self._within[-3:-1] == ["borders", "border"]:
            side = {"start": "left", "end": "right"}.get(name, name)
            self._borders[-1][side] = attrs.get("style", "none") != "none"
        elif name == "xf" and parent == "cellXfs":
            keys = {"border": "borderId", "font": "fontId", "format": "numFmtId"}
            self._styles.append({key: attrs.get(of, "0") for key, of in keys.items()} | {"align": ""})
        elif name == "alignment" and self._within[-3:-1] == ["cellXfs", "xf"]:
            self._styles[-1]["align"] = attrs.get("horizontal", "")

    def end(self, name: str) -> None:  # noqa: ARG002 – elements are properly nested
        self._within.pop()


class _Looks(_Handler):
    """Notes what a sheet says besides its values."""

    def __init__(self, sheet: BlankSheet, styles: _Styles) -> None:
        super().__init__()
        self._sheet = sheet
        self._styles = styles
        self._row, self._column = 0, -1
        self._allowed: list[Spot] = []
        self._kind = ""
        self._operator = ""
        self._formula: list[str] | None = None

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        match name:
            case "sheetFormatPr":
                self._sheet.usual_height = _number(attrs.get("defaultRowHeight", ""), _USUAL_HEIGHT)
            case "col":
                self._columns(attrs)
            case "row":
                self._begin_row(attrs)
            case "c":
                self._cell(attrs)
            case "pageSetup":
                self._sheet.paper = _PAPERS.get(attrs.get("paperSize", ""), "")
                self._sheet.direction = attrs.get("orientation", "")
            case "dataValidation":
                self._kind, self._operator = attrs.get("type", ""), attrs.get("operator", "between")
                self._allowed = list(_spots(attrs.get("sqref", "")))
            case "formula1" | "formula2":
                self._formula = []

    def end(self, name: str) -> None:
        if name in ("formula1", "formula2") and self._formula is not None:
            self._allow(name, "".join(self._formula))
            self._formula = None

    def characters(self, content: str) -> None:
        if self._formula is not None and len(self._formula) < MAX_CHOICES:
            self._formula.append(content)

    def _columns(self, attrs: AttributesImpl) -> None:
        first, last = _whole(attrs.get("min", ""), 1), _whole(attrs.get("max", ""), 0)
        for column in range(max(1, first) - 1, min(last, MAX_COLUMN)):
            if "width" in attrs:
                self._sheet.widths[column] = _number(attrs["width"], _USUAL_WIDTH)
            if attrs.get("hidden", "0") in ("1", "true") or attrs.get("width", "") == "0":
                self._sheet.hidden_columns.add(column)

    def _begin_row(self, attrs: AttributesImpl) -> None:
        self._row, self._column = _whole(attrs.get("r", ""), self._row + 1), -1
        if self._row > MAX_ROW:
            return
        if attrs.get("hidden", "0") in ("1", "true") or attrs.get("ht", "") == "0":
            self._sheet.hidden_rows.add(self._row)
        if "ht" in attrs:
            self._sheet.heights[self._row] = _number(attrs["ht"], self._sheet.usual_height)

    def _cell(self, attrs: AttributesImpl) -> None:
        spot = _spot(attrs.get("r", "")) or (self._row, self._column + 1)
        self._row, self._column = spot
        if not (1 <= spot[0] <= MAX_ROW and spot[1] < MAX_COLUMN) or len(self._sheet.looks) >= MAX_LOOKS:
            return
        look = self._styles.look(_whole(attrs.get("s", ""), 0))
        if look != PLAIN:
            self._sheet.looks[spot] = look

    def _allow(self, name: str, text: str) -> None:
        if self._kind == "list" and name == "formula1" and text.startswith('"') and text.endswith('"'):
            options = tuple(one.strip() for one in text[1:-1].split(",") if one.strip())
            found = Allowed(options[:MAX_CHOICES])
        elif self._kind == "textLength" and self._longest(name) and text.strip().isdigit():
            found = Allowed(longest=_whole(text, 0) or None)
        else:
            return
        self._sheet.allowed.update(dict.fromkeys(self._allowed, found))

    def _longest(self, name: str) -> bool:
        """Whether the bound just read is the greatest length."""
        if self._operator == "between":
            return name == "formula2"
        return self._operator == "lessThanOrEqual" and name == "formula1"


def _spots(areas: str) -> Iterator[Spot]:
    """Give the first cells of areas like ``B3 D5:D20``, every cell of small ones."""
    count = 0
    for area in areas.split()[:MAX_CHOICES]:
        first, _, last = area.partition(":")
        start, end = _spot(first), _spot(last or first)
        if start is None or end is None:
            continue
        for row in range(start[0], min(end[0], MAX_ROW) + 1):
            for column in range(start[1], min(end[1], MAX_COLUMN) + 1):
                yield row, column
                count += 1
                if count >= MAX_LOOKS:
                    return


def _spot(address: str) -> Spot | None:
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else otherwise


def _number(text: str, otherwise: float) -> float:
    try:
        value = float(text) if len(text) <= 30 else otherwise
    except ValueError:
        return otherwise
    return value if 0 < value < 1000 else otherwise


def _at(things: list[Thing], index: str, otherwise: Thing) -> Thing:
    number = _whole(index, -1)
    return things[number] if 0 <= number < len(things) else otherwise
