"""Runs one command: finds its module, reads its arguments, turns refusals into one sentence.

Exit codes: 0 done · 1 done, but the data has errors or damage · 2 not done (one sentence on
standard error).
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, Protocol

from core.command.workbench import Workbench
from core.sheet.errors import RefusedError

COMMANDS = (
    "forms",
    "fields",
    "new",
    "import",
    "check",
    "checks",
    "library",
    "pdf",
    "xlsx",
    "carry",
    "pack",
    "verify",
    "demo",
    "form-check",
    "form-preview",
    "form-draft",
    "fill",
)


class Command(Protocol):
    """What each command's module offers."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""
        ...

    def run(self, given: argparse.Namespace, bench: Workbench) -> int:
        """Do it and give the exit code."""
        ...


_COMPLAINTS = (
    (re.compile(r"the following arguments are required: (.+)"), "usage-required"),
    (re.compile(r"unrecognized arguments: (.+)"), "usage-unknown"),
    (re.compile(r"argument (.+?): expected .+"), "usage-value"),
)
"""What argparse complains of in English, and our sentences for it."""


class _Parser(argparse.ArgumentParser):
    """An argument parser that refuses in one sentence instead of printing its own usage."""

    def error(self, message: str) -> NoReturn:
        usage = " ".join(self.format_usage().removeprefix("usage: ").split())
        for pattern, code in _COMPLAINTS:
            if match := pattern.fullmatch(message):
                raise RefusedError(f"command.{code}", what=match[1], usage=usage)
        raise RefusedError("command.usage", usage=usage)


def run(argv: Sequence[str], bench: Workbench) -> int:
    """Run the command in ``argv`` (without the program's name) and give its exit code."""
    try:
        code = _run(argv, bench)
        bench.out.flush()
        return code
    except RefusedError as error:
        print(bench.messages.of(error), file=bench.err)
    except (KeyboardInterrupt, BrokenPipeError):
        # Stopped by the person, or the reader of our output went away (``| head``): nothing to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except MemoryError:
        print(bench.messages.say("command.no-memory"), file=bench.err)
    except Exception as error:  # a mistake of ours: one sentence, and where it was, instead of a traceback
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__}, {Path(where.filename).name}:{where.lineno}"
        print(bench.messages.say("command.own-mistake", place=place), file=bench.err)
    return 2


def _run(argv: Sequence[str], bench: Workbench) -> int:
    name = argv[0]
    if name in ("-h", "--help", "help"):
        bench.say("help", commands="、".join(COMMANDS))
        return 0
    if name not in COMMANDS:
        raise RefusedError("command.unknown", name=name, known="、".join(COMMANDS))
    command: Command = importlib.import_module(f"core.command.{name.replace('-', '_')}_command")
    parser = _Parser(prog=f"main.py {name}", description=command.__doc__, allow_abbrev=False)
    parser.add_argument("--data", type=Path, help="数据文件夹（默认为当前用户的数据文件夹）")
    command.arguments(parser)
    return command.run(parser.parse_args(argv[1:]), bench)
