"""What is doubtful about the picture of a form: labels and cells that do not find each other.

Looks at the blank sheet as it is expanded, so that joined cells count as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from core.authoring.flaw import Flaws
from core.intake.wording import fold
from core.sheet.definition import Field, Form
from core.sheet.document import blank_document
from core.sheet.grid import Cell, expand
from core.sheet.picture import Token, holes, parse_row

MAX_LINES = 1_500
"""A blank sheet of more lines is not looked at cell by cell."""

_PASSING = re.compile(r"[（）()、，：:的和与及其中一二三四五六七八九十A-Za-z0-9.．％%/\s“”\"·—-]")
_UNIT = re.compile(r"[（(：:]\s*(?:单位\s*[：:]\s*)?(?:人民币)?(万元|元)\s*(?:[）)]|$)")
_HOLE = re.compile(r"\{[^{}]*\}")
_LONGEST = 200


def sheet_flaws(form: Form, flaws: Flaws) -> None:
    """Note what is wrong or doubtful about the picture of a form that loads."""
    sheet = _Sheet(form)
    if not sheet.cells:
        flaws.doubtful("block", "authoring.too-many-lines", limit=MAX_LINES)
        return
    sheet.idle_labels(flaws)
    sheet.units(flaws)
    _unprinted_labels(form, flaws)
    _same_labels(form, flaws)
    _indistinct_labels(form, flaws)
    _aliases(form, flaws)


class _Sheet:
    """The blank sheet with a spare line in every table, and who stands beside whom."""

    def __init__(self, form: Form) -> None:
        self._form = form
        grid = expand(blank_document(form), spare=True)
        self._columns = grid.columns
        texts = {text for block in form.blocks for row in block.rows for text in row if holes(text)}
        self._holed = {_HOLE.sub("", text) for text in texts}
        self.cells: list[Cell] = list(grid.cells) if grid.rows <= MAX_LINES else []
        self._at = {
            (r, c): cell
            for cell in self.cells
            for r in range(cell.row, cell.row + cell.down)
            for c in range(cell.column, cell.column + cell.across)
        }

    def _right(self, cell: Cell) -> list[Cell]:
        column = cell.column + cell.across
        return self._side((row, column) for row in range(cell.row, cell.row + cell.down))

    def _below(self, cell: Cell) -> list[Cell]:
        row = cell.row + cell.down
        return self._side((row, column) for column in range(cell.column, cell.column + cell.across))

    def _side(self, spots: Iterable[tuple[int, int]]) -> list[Cell]:
        found = {_spot(self._at[spot]): self._at[spot] for spot in spots if spot in self._at}
        return list(found.values())

    def idle_labels(self, flaws: Flaws) -> None:
        """Note labels that no cell to fill answers, neither right of them nor below."""
        served = {
            _spot(cell) for cell in self.cells if cell.kind in ("fill", "computed") or self._shows(cell)
        }
        waiting = [cell for cell in self.cells if cell.kind in ("label", "empty")]
        while True:
            beside = {_spot(one): {*map(_spot, self._answers(one))} for one in waiting}
            found = {spot for spot, others in beside.items() if not served.isdisjoint(others)}
            if not found:
                break
            served |= found
            waiting = [one for one in waiting if _spot(one) not in found]
        for cell in (one for one in waiting if one.kind == "label"):
            boxed = self._form.blocks[cell.block].height is not None
            empty = any(one.kind == "empty" for one in self._right(cell))
            if not boxed and any(char.isalpha() for char in cell.text) and not self._is_heading_of_box(cell):
                code = "authoring.label-beside-empty" if empty else "authoring.label-without-cell"
                flaws.doubtful(f"block[{cell.block + 1}]", code, label=_short(cell.text))

    def _shows(self, cell: Cell) -> bool:
        """Whether a printed text has a value in it (``{year}年``)."""
        return cell.kind == "label" and cell.text in self._holed

    def _answers(self, cell: Cell) -> list[Cell]:
        """Give the cells that may answer a label: to fill, or labels it is the heading of.

        A label heads those right of it when it stands first or runs down beside them, and those below when
        it is broader or all of its row are labels; an empty cell passes the header above it on downwards.
        """
        if cell.kind == "empty":
            return self._below(cell)
        right = [one for one in self._right(cell) if one.kind != "empty"]
        if cell.column:
            right = [one for one in right if one.kind != "label" or self._shows(one) or cell.down > one.down]
        below = self._below(cell)
        if cell.across < self._columns and not self._is_header_row(cell):
            below = [one for one in below if one.kind != "label" or cell.across > one.across]
        return [*right, *below]

    def _is_header_row(self, cell: Cell) -> bool:
        row = [self._at[cell.row, column] for column in range(self._columns)]
        return all(one.kind == "label" or one.row < cell.row for one in row)

    def _is_heading_of_box(self, cell: Cell) -> bool:
        """Whether a label stands over a box for a seal or for handwriting."""
        return any(self._form.blocks[one.block].height is not None for one in self._below(cell))

    def units(self, flaws: Flaws) -> None:
        """Note labels that name another unit of money than the form's."""
        own, seen = self._form.money.unit, False
        for place, text in words_around(self._form):
            for unit in _UNIT.findall(text):
                seen = True
                if unit != own:
                    flaws.wrong(place, "authoring.other-unit-around", text=_short(text), unit=own)
        for cell in self.cells:
            for unit in _UNIT.findall(cell.text) if cell.kind == "label" else ():
                seen = True
                if unit != own:
                    self._other_unit(cell, own, flaws)
        if not seen and any(field.kind == "money" for field in _all_fields(self._form)):
            flaws.doubtful("money.unit", "authoring.no-unit", unit=own)

    def _other_unit(self, cell: Cell, own: str, flaws: Flaws) -> None:
        answered = [one.field for one in (*self._right(cell), *self._below(cell)) if one.field]
        place = f"block[{cell.block + 1}]"
        if not answered or any(field.kind == "money" for field in answered):
            flaws.wrong(place, "authoring.other-unit", label=_short(cell.text), unit=own)
        else:
            flaws.doubtful(place, "authoring.other-unit-no-money", label=_short(cell.text), unit=own)


def _spot(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column


def words_around(form: Form) -> Iterator[tuple[str, str]]:
    """Give every text around the sheet, at every stage, with its place in the definition."""
    for heading in dict.fromkeys([form.heading, *form.stage_headings.values()]):
        yield "title", heading.title
        yield "number", heading.number
        yield from (("above", text) for text in heading.above)
        yield from (("below", text) for text in heading.below)


def _all_fields(form: Form) -> list[Field]:
    return [*form.fields.values(), *(one for table in form.tables.values() for one in table.columns.values())]


# -- words of labels ----------------------------------------------------------------------------------


def _printed(form: Form) -> list[str]:
    """Give every text the picture prints, folded, and the other wordings of each."""
    rows = (parse_row(texts, form) for block in form.blocks for texts in block.rows)
    tokens = (token for row in rows for token in row.tokens)
    texts = [token.text for token in tokens if token.kind == "label"]
    others = [other for text in texts for other in form.aliases.get(text, ())]
    names = [table.label for table in form.tables.values() if table.label]
    pieces = [piece for text in (*texts, *others, *names) for piece in _HOLE.split(text)]
    return list(dict.fromkeys(fold(piece) for piece in pieces if piece))


def _unprinted_labels(form: Form, flaws: Flaws) -> None:
    """Note fields and columns in the picture whose label cannot be made of its words."""
    words = _printed(form)
    shown = {(token.table, token.name) for token in _tokens(form) if token.kind in ("fill", "column")}
    for path, name in sorted(shown, key=lambda one: one):
        field = form.column(path, name)
        if field and not field.compute and not _made_of(fold(field.label), words):
            place = f"tables.{path}.columns.{name}" if path else f"fields.{name}"
            flaws.doubtful(place, "authoring.label-not-printed", label=field.label)
    used = {name for token in _tokens(form) for name in holes(token.text)}
    used |= {name for _, text in words_around(form) for name in holes(text)}
    for name, field in form.fields.items():
        if name not in used and not field.compute:
            flaws.doubtful(f"fields.{name}", "authoring.not-printed", label=field.label)


def _tokens(form: Form) -> Iterator[Token]:
    for block in form.blocks:
        for texts in block.rows:
            yield from parse_row(texts, form).tokens


def _made_of(label: str, words: list[str]) -> bool:
    """Whether a label can be put together of pieces of printed words, two characters or more each."""
    if label in words or len(label) > _LONGEST:
        return True
    reached = {0}
    for start in range(len(label)):
        if start not in reached:
            continue
        if _PASSING.match(label[start]):
            reached.add(start + 1)
        for end in range(start + 2, len(label) + 1):
            if any(label[start:end] in word for word in words):
                reached.add(end)
            else:
                break
    return len(label) in reached


def _same_labels(form: Form, flaws: Flaws) -> None:
    """Note fields, or columns of one table, that are called the same: nobody could tell findings apart."""
    groups = {"fields": form.fields} | {f"tables.{path}": one.columns for path, one in form.tables.items()}
    for place, fields in groups.items():
        for label, count in Counter(field.label for field in fields.values()).items():
            if count > 1:
                flaws.doubtful(place, "authoring.same-label", label=label, count=count)


def _indistinct_labels(form: Form, flaws: Flaws) -> None:
    """Note rows that print a label twice before cells that may stay empty.

    In the text of a published page an empty cell leaves no trace, so nobody can tell which of the two is.
    """
    for number, block in enumerate(form.blocks, start=1):
        for index, texts in enumerate(block.rows, start=1):
            tokens = [token for token in parse_row(texts, form).tokens if token.kind not in ("left", "up")]
            optional: Counter[str] = Counter()
            for label, cell in pairwise(tokens):
                field = form.fields.get(cell.name) if cell.kind == "fill" else None
                if label.kind == "label" and field and not field.required and not field.compute:
                    optional[label.text] += 1
            for label_text, count in optional.items():
                if count > 1:
                    flaws.doubtful(
                        f"block[{number}].rows[{index}]", "authoring.label-twice", label=_short(label_text)
                    )


def _aliases(form: Form, flaws: Flaws) -> None:
    """Note other wordings of labels that are not printed, or that are another label of the form."""
    texts = {token.text for token in _tokens(form) if token.kind == "label"}
    for label, others in form.aliases.items():
        if label not in texts:
            flaws.wrong(f"aliases.{label}", "authoring.alias-of-nothing", label=_short(label))
        for other in others:
            if other != label and other in texts:
                flaws.doubtful(f"aliases.{label}", "authoring.alias-is-label", label=_short(other))


def _short(text: str) -> str:
    line = "".join(text.split())
    return line if len(line) <= 30 else line[:30] + "…"
