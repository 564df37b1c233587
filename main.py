"""Starts Jibiao: without a command the window, with one the command line (which never loads Qt)."""

from __future__ import annotations

import io
import sys
from pathlib import Path

RESOURCES = Path(__file__).resolve().parent / "resources"


def main(argv: list[str]) -> int:
    """Run the program with its arguments and give the exit code."""
    if argv and argv[0] != "--data":
        return _run_command(argv)
    from ui.app import run as run_window

    return run_window(RESOURCES, Path(argv[1]) if len(argv) > 1 else None)


def _run_command(argv: list[str]) -> int:
    from core.command.run import run
    from core.command.workbench import Workbench

    for stream in (sys.stdout, sys.stderr):
        # Into a file or pipe always UTF-8: an office PC's own code page lacks ㎡ and rare names.
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")
    return run(argv, Workbench(RESOURCES))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
