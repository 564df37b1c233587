"""Edits are reversible, steps are undone together, and the journal's writing of them is exact."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from core.sheet.compute import Computation
from core.sheet.document import Explanation, blank_document
from core.sheet.document_file import document_bytes
from core.sheet.edits import Edit, SetExplanation, Step, remove_row_edits, step_from_json, step_to_json
from core.sheet.forms import FormLibrary
from core.sheet.history import History, Record
from core.sheet.places import Place, field_place
from tests.core.sheet.making import edited_by

FORMS = FormLibrary(Path(__file__).parents[3] / "resources" / "forms")


@given(st.data())
def test_taking_every_edit_back_gives_the_first_document(data: st.DataObject) -> None:
    document = blank_document(FORMS.get(*data.draw(st.sampled_from(FORMS.names()))), year=2025)
    before = document_bytes(document)
    done: list[Edit] = []
    edited_by(document, data, data.draw(st.integers(1, 15)), done.append)
    after = document_bytes(document)
    step = Step(tuple(done), "随手改")
    step.inverse().apply(document)
    assert document_bytes(document) == before
    step_from_json(step_to_json(step)).apply(document)
    assert document_bytes(document) == after


@given(st.data())
def test_computed_figures_kept_while_editing_equal_those_worked_out_afresh(data: st.DataObject) -> None:
    document = blank_document(FORMS.get(*data.draw(st.sampled_from(FORMS.names()))), year=2025)
    computation = Computation(document)

    def figures(of: Computation) -> dict[Place, Decimal | None]:
        form = document.form
        places = [field_place(name) for name, field in form.fields.items() if field.compute]
        for path, table in form.tables.items():
            names = [name for name, column in table.columns.items() if column.compute]
            places += [Place(path, row.id, name) for _, row in document.all_rows(path) for name in names]
        return {place: of.value(place) for place in places}

    def check(edit: Edit) -> None:
        before = figures(computation)
        changed = computation.edited(edit)
        now = figures(computation)
        assert now == figures(Computation(document))
        assert {place for place in now if before.get(place) != now[place]} <= changed

    edited_by(document, data, data.draw(st.integers(1, 10)), check)


def test_typing_at_one_place_is_one_step(forms: FormLibrary) -> None:
    document = blank_document(forms.get("gz-decl", "2025"))
    history = History(document)
    for text in ("1", "12", "12.", "12.5"):
        record, _ = history.type(field_place("basic_expense"), text)
    assert record.number == 1
    history.close()
    history.type(field_place("basic_expense"), "12.50")
    history.undo()
    assert document.field("basic_expense") == "12.5"
    history.undo()
    assert document.field("basic_expense") == ""
    assert not history.can_undo


def test_writing_one_explanation_is_one_step_and_another_one_a_second(forms: FormLibrary) -> None:
    document = blank_document(forms.get("gz-decl", "2025"))
    history = History(document)
    for key in ("AM-01@basic_expense", "AM-02@transfer"):
        for text in ("上", "上级", "上级追加"):
            old = document.explanations.get(key)
            record = history.write(SetExplanation(key, old, Explanation(text, "差36.00万元")))
        assert record.step.edits == (SetExplanation(key, None, Explanation("上级追加", "差36.00万元")),)
    assert record.number == 2
    history.undo()
    assert list(document.explanations) == ["AM-01@basic_expense"]
    history.undo()
    assert document.explanations == {}
    assert not history.can_undo


def test_undo_appends_and_redo_brings_back(forms: FormLibrary) -> None:
    document = blank_document(forms.get("gz-decl", "2025"))
    history = History(document)
    history.type(field_place("goal"), "甲")
    history.close()
    undone = history.undo()
    assert undone is not None
    assert (undone.number, undone.undoes) == (2, 1)
    redone = history.redo()
    assert redone is not None
    assert redone.number == 3
    assert document.field("goal") == "甲"
    assert not history.can_redo


def test_undo_reaches_back_through_the_journal_after_reopening(forms: FormLibrary) -> None:
    document = blank_document(forms.get("gz-decl", "2025"))
    first = History(document)
    kept: list[Record] = []
    for text in ("甲", "乙", "丙"):
        record, _ = first.type(field_place("goal"), text)
        kept.append(record)
        first.close()
    undone = first.undo()
    assert undone is not None
    kept.append(undone)
    again = History(document, kept)
    again.undo()
    assert document.field("goal") == "甲"
    again.undo()
    assert document.field("goal") == ""
    assert not again.can_undo


def test_the_last_row_of_a_level_the_form_wants_is_emptied_not_removed(forms: FormLibrary) -> None:
    document = blank_document(forms.get("gz-decl", "2025"))
    row = document.rows("indicators")[0]
    document.set_text(Place("indicators", row.id, "name"), "办结率")
    count = len(document.rows("indicators"))
    Step(remove_row_edits(document, "indicators", row.id)).apply(document)
    assert len(document.rows("indicators")) == count
    kept = document.rows("indicators")[0]
    assert kept.cells == {"level1": "产出指标", "level2": "数量指标"}
