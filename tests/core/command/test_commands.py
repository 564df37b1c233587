"""The headless face: what each command does, prints and returns (a contract for bureaus' scripts)."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from core.command.workbench import VERSION
from core.sheet.document_file import document_bytes, plain_content, read_document
from core.sheet.forms import FormLibrary
from tests.core.command.conftest import Jibiao


def test_forms_lists_both_editions(jibiao: Jibiao) -> None:
    listed = json.loads(jibiao("forms", "--json").out)
    assert {"form", "edition", "title", "stages"} == set(listed[0])
    assert {("gz-decl", "2024"), ("gz-decl", "2025")} <= {(one["form"], one["edition"]) for one in listed}


def test_fields_lists_places_with_labels_and_units(jibiao: Jibiao) -> None:
    fields = {one["place"]: one for one in json.loads(jibiao("fields", "gz-decl", "--json").out)}
    assert fields["basic_expense"] == {
        "place": "basic_expense",
        "label": "基本支出",
        "kind": "money",
        "unit": "万元",
        "required": True,
        "computed": False,
    }
    assert fields["tasks[].funds"]["label"] == "拟投入的资金"
    assert fields["expense_total"]["computed"]
    assert {"year", "stage", "unit.name", "unit.code"} <= set(fields)


def test_fields_counts_a_table_inside_a_row(jibiao: Jibiao) -> None:
    fields = [one["place"] for one in json.loads(jibiao("fields", "gz-self", "--json").out)]
    assert "tasks[].key_indicators[].result" in fields


def test_new_writes_an_empty_document(jibiao: Jibiao, tmp_path: Path, forms: FormLibrary) -> None:
    file = tmp_path / "新表.json"
    said = jibiao(
        "new", "gz-decl", "--edition", "2024", "--unit", "某镇", "--code", "101", "--year", 2024, "-o", file
    )
    assert said.code == 0
    document = read_document(file.read_bytes(), forms)
    assert (document.form.edition, document.unit_name, document.unit_code, document.year) == (
        "2024",
        "某镇",
        "101",
        2024,
    )
    assert document.values == {}
    assert document_bytes(document) == file.read_bytes()


def test_a_blank_form_has_only_missing_findings(jibiao: Jibiao, tmp_path: Path) -> None:
    file = tmp_path / "blank.json"
    jibiao("new", "gz-decl", "--unit", "某镇", "--year", 2025, "-o", file)
    said = jibiao("check", file, "--json")
    findings = json.loads(said.out)[str(file)]
    assert said.code == 1
    assert findings
    assert all(one.get("missing") for one in findings)
    assert {"check", "severity", "places", "message", "fix", "source"} <= set(findings[0])


def test_the_sample_is_clean(jibiao: Jibiao, sample: Path) -> None:
    said = jibiao("check", sample, "--json")
    assert said.code == 0
    assert [one for one in json.loads(said.out)[str(sample)] if one["severity"] != "hint"] == []


def test_a_wrong_sum_is_told_with_both_figures_and_the_difference(
    jibiao: Jibiao, sample: Path, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(sample.read_text("utf-8").replace('"486.20"', '"450.20"'), encoding="utf-8")
    said = jibiao("check", file)
    assert said.code == 1
    assert "3,496.00" in said.out
    assert "3,532.00" in said.out
    assert "36.00" in said.out


def test_a_finding_about_a_package_names_the_document_in_it(
    jibiao: Jibiao, sample: Path, tmp_path: Path
) -> None:
    jibiao("pack", sample, "--to", tmp_path)
    package = next(tmp_path.glob("*.zip"))
    said = jibiao("check", package, "--json")
    assert list(json.loads(said.out)) == [f"{package}#01-gz-decl"]


def test_a_kit_may_switch_a_check_off(jibiao: Jibiao, sample: Path, tmp_path: Path) -> None:
    wrong, kit = tmp_path / "wrong.json", tmp_path / "kit.toml"
    wrong.write_text(sample.read_text("utf-8").replace('"486.20"', '"450.20"'), encoding="utf-8")
    kit.write_text('off = ["AM-01", "AM-02"]\n', encoding="utf-8")
    assert jibiao("check", wrong).code == 1
    assert "3,496.00" not in jibiao("check", wrong, "--settings", kit).out


def test_pdf_of_several_documents_begins_with_a_list(jibiao: Jibiao, sample: Path, tmp_path: Path) -> None:
    from pypdf import PdfReader

    other = tmp_path / "other.json"
    body = json.loads(sample.read_text("utf-8")) | {"id": "00000000000000aa"}
    other.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    one, both = tmp_path / "one.pdf", tmp_path / "both.pdf"
    assert jibiao("pdf", sample, "-o", one).code == 0
    assert jibiao("pdf", sample, other, "-o", both).code == 0
    pages = len(PdfReader(one).pages)
    assert len(PdfReader(both).pages) == 2 * pages + 1


def test_xlsx_comes_back_equal(jibiao: Jibiao, sample: Path, tmp_path: Path, forms: FormLibrary) -> None:
    book, again = tmp_path / "x.xlsx", tmp_path / "again.json"
    assert jibiao("xlsx", sample, "-o", book).code == 0
    said = jibiao("import", book, "--json", "-o", again)
    assert json.loads(said.out)["unplaced"] == []
    first = plain_content(read_document(sample.read_bytes(), forms))
    second = plain_content(read_document(again.read_bytes(), forms))
    assert second["rows"] == first["rows"] or _as_numbers(second) == _as_numbers(first)
    assert _as_numbers(second) == _as_numbers(first)


def _as_numbers(content: object) -> object:
    """Money as numbers: separators and trailing zeros do not count."""
    from core.sheet.numbers import parse_number

    if isinstance(content, dict):
        return {key: _as_numbers(value) for key, value in content.items()}
    if isinstance(content, list):
        return [_as_numbers(one) for one in content]
    number = parse_number(content) if isinstance(content, str) else None
    return content if number is None else number


def test_import_takes_the_documents_of_a_package(jibiao: Jibiao, sample: Path, tmp_path: Path) -> None:
    jibiao("pack", sample, "--to", tmp_path)
    out = tmp_path / "out.json"
    assert jibiao("import", next(tmp_path.glob("*.zip")), "-o", out).code == 0
    assert out.read_bytes() == sample.read_bytes()


def test_pack_writes_one_package_that_verifies(jibiao: Jibiao, sample: Path, tmp_path: Path) -> None:
    said = jibiao("pack", sample, "--to", tmp_path)
    assert said.code == 0
    package = next(tmp_path.glob("*.zip"))
    assert str(package) in said.out
    verified = jibiao("verify", package, "--json")
    assert verified.code == 0
    (record,) = json.loads(verified.out)
    assert (record["state"], record["errors"], record["reason"]) == ("complete", 0, "")
    assert record["code"].replace("-", "")[:8] in package.name


def test_pack_writes_a_form_with_errors_and_says_so(jibiao: Jibiao, sample: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text(sample.read_text("utf-8").replace('"486.20"', '"450.20"'), encoding="utf-8")
    said = jibiao("pack", wrong, "--to", tmp_path)
    assert said.code == 1
    (record,) = json.loads(jibiao("verify", next(tmp_path.glob("*.zip")), "--json").out)
    assert record["errors"] >= 1


def test_verify_finds_a_changed_byte(jibiao: Jibiao, sample: Path, tmp_path: Path) -> None:
    jibiao("pack", sample, "--to", tmp_path)
    package = next(tmp_path.glob("*.zip"))
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(data)
    said = jibiao("verify", package, "--json")
    assert said.code == 1
    assert json.loads(said.out)[0]["state"] == "damaged"


def test_demo_does_the_whole_main_job(jibiao: Jibiao, tmp_path: Path) -> None:
    said = jibiao("demo", tmp_path / "演示")
    assert said.code == 0
    written = sorted(file.suffix for file in (tmp_path / "演示").iterdir())
    assert written == [".json", ".pdf", ".xlsx", ".zip"]
    for file in (tmp_path / "演示").iterdir():
        assert file.name in said.out


@pytest.mark.parametrize(
    "argv",
    [
        ["frobnicate"],
        ["new", "gz-decl"],
        ["new", "gz-decl", "--unit", "x", "--year", "25", "-o", "x.json"],
        ["new", "no-such", "--unit", "x", "--year", "2025", "-o", "x.json"],
        ["new", "gz-decl", "--unit", "x\x00y", "--year", "2025", "-o", "x.json"],
        ["new", "gz-decl", "--unit", "x", "--year", "2025", "--stage", "自评", "-o", "x.json"],
        ["fields", "no-such"],
        ["fields", "gz-decl", "--edition", "1999"],
        ["check", "no-such-file.json"],
        ["check", "."],
        ["check", "SAMPLE", "--today", "yesterday"],
        ["check", "SAMPLE", "--settings", "SAMPLE"],
        ["check", "SAMPLE", "--surprise"],
        ["pdf", "SAMPLE"],
        ["pdf", "SAMPLE", "-o", "no-such-folder/x.pdf"],
        ["xlsx", "SAMPLE", "-o", "no-such-folder/x.xlsx"],
        ["pack", "SAMPLE", "--to", "no-such-folder"],
        ["verify", "no-such.zip"],
        ["import", "no-such.txt", "-o", "x.json"],
        ["import", "SAMPLE", "--year", "20", "-o", "x.json"],
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_2(
    jibiao: Jibiao, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = jibiao(*[str(sample) if one == "SAMPLE" else one for one in argv])
    assert said.code == 2
    assert said.err.strip()
    assert "Traceback" not in said.err
    assert any("\u4e00" <= character <= "\u9fff" for character in said.err)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b"{}",
        b"PK\x03\x04garbage",
        b"%PDF-1.4",
        b'{"form": "gz-decl", "values": 3}',
    ],
)
def test_a_file_that_is_no_document_is_refused(jibiao: Jibiao, tmp_path: Path, data: bytes) -> None:
    file, out = tmp_path / "in.json", tmp_path / "out"
    file.write_bytes(data)
    for argv in (
        ["check", file],
        ["pdf", file, "-o", out],
        ["xlsx", file, "-o", out],
        ["import", file, "-o", out],
    ):
        said = jibiao(*argv)
        assert (said.code, said.out) == (2, "")
        assert str(file.name) in said.err
    assert not out.exists()


def test_a_huge_file_is_refused_without_reading_it(jibiao: Jibiao, tmp_path: Path) -> None:
    file = tmp_path / "huge.json"
    with file.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    for argv in (["check", file], ["import", file, "-o", tmp_path / "out.json"], ["verify", file]):
        assert jibiao(*argv).code in (1, 2)
    assert not (tmp_path / "out.json").exists()


def test_a_broken_form_definition_is_told_with_its_place(tmp_path: Path, resources: Path) -> None:
    import io
    import shutil

    from core.command.run import run
    from core.command.workbench import Workbench

    copy = tmp_path / "resources"
    shutil.copytree(resources, copy, ignore=shutil.ignore_patterns("fonts", "icons"))
    file = copy / "forms/gz-decl/2025/form.toml"
    file.write_text(file.read_text("utf-8").replace("{basic_expense}", "{basic_expens}", 1), encoding="utf-8")
    err = io.StringIO()
    assert run(["fields", "gz-decl"], Workbench(copy, io.StringIO(), err)) == 2
    assert "gz-decl/2025/form.toml" in err.getvalue()
    assert "basic_expens" in err.getvalue()


def test_commands_never_load_qt(project: Path) -> None:
    code = (
        "import sys, runpy\n"
        "sys.argv = ['main.py', 'forms', '--json']\n"
        "try:\n    runpy.run_path('main.py', run_name='__main__')\n"
        "except SystemExit as done:\n    assert done.code == 0\n"
        "assert not [name for name in sys.modules if name.startswith(('PySide6', 'shiboken6', 'ui.'))]\n"
        "assert not [name for name in ('openpyxl', 'reportlab', 'sqlite_utils') if name in sys.modules]\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_version_in_packages_is_the_projects(project: Path) -> None:
    body = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    assert body["project"]["version"] == VERSION
