"""Which key does what in the sheet, as a clerk knows it from Excel. Pure: no widget, no document."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_KEY = Qt.Key
_ENTERS = (_KEY.Key_Return, _KEY.Key_Enter)
_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_ALWAYS = {
    (_KEY.Key_Tab, _NONE): "next",
    (_KEY.Key_Backtab, _SHIFT): "previous",
    (_KEY.Key_Tab, _SHIFT): "previous",
    **{(key, _NONE): "enter" for key in _ENTERS},
    **{(key, _SHIFT): "enter-up" for key in _ENTERS},
}
_READY = {
    (_KEY.Key_Left, _NONE): "left",
    (_KEY.Key_Right, _NONE): "right",
    (_KEY.Key_Up, _NONE): "up",
    (_KEY.Key_Down, _NONE): "down",
    (_KEY.Key_Left, _SHIFT): "extend-left",
    (_KEY.Key_Right, _SHIFT): "extend-right",
    (_KEY.Key_Up, _SHIFT): "extend-up",
    (_KEY.Key_Down, _SHIFT): "extend-down",
    (_KEY.Key_Home, _NONE): "row-start",
    (_KEY.Key_End, _NONE): "row-end",
    (_KEY.Key_Home, _CTRL): "first",
    (_KEY.Key_End, _CTRL): "last",
    (_KEY.Key_PageUp, _NONE): "page-up",
    (_KEY.Key_PageDown, _NONE): "page-down",
    (_KEY.Key_F2, _NONE): "edit",
    (_KEY.Key_Delete, _NONE): "clear",
    (_KEY.Key_Backspace, _NONE): "clear-and-edit",
    (_KEY.Key_Escape, _NONE): "drop-choice",
    (_KEY.Key_C, _CTRL): "copy",
    (_KEY.Key_X, _CTRL): "cut",
    (_KEY.Key_V, _CTRL): "paste",
    (_KEY.Key_Insert, _CTRL): "copy",
    (_KEY.Key_Insert, _SHIFT): "paste",
}
_LEFT_TO_THE_WINDOW = {
    (_KEY.Key_Z, _CTRL),
    (_KEY.Key_Y, _CTRL),
    (_KEY.Key_Z, _CTRL | _SHIFT),
    (_KEY.Key_Delete, _CTRL),
    (_KEY.Key_F2, _NONE),
}


class Situation(NamedTuple):
    """Where the editor stands: typing or only standing on a cell, and in what kind of cell."""

    typing: bool = False
    many_lines: bool = False
    on_first_line: bool = True
    on_last_line: bool = True
    has_choices: bool = False


def command_of(event: QKeyEvent, now: Situation) -> str | None:
    """Give the command of a key, or None when the editor itself (or the window) should have it."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    pressed = (Qt.Key(event.key()), modifiers)
    if pressed == (_KEY.Key_Down, _ALT) and now.has_choices:
        return "choices"
    if pressed in _ALWAYS:
        return _ALWAYS[pressed]
    if not now.typing:
        return _READY.get(pressed)
    return _while_typing(pressed, now)


def _while_typing(pressed: tuple[Qt.Key, Qt.KeyboardModifier], now: Situation) -> str | None:
    key, modifiers = pressed
    if pressed == (_KEY.Key_Escape, _NONE):
        return "cancel"
    if key in _ENTERS and modifiers == _ALT and now.many_lines:
        return "new-line"
    if pressed == (_KEY.Key_Up, _NONE) and now.on_first_line:
        return "up"
    if pressed == (_KEY.Key_Down, _NONE) and now.on_last_line:
        return "down"
    return None


def is_for_the_window(event: QKeyEvent) -> bool:
    """Whether a key that the stock editor would take belongs to the window: undo, redo, remove row."""
    return (Qt.Key(event.key()), event.modifiers()) in _LEFT_TO_THE_WINDOW
