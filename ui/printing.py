"""Printing the real PDF: its pages drawn on the chosen printer, each turned the way it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from ui.rendered import RenderedPdf

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DOTS_PER_INCH = 300


class PrinterRefusedError(Exception):
    """The printer does not take pages."""


def print_pages(pdf: RenderedPdf, printer: QPrinter) -> int:
    """Draw the pages asked for on a printer and give their number; raises PrinterRefusedError.

    Pages keep their size: nothing is fitted or shrunk, so that stamped paper measures what the form says.
    """
    first, last = (printer.fromPage() or 1), (printer.toPage() or pdf.pages)
    wanted = range(max(1, first) - 1, min(last, pdf.pages))
    if not wanted:
        return 0
    _turn(printer, pdf, wanted[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterRefusedError
    try:
        for page in wanted:
            if page != wanted[0]:
                _turn(printer, pdf, page)
                if not printer.newPage():
                    raise PrinterRefusedError
            dots = min(DOTS_PER_INCH, printer.resolution())
            size = pdf.size(page)
            scale = printer.resolution() / 72
            target = QRectF(0, 0, size.width() * scale, size.height() * scale)
            painter.drawImage(target, pdf.image(page, dots))
    finally:
        painter.end()
    return len(wanted)


def _turn(printer: QPrinter, pdf: RenderedPdf, page: int) -> None:
    """Give the printer a page's paper and direction, without margins: the page has its own."""
    size = pdf.size(page)
    lies = size.width() > size.height()
    short, long = sorted((size.width(), size.height()))
    paper = QPageSize(QSizeF(short, long), QPageSize.Unit.Point)  # knows A4 and A3 by their size
    direction = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    layout = QPageLayout(paper, direction, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setFullPage(True)
