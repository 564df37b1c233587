"""The first page a new person sees: for whom she fills in, who she is, and two ways to begin."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from ui.line_cell import LineCell
from ui.page_frame import PageFrame
from ui.quiet_box import QuietBox
from ui.tools import Tools

ROLES = ("filler", "department", "bureau")


class FirstStartPage(PageFrame):
    """Asks for units, name and role; the signals say how the person wants to begin."""

    sample_wanted = Signal()
    import_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(tools.words("welcome"), tools.look, parent)
        self._tools = tools
        words = tools.words
        self.back.hide()
        self.text(words("welcome-text"))
        self.text(words("not-secret"), "warning")
        self.units = QPlainTextEdit(self.content)
        self.units.setPlaceholderText(words("units-hint"))
        self.units.setTabChangesFocus(True)
        self.units.setFixedHeight(tools.look.em(6))
        self.units.setPlainText("\n".join(f"{code} {name}".strip() for name, code in tools.units()))
        self.person = LineCell(self.content)
        self.person.setText(str(tools.settings.get("person", "")))
        self.role = QuietBox(self.content)
        for role in ROLES:
            self.role.addItem(words(f"role-{role}"), role)
        self.role.setCurrentIndex(max(0, self.role.findData(tools.settings.get("role", "filler"))))
        self._lay_out()
        self.body.addStretch(1)

    def begin(self) -> None:
        """Begin with the units."""
        self.units.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        words = self._tools.words
        rows = QFormLayout()
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(12)
        for name, widget in (("units", self.units), ("person", self.person), ("role", self.role)):
            label = QLabel(words(name), self.content)
            label.setBuddy(widget)
            widget.setAccessibleName(words(name))
            widget.setMaximumWidth(self.look.em(34))
            rows.addRow(label, widget)
        self.body.addLayout(rows)
        buttons = QHBoxLayout()
        for name, wanted in (
            ("begin-new", self.new_wanted),
            ("begin-sample", self.sample_wanted),
            ("begin-import", self.import_wanted),
        ):
            button = QPushButton(words(name), self.content)
            button.setObjectName("main" if name == "begin-new" else name)
            button.clicked.connect(partial(self._go, wanted))
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)

    def _go(self, wanted: SignalInstance, _checked: bool = False) -> None:
        """Keep what was told and begin."""
        for line in self.units.toPlainText().splitlines():
            code, _, name = line.strip().partition(" ")
            if name and code.isascii():
                self._tools.remember_unit(name.strip(), code)
            elif line.strip():
                self._tools.remember_unit(line.strip(), "")
        self._tools.remember("person", self.person.text())
        self._tools.remember("role", self.role.currentData(Qt.ItemDataRole.UserRole))
        self._tools.remember("welcomed", True)
        wanted.emit()
