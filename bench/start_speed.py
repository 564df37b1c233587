"""How long the program takes to start: a command of the command line, and the window against an empty one."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.measuring import Figure

PROJECT = Path(__file__).resolve().parent.parent


def measure() -> list[Figure]:
    """Measure whole processes, seven times each."""
    return [
        Figure("start", "python -c pass", _process(["-c", "pass"]), "ms"),
        Figure("start", "main.py forms --json", _process(["main.py", "forms", "--json"]), "ms"),
        Figure("start", "main.py check sample.json", _process(["main.py", "check", SAMPLE]), "ms"),
    ]


SAMPLE = "resources/forms/gz-decl/2025/sample.json"


def _process(arguments: list[str]) -> float:
    found = []
    for _ in range(7):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], cwd=PROJECT, capture_output=True, check=False)
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)
