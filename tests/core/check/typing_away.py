"""A clerk (or a program) typing away: random steps of every sort, of realistic texts and of rubbish."""

from __future__ import annotations

from hypothesis import strategies as st

from core.check.engine import Engine
from core.sheet.definition import Field, Form, Table
from core.sheet.document import ROOT, Document, Explanation, Row, new_row_id
from core.sheet.document_file import clean_text
from core.sheet.edits import (
    AddRow,
    Edit,
    MoveRow,
    RemoveRow,
    SetExplanation,
    remove_row_edits,
    text_edit,
)
from core.sheet.errors import RefusedError
from core.sheet.places import FACTS, Place, field_place

NAMES = (
    "社区矫正对象再犯罪率",
    "法律援助案件办结率",
    "法治讲座数（场次）",
    "调解案件数",
    "服务对象满意度",
    "服务对象满意度≥95%",
    "指标1：培训次数",
    "建设站点",
    "单个造价",
    "工作效果",
    "接受培训人数",
)
VALUES = (
    "≥95%",
    "≥95.0%",
    "＞＝９５％",
    "100%",
    "<0.2%",
    "≥55件",
    "≥100100件以上",
    "≥1%以下",
    "显著提升",
    "优良中低差",
    "12个",
    "≤5万元/个",
    "12月31日前",
    "百分之九十五",
    "≥**%",
    "0",
    "3,200",
    "定性",
)
AMOUNTS = (
    "0",
    "100",
    "3,723.19",
    "-5",
    "12.345",
    "620.82万元",
    "１２",
    "1,23",
    "12.",
    "abc",
    "19233900",
    "0.3",
    "60",
)
PROSE = (
    "加强调解，，推进普法。",
    "2024年，全面推进依法治区。",
    "安排300万元，其中：甲40万元、乙55万元。",
    "安排95万元，其中：甲40万元、乙55万元。",
    "短",
    "<p>加强  调解</p>",
)
RESULTS = (
    "285件",
    "90%",
    "96",
    "≥95%",
    "约60件",
    "优",
    "完成",
    "部分达成",
    "12月20日",
    "0.2%",
    "5个乡镇各1次",
)
REASONS = ("无", "暂无问题", "受理量减少，明年加强宣传。", "8月调减预算，年底结余较多。")
LEVELS = (
    "产出指标（50分）",
    "产出指标",
    "效益指标",
    "满意度指标",
    "成本指标",
    "数量指标",
    "质量指标",
    "时效指标",
    "社会效益指标",
    "乱写",
)
SIGNS = ("≥", "≤", "=", "定性", ">=", "大于")
UNITS = ("%", "件", "人", "个", "案件数", "万元/个")
BY_KIND = {
    "money": AMOUNTS,
    "number": (*AMOUNTS, "9.47", "4.75"),
    "percent": ("99.91%", "100", "0.5", "25", "50", "75", "abc"),
    "weight": ("10", "7.5", "50", "40", "-1", "x"),
    "value": VALUES,
    "level1": LEVELS,
    "level2": LEVELS,
    "operator": SIGNS,
    "unit": UNITS,
    "date": ("2025-01-01", "2025年"),
    "choice": ("新增项目", "乱写"),
}


BY_NAME = {
    "name": NAMES,
    "actual": RESULTS,
    "expected": RESULTS,
    "result": (*RESULTS, *PROSE),
    "reason": REASONS,
    "rate_reason": REASONS,
    "problems": REASONS,
    "duration": ("1年", "3年"),
}
"""Texts of columns whose name says what stands there."""


def _storable(text: str) -> bool:
    try:
        return clean_text(text) == text
    except RefusedError:
        return False


_rubbish = st.text(max_size=8).filter(_storable)


def texts_for(name: str, field: Field | None) -> st.SearchStrategy[str]:
    """Texts a clerk might type into a place, blanks and rubbish among them."""
    if name == "year":
        likely: tuple[str, ...] = ("2025", "2024", "25", "二〇二五")
    elif field is None:
        likely = ("练习单位", "另一单位")
    elif field.kind == "text":
        likely = BY_NAME.get(name, PROSE)
    else:
        likely = BY_KIND.get(field.kind, PROSE)
    return st.one_of(st.sampled_from(("", *likely)), st.sampled_from(likely), _rubbish)


def do(engine: Engine, *made: Edit) -> None:
    """Apply edits one by one, each told to the engine."""
    for edit in made:
        edit.apply(engine.document)
        engine.edited([edit])


def type_in(engine: Engine, place: Place, text: str) -> None:
    """Put a text into a place of an open document."""
    do(engine, text_edit(engine.document, place, text))


@st.composite
def edits(draw: st.DrawFn, document: Document) -> tuple[Edit, ...]:
    """The edits of one step that fits the document as it stands now."""
    form = document.form
    where = draw(st.sampled_from(("fields", *form.tables, *form.tables)))
    if where == "fields":
        return (draw(_field_edit(document)),)
    table = form.tables[where]
    parents = [row.id for _, row in document.all_rows(table.parent)] if table.parent else [ROOT]
    if not parents:
        return (draw(_field_edit(document)),)
    parent = draw(st.sampled_from(parents))
    rows = document.rows(where, parent)
    sorts = [
        "add",
        *(["text"] * 6 + ["paste", "remove", "clear", "move", "explain", "merged"] if rows else []),
    ]
    sort = draw(st.sampled_from(sorts))
    if sort == "add":
        return (AddRow(where, parent, draw(st.integers(0, len(rows))), draw(_new_row(form, table))),)
    if sort == "merged":
        return draw(_merged_edit(document, table))
    row = draw(st.sampled_from(rows))
    index = document.position(where, row.id)
    match sort:
        case "move":
            return (MoveRow(where, parent, index, draw(st.integers(0, len(rows) - 1))),)
        case "remove":
            return (RemoveRow(where, parent, index, row.copy()),)
        case "clear":
            return remove_row_edits(document, where, row.id)
        case "explain":
            new = Explanation("说明", "话")
            return (
                SetExplanation(f"AM-11@{where}[1].x", document.explanations.get(f"AM-11@{where}[1].x"), new),
            )
        case "paste":
            columns = draw(st.sets(st.sampled_from(list(table.columns)), min_size=1))
            return tuple(draw(_cell_edit(document, table, row, name)) for name in sorted(columns))
    return (draw(_cell_edit(document, table, row, draw(st.sampled_from(list(table.columns))))),)


@st.composite
def _field_edit(draw: st.DrawFn, document: Document) -> Edit:
    name = draw(st.sampled_from([*document.form.fields, *(fact for fact in FACTS if fact != "stage")]))
    return text_edit(document, field_place(name), draw(texts_for(name, document.form.fields.get(name))))


@st.composite
def _cell_edit(draw: st.DrawFn, document: Document, table: Table, row: Row, name: str) -> Edit:
    return text_edit(document, Place(table.path, row.id, name), draw(texts_for(name, table.columns[name])))


@st.composite
def _merged_edit(draw: st.DrawFn, document: Document, table: Table) -> tuple[Edit, ...]:
    """Typing into a merged cell: all its rows in one step."""
    name = draw(st.sampled_from(list(table.columns)))
    new = draw(texts_for(name, table.columns[name]))
    return tuple(
        text_edit(document, Place(table.path, row.id, name), new) for _, row in document.all_rows(table.path)
    )


@st.composite
def _new_row(draw: st.DrawFn, form: Form, table: Table) -> Row:
    cells = {name: text for name, field in table.columns.items() if (text := draw(texts_for(name, field)))}
    inner = {
        one.name: draw(st.lists(_new_row(form, one), max_size=2)) for one in form.inner_tables(table.path)
    }
    return Row(new_row_id(), cells, inner)
