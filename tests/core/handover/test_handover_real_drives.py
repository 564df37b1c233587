"""Delivery into real folders that are full, read-only or closed, and a process killed in the middle."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.handover.deliver import deliver
from core.handover.disk import Disk
from core.handover.outcome import Outcome
from core.handover.package import Package
from core.sheet.messages import Messages
from tests.core.handover.samples import names_in

Mounting = Callable[[str], Path]


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Mounting]:
    """Give a function that mounts a drive in memory; skips where that is not allowed."""
    folders: list[Path] = []

    def mount(options: str) -> Path:
        folder = tmp_path / f"drive{len(folders)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("mounting a drive needs Linux and root")
        folders.append(folder)
        return folder

    yield mount
    for folder in folders:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_small_drive_says_how_much_it_needs(package: Package, mounted: Mounting, messages: Messages):
    drive = mounted("size=300k")
    found = deliver(package, drive)
    assert found.outcome is Outcome.NO_SPACE
    assert "需要 1.0 MB，剩余 0.3 MB" in found.sentence(messages)
    assert names_in(drive) == []


def test_a_drive_that_fills_up_while_writing_is_left_clean(
    package: Package, mounted: Mounting, monkeypatch: pytest.MonkeyPatch
):
    drive = mounted("size=4m")
    (drive / "film.mkv").write_bytes(bytes(4 * 1024 * 1024 - 12_288))
    disk = Disk()
    monkeypatch.setattr(disk, "free", lambda _folder: None)
    found = deliver(package, drive, disk)
    assert found.outcome is Outcome.NO_SPACE
    assert names_in(drive) == ["film.mkv"]


def test_a_write_protected_drive_is_told_as_such(package: Package, mounted: Mounting, messages: Messages):
    found = deliver(package, mounted("size=4m,ro"))
    assert found.outcome is Outcome.READ_ONLY
    assert "写保护" in found.sentence(messages)


def test_a_drive_without_room_for_one_more_name_is_full(package: Package, mounted: Mounting):
    assert deliver(package, mounted("size=4m,nr_inodes=1")).outcome is Outcome.NO_SPACE


def test_a_folder_without_permission_is_told_as_such(package: Package, messages: Messages):
    if os.name != "posix":
        pytest.skip("Windows has no such mode")
    was = os.geteuid()
    # Not below tmp_path: its parents let nobody but the owner through.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        try:
            if was == 0:  # root may write everywhere
                os.seteuid(65534)
            found = deliver(package, folder)
        finally:
            os.seteuid(was)
        assert found.outcome is Outcome.NOT_ALLOWED
        assert "没有权限" in found.sentence(messages)
        assert names_in(folder) == []
        folder.chmod(0o700)


SLOW = """
import sys, time
from pathlib import Path
from core.handover.deliver import deliver
from core.handover.disk import Disk
from core.handover.package import build_package
from tests.core.handover.samples import SENDING, enclosed, filled, forms_in

class Slow(Disk):
    def write(self, handle, data):
        time.sleep(0.002)
        return super().write(handle, data[:500])

folder = Path(sys.argv[1])
forms = forms_in(folder.with_name(folder.name + "-forms"))
package = build_package([enclosed(filled(forms, 1)), enclosed(filled(forms, 2))], SENDING)
print("ready", flush=True)
print(deliver(package, folder, Slow()).outcome.value, flush=True)
"""


def test_a_program_killed_while_delivering_leaves_no_half_package(package: Package, tmp_path: Path):
    if os.name != "posix":
        pytest.skip("kill -9 is a Unix word")
    for number in range(6):
        folder = tmp_path / f"stick{number}"
        folder.mkdir()
        root = str(Path(__file__).parents[3])
        child = subprocess.Popen(
            [sys.executable, "-c", SLOW, str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": root},
        )
        with child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            time.sleep(0.018 * number)
            child.send_signal(signal.SIGKILL)
        for name in names_in(folder):
            assert name.endswith(".part") or (folder / name).read_bytes() == package.data
        assert deliver(package, folder).delivered
        assert names_in(folder) == [package.name]
