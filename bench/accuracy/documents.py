"""The clean documents: the sample of every form, and topics filled into every form they fit.

All are made by us and are right as a careful reviewer at the finance bureau reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bench.accuracy.filling import Filler
from bench.accuracy.topics import read_topics
from core.check.context import Counterpart
from core.check.settings import Settings
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.levels import read_levels

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


class Clean(NamedTuple):
    """A clean document under a name, with what it is compared with and what its bureau's kit sets."""

    name: str
    document: Document
    others: tuple[Counterpart, ...] = ()
    settings: Settings = Settings()
    today: date = date(2024, 9, 20)


def clean(forms: FormLibrary) -> Iterator[Clean]:
    """Give every clean document: first the forms' own samples, then those made of topics."""
    for form, edition in forms.names():
        file = RESOURCES / "forms" / form / edition / "sample.json"
        if file.is_file():
            body = json.loads(file.read_text(encoding="utf-8"))
            body["ids"] = {}
            data = json.dumps(body, ensure_ascii=False).encode()
            document = read_document(data, forms)
            yield Clean(f"{form}-{edition}-sample", document, today=day_of(document))
    topics = read_topics()
    filler = Filler(read_levels(RESOURCES / "levels.toml"), topics)
    for topic in topics.values():
        for want in topic.wants():
            document = filler.fill(topic, forms.get(want["form"], want["edition"]), want)
            name = f"{document.form.form}-{document.form.edition}-{topic.name}-{document.stage}"
            yield Clean(name, document, settings=Settings(kit=want.get("kit", {})), today=day_of(document))


def day_of(document: Document) -> date:
    """Give a day on which such a document is usually filled in, for rules that ask what day it is."""
    year = document.year or 2024
    match document.stage:
        case "申报":
            return date(year - 1, 10, 20)
        case "批复":
            return date(year, 2, 20)
        case "监控":
            return date(year, 8, 10)
        case "调整":
            return date(year, 9, 15)
        case _:
            return date(year + 1, 3, 10)
