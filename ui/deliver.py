"""上报: one page with the forms and what is wrong in them, round, scope and folder; then the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.check.judged import Judged
from core.draft.records import Draft
from core.handover.submission import Scope
from ui.page_frame import PageFrame
from ui.papers import Wish
from ui.quiet_box import QuietBox
from ui.tools import Tools

if TYPE_CHECKING:
    from core.handover.deliver import Delivery
    from core.handover.package import Package

ROUNDS = ("一上", "二上", "调整")


@dataclass(frozen=True)
class Offer:
    """A draft that could be sent, judged."""

    draft: Draft
    judged: Judged


class DeliverPage(PageFrame):
    """Asks what to send and where to.

    ``send_wanted`` when the button is pressed; ``mend_wanted`` names a draft to go to.
    """

    send_wanted = Signal()
    mend_wanted = Signal(str)

    def __init__(self, offers: Sequence[Offer], tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(tools.words("deliver-title"), tools.look, parent)
        self._tools = tools
        self._offers = offers
        self._boxes: list[QCheckBox] = []
        self._outcome = QVBoxLayout()
        self._outcome.setSpacing(12)
        self.body.addLayout(self._outcome)
        self._asked = QWidget(self.content)
        self._layout = QVBoxLayout(self._asked)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)
        self.body.addWidget(self._asked)
        first = offers[0].judged.document
        unit, year = first.unit_name, first.field("year")
        what = tools.words("deliver-what", unit=unit, year=year or tools.words("no-year"), stage=first.stage)
        self.text(what, "heading", self._layout)
        for offer in offers:
            self._add_offer(offer)
        self._add_picks()
        self.round, self.scope = QuietBox(self._asked), QuietBox(self._asked)
        self._place = QLabel(self._asked)
        self._add_choices()
        self.folder: Path | None = tools.folder_for("deliver")
        self._remark = self.text("", "warning", self._layout)
        self.as_draft = QCheckBox(tools.words("deliver-as-draft"), self._asked)
        self.as_draft.toggled.connect(lambda _: self._weigh())
        self._layout.addWidget(self.as_draft)
        self.text(tools.words("not-secret"), "quiet", self._layout)
        self.button = QPushButton(tools.words("deliver-now"), self._asked)
        self.button.setObjectName("main")
        self.button.clicked.connect(self.send_wanted)
        self._layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        for box in self._boxes:
            box.toggled.connect(lambda _: self._weigh())
        self.show_folder(self.folder)

    def begin(self) -> None:
        """Begin at the first form."""
        self._boxes[0].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what was chosen -------------------------------------------------------------------------------

    def chosen(self) -> list[Offer]:
        """Give the forms that are ticked."""
        return [offer for offer, box in zip(self._offers, self._boxes, strict=True) if box.isChecked()]

    def wish(self) -> Wish:
        """Give round, scope and version."""
        version = 1 + max((offer.draft.sent or 0 for offer in self._offers), default=0)
        return Wish(self.round.currentText(), Scope[self.scope.currentData()], version)

    def show_folder(self, folder: Path | None) -> None:
        """Take another folder."""
        self.folder = folder
        self._place.setText(str(folder) if folder else self._tools.words("no-folder-yet"))
        self._weigh()

    # -- what came of it -------------------------------------------------------------------------------

    def show_working(self) -> None:
        """Say that it is being written, and take no second press."""
        self.button.setEnabled(False)

    def show_result(self, delivery: Delivery, package: Package) -> None:
        """Say in large words how it ended."""
        words = self._tools.words
        if delivery.delivered:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)
            self._asked.hide()
            self.text(words("deliver-done"), "large", self._outcome)
            self.text(str(delivery.path), "heading", self._outcome)
            self.text(words("deliver-code", code=package.code), "large", self._outcome)
            self.text(words("deliver-eject"), "heading", self._outcome)
            self.text(words("deliver-paper"), "", self._outcome)
        else:
            self.show_failure(delivery.sentence(self._tools.messages))

    def show_failure(self, sentence: str) -> None:
        """Say what went wrong and what to do; everything asked stays as it was."""
        self._remark.setText(sentence)
        self._remark.setObjectName("failure")
        self._remark.show()
        self.button.setEnabled(True)
        self._remark.style().unpolish(self._remark)
        self._remark.style().polish(self._remark)

    # -- inside ------------------------------------------------------------------------------------------

    def _add_offer(self, offer: Offer) -> None:
        words, judged = self._tools.words, offer.judged
        title = self._tools.title_of(judged.document)
        missing = sum(one.missing for one in judged.unexplained)
        errors = len(judged.unexplained) - missing
        text = words("offer", title=title, edition=judged.document.form.edition)
        state = words("offer-clean")
        if judged.unexplained or judged.warnings:
            state = words("offer-problems", errors=errors, missing=missing, warnings=len(judged.warnings))
        row = QHBoxLayout()
        box = QCheckBox(text.replace("&", "&&"), self._asked)
        box.setChecked(True)
        box.setAccessibleName(f"{text} {state}")
        row.addWidget(box)
        told = QLabel(state, self._asked)
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setObjectName("quiet")
        row.addWidget(told)
        if judged.unexplained or judged.warnings:
            mend = QPushButton(words("offer-mend"), self._asked)
            mend.clicked.connect(lambda: self.mend_wanted.emit(offer.draft.id))
            row.addWidget(mend)
        row.addStretch(1)
        self._layout.addLayout(row)
        self._boxes.append(box)

    def _add_picks(self) -> None:
        """Say what was picked where a form offers alternatives: it is sent along."""
        from core.check.choosing import offers_of
        from ui.choices_page import shown_option

        told: dict[str, None] = {}
        for offer in self._offers:
            for one in offers_of(self._tools.binding_of(offer.judged.document)):
                if one.value != one.options[0]:
                    value = shown_option(one.value, self._tools)
                    told[self._tools.words("deliver-pick", label=one.label, value=value)] = None
        if told:
            self.text(self._tools.words("deliver-picks", picks="；".join(told)), "quiet", self._layout)

    def _add_choices(self) -> None:
        words = self._tools.words
        self.round.addItems(list(ROUNDS))
        self.round.setEditable(True)
        for scope in Scope:
            self.scope.addItem(words(f"scope-{scope.name.lower()}"), scope.name)
        rows = QFormLayout()
        rows.setHorizontalSpacing(16)
        for name, widget in (("deliver-round", self.round), ("deliver-scope", self.scope)):
            label = QLabel(words(name), self._asked)
            label.setBuddy(widget)
            widget.setAccessibleName(words(name))
            widget.setMaximumWidth(self.look.em(20))
            rows.addRow(label, widget)
        where = QHBoxLayout()
        self._place.setTextFormat(Qt.TextFormat.PlainText)
        self._place.setWordWrap(True)
        where.addWidget(self._place, 1)
        choose = QPushButton(words("choose-folder"), self._asked)
        choose.clicked.connect(self._choose_folder)
        where.addWidget(choose)
        rows.addRow(QLabel(words("deliver-where"), self._asked), where)
        self._layout.addLayout(rows)

    def _choose_folder(self) -> None:
        words = self._tools.words
        found = self._tools.ask.folder(words("choose-folder"), self.folder or Path.home())
        if found is not None:
            self._tools.remember("folder-deliver", str(found))
            self.show_folder(found)

    def _weigh(self) -> None:
        """Say what stands in the way, and open the button when nothing does (ruling 19)."""
        chosen = self.chosen()
        left = [finding for one in chosen for finding in one.judged.unexplained]
        unexplained, missing = len(left), sum(one.missing for one in left)
        self.as_draft.setVisible(bool(unexplained))
        self._remark.setText(
            self._tools.words("deliver-unexplained", errors=unexplained - missing, missing=missing)
            if unexplained
            else ""
        )
        self._remark.setVisible(bool(unexplained))
        free = not unexplained or self.as_draft.isChecked()
        self.button.setEnabled(bool(chosen) and self.folder is not None and free)
