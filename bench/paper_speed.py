"""How fast a form goes on paper: PDF and xlsx of different documents, one after the other."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from bench.measuring import Figure, percentile
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from core.sheet.places import field_place

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def measure() -> list[Figure]:
    """Measure 45 different documents; the first is told apart, it loads the fonts."""
    from core.paper.fonts import Fonts
    from core.paper.pdf import Sheet, print_pdf
    from core.paper.xlsx import xlsx_bytes

    messages = Messages(RESOURCES / "messages")
    documents = _documents(46)
    start = time.perf_counter()
    fonts = Fonts(RESOURCES / "fonts")
    print_pdf([Sheet(documents[0])], fonts, messages)
    first = (time.perf_counter() - start) * 1000
    pdf, xlsx = [], []
    for document in documents[1:]:
        start = time.perf_counter()
        print_pdf([Sheet(document)], fonts, messages)
        pdf.append((time.perf_counter() - start) * 1000)
    for document in documents:
        start = time.perf_counter()
        xlsx_bytes(document, fonts, messages)
        xlsx.append((time.perf_counter() - start) * 1000)
    return [
        Figure("paper", "first PDF, fonts loaded", first, "ms"),
        Figure("paper", "PDF of a form after the first, median", statistics.median(pdf), "ms", 25),
        Figure("paper", "PDF of a form after the first, p99", percentile(pdf, 0.99), "ms"),
        Figure("paper", "xlsx of a form, median", statistics.median(xlsx[1:]), "ms"),
    ]


def _documents(count: int) -> list[Document]:
    sample = (RESOURCES / "forms/gz-decl/2025/sample.json").read_bytes()
    found = []
    for number in range(count):
        document = read_document(sample, FormLibrary(RESOURCES / "forms"))
        document.set_text(field_place("unit.name"), f"第{number}号镇人民政府")
        document.set_text(field_place("goal"), document.field("goal") * (1 + number % 3))
        found.append(document)
    return found
