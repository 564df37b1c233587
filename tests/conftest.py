"""Fixtures every test may ask for, and what no test may leave behind.

Tests run without a screen (``--onscreen`` shows the windows), write into folders of their own and never see
the drafts or settings of the person who runs them.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from core.check.checker import Checker

PROJECT = Path(__file__).resolve().parent.parent
PERSONAL_FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "APPDATA")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--onscreen", action="store_true", help="show the windows while testing")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # Qt complains where no one is logged in, and a complaint fails a test.
    if "XDG_RUNTIME_DIR" not in os.environ:
        os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="jibiao-runtime-")
    _choose_hypothesis_profile()


def _choose_hypothesis_profile() -> None:
    found = DirectoryBasedExampleDatabase(Path(tempfile.gettempdir(), "jibiao-hypothesis"))
    usual = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile("developer", usual, database=found)
    settings.register_profile("ci", usual, derandomize=True, database=None)
    settings.register_profile("thorough", usual, max_examples=2000, database=found)
    settings.load_profile("ci" if os.environ.get("CI") else "developer")


@pytest.fixture(autouse=True)
def _nothing_of_the_person(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    # Not made before something is written there: making and removing ten thousand folders takes a minute.
    folder = tmp_path_factory.getbasetemp() / f"person-{uuid.uuid4().hex}"
    for name in PERSONAL_FOLDERS:
        monkeypatch.setenv(name, str(folder))


@pytest.fixture(scope="session")
def _reported() -> set[int]:
    """The Qt threads that an earlier test already answered for."""
    return set()


@pytest.fixture(autouse=True)
def _nothing_left_behind(_reported: set[int]) -> Iterator[None]:
    """Fail a test that leaves a window open or a thread running."""
    before = set(threading.enumerate())
    yield
    left = [f"thread {thread.name!r}" for thread in _threads_since(before)]
    if "PySide6.QtWidgets" in sys.modules:
        left += _left_in_qt(_reported)
    assert not left, f"left behind by this test: {', '.join(left)}"


def _threads_since(before: set[threading.Thread], patience: float = 2.0) -> list[threading.Thread]:
    """Give the threads started since that are still alive after a moment's patience."""
    until = time.monotonic() + patience
    started = [thread for thread in threading.enumerate() if thread not in before]
    # A thread of Qt that ran Python shows as a dummy; those are looked for as QThread.
    started = [thread for thread in started if type(thread).__name__ != "_DummyThread"]
    for thread in started:
        thread.join(max(0.0, until - time.monotonic()))
    return [thread for thread in started if thread.is_alive()]


def _left_in_qt(reported: set[int]) -> list[str]:
    from PySide6.QtCore import QCoreApplication, QEvent, QThread
    from PySide6.QtWidgets import QApplication

    if not isinstance(QCoreApplication.instance(), QApplication):
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    threads = [thing for thing in gc.get_objects() if issubclass(type(thing), QThread)]
    running = [thread for thread in threads if thread.isRunning() and id(thread) not in reported]
    left = [f"window {window!r}" for window in windows] + [f"thread {thread!r}" for thread in running]
    reported.update(map(id, running))
    for window in windows:
        window.close()  # one test answers for it, not all that follow
    return left


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The one application, in the bundled font, so that Chinese shows where no Chinese font is installed."""
    from PySide6.QtGui import QFont, QFontDatabase

    number = QFontDatabase.addApplicationFont(str(PROJECT / "resources/fonts/NotoSansSC-Regular.ttf"))
    assert number >= 0, "the bundled font does not load"
    qapp.setStyle("Fusion")
    qapp.setFont(QFont(QFontDatabase.applicationFontFamilies(number)[0], 10))
    return qapp


@pytest.fixture(scope="session")
def checker(resources: Path) -> Checker:
    """All checks that ship, read once: nothing in them changes."""
    from core.check.checker import read_checker

    return read_checker(resources)


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def resources() -> Path:
    """The folder of everything shipped that is not Python."""
    return PROJECT / "resources"


@pytest.fixture(scope="session")
def messages(resources: Path) -> Messages:
    """The sentences a person reads."""
    return Messages(resources / "messages")


@pytest.fixture(scope="session")
def forms(resources: Path) -> FormLibrary:
    """The forms this program ships."""
    return FormLibrary(resources / "forms")


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """A new, empty data folder of this test's own."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of real published forms beside the checkout; without it the test is skipped and says so."""
    folder = PROJECT.parent / "shared" / "seeds"
    if not list(folder.glob("*.txt")):
        pytest.skip("NOT TESTED on the real published forms: there is no ../shared/seeds")
    return folder
