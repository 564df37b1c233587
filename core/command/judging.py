"""Findings of documents as the commands count and print them."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.check.checker import Checker, read_checker
from core.check.context import Context, read_context
from core.check.judged import Judged
from core.check.settings import Settings
from core.command.files import read_bytes
from core.command.workbench import Workbench
from core.library.library import Library
from core.sheet.document import Document
from core.sheet.errors import RefusedError


class Judge:
    """Judges documents for the commands, with one catalogue and context."""

    def __init__(
        self,
        bench: Workbench,
        *,
        settings: Path | None = None,
        today: datetime.date | None = None,
        library: Library | None = None,
    ) -> None:
        self._checker: Checker = read_checker(bench.resources)
        kit = Settings(kit=_read_settings(settings)) if settings else None
        self._context: Context = read_context(bench.resources, today or bench.today(), kit, library)

    def judge(
        self, documents: Mapping[str, Document], others: Mapping[str, Document] | None = None
    ) -> dict[str, Judged]:
        """Judge documents handed in together; ``others`` were named to compare with and are not judged."""
        found = self._checker.judge_all(documents, self._context, others)
        return {file: Judged(document, found[file]) for file, document in documents.items()}


def _read_settings(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_bytes(file, 1 << 20).decode("utf-8"))
    except RefusedError as error:
        raise RefusedError("command.file", file=str(file), details=[error]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RefusedError("command.bad-settings", file=str(file), reason=str(error)) from error
