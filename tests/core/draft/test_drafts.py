"""The list of drafts and what a person does with them."""

from __future__ import annotations

from core.draft.records import Counts, Shelf, Status
from core.draft.store import Store
from tests.core.draft.making import Program, TurnedClock, content, refused, step, text_of


def ids(store: Store, shelf: Shelf = Shelf.CURRENT) -> list[str]:
    return [draft.id for draft in store.drafts.list(shelf)]


def make(store: Store, *names: str) -> list[str]:
    for name in names:
        store.drafts.create(content(name, f"目标{name}")).result()
    return [content(name).id for name in names]


def test_a_new_draft_is_listed_with_its_facts_and_comes_back_byte_for_byte(store: Store) -> None:
    made = content("a", "办结率≥95%\n𫍯龑", title="人民调解经费", counts=Counts(2, 3, 5))
    store.drafts.create(made).result()
    (draft,) = store.drafts.list()
    assert draft.facts == made.facts
    assert (draft.status, draft.counts, draft.revision) == (Status.FILLING, Counts(2, 3, 5), 1)
    assert (draft.archived, draft.deleted_at, draft.sent, draft.damaged) == (False, None, None, False)
    assert draft.created == draft.updated == "2025-09-01T08:30:00+08:00"
    assert store.drafts.read(made.id).document == made.document


def test_drafts_are_still_there_after_quitting(program: Program) -> None:
    make(program.start(), "a", "b")
    assert ids(program.start()) == [content("b").id, content("a").id]


def test_the_draft_typed_in_last_comes_first_even_when_the_clock_went_back(
    store: Store, clock: TurnedClock
) -> None:
    a, b, c = make(store, "a", "b", "c")
    clock.turn(days=-4000)
    store.autosave.note(content("a", "new"), step(1))
    store.drafts.settle().result()
    assert ids(store) == [a, c, b]


def test_a_long_list_comes_in_pages(store: Store) -> None:
    a, b, c = make(store, "a", "b", "c")
    first = store.drafts.list(most=2)
    rest = store.drafts.list(most=2, below=first[-1].recency)
    assert [draft.id for draft in first] == [c, b]
    assert [draft.id for draft in rest] == [a]


def test_the_same_document_cannot_be_added_twice(store: Store) -> None:
    (a,) = make(store, "a")
    with refused("draft.already-here"):
        store.drafts.create(content("a", "another text")).result()
    assert text_of(store.drafts.read(a).document) == "目标a"


def test_a_document_in_the_bin_is_named_when_it_is_added_again(store: Store) -> None:
    (a,) = make(store, "a")
    store.drafts.delete(a).result()
    with refused("draft.already-in-bin"):
        store.drafts.create(content("a")).result()


def test_archiving_keeps_the_status_for_later(store: Store) -> None:
    (a,) = make(store, "a")
    store.drafts.set_status(a, Status.PASSED).result()
    store.drafts.set_status(a, Status.ARCHIVED).result()
    assert (ids(store), ids(store, Shelf.ARCHIVED)) == ([], [a])
    assert store.drafts.get(a).status is Status.ARCHIVED
    store.drafts.unarchive(a).result()
    assert ids(store) == [a]
    assert store.drafts.get(a).status is Status.PASSED


def test_a_deleted_draft_lies_in_the_bin_and_comes_back_whole(store: Store) -> None:
    (a,) = make(store, "a")
    store.autosave.note(content("a", "typed"), step(1, "typed"))
    store.drafts.delete(a).result()
    assert (ids(store), ids(store, Shelf.BIN)) == ([], [a])
    store.drafts.restore(a).result()
    opened = store.drafts.read(a)
    assert (ids(store), text_of(opened.document), opened.steps) == ([a], "typed", (step(1, "typed"),))


def test_only_a_draft_in_the_bin_can_be_purged(store: Store) -> None:
    (a,) = make(store, "a")
    with refused("draft.not-in-bin"):
        store.drafts.purge(a).result()
    store.drafts.delete(a).result()
    store.drafts.purge(a).result()
    assert ids(store, Shelf.BIN) == []
    with refused("draft.no-such-draft"):
        store.drafts.read(a)


def test_what_is_purged_is_in_no_live_file_any_more(program: Program) -> None:
    store = program.start()
    secret = "要彻底删除的内容" * 50
    store.drafts.create(content("a", secret)).result()
    store.autosave.note(content("a", secret + "。"), step(1, secret))
    store.drafts.delete(content("a").id).result()
    store.drafts.purge(content("a").id).result()
    live = sorted(program.folder.path.glob("drafts.sqlite*"))
    log = program.folder.path / "drafts.sqlite-wal"
    assert (len(live), log.stat().st_size) == (3, 0)
    program.quit()
    left = [path for path in live if path.exists()]
    assert not [path.name for path in left if "要彻底删除的内容".encode() in path.read_bytes()]


def test_the_bin_is_emptied_but_for_what_was_sent(store: Store) -> None:
    a, b, c = make(store, "a", "b", "c")
    store.drafts.freeze(a).result()
    for draft_id in (a, b):
        store.drafts.delete(draft_id).result()
    with refused("draft.was-sent"):
        store.drafts.purge(a).result()
    assert store.drafts.empty_bin().result() == 1
    assert (ids(store), ids(store, Shelf.BIN)) == ([c], [a])


def test_the_list_shows_the_last_known_findings(store: Store) -> None:
    (a,) = make(store, "a")
    assert store.drafts.get(a).counts is None
    store.drafts.set_counts(a, Counts(1, 2, 3)).result()
    store.autosave.note(content("a", "typed, not judged yet"), step(1))
    store.drafts.settle().result()
    assert store.drafts.get(a).counts == Counts(1, 2, 3)


def test_sending_freezes_a_version_and_later_typing_shows_as_changed(store: Store) -> None:
    (a,) = make(store, "a")
    assert store.drafts.freeze(a, '{"round": "一上"}').result() == 1
    assert (store.drafts.get(a).sent, store.drafts.get(a).changed_since_sent) == (1, False)
    store.autosave.note(content("a", "second"), step(1))
    assert store.drafts.freeze(a).result() == 2
    store.autosave.note(content("a", "third"), step(2))
    store.drafts.settle().result()
    assert (store.drafts.get(a).sent, store.drafts.get(a).changed_since_sent) == (2, True)
    versions = store.drafts.versions(a)
    assert [(one.number, text_of(one.document)) for one in versions] == [(1, "目标a"), (2, "second")]
    assert versions[0].about == '{"round": "一上"}'


def test_every_change_raises_the_revision(store: Store) -> None:
    (a,) = make(store, "a")
    store.drafts.set_status(a, Status.FINAL).result()
    store.autosave.note(content("a", "x"), step(1))
    store.drafts.settle().result()
    assert store.drafts.get(a).revision == 3


def test_a_draft_that_is_not_there_is_named(store: Store) -> None:
    for ask in (store.drafts.read, store.drafts.get):
        with refused("draft.no-such-draft"):
            ask("0" * 16)
    with refused("draft.no-such-draft"):
        store.drafts.archive("0" * 16).result()


def test_settings_are_kept(program: Program) -> None:
    store = program.start()
    assert store.settings.get("font", 14) == 14
    store.settings.set("font", 16).result()
    store.settings.set("单位", ["某某镇"]).result()
    assert program.start().settings.all() == {"font": 16, "单位": ["某某镇"]}
