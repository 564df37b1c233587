"""What picking an indicator writes into a row, and how an indicator's usual value is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from core.library.entry import Entry
from core.sheet.definition import Field, Table
from core.sheet.document import Document
from core.sheet.messages import Messages
from core.sheet.values import Nature, ValueGrammar

NAME = "name"
INDICATORS = "indicators"
"""The role of tables whose rows are indicators."""

_DIRECTIONS = {"up": "正", "down": "反"}
"""How forms word directions: 正向, 正向指标; 反向, 反向指标."""


def indicator_names(document: Document) -> Iterator[str]:
    """Give the names of all indicators of a document, as typed."""
    for path, table in document.form.tables.items():
        if table.role == INDICATORS:
            for _, row in document.all_rows(path):
                if row.cells.get(NAME):
                    yield row.cells[NAME]


def picked_texts(
    table: Table,
    cells: Mapping[str, str],
    entry: Entry,
    grammar: ValueGrammar,
    *,
    levels_locked: bool = False,
) -> dict[str, str]:
    """Give what picking an entry writes into a row of a table, by column.

    The name takes the entry's; level, sign, unit and direction are written only where the form has a cell
    for them and it is blank. The value is never written, nor a sign or unit into a cell that holds both with
    the value.
    """
    wanted = {NAME: entry.name}
    if not levels_locked:
        wanted |= _levels(table, cells, entry)
    for name, column in table.columns.items():
        text = _cell(column, entry, grammar)
        if text:
            wanted[name] = text
    return {
        name: text
        for name, text in wanted.items()
        if name in table.columns and (name == NAME or not cells.get(name)) and cells.get(name, "") != text
    }


def _levels(table: Table, cells: Mapping[str, str], entry: Entry) -> dict[str, str]:
    """Level 2 is written only below the entry's own level 1, else it would stand under another's."""
    kinds = {column.kind: name for name, column in table.columns.items()}
    first, second = kinds.get("level1", ""), kinds.get("level2", "")
    above = cells.get(first, "") if first else ""
    texts = {first: entry.level1} if first else {}
    if second and (not above or above == entry.level1):
        texts[second] = entry.level2
    return texts


def _cell(column: Field, entry: Entry, grammar: ValueGrammar) -> str:
    if column.kind == "operator":
        return _spelled(entry.sign, column.options, grammar)
    if column.kind == "unit":
        return entry.unit if not column.options or entry.unit in column.options else ""
    if column.name == "direction":
        begins = _DIRECTIONS.get(entry.direction)
        return next((one for one in column.options if begins and one.startswith(begins)), "")
    return ""


def _spelled(sign: str, options: tuple[str, ...], grammar: ValueGrammar) -> str:
    """Give a sign as the form spells it: ≥ is 大于等于 where only that may be chosen."""
    if not sign or not options or sign in options:
        return sign
    return next((one for one in options if _sign_of(one, grammar) == sign), "")


def _sign_of(text: str, grammar: ValueGrammar) -> str:
    value = grammar.parse_parts(text, "1", "")
    return "定性" if value.nature is Nature.QUALITATIVE else value.comparison


# -- telling ---------------------------------------------------------------------------------------------


def written_way(entry: Entry, messages: Messages) -> str:
    """Give how the value of an indicator is usually written: ≥…件, 定性（优良中差）; ``""`` when unknown."""
    if entry.qualitative:
        return messages.say("library.in-grades", scale=entry.scale) if entry.scale else entry.sign
    if not entry.sign and not entry.unit:
        return ""
    return messages.say("library.in-figures", sign=entry.sign, unit=entry.unit)


def usual_values(entry: Entry, messages: Messages) -> str:
    """Give the usual range of an indicator in words (常见 95～100%), else its examples; ``""`` for none."""
    low, high, unit = entry.low, entry.high, entry.unit
    if low is not None and high is not None and low != high:
        return messages.say("library.usual-between", low=_plain(low), high=_plain(high), unit=unit)
    if low is not None and high is not None:
        return messages.say("library.usual", text=f"{_plain(low)}{unit}")
    if low is not None:
        return messages.say("library.usual-from", low=_plain(low), unit=unit)
    if high is not None:
        return messages.say("library.usual-to", high=_plain(high), unit=unit)
    return messages.say("library.examples", text=entry.values) if entry.values else ""


def _plain(number: Decimal) -> str:
    """Give a number without trailing zeros: 100, 0.5."""
    return f"{number.normalize():f}"
