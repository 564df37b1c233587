"""An offered fix mends what it was offered for, and raises nothing new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from core.check.checker import Checker
from core.check.context import Context
from core.check.finding import Finding, Severity
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.forms import FormLibrary
from tests.core.check.making import read_example
from tests.core.check.test_catalogue import CATALOGUE

FAMILIES = ("AM", "PL", "WT", "SE", "IV", "IX", "TX", "DT")


def _examples() -> Iterator[Any]:
    for record in CATALOGUE.records.values():
        if record.id.startswith(FAMILIES):
            for number, example in enumerate(record.examples["fails"], start=1):
                if "fix" in example:
                    yield pytest.param(record.id, example, id=f"{record.id}-{number}")


def _grave(findings: list[Finding], document: Document) -> set[tuple[str, str]]:
    return {
        (one.check, document.counted(one.places[0]))
        for one in findings
        if one.severity is not Severity.HINT and not one.missing
    }


@pytest.mark.parametrize(("check", "example"), list(_examples()))
def test_a_fix_removes_its_finding_and_raises_no_other(
    check: str,
    example: dict[str, Any],
    checker: Checker,
    context: Context,
    practice: Form,
    forms: FormLibrary,
) -> None:
    case = read_example(example, practice, forms, context)
    before = checker.judge(case.document, case.context)
    fixed = next(one for one in before if one.check == check and one.fix is not None)
    assert fixed.fix is not None
    known = _grave(before, case.document)
    for edit in fixed.fix.edits:
        edit.apply(case.document)
    after = checker.judge(case.document, case.context)
    assert fixed.message not in [one.message for one in after]
    assert _grave(after, case.document) <= known
