"""Copying, pasting and finding, as between Excel and the sheet."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from core.sheet.document import Document
from core.sheet.places import field_place
from tests.ui.conftest import Clerk
from ui.main_window import MainWindow
from ui.sheet.paste_panel import PastePanel
from ui.sheet.table_text import read_block, write_block

Open = Callable[[Document], Clerk]
Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def puts_on_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_a_block_survives_the_clipboard_with_tabs_quotes_and_lines() -> None:
    rows = [["a", 'b"c', "d\te"], ["", "f\ng", " h "]]
    assert read_block(write_block(rows)) == rows


def test_what_excel_puts_on_the_clipboard_is_read_without_a_row_too_many() -> None:
    assert read_block('1\t2\r\n"多\n行"\t4\r\n') == [["1", "2"], ["多\n行", "4"]]


def test_a_lone_quote_is_a_quote() -> None:
    assert read_block('5" 管\t"') == [['5" 管', '"']]


def test_copying_gives_the_text_as_typed_not_as_printed(clerk: Clerk) -> None:
    clerk.goes_to(field_place("basic_expense"))
    clerk.types("1234.5")
    clerk.presses(Key.Key_Return)
    clerk.goes_to(field_place("basic_expense"))
    clerk.presses(Key.Key_C, Ctrl)
    assert clipboard() == "1234.5"


def test_cutting_moves_a_text_in_two_steps_that_can_be_undone(clerk: Clerk) -> None:
    before = clerk.text("tasks[1].goal")
    clerk.goes_to(clerk.place("tasks[1].goal"))
    clerk.presses(Key.Key_X, Ctrl)
    assert clerk.text("tasks[1].goal") == ""
    clerk.goes_to(clerk.place("tasks[2].goal"))
    clerk.presses(Key.Key_V, Ctrl)
    assert clerk.text("tasks[2].goal") == before


def test_a_block_chosen_with_shift_is_copied_cell_by_cell(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("tasks[1].funds"))
    clerk.presses(Key.Key_Down, Shift)
    clerk.presses(Key.Key_C, Ctrl)
    assert clipboard() == f"{clerk.text('tasks[1].funds')}\n{clerk.text('tasks[2].funds')}"


def test_pasting_from_excel_fills_rows_and_adds_the_ones_that_lack(clerk: Clerk) -> None:
    count = len(clerk.session.document.rows("tasks"))
    clerk.goes_to(clerk.place(f"tasks[{count}].name"))
    puts_on_clipboard("甲\t做甲\t1\t好\r\n乙\t做乙\t2\t更好\r\n")
    clerk.presses(Key.Key_V, Ctrl)
    assert clerk.text(f"tasks[{count}].name") == "甲"
    assert [clerk.text(f"tasks[{count + 1}].{name}") for name in ("name", "content", "funds", "goal")] == [
        *("乙", "做乙", "2", "更好")
    ]
    clerk.session.undo()
    assert len(clerk.session.document.rows("tasks")) == count


def test_pasting_more_columns_than_there_are_is_refused_and_said(clerk: Clerk) -> None:
    said: list[str] = []
    clerk.view.said.connect(said.append)
    before = clerk.text("tasks[1].goal")
    clerk.goes_to(clerk.place("tasks[1].goal"))
    puts_on_clipboard("a\tb\tc\nd\te\tf")
    clerk.presses(Key.Key_V, Ctrl)
    assert clerk.text("tasks[1].goal") == before
    assert "3 列" in said[0]


def test_a_line_break_of_word_becomes_a_line_end_when_pasted(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("tasks[1].goal"))
    puts_on_clipboard("一\x0b二")
    clerk.presses(Key.Key_F2)
    clerk.presses(Key.Key_A, Ctrl)
    clerk.presses(Key.Key_V, Ctrl)
    assert clerk.text("tasks[1].goal") == "一\n二"


def test_an_unseen_control_character_is_refused_with_its_place(clerk: Clerk) -> None:
    refused: list[object] = []
    clerk.session.refused.connect(refused.append)
    before = clerk.text("tasks[1].goal")
    clerk.goes_to(clerk.place("tasks[1].goal"))
    puts_on_clipboard("一\x01二")
    clerk.presses(Key.Key_F2)
    clerk.presses(Key.Key_V, Ctrl)
    assert clerk.text("tasks[1].goal") == before
    assert len(refused) == 1


def test_delete_clears_a_chosen_block_in_one_step(clerk: Clerk) -> None:
    before = [clerk.text(f"tasks[{n}].funds") for n in (1, 2, 3)]
    clerk.goes_to(clerk.place("tasks[1].funds"))
    clerk.presses(Key.Key_Down, Shift, times=2)
    clerk.presses(Key.Key_Delete)
    assert [clerk.text(f"tasks[{n}].funds") for n in (1, 2, 3)] == ["", "", ""]
    clerk.session.undo()
    assert [clerk.text(f"tasks[{n}].funds") for n in (1, 2, 3)] == before


# -- a block that changes what is there is shown first -------------------------------------------------


def panel_of(window: MainWindow) -> PastePanel:
    pane = window.workspace.pane
    assert pane is not None
    assert pane.paste_panel is not None
    return pane.paste_panel


def test_a_block_over_filled_cells_is_shown_old_and_new_before_it_is_pasted(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk = open_document(filled)
    old = [clerk.text(f"tasks[{n}].funds") for n in (1, 2)]
    clerk.goes_to(clerk.place("tasks[1].funds"))
    puts_on_clipboard("11\n22")
    clerk.presses(Key.Key_V, Ctrl)
    assert [clerk.text(f"tasks[{n}].funds") for n in (1, 2)] == old
    listing = panel_of(window).list
    assert listing is not None
    assert listing.texts() == ["11", "22"]
    assert "2 格" in panel_of(window).said.text()
    clerk.presses(Key.Key_Return)
    assert [clerk.text(f"tasks[{n}].funds") for n in (1, 2)] == ["11", "22"]
    clerk.presses(Key.Key_Z, Ctrl)
    assert [clerk.text(f"tasks[{n}].funds") for n in (1, 2)] == old


def test_escape_leaves_the_sheet_as_it_was_and_the_keyboard_in_it(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk = open_document(filled)
    old = clerk.text("tasks[1].funds")
    clerk.goes_to(clerk.place("tasks[1].funds"))
    puts_on_clipboard("11\n22")
    clerk.presses(Key.Key_V, Ctrl)
    panel = panel_of(window)
    clerk.presses(Key.Key_Escape)
    assert not panel.isVisible()
    assert clerk.text("tasks[1].funds") == old
    clerk.types("5")
    assert clerk.text("tasks[1].funds") == "5"


def test_rows_that_would_be_added_are_counted_first(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk = open_document(filled)
    count = len(filled.rows("tasks"))
    clerk.goes_to(clerk.place(f"tasks[{count}].name"))
    puts_on_clipboard("甲\t做甲\r\n乙\t做乙\r\n丙\t做丙\r\n")
    clerk.presses(Key.Key_V, Ctrl)
    assert "新加 2 行" in panel_of(window).said.text()
    assert len(filled.rows("tasks")) == count
    clerk.presses(Key.Key_Return)
    assert len(filled.rows("tasks")) == count + 2


def test_a_block_into_empty_cells_is_pasted_at_once(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk = open_document(filled)
    for number in (1, 2):
        clerk.session.set_texts([(clerk.place(f"tasks[{number}].funds"), "")])
    clerk.goes_to(clerk.place("tasks[1].funds"))
    puts_on_clipboard("11\n22")
    clerk.presses(Key.Key_V, Ctrl)
    assert [clerk.text(f"tasks[{n}].funds") for n in (1, 2)] == ["11", "22"]
    assert window.workspace.pane is not None
    assert window.workspace.pane.paste_panel is None


def test_turning_to_another_cell_leaves_what_was_offered(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk = open_document(filled)
    clerk.goes_to(clerk.place("tasks[1].funds"))
    puts_on_clipboard("11\n22")
    clerk.presses(Key.Key_V, Ctrl)
    panel = panel_of(window)
    clerk.goes_to(clerk.place("tasks[3].name"))
    assert not panel.isVisible()
    panel.take()
    assert clerk.text("tasks[1].funds") != "11"
