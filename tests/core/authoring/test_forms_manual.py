"""docs/forms.md teaches what is true: its example works, and it names every key there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from core.authoring.inspector import FormFolder, Inspector
from core.authoring.one_form import OneForm, blank_sheet
from core.check.checker import Checker
from core.check.finding import Severity
from core.paper.fonts import Fonts
from core.paper.layout import lay_out
from core.paper.pdf import Sheet, print_pdf
from core.sheet import expression
from core.sheet.definition import KINDS, Form
from core.sheet.definition_reader import STAGES, examine_form, read_form
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.grid import expand
from core.sheet.messages import Messages


@pytest.fixture(scope="module")
def manual(project: Path) -> str:
    return (project / "docs/forms.md").read_text("utf-8")


@pytest.fixture
def example(manual: str, tmp_path: Path) -> Path:
    """The folder of the example, put together of its blocks as a reader would."""
    part = re.search("<!-- 例子开始 -->(.*)<!-- 例子结束 -->", manual, re.DOTALL)
    assert part
    folder = tmp_path / "yz-plan" / "2026"
    folder.mkdir(parents=True)
    definition = "\n".join(re.findall(r"```toml\n(.*?)```", part[1], re.DOTALL))
    [sample] = re.findall(r"```json\n(.*?)```", part[1], re.DOTALL)
    (folder / "form.toml").write_text(definition, encoding="utf-8")
    (folder / "sample.json").write_text(sample, encoding="utf-8")
    return folder


@pytest.fixture
def form(example: Path) -> Form:
    return read_form(example)


@pytest.fixture
def sample(example: Path, form: Form) -> Document:
    return read_document((example / "sample.json").read_bytes(), OneForm(form))


def test_the_example_has_no_flaw(example: Path, inspector: Inspector, messages: Messages) -> None:
    folder = FormFolder(
        "yz-plan", "2026", (example / "form.toml").read_bytes(), (example / "sample.json").read_bytes()
    )
    assert [one.reason(messages) for one in inspector.inspect(folder)] == []


def test_the_example_shows_what_its_text_says(form: Form) -> None:
    cells = {cell.text: cell for cell in expand(blank_sheet(form)).cells if cell.text}
    assert (cells["资金安排"].down, cells["资金安排"].across) == (2, 1)
    assert cells["设备清单"].down == 3
    assert cells["产出指标"].down == 3
    assert cells["（盖章）"].across == 2


def test_the_example_prints_with_its_sample(
    form: Form, sample: Document, fonts: Fonts, messages: Messages
) -> None:
    printed = print_pdf([Sheet(blank_sheet(form)), Sheet(sample)], fonts, messages)
    assert printed.missing == ((), ())
    assert lay_out(sample, fonts, messages).words.title == "2026年设备购置计划申报表"
    approved = sample.copy()
    approved.set_text(approved.place("stage"), "批复")
    assert lay_out(approved, fonts, messages).words.foot == "none"


def test_the_example_checks_what_it_says(sample: Document, checker: Checker, inspector: Inspector) -> None:
    context = inspector.context
    assert [one for one in checker.judge(sample, context) if one.severity is not Severity.HINT] == []
    sample.set_text(sample.place("items[1].count"), "60")
    told = {one.check: one.message for one in checker.judge(sample, context)}
    assert "34.50万元" in told["AM-08"]
    assert told["YZ-01"].startswith("购置70")


def known_keys() -> set[str]:
    """Every key a definition may have, as the reader itself lists them at an unknown one."""
    text = """
        zzz = 1
        page = { columns = [1], zzz = 1 }
        money = { zzz = 1 }
        about = { zzz = 1 }
        checks = [{ id = "X", zzz = 1 }]
        [stage."申报"]
        zzz = 1
        [carry.last-year]
        zzz = 1
        [fields]
        one = { label = "一", zzz = 1 }
        [tables.two]
        zzz = 1
        [[block]]
        zzz = 1
        rows = [["{one}"]]
    """
    _, mistakes = examine_form(text.encode())
    listed = [one.params["known"] for one in mistakes if one.code == "sheet.definition-unknown-key"]
    assert len(listed) == 10
    return {key for known in listed for key in str(known).split("、")}


def test_every_key_kind_and_stage_is_explained(manual: str) -> None:
    assert not [one for one in {*known_keys(), *KINDS, *STAGES} if f"`{one}`" not in manual]


def test_every_function_is_explained(manual: str) -> None:
    names = {*expression._AGGREGATES, *expression._FUNCTIONS, *expression.NAMED}
    assert not [one for one in names if f"`{one}(" not in manual]


def test_every_setting_is_explained_once(manual: str, checker: Checker) -> None:
    table = [line.split("|")[1] for line in manual.splitlines() if line.startswith("| `")]
    explained = [name for cell in table for name in re.findall("`([a-z0-9_]+)`", cell)]
    assert {one: explained.count(one) for one in checker.catalogue.settings} == dict.fromkeys(
        checker.catalogue.settings, 1
    )


def test_every_check_it_names_exists(manual: str, checker: Checker) -> None:
    named = set(re.findall(r"`((?:AM|IX|IV|WT|TX|DT)-\d+)`", manual))
    assert named
    assert named <= set(checker.catalogue.records)


def test_the_sample_is_written_as_the_program_reads_it(example: Path) -> None:
    body = json.loads((example / "sample.json").read_text("utf-8"))
    assert set(body) == {"form", "edition", "stage", "year", "unit", "values", "rows"}
