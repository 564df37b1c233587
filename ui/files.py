"""Files written for the person: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from core.sheet.errors import RefusedError

_FORBIDDEN = '<>:"/\\|?*'


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or as it was before; raises RefusedError with the way out."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except PermissionError as error:
        _remove(part)
        raise RefusedError("ui.file-in-use", file=path.name, folder=str(path.parent)) from error
    except OSError as error:
        _remove(part)
        reason = error.strerror or ""
        raise RefusedError(
            "ui.file-not-written", file=path.name, folder=str(path.parent), reason=reason
        ) from error


def file_name(*parts: str, ending: str) -> str:
    """Give a file name made of words, without what Windows refuses, at most 80 characters long."""
    stem = "_".join(part.strip() for part in parts if part.strip())
    clean = "".join("_" if one in _FORBIDDEN or not one.isprintable() else one for one in stem)
    return f"{clean[:80].rstrip(' .')}{ending}"


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
