"""The real published forms, whole: read in, checked, printed, exported, read back, packed and verified.

What is really wrong in each is known (a careful reader marked it); anything else would be a false alarm.
"""

from __future__ import annotations

import json
import re
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


class Seed(NamedTuple):
    """A published form: its file, how many rows it has, and the checks that rightly speak."""

    file: str
    edition: str
    unit: str
    tasks: int
    indicators: int
    errors: frozenset[str]
    warnings: frozenset[str]
    hints: frozenset[str]


SEEDS = [
    Seed(
        "000_b7c57143cb7a3d33.txt",
        "2024",
        "广州市花都区司法局",
        6,
        13,
        frozenset({"DT-01", "IV-01"}),
        frozenset({"IX-08", "IV-15"}),
        frozenset({"IV-18", "IX-05", "TX-07", "TX-08"}),
    ),
    Seed(
        "002_d1a73e039ac2dbf7.txt",
        "2025",
        "广州市越秀区司法局(部门)",
        5,
        20,
        frozenset({"DT-01", "IV-12"}),
        frozenset({"IX-09", "IX-07", "IX-10"}),
        frozenset({"IV-18", "IX-05", "IX-13", "IX-15", "IX-18", "TX-09"}),
    ),
]


@pytest.fixture(params=SEEDS, ids=[seed.file[:3] for seed in SEEDS])
def seed(request: pytest.FixtureRequest) -> Seed:
    """One published form."""
    found: Seed = request.param
    return found


@pytest.fixture
def journey(seed: Seed, seeds: Path, resources: Path, tmp_path: Path) -> Journey:
    """The command line on one published form, which has been read in."""
    trip = Journey(resources, tmp_path, seeds / seed.file)
    assert trip("import", trip.published, "-o", trip.file) == 0
    return trip


class Journey:
    """Runs commands and keeps what they print."""

    def __init__(self, resources: Path, folder: Path, published: Path) -> None:
        self.resources = resources
        self.folder = folder
        self.published = published
        self.file = folder / "seed.json"
        self.out = ""

    def __call__(self, *argv: object) -> int:
        import io

        out = io.StringIO()
        code = run([str(one) for one in argv], Workbench(self.resources, out))
        self.out = out.getvalue()
        return code

    def document(self, forms: FormLibrary, file: Path | None = None) -> Document:
        """Read a document file."""
        return read_document((file or self.file).read_bytes(), forms)


def test_it_is_read_whole(journey: Journey, seed: Seed, forms: FormLibrary) -> None:
    document = journey.document(forms)
    assert (document.form.form, document.form.edition) == ("gz-decl", seed.edition)
    assert document.unit_name == seed.unit
    assert len(document.rows("tasks")) == seed.tasks
    assert len(document.rows("indicators")) == seed.indicators


def test_every_figure_of_the_page_is_in_the_document(journey: Journey, forms: FormLibrary) -> None:
    page = journey.published.read_text("utf-8")
    figures = re.findall(r"(?<![\d.,])\d{1,3}(?:,\d{3})*\.\d{2}(?![\d.])", page)
    kept = document_bytes(journey.document(forms)).decode()
    assert len(figures) >= 8
    for figure in figures:
        assert figure in kept


def test_exactly_its_true_mistakes_are_found(journey: Journey, seed: Seed) -> None:
    assert journey("check", journey.file, "--json") == 1
    findings = json.loads(journey.out)[str(journey.file)]
    found = {
        grade: {one["check"] for one in findings if one["severity"] == grade}
        for grade in ("error", "warning")
    }
    assert found["error"] == seed.errors
    assert found["warning"] == seed.warnings
    assert {one["check"] for one in findings if one["severity"] == "hint"} <= seed.hints


def test_everything_is_on_the_printed_pages_in_order(journey: Journey, forms: FormLibrary) -> None:
    pdf = journey.folder / "seed.pdf"
    assert journey("pdf", journey.file, "-o", pdf) == 0
    text = squeezed("".join(page.extract_text() for page in PdfReader(pdf).pages))
    document = journey.document(forms)
    for value in filled(document):
        assert squeezed(value) in text or all(part in text for part in pieces(value)), value
    names = [row.cells["name"] for row in document.rows("indicators") if "name" in row.cells]
    at = text.index("三级指标")
    for name in names:
        at = text.index(squeezed(name)[:12], at)


def test_everything_is_in_the_workbook_and_comes_back_equal(journey: Journey, forms: FormLibrary) -> None:
    from openpyxl import load_workbook

    book, again = journey.folder / "seed.xlsx", journey.folder / "again.json"
    assert journey("xlsx", journey.file, "-o", book) == 0
    cells = [cell.value for row in load_workbook(book).worksheets[0].iter_rows() for cell in row]
    texts = [str(value) for value in cells if isinstance(value, str)]
    numbers = {value for value in cells if isinstance(value, int | float)}
    document = journey.document(forms)
    for value in filled(document):
        number = parse_number(value)
        assert value in texts or (number is not None and float(number) in numbers), value
    assert journey("import", book, "-o", again) == 0
    assert as_numbers(plain_content(journey.document(forms, again))) == as_numbers(plain_content(document))


def test_it_is_packed_with_its_errors_and_verifies(journey: Journey) -> None:
    assert journey("pack", journey.file, "--to", journey.folder) == 1
    package = next(journey.folder.glob("*.zip"))
    assert journey("verify", package, "--json") == 0
    (record,) = json.loads(journey.out)
    assert record["state"] == "complete"
    assert record["errors"] >= 1
    assert journey("import", package, "-o", journey.folder / "again.json") == 0
    assert (journey.folder / "again.json").read_bytes() == journey.file.read_bytes()


def filled(document: Document) -> list[str]:
    """Give every filled text that the sheet shows, as it is stored."""
    return [
        document.text(place) for place in document.places() if place.table or place.column not in ("stage",)
    ]


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
