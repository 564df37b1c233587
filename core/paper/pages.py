"""Lays a sheet out on pages: heading, table, what stands below it, and the foot of every page.

The result is plain data (boxes with lines of text), drawn by ``pdf``. Rows stay whole unless they are
taller than a page; nothing is ever cut off or left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from core.paper.fonts import Style
from core.paper.rows import Heads, Table, column_edges, height_of, printed_lines
from core.paper.setup import BODY, LEADING, PAD_X, PAD_Y, PaperSetup
from core.sheet.places import Place

_CLOSE = 0.01
"""Lengths that differ by less are equal."""

_LEAST_CUT = height_of(3)
"""A row taller than a page begins on the page above only if this much of it fits there."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page with lines of text; lengths in points from the page's top left corner.

    ``lines`` are as typed (with their line ends and end blanks); ``place`` is set for a cell of the sheet.
    """

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...] = ()
    style: Style = Style.BODY
    size: float = BODY
    leading: float = LEADING
    align: str = "left"
    middle: bool = False
    border: bool = False
    pad_x: float = 0.0
    pad_y: float = 0.0
    heavy: bool = False
    place: Place | None = None


@dataclass(slots=True)
class Page:
    """One page: its boxes in reading order, and a square that stays free for a seal (x, y, side)."""

    width: float
    height: float
    boxes: list[Box] = field(default_factory=list)
    seal: tuple[float, float, float] | None = None
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """Something that stands above or below the table and is not cut: boxes relative to its top left."""

    height: float
    boxes: tuple[Box, ...]
    seal: tuple[float, float, float] | None = None


class Pager:
    """Fills pages from top to bottom."""

    def __init__(self, paper: PaperSetup, ratios: tuple[object, ...], *, border: bool) -> None:
        self.pages: list[Page] = []
        self._paper = paper
        self._edges = column_edges(ratios, paper.room_across)
        self._border = border
        self._used = 0.0
        self._turn()

    def _turn(self) -> None:
        self.pages.append(Page(self._paper.width, self._paper.height))
        self._used = 0.0

    @property
    def _left_over(self) -> float:
        return self._paper.room_down - self._used

    def put(self, flow: Flow) -> None:
        """Place something whole, on the next page when this one has no room for it."""
        if flow.height > self._left_over + _CLOSE and self._used > 0:
            self._turn()
        page, x, y = self.pages[-1], self._paper.left, self._paper.top + self._used
        for box in flow.boxes:
            page.boxes.append(_moved(box, x, y))
        if flow.seal:
            page.seal = (x + flow.seal[0], y + flow.seal[1], flow.seal[2])
        self._used += flow.height

    def put_table(self, table: Table, tail: float) -> None:
        """Place the table; ``tail`` is the height of what follows, which should not stand on a page alone."""
        heads = Heads(table, self._paper.room_down)
        while table.first < len(table.rows):
            heights = table.heights(self._left_over + 1)
            count, cut = self._fitting(table, heights, heads)
            last = cut is None and table.first + count == len(table.rows)
            if last and sum(heights) + tail > self._left_over + _CLOSE:
                count = self._rows_before_tail(table, heights, heads, tail)
                last = count == len(heights)
            self._draw(table, heights, count, cut)
            table.take(count, heights, cut)
            if not last:
                self._turn()
                heads.put_above(table)

    # -- where a page ends -----------------------------------------------------------------------------

    def _fitting(self, table: Table, heights: list[float], heads: Heads) -> tuple[int, float | None]:
        """Give how many rows fit, and how much of the next row when that has to be cut."""
        room, used, count = self._left_over + _CLOSE, 0.0, 0
        while count < len(heights) and used + heights[count] <= room:
            used += heights[count]
            count += 1
        if count == len(heights):
            return count, None
        whole_page = self._paper.room_down - heads.height(table.rows[table.first + count])
        if heights[count] > whole_page + _CLOSE and room - used >= _LEAST_CUT:
            return count, room - used
        legal = _legal_break(table, count)
        if legal or self._used > 0:
            return legal, None
        # Nothing fits below the head rows of a fresh page: the row has to be cut after all.
        return count, room - used

    def _rows_before_tail(self, table: Table, heights: list[float], heads: Heads, tail: float) -> int:
        """Give how many rows stay here so that some go to the next page together with the tail."""
        best = len(heights)
        for candidate in range(best - 1, 0, -1):
            going = sum(heights[candidate:])
            if going + heads.height(table.rows[table.first + candidate]) + tail > self._paper.room_down:
                break
            if _legal_break(table, candidate) == candidate:
                best = candidate
                if going >= 3 * LEADING:
                    break
        return best

    # -- drawing ---------------------------------------------------------------------------------------

    def _draw(self, table: Table, heights: list[float], count: int, cut: float | None) -> None:
        tops = [0.0]
        for height in heights[:count] + ([cut] if cut is not None else []):
            tops.append(tops[-1] + height)
        shown = len(tops) - 1
        x, y = self._paper.left, self._paper.top + self._used
        for piece in table.pieces(shown):
            left, right = self._edges[piece.column], self._edges[piece.column + piece.across]
            top = tops[piece.row - table.first]
            bottom = tops[min(piece.end - table.first, shown)]
            lines = piece.lines[: printed_lines(piece, table.first, count, heights, cut)]
            box = Box(
                x + left,
                y + top,
                right - left,
                bottom - top,
                tuple(lines),
                style=piece.style,
                align=piece.align,
                middle=piece.align != "left" or piece.label,
                border=self._border,
                pad_x=PAD_X,
                pad_y=PAD_Y,
                place=piece.place,
            )
            self.pages[-1].boxes.append(box)
        self._used += tops[-1]


def _legal_break(table: Table, count: int) -> int:
    """Give the last row at or above ``count`` before which a page may end, 0 when there is none.

    Head rows, and rows of labels only, stay with the row they head.
    """
    strict = 0
    for candidate in range(count, 0, -1):
        row = table.first + candidate
        above, below = table.rows[row - 1], table.rows[row]
        typed = any(not piece.label for piece in table.starting[row - 1])
        if above.block != below.block or typed:
            return candidate
        if not above.head:
            strict = strict or candidate
    return strict


def _moved(box: Box, x: float, y: float) -> Box:
    return replace(box, x=box.x + x, y=box.y + y)
