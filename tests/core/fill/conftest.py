"""What the tests of filling share."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.authoring.words import DraftWords
from core.fill.draft import MapDrafter
from core.fill.filler import Tools
from core.fill.labels import HeaderWords
from core.sheet.levels import read_levels
from core.sheet.messages import Messages
from core.sheet.places import FACTS
from core.sheet.values import ValueGrammar


@pytest.fixture(scope="session")
def tools(resources: Path) -> Tools:
    return Tools(ValueGrammar(resources / "values.toml"), read_levels(resources / "levels.toml"))


@pytest.fixture(scope="session")
def drafter(resources: Path, messages: Messages, tools: Tools) -> MapDrafter:
    facts = {name: messages.say(f"sheet.fact-{name.replace('.', '-')}") for name in FACTS}
    return MapDrafter(HeaderWords(DraftWords(resources / "drafting.toml")), tools.levels, facts)
