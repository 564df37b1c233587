"""Word tables as dumped with a line for each cell: nothing is lost however the lines are mixed up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.grid import expand
from tests.core.intake.conftest import Read
from tests.core.intake.test_all_forms import FOLDER, typed
from tests.core.intake.writers import around


def by_line(document: Document) -> str:
    """A line with a tab for each cell of a row, also those joined to the one above; a blank line behind."""
    grid = expand(document)
    lines = around(document)
    for row in range(grid.rows):
        for cell in sorted(grid.cells, key=lambda one: one.column):
            if cell.row <= row < cell.row + cell.down:
                lines.append("\t" + (cell.text if cell.row == row else ""))
        lines.append("")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def project(forms: FormLibrary) -> Document:
    return read_document((FOLDER / "hb-proj" / "2020" / "sample.json").read_bytes(), forms)


@pytest.mark.parametrize(("form", "edition"), [("hb-proj", "2020"), ("tr", "2021"), ("gz-self", "2022")])
def test_cells_on_lines_of_their_own_are_put_in_rows_again(
    form: str, edition: str, forms: FormLibrary, read: Read
) -> None:
    document = read_document((Path(FOLDER) / form / edition / "sample.json").read_bytes(), forms)
    reading = read(by_line(document))
    assert typed(reading.documents[0]) == typed(document)
    assert reading.unplaced == []


@settings(max_examples=max(10, settings().max_examples // 6))
@given(data=st.data())
def test_no_word_is_lost_however_mixed_up_the_lines_are(
    data: st.DataObject, project: Document, read: Read
) -> None:
    lines = by_line(project).split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        line = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
        line = data.draw(st.sampled_from([line, line.strip(), line + "\t多的一格"]))
        lines.insert(data.draw(st.integers(0, len(lines))), line)
    reading = read("\n".join(lines), "hb-proj")
    found = [one.text(place) for one in reading.documents for place in one.places()]
    found += [one.text for one in reading.unplaced] + [one.read for one in reading.repairs]
    printed = [cell.text for cell in expand(project).cells if cell.kind == "label"]
    everything = "\n".join([*found, *printed, *around(project)])
    for word in "\n".join(lines).replace("\t", "\n").split("\n"):
        assert word.strip() in everything
