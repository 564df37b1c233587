"""What readers of Office files share: a handler that gives element names without their prefix."""

from __future__ import annotations

from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl


class Handler(ContentHandler):
    """Gives element names without their prefix, and the text of those listed in ``texts``."""

    texts: frozenset[str] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self._text: list[str] | None = None

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 – the name SAX calls
        """Pass an element's beginning on."""
        local = name.rpartition(":")[2]
        if local in self.texts:
            self._text = []
        self.begin(local, attrs)

    def endElement(self, name: str) -> None:  # noqa: N802 – the name SAX calls
        """Pass an element's end on, with its text."""
        local = name.rpartition(":")[2]
        text = "".join(self._text or ())
        if local in self.texts:
            self._text = None
        self.end(local, text)

    def characters(self, content: str) -> None:
        """Keep the text of an element that is listed."""
        if self._text is not None:
            self._text.append(content)

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        """Take the beginning of an element."""

    def end(self, name: str, text: str) -> None:
        """Take the end of an element and the text it held."""


def whole(text: str) -> int:
    """Read a small whole number; -1 when it is none."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else -1
