"""`carry`: a new document from an old one, as a script of a bureau uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.sheet.document_file import document_bytes, read_document
from core.sheet.forms import FormLibrary
from tests.core.command.conftest import Jibiao


def form_sample(resources: Path, name: str) -> Path:
    return resources / "forms" / name / "sample.json"


def test_carry_writes_the_approved_form(
    jibiao: Jibiao, resources: Path, tmp_path: Path, forms: FormLibrary
) -> None:
    old, new = form_sample(resources, "sc-dept/2024"), tmp_path / "批复.json"
    said = jibiao("carry", old, "--form", "sc-dept", "--stage", "批复", "--year", 2024, "-o", new)
    assert (said.code, said.err) == (0, "")
    declared, approved = (read_document(file.read_bytes(), forms) for file in (old, new))
    assert (approved.stage, approved.values) == ("批复", declared.values)
    assert approved.origin is not None
    assert approved.origin.id == declared.id
    assert document_bytes(approved) == new.read_bytes()


def test_carry_lists_what_did_not_fit_and_what_was_done(
    jibiao: Jibiao, resources: Path, tmp_path: Path
) -> None:
    old = form_sample(resources, "sc-dept/2024")
    said = jibiao(
        "carry", old, "--form", "gz-decl", "--edition", "2025", "--year", 2025, "-o", tmp_path / "新.json"
    )
    assert said.code == 0
    assert "“基本支出财政拨款”" in said.out
    assert "权重" in said.out
    assert "合成了一个指标值" in said.out


def test_the_list_is_there_for_programs_too(jibiao: Jibiao, resources: Path, tmp_path: Path) -> None:
    old, new = form_sample(resources, "mof-proj/2015"), tmp_path / "自评.json"
    said = jibiao("carry", old, "--form", "mof-self", "--year", 2024, "--json", "-o", new)
    (told,) = json.loads(said.out)["documents"]
    assert {"file", "form", "edition", "stage", "year", "left", "remarks"} == set(told)
    assert (told["file"], told["form"], told["stage"], told["year"]) == (str(new), "mof-self", "自评", 2024)
    left = {one["place"]: one for one in told["left"]}
    assert left["mid_indicators[1].name"]["code"] == "carry.no-table"
    assert set(left["mid_goal"]) == {"place", "label", "text", "code", "reason"}
    assert {"code", "places", "message"} == set(told["remarks"][0])


def test_every_project_becomes_a_file_of_its_own(
    jibiao: Jibiao, resources: Path, tmp_path: Path, forms: FormLibrary
) -> None:
    old = form_sample(resources, "sc-proj/2023")
    said = jibiao("carry", old, "--form", "sc-self", "--year", 2023, "-o", tmp_path / "自评.json")
    assert said.code == 0
    files = sorted(tmp_path.glob("自评-*.json"))
    projects = read_document(old.read_bytes(), forms).rows("projects")
    assert [read_document(file.read_bytes(), forms).project_name for file in files] == [
        row.cells["name"] for row in projects
    ]


def test_last_years_form_is_the_default(
    jibiao: Jibiao, sample: Path, tmp_path: Path, forms: FormLibrary
) -> None:
    new = tmp_path / "今年.json"
    assert jibiao("carry", sample, "--year", 2027, "-o", new).code == 0
    document = read_document(new.read_bytes(), forms)
    assert (document.form.form, document.form.edition, document.year) == ("gz-decl", "2025", 2027)


def test_a_package_with_one_document_is_carried_as_well(jibiao: Jibiao, sample: Path, tmp_path: Path) -> None:
    jibiao("pack", sample, "--to", tmp_path)
    package = next(tmp_path.glob("*.zip"))
    assert jibiao("carry", package, "--year", 2027, "-o", tmp_path / "新.json").code == 0


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["--stage", "自评", "--year", "2026"], "没有“自评”这个阶段"),
        (["--year", "二〇二六"], "不是四位年份"),
        (["--form", "nothing", "--year", "2026"], "没有名为“nothing”的表样"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_writes_nothing(
    jibiao: Jibiao, sample: Path, tmp_path: Path, argv: list[str], told: str
) -> None:
    new = tmp_path / "新.json"
    said = jibiao("carry", sample, *argv, "-o", new)
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert not new.exists()


def test_the_old_form_is_never_written_over(jibiao: Jibiao, sample: Path, tmp_path: Path) -> None:
    old = tmp_path / "旧.json"
    old.write_bytes(sample.read_bytes())
    said = jibiao("carry", old, "--year", 2026, "-o", old)
    assert said.code == 2
    assert old.read_bytes() == sample.read_bytes()
