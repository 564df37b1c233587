"""Types into a draft without end, as a person does, until it is killed; run by test_kill.py.

Reports on standard output, one line each, written at once: ``key N T LATE`` before the store hears of
key N (T: the system's monotonic clock; LATE: how much later than meant the machine let it be pressed),
and ``saved N`` when key N is called saved.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

from core.draft.autosave import Saving
from core.draft.content import content_of, note_of, past_of
from core.draft.store import Store, open_store
from core.sheet.document import blank_document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.history import History
from core.sheet.places import field_place

FORMS = FormLibrary(Path(__file__).parents[3] / "resources" / "forms")
GOAL = field_place("goal")


def say(*words: object) -> None:
    """Report a line in one write, so that a kill leaves it whole or absent."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def open_draft(store: Store) -> History:
    """Go on with the draft of the folder, or begin one."""
    drafts = store.drafts.list()
    if drafts:
        opened = store.drafts.read(drafts[0].id)
        return History(read_document(opened.document, FORMS), past_of(opened.steps))
    document = blank_document(FORMS.get("gz-decl", "2025"), year=2026)
    store.drafts.create(content_of(document)).result()
    return History(document)


def main(folder: str, seed: str) -> None:
    """Type until killed; the text is the number of the last key, so what is kept says how far it came."""
    chance = random.Random(seed)
    first = 0

    def on_saving(saving: Saving) -> None:
        say("saved", first + saving.saved_through)

    store = open_store(Path(folder), on_saving=on_saving)
    history = open_draft(store)
    first = number = int(history.document.text(GOAL) or 0)
    due = time.monotonic()
    while True:
        due += chance.uniform(0.02, 0.05)
        time.sleep(max(0.0, due - time.monotonic()))
        number += 1
        pressed = time.monotonic()
        say("key", number, pressed, pressed - due)
        record, _ = history.type(GOAL, str(number))
        store.autosave.note(content_of(history.document), note_of(record, is_open=True))
        if chance.random() < 0.03:
            history.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
