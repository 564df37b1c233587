"""The self-evaluation of 天河 2022: tasks with key indicators inside them, printed figures, long texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.intake.reading import Reading, RepairKind
from tests.core.intake.conftest import Read

TASKS = [
    (
        "高质量推动法治天河建设",
        "8.4",
        [
            "开展市法治街道培育项目数量（个）",
            "组织开展党政主要负责人述法活动",
            "开展专项法治督察（次）",
            "法治广州考核（等次）",
        ],
    ),
    (
        "推进依法行政工作纵深发展",
        "56.6",
        [
            "为区政府购买全年法律顾问服务",
            "法律事务完成率",
            "开展行政复议、行政应诉工作人员培训（次）",
            "配置辅助人员数量",
            "提升行政规范性文件影响力，优化区营商环境。",
        ],
    ),
    (
        "推动公共法律服务高质量发展",
        "691.9",
        [
            "公共法律服务项目人员配置数量",
            "开展律师行业调研项目",
            "实现全区一社区一法律顾问覆盖率",
            "开展普法阵地建设",
            "开展业务培训（场次）",
            "普法工作年度考核",
            "法律援助受益率",
            "法律援助机构指派律师率",
            "审判阶段刑事案件回访率",
        ],
    ),
    (
        "加强防范化解重大风险体系建设",
        "327.7",
        [
            "专职人民调解员配置数量（人）",
            "矛盾纠纷案件调解率",
            "全区矛盾纠纷排查调处次数、调解案件调解成功率",
            "司法社工配置数量（人）",
            "社区矫正对象和刑满释放人员重新犯罪率",
        ],
    ),
]
TEXTS = {
    "goal": ("<p>坚持以习近平新时代", "打造新时代司法行政铁军。</p>"),
    "goal_actual": ("<p>2022年，天河区司法局坚持", "取得良好成效。</p>"),
    "key_projects": ("<p>我局专职人民调解服务项目", "矛盾纠纷的发生。</p>"),
    "overall": ("<p>从总体情况来看，", "社会影响恶劣的事件。</p>"),
    "problems": ("<p>（一）法律服务保障大局", "幅度较大。</p>"),
    "improvements": ("<p>下一步，紧紧围绕天河", "提高资金使用效能。</p>"),
}


@pytest.fixture(scope="module")
def text(seeds: Path) -> str:
    return next(seeds.glob("004_*.txt")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tianhe(text: str, read: Read) -> Reading:
    return read(text)


def test_form_year_and_unit_are_read_from_title_and_table(tianhe: Reading) -> None:
    [document] = tianhe.documents
    assert (document.form.form, document.form.edition, document.stage) == ("gz-self", "2022", "自评")
    assert (document.year, document.unit_name, document.unit_code) == (2022, "广州市天河区司法局", "")


def test_all_amounts_stand_as_published_and_printed_computed_figures_are_kept(tianhe: Reading) -> None:
    document = tianhe.documents[0]
    assert {name: text for name, text in document.values.items() if name not in TEXTS} == {
        "adjusted_income": "5936.28",
        "initial_income": "6108.71",
        "spent": "5931.22",
        "adjustment": "-172.43",
        "completion_rate": "99.91%",
        "adjustment_rate": "2.82%",
    }
    assert [row.cells for row in document.rows("funds")] == [
        {"name": "其中：一般公共预算", "amount": "5931.22"}
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_long_texts_stand_as_published_with_their_marks(name: str, tianhe: Reading, text: str) -> None:
    value = tianhe.documents[0].field(name)
    start, end = TEXTS[name]
    assert value.startswith(start)
    assert value.endswith(end)
    assert value in text


def test_every_task_has_its_amount_and_all_its_key_indicators(tianhe: Reading) -> None:
    document = tianhe.documents[0]
    found = [
        (
            row.cells["name"],
            row.cells["funds"],
            [one.cells["name"] for one in document.rows("tasks.key_indicators", row.id)],
        )
        for row in document.rows("tasks")
    ]
    assert found == TASKS


def test_the_texts_of_tasks_and_key_indicators_stand_as_published(tianhe: Reading, text: str) -> None:
    document = tianhe.documents[0]
    for row in document.rows("tasks"):
        first = document.rows("tasks.key_indicators", row.id)[0].cells
        texts = [row.cells["name"], row.cells["goal"], row.cells["actual"], first["name"], first["result"]]
        assert "\t".join([*texts, row.cells["funds"]]) in text
    for _, row in document.all_rows("tasks.key_indicators"):
        assert f"{row.cells['name']}\t{row.cells['result']}\t" in text


def test_the_row_that_lost_its_tabs_is_the_only_repair(tianhe: Reading) -> None:
    [repair] = tianhe.repairs
    assert (repair.kind, repair.where.line) == (RepairKind.SHIFTED, 36)
    assert repair.read.startswith("审判阶段刑事案件回访率 | 共受理审判阶段刑事案件493件")
    assert repair.places == ("tasks[3].key_indicators[9].name", "tasks[3].key_indicators[9].result")


def test_nothing_is_left_over(tianhe: Reading) -> None:
    assert tianhe.unplaced == []
