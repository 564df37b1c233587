"""A form (表样) as plain frozen values: fields, tables, the printed picture, checks and settings.

Read from TOML by ``definition_reader``; nothing here knows a particular form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from core.sheet.values import ValueGrammar

KINDS = (
    "text",
    "money",
    "percent",
    "number",
    "date",
    "choice",
    "choices",
    "value",
    "operator",
    "unit",
    "weight",
    "level1",
    "level2",
)
NUMERIC_KINDS = frozenset({"money", "percent", "number", "weight"})


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: a field of the form, or a column of one of its tables."""

    name: str
    label: str
    kind: str = "text"
    required: bool = False
    limit: int | None = None
    compute: str | None = None
    signed: bool = False
    options: tuple[str, ...] = ()
    align: str | None = None
    open: bool = False
    """A computed place that a person fills where no figure comes out (the points of a worded indicator)."""

    @property
    def numeric(self) -> bool:
        """Whether its value is a number (money, percent, number, weight)."""
        return self.kind in NUMERIC_KINDS


@dataclass(frozen=True, slots=True)
class About:
    """Which fields say what a document is about in lists: project code, project name, amount.

    Of a table whose rows are projects, its columns. ``projects`` is what all projects of the department cost
    together.
    """

    code: str = ""
    name: str = ""
    amount: str = ""
    projects: str = ""


@dataclass(frozen=True)
class Table:
    """A repeated part of the form (重复行), or a table inside a row of another one."""

    path: str
    columns: Mapping[str, Field]
    merge: tuple[str, ...] = ()
    always: tuple[tuple[str, str], ...] = ()
    start: tuple[Mapping[str, str], ...] = ()
    blank: int = 1
    limit: int | None = None
    role: str | None = None
    beside: str | None = None
    label: str = ""
    about: About = About()

    @property
    def name(self) -> str:
        """The last part of the path: the key under which a row keeps it."""
        return self.path.rpartition(".")[2]

    @property
    def parent(self) -> str:
        """The path of the table whose rows hold this one, or ``""``."""
        return self.path.rpartition(".")[0]

    @cached_property
    def value_parts(self) -> tuple[str, str] | None:
        """The columns of sign and unit, when the table keeps them apart from the value (``""`` for none)."""
        kinds = {column.kind: name for name, column in self.columns.items()}
        parts = kinds.get("operator", ""), kinds.get("unit", "")
        return parts if any(parts) else None

    @property
    def level_columns(self) -> tuple[str, ...]:
        """The columns that hold level names (一级指标, 二级指标), in order."""
        return tuple(name for name, column in self.columns.items() if column.kind in ("level1", "level2"))


@dataclass(frozen=True, slots=True)
class Block:
    """A run of picture rows.

    ``head`` rows are printed again on the next page; every row is at least ``height`` mm high (boxes for
    seals); ``align`` is where its labels stand, by column (``left``, ``center`` or ``right``).
    """

    rows: tuple[tuple[str, ...], ...]
    head: int = 0
    height: Decimal | None = None
    align: tuple[str, ...] = ()

    def label_align(self, column: int) -> str:
        """Give where a label that begins in a column stands; in the middle when nothing is said."""
        return self.align[column] if self.align else "center"


class Page(NamedTuple):
    """The paper: columns are width ratios, ``foot`` is ``"none"`` or ``"signatures"``."""

    columns: tuple[Decimal, ...]
    paper: str = "A4"
    direction: str = "portrait"
    foot: str = "none"
    border: str = "thin"
    code: str = "foot-right"


class Money(NamedTuple):
    """How amounts are written: the unit (元 or 万元), decimals, thousands separators."""

    unit: str = "元"
    decimals: int = 2
    thousands: bool = False


@dataclass(frozen=True, slots=True)
class CheckTie:
    """A check of the catalogue tied to an expression of this form, or a check of the form's own.

    ``say``, ``severity`` and ``source`` are set only for a check that the catalogue does not have. ``unless``
    is by another tie's check: where its condition holds, that one speaks of the same mistake. ``case`` is the
    one of the check's sentences that it says.
    """

    id: str
    expect: str = ""
    when: str = ""
    mark: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    say: str = ""
    severity: str = ""
    source: str = ""
    unless: Mapping[str, str] = field(default_factory=dict)
    case: str = ""


class Heading(NamedTuple):
    """The words around the sheet; a stage may replace any of them."""

    title: str
    number: str = ""
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    foot: str = "none"


class CarryFrom(NamedTuple):
    """What a form takes over from another one where names differ (``core/sheet/carry_statement.py``).

    Keys are names of this form, values names of the other one; the value ``""`` is: begins empty.
    ``each`` is a table of the other form whose every row becomes a document of its own.
    """

    each: str = ""
    fields: Mapping[str, str] = {}
    tables: Mapping[str, str] = {}
    columns: Mapping[str, str] = {}


@dataclass(frozen=True)
class Form:
    """A form definition (表样): immutable once loaded; ``digest`` is the sha256 of its file.

    ``name`` is what lists of forms call it (its place and what it is for); titles repeat between provinces.
    """

    form: str
    edition: str
    heading: Heading
    stages: tuple[str, ...]
    page: Page
    money: Money
    fields: Mapping[str, Field]
    tables: Mapping[str, Table]
    blocks: tuple[Block, ...]
    checks: tuple[CheckTie, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stage_headings: Mapping[str, Heading] = field(default_factory=dict)
    about: About = About()
    carry: Mapping[str, CarryFrom] = field(default_factory=dict)
    digest: str = ""
    name: str = ""
    grammar: Callable[[], ValueGrammar] | None = field(default=None, compare=False, repr=False)
    """Reads indicator values, where the form works something out of them; made when first asked for."""

    @cached_property
    def stated(self) -> Mapping[str, Any]:
        """The settings as the form presumes them, numbers exact."""
        return {name: stated(entry) for name, entry in self.settings.items()}

    @property
    def title(self) -> str:
        """The title with its holes, as the first stage prints it."""
        return self.heading.title

    def heading_for(self, stage: str) -> Heading:
        """Give the words around the sheet at a stage."""
        return self.stage_headings.get(stage, self.heading)

    def column(self, table: str, name: str) -> Field | None:
        """Give a column of a table, or a field when ``table`` is empty."""
        if not table:
            return self.fields.get(name)
        found = self.tables.get(table)
        return found.columns.get(name) if found else None

    def top_tables(self) -> tuple[Table, ...]:
        """Give the tables that are not inside a row of another one."""
        return tuple(table for table in self.tables.values() if not table.parent)

    def inner_tables(self, path: str) -> tuple[Table, ...]:
        """Give the tables that every row of ``path`` holds."""
        return tuple(table for table in self.tables.values() if table.parent == path)


def stated(entry: Any) -> Any:
    """Give what a setting says first: its value where alternatives are offered, numbers exact."""
    return exact(entry["value"] if isinstance(entry, Mapping) and "value" in entry else entry)


def exact(value: Any) -> Any:
    """Give a TOML value with its numbers exact and its lists unchangeable."""
    if isinstance(value, float):
        return Decimal(str(value))
    return tuple(exact(one) for one in value) if isinstance(value, list) else value
