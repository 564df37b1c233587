"""Importing: the file beside the sheet it would be, before anything is taken over."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from core.intake.pieces import Where
from core.intake.reading import Repair, RepairKind, Unplaced
from core.paper.fonts import Fonts
from core.paper.xlsx import xlsx_bytes
from core.sheet.document import Document, new_id
from core.sheet.grid import expand
from core.sheet.messages import Messages
from tests.ui.conftest import Answers
from ui.as_read import Found, SourceLine
from ui.importing import ImportPage
from ui.main_window import MainWindow


def line(number: int, text: str) -> SourceLine:
    return SourceLine("", 0, number, text)


def as_text(document: Document) -> str:
    """A form as a spreadsheet copies it."""
    rows: dict[int, list[str]] = {}
    for cell in expand(document).cells:
        rows.setdefault(cell.row, []).append(cell.text.replace("\n", ""))
    return "部门整体预算绩效目标申报表\n" + "\n".join("\t".join(texts) for texts in rows.values())


@pytest.fixture
def found(filled: Document) -> Found:
    """Two forms of one text file, with a piece left over and repairs of two sorts."""
    other = filled.copy(id=new_id())
    other.set_text(other.place("unit.name"), "镇文化站")
    filling = [
        Repair(RepairKind.FILLED, Where(n, n), "", "产出指标", ("indicators[2].level1",)) for n in (4, 5, 6)
    ]
    shifted = Repair(RepairKind.SHIFTED, Where(3, 3), "甲 | 乙", "乙", ("tasks[2].funds",))
    lines = [line(number, f"原文{number}") for number in range(1, 7)]
    return Found([filled.copy(), other], [Unplaced(Where(2, 2), "本表一式三份")], [*filling, shifted], lines)


@pytest.fixture
def page(window: MainWindow, found: Found) -> ImportPage:
    """The page that shows it."""
    window.flows.show_found(found, "上年.txt")
    assert isinstance(window.page, ImportPage)
    return window.page


def rows(page: ImportPage) -> list[list[str]]:
    table = page.report
    texts = [[table.item(row, column) for column in range(3)] for row in range(table.rowCount())]
    return [[one.text() if one else "" for one in row] for row in texts]


def test_what_has_no_place_stands_first_with_its_line(page: ImportPage) -> None:
    assert rows(page)[0] == ["▲ 第 2 行", "本表一式三份", "没有对上，不会带入"]


def test_levels_filled_down_are_one_line_and_other_repairs_their_own(page: ImportPage) -> None:
    assert [row[0] for row in rows(page)[1:]] == ["○ 第 4 行等 3 处", "○ 第 3 行"]
    assert "共 3 行" in rows(page)[1][2]


def test_the_file_as_it_stood_is_at_the_left_and_marked_where_something_is_to_be_looked_at(
    page: ImportPage,
) -> None:
    assert page.source.texts() == [f"原文{number}" for number in range(1, 7)]
    marks = [page.source.item(row, 0) for row in range(6)]
    assert [one.text() if one else "" for one in marks] == ["1", "▲ 2", "○ 3", "○ 4", "○ 5", "○ 6"]


def test_choosing_a_repair_shows_where_it_stood_and_where_it_went(page: ImportPage) -> None:
    page.report.selectRow(2)
    assert page.source.currentRow() == 2
    assert page.sheet is not None
    assert page.sheet.current is not None
    assert page.sheet.current.place == page.sheet.document.place("tasks[2].funds")


def test_choosing_a_line_of_the_file_shows_what_became_of_it(page: ImportPage) -> None:
    page.source.selectRow(2)
    assert page.sheet is not None
    assert page.sheet.current is not None
    assert page.sheet.current.place == page.sheet.document.place("tasks[2].funds")


def test_only_the_ticked_forms_of_a_file_are_taken(window: MainWindow, page: ImportPage) -> None:
    page.documents.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert "1 张" in page.button.text()
    page.button.click()
    assert [one.facts.unit_name for one in window.tools.store.drafts.list()] == ["镇文化站"]


def test_with_no_form_ticked_nothing_can_be_taken(page: ImportPage) -> None:
    for row in range(2):
        page.documents.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not page.button.isEnabled()


def test_each_form_of_a_file_is_shown_as_the_sheet_it_would_be(page: ImportPage, found: Found) -> None:
    page.documents.setCurrentRow(1)
    assert page.sheet is not None
    assert page.sheet.document.unit_name == "镇文化站"
    page.sheet.grab()
    assert found.documents[1].unit_name == "镇文化站"


def test_both_sides_of_the_window_fold_away_meanwhile(window: MainWindow, page: ImportPage) -> None:
    assert page.isVisible()
    assert not window.forms.isVisible()
    window.show_sheet()
    assert window.forms.isVisible()
    assert window.problems.isVisible()


def test_a_workbook_is_shown_row_by_row_beside_the_sheet(
    window: MainWindow,
    answers: Answers,
    filled: Document,
    resources: Path,
    messages: Messages,
    tmp_path: Path,
) -> None:
    file = tmp_path / "上年.xlsx"
    file.write_bytes(xlsx_bytes(filled, Fonts(resources / "fonts"), messages))
    answers.ready["open_file"] = file
    window.actions_["import"].trigger()
    page = window.page
    assert isinstance(page, ImportPage)
    name = filled.text(filled.place("tasks[1].name"))
    assert any(name in text for text in page.source.texts())
    assert page.sheet is not None
    assert page.sheet.document.text(page.sheet.document.place("tasks[1].name")) == name


def test_a_file_of_ours_needs_no_list(window: MainWindow, answers: Answers, resources: Path) -> None:
    answers.ready["open_file"] = resources / "forms/gz-decl/2025/sample.json"
    window.actions_["import"].trigger()
    page = window.page
    assert isinstance(page, ImportPage)
    QApplication.processEvents()
    assert not page.source.isVisible()
    assert not page.report.isVisible()
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert "全部内容都已对上，没有改动。" in texts


def test_a_file_dropped_on_the_window_is_read(window: MainWindow, resources: Path) -> None:
    file = resources / "forms/gz-decl/2025/sample.json"
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(file))])
    copying, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), copying, dragged, left, plain)
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), copying, dragged, left, plain))
    assert isinstance(window.page, ImportPage)


def test_the_lines_of_a_text_file_are_shown_with_their_numbers(
    window: MainWindow, answers: Answers, filled: Document, tmp_path: Path
) -> None:
    file = tmp_path / "公开.txt"
    file.write_text(as_text(filled), encoding="utf-8")
    answers.ready["open_file"] = file
    window.actions_["import"].trigger()
    page = window.page
    assert isinstance(page, ImportPage)
    assert page.source.texts()[0] == "部门整体预算绩效目标申报表"
    number = page.source.item(1, 0)
    assert number is not None
    assert number.text().endswith("2")


def copies(text: str = "", html: str = "") -> None:
    """Another program puts a table on the clipboard."""
    copied = QMimeData()
    if text:
        copied.setText(text)
    if html:
        copied.setHtml(html)
    QGuiApplication.clipboard().setMimeData(copied)


def test_a_table_copied_in_another_program_is_read_like_a_file(window: MainWindow, filled: Document) -> None:
    copies(as_text(filled))
    window.actions_["import-copied"].trigger()
    page = window.page
    assert isinstance(page, ImportPage)
    assert page.sheet is not None
    assert page.sheet.document.form.form == "gz-decl"
    assert page.source.rowCount() > 10


def test_a_copied_page_that_cannot_be_read_as_one_is_read_by_its_text(
    window: MainWindow, filled: Document
) -> None:
    copies(as_text(filled), "<html><body><p>表</p></body></html>")
    window.actions_["import-copied"].trigger()
    assert isinstance(window.page, ImportPage)


def test_with_nothing_copied_the_way_to_copy_a_table_is_told(window: MainWindow, answers: Answers) -> None:
    QGuiApplication.clipboard().clear()
    answers.ready["tell"] = True
    window.actions_["import-copied"].trigger()
    assert "选中整张表" in answers.told[0]


def test_what_holds_for_the_whole_file_is_said_once(window: MainWindow, filled: Document) -> None:
    shared = [Repair(RepairKind.SHARED, Where(0, 0), "", "2025", ("year",), number) for number in (0, 1)]
    window.flows.show_found(Found([filled.copy(), filled.copy(id=new_id())], [], shared, []), "报表.txt")
    assert isinstance(window.page, ImportPage)
    assert [row[0] for row in rows(window.page)] == ["○ 整个文件"]


def test_one_begins_at_the_first_remark_so_that_nothing_is_taken_by_a_stray_enter(
    window: MainWindow, page: ImportPage, qtbot: QtBot
) -> None:
    page.begin()
    assert page.report.currentRow() == 0
    qtbot.keyClick(page.report, Qt.Key.Key_Return)
    assert window.page is page
    assert not window.tools.store.drafts.list()


@pytest.mark.parametrize(
    "data",
    [
        "<html><body><table><tr><td>基本支出</td><td>3,723.19</td></tr></table></body></html>",
        "基本支出\t3,723.19\n",
    ],
    ids=["a web page", "a text"],
)
def test_whatever_kind_the_file_is_its_lines_are_shown_as_they_stood(data: str) -> None:
    from ui.as_read import _lines_of

    assert ["基本支出", "3,723.19"] in [
        [part.strip() for part in one.text.replace("\t", "|").split("|")] for one in _lines_of(data.encode())
    ]
