"""A form begun from an older one: for which stage and year, and what of the old one does not fit.

Nothing is made before the person has seen what is left out and what was changed on the way.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.draft.records import Draft
from core.sheet.carry import Carried, Carrier, Telling, begins_from
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.errors import RefusedError
from ui.line_cell import LineCell
from ui.listing import Listing
from ui.page_frame import PageFrame
from ui.quiet_box import QuietBox
from ui.tools import Tools


class CarryPage(PageFrame):
    """Asks what to begin from which of the drafts. ``made`` carries the new documents."""

    made = Signal(object)

    def __init__(
        self, drafts: Sequence[Draft], first: str, tools: Tools, parent: QWidget | None = None
    ) -> None:
        """``first`` is the id of the draft to begin from unless another is chosen."""
        super().__init__(tools.words("carry-title"), tools.look, parent)
        self._tools = tools
        self._drafts = list(drafts)
        self._old: Document | None = None
        self._forms: list[Form] = []
        self._carried: list[Carried] = []
        self.text(tools.words("carry-text"))
        self.old = QuietBox(self.content)
        self.old.addItems([self._named(draft) for draft in self._drafts])
        self.form = QuietBox(self.content)
        self.stage = QuietBox(self.content)
        self.year = LineCell(self.content)
        self._lay_out()
        self._say = self.text("", "warning")
        self._found = QWidget(self.content)
        self._lists = QVBoxLayout(self._found)
        self._lists.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._found, 1)
        self.button = QPushButton(self)
        self.button.setObjectName("main")
        self.button.clicked.connect(self.make)
        self.bar.addWidget(self.button)  # always seen, however long the lists are
        ids = [draft.id for draft in self._drafts]
        self.old.setCurrentIndex(ids.index(first) if first in ids else 0)
        self._take_old()
        self.old.currentIndexChanged.connect(lambda _: self._take_old())
        self.form.activated.connect(lambda _: self._offer_stages())
        self.stage.activated.connect(lambda _: self._offer_year())
        self.year.textChanged.connect(lambda _: self._try())
        self.year.given_up.connect(self.left)

    @property
    def complaint(self) -> str:
        """Why nothing can be made as it is chosen, or nothing."""
        return self._say.text()

    def begin(self) -> None:
        """Begin at the form to make."""
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in any field makes the forms."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not isinstance(self.focusWidget(), QPushButton):
            self.make()
        else:
            super().keyPressEvent(event)

    def make(self) -> None:
        """Hand the new documents over, as they were shown."""
        if self._carried:
            self.made.emit([one.document for one in self._carried])

    # -- choosing ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        rows = QFormLayout()
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(8)
        for name, widget, width in (
            ("carry-old", self.old, 44),
            ("carry-form", self.form, 44),
            ("new-stage", self.stage, 14),
            ("new-year", self.year, 14),
        ):
            label = QLabel(self._tools.words(name), self.content)
            label.setBuddy(widget)
            widget.setAccessibleName(self._tools.words(name))
            widget.setMaximumWidth(self.look.em(width))
            rows.addRow(label, widget)
        self.body.addLayout(rows)

    def _named(self, draft: Draft) -> str:
        facts = draft.facts
        unit = facts.unit_name or self._tools.words("no-unit")
        year = facts.year or self._tools.words("no-year")
        title = self._tools.title(facts)
        return self._tools.words("carry-draft", title=title, unit=unit, year=year, stage=facts.stage)

    def _take_old(self) -> None:
        """Read the old document and offer the forms that say they are begun from one like it."""
        self._old, self._forms = None, []
        self.form.clear()
        try:
            data = self._tools.store.drafts.read(self._drafts[self.old.currentIndex()].id, steps=0).document
            self._old = old = read_document(data, self._tools.forms)
        except RefusedError as error:
            self._show([], self._tools.messages.of(error))
            return
        forms = [one for one in self._tools.listed_forms() if begins_from(one, old.form)]
        self._forms = sorted(forms, key=lambda one: one.form != old.form.form)
        self.form.addItems([self._tools.named(one) for one in self._forms])
        self._offer_stages()

    def _offer_stages(self) -> None:
        form = self._forms[self.form.currentIndex()]
        self.stage.clear()
        self.stage.addItems(list(form.stages))
        self.stage.setEnabled(len(form.stages) > 1)
        self._offer_year()

    def _offer_year(self) -> None:
        """Offer the next year for the same stage, the same year for another one."""
        old = self._old
        if old is not None and old.year is not None:
            year = old.year + (self.stage.currentText() == old.stage)
            self.year.blockSignals(True)
            self.year.setText(str(year))
            self.year.blockSignals(False)
        self._try()

    def _try(self) -> None:
        """Make the new documents, to show what they would be."""
        year = self.year.text().strip()
        if self._old is None or not self._forms:
            return
        if not (len(year) == 4 and year.isascii() and year.isdigit()):
            self._show([], self._tools.words("year-wrong"))
            return
        form = self._forms[self.form.currentIndex()]
        carrier = Carrier(self._tools.levels(), self._tools.grammar())
        try:
            made = carrier.carry(self._old, form, stage=self.stage.currentText(), year=int(year))
        except RefusedError as error:
            self._show([], self._tools.messages.of(error))
        else:
            self._show(made, "")

    # -- showing what it would be ------------------------------------------------------------------------

    def _show(self, made: list[Carried], complaint: str) -> None:
        self._carried = made
        self._say.setText(complaint)
        self._say.setVisible(bool(complaint))
        self.button.setText(self._tools.words("carry-make", count=len(made)))
        self.button.setEnabled(bool(made))
        while (item := self._lists.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        if made:
            self._list(made)

    def _list(self, made: list[Carried]) -> None:
        words, telling = self._tools.words, Telling(self._tools.messages)
        filled = sum(1 for one in made for _ in one.document.places())
        titles = "、".join(self._tools.title_of(one.document) for one in made[:3])
        name = "carry-made" if len(made) <= 3 else "carry-made-more"
        self.text(words(name, count=len(made), titles=titles, filled=filled), "heading", self._lists)
        # What is said of several new forms alike is said once.
        left = dict.fromkeys(line for one in made for line in telling.left_lines(one))
        remarks = dict.fromkeys(telling.remark(one, remark) for one in made for remark in one.remarks)
        if not left and not remarks:
            self.text(words("carry-clean"), "", self._lists)
            self._lists.addStretch(1)
        for heading, lines in (("carry-left", left), ("carry-remarks", remarks)):
            if lines:
                title = words(heading, count=len(lines))
                self._lists.addWidget(
                    Listing([title], [[line] for line in lines], (), self.look, self._found)
                )
