"""What the checks say about two declarations as published (figures and indicator names; the prose is ours).

Truth: the rule book's list of what is really wrong in them and of what must stay silent.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from core.check.checker import Checker
from core.check.context import Context
from core.check.finding import Finding, Severity
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.places import field_place


def published(name: str, project: Path, forms: FormLibrary) -> Document:
    return read_document((project / "tests/fixtures/published" / f"{name}.json").read_bytes(), forms)


def by_severity(findings: list[Finding], severity: Severity) -> set[str]:
    return {one.check for one in findings if one.severity is severity}


def test_huadu_2024_has_no_error(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    findings = checker.judge(published("huadu-2024", project, forms), context)
    assert by_severity(findings, Severity.ERROR) == set()
    assert by_severity(findings, Severity.WARNING) == {"IV-15", "IX-08"}
    assert by_severity(findings, Severity.HINT) == {"IV-18", "IX-05"}


def test_yuexiu_2025_lacks_one_unit_and_its_costs(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    findings = checker.judge(published("yuexiu-2025", project, forms), context)
    assert by_severity(findings, Severity.ERROR) == {"IV-12"}
    assert by_severity(findings, Severity.WARNING) == {"IX-07", "IX-09", "IX-10"}
    assert by_severity(findings, Severity.HINT) == {"IV-18", "IX-05"}


@pytest.mark.parametrize("name", ["huadu-2024", "yuexiu-2025"])
def test_a_published_form_without_a_year_is_asked_for_it(
    name: str, checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    document = published(name, project, forms)
    document.set_text(field_place("year"), "")
    said = [one.message for one in checker.judge(document, context) if one.check == "DT-01"]
    assert said == ["还没有填写“预算年度”，请填四位年份，如2025。"]


def test_a_mistyped_amount_is_told_with_both_sums_and_the_difference(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    document = published("huadu-2024", project, forms)
    document.set_text(field_place("project_expense"), "1,126.62")
    errors = [one for one in checker.judge(document, context) if one.severity is Severity.ERROR]
    assert [one.message for one in errors] == [
        "支出合计5,100.61万元与收入合计5,136.61万元差36.00万元，请核对两边各项金额。",
        "按预算级次划分的合计5,136.61万元与支出合计5,100.61万元差36.00万元，请核对区本级使用资金和拟用于对下转移支付资金。",
    ]
    assert not any(one.waiting or one.missing for one in errors)


def test_task_funds_above_the_project_expense_alone_are_right(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    document = published("yuexiu-2025", project, forms)
    assert sum(float(row.cells["funds"]) for row in document.rows("tasks")) > 667.06
    assert "AM-07" not in {one.check for one in checker.judge(document, context)}


@pytest.mark.parametrize("name", ["gz-decl/2024", "gz-decl/2025"])
def test_the_sample_that_ships_with_a_form_has_no_error(
    name: str, checker: Checker, context: Context, resources: Path, forms: FormLibrary
) -> None:
    document = read_document((resources / "forms" / name / "sample.json").read_bytes(), forms)
    findings = checker.judge(document, context)
    assert [one.message for one in findings if one.severity is Severity.ERROR] == []
