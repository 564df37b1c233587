"""The figures: what all trials and all clean documents come to, in total and rule by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.accuracy.trial import CleanAnswer, Trial
from core.check.finding import Severity


def share(part: int, whole: int) -> float:
    """Give a share from 0 to 1; 1 where there is nothing to have a share of."""
    return round(part / whole, 4) if whole else 1.0


@dataclass
class RuleScore:
    """What is known of one check."""

    planted: int = 0
    found: int = 0
    right_cell: int = 0
    stray: int = 0
    on_clean: int = 0
    errors_on_clean: int = 0
    warnings_on_clean: int = 0
    fixes: int = 0
    clean_fixes: int = 0
    also: Counter[str] = field(default_factory=Counter)

    def body(self) -> dict[str, Any]:
        """Give it as ``--json`` prints it.

        ``precision``: of all its findings (planted and clean documents, side effects of other plants aside)
        the share that names a planted place. ``also``: trials of its plants in which another check raised an
        error or warning of its own.
        """
        return {
            "planted": self.planted,
            "found": self.found,
            "recall": share(self.found, self.planted),
            "precision": share(self.right_cell, self.right_cell + self.stray + self.on_clean),
            "right_cell": share(self.right_cell, self.found),
            "fixes": self.fixes,
            "clean_fixes": self.clean_fixes,
            "errors_on_clean": self.errors_on_clean,
            "warnings_on_clean": self.warnings_on_clean,
            "also": dict(sorted(self.also.items())),
        }


@dataclass
class Score:
    """All figures of one measurement."""

    rules: dict[str, RuleScore] = field(default_factory=dict)
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: int = 0
    tried: int = 0
    fixed: int = 0
    errors: int = 0
    warnings: int = 0
    documents: int = 0

    def rule(self, check: str) -> RuleScore:
        """Give the figures of a check."""
        return self.rules.setdefault(check, RuleScore())

    def take_clean(self, answers: Sequence[CleanAnswer]) -> None:
        """Count what is said of the clean documents."""
        self.documents += len(answers)
        for answer in answers:
            for finding in answer.findings:
                score = self.rule(finding.check)
                score.on_clean += 1
                if finding.severity is Severity.ERROR:
                    self.errors += 1
                    score.errors_on_clean += 1
                elif finding.severity is Severity.WARNING:
                    self.warnings += 1
                    score.warnings_on_clean += 1

    def take(self, trial: Trial) -> None:
        """Count a trial."""
        score = self.rule(trial.plant.check)
        score.planted += 1
        self.planted[trial.plant.severity] += 1
        score.also.update(trial.also)
        score.stray += trial.stray
        if trial.found:
            score.found += 1
            self.found[trial.plant.severity] += 1
            score.right_cell += trial.right_cell
            self.right += trial.right_cell
        self.take_fixes((check, good) for check, good, _ in trial.fixes)

    def take_fixes(self, fixes: Iterable[tuple[str, bool]]) -> None:
        """Count fixes that were tried."""
        for check, good in fixes:
            score = self.rule(check)
            score.fixes += 1
            score.clean_fixes += good
            self.tried += 1
            self.fixed += good

    def total(self) -> dict[str, float]:
        """Give the figures of all rules together, shares from 0 to 1.

        ``recall_errors`` and ``recall_warnings``: planted mistakes that were found, of those the catalogue
        calls errors and warnings. ``false_errors``: the number of errors said of all clean documents
        together (a count, not a share). ``warnings_per_clean``: warnings per clean document, the mean.
        ``right_cell``: of the mistakes found (hints too) those whose finding names a planted place.
        ``clean_fixes``: of all offered fixes, on planted and on clean documents, those that remove their
        finding and raise no error or warning.
        """
        return {
            "recall_errors": share(self.found["error"], self.planted["error"]),
            "recall_warnings": share(self.found["warning"], self.planted["warning"]),
            "false_errors": self.errors,
            "warnings_per_clean": round(self.warnings / max(1, self.documents), 4),
            "right_cell": share(self.right, sum(self.found.values())),
            "clean_fixes": share(self.fixed, self.tried),
        }

    def body(self) -> dict[str, Any]:
        """Give everything as ``--json`` prints it."""
        return {
            "total": self.total(),
            "rules": {check: one.body() for check, one in sorted(self.rules.items())},
        }
