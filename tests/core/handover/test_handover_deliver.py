"""Delivery on a drive that fails in every way at every step: whole and said so, or not there and said why."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.handover.deliver import Delivery, deliver
from core.handover.names import names_to_try
from core.handover.outcome import Outcome
from core.handover.package import Package
from core.sheet.messages import Messages
from tests.core.handover.faulty_disk import FaultyDisk
from tests.core.handover.samples import names_in


def no_wait(seconds: float) -> None:
    """Stand in for sleeping."""


def test_done_means_the_whole_package_under_its_name_and_nothing_else(
    package: Package, tmp_path: Path, messages: Messages
):
    found = deliver(package, tmp_path)
    assert found.outcome is Outcome.DONE
    assert found.delivered
    assert found.path == tmp_path / package.name
    assert found.path.read_bytes() == package.data
    assert names_in(tmp_path) == [package.name]
    assert str(found.path) in found.sentence(messages)


def test_the_bytes_are_synced_and_read_back_before_the_name_is_given_and_again_after(
    package: Package, tmp_path: Path
):
    disk = FaultyDisk()
    deliver(package, tmp_path, disk)
    order = [step for step in disk.steps if step in ("write", "sync", "read", "rename", "sync_folder")]
    assert order == ["write", "sync", "read", "rename", "sync_folder", "read"]


def assert_honest(found: Delivery, package: Package, folder: Path) -> None:
    """What must hold after any delivery: done only if whole; a refusal leaves no false package behind."""
    names = names_in(folder)
    whole = [name for name in names if (folder / name).read_bytes() == package.data and name.endswith(".zip")]
    assert all(name in whole or name.endswith(".part") for name in names), names
    if found.delivered:
        assert found.path is not None
        assert names == [found.path.name] == whole
    else:
        assert found.path is None
        assert not names or found.leftover is not None or found.outcome is Outcome.GONE_MIDWAY, names


ERRORS = {
    errno.EIO: Outcome.IO_ERROR,
    errno.ENOSPC: Outcome.NO_SPACE,
    errno.EROFS: Outcome.READ_ONLY,
    errno.EACCES: Outcome.NOT_ALLOWED,
    errno.ENODEV: Outcome.GONE_MIDWAY,
    errno.ENOTCONN: Outcome.GONE_MIDWAY,
    errno.ECONNABORTED: Outcome.GONE_MIDWAY,
    errno.ESTALE: Outcome.GONE_MIDWAY,
    errno.EFBIG: Outcome.FILE_TOO_LARGE,
    errno.EBUSY: Outcome.HELD,
    errno.ENOTTY: Outcome.IO_ERROR,
}


def steps_of(package: Package, folder: Path) -> list[str]:
    """Give the steps of a delivery without faults."""
    disk = FaultyDisk(short=4_000)
    deliver(package, folder, disk)
    (folder / package.name).unlink()
    return disk.steps


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_one_error_at_any_step_is_told_by_its_name_and_cleaned_up(
    number: int, package: Package, tmp_path: Path
):
    for at, step in enumerate(steps_of(package, tmp_path), 1):
        folder = tmp_path / str(at)
        folder.mkdir()
        found = deliver(
            package, folder, FaultyDisk(fail_at=at, error=OSError(number, "x"), short=4_000), no_wait
        )
        if step == "names":  # clearing up after earlier deliveries is no condition
            assert found.outcome is Outcome.DONE, step
        else:
            assert found.outcome is ERRORS[number], step
            assert names_in(folder) == [], step
        assert_honest(found, package, folder)


def test_a_drive_pulled_at_any_step_is_never_called_done(
    package: Package, tmp_path: Path, messages: Messages
):
    steps = steps_of(package, tmp_path)
    for number in (errno.EIO, errno.ENODEV, errno.ENOENT, errno.ENOTCONN):
        for at in range(1, len(steps) + 1):
            folder = tmp_path / f"{number}-{at}"
            folder.mkdir()
            disk = FaultyDisk(fail_at=at, error=OSError(number, "x"), gone=True, short=4_000)
            found = deliver(package, folder, disk, no_wait)
            assert found.outcome is Outcome.GONE_MIDWAY, (number, at)
            assert_honest(found, package, folder)
            assert "拔出" in found.sentence(messages)


def test_a_drive_full_at_any_byte_leaves_nothing_behind(package: Package, tmp_path: Path):
    for room in range(0, len(package.data), 97):
        found = deliver(package, tmp_path, FaultyDisk(room=room, short=1_000))
        assert found.outcome is Outcome.NO_SPACE
        assert names_in(tmp_path) == []


def test_a_drive_that_stores_one_wrong_bit_anywhere_is_found_out(package: Package, tmp_path: Path):
    for at in range(0, len(package.data), 97):
        found = deliver(package, tmp_path, FaultyDisk(lie=at, short=1_000))
        assert found.outcome is Outcome.VERIFY_FAILED
        assert names_in(tmp_path) == []


class _Shifty(FaultyDisk):
    """Stores well and then reads back something else: a worn-out stick after the rename."""

    def __init__(self, package: Package, which: int, **faults: object) -> None:
        super().__init__()
        self._package, self._which, self._reads = package, which, 0
        self._stuck = bool(faults)

    def read(self, path: Path) -> Iterator[bytes]:
        self._reads += 1
        data = b"".join(super().read(path))
        yield data[:-1] if self._reads == self._which else data

    def remove(self, path: Path) -> None:
        if self._stuck:
            raise OSError(errno.EIO, "stuck")
        super().remove(path)


@pytest.mark.parametrize("which", [1, 2])
def test_a_shorter_answer_at_either_reading_back_is_found_out(which: int, package: Package, tmp_path: Path):
    found = deliver(package, tmp_path, _Shifty(package, which))
    assert found.outcome is Outcome.VERIFY_FAILED
    assert names_in(tmp_path) == []


def test_what_cannot_be_removed_again_is_named(package: Package, tmp_path: Path, messages: Messages):
    found = deliver(package, tmp_path, _Shifty(package, 2, stuck=True))
    assert found.outcome is Outcome.VERIFY_FAILED
    assert found.leftover == tmp_path / package.name
    assert package.name in found.sentence(messages)


def test_too_little_room_is_told_before_a_byte_is_written(
    package: Package, tmp_path: Path, messages: Messages
):
    needed = 2 * len(package.data) + (1 << 20)
    disk = FaultyDisk(free=needed - 1)
    found = deliver(package, tmp_path, disk)
    assert found.outcome is Outcome.NO_SPACE
    assert "create" not in disk.steps
    assert (found.needed, found.free) == (needed, needed - 1)
    assert "需要 1.0 MB" in found.sentence(messages)
    assert deliver(package, tmp_path, FaultyDisk(free=needed)).outcome is Outcome.DONE


def test_a_drive_that_does_not_know_its_room_is_tried(package: Package, tmp_path: Path):
    assert deliver(package, tmp_path, FaultyDisk(free=None)).outcome is Outcome.DONE


def test_an_earlier_package_of_that_name_is_never_touched(package: Package, tmp_path: Path):
    (tmp_path / package.name).write_bytes(b"earlier")
    found = deliver(package, tmp_path)
    assert found.path == tmp_path / names_to_try(package.name)[1]
    assert found.path.read_bytes() == package.data
    assert (tmp_path / package.name).read_bytes() == b"earlier"


def test_a_link_or_folder_under_the_name_is_never_followed(package: Package, tmp_path: Path):
    outside = tmp_path / "outside.zip"
    names = names_to_try(package.name)
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / names[0]).symlink_to(outside)
    (folder / names[1]).mkdir()
    (folder / f"{names[2]}.part").symlink_to(outside)
    found = deliver(package, folder)
    assert found.path == folder / names[3]
    assert not outside.exists()


def test_a_link_to_the_same_package_is_not_the_package(package: Package, tmp_path: Path):
    (tmp_path / "elsewhere.zip").write_bytes(package.data)
    (tmp_path / package.name).symlink_to(tmp_path / "elsewhere.zip")
    assert deliver(package, tmp_path).path == tmp_path / names_to_try(package.name)[1]


def test_the_same_package_again_is_recognised_and_not_written_twice(package: Package, tmp_path: Path):
    deliver(package, tmp_path)
    disk = FaultyDisk()
    found = deliver(package, tmp_path, disk)
    assert found.outcome is Outcome.ALREADY_THERE
    assert found.delivered
    assert "create" not in disk.steps
    assert names_in(tmp_path) == [package.name]


def test_a_folder_full_of_that_name_is_told(package: Package, tmp_path: Path):
    for name in names_to_try(package.name):
        (tmp_path / name).write_bytes(b"x")
    assert deliver(package, tmp_path).outcome is Outcome.NAMES_USED_UP


def test_somebody_taking_the_name_in_the_meantime_keeps_it(package: Package, tmp_path: Path):
    class Rival(FaultyDisk):
        def sync(self, handle: int) -> None:
            super().sync(handle)
            if not (tmp_path / package.name).exists():
                (tmp_path / package.name).write_bytes(b"rival")

    found = deliver(package, tmp_path, Rival())
    assert found.path == tmp_path / names_to_try(package.name)[1]
    assert (tmp_path / package.name).read_bytes() == b"rival"
    assert names_in(tmp_path) == sorted([package.name, found.path.name])


def test_leftovers_of_an_interrupted_delivery_go_and_other_peoples_stay(package: Package, tmp_path: Path):
    (tmp_path / f"{package.name}.part").write_bytes(b"half")
    (tmp_path / "206001_2025_申报_v0_00000000.zip.part").write_bytes(b"half")
    kept = ["206002_2025_申报_v1_00000000.zip.part", "photo.part", "206001_2025_申报_v1_00000000.zip"]
    for name in kept:
        (tmp_path / name).write_bytes(b"x")
    assert deliver(package, tmp_path).outcome is Outcome.DONE
    assert names_in(tmp_path) == sorted([*kept, package.name])


@pytest.mark.parametrize("missing", ["none", "a-file", "a-file/below"])
def test_a_folder_that_is_not_there_is_told(
    missing: str, package: Package, tmp_path: Path, messages: Messages
):
    (tmp_path / "a-file").write_bytes(b"x")
    found = deliver(package, tmp_path / missing)
    assert found.outcome is Outcome.NO_FOLDER
    assert "找不到文件夹" in found.sentence(messages)


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENAMETOOLONG, errno.EILSEQ])
@pytest.mark.parametrize("step", ["create", "rename"])
def test_a_name_the_drive_refuses_is_told(number: int, step: str, package: Package, tmp_path: Path):
    at = steps_of(package, tmp_path).index(step) + 1
    found = deliver(package, tmp_path, FaultyDisk(fail_at=at, error=OSError(number, "x"), short=4_000))
    assert found.outcome is Outcome.NAME_REFUSED
    assert names_in(tmp_path) == []


def windows_error(winerror: int) -> OSError:
    error = PermissionError(errno.EACCES, "x")
    error.winerror = winerror  # as Windows sets it
    return error


class Scanner(FaultyDisk):
    """A virus scanner that holds the new file for the first `times` tries to rename it."""

    def __init__(self, times: int, winerror: int) -> None:
        super().__init__()
        self._times, self._winerror = times, winerror

    def rename(self, old: Path, new: Path) -> None:
        self._times -= 1
        if self._times >= 0:
            raise windows_error(self._winerror)
        super().rename(old, new)


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_scanner_that_lets_go_within_two_seconds_is_waited_for(
    winerror: int, package: Package, tmp_path: Path
):
    waited: list[float] = []
    found = deliver(package, tmp_path, Scanner(6, winerror), waited.append)
    assert found.outcome is Outcome.DONE
    assert 1.5 < sum(waited) <= 2


def test_a_scanner_that_never_lets_go_is_told(package: Package, tmp_path: Path, messages: Messages):
    found = deliver(package, tmp_path, Scanner(99, 32), no_wait)
    assert found.outcome is Outcome.HELD
    assert names_in(tmp_path) == []
    assert "杀毒" in found.sentence(messages)


@pytest.mark.parametrize(
    ("winerror", "outcome"),
    [
        (19, Outcome.READ_ONLY),
        (112, Outcome.NO_SPACE),
        (123, Outcome.NAME_REFUSED),
        (1167, Outcome.GONE_MIDWAY),
    ],
)
def test_windows_own_numbers_win_over_the_vague_errno(
    winerror: int, outcome: Outcome, package: Package, tmp_path: Path
):
    at = steps_of(package, tmp_path).index("create") + 1
    found = deliver(package, tmp_path, FaultyDisk(fail_at=at, error=windows_error(winerror), short=4_000))
    assert found.outcome is outcome


def test_a_drive_that_takes_no_byte_does_not_hang_the_delivery(package: Package, tmp_path: Path):
    class Stuck(FaultyDisk):
        def write(self, handle: int, data: memoryview) -> int:
            return super().write(handle, data[:0])

    assert deliver(package, tmp_path, Stuck()).outcome is Outcome.IO_ERROR
    assert names_in(tmp_path) == []


def test_a_drive_that_cannot_sync_folders_is_good_enough(
    package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    real = os.fsync

    def files_only(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not for folders")
        real(handle)

    monkeypatch.setattr(os, "fsync", files_only)
    assert deliver(package, tmp_path).outcome is Outcome.DONE
