"""Opening the database safely: whose file it is, how it is written, what is refused.

A file of a newer version or of another program is left byte for byte as it is.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import quote

from core.draft.trouble import in_plain_words
from core.sheet.errors import RefusedError

APPLICATION_ID = int.from_bytes(b"JBdr", "big")
"""Marks a database as the drafts of this program (``PRAGMA application_id``)."""

VERSION = 1
"""The schema this program knows (``PRAGMA user_version``); a test ties it to the migrations."""

BUSY_SECONDS = 2.0

# trusted_schema, cell_size_check, mmap_size: a damaged file is an error, never a surprise.
# secure_delete: what a person deletes is gone from the file. temp_store: no stray files elsewhere.
_SETTINGS = (
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "secure_delete = ON",
    "mmap_size = 0",
    "temp_store = MEMORY",
)

Mode = Literal["ro", "rw", "rwc"]


class Header(NamedTuple):
    """What a database says about itself before anything else is read."""

    application_id: int
    version: int
    tables: int

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever written to it (its first start may have been cut short)."""
        return (self.application_id, self.version, self.tables) == (0, 0, 0)

    def must_be_ours(self, folder: Path) -> None:
        """Raise RefusedError for a file of another program or of a newer version of this one."""
        if self.is_new:
            return
        if self.application_id != APPLICATION_ID:
            raise RefusedError("draft.not-our-file", folder=str(folder))
        if self.version > VERSION:
            raise RefusedError("draft.newer-version", folder=str(folder), found=self.version, known=VERSION)


def connect(path: Path, mode: Mode, *, immutable: bool = False) -> sqlite3.Connection:
    """Open a connection with safe settings; every statement outside a transaction commits by itself.

    The connection may be handed to another thread. Raises sqlite3.Error.
    """
    tail = "&immutable=1" if immutable else ""
    connection = sqlite3.connect(
        f"{_address(path)}?mode={mode}{tail}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    # A flipped bit can make a text no UTF-8; the digests tell of it, reading must not break.
    connection.text_factory = _text
    try:
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}").close()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _address(path: Path) -> str:
    """Give a path as SQLite's kind of file: address; also right for Windows drives and shares."""
    text = path.absolute().as_posix()
    return "file://" + quote(text if text.startswith("/") else f"/{text}")


def header_of(connection: sqlite3.Connection) -> Header:
    """Read whose database this is; raises sqlite3.Error when it is none."""
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return Header(application_id, version, tables)


def refuse_foreign(path: Path, folder: Path) -> None:
    """Look whose database a file is without changing a byte of it.

    Raises RefusedError when it is no database, or is another program's or a newer one's. Where that
    cannot be told, nothing is said: the writing connection looks again before it writes.
    """
    with in_plain_words(folder):
        try:
            header = _look(path, immutable=False)
        except sqlite3.OperationalError:
            # After a power cut the journal must be rolled back first, or the file looks damaged.
            if path.with_name(f"{path.name}-journal").exists():
                return
            try:
                header = _look(path, immutable=True)  # where shared memory is refused
            except sqlite3.DatabaseError:
                return
    header.must_be_ours(folder)


def _look(path: Path, *, immutable: bool) -> Header:
    with contextlib.closing(connect(path, "ro", immutable=immutable)) as connection:
        return header_of(connection)


def connect_for_writing(path: Path, *, wal: bool) -> tuple[sqlite3.Connection, bool]:
    """Open the one writing connection; gives it and whether it writes ahead (WAL).

    Without WAL (asked, or refused by the file system) it is TRUNCATE with ``synchronous`` EXTRA:
    slower and as safe. Raises sqlite3.Error.
    """
    connection = connect(path, "rw")
    try:
        got_wal = wal and _journal_mode(connection, "WAL") == "wal"
        if not got_wal:
            # In exclusive mode a WAL file can be read, and turned, without shared memory.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").close()
            _journal_mode(connection, "TRUNCATE")
            connection.execute("PRAGMA locking_mode = NORMAL").close()
        connection.execute(f"PRAGMA synchronous = {'FULL' if got_wal else 'EXTRA'}").close()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # only a read lets the lock go
    except sqlite3.Error:
        connection.close()
        raise
    return connection, got_wal


def _journal_mode(connection: sqlite3.Connection, mode: str) -> str:
    return str(connection.execute(f"PRAGMA journal_mode = {mode}").fetchone()[0])


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Let all writes of the block happen, safely on the disk when it ends, or none of them."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def must_be_sound(connection: sqlite3.Connection, folder: Path) -> None:
    """Raise RefusedError when the pages of a database do not fit together (about 0.3 ms per MB)."""
    with in_plain_words(folder):
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise RefusedError("draft.file-damaged", folder=str(folder))


class Reader:
    """The window's own connection, which cannot write; usable from any thread, one at a time."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        with in_plain_words(folder):
            self._connection = connect(path, "ro")

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Give all rows of a query; raises RefusedError when they cannot be read."""
        with self.together() as connection:
            return connection.execute(sql, values).fetchall()

    @contextlib.contextmanager
    def together(self) -> Iterator[sqlite3.Connection]:
        """Let several queries see one and the same moment; raises RefusedError."""
        with self._lock, in_plain_words(self._folder):
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()
