"""Paper and Excel show the figures that count: by the bureau's settings, and by what was picked and sent."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from core.command.run import run
from core.command.workbench import Workbench
from core.handover.package import Enclosure, Sending, build_package
from core.sheet.document import Document
from core.sheet.document_file import document_bytes, read_document
from core.sheet.forms import FormLibrary
from tests.core.command.conftest import Jibiao

FORM = Path("mof-self/2020")
"""The points of its execution rate are 10 unless a bureau says otherwise, and are printed."""
PICKED = (("mof-self.rate_points", "15"),)


@pytest.fixture
def evaluated(resources: Path) -> Path:
    return resources / "forms" / FORM / "sample.json"


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    file = tmp_path / "参数.toml"
    file.write_text("rate_points = 15\n", "utf-8")
    return file


@pytest.fixture
def offering(resources: Path, tmp_path: Path) -> Workbench:
    """The program at a place whose form offers 10 or 15 points."""
    folder = tmp_path / "forms"
    shutil.copytree(resources / "forms" / FORM, folder / FORM)
    definition = folder / FORM / "form.toml"
    text = definition.read_text("utf-8")
    assert "\n[settings]\n" in text
    assert "rate_points = 10\n" in text
    definition.write_text(text.replace("rate_points = 10\n", "rate_points = { value = 10, or = [15] }\n"))
    bench = Workbench(resources, io.StringIO(), io.StringIO())
    bench.forms = FormLibrary(folder, resources / "values.toml")
    return bench


def sent(file: Path, document: Document, choices: tuple[tuple[str, str], ...]) -> Path:
    sending = Sending(date="2024-09-01", software="t", errors=0, choices=choices)
    file.write_bytes(build_package([Enclosure(document, b"", b"")], sending).data)
    return file


def points_in_pdf(data: bytes) -> bool:
    """Whether 105 points in all are printed, 15 of them for the execution rate."""
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return "105" in text


def points_in_xlsx(data: bytes) -> bool:
    cells = {cell.value for row in load_workbook(io.BytesIO(data)).active.iter_rows() for cell in row}  # type: ignore[union-attr]
    assert (105 in cells) != (100 in cells)
    return 105 in cells


@pytest.mark.parametrize(("command", "points_in"), [("pdf", points_in_pdf), ("xlsx", points_in_xlsx)])
def test_the_bureaus_settings_count_on_paper_and_in_excel(
    command: str,
    points_in: Callable[[bytes], bool],
    jibiao: Jibiao,
    evaluated: Path,
    kit: Path,
    tmp_path: Path,
) -> None:
    out = tmp_path / f"表.{command}"
    assert jibiao(command, evaluated, "-o", out).code == 0
    assert not points_in(out.read_bytes())
    assert jibiao(command, evaluated, "--settings", kit, "-o", out).code == 0
    assert points_in(out.read_bytes())


def test_a_package_holds_paper_and_excel_by_the_bureaus_settings(
    jibiao: Jibiao, evaluated: Path, kit: Path, tmp_path: Path
) -> None:
    assert jibiao("pack", evaluated, "--settings", kit, "--to", tmp_path).code in (0, 1)
    (file,) = tmp_path.glob("*.zip")
    with ZipFile(file) as package:
        names = {name.rpartition(".")[2]: name for name in package.namelist()}
        assert points_in_pdf(package.read(names["pdf"]))
        assert points_in_xlsx(package.read(names["xlsx"]))


@pytest.mark.parametrize("command", ["pdf", "xlsx", "pack"])
def test_a_typing_slip_in_the_settings_is_told_before_anything_is_printed(
    command: str, jibiao: Jibiao, evaluated: Path, kit: Path, tmp_path: Path
) -> None:
    kit.write_text('off = ["AM-1O"]', "utf-8")
    target = tmp_path / "out"
    target.mkdir()
    where = ("--to", target) if command == "pack" else ("-o", target / "表")
    said = jibiao(command, evaluated, "--settings", kit, *where)
    assert said.code == 2
    assert "AM-10" in said.err
    assert not list(target.iterdir())


def test_what_the_sender_picked_counts_on_paper_and_in_excel(
    offering: Workbench, evaluated: Path, tmp_path: Path
) -> None:
    document = read_document(evaluated.read_bytes(), offering.forms)
    package, plain = sent(tmp_path / "上报.zip", document, PICKED), tmp_path / "报表.json"
    plain.write_bytes(document_bytes(document))
    for file, by_pick in ((package, True), (plain, False)):
        out = tmp_path / "表"
        assert run(["pdf", str(file), "-o", str(out)], offering) == 0
        assert points_in_pdf(out.read_bytes()) == by_pick
        assert run(["xlsx", str(file), "-o", str(out)], offering) == 0
        assert points_in_xlsx(out.read_bytes()) == by_pick


def test_the_list_in_front_of_several_forms_counts_their_amounts_alike(
    offering: Workbench, evaluated: Path, tmp_path: Path
) -> None:
    first = read_document(evaluated.read_bytes(), offering.forms)
    package = tmp_path / "上报.zip"
    sending = Sending(date="2024-09-01", software="t", errors=0, choices=PICKED)
    enclosures = [Enclosure(first, b"", b""), Enclosure(first.copy(id="0123456789abcdef"), b"", b"")]
    package.write_bytes(build_package(enclosures, sending).data)
    out = tmp_path / "表.pdf"
    assert run(["pdf", str(package), "-o", str(out)], offering) == 0
    assert points_in_pdf(out.read_bytes())


def test_another_offices_table_is_filled_with_the_same_figures(
    offering: Workbench, evaluated: Path, kit: Path, tmp_path: Path
) -> None:
    book = Workbook()
    book.worksheets[0].title = "汇总"
    book.worksheets[0].append(["分值合计", None])
    template, made, out = tmp_path / "空表.xlsx", tmp_path / "对照.toml", tmp_path / "填好.xlsx"
    book.save(template)
    made.write_text(
        'form = "mof-self"\n[[sheet]]\nname = "汇总"\n[sheet.cells]\nB1 = "weight_sum"\n', "utf-8"
    )
    document = read_document(evaluated.read_bytes(), offering.forms)
    plain = tmp_path / "报表.json"
    plain.write_bytes(document_bytes(document))
    package = sent(tmp_path / "上报.zip", document, PICKED)
    for argv, figure in (([plain], 100), ([package], 105), ([plain, "--settings", kit], 105)):
        argv = ["fill", *argv, "--template", template, "--map", made, "-o", out]
        assert run([str(one) for one in argv], offering) in (0, 1)
        assert load_workbook(out).worksheets[0]["B1"].value == figure
