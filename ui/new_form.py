"""A new form: which one, for which unit, year and stage."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from core.sheet.definition import Form
from core.sheet.document import blank_document
from core.sheet.document_file import clean_text
from core.sheet.errors import RefusedError
from ui.line_cell import LineCell
from ui.page_frame import PageFrame
from ui.quiet_box import QuietBox
from ui.tools import Tools

_BUDGET_BEGINS = 7
"""The month from which next year's budget is filled in."""


class NewFormPage(PageFrame):
    """Asks for what a new document needs. ``made`` carries the document, ``sample_wanted`` a form.

    With ``for_sample`` it begins where a sample is chosen.
    """

    made = Signal(object)
    sample_wanted = Signal(object)

    def __init__(self, tools: Tools, unit: str = "", *, for_sample: bool = False) -> None:
        """``unit`` is the one in front, offered first."""
        super().__init__(tools.words("begin-sample" if for_sample else "new-title"), tools.look)
        self._first_unit = unit
        self._tools = tools
        words = tools.words
        self.form = QuietBox(self.content)
        self._for_sample = for_sample
        self._told: tuple[str, str, str, str] | None = None
        self._offered = ""
        self._forms = tools.listed_forms()
        self.form.addItems([tools.named(form) for form in self._forms])
        names = [(form.form, form.edition) for form in self._forms]
        self.form.setCurrentIndex(names.index(tools.usual_form()))
        self.form.setMaxVisibleItems(len(self._forms))
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
        self.button.setObjectName("" if for_sample else "main")
        self.button.clicked.connect(self.make)
        self.sample = QPushButton(words("begin-sample"), self.content)
        self.sample.setObjectName("main" if for_sample else "")
        self.sample.setToolTip(words("sample-tip"))
        self.sample.clicked.connect(lambda: self.sample_wanted.emit(self._chosen))
        self.body.addWidget(self._say)
        buttons = QHBoxLayout()
        buttons.addWidget(self.button)
        buttons.addWidget(self.sample)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.body.addStretch(1)
        self.form.currentIndexChanged.connect(lambda _: self._offer_stages())
        self.unit.currentIndexChanged.connect(self._take_unit)
        for line in (self.code, self.year):
            line.given_up.connect(self.left)
        self.stage.currentIndexChanged.connect(lambda _: self._offer_year())
        self._offer_stages()
        self._offer_units()

    def begin(self) -> None:
        """Begin at the unit when it is not known yet, else at the form."""
        widget = self.form if self.unit.currentText() or self._for_sample else self.unit
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in any field makes the form (or opens the sample, when one came for it)."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not is_enter or isinstance(self.focusWidget(), QPushButton):
            super().keyPressEvent(event)
        elif self._for_sample and self.focusWidget() is self.form:
            self.sample.click()
        else:
            self.make()

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
        form = self._chosen
        if self._is_there(form, unit, int(year)):
            return
        document = blank_document(
            form, stage=self.stage.currentText(), year=int(year), unit_name=unit, unit_code=code
        )
        self._tools.remember_unit(unit, code)
        self.made.emit(document)

    def _is_there(self, form: Form, unit: str, year: int) -> bool:
        """Tell once of a form that is there already; pressed again, another one is made."""
        asked = (form.form, self.stage.currentText(), str(year), unit)
        listed = (one.facts for one in self._tools.store.drafts.list())
        there = any((one.form, one.stage, one.year, one.unit_name) == asked for one in listed)
        if form.about.name or not there or self._told == asked:
            return False
        self._told = asked
        self._complain(self._tools.words("new-is-there", unit=unit, year=year), self.button)
        return True

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

    @property
    def _chosen(self) -> Form:
        return self._forms[self.form.currentIndex()]

    def _offer_stages(self) -> None:
        stages = self._chosen.stages
        self.stage.clear()
        self.stage.addItems(list(stages))
        self.stage.setEnabled(len(stages) > 1)
        self.sample.setEnabled(self._tools.sample_file(self._chosen) is not None)
        self._offer_year()

    def _offer_year(self) -> None:
        """Offer the year such a form is made for now, unless another one was typed."""
        if self.year.text() == self._offered:
            self._offered = str(year_for(self.stage.currentText(), self._tools.today()))
            self.year.setText(self._offered)

    def _offer_units(self) -> None:
        for name, code in self._tools.known_units():
            self.unit.addItem(name, code)
        self.unit.setCurrentIndex(max(0, self.unit.findText(self._first_unit)))
        self._take_unit(self.unit.currentIndex())

    def _take_unit(self, index: int) -> None:
        code = self.unit.itemData(index)
        if code is not None:
            self.code.setText(str(code))

    def _complain(self, sentence: str, widget: QWidget) -> None:
        self._say.setText(sentence)
        self._say.show()
        widget.setFocus(Qt.FocusReason.OtherFocusReason)


def year_for(stage: str, today: date) -> int:
    """Give the year a form of a stage is made for: from July on next year, of a 自评 last year."""
    if stage == "自评":
        return today.year - 1
    ahead = stage in ("申报", "批复") and today.month >= _BUDGET_BEGINS
    return today.year + ahead
