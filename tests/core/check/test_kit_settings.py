"""Every limit is a setting: a bureau's kit moves it, and the check answers otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.check.catalogue import Catalogue
from core.check.checker import Checker
from core.check.context import Context
from core.check.settings import Settings
from core.sheet.definition import Form
from core.sheet.forms import FormLibrary
from tests.core.check.making import read_example

Body = dict[str, Any]


def self_evaluated(**cells: str) -> Body:
    return {"form": "mof-self", "row": {"name": "办案数", "weight": "5", **cells}}


LONG = "落实普法责任制，提升公共法律服务水平，加强矛盾纠纷排查化解。"
NEARLY = "落实普法责任制，提升公共法律服务水平，积极开展矛盾纠纷调处工作。"
HALF_CUT = "扎实开展行政执法监督，按照“一目录、四清单”逐项对照检查，采用日常监督、专项检查、案卷评查和重点"
FIFTY = "发挥行政复议化解行政争议的主渠道作用并防止和纠正违法的或不当的行政行为，保护公民和法人以及其他组织的"
WEIGHTS = [
    {"name": "甲数", "level1": "产出指标", "weight": "50"},
    {"name": "乙率", "level1": "效益指标", "weight": "40"},
]
COSTLY = [
    {"name": "总成本", "level1": "成本指标", "weight": "20"},
    {"name": "甲数", "level1": "产出指标", "weight": "40"},
]
COSTLY += [
    {"name": "乙率", "level1": "效益指标", "weight": "20"},
    {"name": "满意度", "level1": "满意度指标", "weight": "10"},
]
SPENT = {
    "form": "sc-self",
    "stage": "自评",
    "budget_fiscal": "100",
    "spent_fiscal": "80",
    "rate_reason": "另见附表",
}
COST = {"level1": "产出指标", "level2": "成本指标", "name": "项目总成本", "value": "≤54万元"}
MOVED: list[tuple[str, str, Body, Body]] = [
    ("weight_total", "WT-01", {"weight_total": 100}, {"form": "sc-dept", "indicators": WEIGHTS}),
    ("rate_points", "WT-06", {"rate_points": 15}, {"form": "mof-self", "rate_weight": "10"}),
    (
        "level_split",
        "WT-02",
        {"level_split": [["产出指标", 60], ["效益指标", 20], ["满意度指标", 10]]},
        {"form": "sc-dept", "indicators": WEIGHTS},
    ),
    (
        "level_split_cost",
        "WT-02",
        {"level_split_cost": [["成本指标", 10], ["产出指标", 50], ["效益指标", 20], ["满意度指标", 10]]},
        {"form": "sc-self", "indicators": COSTLY},
    ),
    ("heaviest_weight", "WT-05", {"heaviest_weight": 60}, {"parted": WEIGHTS}),
    (
        "heaviest_share",
        "WT-05",
        {"heaviest_share": 70},
        {
            "parted": [
                {"level1": "产出指标", "name": f"第{one}项", "weight": one} for one in ("30", "11", "9")
            ]
        },
    ),
    (
        "change_explained",
        "AM-15",
        {"change_explained": 10},
        {"form": "hun-proj", "details": [{"name": "差旅费", "last_year": "100", "this_year": "120"}]},
    ),
    (
        "basis_words",
        "AM-15",
        {"basis_words": ["文件"]},
        {
            "form": "hb-proj",
            "stage": "申报",
            "fiscal": "140",
            "use": "按文件安排。",
            "last_year": {"fiscal": "100"},
        },
    ),
    (
        "other_share",
        "AM-16",
        {"other_share": 5},
        {"form": "hb-proj", "stage": "申报", "fiscal": "90", "other": "10"},
    ),
    (
        "source_words",
        "AM-16",
        {"source_words": ["彩票公益金"]},
        {"form": "hb-proj", "stage": "申报", "fiscal": "10", "other": "90", "use": "村集体自筹。"},
    ),
    ("largest_wan", "AM-09", {"largest_wan": 100}, {"basic": "150"}),
    (
        "smallest_yuan_project",
        "AM-09",
        {"smallest_yuan_project": 100},
        {"form": "sc-proj", "projects": [{"name": "甲", "budget": "164.20"}]},
    ),
    ("smallest_yuan", "AM-09", {"smallest_yuan": 1000}, {"form": "sc-dept", "basic_fiscal": "1665.09"}),
    ("last_year_most", "AM-09", {"last_year_most": 2}, {"basic": "300", "last_year": {"basic": "100"}}),
    ("last_year_least", "AM-09", {"last_year_least": 0.5}, {"basic": "30", "last_year": {"basic": "100"}}),
    ("ask_grade", "IV-15", {"ask_grade": False}, {"row": {"name": "法治氛围", "value": "优良差"}}),
    ("full_scales", "IV-15", {"full_scales": ["优良差"]}, {"row": {"name": "法治氛围", "value": "优良差"}}),
    (
        "name_long",
        "IV-22",
        {"name_long": 10},
        {"row": {"name": "为符合条件的申请人提供法律援助率", "value": "100%"}},
    ),
    (
        "name_limit",
        "IV-22",
        {"name_limit": 40},
        {"row": {"name": "一二三四五六七八九十" * 5 + "数", "value": "100件"}},
    ),
    ("cut_characters", "IV-22", {"cut_characters": [40]}, {"row": {"name": FIFTY, "value": "优"}}),
    ("cut_bytes", "TX-04", {"cut_bytes": [200]}, {"goal": HALF_CUT}),
    (
        "far_times",
        "IV-21",
        {"far_times": 5},
        {
            "row": {"name": "宣传场次", "value": "≥100场"},
            "last_year": {"row": {"name": "宣传场次", "value": "≥10场"}},
        },
    ),
    (
        "satisfaction_low",
        "IX-03",
        {"satisfaction_low": 90},
        {"row": {"name": "服务对象满意度", "value": "≥85%"}},
    ),
    (
        "satisfaction_usual",
        "IX-03",
        {"satisfaction_usual": "≥90%"},
        {"row": {"name": "服务对象满意度", "value": "≤95%"}},
    ),
    (
        "cost_share_low",
        "IX-11",
        {"cost_share_low": 95},
        {"form": "hb-proj", "fiscal": "60", "indicators": [COST]},
    ),
    (
        "cost_block",
        "IX-09",
        {"cost_block": True},
        {"form": "gz-decl", "edition": "2024", "row": {"name": "办案数", "value": "3件"}},
    ),
    (
        "dimensions_needed",
        "IX-08",
        {"dimensions_needed": []},
        {"row": {"level2": "质量指标", "name": "合格率"}},
    ),
    (
        "dimensions_wanted",
        "IX-08",
        {"dimensions_wanted": []},
        {"row": {"level2": "数量指标", "name": "办案数"}},
    ),
    (
        "dimensions_welcome",
        "IX-08",
        {"dimensions_welcome": []},
        {"row": {"level2": "数量指标", "name": "办案数"}},
    ),
    (
        "blank_levels",
        "IX-13",
        {"blank_levels": ["经济成本指标"]},
        {
            "indicators": [
                {"level2": "数量指标", "name": "甲数", "value": "3件"},
                {"level1": "成本指标", "level2": "经济成本指标"},
            ]
        },
    ),
    ("fewest_indicators", "IX-19", {"fewest_indicators": 1}, {"row": {"name": "甲数"}}),
    (
        "most_indicators",
        "IX-19",
        {"most_indicators": 2},
        {"form": "hb-proj", "indicators": [{"name": one} for one in ("甲数", "乙率", "丙量")]},
    ),
    (
        "most_of_department",
        "IX-19",
        {"most_of_department": 2},
        {"form": "gz-decl", "indicators": [{"name": one} for one in ("甲数", "乙率", "丙量")]},
    ),
    ("text_from", "TX-02", {"text_from": 600}, {"goal": "做好工作"}),
    ("shortest_text", "TX-02", {"shortest_text": 3}, {"goal": "做好工作"}),
    ("text_limits", "TX-02", {"text_limits": [["goal", 20]]}, {"goal": LONG}),
    (
        "copied_share",
        "TX-10",
        {"copied_share": 50},
        {"form": "mof-self", "goal": LONG, "goal_actual": NEARLY},
    ),
    (
        "evaluation_month",
        "DT-03",
        {"evaluation_month": 12},
        {"stage": "自评", "year": "2024", "today": "2024-11-20"},
    ),
    (
        "declared_before_month",
        "DT-03",
        {"declared_before_month": 4},
        {"stage": "申报", "year": "2025", "filing_date": "2025年3月1日"},
    ),
    (
        "years_before",
        "DT-04",
        {"years_before": 5},
        {"year": "2025", "goal": "全面推进依法治区。2021年新建两个站点。"},
    ),
    (
        "years_after",
        "DT-04",
        {"years_after": 5},
        {"year": "2025", "goal": "全面推进依法治区。2029年新建两个站点。"},
    ),
    ("strict_signs", "SE-11", {"strict_signs": True}, self_evaluated(value="<2件", actual="2件")),
    (
        "worded_bands",
        "SE-08",
        {"worded_bands": [90, 60]},
        self_evaluated(value="优良中低差", actual="优", score="4"),
    ),
    ("over_fulfilment", "SE-12", {"over_fulfilment": 200}, self_evaluated(value="≥6件", actual="9件")),
    ("over_nothing", "SE-12", {"over_nothing": 5}, self_evaluated(value="≥0件", actual="6件")),
    (
        "empty_reasons",
        "SE-11",
        {"empty_reasons": ["见附件"]},
        self_evaluated(value="≥6件", actual="5件", reason="见附件"),
    ),
    (
        "grade_limits",
        "SE-10",
        {"grade_limits": [80, 70, 60]},
        {"form": "mof-self", "grade": "良", "total_score": "82"},
    ),
    ("rate_explained_below", "SE-13", {"rate_explained_below": 70}, {**SPENT, "rate_reason": ""}),
    (
        "spending_words",
        "SE-13",
        {"spending_words": ["人员"]},
        {"form": "gz-self", "adjusted_income": "100", "spent": "80", "problems": "人员不足。"},
    ),
    (
        "change_words",
        "SE-14",
        {"change_words": ["人员"]},
        {"form": "gz-self", "adjusted_income": "100", "initial_income": "90", "problems": "人员不足。"},
    ),
    (
        "contented",
        "SE-20",
        {"contented": 70},
        {
            "form": "mof-self",
            "total_score": "100",
            "row": {"name": "群众满意度", "value": "≥75%", "actual": "78.34%", "weight": "10"},
        },
    ),
    (
        "score_caps",
        "SE-22",
        {"score_caps": [[90, 80]]},
        {"form": "mof-self", "budget_fiscal": "100", "spent_fiscal": "80", "total_score": "89"},
    ),
    (
        "red_light",
        "XF-07",
        {"red_light": 30},
        {"form": "mof-monitor", "month": "7", "budget_fiscal": "20", "spent_fiscal": "5"},
    ),
    ("published", "TX-12", {"published": True}, {"form": "hun-proj", "leader": "张某"}),
]
"""The setting, a check that goes by it, what a kit says, a document about which it then says otherwise."""


NEVER_ASKED = {"grade_names"}
"""Every form that ships lists the names of its grades itself."""


@pytest.mark.parametrize(("name", "check", "kit", "body"), MOVED, ids=[one[0] for one in MOVED])
def test_a_kit_moves_what_a_check_goes_by(
    name: str,
    check: str,
    kit: Body,
    body: Body,
    checker: Checker,
    context: Context,
    practice: Form,
    forms: FormLibrary,
) -> None:
    assert set(kit) == {name}
    case = read_example(body, practice, forms, context)

    def says(settings: Settings) -> list[tuple[str, str]]:
        found = checker.judge(case.document, replace(case.context, settings=settings))
        return [(one.severity.value, one.message) for one in found if one.check == check]

    assert says(Settings()) != says(Settings(kit=kit))


def test_every_setting_is_moved_here_or_in_an_example(checker: Checker) -> None:
    catalogue: Catalogue = checker.catalogue
    moved = {name for name, *_ in MOVED}
    for record in catalogue.records.values():
        for examples in record.examples.values():
            for example in examples:
                moved |= set(example.get("settings", {}))
    assert set(catalogue.settings) - moved == NEVER_ASKED
