"""A half-filled sheet that came back from another office, taken into the draft already begun."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.intake.take import CellDifference, RowDifference, differences, take_into
from core.sheet.document import ROOT, Document, Row, blank_document, new_row_id
from core.sheet.document_file import plain_content
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.history import History
from core.sheet.places import Place, field_place
from tests.core.intake.conftest import Read, ToXlsx
from tests.core.sheet.making import edited_by


def row(**cells: str) -> Row:
    return Row(new_row_id(), dict(cells))


@pytest.fixture
def begun(forms: FormLibrary) -> Document:
    """A draft with some amounts, two tasks and one indicator."""
    document = blank_document(forms.get("gz-decl", "2025"), year=2025, unit_name="某镇")
    document.set_text(field_place("basic_expense"), "3,723.19")
    document.set_text(field_place("goal"), "目标一。")
    document.insert_row("tasks", ROOT, 0, row(name="党建工作", funds="5.00"))
    document.insert_row("tasks", ROOT, 1, row(name="低保救助", funds="80.00"))
    first = document.rows("indicators")[0]
    document.set_text(Place("indicators", first.id, "name"), "党员活动场次")
    return document


def told(document: Document, found: list[CellDifference | RowDifference]) -> list[tuple[str, str, str]]:
    return [
        (document.counted(one.place), one.old, one.new)
        if isinstance(one, CellDifference)
        else (one.table, "", one.row.cells.get("name", ""))
        for one in found
    ]


def test_only_what_the_other_office_filled_otherwise_is_offered(
    begun: Document, read: Read, to_xlsx: ToXlsx
) -> None:
    other = begun.copy()
    other.set_text(field_place("goal"), "目标二。")
    other.set_text(field_place("fiscal_income"), "100.00")
    other.set_text(field_place("basic_expense"), "3723.19")
    other.set_text(Place("tasks", other.rows("tasks")[0].id, "content"), "开展主题党日。")
    other.take_row("tasks", ROOT, 1)
    [again] = read(to_xlsx(other)).documents
    assert told(begun, differences(begun, again)) == [
        ("fiscal_income", "", "100.00"),
        ("goal", "目标一。", "目标二。"),
        ("tasks[1].content", "", "开展主题党日。"),
    ]


def test_chosen_cells_and_rows_are_one_step_that_can_be_undone(begun: Document, forms: FormLibrary) -> None:
    other = blank_document(forms.get("gz-decl", "2025"))
    other.set_text(field_place("goal"), "目标二。")
    other.set_text(field_place("other_income"), "7.00")
    other.insert_row("tasks", ROOT, 0, row(name="低保救助", content="按月发放。"))
    other.insert_row("tasks", ROOT, 1, row(name="临时救助", funds="3.00"))
    found = differences(begun, other)
    assert told(begun, found) == [
        ("other_income", "", "7.00"),
        ("goal", "目标一。", "目标二。"),
        ("tasks[2].content", "", "按月发放。"),
        ("tasks", "", "临时救助"),
    ]
    before = plain_content(begun)
    history = History(begun)
    history.do(take_into(begun, found[1:], "合并"))
    assert begun.field("goal") == "目标二。"
    assert "other_income" not in begun.values
    assert [one.cells for one in begun.rows("tasks")] == [
        {"name": "党建工作", "funds": "5.00"},
        {"name": "低保救助", "funds": "80.00", "content": "按月发放。"},
        {"name": "临时救助", "funds": "3.00"},
    ]
    history.undo()
    assert plain_content(begun) == before


def test_indicators_are_known_by_levels_and_name_and_fill_the_empty_row_of_their_levels(
    begun: Document, forms: FormLibrary
) -> None:
    other = blank_document(forms.get("gz-decl", "2025"))
    rows = other.rows("indicators")
    other.set_text(Place("indicators", rows[0].id, "name"), "党员 活动场次")
    other.set_text(Place("indicators", rows[0].id, "value"), "≥12场")
    other.set_text(Place("indicators", rows[1].id, "name"), "活动合格率")
    levels = {name: rows[1].cells[name] for name in ("level1", "level2")}
    other.insert_row("indicators", ROOT, 2, row(**levels, name="发放准确率", value="100%"))
    found = differences(begun, other)
    assert told(begun, found) == [
        ("indicators[1].name", "党员活动场次", "党员 活动场次"),
        ("indicators[1].value", "", "≥12场"),
        ("indicators[2].name", "", "活动合格率"),
        ("indicators", "", "发放准确率"),
    ]
    take_into(begun, found, "").apply(begun)
    names = [one.cells.get("name", "") for one in begun.rows("indicators")][:4]
    assert names == ["党员 活动场次", "活动合格率", "发放准确率", ""]


def test_a_name_little_changed_is_a_change_and_not_a_new_row(begun: Document, forms: FormLibrary) -> None:
    other = blank_document(forms.get("gz-decl", "2025"))
    other.insert_row("tasks", ROOT, 0, row(name="低保救助工作", funds="80.00"))
    assert told(begun, differences(begun, other)) == [("tasks[2].name", "低保救助", "低保救助工作")]


def test_rows_inside_a_row_are_taken_into_the_row_of_the_same_name(forms: FormLibrary) -> None:
    begun = blank_document(forms.get("gz-self"))
    begun.insert_row(
        "tasks", ROOT, 0, Row("t1", {"name": "甲"}, {"key_indicators": [row(name="一", result="")]})
    )
    other = blank_document(forms.get("gz-self"))
    inner = [row(name="一", result="完成"), row(name="二", result="100%")]
    other.insert_row("tasks", ROOT, 0, Row("x1", {"name": "甲"}, {"key_indicators": inner}))
    found = differences(begun, other)
    take_into(begun, found, "").apply(begun)
    assert [one.cells for one in begun.rows("tasks.key_indicators", "t1")] == [
        {"name": "一", "result": "完成"},
        {"name": "二", "result": "100%"},
    ]


def test_new_rows_come_where_they_stood_also_when_those_before_them_were_not_chosen(
    begun: Document, forms: FormLibrary
) -> None:
    other = blank_document(forms.get("gz-decl", "2025"))
    for number, name in enumerate(("前置任务", "党建工作", "第三件事", "别的事情", "低保救助")):
        other.insert_row("tasks", ROOT, number, row(name=name))
    found = [one for one in differences(begun, other) if isinstance(one, RowDifference)]
    assert [one.row.cells["name"] for one in found] == ["前置任务", "第三件事", "别的事情"]
    take_into(begun, [found[2], found[0]], "").apply(begun)
    names = [one.cells["name"] for one in begun.rows("tasks")]
    assert names == ["前置任务", "党建工作", "别的事情", "低保救助"]


def test_another_form_or_edition_is_refused(begun: Document, forms: FormLibrary) -> None:
    with pytest.raises(RefusedError) as refused:
        differences(begun, blank_document(forms.get("gz-decl", "2024")))
    assert refused.value.code == "intake.other-document"


@settings(max_examples=max(25, settings().max_examples // 2))
@given(data=st.data())
def test_taking_everything_leaves_no_difference_and_undoing_leaves_no_trace(
    data: st.DataObject, forms: FormLibrary
) -> None:
    form = forms.get(data.draw(st.sampled_from(["gz-decl", "gz-self", "mof-proj", "sc-proj"])))
    begun, other = blank_document(form), blank_document(form)
    edited_by(begun, data, data.draw(st.integers(0, 12)), lambda _: None)
    if data.draw(st.booleans()):
        other = begun.copy()
    edited_by(other, data, data.draw(st.integers(0, 12)), lambda _: None)
    before = plain_content(begun)
    step = take_into(begun, differences(begun, other), "")
    step.apply(begun)
    assert differences(begun, other) == []
    step.inverse().apply(begun)
    assert plain_content(begun) == before
