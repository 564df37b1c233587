"""The journal: what undo reaches back to, and the thinning out that never forgets too much."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.draft import journal
from core.draft.content import content_of, copy_of, note_of, past_of
from core.draft.records import StepNote
from core.draft.store import open_store
from core.sheet.definition import Form
from core.sheet.document import Document, blank_document
from core.sheet.document_file import document_bytes, read_document
from core.sheet.forms import FormLibrary
from core.sheet.history import History
from core.sheet.places import field_place
from tests.core.draft.making import Program, TurnedClock, content, refused, step

GOAL = field_place("goal")


@pytest.fixture
def form(forms: FormLibrary) -> Form:
    return forms.get("gz-decl", "2025")


def test_undo_goes_on_after_reopening(program: Program, form: Form, forms: FormLibrary) -> None:
    history = History(blank_document(form, year=2026, unit_name="某某镇人民政府"))
    store = program.start()
    store.drafts.create(content_of(history.document)).result()
    for text in ("一", "二", "三"):
        record, _ = history.type(GOAL, text)
        store.autosave.note(content_of(history.document), note_of(record, is_open=False))
        history.close()
    undone = history.undo()
    assert undone is not None
    store.autosave.note(content_of(history.document), note_of(undone, is_open=False))

    opened = program.start().drafts.read(history.document.id)
    again = History(read_document(opened.document, forms), past_of(opened.steps))
    seen = [again.document.text(GOAL)]
    while again.undo():
        seen.append(again.document.text(GOAL))
    assert seen == ["二", "一", ""]


def test_the_list_gets_its_facts_from_the_document(form: Form) -> None:
    document = blank_document(form, year=2026, unit_name="某某镇人民政府", unit_code="101001")
    made = content_of(document)
    assert (made.id, made.document) == (document.id, document_bytes(document))
    assert (made.facts.form, made.facts.edition, made.facts.stage) == ("gz-decl", "2025", "申报")
    assert (made.facts.year, made.facts.unit_name, made.facts.unit_code) == (
        "2026",
        "某某镇人民政府",
        "101001",
    )


def test_a_copy_is_another_document_with_the_same_text(form: Form, forms: FormLibrary) -> None:
    document = blank_document(form, year=2026)
    document.set_text(GOAL, "办结率≥95%")
    copied = copy_of(document_bytes(document), forms)
    twin = read_document(copied.document, forms)
    assert twin.id == copied.id != document.id
    assert _values(twin) == _values(document)


def _values(document: Document) -> object:
    return json.loads(document_bytes(document)) | {"id": "", "ids": ""}


def test_a_step_of_another_program_is_refused() -> None:
    with refused("draft.unreadable-step"):
        past_of([StepNote(1, '{"edits": [["fly", "away"]], "label": ""}')])


def test_a_thousand_steps_are_kept_however_old(
    program: Program, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "KEEP_DAYS", 0)
    assert _kept(program, clock, days=[0] * 1001 + [400] * 5) == list(range(7, 1007))


def test_thirty_days_are_kept_however_many_steps(
    program: Program, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "KEEP_STEPS", 10)
    # Three steps a day for 40 days: today and the 30 days before it stay.
    days = [day for day in range(40) for _ in range(3)]
    assert _kept(program, clock, days) == list(range(3 * 9 + 1, 121))


def test_a_clock_that_jumps_a_year_ahead_and_back_makes_nothing_old(
    program: Program, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "KEEP_STEPS", 2)
    days = [*range(25), 400, 401, 25, 26]
    assert _kept(program, clock, days) == list(range(1, len(days) + 1))


def _kept(program: Program, clock: TurnedClock, days: list[int]) -> list[int]:
    """Type one step on each of the days, keep house, and give the numbers of the steps left."""
    store = program.start()
    store.drafts.create(content("a")).result()
    today = 0
    for number, day in enumerate(days, start=1):
        if day != today:
            store.drafts.settle().result()
            clock.turn(days=day - today)
            today = day
        store.autosave.note(content("a", str(number)), step(number))
    store.drafts.settle().result()
    store.keep_house()
    return [one.number for one in store.drafts.read(content("a").id, steps=100_000).steps]


def test_only_the_newest_steps_are_read_when_asked(program: Program) -> None:
    store = program.start()
    store.drafts.create(content("a")).result()
    for number in range(1, 20):
        store.autosave.note(content("a"), step(number))
    assert [one.number for one in store.drafts.read(content("a").id, steps=3).steps] == [17, 18, 19]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(steps=st.lists(st.tuples(texts, texts, st.booleans(), st.none() | st.integers(1, 9)), max_size=6))
def test_steps_come_back_as_they_were_noted(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, bool, int | None]]
) -> None:
    notes = tuple(StepNote(number, *one) for number, one in enumerate(steps, start=1))
    folder: Path = tmp_path_factory.mktemp("store")
    store = open_store(folder)
    try:
        store.drafts.create(content("a")).result()
        for note in notes:
            store.autosave.note(content("a"), note)
        assert store.drafts.read(content("a").id).steps == notes
    finally:
        store.close()
