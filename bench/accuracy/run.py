"""Measures how often the checks are right: ``./dev bench accuracy``.

Every clean document is judged; then each plant is put, ``--rounds`` times, into documents drawn at random
until it fits. The same seed plants the same mistakes.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bench.accuracy import published
from bench.accuracy.documents import RESOURCES, Clean, clean
from bench.accuracy.judge import Judge
from bench.accuracy.planting import Plant
from bench.accuracy.plants import all_plants
from bench.accuracy.relatives import relatives
from bench.accuracy.respelling import respelled
from bench.accuracy.score import Score
from bench.accuracy.several import Found, several
from bench.accuracy.trial import CleanAnswer, Trial, try_plant
from bench.accuracy.typing_in import Passing, passing_alarms
from bench.measuring import Figure
from core.check.finding import Severity
from core.sheet.forms import FormLibrary

ROUNDS = 4
SEED = 4


class Measured(NamedTuple):
    """What was said of clean documents and planted mistakes, and of fixes offered on the clean ones."""

    cleans: Sequence[CleanAnswer]
    trials: Sequence[Trial]
    fixes: Sequence[tuple[str, bool, str]]
    several: Sequence[Found]
    """Mistakes planted several in one document; they count in no total."""
    passing: Sequence[Passing]
    """What is called wrong of clean documents while they are filled in; it counts in no total."""

    def score(self) -> Score:
        """Give the figures."""
        score = Score()
        score.take_clean(self.cleans)
        for trial in self.trials:
            score.take(trial)
        score.take_fixes((check, good) for check, good, _ in self.fixes)
        return score


def answers(judge: Judge, documents: Iterable[Clean]) -> list[CleanAnswer]:
    """Judge the clean documents."""
    return [CleanAnswer(one, judge.findings(one)) for one in documents]


def measured(judge: Judge, plants: Sequence[Plant], *, seed: int, rounds: int) -> Measured:
    """Judge the clean documents and their respelled twins, plant mistakes in the first, try every fix.

    The twins are compared with the papers they go back to, which are spelled as they were.
    """
    forms = FormLibrary(RESOURCES / "forms")
    cleans = answers(judge, clean(forms))
    papers = (one.clean._replace(others=relatives(one.clean.document, forms)) for one in cleans)
    every = [*cleans, *answers(judge, respelled(papers, seed))]
    tried = list(trials(judge, plants, cleans, seed=seed, rounds=rounds))
    beside = list(several(judge, plants, cleans, seed=seed))
    passing = list(passing_alarms(judge, (one.clean for one in cleans)))
    return Measured(every, tried, list(clean_fixes(judge, every)), beside, passing)


def trials(
    judge: Judge, plants: Sequence[Plant], cleans: Sequence[CleanAnswer], *, seed: int, rounds: int
) -> Iterator[Trial]:
    """Put each plant into ``rounds`` documents drawn at random, as far as it fits so many."""
    for plant in plants:
        chance = random.Random(f"{seed} {plant.check} {plant.name}")
        left = rounds
        for answer in chance.sample(cleans, len(cleans)):
            trial = try_plant(plant, answer, judge, chance)
            if trial is not None:
                yield trial
                left -= 1
                if not left:
                    break
        if left == rounds:
            print(f"{plant.check} {plant.name}: fits no clean document", file=sys.stderr)


def clean_fixes(judge: Judge, cleans: Sequence[CleanAnswer]) -> Iterator[tuple[str, bool, str]]:
    """Try what is offered on clean documents."""
    for one, findings in cleans:
        for finding in findings:
            if finding.fix is not None:
                wrong = judge.wrong_with_fix(one, finding, findings)
                yield finding.check, not wrong, f"{one.name}: {finding.message} → {wrong}"


def main(argv: list[str]) -> int:
    """Measure and print a table or JSON; ``--rule`` leaves only plants of one check, and tells each trial."""
    parser = argparse.ArgumentParser(prog="./dev bench accuracy")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rule", default="", metavar="ID", help="one check (IV-06) or family (IV)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--missed", action="store_true", help="tell each trial that went wrong")
    parser.add_argument("--published", action="store_true", help="tell of published forms instead")
    given = parser.parse_args(argv)
    judge = Judge()
    if given.published:
        published.tell(judge, FormLibrary(RESOURCES / "forms"))
        return 0
    plants = [plant for plant in all_plants() if plant.check.startswith(given.rule)]
    found = measured(judge, plants, seed=given.seed, rounds=given.rounds)
    score = found.score()
    if given.json:
        print(json.dumps(score.body(), ensure_ascii=False, indent=1))
        return 0
    if given.missed or given.rule:
        for trial in found.trials:
            tell(trial, everything=not given.missed)
        tell_clean(found.cleans, found.fixes, given.rule)
    print_table(score)
    if not given.rule:
        tell_several(found.several, missed=given.missed)
        tell_passing(found.passing, len(found.cleans) // 2, missed=given.missed)
    return 0


def tell(trial: Trial, *, everything: bool) -> None:
    """Print what was planted and what was said of it."""
    fouled = [f"{check} {message}" for check, good, message in trial.fixes if not good]
    if not everything and trial.found and trial.right_cell and not fouled:
        return
    mark = "found" if trial.found and trial.right_cell else "wrong cell" if trial.found else "MISSED"
    where = "、".join(sorted(trial.where)[:6])
    print(f"{mark:10} {trial.plant.check} {trial.plant.name} | {trial.document} | {where}")
    for message in trial.messages:
        print(f"             {message}")
    for message in fouled:
        print(f"             FIX NOT CLEAN {message}")


def tell_clean(cleans: Sequence[CleanAnswer], offered: Sequence[tuple[str, bool, str]], rule: str) -> None:
    """Print what is said of clean documents, hints aside."""
    for one, findings in cleans:
        for finding in findings:
            if finding.severity is not Severity.HINT and finding.check.startswith(rule):
                where = one.document.counted(finding.places[0])
                print(f"on clean   {finding.check} {finding.severity} {one.name} {where} | {finding.message}")
    for check, good, message in offered:
        if not good and check.startswith(rule):
            print(f"on clean   FIX NOT CLEAN {check} {message}")


def tell_several(found: Sequence[Found], *, missed: bool) -> None:
    """Print how many mistakes are found where several stand in one document."""
    count = sum(one.found for one in found)
    print(f"  several mistakes in one document: {count} of {len(found)} found ({count / len(found):.1%})")
    for one in found:
        if missed and not one.found:
            beside = " ".join(one.beside)
            print(f"    MISSED {one.plant.check} {one.plant.name} | {one.document} | beside {beside}")


def tell_passing(passing: Sequence[Passing], documents: int, *, missed: bool) -> None:
    """Print how often something is called wrong while a clean document is filled in, and taken back."""
    share = len(passing) / documents
    print(f"  called wrong while being filled in, and taken back: {len(passing)} ({share:.2f} per document)")
    for document, place, finding in passing if missed else ():
        print(f"    {finding.check} {document} {place} | {finding.message}")


def print_table(score: Score) -> None:
    """Print the figures of every rule, and the totals with their goals."""
    print(
        f"{'check':7} {'planted':>7} {'recall':>7} {'precision':>9} {'right cell':>10} "
        f"{'fixes':>7} {'clean':>6} {'false on clean':>14}  also"
    )
    for check, rule in sorted(score.rules.items()):
        body = rule.body()
        false = f"{rule.errors_on_clean} / {rule.warnings_on_clean}"
        also = " ".join(f"{name}×{count}" for name, count in rule.also.most_common(4))
        print(
            f"{check:7} {rule.planted:7} {body['recall']:7.1%} {body['precision']:9.1%} "
            f"{body['right_cell']:10.1%} {rule.fixes:7} {rule.clean_fixes:6} {false:>14}  {also}"
        )
    print(f"\n{score.documents} clean documents, {sum(score.planted.values())} planted mistakes")
    goals = {
        "recall_errors": "≥ 0.99",
        "recall_warnings": "≥ 0.95",
        "false_errors": "0",
        "warnings_per_clean": "≤ 0.5",
        "right_cell": "≥ 0.99",
        "clean_fixes": "1",
    }
    for name, figure in score.total().items():
        print(f"  {name:20} {figure:8.4f}   goal {goals[name]}")


def measure() -> list[Figure]:
    """Give the figures for ``./dev bench``: what went wrong, as shares and counts that should be small."""
    total = measured(Judge(), all_plants(), seed=SEED, rounds=1).score().total()
    return [
        Figure("accuracy", "planted errors not found", 1 - total["recall_errors"], "", 0.01),
        Figure("accuracy", "planted warnings not found", 1 - total["recall_warnings"], "", 0.05),
        Figure("accuracy", "errors said of clean documents", total["false_errors"], "", 0),
        Figure("accuracy", "warnings per clean document", total["warnings_per_clean"], "", 0.5),
        Figure("accuracy", "found in another cell", 1 - total["right_cell"], "", 0.01),
        Figure("accuracy", "fixes that do not mend", 1 - total["clean_fixes"], "", 0),
    ]
