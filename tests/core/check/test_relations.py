"""Which other document a document is compared with: never another project's, never by a guess nobody sees."""

from __future__ import annotations

from typing import Any

from core.check.beside.relations import Relatives, relate
from core.sheet.document import Document, Origin
from core.sheet.forms import FormLibrary
from core.sheet.places import field_place
from tests.core.check.making import make


def found(document: Document, others: dict[str, Document], *, named: bool = False) -> dict[str, Any]:
    return {one.relation: one.file for one in relate(document, others, named=named)}


def project(forms: FormLibrary, form: str = "mof-proj", name: str = "普法", **more: Any) -> Document:
    return make(forms.get(form), {"project_name": name, **more})


def test_the_approval_of_the_unit_year_and_project_is_found_for_its_self_evaluation(
    forms: FormLibrary,
) -> None:
    others = {
        "去年批复": project(forms, stage="批复", year="2024"),
        "另一项目": project(forms, stage="批复", name="调解"),
        "另一单位": project(forms, stage="批复", unit_name="另一单位"),
        "申报": project(forms, stage="申报"),
        "批复": project(forms, stage="批复"),
        "监控": project(forms, "mof-monitor"),
        "调整": project(forms, "adjust"),
    }
    assert found(project(forms, "mof-self"), others) == {
        "approved": "批复",
        "declared": "申报",
        "monitored": "监控",
        "adjusted": "调整",
    }


def test_a_document_carried_from_the_approval_is_compared_with_it_whatever_unit_and_year_say(
    forms: FormLibrary,
) -> None:
    approved = project(forms, stage="批复")
    other = project(forms, stage="批复", year="2023", unit_name="另一单位")
    report = project(forms, "mof-self", year="2023", unit_name="另一单位")
    report.origin = Origin(approved.id, "0" * 64)
    assert found(report, {"批复": approved, "后来的": other}) == {"approved": "批复"}


def test_an_approval_a_person_names_is_compared_although_the_project_code_was_typed_wrong(
    forms: FormLibrary,
) -> None:
    declared = {"申报": project(forms, "hb-proj", project_code="A1", stage="申报")}
    mistyped = project(forms, "hb-proj", project_code="A2", stage="批复")
    assert found(mistyped, declared) == {}
    assert found(mistyped, declared, named=True) == {"declared": "申报"}


def test_of_two_projects_of_one_name_the_one_with_the_code_counts_and_else_the_latest(
    forms: FormLibrary,
) -> None:
    others = {
        "甲": make(forms.get("hb-proj"), {"project_name": "普法", "project_code": "A1", "stage": "申报"}),
        "乙": make(forms.get("hb-proj"), {"project_name": "普法", "project_code": "A2", "stage": "申报"}),
    }
    coded = make(forms.get("hb-proj"), {"project_name": "普法", "project_code": "A1", "stage": "批复"})
    bare = make(forms.get("hb-proj"), {"project_name": "普法", "stage": "批复"})
    assert found(coded, others) == {"declared": "甲"}
    assert found(bare, others) == {"declared": "乙"}


def test_the_row_of_the_project_in_a_list_of_projects_is_its_approval(forms: FormLibrary) -> None:
    listed = make(forms.get("sc-proj"), {"stage": "批复", "projects": [{"name": "甲"}, {"name": "普法经费"}]})
    (one,) = relate(project(forms, "sc-self", name="普法经费"), {"批复": listed})
    assert (one.relation, one.project) == ("approved", "pr2")
    assert found(project(forms, "sc-self", name="没有的项目"), {"批复": listed}) == {}


def test_last_years_approval_is_preferred_to_last_years_declaration(forms: FormLibrary) -> None:
    others = {
        "批复": project(forms, stage="批复", year="2024"),
        "申报": project(forms, stage="申报", year="2024"),
        "前年": project(forms, stage="批复", year="2023"),
    }
    assert found(project(forms, stage="申报"), others) == {"last-year": "批复"}


def test_documents_of_the_same_unit_year_and_stage_are_together(forms: FormLibrary) -> None:
    others = {"部门": make(forms.get("mof-dept"), {}), "甲": project(forms, name="甲")}
    together = [one.file for one in relate(project(forms), {**others, "自己": project(forms)}, file="自己")]
    assert together == ["部门", "甲"]


def test_a_file_named_for_comparison_is_compared_although_its_year_is_another(forms: FormLibrary) -> None:
    approved = make(forms.get("sc-dept"), {"stage": "批复", "year": "2024"})
    declared = make(forms.get("sc-dept"), {"stage": "申报", "year": "2023"})
    late = make(forms.get("sc-dept"), {"stage": "批复", "year": "2023"})
    assert found(late, {"申报": make(forms.get("sc-dept"), {"stage": "申报", "year": "2024"})}) == {}
    assert found(declared, {"批复": approved}, named=True) == {"approved": "批复"}
    report = make(forms.get("mof-self"), {"year": "2023"})
    assert found(report, {"批复": approved}, named=True) == {"approved": "批复"}


def test_a_file_named_for_comparison_is_never_that_of_another_project(forms: FormLibrary) -> None:
    others = {"批复": project(forms, name="调解", stage="批复")}
    assert found(project(forms, "mof-self"), others, named=True) == {}


def test_the_same_counterparts_are_the_same_objects_so_that_nothing_is_judged_again(
    forms: FormLibrary,
) -> None:
    relatives = Relatives({"批复": project(forms, stage="批复"), "监控": project(forms, "mof-monitor")})
    report = project(forms, "mof-self")
    assert relatives.of(report) == relatives.of(report) != ()
    report.set_text(field_place("project_name"), "调解")
    assert relatives.of(report) == ()


def test_a_counterpart_is_a_copy_that_later_edits_do_not_reach(forms: FormLibrary) -> None:
    approved = project(forms, stage="批复")
    (one,) = relate(project(forms, "mof-self"), {"批复": approved})
    approved.set_text(field_place("project_name"), "改了")
    assert one.document.project_name == "普法"


def test_a_form_without_a_year_named_beside_this_years_is_last_years(forms: FormLibrary) -> None:
    last = make(forms.get("gz-decl", "2024"), {"year": ""})
    document = make(forms.get("gz-decl"), {})
    assert found(document, {"上年": last}, named=True) == {"last-year": "上年"}
    assert found(document, {"上年": last}) == {}
