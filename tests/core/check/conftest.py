"""The checker, the practice form and its context for tests of checks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.check.context import Context, read_context
from core.sheet.definition import Form
from core.sheet.definition_reader import read_form
from core.sheet.forms import FormLibrary

TODAY = date(2024, 9, 20)


@pytest.fixture(scope="session")
def context(resources: Path) -> Context:
    """A context on a day in the autumn in which budgets are declared, without counterparts."""
    return read_context(resources, TODAY)


@pytest.fixture(scope="session")
def practice(project: Path) -> Form:
    """The form on which the records' examples are judged."""
    return read_form(project / "tests/fixtures/forms/practice/1")


@pytest.fixture(scope="session")
def gz_decl(forms: FormLibrary) -> Form:
    """The real form of part 1, in its newest edition."""
    return forms.get("gz-decl")
