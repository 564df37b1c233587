"""The side list of findings (检查): grouped by gravity, the one of the current cell open with its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from core.sheet.places import Place
from ui.finding_list import FindingList, group_of
from ui.judging import Tally
from ui.look import Look
from ui.marks import SIGNS

if TYPE_CHECKING:
    from core.check.finding import Finding
    from ui.problem_entry import ProblemEntry
    from ui.session import Session

LIST_FOLLOWS = 40
"""Milliseconds."""
_EDGES = 28
"""Pixels beside and between what stands above the list."""


class ProblemsPane(QFrame):
    """Shows a session's findings. ``wanted`` asks to stand on a place, ``said`` tells a result.

    ``fix_all_wanted`` asks to see all fixes like that of a finding, ``why_wanted`` for the page about its
    check, ``choice_wanted`` for what would make it go to be picked, ``other_wanted`` for a place of another
    form; ``about_to_change`` tells which places the fix that is shown would change, ``written`` that an
    explanation is finished and the keyboard has to go back to the sheet.
    """

    wanted = Signal(object)
    fix_all_wanted = Signal(object)
    about_to_change = Signal(object)
    why_wanted = Signal(object)
    choice_wanted = Signal(object)
    other_wanted = Signal(object)
    said = Signal(str)
    written = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems")
        self._look = look
        self._session: Session | None = None
        self._shown: list[Finding] = []
        self._counts: dict[str, int] = {}
        self._place: Place | None = None
        self._entry: ProblemEntry | None = None
        # The sheet shows its marks at once; the list follows when the key has been painted.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LIST_FOLLOWS)
        self._soon.timeout.connect(self.refresh)
        self._tally = QLabel(self)
        self._tally.setTextFormat(Qt.TextFormat.PlainText)
        self._tally.setObjectName("tally")
        # As wide for any ordinary count: else the sheet jumps when a tenth finding comes.
        wide = look.words("tally-short", errors=88, warnings=88, hints=88)
        self._tally.setMinimumWidth(self._tally.fontMetrics().horizontalAdvance(wide))
        self._check = QPushButton(look.words("check-all"), self)
        self._check.setToolTip(look.words("check-all-tip"))
        self._check.clicked.connect(self.check_all)
        self._more = QToolButton(self)
        self._more.setObjectName("more-checking")
        self._more.setText("▾")
        self._more.setAccessibleName(look.words("more-checking"))
        self._more.setToolTip(look.words("more-checking"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._list = FindingList(look, self)
        self._list.chosen.connect(self._go)
        self._list.resized.connect(self._fit_entry)
        self.setFocusProxy(self._list)
        self._nothing = QLabel(look.words("no-findings"), self)
        self._nothing.setWordWrap(True)
        self._nothing.setObjectName("quiet")
        top = QHBoxLayout()
        top.addWidget(self._tally, 1)
        top.addWidget(self._check)
        top.addWidget(self._more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 4, 4)
        layout.addLayout(top)
        layout.addWidget(self._nothing)
        layout.addWidget(self._list, 1)
        self.refresh()

    def add_menu(self, actions: Sequence[QAction]) -> None:
        """Offer what else can be done about checks, behind the small button at the top."""
        self._more.addActions(actions)  # the menu is made when it is opened

    # -- what is shown -------------------------------------------------------------------------------

    def attach(self, session: Session | None) -> None:
        """Show the findings of another session."""
        if self._session is not None:
            self._session.judged.disconnect(self._soon.start)
        self._session = session
        if session is not None:
            session.judged.connect(self._soon.start)
        self._shown = []
        self._place = None
        self.refresh()

    def refresh(self) -> None:
        """Take in changed findings."""
        self._soon.stop()
        session = self._session
        findings = session.findings() if session else []
        self._show_tally(session.tally() if session else Tally())
        if self._entry is not None and self._entry.explaining.is_writing:
            return  # not under her hands: when she is done
        if findings != self._shown or not findings:
            self._shown = findings
            self._fill()
        else:
            self._list.show_anew()
            if self._entry is not None:
                self._entry.refresh()
                self._fit_entry()

    def open_for(self, place: Place | None) -> None:
        """Open the entry of the current cell, if it has one."""
        if place != self._place:
            self._place = place
            if self._soon.isActive():
                self.refresh()
            row = self._list.row_for(place)
            if row is None:
                self._close_entry()
                self._list.setCurrentRow(-1)
            else:
                self._open(row)
                self._say_unseen()

    @property
    def entry(self) -> ProblemEntry | None:
        """The entry that is open."""
        return self._entry

    @property
    def current(self) -> Finding | None:
        """The finding whose entry is open."""
        return self._entry.finding if self._entry else None

    # -- what can be done ------------------------------------------------------------------------------

    def go_on(self, *, back: bool = False) -> None:
        """Go to the next (or previous) finding, round the end."""
        rows = self._list.rows()
        if not rows:
            self.said.emit(self._look.words("no-findings"))
            return
        here = self._list.currentRow()
        if back:
            row = next((one for one in reversed(rows) if one < here), rows[-1])
        else:
            row = next((one for one in rows if one > here), rows[0])
        self._list.setCurrentRow(row)
        self._go(row)

    def go_to(self, finding: Finding) -> None:
        """Go to a finding and open its entry; to its place alone while it is held back."""
        row = self._list.row_of(finding)
        if row is None:
            self.wanted.emit(finding)
        else:
            self._go(row)

    def apply_fix(self) -> None:
        """Apply the fix of the open finding as one step that can be undone.

        Nothing is changed unseen: where only another finding about the cell has a fix, that one is opened.
        """
        from core.check.fixing import merge

        finding, session = self.current, self._session
        if session is None or not self._shows_fix():
            return
        if self._came_up():
            self.said.emit(self._look.words("fix-seen"))
            return
        assert finding is not None
        merged = merge([finding], session.document)
        if merged.skipped:
            self.said.emit(self._look.words("fix-outdated", count=1))
        elif session.do(merged.edits, self._look.words("step-fix")):
            self.said.emit(self._look.words("fix-done"))

    def fix_all(self) -> None:
        """Ask to see all fixes of the kind of the open finding."""
        if self._shows_fix(once_is_enough=True):
            self.fix_all_wanted.emit(self.current)

    def _came_up(self) -> bool:
        """Show the side list where it is folded away; gives whether it was."""
        hidden = not self.isVisible()
        if hidden:
            self.show()
        return hidden

    def _shows_fix(self, *, once_is_enough: bool = False) -> bool:
        """Whether the open entry shows a fix; else one about the same cell is opened, if there is any."""
        if self.current is not None and self.current.fix is not None:
            return True
        row = self._list.row_for(self._place, with_fix=True)
        if row is not None:
            self._open(row)
            self.said.emit(self._look.words("fix-seen"))
            return once_is_enough
        self.said.emit(self._look.words("no-fix-here"))
        return False

    def explain(self) -> None:
        """Open the explanation of the open finding for writing."""
        self._came_up()
        if self._entry is None or not self._entry.explaining.begin():
            self.said.emit(self._look.words("nothing-to-explain"))

    def keep_explanation(self) -> None:
        """Let the old explanation of the open finding answer what the check says now."""
        if self._entry is None or not self._entry.explaining.keep_old():
            self.said.emit(self._look.words("nothing-to-keep"))
        else:
            self.said.emit(self._look.words("explanation-kept"))

    def finish_writing(self) -> None:
        """Keep the explanation that is being written."""
        if self._entry is not None:
            self._entry.explaining.finish()

    def check_all(self) -> None:
        """Show everything there is to do, empty required cells too."""
        if self._session is not None:
            self._session.judge_fully()
            tally = self._session.tally()
            self.said.emit(
                self._look.words(
                    "checked", errors=tally.errors, warnings=tally.warnings, missing=tally.missing
                )
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the word before the counts out where there is no room for it."""
        super().resizeEvent(event)
        self._fit_tally()

    # -- inside ------------------------------------------------------------------------------------------

    def _fit_tally(self) -> None:
        text = self._look.words("tally", **self._counts) if self._counts else ""
        beside = self._check.sizeHint().width() + self._more.sizeHint().width()
        if self._tally.fontMetrics().horizontalAdvance(text) > self.width() - beside - _EDGES:
            text = self._look.words("tally-short", **self._counts)
        self._tally.setText(text)

    def _show_tally(self, tally: Tally) -> None:
        counts = {"errors": tally.errors, "warnings": tally.warnings, "hints": tally.hints + tally.missing}
        self._counts = counts
        self._fit_tally()
        self._tally.setAccessibleName(self._look.words("tally-spoken", missing=tally.missing, **counts))
        self._tally.setToolTip(
            self._look.words("tally-tip", missing=tally.missing, explained=tally.explained)
        )
        busy = self._session is not None and not self._session.judging.started
        hidden = tally.missing and not (self._session and self._session.judging.full)
        self._nothing.setVisible(not self._shown and not busy)
        name = "missing-only" if hidden else "no-findings"
        self._nothing.setText(self._look.words(name, missing=tally.missing))

    def _fill(self) -> None:
        kept, session = self.current, self._session
        self._close_entry()
        tables = list(session.document.form.top_tables()) if session else []
        only = tables[0].label if len(tables) == 1 else ""
        self._list.fill(self._shown, session.is_explained if session else lambda _: False, only)
        self._nothing.setVisible(not self._shown)
        row = self._list.row_of(kept)
        row = self._list.row_for(self._place) if row is None else row
        if row is not None:
            self._open(row)

    def _open(self, row: int) -> None:
        finding = self._list.finding(row)
        if finding is None or self._session is None:
            return
        from ui.problem_entry import ProblemEntry

        self._close_entry()
        self._list.setCurrentRow(row)
        entry = self._entry = ProblemEntry(finding, self._session, self._look, self._list)
        entry.fix_wanted.connect(self.apply_fix)
        entry.why_wanted.connect(lambda: self.why_wanted.emit(finding))
        entry.fix_all_wanted.connect(self.fix_all)
        entry.choice_wanted.connect(lambda: self.choice_wanted.emit(finding))
        entry.other_wanted.connect(self.other_wanted)
        entry.resized.connect(self._on_resized)
        entry.explaining.done.connect(self.written)
        self._list.open(row, entry)
        self.about_to_change.emit(entry.touched)

    def _on_resized(self) -> None:
        self._fit_entry()
        self._soon.start()  # what came while an explanation was being written

    def _fit_entry(self) -> None:
        if self._entry is not None:
            self._list.fit(self._list.currentRow(), self._entry)

    def _close_entry(self) -> None:
        """Close the open entry; an explanation being written in it is kept, like a text in a cell."""
        if self._entry is None:
            return
        entry, self._entry = self._entry, None
        entry.explaining.finish()
        self.about_to_change.emit(frozenset())
        self._list.close_entry(entry)

    def _go(self, row: int) -> None:
        finding = self._list.finding(row)
        if finding is None:
            return
        self._place = finding.places[0]
        if self._entry is None or self._entry.finding is not finding:
            self._open(row)
        # After this event: moving the keyboard away from the list while it handles a click upsets it.
        QTimer.singleShot(0, self, lambda: self._lead_to(finding))

    def _lead_to(self, finding: Finding) -> None:
        self.wanted.emit(finding)
        self._say_unseen()

    def _say_unseen(self) -> None:
        """Say in the line below what the open entry says, where this list is folded away."""
        if not self.isVisible() and self.current is not None:
            sign = SIGNS[group_of(self.current)]
            self.said.emit(f"{sign} {self.current.message}")
