"""Everything besides the document that a judgement may depend on (ruling 15).

Immutable, and nothing else is read: that is why an incremental result can equal a full one. A changed
counterpart is a new snapshot in a new context.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from unicodedata import normalize

from core.check.rules.values_words import Words, read_words
from core.check.settings import Settings
from core.library.library import Library
from core.library.reader import read_library
from core.sheet.document import Document, Row
from core.sheet.levels import Levels, read_levels
from core.sheet.values import ValueGrammar


def name_key(text: str) -> str:
    """Give a name's letters and digits only, by which it is found again."""
    return "".join(char for char in normalize("NFKC", text) if char.isalnum()).casefold()


@dataclass(frozen=True, eq=False)
class Counterpart:
    """Another document to compare with: a private copy that nobody edits any more.

    ``relation``: ``approved`` (批复) · ``declared`` (申报) · ``adjusted`` (调整) · ``monitored`` (监控) ·
    ``last-year`` · ``together`` (handed in with it); ``core.check.beside.relations`` finds them.
    ``file`` names it in messages and in places of the form ``FILE#place``. ``project``: the id of the row it
    stands for, where it lists projects and each row begins a document.
    """

    relation: str
    document: Document
    file: str = ""
    project: str = ""
    memo: dict[Any, Any] = field(default_factory=dict, repr=False)
    """For what is worked out of its document once; counterparts of one document may share it."""

    @cached_property
    def named_rows(self) -> Mapping[tuple[str, str], Row]:
        """Its rows by table and name (letters and digits only), where that name stands once."""
        found: dict[tuple[str, str], list[Row]] = {}
        for table in self.document.form.tables:
            for _, row in self.document.all_rows(table):
                name = name_key(row.cells.get("name", ""))
                if name:
                    found.setdefault((table, name), []).append(row)
        return {key: rows[0] for key, rows in found.items() if len(rows) == 1}


@dataclass(frozen=True, eq=False)
class Context:
    """Settings, counterparts, indicator library, today's date, and the words and grammar of values."""

    grammar: ValueGrammar
    levels: Levels
    words: Words
    today: date
    settings: Settings = field(default_factory=Settings)
    counterparts: tuple[Counterpart, ...] = ()
    library: Library | None = None

    def with_counterparts(self, counterparts: tuple[Counterpart, ...]) -> Context:
        """Give the same context with other counterparts."""
        return replace(self, counterparts=counterparts)

    def counterpart(self, relation: str) -> Document | None:
        """Give the first counterpart that stands in a relation to the document, or None."""
        found = self.related(relation)
        return found.document if found is not None else None

    def related(self, relation: str) -> Counterpart | None:
        """Give the first counterpart of a relation with its file and what is kept with it, or None."""
        return next((one for one in self.counterparts if one.relation == relation), None)


def read_context(
    resources: Path, today: date, settings: Settings | None = None, library: Library | None = None
) -> Context:
    """Read grammar, levels, words and indicator library from the resources folder, without counterparts.

    ``library`` is one read already, with a bureau's own files in it.
    """
    return Context(
        grammar=ValueGrammar(resources / "values.toml"),
        levels=read_levels(resources / "levels.toml"),
        words=read_words(resources / "checks" / "words.toml"),
        today=today,
        settings=settings or Settings(),
        library=library or read_library(resources / "library"),
    )
