"""Whatever form a document is carried into, every text of it is in the new one or on the list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from core.sheet.carry import Carried, Carrier, Telling
from core.sheet.definition import Form
from core.sheet.document import Document, Row
from core.sheet.document_file import document_bytes, plain_content, read_document
from core.sheet.forms import FormLibrary
from core.sheet.levels import read_levels
from core.sheet.messages import Messages
from core.sheet.numbers import parse_number
from core.sheet.places import FACTS, Place, field_place
from core.sheet.values import ValueGrammar, normal_form
from tests.core.sheet.carrying import filled_documents

RESOURCES = Path(__file__).parents[3] / "resources"
FORMS = FormLibrary(RESOURCES / "forms")
LEVELS = read_levels(RESOURCES / "levels.toml")
GRAMMAR = ValueGrammar(RESOURCES / "values.toml")
TELLING = Telling(Messages(RESOURCES / "messages"))
forms = st.sampled_from(FORMS.names()).map(lambda one: FORMS.get(*one))


@st.composite
def carries(draw: st.DrawFn) -> tuple[Document, list[Carried]]:
    """A filled document and what it became in a form, stage and year."""
    old = draw(forms.flatmap(filled_documents))
    form = draw(st.one_of(forms, st.just(old.form)))
    stage, year = draw(st.sampled_from(form.stages)), draw(st.sampled_from([2024, 2025]))
    if any(one.each and not old.rows(one.each) for one in form.carry.values() if one.each in old.form.tables):
        return old, []
    return old, Carrier(LEVELS, GRAMMAR).carry(old, form, stage=stage, year=year)


# -- a second opinion on where a text went -------------------------------------------------------------


def rows_of(document: Document, row_id: str) -> Iterator[tuple[str, Row]]:
    for path in document.form.tables:
        row = document.row(path, row_id)
        if row is not None:
            yield path, row


def same_figure(text: str, other: str) -> bool:
    one, two = parse_number(text), parse_number(other.removesuffix("万元").removesuffix("元"))
    return one is not None and two is not None and two in (one, one * 10000, one / 10000)


def same_level(text: str, other: str) -> bool:
    found = [level for depth in (1, 2) if (level := LEVELS.find(text, depth))]
    return any(LEVELS.find(other, level.depth) == level for level in found)


def meanings(form: Form, path: str, row: Row) -> Iterator[object]:
    """Give what each indicator value of a row means, with the sign and unit beside it."""
    columns = form.tables[path].columns
    for name in columns:
        if "value" in name:
            beside = [name.replace("value", kind) for kind in ("operator", "unit")]
            sign, unit = (row.cells.get(one, "") if one in columns else "" for one in beside)
            yield normal_form(GRAMMAR.parse_parts(sign, row.cells.get(name, ""), unit), GRAMMAR)


def is_there(old: Document, place: Place, carried: Carried) -> bool:
    text, new = old.text(place), carried.document
    where = list(rows_of(new, place.row)) if place.table else []
    texts = [text for _, row in where for text in row.cells.values()] + list(new.values.values())
    if any(one == text or same_figure(text, one) for one in texts):
        return True
    kind = (old.form.column(place.table, place.column) or old.form.fields["goal"]).kind
    if kind in ("level1", "level2"):
        told = [str(one.params.get("old")) for one in carried.remarks]
        return any(same_level(text, one) for one in texts) or any(text in one for one in told)
    if kind == "operator":
        options = {GRAMMAR.parse_parts(one, "", "").operator for one in (text,)}
        found = {GRAMMAR.parse_parts(row.cells.get("operator", ""), "", "").operator for _, row in where}
        if {one.canonical for one in options if one} & {one.canonical for one in found if one}:
            return True
    if kind in ("value", "operator", "unit"):
        before = set(meanings(old.form, place.table, row_at(old, place)))
        return any(before & set(meanings(new.form, path, row)) for path, row in where)
    return any(text + unit in texts for unit in ("元", "万元", "%"))


def row_at(document: Document, place: Place) -> Row:
    row = document.row(place.table, place.row)
    assert row is not None
    return row


def put_there_by_the_form(document: Document, place: Place) -> bool:
    if not place.table:
        return False
    table, row = document.form.tables[place.table], row_at(document, place)
    begun = [dict(one) for one in table.start]
    begun += [dict(zip(table.level_columns, pair, strict=True)) for pair in table.always]
    return row.cells in begun and not any(row.inner.values())


# -- what must hold ------------------------------------------------------------------------------------


@given(carries())
def test_every_text_is_in_a_new_document_or_on_the_list(case: tuple[Document, list[Carried]]) -> None:
    old, new = case
    for place in old.places():
        if not new or (not place.table and place.column in FACTS) or put_there_by_the_form(old, place):
            continue
        listed = any(one.place == place for carried in new for one in carried.left)
        there = any(is_there(old, place, carried) for carried in new)
        assert listed or there, f"{old.counted(place)} {old.text(place)!r} → {new[0].document.form.form}"


@given(carries())
def test_the_list_names_each_text_once_with_a_reason(case: tuple[Document, list[Carried]]) -> None:
    old, new = case
    for carried in new:
        places = [one.place for one in carried.left]
        assert len(set(places)) == len(places)
        for one in carried.left:
            assert old.text(one.place) == one.text != ""
            assert one.text in TELLING.left(carried, one)
        for remark in carried.remarks:
            assert TELLING.remark(carried, remark)
            assert all(carried.document.text(place) for place in remark.places)


@given(carries())
def test_the_new_document_is_whole_and_its_own(case: tuple[Document, list[Carried]]) -> None:
    old, new = case
    for carried in new:
        document = carried.document
        written = document_bytes(document)
        assert document_bytes(read_document(written, FORMS)) == written
        assert document.id != old.id
        assert document.origin is not None
        assert document.origin.id == old.id
        assert (document.unit_name, document.explanations) == ("某镇", {})
        computed = [name for name, field in document.form.fields.items() if field.compute]
        assert not set(computed) & set(document.values)
        for table in document.form.top_tables():
            pairs = [document.level_pair(table.path, row) for row in document.rows(table.path)]
            assert set(table.always) <= set(pairs)


@given(st.data())
def test_the_next_stage_of_a_form_says_the_same(data: st.DataObject) -> None:
    form = data.draw(forms.filter(lambda one: len(one.stages) > 1))
    old = data.draw(filled_documents(form))
    (carried,) = Carrier(LEVELS, GRAMMAR).carry(old, form, stage=form.stages[1], year=2024)
    for name, field in form.fields.items():
        if field.compute:
            old.set_text(field_place(name), "")
    for path, table in form.tables.items():
        for name, column in table.columns.items():
            for _, row in old.all_rows(path):
                if column.compute or name in ("actual", "score", "reason", "result"):
                    old.set_text(Place(path, row.id, name), "")
    assert plain_content(carried.document) == plain_content(old)
