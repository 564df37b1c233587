"""检查口径 in the window: picked by the clerk where the form offers it, kept, and sent along."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from core.draft.store import Store
from core.handover.opening import open_package
from core.sheet.document import Document, new_id
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.places import Place, field_place
from tests.ui.conftest import Clerk
from ui.choices_page import ChoicesPage
from ui.deliver import DeliverPage
from ui.main_window import MainWindow
from ui.picks import KeptPicks

Key, Modifier = Qt.Key, Qt.KeyboardModifier
Open = Callable[[Document], Clerk]


@pytest.fixture
def hundred(resources: Path, forms: FormLibrary) -> Document:
    """A department's form whose weights make 100, where 90 is presumed and 100 offered."""
    document = read_document((resources / "forms/sc-dept/2024/sample.json").read_bytes(), forms)
    document = document.copy(id=new_id())
    place = document.place("indicators[1].weight")
    total = sum(Decimal(row.cells.get("weight", "0")) for row in document.rows("indicators"))
    document.set_text(place, f"{Decimal(document.text(place)) + 100 - total:f}")
    document.set_text(field_place("stage"), "申报")
    return document


def checks(clerk: Clerk) -> set[str]:
    return {one.check for one in clerk.session.judging.findings()}


def settle(window: MainWindow) -> None:
    QApplication.processEvents()
    window.problems.refresh()


def page_of(window: MainWindow, clerk: Clerk) -> ChoicesPage:
    clerk.presses(Key.Key_F7, Modifier.ControlModifier)
    assert isinstance(window.page, ChoicesPage)
    return window.page


def test_what_the_form_offers_is_picked_by_keyboard_and_counts_at_once(
    window: MainWindow, open_document: Open, hundred: Document
) -> None:
    clerk = open_document(hundred)
    assert "WT-01" in checks(clerk)
    page = page_of(window, clerk)
    assert page.boxes["weight_total"].currentText() == "90（表样规定）"
    clerk.presses(Key.Key_Down)
    assert "WT-01" not in checks(clerk)
    clerk.presses(Key.Key_Up)
    assert "WT-01" in checks(clerk)


def test_what_comes_of_a_pick_is_seen_though_rows_might_still_come(
    window: MainWindow, open_document: Open, hundred: Document
) -> None:
    place = hundred.place("indicators[1].weight")
    hundred.set_text(place, f"{Decimal(hundred.text(place)) - 10:f}")
    clerk = open_document(hundred)
    page_of(window, clerk)
    clerk.presses(Key.Key_Down)
    assert any(one.check == "WT-01" for one in clerk.session.findings())


def test_the_finding_itself_offers_the_pick(
    window: MainWindow, open_document: Open, hundred: Document
) -> None:
    clerk = open_document(hundred)
    finding = next(one for one in clerk.session.findings() if one.check == "WT-01")
    window.problems.go_to(finding)
    settle(window)
    entry = window.problems.entry
    assert entry is not None
    button = next(one for one in entry.findChildren(QPushButton) if "本地口径" in one.text())
    button.click()
    settle(window)
    assert "WT-01" not in checks(clerk)
    assert "选100重新检查" in window.status.texts()


def test_a_pick_counts_for_all_forms_of_its_unit_and_for_no_other_unit(
    window: MainWindow, open_document: Open, hundred: Document
) -> None:
    other = hundred.copy(id=new_id())
    other.set_text(Place("", "", "unit.name"), "另一个单位")
    other.set_text(Place("", "", "unit.code"), "999001")
    first, second, third = open_document(hundred.copy(id=new_id())), open_document(other), None
    third = open_document(hundred)
    window.workspace.surroundings.pick(hundred, "weight_total", 100)
    assert "WT-01" not in checks(first)
    assert "WT-01" not in checks(third)
    assert "WT-01" in checks(second)


def test_the_list_keeps_what_is_found_after_a_pick(
    window: MainWindow, open_document: Open, hundred: Document, store: Store
) -> None:
    clerk = open_document(hundred)
    window.workspace.surroundings.pick(hundred, "weight_total", 100)
    store.drafts.settle().result()
    counts = store.drafts.get(hundred.id).counts
    assert counts is not None
    assert counts.warnings == clerk.session.tally().warnings


def test_a_pick_is_there_again_after_a_restart(
    window: MainWindow, open_document: Open, hundred: Document, store: Store
) -> None:
    open_document(hundred)
    window.workspace.surroundings.pick(hundred, "weight_total", 100)
    store.drafts.settle().result()
    again = KeptPicks(store.settings.all().get("choices"), lambda *_: None)
    assert again.settings_of(hundred).picks == {"sc-dept.weight_total": "100"}


@pytest.mark.parametrize("kept", [None, [], {"a": 1}, {"a": {"sc-dept.weight_total": 7}}])
def test_a_spoilt_setting_is_as_if_nothing_was_picked(kept: object, hundred: Document) -> None:
    assert KeptPicks(kept, lambda *_: None).settings_of(hundred).picks == {}


def test_the_pick_travels_in_the_package_and_counts_there(
    window: MainWindow, open_document: Open, hundred: Document, tmp_path: Path, forms: FormLibrary
) -> None:
    clerk = open_document(hundred)
    window.workspace.surroundings.pick(hundred, "weight_total", 100)
    clerk.presses(Key.Key_F9)
    page = window.page
    assert isinstance(page, DeliverPage)
    assert any("绩效指标权重合计100" in label.text() for label in page.findChildren(QLabel))
    page.show_folder(tmp_path)
    page.as_draft.setChecked(True)
    page.button.click()
    (file,) = tmp_path.glob("*.zip")
    package = open_package(file, forms)
    assert package.submission is not None
    assert dict(package.submission.choices) == {"sc-dept.weight_total": "100"}


def test_a_form_that_offers_nothing_says_so(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk = open_document(filled)
    page = page_of(window, clerk)
    assert page.boxes == {}
    assert any("没有需要" in label.text() for label in page.findChildren(QLabel))
