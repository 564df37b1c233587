"""How long a key takes in the search of the library: ours, 300 indicators, and a bureau's 5,000."""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

from bench.measuring import Figure, percentile, timed
from core.library.entry import Entry
from core.library.library import Library
from core.library.reader import read_library

PROJECT = Path(__file__).resolve().parent.parent
FOLDER = PROJECT / "resources" / "library"
TYPED = (
    *("法律顾问覆盖率", "调解成功率", "满意度", "率", "覆盖率 法律", "率覆盖", "没有这样的"),
    *("falvguwenfugailv", "shehuizhian", "manyidu", "s", "l", "zh", "xyzq"),
    *("flgwfgl", "tjcgl", "调解cgl", "sqjz建档", "cunshequ", "gdp"),
)
"""What people type, key by key: words, pinyin, initials, mixtures, and what is not there."""


def measure() -> list[Figure]:
    """Measure searching at three sizes, and a cold start in a process of its own."""
    ours = read_library(FOLDER).entries
    figures = [*_cold(), _held(Library(ours[:1]), "pypinyin and what it holds")]
    for count in (300, len(ours), 5_000):
        figures += _searching(_library(ours, count), f"{count} indicators")
    names = [entry.name for entry in ours]
    library = Library(ours)
    library.find(names[0])
    found = timed(lambda: [library.find(name) for name in names], 30)
    figures.append(
        Figure("library", "a name found (checks)", percentile(found, 0.5) / len(names) * 1000, "µs")
    )
    return figures


def _library(ours: tuple[Entry, ...], count: int) -> Library:
    """Give a library of a size; more than ours are made of halves of our names."""
    chance = random.Random(5)
    made = [
        Entry(
            f"x-{number}",
            first.area,
            first.level1,
            first.level2,
            first.name[: len(first.name) // 2] + second.name[len(second.name) // 2 :],
            also=second.also[:1],
        )
        for number in range(max(0, count - len(ours)))
        for first, second in [(chance.choice(ours), chance.choice(ours))]
    ]
    return Library([*ours[:count], *made])


def _searching(library: Library, named: str) -> list[Figure]:
    held = _held(library, f"the index, {named}")
    used = library.used(entry.name for entry in library.entries[::17])
    keys = [text[: number + 1] for text in TYPED for number in range(len(text))]
    first = [_key(library, text, used) for text in keys]
    # The middle of five: what another program takes of the machine meanwhile is not ours.
    again = [statistics.median(_key(library, text, used) for _ in range(5)) for text in keys]
    return [
        Figure("library", f"a key, {named}: p50", percentile(again, 0.5), "ms", 5),
        Figure("library", f"a key, {named}: p99", percentile(again, 0.99), "ms", 5),
        Figure("library", f"a key, {named}: the slowest, first time", max(first), "ms", 5),
        held,
    ]


def _held(library: Library, named: str) -> Figure:
    """Measure what getting a library ready leaves in memory."""
    tracemalloc.start()
    library.get_ready()
    size = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return Figure("library", f"memory of {named}", size, "MB")


def _key(library: Library, text: str, used: frozenset[str]) -> float:
    start = time.perf_counter()
    library.search(text, "产出指标", "数量指标", used, 30)
    return (time.perf_counter() - start) * 1000


_COLD = """
import json, sys, time
from pathlib import Path
start = time.perf_counter()
from core.library.reader import read_library
library = read_library(Path(sys.argv[1]))
read = time.perf_counter()
library.get_ready()
ready = time.perf_counter()
library.search("falv")
size = Path("/proc/self/statm")
pages = int(size.read_text().split()[1]) if size.exists() else 0
print(json.dumps([(read - start) * 1000, (ready - read) * 1000, pages * 4096 / 1e6]))
"""


def _cold() -> list[Figure]:
    """Measure a fresh process, the middle one of five."""
    runs = []
    for _ in range(5):
        command = [sys.executable, "-c", _COLD, str(FOLDER)]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout))
    read, ready, size = sorted(runs)[2]
    return [
        Figure("library", "cold: reading our files (checks need this)", read, "ms"),
        Figure("library", "cold: pypinyin and the index (first search)", ready, "ms"),
        Figure("library", "cold: whole process with all of it", size, "MB"),
    ]
