"""The documents a clean one goes back to, made of its own texts: its 申报, 批复, 调整, 监控, last year's.

Made place by place here, without ``carry``, so that what the checks find by carrying is measured and not
repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from core.check.beside.relations import relate
from core.check.context import Counterpart
from core.sheet.document import ROOT, Document, Row
from core.sheet.forms import FormLibrary
from core.sheet.numbers import parse_number
from core.sheet.places import field_place

AMOUNTS: Mapping[str, Mapping[str, str]] = {
    "mof-self": {"year_fiscal": "initial_fiscal", "year_other": "initial_other"},
    "mof-monitor": {"year_fiscal": "budget_fiscal", "year_other": "budget_other"},
    "adjust": {"year_fiscal": "fiscal_before", "year_other": "other_before"},
}
"""What the 批复 on the ministry's form had where a later form has these amounts."""
OWN = ("level1", "level2", "name", "operator", "value", "unit", "weight")
TEN_THOUSAND = 10_000


def relatives(document: Document, forms: FormLibrary) -> tuple[Counterpart, ...]:
    """Give the counterparts a clean document has when all its papers are at hand."""
    return relate(document, dict(others(document, forms)))


def others(document: Document, forms: FormLibrary) -> Iterator[tuple[str, Document]]:
    """Give its other documents by the file they would be in."""
    last = document.copy(id="00000000000000a0")
    last.set_text(field_place("year"), str((document.year or 2024) - 1))
    yield "last.json", last
    if document.stage == "批复":
        declared = document.copy(id="00000000000000a1")
        declared.set_text(field_place("stage"), "申报")
        yield "declared.json", declared
    if document.form.form in AMOUNTS:
        yield "approved.json", _approved(document, forms)
    if document.form.form == "sc-self":
        yield "approved.json", _listed(document, forms)
    if document.stage == "自评" and document.project_name:
        if document.form.form in ("mof-self", "sc-self"):
            yield "monitored.json", monitored(document, forms)
        if "initial_fiscal" in document.form.fields and _was_adjusted(document):
            yield "adjusted.json", adjusted(document, forms)


def _like(document: Document, forms: FormLibrary, form: str, stage: str, number: int) -> Document:
    """A document of the same unit, year and project."""
    made = Document(
        forms.get(form),
        id=f"{number:016x}",
        stage=stage,
        year=document.year,
        unit_name=document.unit_name,
        unit_code=document.unit_code,
    )
    for name in ("project_name", "project_code", "authority", "goal"):
        if name in made.form.fields and document.field(name):
            made.set_text(field_place(name), document.field(name))
    return made


def _copy_rows(document: Document, made: Document, columns: Mapping[str, str]) -> None:
    for index, row in enumerate(_filled(document)):
        cells = {new: row.cells[old] for new, old in columns.items() if row.cells.get(old)}
        made.insert_row("indicators", ROOT, index, Row(f"a{index}", cells))


def _filled(document: Document) -> list[Row]:
    return [row for row in document.rows("indicators") if row.cells.get("name")]


def _approved(document: Document, forms: FormLibrary) -> Document:
    made = _like(document, forms, "mof-proj", "批复", 0xA2)
    for new, old in AMOUNTS[document.form.form].items():
        if document.field(old):
            made.set_text(field_place(new), document.field(old))
    if document.field("goal_before"):
        made.set_text(field_place("goal"), document.field("goal_before"))
    value = "value_before" if document.form.form == "adjust" else "value"
    _copy_rows(document, made, {"level1": "level1", "level2": "level2", "name": "name", "value": value})
    return made


def _listed(document: Document, forms: FormLibrary) -> Document:
    """The 批复 of a list of projects in 元, this one second on it."""
    made = _like(document, forms, "sc-proj", "批复", 0xA3)
    amounts = [_number(document, f"initial_{source}") for source in ("fiscal", "account", "own", "other")]
    budget = f"{sum(amounts, Decimal(0)) * TEN_THOUSAND:.2f}"
    other = [{"name": "另一项目任务数", "operator": "≥", "value": "7", "unit": "项", "weight": "90"}]
    rows = [{name: row.cells[name] for name in OWN if row.cells.get(name)} for row in _filled(document)]
    for index, (name, money, cells) in enumerate(
        (("另一项目", "80000.00", other), (document.project_name, budget, rows))
    ):
        inner = [Row(f"b{index}{number}", dict(one)) for number, one in enumerate(cells)]
        texts = {"unit": document.unit_name, "name": name, "budget": money, "goal": document.field("goal")}
        made.insert_row("projects", ROOT, index, Row(f"p{index}", texts, {"indicators": inner}))
    return made


def monitored(document: Document, forms: FormLibrary, part: str = "0.4") -> Document:
    """Give the 监控 of July: a part of the money spent, a part of every count reached."""
    made = _like(document, forms, "mof-monitor", "监控", 0xA4)
    made.set_text(field_place("month"), "7")
    for source in ("fiscal", "carry", "other"):
        spent = _number(document, f"spent_{source}")
        if spent:
            made.set_text(field_place(f"spent_{source}"), f"{spent * Decimal(part):.2f}")
    columns = {"level1": "level1", "level2": "level2", "name": "name", "value": "value"}
    _copy_rows(document, made, columns)
    for row, own in zip(made.rows("indicators"), _filled(document), strict=True):
        digits = "".join(char for char in own.cells.get("actual", "") if char.isdigit())
        if digits and own.cells["actual"].startswith(digits):
            unit = own.cells["actual"].removeprefix(digits)
            row.cells["progress"] = f"{max(1, int(int(digits) * Decimal(part)))}{unit}"
    return made


def _was_adjusted(document: Document) -> bool:
    return any(
        _number(document, f"initial_{source}") != _number(document, f"budget_{source}")
        for source in ("fiscal", "account", "own", "other")
    )


def adjusted(document: Document, forms: FormLibrary) -> Document:
    """Give the 调整 that made of the budget of the year's beginning that of its end."""
    made = _like(document, forms, "adjust", "调整", 0xA5)
    for new, old in (
        ("fiscal_before", "initial_fiscal"),
        ("other_before", "initial_other"),
        ("fiscal", "budget_fiscal"),
        ("other", "budget_other"),
    ):
        if document.field(old):
            made.set_text(field_place(new), document.field(old))
    made.set_text(field_place("approval_number"), "某财预〔2024〕15号")
    made.set_text(field_place("approval_date"), f"{document.year}-02-20")
    return made


def _number(document: Document, name: str) -> Decimal:
    return parse_number(document.field(name)) or Decimal(0)
