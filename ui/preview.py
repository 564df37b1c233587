"""The real PDF on screen: page after page, a list of pages, zoom, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.look import Look
from ui.page_frame import PageFrame
from ui.rendered import RenderedPdf

_LIST_LETTERS = 9


class PreviewPage(PageFrame):
    """Shows a PDF. ``print_wanted`` and ``save_wanted`` ask for what the buttons say.

    ``annex`` says whether the explanations follow the sheet; None where there are none. ``annex_wanted`` asks
    for the other.
    """

    annex_wanted = Signal(bool)
    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(
        self,
        pdf: RenderedPdf,
        remarks: Sequence[str],
        look: Look,
        parent: QWidget | None = None,
        *,
        annex: bool | None = None,
    ) -> None:
        super().__init__(look.words("preview-title", pages=pdf.pages), look, parent, scrolls=False)
        self.pdf = pdf
        self._zoom = 1.0
        self._fill_bar(annex)
        if remarks:
            self.text("\n".join(remarks), "warning").setContentsMargins(16, 0, 16, 8)
        self._area = QScrollArea(self)
        self._area.setObjectName("desk")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(look.words("preview-title", pages=pdf.pages))
        self._paper = QWidget(self._area)
        self._paper.setObjectName("desk")
        column = QVBoxLayout(self._paper)
        column.setSpacing(look.em(1))
        self.sheets = [_Sheet(pdf, page, self._paper) for page in range(pdf.pages)]
        for sheet in self.sheets:
            column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        self._area.setWidget(self._paper)
        self._area.setWidgetResizable(True)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._page_list())
        row.addWidget(self._area, 1)
        self.body.addLayout(row, 1)

    def _fill_bar(self, annex: bool | None) -> None:
        if annex is not None:
            box = QCheckBox(self.look.words("preview-annex"), self)
            box.setObjectName("annex")
            box.setChecked(annex)
            box.clicked.connect(self.annex_wanted)
            self.bar.addWidget(box)
        for name, wanted in (("smaller", None), ("larger", None), ("save-pdf", self.save_wanted)):
            button = QPushButton(self.look.words(f"preview-{name}"), self)
            button.setObjectName(name)
            self.bar.addWidget(button)
            if wanted is not None:
                button.clicked.connect(wanted)
            else:
                factor = 1.2 if name == "larger" else 1 / 1.2
                button.clicked.connect(lambda _=False, factor=factor: self.zoom_by(factor))
        printing = QPushButton(self.look.words("preview-print"), self)
        printing.setObjectName("main")
        printing.clicked.connect(self.print_wanted)
        self.bar.addWidget(printing)

    def begin(self) -> None:
        """Begin at the pages, which the arrow keys scroll."""
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def zoom_by(self, factor: float) -> None:
        """Draw the pages larger or smaller."""
        self._zoom = min(max(self._zoom * factor, 0.3), 5.0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages into the width there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self._area.width() - self.look.em(4)
        widest = max(self.pdf.size(page).width() for page in range(self.pdf.pages))
        for sheet in self.sheets:
            sheet.set_scale(room / widest * self._zoom)

    def _page_list(self) -> QListWidget:
        pages = QListWidget(self)
        pages.setAccessibleName(self.look.words("page-list"))
        pages.setFrameShape(QFrame.Shape.NoFrame)
        pages.setFixedWidth(self.look.em(_LIST_LETTERS))
        pages.setIconSize(QSize(self.look.em(_LIST_LETTERS - 3), self.look.em(_LIST_LETTERS - 3)))
        for page in range(self.pdf.pages):
            picture = QPixmap.fromImage(self.pdf.picture(page, self.look.em(_LIST_LETTERS - 3)))
            pages.addItem(QListWidgetItem(picture, str(page + 1)))
        pages.currentRowChanged.connect(self._show_page)
        return pages

    def _show_page(self, page: int) -> None:
        if 0 <= page < len(self.sheets):
            top = self.sheets[page].mapTo(self._paper, QPoint(0, 0)).y()
            self._area.verticalScrollBar().setValue(top - self.look.em(0.5))


class _Sheet(QLabel):
    """One page, drawn when it is first seen at its size."""

    def __init__(self, pdf: RenderedPdf, page: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._pdf, self._page = pdf, page
        self._scale = 0.0
        self._drawn: QPixmap | None = None

    def set_scale(self, scale: float) -> None:
        """Take a size: logical pixels per point."""
        if abs(scale - self._scale) < 0.001:
            return
        self._scale, self._drawn = scale, None
        size = self._pdf.size(self._page)
        self.setFixedSize(round(size.width() * scale), round(size.height() * scale))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the page."""
        if self._drawn is None:
            density = self.devicePixelRatioF()
            self._drawn = QPixmap.fromImage(self._pdf.picture(self._page, round(self.width() * density)))
            self._drawn.setDevicePixelRatio(density)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        painter.end()
