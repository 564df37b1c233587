"""What sort of file some bytes are, told by the bytes and never by the file's name."""

from __future__ import annotations

import codecs
import re
from enum import Enum

from core.sheet.errors import RefusedError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HTML = re.compile(
    rb"(?:\s|<\?xml[^>]*>|<!--.{0,500}?-->)*<(?:!doctype\s+html|html|head|meta|body|table|div|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_COPIED = re.compile(rb"Version:[0-9.]+\s+StartHTML:")
_ARCHIVE = re.compile(rb"(?:[A-Za-z-]+:[^\n]{0,300}\n\s{0,9}){0,12}?MIME-Version:", re.IGNORECASE)
_XML_SHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([a-z0-9_-]+)""", re.IGNORECASE)
_CHARSETS = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "gb2312": "gb18030", "gbk": "gb18030"}
_OTHERS = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"Rar!", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"\x1f\x8b", "packed"),
)


class Sort(Enum):
    """What can be read."""

    DOCUMENT = "document"
    XLSX = "xlsx"
    XLS = "xls"
    DOCX = "docx"
    PAGE = "page"
    TEXT = "text"


def sort_of(data: bytes) -> Sort:
    """Tell the sort of a file; raises RefusedError, saying what to do, for one that cannot be read."""
    if not data.strip(b"\0 \t\r\n"):
        raise RefusedError("intake.empty")
    if data.startswith(_OLE):
        return _old_office(data)
    if data.startswith(_ZIP):
        return _zip(data)
    for mark, code in _OTHERS:
        if data.startswith(mark) and (mark != b"BM" or b"\0" in data[:64]):
            raise RefusedError(f"intake.{code}")
    start = data[:4000].replace(b"\0", b"").removeprefix(codecs.BOM_UTF8)
    if _XML_SHEET in start:
        raise RefusedError("intake.xml-sheet")
    if _ARCHIVE.match(start):
        raise RefusedError("intake.web-archive")
    if _HTML.match(start) or _COPIED.match(start):
        return Sort.PAGE
    if data.lstrip(b" \t\r\n").startswith(b"{") and b'"form"' in data:
        return Sort.DOCUMENT
    return Sort.TEXT


def _old_office(data: bytes) -> Sort:
    """Tell apart what Office kept in its old container: streams are named in UTF-16."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise RefusedError("intake.encrypted")
    if has("WordDocument"):
        raise RefusedError("intake.doc")
    if has("Workbook") or has("Book"):
        return Sort.XLS
    raise RefusedError("intake.old-office")


def _zip(data: bytes) -> Sort:
    """Tell the sort of a zip by the names in its directory, which stand uncompressed at its end."""
    tail = data[-(1 << 20) :]
    if b"xl/workbook" in tail:
        return Sort.XLSX
    if b"word/document.xml" in tail:
        return Sort.DOCX
    if b"bagit.txt" in tail:
        raise RefusedError("intake.package")
    if b"opendocument" in data[:200]:
        raise RefusedError("intake.ods")
    if b"xl/" in data[: 1 << 20]:
        raise RefusedError("intake.broken-xlsx")
    raise RefusedError("intake.packed")


def decode(data: bytes) -> str:
    """Give the text of a plain-text file in UTF-8, UTF-16 or GB 18030, or as a web page says.

    Raises RefusedError when the bytes are no text.
    """
    encodings = ["utf-8-sig", "gb18030"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in data:
        raise RefusedError("intake.not-text")
    elif stated := _CHARSET.search(data[:4000]):
        name = stated[1].decode("ascii").lower()
        if name in _CHARSETS:
            encodings.insert(1, _CHARSETS[name])
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedError("intake.not-text")
