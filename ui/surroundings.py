"""What open documents are judged with besides themselves: other drafts of their unit, the person's picks.

Looks after the first paint and after a step is closed, never while a key is being typed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from core.sheet.errors import RefusedError
from core.sheet.places import Place
from ui.tools import Tools

if TYPE_CHECKING:
    from core.check.beside.relations import Relatives
    from core.check.beside.together import Handed
    from core.check.binding import Binding
    from core.check.finding import Finding
    from core.check.judged import Judged
    from core.draft.records import Draft
    from core.sheet.compute import Computation
    from core.sheet.document import Document
    from ui.neighbours import Neighbour, Neighbours
    from ui.session import Session

FOLLOWS = 400
"""Milliseconds after the last change until other documents are looked at."""


class Elsewhere(NamedTuple):
    """A place in another draft: which, what it is called, where in words."""

    id: str
    name: str
    where: str
    place: Place


class Surroundings(QObject):
    """Keeps the counterparts of all open documents right, and what is found about documents together.

    ``judged_anew`` tells a session whose findings changed although nobody edited its document.
    """

    judged_anew = Signal(object)

    def __init__(
        self, tools: Tools, sessions: Callable[[], Iterable[Session]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._sessions = sessions
        self._neighbours: Neighbours | None = None
        self._all: list[Neighbour] = []
        self._relatives: Relatives | None = None
        self._figures: dict[Document, tuple[Binding, Computation]] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(FOLLOWS)
        self._soon.timeout.connect(self._look)
        self._reading = QTimer(self)
        self._reading.setInterval(0)
        self._reading.timeout.connect(self._read_on)

    # -- what happened -----------------------------------------------------------------------------------

    def look_soon(self) -> None:
        """Look again soon: a document was opened or closed, or the list of drafts changed."""
        self._soon.start()

    def note_edited(self, session: Session) -> None:
        """Take in that an open document changed."""
        if self._neighbours is not None:
            if sum(1 for _ in self._sessions()) > 1:  # nobody else looks at the copy of an only one
                self._neighbours.forget(session.document.id)
            self._soon.start()

    def stop(self) -> None:
        """Look no more: the window closes."""
        self._soon.stop()
        self._reading.stop()

    def look_now(self, also: Iterable[Draft] = ()) -> None:
        """Have everything right at once, as before a document (or ``also`` these drafts) is printed or sent.

        Raises RefusedError.
        """
        self.stop()
        kept = self._kept()
        kept.look(also)
        while kept.is_behind:
            kept.read_one()
        self._apply()

    def pick(self, document: Document, name: str, value: Any) -> None:
        """Take another value of a setting that may be chosen; all open documents it counts for follow.

        Raises ValueError for a value that is not offered.
        """
        tools = self._tools
        tools.picks.pick(document, tools.binding_of(document), name, value)
        for session in self._started():
            settings = tools.picks.settings_of(session.document)
            if session.judging.in_settings(settings):
                session.edited.emit()  # figures may be worked out by the setting
                session.judged.emit()
                self.judged_anew.emit(session)
        self._soon.start()

    # -- asking -------------------------------------------------------------------------------------------

    def neighbours(self) -> list[Neighbour]:
        """Give the drafts that are compared with, the open ones among them, as they stood last."""
        return list(self._all)

    def where(self, elsewhere: str) -> Elsewhere | None:
        """Give what ``FILE#place`` of a finding stands for; None when that draft is no more."""
        from core.check.labels import Labels, RowNumbers

        name, _, counted = elsewhere.rpartition("#")
        found = next((one for one in self._all if one.name == name), None)
        if found is None:
            return None
        document = found.document
        try:
            place = document.place(counted)
        except RefusedError:
            return None
        labels = Labels(document.form, self._tools.messages)
        return Elsewhere(found.id, name, labels.place(place, document, RowNumbers(document)), place)

    def judged(self, session: Session) -> Judged:
        """Give an open document as it stands, with all that is found about it."""
        from core.check.judged import Judged

        session.judging.start()
        with contextlib.suppress(RefusedError):  # a disk in trouble does not keep anything from being printed
            self.look_now()
        return Judged(session.document.copy(), session.judging.findings())

    def judged_drafts(self, drafts: Sequence[Draft]) -> list[Judged]:
        """Give drafts judged singly and together, open ones as they are shown; raises RefusedError."""
        from core.check.judged import Judged
        from core.sheet.document_file import read_document

        self.look_now(drafts)
        shown = {one.document.id: one for one in self._started()}
        together = self._together()
        found = []
        for draft in drafts:
            session = shown.get(draft.id)
            if session is not None:
                found.append(Judged(session.document.copy(), session.judging.findings()))
            else:
                data = self._tools.store.drafts.read(draft.id, steps=0).document
                document = read_document(data, self._tools.forms)
                found.append(Judged(document, self._findings(document, together.get(draft.id, []))))
        return found

    # -- inside -------------------------------------------------------------------------------------------

    def _kept(self) -> Neighbours:
        from ui.neighbours import Neighbours

        self._neighbours = self._neighbours or Neighbours(self._tools, self._sessions)
        return self._neighbours

    def _started(self) -> Iterator[Session]:
        return (one for one in self._sessions() if one.judging.started)

    def _look(self) -> None:
        if not any(True for _ in self._started()):
            return
        if any(one.history.open_number is not None for one in self._sessions()):
            self._soon.start()  # she is typing: when that step is closed
            return
        try:
            self._kept().look()
        except RefusedError:
            return  # the list of drafts tells it
        self._reading.start()

    def _read_on(self) -> None:
        """Read one draft between two events, then take all of them in."""
        kept = self._kept()
        if kept.is_behind and (document := kept.read_one()) is not None:
            self._worked_out(document)
        if not kept.is_behind:
            self._reading.stop()
            self._apply()

    def _apply(self) -> None:
        """Give every open document its counterparts, and tell what is found about documents together."""
        from core.check.beside.relations import Relatives
        from ui.neighbours import by_name

        found = self._kept().all()
        if self._relatives is None or not _same(found, self._all):
            self._relatives = Relatives(by_name(found))
        self._all = found
        together = self._together()
        for session in self._started():
            session.judging.elsewhere = self.where
            counterparts = self._relatives.of(session.document, self._name_of(session.document))
            changed = session.judging.compare_with(counterparts)
            changed |= session.judging.tell_together(together.get(session.document.id, []))
            if changed:
                session.judged.emit()
                self.judged_anew.emit(session)

    def _name_of(self, document: Document) -> str:
        return next((one.name for one in self._all if one.id == document.id), "")

    def _together(self) -> dict[str, list[Finding]]:
        """Give what is wrong with documents of one unit, year and stage together, by the draft to change."""
        from core.check.beside.together import judge_across
        from core.check.rulebook import ACROSS

        ids = {one.name: one.id for one in self._all}
        found: dict[str, list[Finding]] = {}
        for name, finding in judge_across(self._handed(), ACROSS):
            found.setdefault(ids[name], []).append(finding)
        return found

    def _handed(self) -> Iterator[Handed]:
        from core.check.beside.together import Handed

        shown = {one.document.id: one for one in self._started()}
        known = {one.document for one in self._all}
        self._figures = {document: kept for document, kept in self._figures.items() if document in known}
        for one in self._all:
            session = shown.get(one.id)
            if session is not None and (engine := session.judging.engine) is not None:
                yield Handed(one.name, session.document, engine.computation, engine.binding)
            else:
                binding, computation = self._worked_out(one.document)
                yield Handed(one.name, one.document, computation, binding)

    def _worked_out(self, document: Document) -> tuple[Binding, Computation]:
        """Give the checks and figures of a document nobody has open, worked out once."""
        binding, kept = self._tools.binding_of(document), self._figures.get(document)
        if kept is None or kept[0] is not binding:
            kept = self._figures[document] = (binding, self._tools.figures_of(document))
        return kept

    def _findings(self, document: Document, together: list[Finding]) -> list[Finding]:
        """Judge a document nobody has open, as it would be judged in the window."""
        from core.sheet.compute import Computation

        engine = self._tools.open_engine(document, Computation(document))
        if self._relatives is not None:
            counterparts = self._relatives.of(document, self._name_of(document))
            engine.with_context(engine.context.with_counterparts(counterparts))
        return sorted([*engine.findings(), *together], key=lambda one: one.severity.rank)


def _same(found: list[Neighbour], before: list[Neighbour]) -> bool:
    """Whether they are the same copies under the same names."""
    return [(one.name, id(one.document)) for one in found] == [(one.name, id(one.document)) for one in before]
