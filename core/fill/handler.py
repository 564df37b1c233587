"""Reading the XML of a part, element by element."""

from __future__ import annotations

from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl


class PartHandler(ContentHandler):
    """Gives element names without their prefix, and the text just before an element ends."""

    def __init__(self) -> None:
        super().__init__()
        self._text: list[str] = []

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: D102, N802 – the name SAX calls
        self._text = []
        self.begin(name.rpartition(":")[2], attrs)

    def endElement(self, name: str) -> None:  # noqa: D102, N802 – the name SAX calls
        self.end(name.rpartition(":")[2], "".join(self._text))
        self._text = []

    def characters(self, content: str) -> None:  # noqa: D102 – called by SAX
        self._text.append(content)

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        """Take the beginning of an element."""

    def end(self, name: str, text: str) -> None:
        """Take the end of an element and the text just before it."""


def whole(text: str, otherwise: int = 0) -> int:
    """Read a small whole number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else otherwise
