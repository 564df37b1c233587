"""Small forms and filled documents for tests of carrying over."""

from __future__ import annotations

from hypothesis import strategies as st

from core.sheet.definition import Field, Form, Table
from core.sheet.definition_reader import parse_form
from core.sheet.document import ROOT, Document, Row, blank_document, new_row_id
from core.sheet.places import Place, field_place

HEAD = """
form = "{form}"
edition = "{edition}"
title = "表"
stages = ["申报", "批复", "自评"]
page = {{ columns = [1, 1, 1, 1, 1, 1, 1, 1] }}
money = {{ unit = "{unit}", decimals = {decimals} }}
"""

KINDS = {
    "level1": "level1",
    "level2": "level2",
    "operator": "operator",
    "value": "value",
    "unit": "unit",
    "weight": "weight",
    "score": "number",
}


def make_form(
    columns: str = "level1 level2 name value",
    *,
    form: str = "demo",
    edition: str = "1",
    unit: str = "万元",
    decimals: int = 2,
    carry: str = "",
    indicators: str = "",
    fields: str = 'amount = { label = "金额", kind = "money" }\ngoal = { label = "目标" }',
) -> Form:
    """Give a form with some fields and one table ``indicators`` of the named columns."""
    names = columns.split()
    text = HEAD.format(form=form, edition=edition, unit=unit, decimals=decimals) + carry
    text += f'\n[fields]\n{fields}\n[tables.indicators]\nlabel = "指标"\n{indicators}\n'
    text += "[tables.indicators.columns]\n"
    for name in names:
        options = ', options = ["≥", "≤", "=", "定性"]' if name == "operator" else ""
        text += f'{name} = {{ label = "{name}", kind = "{KINDS.get(name, "text")}"{options} }}\n'
    cells = [f"{{indicators.{name}}}" for name in names] + [""] * (8 - len(names))
    text += "[[block]]\nrows = [" + str(cells).replace("'", '"') + "]\n"
    return parse_form(text.encode(), "demo.toml")


def document_of(form: Form, *rows: dict[str, str], **fields: str) -> Document:
    """Give a document with these fields and rows of the table ``indicators`` (2024, first stage)."""
    document = Document(form, year=2024, unit_name="某镇", unit_code="101")
    for name, text in fields.items():
        document.set_text(field_place(name), text)
    for index, cells in enumerate(rows):
        document.insert_row("indicators", ROOT, index, Row(new_row_id(), dict(cells)))
    return document


def cells(document: Document, *columns: str, table: str = "indicators") -> list[tuple[str, ...]]:
    """Give the texts of some columns, row by row."""
    return [tuple(row.cells.get(name, "") for name in columns) for row in document.rows(table)]


# -- documents filled at random, each place with what people write there -------------------------------

AMOUNTS = ("0", "12.5", "3,723.19", "-172.43", "0.005", "130.80", "1000000", "1,23", "１２", "一百万")
VALUES = (
    "≥95%",
    "<0.2%",
    "100%",
    "=186个",
    "≥3,200件",
    "不低于９５％",
    "100件以上",
    "≥6万人",
    "优良差",
    "优",
    "2025年12月底前",
    "≥**%",
    "每季度≥1次",
    "约5万人",
    "90%~95%",
    "100%完成",
    "效果明显",
    "95",
    "优良中低差",
)
FIRST = ("产出指标", "效果指标", "效益指标", "成本指标", "满意度", "产出指标（50分）", "自己写的")
SECOND = (
    "数量指标",
    "质量",
    "成本指标",
    "经济成本指标",
    "社会效益指标",
    "可持续影响指标",
    "服务对象满意度",
    "别的",
)
WORDS = ("办结率", "围绕 2024 年工作\n第一，……", "𫍯龑㎡☑", " 前后有空 ", "2024年全年完成100件，≥95%")


def texts_for(field: Field) -> st.SearchStrategy[str]:
    """Give what people write in a place of this kind, wrong things among it, and often nothing."""
    options: tuple[str, ...]
    match field.kind:
        case "money" | "number" | "weight" | "percent":
            figures = st.decimals(-(10**14), 10**14, places=3).map(lambda one: f"{one:f}")
            return st.one_of(st.just(""), st.sampled_from(AMOUNTS), figures)
        case "value":
            options = VALUES
        case "operator":
            options = (*field.options, "不低于", "≧", "定性", "乱写")
        case "unit":
            options = ("%", "件", "万元", "百分比", "(个)")
        case "level1":
            options = FIRST
        case "level2":
            options = SECOND
        case "choice" | "choices":
            options = (*field.options, "别的选项")
        case _:
            options = WORDS
    return st.one_of(st.just(""), st.sampled_from(options), st.sampled_from(options))


@st.composite
def filled_rows(draw: st.DrawFn, form: Form, table: Table, depth: int = 3) -> Row:
    """A row with the rows inside it."""
    cells = {name: text for name, column in table.columns.items() if (text := draw(texts_for(column)))}
    inner = {
        one.name: draw(st.lists(filled_rows(form, one, depth - 1), max_size=depth))
        for one in form.inner_tables(table.path)
    }
    return Row(new_row_id(), cells, inner)


@st.composite
def filled_documents(draw: st.DrawFn, form: Form) -> Document:
    """A document begun as the form says and filled in here and there, with rows added anywhere."""
    document = blank_document(form, stage=draw(st.sampled_from(form.stages)), year=2024, unit_name="某镇")
    for name, field in form.fields.items():
        document.set_text(field_place(name), draw(texts_for(field)))
    for table in form.top_tables():
        for row in document.rows(table.path):
            for name, column in table.columns.items():
                if column.kind not in ("level1", "level2") and draw(st.booleans()):
                    document.set_text(Place(table.path, row.id, name), draw(texts_for(column)))
        for row in draw(st.lists(filled_rows(form, table), max_size=4)):
            at = draw(st.integers(0, len(document.rows(table.path))))
            document.insert_row(table.path, ROOT, at, row)
    return document
