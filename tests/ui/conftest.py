"""What tests of the window share: a filled form, a sheet on it, an input method to play."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QFontDatabase, QInputMethodEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.check.checker import Checker
from core.draft.store import Store, open_store
from core.sheet.document import Document, blank_document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.history import Record
from core.sheet.messages import Messages
from core.sheet.places import Place
from ui.app import tell_failure
from ui.judging import Judging
from ui.look import Look
from ui.main_window import MainWindow
from ui.session import Session
from ui.sheet.choices import Choices
from ui.sheet.view import SheetView
from ui.tasks import Tasks
from ui.tools import Tools

OFFSCREEN_ONLY = "^This plugin does not support"
"""What the plugin without a screen says of itself; a real screen never does."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_ONLY))


PLAIN = Qt.KeyboardModifier.NoModifier


def compose(widget: QWidget, preedit: str = "", commit: str = "") -> None:
    """Play an input method: ``preedit`` is being composed, ``commit`` was confirmed."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QCoreApplication.sendEvent(widget, event)


class Clerk:
    """A person at the sheet: types, presses, looks. Knows nothing of how the sheet works inside."""

    def __init__(self, qtbot: QtBot, view: SheetView, session: Session) -> None:
        self._qtbot = qtbot
        self.view = view
        self.session = session

    @property
    def keyboard(self) -> QWidget:
        """Where her keys go."""
        widget = QApplication.focusWidget()
        return widget or self.view.typing.editor

    def types(self, text: str) -> None:
        self._qtbot.keyClicks(self.keyboard, text)

    def presses(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1
    ) -> None:
        for _ in range(times):
            self._qtbot.keyClick(self.keyboard, key, modifiers)

    def composes(self, preedit: str = "", commit: str = "") -> None:
        compose(self.keyboard, preedit, commit)

    def goes_to(self, place: Place) -> None:
        assert self.view.go_to(place), place

    def point_of(self, place: Place) -> QPoint:
        cell = self.view.grid.cell_of(place)
        assert cell is not None
        return self.view.point_of(cell)

    def clicks(self, place: Place) -> None:
        self._qtbot.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=self.point_of(place))

    def double_clicks(self, place: Place) -> None:
        self.clicks(place)
        self._qtbot.mouseDClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=self.point_of(place))

    def text(self, name: str) -> str:
        """What the document holds at a place as people count it."""
        return self.session.document.text(self.session.document.place(name))

    def place(self, name: str) -> Place:
        return self.session.document.place(name)


@pytest.fixture(scope="session")
def sheet_font(qapp: QApplication, project: Path) -> str:  # noqa: ARG001 fonts need it
    """The font of the sheet, there whichever test comes first."""
    number = QFontDatabase.addApplicationFont(str(project / "resources/fonts/NotoSerifSC-Regular.ttf"))
    return QFontDatabase.applicationFontFamilies(number)[0]


@pytest.fixture
def look(sheet_font: str, resources: Path, messages: Messages) -> Look:  # noqa: ARG001 it is loaded
    return Look(resources, messages, 14)


@pytest.fixture
def filled(resources: Path, forms: FormLibrary) -> Document:
    """A filled 2025 form."""
    return read_document((resources / "forms/gz-decl/2025/sample.json").read_bytes(), forms)


@pytest.fixture
def blank(forms: FormLibrary) -> Document:
    """A new 2025 form."""
    return blank_document(forms.get("gz-decl", "2025"), year=2026, unit_name="青禾镇人民政府")


@pytest.fixture
def kept() -> list[tuple[Record, bool]]:
    """What the session asked to keep, in order: the record and whether its step was still open."""
    return []


@pytest.fixture
def clerk_at(
    qtbot: QtBot, look: Look, resources: Path, kept: list[tuple[Record, bool]]
) -> Callable[[Document], Clerk]:
    """Give a clerk in front of the sheet of a document."""

    def sit_down(document: Document) -> Clerk:
        session = Session(
            document, (), Judging(document), lambda _, record, is_open: kept.append((record, is_open))
        )
        view = SheetView(session, look, Choices(resources / "levels.toml"))
        qtbot.addWidget(view)
        view.resize(1000, 700)
        view.show()
        view.activateWindow()
        view.typing.editor.setFocus()
        return Clerk(qtbot, view, session)

    return sit_down


@pytest.fixture
def clerk(clerk_at: Callable[[Document], Clerk], filled: Document) -> Clerk:
    """A clerk in front of a filled form."""
    return clerk_at(filled)


@pytest.fixture
def clerk_at_blank(clerk_at: Callable[[Document], Clerk], blank: Document) -> Clerk:
    """A clerk in front of a new form."""
    return clerk_at(blank)


# -- the whole window -------------------------------------------------------------------------------


class Answers:
    """Stands in for all dialogs: gives the answers a test laid ready, fails on any other question."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.ready: dict[str, object] = {}

    def tell(self, sentence: str) -> None:
        assert self.ready.pop("tell", None), f"nobody expected to be told: {sentence}"
        self.told.append(sentence)

    def confirm(self, question: str, yes: str) -> bool:
        return bool(self._answer("confirm", f"{question} [{yes}]"))

    def open_file(self, title: str, folder: Path, kinds: str) -> Path | None:
        return self._path("open_file", f"{title} {folder} {kinds}")

    def save_file(self, title: str, suggested: Path, kinds: str) -> Path | None:
        self.suggested = suggested
        return self._path("save_file", f"{title} {suggested} {kinds}")

    def folder(self, title: str, folder: Path) -> Path | None:
        return self._path("folder", f"{title} {folder}")

    def printer(self, pages: int) -> QPrinter | None:
        found = self._answer("printer", f"{pages} pages")
        assert found is None or isinstance(found, QPrinter)
        return found

    def _path(self, kind: str, question: str) -> Path | None:
        found = self._answer(kind, question)
        assert found is None or isinstance(found, Path)
        return found

    def _answer(self, kind: str, question: str) -> object:
        assert kind in self.ready, f"nobody expected the question: {question}"
        return self.ready.pop(kind)


class AtOnce(Tasks):
    """Does work beside the window at once, so that a test need not wait."""

    def _start(self, work, done, refused):  # type: ignore[no-untyped-def]
        self._work(work, done, refused)

    def _finish(self, _thread, finish):  # type: ignore[no-untyped-def]
        self.busy.emit("")
        finish()


@pytest.fixture
def answers() -> Answers:
    """The answers of the person; a test lays them ready."""
    return Answers()


@pytest.fixture
def store(data_folder: Path) -> Iterator[Store]:
    """The drafts of one person, on the disk."""
    opened = open_store(data_folder)
    yield opened
    opened.close()


@pytest.fixture
def window(
    qtbot: QtBot, store: Store, resources: Path, look: Look, answers: Answers, checker: Checker
) -> Iterator[MainWindow]:
    """The window with no draft in it yet, findings not held back by the first paint."""
    tasks = AtOnce(lambda error: tell_failure(error, look.words.messages, answers))
    tools = Tools(resources, store, look, answers, tasks, today=lambda: date(2025, 9, 1))
    tools._checker = checker
    made = MainWindow(tools)
    made.resize(1366, 768)
    qtbot.addWidget(made)
    made.forms.show()  # both sides, though the screen of tests is small
    made.problems.show()
    made.show()
    made.forms.reload()
    yield made
    made.close()


@pytest.fixture
def open_document(window: MainWindow, qtbot: QtBot) -> Callable[[Document], Clerk]:
    """Put a document among the drafts, open it, and give the clerk in front of it."""

    def put(document: Document) -> Clerk:
        pane = window.workspace.open_new(document)
        window.forms.reload()
        window.activateWindow()
        pane.start_judging()
        window.problems.refresh()
        pane.view.take_keyboard()
        return Clerk(qtbot, pane.view, pane.session)

    return put
