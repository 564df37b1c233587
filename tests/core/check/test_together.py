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
