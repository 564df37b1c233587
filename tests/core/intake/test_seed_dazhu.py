"""The approved form of 大竹县 2024: amounts one column aside, rows in other columns than their header."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from core.intake.reading import Reading, RepairKind
from core.sheet.numbers import parse_number
from tests.core.intake.conftest import Read

QUANTITY, SOCIAL = ("产出指标", "数量指标"), ("效益指标", "社会效益指标")
INDICATORS = [
    (*QUANTITY, "法律顾问覆盖多少村社", "=", "324", "个", "5"),
    (*QUANTITY, "法律顾问覆盖多少乡镇街道", "=", "31", "个", "5"),
    (*QUANTITY, "法律援助全年办结的案件数量", "≥", "300", "案件数", "5"),
    (*QUANTITY, "接受安置帮教的人员数量", "≥", "560", "人数", "5"),
    (*QUANTITY, "接受社区矫正的人员数量", "≥", "600", "人数", "2"),
    (*QUANTITY, "开展案卷评查抽查案卷数", "≥", "30", "卷", "5"),
    (*QUANTITY, "开展法治宣传法治讲座的次数", "≥", "12", "场次", "4"),
    (*QUANTITY, "开展县级行政执法培训活动次数", "=", "2", "场次", "5"),
    (*QUANTITY, "全年排查化解矛盾纠纷多少件", "≥", "3200", "件", "3"),
    (*QUANTITY, "全年审查涉法文件多少件", "≥", "400", "件", "5"),
    (*QUANTITY, "行政执法人员培训的次数", "≥", "500", "人次", "5"),
    ("产出指标", "质量指标", "全年矛盾纠纷调解成功率", "≥", "98", "%", "3"),
    ("产出指标", "质量指标", "人民群众知晓率、首选率、满意率", "≥", "95", "%", "3"),
    ("产出指标", "时效指标", "完成工作的时间是多少个月", "=", "12", "月", "5"),
    ("效益指标", "经济效益指标", "全年通过法律援助途径挽回的经济损失金额", "≥", "300", "万元", "5"),
    (
        *SOCIAL,
        "发挥行政复议化解行政争议的主渠道作用，防止和纠正违法的或者不当的行政行为，保护公民、法人和其他组织的",
        *("定性", "优良差", "", "5"),
    ),
    (*SOCIAL, "群众之间矛盾纠纷有效化解，社会和谐稳定", "定性", "好坏", "", "2"),
    (
        *SOCIAL,
        "通过教育矫治，矫正社区矫正对象恶习，促使其顺利回归社会，促进社会和谐稳定",
        *("定性", "优良差", "", "5"),
    ),
    (*SOCIAL, "为领导依法决策、建设法治政府提供法律支撑", "定性", "优良差", "", "5"),
    (*SOCIAL, "行政执法活动更加规范公正文明", "定性", "优良差", "", "3"),
    (
        *SOCIAL,
        "做好刑满释放人员的安置帮教工作，促使他们顺利回归社会，减少重新违法犯罪，维护社会和谐稳定",
        *("定性", "优良差", "", "3"),
    ),
    ("满意度指标", "服务对象满意度指标", "被执法对象的满意度", "≥", "95", "%", "2"),
]


@pytest.fixture(scope="module")
def text(seeds: Path) -> str:
    return next(seeds.glob("001_*.txt")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def dazhu(text: str, read: Read) -> Reading:
    return read(text)


def test_form_stage_year_and_unit_are_read_from_what_stands_above_the_table(dazhu: Reading) -> None:
    [document] = dazhu.documents
    assert (document.form.form, document.form.edition, document.stage) == ("sc-dept", "2024", "批复")
    assert (document.year, document.unit_code, document.unit_name) == (2024, "135", "大竹县司法局部门")


def test_the_row_of_amounts_stands_where_its_published_totals_agree(dazhu: Reading) -> None:
    values = dict(dazhu.documents[0].values)
    values.pop("goal")
    assert values == {
        "total": "19233900.00",
        "basic_total": "16650900.00",
        "basic_fiscal": "16650900.00",
        "project_total": "2583000.00",
        "project_fiscal": "2583000.00",
    }


def test_the_moved_row_of_amounts_is_told_as_read_and_as_repaired(dazhu: Reading) -> None:
    [moved] = [one for one in dazhu.repairs if one.kind is RepairKind.SUMMED]
    assert moved.where.line == 11
    amounts = "19233900.00 | 16650900.00 | 16650900.00 |  |  | 2583000.00 | 2583000.00"
    assert moved.read == f" |  | {amounts}"
    assert moved.made == f"{amounts} |  | "
    assert moved.places == ("total", "basic_total", "basic_fiscal", "project_total", "project_fiscal")


def test_the_goal_stands_as_published_with_its_marks(dazhu: Reading, text: str) -> None:
    goal = dazhu.documents[0].field("goal")
    assert goal.startswith("<p>一是全面依法治县方面。")
    assert goal.endswith("促使其顺利回归社会。</p>")
    assert f"整体绩效目标\t{goal}\t" in text


def test_all_nine_tasks_are_whole(dazhu: Reading, text: str) -> None:
    tasks = [row.cells for row in dazhu.documents[0].rows("tasks")]
    assert len(tasks) == 9
    for task in tasks:
        assert f"\n\t{task['name']}\t\t\t\t{task['content']}\t" in text


def test_all_indicators_stand_with_sign_value_unit_and_weight(dazhu: Reading) -> None:
    columns = ("level1", "level2", "name", "operator", "value", "unit", "weight")
    rows = [row.cells for row in dazhu.documents[0].rows("indicators")]
    assert [tuple(row.get(name, "") for name in columns) for row in rows] == INDICATORS
    assert sum(parse_number(row["weight"]) or Decimal(0) for row in rows) == 90


def test_columns_that_all_rows_share_are_told_once_and_only_mishaps_row_by_row(dazhu: Reading) -> None:
    told = [one.where.line for one in dazhu.repairs if one.kind is RepairKind.COLUMNS]
    assert told == [26]
    shifted = {one.where.line: one.read for one in dazhu.repairs if one.kind is RepairKind.SHIFTED}
    assert list(shifted) == [37, 38, 39, 46, 47]
    assert shifted[46].startswith("做好刑满释放人员的安置帮教工作，")


def test_nothing_is_left_over_and_nothing_else_was_repaired(dazhu: Reading) -> None:
    assert dazhu.unplaced == []
    assert {one.kind for one in dazhu.repairs} == {
        RepairKind.SUMMED,
        RepairKind.COLUMNS,
        RepairKind.SHIFTED,
        RepairKind.FILLED,
    }


def test_amounts_that_agree_nowhere_are_left_where_they_stand(text: str, read: Read) -> None:
    reading = read(text.replace("\t19233900.00\t", "\t19233900.01\t"))
    assert reading.documents[0].field("basic_total") == "19233900.01"
    assert not any(one.kind is RepairKind.SUMMED for one in reading.repairs)


def test_amounts_that_agree_where_they_stand_are_not_moved(text: str, read: Read) -> None:
    reading = read(text.replace("\t\t19233900.00\t", "\t19233900.00\t"))
    assert reading.documents[0].field("total") == "19233900.00"
    assert not any(one.kind is RepairKind.SUMMED for one in reading.repairs)
