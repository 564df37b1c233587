"""Every state, outcome and reason has its sentence, and every sentence is used."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from core.handover.deliver import Delivery
from core.handover.outcome import Outcome
from core.handover.state import State
from core.sheet.messages import Messages
from tests.core.handover.samples import RESOURCES

SENTENCES = tomllib.loads((RESOURCES / "messages/handover.toml").read_text(encoding="utf-8"))


def raised_reasons() -> set[str]:
    """Give the reasons named in the source of core/handover."""
    found = set()
    for file in (RESOURCES.parent / "core/handover").glob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            if call.func.id == "PackageError":
                found.add(call.args[1].value)
            elif call.func.id == "RefusedError":
                found.add(call.args[0].value.removeprefix("handover."))
    return found


def test_every_reason_has_a_sentence_and_every_sentence_a_use():
    states = {f"state-{state.value}" for state in State}
    outcomes = {f"outcome-{outcome.value}" for outcome in Outcome}
    assert raised_reasons() | states | outcomes | {"leftover"} == set(SENTENCES)


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_says_what_happened_and_the_way_out(outcome: Outcome, messages: Messages):
    text = Delivery(outcome, Path("F:/报送"), Path("F:/报送/甲.zip"), Path("F:/报送/甲.zip.part")).sentence(
        messages
    )
    assert text.startswith("没有上报：") is (outcome not in (Outcome.DONE, Outcome.ALREADY_THERE))
    assert "甲.zip.part" in text
    assert "{" not in text


@pytest.mark.parametrize("key", SENTENCES)
def test_sentences_are_plain(key: str):
    text = SENTENCES[key]
    assert not re.search(r"[!！]|error|Error", text)
    assert key.startswith("state-") or text.endswith("。")
