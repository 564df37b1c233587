"""Everything the window can do, by name: words, keys and icons in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.look import Look


@dataclass(frozen=True, slots=True)
class Spec:
    """One action: its name (the words are ``action-NAME`` and ``tip-NAME``), keys, icon."""

    name: str
    keys: tuple[str, ...] = ()
    icon: str = ""


ACTIONS = (
    Spec("new", ("Ctrl+N",), "new"),
    Spec("carry", ("Ctrl+Shift+N",)),
    Spec("sample"),
    Spec("import", ("Ctrl+O",), "import"),
    Spec("import-copied", ("Ctrl+Shift+V",)),
    Spec("take-in"),
    Spec("copy-out", ("Ctrl+Shift+C",)),
    Spec("undo", ("Ctrl+Z",), "undo"),
    Spec("redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "redo"),
    Spec("preview", ("Ctrl+R",), "preview"),
    Spec("print", ("Ctrl+P",), "print"),
    Spec("excel", ("Ctrl+Shift+E",), "excel"),
    Spec("deliver", ("F9",), "send"),
    Spec("find", ("Ctrl+F",), "find"),
    Spec("help", ("F1",), "help"),
    Spec("all-checks", ("Shift+F1",)),
    Spec("library", ("Ctrl+L",)),
    Spec("left-pane", ("Ctrl+1",), "left-pane"),
    Spec("right-pane", ("Ctrl+2",), "right-pane"),
    Spec("save", ("Ctrl+S",)),
    Spec("close", ("Ctrl+W",)),
    Spec("next-tab", ("Ctrl+Tab", "Ctrl+PgDown")),
    Spec("previous-tab", ("Ctrl+Shift+Tab", "Ctrl+PgUp")),
    Spec("other-part", ("F6",)),
    Spec("check-all", ("F7",)),
    Spec("next-problem", ("F8",)),
    Spec("previous-problem", ("Shift+F8",)),
    Spec("apply-fix", ("Alt+Return", "Alt+Enter")),
    Spec("fix-all", ("Ctrl+Alt+Return", "Ctrl+Alt+Enter")),
    Spec("explain", ("Ctrl+E",)),
    Spec("keep-explanation", ("Ctrl+Alt+E",)),
    Spec("explanations", ("Shift+F7",)),
    Spec("choices", ("Ctrl+F7",)),
    Spec("add-row", ("Ctrl+Return", "Ctrl+Enter")),
    Spec("remove-row", ("Ctrl+Delete", "Ctrl+-")),
    Spec("move-up", ("Alt+Up", "Alt+Shift+Up")),
    Spec("move-down", ("Alt+Down", "Alt+Shift+Down")),
    Spec("larger", ("Ctrl+=", "Ctrl++")),
    Spec("smaller", ("Ctrl+Shift+-",)),
    Spec("usual-size", ("Ctrl+0",)),
    Spec("quit", ("Ctrl+Q",)),
)
ON_THE_BAR = (
    *("new", "import", "", "undo", "redo", "", "preview", "print", "excel", "", "deliver"),
    *("stretch", "find"),
)


class Actions:
    """The actions of one window; each runs what was given for its name."""

    def __init__(self, look: Look, window: QWidget, run: Mapping[str, Callable[[], object]]) -> None:
        self._all: dict[str, QAction] = {}
        for spec in ACTIONS:
            action = QAction(look.words(f"action-{spec.name}"), window)
            action.setObjectName(spec.name)
            action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
            if spec.keys:
                name = look.words(f"action-{spec.name}").rstrip("…")
                action.setToolTip(look.words("tip", name=name, keys=shown_keys(spec.keys[0])))
            if spec.icon:
                action.setIcon(look.icon(spec.icon))
            action.triggered.connect(lambda _=False, run=run[spec.name]: run())
            window.addAction(action)
            self._all[spec.name] = action

    def __getitem__(self, name: str) -> QAction:
        """Give an action by its name."""
        return self._all[name]

    def dress(self, look: Look) -> None:
        """Take icons in the colours of a changed look."""
        for spec in ACTIONS:
            if spec.icon:
                self._all[spec.name].setIcon(look.icon(spec.icon))


def shown_keys(keys: str) -> str:
    """Give keys as they are printed on a Chinese keyboard."""
    for name, shown in (("Return", "回车"), ("Up", "↑"), ("Down", "↓"), ("PgDown", "PageDown")):
        keys = keys.replace(name, shown)
    return keys
