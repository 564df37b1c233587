"""A drive that fails on order: full, pulled out, lying, refusing."""

import errno
from collections.abc import Iterator
from pathlib import Path

from core.handover.disk import Disk


class FaultyDisk(Disk):
    """A real folder behind a drive that fails on order.

    The step numbered `fail_at` (from 1) raises `error`; with `gone` every later one does, too. `room` is
    how many bytes fit, `short` how many one write takes at most, `lie` the byte that is stored wrong.
    """

    def __init__(
        self,
        *,
        fail_at: int = 0,
        error: OSError | None = None,
        gone: bool = False,
        room: int | None = None,
        short: int | None = None,
        lie: int | None = None,
        free: int | None = 1 << 30,
    ) -> None:
        self.steps: list[str] = []
        self._fail_at, self._error, self._gone = fail_at, error or OSError(errno.EIO, "broken"), gone
        self._room, self._short, self._lie, self._free = room, short, lie, free
        self._written = 0

    def _step(self, name: str) -> None:
        self.steps.append(name)
        if self._fail_at and (
            len(self.steps) == self._fail_at or (self._gone and len(self.steps) > self._fail_at)
        ):
            raise self._error

    def has_folder(self, folder: Path) -> bool:
        self._step("has_folder")
        return super().has_folder(folder)

    def free(self, folder: Path) -> int | None:
        self._step("free")
        return super().free(folder) and self._free

    def names(self, folder: Path) -> list[str]:
        self._step("names")
        return super().names(folder)

    def has(self, path: Path) -> bool:
        self._step("has")
        return super().has(path)

    def create(self, path: Path) -> int:
        self._step("create")
        return super().create(path)

    def write(self, handle: int, data: memoryview) -> int:
        self._step("write")
        data = data[: self._short]
        if self._room is not None and self._written + len(data) > self._room:
            data = data[: self._room - self._written]
            if not data:
                raise OSError(errno.ENOSPC, "full")
        stored = bytearray(data)
        if self._lie is not None and self._written <= self._lie < self._written + len(stored):
            stored[self._lie - self._written] ^= 1
        self._written += len(stored)
        return super().write(handle, memoryview(stored))

    def sync(self, handle: int) -> None:
        self._step("sync")
        super().sync(handle)

    def close(self, handle: int) -> None:
        super().close(handle)
        self._step("close")

    def read(self, path: Path) -> Iterator[bytes]:
        self._step("read")
        for chunk in super().read(path):
            yield chunk
            self._step("read more")

    def rename(self, old: Path, new: Path) -> None:
        self._step("rename")
        super().rename(old, new)

    def remove(self, path: Path) -> None:
        self._step("remove")
        super().remove(path)

    def sync_folder(self, folder: Path) -> None:
        self._step("sync_folder")
        super().sync_folder(folder)
