"""Fills a topic into a form, going by the form's fields, columns, kinds and levels only."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from bench.accuracy.topics import Topic, joined, money
from core.sheet.compute import Computation
from core.sheet.definition import Field, Form, Table
from core.sheet.document import ROOT, Document, Row
from core.sheet.levels import Levels
from core.sheet.numbers import round_half_up
from core.sheet.places import Place, field_place

SIGNS = {"≥": "大于等于", "≤": "小于等于", "=": "等于", ">": "大于", "<": "小于"}
ALSO = {
    "year_fiscal": "fiscal",
    "year_other": "other",
    "mid_fiscal": "fiscal",
    "mid_other": "other",
    "mid_goal": "goal",
    "long_goal": "goal",
    "budget": "total",
    "amount": "total",
    "initial_fiscal": "fiscal",
    "initial_other": "other",
    "budget_fiscal": "fiscal",
    "budget_other": "other",
}
"""A topic that does not name a field itself has it under this name."""


class Filler:
    """Makes documents of topics; the same topic and form give the same document, row ids too."""

    def __init__(self, levels: Levels, topics: Mapping[str, Topic]) -> None:
        self._levels = levels
        self._topics = topics

    def fill(self, topic: Topic, form: Form, want: Mapping[str, Any]) -> Document:
        """Give the document a topic wants of a form."""
        ids = (f"r{number}" for number in itertools.count(1))
        document = Document(
            form,
            id=f"{abs(hash_of(topic.name + form.form)):016x}",
            stage=want.get("stage", form.stages[0]),
            year=want["year"],
            unit_name=topic.value("unit", want),
            unit_code=topic.value("unit_code", want),
        )
        for name, field in form.fields.items():
            if not field.compute and (text := self._text(topic, field, want, form)):
                document.set_text(field_place(name), text)
        for table in form.top_tables():
            self._fill_table(document, table, ROOT, topic, want, ids)
        if want.get("typed"):
            type_computed(document)
        return document

    def _text(self, topic: Topic, field: Field, want: Mapping[str, Any], form: Form) -> str:
        text = topic.value(field.name, want) or topic.value(ALSO.get(field.name, ""), want)
        if text and field.kind == "money":
            return money(text, form.money.unit, thousands=form.money.thousands)
        return text

    def _fill_table(
        self,
        document: Document,
        table: Table,
        parent: str,
        topic: Topic,
        want: Mapping[str, Any],
        ids: Iterator[str],
    ) -> None:
        if table.role == "indicators":
            rows = self._indicator_rows(document.form, table, topic, want)
        elif table.about.amount:
            for name in (topic.name, *want.get("with", ())):
                self._add(document, table, parent, self._topics[name], want, {}, ids)
            return
        else:
            rows = topic.rows(table.name, want)
        for row in rows:
            self._add(document, table, parent, topic, want, row, ids)

    def _add(
        self,
        document: Document,
        table: Table,
        parent: str,
        topic: Topic,
        want: Mapping[str, Any],
        row: Mapping[str, Any],
        ids: Iterator[str],
    ) -> None:
        """Add a row told by the topic; of a project (nothing told) the cells are the topic's own values."""
        cells = {}
        form = document.form
        for name, column in table.columns.items():
            text = str(row.get(name, "")) if row else self._project_text(topic, column, want)
            if text and column.kind == "money":
                text = money(text, form.money.unit, thousands=form.money.thousands)
            if text and (column.open or not column.compute):
                cells[name] = text
        row_id = next(ids)
        document.insert_row(table.path, parent, len(document.rows(table.path, parent)), Row(row_id, cells))
        for inner in form.inner_tables(table.path):
            if inner.role == "indicators":
                self._fill_table(document, inner, row_id, topic, want, ids)
            for one in row.get(inner.name, ()):
                self._add(document, inner, row_id, topic, want, one, ids)

    @staticmethod
    def _project_text(topic: Topic, column: Field, want: Mapping[str, Any]) -> str:
        """A cell of a row that is a project; what the wanted document says is about its first one."""
        name = {"name": "project_name", "budget": "total"}.get(column.name, column.name)
        return topic.value(name, {"form": want["form"]})

    # -- indicators -----------------------------------------------------------------------------------

    def _indicator_rows(
        self, form: Form, table: Table, topic: Topic, want: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """Give the rows in the order of the form's levels; pairs the form demands stay, empty."""
        later = table.name.startswith(("mid_", "long_"))
        stated = [row for row in topic.indicators(want) if not (later and row.get("period") == "")]
        rows = [self._indicator(form, table, topic, row, later=later) for row in stated]
        pairs = self._pairs(table)
        for pair in table.always:
            if not any((row["level1"], row["level2"]) == pair for row in rows):
                rows.append({"level1": pair[0], "level2": pair[1]})
        rows.sort(key=lambda row: self._order(pairs, row))
        self._scale(rows, want)
        return rows

    @staticmethod
    def _order(pairs: list[tuple[str, str]], row: Mapping[str, Any]) -> tuple[int, int]:
        """Where a row stands: by its first level, then its second; what the form does not name, last."""
        firsts = [level1 for level1, _ in pairs]
        first = firsts.index(row["level1"]) if row["level1"] in firsts else len(pairs)
        pair = (row["level1"], row["level2"])
        return first, pairs.index(pair) if pair in pairs else len(pairs)

    @staticmethod
    def _pairs(table: Table) -> list[tuple[str, str]]:
        return [*table.always, *((row["level1"], row["level2"]) for row in table.start)]

    def _indicator(
        self,
        form: Form,
        table: Table,
        topic: Topic,
        row: Mapping[str, Any],
        *,
        later: bool,
    ) -> dict[str, Any]:
        cells: dict[str, Any] = {name: text for name, text in row.items() if isinstance(text, str)}
        cells["level1"], cells["level2"] = self._levels_of(table, *topic.levels(row))
        columns = table.columns
        if table.value_parts and table.value_parts[0]:
            options = columns[table.value_parts[0]].options
            cells["operator"] = row["sign"] if row["sign"] in options else SIGNS[row["sign"]]
        else:
            cells["value"] = cells.get("period", joined(row)) if later else joined(row)
            cells.pop("unit", None)
            cells["value_before"] = cells.get("before", cells["value"])
        cells.setdefault("period_value", cells.get("period") or cells["value"])
        if "direction" in columns:
            way = "反向" if row.get("direction") == "down" or row["sign"] in ("≤", "<") else "正向"
            cells["direction"] = next(one for one in columns["direction"].options if one.startswith(way))
        if "reason" in columns and form.stages[0] == "调整":
            cells["reason"] = cells.get("why", "")
        elif "progress" in columns:
            cells["reason"] = cells.get("progress_reason", "")
        if "value_before" in columns and not cells.get("why"):
            cells["value_before"] = cells["value"]
        return cells

    def _levels_of(self, table: Table, level1: str, level2: str) -> tuple[str, str]:
        """Give the names this form has for two levels."""
        known = self._levels.find(level2, 2)
        pairs = self._pairs(table)
        for pair in pairs:
            if (found := self._levels.find(pair[1], 2)) is not None and found == known:
                return pair
        if "成本" in level2:
            wanted = [pair for pair in pairs if "成本" in pair[1]]
            return wanted[0] if wanted else (level1, level2)
        above = next(
            (pair[0] for pair in pairs if self._levels.find(pair[0], 1) == self._levels.find(level1, 1)),
            level1,
        )
        return above, level2

    @staticmethod
    def _scale(rows: list[dict[str, Any]], want: Mapping[str, Any]) -> None:
        """Make the weights add up to the points this document has, in steps of half a point."""
        wanted = want.get("points")
        weights = [Decimal(row["weight"]) for row in rows if row.get("weight")]
        if not wanted or not weights or sum(weights) == wanted:
            return
        scaled = [round_half_up(weight * wanted / sum(weights) * 2, 0) / 2 for weight in weights]
        scaled[scaled.index(max(scaled))] += wanted - sum(scaled)
        for row, weight in zip((row for row in rows if row.get("weight")), scaled, strict=True):
            row["weight"] = f"{weight.normalize():f}"


def type_computed(document: Document) -> None:
    """Type every computed figure, as copies from elsewhere have them."""
    computation = Computation(document)
    form = document.form
    for name, field in form.fields.items():
        _type(document, computation, field_place(name), field)
    for path, table in form.tables.items():
        for _, row in list(document.all_rows(path)):
            for name, column in table.columns.items():
                _type(document, computation, Place(path, row.id, name), column)


def _type(document: Document, computation: Computation, place: Place, field: Field) -> None:
    if not field.compute or document.text(place):
        return
    value = computation.value(place)
    if value is not None:
        document.set_text(place, shown(value, field, document.form))


def shown(value: Decimal, field: Field, form: Form) -> str:
    """Give a figure as a clerk writes it into such a place."""
    if field.kind == "percent":
        return f"{round_half_up(value * 100, 2)}%"
    if field.kind == "choice":
        return field.options[int(value) - 1]
    if field.kind == "money":
        return f"{round_half_up(value, 2):,.2f}" if form.money.thousands else f"{round_half_up(value, 2):.2f}"
    return f"{round_half_up(value, 2).normalize():f}"


def hash_of(text: str) -> int:
    """Give a number that is the same on every machine."""
    total = 0
    for char in text:
        total = (total * 1_000_003 + ord(char)) % (1 << 64)
    return total
