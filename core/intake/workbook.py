"""The cells of an xlsx as texts and numbers, read as a stream within limits.

Only values are read: a formula is never worked out, its cell has the result it was saved with. Texts are
given exactly, with ``_x0041_`` undone as Excel does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from core.intake.cleaning import cleaned
from core.intake.formats import Formats, number_of
from core.intake.guard import Parts
from core.intake.pieces import cell_name
from core.intake.sheets import Sheet, SheetCell
from core.intake.xml_parts import Handler, whole
from core.sheet.errors import RefusedError

MAX_ROW = 20_000
MAX_COLUMN = 200
MAX_CELLS = 200_000
MAX_ALL_CELLS = 300_000
MAX_MERGES = 20_000
MAX_STRINGS = 500_000
MAX_SHEETS = 200

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = ("1", "true")


class Workbook:
    """An opened xlsx; its sheets are read one by one, when asked for."""

    def __init__(self, parts: Parts, names: list[tuple[str, bool, str]], formats: Formats) -> None:
        self._parts = parts
        self._names = names
        self._formats = formats
        self._read: dict[str, Sheet] = {}

    def sheet_names(self) -> list[str]:
        """Give the names of all sheets, in order."""
        return [name for name, _, _ in self._names]

    def sheet(self, name: str) -> Sheet:
        """Read a sheet; raises RefusedError when it is broken or far larger than any form."""
        if name not in self._read:
            title, hidden, part = next(one for one in self._names if one[0] == name)
            read = sum(len(sheet.cells) for sheet in self._read.values())
            most = min(MAX_CELLS, MAX_ALL_CELLS - read)
            handler = _Cells(Sheet(title, hidden), self._strings, self._formats, most)
            self._parts.parse(part, handler)
            self._parts.relations(part)
            self._read[name] = handler.sheet
        return self._read[name]

    def visible_names(self) -> list[str]:
        """Give the names of the sheets a person sees, in order."""
        return [name for name, hidden, _ in self._names if not hidden]

    def look_at(self, name: str, handler: ContentHandler) -> None:
        """Run a further handler over a sheet, for what is no value: widths, heights, paper."""
        self._parts.parse(next(part for title, _, part in self._names if title == name), handler)

    def look_at_styles(self, handler: ContentHandler) -> None:
        """Run a further handler over the styles, where there are any: borders, fonts."""
        if "xl/styles.xml" in self._parts:
            self._parts.parse("xl/styles.xml", handler)

    @cached_property
    def _strings(self) -> list[str]:
        handler = _Strings()
        if "xl/sharedstrings.xml" in self._parts:
            self._parts.parse("xl/sharedstrings.xml", handler)
        return handler.strings


def open_workbook(data: bytes) -> Workbook:
    """Open an xlsx; raises RefusedError with one sentence for one that is broken or hostile."""
    parts = Parts(data)
    book = _Book()
    parts.parse("xl/workbook.xml", book)
    targets = parts.relations("xl/workbook.xml")
    names = []
    for name, hidden, relation in book.sheets:
        kind, part = targets.get(relation, ("", ""))
        if kind == "worksheet":
            names.append((name, hidden, part))
    if not names or len(names) > MAX_SHEETS or len({name for name, _, _ in names}) < len(names):
        raise RefusedError("intake.broken-xlsx")
    styles = _Styles()
    if "xl/styles.xml" in parts:
        parts.parse("xl/styles.xml", styles)
    return Workbook(parts, names, Formats(styles.formats, styles.codes, since_1904=book.since_1904))


# -- the parts ----------------------------------------------------------------------------------------


class _Book(Handler):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, bool, str]] = []
        self.since_1904 = False

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        if name == "workbookPr":
            self.since_1904 = attrs.get("date1904", "0") in _TRUE
        elif name == "sheet":
            relation = next((attrs[key] for key in attrs.getNames() if key.rpartition(":")[2] == "id"), "")
            self.sheets.append((attrs.get("name", ""), attrs.get("state", "visible") != "visible", relation))


class _Styles(Handler):
    def __init__(self) -> None:
        super().__init__()
        self.formats: list[int] = []
        self.codes: dict[int, str] = {}
        self._in_cells = False

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        if name == "cellXfs":
            self._in_cells = True
        elif name == "numFmt" and len(self.codes) < MAX_STRINGS:
            self.codes[whole(attrs.get("numFmtId", ""))] = attrs.get("formatCode", "")[:400]
        elif name == "xf" and self._in_cells and len(self.formats) < MAX_STRINGS:
            self.formats.append(whole(attrs.get("numFmtId", "0")))

    def end(self, name: str, text: str) -> None:  # noqa: ARG002 – no text here
        if name == "cellXfs":
            self._in_cells = False


class _Strings(Handler):
    texts = frozenset({"t"})

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self._parts: list[str] = []
        self._phonetic = False

    def begin(self, name: str, attrs: AttributesImpl) -> None:  # noqa: ARG002 – no attributes here
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str, text: str) -> None:
        if name == "t" and not self._phonetic:
            self._parts.append(text)
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            if len(self.strings) >= MAX_STRINGS:
                raise RefusedError("intake.too-many-cells", limit=MAX_STRINGS)
            self.strings.append("".join(self._parts))


class _Cells(Handler):
    """Reads one worksheet; a cell without an address stands right of the one before it."""

    texts = frozenset({"v", "t", "f"})

    def __init__(self, sheet: Sheet, strings: list[str], formats: Formats, most: int) -> None:
        super().__init__()
        self._most = most
        self.sheet = sheet
        self._strings = strings
        self._formats = formats
        self._row, self._column = 0, -1
        self._kind, self._style = "n", 0
        self._value: str | None = None
        self._formula: str | None = None
        self._phonetic = False

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        if name == "row":
            self._row = whole(attrs.get("r", str(self._row + 1)))
            self._column = -1
            if attrs.get("hidden", "0") in _TRUE and self._row <= MAX_ROW:
                self.sheet.hidden_rows.add(self._row)
        elif name == "col" and attrs.get("hidden", "0") in _TRUE:
            first, last = whole(attrs.get("min", "")), whole(attrs.get("max", ""))
            self.sheet.hidden_columns.update(range(max(0, first - 1), min(last, MAX_COLUMN)))
        elif name == "c":
            self._begin_cell(attrs)
        elif name == "rPh":
            self._phonetic = True
        elif name == "mergeCell":
            self._merge(attrs.get("ref", ""))

    def end(self, name: str, text: str) -> None:
        if name == "v" or (name == "t" and not self._phonetic):
            self._value = (self._value or "") + text
        elif name == "f":
            self._formula = text
        elif name == "rPh":
            self._phonetic = False
        elif name == "c" and (self._value is not None or self._formula is not None):
            self._end_cell()

    def _begin_cell(self, attrs: AttributesImpl) -> None:
        self._kind, self._style = attrs.get("t", "n"), whole(attrs.get("s", "0"))
        self._value = self._formula = None
        if "r" in attrs:
            self._row, self._column = _spot(attrs["r"])
        else:
            self._column += 1

    def _end_cell(self) -> None:
        spot = self._row, self._column
        cell = self._cell()
        if not cell.text and cell.formula is None:
            return
        if self._row > MAX_ROW or self._column >= MAX_COLUMN or self._row < 1:
            raise RefusedError("intake.far-cell", cell=cell_name(max(1, spot[0]), spot[1]), rows=MAX_ROW)
        if len(self.sheet.cells) >= self._most:
            limit = MAX_CELLS if self._most == MAX_CELLS else MAX_ALL_CELLS
            raise RefusedError("intake.too-many-cells", limit=limit)
        self.sheet.cells[spot] = cell

    def _cell(self) -> SheetCell:
        value = self._value or ""
        number = None
        match self._kind:
            case "s":
                text = self._clean(_unescaped(self._string(value)))
            case "inlineStr" | "str":
                text = self._clean(_unescaped(value))
            case "b":
                text = {"1": "TRUE", "0": "FALSE"}.get(value.strip(), value)
            case "n":
                number = number_of(value) if value.strip() else None
                text = self._formats.shown(number, self._style) if number is not None else self._clean(value)
            case _:
                text = self._clean(value)
        formula = self._formula[:200] if self._formula is not None else None
        return SheetCell(text, number, formula, error=self._kind == "e")

    def _string(self, value: str) -> str:
        number = whole(value)
        if not 0 <= number < len(self._strings):
            raise RefusedError("intake.broken-xlsx")
        return self._strings[number]

    def _clean(self, text: str) -> str:
        """Give a text as a document may hold it; what had to go is noted with its address."""
        text, codes = cleaned(text)
        if codes:
            self.sheet.cleaned.append((self.sheet.where((self._row, self._column)), codes))
        return text

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        (top, left), (bottom, right) = _spot(first), _spot(last or first)
        if len(self.sheet.merges) >= MAX_MERGES:
            raise RefusedError("intake.too-many-cells", limit=MAX_MERGES)
        self.sheet.merges[top, left] = (max(1, bottom - top + 1), max(1, right - left + 1))


def _spot(address: str) -> tuple[int, int]:
    """Read a cell's address as (row from 1, column from 0)."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise RefusedError("intake.broken-xlsx")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def spots(addresses: Iterable[str]) -> list[tuple[int, int]]:
    """Read several addresses."""
    return [_spot(address) for address in addresses]
