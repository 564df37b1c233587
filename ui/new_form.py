"""A new form: which one, for which unit, year and stage."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QPushButton, QWidget

from core.sheet.definition import Form
from core.sheet.document import blank_document
from core.sheet.document_file import clean_text
from core.sheet.errors import RefusedError
from core.sheet.picture import fill_holes
from ui.line_cell import LineCell
from ui.page_frame import PageFrame
from ui.quiet_box import QuietBox
from ui.tools import Tools

FIRST_STAGE = "申报"


class NewFormPage(PageFrame):
    """Asks for what a new document needs. ``made`` carries the document."""

    made = Signal(object)

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(tools.words("new-title"), tools.look, parent)
        self._tools = tools
        words = tools.words
        self.form = QuietBox(self.content)
        self._forms = self._known_forms()
        for form in self._forms:
            title = fill_holes(form.title, {"stage": form.stages[0]})
            self.form.addItem(words("form-choice", title=title, edition=form.edition))
        self.unit = QuietBox(self.content)
        self.unit.setEditable(True)
        self.unit.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.code = LineCell(self.content)
        self.year = LineCell(self.content)
        self.stage = QuietBox(self.content)
        self._lay_out()
        self._say = QLabel(self.content)
        self._say.setObjectName("warning")
        self._say.setTextFormat(Qt.TextFormat.PlainText)
        self._say.setWordWrap(True)
        self._say.hide()
        self.button = QPushButton(words("make-new"), self.content)
        self.button.setObjectName("main")
        self.button.setDefault(True)
        self.button.clicked.connect(self.make)
        self.body.addWidget(self._say)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.form.currentIndexChanged.connect(lambda _: self._offer_stages())
        self.unit.currentIndexChanged.connect(self._take_unit)
        for line in (self.code, self.year):
            line.returnPressed.connect(self.make)
        self._offer_stages()
        self._offer_units()
        self.year.setText(str(tools.today().year + (1 if tools.today().month >= 7 else 0)))

    def begin(self) -> None:
        """Begin at the unit when it is not known yet, else at the form."""
        widget = self.form if self.unit.currentText() else self.unit
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def make(self) -> None:
        """Make the document, or say what is missing."""
        words, year = self._tools.words, self.year.text().strip()
        unit = self.unit.currentText()
        if not (len(year) == 4 and year.isascii() and year.isdigit()):
            self._complain(words("year-wrong"), self.year)
            return
        if not unit.strip():
            self._complain(words("unit-missing"), self.unit)
            return
        try:
            unit, code = clean_text(unit), clean_text(self.code.text())
        except RefusedError as error:
            self._complain(self._tools.messages.of(error), self.unit)
            return
        form = self._forms[self.form.currentIndex()]
        document = blank_document(
            form, stage=self.stage.currentText(), year=int(year), unit_name=unit, unit_code=code
        )
        self._tools.remember("form", [form.form, form.edition])
        self._tools.remember_unit(unit, code)
        self.made.emit(document)

    # -- inside ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        rows = QFormLayout()
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(12)
        for name, widget in (
            ("new-form", self.form),
            ("new-unit", self.unit),
            ("new-code", self.code),
            ("new-year", self.year),
            ("new-stage", self.stage),
        ):
            label = QLabel(self._tools.words(name), self.content)
            label.setBuddy(widget)
            widget.setAccessibleName(self._tools.words(name))
            widget.setObjectName(name)
            widget.setMaximumWidth(self.look.em(34 if name in ("new-form", "new-unit") else 14))
            rows.addRow(label, widget)
        self.body.addLayout(rows)

    def _known_forms(self) -> list[Form]:
        """Give the forms: the one used last, then those a year begins with (申报), newest editions first."""
        forms = sorted(self._tools.forms.all(), key=lambda one: one.edition, reverse=True)
        forms.sort(key=lambda one: (one.stages[0] != FIRST_STAGE, one.form))
        last = self._tools.settings.get("form")
        return sorted(forms, key=lambda one: [one.form, one.edition] != last)

    def _offer_stages(self) -> None:
        stages = self._forms[self.form.currentIndex()].stages if self._forms else ()
        self.stage.clear()
        self.stage.addItems(list(stages))
        self.stage.setEnabled(len(stages) > 1)

    def _offer_units(self) -> None:
        for name, code in self._tools.known_units():
            self.unit.addItem(name, code)
        self._take_unit(0)

    def _take_unit(self, index: int) -> None:
        code = self.unit.itemData(index)
        if code is not None:
            self.code.setText(str(code))

    def _complain(self, sentence: str, widget: QWidget) -> None:
        self._say.setText(sentence)
        self._say.show()
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
