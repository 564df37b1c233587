"""All explanations (情况说明) of one form: which still answer, which are to be looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from core.check.explaining import Standing, standings
from core.check.finding import Severity
from core.sheet.edits import SetExplanation
from ui.listing import Listing
from ui.page_frame import PageFrame
from ui.tools import Tools

if TYPE_CHECKING:
    from core.check.finding import Finding
    from ui.session import Session

_STATES = {
    "answers": "explanation-answers",
    "changed": "explanation-changed",
    "gone": "explanation-gone",
}


class ExplanationsPage(PageFrame):
    """Lists them. ``wanted`` asks to stand where the finding of one is."""

    wanted = Signal(object)
    wide = True

    def __init__(self, session: Session, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(tools.words("explanations-title"), tools.look, parent, scrolls=False)
        self._session, self._tools = session, tools
        self.shown: list[Standing] = []
        self.list: Listing | None = None
        words = tools.words
        self.go = self._button(words("explanation-go"), self._go)
        self.keep = self._button(words("explanation-stands"), self._keep)
        self.remove = self._button(words("explanation-remove"), self._remove)
        self.body.setContentsMargins(16, 0, 16, 12)
        self.summary = self.text("")
        self.reload(0)

    def begin(self) -> None:
        """Begin at the first one."""
        if self.list is None:
            super().begin()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self, row: int) -> None:
        """Show them as they stand now, at one row."""
        session, words = self._session, self._tools.words
        self.shown = standings(session.document, session.judging.findings())
        stale = sum(one.state != "answers" for one in self.shown)
        name = "explanations-text" if self.shown else "explanations-none"
        self.summary.setText(words(name, count=len(self.shown), stale=stale))
        had_keyboard = self.list is not None and self.list.hasFocus()
        if self.list is not None:
            self.body.removeWidget(self.list)
            self.list.deleteLater()
            self.list = None
        if self.shown:
            self.list = self._make_list()
            self.body.addWidget(self.list, 1)
            self.list.show()  # at once, else it cannot take the keyboard
            self.list.choose(min(row, len(self.shown) - 1))
            if had_keyboard:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.body.addStretch(1)
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._weigh()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Enter goes to the finding, Delete takes the explanation away."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go()
                return True
            if event.key() == Qt.Key.Key_Delete:
                self._remove()
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def keep_old(self) -> None:
        """Let the current explanation answer what the check says now (its key was pressed)."""
        if self.keep.isEnabled():
            self._keep()

    # -- inside ------------------------------------------------------------------------------------------

    def _button(self, words: str, pressed: object) -> QPushButton:
        button = QPushButton(words, self)
        button.clicked.connect(pressed)
        self.bar.addWidget(button)
        return button

    def _make_list(self) -> Listing:
        words = self._tools.words
        rows = []
        for one in self.shown:
            about = one.finding.message if one.finding is not None else one.explanation.about
            rows.append([self._state(one), about, one.explanation.text])
        heads = [words("explanation-state"), words("explanation-about"), words("explanation-text")]
        made = Listing(heads, rows, [11, 32], self.look, self)
        made.setAccessibleName(words("explanations-title"))
        made.currentCellChanged.connect(lambda *_: self._weigh())
        made.cellActivated.connect(lambda *_: self._go())
        made.installEventFilter(self)
        return made

    def _state(self, one: Standing) -> str:
        words = self._tools.words
        state = words(_STATES[one.state])
        error = one.finding is not None and one.finding.severity is Severity.ERROR
        return words("explanation-exception", state=state) if error else state

    @property
    def _current(self) -> Standing | None:
        row = self.list.currentRow() if self.list is not None else -1
        return self.shown[row] if 0 <= row < len(self.shown) else None

    @property
    def _finding(self) -> Finding | None:
        return self._current.finding if self._current is not None else None

    def _weigh(self) -> None:
        """Open the buttons that can do something for the current one."""
        current, frozen = self._current, self._session.frozen
        self.go.setEnabled(self._finding is not None)
        self.keep.setEnabled(current is not None and current.state == "changed" and not frozen)
        self.remove.setEnabled(current is not None and not frozen)

    def _go(self) -> None:
        if self._finding is not None:
            self.wanted.emit(self._finding)

    def _keep(self) -> None:
        current = self._current
        if current is not None and current.finding is not None:
            self._session.explain(current.finding, current.explanation.text)
            self._reload_here()

    def _remove(self) -> None:
        current = self._current
        if current is not None and not self._session.frozen:
            self._session.do([SetExplanation(current.key, current.explanation, None)])
            self._session.judged.emit()
            self._reload_here()

    def _reload_here(self) -> None:
        self.reload(self.list.currentRow() if self.list is not None else 0)
