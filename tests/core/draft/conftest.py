"""A data folder, a store in it, and small disks that are full or cannot be written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.draft.store import Store
from tests.core.draft.making import Listener, Program, TurnedClock


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "数据 #1?%"


@pytest.fixture
def program(folder: Path, clock: TurnedClock, listener: Listener) -> Iterator[Program]:
    program = Program(folder, clock, listener)
    yield program
    program.quit()


@pytest.fixture
def store(program: Program) -> Store:
    return program.start()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 700 KB; skipped where the person may not mount one."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("NOT TESTED on a real small disk: only root may mount one")
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(disk)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("NOT TESTED on a real small disk: mounting is not allowed here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)
