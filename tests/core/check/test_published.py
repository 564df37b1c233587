"""What the checks say about documents as published (figures and indicator names; the prose is ours).

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
from core.sheet.places import Place, field_place

SHIPPED = FormLibrary(Path(__file__).resolve().parents[3] / "resources/forms")


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
    assert by_severity(findings, Severity.HINT) == {"IV-18", "IX-05", "IX-13", "IX-15", "IX-18", "TX-09"}


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
        "支出合计5,100.61万元与收入合计5,136.61万元差36.00万元；按级次划分的合计与收入合计相同，多半是支出填错了，请先核对支出各项。",
    ]
    assert not any(one.waiting or one.missing for one in errors)


def test_task_funds_above_the_project_expense_alone_are_right(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    document = published("yuexiu-2025", project, forms)
    assert sum(float(row.cells["funds"]) for row in document.rows("tasks")) > 667.06
    assert "AM-07" not in {one.check for one in checker.judge(document, context)}


@pytest.mark.parametrize("name", sorted("/".join(one) for one in SHIPPED.names()))
def test_the_sample_that_ships_with_a_form_has_no_error(
    name: str, checker: Checker, context: Context, resources: Path, forms: FormLibrary
) -> None:
    document = read_document((resources / "forms" / name / "sample.json").read_bytes(), forms)
    findings = checker.judge(document, context)
    assert [one.message for one in findings if one.severity is Severity.ERROR] == []


def judged(
    checker: Checker, context: Context, project: Path, forms: FormLibrary, *names: str
) -> dict[str, list[Finding]]:
    documents = {name: published(name, project, forms) for name in names}
    return checker.judge_all(documents, context)


def of_family(findings: list[Finding], *families: str) -> list[str]:
    return [one.check for one in findings if one.check.startswith(families)]


def test_dazhu_2024_weighs_ninety_and_is_asked_about_its_split(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    findings = judged(checker, context, project, forms, "dazhu-2024")["dazhu-2024"]
    assert by_severity(findings, Severity.ERROR) == set()
    assert of_family(findings, "AM", "PL", "WT", "SE") == ["WT-02"]
    (split,) = [one for one in findings if one.check == "WT-02"]
    assert "产出60、效益28、满意度2，通常是产出50、效益30、满意度10" in split.message


def test_dazhu_2024_with_a_weight_mistyped_is_asked_whether_a_hundred_is_meant(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    document = published("dazhu-2024", project, forms)
    document.set_text(Place("indicators", document.rows("indicators")[0].id, "weight"), "15")
    found = {one.check: one for one in checker.judge(document, context)}
    assert found["WT-01"].severity is Severity.WARNING
    assert "权重合计100分，本表按90分检查" in found["WT-01"].message
    assert "WT-02" not in found


BEIDAIHE = ("flc6", "qfv8", "d7u5", "ry3p", "gh9h")


def test_only_one_plan_of_beidaihe_2020_is_asked_about(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    names = [f"beidaihe-2020-{code}" for code in BEIDAIHE]
    found = judged(checker, context, project, forms, "beidaihe-2020-dept", *names)
    told = {name: of_family(found[name], "AM", "PL", "WT", "SE") for name in names}
    assert told == {name: ["PL-04"] if name.endswith("d7u5") else [] for name in names}
    (together,) = [one for one in found["beidaihe-2020-dept"] if one.check == "AM-12"]
    assert together.message.startswith("5个项目预算合计21.05万元")
    assert together.elsewhere == tuple(f"{name}#budget" for name in names)


def test_tianhe_2022_is_right_in_its_figures_and_vague_in_two_rows(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    findings = judged(checker, context, project, forms, "tianhe-2022")["tianhe-2022"]
    assert by_severity(findings, Severity.ERROR) == set()
    assert of_family(findings, "AM", "PL", "WT", "SE") == ["SE-16", "SE-16"]
    document = published("tianhe-2022", project, forms)
    assert [document.counted(one.places[0]) for one in findings if one.check == "SE-16"] == [
        "tasks[1].key_indicators[2].result",
        "tasks[4].key_indicators[4].result",
    ]


@pytest.mark.parametrize(
    ("field", "text", "check"),
    [
        ("completion_rate", "97.09%", "SE-02"),
        ("adjustment", "172.43", "SE-03"),
        ("adjustment_rate", "-2.82%", "SE-04"),
        ("spent", "1000", "AM-07"),
        ("problems", "人员不足，任务繁重。", "SE-14"),
        ("key_projects", "调解案件共1143件，调解成功1134件，成功率达98.21%。", "SE-21"),
    ],
)
def test_tianhe_2022_with_one_mistake_is_told_of_it(
    field: str, text: str, check: str, checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    document = published("tianhe-2022", project, forms)
    assert check not in {one.check for one in checker.judge(document, context)}
    document.set_text(field_place(field), text)
    assert check in {one.check for one in checker.judge(document, context)}
