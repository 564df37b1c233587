"""Explanations (情况说明) and the findings they answer: keys, whether one still fits, rows that moved.

The key of an explanation is ``CHECK@place`` with the counted place of the finding's first place, as in the
file (rulings 8, 9); ``about`` is the message that was answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

from core.sheet.document import Document, Explanation
from core.sheet.edits import AddRow, MoveRow, RemoveRow, SetExplanation

if TYPE_CHECKING:
    from core.check.finding import Finding

_ROW_NUMBERS = re.compile("第[0-9、]+行")


def explanation_key(finding: Finding, document: Document) -> str:
    """Give the key under which a document keeps the explanation of a finding."""
    return f"{finding.check}@{document.counted(finding.places[0])}"


def explanation_of(finding: Finding, document: Document) -> Explanation | None:
    """Give the explanation written for a finding, whether or not it still fits."""
    return document.explanations.get(explanation_key(finding, document))


def is_explained(finding: Finding, document: Document) -> bool:
    """Whether a finding carries an explanation that answers what it says now (ruling 8).

    A row that got another number says the same as before.
    """
    explanation = explanation_of(finding, document)
    return (
        explanation is not None
        and explanation.text.strip() != ""
        and _unnumbered(explanation.about) == _unnumbered(finding.message)
    )


class Standing(NamedTuple):
    """One explanation of a document and how it stands: ``answers`` what the check says, was written for
    something else (``changed``), or its finding is no more (``gone``)."""

    key: str
    explanation: Explanation
    finding: Finding | None
    state: Literal["answers", "changed", "gone"]


def standings(document: Document, findings: Iterable[Finding]) -> list[Standing]:
    """Give all explanations of a document in the order of its findings, those without one last."""
    about: dict[str, Finding] = {}
    for finding in findings:
        key = explanation_key(finding, document)
        if key in document.explanations and (key not in about or is_explained(finding, document)):
            about[key] = finding
    found = []
    for key in (*about, *(key for key in document.explanations if key not in about)):
        one = about.get(key)
        state: Literal["answers", "changed", "gone"] = "gone"
        if one is not None:
            state = "answers" if is_explained(one, document) else "changed"
        found.append(Standing(key, document.explanations[key], one, state))
    return found


def explain(finding: Finding, document: Document, text: str) -> SetExplanation:
    """Give the edit that explains a finding, or takes its explanation away when the text is blank."""
    key = explanation_key(finding, document)
    new = Explanation(text, finding.message) if text.strip() else None
    return SetExplanation(key, document.explanations.get(key), new)


def follow_rows(document: Document, edit: AddRow | RemoveRow | MoveRow) -> tuple[SetExplanation, ...]:
    """Give the edits that keep explanations with their rows; ask before ``edit`` is applied.

    They belong into the same step. The explanations of a removed row go with it.
    """
    above, _, name = edit.table.rpartition(".")
    outer = f"{document.counted_row(above, edit.parent)}." if above else ""
    numbered = re.compile(re.escape(f"{outer}{name}[") + r"([0-9]+)(\].*)")
    gone: dict[str, Explanation] = {}
    moved: dict[str, Explanation] = {}
    for key, explanation in document.explanations.items():
        check, _, place = key.partition("@")
        found = numbered.fullmatch(place)
        if not found:
            continue
        index = _index_after(int(found[1]) - 1, edit)
        if index != int(found[1]) - 1:
            gone[key] = explanation
            if index is not None:
                moved[f"{check}@{outer}{name}[{index + 1}{found[2]}"] = explanation
    return tuple(
        SetExplanation(key, document.explanations.get(key), moved.get(key))
        for key in dict.fromkeys((*gone, *moved))
    )


def _index_after(index: int, edit: AddRow | RemoveRow | MoveRow) -> int | None:
    """Give where a row stands after an edit of its siblings, None when it is the removed one."""
    match edit:
        case AddRow():
            return index + 1 if index >= edit.index else index
        case RemoveRow():
            return None if index == edit.index else index - (index > edit.index)
        case MoveRow():
            if index == edit.old:
                return edit.new
            return index - (index > edit.old) + (index - (index > edit.old) >= edit.new)


def _unnumbered(message: str) -> str:
    return _ROW_NUMBERS.sub("", message)
