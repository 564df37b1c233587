"""Reads a map from TOML and says everything that is wrong with it in one go."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from core.fill.mapping import (
    DOCUMENT,
    NUMBER,
    OPEN,
    PARTS,
    UNITS,
    ListMap,
    Map,
    SheetMap,
    Source,
    field_of,
    is_at_hand,
    split_place,
)
from core.fill.sheet_xml import Spot
from core.fill.validation import area_of, column_number
from core.intake.workbook import MAX_COLUMN, MAX_ROW
from core.sheet.definition import Form
from core.sheet.definition_parts import Mistakes, Part
from core.sheet.errors import RefusedError

MAX_BYTES = 1024 * 1024
MAX_SOURCES = 5_000
KEYS = (
    "place",
    "fixed",
    "part",
    "unit",
    "decimals",
    "limit",
    "date",
    "as",
    "words",
    "printed",
    "behind",
    "replace",
)
"""What may be said about a cell or column."""
_DATE_MARKS = ("YYYY", "MM", "DD")


class MapError(RefusedError):
    """A map is refused; ``details`` are all its mistakes, each with place and reason."""

    def __init__(self, file: str, mistakes: list[RefusedError]) -> None:
        super().__init__("fill.broken-map", details=mistakes, file=file, count=len(mistakes))


def parse_map(data: bytes, file: str) -> Map:
    """Read a map from the bytes of its TOML file; ``file`` is its name for messages.

    Raises MapError with every mistake found.
    """
    if len(data) > MAX_BYTES:
        raise RefusedError("sheet.file-too-big", size=len(data), limit=MAX_BYTES)
    try:
        body = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MapError(
            file, [RefusedError("sheet.definition-toml", place=file, reason=str(error))]
        ) from error
    mistakes = Mistakes()
    top = Part(body, "", mistakes)
    top.only({"form", "edition", "together", "sheet"})
    made = Map(
        top.string("form", required=True),
        top.string("edition"),
        top.boolean("together"),
        tuple(_sheet(part) for part in top.parts("sheet")),
        file,
    )
    if not any(True for _ in made.sources()):
        mistakes.add("sheet", "fill.empty-map")
    if sum(1 for _ in made.sources()) > MAX_SOURCES:
        mistakes.add("sheet", "sheet.definition-range", low=1, high=MAX_SOURCES)
    if mistakes:
        raise MapError(file, mistakes)
    return made


def check_map(made: Map, form: Form) -> None:
    """Raise MapError with every place of a map that this form does not have, or that does not suit it."""
    mistakes = Mistakes()
    for sheet in made.sheets:
        for source in sheet.cells.values():
            _check(source, form, None, sheet.name, mistakes)
        for one in sheet.lists:
            if one.each != DOCUMENT and one.each not in form.tables:
                tables = "、".join((DOCUMENT, *form.tables))
                mistakes.add(sheet.name, "fill.unknown-each", each=one.each, known=tables)
                continue
            for source in one.columns.values():
                _check(source, form, one.each, sheet.name, mistakes)
    if mistakes:
        raise MapError(made.file, mistakes)


def _check(source: Source, form: Form, each: str | None, where: str, mistakes: Mistakes) -> None:
    place = source.place
    if place in ("", NUMBER, OPEN):
        return
    field = field_of(form, place)
    if field is None:
        mistakes.add(where, "fill.unknown-place", place_name=place, form=form.form, edition=form.edition)
        return
    table, _ = split_place(place)
    if each is not None and not is_at_hand(place, each):
        mistakes.add(where, "fill.other-table", place_name=place, each=each)
    elif each is None and table and "[" not in place:
        mistakes.add(where, "fill.which-row", place_name=place, table=table)
    if source.part and field.kind != "value":
        mistakes.add(where, "fill.part-of-what", place_name=place)
    if source.unit and field.kind != "money":
        mistakes.add(where, "fill.unit-of-what", place_name=place)


def _sheet(part: Part) -> SheetMap:
    part.only({"name", "cells", "list"})
    name = part.string("name", required=True)
    cells: dict[Spot, Source] = {}
    for key, source in _sources(part, "cells"):
        area = area_of(key)
        if area is None or area[:2] != area[2:] or not (1 <= area.top <= MAX_ROW and area.left < MAX_COLUMN):
            part.mistake(f"cells.{key}", "fill.no-cell", text=key)
        else:
            cells[area.top, area.left] = source
    return SheetMap(name, cells, tuple(_list(one) for one in part.parts("list")))


def _list(part: Part) -> ListMap:
    part.only({"each", "first", "last", "replace", "columns"})
    columns: dict[int, Source] = {}
    replaces = part.boolean("replace")
    for key, source in _sources(part, "columns"):
        column = column_number(key)
        if column is None or column >= MAX_COLUMN:
            part.mistake(f"columns.{key}", "fill.no-column", text=key)
        else:
            columns[column] = replace(source, replace=replaces)
    first = part.integer("first", None, 1, MAX_ROW)
    last = part.integer("last", None, 1, MAX_ROW)
    if first is None and "first" not in part:
        part.mistake("first", "sheet.definition-required")
    if first is not None and last is not None and last < first:
        part.mistake("last", "sheet.definition-range", low=first, high=MAX_ROW)
    return ListMap(part.string("each", required=True), first or 1, last, columns)


def _sources(part: Part, key: str) -> Iterator[tuple[str, Source]]:
    body = part.table(key)
    place = f"{part.place}.{key}"
    for name, value in body.items():
        yield name, _source(value, f"{place}.{name}", part.mistakes)


def _source(value: Any, place: str, mistakes: Mistakes) -> Source:
    if isinstance(value, str):
        return Source(value)
    part = Part(value, place, mistakes)
    if not isinstance(value, dict):
        return Source()
    part.only(set(KEYS))
    source = Source(
        part.string("place"),
        part.choice("part", PARTS, ""),
        part.choice("unit", (*UNITS, OPEN), ""),
        part.integer("decimals", None, 0, 10),
        part.integer("limit", None, 1, 32_767),
        part.string("date"),
        part.choice("as", ("number", "text"), ""),
        _words(part),
        part.string("fixed"),
        part.boolean("printed"),
        part.boolean("behind"),
        part.boolean("replace"),
    )
    if bool(source.place) == bool(source.fixed):
        part.mistake("place", "fill.place-or-fixed")
    if source.date and not all(source.date.count(mark) == 1 for mark in _DATE_MARKS):
        part.mistake("date", "fill.date-pattern", text=source.date)
    return source


def _words(part: Part) -> dict[str, str]:
    body = part.table("words")
    if not all(isinstance(text, str) for text in body.values()):
        part.mistake("words", "sheet.definition-type", wanted="文字")
        return {}
    return {str(text): str(written) for text, written in body.items()}
