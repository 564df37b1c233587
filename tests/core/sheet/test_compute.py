"""Totals, points and grade follow what a clerk types, row by row, as if they were worked out afresh."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.sheet.compute import Computation
from core.sheet.document import ROOT, Document, Row, blank_document, new_row_id
from core.sheet.edits import AddRow, Edit, MoveRow, RemoveRow, SetText, text_edit
from core.sheet.forms import FormLibrary
from core.sheet.places import Place, field_place
from tests.core.sheet.test_edits import FORMS

INDICATORS = "indicators"
TYPED = {
    "value": ("", "≥", "≥95%", "≥1", "优良中差", "30件"),
    "actual": ("", "90%", "95.5%", "3", "优", "约30件"),
    "weight": ("", "0", "7.5", "20", "一半", "1,23"),
    "score": ("", "3", "6.25", "8分"),
}
FIGURES = ("weight_sum", "total_score", "grade")


def _typed(document: Document, row: Row, column: str, text: str) -> SetText:
    edit = text_edit(document, Place(INDICATORS, row.id, column), text)
    edit.apply(document)
    return edit


def _evaluated(forms: FormLibrary, *points: str) -> tuple[Document, Computation]:
    """A self-evaluation whose first indicators have these points each, and the figures of it."""
    document = blank_document(forms.get("mof-self", "2020"), year=2024)
    for name in ("initial_fiscal", "budget_fiscal", "spent_fiscal"):
        document.set_text(field_place(name), "100")
    for row, text in zip(document.rows(INDICATORS), points, strict=False):
        row.cells |= {"value": "≥95%", "actual": "95%", "weight": text}
    return document, Computation(document)


def _figure(computation: Computation, name: str) -> Decimal | None:
    return computation.value(field_place(name))


def test_a_total_follows_the_points_of_each_row(forms: FormLibrary) -> None:
    document, computation = _evaluated(forms, "40", "50")
    assert _figure(computation, "total_score") == 100
    for text, total in (("9", "63.79"), ("95", "100"), ("≥95", "60"), ("", "60"), ("95%", "100")):
        computation.edited(_typed(document, document.rows(INDICATORS)[0], "actual", text))
        assert _figure(computation, "total_score") == Decimal(total), text


def test_a_grade_is_told_when_every_row_with_a_weight_has_points(forms: FormLibrary) -> None:
    document, computation = _evaluated(forms, "40", "50")
    second = document.rows(INDICATORS)[1]
    assert _figure(computation, "grade") == 1
    computation.edited(_typed(document, second, "actual", ""))
    assert _figure(computation, "total_score") == 50
    assert _figure(computation, "grade") is None  # and not 差, while the rest is still to be filled in
    computation.edited(_typed(document, second, "score", "35"))
    assert _figure(computation, "grade") == 2
    computation.edited(_typed(document, second, "score", ""))
    computation.edited(_typed(document, second, "weight", ""))
    assert _figure(computation, "grade") == 4
    computation.edited(_typed(document, document.rows(INDICATORS)[0], "weight", ""))
    assert _figure(computation, "grade") is None


def test_a_total_waits_while_a_weight_is_no_number_and_comes_back_with_it(forms: FormLibrary) -> None:
    document, computation = _evaluated(forms, "40", "50")
    first, second = document.rows(INDICATORS)[:2]
    computation.edited(_typed(document, second, "weight", "5o"))
    assert _figure(computation, "weight_sum") is None
    computation.edited(_typed(document, first, "weight", "30"))
    assert _figure(computation, "weight_sum") is None
    computation.edited(_typed(document, second, "weight", "50"))
    assert _figure(computation, "weight_sum") == 90


def test_points_a_person_gives_count_while_the_program_has_none(forms: FormLibrary) -> None:
    document, computation = _evaluated(forms, "40", "50")
    first = document.rows(INDICATORS)[0]
    computation.edited(_typed(document, first, "score", "31"))
    assert _figure(computation, "total_score") == 100
    computation.edited(_typed(document, first, "value", "显著提升"))
    assert _figure(computation, "total_score") == 91
    computation.edited(_typed(document, first, "score", "31分"))
    assert _figure(computation, "total_score") is None
    computation.edited(_typed(document, first, "value", "≥95%"))
    assert _figure(computation, "total_score") == 100


@st.composite
def _edits(draw: st.DrawFn, document: Document) -> Edit:
    rows = document.rows(INDICATORS)
    kinds = ["add"] + (["type"] * 6 + ["move", "remove"] if rows else [])
    kind = draw(st.sampled_from(kinds))
    if kind == "add":
        cells = {name: text for name, texts in TYPED.items() if (text := draw(st.sampled_from(texts)))}
        return AddRow(INDICATORS, ROOT, draw(st.integers(0, len(rows))), Row(new_row_id(), cells))
    at = draw(st.integers(0, len(rows) - 1))
    if kind == "move":
        return MoveRow(INDICATORS, ROOT, at, draw(st.integers(0, len(rows) - 1)))
    if kind == "remove":
        return RemoveRow(INDICATORS, ROOT, at, rows[at].copy())
    column = draw(st.sampled_from(tuple(TYPED)))
    return text_edit(document, Place(INDICATORS, rows[at].id, column), draw(st.sampled_from(TYPED[column])))


@given(st.data())
def test_totals_are_those_of_the_rows_that_stand_after_several_edits_at_once(data: st.DataObject) -> None:
    document, computation = _evaluated(FORMS, "40", "20", "30")
    for _ in range(data.draw(st.integers(1, 6))):
        told: list[Edit] = []
        for _ in range(data.draw(st.integers(1, 4))):
            edit = data.draw(_edits(document))
            edit.apply(document)
            told.append(edit)
        for edit in told:
            computation.edited(edit)
        afresh = Computation(document)
        for row in document.rows(INDICATORS):
            place = Place(INDICATORS, row.id, "score")
            assert computation.value(place) == afresh.value(place)
        for name in FIGURES:
            assert _figure(computation, name) == _figure(afresh, name)
