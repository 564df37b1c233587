"""Every form that ships, filled as its sample, read back from the files other programs write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.intake.reading import Reading, RepairKind
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.document_file import plain_content, read_document
from core.sheet.forms import FormLibrary
from core.sheet.numbers import parse_number
from tests.core.intake.conftest import Read, ToXlsx
from tests.core.intake.dumps import tabbed
from tests.core.intake.writers import page, without_list, word

Sample = Callable[[str, str], Document]
FOLDER = Path(__file__).parents[3] / "resources" / "forms"
ALL = FormLibrary(FOLDER).names()
EDITIONS = dict(ALL)
# Each another sort of picture: a table in a row, prose, two tables side by side, texts of several lines.
some_forms = pytest.mark.parametrize("form", ["gz-self", "mof-proj", "nm-proj", "tr"])
every_form = pytest.mark.parametrize(("form", "edition"), ALL, ids=["-".join(pair) for pair in ALL])


@pytest.fixture(scope="session")
def sample(forms: FormLibrary) -> Sample:
    def read_sample(form: str, edition: str) -> Document:
        return read_document((FOLDER / form / edition / "sample.json").read_bytes(), forms)

    return read_sample


def typed(document: Document) -> Any:
    """Everything a person entered, figures as numbers: computed cells are printed and so read back."""
    content = plain_content(document)
    return as_numbers(without_computed(content["values"], content["rows"], document.form))


def without_computed(values: Any, rows: Any, form: Form) -> Any:
    kept = {name: text for name, text in values.items() if not form.fields[name].compute}
    tables = {}
    for path, some in rows.items():
        columns = form.tables[path].columns
        computed = {name for name, column in columns.items() if column.compute}
        tables[path] = [{name: cell for name, cell in row.items() if name not in computed} for row in some]
    return {"values": kept, "rows": tables}


def as_numbers(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: as_numbers(value) for key, value in content.items()}
    if isinstance(content, list):
        return [as_numbers(one) for one in content]
    number = parse_number(content)
    return content if number is None else number


def assert_whole(reading: Reading, document: Document) -> None:
    [again] = reading.documents
    assert again.form is document.form
    assert typed(again) == typed(document)
    assert reading.unplaced == []


@every_form
def test_a_word_file_is_read_whole(form: str, edition: str, sample: Sample, read: Read) -> None:
    document = sample(form, edition)
    reading = read(word(document))
    assert_whole(reading, document)
    assert reading.repairs == []
    assert reading.documents[0].stage == document.stage


@some_forms
def test_a_web_page_is_read_whole(form: str, sample: Sample, read: Read) -> None:
    document = sample(form, EDITIONS[form])
    reading = read(page(document))
    assert_whole(reading, document)
    assert reading.repairs == []


@every_form
def test_a_sheet_without_our_list_is_read_whole(
    form: str, edition: str, sample: Sample, read: Read, to_xlsx: ToXlsx
) -> None:
    document = sample(form, edition)
    reading = read(without_list(to_xlsx(document)))
    assert_whole(reading, document)
    assert reading.repairs == []
    again = reading.documents[0]
    assert again.unit_name == document.unit_name


@some_forms
def test_a_text_with_tabs_is_read_whole_also_where_cells_have_lines(
    form: str, sample: Sample, read: Read
) -> None:
    document = sample(form, EDITIONS[form])
    reading = read(tabbed(document))
    assert typed(reading.documents[0]) == typed(document)
    assert {one.kind for one in reading.repairs} <= {RepairKind.FILLED, RepairKind.LINES}
