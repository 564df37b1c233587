"""Opens an xlsx or docx that may be hostile: only parts that are asked for are unpacked, their size counted.

Macros, links to other files and embedded objects are refused; nothing is written to disk and nothing
outside the file is ever opened.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from core.sheet.errors import RefusedError

MAX_PART = 30 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 2_000
_CHUNK = 1 << 16

_ACTIVE = {
    "vbaproject": "macros",
    "macrosheets": "macros",
    "externallinks": "outside-links",
    "connections.xml": "outside-links",
    "querytables": "outside-links",
    "embeddings": "embedded",
    "activex": "embedded",
}
_READ_WHOLE = ("xl/worksheets/sheet", "xl/sharedstrings.xml", "word/document.xml")
# zipfile and zlib answer hostile bytes with all of these.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    OverflowError,
    RuntimeError,
    UnicodeError,
)


class Parts:
    """The parts of an Office file by name; each is unpacked when asked for, within limits for all."""

    def __init__(self, data: bytes, kind: str = "xlsx") -> None:
        """Open the container; raises RefusedError for one that is broken, locked or holds what runs."""
        self._kind = kind
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (*_BROKEN, NotImplementedError) as error:
            raise self._broken() from error
        if len(entries) > MAX_PARTS:
            raise RefusedError("intake.too-many-parts", count=len(entries), limit=MAX_PARTS)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = entry.filename.replace("\\", "/").lstrip("/").lower()
            if name in self._entries:
                raise self._broken()
            self._refuse_active(name)
            self._entries[name] = entry
        self._left = MAX_UNPACKED
        self._refuse_large()

    def _refuse_large(self) -> None:
        """Refuse what says that it is too large; what says too little is found out while reading."""
        read = [entry for name, entry in self._entries.items() if name.startswith(_READ_WHOLE)]
        if sum(entry.file_size for entry in read) > MAX_UNPACKED:
            raise RefusedError("intake.unpacks-too-large", limit=MAX_UNPACKED >> 20)

    def _broken(self) -> RefusedError:
        return RefusedError(f"intake.broken-{self._kind}")

    @staticmethod
    def _refuse_active(name: str) -> None:
        for mark, code in _ACTIVE.items():
            if mark in name:
                raise RefusedError(f"intake.{code}")

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def read(self, name: str) -> bytes:
        """Unpack a part; raises RefusedError when it is missing, broken, locked or too large."""
        entry = self._entries.get(name.lower())
        if entry is None:
            raise self._broken()
        if entry.flag_bits & 1:
            raise RefusedError("intake.encrypted")
        content = bytearray()
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    content += chunk
                    self._left -= len(chunk)
                    if len(content) > MAX_PART or self._left < 0:
                        raise RefusedError("intake.unpacks-too-large", limit=MAX_PART >> 20)
        except (*_BROKEN, NotImplementedError) as error:
            raise self._broken() from error
        return bytes(content)

    def parse(self, name: str, handler: ContentHandler) -> None:
        """Run a handler over a part; raises RefusedError for XML that is broken or declares entities."""
        from defusedxml import DefusedXmlException
        from defusedxml.sax import parseString

        data = self.read(name)
        try:
            parseString(data, handler, forbid_dtd=True)
        except DefusedXmlException as error:
            raise RefusedError("intake.entities") from error
        except (SAXParseException, ValueError, LookupError) as error:
            raise self._broken() from error

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Give the parts a part refers to: by id, the kind of relation and the name.

        Raises RefusedError for a relation to something outside the file, other than a hyperlink.
        """
        folder, base = posixpath.split(name)
        path = f"{folder}/_rels/{base}.rels"
        if path not in self:
            return {}
        handler = _Relations(folder)
        self.parse(path, handler)
        return handler.found


class _Relations(ContentHandler):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, str]] = {}
        self._folder = folder

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 – the name SAX calls
        if name.rpartition(":")[2] != "Relationship":
            return
        kind = attrs.get("Type", "").rpartition("/")[2]
        if attrs.get("TargetMode") == "External":
            if kind != "hyperlink":
                raise RefusedError("intake.outside-links")
            return
        target = posixpath.normpath(posixpath.join("/" + self._folder, attrs.get("Target", "")))
        self.found[attrs.get("Id", "")] = (kind, target.lstrip("/"))
