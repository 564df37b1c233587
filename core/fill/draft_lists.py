"""Finds the lists of a template: headers of one table, or of fields, over rows that wait to be filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from core.fill.blanks import Blanks, Printed
from core.fill.drafting import Open, Run, source_for
from core.fill.labels import HeaderWords, is_required, label_key
from core.fill.mapping import DOCUMENT, NUMBER, OPEN, ListMap, Source, split_place
from core.fill.matching import Match
from core.fill.result import Say
from core.fill.sheet_xml import Spot
from core.sheet.definition import Form

_NUMBERS = ("序号", "编号", "行号")


class ListFinder:
    """Takes what a sheet's cells ask for and gives its lists; ``taken`` are the cells that belong to one."""

    def __init__(
        self, form: Form, blanks: Blanks, matches: Sequence[Match], words: HeaderWords, units: set[str]
    ) -> None:
        self.matches = {one.blank.spot: one for one in _by_elimination(matches)}
        self.labels: dict[Spot, str] = {}
        self.opens: list[Open] = []
        self.taken: set[Spot] = set()
        self._headers: dict[tuple[str, int], int] = {}
        self._form = form
        self._blanks = blanks
        self._sheet = blanks.sheet
        self._words = words
        self._units = units
        self._runs = _runs(list(self.matches.values()), blanks.rows)

    def find(self) -> list[ListMap]:
        """Give the lists, from top to bottom."""
        tables = [run for run in self._runs if run.want.table]
        fields = [run for run in self._runs if not run.want.table]
        found = [made for group in _by_table(tables) for made in self._table_list(group, fields)]
        found += self._document_lists(fields)
        found += self._unsure_lists()
        found = [self._finished(one) for one in found]
        return self._with_shared_levels(sorted(found, key=lambda one: one.first))

    # -- one list --------------------------------------------------------------------------------------

    def _table_list(self, runs: list[Run], fields: list[Run]) -> Iterator[ListMap]:
        each = max((run.want.table for run in runs), key=lambda path: path.count("."))
        rows = self._rows(runs)
        if not rows or len(runs) < min(2, len(self._form.tables[each].columns)):
            return
        beside = [run for run in fields if rows[0] in run.matches and _ends(run, self._blanks) == rows[0] - 1]
        yield self._made(each, [*runs, *beside], rows)

    def _document_lists(self, fields: list[Run]) -> Iterator[ListMap]:
        """Give the lists with one row for each document: several fields as headers over several rows."""
        headers: dict[int, list[Run]] = {}
        for run in fields:
            if run.under not in {row for row, _ in self.taken} and _ends(run, self._blanks) == run.under - 1:
                headers.setdefault(run.under, []).append(run)
        for runs in headers.values():
            rows = self._rows(runs)
            if len(runs) >= 2 and (len(rows) >= 2 or (rows and rows[-1] > self._blanks.rows)):
                yield self._made(DOCUMENT, runs, rows)

    def _unsure_lists(self) -> Iterator[ListMap]:
        """Give the lists of which not even the table can be told: every column is to be decided."""
        rows: dict[int, list[Match]] = {}
        for match in self.matches.values():
            blank = match.blank
            tables = match.want is None and all(want.table for want in match.wants)
            first = bool(blank.top) and blank.spot[0] == _bottom(blank.top[0], self._blanks) + 1
            if tables and first and blank.spot not in self.taken:
                rows.setdefault(blank.spot[0], []).append(match)
        for row, matches in rows.items():
            if len(matches) < 2:
                continue
            columns = {match.blank.spot[1]: Source(OPEN) for match in matches}
            each = matches[0].wants[0].table
            for match in matches:
                header = match.blank.top[0]
                self.labels[match.blank.spot] = header.text
                self._open(header.spot, header.text, match)
                self.taken.add(match.blank.spot)
            self._headers[each, row] = _bottom(matches[0].blank.top[0], self._blanks)
            yield ListMap(each, row, None, columns)

    def _made(self, each: str, runs: list[Run], rows: list[int]) -> ListMap:
        first = rows[0]
        columns: dict[int, Source] = {}
        replaces = False
        for run in runs:
            match = run.matches.get(first) or run.matches[run.under]
            printed = any(one.blank.kind == "level" for one in run.matches.values())
            replaces |= any(one.blank.kind == "placeholder" for one in run.matches.values())
            columns[run.column] = replace(source_for(run.want, match, self._units), printed=printed)
            self.labels[first, run.column] = run.header.text
            self._open_unit(columns[run.column], run.header)
            self.taken.update((row, run.column) for row in run.matches if first <= row <= rows[-1])
        last = rows[-1] if rows[-1] <= self._blanks.rows else None
        self._headers[each, first] = max(_bottom(run.header, self._blanks) for run in runs)
        replaced = {c: replace(one, replace=replaces and not one.printed) for c, one in columns.items()}
        return ListMap(each, first, last, replaced)

    def _finished(self, one: ListMap) -> ListMap:
        """Give a list with the further columns under its headers."""
        header = self._headers[one.each, one.first]
        columns = {**one.columns, **self._others(one.each, one.columns, header, one.first)}
        columns = self._with_parts(one.each, columns, header)
        return replace(one, columns=dict(sorted(columns.items())))

    def _open_unit(self, source: Source, header: Printed) -> None:
        if source.unit == OPEN:
            where = self._sheet.where(header.spot)
            self.opens.append(
                Open(where, Say("fill.open-unit", {"label": _line(header.text)}), required=True)
            )

    # -- rows ------------------------------------------------------------------------------------------

    def _rows(self, runs: list[Run]) -> list[int]:
        """Give the rows in which every column to be written waits, alike in size and lines.

        Columns of an outer row do not count: one area of theirs may reach down over several rows.
        """
        depth = max(run.want.table.count(".") for run in runs)
        inner = [run for run in runs if run.want.table.count(".") == depth]
        writing = [
            run for run in inner if not any(one.blank.kind == "level" for one in run.matches.values())
        ] or inner
        common = set.intersection(*(set(run.matches) for run in writing))
        if not common:
            return []
        first = min(common)
        alike = [self._blanks.shape((first, run.column)) for run in writing]
        found: list[int] = []
        for row in sorted(common):
            if row > first and self._is_over(row, [run.column for run in writing]):
                break
            if [self._blanks.shape((row, run.column)) for run in writing] == alike:
                found.append(row)
        # The row below the last text has no lines of its own and stands for all that follow.
        if self._blanks.rows + 1 in common and self._goes_on(found, alike):
            found.append(self._blanks.rows + 1)
        return found

    def _goes_on(self, found: list[int], alike: list[tuple[int, int, bool]]) -> bool:
        single = all(size[:2] == (1, 1) for size in alike)
        return single and bool(found) and found[-1] in (self._blanks.rows, self._blanks.rows + 1)

    def _is_over(self, row: int, columns: list[int]) -> bool:
        """Whether other words begin in a row: a signature, a note, a further part of the sheet."""
        for spot, text in self._sheet.texts_in(row):
            plain = text.strip().isdigit() or self._blanks.is_level(text) or self._words.is_placeholder(text)
            outside = spot[1] <= min(columns) or spot[1] > max(columns)
            if not plain and (outside or text.rstrip().endswith((":", "："))):
                return True
        return False

    # -- further columns -------------------------------------------------------------------------------

    def _others(self, each: str, columns: Mapping[int, Source], header: int, first: int) -> dict[int, Source]:
        """Give the columns under headers of the same row that ask for nothing the form has."""
        found: dict[int, Source] = {}
        for column in range(self._blanks.columns + 1):
            spot = (header, column)
            text = self._sheet.text(spot)
            below = (first, column)
            lone = self._sheet.owner(spot)[1] == column and self._sheet.owner(below) == below
            if column in columns or not text.strip() or not lone or below in self.taken:
                continue
            if self._sheet.is_worked_out(below) or not self._sheet.is_seen(below):
                continue
            match = self.matches.get(below)
            if match is not None and match.want is not None:
                continue
            waits = not self._sheet.text(below).strip()
            self.labels[below] = text
            if label_key(text) in _NUMBERS:
                found[column] = Source(NUMBER)
            elif match is not None and match.want is None:
                found[column] = Source(OPEN)
                self._open(spot, text, match)
                self.taken.add(below)
            elif waits and not (each != DOCUMENT and self._words.part(label_key(text))):
                found[column] = Source()
                self.taken.add(below)
                what = Say("fill.open-unknown", {"label": _line(text)})
                self.opens.append(Open(self._sheet.where(spot), what, required=is_required(text)))
        return found

    def _open(self, spot: Spot, text: str, match: Match) -> None:
        places = "、".join(want.place for want in match.wants)
        what = Say("fill.open-several", {"label": _line(text), "places": places})
        self.opens.append(Open(self._sheet.where(self._sheet.owner(spot)), what, required=True))

    def _with_parts(self, each: str, columns: dict[int, Source], header: int) -> dict[int, Source]:
        """Take values apart or together, as the template has cells for sign and unit or not."""
        table = self._form.tables.get(each)
        values = [
            column
            for column, source in columns.items()
            if table and source.place and self._kind(source.place) == "value"
        ]
        if not values or table is None:
            return columns
        own = {name for name in ("operator", "unit") if name in table.columns}
        there = {
            part: column
            for column in range(self._blanks.columns + 1)
            if (part := self._words.part(label_key(self._sheet.text((header, column)))))
            and self._sheet.owner((header, column)) == (header, column)
        }
        if own == set(there) and own in (set(), {"operator", "unit"}):
            return columns
        main = next((one for one in values if columns[one].place.endswith(".value")), values[0])
        made = dict(columns)
        for part, column in there.items():
            made[column] = Source(columns[main].place, part=part)
        part = "number" if len(there) == 2 else "rest" if there else "joined"
        made[main] = replace(columns[main], part=part)
        return made

    def _kind(self, place: str) -> str:
        field = self._form.column(*split_place(place))
        return field.kind if field else ""

    def _with_shared_levels(self, lists: list[ListMap]) -> list[ListMap]:
        """Let a table that stands beside another one go by the level names written for that one."""
        found = []
        for one in lists:
            table = self._form.tables.get(one.each)
            lacking = table.level_columns[:1] if table else ()
            for name in lacking:
                if any(source.place == f"{one.each}.{name}" for source in one.columns.values()):
                    continue
                for other in lists:
                    column = next(
                        (c for c, s in other.columns.items() if s.place == f"{other.each}.{name}"), None
                    )
                    if other is not one and other.first == one.first and column is not None:
                        shared = Source(f"{one.each}.{name}", printed=True)
                        one = replace(one, columns={column: shared, **one.columns})
            found.append(one)
        own = {one.each: any(s.printed for s in one.columns.values()) for one in found}
        return sorted(found, key=lambda one: (one.first, own[one.each]))


def _by_elimination(matches: Sequence[Match]) -> Iterator[Match]:
    """Take from what a cell may ask for those columns of a table that another cell of its row asks for."""
    sure = {(match.blank.spot[0], match.want.place) for match in matches if match.want and match.want.table}
    for match in matches:
        left = tuple(want for want in match.wants if (match.blank.spot[0], want.place) not in sure)
        yield replace(match, wants=left) if match.want is None and left else match


def _runs(matches: Sequence[Match], rows: int) -> list[Run]:
    """Put the cells together that ask for one place under one header.

    The row below all ``rows`` only goes on with a column that is there, or a template that ends with headers.
    """
    found: dict[tuple[str, int, Spot], Run] = {}
    for match in matches:
        want, blank = match.want, match.blank
        if want is None or not match.above or not blank.top:
            continue
        header, column = blank.top[0], blank.spot[1]
        run = found.setdefault((want.place, column, header.spot), Run(want, column, header))
        run.matches[blank.spot[0]] = match
    there = {place for (place, _, _), run in found.items() if min(run.matches) <= rows}
    return [run for run in found.values() if min(run.matches) <= rows or run.want.place not in there]


def _by_table(runs: Sequence[Run]) -> list[list[Run]]:
    """Put the columns of one table (with those of the table around it) under one header together."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda one: one.want.table.count("."), reverse=True):
        for group in groups:
            inner = group[0].want.table
            related = inner == run.want.table or inner.startswith(run.want.table + ".")
            if related and set(group[0].matches) & set(run.matches):
                group.append(run)
                break
        else:
            groups.append([run])
    return groups


def _bottom(header: Printed, blanks: Blanks) -> int:
    """Give the last row of a header."""
    return header.spot[0] + blanks.sheet.size(header.spot)[0] - 1


def _ends(run: Run, blanks: Blanks) -> int:
    """Give the last row of a header, with the rows below it that only explain."""
    end = _bottom(run.header, blanks)
    while end + 1 in blanks.notes:
        end += 1
    return end


def _line(text: str) -> str:
    return " ".join(text.split())
