"""The tool bar: actions with icon and word, the zoom, the menu behind ？."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from ui.actions import ON_THE_BAR, Actions
from ui.look import Look

ROOMY = 76
"""A window of so many letters shows every action with picture and word."""

_MORE = (
    *("help", "all-checks", "", "next-problem", "apply-fix", "fix-all", "explain", "explanations"),
    *("check-all", "choices", "", "add-row", "remove-row", "move-up", "move-down", "copy-out"),
    *("take-in", "library", "", "save", "close", "quit", ""),
)
"""What is behind ？, parted by lines."""
_PICTURES_ONLY = ("left-pane", "right-pane")
ZOOMS = (0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


def make_bar(
    window: QMainWindow,
    actions: Actions,
    look: Look,
    set_zoom: Callable[[float], None],
    choose_theme: Callable[[str], None],
) -> QToolBar:
    """Make the window's tool bar."""
    bar = QToolBar(look.words("bar"), window)
    bar.setObjectName("bar")
    bar.setMovable(False)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    bar.setIconSize(QSize(20, 20))
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    bar.addAction(actions["left-pane"])
    bar.addSeparator()
    for name in ON_THE_BAR:
        if not name:
            bar.addSeparator()
        elif name == "stretch":
            space = QWidget(bar)
            space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            bar.addWidget(space)
        else:
            bar.addAction(actions[name])
    _add_menu(bar, actions, "new", ("new", "carry", "sample"))
    _add_menu(bar, actions, "import", ("import", "import-copied", "take-in"))
    bar.addWidget(_zoom_button(bar, look, set_zoom))
    bar.addWidget(_help_button(bar, actions, look, choose_theme))
    bar.addAction(actions["right-pane"])
    fit_bar(bar, ROOMY)
    window.addToolBar(bar)
    return bar


def fit_bar(bar: QToolBar, letters: float) -> None:
    """Leave the pictures out where the window is too narrow (in letters) for pictures and words."""
    style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    bar.setToolButtonStyle(style if letters >= ROOMY else Qt.ToolButtonStyle.ToolButtonTextOnly)
    for action in bar.actions():
        # Only these are asked for: Qt loads 5 ms of types for the widgets between the buttons.
        if action.objectName() not in _PICTURES_ONLY:
            continue
        button = bar.widgetForAction(action)
        if isinstance(button, QToolButton):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)


def dress_bar(bar: QToolBar, look: Look) -> None:
    """Take a changed look."""
    button = bar.findChild(QToolButton, "more")
    if isinstance(button, QToolButton):
        button.setIcon(look.icon("help"))


def show_zoom(bar: QToolBar, zoom: float) -> None:
    """Show how large letters are."""
    button = bar.findChild(QToolButton, "zoom")
    if isinstance(button, QToolButton):
        button.setText(f"{round(zoom * 100)}%")


def _add_menu(bar: QToolBar, actions: Actions, name: str, entries: Sequence[str]) -> None:
    """Give an action's button a menu of what is akin to it; the bar shows the word without its dots."""
    button = bar.widgetForAction(actions[name])
    actions[name].setIconText(actions[name].text().rstrip("…"))
    if isinstance(button, QToolButton):
        menu = QMenu(button)
        for entry in entries:
            menu.addAction(actions[entry])
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)


def _menu_button(bar: QToolBar, name: str, words: str) -> tuple[QToolButton, QMenu]:
    button = QToolButton(bar)
    button.setObjectName(name)
    button.setAccessibleName(words)
    button.setToolTip(words)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    button.setMenu(menu)
    return button, menu


def _zoom_button(bar: QToolBar, look: Look, set_zoom: Callable[[float], None]) -> QToolButton:
    button, menu = _menu_button(bar, "zoom", look.words("zoom"))
    button.setText("100%")
    for zoom in ZOOMS:
        action = QAction(f"{round(zoom * 100)}%", menu)
        action.triggered.connect(lambda _=False, zoom=zoom: set_zoom(zoom))
        menu.addAction(action)
    return button


def _help_button(
    bar: QToolBar, actions: Actions, look: Look, choose_theme: Callable[[str], None]
) -> QToolButton:
    button, menu = _menu_button(bar, "more", look.words("more"))
    button.setIcon(look.icon("help"))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    for name in _MORE:
        menu.addAction(actions[name]) if name else menu.addSeparator()
    themes = menu.addMenu(look.words("theme"))
    group = QActionGroup(themes)
    for theme in ("auto", "light", "dark", "contrast"):
        action = QAction(look.words(f"theme-{theme}"), group)
        action.triggered.connect(lambda _=False, theme=theme: choose_theme(theme))
        themes.addAction(action)
    return button
