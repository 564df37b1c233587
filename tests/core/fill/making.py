"""Templates as bureaus hand them out, made with openpyxl; a form with every kind of cell; looking at them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.fill.filler import Tools, fill
from core.fill.map_file import parse_map
from core.fill.result import Filled
from core.sheet.definition import Form
from core.sheet.definition_reader import parse_form
from core.sheet.document import ROOT, Document, Row, new_row_id
from core.sheet.places import field_place

FORM = """
form = "trial"
edition = "2025"
name = "试填表"
title = "{year}年度试填表"
above = ["单位：{unit.name}", "金额单位：万元"]
stages = ["申报"]
page = { columns = [8, 14, 20, 12, 14, 10] }
money = { unit = "万元", decimals = 2, thousands = true }
about = { code = "code", name = "project", amount = "total" }
[aliases]
"总体目标" = ["总体绩效目标"]
[fields]
code = { label = "项目编码", kind = "text" }
project = { label = "项目名称", kind = "text" }
goal = { label = "总体目标", kind = "text" }
basic = { label = "基本支出", kind = "money" }
total = { label = "合计", kind = "money", compute = "basic + sum(tasks.funds)" }
share = { label = "执行率", kind = "percent" }
day = { label = "填报日期", kind = "date" }
[tables.tasks]
label = "任务"
[tables.tasks.columns]
name = { label = "任务名称", kind = "text" }
funds = { label = "任务资金", kind = "money" }
[tables.tasks.tables.steps]
label = "措施"
[tables.tasks.tables.steps.columns]
what = { label = "措施", kind = "text" }
[tables.indicators]
label = "绩效指标"
role = "indicators"
merge = ["level1", "level2"]
[tables.indicators.columns]
level1 = { label = "一级指标", kind = "level1" }
level2 = { label = "二级指标", kind = "level2" }
name = { label = "三级指标", kind = "text" }
value = { label = "指标值", kind = "value" }
[[block]]
rows = [
    ["项目编码", "{code}", "项目名称", "{project}", "<", "<"],
    ["预算", "基本支出", "{basic}", "合计", "{total}", "<"],
    ["^", "执行率", "{share}", "填报日期", "{day}", "<"],
    ["总体目标", "{goal}", "<", "<", "<", "<"],
]
[[block]]
head = 1
rows = [
    ["任务", "任务名称", "<", "措施", "<", "任务资金"],
    ["^", "{tasks.name}", "<", "{tasks.steps.what}", "<", "{tasks.funds}"],
]
[[block]]
head = 1
rows = [
    ["绩效指标", "一级指标", "二级指标", "三级指标", "<", "指标值"],
    ["^", "{indicators.level1}", "{indicators.level2}", "{indicators.name}", "<", "{indicators.value}"],
]
"""

STRINGS = "xl/sharedStrings.xml"
NAMESPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRINGS_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
STRINGS_RELATION = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"

INDICATORS = [
    ("产出指标", "数量指标", "新建收集点数量", "≥40个"),
    ("产出指标", "质量指标", "验收合格率", "=100%"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90.5%"),
]


def trial_form() -> Form:
    """Give the form of these tests."""
    return parse_form(FORM.encode(), "form.toml")


def document_of(
    values: Mapping[str, str] | None = None,
    indicators: Iterable[tuple[str, str, str, str]] = (),
    tasks: Mapping[str, tuple[str, Iterable[str]]] | None = None,
    form: Form | None = None,
) -> Document:
    """Give a document of the trial form; ``tasks`` are funds and steps by name."""
    document = Document(form or trial_form(), year=2025, unit_name="青禾镇人民政府", unit_code="031001")
    for name, text in (values or {}).items():
        document.set_text(field_place(name), text)
    for index, (name, (funds, steps)) in enumerate((tasks or {}).items()):
        inner = [Row(new_row_id(), {"what": step}) for step in steps]
        cells = {"name": name, "funds": funds} if funds else {"name": name}
        document.insert_row("tasks", ROOT, index, Row(new_row_id(), cells, {"steps": inner}))
    for index, texts in enumerate(indicators):
        cells = dict(zip(("level1", "level2", "name", "value"), texts, strict=True))
        row = Row(new_row_id(), {name: text for name, text in cells.items() if text})
        document.insert_row("indicators", ROOT, index, row)
    return document


def template_of(make: Callable[[Worksheet, Workbook], None], title: str = "填报表") -> bytes:
    """Give the bytes of a workbook whose first sheet was made by a function."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    make(sheet, book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Give the bytes of a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rows_of(*rows: Iterable[Any]) -> Callable[[Worksheet, Workbook], None]:
    """Give a function that writes rows into a sheet."""

    def make(sheet: Worksheet, book: Workbook) -> None:  # noqa: ARG001 – as all of them
        for row in rows:
            sheet.append(list(row))

    return make


def allow(sheet: Worksheet, areas: str, kind: str, formula: str, **more: Any) -> None:
    """Set a rule on what may be typed."""
    rule = DataValidation(type=kind, formula1=formula, **more)
    for area in areas.split():
        rule.add(area)
    sheet.add_data_validation(rule)


def filled(data: bytes, text: str, documents: Document | list[Document], tools: Tools) -> Filled:
    """Fill a template by the text of a map (its first lines are given here)."""
    several = documents if isinstance(documents, list) else [documents]
    return fill(data, parse_map(f'form = "trial"\n{text}'.encode(), "对照.toml"), several, tools)


def cells_map(cells: Mapping[str, str], sheet: str = "填报表") -> str:
    """Give a map of single cells; each source as TOML."""
    lines = [f"{cell} = {source}" for cell, source in cells.items()]
    return "\n".join(["[[sheet]]", f'name = "{sheet}"', "[sheet.cells]", *lines])


def list_map(each: str, first: int, columns: Mapping[str, str], more: str = "", top: str = "") -> str:
    """Give a map of one list; each source as TOML."""
    lines = [f"{column} = {source}" for column, source in columns.items()]
    head = [
        top,
        "[[sheet]]",
        'name = "填报表"',
        "[[sheet.list]]",
        f'each = "{each}"',
        f"first = {first}",
        more,
    ]
    return "\n".join([*head, "[sheet.list.columns]", *lines])


def value_at(one: Filled, cell: str, sheet: int = 0) -> Any:
    """Give what a cell holds after filling, as Excel reads it."""
    value = load_workbook(io.BytesIO(one.data)).worksheets[sheet][cell].value
    return value.replace("_x005F_", "_") if isinstance(value, str) else value


def grid_of(one: Filled, area: str) -> list[tuple[Any, ...]]:
    """Give what an area holds after filling."""
    sheet = load_workbook(io.BytesIO(one.data)).worksheets[0]
    return [tuple(cell.value for cell in row) for row in sheet[area]]


def reasons(one: Filled) -> dict[str, tuple[str, str]]:
    """Give text and reason of what was left, by place as people count."""
    return {
        one.documents[left.document].counted(left.place): (left.text, left.why.code.removeprefix("fill."))
        for left in one.left
    }


def ways(one: Filled) -> set[str]:
    """Give in which ways texts were written otherwise than typed."""
    return {change.how.code.removeprefix("fill.") for change in one.changed}


def parts(data: bytes) -> dict[str, bytes]:
    """Give the parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Give a workbook with one part changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry.filename, change(content) if entry.filename == name else content)
    return buffer.getvalue()


def with_shared_strings(data: bytes) -> bytes:
    """Give a workbook with its texts in a part of their own, as Excel and WPS save them."""
    texts: list[bytes] = []

    def share(found: re.Match[bytes]) -> bytes:
        texts.append(found[2])
        return found[1] + b't="s"><v>%d</v></c>' % (len(texts) - 1)

    inline = re.compile(rb'(<c [^>]*?)t="inlineStr"[^>]*><is>(.*?)</is></c>', re.DOTALL)
    made = parts(data)
    for name in made:
        if name.startswith("xl/worksheets/sheet"):
            made[name] = inline.sub(share, made[name])
    made[STRINGS] = b'<sst xmlns="%s">%s</sst>' % (
        NAMESPACE,
        b"".join(b"<si>%s</si>" % text for text in texts),
    )
    kind = b'<Override PartName="/%s" ContentType="%s"/></Types>' % (STRINGS.encode(), STRINGS_TYPE)
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(b"</Types>", kind)
    book = "xl/_rels/workbook.xml.rels"
    relation = (
        b'<Relationship Id="rIdS" Type="%s" Target="sharedStrings.xml"/></Relationships>' % STRINGS_RELATION
    )
    made[book] = made[book].replace(b"</Relationships>", relation)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def cell_texts(sheet: bytes) -> dict[str, bytes]:
    """Give the XML of every cell of a worksheet by its address."""
    return {
        found[1].decode(): found[0]
        for found in re.finditer(rb'<c r="([A-Z]+[0-9]+)"[^>]*?(?:/>|>.*?</c>)', sheet, re.DOTALL)
    }
