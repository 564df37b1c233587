"""Seed 003 in the window: imported, its doubled values taken apart by one key, brought back by another."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Clerk
from ui.importing import ImportPage
from ui.main_window import MainWindow
from ui.sheet.pane import SheetPane

Key, Modifier = Qt.Key, Qt.KeyboardModifier
DOUBLED = "IV-06"


@pytest.fixture
def projects(window: MainWindow, seeds: Path) -> list[SheetPane]:
    """The project forms of the publication, imported and opened."""
    window.flows.import_path(next(seeds.glob("003_*.txt")))
    page = window.page
    assert isinstance(page, ImportPage)
    page.button.click()
    taken = [one.id for one in window.tools.store.drafts.list()]
    panes = [window.workspace.open(name) for name in taken]
    for pane in panes:
        pane.start_judging()
    return [pane for pane in panes if pane.session.document.project_name]


def test_all_doubled_values_of_each_project_are_one_finding_taken_apart_by_one_key_and_undone_by_one(
    window: MainWindow, projects: list[SheetPane], qtbot: QtBot
) -> None:
    assert len(projects) == 5
    for pane in projects:
        window.workspace.setCurrentWidget(pane)
        clerk = Clerk(qtbot, pane.view, pane.session)
        window.activateWindow()
        pane.view.take_keyboard()
        before = list(pane.session.document.places())
        (finding,) = [one for one in pane.session.findings() if one.check == DOUBLED]
        window.problems.refresh()
        window.problems.go_to(finding)
        QApplication.processEvents()
        entry = window.problems.entry
        assert entry is not None
        assert entry.fix is not None
        assert finding.fix is not None
        assert len(entry.fix.texts()) == len(finding.fix.edits)
        clerk.presses(Key.Key_Return, Modifier.AltModifier)
        assert DOUBLED not in {one.check for one in pane.session.findings()}
        clerk.presses(Key.Key_Z, Modifier.ControlModifier)
        assert list(pane.session.document.places()) == before
        assert DOUBLED in {one.check for one in pane.session.findings()}


def test_what_all_projects_cost_is_told_in_the_departments_form(
    window: MainWindow, projects: list[SheetPane]
) -> None:
    window.workspace.surroundings.look_now()
    department = next(one for one in window.workspace.panes() if one not in projects)
    messages = [one.message for one in department.session.findings() if one.check == "AM-12"]
    assert any("21.05" in one for one in messages)
