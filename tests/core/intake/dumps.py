"""Published texts made from documents: what web sites make of a table, in the two ways met so far."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

from hypothesis import strategies as st

from core.sheet.definition import Form
from core.sheet.document import Document, Row, blank_document, new_row_id
from core.sheet.grid import Cell, expand
from core.sheet.places import Place, field_place

# Parts of ordinary sentences; none is a label or a level name, none looks like a figure.
PHRASES = (
    "推进依法行政，",
    "深化公共法律服务；",
    "开展法治宣传（含线上）",
    "“谁执法谁普法”",
    "提升基层治理水平",
    "社区矫正对象管理",
    "人民调解与法律援助",
    "办案质量和效率。",
    "聘请12名法律顾问",
    "村（社区）",
)
phrases = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=12).map("".join)
names = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=3).map("".join)
amounts = st.decimals("0", "99999.99", places=2).map(lambda number: f"{number:,.2f}")
values = st.sampled_from(
    ["100%", "≥95%", "≤1.8%", "<0.2%", "≥55件", "12次", "≥1,200人次", "持续发挥作用", "12月31日前"]
)


@st.composite
def documents(draw: st.DrawFn, form: Form) -> Document:
    """A 广州 form with everything filled that must be, levels in the form's order."""
    document = blank_document(form, unit_name=draw(st.sampled_from(["某区司法局", "某市财政局（本级）"])))
    for name, field in form.fields.items():
        if field.required:
            document.set_text(field_place(name), draw(amounts if field.kind == "money" else phrases))
    for table in ("tasks", "other_tasks"):
        for index in range(draw(st.integers(1 if table == "tasks" else 0, 4))):
            cells = {
                "name": draw(names),
                "content": draw(phrases),
                "funds": draw(amounts),
                "goal": draw(phrases),
            }
            document.insert_row(table, "", index, Row(new_row_id(), cells))
    for row in [*document.rows("indicators")]:
        fill_indicator(document, row, draw)
    return document


def fill_indicator(document: Document, row: Row, draw: st.DrawFn) -> None:
    """Fill the row of a level pair and add up to two more under it."""
    place = document.position("indicators", row.id)
    for index in range(draw(st.integers(1, 3))):
        if index:
            levels = {name: row.cells[name] for name in ("level1", "level2")}
            document.insert_row("indicators", "", place + index, Row(new_row_id(), levels))
        added = document.rows("indicators")[place + index]
        for column, texts in (("name", names), ("period_value", values), ("value", values)):
            document.set_text(Place("indicators", added.id, column), draw(texts))


def lines_of(document: Document) -> list[list[Cell]]:
    """The cells of the sheet that have a text, by the grid row where they begin."""
    cells = sorted(expand(document).cells, key=lambda cell: (cell.row, cell.column))
    return [list(row) for _, row in groupby(cells, key=lambda cell: cell.row)]


def tabbed(document: Document, lost: Collection[int] = ()) -> str:
    """Cells parted by tabs; the lines counted in ``lost`` have lost their leading tabs."""
    width = len(document.form.page.columns)
    out = ["", document.form.title, ""]
    for number, row in enumerate(lines_of(document)):
        cells = [""] * width
        for cell in row:
            cells[cell.column] = cell.text
        line = "\t".join(cells)
        out.append(
            line.lstrip("\t") + "\t" * (len(line) - len(line.lstrip("\t"))) if number in lost else line
        )
    return "\n".join(out) + "\n"


def table_lines(document: Document, table: str) -> list[int]:
    """The numbers of the lines that show rows of a table but begin with a blank cell."""
    found = []
    for number, row in enumerate(lines_of(document)):
        tables = {cell.place.table for cell in row if cell.place}
        if tables == {table} and row[0].column > 0:
            found.append(number)
    return found


def torn(document: Document, characters: int, break_before: str = "") -> str:
    """Cells parted by blanks, those of several lines torn at the width of their column.

    Before the indicator called ``break_before`` a new page begins, which prints the label of the block
    again.
    """
    widths = [float(one) for one in document.form.page.columns]
    out = [document.form.heading.number, "", document.form.title, ""]
    for row in lines_of(document):
        line: list[str] = []
        for cell in (cell for cell in row if cell.text):
            room = max(
                4, int(characters * sum(widths[cell.column : cell.column + cell.across]) / sum(widths))
            )
            pieces = [cell.text[start : start + room] for start in range(0, len(cell.text), room)]
            indicator = cell.place is not None and cell.place.table == "indicators"
            if indicator and cell.text == break_before:
                out += [*([" ".join(line), ""] if line else []), "", "", "绩效指标", ""]
                line = []
            if len(pieces) == 1:
                line.append(cell.text)
                continue
            if line:
                out += [" ".join(line), ""]
                line = []
            out += [*pieces, ""]
        if line:
            out += [" ".join(line), ""]
    return "\n".join(out)
