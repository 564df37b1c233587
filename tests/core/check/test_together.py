"""Documents handed in together: compared once, told under the file that would have to change."""

from __future__ import annotations

from typing import Any

from core.check.checker import Checker
from core.check.context import Context, Counterpart
from core.check.finding import finding_json
from core.sheet.forms import FormLibrary
from tests.core.check.making import make


def department(forms: FormLibrary) -> Any:
    return make(forms.get("sc-dept"), {"project_fiscal": "2583000.00"})


def project(forms: FormLibrary, budget: str, **more: str) -> Any:
    return make(forms.get("cq-proj"), {"budget": budget, **more})


def test_a_sum_above_the_department_stands_once_under_the_department(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    documents = {
        "部门.json": department(forms),
        "甲.json": project(forms, "200"),
        "乙.json": project(forms, "100"),
    }
    found = checker.judge_all(documents, context)
    told = {file: [one for one in findings if one.check == "AM-12"] for file, findings in found.items()}
    assert {file: len(findings) for file, findings in told.items()} == {
        "部门.json": 1,
        "甲.json": 0,
        "乙.json": 0,
    }
    (finding,) = told["部门.json"]
    assert (
        finding.message
        == "各项目预算合计3000000.00元，超过部门项目支出2583000.00元，多出417000.00元，请核对。"
    )
    places = finding_json(finding, documents["部门.json"])["places"]
    assert places == ["project_total", "甲.json#budget", "乙.json#budget"]


def test_a_department_only_compared_with_is_told_under_the_project_handed_in(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    beside = context.with_counterparts((Counterpart("together", department(forms), "部门.json"),))
    found = checker.judge_all({"甲.json": project(forms, "300")}, beside)
    (finding,) = [one for one in found["甲.json"] if one.check == "AM-12"]
    assert finding.message == "各项目预算合计300.00万元，超过部门项目支出258.30万元，多出41.70万元，请核对。"
    assert finding.elsewhere == ("部门.json#project_total",)


def test_documents_of_another_unit_year_or_stage_are_not_added_up(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    for other in ({"year": "2024"}, {"unit_name": "另一单位"}, {"stage": "批复"}):
        documents = {"部门.json": department(forms), "甲.json": project(forms, "300", **other)}
        found = checker.judge_all(documents, context)
        assert "AM-12" not in {one.check for findings in found.values() for one in findings}


def test_findings_of_several_documents_stay_gravest_first(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    documents = {"部门.json": department(forms), "甲.json": project(forms, "300")}
    ranks = [one.severity.rank for one in checker.judge_all(documents, context)["部门.json"]]
    assert ranks == sorted(ranks)


def found(checker: Checker, context: Context, documents: dict[str, Any], check: str) -> dict[str, list[str]]:
    told = checker.judge_all(documents, context)
    return {file: [one.message for one in some if one.check == check] for file, some in told.items()}


def test_a_project_told_of_in_a_list_and_in_a_form_of_its_own_is_added_up_once(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    listed = make(forms.get("sc-proj"), {"projects": [{"name": "甲", "budget": "2583000.00"}]})
    documents = {
        "部门.json": department(forms),
        "汇总.json": listed,
        "甲.json": project(forms, "258.30", project_name="甲"),
    }
    assert found(checker, context, documents, "AM-12")["部门.json"] == []
    assert found(checker, context, documents, "XF-04")["汇总.json"] == []


def test_a_department_is_compared_with_the_units_right_below_it_only(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    def unit(code: str, amount: str) -> Any:
        return make(forms.get("mof-dept"), {"unit_code": code, "tasks": [{"name": "甲", "fiscal": amount}]})

    documents = {
        "135": unit("135", "10"),
        "135001": unit("135001", "4"),
        "135002": unit("135002", "6"),
        "135002001": unit("135002001", "1"),
        "135002002": unit("135002002", "6"),
    }
    told = found(checker, context, documents, "XF-04")
    assert {file: len(some) for file, some in told.items() if some} == {"135002": 1}
    assert "7.00万元，本表是6.00万元，差1.00万元" in told["135002"][0]


def test_a_task_may_have_projects_whose_name_only_contains_its_own(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    documents = {
        "部门.json": make(forms.get("gz-decl"), {"tasks": [{"name": "人民调解工作", "funds": "130.80"}]}),
        "甲.json": project(forms, "100.80", project_name="人民调解经费"),
        "乙.json": project(forms, "30.00", project_name="人民调解员补贴"),
    }
    assert found(checker, context, documents, "XF-05")["部门.json"] == []
    documents["乙.json"] = project(forms, "25.00", project_name="人民调解专项")
    assert "同一任务的2张项目表合计125.80万元" in found(checker, context, documents, "XF-05")["部门.json"][0]
