"""Figures are shown in the form's format only when nothing but separators and zeros changes (ruling 2)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheet.definition import Field, Money
from core.sheet.numbers import is_unfinished_number, parse_number, shown_computed, shown_money, write_number

WAN = Money("万元", 2, True)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("3723.19", "3,723.19"),
        ("3,723.19", "3,723.19"),
        ("0", "0.00"),
        ("-172.43", "-172.43"),
        ("250.8", "250.80"),
        ("1.500", "1.50"),
        ("1.505", "1.505"),
        ("１２", "１２"),
        ("1,23", "1,23"),
        ("620.82万元", "620.82万元"),
        (" 1", " 1"),
        ("", ""),
    ],
)
def test_an_amount_is_shown_in_the_forms_format_or_exactly_as_typed(typed: str, shown: str) -> None:
    assert shown_money(typed, WAN) == shown


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.booleans(), st.integers(0, 6))
def test_showing_an_amount_never_changes_its_value(number: Decimal, thousands: bool, decimals: int) -> None:
    shown = shown_money(str(number), Money("元", decimals, thousands))
    assert parse_number(shown) == number


def test_halves_are_rounded_up_and_minus_zero_is_zero() -> None:
    assert write_number(Decimal("0.125"), 2) == "0.13"
    assert write_number(Decimal("-0.001"), 2) == "0.00"


def test_a_ratio_is_written_as_percent() -> None:
    percent = Field("p", "预算完成率", "percent")
    assert shown_computed(Decimal("5931.22") / Decimal("5936.28"), percent, WAN) == "99.91%"
    assert shown_computed(None, percent, WAN) == ""


@pytest.mark.parametrize(("points", "shown"), [("10", "10"), ("9.4737", "9.47"), ("7.50", "7.5"), ("0", "0")])
def test_points_are_written_without_trailing_zeros(points: str, shown: str) -> None:
    for kind in ("number", "weight"):
        assert shown_computed(Decimal(points), Field("score", "得分", kind), WAN) == shown


@pytest.mark.parametrize("text", ["12.", "-", "1,", "1,2", "1,234,5", "+"])
def test_a_figure_still_being_typed_is_not_wrong_yet(text: str) -> None:
    assert is_unfinished_number(text)


@pytest.mark.parametrize("text", ["12", "1,234.5", "a", "1.2.3", "１", "1 2"])
def test_a_finished_or_hopeless_figure_is_not_unfinished(text: str) -> None:
    assert not is_unfinished_number(text)
