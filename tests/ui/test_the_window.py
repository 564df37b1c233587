"""The window as a whole: drafts, saving told truthfully, pages, and nothing left behind."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from core.draft.autosave import Saving
from core.draft.records import Shelf, Status
from core.sheet.document import Document
from core.sheet.errors import RefusedError
from core.sheet.places import field_place
from tests.ui.conftest import Answers, Clerk
from ui.deliver import DeliverPage
from ui.first_start import FirstStartPage
from ui.importing import ImportPage
from ui.main_window import MainWindow
from ui.new_form import NewFormPage
from ui.preview import PreviewPage
from ui.quiet_box import QuietBox

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
Open = Callable[[Document], Clerk]
WHEN = datetime(2025, 9, 1, 14, 3, 22)


def presses(window: MainWindow, name: str) -> None:
    """Press the button with a word on it."""
    scope = window.page or window
    button = next(one for one in scope.findChildren(QPushButton) if name in one.text() and one.isVisible())
    button.click()


def shown_texts(window: MainWindow) -> str:
    QApplication.processEvents()
    scope = window.page or window
    return "\n".join(label.text() for label in scope.findChildren(QLabel) if label.isVisible())


def test_what_is_typed_is_on_the_disk_when_the_window_says_saved(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk = open_document(filled)
    clerk.goes_to(field_place("basic_expense"))
    clerk.types("77")
    clerk.presses(Key.Key_S, Ctrl)
    assert "已保存" in window.status.texts()
    stored = window.tools.store.drafts.read(filled.id)
    assert b'"basic_expense": "77"' in stored.document


def test_pinyin_still_composing_is_saved_with_ctrl_s(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk = open_document(filled)
    clerk.goes_to(filled.place("tasks[1].name"))
    clerk.composes(commit="普法")
    clerk.composes("jing")
    window.finish_typing()
    assert clerk.text("tasks[1].name") == "普法jing"


def test_the_line_below_says_when_it_was_saved(window: MainWindow) -> None:
    window.show_saving(Saving(saved_at=WHEN, saved_through=1))
    assert "已保存 14:03:22" in window.status.texts()


def test_failing_to_save_turns_the_line_into_a_banner_with_the_reason(window: MainWindow) -> None:
    full = RefusedError("draft.disk-full", folder="D:/绩表")
    window.show_saving(Saving(unsaved_since=WHEN, failing=full))
    assert window.status.is_banner
    assert "磁盘已满" in window.status.texts()
    window.show_saving(Saving(saved_at=WHEN, saved_through=1))
    assert not window.status.is_banner


def test_undo_reaches_back_over_closing_and_opening_a_draft(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    before = filled.text(field_place("basic_expense"))
    clerk = open_document(filled)
    clerk.goes_to(field_place("basic_expense"))
    clerk.types("5")
    clerk.presses(Key.Key_W, Ctrl)
    window.open_draft(filled.id)
    session = window.workspace.session
    assert session is not None
    session.undo()
    assert session.document.text(field_place("basic_expense")) == before


def test_a_new_person_is_asked_for_whom_she_fills_in_and_warned(window: MainWindow) -> None:
    window.flows.welcome()
    assert isinstance(window.page, FirstStartPage)
    assert "严禁录入涉密信息" in shown_texts(window)
    window.page.units.setPlainText("135001 青禾镇人民政府\n青禾镇文化站")
    presses(window, "新建报表")
    assert isinstance(window.page, NewFormPage)
    assert window.page.unit.count() == 2


def test_a_new_form_is_made_by_keyboard_alone(window: MainWindow) -> None:
    window.activateWindow()
    window.actions_["new"].trigger()
    page = window.page
    assert isinstance(page, NewFormPage)
    page.unit.setEditText("青禾镇人民政府")
    page.year.setText("2026")
    page.make()
    session = window.workspace.session
    assert session is not None
    assert (session.document.unit_name, session.document.year) == ("青禾镇人民政府", 2026)
    assert window.tools.store.drafts.list()[0].id == session.document.id


@pytest.mark.parametrize("year", ["", "26", "二〇二六", "20266"])
def test_a_year_that_is_none_is_answered_with_the_way_out(window: MainWindow, year: str) -> None:
    window.actions_["new"].trigger()
    page = window.page
    assert isinstance(page, NewFormPage)
    page.unit.setEditText("青禾镇")
    page.year.setText(year)
    page.make()
    assert "四位数字" in shown_texts(window)


def test_preview_shows_every_page_of_the_real_pdf(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    open_document(filled)
    window.actions_["preview"].trigger()
    page = window.page
    assert isinstance(page, PreviewPage)
    assert page.pdf.pages == len(page.sheets) >= 1
    page.grab()
    window.show_sheet()
    assert window.page is None


def test_printing_sends_each_page_once_at_its_true_size(
    window: MainWindow, open_document: Open, filled: Document, answers: Answers, tmp_path: Path
) -> None:
    from ui.rendered import RenderedPdf

    open_document(filled)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    answers.ready["printer"] = printer
    window.actions_["print"].trigger()
    paper = RenderedPdf((tmp_path / "paper.pdf").read_bytes())
    assert paper.pages == 2
    assert paper.size(0).width() == pytest.approx(842, abs=2)
    paper.close()


def test_excel_is_written_where_she_says_under_a_telling_name(
    window: MainWindow, open_document: Open, filled: Document, answers: Answers, tmp_path: Path
) -> None:
    open_document(filled)
    answers.ready["save_file"] = tmp_path / "表.xlsx"
    window.actions_["excel"].trigger()
    assert (tmp_path / "表.xlsx").read_bytes().startswith(b"PK")
    assert filled.unit_name in answers.suggested.name


def test_a_file_that_cannot_be_written_is_told_and_leaves_nothing_half_done(
    window: MainWindow, open_document: Open, filled: Document, answers: Answers, tmp_path: Path
) -> None:
    open_document(filled)
    answers.ready["save_file"] = tmp_path / "gone" / "表.xlsx"
    answers.ready["tell"] = True
    window.actions_["excel"].trigger()
    assert "没有写入“表.xlsx”" in answers.told[0]
    assert list(tmp_path.glob("**/*.part")) == []


def test_an_import_shows_what_it_found_before_anything_is_taken_over(
    window: MainWindow, answers: Answers, resources: Path
) -> None:
    answers.ready["open_file"] = resources / "forms/gz-decl/2025/sample.json"
    window.actions_["import"].trigger()
    assert isinstance(window.page, ImportPage)
    assert window.tools.store.drafts.list() == []
    presses(window, "放入我的报表")
    assert len(window.tools.store.drafts.list()) == 1
    assert window.workspace.session is not None


def test_a_clean_form_is_sent_and_the_result_is_told_in_large_words(
    window: MainWindow, open_document: Open, filled: Document, answers: Answers, tmp_path: Path
) -> None:
    open_document(filled)
    window.actions_["deliver"].trigger()
    assert isinstance(window.page, DeliverPage)
    answers.ready["folder"] = tmp_path
    presses(window, "选择U盘")
    presses(window, "上报")
    assert "已写入并核对" in shown_texts(window)
    assert "校验码" in shown_texts(window)
    assert len(list(tmp_path.glob("*.zip"))) == 1
    draft = window.tools.store.drafts.list()[0]
    assert (draft.status, draft.sent) == (Status.SENT, 1)


def test_unexplained_errors_need_an_explanation_or_the_draft_mark(
    window: MainWindow, open_document: Open, filled: Document, tmp_path: Path
) -> None:
    filled.set_text(field_place("other_income"), "56")
    open_document(filled)
    window.tools.remember("folder-deliver", str(tmp_path))
    window.actions_["deliver"].trigger()
    page = window.page
    assert isinstance(page, DeliverPage)
    assert not page.button.isEnabled()
    assert "1 个必须修改的问题，0 格必填未填" in shown_texts(window)
    page.as_draft.setChecked(True)
    assert page.button.isEnabled()


def test_a_folder_that_is_gone_is_told_and_can_be_chosen_again(
    window: MainWindow, open_document: Open, filled: Document, tmp_path: Path
) -> None:
    open_document(filled)
    window.actions_["deliver"].trigger()
    page = window.page
    assert isinstance(page, DeliverPage)
    page.show_folder(tmp_path / "gone")
    presses(window, "上报")
    assert "没有上报" in shown_texts(window)
    assert page.button.isEnabled()


def test_a_deleted_draft_lies_in_the_bin_and_comes_back(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    open_document(filled)
    drafts = window.tools.store.drafts
    window.forms.put_away.emit(filled.id)
    drafts.delete(filled.id).result()
    window.forms.reload()
    assert window.workspace.session is None
    assert [one.id for one in drafts.list(Shelf.BIN)] == [filled.id]
    drafts.restore(filled.id).result()
    window.open_draft(filled.id)
    assert window.workspace.session is not None


def test_a_turn_of_the_wheel_over_a_box_changes_nothing(window: MainWindow) -> None:
    window.actions_["new"].trigger()
    page = window.page
    assert isinstance(page, NewFormPage)
    page.year.setFocus()
    for box in page.findChildren(QuietBox):
        before = box.currentIndex()
        turn(box)
        assert box.currentIndex() == before


def turn(widget: QWidget) -> None:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_every_widget_that_takes_the_keyboard_has_a_name(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    open_document(filled)
    window.actions_["new"].trigger()
    for widget in window.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
        inner = isinstance(widget, QLineEdit) and isinstance(widget.parent(), QuietBox)
        if takes and not inner:
            text = getattr(widget, "text", lambda: "")()
            assert widget.accessibleName() or text, f"{widget} of {widget.parent()}"


def test_f6_takes_the_keyboard_round_all_parts(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk = open_document(filled)
    seen = set()
    for _ in range(4):
        clerk.presses(Key.Key_F6)
        focus = window.focusWidget()
        assert focus is not None
        for part in (window.forms, clerk.view, window.problems):
            if part.isAncestorOf(focus):
                seen.add(part.objectName())
    assert seen == {"forms", "sheet", "problems"}


def test_help_lists_the_keys_and_the_warning(window: MainWindow) -> None:
    window.actions_["help"].trigger()
    assert "非涉密" in shown_texts(window)
    assert "Alt+回车" in shown_texts(window)


def test_the_window_stands_as_it_stood_when_it_was_closed(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    open_document(filled)
    window.problems.hide()
    window.workspace.set_zoom(1.5)
    window.close()
    assert window.tools.settings["window"]["right"] is False
    assert window.tools.settings["zoom"] == 1.5
    assert window.tools.settings["last"] == filled.id


def test_leaving_while_saving_fails_is_asked_first(
    window: MainWindow, open_document: Open, filled: Document, answers: Answers, data_folder: Path
) -> None:
    clerk = open_document(filled)
    file = data_folder / "drafts.sqlite"
    file.rename(data_folder / "moved.sqlite")
    clerk.goes_to(field_place("basic_expense"))
    clerk.types("7")
    answers.ready["confirm"] = False
    assert not window.close()
    assert window.isVisible()
    (data_folder / "moved.sqlite").rename(file)
    assert window.close()


def test_with_nothing_open_the_window_says_how_to_go_on(
    window: MainWindow, open_document: Callable[[Document], Clerk], filled: Document
) -> None:
    def said() -> list[str]:
        return [one.text() for one in window.workspace.findChildren(QLabel) if one.isVisible()]

    assert any("Ctrl+N" in text for text in said())
    open_document(filled)
    assert not any("Ctrl+N" in text for text in said())
    window.workspace.close_tab(0)
    assert any("Ctrl+N" in text for text in said())
    assert not any(one.text() for one in window.status.findChildren(QLabel, "status-cell"))
