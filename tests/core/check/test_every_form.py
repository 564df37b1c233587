"""In every form that ships, following edits says what judging afresh says, whatever a clerk types."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.check.checker import Checker
from core.check.context import Context
from core.check.engine import Engine
from core.check.view import Scene
from core.sheet.document import Document, blank_document
from core.sheet.document_file import read_document
from core.sheet.edits import Edit, Step, text_edit
from core.sheet.forms import FormLibrary
from core.sheet.places import Place, field_place
from tests.core.check.typing_away import edits

SHIPPED = FormLibrary(Path(__file__).resolve().parents[3] / "resources/forms")
KEYS = sorted("/".join(one) for one in SHIPPED.names())
TELLING = {
    "text": (
        "1.落实学法制度。 2、深化顾问工作。\n3.加强审查。",
        "（一）普法。（二）调解。（二）援助。",
        "加强督导 and 评价，法只政府。",
        "加强社区服刑人员管理，“六五”普法，148法律热线。",
        "2021年新建两个站点。",
        "机密★3年",
        "联系人13800138000，身份证11010519491231002X",
        "对照年度目标，说明完成情况（100字以内）",
        "全年办结法律援助案件320件，调解成功率达到98%。",
        "各区司法局考核合格率",
        "未达指标值酌情扣分",
        "全年矛盾纠纷调解数",
        "矛盾纠纷调解数量",
        "项目总成本",
        "指标2：",
        "……",
        "88",
        "数量指标",
        "法律顾问覆盖多少村社",
        "按时答辩率、出庭率",
        "接受社区矫正的人员数量",
        "落实普法责任制，提升公共法律服务水平，加强纠纷化解",
        "已落实普法责任制，提升公共法律服务水平，加强纠纷化解",
        "1年",
    ),
    "value": ("≥955", "≤90万元", "≤5万元/月", "=12个月", "≥320件", "2025年6月底前", "优良差"),
    "date": ("2021年3月1日", "2025-06", "2026年1月-3月", "2019年"),
}
"""Texts that the rules about values, logic, wording and dates have something to say about."""


@st.composite
def telling_edit(draw: st.DrawFn, document: Document) -> tuple[Edit, ...]:
    """Type one of the telling texts (or nothing) into a place for it."""
    form = document.form
    places = [field_place(name) for name, field in form.fields.items() if field.kind in TELLING]
    for path, table in form.tables.items():
        columns = [name for name, column in table.columns.items() if column.kind in TELLING]
        places += [Place(path, row.id, name) for _, row in document.all_rows(path) for name in columns]
    if not places:
        return draw(edits(document))
    place = draw(st.sampled_from(places))
    field = form.column(place.table, place.column)
    assert field is not None
    text = draw(st.sampled_from(("", *TELLING[field.kind])))
    return (text_edit(document, place, text),)


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=20)
@given(data=st.data())
def test_every_form_follows_its_edits(
    key: str, resources: Path, forms: FormLibrary, checker: Checker, context: Context, data: st.DataObject
) -> None:
    form = forms.get(*key.split("/"))
    if data.draw(st.booleans()):
        document = read_document((resources / "forms" / key / "sample.json").read_bytes(), forms)
    else:
        document = blank_document(form, year=2025, unit_name="越秀区练习单位")
    engine = checker.open(document, context)
    for _ in range(data.draw(st.integers(3, 12))):
        step = Step(data.draw(st.one_of(edits(document), telling_edit(document))))
        step.apply(document)
        engine.edited(step.edits)
    # By a checker that remembers nothing of what was judged before.
    assert engine.findings() == Checker(checker.catalogue).judge(document.copy(), context)
    assert engine.findings() == checker.judge(document.copy(), context)
    _nothing_passed_by(engine)


def _nothing_passed_by(engine: Engine) -> None:
    """Where a quick test fails, its rules have nothing to say."""
    document, binding = engine.document, engine.binding
    scene = Scene(document, engine.computation, engine.context, binding.settings)
    views = [scene.fields]
    views += [scene.row(path, row) for path in document.form.tables for _, row in document.all_rows(path)]
    for view in views:
        for judge in binding.rows.get(view.table, ()):
            if judge.when is None or not any(name in view.cells for name in judge.gate):
                continue
            if not judge.when(view):
                assert tuple(judge.run(view)) == (), f"{judge.record.id} had something to say"
