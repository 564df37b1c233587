"""Makes a document of what the pieces were taken for, and writes down every liberty that was taken."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.intake.align import Act, Step
from core.intake.facts import other_money
from core.intake.habits import Habit
from core.intake.lookup import LevelNames
from core.intake.pieces import CROWDED, Gap, Source, Where
from core.intake.reading import Repair, RepairKind, Unplaced
from core.intake.route import Route
from core.intake.rows import Mended, RowRead, mend_levels, mend_merged
from core.intake.shapes import is_empty_furniture
from core.intake.visits import Placed, Visit, visits_of
from core.intake.wording import before_heading, fold_label
from core.sheet.document import ROOT, Document, Row, new_row_id
from core.sheet.numbers import parse_number
from core.sheet.places import Place, field_place


@dataclass
class Filled:
    """A document read from one source, what could not be placed and what was repaired."""

    document: Document
    unplaced: list[Unplaced]
    repairs: list[Repair]


def fill(
    source: Source,
    route: Route,
    levels: LevelNames,
    steps: Sequence[Step],
    habits: Sequence[Habit] = (),
    summed: Container[int] = (),
) -> Filled:
    """Make the document that the steps tell.

    ``habits`` are tables that stand otherwise than their headers; ``summed`` the first pieces of rows that
    were put where their totals agree.
    """
    return _Filler(source, route, levels, habits, summed).fill(steps)


class _Filler:
    def __init__(
        self,
        source: Source,
        route: Route,
        levels: LevelNames,
        habits: Sequence[Habit],
        summed: Container[int],
    ) -> None:
        self._source = source
        self._route = route
        self._form = route.form
        self._levels = levels
        self._habits = {habit.first for habit in habits}
        self._summed = summed
        self._document = Document(route.form)
        self._unplaced: list[Unplaced] = []
        self._repairs: list[tuple[RepairKind, Where, str, str, tuple[Place, ...]]] = []
        self._rows: dict[str, list[RowRead]] = {path: [] for path in route.form.tables}
        self._said: dict[str, Unplaced] = {}
        """The texts that facts and fields were taken from."""
        self._shared: dict[str, str] = {}
        self._traces: list[tuple[Visit, list[RowRead]]] = []

    def fill(self, steps: Sequence[Step]) -> Filled:
        visits, others = visits_of(self._route, steps)
        for step in others:
            self._take_other(step, list(range(step.start, step.end)))
        for visit in visits:
            self._take(visit)
        for path, rows in self._rows.items():
            if "." not in path:
                self._put_rows(path, rows)
        self._report_crowded()
        for number, (visit, rows) in enumerate(self._traces):
            self._report_visit(visit, rows)
            if rows and number + 1 < len(self._traces):
                self._report_merged(visit, rows, self._traces[number + 1][0])
        repairs = [
            Repair(kind, where, read, made, tuple(map(self._document.counted, places)))
            for kind, where, read, made, places in self._repairs
        ]
        return Filled(self._document, self._unplaced, repairs)

    def _note(self, kind: RepairKind, where: Where, read: str, made: str, *places: Place) -> None:
        self._repairs.append((kind, where, read, made, places))

    # -- what is in no picture row ------------------------------------------------------------------

    def _take_other(self, step: Step, pieces: list[int]) -> None:
        match step.act:
            case Act.HEADING:
                self._take_heading(step.slot, pieces)
            case Act.REPEAT:
                self._note(RepairKind.REPEATED, self._where(pieces), self._source.as_read(pieces), "")
            case _:
                self._take_junk(pieces)

    def _where(self, pieces: Sequence[int]) -> Where:
        return self._source.where(pieces[0], pieces[-1])

    def _take_junk(self, pieces: list[int]) -> None:
        where, text = self._where(pieces), self._source.joined(pieces)
        if is_empty_furniture(text):
            return
        last = self._unplaced[-1] if self._unplaced else None
        if last and last.where == where and not where.cell:
            before = self._source.pieces[pieces[0]].before or " "
            self._unplaced[-1] = Unplaced(where, last.text + before + text)
        else:
            self._unplaced.append(Unplaced(where, text))

    def _take_heading(self, number: int, pieces: list[int]) -> None:
        heading = self._route.headings[number]
        words, text = self._source.worded(pieces), self._source.joined(pieces)
        start = before_heading(words)
        values = heading.template.match(words[start:], text[start:])
        if values is None:
            values, start = heading.template.match(words, text) or {}, 0
        if start:
            self._note(RepairKind.HEADING, self._where(pieces), text, text[start:])
        if heading.stage:
            values = {"stage": heading.stage, **values}
        self._take_holes(values, pieces)

    def _take_holes(self, values: dict[str, str], pieces: list[int]) -> None:
        """Take what a text with holes says; where it contradicts what is known, the whole text is listed."""
        where, read = self._where(pieces), self._source.joined(pieces)
        known = {name: self._document.field(name) for name in values if name != "stage"}
        if any(text not in ("", values[name]) for name, text in known.items()):
            self._unplaced.append(Unplaced(where, read))
            return
        for name, text in values.items():
            self._document.set_text(field_place(name), text)
            self._said[name] = Unplaced(where, read)

    def _believe(self, name: str, text: str, pieces: list[int]) -> None:
        """Put what the table says; a heading, or a place before, that says otherwise is listed."""
        place = field_place(name)
        said = self._said.pop(name, None)
        if said and self._document.text(place) != text and said not in self._unplaced:
            self._unplaced.append(said)
        self._said[name] = Unplaced(self._where(pieces), self._source.joined(pieces))
        self._document.set_text(place, text)

    # -- picture rows → values --------------------------------------------------------------------

    def _take(self, visit: Visit) -> None:
        stretch = self._route.stretches[visit.stretch]
        cells: dict[str, dict[str, Placed]] = {}
        for one in visit.placed:
            one.text = self._source.joined(one.pieces)
            if one.slot.field is None:
                self._take_label(one)
            elif one.slot.table:
                one.text = self._value(one)
                cells.setdefault(one.slot.table, {})[one.slot.name] = one
            else:
                self._take_field(one)
        rows = self._take_rows(stretch.tables, cells) if stretch.tables and cells else []
        self._traces.append((visit, rows))

    def _take_label(self, one: Placed) -> None:
        if one.slot.template is not None:
            values = one.slot.template.match(self._source.worded(one.pieces), one.text)
            for name, text in (values or {}).items():
                self._believe(name, text, one.pieces)
        elif fold_label(self._source.worded(one.pieces)) != one.slot.wordings[0]:
            self._note(RepairKind.ALIAS, self._where(one.pieces), one.text, one.slot.text)
            words = self._source.worded(one.pieces)
            if told := other_money(self._form, self._where(one.pieces), words):
                self._note(told.kind, told.where, told.read, told.made)

    def _take_field(self, one: Placed) -> None:
        place = field_place(one.slot.name)
        text = self._value(one)
        if one.slot.name == "year" and not re.fullmatch(r"\d{4}", text):
            found = re.search(r"(?<!\d)\d{4}(?!\d)", text)
            if found is None:
                self._unplaced.append(Unplaced(self._where(one.pieces), text))
                return
            self._note(RepairKind.TRIMMED, self._where(one.pieces), text, found[0], place)
            text = found[0]
        self._believe(one.slot.name, text, one.pieces)

    def _value(self, one: Placed) -> str:
        """Give the text of a place: as read, but for blanks around a figure or a level name."""
        text, definition = one.text, one.slot.field
        bare = text.strip()
        if one.slot.is_level:
            return self._level(one, bare)
        if definition is None or bare == text:
            return text
        if definition.numeric and parse_number(bare) is not None:
            place = field_place(one.slot.name) if not one.slot.table else None
            self._note(RepairKind.TRIMMED, self._where(one.pieces), text, bare, *([place] if place else []))
            return bare
        return text

    def _level(self, one: Placed, text: str) -> str:
        """Give a level's name as read, in the characters of the closed list."""
        word = self._source.worded(one.pieces).strip()
        if word != text:
            self._note(RepairKind.LEVEL, self._where(one.pieces), text, word)
        return word

    def _take_rows(self, tables: tuple[str, ...], cells: dict[str, dict[str, Placed]]) -> list[RowRead]:
        made = []
        for path in tables:
            own = cells.get(path, {})
            table = self._form.tables[path]
            if not own and (table.parent or len(tables) > 1):
                continue
            row = Row(new_row_id(), {name: one.text for name, one in own.items()})
            read = RowRead(row, {name: one.pieces for name, one in own.items()})
            self._share(path, tables, read)
            if table.parent:
                self._outer(table.parent).inner.setdefault(table.name, []).append(read)
            else:
                self._rows[path].append(read)
            made.append(read)
        return made

    def _outer(self, path: str) -> RowRead:
        if not self._rows[path]:
            self._rows[path].append(RowRead(Row(new_row_id()), {}))
        return self._rows[path][-1]

    def _share(self, path: str, tables: tuple[str, ...], read: RowRead) -> None:
        """The level cell in front of two tables side by side stands for the rows of both."""
        if len(tables) < 2 or self._form.tables[tables[1]].parent or not self._form.tables[path].merge:
            return
        column = self._form.tables[path].merge[0]
        if column in read.row.cells:
            self._shared[column] = read.row.cells[column]
        elif column in self._shared:
            read.row.cells[column] = self._shared[column]

    # -- rows → document --------------------------------------------------------------------------

    def _put_rows(self, path: str, reads: list[RowRead]) -> None:
        table = self._form.tables[path]
        mended = mend_levels(table, reads, self._levels, self._source)
        mend_merged(table, mended, self._source)
        reports = [(path, mended)]
        for index, read in enumerate(mended.rows):
            row = read.row
            for name, inner in read.inner.items():
                within = mend_levels(self._form.tables[f"{path}.{name}"], inner, self._levels, self._source)
                row.inner[name] = [one.row for one in within.rows]
                reports.append((f"{path}.{name}", within))
            self._document.insert_row(path, ROOT, index, row)
        for one, mending in reports:
            self._report_mended(one, mending)

    def _report_mended(self, path: str, mended: Mended) -> None:
        columns = self._form.tables[path].level_columns or self._form.tables[path].merge
        for kind, read, before in mended.changes:
            where = self._where(sorted(read.all_pieces)) if read.all_pieces else Where(0, 0)
            made = " / ".join(read.row.cells.get(name, "") for name in columns)
            if kind is RepairKind.REPEATED:
                self._note(kind, where, made, "")
                continue
            places = (Place(path, read.row.id, name) for name in columns if read.row.cells.get(name))
            self._note(kind, where, before, made, *places)

    # -- reports ----------------------------------------------------------------------------------

    def _report_visit(self, visit: Visit, rows: list[RowRead]) -> None:
        stretch = self._route.stretches[visit.stretch]
        ids = {path: read.row.id for path, read in zip(self._paths(stretch.tables, rows), rows, strict=True)}
        first = visit.pieces[0]
        if first in self._habits:
            self._report_shift(RepairKind.COLUMNS, visit, rows, ids)
        if first in self._summed:
            self._report_shift(RepairKind.SUMMED, visit, rows, ids)
        elif visit.is_shifted:
            self._report_shift(RepairKind.SHIFTED, visit, rows, ids)
        for one in visit.placed:
            gaps = [self._source.pieces[index].gap for index in one.pieces[1:]]
            if any(gap >= Gap.LINE for gap in gaps):
                kind = RepairKind.LINES if self._source.line_end else RepairKind.JOINED
                read = self._source.as_read(one.pieces)
                self._note(kind, self._where(one.pieces), read, one.text, *self._places([one], ids))
        self._report_split(visit, ids)

    def _paths(self, tables: tuple[str, ...], rows: list[RowRead]) -> list[str]:
        """Give which of the tables each row of a visit belongs to."""
        homes = {id(read): path for path in tables if "." not in path for read in self._rows[path]}
        return [homes.get(id(read), tables[-1]) for read in rows]

    def _places(self, placed: Sequence[Placed], ids: dict[str, str]) -> list[Place]:
        found = []
        for one in placed:
            table = one.slot.table
            if one.slot.field is None or (table and self._document.row(table, ids.get(table, "")) is None):
                continue
            found.append(Place(table, ids.get(table, ""), one.slot.name))
        return found

    def _report_shift(self, kind: RepairKind, visit: Visit, rows: list[RowRead], ids: dict[str, str]) -> None:
        texts = {(one.slot.table, one.slot.column): one.text for one in visit.placed}
        made = []
        for slot in self._route.stretches[visit.stretch].slots:
            row = next((read.row for read in rows if ids.get(slot.table) == read.row.id), None)
            text = row.cells.get(slot.name, "") if row else texts.get((slot.table, slot.column), "")
            made.append(text)
        read = self._source.as_read(visit.pieces)
        places = self._places(visit.placed, ids)
        self._note(kind, self._where(visit.pieces), read, " | ".join(made), *places)

    def _report_crowded(self) -> None:
        """A whole table on one line: where rows and cells end was a guess throughout."""
        for line, count in self._source.pieces_on_lines().items():
            if count > CROWDED and not self._source.cells:
                self._note(RepairKind.CROWDED, Where(line, line), "", "")

    def _report_merged(self, visit: Visit, rows: list[RowRead], following: Visit) -> None:
        """A cell joined over several rows, in a column that the form does not join: the first row has it."""
        table = self._route.stretches[visit.stretch].tables[-1]
        if table not in self._route.stretches[following.stretch].tables:
            return
        below = self._source.pieces[following.pieces[0]].line
        definition = self._form.tables[table]
        for one in visit.placed:
            piece = self._source.pieces[one.pieces[0]]
            joined = one.slot.table == table and one.slot.name not in (
                *definition.merge,
                *definition.level_columns,
            )
            if joined and piece.down > 1 and piece.line + piece.down > below:
                ids = {table: rows[-1].row.id}
                where = self._where(one.pieces)
                self._note(RepairKind.MERGED, where, one.text, one.text, *self._places([one], ids))

    def _report_split(self, visit: Visit, ids: dict[str, str]) -> None:
        """Blanks both between and inside the cells of a row: where one ends was a guess."""
        if self._source.cells:
            return
        texts = [one for one in visit.placed if one.slot.field is not None and not one.slot.is_level]
        for before, one in pairwise(texts):
            kinds = {before.slot.kind, one.slot.kind}
            if self._source.pieces[one.pieces[0]].gap == Gap.BLANK and kinds & {"text", "value"}:
                inside = [
                    self._source.pieces[index].gap for part in (before, one) for index in part.pieces[1:]
                ]
                if Gap.BLANK in inside or kinds == {"text"}:
                    made = " | ".join(part.text for part in texts)
                    read = self._source.as_read(visit.pieces)
                    places = self._places(texts, ids)
                    self._note(RepairKind.SPLIT, self._where(visit.pieces), read, made, *places)
                    return
