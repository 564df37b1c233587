"""Drafts a form definition from a bureau's own blank Excel form.

What it writes expands to exactly the cells of the blank form; names, kinds and checks it cannot know are
marked 待定 and listed, never guessed in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.authoring.blank import BlankSheet, read_blank
from core.authoring.draft_blocks import DraftBlock, blocks_of, literal
from core.authoring.draft_heading import DraftHeading, read_heading
from core.authoring.fields import DraftField, FieldFinder
from core.authoring.region import BlankCell, BlankForm, take_apart
from core.authoring.repeats import Repeat, RepeatFinder
from core.authoring.undecided import Undecided
from core.authoring.words import DraftWords
from core.authoring.write_toml import definition_text
from core.sheet.definition import Form
from core.sheet.definition_parts import MAX_FIELDS
from core.sheet.definition_reader import MAX_COLUMNS, MAX_PICTURE_ROWS, DefinitionError, parse_form
from core.sheet.document import blank_document
from core.sheet.errors import RefusedError
from core.sheet.grid import expand
from core.sheet.levels import Levels
from core.sheet.messages import Messages

_FIGURE = re.compile(r"[0-9][0-9,.]*[%％]?")
MAX_BLANK = 50
"""A definition prints at most so many empty lines of one table."""


@dataclass(frozen=True)
class DraftedCell:
    """Where a place of the drafted form stands on the blank sheet (``repeats``: the first of several rows).

    ``options`` and ``longest`` are what Excel allows there; ``format`` is the cell's number format.
    """

    place: str
    label: str
    address: str
    repeats: bool
    options: tuple[str, ...] = ()
    longest: int | None = None
    format: str = ""


@dataclass(frozen=True)
class Draft:
    """A first definition: its text, the form it makes, what is undecided, and where each place stands."""

    text: str
    form: Form
    undecided: tuple[Undecided, ...]
    sheet: str
    rows: int
    cells: tuple[DraftedCell, ...]


@dataclass(frozen=True)
class Plan:
    """What a definition is written from."""

    blank: BlankForm
    heading: DraftHeading
    repeats: list[Repeat]
    fields: dict[BlankCell, DraftField]
    blocks: list[DraftBlock]


class Drafter:
    """Drafts definitions with the words, level names and sentences of the resources folder."""

    def __init__(self, words: DraftWords, levels: Levels, messages: Messages) -> None:
        self._words, self._levels, self._messages = words, levels, messages

    def draft(self, data: bytes, file: str, form: str, edition: str, sheet: str = "") -> Draft:
        """Draft a definition from the bytes of an xlsx; ``file`` is its name for the reader of the draft.

        Raises RefusedError when the file cannot be read or its table is larger than any form.
        """
        read = read_blank(data, sheet)
        blank = take_apart(read, self._words)
        self._refuse_unfit(blank)
        variants = RepeatFinder(blank, self._words, self._levels).find()
        if surplus := list(_surplus_rows(variants)):
            read.hidden_rows.update(blank.lines[row] for row in surplus)
            blank = take_apart(read, self._words)
            variants = RepeatFinder(blank, self._words, self._levels).find()
        plain: list[Undecided] = []
        while True:
            plan = self._plan(blank, [one[0] for one in variants])
            text, undecided = definition_text(plan, file, form, edition, self._words, self._messages)
            made = self._parse(text)
            wrong = first_difference(made, blank, self._words)
            if wrong is None:
                break
            plain += self._give_way(variants, wrong, blank)
        notes = [*undecided, *plain, *self._about_sheet(read, blank, len(surplus))]
        return Draft(text, made, tuple(notes), read.name, blank.rows, tuple(_drafted_cells(plan)))

    def _refuse_unfit(self, blank: BlankForm) -> None:
        if not blank.rows or not blank.columns:
            raise RefusedError("authoring.blank-is-empty")
        if blank.columns > MAX_COLUMNS:
            raise RefusedError("authoring.too-many-columns", count=blank.columns, limit=MAX_COLUMNS)

    def _plan(self, blank: BlankForm, repeats: list[Repeat]) -> Plan:
        picture = blank.rows - sum(one.last - one.first for one in repeats)
        if picture > MAX_PICTURE_ROWS:
            raise RefusedError("authoring.too-many-rows", rows=picture, limit=MAX_PICTURE_ROWS)
        fields = FieldFinder(blank, self._words, repeats).find()
        if len(fields) > MAX_FIELDS:
            raise RefusedError("authoring.too-many-cells", limit=MAX_FIELDS)
        heading = read_heading(blank, self._words)
        return Plan(blank, heading, repeats, fields, blocks_of(blank, repeats, fields, self._words))

    @staticmethod
    def _parse(text: str) -> Form:
        try:
            return parse_form(text.encode("utf-8"), "form.toml")
        except DefinitionError as error:
            raise RefusedError("authoring.cannot-draft", details=error.details) from error

    @staticmethod
    def _give_way(variants: list[list[Repeat]], row: int, blank: BlankForm) -> Iterator[Undecided]:
        """Take the next simpler proposal for the rows at (or before) a difference; the last is: no table."""
        if not variants:
            raise RefusedError("authoring.cannot-draft")
        index = max((i for i, one in enumerate(variants) if one[0].first <= row), default=0)
        first = variants[index].pop(0)
        if not variants[index]:
            del variants[index]
            yield Undecided(blank.cells[first.first][0].address, "plain-rows", {})

    def _about_sheet(self, sheet: BlankSheet, blank: BlankForm, surplus: int) -> Iterator[Undecided]:
        for address, text in blank.hidden:
            yield Undecided(address, "hidden-text", {"text": text[:40]})
        for cell in dict.fromkeys(cell for line in blank.cells for cell in line):
            text = cell.text.strip()
            if self._words.is_placeholder(text):
                yield Undecided(cell.address, "placeholder", {"text": text[:40]})
            elif _FIGURE.fullmatch(text):
                yield Undecided(cell.address, "figure", {"text": text})
        if surplus:
            yield Undecided(sheet.name, "surplus-rows", {"count": surplus, "limit": MAX_BLANK})
        if sheet.others:
            yield Undecided(sheet.name, "other-sheets", {"names": "、".join(sheet.others)})


def first_difference(form: Form, blank: BlankForm, words: DraftWords) -> int | None:
    """Give the first row in which a form's blank sheet is not the blank form's, None when they are equal."""
    grid = expand(blank_document(form))
    made = {(one.row, one.column, one.down, one.across): one.text for one in grid.cells}
    wanted = {}
    for line in blank.cells:
        for cell in line:
            shown = "" if words.is_placeholder(cell.text) else literal(cell.text)
            wanted[cell.row, cell.column, cell.down, cell.across] = shown
    wrong = [spot[0] for spot in made.keys() | wanted.keys() if made.get(spot) != wanted.get(spot)]
    return min(wrong, default=None)


def _surplus_rows(variants: list[list[Repeat]]) -> Iterator[int]:
    for one in variants:
        if len(one[0].tables) == 1 and one[0].tables[0].blank > MAX_BLANK:
            yield from range(one[0].first + MAX_BLANK, one[0].last + 1)


def _drafted_cells(plan: Plan) -> Iterator[DraftedCell]:
    for cell, field in plan.fields.items():
        yield _drafted(field.name, field.label, cell, repeats=False)
    for repeat in plan.repeats:
        for table in repeat.tables:
            for column in table.columns.values():
                yield _drafted(f"{table.name}[].{column.name}", column.label, column.cell, repeats=True)


def _drafted(place: str, label: str, cell: BlankCell, *, repeats: bool) -> DraftedCell:
    allowed = cell.allowed
    return DraftedCell(
        place, label, cell.address, repeats, allowed.options, allowed.longest, cell.look.format
    )
