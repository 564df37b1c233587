"""Explanations (情况说明): written in place, asked again when the check says more, all on one page."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.sheet.document import Document
from core.sheet.edits import SetText
from core.sheet.places import field_place
from tests.ui.conftest import Clerk
from ui.explanations_page import ExplanationsPage
from ui.finding_list import FindingList
from ui.main_window import MainWindow
from ui.problems import LIST_FOLLOWS

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CTRL_ALT = Modifier.ControlModifier | Modifier.AltModifier
Open = Callable[[Document], Clerk]
INCOME = field_place("other_income")


def settle(window: MainWindow) -> None:
    QApplication.processEvents()
    window.problems.refresh()


def seen(window: MainWindow) -> str:
    """What the open entry says."""
    entry = window.problems.entry
    assert entry is not None
    parts = [*entry.findChildren(QLabel), *entry.findChildren(QPushButton)]
    return "\n".join(one.text() for one in parts if one.isVisibleTo(entry))


@pytest.fixture
def explained(window: MainWindow, open_document: Open, filled: Document) -> Clerk:
    """A clerk who explained why income and expenditure differ, and then changed a figure."""
    filled.set_text(INCOME, "56")
    clerk = open_document(filled)
    finding = next(one for one in clerk.session.findings() if one.check == "AM-01")
    clerk.session.explain(finding, "上级追加，文件随后补报")
    clerk.session.do([SetText(INCOME, "56", "57")])
    clerk.goes_to(INCOME)
    settle(window)
    return clerk


def test_the_check_asks_again_with_the_old_text_before_her(window: MainWindow, explained: Clerk) -> None:
    assert explained.session.tally().errors == 1
    assert "检查结果已变" in seen(window)
    assert "上级追加，文件随后补报" in seen(window)


def test_one_key_keeps_the_old_explanation(window: MainWindow, explained: Clerk) -> None:
    explained.presses(Key.Key_E, CTRL_ALT)
    settle(window)
    assert explained.session.tally().errors == 0
    assert "检查结果已变" not in seen(window)
    explained.presses(Key.Key_Z, Modifier.ControlModifier)
    assert explained.session.tally().errors == 1


def test_a_heading_counts_what_is_left_and_what_was_explained(window: MainWindow, explained: Clerk) -> None:
    explained.presses(Key.Key_E, CTRL_ALT)
    settle(window)
    findings = window.problems.findChild(FindingList)
    assert findings is not None
    headings = [findings.item(row).text() for row in range(findings.count())]
    assert any("必须修改 0（另有 1 个已说明）" in text for text in headings)


def test_an_explanation_that_is_undone_is_asked_for_again_everywhere(
    window: MainWindow, explained: Clerk, qtbot: QtBot
) -> None:
    explained.presses(Key.Key_E, CTRL_ALT)
    explained.goes_to(field_place("unit.name"))
    settle(window)
    findings = window.problems.findChild(FindingList)
    assert findings is not None
    assert any("已说明：" in findings.item(row).text() for row in range(findings.count()))
    explained.presses(Key.Key_Z, Modifier.ControlModifier)
    qtbot.wait(2 * LIST_FOLLOWS)
    assert not any("已说明" in findings.item(row).text() for row in range(findings.count()))
    assert "✖ 1" in " ".join(one.text() for one in window.problems.findChildren(QLabel, "tally"))


def test_the_entry_is_no_higher_than_its_text_after_an_answer(window: MainWindow, explained: Clerk) -> None:
    explained.presses(Key.Key_E, CTRL_ALT)
    settle(window)
    entry = window.problems.entry
    assert entry is not None
    assert entry.height() <= entry.height_for(entry.width()) + 8


def test_the_editor_opens_with_the_old_text(explained: Clerk) -> None:
    explained.presses(Key.Key_E, Modifier.ControlModifier)
    explained.presses(Key.Key_End, Modifier.ControlModifier)
    explained.composes(commit="。")
    explained.presses(Key.Key_Return, Modifier.ControlModifier)
    texts = [one.text for one in explained.session.document.explanations.values()]
    assert texts == ["上级追加，文件随后补报。"]


def test_an_error_says_that_its_explanation_goes_to_the_bureau_as_an_exception(
    window: MainWindow, explained: Clerk
) -> None:
    explained.presses(Key.Key_E, Modifier.ControlModifier)
    assert "由财政部门作为特殊情况审定" in seen(window)


def test_a_key_with_nothing_to_keep_says_so(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk = open_document(filled)
    clerk.presses(Key.Key_E, CTRL_ALT)
    assert "没有等待核对的说明" in window.status.texts()


def page_of(window: MainWindow, clerk: Clerk) -> ExplanationsPage:
    clerk.presses(Key.Key_F7, Modifier.ShiftModifier)
    assert isinstance(window.page, ExplanationsPage)
    return window.page


def test_all_explanations_are_listed_and_those_to_look_at_again_are_marked(
    window: MainWindow, explained: Clerk
) -> None:
    explained.session.set_texts([(explained.place("tasks[1].funds"), "１１1.60")])
    again = next(
        one for one in explained.session.findings() if explained.place("tasks[1].funds") in one.places
    )
    explained.session.explain(again, "照抄文件")
    explained.session.set_texts([(explained.place("tasks[1].funds"), "111.60")])
    page = page_of(window, explained)
    assert [one.state for one in page.shown] == ["changed", "gone"]
    assert "其中 2 条要重新核对" in page.summary.text()


def test_on_the_page_one_key_keeps_and_another_removes(window: MainWindow, explained: Clerk) -> None:
    page = page_of(window, explained)
    explained.presses(Key.Key_E, CTRL_ALT)
    assert [one.state for one in page.shown] == ["answers"]
    explained.presses(Key.Key_Delete)
    assert page.shown == []
    assert explained.session.document.explanations == {}


def test_enter_on_the_page_goes_to_the_cell(window: MainWindow, explained: Clerk) -> None:
    explained.goes_to(field_place("basic_expense"))
    page_of(window, explained)
    explained.presses(Key.Key_Return)
    settle(window)
    assert window.page is None
    assert window.problems.current is not None
    assert window.problems.current.check == "AM-01"


def test_without_explanations_the_page_says_how_one_is_written(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk = open_document(filled)
    page = page_of(window, clerk)
    assert "Ctrl+E" in page.summary.text()


def begin_writing(window: MainWindow, clerk: Clerk) -> None:
    clerk.goes_to(INCOME)
    settle(window)
    clerk.presses(Key.Key_E, Modifier.ControlModifier)
    clerk.composes(commit="上级追加")


def written(clerk: Clerk) -> list[str]:
    return [one.text for one in clerk.session.document.explanations.values()]


def test_what_is_being_written_is_kept_when_she_goes_to_another_cell(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    filled.set_text(INCOME, "56")
    clerk = open_document(filled)
    begin_writing(window, clerk)
    clerk.goes_to(field_place("goal"))
    settle(window)
    assert written(clerk) == ["上级追加"]


def test_what_is_being_written_is_kept_when_she_sends_prints_or_closes(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    filled.set_text(INCOME, "56")
    clerk = open_document(filled)
    begin_writing(window, clerk)
    window.finish_typing()
    assert written(clerk) == ["上级追加"]


def test_findings_that_come_meanwhile_do_not_take_the_text_away(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    filled.set_text(INCOME, "56")
    clerk = open_document(filled)
    begin_writing(window, clerk)
    clerk.session.judging.tell_together(clerk.session.findings()[:1])
    clerk.session.judged.emit()
    settle(window)
    clerk.composes(commit="，文件随后补报")
    clerk.presses(Key.Key_Return, Modifier.ControlModifier)
    assert written(clerk) == ["上级追加，文件随后补报"]


def test_escape_leaves_no_explanation(window: MainWindow, open_document: Open, filled: Document) -> None:
    filled.set_text(INCOME, "56")
    clerk = open_document(filled)
    begin_writing(window, clerk)
    clerk.presses(Key.Key_Escape)
    assert written(clerk) == []


def test_enter_presses_the_button_of_the_entry_that_has_the_keyboard(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    filled.set_text(INCOME, "56")
    clerk = open_document(filled)
    clerk.goes_to(INCOME)
    settle(window)
    entry = window.problems.entry
    assert entry is not None
    button = next(one for one in entry.findChildren(QPushButton) if "填写说明" in one.text())
    button.setFocus()
    clerk.presses(Key.Key_Return)
    assert entry.explaining.is_writing


def test_having_looked_at_the_old_text_answers_nothing(window: MainWindow, explained: Clerk) -> None:
    explained.presses(Key.Key_E, Modifier.ControlModifier)
    explained.goes_to(field_place("goal"))
    settle(window)
    assert explained.session.tally().errors == 1


def test_what_is_being_written_is_on_the_disk_before_it_is_kept(
    window: MainWindow, open_document: Open, qtbot: QtBot, filled: Document
) -> None:
    filled.set_text(INCOME, "56")
    clerk = open_document(filled)
    begin_writing(window, clerk)
    qtbot.wait(500)
    stored = window.tools.store.drafts.read(filled.id)
    assert "上级追加".encode() in stored.document


def test_all_keys_of_an_explanation_are_one_step(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    filled.set_text(INCOME, "56")
    clerk = open_document(filled)
    begin_writing(window, clerk)
    clerk.composes(commit="，文件")
    clerk.composes(commit="随后补报")
    clerk.presses(Key.Key_Return, Modifier.ControlModifier)
    assert written(clerk) == ["上级追加，文件随后补报"]
    clerk.presses(Key.Key_Z, Modifier.ControlModifier)
    assert written(clerk) == []
    clerk.presses(Key.Key_Y, Modifier.ControlModifier)
    assert written(clerk) == ["上级追加，文件随后补报"]


def test_escape_gives_the_old_explanation_back(window: MainWindow, explained: Clerk) -> None:
    explained.presses(Key.Key_E, Modifier.ControlModifier)
    explained.composes(commit="改写")
    explained.presses(Key.Key_Escape)
    assert written(explained) == ["上级追加，文件随后补报"]
    assert "检查结果已变" in seen(window)
