"""Fills a template with documents by a map: every filled place is written, or listed with the reason.

Nothing else in the template changes: no other cell, no style, no other part of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.fill.fitting import Fitter, Made
from core.fill.map_file import check_map
from core.fill.mapping import DOCUMENT, NUMBER, ListMap, Map, SheetMap, Source, split_place
from core.fill.result import Changed, Filled, Left, Note, Say
from core.fill.rows import Line, RowFinder, lines_of
from core.fill.sheet_xml import Content, Spot
from core.fill.taking import Taken, Taker
from core.fill.template import Template, TemplateSheet
from core.fill.workbook_zip import with_parts
from core.sheet.compute import Computation
from core.sheet.document import Document
from core.sheet.errors import RefusedError
from core.sheet.levels import Levels
from core.sheet.places import Place
from core.sheet.values import ValueGrammar

MAX_WRITTEN = 400_000
_PIECES = ("operator", "number", "unit")


@dataclass(frozen=True)
class Tools:
    """What is needed to read values and level names, and to work figures out by the settings that count."""

    grammar: ValueGrammar
    levels: Levels
    figures: Callable[[Document], Computation] = Computation


def fill(data: bytes, made: Map, documents: Sequence[Document], tools: Tools) -> Filled:
    """Give a copy of a template (the bytes of an xlsx) with these documents in it.

    Raises RefusedError for a template that cannot be used, and for a map that leaves something open or does
    not suit the form.
    """
    if any(source.is_open for source in made.sources()):
        raise RefusedError("fill.open-map", file=made.file)
    for document in documents:
        if _suits(made, document):
            check_map(made, document.form)
    template = Template(data)
    return _Filler(template, made, documents, tools).filled(data)


class _Filler:
    def __init__(self, template: Template, made: Map, documents: Sequence[Document], tools: Tools) -> None:
        self._template = template
        self._map = made
        self._documents = documents
        self._levels = tools.levels
        self._takers = [Taker(document, tools.grammar, tools.figures(document)) for document in documents]
        self._fitter = Fitter(template, tools.levels, self._text_at)
        self._contents: dict[str, dict[Spot, Content]] = {}
        self._like: dict[str, dict[Spot, Spot]] = {}
        self._written: list[set[Place]] = [set() for _ in documents]
        self._empty: list[set[Place]] = [set() for _ in documents]
        self._left: list[Left] = []
        self._listed: set[tuple[int, Place]] = set()
        self._changed: list[Changed] = []
        self._notes: dict[tuple[str, str, str], Note] = {}

    def filled(self, data: bytes) -> Filled:
        """Fill everything in, and give the copy with all there is to say about it."""
        for sheet_map in self._map.sheets:
            sheet = self._template.sheet(sheet_map.name)
            self._contents.setdefault(sheet.name, {})
            self._like.setdefault(sheet.name, {})
            for spot, source in sorted(sheet_map.cells.items()):
                self._cell(sheet, spot, source, _parts_beside(sheet_map.cells.values(), source))
            self._cell_pieces(sheet_map)
            for one in sheet_map.lists:
                self._list(sheet, one)
        count = sum(map(len, self._contents.values()))
        if count and self._template.has_formulas:
            self._note(Note(Say("fill.recalculate")))
        self._rest()
        recalculate = bool(count) and self._template.has_formulas
        changed = {
            self._template.sheet(name).part: self._template.sheet(name).xml.written(
                contents, self._like[name]
            )
            for name, contents in self._contents.items()
            if contents
        }
        content = with_parts(data, changed, recalculate=recalculate)
        lists = (tuple(self._left), tuple(self._changed), tuple(self._notes.values()))
        return Filled(content, tuple(self._documents), count, *lists)

    def _suited(self) -> Iterator[tuple[int, Document]]:
        """Give the documents that are of the map's form."""
        for number, document in enumerate(self._documents):
            if _suits(self._map, document):
                yield number, document

    def _text_at(self, sheet: str, spot: Spot) -> str:
        written = self._contents.get(sheet, {}).get(spot)
        return written.text if written else self._template.sheet(sheet).text(spot)

    # -- single cells ----------------------------------------------------------------------------------

    def _cell(self, sheet: TemplateSheet, spot: Spot, source: Source, parts: set[str]) -> None:
        if not source.writes:
            return
        if source.fixed:
            self._fixed(sheet, spot, source)
            return
        found: list[tuple[int, Place, Taken]] = []
        for number, document in self._suited():
            place = _place_in(document, source.place)
            if place is None:
                continue
            taken = self._takers[number].take(place, source, parts)
            if isinstance(taken, Say):
                self._leave(number, place, taken, sheet.where(spot))
            elif taken:
                found.append((number, place, taken))
        if len({taken.text for _, _, taken in found}) > 1:
            for number, place, _ in found:
                self._leave(number, place, Say("fill.documents-differ"), sheet.where(spot))
            return
        for number, place, taken in found:
            self._put(number, place, source, taken, sheet, spot)

    def _cell_pieces(self, sheet_map: SheetMap) -> None:
        for place_text, parts in parts_of(sheet_map.cells.values()).items():
            for number, document in self._suited():
                if place := _place_in(document, place_text):
                    self._pieces(number, place, parts)

    # -- lists -----------------------------------------------------------------------------------------

    def _list(self, sheet: TemplateSheet, one: ListMap) -> None:
        finder = RowFinder(sheet, one, self._levels)
        count = 0
        for number, document in self._suited():
            for line in lines_of(document, one.each):
                if not line.has_data(document):
                    self._empty[number].update(line.filled(document))
                    continue
                labels = self._labels(number, one, line)
                row = finder.row_for(labels, _owners(number, one, line))
                if row is None:
                    why = Say("fill.no-room", {"count": count, "sheet": sheet.name})
                    if labels:
                        told = {"label": "、".join(labels.values()), "sheet": sheet.name}
                        why = Say("fill.no-labelled-row", told)
                    self._no_room(number, one, line, why)
                    continue
                count += 1
                columns = {
                    column: source
                    for column, source in sorted(one.columns.items())
                    if source.printed or not finder.shares(row, column)
                }
                self._line(number, sheet, replace(one, columns=columns), line, row, count)

    def _labels(self, number: int, one: ListMap, line: Line) -> dict[int, str]:
        found = {column: line.place(source.place) for column, source in one.printed.items()}
        return {column: self._takers[number].text(place) for column, place in found.items() if place}

    def _no_room(self, number: int, one: ListMap, line: Line, why: Say) -> None:
        places = list(line.filled(self._documents[number]))
        if one.each == DOCUMENT:
            sources = (line.place(source.place) for source in one.columns.values() if source.writes)
            places = [place for place in sources if place and self._documents[number].text(place)]
        for place in places:
            if place not in self._written[number] and (number, place) not in self._listed:
                self._leave(number, place, why)

    def _line(
        self, number: int, sheet: TemplateSheet, one: ListMap, line: Line, row: int, count: int
    ) -> None:
        parts = parts_of(one.columns.values())
        for column, source in one.columns.items():
            spot, like = (row, column), (one.first, column)
            place = line.place(source.place)
            if source.printed and place:
                self._written[number].add(place)
            if not source.writes:
                continue
            if source.fixed:
                self._fixed(sheet, spot, source, like)
            elif source.place == NUMBER:
                if not self._fitter.refuses(sheet, spot, source, sheet.xml.style_for(spot, like)):
                    self._store(sheet, spot, Content(str(count), Decimal(count)), like)
            elif place:
                taken = self._takers[number].take(place, source, parts.get(source.place, set()))
                if isinstance(taken, Say):
                    self._leave(number, place, taken, sheet.where(spot))
                elif taken:
                    self._put(number, place, source, taken, sheet, spot, like)
        for place_text, some in parts.items():
            if found := line.place(place_text):
                self._pieces(number, found, some)

    # -- one text --------------------------------------------------------------------------------------

    def _put(
        self,
        number: int,
        place: Place,
        source: Source,
        taken: Taken,
        sheet: TemplateSheet,
        spot: Spot,
        like: Spot | None = None,
    ) -> None:
        style = sheet.xml.style_for(spot, like)
        made = self._fitter.fit(taken, source, sheet, spot, style, self._takers[number])
        if isinstance(made, Made):
            self._store(sheet, spot, made.content, like)
            self._written[number].update(taken.uses)
            for how in made.how:
                read = str(how.params.get("read", taken.typed))
                written = str(how.params.get("written", made.content.text))
                self._changed.append(Changed(number, place, read, written, how, sheet.where(spot)))
            for note in made.notes:
                self._note(note)
            return
        for one in taken.uses:
            self._leave(number, one, made, sheet.where(spot))

    def _fixed(self, sheet: TemplateSheet, spot: Spot, source: Source, like: Spot | None = None) -> None:
        if sheet.text(spot).strip() == source.fixed:
            return
        refused = self._fitter.refuses(sheet, spot, source, sheet.xml.style_for(spot, like))
        if refused:
            self._note(Note(Say("fill.fixed-not-written", {"text": source.fixed}), sheet.where(spot)))
        else:
            self._store(sheet, spot, Content(source.fixed), like)

    def _store(self, sheet: TemplateSheet, spot: Spot, content: Content, like: Spot | None) -> None:
        self._contents[sheet.name][spot] = content
        if like is not None:
            self._like[sheet.name][spot] = like
        if sum(map(len, self._contents.values())) > MAX_WRITTEN:
            raise RefusedError("fill.too-much", limit=MAX_WRITTEN)

    def _pieces(self, number: int, place: Place, parts: set[str]) -> None:
        """List the parts of a value that have no cell of their own in the template."""
        if not parts or parts & {"rest", "joined"}:
            return
        for piece in _PIECES:
            taken = (
                self._takers[number].take(place, Source(part=piece), parts) if piece not in parts else None
            )
            if isinstance(taken, Taken):
                self._left.append(Left(number, place, taken.text, Say(f"fill.no-cell-for-{piece}")))
                self._listed.add((number, place))

    def _note(self, note: Note) -> None:
        self._notes.setdefault((note.what.code, str(note.what.params), note.where), note)

    def _leave(self, number: int, place: Place, why: Say, where: str = "") -> None:
        text = self._takers[number].text(place)
        self._left.append(Left(number, place, text, why, where))
        self._listed.add((number, place))

    # -- what is left ----------------------------------------------------------------------------------

    def _rest(self) -> None:
        """List every filled place that was neither written nor listed."""
        mapped = {
            split_place(source.place) for source in self._map.sources() if source.writes or source.printed
        }
        for number, document in enumerate(self._documents):
            for place in document.places():
                if place in self._written[number] or (number, place) in self._listed:
                    continue
                if not _suits(self._map, document):
                    why = Say("fill.other-form", {"form": self._map.form, "edition": self._map.edition})
                elif place in self._empty[number]:
                    why = Say("fill.empty-row")
                elif (place.table, place.column) in mapped:
                    why = Say("fill.line-not-written")
                else:
                    why = Say("fill.no-cell-for-place")
                self._leave(number, place, why)


def _suits(made: Map, document: Document) -> bool:
    """Whether a document is of the form a map is for."""
    return document.form.form == made.form and made.edition in ("", document.form.edition)


def _place_in(document: Document, counted: str) -> Place | None:
    """Give the place a map's single cell means, None when the document has no such row."""
    try:
        return document.place(counted)
    except RefusedError:
        return None


def _owners(number: int, one: ListMap, line: Line) -> dict[int, object]:
    """Give whose text stands in the columns that several lines have in common."""
    tables = {column: split_place(source.place)[0] for column, source in one.columns.items() if source.place}
    return {
        column: (number, line.rows.get(table, "")) for column, table in tables.items() if table != one.each
    }


def parts_of(sources: Iterable[Source]) -> dict[str, set[str]]:
    """Give the parts that have cells of their own, by the place they are parts of."""
    found: dict[str, set[str]] = {}
    for source in sources:
        if source.part:
            found.setdefault(source.place, set()).add(source.part)
    return found


def _parts_beside(sources: Iterable[Source], source: Source) -> set[str]:
    return parts_of(sources).get(source.place, set()) if source.part else set()


def documents_for(made: Map, documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    """Give the documents of each copy of the template: all of them together, or one by one."""
    if made.together:
        yield documents
    else:
        yield from ([document] for document in documents)
