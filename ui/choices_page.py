"""检查口径: what the person may pick where the form or the bureau's kit offers alternatives (ruling 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from core.check.choosing import offers_of
from ui.page_frame import PageFrame
from ui.quiet_box import QuietBox
from ui.tools import Tools

if TYPE_CHECKING:
    from core.check.choosing import Offer
    from core.sheet.document import Document


class ChoicesPage(PageFrame):
    """Shows a box for each. ``picked`` carries a setting's name and the value chosen; it counts at once."""

    picked = Signal(str, object)

    def __init__(self, document: Document, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(tools.words("choices-title"), tools.look, parent)
        self._tools = tools
        self.boxes: dict[str, QuietBox] = {}
        offers = offers_of(tools.binding_of(document))
        unit = document.unit_name or tools.words("no-unit")
        name = "choices-text" if offers else "choices-none"
        self.text(tools.words(name, unit=unit, form=tools.named(document.form)))
        rows = QFormLayout()
        rows.setHorizontalSpacing(16)
        for offer in offers:
            self._add(offer, rows)
        self.body.addLayout(rows)
        if offers:
            self.text(tools.words("choices-sent"), "quiet")
        self.body.addStretch(1)

    def begin(self) -> None:
        """Begin at the first box."""
        first = next(iter(self.boxes.values()), None)
        (first or self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside ------------------------------------------------------------------------------------------

    def _add(self, offer: Offer, rows: QFormLayout) -> None:
        box = QuietBox(self.content)
        box.setAccessibleName(offer.label)
        for number, option in enumerate(offer.options):
            text = shown_option(option, self._tools)
            name = "choice-presumed" if number == 0 else "choice-local"
            box.addItem(self._tools.words(name, value=text))
        box.setCurrentIndex(offer.options.index(offer.value))
        box.setMaximumWidth(self.look.em(20))
        box.currentIndexChanged.connect(lambda index: self.picked.emit(offer.name, offer.options[index]))
        label = QLabel(offer.label, self.content)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setBuddy(box)
        rows.addRow(label, box)
        self.boxes[offer.name] = box


def shown_option(value: Any, tools: Tools) -> str:
    """Give a value in words."""
    if isinstance(value, bool):
        return tools.words("yes" if value else "no")
    return str(value)
