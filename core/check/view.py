"""What rules see of a document: a row, a table's facts, or the whole; and how they answer.

A rule reads only what it declared; ``hit`` makes its answer, whose sentence the record holds.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Set
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from core.check.context import Context
from core.check.finding import Hit
from core.sheet.compute import Computation
from core.sheet.definition import About, Field, Form
from core.sheet.document import ROOT, Document, Row
from core.sheet.edits import Edit, SetText
from core.sheet.numbers import parse_number
from core.sheet.places import Place, field_place
from core.sheet.values import Value

if TYPE_CHECKING:
    from core.check.rules.values_row import Seen

LEVELS_KEPT = 512
"""How many wordings of levels a scene remembers: typing makes new ones at every key."""


class _Made(NamedTuple):
    """What rules keep of the rows of one table: all of it, and what is made of each column."""

    names: set[str]
    by_column: dict[str, list[str]]


class Scene:
    """One document in its context: what a document rule is given, and what every row knows."""

    def __init__(
        self,
        document: Document,
        computation: Computation,
        context: Context,
        settings: Mapping[str, Any],
        offers: Mapping[str, tuple[Any, ...]] | None = None,
    ) -> None:
        self.document = document
        self.form: Form = document.form
        self.computation = computation
        self.context = context
        self.settings = settings
        self.offers = offers or {}
        """What a person may choose instead, by the name of the setting."""
        self.memo: dict[str, Any] = {}
        """For what rules make of settings and words once for all rows."""
        self.made: dict[str, _Made] = {}
        """What is kept of rows, by their table."""
        self._levels: tuple[dict[str, str], dict[str, str]] = ({}, {})
        self.fields = RowView(self, "", "", document.cells, self.form.fields)

    def row(self, table: str, row: Row) -> RowView:
        """Give a row as rules see it."""
        parent = self.document.parent_of(table, row.id)
        return RowView(self, table, row.id, row.cells, self.form.tables[table].columns, parent)

    def level(self, text: str, depth: int) -> str:
        """Give the standard name of a level, the text itself when it is none we know."""
        known = self._levels[depth - 1]
        name = known.get(text)
        if name is None:
            if len(known) >= LEVELS_KEPT:
                known.clear()
            level = self.context.levels.find(text, depth) if text else None
            name = known[text] = level.name if level else text
        return name

    def name_of(self, name: str) -> str:
        """Give the field that ``about.amount`` (``name``, ``code``) means here, else the name."""
        return getattr(self.form.about, name.removeprefix("about.")) if name.startswith("about.") else name

    def place(self, name: str) -> Place:
        """Give the place of a field or fact."""
        return field_place(self.name_of(name))

    def text(self, name: str) -> str:
        """Give the text of a field or fact, ``""`` when blank."""
        return self.document.field(self.name_of(name))

    def number(self, name: str) -> Decimal | None:
        """Give the number of a field, computed or typed; None when blank or no number."""
        return self.computation.number(self.place(name))

    def hit(
        self,
        *names: str,
        case: str = "",
        edits: Iterable[Edit] = (),
        missing: bool = False,
        waiting: bool = False,
        unfinished: bool = False,
        **params: object,
    ) -> Hit:
        """Answer that these fields are wrong; the first one is named in the sentence as ``{where}``."""
        places = tuple(self.place(name) for name in names)
        return Hit(places, params, case, tuple(edits), missing, waiting, unfinished)


class RowView:
    """One row of a table, or all fields of the form (``table`` is then ``""``).

    ``memo`` is for what several rules work out from the row's texts alone: kept by ``keep`` until one of the
    columns named there changes, always the same ones for a name. ``seen`` is what nearly all rules ask about,
    kept until any text of the row changes.
    """

    __slots__ = (
        "_level1",
        "_level2",
        "_made",
        "_places",
        "cells",
        "columns",
        "id",
        "key",
        "memo",
        "parent",
        "parts",
        "scene",
        "seen",
        "table",
    )

    def __init__(
        self,
        scene: Scene,
        table: str,
        row_id: str,
        cells: Mapping[str, str],
        columns: Mapping[str, Field],
        parent: str = ROOT,
    ) -> None:
        self.scene = scene
        self.table = table
        self.id = row_id
        self.key = (table, row_id)
        self.parent = parent
        """The id of the row that holds it, ``""`` when no row does."""
        self.memo: dict[str, Any] = {}
        self.seen: Seen | None = None
        self._made = scene.made.setdefault(table, _Made(set(), {}))
        self._places: dict[str, Place] = {}
        self._level1: str | None = None
        self._level2: str | None = None
        self.cells = cells
        self.columns = columns
        # The cells of sign and unit, when the table keeps them apart from the value.
        self.parts = scene.form.tables[table].value_parts if table else None

    def keep(self, name: str, columns: tuple[str, ...], made: Any) -> None:
        """Keep what was worked out from some columns until one of them changes."""
        self.memo[name] = made
        names, by_column = self._made
        if name not in names:
            names.add(name)
            for column in columns:
                by_column.setdefault(column, []).append(name)

    def forget(self, column: str) -> None:
        """Forget what was worked out from a column whose text changed."""
        self.seen = None
        memo = self.memo
        for name in self._made.by_column.get(column, ()):
            memo.pop(name, None)
        if column in ("level1", "level2"):
            self._level1 = self._level2 = None

    @property
    def settings(self) -> Mapping[str, Any]:
        """The settings by name."""
        return self.scene.settings

    @property
    def context(self) -> Context:
        """Words, levels, grammar, today, counterparts."""
        return self.scene.context

    def has(self, column: str) -> bool:
        """Whether the table has a column of that name."""
        return column in self.columns

    def text(self, column: str) -> str:
        """Give the text as typed, ``""`` when blank."""
        return self.cells.get(column, "")

    def number(self, column: str) -> Decimal | None:
        """Give the typed number, None when blank or no number."""
        return parse_number(self.cells.get(column, ""))

    def value(self, column: str) -> Value:
        """Give the indicator value; sign and unit from their own cells when the table has such."""
        text = self.cells.get(column, "")
        if self.parts is None:
            return self.scene.context.grammar.parse(text)
        operator, unit = self.parts
        cells = self.cells
        return self.scene.context.grammar.parse_parts(cells.get(operator, ""), text, cells.get(unit, ""))

    @property
    def about(self) -> About:
        """Which of its columns (or fields) say what it is about, when it is a project's or a form's."""
        form = self.scene.form
        return form.tables[self.table].about if self.table else form.about

    @property
    def level1(self) -> str:
        """The 一级指标 in its standard name, as typed when it is none we know, ``""`` when blank."""
        name = self._level1
        if name is None:
            name = self._level1 = self.scene.level(self.cells.get("level1", ""), 1)
        return name

    @property
    def level2(self) -> str:
        """The 二级指标 in its standard name, as typed when it is none we know, ``""`` when blank."""
        name = self._level2
        if name is None:
            name = self._level2 = self.scene.level(self.cells.get("level2", ""), 2)
        return name

    def place(self, column: str) -> Place:
        """Give the place of a column in this row."""
        place = self._places.get(column)
        if place is None:
            place = self._places[column] = Place(self.table, self.id, column)
        return place

    def put(self, column: str, new: str) -> SetText:
        """Give the edit that would put another text into a column."""
        return SetText(self.place(column), self.cells.get(column, ""), new)

    def hit(
        self,
        *columns: str,
        case: str = "",
        edits: Iterable[Edit] = (),
        missing: bool = False,
        waiting: bool = False,
        unfinished: bool = False,
        **params: object,
    ) -> Hit:
        """Answer that these columns of this row are wrong; the first one is ``{where}`` in the sentence."""
        places = tuple([self.place(column) for column in columns])
        return Hit(places, params, case, tuple(edits) if edits else (), missing, waiting, unfinished)


class TableView:
    """The facts of a table's filled rows in sheet order, each with its row.

    Of a table inside a row they are the rows of one ``holder``, which is judged by itself; else the holder
    is the fields of the form. A judge builds its answer from facts, places and the fields it declared.
    """

    __slots__ = ("_in_order", "changed", "holder", "memo", "repeated", "scene", "tables")

    def __init__(
        self,
        scene: Scene,
        tables: tuple[str, ...],
        in_order: Callable[[], list[tuple[RowView, Any]]],
        holder: RowView,
        repeated: Set[Hashable],
    ) -> None:
        self.scene = scene
        self.tables = tables
        self._in_order = in_order
        self.holder = holder
        self.repeated = repeated
        """What several rows share, of a rule that says what rows are compared by (``alike``)."""
        self.changed: dict[tuple[str, str], tuple[RowView, Any]] = {}
        """Rows by key whose fact changed since a rule ``by_change`` was last asked, None where it went."""
        self.memo: dict[str, Any] = {}
        """For what such a rule worked out when it was last asked; gone when rows come, go or move."""

    @property
    def facts(self) -> list[tuple[RowView, Any]]:
        """All rows with their facts."""
        return self._in_order()

    @property
    def settings(self) -> Mapping[str, Any]:
        """The settings by name."""
        return self.scene.settings

    @property
    def context(self) -> Context:
        """Words, levels, grammar, today, counterparts."""
        return self.scene.context

    @property
    def is_project(self) -> bool:
        """Whether the rows are those of a project: a form about one, or a table with a row for each."""
        return bool(self.holder.about.name or self.holder.about.code)

    def place(self, name: str) -> Place:
        """Give the place of a declared field: of the row that holds these rows, else of the form."""
        if name.startswith("about."):
            return self.holder.place(getattr(self.holder.about, name.removeprefix("about.")))
        return self.holder.place(name) if name in self.holder.columns else field_place(name)

    def text(self, name: str) -> str:
        """Give the text of a declared field, ``""`` when blank."""
        holder = self.holder
        if name.startswith("about."):
            return holder.cells.get(getattr(holder.about, name.removeprefix("about.")), "")
        cells = holder.cells if name in holder.columns else self.scene.document.cells
        return cells.get(name, "")

    def number(self, name: str) -> Decimal | None:
        """Give the number of a declared field, computed or typed; None when blank or no number."""
        return self.scene.computation.number(self.place(name))

    def hit(
        self,
        *places: Place,
        case: str = "",
        edits: Iterable[Edit] = (),
        missing: bool = False,
        waiting: bool = False,
        unfinished: bool = False,
        **params: object,
    ) -> Hit:
        """Answer that these places are wrong; ``{rows}`` in the sentence numbers their rows."""
        return Hit(places, params, case, tuple(edits), missing, waiting, unfinished)
