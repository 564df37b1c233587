"""The indicator library as the window uses it: read beside the window, with what each unit used before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from core.sheet.errors import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from core.draft.store import Store
    from core.library.library import Library
    from core.library.search import Found
    from core.sheet.definition import Table
    from core.sheet.document import Document
    from core.sheet.forms import FormLibrary
    from core.sheet.levels import Levels
    from core.sheet.values import ValueGrammar
    from ui.tasks import Tasks

_DRAFTS = 60
"""So many of a unit's drafts, the newest, say which indicators it used before."""


class Asked(NamedTuple):
    """Where suggestions are wanted: the document and the texts of the row, as far as it is filled."""

    document: Document
    table: Table
    cells: Mapping[str, str]


class Indicators(QObject):
    """Gives suggestions. ``ready`` when they can be given at once, ``refused`` an own file with a mistake."""

    ready = Signal()
    refused = Signal(object)

    def __init__(
        self,
        resources: Path,
        store: Store,
        forms: FormLibrary,
        tasks: Tasks,
        levels: Callable[[], Levels],
        grammar: Callable[[], ValueGrammar],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._resources, self._store, self._forms, self._tasks = resources, store, forms, tasks
        self._levels = levels
        self.grammar = grammar
        self._library: Library | None = None
        self._used: dict[str, frozenset[str]] = {}
        self._preparing = False

    @property
    def known(self) -> Library | None:
        """The library, if it has been read."""
        return self._library

    def library(self) -> Library:
        """Give the library; reads it at the first time. An own file with a mistake is told and left out."""
        if self._library is None:
            from core.library.reader import own_files, read_library

            own = own_files(self._store.folder.path)
            self._library = read_library(self._resources / "library", own, self.refused.emit)
        return self._library

    def forget(self) -> None:
        """Read the files again when they are next asked for: one was added."""
        self._library = None
        self._used.clear()

    def is_ready(self, document: Document | None) -> bool:
        """Whether suggestions (for a document) can be given at once."""
        known = document is None or document.id in self._used
        return known and self._library is not None and self._library.ready

    def prepare(self, document: Document | None) -> None:
        """Get suggestions (for a document) ready beside the window; ``ready`` tells when."""
        if self._preparing or self.is_ready(document):
            return
        self._preparing = True
        library = self.library()
        key, unit = (document.id, document.unit_name) if document is not None else ("", "")

        def work(_: object) -> frozenset[str]:
            library.get_ready()
            return library.used(self._names_of(unit, key)) if key else frozenset()

        def done(used: frozenset[str]) -> None:
            self._preparing = False
            if library is self._library:
                self._used[key] = used
            self.ready.emit()

        def refused(_: RefusedError) -> None:  # the drafts cannot be read: the list of them tells so
            done(frozenset())

        self._tasks.run_quietly(work, refused, done)

    def suggest(self, asked: Asked, text: str, limit: int) -> list[Found]:
        """Give the indicators that fit a text in a row, best first; nothing before ``prepare`` is done."""
        if self._library is None:
            return []
        level1, level2 = self._level_names(asked)
        used = self._used.get(asked.document.id, frozenset())
        return self._library.search(text, level1, level2, used, limit)

    def browse(self, asked: Asked, limit: int) -> list[Found]:
        """Give what a blank name cell offers: of the row's level, what the unit used before first."""
        if self._library is None:
            return []
        found = self._library.browse(*self._level_names(asked), self.used(asked.document))
        return [one for one in found if one.fits][:limit] or found[:limit]

    def look_through(self, asked: Asked | None, text: str, area: str, limit: int) -> list[Found]:
        """Give what the page of the library shows: all of an area, or what fits a text.

        Before ``prepare`` is done, a text is not looked for yet.
        """
        library = self.library()
        used = self.used(asked.document) if asked is not None else frozenset()
        levels = self._level_names(asked) if asked is not None else ("", "")
        if text.strip() and library.ready:
            return library.search(text, *levels, used, limit, area)
        return library.browse("", "", frozenset(), area) if not text.strip() else []

    def used(self, document: Document) -> frozenset[str]:
        """Give the ids of the indicators that the unit used in its other documents, as far as known yet."""
        return self._used.get(document.id, frozenset())

    # -- inside ------------------------------------------------------------------------------------------

    def _level_names(self, asked: Asked) -> tuple[str, str]:
        """Give the standard names of the row's levels, ``""`` for a blank or unknown one."""
        kinds = {column.kind: name for name, column in asked.table.columns.items()}
        found = []
        for depth, kind in ((1, "level1"), (2, "level2")):
            text = asked.cells.get(kinds.get(kind, ""), "")
            level = self._levels().find(text, depth) if text else None
            found.append(level.name if level else "")
        return found[0], found[1]

    def _names_of(self, unit: str, but: str) -> list[str]:
        """Give the names of indicators in a unit's other documents. Runs beside the window."""
        from core.library.picking import indicator_names
        from core.sheet.document_file import read_document

        drafts = [one for one in self._store.drafts.list() if one.facts.unit_name == unit and one.id != but]
        names: list[str] = []
        for draft in drafts[:_DRAFTS]:
            try:
                document = read_document(self._store.drafts.read(draft.id, steps=0).document, self._forms)
            except RefusedError:
                continue  # a damaged draft is told where it is opened
            names += indicator_names(document)
        return names
