"""A workbook with some parts in new words; every other part stays as it is, byte for byte.

When the template works anything out, it is told to do so again when it is opened: results that were kept
with the formulas would no longer be true.
"""

from __future__ import annotations

import re
import xml.parsers.expat
import zipfile
from collections.abc import Mapping
from io import BytesIO

from core.fill.sheet_xml import refuse_other_encodings, tag_end
from core.intake.guard import Parts
from core.sheet.errors import RefusedError

WORKBOOK = "xl/workbook.xml"
_FULL = re.compile(rb"""\sfullCalcOnLoad\s*=\s*["']([^"']*)["']""")
_BEFORE = ("sheets", "functionGroups", "externalReferences", "definedNames")
"""What stands before ``calcPr`` (ECMA-376 Part 1, 18.2.27)."""


def with_parts(data: bytes, changed: Mapping[str, bytes], *, recalculate: bool) -> bytes:
    """Give a workbook in which these parts (by name, in any case) are changed and no other is."""
    parts = Parts(data)
    news = {name.lower(): content for name, content in changed.items()}
    if recalculate:
        news[WORKBOOK] = recalculated(news.get(WORKBOOK) or parts.read(WORKBOOK))
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for entry in source.infolist():
            name = entry.filename.replace("\\", "/").lstrip("/").lower()
            content = news.pop(name) if name in news else parts.read(name)
            copy = zipfile.ZipInfo(entry.filename, entry.date_time)
            stored = entry.compress_type == zipfile.ZIP_STORED
            copy.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            copy.external_attr = entry.external_attr
            target.writestr(copy, content)
    if news:
        raise RefusedError("intake.broken-xlsx")
    return buffer.getvalue()


def recalculated(workbook: bytes) -> bytes:
    """Give the workbook part that has everything worked out again when it is opened."""
    places = _Places(workbook)
    if places.calculation:
        start, end = places.calculation
        return workbook[:start] + _told(workbook[start:end]) + workbook[end:]
    if not places.before:
        raise RefusedError("intake.broken-xlsx")
    new = f'<{places.prefix}calcPr fullCalcOnLoad="1"/>'.encode()
    return workbook[: places.before] + new + workbook[places.before :]


def _told(tag: bytes) -> bytes:
    """Give the tag that says how to work out, with the word to do so at once."""
    found = _FULL.search(tag)
    if found:
        return tag[: found.start(1)] + b"1" + tag[found.end(1) :]
    attributes = tag.removesuffix(b">").removesuffix(b"/").rstrip()
    return attributes + b' fullCalcOnLoad="1"' + tag[len(attributes) :]


class _Places:
    """Where in the workbook part the way of working out is stated, or where it may be."""

    def __init__(self, data: bytes) -> None:
        refuse_other_encodings(data)
        self.calculation: tuple[int, int] | None = None
        self.before = 0
        self.prefix = ""
        self._data = data
        self._depth = 0
        self._inner = 0
        self._parser = xml.parsers.expat.ParserCreate()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.Parse(data, True)

    def _begin(self, name: str, attrs: dict[str, str]) -> None:  # noqa: ARG002 – called by expat
        self._depth += 1
        start = self._parser.CurrentByteIndex
        if self._depth == 1:
            self.prefix = name[: name.find(":") + 1]
        elif self._depth == 2:
            self._inner = tag_end(self._data, start)
            if name.rpartition(":")[2] == "calcPr":
                self.calculation = start, self._inner

    def _end(self, name: str) -> None:
        if self._depth == 2 and name.rpartition(":")[2] in _BEFORE:
            bare = self._data[self._inner - 2 : self._inner] == b"/>"
            self.before = self._inner if bare else tag_end(self._data, self._parser.CurrentByteIndex)
        self._depth -= 1
