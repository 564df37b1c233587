"""The five real publications, whole: read in, checked, printed, exported, read back, packed and verified.

What is really wrong in each is known (a careful reader marked it); anything else would be a false alarm.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from pypdf import PdfReader

from core.command.run import run
from core.command.workbench import Workbench
from core.sheet.document import Document
from core.sheet.document_file import document_bytes, plain_content, read_document
from core.sheet.forms import FormLibrary
from core.sheet.numbers import parse_number
from core.sheet.places import FACTS


class Form(NamedTuple):
    """One form of a publication: how many rows its tables have, and the checks that rightly speak."""

    form: str
    edition: str
    rows: Mapping[str, int]
    errors: frozenset[str]
    warnings: frozenset[str]
    hints: frozenset[str]
    names: str = "indicators"
    """The table whose names must stand in order, under this label."""
    label: str = "三级指标"


class Seed(NamedTuple):
    """A publication: its file, what its forms say of themselves, and its forms."""

    file: str
    stage: str
    year: int | None
    code: str
    unit: str
    forms: tuple[Form, ...]
    unplaced: tuple[str, ...] = ()


def checks(words: str) -> frozenset[str]:
    return frozenset(words.split())


def project(errors: str, warnings: str, hints: str) -> Form:
    """A project of 北戴河: one indicator for output, effect and satisfaction each."""
    always = "IV-01 IX-09"
    return Form(
        *("hb-proj", "2020", {"indicators": 3}),
        *(checks(f"IV-06 IX-08 {errors}"), checks(f"{always} {warnings}"), checks(f"IX-19 {hints}")),
    )


SEEDS = [
    Seed(
        *("000_b7c57143cb7a3d33.txt", "申报", None, "", "广州市花都区司法局"),
        (
            Form(
                *("gz-decl", "2024", {"tasks": 6, "other_tasks": 0, "indicators": 13}),
                checks("DT-01 IV-01"),
                checks("IX-08 IV-15"),
                checks("IV-18 IX-05 IV-16 TX-05 TX-07 TX-08 IX-17 IX-20"),
            ),
        ),
    ),
    Seed(
        *("001_9fc8e9a69b0be617.txt", "批复", 2024, "135", "大竹县司法局部门"),
        (
            Form(
                *("sc-dept", "2024", {"tasks": 9, "indicators": 22}),
                checks(""),
                checks("WT-02 IV-13 IV-15 IV-22 TX-04"),
                checks("IX-17 IX-18 IX-20 TX-05"),
            ),
        ),
    ),
    Seed(
        *("002_d1a73e039ac2dbf7.txt", "申报", None, "", "广州市越秀区司法局(部门)"),
        (
            Form(
                *("gz-decl", "2025", {"tasks": 5, "other_tasks": 0, "indicators": 20}),
                checks("DT-01 IV-12"),
                checks("IX-09 IX-07 IX-10"),
                checks("IV-18 IX-05 TX-05 TX-09 IX-15 IX-20 IX-13 IX-18"),
            ),
        ),
    ),
    Seed(
        *("003_de49ccc16f966567.txt", "申报", 2020, "315002", "秦皇岛市北戴河区司法局"),
        (
            Form(
                *("hb-dept", "2020", {}, checks(""), checks(""), checks("AM-12 TX-05 TX-06 TX-08")),
                *("", ""),
            ),
            project("IX-04", "IX-05 IX-14", "IX-05"),
            project("IX-04", "", "IX-20 TX-06"),
            project("", "IX-05 IV-21 PL-04", ""),
            project("IX-04", "IX-05", "IX-14 TX-06 IV-04"),
            project("IX-04", "IV-13 IX-14", ""),
        ),
        ("第二部分  预算项目绩效目标",),
    ),
    Seed(
        *("004_4e9724f50358cc2a.txt", "自评", 2022, "", "广州市天河区司法局"),
        (
            Form(
                *("gz-self", "2022", {"funds": 1, "tasks": 4, "tasks.key_indicators": 23}),
                checks(""),
                checks("SE-16"),
                checks("TX-05 DT-04 SE-14"),
                *("tasks.key_indicators", "关键指标"),
            ),
        ),
    ),
]


@pytest.fixture(scope="module", params=SEEDS, ids=[seed.file[:3] for seed in SEEDS])
def seed(request: pytest.FixtureRequest) -> Seed:
    """One publication."""
    found: Seed = request.param
    return found


@pytest.fixture(scope="module")
def journey(seed: Seed, seeds: Path, resources: Path, tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """The command line on one publication, which has been read in."""
    return Journey(resources, tmp_path_factory.mktemp("journey"), seeds / seed.file)


class Journey:
    """Runs commands and keeps what they print."""

    def __init__(self, resources: Path, folder: Path, published: Path) -> None:
        self.resources = resources
        self.folder = folder
        self.published = published
        self.out = ""
        assert self("import", published, "--json", "-o", folder / "seed.json") == 0
        self.report = json.loads(self.out)
        self.files = [Path(one["file"]) for one in self.report["documents"]]

    def __call__(self, *argv: object) -> int:
        import io

        out = io.StringIO()
        code = run([str(one) for one in argv], Workbench(self.resources, out))
        self.out = out.getvalue()
        return code

    def documents(self, forms: FormLibrary, files: Sequence[Path] = ()) -> list[Document]:
        """Read document files."""
        return [read_document(file.read_bytes(), forms) for file in files or self.files]


def test_it_is_read_whole(journey: Journey, seed: Seed, forms: FormLibrary) -> None:
    documents = journey.documents(forms)
    for document, form in zip(documents, seed.forms, strict=True):
        assert (document.form.form, document.form.edition) == (form.form, form.edition)
        assert (document.stage, document.year) == (seed.stage, seed.year)
        assert (document.unit_code, document.unit_name) == (seed.code, seed.unit)
        rows = {path: len(list(document.all_rows(path))) for path in document.form.tables}
        assert rows == form.rows
    assert [one["text"].strip() for one in journey.report["unplaced"]] == list(seed.unplaced)


def test_every_figure_of_the_page_is_in_the_documents(journey: Journey, forms: FormLibrary) -> None:
    page = journey.published.read_text("utf-8")
    figures = re.findall(r"(?<![\d.,])\d{1,3}(?:,\d{3})*\.\d{2}(?![\d.])|(?<=\t)\d+\.\d+(?=[\t\n])", page)
    kept = "".join(document_bytes(one).decode() for one in journey.documents(forms))
    assert len(figures) >= 5
    for figure in figures:
        assert f'"{figure}' in kept or figure in kept


def test_exactly_its_true_mistakes_are_found(journey: Journey, seed: Seed) -> None:
    wrong = any(form.errors for form in seed.forms)
    assert journey("check", *journey.files, "--json") == int(wrong)
    told = json.loads(journey.out)
    for file, form in zip(journey.files, seed.forms, strict=True):
        findings = told[str(file)]
        found = {
            grade: {one["check"] for one in findings if one["severity"] == grade}
            for grade in ("error", "warning", "hint")
        }
        assert found["error"] == form.errors
        assert found["warning"] == form.warnings
        assert found["hint"] <= form.hints


def test_everything_is_on_the_printed_pages_in_order(
    journey: Journey, seed: Seed, forms: FormLibrary
) -> None:
    pdf = journey.folder / "seed.pdf"
    assert journey("pdf", *journey.files, "-o", pdf) == 0
    pages = [squeezed(page.extract_text()) for page in PdfReader(pdf).pages]
    documents = journey.documents(forms)
    if len(documents) > 1:
        for document in documents[1:]:
            assert squeezed(document.project_name) in pages[0]
        del pages[0]
    text, at = "".join(pages), 0
    for document, form in zip(documents, seed.forms, strict=True):
        for value in filled(document):
            torn = [part for part in pieces(value) if part not in text]
            assert squeezed(value) in text or len(torn) < len(pages), value
        if form.label:
            at = text.index(form.label, at)
            for _, row in document.all_rows(form.names):
                at = text.index(squeezed(row.cells.get("name", ""))[:12], at)


def test_everything_is_in_the_workbook_and_comes_back_equal(
    journey: Journey, forms: FormLibrary, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    for file, document in zip(journey.files, journey.documents(forms), strict=True):
        book, again = tmp_path / "seed.xlsx", tmp_path / "again.json"
        assert journey("xlsx", file, "-o", book) == 0
        cells = [cell.value for row in load_workbook(book).worksheets[0].iter_rows() for cell in row]
        for value in filled(document):
            assert any(stands_in(value, cell) for cell in cells), value
        assert journey("import", book, "-o", again) == 0
        [read] = journey.documents(forms, [again])
        assert [read.field(fact) for fact in FACTS] == [document.field(fact) for fact in FACTS]
        assert as_numbers(plain_content(read)) == as_numbers(plain_content(document))


def test_it_is_packed_as_one_file_with_its_errors_and_verifies(
    journey: Journey, seed: Seed, tmp_path: Path
) -> None:
    wrong = any(form.errors for form in seed.forms)
    assert journey("pack", *journey.files, "--to", tmp_path) == int(wrong)
    package = next(tmp_path.glob("*.zip"))
    assert journey("verify", package, "--json") == 0
    (record,) = json.loads(journey.out)
    assert record["state"] == "complete"
    assert (record["errors"] > 0) == wrong
    assert journey("import", package, "--json", "-o", tmp_path / "again.json") == 0
    again = [Path(one["file"]).read_bytes() for one in json.loads(journey.out)["documents"]]
    assert sorted(again) == sorted(file.read_bytes() for file in journey.files)


def filled(document: Document) -> list[str]:
    """Give every filled text that the sheet shows, as it is stored; of the facts only the unit's name."""
    shown = [place for place in document.places() if place.table or place.column not in FACTS]
    return [document.unit_name, *(document.text(place) for place in shown)]


def stands_in(value: str, cell: object) -> bool:
    """Whether a cell of a workbook holds a text, or the number it says."""
    if isinstance(cell, str):
        return value in cell
    number = parse_number(value.removesuffix("%"))
    if number is None or not isinstance(cell, int | float):
        return False
    return float(number) == cell or (value.endswith("%") and abs(float(number) / 100 - cell) < 1e-9)


def squeezed(text: str) -> str:
    """Give a text without blanks and line ends."""
    return re.sub(r"\s+", "", text)


def pieces(value: str) -> list[str]:
    """Give a long text in pieces: a page end may stand in the middle of it."""
    whole = squeezed(value)
    return [whole[start : start + 8] for start in range(0, len(whole) - 8, 24)] or [whole]


def as_numbers(content: object) -> object:
    """Give a content with its figures as numbers: separators and trailing zeros do not count."""
    if isinstance(content, dict):
        return {key: as_numbers(value) for key, value in content.items()}
    if isinstance(content, list):
        return [as_numbers(one) for one in content]
    number = parse_number(content) if isinstance(content, str) else None
    return content if number is None else number
