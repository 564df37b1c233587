"""How a form, a kit and a person shape the checks, and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.check.catalogue import Catalogue
from core.check.checker import Checker
from core.check.context import Context
from core.check.rule import DocumentRule
from core.check.settings import Settings
from core.sheet.definition import CheckTie, Form
from core.sheet.edits import text_edit
from core.sheet.errors import RefusedError
from core.sheet.messages import Messages
from core.sheet.places import field_place
from tests.core.check.making import make

OWN = CheckTie(
    id="GZ-1",
    expect="basic <= 100",
    mark=("basic",),
    params={"a": "basic", "share": "basic / 1000"},
    say="{where}是{a}{unit}，占{share%}%，本区规定不超过100万元。",
    severity="warning",
    source="本区预算编制通知",
)


def tied(form: Form, *ties: CheckTie, **settings: Any) -> Form:
    """Give the form with other ties and settings, as if another file."""
    return replace(form, checks=ties, settings=settings, digest=repr((ties, settings)))


def checks_said(checker: Checker, context: Context, form: Form, body: dict[str, Any]) -> set[str]:
    return {one.check for one in checker.judge(make(form, body), context)}


def refusal(checker: Checker, form: Form, settings: Settings | None = None) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        checker.binding(form, settings or Settings())
    return caught.value


def test_a_form_may_bring_a_check_of_its_own(checker: Checker, context: Context, practice: Form) -> None:
    findings = checker.judge(make(tied(practice, OWN), {"basic": "123.4"}), context)
    (own,) = [one for one in findings if one.check == "GZ-1"]
    assert own.message == "“基本支出”是123.40万元，占12.34%，本区规定不超过100万元。"
    assert (own.severity, own.source) == ("warning", "本区预算编制通知")


def test_a_tie_of_a_row_is_judged_row_by_row(checker: Checker, context: Context, practice: Form) -> None:
    tie = replace(OWN, expect="funds <= basic", mark=("tasks.funds",), params={}, say="{where}超过基本支出。")
    form = tied(practice, tie)
    body = {"basic": "10", "tasks": [{"funds": "5"}, {"funds": "15"}, {"funds": "25"}]}
    document = make(form, body)
    engine = checker.open(document, context)

    def said() -> list[str]:
        return [one.message for one in engine.findings() if one.check == "GZ-1"]

    assert said() == ["重点任务第2行“任务资金”超过基本支出。", "重点任务第3行“任务资金”超过基本支出。"]
    edit = text_edit(document, field_place("basic"), "20")
    edit.apply(document)
    engine.edited([edit])
    assert said() == ["重点任务第3行“任务资金”超过基本支出。"]


def test_a_condition_keeps_a_tie_silent(checker: Checker, context: Context, practice: Form) -> None:
    form = tied(practice, replace(OWN, when="filled(part)"))
    assert "GZ-1" not in checks_said(checker, context, form, {"basic": "200"})
    assert "GZ-1" in checks_said(checker, context, form, {"basic": "200", "part": "1"})


def test_a_mistake_left_to_another_check_is_told_once(
    checker: Checker, context: Context, gz_decl: Form
) -> None:
    agreed = {"fiscal_income": "90.00", "other_income": "10.00", "own_level": "100.00", "transfer": "0"}
    expenses = {
        "basic_expense": "60.00",
        "project_expense": "47.00",
        "special_funds": "0",
        "other_expense": "0",
    }
    document = make(gz_decl, {**expenses, **agreed})
    engine = checker.open(document, context)

    def type_into(name: str, text: str) -> set[str]:
        edit = text_edit(document, field_place(name), text)
        edit.apply(document)
        engine.edited([edit])
        return {one.check for one in engine.findings() if one.check in ("AM-01", "AM-02")}

    assert type_into("project_expense", "46.00") == {"AM-01"}
    assert type_into("other_income", "约10") == {"AM-02"}, "no figure, so nobody else speaks of it"
    assert type_into("other_income", "10.00") == {"AM-01"}
    assert type_into("transfer", "5.00") == {"AM-01", "AM-02"}
    assert type_into("project_expense", "40.00") == {"AM-02"}


def test_a_tie_to_an_unknown_check_is_refused_with_its_place(
    checker: Checker, practice: Form, messages: Messages
) -> None:
    error = refusal(checker, tied(practice, replace(OWN, id="AM-99", say="")))
    assert messages.of(error) == (
        "表样 practice/1 checks[1] 写了检查规则“AM-99”，规则目录里没有它，也没有写全 say、severity、source。"
    )


def test_a_tie_without_the_figures_of_its_sentence_is_refused(
    checker: Checker, practice: Form, messages: Messages
) -> None:
    error = refusal(checker, tied(practice, replace(OWN, id="AM-13", params={"a": "part"})))
    assert "缺少数字：b、d" in messages.of(error)


def test_a_tie_cannot_say_what_its_check_never_says(
    checker: Checker, practice: Form, messages: Messages
) -> None:
    error = refusal(checker, tied(practice, replace(OWN, case="expense")))
    assert "没有“expense”这种说法" in messages.of(error)


@pytest.mark.parametrize("say", ["{a.__class__}。", "{0}。", "{a:>999999999}。", "{。", "}。", "{A}。"])
def test_a_sentence_of_a_form_can_only_name_its_figures(
    say: str, checker: Checker, practice: Form, messages: Messages
) -> None:
    error = refusal(checker, tied(practice, replace(OWN, say=say)))
    assert error.code == "check.bad-sentence"
    assert messages.of(error)


def test_a_check_that_a_form_switches_off_is_silent(
    checker: Checker, context: Context, practice: Form
) -> None:
    form = tied(practice, off=["AM-11"])
    assert "AM-11" in checks_said(checker, context, practice, {"basic": "-1"})
    assert "AM-11" not in checks_said(checker, context, form, {"basic": "-1"})


def test_switching_a_check_off_leaves_its_required_places_required(
    checker: Checker, context: Context, practice: Form
) -> None:
    form = tied(practice, off=["AM-11"])
    findings = checker.judge(make(form, {"goal": "做好"}), context)
    assert [one.missing for one in findings if one.check == "AM-11"] == [True]


def test_a_kit_may_change_how_grave_a_check_is(checker: Checker, context: Context, practice: Form) -> None:
    kit = Settings(kit={"severity": {"AM-11": "warning"}})
    findings = checker.judge(make(practice, {"basic": "-1"}), replace(context, settings=kit))
    assert {one.severity.value for one in findings if one.check == "AM-11"} == {"warning"}


def test_a_kit_goes_before_the_form(checker: Checker, context: Context, practice: Form) -> None:
    form = tied(practice, largest_wan=10)
    assert "AM-09" in checks_said(checker, context, form, {"basic": "20"})
    wider = replace(context, settings=Settings(kit={"largest_wan": 100}))
    assert "AM-09" not in checks_said(checker, wider, form, {"basic": "20"})


def test_a_person_picks_among_what_is_offered(checker: Checker, practice: Form, messages: Messages) -> None:
    form = tied(practice, weight_total={"value": 90, "or": [100]})
    binding = checker.binding(form, Settings(chosen={"weight_total": 100}))
    assert binding.settings["weight_total"] == 100
    assert binding.offers == {"weight_total": (90, 100)}
    error = refusal(checker, form, Settings(chosen={"weight_total": 80}))
    assert messages.of(error) == "检查设置“weight_total”不能选“80”，可以选的有：90、100。"


def test_a_person_cannot_touch_what_is_not_offered(checker: Checker, practice: Form) -> None:
    assert refusal(checker, practice, Settings(chosen={"largest_wan": 1})).code == "check.not-offered"
    assert refusal(checker, practice, Settings(chosen={"off": ["AM-11"]})).code == "check.not-offered"


@pytest.mark.parametrize(
    "kit",
    [
        {"no_such_setting": 1},
        {"largest_wan": "many"},
        {"largest_wan": True},
        {"largest_wan": {"value": 1, "else": 2}},
        {"largest_wan": {"or": [1]}},
        {"off": "AM-11"},
        {"off": [1]},
        {"severity": {"AM-11": "deadly"}},
        {"severity": ["AM-11"]},
    ],
    ids=str,
)
def test_a_kit_that_makes_no_sense_is_refused_with_a_sentence(
    kit: dict[str, Any], checker: Checker, practice: Form, messages: Messages
) -> None:
    assert re.search(r"设置", messages.of(refusal(checker, practice, Settings(kit=kit))))


def test_the_catalogue_refuses_a_rule_without_a_record(resources: Path, messages: Messages) -> None:
    rule = DocumentRule("XX-01", lambda _scene: (), reads=("year",))
    with pytest.raises(ValueError, match="XX-01"):
        Catalogue(resources / "checks", messages, [rule])
