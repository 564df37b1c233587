"""Typed reading of the parts of a definition file, collecting every mistake with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.sheet.definition import KINDS, About, Field, Table
from core.sheet.errors import RefusedError

MAX_TABLES = 40
MAX_FIELDS = 400
MAX_BEGUN = 500
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Mistakes(list[RefusedError]):
    """The mistakes found so far."""

    def add(self, place: str, code: str, /, **params: str | int) -> None:
        """Note a mistake at a place of the file."""
        self.append(RefusedError(code, details=(), place=place or "form.toml", **params))


class Part:
    """One table of the file: reads keys with their types and notes what is wrong."""

    def __init__(self, body: Any, place: str, mistakes: Mistakes) -> None:
        self.place = place
        self.mistakes = mistakes
        self._body: dict[str, Any] = body if isinstance(body, dict) else {}
        if not isinstance(body, dict):
            mistakes.add(place, "sheet.definition-type", wanted="表 { … }")

    def __contains__(self, key: str) -> bool:
        return key in self._body

    def names(self) -> list[str]:
        """Give the keys in the file's order."""
        return list(self._body)

    def mistake(self, key: str, code: str, /, **params: str | int) -> None:
        """Note a mistake at one of this part's keys."""
        self.mistakes.add(f"{self.place}.{key}".strip("."), code, **params)

    def only(self, allowed: set[str]) -> None:
        """Refuse keys that are not in the language."""
        for key in self._body:
            if key not in allowed:
                self.mistake(key, "sheet.definition-unknown-key", key=key, known="、".join(sorted(allowed)))

    def _typed(self, key: str, kind: type | tuple[type, ...], wanted: str) -> Any:
        value = self._body.get(key)
        if value is None:
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.mistake(key, "sheet.definition-type", wanted=wanted)
            return None
        return value

    def string(self, key: str, *, required: bool = False) -> str:
        """Read a text; ``""`` when absent."""
        value = self._typed(key, str, "文字")
        if not value and required:
            self.mistake(key, "sheet.definition-required")
        return value or ""

    def strings(self, key: str) -> tuple[str, ...]:
        """Read a list of texts, or one text."""
        value = self._typed(key, (list, str), "文字列表")
        items = [value] if isinstance(value, str) else (value or [])
        if not all(isinstance(item, str) for item in items):
            self.mistake(key, "sheet.definition-type", wanted="文字列表")
            return ()
        return tuple(items)

    def rows(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Read a list of lists of texts."""
        value = self._typed(key, list, "行的列表") or []
        if not all(isinstance(row, list) and all(isinstance(text, str) for text in row) for row in value):
            self.mistake(key, "sheet.definition-type", wanted="行的列表，每行是文字列表")
            return ()
        return tuple(tuple(row) for row in value)

    def boolean(self, key: str) -> bool:
        """Read true or false; false when absent."""
        return bool(self._typed(key, bool, "true 或 false"))

    def integer(self, key: str, default: int | None, low: int, high: int) -> int | None:
        """Read a whole number within bounds."""
        value = self._typed(key, int, "整数")
        if value is None:
            return default
        if not low <= value <= high:
            self.mistake(key, "sheet.definition-range", low=low, high=high)
            return default
        return int(value)

    def number(self, key: str) -> Decimal | None:
        """Read a positive number."""
        value = self._typed(key, (int, float), "数")
        return None if value is None else Decimal(str(value))

    def numbers(self, key: str) -> tuple[Decimal, ...]:
        """Read a list of numbers."""
        value = self._typed(key, list, "数的列表") or []
        if not all(isinstance(item, int | float) and not isinstance(item, bool) for item in value):
            self.mistake(key, "sheet.definition-type", wanted="数的列表")
            return ()
        return tuple(Decimal(str(item)) for item in value)

    def choice(self, key: str, known: tuple[str, ...], default: str) -> str:
        """Read one of a few words."""
        value = self.string(key)
        if not value:
            return default
        if value not in known:
            self.mistake(key, "sheet.definition-choice", value=value, known="、".join(known))
            return default
        return value

    def table(self, key: str) -> Mapping[str, Any]:
        """Read a table as it stands."""
        return self._typed(key, dict, "表 { … }") or {}

    def part(self, key: str) -> Part:
        """Read a table as a part; empty when absent."""
        return Part(self._body.get(key, {}), f"{self.place}.{key}".strip("."), self.mistakes)

    def parts(self, key: str) -> Iterator[Part]:
        """Read a list of tables as parts, counted from 1."""
        value = self._typed(key, list, "表的列表") or []
        for number, body in enumerate(value, start=1):
            yield Part(body, f"{self.place}.{key}[{number}]".strip("."), self.mistakes)


_FIELD_KEYS = {"label", "kind", "required", "limit", "compute", "signed", "options", "align", "open"}
_TABLE_KEYS = {
    "label",
    "columns",
    "merge",
    "always",
    "start",
    "blank",
    "limit",
    "role",
    "like",
    "beside",
    "tables",
    "about",
}
_DEFAULT_LABELS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "description": "绩效指标描述",
    "operator": "性质",
    "value": "指标值",
    "unit": "单位",
    "weight": "权重",
}


def read_fields(part: Part) -> Mapping[str, Field]:
    """Read the fields of a form."""
    if len(part.names()) > MAX_FIELDS:
        part.mistake("", "sheet.definition-range", low=0, high=MAX_FIELDS)
    return {name: _field(part.part(name), name) for name in part.names()}


def read_columns(part: Part) -> Mapping[str, Field]:
    """Read the columns of a table; the shared indicator columns have usual labels and kinds."""
    return {name: _field(part.part(name), name, column=True) for name in part.names()}


def _field(part: Part, name: str, *, column: bool = False) -> Field:
    part.only(_FIELD_KEYS)
    if not _NAME.fullmatch(name):
        part.mistake("", "sheet.definition-name-shape", name=name)
    kind = part.choice("kind", KINDS, "text")
    label = part.string("label") or (_DEFAULT_LABELS.get(name, "") if column else "")
    if not label:
        part.mistake("label", "sheet.definition-required")
    options = part.strings("options")
    if kind in ("choice", "choices") and not options:
        part.mistake("options", "sheet.definition-required")
    return Field(
        name,
        label,
        kind,
        part.boolean("required"),
        part.integer("limit", None, 1, 200_000),
        part.string("compute") or None,
        part.boolean("signed"),
        options,
        part.choice("align", ("left", "center", "right"), "") or None,
        part.boolean("open"),
    )


def read_about(part: Part, known: Mapping[str, Field]) -> About:
    """Read which of the known fields or columns say what it is about."""
    part.only({"code", "name", "amount", "projects"})
    names = [part.string(key) for key in ("code", "name", "amount", "projects")]
    for key, name in zip(("code", "name", "amount", "projects"), names, strict=True):
        if name and name not in known:
            part.mistake(key, "sheet.definition-unknown-name", name=name)
    return About(*names)


def read_tables(part: Part) -> Mapping[str, Table]:
    """Read the tables of a form and the tables inside their rows, keyed by dotted path."""
    found: dict[str, Table] = {}
    _read_tables_into(part, "", found)
    for path, table in found.items():
        if table.beside and (table.beside not in found or not found[table.beside].merge):
            part.mistake(path, "sheet.definition-beside", name=table.beside)
    if len(found) > MAX_TABLES:
        part.mistake("", "sheet.definition-range", low=0, high=MAX_TABLES)
    return found


def _read_tables_into(part: Part, parent: str, found: dict[str, Table]) -> None:
    for name in part.names():
        own = part.part(name)
        own.only(_TABLE_KEYS)
        if not _NAME.fullmatch(name) or path_depth(parent) > 1:
            own.mistake("", "sheet.definition-name-shape", name=name)
        path = f"{parent}.{name}".strip(".")
        like = own.string("like")
        if like and like not in found:
            own.mistake("like", "sheet.definition-unknown-name", name=like)
        table = _table(own, path)
        if like in found:
            table = replace(found[like], path=path, beside=table.beside, start=table.start, label=table.label)
        if not table.columns:
            own.mistake("columns", "sheet.definition-required")
        found[path] = table
        _read_tables_into(own.part("tables"), path, found)


def path_depth(path: str) -> int:
    """Give how many tables deep a path is."""
    return path.count(".") + 1 if path else 0


def _table(part: Part, path: str) -> Table:
    columns = read_columns(part.part("columns"))
    merge = part.strings("merge")
    start = tuple(part.parts("start"))
    for name in (*merge, *(key for row in start for key in row.names())):
        if columns and name not in columns:
            part.mistake("merge", "sheet.definition-unknown-name", name=name)
    always = part.rows("always")
    levels = [name for name, column in columns.items() if column.kind in ("level1", "level2")]
    if any(len(pair) != len(levels) for pair in always) or (always and len(levels) != 2):
        part.mistake("always", "sheet.definition-always")
        always = ()
    if len(start) + len(always) > MAX_BEGUN:
        part.mistake("start", "sheet.definition-range", low=0, high=MAX_BEGUN)
        start = always = ()
    return Table(
        path,
        columns,
        merge,
        tuple((pair[0], pair[1]) for pair in always),
        tuple({key: row.string(key) for key in row.names()} for row in start),
        part.integer("blank", 1, 0, 50) or 0,
        part.integer("limit", None, 1, 10_000),
        part.string("role") or None,
        part.string("beside") or None,
        part.string("label"),
        read_about(part.part("about"), columns),
    )
