"""Explanations on paper: the clerk sees the annex in the preview and decides whether it is printed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from core.sheet.document import Document
from core.sheet.places import field_place
from tests.ui.conftest import Clerk
from ui.main_window import MainWindow
from ui.preview import PreviewPage

Open = Callable[[Document], Clerk]


def preview(window: MainWindow) -> PreviewPage:
    window.actions_["preview"].trigger()
    page = window.page
    assert isinstance(page, PreviewPage)
    return page


def answer_an_error(clerk: Clerk) -> None:
    clerk.session.set_texts([(field_place("fiscal_income"), "9999.00")])
    finding = next(one for one in clerk.session.judging.findings() if one.check == "AM-01")
    clerk.session.explain(finding, "另有上级专项未列入收入，批文附后。")


def test_what_was_explained_is_a_page_more_until_the_clerk_wants_none(
    window: MainWindow, open_document: Open, filled: Document, qtbot: QtBot
) -> None:
    clerk = open_document(filled)
    bare = preview(window).pdf.pages
    window.show_sheet()
    answer_an_error(clerk)
    page = preview(window)
    assert page.pdf.pages == bare + 1
    box = page.findChild(QCheckBox, "annex")
    assert box is not None
    assert box.isChecked()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    after = window.page
    assert isinstance(after, PreviewPage)
    assert after.pdf.pages == bare
    assert window.tools.annex is False


def test_where_nothing_was_explained_no_annex_is_offered(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    open_document(filled)
    assert preview(window).findChild(QCheckBox, "annex") is None
