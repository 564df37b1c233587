"""Writes a drafted definition as TOML that a bureau official can read and finish.

Everything undecided carries ``待定`` in a comment on its own line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from core.authoring.draft_blocks import DraftBlock
from core.authoring.fields import DraftField
from core.authoring.region import BlankCell
from core.authoring.repeats import DraftColumn, DraftTable, Repeat
from core.authoring.undecided import Undecided
from core.authoring.words import DraftWords
from core.sheet.messages import Messages

if TYPE_CHECKING:
    from core.authoring.draft import Plan

MARK = "待定"
"""Stands in the comment of every line that a person must decide about."""


def definition_text(
    plan: Plan, file: str, form: str, edition: str, words: DraftWords, messages: Messages
) -> tuple[str, list[Undecided]]:
    """Give the text of a definition, and everything in it that is undecided, in its order."""
    writer = _Writer(plan, words, messages)
    lines = list(writer.lines(file, form, edition))
    return "\n".join(lines) + "\n", writer.undecided


class _Writer:
    def __init__(self, plan: Plan, words: DraftWords, messages: Messages) -> None:
        self._plan, self._words, self._messages = plan, words, messages
        self._heading = plan.heading
        self.undecided: list[Undecided] = []

    def lines(self, file: str, form: str, edition: str) -> Iterator[str]:
        head = self._say("head", file=_plain(file), sheet=_plain(self._plan.blank.sheet.name))
        for line in head.split("\n"):
            yield f"# {line}"
        yield from self._top(form, edition)
        yield ""
        yield "[fields]"
        for cell, field in self._plan.fields.items():
            if not field.fact:
                yield self._field(cell, field)
            else:
                self._undecided(cell.address, "fact", label=field.label, name=field.name)
        for repeat in self._plan.repeats:
            for table in repeat.tables:
                yield from self._table(table, repeat)
        for block in self._plan.blocks:
            yield from _block(block)

    # -- the form as a whole ----------------------------------------------------------------------------

    def _top(self, form: str, edition: str) -> Iterator[str]:
        heading, sheet = self._heading, self._plan.blank.sheet.name
        yield self._marked(f"form = {_text(form)}", [Undecided(sheet, "form", {"form": form})])
        yield self._marked(f"edition = {_text(edition)}", [Undecided(sheet, "edition", {"edition": edition})])
        yield self._key("title", _text(heading.title))
        if heading.number:
            yield self._key("number", _text(heading.number))
        if heading.above:
            yield self._key("above", _texts(heading.above))
        if heading.below:
            yield self._key("below", _texts(heading.below))
        yield self._key("stages", _texts([heading.stage]))
        page = [f"paper = {_text(heading.paper)}", f"direction = {_text(heading.direction)}"]
        page.append(f"columns = [{', '.join(heading.columns)}]")
        page += [f'foot = "{heading.foot}"'] if heading.foot != "none" else []
        page += ['border = "none"'] if heading.border == "none" else []
        yield self._key("page", "{ " + ", ".join(page) + " }")
        money = heading.money
        parts = [f"unit = {_text(money.unit)}", f"decimals = {money.decimals}"]
        parts.append(f"thousands = {'true' if money.thousands else 'false'}")
        yield self._key("money", "{ " + ", ".join(parts) + " }")
        yield self._marked("checks = []", [Undecided(sheet, "checks")])

    def _key(self, key: str, value: str) -> str:
        return self._marked(f"{key} = {value}", self._heading.undecided.get(key, []))

    # -- fields and tables ------------------------------------------------------------------------------

    def _field(self, cell: BlankCell, field: DraftField) -> str:
        keys = {"label": _text(field.label), "kind": _text(field.kind)}
        if cell.allowed.options:
            keys["options"] = _texts(cell.allowed.options)
        if cell.allowed.longest:
            keys["limit"] = str(cell.allowed.longest)
        known = [
            Undecided(cell.address, self._hint(field.label, cell), {"name": field.name, "label": field.label})
        ]
        if cell.formula:
            known.append(Undecided(cell.address, "formula", {"formula": _plain(cell.formula)}))
        return self._marked(f"{field.name} = {_inline(keys)}", known)

    def _hint(self, label: str, cell: BlankCell) -> str:
        """Give what to say about a field: what its cell or label hints at."""
        if cell.allowed.options:
            return "field-choice"
        if "%" in cell.look.format:
            return "field-percent"
        hint = self._words.hint(label)
        return f"field-{hint}" if hint else "field"

    def _table(self, table: DraftTable, repeat: Repeat) -> Iterator[str]:
        where = next(iter(table.columns.values())).cell.address
        yield ""
        code = "levels" if table.always or table.start else "table"
        count = repeat.last - repeat.first + 1
        yield self._marked(
            f"[tables.{table.name}]", [Undecided(where, code, {"name": table.name, "count": count})]
        )
        if table.label:
            yield f"label = {_text(table.label)}"
        if table.role:
            yield f"role = {_text(table.role)}"
        if table.beside:
            yield f"beside = {_text(table.beside)}"
        if table.merge:
            yield f"merge = {_texts(table.merge)}"
        if table.blank != 1:
            yield f"blank = {table.blank}"
        yield from _lines("always", (_texts(pair) for pair in table.always))
        yield from _lines("start", (_inline({k: _text(v) for k, v in row.items()}) for row in table.start))
        yield ""
        yield f"[tables.{table.name}.columns]"
        for column in sorted(table.columns.values(), key=lambda one: one.cell.column):
            yield self._column(column, table)

    def _column(self, column: DraftColumn, table: DraftTable) -> str:
        keys = {"label": _text(column.label), "kind": _text(column.kind)}
        allowed = column.cell.allowed
        if allowed.options and column.kind in ("text", "operator"):
            keys |= {"kind": _text("choice" if column.kind == "text" else column.kind)}
            keys["options"] = _texts(allowed.options)
        if allowed.longest:
            keys["limit"] = str(allowed.longest)
        line = f"{column.name} = {_inline(keys)}"
        if column.kind in ("level1", "level2"):
            return line
        code = "known-column" if column.known else "column"
        name = f"{table.name}.{column.name}"
        params = {"name": name, "label": column.label, "kind": column.kind}
        return self._marked(line, [Undecided(column.cell.address, code, params)])

    # -- small parts ------------------------------------------------------------------------------------

    def _marked(self, line: str, notes: Iterable[Undecided]) -> str:
        told = list(notes)
        self.undecided += told
        if not told:
            return line
        return f"{line}  # {MARK}：" + "；".join(_plain(one.text(self._messages)) for one in told)

    def _undecided(self, where: str, code: str, **params: object) -> None:
        self.undecided.append(Undecided(where, code, params))

    def _say(self, code: str, **params: object) -> str:
        return self._messages.say(f"authoring.draft-{code}", **params)


def _block(block: DraftBlock) -> Iterator[str]:
    yield ""
    yield "[[block]]"
    if block.head:
        yield f"head = {block.head}"
    if block.height:
        yield f"height = {block.height}"
    if block.align:
        yield f"align = {_texts(block.align) if len(block.align) > 1 else _text(block.align[0])}"
    yield from _lines("rows", (_texts(row) for row in block.rows))


def _lines(key: str, items: Iterable[str]) -> Iterator[str]:
    listed = list(items)
    if listed:
        yield f"{key} = ["
        yield from (f"    {item}," for item in listed)
        yield "]"


def _inline(keys: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f"{key} = {value}" for key, value in keys.items()) + " }"


def _texts(items: Iterable[str]) -> str:
    return "[" + ", ".join(map(_text, items)) + "]"


def _text(text: str) -> str:
    """Write a text as TOML: a JSON string is one, as long as no control character stands in it."""
    return json.dumps(text, ensure_ascii=False)


def _plain(text: str) -> str:
    """Give a text for a comment: on one line."""
    return " ".join(text.split())
