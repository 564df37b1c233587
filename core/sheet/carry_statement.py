"""Reads what a form says about being begun from another document (``carry`` in its definition).

Equal names of fields, tables and columns correspond by themselves; a statement is written only where names
differ. It stands in the definition of the **new** form, one table per origin::

    [carry.sc-proj]                          # from this form, in any edition
    each = "projects"                        # every row of that table becomes a document of its own
    fields = { project_name = "projects.name", initial_fiscal = "projects.budget" }
    tables = { indicators = "projects.indicators" }

    [carry."*"]                              # from any form that has these names
    fields = { budget_fiscal = "fiscal" }
    columns = { "indicators.value_before" = "value" }

    [carry.last-year]                        # from the same form of another year
    fields = { spent = "" }                  # "" = begins empty

Left of ``=`` are names of this form, right of it names of the other. ``last-year`` wins over a form, a form
over ``*``, and a name the other form does not have says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.sheet.definition import CarryFrom, Form
from core.sheet.definition_parts import Mistakes, Part

ANY = "*"
LAST_YEAR = "last-year"

_KEYS = {"each", "fields", "tables", "columns"}
_FORM_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")


def read_carry(part: Part) -> Mapping[str, CarryFrom]:
    """Read the statements of a form, by origin."""
    found = {}
    for origin in part.names():
        if origin != ANY and not _FORM_ID.fullmatch(origin):
            part.mistake(origin, "sheet.definition-unknown-name", name=origin)
        own = part.part(origin)
        own.only(_KEYS)
        names = (_names(own.part(key)) for key in ("fields", "tables", "columns"))
        found[origin] = CarryFrom(own.string("each"), *names)
    return found


def _names(part: Part) -> Mapping[str, str]:
    return {name: part.string(name) for name in part.names()}


def check_carry(form: Form, mistakes: Mistakes) -> None:
    """Note every name of this form's own that a statement uses and the form does not have."""
    for origin, statement in form.carry.items():
        wrong = [("fields", name) for name in statement.fields if name not in form.fields]
        wrong += [("tables", path) for path in statement.tables if path not in form.tables]
        for name in statement.columns:
            path, _, column = name.rpartition(".")
            if path not in form.tables or column not in form.tables[path].columns:
                wrong.append(("columns", name))
        for key, name in wrong:
            mistakes.add(f"carry.{origin}.{key}", "sheet.definition-unknown-name", name=name)
