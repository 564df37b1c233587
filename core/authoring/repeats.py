"""Which rows of a blank form repeat: a header with empty rows under it, or rows that begin with level names.

Every find is a proposal with simpler ones behind it; the drafter keeps the first that expands to exactly the
cells of the blank form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from core.authoring.region import BlankCell, BlankForm
from core.authoring.words import DraftWords, KnownColumn
from core.sheet.levels import Levels

_LEVEL_LENGTH = 24
_BOTH = ("level1", "level2")


@dataclass(frozen=True)
class DraftColumn:
    """A column of a drafted table; ``known`` says that its name and kind come from other forms."""

    name: str
    label: str
    kind: str
    cell: BlankCell
    known: bool = False


@dataclass(frozen=True)
class DraftTable:
    """A drafted table: its columns by grid column, and the keys of its definition."""

    name: str
    label: str
    columns: Mapping[int, DraftColumn]
    merge: tuple[str, ...] = ()
    always: tuple[tuple[str, ...], ...] = ()
    start: tuple[Mapping[str, str], ...] = ()
    blank: int = 1
    role: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Repeat:
    """Rows of the table that one picture row stands for, and the first row of the header above them."""

    first: int
    last: int
    head: int
    tables: tuple[DraftTable, ...]


class RepeatFinder:
    """Finds the repeated rows of one blank form."""

    def __init__(self, form: BlankForm, words: DraftWords, levels: Levels) -> None:
        self._form, self._words, self._levels = form, words, levels
        self._taken: dict[str, int] = {}

    def find(self) -> list[list[Repeat]]:
        """Give the proposals for each run of rows, the best first."""
        found: list[list[Repeat]] = []
        row = 0
        while row < self._form.rows:
            variants = self._level_run(row) or self._list_run(row, found)
            if variants:
                found.append(variants)
                row = variants[0].last + 1
            else:
                row += 1
        return found

    # -- rows under a header ----------------------------------------------------------------------------

    def _list_run(self, row: int, found: list[list[Repeat]]) -> list[Repeat]:
        side, cells = self._parts(row)
        if row == 0 or len(cells) < 2 or not all(self._is_open(cell, cells[0]) for cell in cells):
            return []
        last = row
        while last + 1 < self._form.rows and self._goes_on(last + 1, side, cells):
            last += 1
        before = found[-1][0] if found else None
        if before and self._is_next_table(before, row, side, cells):
            return [self._sibling(before, row, last, side, cells)]
        headers = [self._form.cells[row - 1][cell.column] for cell in cells]
        if not all(self._is_label(one) for one in headers):
            return []
        if last == row and not any(self._words.is_list_header(one.text) for one in headers):
            return []
        if any(one.text for one in cells) and not self._numbers(row, last, cells[0].column):
            return []
        columns = self._columns(headers, cells)
        table = DraftTable(self._name(columns), self._label(side, row), columns, blank=last - row + 1)
        table = self._with_role(table)
        if numbers := self._numbers(row, last, cells[0].column):
            name = columns[cells[0].column].name
            table = replace(table, blank=1, start=tuple({name: number} for number in numbers))
        return [Repeat(row, last, self._head(headers, cells), (table,))]

    def _parts(self, row: int) -> tuple[list[BlankCell], list[BlankCell]]:
        """Give the labels at the left of a row, and the cells right of them."""
        cells = self._form.own(row)
        count = 0
        while count < len(cells) and self._is_label(cells[count]) and not cells[count].text.strip().isdigit():
            count += 1
        return cells[:count], cells[count:]

    def _is_label(self, cell: BlankCell) -> bool:
        return bool(cell.text) and not self._words.is_placeholder(cell.text)

    def _is_open(self, cell: BlankCell, first: BlankCell) -> bool:
        """Whether a cell is there to be filled, in one row; the first of a row may hold its number."""
        numbered = cell.column == first.column and cell.text.strip().isdigit()
        return cell.down == 1 and (numbered or not self._is_label(cell))

    def _goes_on(self, row: int, side: list[BlankCell], cells: list[BlankCell]) -> bool:
        own_side, own = self._parts(row)
        return (
            own_side == side
            and [(one.column, one.across) for one in own] == [(one.column, one.across) for one in cells]
            and all(self._is_open(cell, own[0]) for cell in own)
        )

    def _numbers(self, first: int, last: int, column: int) -> list[str]:
        """Give the numbers printed in front of several rows."""
        texts = [self._form.cells[row][column].text for row in range(first, last + 1)]
        return texts if last > first and all(text.strip().isdigit() for text in texts) else []

    def _is_next_table(self, before: Repeat, row: int, side: list[BlankCell], cells: list[BlankCell]) -> bool:
        """Whether a labelled row has the columns of the table right above it."""
        if before.last != row - 1 or not side or side[-1].row != row or any(cell.text for cell in cells):
            return False
        above = self._form.own(row - 1)[-len(cells) :]
        same = [(one.column, one.across) for one in above] == [(one.column, one.across) for one in cells]
        return same and before.tables[0].role == "" and not self._words.is_total(side[-1].text)

    def _sibling(
        self, before: Repeat, row: int, last: int, side: list[BlankCell], cells: list[BlankCell]
    ) -> Repeat:
        old = before.tables[0].columns
        columns = {cell.column: replace(old[cell.column], cell=cell) for cell in cells}
        table = DraftTable(self._next_name("table"), self._label(side, row), columns, blank=last - row + 1)
        return Repeat(row, last, row, (table,))

    # -- rows with level names --------------------------------------------------------------------------

    def _level_run(self, row: int) -> list[Repeat]:
        """Look for a header with 一级指标 that ends in this row, and for level names under it."""
        headers = [cell for cell in self._form.own(row) if cell.end == row + 1 and self._is_label(cell)]
        known = {cell.column: self._words.indicator(cell.text) for cell in headers}
        ones = [column for column, one in known.items() if one and one.name == "level1"]
        twos = [column for column, one in known.items() if one and one.name == "level2"]
        if len(ones) != 1 or len(twos) > 2 or any(column < ones[0] for column in twos):
            return []
        headers = [cell for cell in headers if cell.column >= ones[0]]
        first = last = row + 1
        while last < self._form.rows and self._is_level_row(last, first, headers, ones[0], twos):
            last += 1
        texts = [self._level_texts(one, [*ones, *twos]) for one in range(first, last)]
        if not any(any(line) for line in texts):
            return []
        side = [cell for cell in self._form.own(first) if cell.column < ones[0]]
        label = self._label(side, first)
        cells = [self._form.cells[first][cell.column] for cell in headers]
        head = self._head(headers, cells)
        tables = list(self._level_tables(headers, cells, twos, texts, label))
        merges = (_BOTH, ("level1",), ()) if twos else (("level1",), ())
        return [
            Repeat(first, last - 1, head, tuple(replace(table, merge=merge) for table in tables))
            for merge in merges
            if merge or len(tables) == 1
        ]

    def _is_level_row(
        self, row: int, first: int, headers: list[BlankCell], one: int, twos: list[int]
    ) -> bool:
        cells = [cell for cell in self._form.own(row) if cell.column >= one]
        if [(cell.column, cell.across) for cell in cells] != [(cell.column, cell.across) for cell in headers]:
            return False
        side = [cell for cell in self._form.own(row) if cell.column < one]
        begun = [cell for cell in self._form.own(first) if cell.column < one]
        if side != begun or not all(self._is_label(cell) for cell in side):
            return False
        for cell in cells:
            if cell.row < first:
                return False
            if cell.column == one:
                if cell.text and not self._levels.find(cell.text, 1):
                    return False
            elif cell.column in twos:
                if len(cell.text) > _LEVEL_LENGTH:
                    return False
            elif cell.down != 1 or self._is_label(cell):
                return False
        return True

    def _level_texts(self, row: int, columns: list[int]) -> list[str]:
        return [self._form.cells[row][column].text for column in columns]

    def _level_tables(
        self,
        headers: list[BlankCell],
        cells: list[BlankCell],
        twos: list[int],
        texts: list[list[str]],
        label: str,
    ) -> Iterator[DraftTable]:
        """Make the table of level rows; two of them where a second 二级指标 begins another one beside it."""
        split = twos[1] if len(twos) == 2 else self._form.columns
        name = self._next_name("indicators")
        for number, side in enumerate((range(split), range(split, self._form.columns))):
            mine = [index for index, cell in enumerate(headers) if cell.column in side]
            if not mine:
                continue
            columns = self._columns([headers[i] for i in mine], [cells[i] for i in mine], indicators=True)
            level2 = 1 + number if twos else 0
            pairs = [(line[0], line[level2]) if level2 else (line[0],) for line in texts]
            table = DraftTable(name, label, columns, role="indicators")
            if number:
                label1 = plain_label(headers[0].text)
                other = DraftColumn("level1", label1, "level1", cells[0], known=True)
                table = replace(
                    table,
                    name=self._next_name("indicators"),
                    beside=name,
                    columns={headers[0].column: other, **columns},
                )
            always, start = _beginning(pairs)
            yield replace(table, always=always, start=start)

    # -- headers, names, labels -------------------------------------------------------------------------

    def _columns(
        self, headers: list[BlankCell], cells: list[BlankCell], *, indicators: bool = False
    ) -> dict[int, DraftColumn]:
        known = [self._words.indicator(one.text) for one in headers]
        names = {one.name for one in known if one}
        if not (indicators or names & set(_BOTH) or {"name", "value"} <= names):
            known = [self._words.task(one.text) for one in headers]
        found: dict[int, DraftColumn] = {}
        taken: set[str] = set()
        for number, (header, cell, one) in enumerate(zip(headers, cells, known, strict=True), start=1):
            if one is None or one.name in taken:
                one = KnownColumn(f"column_{number}", "text")
            taken.add(one.name)
            label = plain_label(header.text) or one.name
            found[cell.column] = DraftColumn(
                one.name, label, one.kind, cell, not one.name.startswith("column_")
            )
        return found

    def _with_role(self, table: DraftTable) -> DraftTable:
        levels = [column.name for column in table.columns.values() if column.kind in _BOTH]
        if not table.name.startswith("indicators"):
            return table
        return replace(table, role="indicators", merge=tuple(levels))

    def _name(self, columns: Mapping[int, DraftColumn]) -> str:
        names = {column.name for column in columns.values() if column.known}
        return self._next_name("indicators" if "level1" in names or {"name", "value"} <= names else "table")

    def _next_name(self, stem: str) -> str:
        self._taken[stem] = self._taken.get(stem, 0) + 1
        number = self._taken[stem]
        return stem if stem == "indicators" and number == 1 else f"{stem}_{number}"

    def _label(self, side: list[BlankCell], row: int) -> str:
        """Give what a table is called: the label at its left, else the band above its header."""
        if side:
            return plain_label(side[-1].text) if any(char.isalpha() for char in side[-1].text) else ""
        for above in range(row - 2, max(-1, row - 4), -1):
            cells = self._form.own(above) if above >= 0 else []
            if len(cells) == 1 and self._is_label(cells[0]):
                return plain_label(cells[0].text)
        return ""

    def _head(self, headers: list[BlankCell], cells: list[BlankCell]) -> int:
        """Give the first row of a header, with the broader labels above it."""
        first = min(cell.row for cell in headers)
        if first == 0:
            return first
        columns = range(cells[0].column, self._form.columns)
        above = list(dict.fromkeys(self._form.cells[first - 1][column] for column in columns))
        broader = len(above) < len(headers) and all(self._is_label(cell) for cell in above)
        return min(cell.row for cell in above) if broader else first


def plain_label(text: str) -> str:
    """Give a printed label as the label of a field: on one line, without its unit and marks."""
    line = "".join(text.split())
    for unit in ("（万元）", "（元）", "（%）", "（％）", "(万元)", "(元)", "(%)"):
        line = line.replace(unit, "")
    return line.rstrip("：:") or line


def _beginning(
    pairs: Sequence[tuple[str, ...]],
) -> tuple[tuple[tuple[str, ...], ...], tuple[Mapping[str, str], ...]]:
    """Give ``always`` or ``start`` of a level table: ``always`` when each pair is whole and stands once."""
    if all(len(pair) == 2 and all(pair) for pair in pairs) and len(set(pairs)) == len(pairs):
        return tuple(pairs), ()
    rows = ({name: text for name, text in zip(_BOTH, pair, strict=False) if text} for pair in pairs)
    return (), tuple(rows)
