"""How the window looks and what it says: words, colours, icons and fonts, handed to every widget.

Data from resources/; nothing here is global. ``repaint_from`` changes the colours in place, so a
theme can change while the window is open.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap

from core.sheet.messages import Messages

THEMES = ("light", "dark", "contrast")
SANS = "Noto Sans SC"
SERIF = "Noto Serif SC"
SMALLEST = 14
"""Logical pixels: no interface text is smaller."""

_DENSITIES = ((1.0, ""), (1.5, "@1.5x"), (2.0, "@2x"))


class Words:
    """The interface's own sentences and labels (resources/messages/ui.toml)."""

    def __init__(self, messages: Messages) -> None:
        self.messages = messages

    def __call__(self, name: str, /, **params: object) -> str:
        """Give the words called ``name``."""
        return self.messages.say(f"ui.{name}", **params)


class Look:
    """Words, colours, icons and fonts of one running window."""

    def __init__(self, resources: Path, messages: Messages, size: float) -> None:
        self.words = Words(messages)
        self.size = max(float(SMALLEST), size)
        self._resources = resources
        with (resources / "palette.toml").open("rb") as file:
            self._palettes: dict[str, dict[str, str]] = tomllib.load(file)
        self._colours: dict[str, QColor] = {}
        self._icons: dict[str, QIcon] = {}
        self.marks: dict[str, QIcon] = {}
        self.theme = ""
        self.choose_theme("light")

    def choose_theme(self, theme: str) -> None:
        """Take the colours of ``light``, ``dark`` or ``contrast``."""
        self.theme = theme
        self._colours = {name: QColor(code) for name, code in self._palettes[theme].items()}
        self._icons.clear()
        self.marks.clear()

    def colour(self, name: str) -> QColor:
        """Give a colour of the palette file."""
        return self._colours[name]

    def sans(self, factor: float = 1.0) -> QFont:
        """Give the interface font, ``factor`` times its usual size."""
        return _font(SANS, self.size * factor)

    def serif(self, size: float) -> QFont:
        """Give the font of the sheet at a size in logical pixels."""
        return _font(SERIF, size)

    def em(self, count: float) -> int:
        """Give a length of ``count`` letters of the interface font, in logical pixels."""
        return round(self.size * count)

    def icon(self, name: str) -> QIcon:
        """Give an icon in the text colour, greyed when disabled."""
        if name not in self._icons:
            icon = QIcon()
            density, suffix = _density()
            shape = QPixmap(str(self._resources / "icons" / f"{name}{suffix}.png"))
            for mode, colour in ((QIcon.Mode.Normal, "text"), (QIcon.Mode.Disabled, "ghost")):
                icon.addPixmap(_tinted(shape, self.colour(colour), density), mode)
            self._icons[name] = icon
        return self._icons[name]

    def qt_palette(self) -> QPalette:
        """Give the colours for Qt's own widgets."""
        palette = QPalette()
        role = QPalette.ColorRole
        for roles, name in (
            ((role.Window, role.Button), "window"),
            ((role.Base,), "field"),
            ((role.AlternateBase, role.ToolTipBase), "panel"),
            ((role.Text, role.WindowText, role.ButtonText, role.ToolTipText), "text"),
            ((role.Highlight,), "accent"),
            ((role.HighlightedText,), "accent_text"),
            ((role.PlaceholderText,), "ghost"),
            ((role.Link, role.LinkVisited), "accent"),
            ((role.Mid, role.Midlight), "line"),
        ):
            for one in roles:
                palette.setColor(one, self.colour(name))
        for one in (role.Text, role.WindowText, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, one, self.colour("ghost"))
        return palette

    def style_sheet(self) -> str:
        """Give resources/style.qss with the theme's colours (``@name``) put in."""
        text = (self._resources / "style.qss").read_text(encoding="utf-8")
        for name in sorted(self._colours, key=len, reverse=True):
            text = text.replace(f"@{name}", self._colours[name].name())
        return text


def plain_tip(text: str) -> str:
    """Give a person's text for a tool tip, which Qt would else take for HTML when it looks like it."""
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\n", "<br>")):
        text = text.replace(sign, written)
    return f"<span>{text}</span>"


def system_theme() -> str:
    """Give ``dark`` when the desktop asks for it, else ``light``."""
    hints = QGuiApplication.styleHints()
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def _font(family: str, size: float) -> QFont:
    font = QFont(family)
    font.setPixelSize(max(1, round(size)))
    # Fitting hanzi to the pixel grid is hardly seen and takes 6 ms of the start.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _density() -> tuple[float, str]:
    """Give the drawn density that suits the sharpest screen."""
    wanted = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    return next((one for one in _DENSITIES if one[0] >= wanted), _DENSITIES[-1])


def _tinted(shape: QPixmap, colour: QColor, density: float) -> QPixmap:
    """Give a black icon a colour; its shape is in its alpha channel."""
    pixmap = QPixmap(shape)
    painter = QPainter(pixmap)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), colour)
    painter.end()
    pixmap.setDevicePixelRatio(density)
    return pixmap
