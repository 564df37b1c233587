"""Local settings of this person on this computer: fonts, folders, windows (ruling 16)."""

from __future__ import annotations

import json
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from core.draft.database import Reader
from core.draft.writer import Writer

if TYPE_CHECKING:
    from sqlite_utils import Database


class Settings:
    """Values that JSON can hold, by key."""

    def __init__(self, reader: Reader, writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def all(self) -> dict[str, Any]:
        """Give every setting; one that the disk has spoilt is left out, as if never set."""
        found = {}
        for key, value in self._reader.rows("SELECT key, value FROM settings ORDER BY key"):
            try:
                found[key] = json.loads(value)
            except ValueError:
                continue
        return found

    def get(self, key: str, default: Any = None) -> Any:
        """Give one setting, or a default where it was never set."""
        return self.all().get(key, default)

    def set(self, key: str, value: Any) -> Future[None]:
        """Keep a setting."""
        text = json.dumps(value, ensure_ascii=False)

        def job(db: Database) -> None:
            with db.atomic():
                db.table("settings").upsert({"key": key, "value": text}, pk="key")

        return self._writer.do(job)
