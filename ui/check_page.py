"""The page of one check (F1 on a finding): what it asks, why, wrong and right, what to do, by which rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.page_frame import PageFrame
from ui.tools import Tools

if TYPE_CHECKING:
    from core.check.finding import Finding
    from core.check.reference import Page, Section

WIDEST = 52
"""Letters on a line: longer ones are hard to read."""
_SIDES = ("wrong", "right")


class CheckPage(PageFrame):
    """Shows a page of the reference. ``all_wanted`` asks for the list of all checks."""

    all_wanted = Signal()
    is_read = True

    def __init__(
        self, page: Page, tools: Tools, finding: Finding | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(tools.words("why-title"), tools.look, parent)
        self.check = page.check
        words = tools.words
        self.every = QPushButton(words("all-checks"), self)
        self.every.clicked.connect(self.all_wanted)
        self.bar.addWidget(self.every)
        self.content.setMaximumWidth(tools.look.em(WIDEST) + 64)
        title = self.text(page.title, "large")
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text(words("check-line", grave=page.grave, family=page.family, check=page.check), "quiet")
        if finding is not None:
            self._panel([words("check-here"), finding.message], "here", self.body)
        sections = {one.name: one for one in page.sections}
        for section in page.sections:
            if section.name == "wrong":
                self._sides([sections[name] for name in _SIDES if name in sections])
            elif section.name != "right":
                self._section(section)
        self.body.addStretch(1)

    def _section(self, section: Section) -> None:
        part = QVBoxLayout()
        part.setSpacing(4)
        self.text(section.heading, "part", part)
        for line in section.lines:
            self._copied(self.text(line, "", part))
        self.body.addLayout(part)

    def _sides(self, sections: Sequence[Section]) -> None:
        """Wrong and right beside each other."""
        row = QHBoxLayout()
        row.setSpacing(16)
        for one in sections:
            self._panel([one.heading, *one.lines], one.name, row)
        self.body.addLayout(row)

    def _panel(self, lines: Sequence[str], name: str, where: QVBoxLayout | QHBoxLayout) -> None:
        panel = QFrame(self.content)
        panel.setObjectName(f"check-{name}")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.setSpacing(6)
        self.text(lines[0], "part", inside)
        for line in lines[1:]:
            self._copied(self.text(line, "", inside))
        if isinstance(where, QHBoxLayout):
            inside.addStretch(1)
            where.addWidget(panel, 1)
        else:
            where.addWidget(panel)

    @staticmethod
    def _copied(label: QLabel) -> None:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
