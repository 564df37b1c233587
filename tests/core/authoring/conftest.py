"""A kit author's tools as the command line builds them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from core.authoring.draft import Drafter
from core.authoring.inspector import Inspector
from core.authoring.words import DraftWords
from core.check.checker import Checker
from core.check.context import read_context
from core.paper.fonts import Fonts
from core.sheet.forms import FormLibrary
from core.sheet.levels import read_levels
from core.sheet.messages import Messages


@pytest.fixture(scope="session")
def fonts(resources: Path) -> Fonts:
    """The bundled fonts."""
    return Fonts(resources / "fonts")


@pytest.fixture(scope="session")
def drafter(resources: Path, messages: Messages) -> Drafter:
    """Drafts definitions."""
    words = DraftWords(resources / "drafting.toml")
    return Drafter(words, read_levels(resources / "levels.toml"), messages)


@pytest.fixture(scope="session")
def inspector(resources: Path, checker: Checker, fonts: Fonts, forms: FormLibrary) -> Inspector:
    """Says what is wrong with a form."""
    context = read_context(resources, datetime.date(2025, 1, 31))
    return Inspector(checker, context, fonts, forms)
