"""A long afternoon in one form: texts typed bit by bit, rows copied, moved and taken out, cells pasted.

What a form remembers between two keys only shows in hours of work; random, but the same every time.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from core.sheet.definition import Field
from core.sheet.document import ROOT, Document, Row, new_row_id
from core.sheet.edits import AddRow, Edit, MoveRow, RemoveRow, text_edit
from core.sheet.places import Place, field_place
from tests.core.check.typing_away import BY_KIND, BY_NAME, PROSE

GOALS = (
    "办结法律援助案件320件，整治10个村庄。",
    "全年举办法治宣传活动12场；办结法律援助案件300件。",
    "办结法律援助案件320件，其中上半年100件。",
    "提高法治水平。",
)
NAMES = (
    "办结法律援助案件数量",
    "法治宣传活动场次",
    "整治村庄数",
    "每件法律援助案件成本",
    "村庄单个整治成本",
    "资金到位率",
    *BY_NAME["name"],
)
VALUES = ("≥300件", "=320件", "≥12场", "=10个", "≤200元/件", "≤2万元/个", "≥90%", *BY_KIND["value"])
ROWS_AT_MOST = 3
PIECE = 4
"""So many characters an input method puts in at once, at most."""


def steps(document: Document, chance: Random, count: int) -> Iterator[tuple[Edit, ...]]:
    """Give so many steps, each to be applied before the next is asked for."""
    made = 0
    while made < count:
        for step in _next(document, chance):
            yield step
            made += 1


def _next(document: Document, chance: Random) -> Iterator[tuple[Edit, ...]]:
    sort = chance.random()
    if sort < 0.15 and document.form.tables:
        step = _row_step(document, chance)
        if step is not None:
            yield (step,)
    elif sort < 0.3:
        pasted = dict(_goal(document, chance) for _ in range(3))
        yield tuple(text_edit(document, place, text) for place, text in pasted.items())
    else:
        place, text = _goal(document, chance)
        if chance.random() < 0.5:
            for end in range(0, len(text[-40:]), chance.randint(1, PIECE)):
                yield (text_edit(document, place, text[:end]),)
        yield (text_edit(document, place, text),)


def _goal(document: Document, chance: Random) -> tuple[Place, str]:
    """Give a place and what is to stand there: mostly what rules hold against each other."""
    form = document.form
    rows = [(path, row) for path in form.tables for _, row in document.all_rows(path)]
    if not rows or chance.random() < 0.3:
        told = [name for name in form.fields if "goal" in name or name == form.about.name]
        name = chance.choice(told * 3 + list(form.fields))
        return field_place(name), _text(name, form.fields[name], chance, project=name == form.about.name)
    path, row = chance.choice(rows)
    columns = form.tables[path].columns
    name = chance.choice([one for one in columns if one in ("name", "value", "unit")] * 3 + list(columns))
    return Place(path, row.id, name), _text(name, columns[name], chance)


def _text(name: str, field: Field, chance: Random, *, project: bool = False) -> str:
    if chance.random() < 0.3:
        return ""
    if "goal" in name:
        return chance.choice(GOALS)
    if name == "name" or project:
        return chance.choice(NAMES)
    if field.kind == "value":
        return chance.choice(VALUES)
    if field.kind == "text":
        return chance.choice(BY_NAME.get(name, PROSE))
    return chance.choice(BY_KIND.get(field.kind, field.options or PROSE))


def _row_step(document: Document, chance: Random) -> Edit | None:
    path = chance.choice(list(document.form.tables))
    parent = document.form.tables[path].parent
    holders = [row.id for _, row in document.all_rows(parent)] if parent else [ROOT]
    if not holders:
        return None
    holder = chance.choice(holders)
    rows = document.rows(path, holder)
    if not rows:
        return AddRow(path, holder, 0, Row(new_row_id(), {}))
    index = chance.randrange(len(rows))
    if len(rows) > ROWS_AT_MOST or chance.random() < 0.25:
        return RemoveRow(path, holder, index, rows[index].copy())
    if chance.random() < 0.5:
        return MoveRow(path, holder, index, chance.randrange(len(rows)))
    new = Row(new_row_id(), {}) if chance.random() < 0.4 else _twin(rows[index])
    return AddRow(path, holder, index, new)


def _twin(row: Row) -> Row:
    """Give a row like another, with ids of its own."""
    inner = {name: [_twin(one) for one in rows] for name, rows in row.inner.items()}
    return Row(new_row_id(), dict(row.cells), inner)
