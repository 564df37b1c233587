"""The picture of a form as the way its text runs: the labels and places met in reading order.

A picture row that repeats leads back to itself; a row of two nested tables is followed either by
the next outer row or by a line of the inner table alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.intake.wording import Template, fold_label, looser
from core.sheet.definition import Field, Form
from core.sheet.picture import PictureRow, Token, holes, parse_row

_TITLES_WITH_FACTS = (
    "{year}年度{title}",
    "{year}年{title}",
    "{title}（{year}年度）",
    "{title}（{year}年）",
    "{unit.name}{year}年度{title}",
    "{unit.name}{year}年{title}",
    "{year}年度{unit.name}{title}",
    "{year}年{unit.name}{title}",
    "{unit.name}{title}",
)
"""What people put beside a title that has neither year nor unit."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A label (``field`` is None) or a place to fill, at its grid column.

    ``wordings`` are a label's folded spellings, the form's own first; ``template`` a label with holes.
    """

    column: int
    text: str
    wordings: tuple[str, ...] = ()
    template: Template | None = None
    field: Field | None = None
    table: str = ""
    is_result: bool = False
    """A text beside an indicator's value says what came of it, and may be a figure."""

    @property
    def says_something(self) -> bool:
        """Whether a label has words, and is no mere dash."""
        return any(char.isalnum() for char in self.text)

    @property
    def name(self) -> str:
        """The field, fact or column to fill, ``""`` for a label."""
        return self.field.name if self.field else ""

    @property
    def kind(self) -> str:
        """The kind of what is to be filled in, ``""`` for a label."""
        return self.field.kind if self.field else ""

    @property
    def is_level(self) -> bool:
        """Whether it holds a level name."""
        return self.kind in ("level1", "level2")


@dataclass(frozen=True, slots=True)
class Stretch:
    """One picture row as it may be met: its slots in order, and which stretches may follow it.

    ``tables`` are those that get a row here; ``repeated`` are folded labels that a new page may
    print again before or within it.
    """

    slots: tuple[Slot, ...]
    tables: tuple[str, ...]
    follow: tuple[int, ...]
    repeated: frozenset[str]
    leads: int = 0
    """How many slots at the front are labels or levels: after them the rest may be blank."""
    block: int = 0
    """The number of the block of the picture it is from."""


@dataclass(frozen=True)
class Heading:
    """A text around the sheet, and the stage it tells when only one stage prints it."""

    template: Template
    stage: str = ""
    is_title: bool = False
    is_own: bool = True
    """As the form prints it; else the title with the unit or year that people put beside it."""


@dataclass(frozen=True)
class Route:
    """A form as the reader walks along it."""

    form: Form
    stretches: tuple[Stretch, ...]
    headings: tuple[Heading, ...]

    @property
    def labels(self) -> list[Slot]:
        """All labels without holes, in order, each wording once."""
        found = {
            slot.wordings[0]: slot for stretch in self.stretches for slot in stretch.slots if slot.wordings
        }
        return list(found.values())


def route_of(form: Form) -> Route:
    """Give the way through a form."""
    stretches: list[Stretch] = []
    for number, block in enumerate(form.blocks):
        printed: set[str] = set()
        for texts in block.rows:
            row = parse_row(texts, form)
            slots = _slots(row, form)
            printed |= {wording for slot in slots for wording in slot.wordings}
            made = _stretches(row, slots, form, len(stretches), frozenset(printed))
            stretches += [replace(one, block=number) for one in made]
    return Route(form, tuple(stretches), tuple(_headings(form)))


def _slots(row: PictureRow, form: Form) -> tuple[Slot, ...]:
    found = (_slot(token, column, form) for column, token in enumerate(row.tokens))
    slots = [slot for slot in found if slot is not None]
    return tuple(
        replace(
            slot,
            is_result=slot.kind == "text" and bool(number) and slots[number - 1].kind in ("value", "unit"),
        )
        for number, slot in enumerate(slots)
    )


def _slot(token: Token, column: int, form: Form) -> Slot | None:
    if token.kind == "label" and holes(token.text):
        return Slot(column, token.text, template=Template(token.text, form.stages))
    if token.kind == "label":
        named = [fold_label(text) for text in (token.text, *form.aliases.get(token.text, ()))]
        wordings = dict.fromkeys([*named, *(other for text in named for other in looser(text))])
        return Slot(column, token.text, tuple(wordings))
    if token.kind == "fill":
        field = form.fields.get(token.name) or Field(token.name, token.name, required=True)
        return Slot(column, token.text, field=field)
    if token.kind == "column":
        return Slot(column, token.text, field=form.tables[token.table].columns[token.name], table=token.table)
    return None


def _stretches(
    row: PictureRow, slots: tuple[Slot, ...], form: Form, first: int, printed: frozenset[str]
) -> list[Stretch]:
    if not row.tables:
        return [Stretch(slots, (), (first + 1,), printed, _leads(slots))]
    plain = tuple(slot for slot in slots if slot.field is not None)
    kinds = [(slots, row.tables)] if plain != slots else []
    kinds.append((plain, row.tables))
    if len(row.tables) == 2 and form.tables[row.tables[1]].parent == row.tables[0]:
        inner = row.tables[1]
        kinds.append((tuple(slot for slot in plain if slot.table == inner), (inner,)))
    after = first + len(kinds)
    again = tuple(range(first + (plain != slots), after))
    return [
        Stretch(_blankable(some, row.tables), tables, (*again, after), printed, _leads(some))
        for some, tables in kinds
    ]


def _blankable(slots: tuple[Slot, ...], tables: tuple[str, ...]) -> tuple[Slot, ...]:
    """Two tables side by side: the shorter one leaves its half of the line blank."""
    if len(tables) < 2 or "." in tables[1]:
        return slots
    return tuple(
        replace(slot, field=replace(slot.field, required=False)) if slot.field else slot for slot in slots
    )


def _leads(slots: tuple[Slot, ...]) -> int:
    count = 0
    while count < len(slots) and (slots[count].field is None or slots[count].is_level):
        count += 1
    return count


def _headings(form: Form) -> list[Heading]:
    found: dict[str, str] = {}
    titles: dict[str, str] = {}
    plain = form.heading
    for stage in form.stages:
        heading = form.heading_for(stage)
        titles.setdefault(heading.title, stage if heading.title != plain.title else "")
        for text in (heading.number, *heading.above, *heading.below):
            found.setdefault(text, "")
    titles.setdefault(plain.title, "")
    for text in (plain.number, *plain.above, *plain.below):
        found.setdefault(text, "")
    made = [
        Heading(Template(text, form.stages), stage, is_title=True)
        for text, stage in titles.items()
        if text.strip()
    ]
    made += [Heading(Template(text, form.stages)) for text in found if text.strip() and text not in titles]
    for text, stage in titles.items():
        others = [other.replace("{title}", text) for other in _TITLES_WITH_FACTS] if _may_grow(text) else []
        made += [
            Heading(Template(other, form.stages, proper_unit=True), stage, is_title=True, is_own=False)
            for other in others
        ]
    return made


def _may_grow(title: str) -> bool:
    """Whether unit or year beside a title can be told from it; not behind a hole."""
    return bool(title.strip()) and not title.startswith("{") and "{year}" not in title


def known_levels(form: Form) -> Mapping[str, set[tuple[str, ...]]]:
    """Give the level names each table of a form starts with or always has, as pairs."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for path, table in form.tables.items():
        names = table.level_columns
        if names:
            started = {tuple(cells.get(name, "") for name in names) for cells in table.start}
            found[path] = started | set(table.always)
    return found
