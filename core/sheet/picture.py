"""The printed picture of a form, parsed: which tables a row repeats for, and what each cell holds."""

from __future__ import annotations

import re
from typing import NamedTuple

from core.sheet.definition import Form
from core.sheet.places import FACTS

_HOLE = re.compile(r"\{([^{}]+)\}")


class Token(NamedTuple):
    """One string of a picture row.

    ``kind``: ``label`` (with holes), ``left`` (<), ``up`` (^), ``empty``, ``fill`` (a field or fact
    alone) or ``column`` (a table's column alone; ``table`` and ``name`` say which).
    """

    kind: str
    text: str = ""
    table: str = ""
    name: str = ""


class PictureRow(NamedTuple):
    """A picture row and the tables it repeats for: none, one, one with one inside it, or two side by side."""

    tokens: tuple[Token, ...]
    tables: tuple[str, ...]


def holes(text: str) -> list[str]:
    """Give the names in the holes of a text."""
    return _HOLE.findall(text)


def fill_holes(text: str, values: dict[str, str]) -> str:
    """Put values into the holes of a text; an unknown hole stays empty."""
    return _HOLE.sub(lambda match: values.get(match[1], ""), text)


def parse_token(text: str, form: Form) -> Token:
    """Read one string of the picture; raises KeyError with the name of an unknown hole."""
    if text in ("<", "^"):
        return Token("left" if text == "<" else "up")
    if text == "":
        return Token("empty")
    names = holes(text)
    if len(names) == 1 and text == "{" + names[0] + "}":
        name = names[0]
        if name in FACTS or name in form.fields:
            return Token("fill", text, "", name)
        table, _, column = name.rpartition(".")
        if table in form.tables and column in form.tables[table].columns:
            return Token("column", text, table, column)
        raise KeyError(name)
    for name in names:
        if name not in FACTS and name not in form.fields:
            raise KeyError(name)
    return Token("label", text)


def parse_row(row: tuple[str, ...], form: Form) -> PictureRow:
    """Read a picture row; raises KeyError with the name of an unknown hole."""
    tokens = tuple(parse_token(text, form) for text in row)
    tables = tuple(dict.fromkeys(token.table for token in tokens if token.kind == "column"))
    return PictureRow(tokens, tuple(sorted(tables, key=lambda path: path.count("."))))


def strip_places(form: Form) -> list[str]:
    """Give the fields and facts with no cell of their own: typed in the strip above the sheet.

    ``year`` and the unit's name always belong to one of the two.
    """
    pictured = {
        token.name
        for block in form.blocks
        for row in block.rows
        for token in (parse_token(text, form) for text in row)
        if token.kind == "fill"
    }
    return [name for name in (*FACTS, *form.fields) if name not in pictured]
