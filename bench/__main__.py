"""Runs the measurements: ``./dev bench`` all of them, ``./dev bench NAME…`` some, ``--json`` for scripts.

``./dev bench accuracy`` alone prints how often each check is right.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from typing import Protocol

from bench.measuring import Figure, cpu_mark

NAMES = {
    "check": "bench.check_edit",
    "paper": "bench.paper_speed",
    "drafts": "bench.drafts_speed",
    "ui": "bench.ui_speed",
    "start": "bench.start_speed",
    "library": "bench.library_speed",
    "accuracy": "bench.accuracy.run",
}


class Bench(Protocol):
    """What each module of measurements offers."""

    def measure(self) -> list[Figure]:
        """Measure and give the figures."""
        ...


def main(argv: list[str]) -> int:
    """Run the named measurements and print a table or JSON; ``accuracy`` alone has options of its own."""
    if argv[:1] == ["accuracy"]:
        from bench.accuracy.run import main as accuracy

        return accuracy(argv[1:])
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(NAMES)}")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    if unknown := set(given.names) - set(NAMES):
        parser.error(f"no measurement called {', '.join(sorted(unknown))}")
    figures = [Figure("machine", "cpu mark (8-9 is quiet)", cpu_mark(), "ms")]
    for name, module in NAMES.items():
        if not given.names or name in given.names:
            bench: Bench = importlib.import_module(module)
            figures += bench.measure()
    if given.json:
        print(json.dumps([figure._asdict() for figure in figures], ensure_ascii=False, indent=1, default=str))
        return 0
    for figure in figures:
        goal = "" if figure.goal is None else f"   goal ≤ {figure.goal:g} {figure.unit}{figure.verdict}"
        print(f"{figure.group:8} {figure.name:58} {figure.value:10.3f} {figure.unit:3}{goal}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
