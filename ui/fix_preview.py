"""What a fix would change, shown before it is applied, with the buttons that apply it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from core.check.fixing import Change, excerpts
from core.sheet.numbers import shown_computed
from ui.look import Look, Words

if TYPE_CHECKING:
    from ui.session import Session

FEW = 3
"""So many changes are shown as they are; more of them in a list that scrolls."""
SHORT_SAY = 14
"""A longer name of a fix does not fit on its button."""

_ROWS = {"added": "fix-row-added", "removed": "fix-row-removed", "moved": "fix-row-moved"}


class FixPreview(QWidget):
    """Shows all changes of a fix. ``wanted`` to apply it, ``all_wanted`` to see those like it."""

    wanted = Signal()
    all_wanted = Signal()

    def __init__(
        self, say: str, changes: Sequence[Change], alike: int, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        alone = len(changes) == 1
        lines = [line for one in changes for line in change_lines(one, look.words, alone=alone)]
        if len(lines) > FEW:
            layout.addWidget(self._list(lines, look))
        else:
            for line in lines:
                layout.addWidget(self._label(line))
        short = say if len(say) <= SHORT_SAY else look.words("step-fix")  # what it says is shown above
        self._button(look.words("apply-fix", say=short), self.wanted.emit).setObjectName("main")
        if alike:
            more = self._button(look.words("fix-alike", count=alike), self.all_wanted.emit)
            more.setToolTip(look.words("fix-alike-tip"))

    def texts(self) -> list[str]:
        """Give the lines that are shown."""
        found = self.findChild(QListWidget)
        if isinstance(found, QListWidget):
            return [found.item(row).text() for row in range(found.count())]
        return [label.text() for label in self.findChildren(QLabel)]

    # -- inside ----------------------------------------------------------------------------------------

    def _label(self, line: str) -> QLabel:
        label = QLabel(line, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setObjectName("fix")
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _list(self, lines: Sequence[str], look: Look) -> QListWidget:
        made = QListWidget(self)
        made.setObjectName("fixes")
        made.setAccessibleName(look.words("fix-changes", count=len(lines)))
        made.setWordWrap(True)
        made.setTextElideMode(Qt.TextElideMode.ElideNone)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        made.addItems(list(lines))
        made.setFixedHeight(look.em(11))
        return made

    def _button(self, words: str, pressed: object) -> QPushButton:
        button = QPushButton(words, self)
        button.clicked.connect(pressed)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button


def as_it_comes_out(changes: Sequence[Change], session: Session, words: Words) -> list[Change]:
    """Give the changes with the figure the program works out where a typed one is taken away."""
    form, shown = session.document.form, []
    for one in changes:
        fields = form.tables[one.place.table].columns if one.place.table else form.fields
        field, figure = fields.get(one.place.column), ""
        if one.sort == "text" and not one.new and field is not None and field.compute:
            figure = shown_computed(session.computation.value(one.place), field, form.money)
        shown.append(one._replace(new=words("fix-computed", value=figure)) if figure else one)
    return shown


def change_lines(change: Change, words: Words, *, alone: bool = False) -> list[str]:
    """Give a change in words, a line for each part of a long text; ``alone`` leaves out where it is."""
    if change.sort != "text":
        return [words(_ROWS[change.sort], where=change.where, old=change.old, new=change.new)]
    lines = []
    for old, new in excerpts(change.old, change.new):
        shown = {"old": old or words("blank"), "new": new or words("blank")}
        long = sum(map(len, shown.values())) > SHORT_SAY  # a line each then
        if alone:
            lines.append(words("fix-shown-long" if long else "fix-shown", **shown))
        else:
            name = "fix-shown-at-long" if long else "fix-shown-at"
            lines.append(words(name, where=change.where, **shown))
    return lines
