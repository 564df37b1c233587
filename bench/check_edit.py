"""How long judging takes, in every form with sixty indicators and every check on.

Microseconds by the CPU clock of this thread: on an idle machine that is the time a clerk waits. All is done
several times, with words and values nobody has read yet, and of each edit the quietest counts.
``python -m bench.check_edit [FORM/EDITION…]`` prints a table, ``--detail`` also what each place costs.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bench.measuring import Figure, cpu_mark, percentile
from bench.typing_away import filled, typed_away
from core.check.checker import Checker, read_checker
from core.check.context import Context, read_context
from core.sheet.document import Document
from core.sheet.edits import Edit
from core.sheet.forms import FormLibrary

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
TODAY = date(2024, 9, 20)
EDITS = 4_000
REPEATS = 4
WHOLE_REPEATS = 15
MEDIAN_GOAL, P99_GOAL, WHOLE_GOAL = 50.0, 200.0, 2000.0


class Judging(NamedTuple):
    """What judging costs in one form, in microseconds.

    ``whole``: a fresh engine and all its sentences, on texts met before (the form bound, words and values
    remembered). ``unseen``: the same of a document whose texts were never met. ``first``: that, and the form
    has to be bound too.
    """

    form: str
    median: float
    p99: float
    worst: float
    whole: float
    unseen: float
    first: float
    findings: int
    places: dict[str, list[float]]


class Desk:
    """What judging needs, read once."""

    def __init__(self) -> None:
        self.forms = FormLibrary(RESOURCES / "forms")
        self.checker: Checker = read_checker(RESOURCES)
        self.context: Context = read_context(RESOURCES, TODAY)

    def measure(self, name: str, edition: str) -> Judging:
        """Measure one form."""
        filled(self.forms, name, edition)  # reads the form
        first = self._judged(filled(self.forms, name, edition, other=19), read_checker(RESOURCES))
        document = filled(self.forms, name, edition)
        findings = len(self.checker.judge(document, self.context))
        whole = min(self._judged(document) for _ in range(WHOLE_REPEATS))
        unseen = min(
            self._judged(filled(self.forms, name, edition, other=number + 1)) for number in range(REPEATS)
        )
        times = self._quietest(name, edition)
        every = [one for _, one in times]
        return Judging(
            f"{name}/{edition}",
            statistics.median(every),
            percentile(every, 0.99),
            max(every),
            whole,
            unseen,
            first,
            findings,
            _by_place(times),
        )

    def _judged(self, document: Document, checker: Checker | None = None) -> float:
        return _cpu(lambda: (checker or self.checker).judge(document, self.context))

    def _quietest(self, name: str, edition: str) -> list[tuple[str, float]]:
        """Give what each edit costs, by place: the same edits several times, the quietest counts."""
        runs = [self._edits(name, edition) for _ in range(REPEATS)]
        return [(same[0][0], min(cost for _, cost in same)) for same in zip(*runs, strict=True)]

    def _edits(self, name: str, edition: str) -> list[tuple[str, float]]:
        document = filled(self.forms, name, edition)
        # Words and values remembered by a context are those of this clerk only.
        engine = self.checker.open(document, read_context(RESOURCES, TODAY))
        times: list[tuple[str, float]] = []
        for edit in typed_away(document, EDITS, seed=7):
            edit.apply(document)
            begun = time.thread_time_ns()
            engine.edited((edit,))
            times.append((_sort_of(edit), (time.thread_time_ns() - begun) / 1000))
        return times


def _by_place(times: list[tuple[str, float]]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for place, cost in times:
        found.setdefault(place, []).append(cost)
    return found


def _cpu(work: Callable[[], object]) -> float:
    """Give the microseconds of one run."""
    begun = time.thread_time_ns()
    work()
    return (time.thread_time_ns() - begun) / 1000


def _sort_of(edit: Edit) -> str:
    place = getattr(edit, "place", None)
    return f"{place.table or 'field'}.{place.column}" if place is not None else type(edit).__name__


def measure() -> list[Figure]:
    """Give the figures for ``./dev bench``: of every form, and the worst of all."""
    desk = Desk()
    found = [desk.measure(*name) for name in sorted(desk.forms.names())]
    figures = []
    for one in found:
        figures += [
            Figure("check", f"{one.form}: an edit, 60 indicators, median", one.median, "µs", MEDIAN_GOAL),
            Figure("check", f"{one.form}: the same, 99th percentile", one.p99, "µs", P99_GOAL),
            Figure("check", f"{one.form}: the whole form, texts met before", one.whole, "µs", WHOLE_GOAL),
            Figure("check", f"{one.form}: the whole form, texts never met", one.unseen, "µs"),
        ]
    return figures


def main(names: list[str]) -> None:
    """Print a table of the forms named, or of all."""
    desk = Desk()
    detail = "--detail" in names
    names = [name for name in names if name != "--detail"]
    print(f"cpu mark {cpu_mark():.1f} ms (8-9 is quiet); CPU microseconds, the quietest of {REPEATS} runs")
    print(f"{'form':18}{'median':>8}{'p99':>8}{'worst':>8}{'whole':>8}{'unseen':>8}{'first':>8}  findings")
    for name in names or ["/".join(one) for one in sorted(desk.forms.names())]:
        form, _, edition = name.partition("/")
        one = desk.measure(form, edition)
        figures = (one.median, one.p99, one.worst, one.whole, one.unseen, one.first)
        print(f"{one.form:18}" + "".join(f"{figure:8.0f}" for figure in figures) + f"  {one.findings}")
        if detail:
            for sort, times in sorted(one.places.items()):
                middle, high = statistics.median(times), percentile(times, 0.99)
                print(f"    {sort:34} {len(times):6} median {middle:7.1f} p99 {high:7.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
