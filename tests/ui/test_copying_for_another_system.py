"""复制供录入: a table goes to the clipboard in the columns of the bureau's web system."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from tests.ui.conftest import Answers, Clerk
from ui.copy_page import CopyPage
from ui.listing import Listing
from ui.main_window import MainWindow
from ui.sheet.table_text import read_block

Key = Qt.Key
Open = Callable[[Document], Clerk]

MAP = """
form = "gz-decl"
[[sheet]]
name = "任务"
[[sheet.list]]
each = "tasks"
first = 2
[sheet.list.columns]
A = "#"
B = { place = "tasks.funds", unit = "元" }
C = { place = "tasks.name", limit = 4 }
"""


@pytest.fixture
def page(window: MainWindow, open_document: Open, filled: Document) -> CopyPage:
    """The page for the tasks of a filled form."""
    clerk = open_document(filled)
    clerk.goes_to(filled.place("tasks[1].name"))
    window.actions_["copy-out"].trigger()
    assert isinstance(window.page, CopyPage)
    return window.page


def clipboard() -> list[list[str]]:
    return read_block(QGuiApplication.clipboard().text())


def shown(page: CopyPage) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.findChildren(QLabel) if not label.isHidden())


def choose_map(page: CopyPage, answers: Answers, file: Path, text: str = MAP) -> None:
    file.write_text(text, encoding="utf-8")
    answers.ready["open_file"] = file
    page.choose_map()


def test_the_table_one_stands_in_is_copied_in_the_order_of_the_form(
    window: MainWindow, page: CopyPage, filled: Document, qtbot: QtBot
) -> None:
    page.begin()
    qtbot.keyClick(page.button, Key.Key_Return)
    rows = clipboard()
    assert len(rows) == len(filled.rows("tasks"))
    assert filled.text(filled.place("tasks[1].name")) in rows[0]
    assert window.page is None
    assert f"已复制 {len(rows)} 行" in window.status.texts()


def test_with_a_map_columns_and_units_are_those_of_the_web_system(
    page: CopyPage, filled: Document, answers: Answers, tmp_path: Path
) -> None:
    choose_map(page, answers, tmp_path / "系统.toml")
    page.copy()
    rows = clipboard()
    assert [row[0] for row in rows[:2]] == ["1", "2"]
    assert float(rows[0][1]) == pytest.approx(float(filled.text(filled.place("tasks[1].funds"))) * 10_000)


def test_what_does_not_fit_the_system_is_listed_before_it_is_copied(
    page: CopyPage, filled: Document, answers: Answers, tmp_path: Path
) -> None:
    choose_map(page, answers, tmp_path / "系统.toml")
    assert "放不进" in shown(page)
    listing = page.findChildren(Listing)[0]
    item = listing.item(0, 1)
    assert item is not None
    assert item.text() == filled.text(filled.place("tasks[1].name"))


def test_the_map_is_chosen_once_and_can_be_left_again(
    window: MainWindow, page: CopyPage, answers: Answers, tmp_path: Path
) -> None:
    choose_map(page, answers, tmp_path / "系统.toml")
    window.show_sheet()
    window.actions_["copy-out"].trigger()
    again = window.page
    assert isinstance(again, CopyPage)
    assert "系统.toml" in again.map.text()
    again.plain.click()
    assert again.map.text() == "按表样的列序"


@pytest.mark.parametrize(
    "text", ["这不是对照", 'form = "gz-decl"', MAP.replace("tasks.name", "tasks.nothing")]
)
def test_a_map_that_cannot_be_used_copies_nothing_and_says_why(
    page: CopyPage, answers: Answers, tmp_path: Path, text: str
) -> None:
    choose_map(page, answers, tmp_path / "坏.toml", text)
    assert not page.button.isEnabled()
    assert "坏.toml" in shown(page)


def test_a_map_that_is_gone_is_told_with_the_way_out(
    window: MainWindow, page: CopyPage, answers: Answers, tmp_path: Path
) -> None:
    choose_map(page, answers, tmp_path / "系统.toml")
    (tmp_path / "系统.toml").unlink()
    window.actions_["copy-out"].trigger()
    assert isinstance(window.page, CopyPage)
    assert "请重新选择" in shown(window.page)


def test_another_table_of_the_form_can_be_chosen(page: CopyPage, filled: Document) -> None:
    page.table.setCurrentIndex(page.table.findText("绩效指标"))
    page.copy()
    assert filled.text(filled.place("indicators[1].name")) in clipboard()[0]


def test_points_are_copied_as_the_window_shows_them(
    window: MainWindow, open_document: Open, resources: Path, forms: FormLibrary
) -> None:
    document = read_document((resources / "forms/mof-self/2020/sample.json").read_bytes(), forms)
    offered = {**document.form.settings, "strict_signs": {"value": False, "or": [True]}}
    document.form = replace(document.form, settings=offered, digest="with a choice")
    place = document.place("indicators[1].value")
    document.set_text(place, ">0件")
    document.set_text(document.place("indicators[1].actual"), "0件")
    clerk = open_document(document)
    score = document.place("indicators[1].score")
    column = list(document.form.tables["indicators"].columns).index("score")
    for strict in (False, True):
        window.workspace.surroundings.pick(document, "strict_signs", strict)
        shown_here = clerk.session.computation.value(score)
        assert (shown_here == 0) == strict
        clerk.goes_to(place)
        window.actions_["copy-out"].trigger()
        page = window.page
        assert isinstance(page, CopyPage)
        page.copy()
        assert Decimal(clipboard()[0][column]) == shown_here
