"""One open document and everything that happens to it: the bridge between core and the widgets.

Every change goes through here: it is applied, judged, kept and told. Nothing about drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.check.explaining import explain, follow_rows
from core.sheet.compute import Computation
from core.sheet.document import ROOT, Document, Row, new_row_id
from core.sheet.document_file import clean_text
from core.sheet.edits import (
    AddRow,
    Edit,
    MoveRow,
    RemoveRow,
    SetExplanation,
    SetText,
    Step,
    remove_row_edits,
    text_edit,
)
from core.sheet.errors import RefusedError
from core.sheet.grid import Adds, Grid, expand
from core.sheet.history import History, Record
from core.sheet.places import Place
from ui.judging import Judging, Tally

if TYPE_CHECKING:
    from core.check.finding import Finding

FROZEN_STAGE = "批复"
"""What was approved is frozen in the window (ruling 11)."""

Keep = Callable[[Document, Record, bool], None]
"""Called after each change with the record and whether its step is still being typed."""


class Session(QObject):
    """An open document with its history and its findings.

    ``edited``: texts, rows or computed figures changed. ``judged``: findings changed. ``refused``
    carries a RefusedError: a text that cannot be stored, or a document that cannot be changed.
    """

    edited = Signal()
    judged = Signal()
    refused = Signal(object)

    def __init__(
        self,
        document: Document,
        past: Sequence[Record],
        judging: Judging,
        keep: Keep,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.history = History(document, past)
        self.judging = judging
        self._keep = keep
        self._latest: Record | None = None
        self.typed_at: frozenset[Place] = frozenset()
        """The places being typed in: their unfinished texts are not wrong yet."""

    # -- reading -------------------------------------------------------------------------------------

    @property
    def computation(self) -> Computation:
        """The computed figures."""
        return self.judging.computation

    @property
    def frozen(self) -> bool:
        """Whether the document may only be read."""
        return self.document.stage == FROZEN_STAGE

    def findings(self) -> list[Finding]:
        """Give the findings to show now."""
        return self.judging.shown(self.typed_at)

    def tally(self) -> Tally:
        """Count what is to be worked on now."""
        return self.judging.tally(self.typed_at)

    def is_explained(self, finding: Finding) -> bool:
        """Whether a finding's very message was answered with an explanation."""
        return self.judging.is_explained(finding)

    def grid(self) -> Grid:
        """Give the sheet as it stands now, with a spare line to type into."""
        return expand(self.document, self.computation, spare=not self.frozen)

    # -- typing --------------------------------------------------------------------------------------

    def type(self, places: tuple[Place, ...], text: str) -> bool:
        """Make the text at these places (all rows of a merged cell) ``text``; False when it was refused."""
        if not self._may_store(text):
            return False
        self.typed_at = frozenset(places)
        record, edits = self.history.type(places[0], text, places[1:])
        self._after(record, edits)
        return True

    def type_into(self, adds: Adds, text: str) -> Place | None:
        """Type into a spare line: the row comes in with its first text, as one step; None when refused."""
        if not self._may_store(text):
            return None
        row, place = self._new_row(adds)
        self.typed_at = frozenset({place})
        addition, table = row
        parent = ROOT if table != adds.table else adds.parent
        added = AddRow(table, parent, adds.position, addition)
        step = Step((*follow_rows(self.document, added), added, SetText(place, "", text)))
        self._after(self.history.do(step, keep_open=True), step.edits)
        return place

    def end_typing(self) -> None:
        """Close the step being typed; a row that was added and left without a word goes again."""
        if self.typed_at:
            self.typed_at = frozenset()
            self.judged.emit()
        record = self._latest
        if record is None or self.history.open_number != record.number:
            return
        self.history.close()
        if self._added_nothing(record):
            self.undo()
        else:
            self._keep(self.document, record, False)

    def cancel_typing(self) -> None:
        """Take back what was typed since the cell was entered; 重做 brings it again."""
        self.typed_at = frozenset()
        if self.history.open_number is not None:
            self.undo()
        self.judged.emit()

    def judge_fully(self) -> None:
        """Show every finding from now on, empty required cells too (全部检查)."""
        self.end_typing()
        self.judging.judge_fully()
        self.judged.emit()

    # -- whole steps -----------------------------------------------------------------------------------

    def do(self, edits: Sequence[Edit], label: str = "") -> bool:
        """Do several edits as one step; False when the document cannot be changed or nothing would."""
        self.end_typing()
        if not edits or not self._may_change():
            return False
        step = Step(tuple(edits), label)
        self._after(self.history.do(step), step.edits)
        return True

    def may_store(self, texts: Iterable[str]) -> bool:
        """Whether texts can be stored; tells why not."""
        return all(self._may_store(text) for text in texts)

    def set_texts(self, texts: Sequence[tuple[Place, str]], label: str = "") -> bool:
        """Put several texts in as one step."""
        if not self.may_store(text for _, text in texts):
            return False
        edits = [text_edit(self.document, place, text) for place, text in texts]
        return self.do([edit for edit in edits if edit.old != edit.new], label)

    def add_filled(self, adds: Adds, texts: Mapping[str, str], label: str = "") -> Place | None:
        """Fill several cells of a spare line as one step; gives the place of its column in the new row."""
        if not self.may_store(texts.values()):
            return None
        (row, table), place = self._new_row(adds, texts)
        added = AddRow(table, ROOT if table != adds.table else adds.parent, adds.position, row)
        return place if self.do([*follow_rows(self.document, added), added], label) else None

    def explain(self, finding: Finding, text: str) -> bool:
        """Write the explanation of a finding; a blank text takes it away."""
        if not self._may_store(text):
            return False
        edit = explain(finding, self.document, text)
        return edit.old != edit.new and self.do([edit])

    def write_explanation(self, finding: Finding, text: str) -> bool:
        """Take the explanation of a finding as it is being written: kept key by key, one step in the end.

        ``end_typing`` ends it, ``cancel_typing`` takes it back. False when it was refused.
        """
        if not self._may_store(text):
            return False
        edit = explain(finding, self.document, text)
        if edit.old != edit.new:
            self._after(self.history.write(edit), [edit])
        return True

    def add_row(self, table: str, row_id: str, *, above: bool = False) -> str | None:
        """Add a row beside another one, with its level names; gives the new row's id."""
        beside = self.document.row(table, row_id)
        if beside is None:
            return None
        levels = self.document.form.tables[table].level_columns
        row = Row(new_row_id(), {name: text for name, text in beside.cells.items() if name in levels})
        index = self.document.position(table, row_id) + (0 if above else 1)
        parent = self.document.parent_of(table, row_id)
        added = AddRow(table, parent, index, row)
        return row.id if self.do([*follow_rows(self.document, added), added]) else None

    def remove_row(self, table: str, row_id: str) -> bool:
        """Remove a row; one the form wants is only emptied."""
        edits = remove_row_edits(self.document, table, row_id)
        if len(edits) == 1 and isinstance(edits[0], RemoveRow):
            edits = (*follow_rows(self.document, edits[0]), *edits)
        return self.do(edits)

    def move_row(self, table: str, row_id: str, by: int) -> bool:
        """Move a row up (-1) or down (1) among its siblings; False at the end."""
        if self.document.row(table, row_id) is None:
            return False
        old = self.document.position(table, row_id)
        new = old + by
        if not 0 <= new < len(self.document.rows(table, self.document.parent_of(table, row_id))):
            return False
        moved = MoveRow(table, self.document.parent_of(table, row_id), old, new)
        return self.do([*follow_rows(self.document, moved), moved])

    def undo(self) -> Place | None:
        """Take the last step back; gives the place to look at."""
        return self._moved(self.history.undo())

    def redo(self) -> Place | None:
        """Do again what was taken back last; gives the place to look at."""
        return self._moved(self.history.redo())

    # -- inside ----------------------------------------------------------------------------------------

    def _moved(self, record: Record | None) -> Place | None:
        if record is None:
            return None
        self._after(record, record.step.edits)
        for edit in reversed(record.step.edits):
            if isinstance(edit, SetText):
                return edit.place
            if isinstance(edit, AddRow):
                return Place(edit.table, edit.row.id, "")
        return None

    def _after(self, record: Record, edits: Sequence[Edit]) -> None:
        self._latest = record
        changed = self.judging.edited(edits)
        self._keep(self.document, record, self.history.open_number == record.number)
        self.edited.emit()
        # An explanation changes no finding, but which of them are left: also when it is undone.
        if changed or any(isinstance(edit, SetExplanation) for edit in edits):
            self.judged.emit()

    def _may_change(self) -> bool:
        if self.frozen:
            self.refused.emit(RefusedError("ui.frozen", stage=self.document.stage))
        return not self.frozen

    def _may_store(self, text: str) -> bool:
        try:
            clean_text(text)
        except RefusedError as error:
            self.refused.emit(error)
            return False
        return self._may_change()

    def _new_row(self, adds: Adds, texts: Mapping[str, str] | None = None) -> tuple[tuple[Row, str], Place]:
        """Give the row to add, its table, and the place typed at; an inner row brings its outer one."""
        row = Row(new_row_id(), {**adds.given, **(texts or {})})
        place = Place(adds.table, row.id, adds.column)
        outer, _, name = adds.table.rpartition(".")
        if outer and adds.parent == ROOT:
            return (Row(new_row_id(), {}, {name: [row]}), outer), place
        return (row, adds.table), place

    def _added_nothing(self, record: Record) -> bool:
        first = next((edit for edit in record.step.edits if isinstance(edit, AddRow)), None)
        if first is None:
            return False
        row = self.document.row(first.table, first.row.id)
        given = first.row.cells
        return row is not None and row.cells == given and not self.document.has_data(first.table, row)
