"""A whole form by keyboard alone: where the keyboard is after each action, and how it gets on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.sheet.document import Document, blank_document, new_id
from core.sheet.document_file import document_bytes, read_document
from core.sheet.edits import SetText
from core.sheet.forms import FormLibrary
from core.sheet.places import field_place
from tests.ui.conftest import Clerk
from ui.finding_list import FindingList
from ui.importing import ImportPage
from ui.main_window import MainWindow
from ui.new_form import NewFormPage
from ui.sheet.strip import Strip
from ui.sheet.walk import Spot

Key, Modifier = Qt.Key, Qt.KeyboardModifier
Open = Callable[[Document], Clerk]
MONEY = ("other_income", "fiscal_income", "basic_expense")


@pytest.fixture
def self_form(forms: FormLibrary) -> Document:
    """A new 自评表, its project not named yet."""
    return blank_document(forms.get("sc-self", "2023"), year=2025, unit_name="青禾镇人民政府")


@pytest.fixture
def clerk_at_self(open_document: Open, self_form: Document) -> Clerk:
    return open_document(self_form)


def strip_of(window: MainWindow) -> Strip:
    assert window.workspace.pane is not None
    return window.workspace.pane.strip


def make_new(window: MainWindow, name: str) -> None:
    window.activateWindow()
    window.actions_["new"].trigger()
    page = window.page
    assert isinstance(page, NewFormPage)
    page.unit.setEditText("青禾镇人民政府")
    page.form.setCurrentIndex(next(i for i in range(page.form.count()) if name in page.form.itemText(i)))
    page.make()


def keyboard() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_with_the_side_list_folded_away_the_line_below_says_what_is_wrong(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    filled.set_text(field_place("other_income"), "56")
    clerk = open_document(filled)
    window.problems.hide()
    clerk.presses(Key.Key_F8)
    QApplication.processEvents()
    assert window.problems.current is not None
    assert window.problems.current.message in window.status.texts()
    clerk.presses(Key.Key_Tab)
    assert window.problems.current is None or window.problems.current.message in window.status.texts()


@pytest.mark.parametrize(
    ("key", "modifier"), [(Key.Key_Return, Modifier.ControlModifier), (Key.Key_Escape, Modifier.NoModifier)]
)
def test_after_an_explanation_the_keyboard_is_at_the_cell_again(
    window: MainWindow, open_document: Open, filled: Document, key: Key, modifier: Modifier
) -> None:
    filled.set_text(field_place("other_income"), "56")
    clerk = open_document(filled)
    clerk.goes_to(field_place("other_income"))
    window.problems.refresh()
    clerk.presses(Key.Key_E, Modifier.ControlModifier)
    assert keyboard() is not clerk.view.typing.editor
    clerk.types("x")
    clerk.presses(key, modifier)
    QApplication.processEvents()
    assert keyboard() is clerk.view.typing.editor


def test_a_line_of_the_list_begins_with_the_row_where_there_is_only_one_table(
    window: MainWindow, open_document: Open, forms: FormLibrary, resources: Path
) -> None:
    document = read_document((resources / "forms/sc-self/2023/sample.json").read_bytes(), forms)
    document.set_text(document.place("indicators[1].weight"), "优")
    open_document(document)
    window.problems.refresh()
    findings = window.problems.findChild(FindingList)
    assert findings is not None
    lines = [findings.item(row).text() for row in range(findings.count())]
    assert any(line.startswith("第1行“权重”") for line in lines)
    assert not any(line.startswith("绩效指标第1行") for line in lines)


def test_the_side_list_is_as_wide_for_many_findings_as_for_few(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk = open_document(filled)
    before = window.problems.minimumSizeHint().width()
    clerk.session.do([SetText(field_place(one), filled.text(field_place(one)), "x") for one in MONEY])
    clerk.session.judge_fully()
    window.problems.refresh()
    assert clerk.session.tally().errors + clerk.session.tally().warnings >= 3
    assert window.problems.minimumSizeHint().width() == before


def test_where_the_screen_is_too_narrow_for_both_sides_one_makes_room_for_the_other(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    open_document(filled)
    window.forms.hide()
    window.resize(window.minimumSizeHint().width(), 700)
    window.actions_["left-pane"].trigger()
    narrow = window.screen().availableGeometry().width()
    assert window.forms.isVisible()
    assert window.problems.isVisible() == (window._split.minimumSizeHint().width() <= narrow)


def test_lines_above_the_sheet_go_below_one_another_where_the_window_is_narrow(
    window: MainWindow, clerk_at_self: Clerk, qtbot: QtBot
) -> None:
    strip, pane = strip_of(window), window.workspace.pane
    assert pane is not None
    assert clerk_at_self.view.isVisible()
    tops = []
    for width in (1000, 400):
        pane.setParent(None)
        qtbot.addWidget(pane)
        pane.resize(width, 500)
        pane.show()
        QApplication.processEvents()
        lines = [strip.line_of(field_place(one)) for one in ("year", "project_name")]
        spots = [one.mapTo(strip, one.rect().topLeft()) for one in lines if one is not None]
        tops.append(spots[1].y() - spots[0].y())
        assert all(one.x() < width for one in spots)
        assert strip.minimumSizeHint().width() < 400
    assert tops[0] == 0
    assert tops[1] > 0


def test_alt_and_down_open_a_box_and_do_not_move_a_row(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.actions_["new"].trigger()
    page = window.page
    assert isinstance(page, NewFormPage)
    page.form.setFocus()
    qtbot.keyClick(page.form, Key.Key_Down, Modifier.AltModifier)
    assert page.form.view().isVisible()


def test_ctrl_enter_presses_the_main_button_of_a_page_from_anywhere(
    window: MainWindow, open_document: Open, filled: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "document.json"
    file.write_bytes(document_bytes(filled.copy(id=new_id())))
    document = open_document(filled).session.document
    rows = len(document.rows("indicators"))
    window.flows.import_path(file)
    assert isinstance(window.page, ImportPage)
    qtbot.keyClick(keyboard(), Key.Key_Return, Modifier.ControlModifier)
    assert window.page is None
    assert window.workspace.count() == 2
    assert len(document.rows("indicators")) == rows  # none was added behind the page


def test_enter_goes_to_the_nearest_cell_below_a_wide_one(clerk_at_self: Clerk) -> None:
    clerk_at_self.goes_to(field_place("authority"))
    clerk_at_self.types("x")
    clerk_at_self.presses(Key.Key_Return)
    assert clerk_at_self.view.typing.place == field_place("goal")
    clerk_at_self.presses(Key.Key_Up)
    assert clerk_at_self.view.typing.place == field_place("authority")


def test_a_new_form_begins_in_the_first_empty_line_above_the_sheet(
    window: MainWindow,
) -> None:
    make_new(window, "四川 部门预算项目支出绩效自评表")
    assert keyboard() is strip_of(window).line_of(field_place("project_code"))


def test_a_new_form_with_nothing_to_say_above_the_sheet_begins_in_it(
    window: MainWindow,
) -> None:
    make_new(window, "广州 部门整体预算绩效目标申报表（2025 版）")
    assert window.workspace.pane is not None
    assert keyboard() is window.workspace.pane.view.typing.editor


def test_enter_and_the_arrows_lead_through_the_lines_above_the_sheet(
    window: MainWindow, clerk_at_self: Clerk
) -> None:
    strip, editor = strip_of(window), clerk_at_self.view.typing.editor
    code, name = (strip.line_of(field_place(one)) for one in ("project_code", "project_name"))
    clerk_at_self.presses(Key.Key_Up)
    assert keyboard() is name
    clerk_at_self.presses(Key.Key_Down)
    assert keyboard() is editor
    assert code is not None
    code.setFocus()
    clerk_at_self.presses(Key.Key_Return)
    assert keyboard() is name
    clerk_at_self.presses(Key.Key_Return)
    assert keyboard() is editor


def test_a_click_on_printed_words_made_of_a_line_above_leads_to_that_line(
    window: MainWindow, clerk_at_self: Clerk, qtbot: QtBot
) -> None:
    view = clerk_at_self.view
    label = next(one for one in view.grid.cells if (one.row, one.column) == (0, 1))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.point_of(label))
    assert keyboard() is strip_of(window).line_of(field_place("project_code"))
    assert view.spot != Spot(0, 1)
