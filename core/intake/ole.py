"""The streams of an old Office file (a compound file, MS-CFB), read within its own bounds.

Every chain is followed at most once around, so that a damaged or hostile file ends like any other.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from core.sheet.errors import RefusedError

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks: end of chain, free, table."""
_NONE = 0xFFFFFFFF
_STREAM, _ROOT = 2, 5
_MOST_ENTRIES = 20_000


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """An old Office file; raises RefusedError when it is broken."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as error:
            raise RefusedError("intake.old-office") from error

    def names(self) -> list[str]:
        """Give the names of what stands at the top: streams and folders."""
        return [entry.name for entry in self._top()]

    def stream(self, name: str) -> bytes:
        """Give a stream at the top by its name; raises RefusedError when there is none."""
        for entry in self._top():
            if entry.name == name and entry.kind == _STREAM:
                if entry.size < self._small_below:
                    return self._chained(self._small, self._small_table, entry.start, self._small_size)[
                        : entry.size
                    ]
                return self._chain(entry.start)[: entry.size]
        raise RefusedError("intake.old-office")

    def _open(self) -> None:
        data = self._data
        if not data.startswith(_MAGIC):
            raise ValueError
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise ValueError
        self._size, self._small_size = 1 << shift, 1 << small_shift
        tables, entries, _, self._small_below, small, _, more, _ = struct.unpack_from("<IIIIIIII", data, 44)
        self._table = self._read_table(tables, more)
        self._entries = list(self._read_entries(self._chain(entries)))
        root = next(entry for entry in self._entries if entry.kind == _ROOT)
        self._root = root
        self._small = self._chain(root.start)
        table = self._chain(small) if small < _LAST else b""
        self._small_table = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise ValueError
        return self._data[start : start + self._size]

    def _read_table(self, count: int, more: int) -> tuple[int, ...]:
        """Read the table of sectors, whose own sectors are listed in the header and behind it."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        most = len(self._data) // self._size + 1
        while more < _LAST and len(listed) <= most + 109:
            *found, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            listed += found
        numbers = [number for number in listed if number < _LAST][: min(count, most)]
        table = b"".join(self._sector(number) for number in numbers)
        return struct.unpack(f"<{len(table) // 4}I", table)

    def _chain(self, start: int) -> bytes:
        return self._chained(self._data[self._size :], self._table, start, self._size)

    @staticmethod
    def _chained(data: bytes, table: tuple[int, ...], start: int, size: int) -> bytes:
        """Give the sectors of a chain; one that goes around in a circle is broken."""
        parts: list[bytes] = []
        number = start
        while number < _LAST:
            if len(parts) > len(table) or number >= len(table):
                raise RefusedError("intake.old-office")
            parts.append(data[number * size : (number + 1) * size])
            number = table[number]
        return b"".join(parts)

    @staticmethod
    def _read_entries(data: bytes) -> Iterator[_Entry]:
        for start in range(0, min(len(data), _MOST_ENTRIES * 128) - 127, 128):
            name, length, kind = struct.unpack_from("<64sHB", data, start)
            left, right, child = struct.unpack_from("<III", data, start + 68)
            first, size = struct.unpack_from("<II", data, start + 116)
            text = name[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            yield _Entry(text, kind, left, right, child, first, size)

    def _top(self) -> Iterator[_Entry]:
        """Give the entries at the top, however their tree is built."""
        waiting, seen = [self._root.child], set()
        while waiting:
            number = waiting.pop()
            if number == _NONE or number in seen or number >= len(self._entries):
                continue
            seen.add(number)
            entry = self._entries[number]
            waiting += [entry.left, entry.right]
            yield entry
