"""However long a clerk works in a form, what is said of it is what a fresh look would say."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from core.check.checker import Checker
from core.check.context import Context
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from tests.core.check.afternoon import steps

SHIPPED = Path(__file__).resolve().parents[3] / "resources/forms"
STEPS = 800


@pytest.mark.parametrize("name", ["/".join(one) for one in FormLibrary(SHIPPED).names()])
def test_a_long_afternoon_in_a_filled_form_is_judged_as_a_fresh_look_would(
    name: str, forms: FormLibrary, checker: Checker, context: Context, resources: Path
) -> None:
    document = read_document((resources / "forms" / name / "sample.json").read_bytes(), forms)
    engine = checker.open(document, context)
    for number, step in enumerate(steps(document, Random(name), STEPS)):
        for edit in step:
            edit.apply(document)
        engine.edited(step)
        assert engine.findings() == checker.judge(document.copy(), context), (number, step)
