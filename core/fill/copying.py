"""A table of a document as text to paste into a web system's grid or another Excel table (复制供录入)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.fill.filler import Tools, parts_of
from core.fill.mapping import NUMBER, ListMap, Map, Source
from core.fill.result import Changed, Left, Note, Say
from core.fill.rows import Line, lines_of
from core.fill.sheet_xml import text_length
from core.fill.taking import Taken, Taker
from core.intake.pieces import cell_name
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.errors import RefusedError
from core.sheet.places import Place

_NEEDS_QUOTES = frozenset('\t\n"')


@dataclass(frozen=True)
class Copied:
    """The text for the clipboard (cells by tabs, lines by line ends), and what there is to say about it."""

    text: str
    rows: int
    left: tuple[Left, ...]
    changed: tuple[Changed, ...]
    notes: tuple[Note, ...]


def copy_table(document: Document, table: str, made: Map | None, tools: Tools) -> Copied:
    """Give the filled rows of a table in the column order of a map; without one, of the form itself.

    What cannot be written as the map asks is left blank and listed. Raises RefusedError for a map that has
    no list of this table, or leaves something open.
    """
    one = list_for(made, table) if made else form_columns(document.form, table)
    if any(source.is_open for source in one.columns.values()):
        raise RefusedError("fill.open-map", file=made.file if made else "")
    return _Copying(document, one, tools).copied()


def list_for(made: Map, table: str) -> ListMap:
    """Give the list of a map that takes the rows of a table; raises RefusedError when there is none."""
    for sheet in made.sheets:
        for one in sheet.lists:
            if one.each == table or one.each.startswith(f"{table}."):
                return one
    raise RefusedError("fill.no-list-of-table", file=made.file, table=table)


def form_columns(form: Form, table: str) -> ListMap:
    """Give the columns of a table in the form's order; of an inner table, after those of the outer one."""
    paths = [".".join(table.split(".")[: end + 1]) for end in range(table.count(".") + 1)]
    places = [f"{path}.{name}" for path in paths for name in form.tables[path].columns]
    return ListMap(table, 1, None, {column: Source(place) for column, place in enumerate(places)})


class _Copying:
    def __init__(self, document: Document, one: ListMap, tools: Tools) -> None:
        self._document = document
        self._list = one
        self._taker = Taker(document, tools.grammar, tools.figures(document))
        self._parts = parts_of(one.columns.values())
        self._left: list[Left] = []
        self._changed: list[Changed] = []
        self._notes: list[Note] = []

    def copied(self) -> Copied:
        lines = [line for line in lines_of(self._document, self._list.each) if line.has_data(self._document)]
        rows = [
            "\t".join(map(_quoted, self._row(line, number))) for number, line in enumerate(lines, start=1)
        ]
        text = "".join(f"{row}\r\n" for row in rows)
        return Copied(text, len(rows), tuple(self._left), tuple(self._changed), tuple(self._notes))

    def _row(self, line: Line, number: int) -> Iterator[str]:
        columns = self._list.columns
        for column in range(min(columns), max(columns) + 1):
            source = columns.get(column, Source())
            text = str(number) if source.place == NUMBER else source.fixed
            place = line.place(source.place) if source.place not in ("", NUMBER) else None
            where = cell_name(number, column)
            if place:
                text = self._text(place, source, where)
            if text.startswith("=") and len(text) > 1:
                self._notes.append(Note(Say("fill.formula-like"), where))
            yield text

    def _text(self, place: Place, source: Source, where: str) -> str:
        taken = self._taker.take(place, source, self._parts.get(source.place, set()))
        if isinstance(taken, Taken):
            count = text_length(taken.text)
            if source.limit is None or count <= source.limit:
                self._changed += [Changed(0, place, taken.typed, taken.text, how, where) for how in taken.how]
                return taken.text
            taken = Say("fill.over-limit", {"count": count, "limit": source.limit})
        if taken is not None:
            self._left.append(Left(0, place, self._taker.text(place), taken, where))
        return ""


def _quoted(text: str) -> str:
    """Give a text as one cell of the clipboard, as Excel quotes it."""
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES & set(text) else text
