"""Other drafts of the unit while one is filled in: compared with live, opened from a finding."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot

from core.check.checker import read_checker
from core.draft.content import content_of
from core.sheet.document import Document, Row, blank_document, new_id
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.places import Place, field_place
from tests.ui.conftest import Clerk
from ui.main_window import MainWindow

Open = Callable[[Document], Clerk]
YEAR = field_place("year")


@pytest.fixture
def declared(resources: Path, forms: FormLibrary) -> Document:
    """A department's 申报 of 2024."""
    return read_document((resources / "forms/sc-dept/2024/sample.json").read_bytes(), forms).copy(id=new_id())


@pytest.fixture
def approved(declared: Document) -> Document:
    """The 批复 of it, the same in every word."""
    document = declared.copy(id=new_id())
    document.set_text(field_place("stage"), "批复")
    return document


@pytest.fixture
def last_year(declared: Document) -> Document:
    document = declared.copy(id=new_id())
    document.set_text(YEAR, str((declared.year or 0) - 1))
    return document


def lies_among_the_drafts(window: MainWindow, document: Document) -> None:
    window.tools.store.drafts.create(content_of(document)).result()
    window.forms.reload()


def look(window: MainWindow) -> None:
    """Let pass what the window waits for after the last change."""
    window.workspace.surroundings.look_now()
    window.problems.refresh()


def checks(clerk: Clerk) -> set[str]:
    return {one.check for one in clerk.session.judging.findings()}


def test_other_drafts_are_looked_at_soon_after_a_form_is_opened(
    window: MainWindow, open_document: Open, qtbot: QtBot, declared: Document, last_year: Document
) -> None:
    lies_among_the_drafts(window, last_year)
    clerk = open_document(declared)
    window.workspace.surroundings.look_soon()
    qtbot.waitUntil(lambda: bool(clerk.session.judging.engine.context.counterparts), timeout=5000)  # type: ignore[union-attr]


def test_an_approval_that_differs_from_the_declaration_is_found_and_the_declaration_opened(
    window: MainWindow, open_document: Open, declared: Document, approved: Document
) -> None:
    place = approved.place("indicators[1].value")
    approved.set_text(place, "77")
    lies_among_the_drafts(window, declared)
    clerk = open_document(approved)
    assert "XF-01" not in checks(clerk)
    look(window)
    finding = next(one for one in clerk.session.findings() if one.check == "XF-01")
    assert finding.elsewhere
    window.problems.go_to(finding)
    QApplication.processEvents()
    entry = window.problems.entry
    assert entry is not None
    assert any("对照的报表" in label.text() for label in entry.findChildren(QLabel))
    next(one for one in entry.findChildren(QPushButton) if "打开那张报表" in one.text()).click()
    QApplication.processEvents()
    front = window.workspace.session
    assert front is not None
    assert front.document.id == declared.id
    pane = window.workspace.pane
    assert pane is not None
    assert pane.view.current is not None
    assert pane.view.current.place is not None
    assert pane.view.current.place.table == "indicators"


def test_a_change_in_one_open_form_is_seen_in_the_other_once_its_step_is_closed(
    window: MainWindow, open_document: Open, declared: Document, approved: Document
) -> None:
    first, second = open_document(declared), open_document(approved)
    look(window)
    assert "XF-01" not in checks(second)
    first.session.set_texts([(declared.place("indicators[1].value"), "77")])
    look(window)
    assert "XF-01" in checks(second)
    first.session.undo()
    look(window)
    assert "XF-01" not in checks(second)


def test_nothing_is_looked_at_while_a_key_is_being_typed(
    window: MainWindow, open_document: Open, qtbot: QtBot, declared: Document, approved: Document
) -> None:
    first, second = open_document(declared), open_document(approved)
    look(window)
    first.session.type((declared.place("indicators[1].value"),), "77")
    qtbot.wait(900)
    assert "XF-01" not in checks(second)
    first.session.end_typing()
    qtbot.waitUntil(lambda: "XF-01" in checks(second), timeout=5000)


def test_a_deleted_draft_is_no_longer_compared_with(
    window: MainWindow, open_document: Open, declared: Document, approved: Document
) -> None:
    approved.set_text(approved.place("indicators[1].value"), "77")
    lies_among_the_drafts(window, declared)
    clerk = open_document(approved)
    look(window)
    assert "XF-01" in checks(clerk)
    window.tools.store.drafts.delete(declared.id).result()
    look(window)
    assert "XF-01" not in checks(clerk)


def test_drafts_of_another_unit_are_not_compared_with(
    window: MainWindow, open_document: Open, declared: Document, approved: Document
) -> None:
    declared.set_text(field_place("unit.name"), "别的单位")
    declared.set_text(field_place("unit.code"), "999")
    approved.set_text(approved.place("indicators[1].value"), "77")
    lies_among_the_drafts(window, declared)
    clerk = open_document(approved)
    look(window)
    assert "XF-01" not in checks(clerk)


def test_a_draft_that_cannot_be_read_does_not_stand_in_the_way(
    window: MainWindow, open_document: Open, declared: Document, approved: Document
) -> None:
    content = content_of(declared)
    window.tools.store.drafts.create(content._replace(document=b"{}")).result()
    clerk = open_document(approved)
    look(window)
    assert clerk.session.judging.engine is not None
    assert clerk.session.judging.engine.context.counterparts == ()


def test_the_line_below_tells_last_years_figure_and_the_change(
    window: MainWindow, open_document: Open, declared: Document, last_year: Document
) -> None:
    money = next(
        name for name, one in declared.form.fields.items() if one.kind == "money" and not one.compute
    )
    place = field_place(money)
    last_year.set_text(place, "1000000")
    declared.set_text(place, "1026000")
    lies_among_the_drafts(window, last_year)
    clerk = open_document(declared)
    look(window)
    clerk.goes_to(place)
    assert "上年 1000000.00 ↑2.6%" in window.status.texts()
    clerk.types("9")
    assert "↓" in window.status.texts()


def projects(forms: FormLibrary, amounts: dict[str, str]) -> list[Document]:
    """Project forms of one unit, year and stage."""
    made = []
    for name, amount in amounts.items():
        document = blank_document(forms.get("hb-proj", "2020"), year=2020, unit_name="青山镇", unit_code="31")
        about = document.form.about
        document.set_text(field_place(about.name), name)
        document.set_text(field_place("fiscal"), amount)
        made.append(document)
    return made


def test_what_is_wrong_with_forms_together_stands_under_the_one_to_change(
    window: MainWindow, open_document: Open, forms: FormLibrary
) -> None:
    department = blank_document(forms.get("hb-dept", "2020"), year=2020, unit_name="青山镇", unit_code="31")
    clerk = open_document(department)
    look(window)
    assert "AM-12" not in checks(clerk)
    for document in projects(forms, {"甲": "3.00", "乙": "4.00"}):
        lies_among_the_drafts(window, document)
    look(window)
    told = next(one for one in clerk.session.findings() if one.check == "AM-12")
    assert "7.00" in told.message
    assert len(told.elsewhere) == 2
    assert clerk.session.tally().hints + clerk.session.tally().warnings + clerk.session.tally().errors > 0


def test_what_is_printed_and_sent_is_judged_beside_the_other_drafts(
    window: MainWindow, open_document: Open, declared: Document, approved: Document
) -> None:
    approved.set_text(approved.place("indicators[1].value"), "77")
    lies_among_the_drafts(window, declared)
    clerk = open_document(approved)
    judged = window.workspace.surroundings.judged(clerk.session)
    assert "XF-01" in {one.check for one in judged.findings}


def test_a_draft_nobody_opened_is_judged_for_sending_beside_the_others(
    window: MainWindow, declared: Document, approved: Document
) -> None:
    approved.set_text(Place("indicators", approved.rows("indicators")[0].id, "value"), "77")
    for document in (declared, approved):
        lies_among_the_drafts(window, document)
    drafts = [one for one in window.tools.store.drafts.list() if one.id == approved.id]
    (judged,) = window.workspace.surroundings.judged_drafts(drafts)
    assert "XF-01" in {one.check for one in judged.findings}


def test_forms_of_units_below_are_summed_up_in_the_form_of_the_unit_above(
    window: MainWindow, open_document: Open, forms: FormLibrary
) -> None:
    def department(code: str, amount: str) -> Document:
        made = blank_document(forms.get("mof-dept", "2015"), year=2025, unit_name=code, unit_code=code)
        row = made.rows("tasks")[0] if made.rows("tasks") else Row("t1")
        if made.row("tasks", row.id) is None:
            made.insert_row("tasks", "", 0, row)
        made.set_text(Place("tasks", row.id, "name"), "保障运转")
        made.set_text(Place("tasks", row.id, "fiscal"), amount)
        return made

    for code, amount in (("135001", "13.30"), ("135002", "7.75")):
        lies_among_the_drafts(window, department(code, amount))
    clerk = open_document(department("135", "20.05"))
    look(window)
    told = next(one for one in clerk.session.judging.findings() if one.check == "XF-04")
    assert "21.05" in told.message


def test_forms_of_one_title_are_told_apart_by_their_stage_in_the_list(
    window: MainWindow, forms: FormLibrary
) -> None:
    (project,) = projects(forms, {"普法经费": "3.00"})
    for stage in ("申报", "批复"):
        document = project.copy(id=new_id())
        document.set_text(field_place("stage"), stage)
        lies_among_the_drafts(window, document)
    tree = window.forms.findChild(QTreeWidget)
    assert isinstance(tree, QTreeWidget)
    group = tree.topLevelItem(0)
    assert group is not None
    texts = [group.child(index).text(0) for index in range(group.childCount())]
    assert len(texts) == 2
    assert any("申报" in text for text in texts)
    assert any("批复" in text for text in texts)


def test_forms_whose_titles_differ_only_at_the_end_are_told_apart_too(
    window: MainWindow, forms: FormLibrary
) -> None:
    for stage in ("申报", "批复"):
        lies_among_the_drafts(
            window, blank_document(forms.get("sc-proj"), stage=stage, year=2025, unit_name="青禾镇")
        )
    tree = window.forms.findChild(QTreeWidget)
    assert isinstance(tree, QTreeWidget)
    group = tree.topLevelItem(0)
    assert group is not None
    seen = {group.child(index).text(0)[:8] for index in range(group.childCount())}
    assert len(seen) == 2


def test_the_window_finds_what_the_command_line_finds_in_the_same_set(
    window: MainWindow, open_document: Open, declared: Document, approved: Document, forms: FormLibrary
) -> None:
    approved.set_text(approved.place("indicators[1].value"), "77")
    others = projects(forms, {"甲": "3.00", "乙": "4.00"})
    for document in others:
        for name in ("unit.name", "unit.code", "year"):
            document.set_text(field_place(name), declared.field(name))
    for document in (declared, *others):
        lies_among_the_drafts(window, document)
    clerk = open_document(approved)
    look(window)
    surroundings = window.workspace.surroundings
    together = {one.name: one.document for one in surroundings.neighbours()}
    assert len(together) == 4
    checker = read_checker(window.tools.resources)
    context = window.tools.context_of(approved)
    told = {one.id: one.name for one in surroundings.neighbours()}
    found = checker.judge_all(together, context)[told[approved.id]]
    assert [(one.check, one.message) for one in clerk.session.judging.findings()] == [
        (one.check, one.message) for one in found
    ]
