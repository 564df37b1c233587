"""A disk that changes bits: always noticed, and the way back brings all that can still be read."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from core.draft import files
from core.draft import rescue as rescue_module
from core.draft.backups import Backup, list_backups
from core.draft.database import connect
from core.draft.records import Counts, Shelf, Status, StepNote
from core.draft.rescue import Rescued, copies_of, rescue
from core.draft.store import Store, open_store
from core.sheet.errors import RefusedError
from tests.core.draft.making import Program, TurnedClock, content, refused, step, text_of

NAMES = [f"d{number:02d}" for number in range(30)]
PAGE = 4096


@pytest.fixture
def kept(program: Program) -> dict[str, object]:
    """What thirty drafts look like before the disk changes anything; the program is not running."""
    store = program.start()
    chance = random.Random(1)
    for number, name in enumerate(NAMES):
        text = "".join(chance.choices("预算绩效目标申报指标办结率≥95%万元，。", k=40 + 60 * number))
        store.drafts.create(content(name, text, title=f"项目{number}", counts=Counts(number, 1, 0))).result()
        store.autosave.note(content(name, text + "改", title=f"项目{number}"), step(1, text))
    store.drafts.set_status(content(NAMES[3]).id, Status.SENT).result()
    store.drafts.freeze(content(NAMES[3]).id).result()
    everything = look(store)
    program.quit()
    return everything


def look(store: Store) -> dict[str, object]:
    """Read every draft as a person can see it; a refused one is left out."""
    seen: dict[str, object] = {}
    for name in NAMES:
        with contextlib.suppress(RefusedError):
            opened = store.drafts.read(content(name).id)
            # The order in the list may be lost by damage elsewhere; what belongs to the draft may not.
            seen[name] = (replace(opened.draft, sent=None, changed_since_sent=False), opened.document)
            assert set(opened.steps) <= {step(1, text_of(opened.document)[:-1])}
    return seen


def flip(path: Path, place: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ (1 << bit)]))


def damage_text(program: Program, name: str) -> None:
    """Change one character of a draft behind SQLite's back."""
    with contextlib.closing(sqlite3.connect(program.folder.database)) as connection, connection:
        sql = "SELECT document FROM drafts WHERE id = ?"
        (found,) = connection.execute(sql, [content(name).id]).fetchone()
        changed = found.replace("改".encode(), "政".encode())
        assert changed != found
        connection.execute("UPDATE drafts SET document = ? WHERE id = ?", [changed, content(name).id])


def zero_page(path: Path, number: int) -> None:
    with path.open("r+b") as file:
        file.seek(number * PAGE)
        file.write(bytes(PAGE))


def test_a_flipped_bit_never_shows_as_a_changed_draft(
    program: Program, kept: dict[str, object], tmp_path: Path, clock: TurnedClock
) -> None:
    size = program.folder.database.stat().st_size
    chance = random.Random(2)
    unseen, hidden = [], 0
    for trial in range(200):
        folder = tmp_path / "trial"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        copy = shutil.copy(program.folder.database, folder / "drafts.sqlite")
        place = chance.randrange(size)
        flip(Path(copy), place, chance.randrange(8))
        with contextlib.suppress(RefusedError):
            store = open_store(folder, clock=clock)
            try:
                seen = look(store)
                hidden += len(kept) - len(seen)
                unseen += [(trial, place, name) for name in seen if seen[name] != kept[name]]
            finally:
                store.close(0.0)
    assert unseen == []
    assert hidden > 60, "the flips hardly ever met a draft"


def test_a_damaged_draft_is_marked_named_and_does_not_take_the_others_along(
    program: Program, kept: dict[str, object]
) -> None:
    damage_text(program, NAMES[5])
    store = program.start()
    store.examined.result()
    with refused("draft.damaged") as refusal:
        store.drafts.read(content(NAMES[5]).id)
    assert refusal.value.params["name"] == "项目5"
    assert len(look(store)) == len(kept) - 1


@pytest.mark.usefixtures("kept")
def test_a_changed_status_is_marked_in_the_list_and_not_sealed_again(program: Program) -> None:
    with contextlib.closing(sqlite3.connect(program.folder.database)) as connection, connection:
        connection.execute("UPDATE drafts SET status = '已上扱' WHERE id = ?", [content(NAMES[3]).id])
    store = program.start()
    assert [draft.facts.title for draft in store.drafts.list() if draft.damaged] == ["项目3"]
    with refused("draft.damaged"):
        store.drafts.archive(content(NAMES[3]).id).result()
    assert store.drafts.get(content(NAMES[3]).id).damaged


@pytest.mark.usefixtures("kept")
def test_typing_goes_on_in_a_draft_whose_row_was_damaged_meanwhile(program: Program) -> None:
    store = program.start()
    store.drafts.read(content(NAMES[4]).id)
    with contextlib.closing(sqlite3.connect(program.folder.database)) as connection, connection:
        sql = "UPDATE drafts SET status = CAST(x'fffe' AS TEXT) WHERE id = ?"
        connection.execute(sql, [content(NAMES[4]).id])
    assert [draft.id for draft in store.drafts.list() if draft.damaged] == [content(NAMES[4]).id]
    store.autosave.note(content(NAMES[4], "still typing"), step(2))
    assert text_of(store.drafts.read(content(NAMES[4]).id).document) == "still typing"


def test_undo_ends_at_a_damaged_step(program: Program) -> None:
    store = program.start()
    store.drafts.create(content("a")).result()
    for number in range(1, 6):
        store.autosave.note(content("a", str(number)), step(number, str(number)))
    store.drafts.settle().result()
    with contextlib.closing(sqlite3.connect(program.folder.database)) as connection, connection:
        connection.execute("UPDATE steps SET edits = replace(edits, '3', '8') WHERE number = 3")
    opened = store.drafts.read(content("a").id)
    assert [one.number for one in opened.steps] == [4, 5]
    assert opened.steps_lost


@pytest.mark.usefixtures("kept")
def test_a_damaged_sent_version_is_refused(program: Program) -> None:
    with contextlib.closing(sqlite3.connect(program.folder.database)) as connection, connection:
        connection.execute("UPDATE versions SET document = CAST(document || ' ' AS BLOB)")
    with refused("draft.version-damaged"):
        program.start().drafts.versions(content(NAMES[3]).id)


@pytest.mark.usefixtures("kept")
def test_a_file_with_broken_pages_is_told_and_not_written_any_more(program: Program) -> None:
    _break_pages(program)
    before = program.folder.database.read_bytes()
    store = program.start()
    with refused("draft.file-damaged"):
        store.examined.result()
    store.autosave.note(content(NAMES[0], "typed now"), step(2))
    with refused("draft.file-damaged"):
        store.drafts.settle().result()
    with refused("draft.file-damaged"):
        store.keep_house()
    (unsaved,) = program.quit()
    assert text_of(unsaved.content.document) == "typed now"
    assert program.folder.database.read_bytes() == before


@pytest.mark.usefixtures("kept")
def test_damage_far_from_the_drafts_stops_the_writing_too(program: Program) -> None:
    with contextlib.closing(connect(program.folder.database, "ro")) as connection:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = 'settings'"
        (page,) = connection.execute(sql).fetchone()
    zero_page(program.folder.database, page - 1)
    store = program.start()
    with refused("draft.file-damaged"):
        store.examined.result()
    with refused("draft.file-damaged"):
        store.drafts.archive(content(NAMES[0]).id).result()
    assert text_of(store.drafts.read(content(NAMES[0]).id).document).endswith("改")


@pytest.mark.usefixtures("kept")
def test_a_file_whose_list_cannot_be_read_is_refused_and_let_go(program: Program, clock: TurnedClock) -> None:
    with contextlib.closing(connect(program.folder.database, "ro")) as connection:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = 'drafts'"
        (page,) = connection.execute(sql).fetchone()
    zero_page(program.folder.database, page - 1)
    with refused("draft.file-damaged"):
        program.start()
    rescue(program.folder, None, clock)
    assert program.start().drafts.list() == []


def test_an_examination_that_could_not_be_made_does_not_stop_the_saving(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise RefusedError("draft.busy", folder="")

    monkeypatch.setattr("core.draft.writer.must_be_sound", busy)
    store = program.start()
    with refused("draft.busy"):
        store.examined.result()
    store.drafts.create(content("a")).result()


@pytest.mark.usefixtures("kept")
def test_emptying_the_bin_leaves_what_the_disk_put_there(program: Program) -> None:
    with contextlib.closing(sqlite3.connect(program.folder.database)) as connection, connection:
        sql = "UPDATE drafts SET deleted_at = 'by the disk' WHERE id = ?"
        connection.execute(sql, [content(NAMES[2]).id])
    assert program.start().drafts.empty_bin().result() == 1


def _break_pages(program: Program) -> None:
    """Zero a page in the middle that the structure needs; the header stays readable."""
    for number in range(4, program.folder.database.stat().st_size // PAGE):
        copy = program.folder.database.read_bytes()
        zero_page(program.folder.database, number)
        with contextlib.closing(connect(program.folder.database, "ro")) as connection:
            try:
                broken = connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok"
            except sqlite3.DatabaseError:
                broken = True
        if broken:
            return
        program.folder.database.write_bytes(copy)
    raise AssertionError("no page matters")


# -- the way back -----------------------------------------------------------------------------------


def back_up_and_go_on(program: Program) -> dict[str, object]:
    """Make a backup, then change one draft, make one more, and quit; gives what is there then."""
    store = program.start()
    store.back_up()
    store.autosave.note(content(NAMES[1], "newer than the backup改"), step(1, "newer than the backup"))
    store.drafts.create(content("after", "made after the backup")).result()
    everything = look(store)
    program.quit()
    return everything


def newest(program: Program) -> Backup:
    return list_backups(program.folder)[0]


@pytest.mark.usefixtures("kept")
def test_a_rescue_brings_the_backup_and_every_newer_draft_that_can_be_read(
    program: Program, clock: TurnedClock
) -> None:
    now = back_up_and_go_on(program)
    damage_text(program, NAMES[5])
    broken = program.folder.database.read_bytes()
    rescued = rescue(program.folder, newest(program).path, clock)
    assert (rescued.from_backup, rescued.newer, rescued.lost) == (30, 2, ())
    store = program.start()
    assert look(store) == now
    assert text_of(store.drafts.read(content("after").id).document) == "made after the backup"
    assert store.drafts.get(content(NAMES[3]).id).sent == 1
    assert rescued.set_aside is not None
    assert (rescued.set_aside / "drafts.sqlite").read_bytes() == broken


@pytest.mark.parametrize("wreck", ["no database", "empty", "cut", "missing"])
def test_a_rescue_works_while_the_file_cannot_be_opened(
    program: Program, kept: dict[str, object], clock: TurnedClock, wreck: str
) -> None:
    back_up_and_go_on(program)
    database = program.folder.database
    match wreck:
        case "no database":
            database.write_bytes(b"\0" * 8192)
        case "empty":
            database.write_bytes(b"")
        case "cut":
            database.write_bytes(database.read_bytes()[: 3 * PAGE])
        case "missing":
            database.unlink()
    rescue(program.folder, newest(program).path, clock)
    assert look(program.start()).keys() == kept.keys()


def test_a_rescue_without_a_backup_brings_all_drafts_not_on_the_damaged_page(
    program: Program, kept: dict[str, object], clock: TurnedClock
) -> None:
    pages = program.folder.database.stat().st_size // PAGE
    sound = program.folder.database.read_bytes()
    for number in range(4, pages, 3):
        shutil.rmtree(program.folder.path)
        program.folder.path.mkdir()
        program.folder.database.write_bytes(sound)
        zero_page(program.folder.database, number)
        rescue(program.folder, None, clock)
        seen = look(program.start())
        assert all(seen[name] == kept[name] for name in seen)
        # A page holds at most a handful of rows; one page of the tree above them may cost more.
        assert len(seen) >= len(kept) - 8, f"page {number}"
        program.quit()


def test_drafts_that_nothing_can_bring_back_are_named(
    program: Program, kept: dict[str, object], clock: TurnedClock
) -> None:
    damage_text(program, NAMES[7])
    rescued = rescue(program.folder, None, clock)
    assert rescued.lost == ("某某镇人民政府 项目7",)
    assert len(look(program.start())) == len(kept) - 1


@pytest.mark.usefixtures("kept")
def test_a_draft_damaged_in_the_backup_too_costs_only_itself(program: Program, clock: TurnedClock) -> None:
    damage_text(program, NAMES[7])
    back_up_and_go_on(program)
    program.folder.database.unlink()
    rescued = rescue(program.folder, newest(program).path, clock)
    assert (rescued.from_backup, rescued.lost) == (29, ("某某镇人民政府 项目7",))
    assert len(look(program.start())) == 29


def test_a_rescue_is_refused_while_the_program_has_the_folder_open(
    program: Program, clock: TurnedClock
) -> None:
    program.start()
    with refused("draft.already-open-since"):
        rescue(program.folder, None, clock)


@pytest.mark.usefixtures("kept")
def test_a_rescue_from_something_that_is_no_backup_changes_nothing(
    program: Program, clock: TurnedClock, tmp_path: Path
) -> None:
    nonsense = tmp_path / "nonsense.sqlite"
    nonsense.write_bytes(b"nonsense" * 1000)
    before = program.folder.database.read_bytes()
    with refused("draft.not-a-database"):
        rescue(program.folder, nonsense, clock)
    assert program.folder.database.read_bytes() == before
    assert [path.name for path in program.folder.path.iterdir() if "rescued" in path.name] == []


@pytest.mark.parametrize("done", range(5))
def test_a_rescue_cut_short_is_finished_at_the_next_start(
    program: Program, kept: dict[str, object], clock: TurnedClock, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    back_up_and_go_on(program)
    log = program.folder.database.with_name("drafts.sqlite-wal")
    program.folder.database.write_bytes(b"not readable any more" * 500)
    log.write_bytes(b"its log")
    renamed: list[Path] = []

    def cut(old: Path, new: Path) -> None:
        if len(renamed) == done:
            raise KeyboardInterrupt
        renamed.append(new)
        files.rename_for_good(old, new)

    monkeypatch.setattr(rescue_module, "rename_for_good", cut)
    with contextlib.suppress(KeyboardInterrupt):
        rescue(program.folder, newest(program).path, clock)
    monkeypatch.undo()
    if done == 0:
        assert program.folder.database.read_bytes().startswith(b"not readable")
        return
    assert look(program.start()).keys() == kept.keys()
    aside = program.folder.set_aside / "1"
    assert (aside / "drafts.sqlite").read_bytes().startswith(b"not readable")
    assert (aside / "drafts.sqlite-wal").read_bytes() == b"its log"


@pytest.mark.usefixtures("kept")
def test_a_second_rescue_keeps_the_first_damaged_file(program: Program, clock: TurnedClock) -> None:
    asides = [_rescue_of(program, clock, b"first" * 900), _rescue_of(program, clock, b"second" * 900)]
    kept_files = [(one.set_aside / "drafts.sqlite").read_bytes()[:5] for one in asides if one.set_aside]
    assert kept_files == [b"first", b"secon"]


def _rescue_of(program: Program, clock: TurnedClock, nonsense: bytes) -> Rescued:
    program.folder.database.write_bytes(nonsense)
    return rescue(program.folder, None, clock)


def test_whole_copies_of_one_draft_are_found_in_the_backups_newest_first(
    program: Program, clock: TurnedClock
) -> None:
    store = program.start()
    store.drafts.create(content("a", "first")).result()
    store.back_up()
    clock.turn(days=-3)
    store.autosave.note(content("a", "second"), step(1))
    store.back_up()
    copies = list(copies_of(program.folder, content("a").id))
    assert [text_of(copy.document) for copy in copies] == ["second", "first"]
    assert [copy.revision for copy in copies] == [2, 1]
    assert len(store.drafts.list(Shelf.CURRENT)) == 1
    assert isinstance(store.drafts.read(content("a").id).steps[0], StepNote)
