"""Kill -9 at any moment of typing: no damage, nothing lost that was called saved, at most half a second."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.draft.content import past_of
from core.draft.store import open_store
from core.sheet.document_file import read_document
from core.sheet.edits import SetText
from tests.core.draft import typist

PEOPLE = 3
KILLS_EACH = 17
HALF_A_SECOND = 0.5


@dataclass(frozen=True)
class Trial:
    """What one kill left: seconds from the oldest lost key to the kill, and how late the machine was."""

    age: float
    late: float
    called_saved: int
    kept: int
    typed: int


def kill_while_typing(folder: Path, chance: random.Random) -> Trial:
    """Let a child type in a folder, kill it at a random moment, and look at what is there."""
    command = [sys.executable, "-m", "tests.core.draft.typist", str(folder), str(chance.random())]
    project = Path(__file__).parents[3]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(chance.uniform(0.05, 0.9))
        killed = time.monotonic()
        os.kill(child.pid, signal.SIGKILL)
        lines = [line.split() for line in (first, *child.stdout)]
    keys = {int(line[1]): (float(line[2]), float(line[3])) for line in lines if line[0] == b"key"}
    called_saved = max((int(line[1]) for line in lines if line[0] == b"saved"), default=0)
    kept = number_kept(folder)
    lost = {number: pressed for number, (pressed, _) in keys.items() if number > kept and pressed <= killed}
    late = max(late for pressed, late in keys.values() if pressed > killed - 1.0)
    age = killed - min(lost.values(), default=killed)
    return Trial(age, late, called_saved, kept, max(keys))


def number_kept(folder: Path) -> int:
    """Open the folder again and give the number of the last key there; the whole file must be sound."""
    store = open_store(folder)
    try:
        store.examined.result()
        (draft,) = store.drafts.list()
        opened = store.drafts.read(draft.id)
        text = read_document(opened.document, typist.FORMS).text(typist.GOAL)
        past = past_of(opened.steps)
        assert not opened.steps_lost
        if past:
            (edit,) = past[-1].step.edits
            assert isinstance(edit, SetText)
            assert edit.new == text, "the journal and the document disagree"
        return int(text or 0)
    finally:
        assert store.close() == ()


def kill_again_and_again(folder: Path, seed: int) -> list[Trial]:
    """Kill one person's program many times, each going on where the one before was killed."""
    chance = random.Random(seed)
    return [kill_while_typing(folder, chance) for _ in range(KILLS_EACH)]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_a_kill_at_any_moment_loses_at_most_half_a_second_and_nothing_called_saved(
    tmp_path: Path,
) -> None:
    with ThreadPoolExecutor(PEOPLE) as people:
        folders = [tmp_path / str(number) for number in range(PEOPLE)]
        trials = [one for some in people.map(kill_again_and_again, folders, range(PEOPLE)) for one in some]
    ages = sorted(trial.age for trial in trials)
    middle, nearly_all = ages[len(ages) // 2], ages[len(ages) * 19 // 20]
    print(f"oldest lost key of {len(ages)} kills: p50 {middle:.3f} p95 {nearly_all:.3f} max {ages[-1]:.3f} s")
    print(f"the machine was late by at most {max(trial.late for trial in trials):.3f} s")
    assert len(trials) == PEOPLE * KILLS_EACH
    assert any(age > 0.1 for age in ages), "the kills never met a moment with unsaved keys"
    for trial in trials:
        assert trial.called_saved <= trial.kept <= trial.typed
        # A key the machine delivered late, it also saves late; a person would have waited as long to see it.
        assert trial.age <= HALF_A_SECOND + trial.late, trial
