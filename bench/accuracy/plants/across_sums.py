"""Mistakes in what documents handed in together come to: AM-12, XF-04, XF-05."""

from __future__ import annotations

import random
from decimal import Decimal

from bench.accuracy.documents import RESOURCES
from bench.accuracy.planting import Plant, Planted, planted
from core.check.context import Counterpart
from core.sheet.compute import Computation
from core.sheet.document import ROOT, Document, Row
from core.sheet.forms import FormLibrary
from core.sheet.places import Place, field_place

FORMS = FormLibrary(RESOURCES / "forms")
UNIT = {"元": Decimal(1), "万元": Decimal(10_000)}


def _project(document: Document, name: str, yuan: Decimal, number: int) -> Document:
    """A project's form in 万元 of the same unit, year and stage."""
    made = Document(
        FORMS.get("hb-proj"),
        id=f"{0xB0 + number:016x}",
        stage=document.stage,
        year=document.year,
        unit_name=document.unit_name,
        unit_code=document.unit_code,
    )
    made.set_text(field_place("project_name"), name)
    made.set_text(field_place("fiscal"), f"{yuan / UNIT['万元']:.6f}".rstrip("0").rstrip("."))
    return made


def _together(*documents: Document) -> tuple[Counterpart, ...]:
    return tuple(Counterpart("together", one, f"{number}.json") for number, one in enumerate(documents, 1))


def _yuan(document: Document, place: Place) -> Decimal | None:
    number = Computation(document).number(place)
    return number * UNIT[document.form.money.unit] if isinstance(number, Decimal) else None


def _too_many_projects(document: Document, chance: random.Random) -> Planted | None:
    """AM-12: the projects come to more than the department has for projects."""
    name = document.form.about.projects
    total = _yuan(document, field_place(name)) if name else None
    if not total:
        return None
    parts = [Decimal(share) for share in chance.choice((("0.5", "0.6"), ("0.3", "0.4", "0.35")))]
    made = [_project(document, f"第{n}个项目", round(total * one, -2), n) for n, one in enumerate(parts, 1)]
    return planted(document, "AM-12", field_place(name))._replace(others=_together(*made))


def _units_do_not_add_up(document: Document, chance: random.Random) -> Planted | None:
    """XF-04: what the units have comes to more, or less, than what their department has."""
    name = document.form.about.amount
    if document.form.about.name or document.form.about.code or not document.unit_code or not name:
        return None
    if any(table.about.amount for table in document.form.tables.values()):
        return None
    made = []
    for number in (1, 2):
        part = document.copy(id=f"{0xC0 + number:016x}")
        part.set_text(field_place("unit.code"), f"{document.unit_code}00{number}")
        part.set_text(field_place("unit.name"), f"所属单位{number}")
        made.append(part)
    if chance.random() < 0.5:  # both have as much as the whole: twice too much
        return planted(document, "XF-04", field_place(name))._replace(others=_together(*made))
    found = planted(document, "XF-04", field_place(name))
    third = made[1].copy(id=f"{0xC3:016x}")
    third.set_text(field_place("unit.code"), f"{document.unit_code}003")
    return found._replace(others=_together(*made, third))


def _list_and_form_differ(document: Document, chance: random.Random) -> Planted | None:
    """XF-04: a project costs one thing on the list and another on its own form."""
    for path, table in document.form.tables.items():
        rows = [row for _, row in document.all_rows(path)] if table.about.amount and table.about.name else []
        if not rows:
            continue
        row = chance.choice(rows)
        place = Place(path, row.id, table.about.amount)
        yuan = _yuan(document, place)
        if not yuan:
            return None
        own = _project(document, row.cells[table.about.name], yuan + 10_000, 1)
        return planted(document, "XF-04", place)._replace(others=_together(own))
    return None


def _tasks(document: Document) -> list[Row]:
    table = document.form.tables.get("tasks")
    if table is None or "funds" not in table.columns:
        return []
    return [row for row in document.rows("tasks", ROOT) if row.cells.get("name")]


def _task_and_projects_differ(document: Document, chance: random.Random) -> Planted | None:
    """XF-05: a task's money is not what its projects come to."""
    if document.stage not in ("申报", "批复"):
        return None
    able = [
        row for row in _tasks(document) if (_yuan(document, Place("tasks", row.id, "funds")) or 0) > 20_000
    ]
    if not able:
        return None
    row = chance.choice(able)
    place = Place("tasks", row.id, "funds")
    yuan = _yuan(document, place) or Decimal(0)
    name = row.cells["name"]
    named = chance.choice((name, f"{name}经费", f"{name}专项经费"))
    half = round(yuan / 2, -2)
    made = [_project(document, named, half, 1), _project(document, name, yuan - half - 10_000, 2)]
    return planted(document, "XF-05", place)._replace(others=_together(*made))


PLANTS: tuple[Plant, ...] = (
    Plant("AM-12", "projects above the department", "error", _too_many_projects),
    Plant("XF-04", "units do not add up", "error", _units_do_not_add_up),
    Plant("XF-04", "list and form differ", "error", _list_and_form_differ),
    Plant("XF-05", "task and projects differ", "warning", _task_and_projects_differ),
)
