"""Libraries small enough to be read at a glance."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from core.library.entry import Entry
from core.library.library import Library

OUTPUT, EFFECT = "产出指标", "效益指标"


def entry(name: str, level1: str = OUTPUT, level2: str = "数量指标", **more: object) -> Entry:
    """Give an entry whose id is made of its name."""
    number = "-".join(f"{ord(char):x}" for char in name)
    return Entry(id=number, area="司法行政", level1=level1, level2=level2, name=name, **more)  # type: ignore[arg-type]


@pytest.fixture
def library() -> Library:
    """Some indicators of a justice bureau."""
    return Library(
        [
            entry("村（社区）法律顾问覆盖率", sign="=", unit="%", low=Decimal(95), high=Decimal(100)),
            entry("法律援助案件办结数", sign="≥", unit="件", low=Decimal(100), high=Decimal(300)),
            entry("发案率", EFFECT, "社会效益指标", direction="down", sign="≤", unit="%", high=Decimal(2)),
            entry("调解成功率", level2="质量指标", also=("矛盾纠纷调解成功率",), sign="≥", unit="%"),
            entry("重点人群走访次数", sign="≥", unit="次"),
            entry("审结率（行政复议）", level2="质量指标", sign="=", unit="%"),
            entry("法治建设考评等次", EFFECT, "社会效益指标", sign="定性", scale="优良中差"),
            entry("GDP增长率", EFFECT, "经济效益指标", sign="≥", unit="%"),
        ]
    )


@pytest.fixture
def names(library: Library) -> Callable[..., list[str]]:
    """Give the names a search finds, best first."""

    def search(text: str, **asked: object) -> list[str]:
        return [found.entry.name for found in library.search(text, **asked)]  # type: ignore[arg-type]

    return search
