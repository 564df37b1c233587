"""A page that takes the place of the sheet for a while: a title, a way back, and its content."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.look import Look

_SIZES = {"heading": 1.2, "failure": 1.2, "large": 1.7}


class PageFrame(QFrame):
    """Base of all pages. ``left`` when the person wants back (button or Escape).

    Ctrl+Enter presses the main button (named ``main``) from anywhere on the page.
    """

    left = Signal()
    wide = False
    """Whether it needs the whole width: both sides of the window fold away while it is shown."""
    is_read = False
    """Whether there is nothing to fill in: arrows and PageDown then move the text from the start."""

    def __init__(
        self, title: str, look: Look, parent: QWidget | None = None, *, scrolls: bool = True
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(title)
        self.look = look
        self.back = QPushButton(look.words("back"), self)
        self.back.clicked.connect(self.left)
        heading = QLabel(title, self)
        heading.setFont(look.sans(_SIZES["heading"]))
        heading.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(16, 8, 16, 8)
        self.bar.setSpacing(8)
        self.bar.addWidget(self.back)
        self.bar.addSpacing(12)
        self.bar.addWidget(heading)
        self.bar.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self.bar)
        self.content = QWidget(self)
        self.content.setObjectName("content")
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(32, 16, 32, 24)
        self.body.setSpacing(12)
        if scrolls:
            area = QScrollArea(self)
            area.setObjectName("body")
            area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.is_read else Qt.FocusPolicy.NoFocus)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setWidgetResizable(True)
            area.setWidget(self.content)
            outer.addWidget(area, 1)
        else:
            self.body.setContentsMargins(0, 0, 0, 0)
            outer.addWidget(self.content, 1)

    def begin(self) -> None:
        """Take the keyboard to where the page begins; pages with something to fill in say where."""
        body = self.findChild(QScrollArea, "body") if self.is_read else None
        (body or self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def text(self, text: str, name: str = "", where: QVBoxLayout | None = None) -> QLabel:
        """Add a text to the page, or to a part of it."""
        label = QLabel(text, self.content)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setObjectName(name)
        if name in _SIZES:
            label.setFont(self.look.sans(_SIZES[name]))
        (where or self.body).addWidget(label)
        return label

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter from the window, which adds rows to the sheet by it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_go(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back; Enter presses the button that has the keyboard."""
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif _is_go(event):
            mains = (one for one in self.findChildren(QPushButton, "main") if one.isVisible())
            if (main := next(mains, None)) is not None:
                main.click()  # one that is disabled does nothing
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QPushButton):
            focus.click()
        else:
            super().keyPressEvent(event)


def _is_go(event: QKeyEvent) -> bool:
    is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return is_enter and plain == Qt.KeyboardModifier.ControlModifier
