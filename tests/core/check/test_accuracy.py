"""How often the checks are right on one round of planted mistakes: the goals of the measurement hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.accuracy.judge import Judge
from bench.accuracy.plants import all_plants
from bench.accuracy.run import SEED, Measured, measured
from bench.accuracy.score import Score
from core.check.checker import read_checker
from core.check.finding import Severity


@pytest.fixture(scope="module")
def found() -> Measured:
    """Every clean document judged, every mistake planted once."""
    return measured(Judge(), all_plants(), seed=SEED, rounds=1)


@pytest.fixture(scope="module")
def score(found: Measured) -> Score:
    return found.score()


def test_there_are_clean_documents_of_every_form_and_edition_three_at_least(found: Measured) -> None:
    counts: dict[tuple[str, str], int] = {}
    for clean, _ in found.cleans:
        if not clean.name.endswith("respelled"):
            form = clean.document.form
            counts[form.form, form.edition] = counts.get((form.form, form.edition), 0) + 1
    assert sum(counts.values()) >= 60
    assert min(counts.values()) >= 3, counts


def test_nothing_in_a_clean_document_is_called_an_error(found: Measured) -> None:
    said = [
        f"{clean.name}: {finding.check} {finding.message}"
        for clean, findings in found.cleans
        for finding in findings
        if finding.severity is Severity.ERROR
    ]
    assert said == []


def test_a_clean_document_is_asked_about_at_most_every_second_time(score: Score) -> None:
    assert score.total()["warnings_per_clean"] <= 0.5


def test_of_a_hundred_planted_errors_at_least_99_are_found(found: Measured, score: Score) -> None:
    missed = [f"{one.plant.check} {one.plant.name}, {one.document}" for one in found.trials if not one.found]
    assert score.total()["recall_errors"] >= 0.99, missed


def test_of_a_hundred_planted_warnings_at_least_95_are_found(found: Measured, score: Score) -> None:
    missed = [f"{one.plant.check} {one.plant.name}, {one.document}" for one in found.trials if not one.found]
    assert score.total()["recall_warnings"] >= 0.95, missed


def test_a_finding_names_the_cell_with_the_mistake(found: Measured, score: Score) -> None:
    beside = [
        f"{one.plant.check} {one.plant.name}" for one in found.trials if one.found and not one.right_cell
    ]
    assert score.total()["right_cell"] >= 0.99, beside


def test_every_fix_mends_and_raises_nothing_new(found: Measured) -> None:
    offered = [fix for trial in found.trials for fix in trial.fixes] + list(found.fixes)
    assert [f"{check} {message}" for check, good, message in offered if not good] == []


def test_a_mistake_hides_no_other_one(found: Measured) -> None:
    missed = [f"{one.plant.check} {one.plant.name}, {one.document}" for one in found.several if not one.found]
    assert len(missed) <= len(found.several) / 50, missed


def test_a_clean_document_is_not_called_wrong_while_it_is_filled_in(found: Measured) -> None:
    """A list that is not written in the order of its levels may be said to lack some once too often."""
    taken_back = [f"{one.document} {one.place}: {one.finding.message}" for one in found.passing]
    assert len(taken_back) <= len(found.cleans) / 20, taken_back


def test_every_check_of_the_catalogue_is_planted(found: Measured, resources: Path) -> None:
    planted = {trial.plant.check for trial in found.trials}
    assert set(read_checker(resources).catalogue.records) - planted == set()
