"""Typing into cells by keyboard, as in Excel, with and without an input method."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from tests.ui.conftest import Clerk

Key, Ctrl, Alt = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_typing_on_a_cell_replaces_its_text(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("basic_expense"))
    clerk.types("12.5")
    assert clerk.text("basic_expense") == "12.5"


def test_every_key_is_in_the_document_at_once(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("basic_expense"))
    for key, held in (("1", "1"), ("2", "12"), (".", "12."), ("5", "12.5")):
        clerk.types(key)
        assert clerk.text("basic_expense") == held


def test_enter_finishes_and_goes_to_the_cell_below(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("basic_expense"))
    clerk.types("100")
    clerk.presses(Key.Key_Return)
    clerk.types("200")
    assert (clerk.text("basic_expense"), clerk.text("project_expense")) == ("100", "200")


def test_tab_goes_to_the_next_cell_that_can_be_filled(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("basic_expense"))
    clerk.presses(Key.Key_Tab)
    clerk.types("300")
    clerk.presses(Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    clerk.types("400")
    assert (clerk.text("fiscal_income"), clerk.text("basic_expense")) == ("300", "400")


def test_enter_after_tabs_goes_to_the_row_below_where_the_tabs_began(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("basic_expense"))
    clerk.types("1")
    clerk.presses(Key.Key_Tab)
    clerk.types("2")
    clerk.presses(Key.Key_Return)
    clerk.types("3")
    assert [clerk.text(name) for name in ("basic_expense", "fiscal_income", "project_expense")] == [
        "1",
        "2",
        "3",
    ]


def test_f2_edits_the_text_in_place_with_the_caret_at_its_end(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("basic_expense"))
    clerk.types("12")
    clerk.presses(Key.Key_Return)
    clerk.goes_to(clerk.place("basic_expense"))
    clerk.presses(Key.Key_F2)
    clerk.types("3")
    assert clerk.text("basic_expense") == "123"


def test_a_double_click_edits_in_place(clerk: Clerk) -> None:
    clerk.double_clicks(clerk.place("tasks[1].funds"))
    before = clerk.text("tasks[1].funds")
    clerk.presses(Key.Key_End)
    clerk.types("7")
    assert clerk.text("tasks[1].funds") == before + "7"


def test_escape_gives_the_old_text_back_and_redo_the_typed_one(clerk: Clerk) -> None:
    before = clerk.text("basic_expense")
    clerk.goes_to(clerk.place("basic_expense"))
    clerk.types("999")
    clerk.presses(Key.Key_Escape)
    assert clerk.text("basic_expense") == before
    clerk.session.redo()
    assert clerk.text("basic_expense") == "999"


def test_delete_clears_a_cell_and_undo_brings_it_back(clerk: Clerk) -> None:
    before = clerk.text("basic_expense")
    clerk.goes_to(clerk.place("basic_expense"))
    clerk.presses(Key.Key_Delete)
    assert clerk.text("basic_expense") == ""
    clerk.session.undo()
    assert clerk.text("basic_expense") == before


def test_what_was_typed_in_one_cell_is_one_step_to_undo(clerk: Clerk) -> None:
    before = clerk.text("basic_expense")
    clerk.goes_to(clerk.place("basic_expense"))
    clerk.types("12345")
    clerk.presses(Key.Key_Return)
    clerk.session.undo()
    assert clerk.text("basic_expense") == before


def test_alt_enter_is_a_new_line_in_a_cell_of_text(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("goal"))
    clerk.types("a")
    clerk.presses(Key.Key_Return, Alt)
    clerk.types("b")
    assert clerk.text("goal") == "a\nb"


def test_down_leaves_a_long_text_only_from_its_last_line(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("goal"))
    clerk.types("a")
    clerk.presses(Key.Key_Return, Alt)
    clerk.types("b")
    clerk.presses(Key.Key_Up)
    clerk.types("c")
    assert clerk.text("goal") == "ac\nb"
    clerk.presses(Key.Key_Down, times=2)
    clerk.types("d")
    assert clerk.text("goal") == "ac\nb"


def test_a_computed_cell_takes_no_typing_and_says_why(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("indicators[1].level1"))
    said: list[str] = []
    clerk.view.said.connect(said.append)
    before = clerk.text("indicators[1].level1")
    clerk.types("x")
    assert clerk.text("indicators[1].level1") == before
    assert said


def test_pinyin_in_progress_is_no_edit(clerk: Clerk) -> None:
    before = clerk.text("tasks[1].name")
    clerk.goes_to(clerk.place("tasks[1].name"))
    clerk.composes("tiao'jie")
    assert clerk.text("tasks[1].name") == before


def test_the_first_pinyin_word_replaces_the_cell_and_more_follow(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("tasks[1].name"))
    clerk.composes("tiao'jie")
    clerk.composes(commit="调解")
    clerk.composes("jing'fei")
    clerk.composes(commit="经费")
    assert clerk.text("tasks[1].name") == "调解经费"


def test_giving_pinyin_up_leaves_the_cell_as_it_was(clerk: Clerk) -> None:
    before = clerk.text("tasks[1].name")
    clerk.goes_to(clerk.place("tasks[1].name"))
    clerk.composes("tiao")
    clerk.composes("")
    clerk.presses(Key.Key_Return)
    assert clerk.text("tasks[1].name") == before
    assert not clerk.session.history.can_undo


def test_enter_while_composing_does_not_leave_the_cell(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("tasks[1].name"))
    clerk.composes("tiao")
    clerk.presses(Key.Key_Return)
    clerk.composes(commit="调")
    assert clerk.text("tasks[1].name").startswith("调")


def test_pinyin_still_composing_is_kept_when_another_cell_is_clicked(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("tasks[1].name"))
    clerk.composes(commit="调")
    clerk.composes("jie")
    clerk.clicks(clerk.place("tasks[2].name"))
    assert clerk.text("tasks[1].name") == "调jie"


def test_spaces_and_no_break_spaces_are_stored_as_typed(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("tasks[1].name"))
    clerk.composes(commit="  a\u00a0b\u3000")
    assert clerk.text("tasks[1].name") == "  a\u00a0b\u3000"


def test_looking_at_cells_is_no_edit(clerk: Clerk, kept: list[object]) -> None:
    clerk.goes_to(clerk.place("unit.name"))
    clerk.presses(Key.Key_Tab, times=40)
    clerk.presses(Key.Key_F2)
    clerk.presses(Key.Key_Return)
    assert kept == []


def test_a_figure_too_wide_for_its_cell_is_drawn_smaller_not_torn(
    clerk_at: Callable[[Document], Clerk], resources: Path, forms: FormLibrary
) -> None:
    data = (resources / "forms/sc-dept/2024/sample.json").read_bytes()
    clerk = clerk_at(read_document(data, forms))
    clerk.view.resize(820, 600)
    QApplication.processEvents()
    page = clerk.view.page
    figures = [one for one in clerk.view.grid.cells if one.field and one.field.numeric and one.text]
    assert figures
    assert [one.text for one in figures if page.laid(one).lines > 1] == []
