"""Backups: made beside the typing, checked before they count, kept by number and never by date."""

from __future__ import annotations

import ast
import contextlib
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.draft import backups as backups_module
from core.draft.backups import Backup, back_up, examine, is_due, list_backups, past_keeping
from core.draft.folder import DataFolder
from core.draft.store import Store, open_store
from core.sheet.errors import RefusedError
from tests.core.draft.making import Listener, Program, TurnedClock, content, refused, step, text_of

PROJECT = Path(__file__).parents[3]


def everything(store: Store) -> dict[str, tuple[bytes, int]]:
    """Give every draft's document and number of steps."""
    read = (store.drafts.read(draft.id) for draft in store.drafts.list())
    return {one.draft.id: (one.document, len(one.steps)) for one in read}


def test_from_every_backup_the_drafts_of_its_day_come_back(
    program: Program, clock: TurnedClock, tmp_path: Path
) -> None:
    then = []
    for number in range(4):
        store = program.start()
        store.drafts.create(content(f"d{number}", f"made on day {number}")).result()
        store.autosave.note(content("d0", f"typed on day {number}"), step(number + 1))
        store.drafts.settle().result()
        assert store.keep_house() is not None
        then.append(everything(store))
        clock.turn(days=1)
    program.quit()
    for number, backup in enumerate(reversed(list_backups(program.folder))):
        folder = tmp_path / f"drill {number}"
        folder.mkdir()
        shutil.copy(backup.path, folder / "drafts.sqlite")
        store = open_store(folder, clock=clock)
        assert everything(store) == then[number]
        store.close()


def test_a_backup_of_the_day_is_made_once_a_day_and_not_of_nothing(
    program: Program, clock: TurnedClock
) -> None:
    store = program.start()
    assert store.keep_house() is None
    store.drafts.create(content("a")).result()
    assert store.keep_house() is not None
    assert store.keep_house() is None
    clock.turn(days=-30)
    assert store.keep_house() is not None
    assert [backup.number for backup in list_backups(program.folder)] == [2, 1]


def test_typing_goes_on_while_a_backup_is_made_and_nothing_is_lost(
    program: Program, listener: Listener
) -> None:
    store = program.start()
    store.drafts.create(content("a")).result()
    done = threading.Event()

    def back_up_all_the_time() -> None:
        while not done.is_set():
            store.back_up()

    helper = threading.Thread(target=back_up_all_the_time)
    helper.start()
    last = 0
    for number in range(1, 200):
        last = store.autosave.note(content("a", str(number)), step(number, str(number)))
    listener.wait_saved(last)
    done.set()
    helper.join()
    assert not [saving for saving in listener.heard if saving.failing]
    assert examine(list_backups(program.folder)[0].path) == ()
    opened = program.start().drafts.read(content("a").id)
    assert (text_of(opened.document), len(opened.steps)) == ("199", 199)


def test_a_backup_holds_what_was_typed_a_moment_before(program: Program) -> None:
    store = program.start()
    store.drafts.create(content("a")).result()
    store.autosave.note(content("a", "just typed"), step(1, is_open=True))
    made = store.back_up()
    with contextlib.closing(sqlite3.connect(made.backup.path)) as connection:
        assert text_of(connection.execute("SELECT document FROM drafts").fetchone()[0]) == "just typed"
    assert not [path for path in program.folder.backups.iterdir() if path != made.backup.path]


def test_a_copy_that_is_not_sound_is_no_backup_and_leaves_the_others(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = program.start()
    store.drafts.create(content("a", "x" * 20000)).result()
    good = store.back_up().backup
    real = backups_module.copy_database

    def spoil(source: Path, target: Path) -> None:
        real(source, target)
        with target.open("r+b") as file:
            file.seek(4096)
            file.write(bytes(8192))

    monkeypatch.setattr(backups_module, "copy_database", spoil)
    with pytest.raises(RefusedError) as refusal:
        store.back_up()
    assert refusal.value.code in ("draft.backup-failed", "draft.file-damaged")
    assert [path.name for path in program.folder.backups.iterdir()] == [good.path.name]


def test_a_backup_with_a_damaged_draft_pushes_no_good_one_out(program: Program) -> None:
    store = program.start()
    store.drafts.create(content("a")).result()
    for _ in range(12):
        store.back_up()
    kept_before = {backup.number for backup in list_backups(program.folder)}
    with contextlib.closing(sqlite3.connect(program.folder.database)) as connection, connection:
        connection.execute("UPDATE drafts SET title = 'changed by the disk'")
    made = store.back_up()
    assert made.damaged == (content("a").id,)
    assert {backup.number for backup in list_backups(program.folder)} == kept_before | {made.backup.number}


def test_a_disk_too_full_for_a_backup_is_told_and_nothing_half_made_is_left(
    small_disk: Path, clock: TurnedClock
) -> None:
    store = open_store(small_disk / "data", clock=clock)
    try:
        store.drafts.create(content("a", "字" * 60000)).result()
        with refused("draft.disk-full"):
            while True:
                store.back_up()
        left = [path.name for path in (small_disk / "data" / "backups").iterdir()]
        assert left
        assert not [name for name in left if not name.endswith(".sqlite")]
        list_backups(DataFolder(small_disk / "data"))[0].path.unlink()
        store.autosave.note(content("a", "still saved"), step(1))
        assert text_of(store.drafts.read(content("a").id).document) == "still saved"
    finally:
        store.close()


def test_what_a_killed_backup_left_is_cleared_away(program: Program, clock: TurnedClock) -> None:
    store = program.start()
    store.drafts.create(content("a")).result()
    (program.folder.backups).mkdir()
    (program.folder.backups / "drafts-000001-2025-09-01.part").write_bytes(b"half")
    store.back_up()
    assert [path.suffix for path in program.folder.backups.iterdir()] == [".sqlite"]
    assert not is_due(program.folder, clock)


def backups_of(days: Iterator[date]) -> list[Backup]:
    """Give backups made on these days, newest first."""
    made = [Backup(number, day, Path(str(number))) for number, day in enumerate(days, start=1)]
    return made[::-1]


def test_the_newest_ten_and_one_of_each_of_twelve_weeks_are_kept() -> None:
    first = date(2025, 1, 6)
    daily = backups_of(first + timedelta(days=number) for number in range(200))
    past = past_keeping(daily)
    kept = [backup for backup in daily if backup not in past]
    assert kept[:10] == daily[:10]
    weeks = [backup.day.isocalendar()[:2] for backup in kept[10:]]
    assert len(weeks) == len(set(weeks)) == 12
    assert all(backup.day.isoweekday() == 7 for backup in kept[11:])


def test_a_clock_that_jumps_ten_years_removes_no_backup() -> None:
    first = date(2025, 1, 6)
    days = [first + timedelta(weeks=number) for number in range(12)]
    days += [date(2035, 1, 1), date(1970, 1, 1), *(days[-1] + timedelta(days=number) for number in range(8))]
    assert past_keeping(backups_of(iter(days))) == []


# -- never touch the live database by hand -------------------------------------------------------------


def test_nothing_but_sqlite_ever_opens_the_live_database(tmp_path: Path) -> None:
    """POSIX locks fall when any handle of the file is closed: a mere read would lose all later typing."""
    code = """
import sys
from pathlib import Path
live, seen = sys.argv[1] + "/drafts.sqlite", []
def watch(event, args):
    if event in ("open", "shutil.copyfile") and str(args[0]).startswith(live):
        seen.append((event, args))
sys.addaudithook(watch)
from core.draft.store import open_store
from core.draft.rescue import rescue, copies_of
from core.draft.folder import DataFolder
from tests.core.draft.making import TurnedClock, content, step
folder, clock = DataFolder(Path(sys.argv[1])), TurnedClock()
for _ in range(2):
    store = open_store(folder.path, clock=clock)
    made = seen[:]; del seen[:]
    if _ == 0: store.drafts.create(content("a")).result()
    store.autosave.note(content("a", "x"), step(1)); store.drafts.freeze(content("a").id).result()
    store.back_up(); store.keep_house(); list(copies_of(folder, content("a").id))
    assert store.close() == ()
    rescue(folder, None, clock)
    # The first start made an empty file, before SQLite knew of it.
    print(len(made), seen)
"""
    command = [sys.executable, "-c", code, str(tmp_path / "data")]
    done = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["1 []", "0 []"]


OPENING = {"open", "read_bytes", "read_text", "write_bytes", "write_text", "copyfile", "copy2", "move"}


def test_only_two_modules_of_the_store_open_any_file_by_hand() -> None:
    found = set()
    for path in sorted((PROJECT / "core" / "draft").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                if name in OPENING or ast.unparse(called).startswith("shutil.copy"):
                    found.add((path.name, ast.unparse(called)))
    assert found == {
        ("files.py", "os.open"),
        ("folder.py", "os.open"),  # the lock file
        ("folder.py", "mounts.read_text"),  # the system's list of mounts
    }


def test_nobody_else_knows_the_name_of_the_database() -> None:
    sources = [path for part in ("core", "ui") for path in (PROJECT / part).rglob("*.py")]
    knowing = [path for path in sources if "drafts.sqlite" in path.read_text("utf-8")]
    assert [path.relative_to(PROJECT).as_posix() for path in knowing] == ["core/draft/folder.py"]
    assert DataFolder(Path("x")).database == Path("x/drafts.sqlite")


def test_a_backup_is_made_by_hand_on_a_closed_folder(program: Program, clock: TurnedClock) -> None:
    program.start().drafts.create(content("a")).result()
    program.quit()
    assert back_up(program.folder, clock).damaged == ()
