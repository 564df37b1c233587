"""Mistakes seen while typing: marks, the list, fixes, explanations; nothing that shouts."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from core.sheet.document import Document
from core.sheet.places import Place, field_place
from tests.ui.conftest import Clerk
from ui.main_window import MainWindow

Key = Qt.Key
Open = Callable[[Document], Clerk]


def messages(window: MainWindow) -> str:
    window.problems.refresh()
    shown = window.workspace.session
    assert shown is not None
    return "\n".join(one.message for one in shown.findings())


def marks(clerk: Clerk) -> dict[Place, str]:
    return clerk.session.judging.marks(clerk.session.findings())


def test_a_blank_form_does_not_shout(open_document: Open, blank: Document) -> None:
    clerk = open_document(blank)
    assert clerk.session.findings() == []
    assert clerk.session.tally().missing > 5
    assert marks(clerk) == {}


def test_the_number_of_empty_required_cells_is_shown_from_the_start(
    window: MainWindow, open_document: Open, blank: Document
) -> None:
    clerk = open_document(blank)
    missing = clerk.session.tally().missing
    assert str(missing) in window.problems.findChild(object, "tally").text()  # type: ignore[attr-defined]


def test_check_all_lists_the_empty_required_cells(open_document: Open, blank: Document) -> None:
    clerk = open_document(blank)
    clerk.presses(Key.Key_F7)
    assert all(one.missing for one in clerk.session.findings())
    assert "missing" in marks(clerk).values()


def test_a_wrong_sum_is_marked_while_it_is_typed(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk = open_document(filled)
    clerk.goes_to(field_place("other_income"))
    clerk.types("56")
    assert "收入合计" in messages(window)
    assert marks(clerk)[field_place("other_income")] == "error"


def test_an_unfinished_number_is_not_wrong_until_she_leaves_the_cell(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk = open_document(filled)
    before = messages(window)
    place = clerk.place("tasks[1].funds")
    clerk.goes_to(place)
    clerk.types("111,")
    assert place not in marks(clerk)
    assert place in clerk.session.judging.unfinished(clerk.session.typed_at)
    assert clerk.session.tally().warnings == clerk.session.tally().errors == 0
    clerk.presses(Key.Key_Return)
    assert place in marks(clerk)
    assert messages(window) != before


def test_f8_goes_from_finding_to_finding(window: MainWindow, open_document: Open, filled: Document) -> None:
    filled.set_text(field_place("other_income"), "56")
    clerk = open_document(filled)
    clerk.presses(Key.Key_F8)
    qwait(window)
    current = clerk.view.current
    assert current is not None
    assert window.problems.current is not None
    assert current.place in window.problems.current.places


def qwait(window: MainWindow) -> None:
    """Let what waits for the end of an event happen."""
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    window.problems.refresh()


def test_a_fix_is_shown_and_applied_as_one_step_that_can_be_undone(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    place = filled.place("tasks[1].funds")
    filled.set_text(place, "１１１.60")
    clerk = open_document(filled)
    clerk.goes_to(place)
    qwait(window)
    finding = window.problems.current
    assert finding is not None
    assert finding.fix is not None
    clerk.presses(Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert clerk.text("tasks[1].funds") == "111.60"
    clerk.presses(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert clerk.text("tasks[1].funds") == "１１１.60"


def test_an_explained_error_is_answered_until_the_check_says_something_else(
    open_document: Open, filled: Document
) -> None:
    filled.set_text(field_place("other_income"), "56")
    clerk = open_document(filled)
    finding = next(one for one in clerk.session.findings() if one.check == "AM-01")
    errors = clerk.session.tally().errors
    clerk.session.explain(finding, "上级追加，文件随后补报")
    assert clerk.session.tally().errors == errors - 1
    clerk.goes_to(field_place("other_income"))
    clerk.types("57")
    assert clerk.session.tally().errors == errors


def test_ctrl_e_opens_the_explanation_and_ctrl_enter_keeps_it(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    filled.set_text(field_place("other_income"), "56")
    clerk = open_document(filled)
    clerk.goes_to(field_place("other_income"))
    qwait(window)
    clerk.presses(Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    clerk.composes(commit="上级追加")
    clerk.presses(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [one.text for one in clerk.session.document.explanations.values()] == ["上级追加"]


def test_explanations_follow_their_row_when_a_row_comes_in_above(
    open_document: Open, filled: Document
) -> None:
    filled.set_text(filled.place("tasks[2].funds"), "１52")
    clerk = open_document(filled)
    finding = next(one for one in clerk.session.findings() if filled.place("tasks[2].funds") in one.places)
    clerk.session.explain(finding, "照抄文件")
    clerk.goes_to(filled.place("tasks[1].name"))
    clerk.view.commands.add_row(above=True)
    again = next(one for one in clerk.session.findings() if filled.place("tasks[3].funds") in one.places)
    assert clerk.session.is_explained(again)


@pytest.mark.parametrize("text", ["<b>粗</b>", "&amp;", "<img src=x>"])
def test_what_a_person_typed_is_shown_as_plain_text(
    window: MainWindow, open_document: Open, filled: Document, text: str
) -> None:
    from PySide6.QtWidgets import QLabel

    filled.set_text(filled.place("indicators[1].value"), text)
    open_document(filled)
    for label in window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or text not in label.text()
