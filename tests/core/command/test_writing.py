"""What a command writes is there whole or not at all, whatever the disk does."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.command.conftest import Jibiao


def commands(sample: Path, folder: Path) -> list[list[object]]:
    return [
        ["new", "gz-decl", "--unit", "某镇", "--year", "2025", "-o", folder / "x.json"],
        ["import", sample, "-o", folder / "x.json"],
        ["pdf", sample, "-o", folder / "x.pdf"],
        ["xlsx", sample, "-o", folder / "x.xlsx"],
    ]


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "磁盘空间已满"), (errno.EROFS, "不允许写入"), (errno.EIO, "写入时出错")],
)
def test_a_disk_that_fails_leaves_nothing_and_says_why(
    jibiao: Jibiao, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def failing(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", failing)
    for argv in commands(sample, tmp_path):
        said = jibiao(*argv)
        assert said.code == 2
        assert words in said.err
        assert list(tmp_path.iterdir()) == []


def test_an_older_file_stays_when_the_new_one_cannot_be_written(
    jibiao: Jibiao, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = tmp_path / "x.pdf"
    target.write_bytes(b"older")
    monkeypatch.setattr(os, "fsync", failing)
    assert jibiao("pdf", sample, "-o", target).code == 2
    assert target.read_bytes() == b"older"


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 16 KB; skipped where the person may not mount one."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("NOT TESTED on a real full disk: only root may mount one")
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(disk)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("NOT TESTED on a real full disk: mounting is not allowed here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_really_full_disk_gets_one_sentence_and_no_half_file(
    jibiao: Jibiao, sample: Path, full_disk: Path
) -> None:
    said = jibiao("pdf", sample, "-o", full_disk / "x.pdf")
    assert (said.code, len(said.err.strip().splitlines())) == (2, 1)
    assert "磁盘空间已满" in said.err
    said = jibiao("pack", sample, "--to", full_disk)
    assert said.code == 2
    assert list(full_disk.iterdir()) == []


def test_a_mistake_of_our_own_is_one_sentence_too(
    jibiao: Jibiao, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("core.command.check_command.read_documents", broken)
    said = jibiao("check", sample)
    assert said.code == 2
    assert "ZeroDivisionError" in said.err
    assert "Traceback" not in said.err
