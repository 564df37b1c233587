"""Mistakes of ours, written down for whoever mends them: where they happened, never what was typed."""

from __future__ import annotations

import contextlib
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

_MOST = 256 * 1024


def write_down(
    folder: Path, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> Path | None:
    """Append a mistake to ``mistakes.log`` and give the file; None when even that fails.

    The error's own text is left out: it may hold the value of a field.
    """
    del error
    path = folder / "mistakes.log"
    lines = [
        f"{datetime.now().astimezone().isoformat(timespec='seconds')} {kind.__module__}.{kind.__qualname__}"
    ]
    lines += [f"  {one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)]
    with contextlib.suppress(OSError):
        if path.exists() and path.stat().st_size > _MOST:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        path.chmod(0o600)
        return path
    return None
