"""A kit author's commands: draft a form from a blank Excel sheet, check it, look at it on paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from core.sheet.compute import Computation
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.places import field_place
from tests.core.authoring.making import made_sheet, rows_of, saved
from tests.core.command.conftest import Jibiao


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A bureau's blank form."""
    file = tmp_path / "空表.xlsx"
    file.write_bytes(saved(made_sheet(rows_of(("项目名称", "", "预算金额（万元）", "")))[0]))
    return file


@pytest.fixture
def kit(tmp_path: Path, resources: Path) -> Path:
    """A form's folder outside the program, under a name of its own."""
    folder = tmp_path / "年度参数" / "xx-decl" / "2026"
    folder.mkdir(parents=True)
    for name in ("form.toml", "sample.json"):
        text = (resources / "forms/gz-decl/2025" / name).read_text("utf-8")
        text = text.replace("gz-decl", "xx-decl").replace('"2025"', '"2026"')
        (folder / name).write_text(text, encoding="utf-8")
    return folder


# --- form-draft ---


def test_a_draft_is_written_and_everything_undecided_is_listed(
    jibiao: Jibiao, blank: Path, tmp_path: Path
) -> None:
    said = jibiao("form-draft", blank, "-o", tmp_path / "kit", "--form", "sw-decl", "--edition", "2026")
    assert said.code == 0
    file = tmp_path / "kit/sw-decl/2026/form.toml"
    assert str(file) in said.out
    assert file.read_text("utf-8").count("待定：") == said.out.count("\n  ")
    assert "B2" in said.out


def test_the_folders_own_name_names_the_form(jibiao: Jibiao, blank: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sw-decl" / "2026"
    said = json.loads(jibiao("form-draft", blank, "-o", folder, "--json").out)
    assert (said["form"], said["edition"], said["file"]) == ("sw-decl", "2026", str(folder / "form.toml"))
    assert [one["place"] for one in said["cells"]] == ["field_1", "field_2"]
    assert said["cells"][0]["cell"] == "B2"
    assert said["undecided"]


def test_a_draft_checks_as_unfinished_but_not_wrong(jibiao: Jibiao, blank: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sw-decl" / "2026"
    jibiao("form-draft", blank, "-o", folder)
    said = jibiao("form-check", folder)
    assert said.code == 0
    assert "待定" in said.out


def test_a_draft_never_overwrites_what_somebody_wrote(jibiao: Jibiao, blank: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sw-decl" / "2026"
    folder.mkdir(parents=True)
    (folder / "form.toml").write_text("form = 1", encoding="utf-8")
    said = jibiao("form-draft", blank, "-o", folder)
    assert (said.code, said.out) == (2, "")
    assert (folder / "form.toml").read_text("utf-8") == "form = 1"


def test_a_blank_that_cannot_be_read_leaves_nothing_behind(jibiao: Jibiao, tmp_path: Path) -> None:
    broken = tmp_path / "空表.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    said = jibiao("form-draft", broken, "-o", tmp_path / "sw-decl/2026")
    assert (said.code, said.out) == (2, "")
    assert "空表.xlsx" in said.err
    assert not (tmp_path / "sw-decl").exists()


def test_a_name_that_is_no_folder_name_is_refused(jibiao: Jibiao, blank: Path, tmp_path: Path) -> None:
    said = jibiao("form-draft", blank, "-o", tmp_path, "--form", "../up", "--edition", "2026")
    assert said.code == 2
    assert "../up" in said.err


# --- form-check ---


def test_a_good_form_outside_the_program_is_checked(jibiao: Jibiao, kit: Path) -> None:
    said = jibiao("form-check", kit)
    assert said.code == 0
    assert "不对 0 处" in said.out


def test_flaws_are_listed_with_file_line_place_and_severity(jibiao: Jibiao, kit: Path) -> None:
    file = kit / "form.toml"
    file.write_text(file.read_text("utf-8").replace("{goal}", "{gaol}"), encoding="utf-8")
    said = jibiao("form-check", kit, "--json")
    assert said.code == 1
    wrong = [one for one in json.loads(said.out) if one["severity"] == "wrong"]
    line = next(n for n, text in enumerate(file.read_text("utf-8").split("\n"), 1) if "{gaol}" in text)
    assert wrong == [
        {
            "severity": "wrong",
            "file": "form.toml",
            "line": line,
            "place": "block[1].rows[8]",
            "reason": "没有名叫“gaol”的栏目，是不是 goal？",
        }
    ]
    assert f"第{line}行" in jibiao("form-check", kit).out


def test_a_folder_without_a_form_is_refused(jibiao: Jibiao, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        said = jibiao("form-check", folder)
        assert (said.code, said.out) == (2, "")
        assert "form.toml" in said.err


def test_a_definition_far_too_big_is_refused(jibiao: Jibiao, kit: Path) -> None:
    (kit / "form.toml").write_bytes(b"#" * 2_000_000)
    assert jibiao("form-check", kit).code == 2


def test_a_file_under_another_name_is_noticed(jibiao: Jibiao, kit: Path) -> None:
    (kit / "sample.json").rename(kit / "sample.json.txt")
    said = jibiao("form-check", kit)
    assert "sample.json.txt 不会用到" in said.out


# --- form-preview ---


def test_the_blank_sheet_is_printed(jibiao: Jibiao, kit: Path, tmp_path: Path) -> None:
    blank, again = tmp_path / "blank.pdf", tmp_path / "again.pdf"
    assert jibiao("form-preview", kit, "-o", blank).code == 0
    text = "".join(page.extract_text() for page in PdfReader(blank).pages)
    assert "部门整体预算绩效目标申报表" in text
    jibiao("form-preview", kit, "-o", again)
    assert blank.read_bytes() == again.read_bytes()


def test_the_filled_sample_is_printed(jibiao: Jibiao, kit: Path, tmp_path: Path) -> None:
    file = tmp_path / "filled.pdf"
    assert jibiao("form-preview", kit, "-o", file, "--sample").code == 0
    unit = json.loads((kit / "sample.json").read_text("utf-8"))["unit"]["name"]
    text = "".join(page.extract_text() for page in PdfReader(file).pages)
    assert unit in "".join(text.split())
    (kit / "sample.json").unlink()
    assert jibiao("form-preview", kit, "-o", file, "--sample").code == 2


def test_points_worked_out_of_indicator_values_are_printed(
    jibiao: Jibiao, resources: Path, forms: FormLibrary, tmp_path: Path
) -> None:
    folder = resources / "forms/mof-self/2020"
    body = json.loads((folder / "sample.json").read_text("utf-8"))
    for row in body["rows"]["indicators"]:
        row.pop("score", None)
    sample = json.dumps(body, ensure_ascii=False).encode()
    total = Computation(read_document(sample, forms)).value(field_place("total_score"))
    assert total
    assert total > 50
    kit = tmp_path / "mof-self" / "2020"
    kit.mkdir(parents=True)
    (kit / "form.toml").write_bytes((folder / "form.toml").read_bytes())
    (kit / "sample.json").write_bytes(sample)
    assert jibiao("form-preview", kit, "--sample", "-o", tmp_path / "x.pdf").code == 0
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "x.pdf").pages)
    assert f"{total.normalize():f}" in text


def test_a_broken_form_is_not_printed(jibiao: Jibiao, kit: Path, tmp_path: Path) -> None:
    file = kit / "form.toml"
    file.write_text(file.read_text("utf-8").replace("{goal}", "{gaol}"), encoding="utf-8")
    said = jibiao("form-preview", kit, "-o", tmp_path / "x.pdf")
    assert said.code == 2
    assert not (tmp_path / "x.pdf").exists()
