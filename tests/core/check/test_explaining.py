"""What a clerk explained stays explained for as long as the check says the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.check.checker import Checker
from core.check.context import Context
from core.check.explaining import explain, explanation_key, follow_rows, is_explained, standings
from core.check.finding import Finding
from core.sheet.definition import Form
from core.sheet.document import ROOT, Document, Explanation, Row
from core.sheet.edits import AddRow, MoveRow, RemoveRow, remove_row_edits, text_edit
from core.sheet.places import Place
from tests.core.check.making import make

TASKS = [{"name": "普法", "funds": "-1"}, {"name": "调解", "funds": "-2"}, {"name": "援助", "funds": "3"}]


def negative(checker: Checker, context: Context, document: Document) -> list[Finding]:
    return [one for one in checker.judge(document, context) if one.check == "AM-11" and not one.missing]


def test_an_explanation_answers_the_finding_it_was_written_for(
    checker: Checker, context: Context, practice: Form
) -> None:
    document = make(practice, {"tasks": TASKS})
    first, second = negative(checker, context, document)
    explain(first, document, "上年多付，今年扣回").apply(document)
    assert explanation_key(first, document) == "AM-11@tasks[1].funds"
    assert is_explained(first, document)
    assert not is_explained(second, document)


def test_when_the_figure_changes_the_check_asks_again(
    checker: Checker, context: Context, practice: Form
) -> None:
    document = make(practice, {"tasks": TASKS})
    explain(negative(checker, context, document)[0], document, "扣回").apply(document)
    text_edit(document, Place("tasks", "ta1", "funds"), "-1.50").apply(document)
    assert not is_explained(negative(checker, context, document)[0], document)


def test_a_blank_explanation_is_none(checker: Checker, context: Context, practice: Form) -> None:
    document = make(practice, {"tasks": TASKS})
    finding = negative(checker, context, document)[0]
    explain(finding, document, "扣回").apply(document)
    explain(finding, document, "  ").apply(document)
    assert document.explanations == {}


def test_an_explanation_stays_with_its_row_when_another_row_comes_before_it(
    checker: Checker, context: Context, practice: Form
) -> None:
    document = make(practice, {"tasks": TASKS})
    explain(negative(checker, context, document)[1], document, "扣回").apply(document)
    edit = AddRow("tasks", ROOT, 0, Row("new", {"name": "新任务", "funds": "-2"}))
    for one in (*follow_rows(document, edit), edit):
        one.apply(document)
    assert list(document.explanations) == ["AM-11@tasks[3].funds"]
    told = {one.places[0].row: is_explained(one, document) for one in negative(checker, context, document)}
    assert told == {"new": False, "ta1": False, "ta2": True}


def test_the_explanations_of_a_removed_row_go_with_it(
    checker: Checker, context: Context, practice: Form
) -> None:
    document = make(practice, {"tasks": TASKS})
    for finding in negative(checker, context, document):
        explain(finding, document, "扣回").apply(document)
    (removal,) = remove_row_edits(document, "tasks", "ta1")
    assert isinstance(removal, RemoveRow)
    for one in (*follow_rows(document, removal), removal):
        one.apply(document)
    assert list(document.explanations) == ["AM-11@tasks[1].funds"]


@given(data=st.data())
def test_moving_rows_and_taking_it_back_leaves_every_explanation_where_it_was(
    practice: Form, data: st.DataObject
) -> None:
    rows = [{"name": str(number)} for number in range(5)]
    document = make(practice, {"tasks": rows})
    for number in data.draw(st.sets(st.integers(1, 5))):
        document.explanations[f"AM-11@tasks[{number}].funds"] = Explanation(str(number), "")
    before = dict(document.explanations)
    explained = {document.place(key.partition("@")[2]).row: one for key, one in before.items()}
    move = MoveRow("tasks", ROOT, data.draw(st.integers(0, 4)), data.draw(st.integers(0, 4)))
    step = (*follow_rows(document, move), move)
    for one in step:
        one.apply(document)
    after = {document.place(key.partition("@")[2]).row: one for key, one in document.explanations.items()}
    assert after == explained
    for one in reversed(step):
        one.inverse().apply(document)
    assert document.explanations == before


def test_all_explanations_are_told_with_how_they_stand_now(
    checker: Checker, context: Context, practice: Form
) -> None:
    document = make(practice, {"tasks": [*TASKS, {"name": "帮扶", "funds": "-4"}]})
    for finding in negative(checker, context, document):
        explain(finding, document, f"说明{document.counted(finding.places[0])}").apply(document)
    text_edit(document, Place("tasks", "ta1", "funds"), "1").apply(document)
    text_edit(document, Place("tasks", "ta2", "funds"), "-2.50").apply(document)
    found = standings(document, negative(checker, context, document))
    assert [(one.key, one.state) for one in found] == [
        ("AM-11@tasks[2].funds", "changed"),
        ("AM-11@tasks[4].funds", "answers"),
        ("AM-11@tasks[1].funds", "gone"),
    ]
    assert found[2].finding is None
    assert found[2].explanation.text == "说明tasks[1].funds"
