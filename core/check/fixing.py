"""Fixes as a person looks at them before she applies them, and many of one kind merged into one step.

Nothing is applied here: what fits together is given as edits, what does not is told with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from core.check.explaining import follow_rows
from core.check.finding import Finding
from core.check.labels import Labels, RowNumbers
from core.sheet.document import Document, Row
from core.sheet.edits import AddRow, Edit, MoveRow, RemoveRow, SetText
from core.sheet.places import Place

SHORT = 40
"""A text of so many letters is shown whole."""
AROUND = 6
"""So many letters are shown before and after what changes in a longer one."""
COMPARED = 2_000
"""Texts that differ over more letters are not compared letter by letter."""

Sort = Literal["text", "added", "removed", "moved"]
Why = Literal["overlap", "outdated"]


class Change(NamedTuple):
    """One line of what a fix would do: where in words, what stands there now and what would.

    ``added`` has no ``old`` and ``removed`` no ``new``; of ``moved`` both are row numbers counted from 1.
    """

    sort: Sort
    where: str
    old: str
    new: str
    place: Place


def excerpts(old: str, new: str) -> list[tuple[str, str]]:
    """Give what differs between two texts, piece by piece, each with some letters around it.

    Short texts are one piece; ``…`` stands for what is left out.
    """
    if max(len(old), len(new)) <= SHORT:
        return [(old, new)]
    blocks = _differences(old, new)
    pieces: list[tuple[int, int, int, int]] = []
    for start, end, new_start, new_end in blocks:
        if pieces and start - pieces[-1][1] <= 2 * AROUND:  # what lies close together is one piece
            pieces[-1] = (pieces[-1][0], end, pieces[-1][2], new_end)
        else:
            pieces.append((start, end, new_start, new_end))
    return [(_cut(old, *one[:2]), _cut(new, *one[2:])) for one in pieces]


def _differences(old: str, new: str) -> list[tuple[int, int, int, int]]:
    """Give the parts that differ, as positions in both texts; one part where comparing takes too long."""
    first = _alike(old, new)
    last = _alike(old[first:][::-1], new[first:][::-1])
    left, right = old[first : len(old) - last], new[first : len(new) - last]
    if max(len(left), len(right)) > COMPARED:
        return [(first, first + len(left), first, first + len(right))]
    found = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return [
        (start + first, end + first, new_start + first, new_end + first)
        for sort, start, end, new_start, new_end in found
        if sort != "equal"
    ]


def _alike(one: str, other: str) -> int:
    """Give how many letters two texts begin with in common."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"


class Skipped(NamedTuple):
    """A fix that is left out: it touches what another one changes (``overlap``), or its text is no longer
    what stands there (``outdated``)."""

    finding: Finding
    why: Why


@dataclass(frozen=True)
class Merged:
    """Fixes that fit together: their edits in order, the findings they answer, and what was left out."""

    edits: tuple[Edit, ...]
    taken: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]


def alike(finding: Finding, findings: Iterable[Finding]) -> list[Finding]:
    """Give all findings of the same check that offer a fix, in their order."""
    return [one for one in findings if one.check == finding.check and one.fix is not None]


def changes_of(edits: Iterable[Edit], document: Document, labels: Labels) -> list[Change]:
    """Give what edits would do, line by line; ``document`` is as it is before them and stays so."""
    return list(_changes(edits, document.copy(), labels))


def _changes(edits: Iterable[Edit], working: Document, labels: Labels) -> Iterator[Change]:
    numbers = RowNumbers(working)
    for edit in edits:
        match edit:
            case SetText(place, old, new):
                yield Change("text", labels.place(place, working, numbers), old, new, place)
            case RemoveRow(table, _, _, row):
                where = labels.row(table, row.id, working, numbers)
                yield Change("removed", where, row_text(row), "", Place(table, row.id, ""))
            case MoveRow(table, parent, old_index, new_index):
                row = working.rows(table, parent)[old_index]
                where = labels.row(table, row.id, working, numbers)
                numbered = str(old_index + 1), str(new_index + 1)
                yield Change("moved", where, *numbered, Place(table, row.id, ""))
        edit.apply(working)
        if isinstance(edit, AddRow | RemoveRow | MoveRow):
            numbers.forget()
        if isinstance(edit, AddRow):
            where = labels.row(edit.table, edit.row.id, working, numbers)
            yield Change("added", where, "", row_text(edit.row), Place(edit.table, edit.row.id, ""))


def row_text(row: Row) -> str:
    """Give a row as one line, each row inside it on a line of its own below."""
    lines = [" | ".join(text for text in row.cells.values() if text)]
    lines += [row_text(one) for rows in row.inner.values() for one in rows]
    return "\n".join(line for line in lines if line)


def merge(findings: Sequence[Finding], document: Document) -> Merged:
    """Give one step's edits out of the fixes of findings; the first of two that clash is taken.

    Explanations follow the rows that move. ``document`` stays as it is.
    """
    merging = _Merging(document.copy())
    taken: list[Finding] = []
    skipped: list[Skipped] = []
    for finding in findings:
        if finding.fix is None:
            continue
        why = merging.take(finding.fix.edits)
        if why is None:
            taken.append(finding)
        else:
            skipped.append(Skipped(finding, why))
    return Merged(tuple(merging.edits), tuple(taken), tuple(skipped))


class _Merging:
    """What was taken so far, done on a copy of the document."""

    def __init__(self, working: Document) -> None:
        self.edits: list[Edit] = []
        self._working = working
        self._texts: dict[Place, str] = {}
        self._shaken: set[tuple[str, str]] = set()
        self._gone: set[tuple[str, str]] = set()

    def take(self, edits: Sequence[Edit]) -> Why | None:
        """Take a fix whole, or give why it does not fit."""
        edits = [edit for edit in edits if not self._is_done(edit)]
        if not edits:
            return None
        if any(self._clashes(edit) for edit in edits):
            return "overlap"
        done: list[Edit] = []
        for edit in edits:
            if not self._fits(edit):
                for one in reversed(done):
                    one.inverse().apply(self._working)
                return "outdated"
            moving = (
                follow_rows(self._working, edit) if isinstance(edit, AddRow | RemoveRow | MoveRow) else ()
            )
            for one in (*moving, edit):
                one.apply(self._working)
                done.append(one)
        self.edits += done
        for edit in edits:
            self._note(edit)
        return None

    def _is_done(self, edit: Edit) -> bool:
        """Whether another fix brought this very text: two findings about one slip."""
        return isinstance(edit, SetText) and self._texts.get(edit.place) == edit.new

    def _clashes(self, edit: Edit) -> bool:
        """Whether an edit touches what a fix before it changed."""
        match edit:
            case SetText(place):
                return place in self._texts or place[:2] in self._gone
            case RemoveRow(table, parent, _, row):
                inside = set(_rows_within(table, row))
                return (table, parent) in self._shaken or any(place[:2] in inside for place in self._texts)
            case AddRow(table, parent) | MoveRow(table, parent):
                return (table, parent) in self._shaken
        return False

    def _fits(self, edit: Edit) -> bool:
        """Whether the document is as an edit takes it to be."""
        working = self._working
        match edit:
            case SetText(place, old):
                there = not place.table or working.row(place.table, place.row) is not None
                return there and working.text(place) == old
            case RemoveRow(table, parent, index, row):
                rows = working.rows(table, parent)
                return 0 <= index < len(rows) and rows[index] == row
            case AddRow(table, parent, index, row):
                above = table.rpartition(".")[0]
                held = not above or working.row(above, parent) is not None
                fresh = working.row(table, row.id) is None
                return held and fresh and 0 <= index <= len(working.rows(table, parent))
            case MoveRow(table, parent, old_index, new_index):
                count = len(working.rows(table, parent))
                return 0 <= old_index < count and 0 <= new_index < count
        return True

    def _note(self, edit: Edit) -> None:
        match edit:
            case SetText(place, _, new):
                self._texts[place] = new
            case RemoveRow(table, parent, _, row):
                self._shaken.add((table, parent))
                self._gone.update(_rows_within(table, row))
            case AddRow(table, parent) | MoveRow(table, parent):
                self._shaken.add((table, parent))


def _rows_within(table: str, row: Row) -> Iterator[tuple[str, str]]:
    """Give a row and all rows inside it, by table and id."""
    yield table, row.id
    for name, rows in row.inner.items():
        for one in rows:
            yield from _rows_within(f"{table}.{name}", one)
