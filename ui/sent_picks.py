"""检查口径 that came with a package and are others here: told, and taken over where the person agrees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from core.sheet.document import Document
from ui.tools import Tools

if TYPE_CHECKING:
    from core.check.choosing import Sent


class Pick(NamedTuple):
    """A value of a setting for the unit and form of a document."""

    document: Document
    name: str
    value: Any


class SentPicks(QWidget):
    """A box for each: ticked from the start only where nobody picked anything here."""

    def __init__(
        self, picks: Mapping[str, str] | None, documents: Sequence[Document], tools: Tools, parent: QWidget
    ) -> None:
        """``picks`` is what the sender picked, None where that is not known."""
        super().__init__(parent)
        self._tools = tools
        self.boxes: list[QCheckBox] = []
        self._picks: list[Pick] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        if picks is not None:
            self._ask(picks, documents)
        self.setVisible(self._layout.count() > 0)

    def taken(self, documents: Sequence[Document]) -> list[Pick]:
        """Give what is ticked for the forms of these documents."""
        forms = {one.form.form for one in documents}
        ticked = [pick for pick, box in zip(self._picks, self.boxes, strict=True) if box.isChecked()]
        return [one for one in ticked if one.document.form.form in forms]

    # -- inside ------------------------------------------------------------------------------------------

    def _ask(self, picks: Mapping[str, str], documents: Sequence[Document]) -> None:
        from core.check.choosing import not_offered, sent_otherwise

        by_form = {one.form.form: one for one in reversed(documents)}
        bindings = {form: self._tools.binding_of(one) for form, one in by_form.items()}
        for form, document in by_form.items():
            for sent in sent_otherwise(picks, bindings[form]):
                if not self.boxes:
                    self._tell(self._tools.words("import-picks"))
                self._add(document, sent, named=len(by_form) > 1)
        if told := not_offered(picks, bindings.values()):
            self._tell(told)

    def _add(self, document: Document, sent: Sent, *, named: bool) -> None:
        from ui.choices_page import shown_option

        text = told_sent(sent, self._tools)
        text = f"{self._tools.named(document.form)} · {text}" if named else text
        self._tell(text)  # a text breaks where the window is narrow, that of a box would be cut
        value = shown_option(sent.sent, self._tools)
        box = QCheckBox(self._tools.words("import-pick-take", value=value).replace("&", "&&"), self)
        box.setAccessibleName(text)
        box.setChecked(sent.presumed)
        self._layout.addWidget(box)
        self.boxes.append(box)
        self._picks.append(Pick(document, sent.name, sent.sent))

    def _tell(self, text: str) -> None:
        label = QLabel(text, self)
        label.setWordWrap(True)
        # Names of settings nobody here knows stand in it as they were sent.
        label.setTextFormat(Qt.TextFormat.PlainText)
        self._layout.addWidget(label)


def told_otherwise(picks: Mapping[str, str] | None, document: Document, tools: Tools) -> str:
    """Say where a sender's picks and what counts here for a document differ, ``""`` where they do not."""
    if picks is None:
        return ""
    from core.check.choosing import sent_otherwise

    return "；".join(told_sent(one, tools) for one in sent_otherwise(picks, tools.binding_of(document)))


def told_sent(sent: Sent, tools: Tools) -> str:
    """Say what was sent and what counts here."""
    from ui.choices_page import shown_option

    name = "import-pick" if sent.presumed else "import-pick-own"
    values = {"sent": shown_option(sent.sent, tools), "here": shown_option(sent.here, tools)}
    return tools.words(name, label=sent.label, **values)
