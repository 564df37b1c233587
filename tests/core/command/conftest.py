"""The command line as a script of a bureau uses it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from core.command.run import run
from core.command.workbench import Workbench


class Said(NamedTuple):
    """What a command gave: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str


Jibiao = Callable[..., Said]


@pytest.fixture
def jibiao(resources: Path) -> Jibiao:
    """Run a command in this process, as ``main.py`` does."""

    def call(*argv: object) -> Said:
        out, err = io.StringIO(), io.StringIO()
        code = run([str(one) for one in argv], Workbench(resources, out, err))
        return Said(code, out.getvalue(), err.getvalue())

    return call


@pytest.fixture
def sample(resources: Path) -> Path:
    """A complete and clean document."""
    return resources / "forms/gz-decl/2025/sample.json"
