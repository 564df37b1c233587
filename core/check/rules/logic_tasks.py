"""IX-15: tasks and projects that no indicator measures, and indicators of others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from core.check.finding import Hit
from core.check.rule import INDICATORS, CellRule, Hits, TableRule
from core.check.rules.values_words import Words
from core.check.view import RowView, TableView
from core.sheet.definition import Field, Form, Table

TASK_TEXTS = ("content", "goal")
"""What a row must have one of, besides a name, to be a task or project."""
PROJECT_TEXTS = ("goal", "use", "summary")
"""Where a project's form may say what it is about, besides its name."""
RowKey = tuple[str, str]


# Tasks ------------------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """An indicator; or a task, or a project in a list of them."""

    name: str
    text: str | None
    """All words of a task; None for an indicator."""


def _task_or_indicator(row: RowView) -> _Line | None:
    name = row.text("name")
    if not name:
        return None
    tables = row.scene.form.tables
    if _measures(tables, tables[row.table]):
        return _Line(name, None)
    if not _is_task(row.columns):
        return None
    return _Line(name, f"{name}\n{row.text('content')}\n{row.text('goal')}")


def _measures(tables: Mapping[str, Table], table: Table) -> bool:
    """Whether the rows of a table are indicators, or stand in a task as its indicators do."""
    return table.role == INDICATORS or (table.parent != "" and _is_task(tables[table.parent].columns))


def _has_tasks(form: Form) -> bool:
    return any(_is_task(one.columns) and not _measures(form.tables, one) for one in form.tables.values())


def _is_task(columns: Mapping[str, Field]) -> bool:
    return "name" in columns and ("content" in columns or "goal" in columns)


class _Shared(NamedTuple):
    """What tasks share with indicators, and those that share nothing."""

    tasks: frozenset[RowKey]
    words: dict[RowKey, list[str]]
    """The words by the indicator in whose name they stand."""
    alone: list[str]
    """The texts of tasks that share no word."""
    hits: list[Hit]
    """What is said of these."""

    def stands(self, changed: Mapping[RowKey, tuple[RowView, _Line | None]], reader: Words) -> bool:
        """Whether that is still so with the rows that changed."""
        for key, (_, fact) in changed.items():
            if key in self.tasks or (fact is not None and fact.text is not None):
                return False
            needed = self.words.get(key)
            if needed is not None and (fact is None or not all(word in fact.name for word in needed)):
                return False
            if self.alone and (fact is None or _shares_any(reader, fact.name, self.alone)):
                return False
        return True


def _shares_any(words: Words, name: str, texts: list[str]) -> bool:
    return any(pair in text for pair in words.subject(name) for text in texts)


def _may_part(table: TableView, row: RowView, fact: _Line | None) -> bool:
    """Whether a row's new text may leave a task without a word it shares."""
    known: _Shared | None = table.memo.get("shared")
    return known is None or not known.stands({row.key: (row, fact)}, table.context.words)


def _unmeasured(table: TableView) -> Hits:
    """IX-15: a task that shares no word with any indicator, or with any of its own where it has such."""
    known: _Shared | None = table.memo.get("shared")
    if known is not None and known.stands(table.changed, table.context.words):
        return known.hits
    facts = table.facts
    shared: dict[str, tuple[str, int]] | None = table.holder.memo.get("shared")
    if shared is None:
        shared = {}
        table.holder.keep("shared", (), shared)
    tasks = [one for one in facts if one[1].text is not None]
    unmeasured = [
        (row, fact) for row, fact in tasks if not _still_shared(shared.get(row.id), row, fact, facts)
    ]
    hits = _search(table, unmeasured, shared) if unmeasured else []
    table.memo["shared"] = _all_shared(tasks, facts, shared, hits)
    return hits


def _search(
    table: TableView, unmeasured: list[tuple[RowView, _Line]], shared: dict[str, tuple[str, int]]
) -> list[Hit]:
    """Search words that tasks share with indicators; tell those that share none."""
    nested = any("." in path for path in table.tables)
    hits = []
    for row, fact in unmeasured:
        shared.pop(row.id, None)
        within = row.id if nested else ""
        found = [
            (place, one.name)
            for place, (other, one) in enumerate(table.facts)
            if one.text is None and other.parent == within
        ]
        known = _share(table.context.words, fact.text or "", found)
        if known is not None:
            shared[row.id] = known
        elif found:
            hits.append(table.hit(row.place("name"), task=fact.name, waiting=True))
    return hits


def _all_shared(
    tasks: list[tuple[RowView, _Line]],
    facts: list[tuple[RowView, _Line]],
    shared: Mapping[str, tuple[str, int]],
    hits: list[Hit],
) -> _Shared | None:
    """Give what tasks share; None while nothing can be said of one, for it has no indicators yet."""
    words: dict[RowKey, list[str]] = {}
    alone = []
    for row, fact in tasks:
        known = shared.get(row.id)
        if known is None:
            alone.append(fact.text or "")
        else:
            word, place = known
            words.setdefault(facts[place][0].key, []).append(word)
    if len(alone) != len(hits):
        return None
    return _Shared(frozenset(row.key for row, _ in tasks), words, alone, hits)


def _still_shared(
    known: tuple[str, int] | None, row: RowView, task: _Line, facts: list[tuple[RowView, _Line]]
) -> bool:
    """Whether the word that a task and an indicator shared when last asked still stands in both."""
    if known is None or task.text is None or known[0] not in task.text or known[1] >= len(facts):
        return False
    view, other = facts[known[1]]
    return other.text is None and known[0] in other.name and view.parent in ("", row.id)


def _share(words: Words, text: str, indicators: list[tuple[int, str]]) -> tuple[str, int] | None:
    """Give a word that a text shares with the name of an indicator, and where that stands."""
    for place, name in indicators:
        for pair in words.subject(name):
            if pair in text:
                return pair, place
    return None


# Projects ----


def _unmeasured_project(table: TableView) -> Hits:
    """IX-15: a project whose name and goal share no word with any indicator."""
    project, text = _project_and_texts(table)
    if not project or not table.context.words.subject(project):
        table.memo.pop("shared", None)
        return ()
    known: tuple[str, RowKey] | None = table.memo.get("shared")
    if known is not None and known[0] == text:
        row, name = table.changed.get(known[1], (None, ""))
        if row is None or (name is not None and _shares(row, name, text)):
            return ()
    for row, name in table.facts:
        if _shares(row, name, text):
            table.memo["shared"] = text, row.key
            return ()
    table.memo.pop("shared", None)
    return (table.hit(table.place("about.name"), case="project", task=project, waiting=True),)


def _shared_alone(table: TableView, row: RowView, _: str | None) -> bool:
    """Whether a row is the one that is known to share a word with the project, or none is."""
    known: tuple[str, RowKey] | None = table.memo.get("shared")
    return known is None or known[1] == row.key


def _project_and_texts(table: TableView) -> tuple[str, str]:
    """Give a project's name, and all that says what it is about."""
    holder, fields = table.holder, table.scene.form.fields
    known: tuple[str, str] | None = holder.memo.get("project")
    if known is None:
        project = table.text("about.name")
        known = project, "\n".join([project, *[table.text(name) for name in PROJECT_TEXTS if name in fields]])
        if not holder.table:  # else some of it stands elsewhere
            holder.keep("project", (holder.about.name, *PROJECT_TEXTS), known)
    return known


def _shares(row: RowView, name: str, text: str) -> bool:
    """Whether a row's name shares a word with a text, worked out once for both."""
    known: tuple[str, bool] | None = row.memo.get("shares")
    if known is None or known[0] != text:
        known = text, any(pair in text for pair in row.context.words.subject(name))
        row.keep("shares", ("name", "description"), known)
    return known[1]


def _name(row: RowView) -> str | None:
    name = row.text("name")
    return f"{name}\n{row.text('description')}" if name else None


# Indicators of others ------------------------------------------------------------------------------


def _others(row: RowView, column: str) -> Hits:
    """IX-15: 各区司法局… in the form of one district."""
    name = row.text(column)
    if column != "name" or "各" not in name:
        return ()
    words, unit = row.context.words, row.scene.text("unit.name")
    for word in words.data["other_words"]["not_units"]:
        unit = unit.replace(word, "")
    follow = tuple(words.data["other_words"]["follow"])
    for word, levels in words.data["others"].items():
        place = name.find(word)
        if place < 0 or name[place + len(word) :].startswith(follow):
            continue
        if any(level in unit for level in levels):
            return (row.hit(column, case="others", word=word),)
    return ()


RULES = (
    TableRule(
        "IX-15",
        _task_or_indicator,
        _unmeasured,
        ("name",),
        TASK_TEXTS,
        role="",
        together=True,
        by_change=True,
        matters=_may_part,
        forms=_has_tasks,
    ),
    TableRule(
        "IX-15",
        _name,
        _unmeasured_project,
        ("name",),
        ("description",),
        fields=("about.name",),
        perhaps=PROJECT_TEXTS,
        together=True,
        by_change=True,
        matters=_shared_alone,
    ),
    CellRule("IX-15", _others, kinds=("text",), role=INDICATORS, fields=("unit.name",)),
)
