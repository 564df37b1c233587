"""The other drafts of the units of open documents, as frozen copies: read little by little beside typing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from core.check.context import name_key
from core.draft.records import Draft, Facts, Shelf
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.errors import RefusedError
from ui.tools import Tools

if TYPE_CHECKING:
    from ui.session import Session


@dataclass(frozen=True, eq=False)
class Neighbour:
    """A draft as it stood at one moment: nobody edits this copy. ``name`` tells it from all others."""

    id: str
    name: str
    document: Document


class Neighbours:
    """Keeps a copy of every draft that may be compared with an open one.

    Copies of drafts that lie on the disk are read one at a time (``read_one``); those of open documents are
    taken from their sessions, anew after ``forget``.
    """

    def __init__(self, tools: Tools, sessions: Callable[[], Iterable[Session]]) -> None:
        self._tools = tools
        self._sessions = sessions
        self._drafts: list[Draft] = []
        self._read: dict[str, tuple[int, Document | None]] = {}
        self._copies: dict[str, Document] = {}
        self._waiting: list[Draft] = []

    def look(self, also: Iterable[Draft] = ()) -> None:
        """See which drafts there are beside the open ones and ``also`` these.

        Raises RefusedError when the list cannot be read.
        """
        open_now = {one.document.id: one.document for one in self._sessions()}
        subjects = {*map(_subject, open_now.values()), *(_subject_of(one.facts) for one in also)}
        drafts = self._tools.store.drafts
        listed = [*drafts.list(), *drafts.list(Shelf.ARCHIVED)]
        near = [one for one in listed if any(_is_near(one, subject) for subject in subjects)]
        self._drafts = sorted(near, key=lambda one: (one.created, one.id))
        known = {one.id for one in near}
        self._read = {name: kept for name, kept in self._read.items() if name in known}
        self._copies = {name: copy for name, copy in self._copies.items() if name in open_now}
        self._waiting = [one for one in near if one.id not in open_now and not self._is_read(one)]

    @property
    def is_behind(self) -> bool:
        """Whether there is something left to read."""
        return bool(self._waiting)

    def read_one(self) -> Document | None:
        """Read one draft and give it; one that cannot be read is left out, opening it tells why."""
        draft = self._waiting.pop()
        document = None
        try:
            data = self._tools.store.drafts.read(draft.id, steps=0).document
            document = read_document(data, self._tools.forms)
        except RefusedError:
            pass
        self._read[draft.id] = (draft.revision, document)
        return document

    def forget(self, draft_id: str) -> None:
        """Have the copy of an open document taken anew."""
        self._copies.pop(draft_id, None)

    def all(self) -> list[Neighbour]:
        """Give the copies, oldest draft first, the same objects as long as nothing changed."""
        open_now = {one.document.id: one.document for one in self._sessions()}
        found: list[tuple[Draft, Document]] = []
        for draft in self._drafts:
            live = open_now.get(draft.id)
            if live is not None:
                if draft.id not in self._copies:
                    self._copies[draft.id] = live.copy()
                found.append((draft, self._copies[draft.id]))
            elif (kept := self._read.get(draft.id, (0, None))[1]) is not None:
                found.append((draft, kept))
        names = dict(zip([one.id for one, _ in found], self._names([one for one, _ in found]), strict=True))
        return [Neighbour(draft.id, names[draft.id], document) for draft, document in found]

    # -- inside ------------------------------------------------------------------------------------------

    def _is_read(self, draft: Draft) -> bool:
        return self._read.get(draft.id, (-1, None))[0] == draft.revision

    def _names(self, drafts: list[Draft]) -> Iterator[str]:
        """Give each a name of its own: its title, year and stage, numbered where it is still not alone."""
        taken: set[str] = set()
        words = self._tools.words
        for draft in drafts:
            facts: Facts = draft.facts
            title = self._tools.title(facts)
            name = words("neighbour", title=title, year=facts.year, stage=facts.stage)
            number, alone = 2, name
            while alone in taken:
                alone, number = words("neighbour-again", name=name, number=number), number + 1
            taken.add(alone)
            yield alone


def by_name(neighbours: Iterable[Neighbour]) -> Mapping[str, Document]:
    """Give the documents by the names findings call them."""
    return {one.name: one.document for one in neighbours}


class _Subject(NamedTuple):
    """Whose document it is, for which year, and the draft it came from."""

    unit: str
    code: str
    year: str
    origin: str


def _subject(document: Document) -> _Subject:
    origin = document.origin.id if document.origin is not None else ""
    return _Subject(name_key(document.unit_name), document.unit_code.strip(), document.field("year"), origin)


def _subject_of(facts: Facts) -> _Subject:
    return _Subject(name_key(facts.unit_name), facts.unit_code.strip(), facts.year, "")


def _is_near(draft: Draft, subject: _Subject) -> bool:
    """Whether a draft may be compared with a document: of its year or the year before, and of its unit.

    Units whose code begins with another one's belong to it; what they state is summed up there.
    """
    if draft.damaged:
        return False
    if subject.origin == draft.id:
        return True
    unit, code, year, _ = _subject_of(draft.facts)
    if code and subject.code:
        same = code.startswith(subject.code) or subject.code.startswith(code)
    else:
        same = bool(unit) and unit == subject.unit
    return same and (not subject.year.isdecimal() or year in (subject.year, str(int(subject.year) - 1)))
