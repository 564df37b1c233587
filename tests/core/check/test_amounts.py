"""Amounts as people write them: read rightly, mended exactly, never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.check.checker import Checker
from core.check.context import Context
from core.check.rules.amount_reading import POWERS, amounts_in, points_in, read_loosely
from core.sheet.definition import Money
from core.sheet.document import ROOT
from core.sheet.forms import FormLibrary
from core.sheet.numbers import parse_number
from tests.core.check.making import add_rows, make

WAN = Money("万元", 2, True)
YUAN = Money("元", 2, False)

amounts = st.decimals(min_value=0, max_value=Decimal("99999999.99"), places=2)
WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@given(amount=amounts, wide=st.booleans(), separators=st.booleans(), blank=st.sampled_from(["", " ", "　"]))
def test_the_fix_is_the_same_amount_plainly_written(
    amount: Decimal, wide: bool, separators: bool, blank: str
) -> None:
    text = f"{amount:,f}" if separators else f"{amount:f}"
    typed = blank + (text.translate(WIDE) if wide else text)
    loose = read_loosely(typed, WAN)
    assert loose is not None
    assert parse_number(loose.plain) == amount


@given(amount=amounts, unit=st.sampled_from(["元", "万元", "亿元"]), money=st.sampled_from([WAN, YUAN]))
def test_a_unit_in_the_cell_is_worked_into_the_figure(amount: Decimal, unit: str, money: Money) -> None:
    loose = read_loosely(f"{amount:f}{unit}", money)
    assert loose is not None
    assert loose.unit == unit
    if loose.plain:
        number = parse_number(loose.plain)
        assert number is not None
        assert number.scaleb(POWERS[money.unit]) == amount.scaleb(POWERS[unit])


@given(text=st.text(max_size=12))
def test_any_text_is_an_amount_or_it_is_not(text: str) -> None:
    loose = read_loosely(text, WAN)
    assert loose is None or loose.plain == "" or parse_number(loose.plain) is not None


@given(amount=amounts.filter(lambda amount: amount >= 1000), typed_with=st.sampled_from([",", "，"]))
def test_point_and_commas_typed_for_each_other_are_read_as_meant(amount: Decimal, typed_with: str) -> None:
    typed = f"{amount:,f}".translate({ord(","): ".", ord("."): typed_with})
    loose = read_loosely(typed, WAN)
    assert loose is not None
    assert loose.swapped
    assert parse_number(loose.plain) == amount


@pytest.mark.parametrize(
    ("text", "perhaps"),
    [
        ("1,23", ("1.23", "123")),
        ("12,3456", ("12.3456", "123456")),
        ("1，2", ("1.2", "12")),
        ("-1,234，56", ("-1234.56", "-123456")),
        ("1 234,5", ("1234.5", "12345")),
    ],
)
def test_a_separator_that_may_be_a_point_is_not_guessed_at(text: str, perhaps: tuple[str, str]) -> None:
    loose = read_loosely(text, WAN)
    assert loose is not None
    assert (loose.plain, loose.perhaps) == ("", perhaps)


@pytest.mark.parametrize(
    ("text", "points"), [("12.34.56", 2), ("1.234.567万元", 2), ("1.5", 1), ("约1.2.3", 0)]
)
def test_points_are_counted_in_what_is_an_amount(text: str, points: int) -> None:
    assert points_in(text) == points


@pytest.mark.parametrize(
    "text", ["约500", "854万854万", "五百万", "12%", "1/2", "(172.43)", "", "-", "1e5", "①", "10²"]
)
def test_what_is_no_amount_is_left_alone(text: str) -> None:
    assert read_loosely(text, WAN) is None


def test_amounts_of_a_text_are_found_with_their_units() -> None:
    found = amounts_in("安排资金1,200.5万元，其中个人补助3000元、设备0.02亿元，共186人。")
    assert [one.yuan for one in found] == [Decimal("12005000"), Decimal(3000), Decimal(2000000)]


def test_a_list_nobody_has_begun_is_not_held_against_the_total(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    begun = make(forms.get("hun-proj"), {"fiscal": "135.00"})
    (finding,) = [one for one in checker.judge(begun, context) if one.check == "AM-08"]
    assert finding.waiting
    add_rows(begun, "details", ROOT, [{"name": "管材", "this_year": "100.00"}])
    (finding,) = [one for one in checker.judge(begun, context) if one.check == "AM-08"]
    assert begun.counted(finding.places[0]) == "details[1].this_year"
