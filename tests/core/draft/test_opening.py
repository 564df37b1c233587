"""Opening the data folder: private, one program at a time, and nothing foreign or newer is touched."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from core.draft.backups import list_backups
from core.draft.database import APPLICATION_ID, VERSION, connect
from core.draft.folder import DataFolder, is_on_local_disk
from core.draft.records import Shelf, Status
from core.draft.store import Store, open_store
from tests.core.draft.making import Listener, Program, TurnedClock, content, refused, step, text_of

FIXTURES = Path(__file__).parents[2] / "fixtures" / "db"
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows guards by the profile")


def ask(store: Store, name: str) -> object:
    """Ask the writing connection how it is set."""
    return store._writer.do(lambda db: db.execute(f"PRAGMA {name}").fetchone()[0]).result()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_database(path: Path, application_id: int, version: int, *, table: str = "things") -> None:
    path.parent.mkdir(parents=True)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(f"CREATE TABLE {table} (x)")
        connection.execute(f"PRAGMA application_id = {application_id}")
        connection.execute(f"PRAGMA user_version = {version}")


@posix_only
def test_nobody_else_can_read_the_folder_or_any_file_in_it(program: Program) -> None:
    mask = os.umask(0)
    try:
        store = program.start()
        store.drafts.create(content("a")).result()
        store.keep_house()
    finally:
        os.umask(mask)
    everything = [program.folder.path, *program.folder.path.rglob("*")]
    assert len(everything) >= 6
    assert not [path for path in everything if stat.S_IMODE(path.stat().st_mode) & 0o077]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("secure_delete", 1),
        ("mmap_size", 0),
        ("temp_store", 2),
        ("application_id", APPLICATION_ID),
        ("user_version", VERSION),
    ],
)
def test_the_database_is_written_with_safe_settings(program: Program, name: str, value: object) -> None:
    assert ask(program.start(), name) == value


def test_the_window_reads_on_a_connection_that_cannot_write(program: Program) -> None:
    store = program.start()
    with refused("draft.read-only"):
        store._reader.rows("DELETE FROM drafts")


def test_a_second_program_is_told_that_the_first_has_it_open(program: Program, clock: TurnedClock) -> None:
    program.start()
    with refused("draft.already-open-since") as refusal:
        open_store(program.folder.path, clock=clock)
    assert refusal.value.params["since"] == "09-01 08:30"


def test_a_program_on_another_computer_is_named(program: Program, clock: TurnedClock) -> None:
    program.start()
    program.folder.lock.write_text(json.dumps({"host": "财政所2", "since": "2025-09-01T07:15:00+08:00"}))
    with refused("draft.open-elsewhere") as refusal:
        open_store(program.folder.path, clock=clock)
    assert refusal.value.params["host"] == "财政所2"


def test_a_lock_file_with_nonsense_in_it_still_locks_and_never_blocks_alone(
    program: Program, clock: TurnedClock
) -> None:
    program.start()
    program.folder.lock.write_bytes(b"\xff nonsense")
    with refused("draft.already-open"):
        open_store(program.folder.path, clock=clock)
    program.quit()
    program.start()


def test_a_program_that_was_killed_never_blocks_the_next_start(program: Program) -> None:
    code = (
        "import os, sys; from pathlib import Path; from core.draft.store import Store, open_store\n"
        "store = open_store(Path(sys.argv[1])); store.examined.result(); print('open', flush=True); input()"
    )
    command = [sys.executable, "-c", code, str(program.folder.path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=Path(__file__).parents[3], **pipes) as child:  # type: ignore[call-overload]
        assert child.stdout.readline() == b"open\n"
        with refused("draft.already-open-since"):
            program.start()
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    assert program.start().drafts.list() == []


@pytest.mark.parametrize("version", [VERSION + 1, 99])
def test_a_file_of_a_newer_version_is_refused_and_not_a_byte_of_it_changes(
    program: Program, version: int
) -> None:
    make_database(program.folder.database, APPLICATION_ID, version)
    before = digest(program.folder.database)
    with refused("draft.newer-version") as refusal:
        program.start()
    assert refusal.value.params["found"] == version
    assert digest(program.folder.database) == before


@posix_only
def test_a_newer_file_whose_program_was_killed_is_not_touched_either(program: Program) -> None:
    program.start()
    program.quit()
    database = program.folder.database
    code = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA user_version = 99'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(database)], check=False)
    log = database.with_name("drafts.sqlite-wal")
    before = digest(database), digest(log)
    with refused("draft.newer-version"):
        program.start()
    assert (digest(database), digest(log)) == before


def test_a_file_of_another_program_is_refused_and_not_touched(program: Program) -> None:
    make_database(program.folder.database, 0, 0)
    before = digest(program.folder.database)
    with refused("draft.not-our-file"):
        program.start()
    assert digest(program.folder.database) == before


def test_a_file_that_is_no_database_is_refused_and_not_touched(program: Program) -> None:
    program.folder.path.mkdir()
    program.folder.database.write_bytes(b"PK\x03\x04 not a database" * 400)
    before = digest(program.folder.database)
    with refused("draft.not-a-database"):
        program.start()
    assert digest(program.folder.database) == before


def test_a_first_start_that_was_cut_short_begins_again(program: Program) -> None:
    program.folder.path.mkdir()
    program.folder.database.touch()
    assert program.start().drafts.list() == []


def test_a_file_where_the_folder_should_be_is_named(program: Program) -> None:
    program.folder.path.write_text("a file")
    with refused("draft.not-a-folder"):
        program.start()


def test_a_folder_below_a_file_is_refused(tmp_path: Path, clock: TurnedClock) -> None:
    (tmp_path / "file").write_text("")
    with refused("draft.not-a-folder"):
        open_store(tmp_path / "file" / "data", clock=clock)


def test_a_disk_that_can_only_be_read_is_refused_with_its_own_sentence(
    small_disk: Path, clock: TurnedClock
) -> None:
    open_store(small_disk / "data", clock=clock).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with refused("draft.read-only"):
        open_store(small_disk / "data", clock=clock)
    with refused("draft.read-only"):
        open_store(small_disk / "new", clock=clock)


def test_a_full_disk_is_refused_with_its_own_sentence(small_disk: Path, clock: TurnedClock) -> None:
    fill(small_disk)
    with refused("draft.disk-full"):
        open_store(small_disk / "data", clock=clock)


def test_a_disk_that_fills_up_loses_nothing_and_saving_goes_on_when_there_is_room(
    small_disk: Path, clock: TurnedClock, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.draft.autosave.TRY_AGAIN", 0.05)
    store = open_store(small_disk / "data", clock=clock, on_saving=listener)
    try:
        store.drafts.create(content("a")).result()
        fill(small_disk)
        number = 0
        while not [saving for saving in listener.heard if saving.failing]:
            number += 1
            store.autosave.note(content("a", f"{number}" + "字" * 3000), step(number, "字" * 3000))
            with contextlib.suppress(Exception):
                store.drafts.settle().result()
        assert [saving.failing.code for saving in listener.heard if saving.failing] == ["draft.disk-full"]
        (small_disk / "filling").unlink()
        listener.wait_saved(number)
        opened = store.drafts.read(content("a").id)
        assert text_of(opened.document).startswith(str(number))
        assert [one.number for one in opened.steps] == list(range(1, number + 1))
    finally:
        store.close(0.0)


def fill(disk: Path) -> None:
    """Write until the disk is full."""
    with (disk / "filling").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)


def test_a_folder_on_a_network_drive_works_without_wal_and_says_so(program: Program) -> None:
    program.start()
    program.quit()
    store = program.start(on_local_disk=lambda _: False)
    assert [remark.code for remark in store.remarks] == ["draft.slow-folder"]
    asked = ("journal_mode", "synchronous", "locking_mode")
    assert [ask(store, name) for name in asked] == ["truncate", 3, "normal"]
    store.drafts.create(content("a", "x")).result()
    store.autosave.note(content("a", "y"), step(1))
    assert text_of(store.drafts.read(content("a").id).document) == "y"
    assert not list(program.folder.path.glob("drafts.sqlite-wal"))


@pytest.mark.parametrize("torn", ["first page", "header of another program"])
def test_a_power_cut_without_wal_is_rolled_back_and_not_taken_for_damage(
    program: Program, tmp_path: Path, clock: TurnedClock, torn: str
) -> None:
    store = program.start(on_local_disk=lambda _: False)
    store.drafts.create(content("a", "字" * 9000)).result()
    program.quit()
    cut = tmp_path / "cut"
    cut.mkdir()
    with contextlib.closing(sqlite3.connect(program.folder.database, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE half (x)")
        connection.execute("UPDATE drafts SET document = zeroblob(90000), title = 'half'")
        for end in ("", "-journal"):
            shutil.copy(f"{program.folder.database}{end}", cut / f"drafts.sqlite{end}")
        connection.execute("ROLLBACK")
    assert (cut / "drafts.sqlite-journal").stat().st_size > 0
    with (cut / "drafts.sqlite").open("r+b") as file:
        file.seek({"first page": 0, "header of another program": 68}[torn])
        file.write(b"torn")
    store = open_store(cut, clock=clock, on_local_disk=lambda _: False)
    try:
        store.examined.result()
        assert text_of(store.drafts.read(content("a").id).document) == "字" * 9000
    finally:
        store.close()


def test_a_folder_brought_home_from_a_network_drive_gets_wal_again(program: Program) -> None:
    program.start(on_local_disk=lambda _: False)
    store = program.start()
    assert store.remarks == ()
    assert ask(store, "journal_mode") == "wal"


@pytest.mark.skipif(sys.platform == "win32", reason="reads Linux' list of mounts")
@pytest.mark.parametrize(
    ("path", "local"),
    [
        ("/home/li", True),
        ("/home/li/network/data", False),
        ("/media/my stick/x", False),
        ("/media/李的U盘/数据", False),
        ("/mnt/f", False),
    ],
)
def test_the_kind_of_disk_is_read_from_the_list_of_mounts(tmp_path: Path, path: str, local: bool) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n"
        "30 22 0:40 / /home/li/network rw - nfs4 server:/x rw\n"
        r"31 22 8:17 / /media/my\040stick rw - vfat /dev/sdb1 rw" + "\n"
        "33 22 8:18 / /media/李的U盘 rw - exfat /dev/sdc1 rw\n"
        "32 22 0:41 / /mnt/f rw - fuse.sshfs host:/ rw\n",
        "utf-8",
    )
    assert is_on_local_disk(Path(path), mounts) is local


def test_a_clock_before_the_last_save_is_remarked_and_changes_no_order(
    program: Program, clock: TurnedClock
) -> None:
    store = program.start()
    store.drafts.create(content("old")).result()
    clock.turn(days=-400)
    store = program.start()
    assert [remark.code for remark in store.remarks] == ["draft.clock-behind"]
    store.drafts.create(content("new")).result()
    assert [draft.id for draft in store.drafts.list()] == [content("new").id, content("old").id]


def test_a_vanished_database_is_not_silently_begun_anew_while_there_are_backups(program: Program) -> None:
    store = program.start()
    store.drafts.create(content("a")).result()
    store.keep_house()
    program.quit()
    program.folder.database.unlink()
    with refused("draft.file-missing"):
        program.start()
    assert program.start(start_empty=True).drafts.list() == []


def test_a_log_left_behind_by_a_vanished_database_is_set_aside_and_not_played_into_a_new_one(
    program: Program,
) -> None:
    program.folder.path.mkdir()
    (program.folder.path / "drafts.sqlite-wal").write_bytes(b"log of another file")
    program.start()
    assert (program.folder.set_aside / "1" / "drafts.sqlite-wal").read_bytes() == b"log of another file"


def test_every_released_database_still_opens(program: Program) -> None:
    released = sorted(FIXTURES.glob("drafts-v*.sqlite"))
    assert len(released) == VERSION
    for path in released:
        program.quit()
        shutil.rmtree(program.folder.path, ignore_errors=True)
        program.folder.path.mkdir()
        shutil.copy(path, program.folder.database)
        store = program.start()
        store.examined.result()
        (draft,) = store.drafts.list()
        opened = store.drafts.read(draft.id)
        assert (draft.facts.unit_name, draft.status, draft.sent) == ("某某镇人民政府", Status.RETURNED, 1)
        assert text_of(opened.document) == "办结率≥95%"
        assert [one.number for one in opened.steps] == [1, 2]
        assert len(store.drafts.list(Shelf.ARCHIVED)) == len(store.drafts.list(Shelf.BIN)) == 1
        assert store.settings.get("font") == 16


def test_an_older_file_is_backed_up_before_it_is_upgraded(program: Program) -> None:
    program.folder.path.mkdir()
    with contextlib.closing(sqlite3.connect(program.folder.database)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    store = program.start()
    (backup,) = list_backups(program.folder)
    with contextlib.closing(connect(backup.path, "ro")) as old:
        assert old.execute("PRAGMA user_version").fetchone()[0] == 0
    assert store.drafts.list() == []


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.draft.migrations import history

    def half(db: object) -> None:
        db.execute("CREATE TABLE half (x)")  # type: ignore[attr-defined]
        raise sqlite3.OperationalError("injected")

    (real,) = history._migrations
    monkeypatch.setattr(real, "fn", half)
    with pytest.raises(sqlite3.OperationalError):
        program.start()
    monkeypatch.undo()
    assert program.start().drafts.list() == []


def test_the_first_words_typed_are_saved_without_loading_the_heavy_library(program: Program) -> None:
    program.start().drafts.create(content("a")).result()
    program.quit()
    code = (
        "import sys; from pathlib import Path; from core.draft.store import Store, open_store\n"
        "from tests.core.draft.making import content, step\n"
        "store = open_store(Path(sys.argv[1])); store.drafts.read(store.drafts.list()[0].id)\n"
        "store.autosave.note(content('a', 'typed'), step(1)); assert store.close() == ()\n"
        "assert 'sqlite_utils' not in sys.modules"
    )
    command = [sys.executable, "-c", code, str(program.folder.path)]
    subprocess.run(command, cwd=Path(__file__).parents[3], check=True)


def test_the_version_is_the_number_of_migrations() -> None:
    from core.draft.migrations import history

    assert len(history._migrations) == VERSION
    assert DataFolder(Path()).database.name == "drafts.sqlite"
