"""What is wrong with a document, as plain values a window, a command or a package can show.

A finding is finished: its message is the sentence a clerk reads. Nothing here judges anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from core.sheet.document import Document
from core.sheet.edits import Edit, SetText
from core.sheet.places import Place


class Severity(StrEnum):
    """How grave a finding is: 必须修改 · 需要说明 · 建议."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


class Hit(NamedTuple):
    """What a rule answers: where it is wrong, and the figures for the sentence.

    ``case`` names another wording of the rule's record. ``edits`` mend it (offered, never applied by itself).
    ``missing``: required but empty. ``waiting``: about something that is perhaps only not there yet.
    ``unfinished``: typing on at this place may still make it right. ``elsewhere``: places in other documents.
    """

    places: tuple[Place, ...]
    params: Mapping[str, object] = {}
    case: str = ""
    edits: tuple[Edit, ...] = ()
    missing: bool = False
    waiting: bool = False
    unfinished: bool = False
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fix:
    """A way out that is shown and, when the clerk wants it, applied as one step."""

    say: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding (检查问题): the check, its places (at least one), what it says and why.

    ``missing``: a required place is empty (ruling 17). ``waiting``: judged while something required that it
    reads is still empty; the window holds it back until 全部检查. ``unfinished``: typing on at its one place
    may make it right; the window holds it back while that cell is being typed in. ``elsewhere``: places in
    other documents it was compared with, written ``FILE#place``.
    """

    check: str
    severity: Severity
    places: tuple[Place, ...]
    message: str
    source: str = ""
    fix: Fix | None = None
    missing: bool = False
    waiting: bool = False
    unfinished: bool = False
    params: Mapping[str, object] = field(default_factory=dict, hash=False)
    elsewhere: tuple[str, ...] = ()


def finding_json(finding: Finding, document: Document) -> dict[str, Any]:
    """Give a finding as ``check --json`` and packages write it; rows count from 1 (ruling 9)."""
    body: dict[str, Any] = {
        "check": finding.check,
        "severity": finding.severity.value,
        "places": [*(document.counted(place) for place in finding.places), *finding.elsewhere],
        "message": finding.message,
        "fix": None,
        "source": finding.source,
    }
    if finding.fix is not None:
        edits = [_edit_json(edit, document) for edit in finding.fix.edits if isinstance(edit, SetText)]
        body["fix"] = {"say": finding.fix.say, "edits": edits}
    if finding.missing:
        body["missing"] = True
    return body


def findings_json(findings: Iterable[Finding], document: Document) -> list[dict[str, Any]]:
    """Give all findings of one document as ``check --json`` writes them."""
    return [finding_json(finding, document) for finding in findings]


def _edit_json(edit: SetText, document: Document) -> dict[str, str]:
    return {"place": document.counted(edit.place), "old": edit.old, "new": edit.new}
