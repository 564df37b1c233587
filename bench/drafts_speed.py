"""How long it takes from a note of typing to the commit, what a note costs, and a long list of drafts."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from bench.measuring import Figure, percentile, timed
from core.draft.content import content_of
from core.draft.records import StepNote
from core.draft.store import Store, open_store
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.places import field_place

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
SAMPLE = RESOURCES / "forms/gz-decl/2025/sample.json"


def measure() -> list[Figure]:
    """Measure on a store in a fresh temporary folder."""
    with tempfile.TemporaryDirectory(prefix="jibiao-bench-") as folder:
        store = open_store(Path(folder) / "data")
        try:
            return _figures(store)
        finally:
            store.close()


def _figures(store: Store) -> list[Figure]:
    document = read_document(SAMPLE.read_bytes(), FormLibrary(RESOURCES / "forms"))
    store.drafts.create(content_of(document)).result()
    notes, commits = [], []
    for number in range(1, 201):
        document.set_text(field_place("goal"), f"第{number}次修改")
        start = time.perf_counter()
        content = content_of(document)
        store.autosave.note(content, StepNote(number, "{}", "", False, None))
        notes.append((time.perf_counter() - start) * 1000)
        store.drafts.settle().result()
        commits.append((time.perf_counter() - start) * 1000)
    for number in range(1_000):
        store.drafts.create(content_of(document.copy(id=f"{number:016x}")))
    store.drafts.settle().result()
    listing = timed(lambda: list(store.drafts.list(most=60)), 50)
    return [
        Figure("drafts", "note of a key, document written to bytes, p99", percentile(notes, 0.99), "ms"),
        Figure("drafts", "closed step to commit, median", statistics.median(commits), "ms"),
        Figure("drafts", "closed step to commit, p99", percentile(commits, 0.99), "ms"),
        Figure("drafts", "first 60 of 1,001 drafts, median", statistics.median(listing), "ms"),
    ]
