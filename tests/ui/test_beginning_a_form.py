"""Beginning a form: which one, a filled sample of it, or one begun from an older one."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.new_form import NewFormPage

Key = Qt.Key


@pytest.fixture
def page(window: MainWindow) -> NewFormPage:
    """The page that asks for what a new form needs, its unit told."""
    window.activateWindow()
    window.actions_["new"].trigger()
    assert isinstance(window.page, NewFormPage)
    window.page.unit.setEditText("青禾镇人民政府")
    return window.page


def choose(page: NewFormPage, name: str) -> None:
    found = [index for index in range(page.form.count()) if name in page.form.itemText(index)]
    page.form.setCurrentIndex(found[0])


def form_in_front(window: MainWindow) -> str:
    assert window.workspace.session is not None
    return window.workspace.session.document.form.form


def test_forms_are_listed_by_name_with_the_newest_edition_first(page: NewFormPage) -> None:
    names = [page.form.itemText(index) for index in range(page.form.count())]
    assert names == sorted(names, key=lambda one: one.rpartition("（")[0])
    assert len(set(names)) == len(names)
    both = [one for one in names if "部门整体预算绩效目标申报表" in one]
    assert ["2025" in one for one in both] == [True, False]


def test_a_person_who_filled_nothing_yet_is_offered_the_newest_form(page: NewFormPage) -> None:
    assert "2025" in page.form.currentText()


def test_the_form_filled_last_is_offered_again(window: MainWindow, page: NewFormPage) -> None:
    choose(page, "四川 部门（单位）整体支出")
    page.make()
    window.actions_["new"].trigger()
    assert isinstance(window.page, NewFormPage)
    assert "四川 部门（单位）整体支出" in window.page.form.currentText()


@pytest.mark.parametrize("field", ["form", "unit", "code", "year", "stage"])
def test_enter_in_any_field_makes_the_form(
    window: MainWindow, page: NewFormPage, field: str, qtbot: QtBot
) -> None:
    choose(page, "四川 部门（单位）整体支出")
    qtbot.keyClick(getattr(page, field), Key.Key_Return)
    assert form_in_front(window) == "sc-dept"
    assert len(window.tools.store.drafts.list()) == 1


def test_escape_in_a_field_leaves_without_a_new_form(
    window: MainWindow, page: NewFormPage, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.year, Key.Key_Escape)
    assert window.page is None
    assert not window.tools.store.drafts.list()


def test_the_sample_of_the_chosen_form_is_opened_beside_making_a_new_one(
    window: MainWindow, page: NewFormPage
) -> None:
    choose(page, "广州 部门整体支出绩效自评表")
    page.sample.click()
    assert form_in_front(window) == "gz-self"
    assert window.workspace.session is not None
    assert window.workspace.session.document.unit_name


def test_a_new_person_chooses_the_sample_to_look_at(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.flows.sample()
    page = window.page
    assert isinstance(page, NewFormPage)
    choose(page, "内蒙古")
    qtbot.keyClick(page.form, Key.Key_Return)
    assert form_in_front(window) == "nm-proj"
