"""A table copied for typing it into a web system (复制供录入): in the columns of that system, seen first.

The order of columns comes from a map file (填表对照) chosen once for each form and remembered.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.fill.copying import Copied, copy_table, form_columns, list_for
from core.fill.filler import Tools as FillTools
from core.fill.map_file import MAX_BYTES, check_map, parse_map
from core.fill.mapping import NUMBER, ListMap, Map, field_of
from core.fill.telling import Telling
from core.intake.pieces import cell_name
from core.sheet.document import Document
from core.sheet.errors import RefusedError
from ui.listing import Listing
from ui.page_frame import PageFrame
from ui.quiet_box import QuietBox
from ui.sheet.table_text import read_block
from ui.tools import Tools

if TYPE_CHECKING:
    from core.sheet.definition import Table

MOST_ROWS = 200
"""More rows are copied, but not listed."""
MAPS = "fill-maps"
"""The setting that holds the map file of each form."""


class CopyPage(PageFrame):
    """Shows a table as it will be pasted. ``copied`` tells how many rows went to the clipboard."""

    copied = Signal(int)

    def __init__(self, document: Document, table: str, tools: Tools) -> None:
        super().__init__(tools.words("copy-title"), tools.look)
        self._document, self._tools = document, tools
        self._made: Copied | None = None
        form = document.form
        self._tables: list[Table] = [
            one for one in form.tables.values() if document.rows(one.path) or one.parent
        ]
        words = tools.words
        self.text(words("copy-text"))
        self.table = QuietBox(self.content)
        self.table.addItems([one.label or one.name for one in self._tables])
        paths = [one.path for one in self._tables]
        self.table.setCurrentIndex(paths.index(table) if table in paths else 0)
        self.map = QLabel(self.content)
        self.map.setTextFormat(Qt.TextFormat.PlainText)
        self.map.setWordWrap(True)
        self._lay_out()
        self._say = self.text("", "warning")
        self._found = QWidget(self.content)
        self._lists = QVBoxLayout(self._found)
        self._lists.setContentsMargins(0, 0, 0, 0)
        self.button = QPushButton(self.content)
        self.button.setObjectName("main")
        self.button.clicked.connect(self.copy)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._found, 1)
        self.table.currentIndexChanged.connect(lambda _: self._try())
        self._try()

    def begin(self) -> None:
        """Begin at the button that copies."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter copies."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not isinstance(self.focusWidget(), QPushButton):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the rows on the clipboard."""
        if self._made is not None and self._made.rows:
            QGuiApplication.clipboard().setText(self._made.text)
            self.copied.emit(self._made.rows)

    def choose_map(self) -> None:
        """Have the map of this form's web system chosen, and remember it."""
        tools = self._tools
        folder = tools.folder_for("import") or Path.home()
        path = tools.ask.open_file(tools.words("copy-choose"), folder, tools.words("copy-kinds"))
        if path is not None:
            self._remember(str(path))

    # -- inside ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        words = self._tools.words
        rows = QFormLayout()
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        rows.setHorizontalSpacing(16)
        label = QLabel(words("copy-table"), self.content)
        label.setBuddy(self.table)
        self.table.setAccessibleName(words("copy-table"))
        self.table.setMaximumWidth(self.look.em(30))
        rows.addRow(label, self.table)
        line = QHBoxLayout()
        line.addWidget(self.map, 1)
        choose = QPushButton(words("copy-choose-map"), self.content)
        choose.clicked.connect(self.choose_map)
        self.plain = QPushButton(words("copy-without-map"), self.content)
        self.plain.clicked.connect(lambda: self._remember(""))
        line.addWidget(choose)
        line.addWidget(self.plain)
        rows.addRow(QLabel(words("copy-map"), self.content), line)
        self.body.addLayout(rows)

    def _known_map(self) -> str:
        maps = self._tools.settings.get(MAPS)
        return str(maps.get(self._document.form.form, "")) if isinstance(maps, dict) else ""

    def _remember(self, file: str) -> None:
        maps = self._tools.settings.get(MAPS)
        known = dict(maps) if isinstance(maps, dict) else {}
        self._tools.remember(MAPS, known | {self._document.form.form: file})
        self._try()

    def _read_map(self) -> Map | None:
        name = self._known_map()
        if not name:
            return None
        path = Path(name)
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise RefusedError("ui.copy-no-map", file=name) from error
        made = parse_map(data, path.name)
        check_map(made, self._document.form)
        return made

    def _try(self) -> None:
        """Make what would be copied, to show it."""
        words, tools = self._tools.words, self._tools
        name = self._known_map()
        self.map.setText(name or words("copy-form-order"))
        self.plain.setVisible(bool(name))
        self._made = None
        complaint = ""
        self._clear()
        if not self._tables:
            complaint = words("copy-nothing")
        else:
            path = self._tables[self.table.currentIndex()].path
            try:
                made = self._read_map()
                columns = list_for(made, path) if made else form_columns(self._document.form, path)
                fill_tools = FillTools(tools.grammar(), tools.levels(), tools.figures_of)
                self._made = copy_table(self._document, path, made, fill_tools)
                self._show(self._made, columns)
            except RefusedError as error:
                complaint = tools.messages.of(error)
        self._say.setText(complaint)
        self._say.setVisible(bool(complaint))
        rows = self._made.rows if self._made else 0
        self.button.setText(words("copy-do", count=rows))
        self.button.setEnabled(bool(rows))

    def _clear(self) -> None:
        while (item := self._lists.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()

    def _show(self, made: Copied, columns: ListMap) -> None:
        words, telling = self._tools.words, Telling(self._tools.messages, [""])
        if made.left:
            self.text(words("copy-left", count=len(made.left)), "warning", self._lists)
            lines = [
                [telling.place(self._document, one.place), one.text, telling.say(one.why)]
                for one in made.left
            ]
            heads = [words(name) for name in ("import-where", "import-text", "copy-why")]
            self._lists.addWidget(Listing(heads, lines, [18, 20], self.look, self._found))
        notes = dict.fromkeys(telling.say(one.what) for one in made.notes)
        for note in notes:
            self.text(note, "warning", self._lists)
        if made.rows:
            rows = read_block(made.text)[:MOST_ROWS]
            heads = self._headings(columns)
            width = max(5.0, 50 / len(heads))
            self._lists.addWidget(Listing(heads, rows, [width] * (len(heads) - 1), self.look, self._found), 1)

    def _headings(self, columns: ListMap) -> list[str]:
        """Give the columns as they will be pasted: the letter of the system's table, and what goes there."""
        heads = []
        for column in range(min(columns.columns), max(columns.columns) + 1):
            source = columns.columns.get(column)
            field = field_of(self._document.form, source.place) if source else None
            label = field.label if field else ""
            if source is not None and source.place == NUMBER:
                label = self._tools.words("copy-number")
            heads.append(f"{cell_name(0, column).rstrip('0')} {label}".strip())
        return heads
