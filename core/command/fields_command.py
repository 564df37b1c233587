"""列出一种表样的全部栏目：位置、名称、类型、单位、是否必填、是否自动计算。"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from core.command.workbench import Workbench
from core.sheet.definition import Field, Form, Table
from core.sheet.places import FACTS


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("form", help="表样")
    parser.add_argument("--edition", help="版本（默认最新）")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """List the places of a form."""
    fields = list(_fields(bench.forms.get(given.form, given.edition), bench))
    if given.json:
        bench.tell(json.dumps(fields, ensure_ascii=False, indent=1))
        return 0
    for one in fields:
        marks = [bench.messages.say(f"command.mark-{key}") for key in ("required", "computed") if one[key]]
        told = "  ".join(
            part for part in (one["place"], one["label"], one["kind"], one["unit"], *marks) if part
        )
        bench.tell(told)
    return 0


def _fields(form: Form, bench: Workbench) -> Iterator[dict[str, Any]]:
    for fact in FACTS:
        label = bench.messages.say(f"sheet.fact-{fact.replace('.', '-')}")
        yield _record(fact, Field(fact, label, required=fact in ("year", "unit.name")), form)
    for field in form.fields.values():
        yield _record(field.name, field, form)
    for table in form.top_tables():
        yield from _columns(table, form, f"{table.name}[]")


def _columns(table: Table, form: Form, counted: str) -> Iterator[dict[str, Any]]:
    for column in table.columns.values():
        yield _record(f"{counted}.{column.name}", column, form)
    for inner in form.inner_tables(table.path):
        yield from _columns(inner, form, f"{counted}.{inner.name}[]")


def _record(place: str, field: Field, form: Form) -> dict[str, Any]:
    return {
        "place": place,
        "label": field.label,
        "kind": field.kind,
        "unit": {"money": form.money.unit, "percent": "%"}.get(field.kind, ""),
        "required": field.required,
        "computed": field.compute is not None,
    }
