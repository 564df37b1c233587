"""Every sentence of the catalogue is said by one of its examples, with all its figures filled in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.check.catalogue import Catalogue, Record, Wording
from core.check.checker import Checker
from core.check.context import Context
from core.check.finding import Finding
from core.check.rulebook import RULES
from core.check.ties import COMPUTED
from core.sheet.definition import Form
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from tests.core.check.making import read_example

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
CATALOGUE = Catalogue(RESOURCES / "checks", Messages(RESOURCES / "messages"), RULES)
RECORDS = list(CATALOGUE.records.values())


def pattern(wording: Wording) -> re.Pattern[str]:
    """What a filled sentence looks like: something in every hole."""
    say = wording.say
    holes = "".join(f".+?{re.escape(after)}" for _, after in say.parts)
    return re.compile(re.escape(say.start) + holes, re.DOTALL)


@pytest.fixture(scope="module")
def said(checker: Checker, context: Context, practice: Form, forms: FormLibrary) -> dict[str, list[Finding]]:
    """What the examples that fail make each check say."""
    found: dict[str, list[Finding]] = {}
    for record in RECORDS:
        for example in record.examples["fails"]:
            case = read_example(example, practice, forms, context)
            documents = {"0.json": case.document, **case.others}
            judged = checker.judge_all(documents, case.context, case.compared)["0.json"]
            found.setdefault(record.id, []).extend(one for one in judged if one.check == record.id)
    return found


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: one.id)
def test_every_sentence_of_a_check_is_said_by_an_example(
    record: Record, said: dict[str, list[Finding]]
) -> None:
    messages = [one.message for one in said[record.id]]
    # Where a form computes, the typed figure is spoken about; the main sentence is for forms that tie it.
    main = {} if COMPUTED in record.cases else {"": record.main}
    cases = {**main, **record.cases}
    silent = [name for name, one in cases.items() if not any(map(pattern(one).fullmatch, messages))]
    assert silent == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: one.id)
def test_no_hole_is_left_open_in_what_is_said(record: Record, said: dict[str, list[Finding]]) -> None:
    texts = [one.message for one in said[record.id]]
    texts += [one.fix.say for one in said[record.id] if one.fix is not None]
    assert [one for one in texts if re.search(r"[{}]|“”|None|Decimal", one)] == []
