"""How quick the window is: from a key to the repainted sheet, and from the start to the first paint.

The start is held against an empty PySide6 window with a table, started the same way.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.measuring import Figure, percentile

PROJECT = Path(__file__).resolve().parent.parent
RESOURCES = PROJECT / "resources"
ROUNDS = 9
KEYS = 400

_EMPTY = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem
app = QApplication(sys.argv)
app.setStyle("Fusion")
class Table(QTableWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, painted)
def painted():
    print(time.time())
    app.quit()
window = QMainWindow()
table = Table(60, 6)
for row in range(60):
    for column in range(6):
        table.setItem(row, column, QTableWidgetItem("0.00"))
window.setCentralWidget(table)
window.resize(1288, 728)
window.show()
app.exec()
"""
_OURS = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from ui.app import run
from PySide6.QtCore import QEvent, QObject, QTimer
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.end)
        return False
    def end(self):
        print(time.time())
        self.window.close()
painted = Painted()
def opened(window):
    painted.window = window
    window.workspace.pane.view.viewport().installEventFilter(painted)
run(Path(sys.argv[1]) / "resources", Path(sys.argv[2]), opened)
"""


def measure() -> list[Figure]:
    """Measure keys in this process and starts in processes of their own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        _put_draft(data)
        keys = _measure_keys(data)
        empty = _start([sys.executable, "-c", _EMPTY])
        ours = _start([sys.executable, "-c", _OURS, str(PROJECT), str(data)])
    return [
        Figure("ui", "key to repainted sheet, 30 indicators, p50", percentile(keys, 0.5), "ms"),
        Figure("ui", "key to repainted sheet, 30 indicators, p99", percentile(keys, 0.99), "ms", 16),
        Figure("ui", "start of an empty window with a table", empty, "ms"),
        Figure("ui", "start of the window with a draft", ours, "ms"),
        Figure("ui", "the same as a multiple of the empty one", ours / empty, "×", 1.5),
    ]


def _put_draft(data: Path) -> None:
    """Keep a filled form with 30 indicators as the one draft."""
    from core.draft.content import content_of
    from core.draft.store import open_store
    from core.sheet.document import ROOT, Row
    from core.sheet.document_file import read_document
    from core.sheet.forms import FormLibrary

    sample = RESOURCES / "forms" / "gz-decl" / "2025" / "sample.json"
    document = read_document(sample.read_bytes(), FormLibrary(RESOURCES / "forms"))
    rows = document.rows("indicators")
    while len(rows) < 30:
        cells = {**rows[0].cells, "name": f"调解案件数量第{len(rows)}项", "value": f"≥{len(rows)}件"}
        document.insert_row("indicators", ROOT, 1, Row(f"bench{len(rows)}", cells))
        rows = document.rows("indicators")
    store = open_store(data)
    store.drafts.create(content_of(document)).result()
    store.close()


def _measure_keys(data: Path) -> list[float]:
    """Give the milliseconds from a key press to the sheet painted again, for keys all over the form."""
    from PySide6.QtWidgets import QApplication

    from core.draft.store import open_store
    from ui.app import begin, dress_application, make_application, make_look
    from ui.main_window import MainWindow
    from ui.tasks import Tasks
    from ui.tools import Tools

    application = make_application(RESOURCES)
    look = make_look(application, RESOURCES)
    dress_application(look)
    store = open_store(data)
    window = MainWindow(Tools(RESOURCES, store, look, _Silent(), Tasks(_raise)))
    window.resize(1366, 768)
    window.show()
    begin(window)
    QApplication.processEvents()
    found = _type_everywhere(window)
    window.close()
    window.tools.tasks.wait()
    store.close()
    return found


def _type_everywhere(window: object) -> list[float]:
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    from ui.main_window import MainWindow
    from ui.sheet.walk import Spot, typing_order

    assert isinstance(window, MainWindow)
    assert window.workspace.pane is not None
    view = window.workspace.pane.view
    found: list[float] = []
    plain = Qt.KeyboardModifier.NoModifier
    while len(found) < KEYS:
        for cell in list(typing_order(view.grid)):
            if cell.place is None or len(found) >= KEYS:
                continue
            view.stand_on(Spot(cell.row, cell.column))
            QApplication.processEvents()
            for key in "12.5":
                start = time.perf_counter()
                press = QKeyEvent(QEvent.Type.KeyPress, 0, plain, key)
                QApplication.sendEvent(view.typing.editor, press)
                QApplication.processEvents()
                found.append((time.perf_counter() - start) * 1000)
    return found


def _start(command: list[str]) -> float:
    """Give the median milliseconds from the start of a process to what it calls its first paint."""
    # As on a person's computer, where Python keeps what it compiled; the first run compiles.
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    found = []
    for _ in range(ROUNDS + 1):
        start = time.time()
        told = subprocess.run(command, check=True, capture_output=True, text=True, env=usual).stdout
        found.append((float(told) - start) * 1000)
    return statistics.median(found[1:])


def _raise(error: Exception) -> None:
    raise error


class _Silent:
    """Nobody is asked anything while measuring."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"asked: {name}")
