"""What will not print well: labels in columns too narrow for them, amounts that would break in two."""

from __future__ import annotations

from decimal import Decimal

from core.authoring.flaw import Flaws
from core.authoring.one_form import blank_sheet
from core.authoring.sheet_flaws import MAX_LINES
from core.paper.fonts import EM, Fonts, Style
from core.paper.rows import column_edges, make_table
from core.paper.setup import BODY, PAD_X, paper_setup
from core.sheet.definition import Form
from core.sheet.grid import Grid, expand
from core.sheet.numbers import write_number

_LABEL_LINES = 3
_USUAL = {"元": Decimal("9999999.99"), "万元": Decimal("99999.99")}
"""An amount of a township's budget should fit on one line."""


def paper_flaws(form: Form, fonts: Fonts, flaws: Flaws) -> None:
    """Note labels of more than three lines, and columns too narrow for a usual amount."""
    grid = expand(blank_sheet(form), spare=True)
    if grid.rows > MAX_LINES:
        return
    _labels(form, grid, fonts, flaws)
    _amounts(form, grid, fonts, flaws)


def _labels(form: Form, grid: Grid, fonts: Fonts, flaws: Flaws) -> None:
    paper = paper_setup(form.page)
    table = make_table(grid, form.blocks, paper.room_across, paper.room_down, fonts)
    seen = set()
    for pieces in table.starting:
        for piece in pieces:
            text = "".join(piece.lines)
            lines = len(piece.lines) - text.count("\n")
            if piece.label and lines > max(_LABEL_LINES, piece.down) and text not in seen:
                seen.add(text)
                place = f"block[{grid.lines[piece.row].block + 1}]"
                flaws.doubtful(place, "authoring.label-too-narrow", label=text[:30], lines=lines)


def _amounts(form: Form, grid: Grid, fonts: Fonts, flaws: Flaws) -> None:
    edges = column_edges(grid.widths, paper_setup(form.page).room_across)
    money = form.money
    shown = write_number(_USUAL[money.unit], money.decimals, thousands=money.thousands)
    needed = fonts.width(Style.BODY, shown) * BODY / EM
    seen = set()
    for cell in grid.cells:
        if cell.field is None or cell.field.kind != "money" or cell.field.name in seen:
            continue
        room = edges[cell.column + cell.across] - edges[cell.column] - 2 * PAD_X
        if room < needed:
            seen.add(cell.field.name)
            flaws.doubtful(
                f"block[{cell.block + 1}]",
                "authoring.amount-too-narrow",
                label=cell.field.label,
                amount=shown,
            )
