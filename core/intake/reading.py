"""What reading a file in gives: documents, what could not be placed, and every repair made.

Nothing is guessed in silence: whatever is not exactly where the form has it stands in one of the
two lists with its line or cell (promise 2, IX-12).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.intake.pieces import PARAGRAPH, Where
from core.sheet.document import Document
from core.sheet.messages import Messages


class RepairKind(StrEnum):
    """Why something was not taken exactly as it stood."""

    SHIFTED = "shifted"
    """A row stood in other columns than its header."""
    COLUMNS = "columns"
    """All rows of a table stood in other columns than its header; told at the first."""
    SUMMED = "summed"
    """A row of amounts was moved to the columns in which its totals agree."""
    JOINED = "joined"
    """A cell that the page had broken into lines, or into two pages."""
    LINES = "lines"
    """Several lines of text that are one cell; its line ends stay."""
    HEADING = "heading"
    """A title behind a number or a mark that is not part of it."""
    TRADITIONAL = "traditional"
    """A text in traditional characters, whose labels were compared in simplified ones."""
    NUMBERED = "numbered"
    """Numbers in front of paragraphs that Word counts by itself; they are no text."""
    FORMULA = "formula"
    """The result a formula had when the file was saved."""
    FACT = "fact"
    """Year or unit as a line around the table says it."""
    SHARED = "shared"
    """Year or unit as another form in the same file says it."""
    MONEY = "money"
    """Amounts in another unit than the form's; they were taken as they stood."""
    REPEATED = "repeated"
    """A label printed again on a new page, or an empty row printed twice."""
    ALIAS = "alias"
    """A label in another wording."""
    MERGED = "merged"
    """A cell joined over several rows where the form has one for each; the first row has it."""
    FILLED = "filled"
    """A blank level that stands for the one above it."""
    LEVEL = "level"
    """A level the row could only belong to, or a level in the form's own wording."""
    SPLIT = "split"
    """Cells parted by nothing but blanks, with blanks inside them as well."""
    CROWDED = "crowded"
    """A whole table on one line of text, whose rows and cells were told apart by their kinds."""
    ADDED = "added"
    """A row that the form always has."""
    TRIMMED = "trimmed"
    """Blanks around a figure."""
    CLEANED = "cleaned"
    """Control characters, which no document may hold."""
    EDITION = "edition"
    """Nothing tells two editions of the form apart; the newest was taken."""
    LAYOUT = "layout"
    """One of our own sheets whose rows or columns were moved; it was read by its labels."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something read that belongs to no place of the form; ``code`` says why it cannot."""

    where: Where
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """What stood there, what was made of it, and at which places (counted: ``tasks[2].funds``).

    ``document`` is the number (from 0) of the document in the reading that the places are in.
    """

    kind: RepairKind
    where: Where
    read: str
    made: str
    places: tuple[str, ...] = ()
    document: int = 0


@dataclass(frozen=True)
class Reading:
    """The documents of one file, with everything that could not be placed and every repair."""

    documents: list[Document]
    unplaced: list[Unplaced]
    repairs: list[Repair]


def told_where(where: Where, messages: Messages) -> str:
    """Give a place of the file in words: 第 12 行, 第 33 至 34 行, Sheet1 的 B3, 第 2 张表第 5 行."""
    if where.cell:
        return messages.say("intake.where-cell", sheet=where.sheet, cell=where.cell)
    if where.line == 0:
        return messages.say("intake.where-file")
    if where.table == PARAGRAPH:
        if where.last > where.line:
            return messages.say("intake.where-paragraphs", first=where.line, last=where.last)
        return messages.say("intake.where-paragraph", line=where.line)
    if where.table:
        return messages.say("intake.where-table", table=where.table, line=where.line)
    if where.sheet:
        return messages.say("intake.where-row", sheet=where.sheet, line=where.line)
    if where.last > where.line:
        return messages.say("intake.where-lines", first=where.line, last=where.last)
    return messages.say("intake.where-line", line=where.line)


def told_unplaced(one: Unplaced, messages: Messages) -> str:
    """Give an unplaced piece as the list shows it: its text, and why it cannot be a value if so."""
    return messages.say(f"intake.{one.code}", text=one.text) if one.code else one.text


def told_repair(one: Repair, messages: Messages) -> str:
    """Give what was made by a repair, in words."""
    return messages.say(f"intake.made-{one.kind}", read=one.read, made=one.made)


def reading_json(reading: Reading, files: Sequence[str], messages: Messages) -> dict[str, Any]:
    """Give a reading as ``import --json`` prints it (ruling 22); ``files`` are the documents' names.

    Where there are several, a place is told with its file: ``OUT-2.json#goal`` (ruling 18).
    """

    def counted(repair: Repair) -> list[str]:
        before = f"{files[repair.document]}#" if len(files) > 1 else ""
        return [before + place for place in repair.places]

    return {
        "documents": [
            {"file": file, "form": document.form.form, "edition": document.form.edition}
            for file, document in zip(files, reading.documents, strict=True)
        ],
        "unplaced": [
            {"where": told_where(one.where, messages), "text": told_unplaced(one, messages)}
            for one in reading.unplaced
        ],
        "repairs": [
            {
                "where": told_where(one.where, messages),
                "read": one.read,
                "made": told_repair(one, messages),
                "places": counted(one),
            }
            for one in reading.repairs
        ],
    }
