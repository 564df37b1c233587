"""The clerk picks indicators: offered quietly while she types a name, never in her way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from core.sheet.document import Document, blank_document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from tests.ui.conftest import Clerk
from ui.main_window import MainWindow
from ui.sheet.pane import SheetPane
from ui.sheet.suggesting import Suggesting
from ui.sheet.walk import Spot

Open = Callable[[Document], Clerk]
AID = "法律援助案件办结数"
DOWN, ENTER, ESCAPE = Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def declaration(forms: FormLibrary) -> Document:
    """A new Sichuan form: sign, value and unit stand in cells of their own."""
    document = blank_document(forms.get("sc-dept"), year=2026, unit_name="青禾县司法局")
    assert document.rows("indicators") == []
    return document


@pytest.fixture
def clerk(open_document: Open, filled: Document) -> Clerk:
    """A clerk at the second indicator of a filled form."""
    clerk = open_document(filled)
    clerk.goes_to(clerk.place("indicators[2].name"))
    return clerk


@pytest.fixture
def offered(window: MainWindow, qtbot: QtBot) -> Callable[[], list[str]]:
    """Give the lines of the list once it is seen."""

    def wait() -> list[str]:
        qtbot.waitUntil(lambda: suggesting(window).shown, timeout=2000)
        return suggesting(window).texts()

    return wait


@pytest.fixture
def nothing_offered(window: MainWindow, qtbot: QtBot) -> Callable[[], bool]:
    """Tell whether no list has come after a moment."""

    def wait() -> bool:
        qtbot.wait(80)
        return not suggesting(window).shown

    return wait


Offered = Callable[[], list[str]]
Nothing = Callable[[], bool]


def pane(window: MainWindow) -> SheetPane:
    assert window.workspace.pane is not None
    return window.workspace.pane


def suggesting(window: MainWindow) -> Suggesting:
    found = pane(window).suggesting
    assert found is not None
    return found


def spare_name(clerk: Clerk) -> None:
    """Stand on the name cell of the spare line."""
    spare = [one for one in clerk.view.grid.cells if one.adds and one.adds.table == "indicators"]
    cell = next(one for one in spare if one.adds and one.adds.column == "name")
    QApplication.processEvents()
    clerk.view.stand_on(Spot(cell.row, cell.column))


# -- offered, not forced --------------------------------------------------------------------------------


def test_while_a_name_is_typed_indicators_that_fit_are_listed_below_it(
    clerk: Clerk, offered: Offered
) -> None:
    clerk.types("falv")
    lines = offered()
    assert any(line.startswith(f"{AID} · 数量指标 · ≥…件") for line in lines)
    assert clerk.text("indicators[2].name") == "falv"


def test_the_list_lies_below_the_cell_and_never_over_it(
    clerk: Clerk, offered: Offered, window: MainWindow
) -> None:
    clerk.types("falv")
    offered()
    box = suggesting(window)._list
    assert box is not None
    assert not box.geometry().intersects(clerk.view.typing.editor.geometry())
    assert clerk.view.viewport().rect().contains(box.geometry())
    assert not box.isWindow()


def test_the_list_stays_below_where_a_few_lines_have_room_and_leaves_the_sheet_beside_it_in_sight(
    clerk: Clerk, offered: Offered, window: MainWindow
) -> None:
    view, cell = clerk.view, clerk.view.current
    assert cell is not None
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + view.cell_rect(cell).top() - 330)
    clerk.composes(commit="调解")
    offered()
    box = suggesting(window)._list
    assert box is not None
    assert view.viewport().height() - view.cell_rect(cell).bottom() < view.cell_rect(cell).top()
    assert box.geometry().top() > view.cell_rect(cell).bottom() - 2
    assert box.width() <= window.tools.look.em(40)


def test_a_line_found_by_another_name_says_by_which(clerk: Clerk, offered: Offered) -> None:
    clerk.composes(commit="安置帮教对象重新犯罪")
    (line,) = offered()
    assert line.startswith("刑满释放人员重新犯罪率 · 也称“安置帮教对象重新犯罪率”")


def test_enter_without_going_into_the_list_ends_the_cell_as_ever(
    clerk: Clerk, offered: Offered, window: MainWindow
) -> None:
    clerk.composes(commit="法律援助")
    offered()
    clerk.presses(ENTER)
    assert clerk.text("indicators[2].name") == "法律援助"
    assert not suggesting(window).shown
    assert clerk.view.typing.place == clerk.place("indicators[3].name")


def test_tab_ends_the_cell_as_ever_even_from_within_the_list(
    clerk: Clerk, offered: Offered, window: MainWindow
) -> None:
    clerk.types("falv")
    offered()
    clerk.presses(DOWN)
    clerk.presses(Qt.Key.Key_Tab)
    assert clerk.text("indicators[2].name") == "falv"
    assert not suggesting(window).shown


def test_escape_closes_the_list_and_a_second_one_gives_up_the_typing(
    clerk: Clerk, offered: Offered, window: MainWindow
) -> None:
    before = clerk.text("indicators[2].name")
    clerk.types("falv")
    offered()
    clerk.presses(ESCAPE)
    assert not suggesting(window).shown
    assert clerk.text("indicators[2].name") == "falv"
    clerk.presses(ESCAPE)
    assert clerk.text("indicators[2].name") == before


def test_words_that_fit_nothing_are_typed_in_peace(clerk: Clerk, nothing_offered: Nothing) -> None:
    clerk.composes(commit="自己起的名称")
    assert nothing_offered()
    assert clerk.text("indicators[2].name") == "自己起的名称"


def test_going_on_typing_out_of_the_list_goes_on_with_the_text(clerk: Clerk, offered: Offered) -> None:
    clerk.types("fa")
    offered()
    clerk.presses(DOWN)
    clerk.types("lv")
    assert clerk.text("indicators[2].name") == "falv"


def test_up_from_the_first_line_is_out_of_the_list_again(clerk: Clerk, offered: Offered) -> None:
    clerk.types("falv")
    offered()
    clerk.presses(DOWN)
    clerk.presses(Qt.Key.Key_Up)
    clerk.presses(ENTER)
    assert clerk.text("indicators[2].name") == "falv"


def test_an_input_method_is_left_alone_until_its_words_are_confirmed(
    clerk: Clerk, offered: Offered, nothing_offered: Nothing
) -> None:
    clerk.composes(commit="调解")
    offered()
    clerk.composes("cheng'gong")
    assert nothing_offered()
    clerk.presses(DOWN)
    assert clerk.text("indicators[2].name") == "调解"
    clerk.composes(commit="成功")
    assert any("调解成功率" in line for line in offered())
    assert clerk.text("indicators[2].name") == "调解成功"


def test_other_cells_are_offered_nothing(clerk: Clerk, nothing_offered: Nothing) -> None:
    clerk.goes_to(clerk.place("indicators[2].value"))
    clerk.composes(commit="法律")
    assert nothing_offered()
    clerk.goes_to(clerk.place("tasks[1].name"))
    clerk.composes(commit="法律")
    assert nothing_offered()


def test_the_list_goes_when_the_clerk_looks_elsewhere(
    clerk: Clerk, offered: Offered, window: MainWindow
) -> None:
    clerk.types("falv")
    offered()
    search = window.forms.findChild(QLineEdit)
    assert search is not None
    search.setFocus()
    assert not suggesting(window).shown


def test_the_list_follows_its_cell_and_goes_with_it_out_of_sight(
    clerk: Clerk, offered: Offered, window: MainWindow
) -> None:
    clerk.types("falv")
    offered()
    box, bar = suggesting(window)._list, clerk.view.verticalScrollBar()
    assert box is not None
    before = box.y()
    bar.setValue(bar.value() + 10)
    assert suggesting(window).shown
    assert box.y() != before
    bar.setValue(bar.minimum())
    assert not suggesting(window).shown
    assert clerk.text("indicators[2].name") == "falv"


def test_the_list_goes_when_the_window_gets_another_size(
    clerk: Clerk, offered: Offered, window: MainWindow
) -> None:
    clerk.types("falv")
    offered()
    window.resize(1200, 700)
    assert not suggesting(window).shown
    assert clerk.view.typing.active


# -- picking ----------------------------------------------------------------------------------------------


def test_a_picked_indicator_replaces_the_letters_and_one_undo_brings_the_old_name_back(
    clerk: Clerk, offered: Offered
) -> None:
    before, value = clerk.text("indicators[2].name"), clerk.text("indicators[2].value")
    clerk.types("falvyzajbj")
    assert offered()[0].startswith(AID)
    clerk.presses(DOWN)
    clerk.presses(ENTER)
    assert clerk.text("indicators[2].name") == AID
    assert clerk.text("indicators[2].value") == value
    clerk.session.undo()
    assert clerk.text("indicators[2].name") == before


def test_picking_into_a_spare_line_fills_level_sign_and_unit_as_one_step_and_no_value(
    open_document: Open, declaration: Document, offered: Offered
) -> None:
    clerk = open_document(declaration)
    spare_name(clerk)
    clerk.composes(commit="再犯罪率")
    offered()
    clerk.presses(DOWN)
    clerk.presses(ENTER)
    (row,) = declaration.rows("indicators")
    assert row.cells == {
        "level1": "效益指标",
        "level2": "社会效益指标",
        "name": "社区矫正对象再犯罪率",
        "operator": "≤",
        "unit": "%",
    }
    assert clerk.view.typing.place == clerk.place("indicators[1].name")
    clerk.session.undo()
    assert declaration.rows("indicators") == []


def test_a_click_picks_too(clerk: Clerk, offered: Offered, window: MainWindow, qtbot: QtBot) -> None:
    clerk.types("falvyzajbj")
    offered()
    box = suggesting(window)._list
    assert box is not None
    item = box.list.topLevelItem(0)
    assert item is not None
    where = box.list.visualItemRect(item).center()
    qtbot.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert clerk.text("indicators[2].name") == AID
    clerk.types("x")
    assert clerk.text("indicators[2].name") == "x"  # the keyboard never left the sheet


def test_a_click_beside_the_lines_touches_neither_list_nor_sheet(
    clerk: Clerk, offered: Offered, window: MainWindow, qtbot: QtBot
) -> None:
    clerk.types("falv")
    offered()
    box = suggesting(window)._list
    assert box is not None
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 4, box.height() - 3))
    assert suggesting(window).shown
    assert clerk.view.typing.active


def test_alt_down_in_a_blank_cell_lists_what_stands_at_that_level(
    open_document: Open, blank: Document, offered: Offered
) -> None:
    clerk = open_document(blank)
    row = next(
        number for number, one in enumerate(blank.rows("indicators"), 1) if one.cells["level2"] == "时效指标"
    )
    clerk.goes_to(clerk.place(f"indicators[{row}].name"))
    QApplication.processEvents()  # the sheet is on the screen before anyone presses a key
    clerk.presses(DOWN, ALT)
    lines = offered()
    assert lines
    assert all(" · 时效指标 · " in line for line in lines)
    clerk.presses(ENTER)
    assert clerk.text(f"indicators[{row}].name") == lines[0].split(" · ")[0]


def test_what_the_unit_used_in_its_other_forms_comes_first_and_says_so(
    window: MainWindow, open_document: Open, resources: Path, forms: FormLibrary, offered: Offered
) -> None:
    sample = (resources / "forms/gz-decl/2025/sample.json").read_bytes()
    last, now = read_document(sample, forms), read_document(sample, forms).copy(id="0123456789abcdef")
    last.set_text(last.place("indicators[1].name"), "法律援助热线解答次数")
    open_document(last)
    window.workspace.close_tab(0)
    clerk = open_document(now)
    clerk.goes_to(clerk.place("indicators[2].name"))
    clerk.composes(commit="法律")
    lines = [line for line in offered() if " · 数量指标 · " in line]
    used = [line for line in lines if line.endswith("本单位用过")]
    assert any(line.startswith("法律援助热线解答次数") for line in used)
    assert lines[: len(used)] == used
    assert len(used) < len(lines)


def test_an_approved_form_offers_nothing(open_document: Open, filled: Document, window: MainWindow) -> None:
    frozen = filled.copy()
    frozen.set_text(frozen.place("stage"), "批复")
    clerk = open_document(frozen)
    clerk.goes_to(clerk.place("indicators[2].name"))
    clerk.presses(DOWN, ALT)
    assert not suggesting(window).shown


# -- the line below -----------------------------------------------------------------------------------------


def test_the_line_below_tells_the_usual_range_of_the_rows_indicator(clerk: Clerk, window: MainWindow) -> None:
    clerk.goes_to(clerk.place("indicators[2].name"))
    assert "可用 Alt+↓ 选建议" in window.status.texts()
    names = [row.cells["name"] for row in clerk.session.document.rows("indicators")]
    row = names.index("社区矫正对象再犯罪率") + 1
    clerk.goes_to(clerk.place(f"indicators[{row}].value"))
    assert "指标库：≤…% · 常见 0.1～1%" in window.status.texts()
    clerk.goes_to(clerk.place("tasks[1].name"))
    assert "指标库" not in window.status.texts()


def test_after_picking_the_line_says_that_the_value_is_hers_to_fill(
    clerk: Clerk, offered: Offered, window: MainWindow
) -> None:
    clerk.composes(commit="再犯罪率")
    offered()
    clerk.presses(DOWN)
    clerk.presses(ENTER)
    assert "已填入“社区矫正对象再犯罪率”，指标值请自己填写（≤…% · 常见 0.1～1%）" in window.status.texts()
