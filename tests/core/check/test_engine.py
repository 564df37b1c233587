"""The engine follows edits, and what it says is always what judging afresh would say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.check.checker import Checker
from core.check.context import Context, Counterpart
from core.check.engine import Engine
from core.check.finding import Finding
from core.check.settings import Settings
from core.sheet.definition import Form
from core.sheet.document import ROOT, Document, Row, blank_document, new_row_id
from core.sheet.edits import AddRow, MoveRow, Step, remove_row_edits, text_edit
from core.sheet.forms import FormLibrary
from core.sheet.places import Place, field_place
from tests.core.check.making import make
from tests.core.check.typing_away import do, edits, type_in

SHIPPED = Path(__file__).resolve().parents[3] / "resources/forms"
FORMS = ("practice", *("/".join(name) for name in FormLibrary(SHIPPED).names()))


def form_named(name: str, practice: Form, forms: FormLibrary) -> Form:
    form, _, edition = name.partition("/")
    return practice if form == "practice" else forms.get(form, edition)


def said(engine: Engine, check: str) -> list[str]:
    return [one.message for one in engine.findings() if one.check == check]


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
def test_following_edits_says_exactly_what_judging_afresh_says(
    name: str, practice: Form, forms: FormLibrary, checker: Checker, context: Context, data: st.DataObject
) -> None:
    form = form_named(name, practice, forms)
    document = blank_document(form, year=2025, unit_name="练习单位")
    engine = checker.open(document, context)
    shown = engine.findings()
    for _ in range(data.draw(st.integers(1, 14))):
        step = Step(data.draw(edits(document)))
        step.apply(document)
        change = engine.edited(step.edits)
        now = engine.findings()
        assert now == checker.judge(document.copy(), context)
        if not change.renumbered:
            kept = list(shown)
            for finding in change.went:
                kept.remove(finding)
            assert sorted(map(repr, (*kept, *change.came))) == sorted(map(repr, now))
        shown = now


@given(data=st.data())
def test_a_change_of_context_among_edits_is_like_judging_afresh_in_it(
    practice: Form, checker: Checker, context: Context, data: st.DataObject
) -> None:
    last = make(practice, {"basic": "0.01", "part": "100", "tasks": [{"name": "单个造价", "funds": "12"}]})
    contexts = (
        context,
        context.with_counterparts((Counterpart("last-year", last),)),
        replace(context, settings=Settings(kit={"off": ["AM-11"], "largest_wan": 50})),
        replace(context, library=None),
    )
    document = make(practice, {"basic": "100", "tasks": [{"name": "单个造价", "funds": "60"}]})
    engine = checker.open(document, context)
    for _ in range(data.draw(st.integers(1, 8))):
        shown = engine.findings()
        change = engine.with_context(data.draw(st.sampled_from(contexts)))
        now = engine.findings()
        assert now == checker.judge(document.copy(), engine.context)
        assert {*shown} - {*change.went} | {*change.came} == {*now}
        step = Step(data.draw(edits(document)))
        step.apply(document)
        engine.edited(step.edits)
        assert engine.findings() == checker.judge(document.copy(), engine.context)


@given(data=st.data())
def test_taking_everything_back_says_what_was_said_before(
    practice: Form, checker: Checker, context: Context, data: st.DataObject
) -> None:
    document = blank_document(practice, year=2025, unit_name="练习单位")
    engine = checker.open(document, context)
    before = engine.findings()
    done: list[Step] = []
    for _ in range(data.draw(st.integers(1, 8))):
        step = Step(data.draw(edits(document)))
        step.apply(document)
        engine.edited(step.edits)
        done.append(step)
    for step in reversed(done):
        step.inverse().apply(document)
        engine.edited(step.inverse().edits)
    assert engine.findings() == before


def test_a_blank_form_only_says_what_is_missing(
    forms: FormLibrary, practice: Form, checker: Checker, context: Context
) -> None:
    for form in (practice, *forms.all()):
        findings = checker.judge(blank_document(form), context)
        assert [one.message for one in findings if not one.missing] == []
        assert findings


def test_a_finding_names_row_and_field_as_printed_and_the_way_out(
    checker: Checker, context: Context, gz_decl: Form
) -> None:
    tasks = [{"name": "普法"}, {"name": "调解"}, {"name": "援助", "funds": "三十万"}]
    engine = checker.open(make(gz_decl, {"tasks": tasks}), context)
    assert "年度重点工作任务第3行“拟投入的资金”填的“三十万”不是数字，请只写数字，如1234.56。" in said(
        engine, "AM-11"
    )


def test_a_message_counts_rows_as_they_stand_now(checker: Checker, context: Context, practice: Form) -> None:
    engine = checker.open(make(practice, {"basic": "1", "tasks": [{"name": "普法"}]}), context)
    assert said(engine, "AM-11") == ["重点任务第1行“任务资金”不能为空，请填写金额，没有就填0。"]
    do(engine, AddRow("tasks", ROOT, 0, Row("new", {"name": "新任务", "funds": "1"})))
    assert said(engine, "AM-11") == ["重点任务第2行“任务资金”不能为空，请填写金额，没有就填0。"]
    do(engine, MoveRow("tasks", ROOT, 1, 0))
    assert said(engine, "AM-11") == ["重点任务第1行“任务资金”不能为空，请填写金额，没有就填0。"]


def test_a_change_tells_what_came_and_what_went(checker: Checker, context: Context, practice: Form) -> None:
    engine = checker.open(make(practice, {"basic": "1", "tasks": [{"name": "普法"}]}), context)
    edit = text_edit(engine.document, Place("tasks", "ta1", "funds"), "-3")
    edit.apply(engine.document)
    change = engine.edited([edit])
    assert [one.message for one in change.went] == [
        "重点任务第1行“任务资金”不能为空，请填写金额，没有就填0。"
    ]
    assert [one.message for one in change.came] == [
        "重点任务第1行“任务资金”填了负数-3，这一栏不能是负数，请核对。"
    ]


def test_a_change_tells_which_computed_figures_changed(
    checker: Checker, context: Context, gz_decl: Form
) -> None:
    engine = checker.open(make(gz_decl, {}), context)
    edit = text_edit(engine.document, field_place("basic_expense"), "12")
    edit.apply(engine.document)
    assert field_place("expense_total") in engine.edited([edit]).computed


def test_a_sum_waits_while_a_required_amount_is_blank(
    checker: Checker, context: Context, gz_decl: Form
) -> None:
    engine = checker.open(make(gz_decl, {"basic_expense": "100", "fiscal_income": "50"}), context)

    def waiting() -> list[bool]:
        return [one.waiting for one in engine.findings() if one.check == "AM-01"]

    assert waiting() == [True]
    for name in ("project_expense", "special_funds", "other_expense", "other_income"):
        assert waiting() == [True]
        type_in(engine, field_place(name), "0")
    assert waiting() == [False]


def test_a_total_over_a_table_waits_until_its_rows_are_complete(
    checker: Checker, context: Context, gz_decl: Form
) -> None:
    fields = {"project_expense": "1", "special_funds": "0", "other_expense": "0"}
    engine = checker.open(make(gz_decl, {**fields, "tasks": [{"funds": "5"}, {"name": "调解"}]}), context)

    def waiting() -> list[bool]:
        return [one.waiting for one in engine.findings() if one.check == "AM-07"]

    assert waiting() == [True]
    type_in(engine, Place("tasks", "ta2", "funds"), "0")
    assert waiting() == [False]
    do(engine, AddRow("tasks", ROOT, 0, Row("new", {"name": "又一项"})))
    assert waiting() == [True]
    do(engine, *remove_row_edits(engine.document, "tasks", "new"))
    assert waiting() == [False]


def test_an_amount_that_typing_on_may_mend_is_unfinished(
    checker: Checker, context: Context, practice: Form
) -> None:
    engine = checker.open(make(practice, {}), context)

    def unfinished(text: str) -> list[bool]:
        type_in(engine, field_place("basic"), text)
        return [one.unfinished for one in engine.findings() if one.places == (field_place("basic"),)]

    assert unfinished("12.") == [True]
    assert unfinished("12.5") == []
    assert unfinished("12a") == [False]


def test_a_row_of_level_names_only_is_not_asked_for_anything(
    checker: Checker, context: Context, practice: Form
) -> None:
    engine = checker.open(make(practice, {"row": {"level1": "产出指标", "level2": "数量指标"}}), context)
    assert [one for one in engine.findings() if one.places[0].table] == []


def test_a_row_counts_as_filled_when_a_row_inside_it_is(
    checker: Checker, context: Context, practice: Form
) -> None:
    engine = checker.open(make(practice, {"goal": "做好", "tasks": [{"steps": [{}]}]}), context)
    assert said(engine, "TX-01") == []
    type_in(engine, Place("tasks.steps", "ta1st1", "cost"), "3")
    assert said(engine, "TX-01") == [
        "重点任务第1行“任务名称”还没有填写，请补上。",
        "重点任务第1行措施第1行“措施内容”还没有填写，请补上。",
    ]
    type_in(engine, Place("tasks.steps", "ta1st1", "cost"), "")
    assert said(engine, "TX-01") == []


def test_a_typed_figure_where_the_form_computes_one_is_told_by_the_check_that_reads_it(
    checker: Checker, context: Context, gz_decl: Form
) -> None:
    document = make(gz_decl, {"basic_expense": "100", "fiscal_income": "100", "expense_total": "99"})
    found = next(
        one for one in checker.judge(document, context) if one.places == (field_place("expense_total"),)
    )
    assert (found.check, found.severity) == ("AM-01", "error")
    assert found.message == "“支出合计”填的是99，按各项算出来是100.00，请核对各项，或改用算出来的数。"
    assert found.fix is not None
    for edit in found.fix.edits:
        edit.apply(document)
    assert document.text(field_place("expense_total")) == ""


def test_findings_stand_in_sheet_order_errors_first(
    checker: Checker, context: Context, practice: Form
) -> None:
    body = {
        "goal": "做好",
        "basic": "12.345",
        "tasks": [{"name": "甲", "funds": "-1"}, {"name": "乙", "funds": "x"}],
    }
    findings = checker.judge(make(practice, body), context)
    assert [one.severity.rank for one in findings] == sorted(one.severity.rank for one in findings)
    errors = [one.places[0] for one in findings if one.check == "AM-11"]
    assert errors == [Place("tasks", "ta1", "funds"), Place("tasks", "ta2", "funds")]


def test_a_row_that_loses_its_last_text_is_empty_again(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    document = blank_document(forms.get("sc-dept", "2024"), year=2025, unit_name="石桥镇人民政府")
    for index, name in enumerate(("办结案件数", "")):
        row = Row(new_row_id(), {"name": name} if name else {"level2": "数量指标", "unit": "%"})
        document.insert_row("indicators", "", index, row)
    engine = checker.open(document, context)
    assert said(engine, "IX-13") == []
    unit = Place("indicators", document.rows("indicators")[1].id, "unit")
    for text in ("件", ""):
        type_in(engine, unit, text)
    assert len(said(engine, "IX-13")) == 1


def test_a_project_named_again_is_held_against_the_indicators_of_now(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    document = blank_document(forms.get("cq-proj", "2023"), year=2025, unit_name="石桥镇人民政府")
    document.insert_row("indicators", "", 0, Row(new_row_id(), {"name": "整治村庄数"}))
    engine, name = (
        checker.open(document, context),
        Place("indicators", document.rows("indicators")[0].id, "name"),
    )
    project = field_place("project_name")
    type_in(engine, project, "村庄整治")
    assert said(engine, "IX-15") == []
    type_in(engine, project, "")
    type_in(engine, name, "普法讲座场次")
    type_in(engine, project, "村庄整治")
    assert len(said(engine, "IX-15")) == 1


def test_a_target_where_there_was_none_is_held_against_the_goal_of_now(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    document = blank_document(forms.get("tr", "2021"), year=2025, unit_name="石桥镇人民政府")
    row = Row(new_row_id(), {"name": "办结法律援助案件数", "value": "≥300件"})
    document.insert_row("indicators", "", 0, row)
    engine, value = checker.open(document, context), Place("indicators", row.id, "value")
    type_in(engine, field_place("goal"), "整治村庄10个。")
    type_in(engine, value, "≤200元/件")
    type_in(engine, field_place("goal"), "办结法律援助案件320件。")
    type_in(engine, value, "≥300件")
    assert len(said(engine, "IX-16")) == 1


def test_another_counterpart_only_changes_what_compares_with_it(
    checker: Checker, context: Context, practice: Form
) -> None:
    engine = checker.open(make(practice, {"basic": "500"}), context)
    last = make(practice, {"basic": "5"})
    change = engine.with_context(context.with_counterparts((Counterpart("last-year", last),)))
    assert [one.check for one in change.came] == ["AM-09"]
    assert not change.went
    assert engine.findings() == checker.judge(engine.document, engine.context)
    back = engine.with_context(context)
    assert back.went == change.came
    assert engine.findings() == checker.judge(engine.document, context)


def test_other_settings_judge_everything_anew(checker: Checker, context: Context, practice: Form) -> None:
    engine = checker.open(make(practice, {"basic": "5000"}), context)
    kit = Settings(kit={"largest_wan": 1000})
    change = engine.with_context(replace(context, settings=kit))
    assert [one.check for one in change.came] == ["AM-09"]
    assert engine.findings() == checker.judge(engine.document, engine.context)


def test_edits_after_a_change_of_context_are_judged_in_the_new_one(
    checker: Checker, context: Context, practice: Form
) -> None:
    engine = checker.open(make(practice, {"basic": "5"}), context)
    engine.with_context(
        context.with_counterparts((Counterpart("last-year", make(practice, {"basic": "5"})),))
    )
    type_in(engine, field_place("basic"), "500")
    assert len(said(engine, "AM-09")) == 1


def test_several_documents_are_judged_by_file(checker: Checker, context: Context, practice: Form) -> None:
    documents: dict[str, Document] = {
        "甲.json": make(practice, {"basic": "-1"}),
        "乙.json": make(practice, {"basic": "1"}),
    }
    found = checker.judge_all(documents, context)
    negative: dict[str, list[Finding]] = {
        file: [one for one in findings if one.check == "AM-11"] for file, findings in found.items()
    }
    assert {file: len(findings) for file, findings in negative.items()} == {"甲.json": 1, "乙.json": 0}


def test_rows_inside_a_row_are_judged_for_each_such_row_by_themselves(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    output = {"level1": "产出指标", "level2": "数量指标", "name": "养护里程", "operator": "≥", "value": "26"}
    body = {
        "projects": [
            {"name": "养护", "budget": "1", "indicators": [{**output, "unit": "公里"}]},
            {"name": "绿化", "budget": "2", "indicators": [{**output, "unit": "公里"}]},
        ]
    }
    engine = checker.open(make(forms.get("sc-proj"), body), context)
    assert said(engine, "IX-06") == []
    assert said(engine, "IX-08") == [
        "项目第1行绩效指标缺少质量指标、时效指标、效益指标、满意度指标，请补上。",
        "项目第2行绩效指标缺少质量指标、时效指标、效益指标、满意度指标，请补上。",
    ]
    copy = Row("in3", dict(engine.document.rows("projects.indicators", "pr2")[0].cells))
    do(engine, AddRow("projects.indicators", "pr2", 1, copy))
    assert said(engine, "IX-06") == ["项目第2行绩效指标第1、2行的指标名称重复，请合并，或改成不同的名称。"]
    do(engine, *remove_row_edits(engine.document, "projects", "pr1"))
    assert said(engine, "IX-06") == ["项目第1行绩效指标第1、2行的指标名称重复，请合并，或改成不同的名称。"]
    assert len(said(engine, "IX-08")) == 1


def test_a_row_that_a_template_left_is_asked_for_its_value_once_it_has_a_name(
    practice: Form, checker: Checker, context: Context
) -> None:
    document = make(practice, {"row": {"name": "指标2："}})
    engine = checker.open(document, context)
    (row,) = document.rows("indicators")
    assert said(engine, "IV-01") == []
    type_in(engine, Place("indicators", row.id, "name"), "办结案件数")
    assert len(said(engine, "IV-01")) == 1
    type_in(engine, Place("indicators", row.id, "name"), "……")
    assert said(engine, "IV-01") == []
