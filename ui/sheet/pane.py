"""One open document: strip, find bar and sheet, the menu of a row, and what is said about a cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from core.sheet.grid import Cell
from core.sheet.places import Place
from ui.about_cell import AboutCell
from ui.look import Look
from ui.session import Session
from ui.sheet.choices import Choices
from ui.sheet.strip import Strip
from ui.sheet.view import SheetView

if TYPE_CHECKING:
    from core.sheet.edits import Edit
    from ui.indicators import Indicators
    from ui.sheet.find_bar import FindBar
    from ui.sheet.paste_panel import PastePanel
    from ui.sheet.picking import Picking
    from ui.sheet.suggesting import Suggesting


class SheetPane(QWidget):
    """Everything about one open document. ``stood_on`` carries the place of the current cell or None."""

    stood_on = Signal(object)
    about_cell = Signal(str)
    said = Signal(str)
    copy_out_wanted = Signal()

    def __init__(self, session: Session, look: Look, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._look = look
        self.about = AboutCell(session, look)
        self.strip = Strip(session, look, self)
        self.view = SheetView(session, look, choices, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.view, 1)
        self._layout = layout
        self._paste_panel: PastePanel | None = None
        self.indicators: Indicators | None = None
        """Where names of indicators are suggested from, once the sheet has been painted."""
        self.picking: Picking | None = None
        self.suggesting: Suggesting | None = None
        self.view.commands.offer_paste = self._offer_paste
        self.strip.left.connect(self.view.take_keyboard)
        self.view.above_wanted.connect(self.strip.enter)
        self.view.label_clicked.connect(self._on_label)
        self.view.moved.connect(self._on_moved)
        self.view.said.connect(self.said)
        self.view.menu_wanted.connect(self._open_menu)
        session.judged.connect(self._show_marks)
        session.judged.connect(self._tell_about_cell)
        session.edited.connect(self._tell_about_cell)
        self._on_moved(self.view.current)

    def _suggest_from(self, indicators: Indicators) -> None:
        """Offer indicators of the library where a name is typed, and tell what it knows of a row."""
        from ui.sheet.picking import Picking
        from ui.sheet.suggesting import Suggesting

        self.picking = Picking(self.view, self.session, indicators, self._look)
        self.suggesting = Suggesting(self.view, self.session, self.picking, indicators, self._look)
        self.about.more = self.picking.told
        self._tell_about_cell()

    @cached_property
    def find_bar(self) -> FindBar:
        """The bar to find a text with, made when it is first wanted."""
        from ui.sheet.find_bar import FindBar

        bar = FindBar(self.view, self._look, self)
        self._layout.insertWidget(self._layout.indexOf(self.view), bar)
        return bar

    def start_judging(self) -> None:
        """Judge the document; called once it has been painted."""
        self.session.judging.start()
        if self.indicators is not None and self.suggesting is None:
            self._suggest_from(self.indicators)
        self.session.judged.emit()

    def begin(self) -> None:
        """Begin a new document: above the sheet where something is to be filled there, else in it."""
        line = self.strip.first_empty()
        if line is not None:
            line.setFocus()

    def go_to(self, place: Place) -> bool:
        """Stand on a place, in the sheet or in the strip."""
        line = self.strip.line_of(place)
        if line is not None:
            line.setFocus()
            line.selectAll()
            return True
        found = self.view.go_to(place)
        if found:
            self.view.take_keyboard()
        return found

    def tell(self) -> None:
        """Tell again where one stands, for a window that has just brought this pane to the front."""
        self._on_moved(self.view.current)

    def total_texts(self) -> list[str]:
        """Give the totals for the status line: how many indicators, and shares."""
        document = self.session.document
        texts = []
        for table in document.form.top_tables():
            if table.role == "indicators":
                count = sum(document.has_data(table.path, row) for row in document.rows(table.path))
                texts.append(self._look.words("count", label=table.label, count=count))
        for name, field in document.form.fields.items():
            if field.compute and field.kind == "percent" and self.strip.has_total(Place("", "", name)):
                texts.append(self.strip.total(Place("", "", name)))
        return texts

    @property
    def paste_panel(self) -> PastePanel | None:
        """What a block would change, while that is shown."""
        panel = self._paste_panel
        return panel if panel is not None and not panel.isHidden() else None

    # -- inside ------------------------------------------------------------------------------------------

    def _offer_paste(self, edits: Sequence[Edit], take: Callable[[], None]) -> None:
        from ui.sheet.paste_panel import PastePanel

        if self._paste_panel is None:
            self._paste_panel = PastePanel(self.view, self.session, self._look, self)
            self._layout.insertWidget(self._layout.indexOf(self.view), self._paste_panel)
        self._paste_panel.offer(edits, take)

    def _on_moved(self, cell: Cell | None) -> None:
        place = cell.place if cell else None
        editor = self.view.typing.editor
        editor.setAccessibleName(self.about.name(cell))
        line = self.about.line(cell)
        editor.setAccessibleDescription(" · ".join((cell.text, line)) if cell else "")
        self.stood_on.emit(place)
        self.about_cell.emit(line)

    def _on_label(self, cell: Cell | None) -> None:
        """Lead from printed words to the line above the sheet they are made of."""
        line = self.strip.line_in(cell) if cell is not None and cell.kind == "label" else None
        if line is not None:
            line.setFocus()
            line.selectAll()

    def _tell_about_cell(self) -> None:
        self.about_cell.emit(self.about.line(self.view.current))

    def _show_marks(self) -> None:
        judging = self.session.judging
        shown = self.session.findings()
        self.view.show_marks(judging.marks(shown), judging.unfinished(self.session.typed_at))

    def _suggest(self) -> None:
        if self.suggesting is not None:
            self.suggesting.open()

    def _open_menu(self, row: int, point: QPoint) -> None:
        menu = QMenu(self)
        commands, words = self.view.commands, self._look.words
        table_row = bool(self.view.grid.lines[row].row_id) and not self.session.frozen
        cell = self.view.current
        suggesting = self.suggesting
        entries = (
            ("cut", commands.cut, True),
            ("copy", commands.copy, True),
            ("paste", commands.paste, True),
            ("clear", commands.clear, True),
            ("copy-out", self.copy_out_wanted.emit, table_row),
            ("", None, True),
            ("choices", commands.choose, cell is not None and not cell.locked and Choices.offered(cell)),
            ("library", self._suggest, suggesting is not None and suggesting.offers_for(cell)),
            ("add-above", lambda: commands.add_row(row, above=True), table_row),
            ("add-below", lambda: commands.add_row(row), table_row),
            ("move-up", lambda: commands.move_row(-1, row), table_row),
            ("move-down", lambda: commands.move_row(1, row), table_row),
            ("remove-row", lambda: commands.remove_row(row), table_row),
        )
        for name, run, possible in entries:
            if run is None:
                menu.addSeparator()
                continue
            if possible:
                action = QAction(words(f"menu-{name}"), menu)
                # After the menu has gone: what runs may lay the sheet out anew under it.
                action.triggered.connect(lambda _=False, run=run: QTimer.singleShot(0, self, run))
                menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)
