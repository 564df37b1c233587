"""What a person may pick (ruling 16): only what a form or kit offers, kept and sent as text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.check.checker import Checker
from core.check.choosing import (
    choice_in,
    not_offered,
    offers_of,
    picks_in_effect,
    picks_told,
    sent_otherwise,
    with_pick,
)
from core.check.context import read_context
from core.check.finding import Finding
from core.check.settings import Settings
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary

HUNDRED = {"sc-dept.weight_total": "100"}


@pytest.fixture
def department(resources: Path, forms: FormLibrary) -> Document:
    """A form whose weights make 100, where 90 is presumed and 100 offered."""
    document = read_document((resources / "forms/sc-dept/2024/sample.json").read_bytes(), forms)
    place = document.place("indicators[1].weight")
    total = sum(Decimal(row.cells.get("weight", "0")) for row in document.rows("indicators"))
    document.set_text(place, f"{Decimal(document.text(place)) + 100 - total:f}")
    return document


def weight_findings(
    checker: Checker, resources: Path, document: Document, settings: Settings
) -> list[Finding]:
    found = checker.judge(document, read_context(resources, date(2024, 9, 1), settings))
    return [one for one in found if one.check == "WT-01"]


def test_a_form_tells_what_may_be_picked(checker: Checker, department: Document) -> None:
    (offer,) = offers_of(checker.binding(department.form, Settings()))
    assert (offer.name, offer.options, offer.value) == ("weight_total", (90, 100), 90)
    assert offer.label


def test_a_pick_changes_what_is_checked_and_only_for_its_form(
    checker: Checker, resources: Path, department: Document
) -> None:
    assert weight_findings(checker, resources, department, Settings())
    assert not weight_findings(checker, resources, department, Settings(picks=HUNDRED))
    other = Settings(picks={"cq-proj.weight_total": "100"})
    assert weight_findings(checker, resources, department, other)


@pytest.mark.parametrize("picks", [{"sc-dept.weight_total": "95"}, {"sc-dept.heaviest_share": "100"}])
def test_what_is_not_offered_has_no_effect(
    checker: Checker, resources: Path, department: Document, picks: dict[str, str]
) -> None:
    settings = Settings(picks=picks)
    assert weight_findings(checker, resources, department, settings)
    assert picks_in_effect([checker.binding(department.form, settings)]) == ()


def test_a_kit_that_offers_nothing_more_wins_over_a_pick(
    checker: Checker, resources: Path, department: Document
) -> None:
    settings = Settings(kit={"weight_total": 90}, picks=HUNDRED)
    assert weight_findings(checker, resources, department, settings)
    assert offers_of(checker.binding(department.form, settings)) == []


def test_the_finding_names_the_pick_that_would_make_it_go(
    checker: Checker, resources: Path, department: Document
) -> None:
    (finding,) = weight_findings(checker, resources, department, Settings())
    choice = choice_in(finding)
    assert choice == ("weight_total", 100)
    binding = checker.binding(department.form, Settings())
    picks = with_pick({}, binding, *choice)
    assert picks == HUNDRED
    assert not weight_findings(checker, resources, department, Settings(picks=picks))


def test_picking_what_is_presumed_takes_the_pick_back(checker: Checker, department: Document) -> None:
    binding = checker.binding(department.form, Settings(picks=HUNDRED))
    assert with_pick({**HUNDRED, "nm-proj.weight_total": "100"}, binding, "weight_total", 90) == {
        "nm-proj.weight_total": "100"
    }


def test_nothing_that_is_not_offered_can_be_picked(checker: Checker, department: Document) -> None:
    binding = checker.binding(department.form, Settings())
    with pytest.raises(ValueError, match="not offered"):
        with_pick({}, binding, "weight_total", 95)


def test_what_is_sent_is_what_counts(checker: Checker, department: Document) -> None:
    picked = checker.binding(department.form, Settings(picks=HUNDRED))
    assert picks_in_effect([picked]) == (("sc-dept.weight_total", "100"),)
    assert picks_in_effect([checker.binding(department.form, Settings())]) == ()


@pytest.mark.parametrize(
    ("sent", "kept", "differs"),
    [
        (HUNDRED, {}, (100, 90, True)),
        ({}, HUNDRED, (90, 100, False)),
        (HUNDRED, HUNDRED, None),
        ({}, {}, None),
        ({"sc-dept.weight_total": "95"}, HUNDRED, None),
        ({"cq-proj.weight_total": "100"}, {}, None),
    ],
)
def test_what_a_sender_went_by_is_told_where_it_is_another_thing_here(
    sent: dict[str, str],
    kept: dict[str, str],
    differs: tuple[int, int, bool] | None,
    checker: Checker,
    department: Document,
) -> None:
    found = sent_otherwise(sent, checker.binding(department.form, Settings(picks=kept)))
    assert [(one.sent, one.here, one.presumed) for one in found] == ([differs] if differs else [])


def test_a_bureau_that_offers_nothing_is_not_asked_by_a_package(
    checker: Checker, department: Document
) -> None:
    binding = checker.binding(department.form, Settings(kit={"weight_total": 90}))
    assert not sent_otherwise(HUNDRED, binding)
    assert "“绩效指标权重合计”100" in not_offered(HUNDRED, [binding])
    fixed = checker.binding(department.form, Settings(kit={"weight_total": 100}))
    assert not not_offered(HUNDRED, [fixed])  # it counts, only not by choice


def test_a_thousand_picks_nobody_offers_are_counted_and_a_few_named(
    checker: Checker, department: Document
) -> None:
    picks = {f"sc-dept.x{number}": "1" * 5_000 for number in range(1_000)}
    told = not_offered(picks, [checker.binding(department.form, Settings())])
    assert "1000 项" in told
    assert len(told) < 2_000


def test_a_pick_of_yes_or_no_is_told_in_words(checker: Checker, forms: FormLibrary) -> None:
    kit = {"ask_grade": {"value": True, "or": [False]}}
    settings = Settings(kit=kit, picks={"sc-dept.ask_grade": "false"})
    assert "”否" in picks_told([checker.binding(forms.get("sc-dept"), settings)])
