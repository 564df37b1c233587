"""The line below: what it says of the current cell, of computed figures above all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.check.settings import Settings
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.places import Place, field_place
from tests.ui.conftest import Clerk
from ui.main_window import MainWindow

Open = Callable[[Document], Clerk]


def sample(resources: Path, forms: FormLibrary, form: str, edition: str) -> Document:
    return read_document((resources / "forms" / form / edition / "sample.json").read_bytes(), forms)


def line(window: MainWindow) -> str:
    return window.status.texts()


def scored_row(document: Document) -> str:
    """The id of the first indicator whose score the form computes."""
    return document.rows("indicators")[0].id


def test_a_computed_sum_says_what_it_is_made_of(
    window: MainWindow, open_document: Open, resources: Path, forms: FormLibrary
) -> None:
    clerk = open_document(sample(resources, forms, "mof-proj", "2015"))
    computed = next(cell for cell in clerk.view.grid.cells if cell.kind == "computed" and cell.place)
    assert computed.place is not None
    clerk.goes_to(computed.place)
    assert "由程序计算 · ＝" in line(window)


@pytest.mark.parametrize(("form", "edition"), [("mof-self", "2020"), ("sc-self", "2023")])
def test_a_score_says_target_result_and_share_and_follows_what_is_typed(
    window: MainWindow, open_document: Open, resources: Path, forms: FormLibrary, form: str, edition: str
) -> None:
    document = sample(resources, forms, form, edition)
    clerk = open_document(document)
    row = scored_row(document)
    weight = document.text(Place("indicators", row, "weight"))
    parts = {"operator": "≥", "value": "95", "unit": "%"} if form == "sc-self" else {"value": "≥95%"}
    target = [(Place("indicators", row, name), text) for name, text in parts.items()]
    clerk.session.set_texts([*target, (Place("indicators", row, "actual"), "95%")])
    clerk.goes_to(Place("indicators", row, "score"))
    assert f"得满分{weight}分" in line(window)
    clerk.session.set_texts([(Place("indicators", row, "actual"), "76%")])
    assert f"76÷95×{weight}＝" in line(window)


def test_a_typed_figure_says_so_and_what_the_program_makes_of_it(
    window: MainWindow, open_document: Open, resources: Path, forms: FormLibrary
) -> None:
    document = sample(resources, forms, "mof-self", "2020")
    row = scored_row(document)
    document.set_text(Place("indicators", row, "score"), "3")
    clerk = open_document(document)
    clerk.goes_to(Place("indicators", row, "score"))
    assert "手工填写 · 填的是3分。" in line(window)


def test_a_line_that_is_too_long_is_elided_and_told_whole_in_a_tip(
    window: MainWindow, open_document: Open, resources: Path, forms: FormLibrary
) -> None:
    document = sample(resources, forms, "mof-self", "2020")
    clerk = open_document(document)
    window.resize(500, 500)
    clerk.goes_to(Place("indicators", scored_row(document), "score"))
    label = window.status.findChild(object, "status-cell")
    assert label.is_elided  # type: ignore[attr-defined]
    assert "得" in label.toolTip()  # type: ignore[attr-defined]


def test_letters_left_are_counted_down(window: MainWindow, open_document: Open, filled: Document) -> None:
    clerk = open_document(filled)
    limited = next(name for name, one in filled.form.fields.items() if one.limit and not one.compute)
    place = field_place(limited)
    limit = filled.form.fields[limited].limit
    assert limit is not None
    clerk.session.set_texts([(place, "好" * (limit - 2))])
    clerk.goes_to(place)
    assert "还可填 2 字" in line(window)


def test_the_letters_left_are_those_the_bureau_and_the_finding_count(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk, goal = open_document(filled), field_place("goal")
    row = filled.rows("tasks")[0].id
    limits = [["goal", 20], ["tasks.content", 10]]
    clerk.session.judging.in_settings(Settings(kit={"text_limits": limits}))
    clerk.session.set_texts([(goal, "好" * 15)])
    clerk.goes_to(goal)
    assert "还可填 5 字" in line(window)
    clerk.session.set_texts([(goal, "好" * 23)])
    clerk.goes_to(Place("tasks", row, "content"))
    clerk.goes_to(goal)
    assert "超过限定 3 字" in line(window)
    said = next(one.message for one in clerk.session.judging.findings() if one.check == "TX-02")
    assert "23" in said
    assert "20" in said
    clerk.session.set_texts([(Place("tasks", row, "content"), "好" * 4)])
    clerk.goes_to(Place("tasks", row, "content"))
    assert "还可填 6 字" in line(window)


def test_blanks_and_new_lines_take_no_room_as_the_check_has_it(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk, goal = open_document(filled), field_place("goal")
    limit = filled.form.fields["goal"].limit
    assert limit is not None
    clerk.session.set_texts([(goal, "好 \n" * limit)])
    clerk.goes_to(goal)
    assert not any(one.check == "TX-02" for one in clerk.session.judging.findings())
    assert "还可填 0 字" in line(window)


def test_a_screen_reader_is_told_the_figure_and_how_it_came_about(
    open_document: Open, resources: Path, forms: FormLibrary
) -> None:
    clerk = open_document(sample(resources, forms, "mof-self", "2020"))
    clerk.goes_to(field_place("total_score"))
    told = clerk.view.typing.editor.accessibleDescription()
    assert told.startswith("99.13 · ")
    assert "＝执行率得分＋" in told
