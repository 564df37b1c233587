"""The plain values the store takes and gives: facts, contents, steps, rows of the list.

A document is its canonical bytes here and a step is its JSON text: the store never looks inside.
Every row carries digests of what it holds, so a flipped bit on the disk is noticed.
"""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

Clock = Callable[[], datetime]
"""Gives the wall-clock time with its zone; only shown, never used for order."""


class Status(enum.StrEnum):
    """How far a draft has come (状态, ruling 11); the value is the word people see."""

    FILLING = "填报中"
    FINAL = "已定稿"
    SENT = "已上报"
    RETURNED = "退回修改"
    PASSED = "审核通过"
    APPROVED = "已批复"
    ARCHIVED = "已归档"


class Shelf(enum.Enum):
    """The three places a draft can lie: in the list, in the archive, in the bin."""

    CURRENT = "archived = 0 AND deleted_at IS NULL"
    ARCHIVED = "archived = 1 AND deleted_at IS NULL"
    BIN = "deleted_at IS NOT NULL"


class Facts(NamedTuple):
    """What the list shows of a document; ``title`` and ``project`` are a project's name and code."""

    form: str
    edition: str
    stage: str = ""
    year: str = ""
    unit_name: str = ""
    unit_code: str = ""
    title: str = ""
    project: str = ""


class Counts(NamedTuple):
    """The findings of a draft when it was last judged; ``missing`` counts required blanks apart."""

    errors: int
    warnings: int
    missing: int


class Content(NamedTuple):
    """A document as it stands now: its id, canonical bytes and facts, and counts where just judged."""

    id: str
    document: bytes
    facts: Facts
    counts: Counts | None = None


class StepNote(NamedTuple):
    """One step of the journal: its number from 1, its JSON, whether it is still being typed."""

    number: int
    edits: str
    label: str = ""
    is_open: bool = False
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One row of the list of drafts, without its document.

    ``sent`` is the number of the last sent version (None: never sent) and ``changed_since_sent``
    whether the document differs from it. ``damaged``: the disk changed something in this row.
    """

    id: str
    facts: Facts
    status: Status
    counts: Counts | None
    created: str
    updated: str
    revision: int
    recency: int
    archived: bool
    deleted_at: str | None
    sent: int | None
    changed_since_sent: bool
    damaged: bool


class Opened(NamedTuple):
    """A draft with its document and the newest steps, oldest first, as far as they are whole.

    ``steps_lost``: older steps exist but one between is damaged, so undo ends there.
    """

    draft: Draft
    document: bytes
    steps: tuple[StepNote, ...]
    steps_lost: bool


class Version(NamedTuple):
    """What was sent (上报): a number from 1, when, the frozen document, and a JSON note about it."""

    number: int
    at: str
    about: str
    document: bytes


SEALED = (
    *("id", "form", "edition", "stage", "year", "unit_name", "unit_code", "title", "project", "status"),
    *("errors", "warnings", "missing", "created", "updated", "revision", "recency", "archived", "deleted_at"),
    "sha256",
)
"""The columns of a draft that its seal covers: all but the document, which ``sha256`` covers."""

_FACTS = ("form", "edition", "stage", "year", "unit_name", "unit_code", "title", "project")
_STATUS = {str(status): status for status in Status}
_STEP_SEALED = ("draft", "number", "label", "open", "undoes", "at", "edits")


def sha256_of(data: bytes) -> str:
    """Give the digest of a document as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def draft_seal(row: Mapping[str, object]) -> str:
    """Give the digest over a draft's columns (by name)."""
    return _seal([row[name] for name in SEALED])


def step_seal(row: Mapping[str, object]) -> str:
    """Give the digest over a step's columns (by name)."""
    return _seal([row[name] for name in _STEP_SEALED])


def _seal(values: list[object]) -> str:
    # Damaged text may hold what is no character, and damaged numbers may be bytes: still give a digest.
    text = json.dumps(values, ensure_ascii=False, default=repr)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def stamp(clock: Clock) -> str:
    """Give the time as it is stored: ISO 8601 to the second, with the zone."""
    return clock().isoformat(timespec="seconds")


def draft_of(row: Mapping[str, object], sent: int | None, sent_sha256: str | None) -> Draft:
    """Make a row of the list from columns by name; damage is marked, never raised."""
    facts = Facts(*[str(row[name]) for name in _FACTS])
    numbers = [row["errors"], row["warnings"], row["missing"]]
    counts = Counts(*map(_whole, numbers)) if None not in numbers else None
    archived = bool(row["archived"])
    status = _STATUS.get(str(row["status"]), Status.FILLING)
    return Draft(
        id=str(row["id"]),
        facts=facts,
        status=Status.ARCHIVED if archived else status,
        counts=counts,
        created=str(row["created"]),
        updated=str(row["updated"]),
        revision=_whole(row["revision"]),
        recency=_whole(row["recency"]),
        archived=archived,
        deleted_at=None if row["deleted_at"] is None else str(row["deleted_at"]),
        sent=sent,
        changed_since_sent=sent is not None and sent_sha256 != row["sha256"],
        damaged=row["seal"] != draft_seal(row),
    )


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
