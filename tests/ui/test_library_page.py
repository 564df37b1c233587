"""The library to look through: fields of work, words and pinyin, and the bureau's own files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core.library.reader import OWN_FOLDER
from core.sheet.document import Document
from tests.ui.conftest import Answers, Clerk
from ui.library_page import LibraryPage
from ui.main_window import MainWindow

Open = Callable[[Document], Clerk]
DOWN, ENTER, ESCAPE = Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape
OWN = """area = "本县"
[[indicator]]
id = "bx-001"
level1 = "效益指标"
level2 = "社会效益指标"
name = "社区矫正对象再犯罪率"
sign = "≤"
unit = "%"
low = 30
high = 40
"""


@pytest.fixture
def clerk(open_document: Open, filled: Document) -> Clerk:
    """A clerk at the value of the second indicator of a filled form."""
    clerk = open_document(filled)
    clerk.goes_to(clerk.place("indicators[2].value"))
    return clerk


def opened(window: MainWindow) -> LibraryPage:
    window.actions_["library"].trigger()
    page = window.page
    assert isinstance(page, LibraryPage)
    return page


def test_all_indicators_are_there_by_field_of_work(clerk: Clerk, window: MainWindow) -> None:  # noqa: ARG001
    page = opened(window)
    assert len(page.names()) >= 250
    row = next(row for row in range(page.areas.count()) if page.areas.item(row).text() == "司法行政")
    page.areas.setCurrentRow(row)
    assert "法律援助案件办结数" in page.names()
    assert len(page.names()) < 150


def test_words_and_initials_find_and_what_is_known_is_told(
    clerk: Clerk, window: MainWindow, qtbot: QtBot
) -> None:
    page = opened(window)
    assert isinstance(clerk.keyboard, QLineEdit)
    qtbot.keyClicks(clerk.keyboard, "falvgwkh")
    assert page.names()[0] == "法律顾问考核评估合格率"
    told = page.told.text()
    assert told.startswith("法律顾问考核评估合格率（司法行政）")
    assert "计算方法：" in told
    assert "佐证材料：" in told


def test_an_entry_no_published_form_stands_behind_says_so_in_words(
    clerk: Clerk,  # noqa: ARG001
    window: MainWindow,
) -> None:
    page = opened(window)
    page.search.setText("社区矫正对象入矫宣告率")
    assert "没有公开表" in page.told.text()


def test_what_nothing_fits_says_what_to_try(clerk: Clerk, window: MainWindow) -> None:  # noqa: ARG001
    page = opened(window)
    page.search.setText("没有这样的指标")
    assert page.names() == []
    assert "换成拼音首字母再试" in page.told.text()
    assert not page.use.isEnabled()


def test_an_indicator_goes_into_the_row_one_stood_in(clerk: Clerk, window: MainWindow) -> None:
    page = opened(window)
    assert page.use.text() == "用到当前行（绩效指标第2行）"
    page.search.setText("falvyzajbj")
    clerk.presses(DOWN)
    clerk.presses(ENTER)
    assert window.page is None
    assert clerk.text("indicators[2].name") == "法律援助案件办结数"
    assert clerk.view.typing.place == clerk.place("indicators[2].name")
    clerk.types("x")
    assert clerk.text("indicators[2].name") == "x"


def test_up_and_letters_lead_from_the_list_back_to_the_box(clerk: Clerk, window: MainWindow) -> None:
    page = opened(window)
    clerk.presses(DOWN)
    clerk.types("falv")
    assert page.search.text() == "falv"
    clerk.presses(DOWN)
    clerk.presses(Qt.Key.Key_Up)
    assert page.search.hasFocus()


def test_escape_goes_back_to_the_sheet_without_a_change(clerk: Clerk, window: MainWindow) -> None:
    before = clerk.text("indicators[2].name")
    opened(window)
    clerk.presses(ESCAPE)
    assert window.page is None
    assert clerk.text("indicators[2].name") == before
    assert not clerk.session.history.can_undo


def test_away_from_the_indicators_it_can_only_be_read(clerk: Clerk, window: MainWindow) -> None:
    clerk.goes_to(clerk.place("tasks[1].name"))
    page = opened(window)
    assert not page.use.isEnabled()
    assert page.use.text() == "先在报表里点一下指标行，再来选用"
    clerk.presses(ENTER)
    assert window.page is page


def test_without_any_form_open_it_can_be_read(window: MainWindow) -> None:
    page = opened(window)
    assert len(page.names()) >= 250
    assert not page.use.isEnabled()


# -- the bureau's own files --------------------------------------------------------------------------------


def test_a_bureaus_own_file_is_added_used_at_once_and_removed_again(
    clerk: Clerk, window: MainWindow, answers: Answers, tmp_path: Path, data_folder: Path
) -> None:
    file = tmp_path / "本县指标.toml"
    file.write_text(OWN, encoding="utf-8")
    place = next(
        clerk.place(f"indicators[{number}].value")
        for number, row in enumerate(clerk.session.document.rows("indicators"), 1)
        if row.cells["name"] == "社区矫正对象再犯罪率"
    )
    page = opened(window)
    assert not far_from_usual(clerk)
    answers.ready["open_file"] = file
    page.file_wanted.emit()
    assert "已加入 本县指标.toml，共 1 条指标" in window.status.texts()
    assert (data_folder / OWN_FOLDER / file.name).read_text(encoding="utf-8") == OWN
    assert page.areas.item(1).text() == "本县"
    assert far_from_usual(clerk)
    answers.ready["confirm"] = True
    page.removal_wanted.emit(data_folder / OWN_FOLDER / file.name)
    assert not list((data_folder / OWN_FOLDER).iterdir())
    assert not far_from_usual(clerk)
    clerk.presses(ESCAPE)
    clerk.goes_to(place)
    window.status.end_notice()
    assert "常见 0.1～1%" in window.status.texts()


def far_from_usual(clerk: Clerk) -> list[str]:
    """Give what is said about values far from the library's usual range."""
    return [one.message for one in clerk.session.findings() if one.check == "IV-21" and "40" in one.message]


def test_a_file_with_mistakes_is_not_added_and_every_mistake_is_told(
    clerk: Clerk,  # noqa: ARG001
    window: MainWindow,
    answers: Answers,
    tmp_path: Path,
    data_folder: Path,
) -> None:
    file = tmp_path / "错.toml"
    file.write_text(
        OWN.replace('sign = "≤"', 'sign = "<="').replace("low = 30", "low = 50"), encoding="utf-8"
    )
    page = opened(window)
    answers.ready |= {"open_file": file, "tell": True}
    page.file_wanted.emit()
    (told,) = answers.told
    assert "错.toml 有 2 处不对" in told
    assert "第 2 行“社区矫正对象再犯罪率”：sign 写的“<=”不对" in told
    assert "常见值下限 50 比上限 40 大" in told
    assert not (data_folder / OWN_FOLDER).exists()


def test_an_own_file_broken_since_is_left_out_and_told(
    open_document: Open, filled: Document, window: MainWindow, data_folder: Path
) -> None:
    (data_folder / OWN_FOLDER).mkdir()
    (data_folder / OWN_FOLDER / "旧.toml").write_text("x", encoding="utf-8")
    open_document(filled)
    assert "有一个本地指标库文件没有用上：指标库文件 旧.toml 第 1 行写法不对" in window.status.texts()
    assert window.tools.indicators.library().find("法律援助案件办结数") is not None
