"""One open finding: what it says, where, why, its fix shown before it is applied, its explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from core.check.choosing import choice_in
from core.check.fixing import alike, changes_of
from core.check.labels import Labels
from core.sheet.places import Place
from ui.explaining_box import ExplainingBox
from ui.fix_preview import FixPreview, as_it_comes_out
from ui.look import Look
from ui.marks import SIGNS

if TYPE_CHECKING:
    from core.check.finding import Finding
    from core.check.fixing import Change
    from ui.session import Session


class ProblemEntry(QWidget):
    """The open entry of a finding. ``resized`` when it needs another height."""

    fix_wanted = Signal()
    fix_all_wanted = Signal()
    choice_wanted = Signal()
    other_wanted = Signal(object)
    why_wanted = Signal()
    resized = Signal()

    def __init__(self, finding: Finding, session: Session, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.finding = finding
        self._session, self._look = session, look
        self.setObjectName("entry")
        self.setAccessibleName(finding.message)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(8, 8, 8, 8)
        self._layout.setSpacing(4)
        sign = SIGNS["missing" if finding.missing else finding.severity.value]
        self._text(f"{sign} {finding.message}", "message")
        if finding.source:
            self._text(look.words("source", source=finding.source), "quiet")
        self._changes: list[Change] = []
        self._add_elsewhere()
        self.fix = self._add_fix()
        self._add_choice()
        self.explaining = ExplainingBox(finding, session, look, self)
        self.explaining.resized.connect(self.resized)
        self._layout.addWidget(self.explaining)
        why = QPushButton(look.words("why"), self)
        why.setObjectName("link")
        why.clicked.connect(self.why_wanted)
        self._layout.addWidget(why, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def touched(self) -> frozenset[Place]:
        """The cells the fix would change."""
        return frozenset(one.place for one in self._changes)

    def height_for(self, width: int) -> int:
        """Give the height all of it needs at a width."""
        for label in self.findChildren(QLabel):
            label.ensurePolished()  # else it counts without the room its style takes
        self._layout.activate()
        return (
            self._layout.heightForWidth(width)
            if self._layout.hasHeightForWidth()
            else self.sizeHint().height()
        )

    def refresh(self) -> None:
        """Show the explanation as it stands."""
        self.explaining.refresh()

    # -- inside ------------------------------------------------------------------------------------------

    def _text(self, text: str, name: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setObjectName(name)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._layout.addWidget(label)
        return label

    def _add_elsewhere(self) -> None:
        """Show the places in other forms, each with a button that opens it."""
        found = [self._session.judging.elsewhere(one) for one in self.finding.elsewhere]
        places = [one for one in found if one is not None]
        if places:
            from ui.elsewhere_box import ElsewhereBox

            box = ElsewhereBox(places, self._look, self)
            box.wanted.connect(self.other_wanted)
            self._layout.addWidget(box)

    def _add_choice(self) -> None:
        """Offer the local way of checking that would make the finding go."""
        choice, engine = choice_in(self.finding), self._session.judging.engine
        if choice is None or engine is None or self._session.frozen:
            return
        label = engine.binding.catalogue.settings[choice[0]].label
        button = QPushButton(self._look.words("choice-here", label=label, value=choice[1]), self)
        button.clicked.connect(self.choice_wanted)
        self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_fix(self) -> FixPreview | None:
        """Show what the fix would change, and how many more such places there are."""
        fix, session = self.finding.fix, self._session
        if fix is None or session.frozen:
            return None
        labels = Labels(session.document.form, self._look.words.messages)
        self._changes = changes_of(fix.edits, session.document, labels)
        group = alike(self.finding, session.findings())
        count = sum(len(one.fix.edits) for one in group if one.fix) if len(group) > 1 else 0
        shown = as_it_comes_out(self._changes, session, self._look.words)
        preview = FixPreview(fix.say, shown, count, self._look, self)
        preview.wanted.connect(self.fix_wanted)
        preview.all_wanted.connect(self.fix_all_wanted)
        self._layout.addWidget(preview)
        return preview
