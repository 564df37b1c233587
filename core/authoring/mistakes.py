"""Tells a reader's mistakes so that somebody who is no programmer can mend them.

What the reader of definitions says in the words of TOML or of arithmetic is looked at again: full-width
signs, names that are nearly right, a joined area that is no rectangle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from core.authoring.flaw import FORM, Flaw, Flaws, Weight
from core.sheet.definition import Form
from core.sheet.errors import RefusedError
from core.sheet.expression import NAMED
from core.sheet.picture import Token, parse_token
from core.sheet.places import FACTS

_AT = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)")
_STRINGS = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*')
_WIDE = re.compile(r"[“”‘’，。：；＝［］｛｝（）＋－×÷＊／＜＞　]")
_TWICE = ("overwrite", "twice", "already")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_SINGLE_EQUALS = re.compile(r"(?<![=<>!])=(?!=)")
_WORDS = {"sum", "count", "max", "min", "abs", "round", "filled", "and", "or", "not", *NAMED}


def told(mistakes: list[RefusedError], form: Form | None, data: bytes) -> Iterator[Flaw]:
    """Give the reader's mistakes as flaws."""
    for mistake in mistakes:
        place = str(mistake.params.get("place", ""))
        match mistake.code:
            case "sheet.definition-toml":
                yield _toml(str(mistake.params["reason"]), data)
            case "sheet.definition-expression" if form:
                yield from _expression(str(mistake.params["text"]), place, form)
            case "sheet.definition-unknown-hole" | "sheet.definition-unknown-name" if form:
                yield _unknown(str(mistake.params["name"]), place, form)
            case "sheet.definition-picture" if form:
                joins = list(broken_joins(form))
                yield from joins or [Flaw(Weight.WRONG, FORM, place, RefusedError("authoring.picture"))]
            case _:
                yield Flaw(Weight.WRONG, FORM, place, mistake)


def _flaw(place: str, code: str, /, line: int | None = None, **params: object) -> Flaw:
    return Flaw(Weight.WRONG, FORM, place, RefusedError(code, details=(), **params), line)


# -- no TOML at all -----------------------------------------------------------------------------------


def _toml(reason: str, data: bytes) -> Flaw:
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        return _flaw("", "authoring.not-utf8")
    found = _AT.search(reason)
    line = int(found[1]) if found else len(lines)
    text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    wide = _WIDE.findall(_STRINGS.sub("", text))
    if wide:
        return _flaw("", "authoring.toml-wide", line, signs="".join(dict.fromkeys(wide)), text=text[:60])
    if any(word in reason for word in _TWICE):
        return _flaw("", "authoring.toml-twice", line, text=text[:60])
    if found is None:
        return _flaw("", "authoring.toml-end")
    return _flaw("", "authoring.toml", line, column=int(found[2]), text=text[:60])


# -- names and sums -----------------------------------------------------------------------------------


def _unknown(name: str, place: str, form: Form) -> Flaw:
    near = get_close_matches(name[:60], names_of(form), 3, 0.6)
    if near:
        return _flaw(place, "authoring.unknown-name-near", name=name[:60], near="、".join(near))
    return _flaw(place, "authoring.unknown-name", name=name[:60])


def names_of(form: Form) -> list[str]:
    """Give every name a definition may use: facts, fields, and columns with their table."""
    columns = [f"{path}.{name}" for path, table in form.tables.items() for name in table.columns]
    return [*FACTS, *form.fields, *columns]


def _expression(text: str, place: str, form: Form) -> Iterator[Flaw]:
    if wide := _WIDE.findall(text):
        yield _flaw(place, "authoring.sum-wide", text=text[:60], signs="".join(dict.fromkeys(wide)))
        return
    if _SINGLE_EQUALS.search(text):
        yield _flaw(place, "authoring.sum-equals", text=text[:60])
        return
    known = {*names_of(form), *_WORDS}
    known |= {column for table in form.tables.values() for column in table.columns}
    unknown = [name for name in dict.fromkeys(_NAME.findall(text)) if name not in known]
    unknown = [name for name in unknown if not name.startswith("settings.")]
    for name in unknown:
        yield _unknown(name, place, form)
    if not unknown:
        yield _flaw(place, "authoring.sum", text=text[:60])


# -- the picture --------------------------------------------------------------------------------------


def broken_joins(form: Form) -> Iterator[Flaw]:
    """Give the ``<`` and ``^`` that join nothing, and the joined areas that are no rectangles."""
    rows = [
        (f"block[{number}].rows[{index}]", [parse_token(text, form) for text in texts])
        for number, block in enumerate(form.blocks, start=1)
        for index, texts in enumerate(block.rows, start=1)
    ]
    areas: dict[tuple[int, int], list[tuple[int, int]]] = {}
    owners: list[list[tuple[int, int]]] = []
    for r, (place, tokens) in enumerate(rows):
        owners.append([])
        for c, token in enumerate(tokens):
            owner = _owner(owners, token, r, c)
            if owner is None:
                code = "authoring.join-left" if token.kind == "left" else "authoring.join-up"
                yield _flaw(place, code, cell=c + 1)
                owner = (r, c)
            owners[r].append(owner)
            areas.setdefault(owner, []).append((r, c))
    for (top, left), area in areas.items():
        down = max(r for r, _ in area) - top + 1
        across = max(c for _, c in area) - left + 1
        if len(area) != down * across:
            text = rows[top][1][left].text
            yield _flaw(rows[top][0], "authoring.no-rectangle", cell=left + 1, text=text[:40])


def _owner(owners: list[list[tuple[int, int]]], token: Token, r: int, c: int) -> tuple[int, int] | None:
    """Give the first cell of the area a token belongs to, None when there is none to join."""
    if token.kind == "left":
        return owners[r][c - 1] if c else None
    if token.kind == "up":
        return owners[r - 1][c] if r and c < len(owners[r - 1]) else None
    return r, c


def as_flaws(found: Iterator[Flaw], flaws: Flaws) -> None:
    """Add flaws to a list, each place and reason once."""
    seen = {(one.place, one.error.code, str(one.error.params)) for one in flaws}
    for one in found:
        key = (one.place, one.error.code, str(one.error.params))
        if key not in seen:
            seen.add(key)
            flaws.append(one)
