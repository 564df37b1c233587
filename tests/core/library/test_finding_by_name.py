"""Which indicator a row names: what checks and coverage ask."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.library.entry import Entry
from core.library.library import Library
from tests.core.library.conftest import OUTPUT, entry


@pytest.mark.parametrize(
    "typed",
    [
        "村（社区）法律顾问覆盖率",
        "村(社区)法律顾问覆盖率",
        " 村（社区）法律顾问　覆盖率。",
        "村法律顾问覆盖率",
    ],
)
def test_a_name_is_known_however_its_signs_and_brackets_are_typed(library: Library, typed: str) -> None:
    found = library.find(typed)
    assert found is not None
    assert found.name == "村（社区）法律顾问覆盖率"


def test_a_name_that_is_only_like_another_is_not_it(library: Library) -> None:
    assert library.find("法律顾问覆盖率") is None
    assert library.find("") is library.find("（）") is None


def test_another_name_is_the_same_indicator(library: Library) -> None:
    assert library.find("矛盾纠纷调解成功率") is library.find("调解成功率")


def test_two_indicators_told_apart_by_their_brackets_stay_apart() -> None:
    library = Library([entry("审结率（行政复议）"), entry("审结率（行政诉讼）"), entry("审结率")])
    assert [library.find(name).name for name in ("审结率(行政诉讼)", "审结率")] == [  # type: ignore[union-attr]
        "审结率（行政诉讼）",
        "审结率",
    ]


def test_what_stands_in_brackets_may_be_left_out_or_added_but_not_be_something_else(library: Library) -> None:
    assert library.find("审结率") is library.find("审结率（行政复议）") is not None
    assert library.find("审结率（刑事）") is None
    added = library.find("法律援助案件办结数（件）")
    assert added is not None
    assert added.name == "法律援助案件办结数"


def test_a_name_that_could_be_two_indicators_is_neither() -> None:
    library = Library([entry("审结率（行政复议）"), entry("审结率（行政诉讼）")])
    assert library.find("审结率") is None


def test_an_indicators_own_name_wins_over_another_ones_second_name() -> None:
    library = Library([entry("建档率", also=("调解率",)), entry("调解率")])
    assert library.find("调解率") is library.entries[1]


def test_the_usual_range_is_given_in_the_librarys_own_unit_only(library: Library) -> None:
    assert library.usual_range("法律援助案件办结数", "件") == (100, 300)
    assert library.usual_range("村法律顾问覆盖率", "％") == (95, 100)
    assert library.usual_range("法律援助案件办结数", "人") is None


def test_a_range_open_at_one_end_is_no_usual_range(library: Library) -> None:
    assert library.usual_range("发案率", "%") is None
    assert library.usual_range("没有的指标", "%") is None


def test_entries_are_known_by_their_id() -> None:
    known = Entry("sf-001", "司法行政", OUTPUT, "", "建档率", low=Decimal(1))
    library = Library([known])
    assert library.get("sf-001") is known
    assert library.get("sf-002") is None
