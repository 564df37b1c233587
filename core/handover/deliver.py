"""Puts a package into a folder or onto a drive so that it is there whole, or not there.

Written under NAME.part, waited for, read back and compared, renamed to a name nobody uses, waited
for and read back again: only then DONE. An earlier package is never overwritten.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.handover.disk import Disk
from core.handover.names import PART_ENDING, is_leftover_of, names_to_try
from core.handover.outcome import Outcome, is_passing, outcome_of
from core.handover.package import Package
from core.sheet.messages import Messages

_CHUNK = 1 << 20
_SPARE = 1 << 20
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.6, 0.6)  # seconds between tries to rename on Windows, 1.95 in all


@dataclass(frozen=True)
class Delivery:
    """How it ended, where the package now is (None: not there), and what could not be cleaned up.

    `needed` and `free` are bytes, for NO_SPACE; `free` is None where the drive does not tell.
    """

    outcome: Outcome
    folder: Path
    path: Path | None = None
    leftover: Path | None = None
    needed: int = 0
    free: int | None = None

    @property
    def delivered(self) -> bool:
        """Tell whether the whole package is there and was read back."""
        return self.outcome in (Outcome.DONE, Outcome.ALREADY_THERE)

    def sentence(self, messages: Messages) -> str:
        """Return what to tell the person: what happened, what to do, and what was left behind."""
        text = messages.say(
            f"handover.outcome-{self.outcome.value}",
            folder=self.folder,
            path=self.path or "",
            needed=_megabytes(self.needed),
            free=_megabytes(self.free or 0),
        )
        if self.leftover is None:
            return text
        return text + messages.say("handover.leftover", name=self.leftover.name)


class _FailedError(Exception):
    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome


def deliver(
    package: Package, folder: Path, disk: Disk | None = None, wait: Callable[[float], None] = time.sleep
) -> Delivery:
    """Put the package into the folder; return how it ended, never raise for anything the drive does.

    Blocks until the drive has answered: call it off the window's thread. `disk` and `wait` are for tests.
    """
    return _Delivering(package, folder, disk or Disk(), wait).run()


class _Delivering:
    """One delivery under way: the package, the drive, and the file that is ours on it at this moment."""

    def __init__(self, package: Package, folder: Path, disk: Disk, wait: Callable[[float], None]) -> None:
        self._package = package
        self._folder = folder
        self._disk = disk
        self._wait = wait
        self._ours: Path | None = None  # the only file that may be removed again
        self._needed = 2 * len(package.data) + _SPARE
        self._free: int | None = None

    def run(self) -> Delivery:
        try:
            self._demand_folder()
            self._remove_leftovers()
            self._demand_space()
            for name in names_to_try(self._package.name):
                final = self._folder / name
                if self._is_taken(final):
                    if self._holds_package(final):
                        return self._ended(Outcome.ALREADY_THERE, final)
                elif self._placed(final):
                    return self._ended(Outcome.DONE, final)
            return self._ended(Outcome.NAMES_USED_UP)
        except _FailedError as failed:
            outcome = Outcome.GONE_MIDWAY if self._is_gone(failed.outcome) else failed.outcome
            return self._ended(outcome, leftover=self._removed_or_left())

    def _demand_folder(self) -> None:
        with _telling():
            if self._disk.has_folder(self._folder):
                return
        raise _FailedError(Outcome.NO_FOLDER)

    def _remove_leftovers(self) -> None:
        """Remove what an interrupted delivery of the same unit left here, as far as possible."""
        try:
            for name in self._disk.names(self._folder):
                path = self._folder / name
                if is_leftover_of(name, self._package.name) and self._disk.is_plain_file(path):
                    self._disk.remove(path)
        except OSError:
            # A drive that refuses this refuses the writing, too, and then says why.
            return

    def _demand_space(self) -> None:
        with _telling():
            self._free = self._disk.free(self._folder)
        if self._free is not None and self._free < self._needed:
            raise _FailedError(Outcome.NO_SPACE)

    def _is_taken(self, final: Path) -> bool:
        with _telling():
            return self._disk.has(final)

    def _placed(self, final: Path) -> bool:
        """Write, verify, rename, verify; False when somebody else took the name in the meantime."""
        part = _part(final)
        try:
            handle = self._disk.create(part)
        except FileExistsError:
            return False
        except OSError as error:
            raise _FailedError(outcome_of(error)) from error
        self._ours = part
        self._fill(handle)
        self._demand_equal(part)
        if not self._renamed(part, final):
            self._removed_or_left()
            return False
        self._ours = final
        with _telling():
            self._disk.sync_folder(self._folder)
        self._demand_equal(final)
        return True

    def _fill(self, handle: int) -> None:
        try:
            with _telling():
                view = memoryview(self._package.data)
                while view:
                    count = self._disk.write(handle, view[:_CHUNK])
                    if count <= 0:
                        raise _FailedError(Outcome.IO_ERROR)
                    view = view[count:]
                self._disk.sync(handle)
        except _FailedError:
            self._close_quietly(handle)
            raise
        with _telling():
            self._disk.close(handle)

    def _close_quietly(self, handle: int) -> None:
        try:
            self._disk.close(handle)
        except OSError:
            return  # the write has failed already and is what gets reported

    def _renamed(self, part: Path, final: Path) -> bool:
        for pause in (*_WAITS, None):
            try:
                # Linux would overwrite. The name ends in the code of the content, so a file that
                # came under it in this very moment is this same package.
                if self._disk.has(final):
                    return False
                self._disk.rename(part, final)
                return True
            except FileExistsError:
                return False
            except OSError as error:
                if not is_passing(error):
                    raise _FailedError(outcome_of(error)) from error
            if pause is not None:
                self._wait(pause)
        raise _FailedError(Outcome.HELD)

    def _demand_equal(self, path: Path) -> None:
        with _telling():
            if self._same_bytes(path):
                return
        raise _FailedError(Outcome.VERIFY_FAILED)

    def _holds_package(self, path: Path) -> bool:
        try:
            return self._disk.is_plain_file(path) and self._same_bytes(path)
        except OSError:
            return False

    def _same_bytes(self, path: Path) -> bool:
        data, at = self._package.data, 0
        for chunk in self._disk.read(path):
            if data[at : at + len(chunk)] != chunk:
                return False
            at += len(chunk)
        return at == len(data)

    def _is_gone(self, outcome: Outcome) -> bool:
        """Tell whether an error without a clear word came from a drive that is no longer there."""
        if outcome not in (Outcome.IO_ERROR, Outcome.NOT_ALLOWED, Outcome.VERIFY_FAILED):
            return False
        try:
            return not self._disk.has_folder(self._folder)
        except OSError:
            return True

    def _removed_or_left(self) -> Path | None:
        """Remove our file; return it when it has to stay."""
        left, self._ours = self._ours, None
        if left is None:
            return None
        try:
            self._disk.remove(left)
        except FileNotFoundError:
            return None
        except OSError:
            return left
        return None

    def _ended(self, outcome: Outcome, path: Path | None = None, leftover: Path | None = None) -> Delivery:
        return Delivery(outcome, self._folder, path, leftover, self._needed, self._free)


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _FailedError(outcome_of(error)) from error


def _part(final: Path) -> Path:
    return final.with_name(final.name + PART_ENDING)


def _megabytes(count: int) -> str:
    return f"{count / 1024 / 1024:.1f}"
