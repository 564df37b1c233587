"""The closed list of level names and their other wordings."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.sheet.levels import Levels, read_levels


@pytest.fixture(scope="module")
def levels(resources: Path) -> Levels:
    return read_levels(resources / "levels.toml")


@pytest.mark.parametrize(
    ("text", "depth", "name"),
    [
        ("效果指标", 1, "效益指标"),
        ("产出指标（50分）", 1, "产出指标"),
        ("效益指标(30)", 1, "效益指标"),
        ("满意度指标 （ 10 分 ）", 1, "满意度指标"),
        ("经济效益", 2, "经济效益指标"),
    ],
)
def test_another_wording_or_points_behind_it_mean_the_same_level(
    levels: Levels, text: str, depth: int, name: str
) -> None:
    found = levels.find(text, depth)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", ["（50分）", "产出指标（五十分）", "产出指标（试行）", "（50分）产出指标"])
def test_a_name_with_anything_else_is_no_level(levels: Levels, text: str) -> None:
    assert levels.find(text, 1) is None


def test_cost_stands_under_output_or_by_itself(levels: Levels) -> None:
    assert "成本指标" in levels.names(2, "产出指标")
    assert levels.names(2, "成本指标") == ["经济成本指标", "社会成本指标", "生态环境成本指标"]
