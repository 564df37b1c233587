"""The rows of a draft and its steps as they are written, read back and thinned out.

A draft's row and the steps that led to it are written in one transaction: the journal and the
document never disagree. What is typed is written with plain sqlite3: the first save of a day must not
wait for a library to load.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from core.draft.records import (
    SEALED,
    Content,
    Counts,
    Status,
    StepNote,
    draft_seal,
    sha256_of,
    step_seal,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

KEEP_STEPS = 1000
KEEP_DAYS = 30
"""Undo reaches back at least this far (ruling 12)."""

_STEP_COLUMNS = ("draft", "number", "label", "open", "undoes", "at", "seal", "edits")


def put_content(
    connection: sqlite3.Connection, content: Content, at: str, *, status: Status = Status.FILLING
) -> None:
    """Write a draft's document and facts, making its row where there is none; inside a transaction."""
    found = row_of(connection, content.id)
    row: dict[str, Any] = {
        "id": content.id,
        "status": str(status),
        "created": at,
        "revision": 0,
        "archived": 0,
        "deleted_at": None,
        "errors": None,
        "warnings": None,
        "missing": None,
    }
    # The rest of a damaged row is not carried on; what was typed is written all the same.
    if found and found["seal"] == draft_seal(found):
        row = found
    row |= content.facts._asdict() | counted(content.counts)
    row |= {"updated": at, "revision": row["revision"] + 1, "recency": next_recency(connection)}
    row["sha256"] = sha256_of(content.document)
    row |= {"seal": draft_seal(row), "document": content.document}
    _put(connection, "drafts", ("id",), row)


def counted(counts: Counts | None) -> dict[str, int]:
    """Give the columns of counts; none where nothing was judged, so the last known ones stay."""
    return counts._asdict() if counts else {}


def put_steps(connection: sqlite3.Connection, draft_id: str, steps: Iterable[StepNote], at: str) -> None:
    """Write steps, replacing those of the same number; inside a transaction."""
    for step in steps:
        row: dict[str, Any] = {"draft": draft_id, "number": step.number, "label": step.label}
        row |= {"open": int(step.is_open), "undoes": step.undoes, "at": at, "edits": step.edits}
        _put(connection, "steps", ("draft", "number"), {**row, "seal": step_seal(row)})


def _put(connection: sqlite3.Connection, table: str, key: tuple[str, ...], row: dict[str, Any]) -> None:
    """Insert a row or update the one with its key (never replace: that would delete what hangs on it)."""
    changes = ", ".join(f"{name} = excluded.{name}" for name in row if name not in key)
    sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    connection.execute(f"{sql} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}", list(row.values()))


def row_of(connection: sqlite3.Connection, draft_id: str) -> dict[str, Any] | None:
    """Give the sealed columns of a draft and its seal by name, or None."""
    names = (*SEALED, "seal")
    sql = f"SELECT {', '.join(names)} FROM drafts WHERE id = ?"
    found = connection.execute(sql, [draft_id]).fetchone()
    return dict(zip(names, found, strict=True)) if found else None


def next_recency(connection: sqlite3.Connection) -> int:
    """Give the number that makes a draft the newest one, whatever the clock says."""
    return int(connection.execute("SELECT coalesce(max(recency), 0) + 1 FROM drafts").fetchone()[0])


def read_steps(connection: sqlite3.Connection, draft_id: str, most: int) -> tuple[tuple[StepNote, ...], bool]:
    """Give the newest steps, oldest first, back to the first damaged one, and whether there was one."""
    sql = f"SELECT {', '.join(_STEP_COLUMNS)} FROM steps WHERE draft = ? ORDER BY number DESC LIMIT ?"
    steps: list[StepNote] = []
    for values in connection.execute(sql, [draft_id, most]):
        row = dict(zip(_STEP_COLUMNS, values, strict=True))
        if row["seal"] != step_seal(row):
            return tuple(reversed(steps)), True
        steps.append(StepNote(row["number"], row["edits"], row["label"], bool(row["open"]), row["undoes"]))
    return tuple(reversed(steps)), False


def overfull(db: Database) -> list[str]:
    """Give the ids of the drafts with more steps than must be kept."""
    full = f"SELECT draft FROM steps GROUP BY draft HAVING count(*) > {KEEP_STEPS}"
    return [draft_id for (draft_id,) in db.execute(full).fetchall()]


def thin_out(db: Database, draft_id: str) -> int:
    """Remove the old steps of a draft that has more than must be kept; gives their number.

    Kept are the newest 1,000 and those of the newest 30 days on which the draft was typed in. Days
    are counted, not measured: a clock that jumps ahead a year makes one more day, not all days old.
    """
    # Steps are in the order of their numbers; a day is as new as its newest step. Today and those before.
    days = (
        "SELECT min(first) FROM (SELECT min(number) AS first FROM steps WHERE draft = :draft"
        " GROUP BY substr(at, 1, 10) ORDER BY max(number) DESC LIMIT :days + 1)"
    )
    numbers = "SELECT number FROM steps WHERE draft = :draft ORDER BY number DESC"
    values = {"draft": draft_id, "days": KEEP_DAYS, "steps": KEEP_STEPS}
    sql = (
        "DELETE FROM steps WHERE draft = :draft"
        f" AND number < min(({days}), ({numbers} LIMIT 1 OFFSET :steps - 1))"
    )
    with db.atomic():
        return int(db.execute(sql, values).rowcount)
