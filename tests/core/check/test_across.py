"""Documents against the ones they come from: silent when just begun, exact when something was changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.check.beside.relations import relate
from core.check.checker import Checker
from core.check.context import Context, Counterpart
from core.check.finding import Finding, finding_json
from core.check.settings import Settings
from core.sheet.carry import Carrier, begins_from
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.edits import Step, text_edit
from core.sheet.forms import FormLibrary
from core.sheet.places import Place, field_place
from tests.core.check.making import make
from tests.core.check.typing_away import edits

FORMS = FormLibrary(Path(__file__).resolve().parents[3] / "resources/forms")
LATER = {
    "申报": ("批复", "调整", "监控", "自评"),
    "批复": ("调整", "监控", "自评"),
    "调整": ("监控", "自评"),
    "监控": ("自评",),
}


def sample(name: str, stage: str) -> Document:
    form, _, edition = name.partition("/")
    folder = FORMS._folder / form / edition
    document = read_document((folder / "sample.json").read_bytes(), FORMS)
    document.set_text(field_place("stage"), stage)
    return document


def steps() -> Iterator[Any]:
    """Every form at every stage, with every form and stage that is begun from it in the same year."""
    for old in FORMS.all():
        for stage in old.stages:
            for new in FORMS.all():
                for later in LATER.get(stage, ()):
                    if later in new.stages and begins_from(new, old):
                        names = f"{old.form}/{old.edition}", f"{new.form}/{new.edition}"
                        yield pytest.param(*names, stage, later, id=f"{names[0]}-{stage}-{names[1]}-{later}")


def across(checker: Checker, context: Context, document: Document, **others: Document) -> list[Finding]:
    """What is found about a document against others named for comparison."""
    found = checker.judge_all({"本表.json": document}, context, others)["本表.json"]
    return [one for one in found if one.check.startswith("XF")]


def only(found: list[Finding], check: str) -> Finding:
    (finding,) = [one for one in found if one.check == check]
    return finding


@pytest.mark.parametrize(("old", "new", "stage", "later"), list(steps()))
def test_a_document_just_begun_from_another_agrees_with_it(
    old: str, new: str, stage: str, later: str, checker: Checker, context: Context
) -> None:
    before = sample(old, stage)
    form = FORMS.get(*new.split("/"))
    carrier = Carrier(context.levels, context.grammar)
    for carried in carrier.carry(before, form, stage=later, year=before.year or 2025):
        document = carried.document
        document.set_text(field_place("year"), before.field("year"))
        found = across(checker, context, document, 原表=before)
        assert [one.message for one in found if one.elsewhere] == []
        related = relate(document, {"原表": before})
        assert len(related) == 1


def approved(**more: Any) -> Document:
    body: dict[str, Any] = {
        "stage": "批复",
        "project_name": "普法",
        "year_fiscal": "50.00",
        "goal": "开展普法。",
        "indicators": [
            {"level1": "产出指标", "level2": "数量指标", "name": "办结案件数", "value": "≥300件"},
            {"level1": "产出指标", "level2": "质量指标", "name": "调解成功率", "value": "≥95%"},
            {"level1": "效益指标", "level2": "社会效益指标", "name": "再犯罪率", "value": "≤1%"},
        ],
    }
    return make(FORMS.get("mof-proj"), body | more)


def report(
    context: Context, of: Document | None = None, stage: str = "自评", form: str = "mof-self"
) -> Document:
    carrier = Carrier(context.levels, context.grammar)
    (carried,) = carrier.carry(of or approved(), FORMS.get(form), stage=stage, year=2025)
    return carried.document


def row_of(document: Document, name: str) -> int:
    """The 0-based position of the indicator of a name."""
    return [row.cells.get("name") for row in document.rows("indicators")].index(name)


def put(document: Document, place: str, text: str) -> Document:
    document.set_text(document.place(place), text)
    return document


def test_a_target_softened_in_any_row_is_told_at_its_cell_with_the_way_back(
    checker: Checker, context: Context
) -> None:
    document = put(report(context), "indicators[1].value", "≥285件")
    finding = only(across(checker, context, document, 批复=approved()), "XF-02")
    body = finding_json(finding, document)
    assert body["places"] == ["indicators[1].value", "批复#indicators[1].value"]
    assert body["fix"]["edits"] == [{"place": "indicators[1].value", "old": "≥285件", "new": "≥300件"}]
    assert (
        finding.message
        == "绩效指标第1行“年度指标值”把批复表的目标≥300件改成了≥285件，目标放宽了，请按≥300件打分。"
    )


@pytest.mark.parametrize("same", ["≧300件", "不低于300件", "≥300.0件", "≥３００件", "≥0.03万件"])
def test_a_target_that_is_only_spelled_otherwise_is_the_same(
    same: str, checker: Checker, context: Context
) -> None:
    document = put(report(context), "indicators[1].value", same)
    assert across(checker, context, document, 批复=approved()) == []


@pytest.mark.parametrize(
    ("name", "typed", "softer"),
    [
        ("办结案件数", "≥350件", False),
        ("办结案件数", "=300件", False),
        ("调解成功率", "≥90%", True),
        ("调解成功率", ">95%", False),
        ("再犯罪率", "≤2%", True),
        ("再犯罪率", "≤0.5%", False),
    ],
)
def test_softer_is_lower_for_at_least_and_higher_for_at_most(
    name: str, typed: str, softer: bool, checker: Checker, context: Context
) -> None:
    document = report(context)
    put(document, f"indicators[{row_of(document, name) + 1}].value", typed)
    finding = only(across(checker, context, document, 批复=approved()), "XF-02")
    assert ("放宽" in finding.message) is softer


def test_an_indicator_left_out_is_told_once_with_its_target(checker: Checker, context: Context) -> None:
    document = report(context)
    for name in ("调解成功率", "再犯罪率"):
        document.take_row("indicators", "", row_of(document, name))
    finding = only(across(checker, context, document, 批复=approved()), "XF-02")
    assert "2个指标没有列入：“调解成功率”≥95%、“再犯罪率”≤1%" in finding.message
    assert finding.elsewhere == ("批复#indicators[2].name", "批复#indicators[3].name")


def test_swapped_rows_and_repeated_names_are_no_difference(checker: Checker, context: Context) -> None:
    twice = [
        {"level1": "产出指标", "level2": "数量指标", "name": "培训", "value": "≥2次"},
        {"level1": "产出指标", "level2": "数量指标", "name": "培训", "value": "≥200人"},
    ]
    before = approved(indicators=twice)
    document = report(context, before)
    document.move_row("indicators", "", 0, 1)
    assert across(checker, context, report(context, before), 批复=before) == []
    assert across(checker, context, document, 批复=before) == []


def test_an_adjustment_that_was_approved_binds_instead(checker: Checker, context: Context) -> None:
    adjusted = report(context, stage="调整", form="adjust")
    put(adjusted, "indicators[1].value", "≥285件")
    put(adjusted, "fiscal", "45")
    document = put(report(context), "indicators[1].value", "≥285件")
    put(document, "budget_fiscal", "45.00")
    assert across(checker, context, document, 批复=approved(), 调整=adjusted) == []
    put(document, "budget_fiscal", "48.00")
    finding = only(across(checker, context, document, 批复=approved(), 调整=adjusted), "XF-06")
    assert finding_json(finding, document)["places"] == ["budget_fiscal", "调整#fiscal"]


def test_what_the_adjustment_says_was_before_must_be_what_was_approved(
    checker: Checker, context: Context
) -> None:
    adjusted = put(report(context, stage="调整", form="adjust"), "fiscal_before", "40")
    finding = only(across(checker, context, adjusted, 批复=approved()), "XF-06")
    assert finding_json(finding, adjusted)["fix"]["edits"][0]["new"] == "50.00"


def test_a_monitoring_form_may_not_change_the_targets(checker: Checker, context: Context) -> None:
    document = report(context, stage="监控", form="mof-monitor")
    put(document, f"indicators[{row_of(document, '调解成功率') + 1}].value", "≥90%")
    put(document, f"indicators[{row_of(document, '再犯罪率') + 1}].name", "重新犯罪率")
    finding = only(across(checker, context, document, 批复=approved()), "XF-01")
    assert finding.severity == "error"
    assert "“调解成功率”≥95%→≥90%" in finding.message
    assert finding.fix is not None
    for edit in finding.fix.edits:
        edit.apply(document)
    assert across(checker, context, document, 批复=approved()) == []


def test_weights_that_had_to_be_scaled_to_another_total_are_let_be(
    checker: Checker, context: Context
) -> None:
    rows = [
        {
            "level1": "产出指标",
            "level2": "数量指标",
            "name": "甲数",
            "operator": "≥",
            "value": "3",
            "unit": "件",
            "weight": "60",
        },
        {
            "level1": "产出指标",
            "level2": "质量指标",
            "name": "乙率",
            "operator": "≥",
            "value": "95",
            "unit": "%",
            "weight": "40",
        },
    ]
    before = make(FORMS.get("cq-proj"), {"stage": "批复", "project_name": "普法"})
    before = make(FORMS.get("nm-proj"), {"stage": "批复", "projects": [{"name": "普法", "indicators": rows}]})
    (document,) = Carrier(context.levels, context.grammar).carry(
        before, FORMS.get("mof-self"), stage="自评", year=2025
    )
    report = put(put(document.document, "indicators[1].weight", "54"), "indicators[2].weight", "36")
    assert across(checker, context, report, 批复=before) == []


def test_a_list_of_projects_is_compared_project_by_project(checker: Checker, context: Context) -> None:
    rows = [{"name": "办结数", "operator": "≥", "value": "3", "unit": "件", "weight": "90"}]
    projects = [{"name": name, "indicators": rows} for name in ("甲", "乙")]
    before = make(FORMS.get("sc-proj"), {"stage": "申报", "projects": projects})
    after = make(FORMS.get("sc-proj"), {"stage": "批复", "projects": projects})
    put(after, "projects[2].indicators[1].value", "2")
    finding = only(across(checker, context, after, 申报=before), "XF-01")
    assert finding_json(finding, after)["places"] == [
        "projects[2].indicators[1].value",
        "申报#projects[2].indicators[1].value",
    ]


def test_a_declaration_given_with_its_approval_is_told_what_was_changed(
    checker: Checker, context: Context
) -> None:
    declared = put(approved(stage="申报"), "indicators[2].value", "≥98%")
    finding = only(across(checker, context, declared, 批复=approved()), "XF-01")
    assert "与批复表的指标不一致1处" in finding.message


def test_files_given_together_are_compared_where_one_comes_from_the_other(
    checker: Checker, context: Context
) -> None:
    documents = {"批复": approved(), "自评": put(report(context), "indicators[1].value", "≥285件")}
    found = checker.judge_all(documents, context)
    assert [one.check for one in found["自评"] if one.check.startswith("XF")] == ["XF-02"]
    assert [one.check for one in found["批复"] if one.check.startswith("XF")] == []


def test_a_check_between_documents_can_be_softened_or_switched_off_by_the_bureau(
    checker: Checker, context: Context
) -> None:
    document = put(report(context), "indicators[1].value", "≥285件")
    soft = replace(context, settings=Settings(kit={"severity": {"XF-02": "hint"}}))
    off = replace(context, settings=Settings(kit={"off": ["XF-02"]}))
    assert only(across(checker, soft, document, 批复=approved()), "XF-02").severity == "hint"
    assert across(checker, off, document, 批复=approved()) == []


def test_a_form_that_knows_nothing_of_the_other_is_not_compared(checker: Checker, context: Context) -> None:
    empty = make(FORMS.get("hb-dept"), {"stage": "批复"})
    other = make(FORMS.get("gz-decl"), {})
    document = report(context)
    assert across(checker, context, document, 批复=empty, 别的=other) == []


def counterparts(context: Context) -> list[tuple[Counterpart, ...]]:
    """Sets of counterparts of a self-evaluation: none, as it should be, odd ones."""
    monitored = make(
        FORMS.get("mof-monitor"),
        {
            "project_name": "普法",
            "spent_fiscal": "20",
            "indicators": [{"name": "法律援助案件办结率", "value": "12个", "progress": "60件"}],
        },
    )
    odd = make(
        FORMS.get("sc-dept"), {"stage": "批复", "year": "2024", "indicators": [{"name": "培训次数"}] * 2}
    )
    odd.set_text(field_place("year"), "")
    adjusted = report(context, stage="调整", form="adjust")
    return [
        (),
        (Counterpart("approved", approved(), "批复"),),
        (Counterpart("approved", approved(), "批复"), Counterpart("adjusted", adjusted, "调整")),
        (Counterpart("approved", odd, "怪"), Counterpart("monitored", monitored, "监控")),
        (Counterpart("last-year", report(context), "上年"),),
    ]


@given(data=st.data())
def test_edits_and_other_counterparts_say_what_judging_afresh_says(
    checker: Checker, context: Context, data: st.DataObject
) -> None:
    document = report(context)
    known = counterparts(context)
    engine = checker.open(document, context)
    for _ in range(data.draw(st.integers(1, 8))):
        if data.draw(st.booleans()):
            engine.with_context(context.with_counterparts(data.draw(st.sampled_from(known))))
        step = Step(data.draw(edits(document)))
        step.apply(document)
        engine.edited(step.edits)
        assert engine.findings() == checker.judge(document.copy(), engine.context)


def test_typing_a_target_back_takes_the_finding_away(checker: Checker, context: Context) -> None:
    document = report(context)
    engine = checker.open(document, context.with_counterparts((Counterpart("approved", approved(), "批复"),)))
    place = document.place("indicators[1].value")
    for text, expected in (("≥285件", ["XF-02"]), ("≥300件", [])):
        edit = text_edit(document, place, text)
        edit.apply(document)
        engine.edited([edit])
        assert [one.check for one in engine.findings() if one.check.startswith("XF")] == expected
    assert isinstance(place, Place)


def test_a_unit_put_right_after_the_approval_is_no_change_and_another_one_is(
    checker: Checker, context: Context
) -> None:
    rows = [{"name": "办结案件数", "value": "≥300案件数"}, {"name": "受训人数", "value": "≥300人"}]
    before = approved(indicators=rows)
    document = put(report(context, before), "indicators[1].value", "≥300件")
    assert across(checker, context, document, 批复=before) == []
    put(document, "indicators[2].value", "≥300人次")
    assert only(across(checker, context, document, 批复=before), "XF-02").places[0].row == "in2"


def test_another_figure_in_the_goal_is_told_and_other_words_are_not(
    checker: Checker, context: Context
) -> None:
    before = approved(goal="1.办结案件300件；2.调解成功率95%。")
    document = put(report(context, before), "goal", "调解成功率95%，办结案件1,300件。")
    finding = only(across(checker, context, document, 批复=before), "XF-02")
    assert (finding.severity, finding.places) == ("warning", (field_place("goal"),))
    put(document, "goal", "（一）办结案件三百件以上，即300件；（二）调解成功率达到95%。")
    assert across(checker, context, document, 批复=before) == []


@pytest.mark.parametrize(
    "relation", ["approved", "declared", "adjusted", "monitored", "last-year", "together"]
)
@given(data=st.data())
def test_no_counterpart_is_too_odd_to_compare_with(
    relation: str, checker: Checker, context: Context, data: st.DataObject
) -> None:
    names = ["/".join(one) for one in FORMS.names()]
    own, other = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
    document, strange = (
        sample(name, data.draw(st.sampled_from((*LATER, "自评", "")))) for name in (own, other)
    )
    for _ in range(data.draw(st.integers(0, 5))):
        Step(data.draw(edits(strange))).apply(strange)
    rows = [row.id for path in strange.form.tables for row in strange.rows(path)]
    project = data.draw(st.sampled_from(["", "weg", *rows]))
    odd = context.with_counterparts(
        (Counterpart("approved", approved(), "批复"), Counterpart(relation, strange, "怪", project))[
            data.draw(st.integers(0, 1)) :
        ]
    )
    engine = checker.open(document, odd)
    step = Step(data.draw(edits(document)))
    step.apply(document)
    engine.edited(step.edits)
    assert engine.findings() == checker.judge(document.copy(), odd)


def test_what_was_published_is_compared_with_the_approval_it_was_made_of(
    checker: Checker, context: Context
) -> None:
    public = replace(context, settings=Settings(kit={"published": True}))
    copy = put(approved().copy(id="00000000000000ff"), "year_fiscal", "50")
    copy.move_row("indicators", "", 0, 2)
    assert across(checker, public, copy, 批复=approved()) == []
    put(copy, "indicators[3].value", "≥200件")
    finding = only(across(checker, public, copy, 批复=approved()), "XF-08")
    assert finding_json(finding, copy)["places"] == ["indicators[3].value", "批复#indicators[1].value"]
    assert across(checker, context, copy, 批复=approved()) == []
