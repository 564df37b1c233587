"""The strip above the sheet: what the printed form has no cell for, and computed totals."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.check.labels import Labels
from core.sheet.grid import Cell, heading_values
from core.sheet.numbers import shown_computed, shown_text
from core.sheet.picture import fill_holes, holes, strip_places
from core.sheet.places import Place, field_place
from ui.line_cell import LineCell
from ui.look import Look
from ui.quiet_box import QuietBox
from ui.session import Session
from ui.sheet.flow_row import FlowRow

_WIDTHS = {"year": 4, "unit.code": 9, "stage": 5}
_NONE, _KEYPAD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
_USUAL, _NARROW = 12, 5
"""How many letters a line has room for, and how few where the window is narrow."""


class Strip(QFrame):
    """Shows and takes the places without a cell of one document.

    ``left`` when Enter ends the last line or ↓ leads down from any.
    """

    left = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._session, self._look = session, look
        self._labels = Labels(session.document.form, look.words.messages)
        self._lines: dict[Place, LineCell] = {}
        self._stage: QuietBox | None = None
        self._computed: list[Place] = []
        self._row = FlowRow(between=16, below=4)
        for name in strip_places(session.document.form):
            self._add(field_place(name))
        self._totals = QLabel(self)
        self._totals.setTextFormat(Qt.TextFormat.PlainText)
        self._totals.setObjectName("quiet")
        self._totals.setWordWrap(True)
        self._totals.setVisible(bool(self._computed))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(4)
        layout.addLayout(self._row)
        layout.addWidget(self._totals)
        session.edited.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the document holds now."""
        document = self._session.document
        for place, line in self._lines.items():
            line.show_value(document.text(place))
        if self._stage is not None and self._stage.currentText() != document.stage:
            self._stage.setCurrentText(document.stage)
        totals = "　".join(self.total(place) for place in self._computed)
        if totals != self._totals.text():
            self._totals.setText(totals)

    def has_total(self, place: Place) -> bool:
        """Whether a figure has come out at a computed place, or was typed there."""
        known = self._session.computation.value(place) is not None
        return known or bool(self._session.document.text(place))

    def total(self, place: Place) -> str:
        """Give a computed total with its name."""
        document = self._session.document
        field = document.form.fields[place.column]
        text = shown_text(document.text(place), field, document.form.money)
        text = text or shown_computed(self._session.computation.value(place), field, document.form.money)
        return self._look.words("total", label=field.label, value=text or self._look.words("blank"))

    def line_of(self, place: Place) -> LineCell | None:
        """Give the editor of a place, or None when the strip has none."""
        return self._lines.get(place)

    def enter(self) -> None:
        """Take the keyboard to the last line, coming up from the sheet."""
        if self._lines:
            list(self._lines.values())[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def first_empty(self) -> LineCell | None:
        """Give the first line that has to be filled and is not."""
        document = self._session.document
        for place, line in self._lines.items():
            field = document.form.fields.get(place.column)
            if field is not None and field.required and not document.text(place):
                return line
        return None

    def line_in(self, cell: Cell) -> LineCell | None:
        """Give the line that a cell of printed words is made of, the first empty one first."""
        document = self._session.document
        values = heading_values(document)
        for text in (text for row in document.form.blocks[cell.block].rows for text in row):
            places = [field_place(name) for name in holes(text)]
            lines = [place for place in places if place in self._lines]
            if lines and fill_holes(text, values) == cell.text:
                return self._lines[next((one for one in lines if not document.text(one)), lines[0])]
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ leads into the sheet."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() in (_NONE, _KEYPAD):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _after(self, place: Place) -> None:
        lines = list(self._lines)
        number = lines.index(place) + 1
        if number < len(lines):
            following = self._lines[lines[number]]
            following.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit()

    def _add(self, place: Place) -> None:
        field = self._session.document.form.fields.get(place.column)
        if field is not None and field.compute:
            self._computed.append(place)
        elif place.column == "stage":
            self._add_stage()
        else:
            self._add_line(place)

    def _add_line(self, place: Place) -> None:
        name = self._labels.field(place)
        line = LineCell(self)
        line.setObjectName(place.column)
        line.setAccessibleName(name)
        line.setReadOnly(self._session.frozen)
        width = _WIDTHS.get(place.column, _USUAL)
        line.setMaximumWidth(self._look.em(width + 1.5))
        line.setMinimumWidth(self._look.em(min(width, _NARROW) + 1.5))
        line.typed.connect(lambda text: self._session.type((place,), text))
        line.finished.connect(self._session.end_typing)
        line.given_up.connect(self._session.cancel_typing)
        line.returnPressed.connect(lambda: self._after(place))
        self._lines[place] = line
        self._put(name, line)

    def _add_stage(self) -> None:
        stages = self._session.document.form.stages
        if len(stages) < 2:
            label = QLabel(self._session.document.stage, self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            self._put(self._labels.field(field_place("stage")), label)
            return
        self._stage = QuietBox(self)
        self._stage.addItems(list(stages))
        self._stage.setAccessibleName(self._labels.field(field_place("stage")))
        self._stage.setEnabled(not self._session.frozen)
        self._stage.textActivated.connect(
            lambda text: self._session.set_texts([(field_place("stage"), text)])
        )
        self._put(self._stage.accessibleName(), self._stage)

    def _put(self, name: str, widget: QWidget) -> None:
        """Add a name and its widget, which stay together."""
        both = QWidget(self)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = QLabel(name, both)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(widget)
        row.addWidget(label)
        row.addWidget(widget, 1)
        wide = widget.maximumWidth() if isinstance(widget, LineCell) else widget.sizeHint().width()
        both.setMaximumWidth(label.sizeHint().width() + row.spacing() + wide)
        self._row.addWidget(both)
