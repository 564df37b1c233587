"""Reads library files: ours, and those a bureau adds, which are untrusted.

A file with a mistake is refused whole, with every mistake, its line and its indicator. Unknown keys are
mistakes.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.library.entry import DIRECTIONS, SIGNS, Entry, name_key
from core.library.library import Library
from core.library.plain_toml import parse_plain
from core.sheet.document_file import clean_text
from core.sheet.errors import RefusedError

MAX_BYTES = 4 * 1024 * 1024
MAX_FILES = 200
MAX_ENTRIES = 20_000
"""In all files together."""
OWN_FOLDER = "指标库"
"""Where in the data folder the bureau's own files lie."""

_TEXTS = {
    "id": 40,
    "level1": 20,
    "level2": 20,
    "name": 100,
    "direction": 10,
    "sign": 10,
    "unit": 20,
    "values": 200,
    "formula": 500,
    "evidence": 500,
    "scale": 50,
    "source": 100,
}
"""The texts of an indicator, and how many characters each may have."""
_NUMBERS = ("low", "high")
_TOO_LARGE = 10**12
_ALSO, _MAX_ALSO = "also", 20
_REQUIRED = ("id", "level1", "name")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*indicator[ \t]*\]\]", re.MULTILINE)
_TOLD = 20
"""So many mistakes of a file are told; the rest is counted."""


def own_files(data_folder: Path) -> list[Path]:
    """Give the library files the bureau or the person added, in the order of their names."""
    return sorted((data_folder / OWN_FOLDER).glob("*.toml"))


def read_library(
    folder: Path, extra: Iterable[Path] = (), refused: Callable[[RefusedError], None] | None = None
) -> Library:
    """Read all files of a folder and further files into one library.

    An indicator of a further file stands in place of one of the folder with the same id or name.
    Raises RefusedError for a file that cannot be read or has a mistake; with ``refused``, further files
    with a mistake are told to it and left out.
    """
    entries: dict[str, Entry] = {}
    for entry in _entries_of(sorted(folder.glob("*.toml"))):
        if entry.id in entries:
            raise RefusedError(
                "library.same-id", id=entry.id, first=entries[entry.id].name, second=entry.name
            )
        entries[entry.id] = entry
    own = {entry.id: entry for entry in _entries_of(list(extra), refused)}
    names = {name_key(entry.name) for entry in own.values()}
    kept = (one for one in entries.values() if one.id not in own and name_key(one.name) not in names)
    return Library((*own.values(), *kept))


def _entries_of(files: Sequence[Path], refused: Callable[[RefusedError], None] | None = None) -> list[Entry]:
    if len(files) > MAX_FILES:
        raise RefusedError("library.too-many-files", count=len(files), limit=MAX_FILES)
    found: list[Entry] = []
    for file in files:
        try:
            found += read_file(file)
        except RefusedError as error:
            if refused is None:
                raise
            refused(error)
        if len(found) > MAX_ENTRIES:
            raise RefusedError("library.too-many", file=file.name, limit=MAX_ENTRIES)
    return found


def add_own_file(data_folder: Path, source: Path) -> int:
    """Copy a library file to the bureau's own ones; gives how many indicators it has.

    One of the same name is replaced. Raises RefusedError, and then nothing has changed, when the file has a
    mistake or cannot be written, or when there would be too many.
    """
    try:
        with source.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise RefusedError("library.unreadable", file=source.name) from error
    count = len(parse_library(data, source.name))
    folder = data_folder / OWN_FOLDER
    target = folder / f"{source.stem}.toml"
    others = [file for file in own_files(data_folder) if file != target]
    from tempfile import NamedTemporaryFile  # loads much that reading does not need

    if len(others) >= MAX_FILES:
        raise RefusedError("library.too-many-files", count=len(others) + 1, limit=MAX_FILES)
    try:
        folder.mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).replace(target)
    except OSError as error:
        raise RefusedError("library.not-written", file=source.name, folder=str(folder)) from error
    return count


def read_file(file: Path) -> tuple[Entry, ...]:
    """Read one library file; raises RefusedError."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise RefusedError("library.unreadable", file=file.name) from error
    return parse_library(data, file.name)


def parse_library(data: bytes, file: str) -> tuple[Entry, ...]:
    """Read indicators from the bytes of a library file; ``file`` is its name for messages."""
    if len(data) > MAX_BYTES:
        raise RefusedError("library.too-big", file=file, limit=MAX_BYTES // 1024 // 1024)
    try:
        # Notepad on older Windows puts a byte order mark in front of every UTF-8 file.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError("library.not-utf8", file=file) from error
    body = parse_plain(text)
    if body is None:
        body = _parse(text, file)
    return _Reading(file, text).entries(body)


def _parse(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError, ArithmeticError) as error:
        line = re.search(r"at line (\d+)", str(error))
        where = int(line.group(1)) if line else text.count("\n") + 1
        raise RefusedError("library.not-toml", file=file, line=where) from error


class _Reading:
    """The mistakes of one file, and where they are."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._lines = [text.count("\n", 0, found.start()) + 1 for found in _HEADER.finditer(text)]
        self._mistakes: list[RefusedError] = []
        self._line = 1
        self._name = "area"

    def entries(self, body: dict[str, Any]) -> tuple[Entry, ...]:
        tables = body.get("indicator", [])
        if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
            raise RefusedError("library.no-indicators", file=self._file)
        if len(tables) > MAX_ENTRIES:
            raise RefusedError("library.too-many", file=self._file, limit=MAX_ENTRIES)
        for key in sorted(body.keys() - {"area", "indicator"}):
            self._say("unknown-key", key=key[:40])
        area = self._text(body, "area", 20)
        if not area:
            self._say("lacking", key="area")
        found = [self._entry(table, area, number) for number, table in enumerate(tables)]
        self._find_twins(found)
        if self._mistakes:
            count = len(self._mistakes)
            details = self._mistakes[:_TOLD]
            raise RefusedError("library.broken", details=details, file=self._file, count=count)
        return tuple(found)

    def _entry(self, table: dict[str, Any], area: str, number: int) -> Entry:
        self._line = self._lines[number] if number < len(self._lines) else 1
        self._name = str(table.get("name") or table.get("id", ""))[:40]
        for key in sorted(table.keys() - _TEXTS.keys() - {*_NUMBERS, _ALSO}):
            self._say("unknown-key", key=key[:40])
        texts = {key: self._text(table, key, limit) for key, limit in _TEXTS.items()}
        for key in _REQUIRED:
            if table.get(key, "") == "":
                self._say("lacking", key=key)
        if texts["id"] and not _ID.fullmatch(texts["id"]):
            self._say("bad-id", id=texts["id"])
        for key, known in (("direction", DIRECTIONS), ("sign", SIGNS)):
            if texts[key] not in known:
                self._say("not-one-of", key=key, text=texts[key], known="、".join(filter(None, known)))
        low, high = self._number(table, _NUMBERS[0]), self._number(table, _NUMBERS[1])
        if low is not None and high is not None and low > high:
            self._say("range", low=low, high=high)
        return Entry(area=area, also=self._also(table), low=low, high=high, **texts)

    def _text(self, table: dict[str, Any], key: str, limit: int) -> str:
        text = table.get(key, "")
        if not isinstance(text, str):
            self._say("not-text", key=key)
            return ""
        return self._cleaned(text, key, limit)

    def _cleaned(self, text: str, key: str, limit: int) -> str:
        if len(text) > limit:
            self._say("too-long", key=key, count=len(text), limit=limit)
        try:
            clean_text(text)
        except RefusedError:
            self._say("bad-text", key=key)
        if text != text.strip() or "\n" in text:
            self._say("blanks", key=key)
        return text

    def _also(self, table: dict[str, Any]) -> tuple[str, ...]:
        names = table.get(_ALSO, [])
        if not isinstance(names, list) or not all(isinstance(one, str) and one for one in names):
            self._say("not-names", key=_ALSO)
            return ()
        if len(names) > _MAX_ALSO:
            self._say("too-many-names", count=len(names), limit=_MAX_ALSO)
        return tuple(self._cleaned(one, _ALSO, _TEXTS["name"]) for one in names)

    def _number(self, table: dict[str, Any], key: str) -> Decimal | None:
        number = table.get(key)
        if number is None:
            return None
        found = Decimal(number) if isinstance(number, int | Decimal) else Decimal("NaN")
        if isinstance(number, bool) or not found.is_finite() or abs(found) >= _TOO_LARGE:
            self._say("not-number", key=key)
            return None
        return found

    def _find_twins(self, entries: list[Entry]) -> None:
        known: dict[str, str] = {}
        for number, entry in enumerate(entries):
            if entry.id and entry.id in known:
                self._line = self._lines[number] if number < len(self._lines) else 1
                self._name = entry.name
                self._say("twice", id=entry.id, first=known[entry.id])
            known.setdefault(entry.id, entry.name)

    def _say(self, what: str, **params: str | int | Decimal) -> None:
        self._mistakes.append(
            RefusedError(f"library.entry-{what}", details=(), line=self._line, name=self._name, **params)
        )
