"""Every dialog and question of the program; tests put another object in its place.

Dialogs are rare: choosing a file or folder, printing, confirming what cannot be undone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt

from ui.look import Words

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QMessageBox, QWidget


class Ask(Protocol):
    """What the window asks a person for."""

    def tell(self, sentence: str) -> None:
        """Tell something that must be read before going on."""
        ...

    def confirm(self, question: str, yes: str) -> bool:
        """Ask before something that cannot be undone; ``yes`` is the verb of the button."""
        ...

    def open_file(self, title: str, folder: Path, kinds: str) -> Path | None:
        """Have a file chosen; ``kinds`` are Qt file filters."""
        ...

    def save_file(self, title: str, suggested: Path, kinds: str) -> Path | None:
        """Have a name chosen for a file to write; asks before one is replaced."""
        ...

    def folder(self, title: str, folder: Path) -> Path | None:
        """Have a folder chosen."""
        ...

    def printer(self, pages: int) -> QPrinter | None:
        """Have a printer chosen."""
        ...


class Dialogs:
    """Asks with Qt's dialogs; texts are always shown as plain text."""

    def __init__(self, words: Words, parent: Callable[[], QWidget | None]) -> None:
        self._words = words
        self._parent = parent

    def tell(self, sentence: str) -> None:
        """Tell something that must be read before going on."""
        self._box(sentence).exec()

    def confirm(self, question: str, yes: str) -> bool:
        """Ask before something that cannot be undone."""
        from PySide6.QtWidgets import QMessageBox

        box = self._box(question)
        box.setIcon(QMessageBox.Icon.Question)
        box.setStandardButtons(QMessageBox.StandardButton.Cancel)
        button = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        return box.clickedButton() is button

    def open_file(self, title: str, folder: Path, kinds: str) -> Path | None:
        """Have a file chosen."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(self._parent(), title, str(folder), kinds)
        return Path(name) if name else None

    def save_file(self, title: str, suggested: Path, kinds: str) -> Path | None:
        """Have a name chosen for a file to write."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getSaveFileName(self._parent(), title, str(suggested), kinds)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(suggested.suffix)

    def folder(self, title: str, folder: Path) -> Path | None:
        """Have a folder chosen."""
        from PySide6.QtWidgets import QFileDialog

        name = QFileDialog.getExistingDirectory(self._parent(), title, str(folder))
        return Path(name) if name else None

    def printer(self, pages: int) -> QPrinter | None:
        """Have a printer chosen."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._parent())
        dialog.setMinMax(1, pages)
        return printer if dialog.exec() else None

    def _box(self, text: str) -> QMessageBox:
        from PySide6.QtWidgets import QMessageBox

        title = self._words("program-short")
        box = QMessageBox(QMessageBox.Icon.Information, title, text, parent=self._parent())
        box.setTextFormat(Qt.TextFormat.PlainText)
        return box
