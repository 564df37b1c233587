"""Writes a drafted map as TOML for a person to look over, each line with the template's words beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from core.fill.drafting import Draft
from core.fill.mapping import DOCUMENT, ListMap, SheetMap, Source
from core.fill.sheet_xml import Spot
from core.intake.pieces import cell_name
from core.sheet.definition import Form
from core.sheet.messages import Messages
from core.sheet.places import FACTS

_NOTE_AT = 44


def map_text(draft: Draft, form: Form, template: str, messages: Messages) -> str:
    """Give the text of a map file; ``template`` is the name of the blank table."""
    return "\n".join(_MapText(draft, form, messages).lines(template)) + "\n"


class _MapText:
    def __init__(self, draft: Draft, form: Form, messages: Messages) -> None:
        self._draft = draft
        self._form = form
        self._messages = messages

    def lines(self, template: str) -> Iterator[str]:
        """Give all lines."""
        made = self._draft.map
        head = self._messages.say("fill.map-head", template=_line(template), form=self._form.name)
        yield from (f"# {line}" for line in head.splitlines())
        yield f"form = {_quoted(made.form)}"
        yield f"edition = {_quoted(made.edition)}"
        yield _noted(f"together = {_value(made.together)}", self._messages.say("fill.map-together"))
        for sheet in made.sheets:
            yield from self._sheet(sheet)
        yield from self._unused()

    def _sheet(self, sheet: SheetMap) -> Iterator[str]:
        yield from ("", "[[sheet]]", f"name = {_quoted(sheet.name)}")
        if sheet.cells:
            yield from ("", "[sheet.cells]")
        for spot, source in sheet.cells.items():
            yield self._entry(cell_name(*spot), source, sheet.name, spot)
        for one in sheet.lists:
            yield from self._list(sheet.name, one)

    def _list(self, sheet: str, one: ListMap) -> Iterator[str]:
        table = self._form.tables.get(one.each)
        code = "fill.map-each-document" if one.each == DOCUMENT else "fill.map-each-row"
        note = self._messages.say(code, table=table.label if table else "")
        yield from ("", "[[sheet.list]]", _noted(f"each = {_quoted(one.each)}", note), f"first = {one.first}")
        if one.last is not None:
            yield f"last = {one.last}"
        if any(source.replace for source in one.columns.values()):
            yield _noted("replace = true", self._messages.say("fill.map-replace"))
        yield "[sheet.list.columns]"
        for column, source in one.columns.items():
            letters = cell_name(1, column)[:-1]
            yield self._entry(letters, source, sheet, (one.first, column), in_list=True)

    def _entry(self, key: str, source: Source, sheet: str, spot: Spot, *, in_list: bool = False) -> str:
        label = self._draft.labels.get((sheet, spot), "")
        return _noted(f"{key} = {_source(source, in_list)}", _line(label))

    def _unused(self) -> Iterator[str]:
        """Give, as comments, the places of the form that the map does not use."""
        used = {source.place for source in self._draft.map.sources()}
        places = [name for name in (*FACTS, *self._form.fields) if name not in used]
        for path, table in self._form.tables.items():
            places += [f"{path}.{name}" for name in table.columns if f"{path}.{name}" not in used]
        if places:
            yield from ("", f"# {self._messages.say('fill.map-unused')}")
            yield from (f"#   {place}（{self._label(place)}）" for place in places)

    def _label(self, place: str) -> str:
        if place in FACTS:
            return self._messages.say(f"sheet.fact-{place.replace('.', '-')}")
        field = self._form.column(*(place.rpartition(".")[0], place.rpartition(".")[2]))
        return _line(field.label) if field else place


def _source(source: Source, in_list: bool) -> str:
    given: dict[str, str | bool | int] = {
        "place": source.place,
        "part": source.part,
        "unit": source.unit,
        "date": source.date,
        "as": source.kind,
        "fixed": source.fixed,
        "printed": source.printed,
        "behind": source.behind,
        "replace": source.replace and not in_list,
    }
    given |= {"limit": source.limit or 0}
    stated = {key: value for key, value in given.items() if value}
    if set(stated) <= {"place"}:
        return _quoted(source.place)
    return "{ " + ", ".join(f"{key} = {_value(value)}" for key, value in stated.items()) + " }"


def _value(value: str | bool | int) -> str:
    return _quoted(value) if isinstance(value, str) else str(value).lower()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _noted(text: str, note: str) -> str:
    return f"{text:<{_NOTE_AT}} # {note}" if note else text


def _line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
