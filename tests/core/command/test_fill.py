"""`fill`: documents into a bureau's blank table, as a clerk who must type thirty forms twice wishes it."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from core.sheet.document_file import document_bytes, read_document
from core.sheet.forms import FormLibrary
from core.sheet.places import field_place
from tests.core.command.conftest import Jibiao

HEADERS = ["序号", "项目编码", "项目名称", "预算数", "一级指标", "二级指标", "三级指标", "指标性质"]
HEADERS += ["指标值", "计量单位", "备注"]


def table(folder: Path, *rows: list[str]) -> Path:
    book = Workbook()
    book.worksheets[0].title = "导入"
    for row in rows:
        book.worksheets[0].append(row)
    file = folder / "空表.xlsx"
    book.save(file)
    return file


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A web system's table for upload, amounts in 元."""
    return table(tmp_path, ["绩效指标导入（金额单位：元）"], HEADERS)


@pytest.fixture
def projects(resources: Path, tmp_path: Path, forms: FormLibrary) -> list[Path]:
    """Two projects of one unit, amounts in 万元."""
    data = (resources / "forms/hb-proj/2020/sample.json").read_bytes()
    files = []
    for code in ("316-1", "316-2"):
        document = read_document(data, forms).copy(id=f"{len(files):016x}")
        document.set_text(field_place("project_code"), code)
        files.append(tmp_path / f"{code}.json")
        files[-1].write_bytes(document_bytes(document))
    return files


def rows(file: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(file.read_bytes())).worksheets[0].iter_rows(values_only=True))


def test_thirty_forms_become_the_rows_of_a_table_for_upload(
    jibiao: Jibiao, template: Path, projects: list[Path], tmp_path: Path
) -> None:
    out = tmp_path / "上传.xlsx"
    said = jibiao("fill", *projects, "--template", template, "-o", out)
    assert (said.code, said.err) == (0, "")
    written = rows(out)
    assert written[:2] == rows(template)
    assert len(written) == 2 + 12
    assert written[2] == (
        *(1, "316-1", "高标准农田管护经费", 200000, "产出指标", "数量指标"),
        *("管护高标准农田面积", "≥", 24000, "亩", None),
    )
    assert [row[1] for row in written[2:]] == ["316-1"] * 6 + ["316-2"] * 6
    assert "金额由万元换算成元，共 12 处" in said.out
    assert "绩效指标“绩效指标描述”有 12 处没有写。空表里没有这一栏。" in said.out
    assert "导入!K2：“备注”不是表样里的栏目" in said.out


def test_programs_get_every_place_and_every_conversion(
    jibiao: Jibiao, template: Path, projects: list[Path], tmp_path: Path
) -> None:
    out = tmp_path / "上传.xlsx"
    said = jibiao("fill", projects[0], "--template", template, "--json", "-o", out)
    told = json.loads(said.out)
    assert set(told) == {"files", "open"}
    (file,) = told["files"]
    assert (file["file"], file["documents"], file["count"]) == (str(out), [str(projects[0])], 60)
    left = {one["place"]: one for one in file["left"]}
    assert left["use"] == {
        "file": str(projects[0]),
        "place": "use",
        "label": "“用途”",
        "where": "",
        "text": "用于24,000亩高标准农田的机井、渠道、道路日常巡查和维修。",
        "code": "fill.no-cell-for-place",
        "reason": "空表里没有这一栏。",
    }
    changed = [one for one in file["changed"] if one["place"] == "indicators[2].value"]
    assert [(one["read"], one["written"], one["where"]) for one in changed] == [
        ("≥95%", "≥", "导入!H4"),
        ("≥95%", "95", "导入!I4"),
        ("≥95%", "%", "导入!J4"),
    ]


def test_what_does_not_fit_is_told_by_the_exit_code(
    jibiao: Jibiao, projects: list[Path], tmp_path: Path
) -> None:
    template = table(tmp_path, ["单位：元"], ["项目名称（3字以内）", "预算数"])
    said = jibiao("fill", projects[0], "--template", template, "-o", tmp_path / "出.xlsx")
    assert said.code == 1
    assert "“项目名称”：“高标准农田管护经费”没有写。有 9 字，空表最多 3 字。没有截断。（导入!A3）" in said.out


def test_a_form_of_its_own_for_each_document(jibiao: Jibiao, projects: list[Path], tmp_path: Path) -> None:
    template = table(tmp_path, ["单位：万元"], ["项目编码", ""], ["绩效目标", ""])
    out = tmp_path / "出.xlsx"
    made = tmp_path / "对照.toml"
    made.write_text(
        'form = "hb-proj"\n[[sheet]]\nname = "导入"\n[sheet.cells]\nB2 = "project_code"\nB3 = "goal"',
        encoding="utf-8",
    )
    said = jibiao("fill", *projects, "--template", template, "--map", made, "-o", out)
    assert said.code == 0
    assert [rows(tmp_path / f"出-{number}.xlsx")[1][1] for number in (1, 2)] == ["316-1", "316-2"]
    assert not out.exists()


def test_a_package_can_be_filled_in_as_well(
    jibiao: Jibiao, template: Path, projects: list[Path], tmp_path: Path
) -> None:
    jibiao("pack", *projects, "--to", tmp_path)
    package = next(tmp_path.glob("*.zip"))
    said = jibiao("fill", package, "--template", template, "-o", tmp_path / "出.xlsx")
    assert said.code == 0
    assert len(rows(tmp_path / "出.xlsx")) == 14


# --- what must be decided first ---


def test_what_cannot_be_decided_is_asked_and_nothing_is_written(
    jibiao: Jibiao, projects: list[Path], tmp_path: Path
) -> None:
    template = table(tmp_path, ["项目编码", "项目名称", "预算数"])
    out, made = tmp_path / "出.xlsx", tmp_path / "对照.toml"
    said = jibiao("fill", projects[0], "--template", template, "-o", out)
    assert (said.code, said.out) == (2, "")
    assert "“预算数”没有写金额单位是元还是万元" in said.err
    assert "--draft-map" in said.err
    assert not out.exists()

    drafted = jibiao("fill", projects[0], "--template", template, "--draft-map", made)
    assert drafted.code == 0
    text = made.read_text(encoding="utf-8")
    assert 'C = { place = "budget", unit = "?" }' in text
    undecided = jibiao("fill", projects[0], "--template", template, "--map", made, "-o", out)
    assert undecided.code == 2
    assert not out.exists()

    made.write_text(text.replace('"?"', '"万元"'), encoding="utf-8")
    assert jibiao("fill", projects[0], "--template", template, "--map", made, "-o", out).code == 0
    assert rows(out)[1] == ("316-1", "高标准农田管护经费", 20)


def test_a_drafted_map_fills_as_no_map_does(
    jibiao: Jibiao, template: Path, projects: list[Path], tmp_path: Path
) -> None:
    made, one, other = (tmp_path / name for name in ("对照.toml", "一.xlsx", "二.xlsx"))
    assert jibiao("fill", *projects, "--template", template, "--draft-map", made).code == 0
    assert jibiao("fill", *projects, "--template", template, "--map", made, "-o", one).code == 0
    assert jibiao("fill", *projects, "--template", template, "-o", other).code == 0
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["--template", "{template}"], "没有写明填到哪个文件"),
        (["--template", "{template}", "-o", "{template}"], "它是要读的文件"),
        (["--template", "{template}", "-o", "{project}"], "它是要读的文件"),
        (["--template", "{project}", "-o", "{out}"], "空表要是 xlsx"),
        (["--template", "{template}", "--draft-map", "{drafted}"], "以免盖掉改过的填表对照"),
        (["--template", "{template}", "--map", "{project}", "-o", "{out}"], "填表对照"),
        (["--template", "{out}", "-o", "{out}.x"], "没有这个文件"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_writes_nothing(
    jibiao: Jibiao, template: Path, projects: list[Path], tmp_path: Path, argv: list[str], told: str
) -> None:
    before = template.read_bytes(), projects[0].read_bytes()
    names = {"template": template, "project": projects[0], "out": tmp_path / "出.xlsx"}
    names["drafted"] = tmp_path / "改过.toml"
    names["drafted"].write_text("改过", encoding="utf-8")
    said = jibiao("fill", projects[0], *(one.format(**names) for one in argv))
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert (template.read_bytes(), projects[0].read_bytes()) == before
    assert not (tmp_path / "出.xlsx").exists()


def test_several_kinds_of_form_at_once_are_asked_about(
    jibiao: Jibiao, template: Path, projects: list[Path], sample: Path, tmp_path: Path
) -> None:
    said = jibiao("fill", projects[0], sample, "--template", template, "-o", tmp_path / "出.xlsx")
    assert said.code == 2
    assert "hb-proj 2020、gz-decl 2025" in said.err


def test_a_template_that_is_full_already_is_not_written_out_again(
    jibiao: Jibiao, projects: list[Path], tmp_path: Path
) -> None:
    made = tmp_path / "对照.toml"
    made.write_text(
        'form = "hb-proj"\n[[sheet]]\nname = "导入"\n[sheet.cells]\nA1 = "goal"', encoding="utf-8"
    )
    said = jibiao(
        *("fill", projects[0], "--template", table(tmp_path, ["满"]), "--map", made),
        *("-o", tmp_path / "出.xlsx"),
    )
    assert said.code == 2
    assert "一格也没有填上" in said.err


@pytest.mark.skipif(shutil.which("soffice") is None, reason="NOT TESTED: LibreOffice is not installed")
def test_libreoffice_opens_what_was_filled(
    jibiao: Jibiao, template: Path, projects: list[Path], tmp_path: Path
) -> None:
    out = tmp_path / "出.xlsx"
    assert jibiao("fill", *projects, "--template", template, "-o", out).code == 0
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += [
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76",
        "--outdir",
        str(tmp_path),
        str(out),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    text = (tmp_path / "出.csv").read_text(encoding="utf-8")
    assert "316-1,高标准农田管护经费,200000,产出指标,数量指标,管护高标准农田面积,≥,24000,亩" in text
