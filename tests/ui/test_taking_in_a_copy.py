"""A half-filled sheet that came back from another office is taken into the open form by choice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from core.sheet.document import Document, Row, blank_document, new_id, new_row_id
from core.sheet.document_file import document_bytes
from core.sheet.edits import AddRow
from core.sheet.forms import FormLibrary
from tests.ui.conftest import Answers, Clerk
from ui.main_window import MainWindow
from ui.taking import TakePage

Open = Callable[[Document], Clerk]
GOAL, TASK = "各项任务按季完成。", "新增的一项任务"


def put_beside(document: Document, folder: Path) -> Path:
    file = folder / "退回.json"
    file.write_bytes(document_bytes(document))
    return file


@pytest.fixture
def returned(filled: Document, tmp_path: Path) -> Path:
    """A copy that came back with another goal, another name of a task, and a task more."""
    copy = filled.copy(id=new_id())
    copy.set_text(copy.place("goal"), GOAL)
    copy.set_text(copy.place("tasks[1].content"), "改过的内容")
    count = len(copy.rows("tasks"))
    AddRow("tasks", "", count, Row(new_row_id(), {"name": TASK, "funds": "12"})).apply(copy)
    return put_beside(copy, tmp_path)


@pytest.fixture
def clerk_with_page(
    window: MainWindow, open_document: Open, filled: Document, returned: Path, answers: Answers
) -> Clerk:
    """A clerk in front of what the returned copy has otherwise."""
    sitting = open_document(filled)
    answers.ready["open_file"] = returned
    window.actions_["take-in"].trigger()
    return sitting


def page_of(window: MainWindow) -> TakePage:
    assert isinstance(window.page, TakePage)
    return window.page


def test_what_a_returned_copy_has_otherwise_is_shown_side_by_side_all_ticked(
    window: MainWindow, clerk_with_page: Clerk
) -> None:
    page = page_of(window)
    table = page.list
    texts = [[table.item(row, column) for column in range(3)] for row in range(table.rowCount())]
    goal, content, added = [[one.text() if one else "" for one in row] for row in texts]
    assert goal[1:] == [clerk_with_page.text("goal"), GOAL]
    assert "第1行" in content[0]
    assert content[2] == "改过的内容"
    assert "新的一行" in added[0]
    assert TASK in added[2]
    assert len(page.chosen()) == 3
    assert "3 处" in page.button.text()


def test_only_what_is_ticked_comes_in_as_one_step_that_ctrl_z_takes_back(
    window: MainWindow, clerk_with_page: Clerk, qtbot: QtBot
) -> None:
    before = document_bytes(clerk_with_page.session.document)
    rows = len(clerk_with_page.session.document.rows("tasks"))
    page = page_of(window)
    page.begin()
    qtbot.keyClick(page.list, Qt.Key.Key_Space)  # the goal stays as it is
    page.button.click()
    assert window.page is None
    document = clerk_with_page.session.document
    assert clerk_with_page.text("goal") != GOAL
    assert clerk_with_page.text("tasks[1].content") == "改过的内容"
    assert clerk_with_page.text(f"tasks[{rows + 1}].name") == TASK
    current = clerk_with_page.view.current
    assert current is not None
    assert current.place == clerk_with_page.place("tasks[1].content")
    window.actions_["undo"].trigger()
    assert document_bytes(document) == before


def test_going_back_leaves_the_form_as_it_was(window: MainWindow, clerk_with_page: Clerk) -> None:
    before = document_bytes(clerk_with_page.session.document)
    page_of(window).back.click()
    assert window.page is None
    assert document_bytes(clerk_with_page.session.document) == before


def test_a_file_of_another_form_is_refused_with_a_sentence(
    window: MainWindow,
    open_document: Open,
    filled: Document,
    forms: FormLibrary,
    answers: Answers,
    tmp_path: Path,
) -> None:
    open_document(filled)
    other = blank_document(forms.get("gz-decl", "2024"), year=2025, unit_name="青禾镇人民政府")
    answers.ready |= {"open_file": put_beside(other, tmp_path), "tell": True}
    window.actions_["take-in"].trigger()
    assert window.page is None
    assert "不能收进当前报表" in answers.told[0]
    assert "2025 版" in answers.told[0]


def test_a_copy_without_anything_new_is_told_as_such(
    window: MainWindow, open_document: Open, filled: Document, answers: Answers, tmp_path: Path
) -> None:
    open_document(filled)
    answers.ready |= {"open_file": put_beside(filled.copy(id=new_id()), tmp_path), "tell": True}
    window.actions_["take-in"].trigger()
    assert window.page is None
    assert "没有与当前报表不同的内容" in answers.told[0]


def test_the_menu_of_import_offers_it_only_while_a_form_is_open(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    button = window.bar.widgetForAction(window.actions_["import"])
    assert isinstance(button, QToolButton)
    offered = window.actions_["take-in"]
    assert offered in button.menu().actions()
    assert not offered.isEnabled()
    open_document(filled)
    assert offered.isEnabled()
