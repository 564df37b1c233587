"""A plain table of texts under one head row, for pages that no form draws: lists and annexes."""

from __future__ import annotations

from collections.abc import Sequence

from core.paper.fonts import EM, Fonts, Style
from core.paper.lines import break_lines
from core.paper.rows import Piece, Table, TableRow, column_edges
from core.paper.setup import BODY, PAD_X, PaperSetup


def text_table(
    rows: Sequence[Sequence[str]],
    ratios: Sequence[object],
    aligns: Sequence[str],
    paper: PaperSetup,
    fonts: Fonts,
) -> Table:
    """Give the table; its first row is the head, printed again on every page."""
    edges = column_edges(ratios, paper.room_across)
    pieces = []
    for r, texts in enumerate(rows):
        for c, text in enumerate(texts):
            style = Style.BODY if r else Style.LABEL
            room = int((edges[c + 1] - edges[c] - 2 * PAD_X) * EM / BODY)
            lines = break_lines(text, room, fonts.widths(style)) if text else []
            pieces.append(Piece(r, c, 1, 1, lines, style, aligns[c] if r else "center", not r, None, lines))
    return Table([TableRow(0, head=index == 0) for index in range(len(rows))], pieces)
