"""The files of a form's folder, from wherever it comes: read within limits, nothing in it is executed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.command.files import read_bytes
from core.command.workbench import Workbench
from core.sheet.definition import Form
from core.sheet.definition_reader import MAX_BYTES, parse_form
from core.sheet.document_file import MAX_BYTES as MAX_SAMPLE
from core.sheet.errors import RefusedError

FORM, SAMPLE = "form.toml", "sample.json"


def definition_bytes(folder: Path) -> bytes:
    """Give the bytes of a folder's definition; raises RefusedError when there is none, or none of a form."""
    file = folder / FORM
    if not file.is_file():
        raise RefusedError("command.form-no-definition", folder=str(folder))
    return _bytes(file, MAX_BYTES)


def sample_bytes(folder: Path) -> bytes | None:
    """Give the bytes of a folder's sample, None when there is none."""
    file = folder / SAMPLE
    return _bytes(file, MAX_SAMPLE) if file.is_file() else None


def form_of(folder: Path, bench: Workbench) -> Form:
    """Give the form of a folder; raises DefinitionError with every mistake."""
    form = parse_form(definition_bytes(folder), str(folder / FORM))
    return replace(form, grammar=bench.forms.grammar)


def _bytes(file: Path, limit: int) -> bytes:
    try:
        return read_bytes(file, limit)
    except RefusedError as error:
        raise RefusedError("command.file", file=str(file), details=[error]) from error
