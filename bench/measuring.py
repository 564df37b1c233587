"""How figures are taken: warm first, then many times, medians and 99th percentiles."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """One measured figure, with the goal it is held against where there is one."""

    group: str
    name: str
    value: float
    unit: str
    goal: float | None = None

    @property
    def verdict(self) -> str:
        """A mark for the table: reached or missed."""
        return "" if self.goal is None else ("   reached" if self.value <= self.goal else "   MISSED")


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which a share (0 to 1) of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(work: Callable[[], object], times: int, warm: int = 3) -> list[float]:
    """Give the milliseconds of each of ``times`` runs, after some that do not count."""
    for _ in range(warm):
        work()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return found


def cpu_mark() -> float:
    """Give the milliseconds of a fixed loop, best of five: tells a busy machine from a quiet one."""

    def loop() -> None:
        total = 0
        for number in range(200_000):
            total += number * number % 7

    return min(timed(loop, 5, 1))
