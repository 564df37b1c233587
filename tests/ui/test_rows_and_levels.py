"""Rows added by typing, moved and removed; merged level cells edited as one."""

from PySide6.QtCore import Qt

from core.sheet.grid import Cell
from core.sheet.places import Place
from tests.ui.conftest import Clerk
from ui.sheet.walk import Spot

Key = Qt.Key


def spare_cell(clerk: Clerk, table: str, column: str) -> Cell:
    return next(
        cell
        for cell in clerk.view.grid.cells
        if cell.adds is not None and (cell.adds.table, cell.adds.column) == (table, column)
    )


def goes_to_spare_line(clerk: Clerk, table: str, column: str) -> None:
    cell = spare_cell(clerk, table, column)
    clerk.view.stand_on(Spot(cell.row, cell.column))


def names(clerk: Clerk, table: str = "tasks") -> list[str]:
    return [row.cells.get("name", "") for row in clerk.session.document.rows(table)]


def test_typing_in_the_spare_line_adds_a_row_and_goes_on_in_it(clerk: Clerk) -> None:
    before = names(clerk)
    goes_to_spare_line(clerk, "tasks", "name")
    clerk.types("abc")
    assert names(clerk) == [*before, "abc"]


def test_a_row_added_by_typing_is_one_step_to_undo(clerk: Clerk) -> None:
    before = names(clerk)
    goes_to_spare_line(clerk, "tasks", "name")
    clerk.types("abc")
    clerk.presses(Key.Key_Return)
    clerk.session.undo()
    assert names(clerk) == before


def test_a_row_added_with_pinyin_begins_with_the_confirmed_word(clerk: Clerk) -> None:
    before = names(clerk)
    goes_to_spare_line(clerk, "tasks", "name")
    clerk.composes("pu'fa")
    assert names(clerk) == before
    clerk.composes(commit="普法")
    assert names(clerk) == [*before, "普法"]


def test_after_the_new_row_there_is_another_spare_line(clerk: Clerk) -> None:
    goes_to_spare_line(clerk, "tasks", "name")
    clerk.types("a")
    clerk.presses(Key.Key_Return)
    clerk.types("b")
    assert names(clerk)[-2:] == ["a", "b"]


def test_a_row_added_and_left_without_a_word_goes_again(clerk: Clerk) -> None:
    before = names(clerk)
    goes_to_spare_line(clerk, "tasks", "name")
    clerk.types("a")
    clerk.presses(Key.Key_Backspace)
    clerk.presses(Key.Key_Return)
    assert names(clerk) == before


def test_escape_in_the_spare_line_takes_the_row_away_again(clerk: Clerk) -> None:
    before = names(clerk)
    goes_to_spare_line(clerk, "tasks", "name")
    clerk.types("abc")
    clerk.presses(Key.Key_Escape)
    assert names(clerk) == before


def test_a_row_added_below_an_indicator_has_its_levels(clerk: Clerk) -> None:
    clerk.goes_to(clerk.place("indicators[1].name"))
    clerk.view.commands.add_row()
    clerk.types("new")
    assert clerk.text("indicators[2].name") == "new"
    assert clerk.text("indicators[2].level2") == clerk.text("indicators[1].level2")


def test_removing_a_row_and_undoing_brings_all_its_texts_back(clerk: Clerk) -> None:
    before = [dict(row.cells) for row in clerk.session.document.rows("tasks")]
    clerk.goes_to(clerk.place("tasks[2].content"))
    clerk.view.commands.remove_row()
    assert len(names(clerk)) == len(before) - 1
    clerk.session.undo()
    assert [row.cells for row in clerk.session.document.rows("tasks")] == before


def test_a_row_the_form_wants_is_only_emptied(clerk_at_blank: Clerk) -> None:
    clerk = clerk_at_blank
    clerk.goes_to(clerk.place("indicators[1].name"))
    clerk.types("x")
    count = len(clerk.session.document.rows("indicators"))
    clerk.view.commands.remove_row()
    assert len(clerk.session.document.rows("indicators")) == count
    assert clerk.text("indicators[1].name") == ""


def test_moving_a_row_keeps_standing_in_it(clerk: Clerk) -> None:
    first, second = names(clerk)[:2]
    clerk.goes_to(clerk.place("tasks[1].name"))
    clerk.view.commands.move_row(1)
    assert names(clerk)[:2] == [second, first]
    assert clerk.view.current is not None
    assert clerk.view.current.text == first


def add_two_free_rows(clerk: Clerk) -> tuple[Place, Place]:
    """Two indicator rows whose levels may be typed, with the same level 1."""
    for name in ("甲", "乙"):
        goes_to_spare_line(clerk, "indicators", "name")
        clerk.composes(commit=name)
        clerk.presses(Key.Key_Return)
    rows = clerk.session.document.rows("indicators")[-2:]
    places = [Place("indicators", row.id, "level1") for row in rows]
    clerk.session.set_texts([(place, "试点指标") for place in places])
    return places[0], places[1]


def test_typing_in_a_merged_level_cell_changes_all_its_rows_in_one_step(clerk: Clerk) -> None:
    first, second = add_two_free_rows(clerk)
    clerk.goes_to(first)
    clerk.composes(commit="自定")
    clerk.composes(commit="指标")
    clerk.presses(Key.Key_Return)
    document = clerk.session.document
    assert [document.text(first), document.text(second)] == ["自定指标", "自定指标"]
    clerk.session.undo()
    assert [document.text(first), document.text(second)] == ["试点指标", "试点指标"]


def test_a_level_typed_equal_to_the_row_above_does_not_take_that_row_along(clerk: Clerk) -> None:
    first, second = add_two_free_rows(clerk)
    clerk.session.set_texts([(second, "")])
    clerk.goes_to(second)
    clerk.composes(commit="试点指标")
    clerk.composes(commit="二")
    clerk.presses(Key.Key_Return)
    document = clerk.session.document
    assert [document.text(first), document.text(second)] == ["试点指标", "试点指标二"]


def test_escape_closes_the_list_and_leaves_the_level(clerk: Clerk) -> None:
    first, _ = add_two_free_rows(clerk)
    clerk.goes_to(first)
    clerk.presses(Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    clerk.presses(Key.Key_Escape)
    assert clerk.session.document.text(first) == "试点指标"


def test_a_level_is_chosen_from_its_list_by_keyboard(clerk: Clerk) -> None:
    first, _ = add_two_free_rows(clerk)
    clerk.goes_to(first)
    clerk.presses(Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    clerk.presses(Key.Key_Down)
    clerk.presses(Key.Key_Return)
    assert clerk.session.document.text(first) == "效益指标"
