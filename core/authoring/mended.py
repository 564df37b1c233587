"""A form with mistakes, made fit for looking on: what is broken is left out, all else stays.

So that one run says everything: a wrong sum does not hide an idle label or an unknown setting.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.sheet.definition import About, Block, Field, Form
from core.sheet.errors import RefusedError
from core.sheet.picture import parse_token

_TIE = re.compile(r"checks\[([0-9]+)\]")
_NO_SUM = "0"
_PICTURE = ("block", "page", "tables", "stage")


@dataclass(frozen=True)
class Mended:
    """A form whose sums and names hold; ``ties`` are the numbers of the checks that are fit for looking at.

    ``picture`` says whether its picture can be expanded.
    """

    form: Form
    ties: tuple[int, ...]
    picture: bool


def mended(form: Form, mistakes: list[RefusedError]) -> Mended:
    """Leave out of a form what its mistakes are about."""
    places = [str(one.params.get("place", "")) for one in mistakes]
    broken = {int(found[1]) for place in places if (found := _TIE.match(place))}
    picture = not any(place.split(".")[0].split("[")[0] in _PICTURE for place in places)
    if not mistakes:
        return Mended(form, tuple(range(1, len(form.checks) + 1)), picture)
    loop = any(one.code == "sheet.definition-loop" for one in mistakes)
    sums = {place.removesuffix(".compute") for place in places if place.endswith(".compute")}
    tables = {
        path: replace(table, columns=_without_sums(table.columns, f"tables.{path}.", sums, everything=loop))
        for path, table in form.tables.items()
    }
    about = About() if any(place.startswith("about.") for place in places) else form.about
    fields = _without_sums(form.fields, "fields.", sums, everything=loop)
    made = replace(form, fields=fields, tables=tables, about=about)
    made = replace(made, blocks=tuple(_known_words(block, made) for block in form.blocks))
    ties = tuple(number for number in range(1, len(form.checks) + 1) if number not in broken)
    return Mended(made, ties, picture)


def _known_words(block: Block, form: Form) -> Block:
    """Empty the cells of a block that name nothing, and make its rows as long as the others."""
    columns = len(form.page.columns)
    rows = []
    for row in block.rows:
        texts = [text if _is_known(text, form) else "" for text in row]
        rows.append(tuple(texts[:columns] + [""] * (columns - len(texts))))
    return replace(block, rows=tuple(rows))


def _is_known(text: str, form: Form) -> bool:
    try:
        parse_token(text, form)
    except KeyError:
        return False
    return True


def _without_sums(
    fields: Mapping[str, Field], prefix: str, broken: set[str], *, everything: bool
) -> Mapping[str, Field]:
    return {
        name: replace(field, compute=_NO_SUM)
        if field.compute and (everything or prefix + name in broken)
        else field
        for name, field in fields.items()
    }
