"""What an import found, side by side: the file as it stood, and the sheet as it would be.

Nothing is taken over before the person has seen what has no place and what was repaired.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from core.sheet.document import Document
from core.sheet.places import Place
from ui.as_read import Found, SourceLine
from ui.import_report import Remark, remarks_of
from ui.listing import Listing
from ui.page_frame import PageFrame
from ui.sent_picks import SentPicks
from ui.sheet.still import StillSheet
from ui.tools import Tools

ZOOM = 0.85
"""Letters of the sheet to look at, so that it stands beside the file."""


class ImportPage(PageFrame):
    """Shows what was read. ``taken`` carries the chosen documents once the person has looked.

    Before it, ``picked`` carries document, name and value of each setting that is taken over with them.
    """

    taken = Signal(object)
    picked = Signal(object, str, object)
    wide = True

    def __init__(self, found: Found, name: str, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(tools.words("import-title"), tools.look, parent, scrolls=False)
        self._tools, self._found = tools, found
        self._remarks = remarks_of(found, tools)
        self._sheets: dict[int, StillSheet] = {}
        self.button = QPushButton(self)
        self.button.setObjectName("main")
        self.button.clicked.connect(self._take)
        self.bar.addWidget(self.button)
        self.body.setContentsMargins(16, 0, 16, 12)
        self.text(tools.words("import-file", name=name))
        self.documents = self._make_documents()
        self.picks = SentPicks(found.picks, found.documents, tools, self)
        self._right = QStackedWidget(self)
        self.source = self._make_source(found.lines)
        self.report = self._make_report()
        self._lay_out()
        self.documents.setCurrentRow(0)
        self._show_count()

    def begin(self) -> None:
        """Begin at the first remark, or at the button that takes the documents over."""
        if self._remarks:
            self.report.setCurrentCell(0, 0)
        (self.report if self._remarks else self.button).setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> list[Document]:
        """Give the documents with a tick."""
        ticked = [
            self.documents.item(row).checkState() is Qt.CheckState.Checked
            for row in range(self.documents.count())
        ]
        return [one for one, taken in zip(self._found.documents, ticked, strict=True) if taken]

    @property
    def sheet(self) -> StillSheet | None:
        """The sheet to look at."""
        widget = self._right.currentWidget()
        return widget if isinstance(widget, StillSheet) else None

    # -- parts -------------------------------------------------------------------------------------------

    def _make_documents(self) -> QListWidget:
        """List what was found in the file, each with a tick."""
        box = QListWidget(self)
        box.setAccessibleName(self._tools.words("import-documents"))
        for document in self._found.documents:
            item = QListWidgetItem(about(document, self._tools))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            box.addItem(item)
        rows = min(4, box.count())
        box.setFixedHeight(box.sizeHintForRow(0) * rows + 2 * box.frameWidth() + 4)
        box.currentRowChanged.connect(self._show_document)
        box.itemChanged.connect(lambda _: self._show_count())
        return box

    def _make_source(self, lines: Sequence[SourceLine]) -> Listing:
        words = self._tools.words
        marked = {spot: one.sign for one in reversed(self._remarks) for spot in one.spots}
        parts = {one.spot[:2] for one in lines}
        rows = []
        for one in lines:
            where = str(one.line)
            if len(parts) > 1:
                name = "source-row" if one.sheet else "source-table" if one.table > 0 else "source-paragraph"
                where = words(name, sheet=one.sheet, table=one.table, line=one.line)
            rows.append([f"{marked.get(one.spot, '')} {where}".strip(), one.text])
        width = 10 if len(parts) > 1 else 6
        source = Listing([words("import-where"), words("import-as-read")], rows, [width], self.look, self)
        source.currentCellChanged.connect(lambda row, *_: self._follow_source(row))
        source.setVisible(bool(lines))
        return source

    def _make_report(self) -> Listing:
        words = self._tools.words
        rows = [(f"{one.sign} {one.where}", one.read, one.made) for one in self._remarks]
        heads = [words(name) for name in ("import-where", "import-text", "import-made")]
        report = Listing(heads, rows, [15, 32], self.look, self)
        report.currentCellChanged.connect(lambda row, *_: self._follow_report(row))
        report.setVisible(bool(rows))
        return report

    def _lay_out(self) -> None:
        words = self._tools.words
        self.body.addWidget(self.documents)
        if len(self._found.documents) == 1:  # nothing to choose from
            self.documents.hide()
            self.text(about(self._found.documents[0], self._tools), "heading")
        unplaced = sum(one.sign == "▲" for one in self._remarks)
        if not self._remarks:
            self.text(words("import-clean"))
        elif unplaced:
            self.text(
                words("import-unplaced", count=unplaced, others=len(self._remarks) - unplaced), "warning"
            )
        else:
            self.text(words("import-repairs", count=len(self._remarks)))
        self.body.addWidget(self.picks)
        sides = QSplitter(Qt.Orientation.Horizontal, self)
        for part in (self.source, self._right):
            sides.addWidget(part)
        sides.setSizes([self.look.em(36), self.look.em(54)])
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.addWidget(self.report)
        halves.addWidget(sides)
        halves.setStretchFactor(1, 1)
        self.report.setMinimumHeight(self.look.em(4))
        halves.setSizes([self.look.em(min(9.0, 2.2 * (len(self._remarks) + 1))), self.look.em(40)])
        for splitter in (sides, halves):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(8)
        self.body.addWidget(halves, 1)

    def _take(self) -> None:
        documents = self.chosen()
        for pick in self.picks.taken(documents):
            self.picked.emit(*pick)
        self.taken.emit(documents)

    # -- following ---------------------------------------------------------------------------------------

    def _show_count(self) -> None:
        count = len(self.chosen())
        self.button.setText(self._tools.words("import-take", count=count))
        self.button.setEnabled(bool(count))

    def _show_document(self, number: int) -> None:
        if number not in self._sheets and 0 <= number < len(self._found.documents):
            document = self._found.documents[number].copy()
            shown = [one for one in self._remarks if not one.folded]
            marks = {place: "hint" for one in shown for place in one.places_in(number, document)}
            sheet = self._sheets[number] = StillSheet(document, marks, self.look, self._right)
            sheet.set_zoom(ZOOM)
            self._right.addWidget(sheet)
        self._right.setCurrentWidget(self._sheets[number])

    def _follow_report(self, row: int) -> None:
        """Show where a remark's text stood and where it went."""
        if not 0 <= row < len(self._remarks):
            return
        remark = self._remarks[row]
        at = next((i for i, one in enumerate(self._found.lines) if one.spot in remark.spots), None)
        if at is not None:
            self.source.blockSignals(True)
            self.source.selectRow(at)
            self.source.blockSignals(False)
        self._show_place(remark)

    def _follow_source(self, row: int) -> None:
        """Show what became of a line of the file."""
        if not 0 <= row < len(self._found.lines):
            return
        for remark in self._remarks:
            if self._found.lines[row].spot in remark.spots:
                self._show_place(remark)
                return

    def _show_place(self, remark: Remark) -> None:
        number = remark.document
        if not remark.places:
            return
        self.documents.setCurrentRow(number)
        places: list[Place] = remark.places_in(number, self._found.documents[number])
        if places and self.sheet is not None:
            self.sheet.show_place(places[0])


def about(document: Document, tools: Tools) -> str:
    """Say what a document is and how much of it was read."""
    filled = sum(1 for _ in document.places())
    title = tools.title_of(document)
    unit = document.unit_name or tools.words("no-unit")
    return tools.words("import-document", title=title, edition=document.form.edition, unit=unit, count=filled)
