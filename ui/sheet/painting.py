"""Draws the page: paper, words, cells, marks. Knows shapes and colours, never what they mean for a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from core.sheet.grid import Cell, Grid
from core.sheet.places import Place
from ui.look import Look
from ui.sheet.page import Page

SHAPES = ("error", "warning", "hint", "missing")
"""Marks from the strongest to the weakest."""

_TRIANGLE = ((0.0, -1.0), (1.0, 0.8), (-1.0, 0.8))


class State(NamedTuple):
    """What is drawn over the plain sheet at this moment.

    ``marks`` are shapes by (row, column) of their cell; ``unfinished`` such cells whose text is
    not finished; ``open`` the cell whose text the editor shows instead; ``touched`` cells a fix would change.
    """

    current: Cell | None = None
    open: Cell | None = None
    chosen: frozenset[tuple[int, int]] = frozenset()
    marks: Mapping[tuple[int, int], str] = {}
    unfinished: frozenset[tuple[int, int]] = frozenset()
    handle: int | None = None
    focused: bool = True
    has_choices: bool = False
    seen: QRectF = QRectF()
    touched: frozenset[tuple[int, int]] = frozenset()


class Painting:
    """Draws one page in a look."""

    def __init__(self, look: Look, spare_hint: str) -> None:
        self._look = look
        self._spare_hint = spare_hint

    def draw(self, painter: QPainter, page: Page, state: State, part: QRectF) -> None:
        """Draw what lies within ``part`` (page coordinates)."""
        self._paper(painter, page)
        painter.setPen(self._look.colour("ink"))
        for words in page.outside:
            if words.rect.intersects(part):
                words.laid.layout.draw(painter, words.rect.topLeft())
        seen = [cell for cell in page.grid.cells if page.rect(cell).intersects(part)]
        for cell in seen:
            self._ground(painter, page, cell, state)
        self._lines(painter, page, seen)
        for cell in seen:
            if cell is not state.open:
                self._text(painter, page, cell, state.seen)
        self._hint_of_spare_lines(painter, page, seen, state)
        for cell in seen:
            self._marks(painter, page, cell, state)
            if (cell.row, cell.column) in state.touched:
                self._dots(painter, page.rect(cell))
        if state.current is not None:
            self._frame(painter, page.rect(state.current), focused=state.focused)
            if state.has_choices:
                self._arrow(painter, page, state.current)
        if state.handle is not None:
            self._handle(painter, page, state.handle)

    # -- layers ------------------------------------------------------------------------------------

    def _paper(self, painter: QPainter, page: Page) -> None:
        sheet = QRectF(0, 0, page.width, page.height)
        painter.fillRect(sheet.translated(2, 2), self._look.colour("shadow"))
        painter.fillRect(sheet, self._look.colour("paper"))

    def _ground(self, painter: QPainter, page: Page, cell: Cell, state: State) -> None:
        name = {"label": "label", "computed": "computed"}.get(cell.kind, "paper")
        if cell.locked and cell.kind == "fill":
            name = "computed"
        if (cell.row, cell.column) in state.chosen:
            name = "selection"
        if name != "paper":
            painter.fillRect(page.rect(cell), self._look.colour(name))

    def _lines(self, painter: QPainter, page: Page, cells: list[Cell]) -> None:
        pen = QPen(self._look.colour("hairline"))
        pen.setCosmetic(True)
        painter.setPen(pen)
        for cell in cells:
            painter.drawRect(page.rect(cell))

    def _text(self, painter: QPainter, page: Page, cell: Cell, seen: QRectF) -> None:
        if cell.text:
            painter.setPen(self._look.colour("ink"))
            page.laid(cell).layout.draw(painter, text_corner(page, cell, seen))
        if cell.kind == "computed":
            free = page.rect(cell).width() - page.laid(cell).widest
            # Where the sign would stand on the figure, the shade of the cell says enough.
            if free > page.em * (1.8 if cell.align == "center" else 1):
                self._function_sign(painter, page, cell)

    def _function_sign(self, painter: QPainter, page: Page, cell: Cell) -> None:
        font = self._look.serif(page.em * 0.85)
        font.setItalic(True)
        painter.setFont(font)
        painter.setPen(self._look.colour("ghost"))
        box = page.rect(cell).adjusted(page.padding * 0.5, 0, 0, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, "ƒ")

    def _hint_of_spare_lines(self, painter: QPainter, page: Page, cells: list[Cell], state: State) -> None:
        painter.setPen(self._look.colour("ghost"))
        told: set[int] = set()
        for cell in cells:
            line = page.grid.lines[cell.row]
            if not line.spare or cell.adds is None or cell.row in told or cell is state.open:
                continue
            told.add(cell.row)
            laid = page.lay(cell, self._spare_hint)
            if laid.lines == 1:
                corner = page.text_rect(cell)
                laid.layout.draw(
                    painter, QPointF(corner.left(), page.rect(cell).center().y() - laid.height / 2)
                )

    def _marks(self, painter: QPainter, page: Page, cell: Cell, state: State) -> None:
        key = (cell.row, cell.column)
        if key in state.unfinished and cell.text:
            self._underline(painter, page, cell, state.seen)
        if shape := state.marks.get(key):
            rect = page.rect(cell)
            if shape != "missing":
                painter.fillRect(
                    QRectF(rect.left(), rect.top() + 1, 3, rect.height() - 1), self._mark_colour(shape)
                )
            centre = QPointF(rect.left() + 1.5, rect.center().y())
            draw_shape(
                painter, shape, centre, page.em * 0.34, self._mark_colour(shape), self._look.colour("paper")
            )

    def _mark_colour(self, shape: str) -> QColor:
        return self._look.colour("ghost" if shape == "missing" else shape)

    def _underline(self, painter: QPainter, page: Page, cell: Cell, seen: QRectF) -> None:
        laid = page.laid(cell)
        corner = text_corner(page, cell, seen)
        line = laid.layout.lineAt(laid.lines - 1)
        box = line.naturalTextRect().translated(corner)
        painter.setPen(QPen(self._look.colour("ghost"), 1.5, Qt.PenStyle.DotLine))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _frame(self, painter: QPainter, rect: QRectF, *, focused: bool) -> None:
        width = 2.0 if focused else 1.0
        painter.setPen(QPen(self._look.colour("accent"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0.5, 0.5, 0.5, 0.5))

    def _dots(self, painter: QPainter, rect: QRectF) -> None:
        """Frame a cell that a fix would change."""
        painter.setPen(QPen(self._look.colour("accent"), 1.0, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(2, 2, -1, -1))

    def _arrow(self, painter: QPainter, page: Page, cell: Cell) -> None:
        box = arrow_rect(page, cell)
        painter.fillRect(box, self._look.colour("selection"))
        centre, size = box.center(), page.em * 0.3
        painter.setPen(QPen(self._look.colour("accent"), 1.6))
        painter.drawPolyline([centre + QPointF(x, y) * size for x, y in ((-1, -0.5), (0, 0.5), (1, -0.5))])

    def _handle(self, painter: QPainter, page: Page, row: int) -> None:
        box = handle_rect(page, row)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("ghost"))
        step = max(3.0, page.em * 0.3)
        for column in (-0.5, 0.5):
            for line in (-1, 0, 1):
                painter.drawEllipse(box.center() + QPointF(column * step, line * step), 1.3, 1.3)


def text_band(page: Page, cell: Cell, seen: QRectF) -> QRectF:
    """Give where a cell's text stands. In a cell over several rows it stays within the part that is seen."""
    rect = page.text_rect(cell)
    if cell.down == 1:
        return rect
    half = page.laid(cell).height / 2
    top, bottom = max(rect.top(), seen.top()), min(rect.bottom(), seen.bottom())
    middle = min(max((top + bottom) / 2, rect.top() + half), rect.bottom() - half)
    return QRectF(rect.left(), middle - half, rect.width(), 2 * half)


def text_corner(page: Page, cell: Cell, seen: QRectF) -> QPointF:
    """Give where a cell's text begins: centred from top to bottom, as on paper."""
    band = text_band(page, cell, seen)
    return QPointF(band.left(), round(band.center().y() - page.laid(cell).height / 2))


def place_marks(
    grid: Grid, marks: Mapping[Place, str], unfinished: frozenset[Place]
) -> tuple[dict[tuple[int, int], str], frozenset[tuple[int, int]]]:
    """Give marks and unfinished texts by the (row, column) of the cells that show their places."""
    if not marks and not unfinished:
        return {}, frozenset()
    found: dict[tuple[int, int], str] = {}
    undone = set()
    for cell in grid.cells:
        shapes = [marks[place] for place in cell.places if place in marks]
        if shapes:
            found[cell.row, cell.column] = min(shapes, key=SHAPES.index)
        if not unfinished.isdisjoint(cell.places):
            undone.add((cell.row, cell.column))
    return found, frozenset(undone)


def handle_rect(page: Page, row: int) -> QRectF:
    """Give where the handle of a row is: in the margin left of the table."""
    width = page.em * 1.1
    return QRectF(page.xs[0] - width - 4, page.ys[row], width, page.ys[row + 1] - page.ys[row])


def arrow_rect(page: Page, cell: Cell) -> QRectF:
    """Give where the arrow is that opens the list of a cell: within its right edge."""
    rect, width = page.rect(cell), page.em * 1.1
    height = min(rect.height() - 4, page.em * 1.6)
    return QRectF(rect.right() - width - 2, rect.center().y() - height / 2, width, height)


def draw_shape(
    painter: QPainter, shape: str, centre: QPointF, size: float, colour: QColor, ground: QColor
) -> None:
    """Draw a mark: a cross (must mend), a triangle (explain) or a ring (hint, missing)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawEllipse(centre, size + 2, size + 2)
    if shape == "error":
        painter.setPen(QPen(colour, size * 0.55, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        arm = size * 0.75
        painter.drawLine(centre + QPointF(-arm, -arm), centre + QPointF(arm, arm))
        painter.drawLine(centre + QPointF(-arm, arm), centre + QPointF(arm, -arm))
    elif shape == "warning":
        painter.setBrush(colour)
        painter.drawPolygon([centre + QPointF(x, y) * size for x, y in _TRIANGLE])
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, size * 0.4))
        painter.drawEllipse(centre, size * 0.8, size * 0.8)
    painter.restore()
