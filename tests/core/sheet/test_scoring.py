"""Points of indicators as the reporting systems give them, and what is left to a person."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheet.expression import NAMED
from core.sheet.scoring import FUNCTIONS, Scored, bands, grade, rate_score, score
from core.sheet.values import ValueGrammar

GRAMMAR = ValueGrammar(Path(__file__).resolve().parents[3] / "resources/values.toml")


def scored(target: str, result: str, weight: str, *, strict: bool = False) -> Scored:
    return score(GRAMMAR.parse(target), GRAMMAR.parse(result), Decimal(weight), GRAMMAR, strict=strict)


@pytest.mark.parametrize(
    ("target", "result", "weight", "points"),
    [
        ("≥95%", "90%", "10", "9.47"),
        ("≥95%", "96", "10", "10"),
        ("≥300件", "285件", "5", "4.75"),
        ("≥90%", "-3%", "10", "0"),
        ("≤15%", "18%", "8", "6.40"),
        ("≤15%", "31%", "10", "0"),
        ("≤15%", "30%", "10", "0"),
        ("≤1.8%", "2.0%", "5", "4.44"),
        ("<0.2%", "0.2%", "5", "5"),
        ("=2场", "1场", "5", "2.5"),
        ("=2场", "3场", "5", "5"),
        ("=0起", "0起", "5", "5"),
        ("=0起", "1起", "5", "0"),
        ("≤0%", "0.1%", "5", "0"),
        ("≥6万人", "54000人", "10", "9.00"),
        ("≤30万元", "310000元", "10", "9.67"),
        ("≥95%", "94.9%", "22.5", "22.48"),
        ("12月31日前", "12月20日", "5", "5"),
        ("2024年12月31日前", "2024年12月", "5", "5"),
    ],
)
def test_points_by_the_table(target: str, result: str, weight: str, points: str) -> None:
    assert scored(target, result, weight).points == Decimal(points)


@pytest.mark.parametrize(
    ("target", "result", "why"),
    [
        ("优良中低差", "优", "worded"),
        ("显著提升", "显著提升", "worded"),
        ("≤30万元", "完成", "unread"),
        ("≥24名", "超过24名", "unread"),
        ("≥24名", "约30名", "unread"),
        ("≥90%", "85%~95%", "unread"),
        ("≥5件", "5万元", "units"),
        ("≥5%", "5个百分点", "units"),
        ("每季度≥1次", "每月1次", "units"),
        ("12月31日前", "次年1月", "date"),
        ("2024年12月31日前", "2025年1月5日", "date"),
        ("≥95%", "", "blank"),
        ("", "95%", "blank"),
    ],
)
def test_what_a_person_must_decide_has_no_points(target: str, result: str, why: str) -> None:
    found = scored(target, result, "10")
    assert (found.points, found.why) == (None, why)


def test_a_strict_bureau_does_not_count_a_result_at_the_very_limit_as_met() -> None:
    assert scored("<0.2%", "0.2%", "5").met is True
    assert scored("<0.2%", "0.2%", "5", strict=True).met is False
    assert scored("≤0.2%", "0.2%", "5", strict=True).met is True


@given(
    target=st.decimals(0, 1000, places=2),
    result=st.decimals(-10, 2000, places=2),
    weight=st.decimals(min_value=Decimal("0.5"), max_value=50, places=1),
    sign=st.sampled_from("≥≤><="),
)
def test_points_are_between_nothing_and_all_and_full_when_met(
    target: Decimal, result: Decimal, weight: Decimal, sign: str
) -> None:
    found = scored(f"{sign}{target}个", f"{result}个", str(weight))
    assert found.points is not None
    assert 0 <= found.points <= weight
    if found.met:
        assert found.points == weight


def test_bands_of_a_worded_indicator() -> None:
    assert bands(Decimal(5)) == ((4, 5), (3, 4), (0, 3))
    assert bands(Decimal("22.5")) == ((18, Decimal("22.5")), (Decimal("13.5"), 18), (0, Decimal("13.5")))


@pytest.mark.parametrize(
    ("spent", "budget", "points"),
    [
        ("251.89", "251.89", "10"),
        ("87.06", "239", "3.64"),
        ("12", "10", "10"),
        ("5", "0", "0"),
        (None, "0", "0"),
    ],
)
def test_points_of_the_execution_rate(spent: str | None, budget: str, points: str) -> None:
    found = rate_score(Decimal(spent) if spent else None, Decimal(budget), Decimal(10))
    assert found == Decimal(points)


def test_without_both_figures_the_execution_rate_has_no_points_yet() -> None:
    assert rate_score(Decimal(5), None, Decimal(10)) is None
    assert rate_score(None, Decimal(5), Decimal(10)) is None


@pytest.mark.parametrize(
    ("total", "place"),
    [
        ("100", 1),
        ("90", 1),
        ("89.99", 2),
        ("89.5", 2),
        ("88.64", 2),
        ("80", 2),
        ("79.9", 3),
        ("60", 3),
        ("59.99", 4),
    ],
)
def test_grades_are_half_open_and_leave_no_gap(total: str, place: int) -> None:
    assert grade(Decimal(total), (90, 80, 60)) == place


def test_expressions_know_the_functions_there_are() -> None:
    assert set(NAMED) == set(FUNCTIONS)
