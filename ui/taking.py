"""What a copy that came back from another office has and the open form has not, to be taken in by choice.

Nothing is taken without a tick; what was ticked comes in as one step that can be undone.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QPushButton, QTableWidgetItem, QWidget

from core.check.explaining import follow_rows
from core.check.labels import Labels, RowNumbers
from core.intake.take import CellDifference, Difference, differences, take_into
from core.sheet.document import Document, Row
from core.sheet.edits import AddRow, Edit
from core.sheet.errors import RefusedError
from core.sheet.places import Place
from ui.as_read import Found
from ui.listing import Listing
from ui.page_frame import PageFrame
from ui.sent_picks import told_otherwise
from ui.tools import Tools


class TakePage(PageFrame):
    """Shows the differences with ticks. ``taken`` carries the ticked ones once the person has looked.

    Raises RefusedError when the file has no copy of the form, or nothing that the form has not.
    """

    taken = Signal(object)
    wide = True

    def __init__(
        self, found: Found, name: str, begun: Document, tools: Tools, parent: QWidget | None = None
    ) -> None:
        other = copy_in(found.documents, begun, name, tools)
        found_differences = differences(begun, other)
        if not found_differences:
            raise RefusedError("ui.take-same", file=name)
        super().__init__(tools.words("take-title"), tools.look, parent, scrolls=False)
        self._tools = tools
        self.differences = found_differences
        self.button = QPushButton(self)
        self.button.setObjectName("main")
        self.button.clicked.connect(lambda: self.taken.emit(self.chosen()))
        self.bar.addWidget(self.button)
        self.body.setContentsMargins(16, 0, 16, 12)
        unit = other.unit_name or tools.words("no-unit")
        self.text(tools.words("take-text", file=name, title=tools.title_of(other), unit=unit))
        if found.unplaced:
            self.text(tools.words("take-unplaced", count=len(found.unplaced)), "warning")
        if told := told_otherwise(found.picks, begun, tools):
            self.text(tools.words("take-picks", picks=told), "warning")
        self.list = self._make_list(begun)
        self.body.addWidget(self.list, 1)
        self._show_count()

    def begin(self) -> None:
        """Begin at the first difference, so that nothing is taken by a stray Enter."""
        self.list.setCurrentCell(0, 0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> list[Difference]:
        """Give the differences with a tick."""
        return [one for row, one in enumerate(self.differences) if self._is_ticked(row)]

    def tick(self, row: int, ticked: bool) -> None:
        """Set or take away the tick of a difference."""
        item = self.list.item(row, 0)
        if item is not None:
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    # -- inside ------------------------------------------------------------------------------------------

    def _make_list(self, begun: Document) -> Listing:
        words = self._tools.words
        labels, numbers = Labels(begun.form, self._tools.messages), RowNumbers(begun)
        rows = []
        for one in self.differences:
            if isinstance(one, CellDifference):
                where = labels.place(one.place, begun, numbers)
                rows.append([where, one.old or words("blank"), one.new])
            else:
                table = labels.table(one.table)
                if one.parent:
                    above = one.table.rpartition(".")[0]
                    table = labels.row(above, one.parent, begun, numbers) + table
                rows.append([words("paste-new-row", table=table), words("take-no-row"), _row_text(one.row)])
        heads = [words(name) for name in ("paste-where", "take-old", "take-new")]
        made = Listing(heads, rows, [16, 20], self.look, self)
        for column in (1, 2):  # old and new share what is left of the width
            made.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for row in range(made.rowCount()):
            item = made.item(row, 0) or QTableWidgetItem()
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        made.itemChanged.connect(lambda _: self._show_count())
        return made

    def _is_ticked(self, row: int) -> bool:
        item = self.list.item(row, 0)
        return item is not None and item.checkState() is Qt.CheckState.Checked

    def _show_count(self) -> None:
        count = len(self.chosen())
        self.button.setText(self._tools.words("take-do", count=count))
        self.button.setEnabled(bool(count))


def copy_in(documents: Sequence[Document], begun: Document, name: str, tools: Tools) -> Document:
    """Give the one document of a file that is a copy of the form: by its id, else its title and unit.

    Raises RefusedError when there is none, or when it cannot be told which of several it is.
    """
    form = begun.form
    same = [one for one in documents if (one.form.form, one.form.edition) == (form.form, form.edition)]
    if not same:
        raise RefusedError("ui.take-other", file=name, form=tools.named(form))
    by_id = [one for one in same if one.id == begun.id]
    known = (tools.title_of(begun), begun.unit_name)
    by_name = [one for one in same if (tools.title_of(one), one.unit_name) == known]
    for fitting in (by_id, by_name, same):
        if len(fitting) == 1:
            return fitting[0]
    raise RefusedError("ui.take-several", file=name, count=len(same), form=tools.named(form))


def edits_taking(begun: Document, chosen: Sequence[Difference]) -> list[Edit]:
    """Give the edits that take differences in, explanations following the rows they belong to."""
    copy = begun.copy()
    edits: list[Edit] = []
    for edit in take_into(begun, chosen, "").edits:
        together: list[Edit] = [*follow_rows(copy, edit), edit] if isinstance(edit, AddRow) else [edit]
        for one in together:
            one.apply(copy)
        edits += together
    return edits


def place_of(one: Difference) -> Place:
    """Give where a difference is once it was taken in."""
    return one.place if isinstance(one, CellDifference) else Place(one.table, one.row.id, "")


def texts_of(chosen: Sequence[Difference]) -> list[str]:
    """Give the texts that would come in."""
    found: list[str] = []
    for one in chosen:
        found += [one.new] if isinstance(one, CellDifference) else _texts(one.row)
    return found


def _texts(row: Row) -> list[str]:
    """Give the texts of a row and of the rows inside it."""
    inner = [text for rows in row.inner.values() for one in rows for text in _texts(one)]
    return [text for text in row.cells.values() if text] + inner


def _row_text(row: Row) -> str:
    """Give a row as one line, each row inside it on a line of its own below."""
    lines = [" | ".join(text for text in row.cells.values() if text)]
    lines += [_row_text(one) for rows in row.inner.values() for one in rows]
    return "\n".join(line for line in lines if line)
