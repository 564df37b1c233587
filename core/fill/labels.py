"""What the printed words of tables mean: labels of a form and of a template, made comparable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.authoring.words import DraftWords
from core.intake.wording import fold
from core.sheet.definition import Field, Form
from core.sheet.document import ROOT, Document, Row, blank_document, new_row_id
from core.sheet.grid import Cell, expand
from core.sheet.picture import holes
from core.sheet.places import FACTS, Place, field_place

DEPTH = 4
"""So many labels to the left and above say what a cell is."""

_HINT = re.compile(
    r"[(\[](?:单位:?)?(?:人民币)?(?:万元|元|%|必填项?|必录项?|选填|可选填?|下拉选择|单选|多选|盖章|公章|签章|"
    r"[^()\[\]]{0,6}?[0-9]{1,4}(?:个)?字(?:符)?(?:以内|之内|内)?)[)\]]"
)
_MARKS = re.compile(r"[^\w%]+")
_REQUIRED = re.compile(r"[*＊★]|必填|必录")
_LIMIT = re.compile(r"([0-9]{1,4})个?字符?(?:以内|之内|内)?")
_UNIT = re.compile(r"[(（\[【](?:单位[:：]?)?(?:人民币)?(万元|元)[)）\]】]")
_STATED = re.compile(r"单位\s*[:：]\s*(?:人民币)?\s*(万元|元)")
_HOLE = re.compile("⟦[^⟧]*⟧")


def label_key(text: str) -> str:
    """Give a label for comparing: without blanks, marks, its unit and what it says about filling in."""
    return _MARKS.sub("", _HINT.sub("", fold(text)))


def is_required(text: str) -> bool:
    """Whether a label says that its cell must be filled."""
    return _REQUIRED.search(text) is not None


def limit_in(text: str) -> int | None:
    """Give how many characters a label allows, None when it says nothing."""
    found = _LIMIT.search(fold(text))
    return int(found[1]) if found and int(found[1]) > 0 else None


def unit_in(text: str) -> str:
    """Give the unit of money a label says in brackets, else ``""``."""
    found = _UNIT.search(text)
    return found[1] if found else ""


def units_stated(texts: Iterable[str]) -> set[str]:
    """Give the units of money that texts state (单位：万元), else those that stand in brackets."""
    texts = list(texts)
    return {found[1] for text in texts if (found := _STATED.search(text))} or set(map(unit_in, texts)) - {""}


@dataclass(frozen=True, slots=True)
class FormLabel:
    """A printed label of a form: its keys in all wordings, and a pattern when it has holes."""

    keys: frozenset[str]
    pattern: re.Pattern[str] | None = None

    def says(self, key: str) -> bool:
        """Whether a label of a template is this one."""
        return key in self.keys or (self.pattern is not None and self.pattern.fullmatch(key) is not None)


@dataclass(frozen=True, slots=True)
class Want:
    """A place of a form: its own name, and the labels its picture has left of it and above, nearest first.

    ``offset`` is how many columns right of the beginning of the nearest one above it stands.
    """

    place: str
    field: Field
    table: str
    own: FormLabel
    left: tuple[FormLabel, ...] = ()
    top: tuple[FormLabel, ...] = ()
    offset: int = 0


def wants_of(form: Form, fact_labels: Mapping[str, str]) -> list[Want]:
    """Give every place of a form; those outside the picture have only their name."""
    document = _with_holes(form)
    grid = expand(document)
    owners = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.down)
        for column in range(cell.column, cell.column + cell.across)
    }
    found: dict[tuple[str, str], Want] = {}
    for cell in grid.cells:
        at = _place_of(cell)
        if at is None or at in found:
            continue
        field = form.column(*at) or Field(at[1], fact_labels.get(at[1], at[1]))
        left = _chain(cell, [(cell.row, column) for column in range(cell.column - 1, -1, -1)], owners, form)
        top = _chain(cell, [(row, cell.column) for row in range(cell.row - 1, -1, -1)], owners, form)
        offset = _offset(cell, owners)
        found[at] = Want(
            ".".join(filter(None, at)), field, at[0], _label(field.label, form), left, top, offset
        )
    for name in (*FACTS, *form.fields):
        field = form.fields.get(name) or Field(name, fact_labels.get(name, name))
        found.setdefault(("", name), Want(name, field, "", _label(field.label, form)))
    return list(found.values())


def _with_holes(form: Form) -> Document:
    """Give an empty document with a row of every table, whose labels show where they have holes."""
    document = blank_document(form)
    for table in form.top_tables():
        if not document.rows(table.path):
            inner = {one.name: [Row(new_row_id())] for one in form.inner_tables(table.path)}
            document.insert_row(table.path, ROOT, 0, Row(new_row_id(), {}, inner))
    names = {
        name
        for block in form.blocks
        for row in block.rows
        for text in row
        for name in holes(text)
        if text != "{" + name + "}" and (name in form.fields or name in FACTS)
    }
    for name in names:
        document.set_text(field_place(name), f"⟦{name}⟧")
    return document


def _place_of(cell: Cell) -> tuple[str, str] | None:
    if cell.kind not in ("fill", "computed"):
        return None
    if cell.adds:
        return cell.adds.table, cell.adds.column
    place: Place | None = cell.place
    return (place.table, place.column) if place else None


def _chain(
    cell: Cell, spots: list[tuple[int, int]], owners: Mapping[tuple[int, int], Cell], form: Form
) -> tuple[FormLabel, ...]:
    found: list[FormLabel] = []
    before = cell
    for spot in spots:
        one = owners.get(spot)
        if one is None or one is before:
            continue
        before = one
        if one.kind == "label" and label_key(_HOLE.sub("", one.text)):
            found.append(_label(one.text, form))
        if len(found) == DEPTH:
            break
    return tuple(found)


def _offset(cell: Cell, owners: Mapping[tuple[int, int], Cell]) -> int:
    for row in range(cell.row - 1, -1, -1):
        above = owners.get((row, cell.column))
        if above is not None and above.kind == "label" and label_key(_HOLE.sub("", above.text)):
            return cell.column - above.column
    return 0


def _label(text: str, form: Form) -> FormLabel:
    key = label_key(_HOLE.sub("", text))
    wordings = {label_key(one) for one in form.aliases.get(text, ())}
    for label, others in form.aliases.items():
        if label_key(label) == key:
            wordings |= {label_key(one) for one in others}
    pattern = None
    if _HOLE.search(text):
        parts = (re.escape(label_key(part)) for part in _HOLE.split(text))
        pattern = re.compile(".{0,20}".join(parts))
    return FormLabel(frozenset({key, *wordings} - {""}), pattern)


class HeaderWords:
    """Answers which column or fact a header of a template means by the words in use everywhere."""

    def __init__(self, words: DraftWords) -> None:
        self._words = words

    def means(self, key: str, want: Want, form: Form) -> bool:
        """Whether a label means a place by its usual name."""
        if not want.table:
            return self._words.fact(key) == want.place
        known = self._words.indicator(key) if form.tables[want.table].role else self._words.task(key)
        return known is not None and known.name == want.field.name

    def part(self, key: str) -> str:
        """Give ``operator`` or ``unit`` for a header over that part of a value, else ``""``."""
        known = self._words.indicator(key)
        return known.name if known and known.name in ("operator", "unit") else ""

    def is_placeholder(self, text: str) -> bool:
        """Whether a text only says where to write."""
        return self._words.is_placeholder(text)
