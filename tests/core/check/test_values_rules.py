"""The checks of indicator values and logic on published rows, and what must stay silent."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.check.checker import Checker
from core.check.context import Context
from core.check.finding import Finding
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.edits import SetText
from core.sheet.forms import FormLibrary
from tests.core.check.making import make

QUANTITY, QUALITY, TIMELY = ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标")
SOCIAL, LASTING = ("效益指标", "社会效益指标"), ("效益指标", "可持续影响指标")
SATISFIED = ("满意度指标", "服务对象满意度指标")

# 广州市花都区司法局 (form of 2024) and 广州市越秀区司法局 (form of 2025), as published.
HUADU = [
    (*QUANTITY, "全区村（社区）法律顾问覆盖率", "100%"),
    (*QUANTITY, "专职人民调解员调解档案建档率", "100%"),
    (*QUANTITY, "开展法治宣传活动完成率", "100%"),
    (*QUANTITY, "司法社工覆盖率", "100%"),
    (*QUANTITY, "法律咨询服务完成率", "100%"),
    (*TIMELY, "限期内提交答辩状、证据材料", "100%"),
    (*SOCIAL, "应援尽援覆盖率", "100%"),
    (*SOCIAL, "全区年度人民调解成功率", "≥95%"),
    (*SOCIAL, "社区矫正对象再犯罪率", "<0.2%"),
    (*SOCIAL, "刑满释放人员再犯罪率", "<2%"),
    (*SOCIAL, "行政复议被法院撤销率", "≤15%"),
    (*LASTING, "法治文化项目持续发挥宣传作用", "持续发挥作用"),
    (*SATISFIED, "服务对象满意度", "≥90%"),
]
YUEXIU = [
    (*QUANTITY, "每季度举办法治讲座（含线上法治讲座）、法治宣传数（场次）", "≥1"),
    (*QUANTITY, "矛盾纠纷案件调解率", "100%"),
    (*QUANTITY, "人均年度调解案件数", "≥55件"),
    (*QUANTITY, "为符合法律援助条件的申请人提供法律援助率", "100%"),
    (*QUANTITY, "窗口值班律师到岗值班率", "100%"),
    (*QUANTITY, "社区矫正对象建档率", "100%"),
    (*QUANTITY, "社区矫正对象信息化核查率", "≥90%"),
    (*QUALITY, "各区司法局对法律顾问考核评估合格率（%）", "≥95%"),
    (*TIMELY, "行政诉讼按时答辩率、出庭率", "100%"),
    (*SOCIAL, "法律顾问覆盖率", "100%"),
    (*SOCIAL, "人均案件调解成功率", "≥85%"),
    (*SOCIAL, "为群众提供免费法律咨询率", "100%"),
    (*SOCIAL, "当年刑满释放人员重新犯罪率", "≤1.8%"),
    (*SOCIAL, "行政规范性文件合法性审查率", "100%"),
    (*SATISFIED, "调解服务的满意度", "≥85%"),
]
RULES_OF_ROWS = ("IV", "IX")
OF_THE_TABLE = ("IX-08", "IX-09", "IX-13", "IX-19")
"""What is said about a table as a whole."""


def published(rows: Sequence[tuple[str, str, str, str]], form: Form) -> Document:
    keys = ("level1", "level2", "name", "value", "period_value")
    return make(form, {"indicators": [dict(zip(keys, (*row, row[3]), strict=True)) for row in rows]})


def about_rows(findings: list[Finding]) -> list[Finding]:
    return [one for one in findings if one.check[:2] in RULES_OF_ROWS]


def told(findings: list[Finding], document: Document, severity: str) -> dict[str, list[str]]:
    """The places of findings by check."""
    found: dict[str, list[str]] = {}
    for one in about_rows(findings):
        if one.severity == severity:
            found.setdefault(one.check, []).extend(document.counted(place) for place in one.places)
    return found


def test_the_huadu_form_has_no_error_and_its_two_true_warnings(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    document = published(HUADU, forms.get("gz-decl", "2024"))
    findings = checker.judge(document, context)
    assert told(findings, document, "error") == {}
    assert told(findings, document, "warning") == {
        "IV-15": ["indicators[12].value", "indicators[12].period_value"],
        "IX-08": ["indicators[13].level2"],
    }
    hints = told(findings, document, "hint")
    assert set(hints) == {"IV-18", "IX-05"}
    assert [place for place in hints["IX-05"] if place.startswith("indicators[1]")]


def test_the_yuexiu_form_has_one_error_and_its_true_warnings(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    document = published(YUEXIU, forms.get("gz-decl", "2025"))
    findings = checker.judge(document, context)
    assert told(findings, document, "error") == {
        "IV-12": ["indicators[1].value", "indicators[1].period_value"]
    }
    assert set(told(findings, document, "warning")) == {"IX-07", "IX-09", "IX-10"}
    assert told(findings, document, "warning")["IX-07"] == ["indicators[11].name"]
    assert set(told(findings, document, "hint")) == {"IV-18", "IX-05", "IX-18"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("人均年度调解案件数", "≥55件"),
        ("社区矫正对象再犯罪率", "<0.2%"),
        ("刑满释放人员再犯罪率", "<2%"),
        ("行政复议被法院撤销率", "≤15%"),
        ("当年刑满释放人员重新犯罪率", "≤1.8%"),
        ("法治氛围", "优良中低差"),
        ("法律顾问覆盖村社数", "=324个"),
        ("完成工作的时间", "=12个月"),
        ("预算执行率", "=102%"),
        ("投诉处理率", "≥95%"),
        ("成本节约率", "≥5%"),
        ("完成时间", "12月31日前"),
    ],
)
def test_a_right_value_hears_nothing(
    name: str, value: str, checker: Checker, context: Context, practice: Form
) -> None:
    document = make(practice, {"row": {"name": name, "value": value, "period_value": value}})
    findings = [one for one in about_rows(checker.judge(document, context)) if one.check not in OF_THE_TABLE]
    assert [one.message for one in findings] == []


@pytest.mark.parametrize("name", ["法律顾问覆盖率", "服务对象满意度", "群众满意率"])
def test_a_bare_hundred_per_cent_hears_of_its_sign_only(
    name: str, checker: Checker, context: Context, practice: Form
) -> None:
    document = make(practice, {"row": {"name": name, "value": "100%", "period_value": "100%"}})
    findings = [one for one in about_rows(checker.judge(document, context)) if one.check not in OF_THE_TABLE]
    assert [(one.check, one.severity) for one in findings] == [("IV-18", "hint")]


def test_separate_cells_of_the_sichuan_form_hear_of_unit_words_and_of_scales_without_an_aim(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    rows = [
        ("法律援助全年办结的案件数量", "≥", "300", "案件数"),
        ("接受安置帮教的人员数量", "≥", "560", "人数"),
        ("开展法治宣传法治讲座的次数", "≥", "12", "场次"),
        ("行政执法人员培训的次数", "≥", "500", "人次"),
        ("全年矛盾纠纷调解成功率", "≥", "98", "%"),
        ("行政执法活动更加规范公正文明", "定性", "优良差", ""),
        ("群众之间矛盾纠纷有效化解，社会和谐稳定", "定性", "好坏", ""),
    ]
    keys = ("name", "operator", "value", "unit")
    document = make(forms.get("sc-dept"), {"indicators": [dict(zip(keys, row, strict=True)) for row in rows]})
    findings = [one for one in about_rows(checker.judge(document, context)) if one.check not in OF_THE_TABLE]
    assert told(findings, document, "warning") == {
        "IV-13": ["indicators[1].value", "indicators[2].value", "indicators[4].value"],
        "IV-15": ["indicators[6].value", "indicators[7].value"],
    }
    assert told(findings, document, "error") == {}


def test_figures_typed_twice_are_told_once_and_split_together(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    rows = [
        {"level1": "产出指标", "level2": "质量指标", "name": "法律案件受理数", "value": "≥100100件以上"},
        {"level1": "效果指标", "level2": "社会效益指标", "name": "扩大法律援助覆盖面", "value": "≥9898%以上"},
        {"level1": "满意度指标", "level2": "服务对象满意度指标", "name": "受理满意率", "value": "≥9898%以上"},
    ]
    document = make(forms.get("hb-proj"), {"indicators": rows})
    (finding,) = [one for one in checker.judge(document, context) if one.check == "IV-06"]
    assert finding.fix is not None
    for edit in finding.fix.edits:
        edit.apply(document)
    assert [(row.cells["value"], row.cells["basis"]) for row in document.rows("indicators")] == [
        ("≥100件", "100件以上"),
        ("≥98%", "98%以上"),
        ("≥98%", "98%以上"),
    ]
    assert not [one for one in checker.judge(document, context) if one.check in ("IV-04", "IV-06")]


NAMES = st.sampled_from(
    [
        "调解成功率",
        "再犯罪率",
        "项目总成本",
        "服务对象满意度",
        "培训人数",
        "法治讲座数（场次）",
        "每件案件补贴",
        "宣传效果",
        "每季度宣传场次",
        "人均调解成功率",
        "提升法治意识",
        "完成率100%",
        "指标1：办案数",
        "保障村干部人数",
    ]
)
VALUES = st.one_of(
    st.sampled_from(
        [
            "≥95%",
            "100%",
            "≥55件",
            "≥98%以上",
            "≥9898%以上",
            "百分之九十五以上",
            "≥**%",
            "持续发挥作用",
            "优良差",
            "５件",
            "≧0%",
            "≥1",
            "8个",
            "5-10人",
            "3,200件",
            "12月31日前",
            "满意度≥90%",
            "≥5万",
            "=28元",
            "100百分比",
        ]
    ),
    st.sampled_from(["", " 95 %"]),
    st.text(alphabet="≥≤<>=0123456789.,%％９５件人元万以上下内优良差 *-年月日", max_size=10),
)
SPELLING = {"IV-02", "IV-03", "IV-04", "IV-05", "IV-07", "IV-10"}


@given(NAMES, VALUES, VALUES)
def test_a_cell_hears_of_its_spelling_once(
    checker: Checker, context: Context, practice: Form, name: str, value: str, period: str
) -> None:
    row = {"level1": "产出指标", "level2": "质量指标", "name": name, "value": value, "period_value": period}
    findings = checker.judge(make(practice, {"row": row}), context)
    for column in ("value", "period_value"):
        about = [
            one for one in findings if one.check in SPELLING and column in [p.column for p in one.places]
        ]
        assert len(about) <= 1, [one.message for one in about]


@given(NAMES, VALUES)
def test_what_a_fix_mends_is_not_said_again(
    checker: Checker, context: Context, practice: Form, name: str, value: str
) -> None:
    row = {"level1": "产出指标", "level2": "质量指标", "name": name, "value": value, "period_value": value}
    for finding in checker.judge(make(practice, {"row": row}), context):
        if finding.fix is None or finding.check[:2] not in RULES_OF_ROWS:
            continue
        document = make(practice, {"row": row})
        for edit in finding.fix.edits:
            assert isinstance(edit, SetText)
            assert document.text(edit.place) == edit.old
            edit.apply(document)
        again = [(one.check, one.places) for one in checker.judge(document, context)]
        assert (finding.check, finding.places) not in again, (finding.message, finding.fix)


def test_what_a_name_says_is_read_from_its_end(context: Context) -> None:
    name = context.words.name
    assert name("社区矫正对象再犯罪率").lower == "再犯罪率"
    assert name("结余率(计算方法为:结余数/预算数)").lower == "结余率"
    assert not name("投诉处理率").lower
    assert not name("成本节约率").lower
    assert name("案件调解成功率").higher == "成功率"
    assert not name("不合格率").higher
    assert name("各区司法局对法律顾问考核评估合格率（%）").rate
    assert not name("工作效率").rate
    assert name("指标1：小区居民满意度(≥**%)").core == "小区居民满意度"
    assert name("年度资金支付完成率100%").figure == "100"
    assert name("法治宣传数（场次）").brackets == ("场次",)
