"""All fixes of one kind before any is applied: where, what stands there, what would; a tick for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QPushButton, QTableWidgetItem, QWidget

from core.check.fixing import Change, Merged, Skipped, changes_of, excerpts, merge
from core.check.labels import Labels
from ui.fix_preview import as_it_comes_out
from ui.listing import Listing
from ui.page_frame import PageFrame
from ui.tools import Tools

if TYPE_CHECKING:
    from core.check.finding import Finding
    from ui.session import Session

NAMED = 3
"""So many places that are left out are named; of more only how many."""


class FixPage(PageFrame):
    """Shows the fixes with ticks. ``taken`` carries the merged fixes with a tick once she has looked."""

    taken = Signal(object)
    wide = True

    def __init__(
        self, findings: Sequence[Finding], session: Session, tools: Tools, parent: QWidget | None = None
    ) -> None:
        super().__init__(tools.words("fix-all-title"), tools.look, parent, scrolls=False)
        self._tools, self._session = tools, session
        self.findings = [one for one in findings if one.fix is not None]
        self._lines: list[tuple[int, Change]] = []
        self.button = QPushButton(self)
        self.button.setObjectName("main")
        self.button.clicked.connect(self.apply)
        self.bar.addWidget(self.button)
        self.body.setContentsMargins(16, 0, 16, 12)
        self.text(tools.words("fix-all-text", message=self.findings[0].message))
        self.remark = self.text("", "warning")
        self.list = self._make_list()
        self.body.addWidget(self.list, 1)
        self._show_count()

    def begin(self) -> None:
        """Begin in the list, so that nothing is applied by a stray Enter."""
        self.list.choose(max(0, self.list.currentRow()))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def stand_on(self, finding: Finding) -> None:
        """Begin at the fix of a finding."""
        number = self.findings.index(finding) if finding in self.findings else 0
        self.list.choose(self._first_row(number))

    def tick(self, number: int, ticked: bool) -> None:
        """Set or take away the tick of a fix."""
        item = self.list.item(self._first_row(number), 0)
        if item is not None:
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def chosen(self) -> list[Finding]:
        """Give the findings with a tick."""
        return [one for number, one in enumerate(self.findings) if self._is_ticked(number)]

    def merged(self) -> Merged:
        """Give the ticked fixes as one step."""
        return merge(self.chosen(), self._session.document)

    def apply(self) -> None:
        """Ask for the ticked fixes to be applied."""
        merged = self.merged()
        if merged.edits:
            self.taken.emit(merged)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Space on any line of a fix turns its tick."""
        if (
            watched is self.list
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Space
            and 0 <= self.list.currentRow() < len(self._lines)
        ):
            number = self._lines[self.list.currentRow()][0]
            self.tick(number, not self._is_ticked(number))
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    # -- inside ------------------------------------------------------------------------------------------

    def _make_list(self) -> Listing:
        words, document = self._tools.words, self._session.document
        labels = Labels(document.form, self._tools.messages)
        for number, finding in enumerate(self.findings):
            if finding.fix is not None:
                changes = changes_of(finding.fix.edits, document, labels)
                shown = as_it_comes_out(changes, self._session, words)
                self._lines += [(number, one) for one in shown]
        rows = [[one.where, *self._before_and_after(one)] for _, one in self._lines]
        heads = [words(name) for name in ("paste-where", "paste-old", "paste-new")]
        made = Listing(heads, rows, [20, 20], self.look, self)
        for column in (1, 2):  # old and new share what is left of the width
            made.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        told = -1
        for row, (number, _) in enumerate(self._lines):
            item = made.item(row, 0)
            if item is not None and number != told:
                self._add_tick(item, self.findings[number])
            elif item is not None:
                item.setText(words("fix-also", where=item.text()))
            told = number
        made.setAccessibleName(words("fix-all-title"))
        made.installEventFilter(self)
        made.itemChanged.connect(lambda _: self._show_count())
        return made

    def _add_tick(self, item: QTableWidgetItem, finding: Finding) -> None:
        """Let the first line of a fix be ticked; what was explained as right is not ticked at first."""
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        explained = self._session.is_explained(finding)
        item.setCheckState(Qt.CheckState.Unchecked if explained else Qt.CheckState.Checked)

    def _before_and_after(self, change: Change) -> tuple[str, str]:
        words = self._tools.words
        if change.sort == "text":
            pieces = excerpts(change.old, change.new)
            old, new = ("\n".join(piece[side] or words("blank") for piece in pieces) for side in (0, 1))
            return old, new
        if change.sort == "moved":
            return words("fix-row", number=change.old), words("fix-row", number=change.new)
        none = words("take-no-row")
        return change.old or none, change.new or none

    def _first_row(self, number: int) -> int:
        """Give the row that has the tick of a fix."""
        return next(row for row, (owner, _) in enumerate(self._lines) if owner == number)

    def _is_ticked(self, number: int) -> bool:
        item = self.list.item(self._first_row(number), 0)
        return item is not None and item.checkState() is Qt.CheckState.Checked

    def _show_count(self) -> None:
        merged = self.merged()
        self.button.setText(self._tools.words("fix-all-do", count=len(merged.edits)))
        self.button.setEnabled(bool(merged.edits))
        self.remark.setText(skipped_text(merged.skipped, self._session, self._tools))
        self.remark.setVisible(bool(merged.skipped))


def skipped_text(skipped: Sequence[Skipped], session: Session, tools: Tools) -> str:
    """Say which fixes are left out and why, ``""`` when none is."""
    labels = Labels(session.document.form, tools.messages)
    told = []
    for why, name in (("overlap", "fix-overlap"), ("outdated", "fix-outdated")):
        findings = [one.finding for one in skipped if one.why == why]
        changes = [
            changes_of(one.fix.edits[:1], session.document, labels)[0].where
            for one in findings[:NAMED]
            if one.fix is not None and why == "overlap"
        ]
        if findings:
            told.append(tools.words(name, count=len(findings), where="、".join(changes)))
    return "".join(told)
