"""Last year's figure beside this year's: same field, row of the same name, the unit of this form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.check.beside.last_year import LastYear, last_year
from core.check.context import Context, Counterpart, read_context
from core.sheet.compute import Computation
from core.sheet.document import Document, Row, new_id
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.places import Place, field_place


@pytest.fixture(scope="module")
def plain(resources: Path) -> Context:
    return read_context(resources, date(2026, 9, 1))


@pytest.fixture
def now(resources: Path, forms: FormLibrary) -> Document:
    document = read_document((resources / "forms/gz-decl/2025/sample.json").read_bytes(), forms)
    document.set_text(field_place("basic_expense"), "1098.40")
    return document


@pytest.fixture
def before(now: Document) -> Document:
    document = now.copy(id=new_id())
    document.set_text(field_place("year"), str((now.year or 0) - 1))
    return document


def told(plain: Context, now: Document, before: Document, place: Place) -> LastYear | None:
    context = plain.with_counterparts((Counterpart("last-year", before, "上年.json"),))
    return last_year(context, Computation(now), place)


def test_an_amount_is_told_with_its_change(plain: Context, now: Document, before: Document) -> None:
    now.set_text(field_place("basic_expense"), "1126.96")
    found = told(plain, now, before, field_place("basic_expense"))
    assert found == LastYear("1,098.40", (Decimal("1126.96") - Decimal("1098.40")) / Decimal("1098.40"))


def test_a_computed_total_is_worked_out_for_last_year_too(
    plain: Context, now: Document, before: Document
) -> None:
    computed = next(name for name, one in now.form.fields.items() if one.compute and one.kind == "money")
    found = told(plain, now, before, field_place(computed))
    assert found is not None
    assert found.change == 0


def test_a_row_is_found_by_its_name_wherever_it_stood(
    plain: Context, now: Document, before: Document
) -> None:
    place = now.place("tasks[2].funds")
    row = before.take_row("tasks", "", 1)
    before.insert_row("tasks", "", 0, row)
    found = told(plain, now, before, place)
    assert found is not None
    assert found.change == 0


def test_of_two_rows_of_one_name_none_is_guessed(plain: Context, now: Document, before: Document) -> None:
    name = now.rows("tasks")[0].cells["name"]
    before.insert_row("tasks", "", 0, Row("twin", {"name": name, "funds": "1.00"}))
    assert told(plain, now, before, now.place("tasks[1].funds")) is None


def test_an_indicator_value_is_told_as_it_was(plain: Context, now: Document, before: Document) -> None:
    place = now.place("indicators[2].value")
    found = told(plain, now, before, place)
    assert found == LastYear(before.text(before.place("indicators[2].value")), None)


def test_what_was_blank_last_year_says_nothing(plain: Context, now: Document, before: Document) -> None:
    before.set_text(field_place("basic_expense"), "")
    assert told(plain, now, before, field_place("basic_expense")) is None


def test_nothing_is_said_without_a_document_of_last_year(plain: Context, now: Document) -> None:
    assert last_year(plain, Computation(now), field_place("basic_expense")) is None


def test_texts_are_not_compared(plain: Context, now: Document, before: Document) -> None:
    texts = [name for name, one in now.form.fields.items() if one.kind == "text"]
    assert all(told(plain, now, before, field_place(name)) is None for name in texts)


def test_an_amount_of_a_form_in_yuan_is_told_in_the_unit_of_this_form(
    plain: Context, now: Document, before: Document
) -> None:
    form = before.form
    in_yuan = Document(replace(form, money=form.money._replace(unit="元")), year=before.year)
    in_yuan.set_text(field_place("basic_expense"), "10984000")
    found = told(plain, now, in_yuan, field_place("basic_expense"))
    assert found == LastYear("1,098.40", Decimal(0))
