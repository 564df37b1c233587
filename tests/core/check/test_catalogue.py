"""Every check of the catalogue does what its own examples say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.check.binding import REQUIRED_CHECKS
from core.check.catalogue import Catalogue, Record
from core.check.checker import Checker
from core.check.context import Context
from core.check.finding import Finding, findings_json
from core.check.rulebook import ACROSS, RULES
from core.sheet.definition import Form
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from tests.core.check.making import Case, read_example

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
CATALOGUE = Catalogue(RESOURCES / "checks", Messages(RESOURCES / "messages"), RULES)


def _examples() -> Iterator[Any]:
    for record in CATALOGUE.records.values():
        for kind, found in record.examples.items():
            for number, example in enumerate(found, start=1):
                yield pytest.param(record, kind, example, id=f"{record.id}-{kind}-{number}")


@pytest.mark.parametrize(("record", "kind", "example"), list(_examples()))
def test_a_check_does_what_its_examples_say(
    record: Record,
    kind: str,
    example: dict[str, Any],
    checker: Checker,
    context: Context,
    practice: Form,
    forms: FormLibrary,
) -> None:
    case = read_example(example, practice, forms, context)
    documents = {"0.json": case.document, **case.others}
    found = checker.judge_all(documents, case.context, case.compared)["0.json"]
    findings = [one for one in found if one.check == record.id]
    if kind == "fails":
        assert findings, "silent, and should have spoken"
        _as_expected(findings, example, case)
    else:
        assert [one.message for one in findings] == []


def _as_expected(findings: list[Finding], example: dict[str, Any], case: Case) -> None:
    written = findings_json(findings, case.document)
    if "says" in example:
        assert any(example["says"] in one.message for one in findings), [one.message for one in findings]
    if "fix" in example:
        fixes = [fix for one in written for fix in (one["fix"]["edits"] if one["fix"] else [])]
        assert example["fix"] in [edit["new"] for edit in fixes]
    if "places" in example:
        assert example["places"] == [place for one in written for place in one["places"]]
    if "severity" in example:
        assert {one["severity"] for one in written} == {example["severity"]}
    if "count" in example:
        assert len(findings) == example["count"]


@pytest.mark.parametrize("record", list(CATALOGUE.records.values()), ids=lambda record: record.id)
def test_a_record_has_examples_of_all_three_kinds_and_a_source(record: Record) -> None:
    assert [kind for kind, found in record.examples.items() if not found] == []
    assert record.source
    assert record.about


@pytest.mark.parametrize("record", list(CATALOGUE.records.values()), ids=lambda record: record.id)
def test_a_sentence_is_chinese_ends_properly_and_never_shouts(record: Record) -> None:
    for wording in (record.main, *record.cases.values()):
        text = wording.say.text
        assert text.endswith("。"), text
        assert not re.search(r"[!！]", text), text
        assert record.id not in text


def test_every_record_is_used_by_a_rule_a_required_place_or_a_tie(forms: FormLibrary, practice: Form) -> None:
    tied = {tie.id for form in (practice, *forms.all()) for tie in form.checks}
    used = (
        {rule.check for rule in (*RULES, *ACROSS)} | set(REQUIRED_CHECKS.values()) | {"TX-01", "AM-08"} | tied
    )
    assert [check for check in CATALOGUE.records if check not in used] == []


def test_every_form_that_ships_binds(forms: FormLibrary, checker: Checker, context: Context) -> None:
    for form in forms.all():
        assert checker.binding(form, context.settings).wholes is not None
