"""Further ways in which programs give a table as text: a stroke behind each cell, Markdown, one long line."""

from __future__ import annotations

from typing import Any

import pytest

from core.intake.reading import RepairKind
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from tests.core.intake.conftest import Read
from tests.core.intake.test_all_forms import EDITIONS, FOLDER, typed
from tests.core.intake.writers import markdown, on_one_line, stroked


def sample(form: str, forms: FormLibrary) -> Document:
    return read_document((FOLDER / form / EDITIONS[form] / "sample.json").read_bytes(), forms)


def squeezed(content: Any) -> Any:
    """Texts without blanks and line ends, which these dumps do not keep."""
    if isinstance(content, dict):
        return {key: squeezed(value) for key, value in content.items()}
    if isinstance(content, list):
        return [squeezed(one) for one in content]
    return "".join(content.split()) if isinstance(content, str) else content


@pytest.mark.parametrize("form", ["sc-self", "gz-decl", "hb-proj", "cq-proj", "sc-dept"])
def test_a_text_with_a_stroke_behind_each_cell_is_read_whole(
    form: str, forms: FormLibrary, read: Read
) -> None:
    document = sample(form, forms)
    reading = read(stroked(document))
    assert squeezed(typed(reading.documents[0])) == squeezed(typed(document))
    assert reading.unplaced == []


def test_a_blank_cell_between_strokes_keeps_the_others_in_their_places(
    forms: FormLibrary, read: Read
) -> None:
    document = sample("sc-self", forms)
    lines = stroked(document).split("\n")
    place = lines.index("总额 |") + 1
    expected = lines[place + 1].removesuffix("|").strip()
    lines[place] = "|"
    again = read("\n".join(lines)).documents[0]
    assert "initial_total" not in again.values
    assert again.field("budget_total") == expected


@pytest.mark.parametrize("form", ["gz-decl", "mof-self", "nm-proj"])
def test_a_markdown_table_is_read_whole(form: str, forms: FormLibrary, read: Read) -> None:
    document = sample(form, forms)
    reading = read(markdown(document))
    assert squeezed(typed(reading.documents[0])) == squeezed(typed(document))


@pytest.mark.parametrize("form", ["mof-self", "tr"])
def test_a_table_on_one_line_is_read_by_the_kinds_of_its_cells_and_told_to_be_a_guess(
    form: str, forms: FormLibrary, read: Read
) -> None:
    document = sample(form, forms)
    reading = read(f"打印 2024-05-16 14:20 {on_one_line(document)}")
    assert squeezed(typed(reading.documents[0])) == squeezed(typed(document))
    assert RepairKind.CROWDED in {one.kind for one in reading.repairs}
    assert reading.documents[0].year == document.year
