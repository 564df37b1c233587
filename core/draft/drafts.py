"""The drafts (我的报表): listed, read, made, put away, brought back.

Reading happens at once on the window's own connection. Every change is asked of the writer and
gives a future, so that no window ever waits for a disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from core.draft.autosave import Autosave
from core.draft.database import Reader
from core.draft.journal import KEEP_STEPS, put_content, read_steps, row_of
from core.draft.records import (
    SEALED,
    Clock,
    Content,
    Counts,
    Draft,
    Opened,
    Shelf,
    Status,
    Version,
    draft_of,
    draft_seal,
    sha256_of,
    stamp,
)
from core.draft.writer import Writer
from core.sheet.errors import RefusedError

if TYPE_CHECKING:
    from sqlite_utils import Database

_COLUMNS = (*SEALED, "seal")
_LIST = (
    f"SELECT {', '.join(f'drafts.{name}' for name in _COLUMNS)}, versions.number, versions.sha256"
    " FROM drafts LEFT JOIN versions ON versions.draft = drafts.id"
    " AND versions.number = (SELECT max(number) FROM versions WHERE draft = drafts.id)"
)


class Drafts:
    """The drafts of one person."""

    def __init__(self, reader: Reader, writer: Writer, autosave: Autosave, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._autosave = autosave
        self._clock = clock

    # -- reading -------------------------------------------------------------------------------------

    def list(
        self, shelf: Shelf = Shelf.CURRENT, *, most: int = -1, below: int | None = None
    ) -> Sequence[Draft]:
        """Give the drafts of a shelf, last typed in first.

        ``most`` limits a page (-1: all) and ``below`` is the ``recency`` of the page's predecessor.
        Raises RefusedError when the file cannot be read.
        """
        older = "" if below is None else " AND recency < :below"
        sql = f"{_LIST} WHERE {shelf.value}{older} ORDER BY recency DESC LIMIT :most"
        with self._reader.together() as connection:
            rows = connection.execute(sql, {"below": below, "most": most}).fetchall()
        return [_draft(row) for row in rows]

    def get(self, draft_id: str) -> Draft:
        """Give one row of the list; raises RefusedError when there is none."""
        rows = self._reader.rows(f"{_LIST} WHERE drafts.id = ?", [draft_id])
        if not rows:
            raise RefusedError("draft.no-such-draft", id=draft_id)
        return _draft(rows[0])

    def read(self, draft_id: str, *, steps: int = KEEP_STEPS) -> Opened:
        """Give a draft as it was last typed, with its newest steps.

        Raises RefusedError when there is none, when the disk changed it (``draft.damaged``; see
        ``rescue.copies_of``), or when what was just typed in it cannot be saved first.
        """
        if self._autosave.is_waiting(draft_id):
            self.settle().result()
        with self._reader.together() as connection:
            rows = connection.execute(f"{_LIST} WHERE drafts.id = ?", [draft_id]).fetchall()
            if not rows:
                raise RefusedError("draft.no-such-draft", id=draft_id)
            draft = _draft(rows[0])
            sql = "SELECT document, sha256 FROM drafts WHERE id = ?"
            document, digest = connection.execute(sql, [draft_id]).fetchone()
            past, lost = read_steps(connection, draft_id, steps)
        if draft.damaged or sha256_of(document) != digest:
            raise damaged(draft)
        return Opened(draft, document, past, lost)

    def versions(self, draft_id: str) -> Sequence[Version]:
        """Give what was sent of a draft, first one first; raises RefusedError when one is damaged."""
        sql = "SELECT number, at, about, document, sha256 FROM versions WHERE draft = ? ORDER BY number"
        found = []
        for number, at, about, document, digest in self._reader.rows(sql, [draft_id]):
            if sha256_of(document) != digest:
                raise RefusedError("draft.version-damaged", number=number)
            found.append(Version(number, at, about, document))
        return found

    # -- writing -------------------------------------------------------------------------------------

    def settle(self) -> Future[None]:
        """Have all that was typed so far written now; the future holds RefusedError when it cannot be."""
        return self._writer.do(lambda _: None)

    def create(self, content: Content, status: Status = Status.FILLING) -> Future[None]:
        """Add a draft; refused when its document is here already."""

        def job(db: Database) -> None:
            with db.atomic():
                if (row := row_of(db.conn, content.id)) is not None:
                    where = "draft.already-in-bin" if row["deleted_at"] else "draft.already-here"
                    raise RefusedError(where, name=_name(row))
                put_content(db.conn, content, stamp(self._clock), status=status)

        return self._writer.do(job)

    def set_status(self, draft_id: str, status: Status) -> Future[None]:
        """Say how far a draft has come; 已归档 is the same as ``archive``."""
        if status is Status.ARCHIVED:
            return self.archive(draft_id)
        return self._change(draft_id, {"status": str(status)})

    def set_counts(self, draft_id: str, counts: Counts) -> Future[None]:
        """Keep the number of findings for the list."""
        return self._change(draft_id, counts._asdict())

    def archive(self, draft_id: str) -> Future[None]:
        """Put a draft into the archive; its status is kept for ``unarchive``."""
        return self._change(draft_id, {"archived": 1})

    def unarchive(self, draft_id: str) -> Future[None]:
        """Bring a draft back from the archive."""
        return self._change(draft_id, {"archived": 0})

    def delete(self, draft_id: str) -> Future[None]:
        """Put a draft into the bin, from where ``restore`` brings it back."""
        return self._change(draft_id, {"deleted_at": stamp(self._clock)})

    def restore(self, draft_id: str) -> Future[None]:
        """Bring a draft back from the bin."""
        return self._change(draft_id, {"deleted_at": None})

    def purge(self, draft_id: str) -> Future[None]:
        """Remove a draft of the bin for good (backups still hold it); refused for one that was sent."""

        def job(db: Database) -> None:
            with db.atomic():
                row = self._sound_row(db, draft_id)
                if row["deleted_at"] is None:
                    raise RefusedError("draft.not-in-bin", name=_name(row))
                if db.execute("SELECT 1 FROM versions WHERE draft = ?", [draft_id]).fetchone():
                    raise RefusedError("draft.was-sent", name=_name(row))
                db.execute("DELETE FROM drafts WHERE id = ?", [draft_id])
            _wipe_log(db)

        return self._writer.do(job)

    def empty_bin(self) -> Future[int]:
        """Remove all drafts of the bin for good but sent and damaged ones; gives how many stay."""

        def job(db: Database) -> int:
            with db.atomic():
                unsent = "NOT EXISTS (SELECT 1 FROM versions WHERE draft = drafts.id)"
                found = db.execute(f"SELECT id FROM drafts WHERE {Shelf.BIN.value} AND {unsent}").fetchall()
                for (draft_id,) in found:
                    row = row_of(db.conn, draft_id)
                    # A damaged row may lie in the bin by mistake of the disk.
                    if row and row["seal"] == draft_seal(row):
                        db.execute("DELETE FROM drafts WHERE id = ?", [draft_id])
                left = db.execute(f"SELECT count(*) FROM drafts WHERE {Shelf.BIN.value}").fetchone()[0]
            _wipe_log(db)
            return int(left)

        return self._writer.do(job)

    def freeze(self, draft_id: str, about: str = "{}") -> Future[int]:
        """Keep the document as the next numbered version, as it is sent; gives the number.

        ``about`` is a JSON note, for example round, scope and code of the package.
        """

        def job(db: Database) -> int:
            with db.atomic():
                self._sound_row(db, draft_id)
                (number,) = db.execute(
                    "SELECT coalesce(max(number), 0) + 1 FROM versions WHERE draft = ?", [draft_id]
                ).fetchone()
                db.execute(
                    "INSERT INTO versions (draft, number, at, about, sha256, document)"
                    " SELECT id, ?, ?, ?, sha256, document FROM drafts WHERE id = ?",
                    [number, stamp(self._clock), about, draft_id],
                )
            return int(number)

        return self._writer.do(job)

    def _change(self, draft_id: str, values: dict[str, Any]) -> Future[None]:
        def job(db: Database) -> None:
            with db.atomic():
                row = self._sound_row(db, draft_id)
                row |= values
                row["revision"] += 1
                values_and_seal = {**values, "revision": row["revision"], "seal": draft_seal(row)}
                db.table("drafts").update(draft_id, values_and_seal)

        return self._writer.do(job)

    def _sound_row(self, db: Database, draft_id: str) -> dict[str, Any]:
        """Give a draft's columns; refuses damaged ones, for a new seal would hide the damage."""
        row = row_of(db.conn, draft_id)
        if row is None:
            raise RefusedError("draft.no-such-draft", id=draft_id)
        if row["seal"] != draft_seal(row):
            raise damaged(draft_of(row, None, None))
        return row


def damaged(draft: Draft) -> RefusedError:
    """Give the refusal for a draft that the disk changed."""
    return RefusedError("draft.damaged", name=draft.facts.title or draft.facts.unit_name, id=draft.id)


def _draft(values: tuple[Any, ...]) -> Draft:
    *columns, sent, sent_sha256 = values
    return draft_of(dict(zip(_COLUMNS, columns, strict=True)), sent, sent_sha256)


def _name(row: dict[str, Any]) -> str:
    return str(row["title"] or row["unit_name"] or row["form"])


def _wipe_log(db: Database) -> None:
    """Take what was deleted out of the write-ahead log, too, where it would stay readable."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
