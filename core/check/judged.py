"""A document with what the automatic checks say of it: what printing, packing and counting ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.check.explaining import explanation_of, is_explained
from core.check.finding import Finding, Severity
from core.sheet.document import Document, Explanation


@dataclass(frozen=True)
class Judged:
    """A document nobody edits any more, and its findings."""

    document: Document
    findings: Sequence[Finding]

    @property
    def errors(self) -> list[Finding]:
        """All errors, those of empty required places included (ruling 17)."""
        return [one for one in self.findings if one.severity is Severity.ERROR]

    @property
    def unexplained(self) -> list[Finding]:
        """Errors without a 情况说明 that answers them: with these, pages carry the 草稿 mark (ruling 19)."""
        return [one for one in self.errors if not is_explained(one, self.document)]

    @property
    def explained(self) -> list[Finding]:
        """Errors with a 情况说明 that still answers what they say."""
        return [one for one in self.errors if is_explained(one, self.document)]

    @property
    def answered(self) -> list[tuple[Finding, Explanation]]:
        """Every error and warning with the 情况说明 that still answers what it says."""
        found = ((one, explanation_of(one, self.document)) for one in self.findings)
        return [
            (one, explanation)
            for one, explanation in found
            if explanation is not None
            and one.severity is not Severity.HINT
            and is_explained(one, self.document)
        ]

    @property
    def warnings(self) -> list[Finding]:
        """Warnings without a 情况说明."""
        found = [one for one in self.findings if one.severity is Severity.WARNING]
        return [one for one in found if not is_explained(one, self.document)]
