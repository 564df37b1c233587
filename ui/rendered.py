"""The pages of a PDF as pictures, through pdfium: for the preview and for the printer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSizeF, Qt
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

    def picture(self, page: int, width: int) -> QImage:
        """Draw a page for the screen, ``width`` device pixels wide: drawn finer, then made small smoothly."""
        dots = 72 * width / max(1.0, self.size(page).width())
        fine = self.image(page, dots * max(2.0, min(4.0, 150 / dots)) if dots < 200 else dots)
        return fine.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)

    def image(self, page: int, dots_per_inch: float) -> QImage:
        """Draw a page."""
        bitmap = self._document[page].render(scale=dots_per_inch / _POINTS, prefer_bgrx=True)
        data = bytes(bitmap.buffer)
        image = QImage(data, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        return image.copy()  # of its own: ``data`` goes with this call

    def close(self) -> None:
        """Let the PDF go."""
        self._document.close()
