"""The sheet: a form and a document expanded into cells, the same for screen, paper and Excel.

Each cell is a label, a place to fill, a computed figure or empty; a cell to fill has either a place
or says what typing there would add. The expander never sorts and never loses a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from core.sheet.compute import Computation
from core.sheet.definition import Field, Form, Table
from core.sheet.document import ROOT, Document
from core.sheet.lines import Beside, Source, Sources
from core.sheet.numbers import shown_computed, shown_text
from core.sheet.picture import PictureRow, Token, fill_holes, holes, parse_row
from core.sheet.places import FACTS, Place


class Adds(NamedTuple):
    """What typing into a cell without a place would add: a row at a position, some levels given."""

    table: str
    parent: str
    position: int
    column: str
    given: Mapping[str, str] = {}


class Cell(NamedTuple):
    """One cell of the sheet at a grid row and column, ``down`` × ``across`` large.

    ``kind``: ``label`` · ``fill`` · ``computed`` · ``empty``. ``text`` is what is shown and printed.
    A fill cell has ``place`` (with ``places``: all rows a merged cell stands for) or ``adds``.
    ``locked`` cells cannot be typed into.
    """

    row: int
    column: int
    down: int
    across: int
    kind: str
    text: str
    align: str
    block: int
    head: bool = False
    place: Place | None = None
    places: tuple[Place, ...] = ()
    adds: Adds | None = None
    field: Field | None = None
    locked: bool = False


class Line(NamedTuple):
    """One row of the grid: its block, whether it is a head row, and the innermost table row it shows."""

    block: int
    head: bool
    table: str = ""
    row_id: str = ""
    spare: bool = False


@dataclass(frozen=True)
class Grid:
    """The expanded sheet: column width ratios, lines and cells in reading order."""

    widths: tuple[Decimal, ...]
    lines: tuple[Line, ...]
    cells: tuple[Cell, ...]

    @property
    def rows(self) -> int:
        """How many grid rows there are."""
        return len(self.lines)

    @property
    def columns(self) -> int:
        """How many grid columns there are."""
        return len(self.widths)

    def cell_of(self, place: Place) -> Cell | None:
        """Give the cell that shows a place, or None when the picture does not show it."""
        for cell in self.cells:
            if cell.place == place or place in cell.places:
                return cell
        return None


class BrokenPictureError(ValueError):
    """The picture does not make rectangles; the text says where."""


@dataclass(slots=True)
class _Spot:
    """A cell while the grid is being built."""

    kind: str
    text: str = ""
    align: str = "center"
    place: Place | None = None
    places: list[Place] = field(default_factory=list)
    adds: Adds | None = None
    field: Field | None = None
    locked: bool = False
    join: str = ""
    """``left`` or ``up``: not a cell of its own but part of its neighbour."""


def heading_values(document: Document) -> dict[str, str]:
    """Give the texts for the holes of titles and labels: facts and fields as typed."""
    form = document.form
    values = {name: document.field(name) for name in FACTS}
    values |= {
        name: shown_text(text, form.fields[name], form.money) for name, text in document.values.items()
    }
    return values


def expand(document: Document, computation: Computation | None = None, *, spare: bool = False) -> Grid:
    """Expand a document into its sheet.

    With ``spare`` each table has one more empty line to type into (on screen, never on paper).
    """
    return _Expander(document, computation or Computation(document), spare).grid()


class _Expander:
    def __init__(self, document: Document, computation: Computation, spare: bool) -> None:
        self._document = document
        self._form: Form = document.form
        self._computation = computation
        self._spare = spare
        self._values = heading_values(document)
        self._lines: list[Line] = []
        self._spots: list[list[_Spot]] = []

    def grid(self) -> Grid:
        for number, block in enumerate(self._form.blocks):
            for index, texts in enumerate(block.rows):
                row = parse_row(texts, self._form)
                for line, spots in self._expand_row(row, number, head=index < block.head):
                    self._lines.append(line)
                    self._spots.append(spots)
        return Grid(self._form.page.columns, tuple(self._lines), tuple(self._cells()))

    # -- one picture row → grid rows --------------------------------------------------------------

    def _expand_row(self, row: PictureRow, block: int, *, head: bool) -> Iterator[tuple[Line, list[_Spot]]]:
        aligns = map(self._form.blocks[block].label_align, range(len(row.tokens)))
        tokens = list(zip(row.tokens, aligns, strict=True))
        if not row.tables:
            yield Line(block, head), [self._fixed(token, align, first=True) for token, align in tokens]
            return
        if len(row.tables) == 2 and self._form.tables[row.tables[1]].parent != row.tables[0]:
            pairs = list(Beside(self._document, self._form, row.tables, self._spare).lines())
        else:
            pairs = list(self._nested(row.tables))
        for index, sources in enumerate(pairs):
            spots = [
                self._column(token, pairs, index)
                if token.kind == "column"
                else self._fixed(token, align, first=index == 0)
                for token, align in tokens
            ]
            yield _line(block, head, row.tables, sources), spots

    def _nested(self, tables: tuple[str, ...]) -> Iterator[Sources]:
        """The lines of one table, or of a table and the one inside its rows."""
        outer = self._form.tables[tables[0]]
        rows = self._document.rows(outer.path)
        for row in rows:
            if len(tables) == 1:
                yield {outer.path: Source(row)}
                continue
            inner = self._form.tables[tables[1]]
            inside = self._document.rows(inner.path, row.id)
            for one in inside:
                yield {outer.path: Source(row), inner.path: Source(one)}
            if not inside:
                yield {outer.path: Source(row), inner.path: Source(None, row.id, 0)}
        spare = self._spare and (outer.limit is None or len(rows) < outer.limit)
        blank_lines = 0 if rows else outer.blank
        for _ in range(max(blank_lines, 1 if spare else 0)):
            yield {path: Source(None, ROOT, len(rows)) for path in tables}

    # -- one token → one spot ---------------------------------------------------------------------

    def _fixed(self, token: Token, align: str, *, first: bool) -> _Spot:
        if token.kind in ("left", "up"):
            return _Spot("join", join=token.kind)
        if not first:
            return _Spot("join", join="up")  # labels beside repeated rows print once and run down
        if token.kind == "empty":
            return _Spot("empty")
        if token.kind == "label":
            text = fill_holes(token.text, self._values) if holes(token.text) else token.text
            return _Spot("label", text, align)
        return self._field(token.name)

    def _field(self, name: str) -> _Spot:
        place = Place("", "", name)
        definition = self._form.fields.get(name) or Field(name, name)
        spot = self._typed_or_computed(place, definition)
        spot.places = [place]
        return spot

    def _typed_or_computed(self, place: Place, definition: Field) -> _Spot:
        text = shown_text(self._document.text(place), definition, self._form.money)
        kind = "fill"
        if definition.compute:
            own = "" if text else shown_computed(self._computation.value(place), definition, self._form.money)
            # An open one without a figure of ours is filled by a person.
            kind = "fill" if definition.open and not own else "computed"
            text = text or own
        locked = kind == "computed"
        return _Spot(kind, text, _align(definition), place, [place], None, definition, locked)

    def _column(self, token: Token, lines: list[Sources], index: int) -> _Spot:
        table = self._form.tables[token.table]
        definition = table.columns[token.name]
        source = lines[index][token.table]
        if source is None:
            return _Spot("empty")
        if self._runs_down(token, lines, index):
            return _Spot("join", join="up")
        if source.mates and token.name == source.shared:
            return self._shared_cell(token, definition, source)
        if source.row is None:
            if definition.compute and not definition.open:
                return _Spot("computed", "", _align(definition), field=definition, locked=True)
            if token.name in source.given:
                return _Spot(
                    "fill", source.given[token.name], _align(definition), field=definition, locked=True
                )
            adds = Adds(table.path, source.parent, source.position, token.name, source.given)
            return _Spot("fill", "", _align(definition), adds=adds, field=definition)
        spot = self._typed_or_computed(Place(table.path, source.row.id, token.name), definition)
        spot.places = self._merged_places(token, lines, index)
        if token.name in table.level_columns and self._document.levels_locked(table.path, source.row):
            spot.locked = True
        return spot

    def _shared_cell(self, token: Token, definition: Field, source: Source) -> _Spot:
        """The level cell in front of two tables beside each other: it stands for the rows of both."""
        places = [Place(table, row.id, token.name) for table, row in source.mates if row is not None]
        spot = self._typed_or_computed(places[0], definition)
        spot.places = places
        spot.locked = any(
            row is not None and self._document.levels_locked(table, row) for table, row in source.mates
        )
        return spot

    def _runs_down(self, token: Token, lines: list[Sources], index: int) -> bool:
        """Whether this line's cell is part of the one above it."""
        if index == 0:
            return False
        here, above = lines[index][token.table], lines[index - 1][token.table]
        if here is None or above is None:
            return False
        if here.row is not None and here.row is above.row:
            return True  # an outer row's cells run down over its inner rows
        if token.name == here.shared:
            return here.group == above.group
        if token.name not in self._form.tables[token.table].merge:
            return False
        return self._same_levels(self._form.tables[token.table], token.name, here, above)

    @staticmethod
    def _same_levels(table: Table, column: str, here: Source, above: Source) -> bool:
        """Equal neighbours are one cell, within the merged columns before it; blanks never are."""
        upto = table.merge[: table.merge.index(column) + 1]
        return all(here.text(name) and here.text(name) == above.text(name) for name in upto)

    def _merged_places(self, token: Token, lines: list[Sources], index: int) -> list[Place]:
        places: list[Place] = []
        for position in range(index, len(lines)):
            source = lines[position][token.table]
            if position > index and not self._runs_down(token, lines, position):
                break
            if source is not None and source.row is not None:
                place = Place(token.table, source.row.id, token.name)
                if place not in places:
                    places.append(place)
        return places

    # -- spots → cells ------------------------------------------------------------------------------

    def _cells(self) -> Iterator[Cell]:
        owners: list[list[tuple[int, int]]] = []
        for r, spots in enumerate(self._spots):
            owners.append([])
            for c, spot in enumerate(spots):
                if spot.join == "left":
                    if c == 0:
                        raise BrokenPictureError(f"row {r + 1}, column 1: < has no left neighbour")
                    owners[r].append(owners[r][c - 1])
                elif spot.join == "up":
                    if r == 0:
                        raise BrokenPictureError(f"row 1, column {c + 1}: ^ has nothing above")
                    owners[r].append(owners[r - 1][c])
                else:
                    owners[r].append((r, c))
        sizes = _sizes(owners)
        for (r, c), (down, across) in sorted(sizes.items()):
            spot, line = self._spots[r][c], self._lines[r]
            yield Cell(
                r,
                c,
                down,
                across,
                spot.kind,
                spot.text,
                spot.align,
                line.block,
                line.head,
                spot.place,
                tuple(spot.places),
                spot.adds,
                spot.field,
                spot.locked,
            )


def _line(block: int, head: bool, tables: tuple[str, ...], sources: Sources) -> Line:
    for table in reversed(tables):
        source = sources[table]
        if source is not None and source.row is not None:
            return Line(block, head, table, source.row.id)
    return Line(block, head, tables[0], spare=True)


def _align(definition: Field) -> str:
    if definition.align:
        return definition.align
    if definition.numeric:
        return "right"
    if definition.kind in ("level1", "level2", "operator", "unit", "value", "choice", "date"):
        return "center"
    return "left"


def _sizes(owners: list[list[tuple[int, int]]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Give each cell's size; raises BrokenPictureError when a joined area is no rectangle."""
    spots: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for r, row in enumerate(owners):
        for c, owner in enumerate(row):
            spots.setdefault(owner, []).append((r, c))
    sizes = {}
    for (top, left), area in spots.items():
        down = max(r for r, _ in area) - top + 1
        across = max(c for _, c in area) - left + 1
        if len(area) != down * across:
            raise BrokenPictureError(f"row {top + 1}, column {left + 1}: the joined area is no rectangle")
        sizes[top, left] = (down, across)
    return sizes
