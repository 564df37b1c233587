"""The shape of the database and how older shapes become it.

A migration is frozen once shipped: never edit one, add the next. All of an upgrade is one
transaction, so a kill or a power cut leaves the old shape or the new one.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations
from sqlite_utils.db import ForeignKey

from core.draft.database import APPLICATION_ID, VERSION

history = Migrations("drafts")


@history()
def m001_start(db: Database) -> None:
    """Drafts with the digest of their content, their steps, sent versions, local settings."""
    _m001_drafts(db)
    _m001_steps_and_versions(db)
    db.table("settings").create({"key": str, "value": str}, pk="key", not_null={"key", "value"}, strict=True)


def _m001_drafts(db: Database) -> None:
    db.table("drafts").create(
        {
            "id": str,
            "form": str,
            "edition": str,
            "stage": str,
            "year": str,
            "unit_name": str,
            "unit_code": str,
            "title": str,
            "project": str,
            "status": str,
            "errors": int,
            "warnings": int,
            "missing": int,
            "created": str,
            "updated": str,
            # Counts every change of this row: the newer of two copies is the one with more.
            "revision": int,
            # Grows over all drafts with each change of content: the list's order, whatever the clock did.
            "recency": int,
            "archived": int,
            "deleted_at": str,
            "sha256": str,
            # Digest of all columns above: a flipped bit in a name or a status is seen, too.
            "seal": str,
            # Last, so that a list of drafts never reads through it.
            "document": bytes,
        },
        pk="id",
        not_null={
            *("id", "form", "edition", "stage", "year", "unit_name", "unit_code", "title", "project"),
            *("status", "created", "updated", "revision", "recency", "archived"),
            *("sha256", "seal", "document"),
        },
        strict=True,
    )
    db.table("drafts").create_index(["recency"])


def _m001_steps_and_versions(db: Database) -> None:
    db.table("steps").create(
        {
            "draft": str,
            "number": int,
            "label": str,
            "open": int,
            "undoes": int,
            "at": str,
            "seal": str,
            "edits": str,
        },
        pk=("draft", "number"),
        not_null={"draft", "number", "label", "open", "at", "seal", "edits"},
        foreign_keys=[ForeignKey("steps", "draft", "drafts", "id", on_delete="CASCADE")],
        strict=True,
    )
    db.table("versions").create(
        {"draft": str, "number": int, "at": str, "about": str, "sha256": str, "document": bytes},
        pk=("draft", "number"),
        not_null={"draft", "number", "at", "about", "sha256", "document"},
        # What was sent stays (ruling 24): a draft with sent versions cannot be purged.
        foreign_keys=[ForeignKey("versions", "draft", "drafts", "id", on_delete="RESTRICT")],
        strict=True,
    )


def upgrade(db: Database) -> None:
    """Bring a database that is ours, or new, to VERSION; the caller has refused newer ones."""
    with db.atomic():
        history.apply(db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {VERSION}")
