"""Beginning a form: which one, a filled sample of it, or one begun from an older one."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from core.sheet.document import Document, new_id
from tests.ui.conftest import Clerk
from ui.carry_page import CarryPage
from ui.flows import MANY
from ui.listing import Listing
from ui.main_window import MainWindow
from ui.new_form import NewFormPage
from ui.quiet_box import QuietBox

Key = Qt.Key
Open = Callable[[Document], Clerk]


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


@pytest.mark.parametrize(
    ("name", "year"),
    [("广州 部门整体预算绩效目标申报表（2025", "2026"), ("四川 部门预算项目支出绩效自评表", "2024")],
)
def test_the_year_such_a_form_is_made_for_is_offered(page: NewFormPage, name: str, year: str) -> None:
    choose(page, name)
    assert page.year.text() == year


def test_a_year_she_typed_stays_when_she_takes_another_form(page: NewFormPage) -> None:
    page.year.setText("2023")
    choose(page, "四川 部门预算项目支出绩效自评表")
    assert page.year.text() == "2023"


def test_a_new_person_chooses_the_sample_to_look_at(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.flows.sample()
    page = window.page
    assert isinstance(page, NewFormPage)
    choose(page, "内蒙古")
    qtbot.keyClick(page.form, Key.Key_Return)
    assert form_in_front(window) == "nm-proj"


def test_the_unit_of_the_form_in_front_is_offered_first(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    window.tools.remember_unit("另一个单位", "999")
    open_document(filled)
    window.actions_["new"].trigger()
    assert isinstance(window.page, NewFormPage)
    assert window.page.unit.currentText() == filled.unit_name
    assert window.page.code.text() == filled.unit_code


def test_a_form_that_is_there_already_is_told_before_a_second_one_is_made(
    window: MainWindow, page: NewFormPage
) -> None:
    page.make()
    window.actions_["new"].trigger()
    again = window.page
    assert isinstance(again, NewFormPage)
    again.make()
    assert len(window.tools.store.drafts.list()) == 1
    again.make()
    assert len(window.tools.store.drafts.list()) == 2


# -- from an older form ------------------------------------------------------------------------------


@pytest.fixture
def carry(window: MainWindow, open_document: Open, filled: Document) -> CarryPage:
    """The page that begins a form from the one in front."""
    open_document(filled)
    window.actions_["carry"].trigger()
    assert isinstance(window.page, CarryPage)
    return window.page


def pick(box: QuietBox, name: str) -> None:
    index = next(index for index in range(box.count()) if name in box.itemText(index))
    box.setCurrentIndex(index)
    box.activated.emit(index)


def listed(page: CarryPage) -> str:
    return "\n".join(text for one in page.findChildren(Listing) for text in one.texts())


def test_next_year_begins_from_the_form_in_front(
    window: MainWindow, carry: CarryPage, filled: Document
) -> None:
    assert carry.year.text() == str((filled.year or 0) + 1)
    carry.button.click()
    session = window.workspace.session
    assert session is not None
    new = session.document
    assert (new.unit_name, new.year) == (filled.unit_name, (filled.year or 0) + 1)
    assert new.origin is not None
    assert new.origin.id == filled.id
    assert new.text(new.place("tasks[1].name")) == filled.text(filled.place("tasks[1].name"))


def test_what_does_not_fit_is_listed_before_anything_is_made(window: MainWindow, carry: CarryPage) -> None:
    pick(carry.form, "2024")
    assert "另加一行" in listed(carry)
    assert len(window.tools.store.drafts.list()) == 1


def test_another_stage_is_offered_for_the_same_year(carry: CarryPage, filled: Document) -> None:
    pick(carry.form, "自评")
    assert carry.stage.currentText() == "自评"
    assert carry.year.text() == str(filled.year)


def test_a_year_that_is_none_makes_nothing(window: MainWindow, carry: CarryPage, qtbot: QtBot) -> None:
    carry.year.setText("26")
    assert not carry.button.isEnabled()
    qtbot.keyClick(carry.year, Key.Key_Return)
    assert len(window.tools.store.drafts.list()) == 1


def test_every_form_that_is_offered_can_be_made_or_says_why_not(carry: CarryPage) -> None:
    assert carry.form.count() > 1
    for index in range(carry.form.count()):
        carry.form.setCurrentIndex(index)
        carry.form.activated.emit(index)
        assert carry.button.isEnabled() != bool(carry.complaint)


def test_a_draft_of_the_list_is_begun_from_by_its_menu(
    window: MainWindow, open_document: Open, filled: Document, blank: Document
) -> None:
    open_document(filled)
    open_document(blank)
    window.forms.carry_wanted.emit(filled.id)
    assert isinstance(window.page, CarryPage)
    assert str(filled.year) in window.page.old.currentText()


def test_without_any_form_the_way_to_begin_is_told(window: MainWindow) -> None:
    window.actions_["carry"].trigger()
    assert "导入上年的报表" in window.status.texts()


def test_more_projects_than_can_be_overlooked_stand_in_the_list_and_a_few_are_open(
    window: MainWindow, filled: Document
) -> None:
    many = [filled.copy(id=new_id()) for _ in range(MANY + 2)]
    window.flows.take_in(many)
    assert len(window.tools.store.drafts.list()) == MANY + 2
    assert window.workspace.count() == MANY
    assert window.workspace.session is not None
    assert window.workspace.session.document is many[0]


def test_the_button_for_a_new_form_has_the_other_ways_to_begin_beside_it(window: MainWindow) -> None:
    button = window.bar.widgetForAction(window.actions_["new"])
    assert isinstance(button, QToolButton)
    assert button.text() == "新建"
    menu = button.menu()
    assert menu is not None
    assert [one.text() for one in menu.actions()] == ["新建…", "由上年或批复生成…", "打开样表…"]


def test_a_page_fits_the_width_with_both_sides_shown(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    view = open_document(filled).view
    for width in (1366, 1280, 1180):
        window.resize(width, 768)
        QApplication.processEvents()
        assert view.page.width <= view.viewport().width()
        assert view.horizontalScrollBar().maximum() == 0


def test_rows_of_a_list_are_as_high_as_their_texts_at_the_width_there_is(
    window: MainWindow, carry: CarryPage, qtbot: QtBot
) -> None:
    pick(carry.form, "2024")
    listing = carry.findChildren(Listing)[-1]
    em = window.tools.look.em
    qtbot.waitUntil(lambda: listing.width() > em(30) and listing.rowHeight(0) <= em(4.5))
