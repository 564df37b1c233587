"""What is typed reaches the disk in time, and nothing is lost while the disk refuses."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
import time
from types import SimpleNamespace

import pytest

from core.draft import autosave
from core.draft.autosave import Saving, due_time
from core.draft.database import connect
from core.draft.store import Store
from core.draft.trouble import refusal_of
from tests.core.draft.making import Listener, Program, TurnedClock, content, refused, step, text_of

DRAFT = content("a").id


@pytest.fixture
def store(program: Program) -> Store:
    """A store with one draft in it."""
    store = program.start()
    store.drafts.create(content("a")).result()
    return store


def break_disk(monkeypatch: pytest.MonkeyPatch, code: int = sqlite3.SQLITE_FULL) -> None:
    """From now on every write fails as SQLite fails on a full disk."""

    def fail(*_: object) -> None:
        error = sqlite3.OperationalError("injected")
        error.sqlite_errorcode = code
        raise error

    monkeypatch.setattr(autosave, "put_content", fail)


@pytest.mark.parametrize(
    ("keys", "due"),
    [([0.0], 0.2), ([0.0, 0.1], 0.3), ([0.0, 0.1, 0.2], 0.35), ([0.0, 0.1, 0.2, 0.3, 0.34], 0.35)],
)
def test_keys_are_due_200_ms_after_the_last_and_350_ms_after_the_first(keys: list[float], due: float) -> None:
    assert due_time(keys[0], keys[-1]) == pytest.approx(due)


def test_a_pause_saves_the_open_step_by_itself(store: Store, listener: Listener) -> None:
    store.autosave.note(content("a", "办"), step(1, "办", is_open=True))
    noted = store.autosave.note(content("a", "办结"), step(1, "办结", is_open=True))
    listener.wait_saved(noted)
    opened = store.drafts.read(DRAFT)
    assert (text_of(opened.document), opened.steps) == ("办结", (step(1, "办结", is_open=True),))


def test_typing_without_a_pause_is_saved_all_the_same(store: Store, listener: Listener) -> None:
    saved_before = store.autosave.saving.saved_through
    for number in range(1, 60):
        store.autosave.note(content("a", "字" * number), step(1, "字" * number, is_open=True))
        time.sleep(0.02)
    assert listener.heard, "nothing saved in 1.2 s of typing"
    assert saved_before == 0 < listener.heard[0].saved_through < 59


def test_a_closed_step_is_saved_at_once(
    store: Store, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "AFTER_FIRST_KEY", 3600.0)
    monkeypatch.setattr(autosave, "AFTER_LAST_KEY", 3600.0)
    store.autosave.note(content("a", "a"), step(1, "a", is_open=True))
    listener.wait_saved(store.autosave.note(content("a", "ab"), step(1, "ab")))
    assert store.drafts.read(DRAFT).steps == (step(1, "ab"),)


def test_saved_is_said_only_after_the_commit_and_in_the_writing_thread(
    program: Program, store: Store, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def look(saving: Saving) -> None:
        with contextlib.closing(connect(program.folder.database, "ro")) as other:
            seen.append(other.execute("SELECT count(*) FROM steps").fetchone()[0])
        listener(saving)

    monkeypatch.setattr(store.autosave, "_on_saving", look)
    listener.wait_saved(store.autosave.note(content("a", "x"), step(1)))
    assert seen == [1]
    assert listener.threads == {"drafts-writer"}


def test_the_status_line_knows_since_when_typing_is_unsaved(
    store: Store, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "AFTER_FIRST_KEY", 3600.0)
    monkeypatch.setattr(autosave, "AFTER_LAST_KEY", 3600.0)
    typed_at = clock()
    store.autosave.note(content("a", "x"), step(1, is_open=True))
    clock.turn(seconds=2)
    store.autosave.note(content("a", "xy"), step(1, is_open=True))
    assert store.autosave.saving == Saving(None, 0, typed_at, None)
    store.drafts.settle().result()
    assert store.autosave.saving == Saving(clock(), 2, None, None)


def test_several_steps_between_two_saves_are_all_kept(store: Store) -> None:
    for number in range(1, 8):
        store.autosave.note(content("a", str(number)), step(number, str(number)))
    store.autosave.note(content("a", "6"), step(8, "7 taken back", undoes=7))
    opened = store.drafts.read(DRAFT)
    assert [one.number for one in opened.steps] == list(range(1, 9))
    assert opened.steps[-1].undoes == 7


def test_typing_in_two_drafts_is_saved_for_both(store: Store) -> None:
    store.drafts.create(content("b")).result()
    store.autosave.note(content("a", "in a"), step(1))
    store.autosave.note(content("b", "in b"), step(1))
    read = [text_of(store.drafts.read(content(name).id).document) for name in "ab"]
    assert read == ["in a", "in b"]


def test_a_draft_opened_again_at_once_shows_the_last_key(store: Store) -> None:
    store.autosave.note(content("a", "just typed"), step(1, is_open=True))
    assert text_of(store.drafts.read(DRAFT).document) == "just typed"


def test_quitting_saves_what_was_just_typed(program: Program, store: Store) -> None:
    store.autosave.note(content("a", "last word"), step(1, is_open=True))
    assert program.quit() == ()
    assert text_of(program.start().drafts.read(content("a").id).document) == "last word"


def test_a_full_disk_is_told_once_and_saving_goes_on_by_itself(
    store: Store, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "TRY_AGAIN", 0.02)
    with monkeypatch.context() as broken:
        break_disk(broken)
        store.autosave.note(content("a", "1"), step(1, "1"))
        listener.wait(lambda saving: saving.failing is not None)
        last = store.autosave.note(content("a", "12"), step(2, "12"))
        time.sleep(0.3)
        assert [saving.failing and saving.failing.code for saving in listener.heard] == ["draft.disk-full"]
        assert store.autosave.saving.unsaved_since is not None
    saved = listener.wait_saved(last)
    assert (saved.failing, saved.unsaved_since) == (None, None)
    opened = store.drafts.read(DRAFT)
    assert (text_of(opened.document), opened.steps) == ("12", (step(1, "1"), step(2, "12")))


def test_a_key_pressed_while_a_save_is_failing_joins_what_is_kept(
    store: Store, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "TRY_AGAIN", 0.02)

    def press_and_fail(*_: object) -> None:
        store.autosave.note(content("a", "12"), step(2, "12"))
        raise OSError(errno.EIO, "injected")

    with monkeypatch.context() as broken:
        broken.setattr(autosave, "put_content", press_and_fail)
        store.autosave.note(content("a", "1"), step(1, "1"))
        listener.wait(lambda saving: saving.failing is not None)
    listener.wait(lambda saving: saving.saved_through >= 2)
    opened = store.drafts.read(DRAFT)
    assert (text_of(opened.document), opened.steps) == ("12", (step(1, "1"), step(2, "12")))


@pytest.mark.parametrize(("free", "code"), [(0, "draft.disk-full"), (10**9, "draft.disk-error")])
def test_a_full_disk_is_recognised_behind_other_errors(
    program: Program, monkeypatch: pytest.MonkeyPatch, free: int, code: str
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))
    refusal = refusal_of(OSError(errno.EIO, "injected"), program.folder.path)
    assert refusal is not None
    assert refusal.code == code


def test_another_cause_is_told_too(store: Store, listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autosave, "TRY_AGAIN", 0.02)
    break_disk(monkeypatch)
    store.autosave.note(content("a", "1"), step(1))
    listener.wait(lambda saving: saving.failing is not None)
    break_disk(monkeypatch, sqlite3.SQLITE_READONLY)
    listener.wait(lambda saving: saving.failing is not None and saving.failing.code == "draft.read-only")
    assert len(listener.heard) == 2


def test_even_a_mistake_in_the_program_loses_no_text(
    store: Store, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "TRY_AGAIN", 0.02)
    with monkeypatch.context() as broken:
        broken.setattr(autosave, "put_content", None)
        store.autosave.note(content("a", "kept"), step(1))
        failing = listener.wait(lambda saving: saving.failing is not None).failing
        assert failing is not None
        assert failing.code == "draft.cannot-save"
    listener.wait(lambda saving: saving.saved_through == 1)
    assert text_of(store.drafts.read(DRAFT).document) == "kept"


def test_what_cannot_be_saved_is_handed_back_on_quitting(
    program: Program, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_disk(monkeypatch)
    store.autosave.note(content("a", "one"), step(1, "one"))
    store.autosave.note(content("a", "two"), step(2, "two"))
    (unsaved,) = program.quit(patience=0.1)
    assert (text_of(unsaved.content.document), unsaved.steps) == ("two", (step(1, "one"), step(2, "two")))


def test_nothing_is_sent_from_older_text_while_the_disk_refuses(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        break_disk(broken)
        store.autosave.note(content("a", "newest"), step(1))
        with refused("draft.disk-full"):
            store.drafts.freeze(DRAFT).result()
        with refused("draft.disk-full"):
            store.drafts.read(DRAFT)
    store.drafts.freeze(DRAFT).result()
    assert text_of(store.drafts.versions(DRAFT)[0].document) == "newest"


def test_a_document_and_its_step_are_saved_together_or_not_at_all(
    program: Program, store: Store, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("no step can be written")

    monkeypatch.setattr(autosave, "put_steps", fail)
    store.autosave.note(content("a", "half"), step(1))
    listener.wait(lambda saving: saving.failing is not None)
    monkeypatch.undo()
    with contextlib.closing(connect(program.folder.database, "ro")) as other:
        assert text_of(other.execute("SELECT document FROM drafts").fetchone()[0]) == ""
    store.drafts.settle().result()
    opened = store.drafts.read(DRAFT)
    assert (text_of(opened.document), opened.steps) == ("half", (step(1),))


def test_typing_in_a_draft_that_was_purged_elsewhere_is_not_dropped(store: Store) -> None:
    store.drafts.delete(DRAFT).result()
    store.drafts.purge(DRAFT).result()
    store.autosave.note(content("a", "typed on"), step(7, "typed on"))
    assert text_of(store.drafts.read(DRAFT).document) == "typed on"


def test_a_database_moved_away_is_noticed_and_saving_goes_on_when_it_is_back(
    program: Program, store: Store, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "TRY_AGAIN", 0.02)
    away = program.folder.path / "away.sqlite"
    program.folder.database.rename(away)
    store.autosave.note(content("a", "typed meanwhile"), step(1))
    failing = listener.wait(lambda saving: saving.failing is not None).failing
    assert failing is not None
    assert failing.code == "draft.file-gone"
    away.rename(program.folder.database)
    listener.wait(lambda saving: saving.saved_through == 1)
    assert text_of(store.drafts.read(DRAFT).document) == "typed meanwhile"


def test_a_listener_that_fails_does_not_stop_the_saving(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[str] = []
    monkeypatch.setattr("threading.excepthook", lambda args: reported.append(str(args.exc_value)))

    def fail(_: Saving) -> None:
        raise ValueError("mistake in the window")

    monkeypatch.setattr(store.autosave, "_on_saving", fail)
    for number in (1, 2):
        store.autosave.note(content("a", str(number)), step(number))
        store.drafts.settle().result()
    assert text_of(store.drafts.read(DRAFT).document) == "2"
    assert reported == ["mistake in the window"] * 2


def test_nothing_is_taken_after_closing(program: Program, store: Store) -> None:
    program.quit()
    with pytest.raises(RuntimeError):
        store.autosave.note(content("a", "too late"))
