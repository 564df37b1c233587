"""Findings of documents as the commands count and print them."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from core.check.binding import Binding
from core.check.checker import Checker, read_checker
from core.check.choosing import not_offered, picks_in_effect, picks_told
from core.check.context import Context, read_context
from core.check.judged import Judged
from core.check.settings import Settings
from core.command.files import read_bytes
from core.command.workbench import Workbench
from core.library.library import Library
from core.sheet.compute import Computation
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.errors import RefusedError


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Declare ``--settings``, for every command that judges or works figures out."""
    parser.add_argument("--settings", type=Path, help="本地区的检查参数（TOML）")


class Judge:
    """Judges documents for the commands, with one catalogue and context."""

    def __init__(
        self,
        bench: Workbench,
        *,
        settings: Path | None = None,
        today: datetime.date | None = None,
        library: Library | None = None,
        picks: Mapping[str, str] | None = None,
    ) -> None:
        """``picks`` are what the senders of packages picked where their forms offer alternatives."""
        self._checker: Checker = read_checker(bench.resources)
        self._settings = Settings(kit=read_kit(settings, self._checker, bench), picks=picks or {})
        self._bench, self._today, self._library = bench, today, library

    @cached_property
    def _context(self) -> Context:
        """Read when something is judged: figures and picks need none of it."""
        today = self._today or self._bench.today()
        return read_context(self._bench.resources, today, self._settings, self._library)

    def judge(
        self, documents: Mapping[str, Document], others: Mapping[str, Document] | None = None
    ) -> dict[str, Judged]:
        """Judge documents handed in together; ``others`` were named to compare with and are not judged."""
        found = self._checker.judge_all(documents, self._context, others)
        return {file: Judged(document, found[file]) for file, document in documents.items()}

    def figures(self, document: Document) -> Computation:
        """Give a document's computed figures as they were judged: what is printed and exported."""
        return self._checker.figures(document, self._settings)

    def choices(self, documents: Iterable[Document]) -> tuple[tuple[str, str], ...]:
        """Give what was picked for the forms of documents, as a package states it."""
        return picks_in_effect(self._bindings(documents))

    def choices_told(self, documents: Iterable[Document]) -> str:
        """Say what was picked for the forms of documents and counts, ``""`` for nothing."""
        return picks_told(self._bindings(documents))

    def not_offered(self, documents: Iterable[Document]) -> str:
        """Say what was picked for the forms of documents and is not offered here, ``""`` for nothing."""
        return not_offered(self._settings.picks, self._bindings(documents))

    def _bindings(self, documents: Iterable[Document]) -> Iterator[Binding]:
        return (self._checker.binding(one.form, self._settings) for one in documents)


def read_kit(file: Path | None, checker: Checker, bench: Workbench) -> dict[str, Any]:
    """Give what a bureau sets for its checks, nothing without a file.

    Raises RefusedError when it cannot be read, or names a check that neither we nor any form here know.
    """
    if file is None:
        return {}
    kit = _read_settings(file)
    try:
        checker.demand_known(kit, lambda: _readable_forms(bench))
    except RefusedError as error:
        raise RefusedError("command.file", file=str(file), details=[error]) from error
    return kit


def _readable_forms(bench: Workbench) -> Iterator[Form]:
    """A form that is refused is told about when somebody asks for it."""
    for form, edition in bench.forms.names():
        with contextlib.suppress(RefusedError):
            yield bench.forms.get(form, edition)


def _read_settings(file: Path) -> dict[str, Any]:
    """Read what a bureau sets for its checks from a TOML file; raises RefusedError when it cannot be read."""
    try:
        # Notepad on older Windows puts a byte order mark in front of every UTF-8 file.
        text = read_bytes(file, 1 << 20).decode("utf-8-sig")
    except RefusedError as error:
        raise RefusedError("command.file", file=str(file), details=[error]) from error
    except UnicodeDecodeError as error:
        raise RefusedError("command.settings-not-utf8", file=str(file)) from error
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError, ArithmeticError) as error:
        line = re.search(r"at line (\d+)", str(error))
        where = int(line.group(1)) if line else text.count("\n") + 1
        raise RefusedError("command.bad-settings", file=str(file), line=where) from error
