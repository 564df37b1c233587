"""Every check has a page a clerk can read, and it tells what the check really does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from pathlib import Path
from typing import Any

import pytest

from core.check.catalogue import Catalogue, Record
from core.check.checker import Checker
from core.check.context import Context
from core.check.reference import Page, Reference, read_reference
from core.check.reference_markdown import markdown
from core.check.rulebook import RULES
from core.check.settings import Settings
from core.sheet.definition import CheckTie, Form
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from tests.core.check.making import make, read_example

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
CATALOGUE = Catalogue(RESOURCES / "checks", Messages(RESOURCES / "messages"), RULES)
PARTS = ["why", "wrong", "right", "way", "forms", "source"]
LONGEST_WHY = 160
READ_FOR_ALL = {"strict_signs", "grade_limits", "rate_points", "typos_more", "dated_more"}
"""What a form's computed figures and the reading of texts go by, whatever is checked."""
LEFT_TO_OTHERS = {
    "AM-15": {"last_year_most", "last_year_least"},
    "IX-20": {"cut_characters"},
    "SE-14": {"rate_explained_below"},
    "XF-01": {"weight_total"},
}
"""Asked only to find out that another check speaks."""
MOST_SENTENCES = 6


@pytest.fixture(scope="session")
def reference(resources: Path, checker: Checker, forms: FormLibrary) -> Reference:
    return read_reference(resources, checker, forms)


def parts(page: Page) -> dict[str, tuple[str, ...]]:
    return {one.name: one.lines for one in page.sections}


@pytest.mark.parametrize("record", list(CATALOGUE.records.values()), ids=lambda one: one.id)
def test_a_check_has_a_page_with_all_its_parts(record: Record, reference: Reference) -> None:
    page = reference.page(record.id)
    assert page.title == record.about
    found = parts(page)
    assert [name for name in PARTS if not found.get(name)] == []
    assert found["source"] == (record.source,)


@pytest.mark.parametrize("record", list(CATALOGUE.records.values()), ids=lambda one: one.id)
def test_a_page_says_why_in_a_few_plain_chinese_sentences(record: Record, reference: Reference) -> None:
    why = parts(reference.page(record.id))["why"][0]
    assert why.endswith("。")
    assert len(why) <= LONGEST_WHY or record.id == "IX-12", len(why)
    assert 1 <= len(re.findall("[。；]", why)) <= MOST_SENTENCES
    assert not re.search(r"[!！]|[A-Z]{2}-[0-9]{2}", why)


def test_every_page_belongs_to_a_check(reference: Reference) -> None:
    texts = [check for family in reference.families for check in family.texts]
    assert [one for one in texts if one not in CATALOGUE.records] == []
    assert len(set(texts)) == len(texts)


def test_pages_stand_in_the_order_of_the_rule_book(reference: Reference) -> None:
    for family in reference.families:
        assert list(family.texts) == sorted(family.texts)
    orders = [family.order for family in reference.families]
    assert orders == sorted(set(orders))


def test_every_setting_is_told_on_a_page_and_every_told_one_exists(reference: Reference) -> None:
    told = {name for family in reference.families for text in family.texts.values() for name in text.settings}
    assert told == set(CATALOGUE.settings)


def test_a_page_tells_how_grave_the_check_is_and_what_can_be_done(reference: Reference) -> None:
    error, hint = reference.page("AM-01"), reference.page("IX-19")
    assert error.grave == "必须修改"
    assert "填写说明" in parts(error)["way"][0]
    assert hint.grave == "建议"
    assert "不影响上报" in parts(hint)["way"][0]
    assert reference.page("WT-01").grave == "必须修改（有的情形是需要说明）"


def test_a_check_of_empty_cells_says_that_they_must_be_filled(reference: Reference) -> None:
    assert "不能用情况说明代替" in parts(reference.page("TX-01"))["note"][0]
    assert "note" not in parts(reference.page("AM-01"))


def test_a_page_names_the_forms_that_have_the_check(reference: Reference) -> None:
    assert parts(reference.page("PL-01"))["forms"] == ("河北 预算项目绩效目标表（第二部分）。",)
    assert parts(reference.page("TX-01"))["forms"] == ("全部表样。",)
    assert parts(reference.page("AM-12"))["forms"] == ("几张报表放在一起检查时。",)


def test_a_page_tells_the_settings_of_the_form_at_hand(
    reference: Reference, checker: Checker, forms: FormLibrary
) -> None:
    form = forms.get("sc-dept")
    usual, kit = Settings(), Settings(kit={"weight_total": {"value": 100, "or": [90]}})
    assert "绩效指标权重合计：90" in parts(reference.page("WT-01"))["settings"][0]
    told = parts(reference.page("WT-01", checker.binding(form, kit)))["settings"]
    assert told == ("绩效指标权重合计：100（也可以选90）",)
    told = parts(reference.page("WT-02", checker.binding(form, usual)))["settings"]
    assert "产出指标：50、效益指标：30、满意度指标：10" in told[0]


def test_a_page_tells_the_severity_a_kit_gives(
    reference: Reference, checker: Checker, forms: FormLibrary
) -> None:
    kit = Settings(kit={"severity": {"IX-19": "warning"}})
    assert reference.page("IX-19", checker.binding(forms.get("sc-dept"), kit)).grave == "需要说明"


def test_a_check_that_only_a_form_has_is_told_in_the_forms_own_words(
    reference: Reference, checker: Checker, practice: Form
) -> None:
    from dataclasses import replace

    tie = CheckTie(
        id="LOCAL-1",
        expect="basic <= 5",
        mark=("basic",),
        say="太多了。",
        severity="error",
        source="本县规定",
    )
    form = replace(practice, checks=(*practice.checks, tie), digest="local")
    page = reference.page("LOCAL-1", checker.binding(form, Settings()))
    assert parts(page)["why"] == ("太多了。",)
    assert parts(page)["source"] == ("本县规定",)
    with pytest.raises(KeyError):
        reference.page("LOCAL-1")


def test_the_page_of_a_finding_tells_what_to_do_about_this_one(
    reference: Reference, checker: Checker, context: Context, practice: Form
) -> None:
    document = make(practice, {"basic": "620.82万元", "tasks": [{"name": "普法"}]})
    found = checker.judge(document, context)
    warning = next(one for one in found if one.check == "AM-10")
    empty = next(one for one in found if one.check == "AM-11" and one.missing)
    binding = checker.binding(practice, context.settings)
    page = reference.page("AM-10", binding, warning)
    assert page.grave == "需要说明"
    assert len(parts(page)["way"]) == 1
    page = reference.page("AM-11", binding, empty)
    assert parts(page)["way"] == ("空着的必填格要补上，不能用情况说明代替。",)
    assert "note" not in parts(page)


def test_pages_are_found_by_words_and_by_id(reference: Reference) -> None:
    assert reference.search("wt-01")[0].check == "WT-01"
    found = [one.check for one in reference.search("权重 合计")]
    assert found[0].startswith("WT")
    assert reference.search("没有这样的词语") == []
    assert len(reference.search("")) == len(CATALOGUE.records)


def test_the_document_of_all_checks_is_in_step(
    reference: Reference, messages: Messages, project: Path
) -> None:
    written = (project / "docs/checks.md").read_text("utf-8")
    assert written == markdown(reference, messages) + "\n", "main.py checks --markdown > docs/checks.md"


def test_every_entry_of_the_index_leads_to_a_page(project: Path) -> None:
    written = (project / "docs/checks.md").read_text("utf-8")
    targets = re.findall(r"\(#([^)]+)\)", written)
    anchors = re.findall(r'<a id="([^"]+)"></a>', written)
    assert targets == anchors
    assert len(anchors) == len(CATALOGUE.records)


class Noted(dict[str, Any]):
    """Settings that remember which of them were asked for."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.asked.add(name)
        return super().__getitem__(name)


@pytest.mark.parametrize("record", list(CATALOGUE.records.values()), ids=lambda one: one.id)
def test_a_page_tells_the_settings_its_check_asks_for(
    record: Record, reference: Reference, context: Context, practice: Form, forms: FormLibrary
) -> None:
    alone = copy(CATALOGUE)
    alone.rules = tuple(rule for rule in RULES if rule.check == record.id)
    checker = Checker(alone)
    asked: set[str] = set()
    for examples in record.examples.values():
        for example in examples:
            case = read_example(example, practice, forms, context)
            binding = checker.binding(case.document.form, case.context.settings)
            binding.settings = noted = Noted(binding.settings)
            checker.judge(case.document, case.context)
            asked |= noted.asked - READ_FOR_ALL - LEFT_TO_OTHERS.get(record.id, set())
    texts = {check: text for family in reference.families for check, text in family.texts.items()}
    assert asked - set(texts[record.id].settings) == set()
