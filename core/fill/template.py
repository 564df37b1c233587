"""A blank table from outside: what stands in its cells, what may be written there, and how it looks.

Opened through the same guard as every import; no formula is worked out and nothing is written here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from xml.sax.xmlreader import AttributesImpl

from core.fill.handler import PartHandler, whole
from core.fill.looks import Look, Looks
from core.fill.sheet_xml import SheetXml, Spot
from core.fill.validation import Area, Validation, area_of
from core.intake.guard import Parts
from core.intake.pieces import cell_name
from core.intake.sheets import Sheet
from core.intake.sniff import Sort, sort_of
from core.intake.workbook import MAX_COLUMN, MAX_ROW, open_workbook
from core.sheet.errors import RefusedError

MAX_COVERED = 400_000
MAX_VALIDATIONS = 5_000
_SHARED = re.compile(rb"""<[^>]*\st\s*=\s*["']s["'][^>]*>\s*<[^>]*>\s*([0-9]{1,9})\s*<""")
_BOOK, _STRINGS = "xl/workbook.xml", "xl/sharedstrings.xml"


@dataclass
class _Extras:
    """What a worksheet says besides its values."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    validations: list[Validation] = field(default_factory=list)
    worked_out: list[Area] = field(default_factory=list)
    """Areas that one formula fills."""
    protected: bool = False
    formulas: bool = False


class TemplateSheet:
    """One worksheet of a template; rows count from 1, columns from 0."""

    def __init__(self, part: str, parts: Parts, values: Sheet, extras: _Extras) -> None:
        self.name = values.name
        self.part = part
        self.hidden = values.hidden
        self._parts = parts
        self._values = values
        self._extras = extras
        self._owners = _owners(values)

    @cached_property
    def xml(self) -> SheetXml:
        """Its bytes, ready to be written into."""
        return SheetXml(self._parts.read(self.part))

    @property
    def validations(self) -> list[Validation]:
        """The rules on what may be typed."""
        return self._extras.validations

    @property
    def protected(self) -> bool:
        """Whether its locked cells cannot be typed into."""
        return self._extras.protected

    @cached_property
    def texts(self) -> list[tuple[Spot, str]]:
        """Every cell that shows a text, in reading order."""
        cells = sorted(self._values.cells.items())
        return [(spot, cell.text) for spot, cell in cells if cell.formula is None and cell.text.strip()]

    def texts_in(self, row: int) -> list[tuple[Spot, str]]:
        """Give the cells of a row that show a text, from left to right."""
        return self._by_row.get(row, [])

    @cached_property
    def _by_row(self) -> dict[int, list[tuple[Spot, str]]]:
        rows: dict[int, list[tuple[Spot, str]]] = {}
        for spot, text in self.texts:
            rows.setdefault(spot[0], []).append((spot, text))
        return rows

    @cached_property
    def last_row(self) -> int:
        """The last row with a text, a formula or a merged area."""
        ends = [row + down - 1 for (row, _), (down, _) in self._values.merges.items()]
        return min(MAX_ROW, max([0, *ends, *(row for row, _ in self._values.cells)]))

    @cached_property
    def last_column(self) -> int:
        """The last column (from 0) with a text, a formula or a merged area."""
        ends = [column + across - 1 for (_, column), (_, across) in self._values.merges.items()]
        return min(MAX_COLUMN - 1, max([0, *ends, *(column for _, column in self._values.cells)]))

    def text(self, spot: Spot) -> str:
        """Give the text a person sees at a cell, also where a merged area covers it."""
        found = self._values.cells.get(self.owner(spot))
        return found.text if found else ""

    def owner(self, spot: Spot) -> Spot:
        """Give the top left cell of the area a cell belongs to."""
        return self._owners.get(spot, spot)

    def size(self, spot: Spot) -> tuple[int, int]:
        """Give how many rows and columns the area that begins at a cell has."""
        return self._values.merges.get(spot, (1, 1))

    def is_worked_out(self, spot: Spot) -> bool:
        """Whether a formula fills a cell."""
        within = any(area.holds(spot) for area in self._extras.worked_out)
        found = self._values.cells.get(spot)
        return within or (found is not None and found.formula is not None)

    def is_seen(self, spot: Spot) -> bool:
        """Whether neither the row nor the column of a cell is hidden."""
        return spot[0] not in self._extras.hidden_rows and spot[1] not in self._extras.hidden_columns

    def is_row_hidden(self, row: int) -> bool:
        """Whether nobody sees a row."""
        return row in self._extras.hidden_rows

    def where(self, spot: Spot) -> str:
        """Give a cell's address with the sheet's name, as Excel writes it."""
        return f"{self.name}!{cell_name(*spot)}"


class Template:
    """An opened blank table."""

    def __init__(self, data: bytes) -> None:
        """Open an xlsx; raises RefusedError with one sentence for one that is broken or hostile."""
        if sort_of(data) is not Sort.XLSX:
            raise RefusedError("fill.not-xlsx")
        self._book = open_workbook(data)
        parts = self._parts = Parts(data)
        index = _Index()
        parts.parse(_BOOK, index)
        targets = parts.relations(_BOOK)
        self._looks = Looks()
        self._book.look_at_styles(self._looks)
        self.names = index.names
        self.since_1904 = index.since_1904
        self._sheets: dict[str, TemplateSheet] = {}
        self.has_formulas = False
        for name in self._book.sheet_names():
            part = targets[index.sheets[name]][1]
            extras = _Extras()
            self._book.look_at(name, _ExtrasReader(extras))
            self._sheets[name] = TemplateSheet(part, parts, self._book.sheet(name), extras)
            self.has_formulas |= extras.formulas

    @property
    def sheets(self) -> list[TemplateSheet]:
        """All worksheets, in order."""
        return list(self._sheets.values())

    def sheet(self, name: str) -> TemplateSheet:
        """Give a worksheet by its name; raises RefusedError when there is none."""
        if name not in self._sheets:
            raise RefusedError("fill.no-such-sheet", name=name[:40], known="、".join(self._sheets))
        return self._sheets[name]

    def find_sheet(self, name: str) -> TemplateSheet | None:
        """Give a worksheet by its name, None when there is none."""
        return self._sheets.get(name)

    def has_own_fonts(self, sheet: TemplateSheet, spot: Spot) -> bool:
        """Whether parts of the text in a cell look different from each other."""
        cell = sheet.xml.cell(spot)
        shared = _SHARED.match(cell)
        return int(shared[1]) in self._in_runs if shared else b"rPr" in cell

    @cached_property
    def _in_runs(self) -> set[int]:
        texts = _Runs()
        if _STRINGS in self._parts:
            self._parts.parse(_STRINGS, texts)
        return texts.in_runs

    def look(self, style: str) -> Look:
        """Give what a style number says."""
        return self._looks.look(style)


def _owners(values: Sheet) -> dict[Spot, Spot]:
    owners: dict[Spot, Spot] = {}
    for (top, left), (down, across) in values.merges.items():
        rows = range(top, min(top + down, MAX_ROW + 1))
        columns = range(left, min(left + across, MAX_COLUMN))
        if len(owners) + len(rows) * len(columns) > MAX_COVERED:
            raise RefusedError("intake.too-many-cells", limit=MAX_COVERED)
        owners.update(((row, column), (top, left)) for row in rows for column in columns)
    return owners


# -- the parts ----------------------------------------------------------------------------------------


class _Index(PartHandler):
    """Reads which relation each sheet has, and the names that areas go by."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.since_1904 = False
        self._name = ""

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        if name == "workbookPr":
            self.since_1904 = attrs.get("date1904", "0") in ("1", "true")
        elif name == "sheet":
            relation = (attrs[key] for key in attrs.getNames() if key.rpartition(":")[2] == "id")
            self.sheets[attrs.get("name", "")] = next(relation, "")
        elif name == "definedName":
            self._name = attrs.get("name", "")

    def end(self, name: str, text: str) -> None:
        if name == "definedName" and len(self.names) < MAX_VALIDATIONS:
            self.names.setdefault(self._name, text.strip()[:1000])


class _Runs(PartHandler):
    """Reads which shared texts consist of runs with a look of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.in_runs: set[int] = set()
        self._count = -1

    def begin(self, name: str, attrs: AttributesImpl) -> None:  # noqa: ARG002 – no attributes here
        if name == "si":
            self._count += 1
        elif name == "rPr":
            self.in_runs.add(self._count)


class _ExtrasReader(PartHandler):
    """Reads what is hidden, locked, ruled or worked out; both kinds of rules that Excel writes."""

    def __init__(self, extras: _Extras) -> None:
        super().__init__()
        self._extras = extras
        self._row = 0
        self._rule: dict[str, str] | None = None

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        match name:
            case "row":
                self._row = whole(attrs.get("r", ""), self._row + 1)
                if attrs.get("hidden", "0") in ("1", "true") or attrs.get("ht", "") == "0":
                    self._extras.hidden_rows.add(self._row)
            case "col" if attrs.get("hidden", "0") in ("1", "true") or attrs.get("width", "") == "0":
                first, last = whole(attrs.get("min", ""), 1), whole(attrs.get("max", ""), 0)
                self._extras.hidden_columns.update(range(first - 1, min(last, MAX_COLUMN)))
            case "f" if self._rule is None:
                self._extras.formulas = True
                if attrs.get("t", "") in ("array", "dataTable") and (area := area_of(attrs.get("ref", ""))):
                    self._extras.worked_out.append(area)
            case "sheetProtection":
                self._extras.protected = attrs.get("sheet", "0") in ("1", "true")
            case "dataValidation":
                self._rule = {key: attrs[key] for key in attrs.getNames()}

    def end(self, name: str, text: str) -> None:
        if self._rule is None:
            return
        if name in ("formula1", "formula2", "sqref"):
            self._rule.setdefault(name, text)
        elif name == "f":  # the newer kind: <formula1><xm:f>…</xm:f></formula1>
            self._rule["formula2" if "formula1" in self._rule else "formula1"] = text
        elif name == "dataValidation":
            rule, self._rule = self._rule, None
            areas = tuple(filter(None, map(area_of, rule.get("sqref", "").split())))
            if len(self._extras.validations) < MAX_VALIDATIONS and areas:
                made = (rule.get("type", "none"), rule.get("operator", "between"))
                formulas = (rule.get("formula1", "").strip(), rule.get("formula2", "").strip())
                self._extras.validations.append(Validation(*made, *formulas, areas))
