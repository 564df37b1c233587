"""TrueType files, read just as far as printing needs: glyphs, widths, outlines, and small subsets.

Opening one costs a millisecond: tables stay on disk (mapped) and are looked up character by character.
Only fonts with TrueType outlines work; anything else raises FontError.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path

Contour = list[tuple[float, float, bool]]
"""Points (x, y, on the curve) of one closed line, in 1/1000 of the type size, y upwards."""

_MORE_COMPONENTS = 0x20
_WORD_ARGUMENTS = 0x01
_ARGUMENTS_ARE_OFFSETS = 0x02
_SCALE, _TWO_SCALES, _MATRIX = 0x08, 0x40, 0x80
_MAX_DEPTH = 6


class FontError(Exception):
    """A bundled font file is missing or is not what it should be: our mistake, never the user's."""


class TrueTypeFile:
    """One font file; all measures are given in 1/1000 of the type size."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._data[:4] not in (b"\x00\x01\x00\x00", b"true"):
            raise FontError(f"{path.name}: no TrueType outlines")
        self._tables: dict[str, tuple[int, int]] = {}
        for index in range(self._numbers(4, "H")[0]):
            tag, _, start, length = struct.unpack_from(">4sLLL", self._data, 12 + 16 * index)
            self._tables[tag.decode("ascii")] = (start, length)
        for tag in ("cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name"):
            if tag not in self._tables:
                raise FontError(f"{path.name}: table {tag} is missing")
        self._head()
        self._starts, self._ends, self._firsts = self._character_map()
        self.name = self._postscript_name() or path.stem

    def _head(self) -> None:
        head, hhea = self._tables["head"][0], self._tables["hhea"][0]
        self._em = self._numbers(head + 18, "H")[0]
        self.box = tuple(self._scaled(one) for one in self._numbers(head + 36, "4h"))
        self._long_offsets = self._numbers(head + 50, "h")[0] == 1
        self.ascent, self.descent = (self._scaled(one) for one in self._numbers(hhea + 4, "2h"))
        self._full_metrics = self._numbers(hhea + 34, "H")[0]
        self.glyphs = self._numbers(self._tables["maxp"][0] + 4, "H")[0]

    def _numbers(self, offset: int, kinds: str) -> tuple[int, ...]:
        return struct.unpack_from(">" + kinds, self._data, offset)

    def _scaled(self, units: int) -> int:
        return round(units * 1000 / self._em)

    def table(self, tag: str) -> bytes:
        """Give the bytes of one table; raises KeyError when the font has none of that name."""
        start, length = self._tables[tag]
        return self._data[start : start + length]

    def _postscript_name(self) -> str:
        start = self._tables["name"][0]
        _, count, strings = self._numbers(start, "3H")
        for index in range(count):
            platform, _, _, kind, length, offset = self._numbers(start + 6 + 12 * index, "6H")
            if platform == 3 and kind == 6:
                where = start + strings + offset
                return self._data[where : where + length].decode("utf-16-be")
        return ""

    # -- characters ------------------------------------------------------------------------------------

    def _character_map(self) -> tuple[array[int], array[int], list[tuple[int, int]]]:
        """Give the runs of characters: first codes, last codes, (first glyph, table of glyphs)."""
        start = self._tables["cmap"][0]
        found: dict[int, int] = {}
        for index in range(self._numbers(start + 2, "H")[0]):
            platform, _, offset = self._numbers(start + 4 + 8 * index, "HHL")
            if platform in (0, 3):
                found.setdefault(self._numbers(start + offset, "H")[0], start + offset)
        if 12 in found:
            return self._runs_of_format_12(found[12])
        if 4 in found:
            return self._runs_of_format_4(found[4])
        raise FontError("no Unicode character map")

    def _runs_of_format_12(self, at: int) -> tuple[array[int], array[int], list[tuple[int, int]]]:
        count = self._numbers(at + 12, "L")[0]
        triples = struct.unpack_from(f">{3 * count}L", self._data, at + 16)
        runs = [(glyph, 0) for glyph in triples[2::3]]
        return array("L", triples[0::3]), array("L", triples[1::3]), runs

    def _runs_of_format_4(self, at: int) -> tuple[array[int], array[int], list[tuple[int, int]]]:
        count = self._numbers(at + 6, "H")[0] // 2
        lasts = self._numbers(at + 14, f"{count}H")
        rest = at + 16 + 2 * count
        firsts, deltas = self._numbers(rest, f"{count}H"), self._numbers(rest + 2 * count, f"{count}H")
        offsets_at = rest + 4 * count
        runs = []
        for index, offset in enumerate(self._numbers(offsets_at, f"{count}H")):
            if offset:
                runs.append((deltas[index], offsets_at + 2 * index + offset))
            else:
                runs.append(((firsts[index] + deltas[index]) & 0xFFFF, 0))
        return array("L", firsts), array("L", lasts), runs

    def glyph_of(self, code: int) -> int:
        """Give the glyph that shows a character, 0 when the font has none."""
        run = bisect_right(self._starts, code) - 1
        if run < 0 or code > self._ends[run]:
            return 0
        first, listed = self._firsts[run]
        step = code - self._starts[run]
        if not listed:
            return (first + step) & 0xFFFF
        glyph = self._numbers(listed + 2 * step, "H")[0]
        return (glyph + first) & 0xFFFF if glyph else 0

    def width(self, glyph: int) -> int:
        """Give how far a glyph moves the pen."""
        return self._scaled(self._metrics(glyph)[0])

    def _metrics(self, glyph: int) -> tuple[int, int]:
        """Give advance and left bearing in the font's own units."""
        start = self._tables["hmtx"][0]
        last = self._full_metrics - 1
        if glyph <= last:
            advance, bearing = self._numbers(start + 4 * glyph, "Hh")
        else:
            advance = self._numbers(start + 4 * last, "H")[0]
            bearing = self._numbers(start + 4 * last + 4 + 2 * (glyph - last - 1), "h")[0]
        return advance, bearing

    # -- glyphs ----------------------------------------------------------------------------------------

    def _glyph(self, glyph: int) -> bytes:
        loca, glyf = self._tables["loca"][0], self._tables["glyf"][0]
        if self._long_offsets:
            start, end = self._numbers(loca + 4 * glyph, "2L")
        else:
            start, end = (2 * one for one in self._numbers(loca + 2 * glyph, "2H"))
        return self._data[glyf + start : glyf + end]

    def outline(self, glyph: int, depth: int = 0) -> list[Contour]:
        """Give the closed lines that draw a glyph (quadratic curves, as in the file)."""
        data = self._glyph(glyph)
        if not data or depth > _MAX_DEPTH:
            return []
        count = struct.unpack_from(">h", data)[0]
        if count >= 0:
            return self._simple_outline(data, count)
        contours: list[Contour] = []
        for part, (a, b, c, d), (x, y) in _components(data):
            for contour in self.outline(part, depth + 1):
                moved = [
                    (px * a + py * c + x * 1000 / self._em, px * b + py * d + y * 1000 / self._em, on)
                    for px, py, on in contour
                ]
                contours.append(moved)
        return contours

    def _simple_outline(self, data: bytes, count: int) -> list[Contour]:
        if not count:
            return []
        ends = struct.unpack_from(f">{count}H", data, 10)
        at = 10 + 2 * count
        at += 2 + struct.unpack_from(">H", data, at)[0]
        flags: list[int] = []
        while len(flags) <= ends[-1]:
            flag = data[at]
            at += 1
            repeat = 1
            if flag & 8:
                repeat += data[at]
                at += 1
            flags += [flag] * repeat
        xs, at = _coordinates(data, at, flags, 2, 16)
        ys, at = _coordinates(data, at, flags, 4, 32)
        factor = 1000 / self._em
        points = [(x * factor, y * factor, bool(f & 1)) for x, y, f in zip(xs, ys, flags, strict=False)]
        starts = [0, *(end + 1 for end in ends[:-1])]
        return [points[first : end + 1] for first, end in zip(starts, ends, strict=True)]

    # -- a smaller font --------------------------------------------------------------------------------

    def subset(self, wanted: Iterable[int]) -> bytes:
        """Give a font file whose glyph n is the n-th wanted one; parts of composed glyphs follow them.

        It has what a PDF needs of a glyph-numbered font and nothing else (no names, no character map).
        """
        glyphs = list(wanted)
        pieces: list[bytes] = []
        added: dict[int, int] = {}
        index = 0
        while index < len(glyphs):
            data = self._glyph(glyphs[index])
            if data[:1] >= b"\x80":
                data = _with_parts(data, glyphs, added)
            pieces.append(data + b"\0" * (-len(data) % 4))
            index += 1
        offsets = [0]
        for piece in pieces:
            offsets.append(offsets[-1] + len(piece))
        metrics = [number for glyph in glyphs for number in self._metrics(glyph)]
        tables = {
            "glyf": b"".join(pieces),
            "head": _patched(self.table("head"), (8, ">L", 0), (50, ">h", 1)),
            "hhea": _patched(self.table("hhea"), (34, ">H", len(glyphs))),
            "hmtx": struct.pack(">" + "Hh" * len(glyphs), *metrics),
            "loca": struct.pack(f">{len(offsets)}L", *offsets),
            "maxp": _patched(self.table("maxp"), (4, ">H", len(glyphs))),
        }
        for tag in ("cvt ", "fpgm", "prep"):
            if tag in self._tables:
                tables[tag] = self.table(tag)
        return _font_file(tables)


def _coordinates(data: bytes, at: int, flags: list[int], short: int, same: int) -> tuple[list[int], int]:
    """Read the x or y coordinates of a simple glyph; they are kept as steps from point to point."""
    found, value = [], 0
    for flag in flags:
        if flag & short:
            value += data[at] if flag & same else -data[at]
            at += 1
        elif not flag & same:
            value += struct.unpack_from(">h", data, at)[0]
            at += 2
        found.append(value)
    return found, at


def _components(data: bytes) -> list[tuple[int, tuple[float, float, float, float], tuple[int, int]]]:
    """Give the parts of a composed glyph: glyph, matrix, offset."""
    parts = []
    at, flags = 10, _MORE_COMPONENTS
    while flags & _MORE_COMPONENTS:
        flags, glyph = struct.unpack_from(">HH", data, at)
        kinds = ">hh" if flags & _WORD_ARGUMENTS else ">bb"
        x, y = struct.unpack_from(kinds, data, at + 4) if flags & _ARGUMENTS_ARE_OFFSETS else (0, 0)
        at += 4 + struct.calcsize(kinds)
        matrix = (1.0, 0.0, 0.0, 1.0)
        if flags & _SCALE:
            scale = struct.unpack_from(">h", data, at)[0] / 16384
            matrix = (scale, 0.0, 0.0, scale)
            at += 2
        elif flags & _TWO_SCALES:
            across, up = (one / 16384 for one in struct.unpack_from(">2h", data, at))
            matrix = (across, 0.0, 0.0, up)
            at += 4
        elif flags & _MATRIX:
            a, b, c, d = (one / 16384 for one in struct.unpack_from(">4h", data, at))
            matrix = (a, b, c, d)
            at += 8
        parts.append((glyph, matrix, (x, y)))
    return parts


def _with_parts(data: bytes, glyphs: list[int], added: dict[int, int]) -> bytes:
    """Give a composed glyph that names its parts by their new numbers; new parts join ``glyphs``."""
    at, flags = 10, _MORE_COMPONENTS
    while flags & _MORE_COMPONENTS:
        flags, part = struct.unpack_from(">HH", data, at)
        if part not in added:
            added[part] = len(glyphs)
            glyphs.append(part)
        data = _patched(data, (at + 2, ">H", added[part]))
        at += 8 if flags & _WORD_ARGUMENTS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
    return data


def _patched(data: bytes, *changes: tuple[int, str, int]) -> bytes:
    buffer = bytearray(data)
    for offset, kind, value in changes:
        struct.pack_into(kind, buffer, offset, value)
    return bytes(buffer)


def _sum(data: bytes) -> int:
    """Give the checksum of a table: the sum of its big-endian 32-bit words."""
    words = array("I", data + b"\0" * (-len(data) % 4))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF


def _font_file(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">LHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    pieces, where, total, head_at = [header], 12 + 16 * count, 0, 0
    for tag in sorted(tables):
        checksum = _sum(tables[tag])
        total += checksum
        head_at = where if tag == "head" else head_at
        pieces.append(struct.pack(">4sLLL", tag.encode("ascii"), checksum, where, len(tables[tag])))
        where += -(-len(tables[tag]) // 4) * 4
    total += _sum(b"".join(pieces))
    pieces += [tables[tag] + b"\0" * (-len(tables[tag]) % 4) for tag in sorted(tables)]
    return _patched(b"".join(pieces), (head_at + 8, ">L", (0xB1B0AFBA - total) & 0xFFFFFFFF))
