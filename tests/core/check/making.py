"""Documents and contexts made of the examples that check records carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from core.check.context import Context, Counterpart
from core.check.settings import Settings
from core.sheet.definition import Form
from core.sheet.document import ROOT, Document, Row
from core.sheet.forms import FormLibrary
from core.sheet.places import FACTS, field_place

EXPECTED = ("says", "fix", "places", "severity", "count")
"""What an example of ``fails`` may state about the findings of its check."""
_COUNTERPARTS = {
    "declared": ("declared", "申报.json"),
    "approved": ("approved", "批复.json"),
    "adjusted": ("adjusted", "调整.json"),
    "monitored": ("monitored", "监控.json"),
    "last_year": ("last-year", "上年.json"),
}
"""What an example calls the counterparts of its document: their relation and file."""
_OWN = (
    *EXPECTED,
    *_COUNTERPARTS,
    "form",
    "edition",
    "settings",
    "today",
    "row",
    "stage",
    "together",
    "original",
)
_FACTS = {"unit_name": "unit.name", "unit_code": "unit.code", "year": "year", "stage": "stage"}


@dataclass(frozen=True)
class Case:
    """An example ready to be judged."""

    document: Document
    context: Context
    others: Mapping[str, Document] = field(default_factory=dict)
    """Those handed in with it, by file."""
    compared: Mapping[str, Document] = field(default_factory=dict)
    """Those named to compare with, by file."""


def read_example(example: Mapping[str, Any], practice: Form, forms: FormLibrary, context: Context) -> Case:
    """Give the document and the context an example means.

    Keys are fields, facts (``year``, ``unit_name`` …) and tables of the practice form, or of the real one
    that ``form`` and ``edition`` name; ``row`` is the one row of ``indicators``. ``settings`` are a kit's,
    ``last_year`` are fields of last year's document, ``approved`` (``declared``, ``adjusted``, ``monitored``)
    those of the document it is compared with, ``together`` documents handed in with it (1.json …),
    ``original`` another version of it (原件.json).
    """
    form = forms.get(example["form"], example.get("edition")) if "form" in example else practice
    document = make(form, example)
    context = replace(
        context,
        settings=Settings(kit=example.get("settings", {})),
        today=date.fromisoformat(example["today"]) if "today" in example else context.today,
    )
    context = context.with_counterparts(tuple(_counterparts(example, form, forms)))
    others = {
        f"{number}.json": make(forms.get(other["form"]), other)
        for number, other in enumerate(example.get("together", ()), start=1)
    }
    compared = {}
    if isinstance(original := example.get("original"), Mapping):
        compared["原件.json"] = make(form, original).copy(id=document.id)
    return Case(document, context, others, compared)


def _counterparts(example: Mapping[str, Any], form: Form, forms: FormLibrary) -> Iterator[Counterpart]:
    for key, (relation, file) in _COUNTERPARTS.items():
        body = example.get(key)
        if isinstance(body, Mapping):
            other = make(forms.get(body["form"], body.get("edition")) if "form" in body else form, body)
            row = next((row.id for path in other.form.tables for row in other.rows(path)[:1]), "")
            each = any(one.about.name for one in other.form.tables.values())
            yield Counterpart(relation, other, file, row if each else "")


def make(form: Form, body: Mapping[str, Any]) -> Document:
    """Give a document with these fields and rows; the year is 2025 unless said."""
    document = Document(form, year=2025, unit_name="练习单位", stage=body.get("stage"))
    for name, value in body.items():
        if isinstance(value, Mapping):
            continue
        if name in form.fields or name in _FACTS:
            document.set_text(field_place(_FACTS.get(name, name)), str(value))
        elif name in form.tables:
            add_rows(document, name, ROOT, value)
        elif name not in _OWN:
            raise KeyError(f"{name} is nothing of {form.form}")
    if "row" in body:
        add_rows(document, "indicators", ROOT, [body["row"]])
    return document


def add_rows(document: Document, table: str, parent: str, rows: list[Mapping[str, Any]]) -> None:
    """Add rows with ids that say where they stand; a list in a row is a table inside it."""
    for index, cells in enumerate(rows):
        row_id = f"{parent}{table.rpartition('.')[2][:2]}{index + 1}"
        texts = {name: str(text) for name, text in cells.items() if not isinstance(text, list) and text != ""}
        unknown = [name for name in texts if document.form.column(table, name) is None]
        assert not unknown, f"{table} has no column {unknown}"
        document.insert_row(table, parent, len(document.rows(table, parent)), Row(row_id, texts))
        for name, inner in cells.items():
            if isinstance(inner, list):
                add_rows(document, f"{table}.{name}", row_id, inner)


assert not set(FACTS) - set(_FACTS.values())
