"""What the tests of paper share: the bundled fonts and sentences, and a form with every hard case in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.paper.fonts import Fonts
from core.sheet.definition import Form
from core.sheet.definition_reader import read_form
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary

SAMPLES = sorted((Path(__file__).resolve().parents[3] / "resources" / "forms").glob("*/*/sample.json"))

# Repeated rows inside repeated rows, head rows, a label beside a head, a seal box, notes, computed figures.
FORM = """
form = "trial"
edition = "2025"
title = "{year}年度{unit.name}试填表"
number = "表9"
above = ["单位：{unit.code}{unit.name}", "金额单位：万元"]
below = ["注：{note}"]
stages = ["申报", "自评"]
page = { paper = "A4", direction = "landscape", columns = [8, 14, 20, 12, 14, 10], foot = "signatures" }
money = { unit = "万元", decimals = 2, thousands = true }
about = { code = "code", name = "project", amount = "total" }
[fields]
code = { label = "项目编码", kind = "text" }
project = { label = "项目名称", kind = "text" }
note = { label = "附注", kind = "text" }
goal = { label = "目标", kind = "text" }
basic = { label = "基本支出", kind = "money" }
total = { label = "合计", kind = "money", compute = "basic + sum(tasks.funds)" }
opinion = { label = "审核意见", kind = "text" }
[tables.tasks]
label = "任务"
[tables.tasks.columns]
name = { label = "名称", kind = "text" }
goal = { label = "预期目标", kind = "text" }
funds = { label = "资金", kind = "money" }
[tables.tasks.tables.steps]
label = "措施"
[tables.tasks.tables.steps.columns]
what = { label = "措施", kind = "text" }
result = { label = "结果", kind = "value" }
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
    ["总体目标", "{goal}", "<", "<", "<", "<"],
]
[[block]]
head = 1
rows = [
    ["任务", "名称", "预期目标", "措施", "结果", "资金"],
    ["^", "{tasks.name}", "{tasks.goal}", "{tasks.steps.what}", "{tasks.steps.result}", "{tasks.funds}"],
]
[[block]]
head = 1
rows = [
    ["绩效指标", "一级指标", "二级指标", "三级指标", "<", "指标值"],
    ["^", "{indicators.level1}", "{indicators.level2}", "{indicators.name}", "<", "{indicators.value}"],
]
[[block]]
height = 40
rows = [["审核意见", "{opinion}", "<", "<", "<", "<"]]
"""


@pytest.fixture(scope="session")
def fonts(resources: Path) -> Fonts:
    return Fonts(resources / "fonts")


@pytest.fixture(scope="session")
def trial_form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    folder = tmp_path_factory.mktemp("trial") / "trial" / "2025"
    folder.mkdir(parents=True)
    (folder / "form.toml").write_text(FORM, encoding="utf-8")
    return read_form(folder)


@pytest.fixture(params=SAMPLES, ids=lambda sample: f"{sample.parent.parent.name}-{sample.parent.name}")
def real_document(request: pytest.FixtureRequest, forms: FormLibrary) -> Document:
    """The sample of a form as it is shipped."""
    return read_document(request.param.read_bytes(), forms)
