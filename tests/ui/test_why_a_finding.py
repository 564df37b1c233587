"""Why a finding (F1): the page of its check, the list of all checks, and the way back, all by keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from core.sheet.document import Document
from core.sheet.places import field_place
from tests.ui.conftest import Clerk
from ui.check_page import CheckPage
from ui.checks_page import ChecksPage
from ui.help_page import HelpPage
from ui.main_window import MainWindow

Key = Qt.Key
Open = Callable[[Document], Clerk]
WRONG = field_place("other_income")
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def at_a_finding(window: MainWindow, open_document: Open, filled: Document) -> Clerk:
    """A clerk on a cell with an error, the entry of which is open."""
    filled.set_text(WRONG, "56")
    clerk = open_document(filled)
    clerk.goes_to(WRONG)
    QApplication.processEvents()
    window.problems.refresh()
    return clerk


def shown(window: MainWindow) -> str:
    assert window.page is not None
    return "\n".join(label.text() for label in window.page.findChildren(QLabel))


def presses(
    qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    qtbot.keyClick(widget, key, modifiers)
    QApplication.processEvents()


def index(window: MainWindow) -> ChecksPage:
    assert isinstance(window.page, ChecksPage)
    return window.page


def test_f1_on_a_finding_tells_why_with_the_finding_itself(window: MainWindow, at_a_finding: Clerk) -> None:
    at_a_finding.presses(Key.Key_F1)
    assert isinstance(window.page, CheckPage)
    assert window.page.check == "AM-01"
    text = shown(window)
    assert "支出合计等于收入合计" in text
    assert "为什么要查" in text
    assert "这里的问题" in text
    assert "与收入合计" in text


def test_escape_comes_back_to_the_same_cell(window: MainWindow, at_a_finding: Clerk, qtbot: QtBot) -> None:
    at_a_finding.presses(Key.Key_F1)
    presses(qtbot, Key.Key_Escape)
    assert window.page is None
    current = at_a_finding.view.current
    assert current is not None
    assert current.place == WRONG
    at_a_finding.types("7")
    assert at_a_finding.text("other_income").endswith("7")


def test_f1_while_typing_keeps_what_was_typed(window: MainWindow, at_a_finding: Clerk) -> None:
    at_a_finding.types("57")
    at_a_finding.presses(Key.Key_F1)
    assert isinstance(window.page, CheckPage)
    assert at_a_finding.text("other_income") == "57"


def test_the_open_entry_has_a_button_that_does_the_same(window: MainWindow, at_a_finding: Clerk) -> None:
    buttons = window.problems.findChildren(QPushButton, "link")
    assert len(buttons) == 1
    assert "F1" in buttons[0].text()
    buttons[0].click()
    assert isinstance(window.page, CheckPage)
    assert at_a_finding.session is not None


def test_f1_from_the_list_of_findings_works_too(window: MainWindow, at_a_finding: Clerk) -> None:
    at_a_finding.presses(Key.Key_F8)
    QApplication.processEvents()
    assert window.problems.current is not None
    check = window.problems.current.check
    at_a_finding.presses(Key.Key_F1)
    assert isinstance(window.page, CheckPage)
    assert window.page.check == check


def test_f1_without_a_finding_tells_the_keys_and_leads_to_all_checks(
    window: MainWindow, open_document: Open, blank: Document
) -> None:
    clerk = open_document(blank)
    clerk.presses(Key.Key_F1)
    assert isinstance(window.page, HelpPage)
    window.page.every.click()
    assert isinstance(window.page, ChecksPage)


def test_all_checks_are_listed_and_found_by_words_and_by_id(
    window: MainWindow, open_document: Open, filled: Document, qtbot: QtBot
) -> None:
    clerk = open_document(filled)
    clerk.presses(Key.Key_F1, SHIFT)
    page = index(window)
    assert len(page.shown()) > 110
    qtbot.keyClicks(QApplication.focusWidget(), "wt-01")
    assert page.shown()[0] == "WT-01"
    page.search.setText("权重合计")
    assert "WT-01" in page.shown()
    page.search.setText("没有这样的话")
    assert page.shown() == []
    assert page.nothing.isVisible()


def test_the_list_is_read_and_left_with_keys_only(
    window: MainWindow, open_document: Open, filled: Document, qtbot: QtBot
) -> None:
    clerk = open_document(filled)
    clerk.presses(Key.Key_F1, SHIFT)
    qtbot.keyClicks(QApplication.focusWidget(), "IX-0")
    presses(qtbot, Key.Key_Down)
    presses(qtbot, Key.Key_Down)
    presses(qtbot, Key.Key_Return)
    assert isinstance(window.page, CheckPage)
    assert window.page.check == "IX-02"
    presses(qtbot, Key.Key_Escape)
    assert index(window).words == "IX-0"
    assert index(window).current == "IX-02"
    presses(qtbot, Key.Key_Up)
    presses(qtbot, Key.Key_Up)
    qtbot.keyClicks(QApplication.focusWidget(), "9")
    assert index(window).shown() == ["IX-09"]
    presses(qtbot, Key.Key_Escape)
    assert window.page is None


def test_a_page_tells_the_settings_of_the_form_in_front(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    open_document(filled)
    window.reading.every_check("IX-09")
    index(window).wanted.emit("IX-09")
    assert "本表有成本指标栏：是" in shown(window)


def test_a_long_page_is_moved_with_the_keyboard(
    window: MainWindow, at_a_finding: Clerk, qtbot: QtBot
) -> None:
    window.resize(1000, 420)
    at_a_finding.presses(Key.Key_F1)
    assert window.page is not None
    area = window.page.findChild(QScrollArea, "body")
    assert isinstance(area, QScrollArea)
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() > 0
    presses(qtbot, Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0
    presses(qtbot, Key.Key_Escape)
    assert window.page is None
