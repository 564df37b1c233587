"""What the editor over the current cell is doing: standing ready, or showing a text being typed.

Standing ready it is empty and unseen but has the keyboard, so the first key or the first letter of
an input method goes straight into a stock editor and replaces the cell's text, as in Excel.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPalette
from PySide6.QtWidgets import QWidget

from core.sheet.grid import Adds, Cell
from core.sheet.places import Place
from ui.look import Look
from ui.session import Session
from ui.sheet.cell_edit import CellEdit
from ui.sheet.keys import Situation, command_of, is_for_the_window

_MANY_LINES = ("text", "value")


class Helper(Protocol):
    """What stands beside the editor and is asked first what a key means."""

    def command_of(self, event: QKeyEvent) -> str | None:
        """Give the command of a key, beginning with ``suggest-``; None when it means what it always means."""
        ...

    def run(self, command: str) -> None:
        """Do what the key asked for."""
        ...


class Typing(QObject):
    """The editor and the cell it stands on.

    ``opened`` when a text begins to be typed, ``closed`` when it ends, ``resized`` when the editor's
    text needs another height.
    """

    opened = Signal()
    closed = Signal()
    resized = Signal()
    locked_key = Signal()

    def __init__(
        self,
        session: Session,
        look: Look,
        run: Callable[[str], None],
        has_choices: Callable[[Cell], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._run, self._has_choices = run, has_choices
        self.cell: Cell | None = None
        self._places: tuple[Place, ...] = ()
        self._adds: Adds | None = None
        self.active = False
        self.helper: Helper | None = None
        self.editor = CellEdit(self._command, self._do, is_for_the_window, parent)
        self.editor.setAccessibleName("")
        self.editor.typed.connect(self._on_typed)
        self.editor.composing_changed.connect(self._on_composing)
        self.editor.refused.connect(session.refused)
        self.editor.document().documentLayout().documentSizeChanged.connect(lambda _: self.resized.emit())
        self.dress()

    # -- standing on a cell ------------------------------------------------------------------------------

    def stand_on(self, cell: Cell) -> None:
        """Stand ready on a cell; what was being typed before is finished."""
        if self.active:
            self.finish()
        self.take(cell)
        self.editor.setReadOnly(self.locked)
        self.editor.align(cell.align)

    def take(self, cell: Cell) -> None:
        """Know the current cell anew after the sheet changed, without touching the editor."""
        self.cell = cell
        if not self.active:
            self._places, self._adds = cell.places, cell.adds

    @property
    def locked(self) -> bool:
        """Whether nothing can be typed here."""
        cell = self.cell
        return cell is None or cell.kind != "fill" or cell.locked or self._session.frozen

    @property
    def place(self) -> Place | None:
        """The place being stood on or typed at; None in a spare line."""
        return self._places[0] if self._places else None

    @property
    def holds_still(self) -> bool:
        """Whether the sheet must not be laid out anew now: what is typed decides which cells are merged."""
        cell = self.cell
        return (
            self.active
            and cell is not None
            and (cell.field is None or cell.field.kind in ("level1", "level2"))
        )

    @property
    def many_lines(self) -> bool:
        """Whether a line end may be typed here."""
        return self.cell is not None and self.cell.field is not None and self.cell.field.kind in _MANY_LINES

    # -- typing ------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Edit the cell's text in place, the caret at its end."""
        if self.locked or self.active:
            return
        self.editor.show_text(self._session.document.text(self._places[0]) if self._places else "")
        self._open()

    def replace(self, text: str) -> None:
        """Put a chosen text in, as if it had been typed over the cell's text."""
        if self.locked:
            return
        if not self.active:
            self._open()
        self.editor.show_text(text)
        self._on_typed(text)

    def finish(self) -> None:
        """End typing: what is being composed is confirmed, the step is closed."""
        self.editor.confirm_composing()
        if self.active:
            self._close()
            self._session.end_typing()
            self.closed.emit()

    def cancel(self) -> None:
        """Give the cell its old text back; 重做 brings the typed one again."""
        if self.active:
            self._close()
            self._session.cancel_typing()
            self.closed.emit()

    def forget(self) -> None:
        """Leave typing without a change: the document was changed from elsewhere."""
        if self.active:
            self._close()
            self.closed.emit()

    # -- looks -------------------------------------------------------------------------------------------

    def dress(self) -> None:
        """Take the colours of the look."""
        palette = self.editor.palette()
        transparent = Qt.GlobalColor.transparent
        palette.setColor(QPalette.ColorRole.Base, self._look.colour("paper") if self._seen else transparent)
        palette.setColor(QPalette.ColorRole.Text, self._look.colour("ink"))
        palette.setColor(QPalette.ColorRole.Highlight, self._look.colour("accent"))
        palette.setColor(QPalette.ColorRole.HighlightedText, self._look.colour("accent_text"))
        self.editor.setPalette(palette)
        self.editor.setCursorWidth(max(1, round(self._look.size / 10)) if self._seen else 0)
        self.editor.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not self._seen)

    def stand_at(self, text_rect: QRectF, font: QFont) -> None:
        """Put the editor over the text of its cell; it grows downwards when its text needs more room."""
        if self.editor.font() != font:
            self.editor.setFont(font)
        height = round(QFontMetricsF(font).lineSpacing() * self.editor.lines()) + 1
        top = max(text_rect.top(), text_rect.center().y() - height / 2)
        self.editor.setGeometry(round(text_rect.left()), round(top), round(text_rect.width()), height)
        self.editor.verticalScrollBar().setValue(0)

    @property
    def _seen(self) -> bool:
        return self.active or self.editor.composing

    # -- inside ------------------------------------------------------------------------------------------

    def _command(self, event: QKeyEvent) -> str | None:
        if self.helper is not None and (helped := self.helper.command_of(event)):
            return helped
        cell = self.cell
        now = Situation(
            typing=self.active,
            many_lines=self.many_lines,
            on_first_line=not self.active or self.editor.is_on_first_line(),
            on_last_line=not self.active or self.editor.is_on_last_line(),
            has_choices=cell is not None and not self.locked and self._has_choices(cell),
        )
        command = command_of(event, now)
        if command is None and self.locked and event.text().isprintable() and event.text():
            return "locked"
        return command

    def _do(self, command: str) -> None:
        if command == "new-line":
            self.editor.textCursor().insertText("\n")
        elif command == "cancel":
            self.cancel()
        elif command == "locked":
            self.locked_key.emit()
        elif self.helper is not None and command.startswith("suggest-"):
            self.helper.run(command)
        else:
            self._run(command)

    def _on_typed(self, text: str) -> None:
        if self.locked:
            return
        if not self.active:
            self._open()
        if self._adds is not None:
            adds, self._adds = self._adds, None
            place = self._session.type_into(adds, text)
            if place is None:
                self._adds = adds
            else:
                self._places = (place,)
        elif self._places:
            self._session.type(self._places, text)
        self.resized.emit()

    def _on_composing(self, composing: bool) -> None:
        self.dress()
        if composing:
            self.opened.emit()
        elif not self.active:
            self.closed.emit()  # composing was given up before anything was typed: the cell is as it was

    def _open(self) -> None:
        self.active = True
        self.dress()
        self.opened.emit()

    def _close(self) -> None:
        self.active = False
        self.editor.show_text("")
        self.dress()
