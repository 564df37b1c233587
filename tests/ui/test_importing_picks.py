"""检查口径 that came with a package: taken over where the clerk agrees, never in silence (ruling 16)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from core.handover.package import Enclosure, Sending, build_package
from core.sheet.document import Document, new_id
from core.sheet.document_file import document_bytes, read_document
from core.sheet.forms import FormLibrary
from core.sheet.places import field_place
from tests.ui.conftest import Answers, Clerk
from ui.importing import ImportPage
from ui.main_window import MainWindow
from ui.taking import TakePage

Open = Callable[[Document], Clerk]
Choices = tuple[tuple[str, str], ...]
HUNDRED: Choices = (("sc-dept.weight_total", "100"),)


@pytest.fixture
def department(resources: Path, forms: FormLibrary) -> Document:
    """A form where 90 is presumed and 100 offered."""
    return read_document((resources / "forms/sc-dept/2024/sample.json").read_bytes(), forms)


@pytest.fixture
def bring(window: MainWindow, answers: Answers, tmp_path: Path) -> Callable[..., ImportPage]:
    """Bring documents in as one package, with what was picked for them."""

    def call(choices: Choices, *documents: Document) -> ImportPage:
        sending = Sending(date="2024-09-01", software="t", errors=0, choices=choices)
        file = tmp_path / "上报.zip"
        file.write_bytes(build_package([Enclosure(one, b"", b"") for one in documents], sending).data)
        answers.ready["open_file"] = file
        window.actions_["import"].trigger()
        assert isinstance(window.page, ImportPage)
        return window.page

    return call


def told(page: ImportPage) -> str:
    return "".join(label.text() for label in page.findChildren(QLabel))


def total_for(window: MainWindow, document: Document) -> object:
    return window.tools.binding_of(document).settings["weight_total"]


def test_what_was_sent_counts_for_what_comes_in_and_is_told_before(
    window: MainWindow, bring: Callable[..., ImportPage], department: Document
) -> None:
    page = bring(HUNDRED, department)
    assert "检查口径与这里不同" in told(page)
    assert "上报文件按100，这里按90" in told(page)
    (box,) = page.picks.boxes
    assert box.text() == "按上报文件的：100"
    assert "绩效指标权重合计" in box.accessibleName()
    assert "上报文件按100" in box.accessibleName()
    assert "这里按90" in box.accessibleName()
    assert box.isChecked()
    assert total_for(window, department) == 90
    page.button.click()
    assert total_for(window, department) == 100
    session = window.workspace.session
    assert session is not None
    session.judging.start()
    assert session.computation.settings["weight_total"] == 100


def test_what_was_chosen_here_stays_unless_the_clerk_says_otherwise(
    window: MainWindow, bring: Callable[..., ImportPage], open_document: Open, department: Document
) -> None:
    open_document(department.copy(id=new_id()))
    window.workspace.surroundings.pick(department, "weight_total", 100)
    page = bring((), department)
    (box,) = page.picks.boxes
    assert "上报文件按90" in box.accessibleName()
    assert "这里选用了100" in box.accessibleName()
    assert not box.isChecked()
    page.button.click()
    assert total_for(window, department) == 100


def test_the_clerk_may_take_the_senders_way_instead_of_her_own_and_open_forms_follow(
    window: MainWindow, bring: Callable[..., ImportPage], open_document: Open, department: Document
) -> None:
    clerk = open_document(department.copy(id=new_id()))
    window.workspace.surroundings.pick(department, "weight_total", 100)
    assert any(one.check == "WT-01" for one in clerk.session.judging.findings())
    page = bring((), department)
    page.picks.boxes[0].setChecked(True)
    page.button.click()
    assert total_for(window, department) == 90
    assert not any(one.check == "WT-01" for one in clerk.session.judging.findings())


def test_the_senders_way_is_left_where_the_clerk_takes_the_tick_away(
    window: MainWindow, bring: Callable[..., ImportPage], department: Document
) -> None:
    page = bring(HUNDRED, department)
    page.picks.boxes[0].setChecked(False)
    page.button.click()
    assert total_for(window, department) == 90


@pytest.mark.parametrize("choices", [(), HUNDRED])
def test_nothing_is_said_where_both_go_by_the_same(
    choices: Choices, window: MainWindow, bring: Callable[..., ImportPage], department: Document
) -> None:
    if choices:
        window.workspace.surroundings.pick(department, "weight_total", 100)
    page = bring(choices, department)
    assert not page.picks.boxes
    assert "口径" not in told(page)


def test_what_is_not_offered_here_is_told_and_changes_nothing(
    window: MainWindow, bring: Callable[..., ImportPage], department: Document
) -> None:
    page = bring((("sc-dept.weight_total", "95"),), department)
    assert not page.picks.boxes
    assert "这里的表样不提供，没有采用：“绩效指标权重合计”95" in told(page)
    page.button.click()
    assert total_for(window, department) == 90


def test_a_form_left_out_brings_no_way_of_checking(
    window: MainWindow,
    bring: Callable[..., ImportPage],
    department: Document,
    resources: Path,
    forms: FormLibrary,
) -> None:
    other = read_document((resources / "forms/sc-proj/2023/sample.json").read_bytes(), forms)
    for name in ("unit.name", "unit.code", "year", "stage"):
        other.set_text(field_place(name), department.text(field_place(name)))
    page = bring(HUNDRED, department, other)
    (box,) = page.picks.boxes
    assert box.isChecked()
    page.documents.item(0).setCheckState(Qt.CheckState.Unchecked)
    page.button.click()
    assert total_for(window, department) == 90


def test_a_plain_document_says_nothing_of_how_it_is_checked(
    window: MainWindow, answers: Answers, department: Document, tmp_path: Path
) -> None:
    window.workspace.surroundings.pick(department, "weight_total", 100)
    file = tmp_path / "报表.json"
    file.write_bytes(document_bytes(department))
    answers.ready["open_file"] = file
    window.actions_["import"].trigger()
    assert isinstance(window.page, ImportPage)
    assert not window.page.picks.boxes
    assert "口径" not in told(window.page)


def test_cells_taken_from_a_copy_leave_the_clerks_own_way_and_she_is_told(
    window: MainWindow, open_document: Open, answers: Answers, department: Document, tmp_path: Path
) -> None:
    clerk = open_document(department.copy())
    department.set_text(department.place("indicators[1].name"), "改过的名称")
    sending = Sending(date="2024-09-01", software="t", errors=0, choices=HUNDRED)
    file = tmp_path / "退回.zip"
    file.write_bytes(build_package([Enclosure(department, b"", b"")], sending).data)
    answers.ready["open_file"] = file
    window.actions_["take-in"].trigger()
    page = window.page
    assert isinstance(page, TakePage)
    (line,) = (one.text() for one in page.findChildren(QLabel) if "口径" in one.text())
    assert "上报文件按100，这里按90" in line
    page.button.click()
    assert total_for(window, clerk.session.document) == 90
