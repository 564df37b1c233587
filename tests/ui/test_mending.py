"""Fixes in the window: seen before they are applied, one or all of a kind, each one step."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from core.check.finding import Finding, Fix, Severity
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.edits import AddRow, MoveRow, RemoveRow, SetText
from core.sheet.forms import FormLibrary
from core.sheet.places import Place, field_place
from tests.ui.conftest import Clerk
from ui.fix_page import FixPage
from ui.main_window import MainWindow

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CTRL_ALT = Modifier.ControlModifier | Modifier.AltModifier
Open = Callable[[Document], Clerk]
ROWS = (1, 2, 3, 4)
PLAIN = [f"{number}0.60" for number in ROWS]
WIDE = [text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}) for text in PLAIN]


@pytest.fixture
def slips(filled: Document) -> Document:
    """A form with the same slip in four cells: digits of double width."""
    for number, text in zip(ROWS, WIDE, strict=True):
        filled.set_text(filled.place(f"tasks[{number}].funds"), text)
    return filled


def settle(window: MainWindow) -> None:
    QApplication.processEvents()
    window.problems.refresh()


def values(clerk: Clerk) -> list[str]:
    return [clerk.text(f"tasks[{number}].funds") for number in ROWS]


def show_all(window: MainWindow, clerk: Clerk) -> FixPage:
    clerk.goes_to(clerk.place("tasks[1].funds"))
    settle(window)
    clerk.presses(Key.Key_Return, CTRL_ALT)
    assert isinstance(window.page, FixPage)
    return window.page


def test_the_open_entry_shows_before_and_after(
    window: MainWindow, open_document: Open, slips: Document
) -> None:
    clerk = open_document(slips)
    clerk.goes_to(clerk.place("tasks[1].funds"))
    settle(window)
    entry = window.problems.entry
    assert entry is not None
    assert entry.fix is not None
    assert entry.fix.texts() == ["１０.６０　→　10.60"]


def test_all_fixes_of_a_kind_are_shown_and_applied_by_one_key_each_and_undone_by_one(
    window: MainWindow, open_document: Open, slips: Document
) -> None:
    clerk = open_document(slips)
    page = show_all(window, clerk)
    assert page.list.rowCount() == 4
    assert "改这 4 处" in page.button.text()
    clerk.presses(Key.Key_Return, CTRL_ALT)
    assert window.page is None
    assert values(clerk) == PLAIN
    assert "已修改 4 处" in window.status.texts()
    clerk.presses(Key.Key_Z, Modifier.ControlModifier)
    assert values(clerk) == WIDE


def test_a_typed_figure_that_is_given_up_shows_the_one_that_comes_out(
    window: MainWindow, open_document: Open, forms: FormLibrary, resources: Path
) -> None:
    document = read_document((resources / "forms/sc-self/2023/sample.json").read_bytes(), forms)
    place = document.place("indicators[3].score")
    document.set_text(place, "9.5")
    clerk = open_document(document)
    clerk.goes_to(place)
    window.problems.refresh()
    entry = window.problems.entry
    assert entry is not None
    assert entry.fix is not None
    assert entry.fix.texts() == ["9.5　→　9.09（自动计算）"]


def test_space_takes_one_of_them_out(window: MainWindow, open_document: Open, slips: Document) -> None:
    clerk = open_document(slips)
    page = show_all(window, clerk)
    clerk.presses(Key.Key_Down)
    clerk.presses(Key.Key_Space)
    assert "改这 3 处" in page.button.text()
    clerk.presses(Key.Key_Return, CTRL_ALT)
    assert values(clerk) == [PLAIN[0], WIDE[1], *PLAIN[2:]]


def test_what_was_explained_as_right_is_not_ticked_at_first(
    window: MainWindow, open_document: Open, slips: Document
) -> None:
    clerk = open_document(slips)
    place = clerk.place("tasks[2].funds")
    finding = next(one for one in clerk.session.findings() if one.places == (place,) and one.fix)
    assert clerk.session.explain(finding, "照抄文件")
    page = show_all(window, clerk)
    assert finding not in page.chosen()
    assert len(page.chosen()) == 3


def test_escape_leaves_everything_as_it_was(window: MainWindow, open_document: Open, slips: Document) -> None:
    clerk = open_document(slips)
    show_all(window, clerk)
    clerk.presses(Key.Key_Escape)
    assert window.page is None
    assert values(clerk) == WIDE


def test_two_fixes_of_one_cell_are_told_and_only_the_first_is_applied(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    place = filled.place("tasks[1].funds")
    old = filled.text(place)
    clerk = open_document(filled)
    findings = [
        Finding("XX", Severity.WARNING, (place,), "有误", fix=Fix("改", (SetText(place, old, new),)))
        for new in ("≥1件", "≥2件")
    ]
    page = FixPage(findings, clerk.session, window.tools)
    window.show_page(page)
    assert "有 1 条建议与前面的建议改同一处" in page.remark.text()
    assert "改这 1 处" in page.button.text()


def test_rows_that_come_go_or_move_are_shown_readable(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    clerk = open_document(filled)
    task = filled.rows("tasks")[0]
    edits = (
        RemoveRow("tasks", "", 0, task.copy()),
        AddRow("tasks", "", 0, task.copy()),
        MoveRow("tasks", "", 0, 1),
    )
    finding = Finding(
        "XX", Severity.WARNING, (Place("tasks", task.id, "name"),), "有误", fix=Fix("改", edits)
    )
    page = FixPage([finding], clerk.session, window.tools)
    window.show_page(page)
    texts = [[page.list.item(row, column).text() for column in range(3)] for row in range(3)]  # type: ignore[union-attr]
    assert task.cells["name"] in texts[0][1]
    assert texts[0][2] == texts[1][1] == "（没有这一行）"
    assert texts[2][1:] == ["第1行", "第2行"]


def test_cells_a_fix_would_change_are_marked_while_its_entry_is_open(
    window: MainWindow, open_document: Open, slips: Document
) -> None:
    clerk = open_document(slips)
    place = clerk.place("tasks[1].funds")
    clerk.goes_to(place)
    settle(window)
    assert [cell for cell in clerk.view.grid.cells if (cell.row, cell.column) in clerk.view.state().touched]
    clerk.goes_to(field_place("basic_expense"))
    settle(window)
    assert clerk.view.state().touched == frozenset()


def test_without_a_fix_the_key_says_so(window: MainWindow, open_document: Open, filled: Document) -> None:
    clerk = open_document(filled)
    clerk.presses(Key.Key_Return, CTRL_ALT)
    assert window.page is None
    assert "没有可以直接采用的修改建议" in window.status.texts()


def test_texts_on_the_page_are_plain(window: MainWindow, open_document: Open, slips: Document) -> None:
    clerk = open_document(slips)
    page = show_all(window, clerk)
    for label in page.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_the_key_first_shows_the_fix_of_another_finding_about_the_same_cell(
    window: MainWindow, open_document: Open, filled: Document
) -> None:
    place = filled.place("indicators[1].value")
    filled.set_text(place, "≥98%以上")
    clerk = open_document(filled)
    clerk.goes_to(place)
    settle(window)
    graver = window.problems.current
    assert graver is not None
    assert graver.fix is None
    clerk.presses(Key.Key_Return, Modifier.AltModifier)
    assert clerk.text("indicators[1].value") == "≥98%以上"
    assert window.problems.entry is not None
    assert window.problems.entry.fix is not None
    clerk.presses(Key.Key_Return, Modifier.AltModifier)
    assert clerk.text("indicators[1].value") == "≥98%"


def test_of_a_fix_in_several_cells_only_the_first_line_has_a_tick(
    window: MainWindow, open_document: Open, slips: Document
) -> None:
    clerk = open_document(slips)
    findings = [
        Finding("XX", Severity.WARNING, (place,), "有误", fix=Fix("改", edits))
        for number in (1, 3)
        for place in [slips.place(f"tasks[{number}].funds")]
        for edits in [
            (
                SetText(place, slips.text(place), "1.00"),
                SetText(place._replace(column="name"), slips.text(place._replace(column="name")), "甲"),
            )
        ]
    ]
    page = FixPage(findings, clerk.session, window.tools)
    window.show_page(page)
    page.list.setCurrentCell(3, 0)
    clerk.presses(Key.Key_Space)
    assert page.chosen() == findings[:1]
    ticks = [page.list.item(row, 0).data(Qt.ItemDataRole.CheckStateRole) for row in range(4)]  # type: ignore[union-attr]
    assert [one is not None for one in ticks] == [True, False, True, False]


def test_what_was_approved_is_not_mended(window: MainWindow, open_document: Open, resources: Path) -> None:
    data = (resources / "forms/sc-dept/2024/sample.json").read_bytes()
    document = read_document(data, window.tools.forms)
    fields = document.form.fields.items()
    place = field_place(next(name for name, one in fields if one.kind == "money" and not one.compute))
    document.set_text(field_place("stage"), "批复")
    document.set_text(place, WIDE[0])
    clerk = open_document(document)
    (finding, *_) = [one for one in clerk.session.findings() if one.fix]
    window.problems.go_to(finding)
    settle(window)
    for modifiers in (Modifier.AltModifier, CTRL_ALT):
        clerk.presses(Key.Key_Return, modifiers)
        assert window.page is None
        assert clerk.session.document.text(place) == WIDE[0]
        assert "只能查看" in window.status.texts()


def test_with_the_side_list_folded_away_the_fix_is_shown_before_it_is_applied(
    window: MainWindow, open_document: Open, slips: Document
) -> None:
    clerk = open_document(slips)
    clerk.goes_to(clerk.place("tasks[1].funds"))
    settle(window)
    clerk.presses(Key.Key_2, Modifier.ControlModifier)
    assert not window.problems.isVisible()
    clerk.presses(Key.Key_Return, Modifier.AltModifier)
    assert window.problems.isVisible()
    assert values(clerk) == WIDE
    clerk.presses(Key.Key_Return, Modifier.AltModifier)
    assert values(clerk) == [PLAIN[0], *WIDE[1:]]
