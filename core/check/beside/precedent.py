"""What a counterpart would say in the form of the document it is compared with.

Made by the same rules by which a document is begun from another (``carry``): units of money, one cell or
three for a value, names of levels and the row of a project are all settled there. So a document just carried
over is never found to differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from core.check.context import Context, Counterpart, name_key
from core.sheet.carry import Carrier
from core.sheet.carry.plan import Plan
from core.sheet.definition import Form, Table
from core.sheet.document import Document, Row
from core.sheet.errors import RefusedError
from core.sheet.numbers import parse_number
from core.sheet.places import Place, field_place
from core.sheet.values import Value

_NO_YEAR = 2000


@dataclass(frozen=True, eq=False)
class Line:
    """One row of indicators as a counterpart has it.

    ``cells`` are its texts as the document's form would show them, ``values`` what its values mean, by the
    columns they belong in.
    ``optional``: an adjustment took it out.
    """

    precedent: Precedent
    table: str
    id: str
    level1: str
    level2: str
    name: str
    key: str
    cells: Mapping[str, str]
    values: Mapping[str, Value]
    weight: Decimal | None
    optional: bool = False

    def elsewhere(self, *columns: str) -> tuple[str, ...]:
        """Give its places as ``FILE#place``, by columns of the document's table."""
        known = self.precedent.elsewhere
        key = self.table, self.id, columns
        if key not in known:
            places = (self.precedent.source(Place(self.table, self.id, column)) for column in columns)
            written = (self.precedent.written(place) for place in places if place is not None)
            known[key] = tuple(dict.fromkeys(written))
        return known[key]


class Precedent:
    """A counterpart in the shape of a form: its fields, and its indicators by table and holder."""

    def __init__(self, other: Counterpart, form: Form, stage: str, context: Context) -> None:
        self.other = other
        self.form = form
        self._context = context
        old = other.document
        if old.year is None:
            old = old.copy()
            old.set_text(field_place("year"), str(_NO_YEAR))
        stage = stage if stage in form.stages else form.stages[0]
        self._plan = Plan(old.form, form, anew=stage != old.stage, new_year=False)
        self.document = self._carried(old, stage)
        self._lines: dict[tuple[str, str], tuple[Line, ...]] = {}
        self.elsewhere: dict[tuple[str, str, tuple[str, ...]], tuple[str, ...]] = {}
        """Places of rows as they are written, by table, row and columns."""

    def _carried(self, old: Document, stage: str) -> Document | None:
        made = self._all_carried(old, stage)
        if not self._plan.each:
            return made[0] if made else None
        ids = [row.id for row in old.rows(self._plan.each)]
        return made[ids.index(self.other.project)] if self.other.project in ids else None

    def _all_carried(self, old: Document, stage: str) -> list[Document]:
        """What would be begun from the counterpart: one document, or one for each project it lists."""
        key = "carried", self.form.form, self.form.edition, self.form.digest, stage
        made: list[Document] | None = self.other.memo.get(key)
        if made is None:
            carrier = Carrier(self._context.levels, self._context.grammar)
            try:
                carried = carrier.carry(old, self.form, stage=stage, year=old.year or _NO_YEAR)
            except RefusedError:
                carried = []
            made = self.other.memo[key] = [one.document for one in carried]
        return made

    # -- places -------------------------------------------------------------------------------------

    def source(self, place: Place) -> Place | None:
        """Give the place of the counterpart that a place of the document's form is filled from."""
        old = self.other.document
        if place.table:
            table, column = self._plan.table(place.table), self._plan.column(place.table, place.column)
            row = old.row(table, place.row) if table else None
            return Place(table, row.id, column) if table and row and column else None
        name = self._plan.field(place.column) or ""
        table, _, column = name.rpartition(".")
        if table:
            return Place(table, self.other.project, column)
        return field_place(name) if name else None

    def namesake(self, name: str) -> Place | None:
        """Give the counterpart's field of a name where the form says that its own begins empty."""
        known = self._plan.field(name) == "" and name in self.other.document.form.fields
        return field_place(name) if known else None

    def written(self, place: Place) -> str:
        """Give a place of the counterpart as ``FILE#place``."""
        return f"{self.other.file}#{self.other.document.counted(place)}"

    # -- indicators ---------------------------------------------------------------------------------

    def lines(self, table: str, holder: str = "") -> tuple[Line, ...]:
        """Give the named rows of a table; of a table inside a row, those in the row of that name."""
        key = table, name_key(holder)
        if key not in self._lines:
            self._lines[key] = tuple(self._read_lines(self.form.tables[table], key[1]))
        return self._lines[key]

    def holders(self, table: Table) -> tuple[str, ...]:
        """Give the names of the rows that hold a table's rows, one empty name for a table in no row."""
        if not table.parent or self.document is None:
            return ("",)
        name = self._holder_name(table)
        return tuple(
            dict.fromkeys(row.cells.get(name, "") for _, row in self.document.all_rows(table.parent))
        )

    def _holder_name(self, table: Table) -> str:
        return self.form.tables[table.parent].about.name or "name"

    def _read_lines(self, table: Table, holder: str) -> list[Line]:
        if self.document is None or not self._plan.table(table.path):
            return []
        parents = [""]
        if table.parent:
            above = self._holder_name(table)
            outer = [row for _, row in self.document.all_rows(table.parent)]
            parents = [row.id for row in outer if name_key(row.cells.get(above, "")) == holder][:1]
        rows = [row for parent in parents for row in self.document.rows(table.path, parent)]
        return [line for row in rows if (line := self._line(table, row)) is not None]

    def _line(self, table: Table, row: Row) -> Line | None:
        old_table = self._plan.table(table.path) or ""
        old = self.other.document.row(old_table, row.id)
        key = self._context.words.name(row.cells.get("name", "")).key
        if old is None or not key:
            return None
        first, second = (self._level(row.cells.get(f"level{depth}", ""), depth) for depth in (1, 2))
        values = {
            name: value
            for name, column in table.columns.items()
            if column.kind in ("value", "text")
            and (value := self._value(table.path, old_table, old, name)) is not None
        }
        weight = parse_number(row.cells.get("weight", ""))
        return Line(
            self, table.path, row.id, first, second, row.cells["name"], key, row.cells, values, weight
        )

    def _level(self, text: str, depth: int) -> str:
        level = self._context.levels.find(text, depth) if text else None
        return level.name if level else text

    def _value(self, path: str, old_path: str, old: Row, name: str) -> Value | None:
        """What the counterpart's own cells mean; None where it has no such column of values."""
        source = self._plan.column(path, name)
        column = self.other.document.form.column(old_path, source) if source else None
        if source is None or column is None or column.kind != "value":
            return None
        grammar, text = self._context.grammar, old.cells.get(source, "")
        parts = self.other.document.form.tables[old_path].value_parts
        if parts is None:
            return grammar.parse(text)
        return grammar.parse_parts(old.cells.get(parts[0], ""), text, old.cells.get(parts[1], ""))


def precedent(other: Counterpart, form: Form, stage: str, context: Context) -> Precedent:
    """Give a counterpart in the shape of a form, made once."""
    key = "precedent", form.form, form.edition, form.digest, stage, other.relation, other.project
    found: Precedent | None = other.memo.get(key)
    if found is None or found.form is not form:
        found = other.memo[key] = Precedent(other, form, stage, context)
    return found


def standing(context: Context, form: Form, stage: str) -> tuple[Precedent, ...]:
    """Give what binds a document of a stage: the 批复 and then every adjustment; empty without a 批复."""
    approved = context.related("approved")
    if approved is None:
        return ()
    adjusted = [one for one in context.counterparts if one.relation == "adjusted"]
    return tuple(precedent(one, form, stage, context) for one in (approved, *adjusted))


def binding_lines(sources: tuple[Precedent, ...], table: str, holder: str) -> tuple[Line, ...]:
    """Give the indicators that bind: those of the first, each as the later ones changed it."""
    if len(sources) == 1:
        return sources[0].lines(table, holder)
    memo = sources[0].other.memo
    key = "binding", sources, table, holder
    found: tuple[Line, ...] | None = memo.get(key)
    if found is None:
        found = memo[key] = _adjusted(sources, table, holder)
    return found


def lines_by_key(sources: tuple[Precedent, ...], table: Table) -> Mapping[str, tuple[Line, ...]]:
    """Give the indicators that bind by the key of their name; of a table inside rows, those of all rows."""
    memo = sources[0].other.memo
    key = "by key", sources, table.path
    found: dict[str, tuple[Line, ...]] | None = memo.get(key)
    if found is None:
        found = memo[key] = {}
        for holder in sources[0].holders(table):
            for line in binding_lines(sources, table.path, holder):
                found[line.key] = (*found.get(line.key, ()), line)
    return found


def _adjusted(sources: tuple[Precedent, ...], table: str, holder: str) -> tuple[Line, ...]:
    lines = list(sources[0].lines(table, holder))
    for source in sources[1:]:
        for new in source.lines(table, holder):
            index = _find(lines, new)
            if index is None:
                lines.append(new)
                continue
            cells = {**lines[index].cells, **{name: text for name, text in new.cells.items() if text}}
            filled = any(value.text for value in new.values.values())
            weight = new.weight if new.weight is not None else lines[index].weight
            if filled:
                lines[index] = replace(new, cells=cells, weight=weight)
            else:
                lines[index] = replace(lines[index], optional=True)
    return tuple(lines)


def _find(lines: list[Line], new: Line) -> int | None:
    """Where the row of the same name stands, with the same levels where there are several."""
    same = [index for index, line in enumerate(lines) if line.key == new.key]
    exact = [
        index for index in same if (lines[index].level1, lines[index].level2) == (new.level1, new.level2)
    ]
    return next(iter(exact or same), None)
