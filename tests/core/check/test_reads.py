"""A rule depends only on what it declared: otherwise an edit could pass it by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from core.check.binding import FIELDS
from core.check.checker import Checker
from core.check.context import Context
from core.check.engine import Engine
from core.check.judges import WholeJudge, sort_of
from core.check.rule import Sort
from core.check.view import RowView, Scene
from core.sheet.compute import Computation
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.forms import FormLibrary
from core.sheet.places import FACTS, field_place
from tests.core.check.making import read_example
from tests.core.check.test_catalogue import CATALOGUE

OTHERS = ("", "≥77%", "产出指标", "2019年，另有安排。", "-3")
"""What another cell may come to say."""


def _examples() -> Iterator[Any]:
    for record in CATALOGUE.records.values():
        for kind in ("holds", "fails"):
            for number, example in enumerate(record.examples[kind], start=1):
                yield pytest.param(example, id=f"{record.id}-{kind}-{number}")


def _views(document: Document, scene: Scene) -> Iterator[RowView]:
    yield scene.fields
    for table in document.form.tables:
        for _, row in document.all_rows(table):
            yield scene.row(table, row)


def _put(document: Document, view: RowView, column: str, text: str) -> str:
    """Put a text in and give the one that was there."""
    before = document.text(view.place(column))
    document.set_text(view.place(column), text)
    view.memo.clear()
    view.forget(column)
    return before


@pytest.mark.parametrize("example", list(_examples()))
def test_what_a_rule_did_not_declare_changes_nothing(
    example: dict[str, Any], checker: Checker, context: Context, practice: Form, forms: FormLibrary
) -> None:
    case = read_example(example, practice, forms, context)
    document, engine = case.document, checker.open(case.document, case.context)
    scene = Scene(document, Computation(document), case.context, engine.binding.settings)
    for view in _views(document, scene):
        _row_judges_depend_on_their_columns(document, engine, view)
    for whole in engine.binding.wholes:
        if not isinstance(whole, WholeJudge):
            continue
        declared = {name for table, name in whole.reads if table == FIELDS}
        said = tuple(whole.run(scene))
        for name in {*document.form.fields, *FACTS} - declared:
            for text in OTHERS:
                before = document.text(field_place(name))
                document.set_text(field_place(name), text)
                assert tuple(whole.run(scene)) == said, f"{whole.record.id} reads {name}"
                document.set_text(field_place(name), before)


def _row_judges_depend_on_their_columns(document: Document, engine: Engine, view: RowView) -> None:
    table = view.table
    judges = [(one, one.run, set(one.reads)) for one in engine.binding.rows.get(table, ())]
    facts = [
        (one, one.fact, {name for at, name in one.row_reads if at == table})
        for one in engine.binding.index.facts.get(table, ())
    ]
    asked = [(one.record.id, run, declared, _answer(run(view))) for one, run, declared in (*judges, *facts)]
    for column in view.columns:
        not_told = [one for one in asked if column not in one[2]]
        for text in OTHERS if not_told else ():
            before = _put(document, view, column, text)
            for check, run, _, said in not_told:
                assert _answer(run(view)) == said, f"{check} reads {column}"
            _put(document, view, column, before)


def _answer(answer: Any) -> Any:
    """Hits as a tuple; a fact as it is."""
    return tuple(answer) if isinstance(answer, list | tuple | Iterator) else answer


def test_every_cell_of_a_value_is_read_with_it(checker: Checker, context: Context, practice: Form) -> None:
    binding = checker.binding(practice, context.settings)
    for column in ("operator", "unit"):
        asked = {judge.record.id for judge in binding.index.touched["parted", column].row.judges}
        assert {"IV-02", "IX-01"} <= asked


@pytest.mark.parametrize("example", list(_examples()))
def test_where_a_quick_test_fails_its_rules_have_nothing_to_say(
    example: dict[str, Any], checker: Checker, context: Context, practice: Form, forms: FormLibrary
) -> None:
    case = read_example(example, practice, forms, context)
    document, engine = case.document, checker.open(case.document, case.context)
    scene = Scene(document, Computation(document), case.context, engine.binding.settings)
    for view in _views(document, scene):
        judges = [one for one in engine.binding.rows.get(view.table, ()) if one.when is not None]
        for column in view.columns:
            for text in (document.text(view.place(column)), *OTHERS):
                before = _put(document, view, column, text)
                for judge in judges:
                    assert judge.when is not None
                    if not judge.when(view) and any(name in view.cells for name in judge.gate):
                        assert _answer(judge.run(view)) == (), f"{judge.record.id} had something to say"
                _put(document, view, column, before)


@pytest.mark.parametrize("example", list(_examples()))
def test_a_fact_is_made_of_texts_and_of_no_row(
    example: dict[str, Any], checker: Checker, context: Context, practice: Form, forms: FormLibrary
) -> None:
    case = read_example(example, practice, forms, context)
    document, engine = case.document, checker.open(case.document, case.context)
    scene = Scene(document, Computation(document), case.context, engine.binding.settings)
    for view in _views(document, scene):
        for judge in engine.binding.index.facts.get(view.table, ()):
            other = RowView(
                scene,
                view.table,
                "another",
                {name: view.text(name) for name in view.columns if view.text(name)},
                view.columns,
                "elsewhere",
            )
            assert judge.fact(other) == judge.fact(view), f"{judge.record.id} tells rows apart"


TEXTS = {
    "name": (
        "石桥镇春季法律援",
        "望海湾汛期村道",
        "法律援助案件办结率",
        "村道养护及时到位率",
        "安全生产事故发生率",
        "群众投诉率",
        "受益群众满意度",
        "服务对象满意度评价",
        "人民调解案件数量",
        "村道养护工程数",
        "单件成本",
        "",
        "新建公厕12座",
        "指标1：法律援助",
        "办理案件多少件",
    ),
    "value": (
        "≥35件",
        "≥21件",
        "≥44件",
        "=35",
        "=38",
        "≥80%",
        "≥93%",
        "≤0%",
        "≥3万人",
        "≥5万人",
        "≤200元/件",
        "≤950元/件",
        "",
        "优",
        "≥5以下",
    ),
}
"""Names and values of several sorts, some of none but their own."""


@pytest.mark.parametrize("column", list(TEXTS))
@pytest.mark.parametrize("example", list(_examples()))
def test_who_goes_by_the_sort_of_a_text_says_the_same_of_texts_of_one_sort(
    example: dict[str, Any],
    column: str,
    checker: Checker,
    context: Context,
    practice: Form,
    forms: FormLibrary,
) -> None:
    case = read_example(example, practice, forms, context)
    document, engine = case.document, checker.open(case.document, case.context)
    scene = Scene(document, Computation(document), case.context, engine.binding.settings)
    for view in _views(document, scene):
        rows, facts = engine.binding.rows.get(view.table, ()), engine.binding.index.facts.get(view.table, ())
        asked: list[tuple[Any, bool, Sort]] = []
        asked += [(one.run, True, sort) for one in rows if (sort := sort_of(one, (column,)))]
        asked += [(one.fact, False, sort) for one in facts if (sort := sort_of(one, (column,)))]
        made: dict[Any, Any] = {}
        for text in (document.text(view.place(column)), *TEXTS[column]) if asked else ():
            before = _put(document, view, column, text)
            for run, speaks, sort in asked:
                answer = bool(_answer(run(view))) if speaks else run(view)
                assert made.setdefault((run, sort.of(view)), answer) == answer, (run, text)
            _put(document, view, column, before)
