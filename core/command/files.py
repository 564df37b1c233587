"""Files the commands read and write: documents in, results out, whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from core.command.workbench import Workbench
from core.sheet.document import Document
from core.sheet.document_file import MAX_BYTES, read_document
from core.sheet.errors import RefusedError


def read_documents(paths: Iterable[Path], bench: Workbench) -> list[tuple[str, Document]]:
    """Give the documents of several files with the name each is told by.

    A file is a document or a package; the documents of a package are called ``FILE#folder``.
    Raises RefusedError with the file's name and one reason.
    """
    return read_with_picks(paths, bench)[0]


def read_with_picks(
    paths: Iterable[Path], bench: Workbench
) -> tuple[list[tuple[str, Document]], dict[str, str]]:
    """Give the documents of several files, and what their senders picked (ruling 16).

    A pick counts when every file with such a form states it; else the stricter way of the form does.
    Raises RefusedError like ``read_documents``.
    """
    found: list[tuple[str, Document]] = []
    agreed: dict[str, str] = {}
    refused: set[str] = set()
    for path in paths:
        try:
            documents, picks = _read(path, bench)
        except RefusedError as error:
            raise RefusedError("command.file", file=str(path), details=[error]) from error
        forms = {one.form.form for _, one in documents}
        before = {one.form.form for _, one in found}
        for name in {*agreed, *picks}:
            form = name.partition(".")[0]
            if form in forms and form in before and agreed.get(name) != picks.get(name):
                refused.add(name)
        agreed |= picks
        found += documents
    return found, {name: text for name, text in agreed.items() if name not in refused}


def _read(path: Path, bench: Workbench) -> tuple[list[tuple[str, Document]], dict[str, str]]:
    from core.handover.opening import looks_like_package, open_whole

    if looks_like_package(path):
        package = open_whole(path, bench.forms)
        named = [(f"{path}#{one.entry.folder}", one.document) for one in package.documents if one.document]
        return named, package.picks
    return [(str(path), read_document(read_bytes(path, MAX_BYTES), bench.forms))], {}


def read_bytes(path: Path, limit: int) -> bytes:
    """Give a file's bytes; raises RefusedError when it is missing, no file, unreadable or too big."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise RefusedError("command.not-a-file")
        if size > limit:
            raise RefusedError("sheet.file-too-big", size=size, limit=limit)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise RefusedError("command.no-file") from error
    except (OSError, ValueError) as error:
        raise RefusedError("command.not-read") from error


def numbered(output: Path, count: int) -> list[Path]:
    """Give the files to write: the one named, or for several ``OUT-1.json``, ``OUT-2.json`` …"""
    if count == 1:
        return [output]
    return [output.with_name(f"{output.stem}-{number}{output.suffix}") for number in range(1, count + 1)]


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all; an older one is replaced.

    Raises RefusedError when the folder is missing, read-only or full.
    """
    part = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        if part is not None:
            part.unlink(missing_ok=True)
        raise RefusedError(f"command.{_write_problem(error)}", file=str(path)) from error


def _write_problem(error: OSError) -> str:
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return "no-folder"
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return "read-only"
        case errno.ENOSPC | errno.EDQUOT:
            return "disk-full"
    return "not-written"
