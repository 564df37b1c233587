"""The picture of a drafted form: a row of tokens for each row, and for each run of repeated rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.authoring.fields import DraftField
from core.authoring.region import BlankCell, BlankForm
from core.authoring.repeats import Repeat
from core.authoring.words import DraftWords

_TALL = 42.0
"""A row of at least so many points, far more than its texts need, is a box for a seal or for handwriting."""

_CHARACTER = 6.0
"""Points for one unit of Excel's column widths."""


@dataclass
class DraftBlock:
    """Picture rows of one block, as texts of the definition."""

    rows: list[list[str]] = field(default_factory=list)
    head: int = 0
    height: int | None = None
    align: tuple[str, ...] = ()


def blocks_of(
    blank: BlankForm, repeats: list[Repeat], fields: Mapping[BlankCell, DraftField], words: DraftWords
) -> list[DraftBlock]:
    """Give the picture: a block begins with the header of a table and ends with its rows."""
    return _Picture(blank, repeats, fields, words).blocks()


class _Picture:
    def __init__(
        self,
        blank: BlankForm,
        repeats: list[Repeat],
        fields: Mapping[BlankCell, DraftField],
        words: DraftWords,
    ) -> None:
        self._blank, self._fields, self._words = blank, fields, words
        self._by_first = {one.first: one for one in repeats}
        self._heads = {one.head: one for one in repeats if one.head < one.first}
        self._headed = {row for one in repeats for row in range(one.head, one.first)}

    def blocks(self) -> list[DraftBlock]:
        blocks: list[DraftBlock] = []
        spans: list[list[int]] = []
        row, fresh = 0, True
        while row < self._blank.rows:
            repeat, height = self._by_first.get(row), self._tall(row)
            if fresh or row in self._heads or height != blocks[-1].height:
                head = self._heads[row].first - row if row in self._heads else 0
                blocks.append(DraftBlock(head=head, height=height))
                spans.append([])
            blocks[-1].rows.append(self._tokens(row, repeat))
            spans[-1].append(row)
            last = repeat.last if repeat else row
            fresh = repeat is not None and last + 1 not in self._by_first
            row = last + 1
        for block, rows in zip(blocks, spans, strict=True):
            block.align = self._aligns(rows)
        return blocks

    def _tokens(self, row: int, repeat: Repeat | None) -> list[str]:
        filled: dict[int, str] = {}
        for table in repeat.tables if repeat else ():
            for column, one in table.columns.items():
                filled[column] = "{" + f"{table.name}.{one.name}" + "}"
        tokens = []
        for column, cell in enumerate(self._blank.cells[row]):
            if column > cell.column:
                tokens.append("<")
            elif column in filled:
                tokens.append(filled[column])
            elif row > cell.row:
                tokens.append("^")
            else:
                tokens.append(self._content(cell))
        return tokens

    def _content(self, cell: BlankCell) -> str:
        if cell in self._fields:
            return "{" + self._fields[cell].name + "}"
        return "" if self._words.is_placeholder(cell.text) else literal(cell.text)

    # -- looks ------------------------------------------------------------------------------------------

    def _tall(self, row: int) -> int | None:
        """Give the height in millimetres of a row that is kept high on purpose."""
        height = self._blank.heights[row]
        if height < _TALL or row in self._by_first or row in self._headed:
            return None
        needed = max((self._needed(cell) for cell in self._blank.own(row) if cell.row == row), default=0.0)
        return round(height * 25.4 / 72) if height > 1.6 * needed + 10 else None

    def _needed(self, cell: BlankCell) -> float:
        """Give about how many points the text of a cell takes."""
        width = sum(self._blank.widths[cell.column : cell.column + cell.across]) * _CHARACTER
        size = cell.look.size
        room = max(1, int(width / size))
        lines = sum(-(-max(1, len(line)) // room) for line in cell.text.split("\n")) if cell.text else 1
        return lines * size * 1.4 / cell.down

    def _aligns(self, rows: list[int]) -> tuple[str, ...]:
        """Give where the labels of a block stand, by column; nothing when all stand in the middle."""
        words = []
        for column in range(self._blank.columns):
            labels = {
                cell.address: cell.look.align
                for row in rows
                if (cell := self._blank.cells[row][column]).text and cell.column == column and cell.row == row
            }
            found = list(labels.values())
            words.append(max(sorted(set(found)), key=found.count) if found else "")
        used = {word for word in words if word}
        if used <= {"center"}:
            return ()
        if len(used) == 1:
            return tuple(used)
        return tuple(word or "center" for word in words)


def literal(text: str) -> str:
    """Give a label as the picture can hold it: its own signs ``<`` ``^`` ``{…}`` in full width."""
    if text in ("<", "^"):
        return {"<": "＜", "^": "＾"}[text]
    return text.replace("{", "｛").replace("}", "｝")
