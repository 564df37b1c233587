"""Offers indicators of the library while a name is typed, or when they are asked for with Alt+↓.

Typing is never altered, held up or taken over: the editor keeps the keyboard, and its keys mean what they
always mean until the person has gone into the list with ↓.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from core.sheet.grid import Cell
from ui.indicators import Indicators
from ui.look import Look
from ui.session import Session
from ui.sheet.picking import Picking

if TYPE_CHECKING:
    from core.library.search import Found
    from ui.sheet.suggestions import Offer, Suggestions
    from ui.sheet.view import SheetView

_LIMIT = 30
_PAUSE = 30
"""Milliseconds after a key before the list follows it: what is typed is painted first."""
_KEY = Qt.Key
_NONE = Qt.KeyboardModifier.NoModifier
_STEPS = {_KEY.Key_Down: 1, _KEY.Key_Up: -1, _KEY.Key_PageDown: 8, _KEY.Key_PageUp: -8}
_ENTERS = (_KEY.Key_Return, _KEY.Key_Enter)


class Suggesting(QObject):
    """The suggestions of one sheet. It stands beside the editor and is asked first what a key means."""

    def __init__(
        self, view: SheetView, session: Session, picking: Picking, indicators: Indicators, look: Look
    ) -> None:
        super().__init__(view)
        self._view, self._session, self._indicators, self._look = view, session, indicators, look
        self._picking = picking
        self._say = look.words.messages.say
        self._list: Suggestions | None = None
        self._found: list[Found] = []
        self._asked_for = self._waiting = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._show)
        typing = view.typing
        typing.helper = self
        typing.editor.typed.connect(self._on_typed)
        typing.editor.composing_changed.connect(self._on_composing)
        typing.closed.connect(self.close)
        typing.resized.connect(self._stand)
        view.moved.connect(lambda _: self.close())
        view.verticalScrollBar().valueChanged.connect(lambda _: self._stand())
        view.horizontalScrollBar().valueChanged.connect(lambda _: self._stand())
        indicators.ready.connect(self._on_ready)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    # -- asking --------------------------------------------------------------------------------------------

    def offers_for(self, cell: Cell | None) -> bool:
        """Whether the list can be opened in a cell."""
        return self._picking.is_name(cell)

    @property
    def shown(self) -> bool:
        """Whether the list is seen."""
        return self._list is not None and self._list.isVisible()

    def texts(self) -> list[str]:
        """Give the lines of the list, for tests and screen readers."""
        return self._list.texts() if self._list is not None and self.shown else []

    # -- keys (asked by Typing) ------------------------------------------------------------------------------

    def command_of(self, event: QKeyEvent) -> str | None:
        """Give the command of a key, or None when it means what it always means."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if (key, modifiers) == (_KEY.Key_Down, Qt.KeyboardModifier.AltModifier):
            return "suggest-open" if self._picking.is_name(self._view.current) else None
        if not self.shown or self._list is None or modifiers != _NONE:
            return None
        if key == _KEY.Key_Escape:
            return "suggest-close"
        inside = self._list.current is not None
        if key == _KEY.Key_Down or (inside and key in _STEPS):
            return f"suggest-{_STEPS[key]}"
        return "suggest-take" if inside and key in _ENTERS else None

    def run(self, command: str) -> None:
        """Do what a key asked for."""
        what = command.removeprefix("suggest-")
        if what == "open":
            self.open()
        elif what == "close":
            self.close()
        elif what == "take":
            current = self._list.current if self._list is not None else None
            if current is not None:
                self._take(current)
        elif self._list is not None:
            self._list.step(int(what))

    def open(self) -> None:
        """Open the list with its first line chosen, also in a blank cell."""
        if not self._picking.is_name(self._view.current):
            return
        self._view.show_current()
        self._asked_for = True
        self._show()

    def close(self) -> None:
        """Take the list away; the text stays as it is."""
        self._later.stop()
        self._asked_for = self._waiting = False
        if self._list is not None:
            self._list.hide()
            self._view.viewport().removeEventFilter(self)

    # -- what happens --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the list when the sheet gets another size under it."""
        if event.type() == QEvent.Type.Resize:
            self.close()
        return super().eventFilter(watched, event)

    def _on_typed(self, _: str) -> None:
        self._asked_for = False
        if self._picking.is_name(self._view.current):
            self._later.start(_PAUSE)

    def _on_composing(self, composing: bool) -> None:
        if composing:
            self.close()  # the input method shows its own list here

    def _on_focus(self, _: object, now: object) -> None:
        if now is not self._view.typing.editor:
            self.close()

    def _on_ready(self) -> None:
        if self._waiting:
            self._show()

    def _show(self) -> None:
        document = self._session.document
        cell = self._view.current
        if not self._picking.is_name(cell) or self._view.typing.editor.composing or cell is None:
            self.close()
            return
        if not self._indicators.is_ready(document):
            self._waiting = True
            self._indicators.prepare(document)
            return
        self._waiting = False
        text = self._text(cell)
        self._found = self._find(cell, text)
        if not self._found:
            asked = self._asked_for
            self.close()
            if asked:
                self._view.say(self._say("library.none-fits"))
            return
        self._offer(text)

    def _find(self, cell: Cell, text: str) -> list[Found]:
        """Give what fits the text; when the list was asked for, then what else fits the row's level."""
        asked = self._picking.asked(cell)
        found = self._indicators.suggest(asked, text, _LIMIT)
        if self._asked_for:
            known = {one.entry.id for one in found}
            found += [one for one in self._indicators.browse(asked, _LIMIT) if one.entry.id not in known]
        return found[:_LIMIT]

    def _offer(self, text: str) -> None:
        from ui.sheet.suggestions import Suggestions

        if self._list is None:
            self._list = Suggestions(self._look, self._say("library.list-hint"), self._view.viewport())
            self._list.taken.connect(self._take)
        self._list.offer([self._line(one, text) for one in self._found])
        self._list.show()
        self._list.raise_()
        self._view.viewport().installEventFilter(self)
        self._stand()
        if self._asked_for:
            self._list.step(1)

    def _line(self, found: Found, text: str) -> Offer:
        from ui.sheet.suggestions import Offer

        entry = found.entry
        other = self._indicators.library().other_name(entry, text) if text else ""
        about = [self._say("library.also", name=other)] if other else []
        about += [entry.level2 or entry.level1, *self._picking.usual(entry)]
        if found.used:
            about.append(self._say("library.used-before"))
        tip = [text for text in (entry.name, entry.formula, entry.evidence) if text]
        return Offer(entry.name, " · ".join(about), "\n".join(tip))

    def _stand(self) -> None:
        cell = self._view.current
        if not self.shown or self._list is None or cell is None:
            return
        rect, room = self._view.cell_rect(cell), self._view.viewport().rect()
        if rect.intersects(room):
            self._list.stand_at(rect.united(self._view.typing.editor.geometry()), room)
        else:
            self.close()  # its cell was scrolled away

    # -- inside --------------------------------------------------------------------------------------------

    def _take(self, number: int) -> None:
        entry = self._found[number].entry
        self.close()
        self._picking.pick(entry)

    def _text(self, cell: Cell) -> str:
        if self._view.typing.active:
            return self._view.typing.editor.raw_text()
        return self._session.document.text(cell.place) if cell.place else ""
