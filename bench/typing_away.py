"""Documents of every form with sixty indicators, and a clerk who types away in them.

Fields and tasks come from the form's own sample; indicators are sixty plausible ones, spread over the
rows that hold them where tables nest.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from core.sheet.definition import Field, Form, Table
from core.sheet.document import ROOT, Document, Row, blank_document, new_row_id
from core.sheet.document_file import read_document
from core.sheet.edits import AddRow, Edit, MoveRow, RemoveRow, text_edit
from core.sheet.forms import FormLibrary
from core.sheet.places import Place, field_place

FORMS = Path(__file__).resolve().parent.parent / "resources" / "forms"
COUNT = 60
OTHERS = 6
"""Rows of every other table (tasks, projects, payments)."""
OBJECTS = (
    "法律援助案件",
    "社区矫正档案",
    "人民调解案件",
    "行政复议案件",
    "法治宣传活动",
    "村道养护工程",
    "厕所改造工程",
    "农田水利设施",
    "动物疫病防控",
    "困难群众救助",
)

PLACES = (
    "石桥镇",
    "云岭乡",
    "柳溪街道",
    "青禾区",
    "城东片",
    "望海湾",
    "新林场",
    "南岸",
    "河口村",
    "东山",
    "北坪",
)
TIMES = ("春季", "夏季", "秋季", "冬季", "汛期", "上半年", "下半年", "节前", "农闲", "年中", "暑期")
"""What makes a new name of a known one."""


class Measure(NamedTuple):
    """What is measured of an object: the levels it stands under, its target and a result."""

    name: str
    level1: str
    level2: str
    operator: str
    value: str
    unit: str
    actual: str
    direction: str = "正向指标"


MEASURES = (
    Measure("办结数量", "产出指标", "数量指标", "≥", "55", "件", "58"),
    Measure("质量合格率", "产出指标", "质量指标", "≥", "90", "%", "93.5"),
    Measure("按时完成率", "产出指标", "时效指标", "=", "100", "%", "100"),
    Measure("差错率", "产出指标", "质量指标", "≤", "1.8", "%", "1.2", "反向指标"),
    Measure("受益群众人数", "效益指标", "社会效益指标", "≥", "5400", "人", "5460"),
    Measure("群众满意度", "满意度指标", "服务对象满意度指标", "≥", "85", "%", "92"),
    Measure("单件成本", "成本指标", "经济成本指标", "≤", "200", "元/件", "180", "反向指标"),
)
PROJECT = "法律援助、人民调解和村道养护"
"""What a project is called whose indicators are about such objects."""
WRONG = ("≥100100件以上", "持续发挥作用", "＞＝９５％", "≥1%以下", "95", "≥**%", "百分之九十")
"""What is typed for a value one time in six, until it is typed again."""
WRONG_OF_KIND = {
    "money": ("1,23", "62万元"),
    "weight": ("10分", "x"),
    "number": ("1.55", "优"),
    "operator": ("大于", ">="),
    "unit": ("百分比", "人次件"),
    "value": WRONG,
}
BOTH = {"value", "period_value"}
AMOUNTS = ("4,436.96", "667.06", "0.00", "132.00", "5,236.02", "48", "186.04")
PROSE = (
    "扎实推进依法行政，落实普法责任制，为符合条件的申请人提供法律援助；"
    "加强对社区矫正对象的监督管理和教育，促进融入社会。"
)


def indicator_tables(form: Form) -> list[str]:
    """Give the tables whose rows are indicators; else (gz-self) those inside a row."""
    named = [path for path, table in form.tables.items() if table.role == "indicators"]
    return named or [path for path, table in form.tables.items() if table.parent]


def filled(forms: FormLibrary, name: str, edition: str, *, other: int = 0) -> Document:
    """Give a form as units send it: sixty indicators, six rows of every other table.

    With another number its texts and figures are others too: those of a form never seen before.
    """
    mark = "甲乙丙丁戊己庚辛壬癸"[other % 10] * (other // 10 + 2) if other else ""
    form = forms.get(name, edition)
    sample = read_document((FORMS / name / edition / "sample.json").read_bytes(), forms)
    document = blank_document(form, stage=sample.stage, year=sample.year, unit_name=sample.unit_name)
    for field, text in sample.values.items():
        kind = form.fields[field].kind
        if field == form.about.name:
            text = PROJECT
        document.set_text(field_place(field), _marked(text, mark) if kind == "text" else text)
    indicators = indicator_tables(form)
    for path, table in form.tables.items():
        holders = [row.id for _, row in document.all_rows(table.parent)] if table.parent else [ROOT]
        if path in indicators:
            _fill_indicators(document, table, holders, COUNT // len(indicators), mark, other)
        else:
            _fill_others(document, sample, table, holders, mark)
    return document


def _fill_others(document: Document, sample: Document, table: Table, holders: list[str], mark: str) -> None:
    models = [row.cells for _, row in sample.all_rows(table.path)]
    for number in range(OTHERS if models else 0):
        cells = {
            name: _marked(text, mark) if table.columns[name].kind == "text" else text
            for name, text in models[number % len(models)].items()
        }
        if "name" in cells:
            cells["name"] += OBJECTS[number]
        if number >= len(models):  # so that sums are right
            cells |= {name: "0.00" for name in cells if table.columns[name].kind == "money"}
        _put(document, table, holders[number % len(holders)], number // len(holders), cells)


def _fill_indicators(
    document: Document, table: Table, holders: list[str], count: int, mark: str, other: int
) -> None:
    each = count // len(holders)
    for holder in range(len(holders)):
        for number in range(each):
            # Level by level, as they stand on a sheet.
            measure = _other_figures(MEASURES[number * len(MEASURES) // each], other)
            subject = OBJECTS[(number + holder) % len(OBJECTS)] + mark
            cells = {
                name: text
                for name, field in table.columns.items()
                if (text := indicator_text(table, name, field, measure, subject, holders))
            }
            _put(document, table, holders[holder], number, cells)


def _other_figures(measure: Measure, other: int) -> Measure:
    step = Decimal(other) / 100 if measure.unit == "%" else Decimal(other)
    return measure._replace(
        value=f"{Decimal(measure.value) - step:f}", actual=f"{Decimal(measure.actual) - step:f}"
    )


def _put(document: Document, table: Table, parent: str, index: int, cells: dict[str, str]) -> None:
    rows = document.rows(table.path, parent)
    if index < len(rows):
        rows[index].cells.update(cells)
    else:
        document.insert_row(table.path, parent, len(rows), Row(new_row_id(), cells))


def indicator_text(
    table: Table, name: str, field: Field, measure: Measure, subject: str, holders: list[str]
) -> str:
    """Give what stands in a cell of an indicator."""
    joined = f"{measure.operator}{measure.value}{measure.unit}"
    if field.compute:
        return ""
    by_name = {
        "name": subject + measure.name,
        "level1": measure.level1,
        "level2": measure.level2,
        "operator": measure.operator,
        "unit": measure.unit,
        "weight": f"{Decimal(90) * len(holders) / COUNT:f}",
        "basis": "按前三年平均完成情况确定",
        "description": f"{subject}当年的{measure.name}",
        "direction": measure.direction,
        "value_before": joined,
        "last_value": joined,
        "reason": "按上级要求调整工作安排，当年任务相应增减。",
    }
    if name in by_name:
        return by_name[name]
    if field.kind == "value":
        return measure.value if table.value_parts else joined
    if name in ("actual", "expected", "progress", "result"):
        return measure.actual + measure.unit
    return field.options[-1] if field.options else ""


def _marked(text: str, mark: str) -> str:
    """Put a mark into every sentence of a text."""
    return text.replace("。", f"{mark}。").replace("；", f"{mark}；") + mark if mark else text


def typed_away(document: Document, count: int, seed: int) -> Iterator[Edit]:
    """Give edits as a clerk makes them: typed key by key, now and then a row added, moved or removed."""
    clerk = _Clerk(document, random.Random(seed))
    made = 0
    while made < count:
        if document.form.tables and clerk.chance.random() < 0.05:
            yield clerk.row_edit()
            made += 1
            continue
        place, text = clerk.goal()
        start = max(0, len(text) - 12) if len(text) > 60 else 0
        for length in range(start, len(text) + 1):
            yield text_edit(document, place, text[:length])
            made += 1


class _Clerk:
    """Chooses where to type and what."""

    def __init__(self, document: Document, chance: random.Random) -> None:
        self.document = document
        self.chance = chance
        form = document.form
        self.fields = [name for name, field in form.fields.items() if not field.compute]
        self.indicators = indicator_tables(form)
        self.others = [path for path in form.tables if path not in self.indicators]
        self.then: tuple[Place, str] | None = None
        self.rows_wanted = {
            (path, parent): len(document.rows(path, parent))
            for path in form.tables
            for parent in self._parents(path)
        }

    def _parents(self, path: str) -> list[str]:
        parent = self.document.form.tables[path].parent
        return [row.id for _, row in self.document.all_rows(parent)] if parent else [ROOT]

    def goal(self) -> tuple[Place, str]:
        """Give a place and the text that is typed there."""
        if self.then is not None:
            place, text = self.then
            self.then = None
            if self.document.row(place.table, place.row) is not None:
                return place, text
        sorts = ["field"] * bool(self.fields)
        sorts += ["other"] * bool(self.others)
        sorts += ["name", "value", "value", "column"] * bool(self.indicators)
        sort = self.chance.choice(sorts)
        if sort == "field":
            name = self.chance.choice(self.fields)
            return field_place(name), self._text(self.document.form.fields[name])
        path = self.chance.choice(self.others if sort == "other" else self.indicators)
        rows = [row for _, row in self.document.all_rows(path)]
        if not rows:
            return self.goal()
        row = self.chance.choice(rows)
        return self._cell(path, row, sort)

    def _cell(self, path: str, row: Row, sort: str) -> tuple[Place, str]:
        columns = self.document.form.tables[path].columns
        names = [name for name, field in columns.items() if sort == name or (sort == "value" == field.kind)]
        names = names or [name for name, field in columns.items() if not field.compute]
        name = self.chance.choice(names)
        place = Place(path, row.id, name)
        if path in self.indicators:
            text = self._of_indicator(path, row, name)
            if name in BOTH <= columns.keys():  # the two are changed together
                other = next(iter(BOTH - {name}))
                self.then = place._replace(column=other), text
            return place, text
        text = row.cells.get(name, "") if name == "name" else self._text(columns[name])
        return place, text or PROSE[:16]

    def _of_indicator(self, path: str, row: Row, name: str) -> str:
        table = self.document.form.tables[path]
        field = table.columns[name]
        if field.kind in WRONG_OF_KIND and self.chance.random() <= 1 / 6:
            return self.chance.choice(WRONG_OF_KIND[field.kind])
        typed = row.cells.get("name", "")
        measure = next((one for one in MEASURES if typed.endswith(one.name)), self.chance.choice(MEASURES))
        return indicator_text(
            table, name, field, self._new_figures(measure), self._subject(), self._parents(path)
        )

    def _subject(self) -> str:
        return "".join(map(self.chance.choice, (PLACES, TIMES, OBJECTS)))

    def _new_figures(self, measure: Measure) -> Measure:
        """Give a measure with other figures: most of what a clerk types was never typed before."""
        if measure.unit == "%":
            low = measure.operator == "≤"
            value = (
                f"{self.chance.randrange(1, 50) / 10}" if low else f"{self.chance.randrange(800, 1001) / 10}"
            )
            return measure._replace(value=value, actual=value)
        return measure._replace(
            value=str(self.chance.randrange(10, 9999)), actual=str(self.chance.randrange(10, 9999))
        )

    def _text(self, field: Field) -> str:
        if field.kind in WRONG_OF_KIND and self.chance.random() <= 1 / 6:
            return self.chance.choice(WRONG_OF_KIND[field.kind])
        match field.kind:
            case "text":
                return PROSE * 6 if (field.limit or 999) >= 300 else PROSE[:16]
            case "money" | "number":
                return self.chance.choice(AMOUNTS)
            case "date":
                return "2025-06-30"
        return field.options[0] if field.options else "1"

    def row_edit(self) -> Edit:
        """Give a row added, moved or removed, so that there are never many more or fewer than at first."""
        path = self.chance.choice(list(self.document.form.tables))
        parent = self.chance.choice(self._parents(path) or [ROOT])
        rows = self.document.rows(path, parent)
        if not rows:
            return AddRow(path, parent, 0, Row(new_row_id(), {}))
        if len(rows) > self.rows_wanted.get((path, parent), OTHERS):
            index = self.chance.randrange(len(rows))
            return RemoveRow(path, parent, index, rows[index].copy())
        if self.chance.random() < 0.5:
            return MoveRow(path, parent, self.chance.randrange(len(rows)), self.chance.randrange(len(rows)))
        twin = _with_new_ids(self.chance.choice(rows).copy())
        if "name" in twin.cells:  # a row is copied to be given another name next
            del twin.cells["name"]
            self.then = Place(path, twin.id, "name"), self._subject() + self.chance.choice(MEASURES).name
        return AddRow(path, parent, self.chance.randrange(len(rows)), twin)


def _with_new_ids(row: Row) -> Row:
    inner = {name: [_with_new_ids(one) for one in rows] for name, rows in row.inner.items()}
    return Row(new_row_id(), dict(row.cells), inner)
