"""The pages of a PDF as pictures, through pdfium: for the preview and for the printer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

_POINTS = 72.0


class RenderedPdf:
    """A PDF whose pages can be drawn at any size. Used from one thread."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._document: Any = pypdfium2.PdfDocument(data)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._document)

    def size(self, page: int) -> QSizeF:
        """Give a page's size in points (1/72 inch)."""
        width, height = self._document[page].get_size()
        return QSizeF(width, height)

    def image(self, page: int, dots_per_inch: float) -> QImage:
        """Draw a page."""
        bitmap = self._document[page].render(scale=dots_per_inch / _POINTS, prefer_bgrx=True)
        data = bytes(bitmap.buffer)
        image = QImage(data, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        return image.copy()  # of its own: ``data`` goes with this call

    def close(self) -> None:
        """Let the PDF go."""
        self._document.close()
