"""Fixes shown before they are applied, and many of one kind put into one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from core.check.checker import Checker
from core.check.context import Context, read_context
from core.check.finding import Finding, Fix, Severity
from core.check.fixing import AROUND, alike, changes_of, excerpts, merge
from core.check.labels import Labels
from core.sheet.document import Document, Explanation, Row
from core.sheet.document_file import read_document
from core.sheet.edits import AddRow, Edit, MoveRow, RemoveRow, SetText, Step
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from core.sheet.places import Place


@pytest.fixture(scope="module")
def context(resources: Path) -> Context:
    return read_context(resources, date(2025, 9, 1))


@pytest.fixture
def document(resources: Path, forms: FormLibrary) -> Document:
    return read_document((resources / "forms/gz-decl/2025/sample.json").read_bytes(), forms)


def fixing(*edits: Edit, check: str = "XX-01") -> Finding:
    place = next((one.place for one in edits if isinstance(one, SetText)), Place("", "", "year"))
    return Finding(check, Severity.WARNING, (place,), "有误", fix=Fix("改", tuple(edits)))


def texts(edits: Sequence[Edit]) -> list[str]:
    return [one.new for one in edits if isinstance(one, SetText)]


def values(document: Document, *new: tuple[int, str]) -> list[SetText]:
    places = [document.place(f"indicators[{number}].value") for number, _ in new]
    return [SetText(one, document.text(one), text) for one, (_, text) in zip(places, new, strict=True)]


def test_only_findings_of_the_same_check_with_a_fix_are_mended_together(document: Document) -> None:
    first, second = values(document, (1, "≥1件"), (2, "≥2件"))
    one, other = fixing(first), fixing(second)
    without = Finding("XX-01", Severity.WARNING, one.places, "有误")
    assert alike(one, [one, without, fixing(second, check="XX-02"), other]) == [one, other]


def test_fixes_of_different_cells_become_one_step_that_can_be_taken_back(document: Document) -> None:
    before = document.copy()
    merged = merge([fixing(one) for one in values(document, (1, "≥1件"), (2, "≥2件"))], document)
    step = Step(merged.edits)
    step.apply(document)
    assert document.text(document.place("indicators[2].value")) == "≥2件"
    step.inverse().apply(document)
    assert list(document.places()) == list(before.places())
    assert (len(merged.taken), merged.skipped) == (2, ())


def test_of_two_fixes_that_touch_one_cell_the_second_is_left_out_and_told(document: Document) -> None:
    first, second = values(document, (1, "≥1件"), (1, "≤1件"))
    merged = merge([fixing(first), fixing(second)], document)
    assert texts(merged.edits) == ["≥1件"]
    assert [one.why for one in merged.skipped] == ["overlap"]


def test_two_findings_that_want_the_same_text_in_one_cell_are_both_answered(document: Document) -> None:
    (same,) = values(document, (1, "≥1件"))
    merged = merge([fixing(same), fixing(same)], document)
    assert (len(merged.edits), len(merged.taken)) == (1, 2)


def test_a_fix_whose_old_text_is_no_longer_there_is_left_out_whole(document: Document) -> None:
    good, (stale,) = values(document, (1, "≥1件")), values(document, (2, "≥2件"))
    stale = SetText(stale.place, "别的", "≥2件")
    merged = merge([fixing(*good, stale)], document)
    assert merged.edits == ()
    assert [one.why for one in merged.skipped] == ["outdated"]


def test_merging_leaves_the_document_as_it_is(document: Document) -> None:
    before = list(document.places())
    merge([fixing(one) for one in values(document, (1, "≥1件"), (2, "≥2件"))], document)
    assert list(document.places()) == before


def test_a_text_in_a_row_that_another_fix_removes_is_left_out(document: Document) -> None:
    row = document.rows("indicators")[0]
    removed = fixing(RemoveRow("indicators", "", 0, row.copy()))
    (text,) = values(document, (1, "≥1件"))
    merged = merge([removed, fixing(text)], document)
    assert [one.why for one in merged.skipped] == ["overlap"]


def test_a_row_whose_text_another_fix_changed_is_not_removed(document: Document) -> None:
    row = document.rows("indicators")[0]
    (text,) = values(document, (1, "≥1件"))
    merged = merge([fixing(text), fixing(RemoveRow("indicators", "", 0, row.copy()))], document)
    assert [one.why for one in merged.skipped] == ["overlap"]


def test_explanations_follow_the_rows_a_fix_moves(document: Document) -> None:
    document.explanations["XX-09@indicators[1].value"] = Explanation("照抄", "有误")
    added = AddRow("indicators", "", 0, Row("aaaaaaaa", {"name": "新指标"}))
    merged = merge([fixing(added)], document)
    Step(merged.edits).apply(document)
    assert list(document.explanations) == ["XX-09@indicators[2].value"]


def test_two_fixes_that_add_rows_to_one_table_are_not_mixed(document: Document) -> None:
    rows = [Row("aaaaaaaa", {"name": "甲"}), Row("bbbbbbbb", {"name": "乙"})]
    merged = merge([fixing(AddRow("indicators", "", 0, one)) for one in rows], document)
    assert [one.why for one in merged.skipped] == ["overlap"]


def test_a_preview_says_where_and_what_for_texts_and_rows(document: Document, messages: Messages) -> None:
    row = document.rows("tasks")[1]
    (text,) = values(document, (1, "≥1件"))
    edits = (
        text,
        AddRow("tasks", "", 0, Row("aaaaaaaa", {"name": "新任务", "funds": "1.00"})),
        MoveRow("tasks", "", 0, 1),
        RemoveRow("tasks", "", 2, row.copy()),
    )
    changes = changes_of(edits, document, Labels(document.form, messages))
    assert [one.sort for one in changes] == ["text", "added", "moved", "removed"]
    assert "第1行" in changes[0].where
    assert (changes[0].old, changes[0].new) == (text.old, "≥1件")
    assert changes[1].new == "新任务 | 1.00"
    assert (changes[2].old, changes[2].new) == ("1", "2")
    assert row.cells["name"] in changes[3].old
    assert document.row("tasks", "aaaaaaaa") is None


def test_what_is_mended_together_is_no_longer_found(
    checker: Checker, context: Context, document: Document
) -> None:
    for number, text in ((1, "≥98%以上"), (2, "≥90%以上"), (3, "≥80%以上")):
        document.set_text(document.place(f"indicators[{number}].value"), text)
    engine = checker.open(document, context)
    first = next(one for one in engine.findings() if one.fix and one.places[0].column == "value")
    group = alike(first, engine.findings())
    merged = merge(group, document)
    Step(merged.edits).apply(document)
    engine.edited(merged.edits)
    assert len(group) == len(merged.taken) == 3
    assert alike(first, engine.findings()) == []


def test_of_a_long_text_only_what_changes_is_shown_with_some_letters_around() -> None:
    old = (
        "一是加强对调解员培训，，使其适应当前形势发展的需要；"
        + "二是不断完善对社区矫正志愿者的管理，" * 3
        + "共计２次。"
    )
    new = old.replace("，，", "，").replace("２", "2")
    first, second = excerpts(old, new)
    assert "培训，，使其" in first[0]
    assert "培训，使其" in first[1]
    assert first[1].endswith("…")
    assert second[0].startswith("…")
    assert "２" in second[0]
    assert "2" in second[1]
    assert all(len(text) < 4 * AROUND for piece in (first, second) for text in piece)


def test_a_short_text_is_shown_whole() -> None:
    assert excerpts("≥98%以上", "≥98%") == [("≥98%以上", "≥98%")]


def test_a_long_text_that_is_emptied_is_shown_from_its_beginning() -> None:
    ((old, new),) = excerpts("甲" * 60, "")
    assert (old, new) == ("甲" * 60, "")


def test_points_of_several_rows_are_mended_together_with_the_total_typed_below_them(
    checker: Checker, context: Context, resources: Path, forms: FormLibrary
) -> None:
    document = read_document((resources / "forms/mof-self/2020/sample.json").read_bytes(), forms)
    for number in (1, 2):
        row = document.rows("indicators")[number - 1]
        row.cells |= {"value": "≥100个", "actual": "90个", "reason": "雨季停工，已安排补建。", "weight": "10"}
        document.set_text(Place("indicators", row.id, "score"), "10")
    document.set_text(Place("", "", "total_score"), "100")
    engine = checker.open(document, context)
    group = [one for one in engine.findings() if one.check == "SE-06" and one.fix is not None]
    merged = merge(group, document)
    Step(merged.edits).apply(document)
    engine.edited(merged.edits)
    assert (len(group), merged.skipped) == (2, ())
    assert not {"SE-06", "SE-09"} & {one.check for one in engine.findings()}
