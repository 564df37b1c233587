"""Asks the checker about documents: what it says, what is new against before, whether fixes are clean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from bench.accuracy.documents import RESOURCES, Clean
from core.check.checker import read_checker
from core.check.context import Context, read_context
from core.check.engine import Engine
from core.check.finding import Finding, Severity

FILE = "document.json"
"""The name under which a judged document is handed in."""


def said(finding: Finding) -> tuple[object, ...]:
    """What a finding is known by: its check, where it stands (by row ids) and what it says."""
    return finding.check, finding.places, finding.elsewhere, finding.message


def is_grave(finding: Finding) -> bool:
    """Whether a finding is an error or a warning."""
    return finding.severity is not Severity.HINT


def _was_said(finding: Finding, before: Iterable[Finding]) -> bool:
    """Whether the same check spoke before, as gravely, of one of these places."""
    return any(
        one.check == finding.check
        and one.severity == finding.severity
        and not set(one.places).isdisjoint(finding.places)
        for one in before
    )


class Judge:
    """The checker that ships, asked on the day each document is usually filled in."""

    def __init__(self) -> None:
        self._checker = read_checker(RESOURCES)
        self._context = read_context(RESOURCES, date(2024, 9, 20))

    def findings(self, clean: Clean) -> list[Finding]:
        """Give what is said of a document, those it is compared with at hand."""
        return self._checker.judge_all({FILE: clean.document}, self._context_of(clean))[FILE]

    def engine(self, clean: Clean) -> Engine:
        """Give a document opened for editing."""
        return self._checker.open(clean.document, self._context_of(clean))

    def _context_of(self, clean: Clean) -> Context:
        return replace(self._context, today=clean.today, counterparts=clean.others, settings=clean.settings)

    def wrong_with_fix(self, clean: Clean, finding: Finding, before: Sequence[Finding]) -> str:
        """Give what an offered fix leaves or raises of errors and warnings, ``""`` when it is clean."""
        if finding.fix is None:
            return ""
        mended = clean.document.copy()
        for edit in finding.fix.edits:
            edit.apply(mended)
        after = self.findings(clean._replace(document=mended))
        left = [one for one in after if said(one) == said(finding)]
        raised = [one for one in after if is_grave(one) and not _was_said(one, before)]
        return "；".join(f"{one.check} {one.message}" for one in (*left, *raised))
