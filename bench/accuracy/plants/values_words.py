"""Mistakes with words, templates, names, dates and odd values of indicators: IV-11, IV-14 to IV-23."""

from __future__ import annotations

import random

from bench.accuracy.indicator_rows import (
    COST,
    COUNTED,
    EFFECTS,
    RATES,
    SATISFACTION,
    any_spot,
)
from bench.accuracy.planting import Plant, Planted
from bench.accuracy.planting_rows import (
    Wrong,
    both,
    is_count,
    is_whole,
    row,
    signed,
    twist,
)
from core.sheet.document import Document

# IV-14 to IV-16: words and numbers ----------------------------------------------------------------------

_EFFECT_NAMES = (
    "扩大法律援助影响",
    "提升群众法治意识",
    "促进农业增产增效",
    "改善农村人居环境",
    "维护社会和谐稳定",
    "增强基层治理能力",
)
_EMPTY_WORDS = (
    "持续发挥作用",
    "有效提升",
    "长期",
    "显著改善",
    "明显提高",
    "逐步提升",
    "不断增强",
    "持续",
    "得到有效改善",
    "稳步提高",
    "进一步完善",
)


def _qualitative(check: str, name: str, severity: str, texts: tuple[str, ...], unit: str = "") -> Plant:
    def put(document: Document, chance: random.Random) -> Planted | None:
        spot = any_spot(document, chance, EFFECTS, lambda one: one.parted and not one.has("actual"))
        if spot is None:
            return None
        for column, text in (
            ("name", chance.choice(("服务制度健全程度", "法治氛围营造情况", "基层治理水平"))),
            ("operator", "定性"),
            ("value", chance.choice(texts)),
            ("unit", unit),
        ):
            spot.put(column, text)
        return Planted(check, spot.places("value", "unit", "operator"))

    return Plant(check, name, severity, put)


def _worded(
    check: str, name: str, severity: str, texts: tuple[str, ...], names: tuple[str, ...] = _EFFECT_NAMES
) -> Plant:
    def put(document: Document, chance: random.Random) -> Planted | None:
        spot = any_spot(document, chance, EFFECTS, lambda one: not one.parted and not one.has("actual"))
        if spot is None:
            return None
        wrong = Wrong(EFFECTS, chance.choice(names), text=chance.choice(texts))
        spot.put("name", wrong.name)
        if spot.has("description"):
            spot.put("description", f"{wrong.name}的情况")
        for column in ("value", "period_value", "progress", "expected"):
            if spot.has(column):
                spot.put(column, wrong.text)
        return Planted(check, spot.places("value", "period_value"))

    return Plant(check, name, severity, put)


WORDS = (
    _qualitative("IV-14", "定性 with a number", "error", ("95", "100", "12")),
    _qualitative("IV-14", "定性 with a unit", "error", ("优良中低差",), unit="%"),
    twist(
        "IV-14",
        "words for a number",
        "error",
        "按季度",
        "及时",
        "全部完成",
        "按计划",
        fits=signed("≥"),
        column="value",
    ),
    row(
        "IV-14",
        "an effect in %",
        "warning",
        [
            Wrong(EFFECTS, name, "≥", number, "%")
            for name, number in zip(_EFFECT_NAMES, ("98", "95", "90", "92", "96", "85"), strict=True)
        ],
    ),
    _worded("IV-15", "words", "warning", _EMPTY_WORDS),
    _qualitative("IV-15", "words in 定性", "warning", _EMPTY_WORDS),
    _worded("IV-15", "a scale without an aim", "warning", ("优良差", "好坏", "优良中差", "优/良/中/差")),
    _qualitative("IV-15", "a scale without an aim in 定性", "warning", ("优良差", "好坏", "优良中差")),
    _worded(
        "IV-15",
        "on time and no day",
        "warning",
        ("按时完成", "及时", "在规定时间内完成", "按计划推进"),
        ("工作任务落实情况", "帮扶措施落实情况"),
    ),
    row(
        "IV-16",
        "a name of nothing",
        "hint",
        [
            Wrong(EFFECTS, name, text="优良中低差")
            for name in (
                "进一步提高",
                "效果明显",
                "显著改善",
                "不断完善提升",
                "有效保障",
                "持续稳步推进",
                "作用充分发挥",
            )
        ],
        at=("name",),
    ),
    twist("IV-16", "左右", "hint", "{number}{unit}左右", fits=is_count),
    twist("IV-16", "约", "hint", "约{number}{unit}", "大约{number}{unit}", "近{number}{unit}", fits=is_count),
    _worded("IV-16", "较好", "hint", ("较好",)),
)

# IV-11: what a template left ----------------------------------------------------------------------------

TEMPLATES = (
    twist("IV-11", "** for the number", "error", "{sign}**{unit}"),
    twist(
        "IV-11",
        "another blank",
        "error",
        *(f"{{sign}}{word}{{unit}}" for word in ("__", "XX", "××", "□", "*")),
    ),
    twist("IV-11", "** in the number's cell", "error", "**", "__", "*", "XX", column="value"),
    twist("IV-11", "from - to", "error", "{number}-{more}{unit}", fits=both(is_count, is_whole)),
    twist("IV-11", "an odd sign within", "error", "{sign}{number}*{unit}", "{sign}{number}_{unit}"),
    row(
        "IV-11",
        "** in the name",
        "error",
        [
            Wrong((SATISFACTION,), "小区居民满意度(≥**%)", "≥", "90", "%"),
            Wrong((COST,), "物业服务成本（≤**万元）", "≤", "12", "万元"),
            Wrong(COUNTED, "改造小区**个", "≥", "8", "个"),
        ],
        at=("name",),
    ),
    row(
        "IV-11",
        "a mark in the name",
        "error",
        [
            Wrong(COUNTED, "★矛盾纠纷调解件数", "≥", "120", "件"),
            Wrong(RATES, "XX工程验收合格率", "≥", "95", "%"),
        ],
        at=("name",),
    ),
    row(
        "IV-11",
        "指标1： alone",
        "error",
        [Wrong(COUNTED, "指标1：", "≥", "8", "个"), Wrong(COUNTED, "指标2:", "≥", "120", "户")],
        at=("name",),
    ),
    row(
        "IV-11",
        "指标1： before the name",
        "hint",
        [
            Wrong(COUNTED, "指标1：安置小区数", "≥", "8", "个"),
            Wrong(RATES, "指标2：设施设备完好率", "≥", "95", "%"),
        ],
        at=("name",),
    ),
)


PLANTS = (*WORDS, *TEMPLATES)
