"""Mistakes in names, signs and dates of indicators: IV-17 to IV-23."""

from __future__ import annotations

import random

from bench.accuracy.indicator_rows import (
    COST,
    COUNTED,
    EFFECTS,
    OUTPUTS,
    QUALITY,
    RATES,
    SATISFACTION,
    SOCIAL,
    TIMELINESS,
    Figure,
    Spot,
    any_spot,
    type_value,
)
from bench.accuracy.planting import Plant, Planted
from bench.accuracy.planting_rows import (
    VALUE,
    Wrong,
    both,
    is_bounded,
    is_count,
    is_whole,
    row,
    signed,
    twist,
)
from core.check.context import Counterpart
from core.sheet.document import Document
from core.sheet.places import field_place

# IV-17: the value in the name ---------------------------------------------------------------------------

FIGURES_IN_NAMES = (
    row(
        "IV-17",
        "100% in the name",
        "warning",
        [
            Wrong(RATES, "年度资金支付完成率100%", "=", "100", "%"),
            Wrong(RATES, "惠民补贴发放率达到100%", "=", "100", "%"),
            Wrong(RATES, "窗口服务好评率95%以上", "≥", "95", "%"),
        ],
        at=("name", *VALUE),
    ),
    row(
        "IV-17",
        "sign and figure in the name",
        "warning",
        [
            Wrong((SATISFACTION,), "小区居民满意度(≥90%)", "≥", "90", "%"),
            Wrong(RATES, "设备故障按时修复率≥95%", "≥", "95", "%"),
            Wrong(COUNTED, "开展技能培训≥12场", "≥", "12", "场"),
        ],
        at=("name", *VALUE),
    ),
    row(
        "IV-17",
        "a count in the name",
        "warning",
        [
            Wrong(COUNTED, "新建垃圾收集点40个", "≥", "40", "个"),
            Wrong(COUNTED, "组织消防演练12场次", "=", "12", "场次"),
            Wrong(COUNTED, "硬化村组道路3.5公里", "≥", "3.5", "公里"),
        ],
        at=("name", *VALUE),
    ),
    row(
        "IV-17",
        "another figure in the name",
        "error",
        [
            Wrong(RATES, "年度资金支付完成率100%", "≥", "95", "%"),
            Wrong((SATISFACTION,), "服务群众满意度（≥95%）", "≥", "85", "%"),
            Wrong(RATES, "安全隐患按期整改率≥98%", "≥", "90", "%"),
        ],
        at=("name", *VALUE),
    ),
    row(
        "IV-17",
        "another count in the name",
        "error",
        [
            Wrong(COUNTED, "新建垃圾收集点40个", "≥", "30", "个"),
            Wrong(COUNTED, "组织消防演练12场次", "≥", "10", "场次"),
        ],
        at=("name", *VALUE),
    ),
)


def _value_in_the_name(document: Document, chance: random.Random) -> Planted | None:
    """Make the name hold the value, whose own cell is empty."""
    spot = any_spot(document, chance, OUTPUTS, lambda one: not one.parted)
    if spot is None:
        return None
    spot.put("name", chance.choice(("年度资金支付完成率100%", "惠民补贴按时发放率≥95%")))
    for column in ("value", "period_value"):
        if spot.has(column):
            spot.put(column, "")
    return Planted("IV-17", spot.places("name", "value", "period_value"))


# IV-18 to IV-20: signs and zero -------------------------------------------------------------------------


def _is_all(spot: Spot) -> bool:
    return spot.figure.joined == "=100%"


SIGNS = (
    twist("IV-18", "no sign", "hint", "{number}{unit}"),
    twist("IV-18", "100% without a sign", "hint", "100%", fits=_is_all),
    twist("IV-19", "≥100%", "hint", "≥100%", fits=both(_is_all, is_bounded)),
    row(
        "IV-19",
        "a share ≥100%",
        "hint",
        [
            Wrong(RATES, name, "≥", "100", "%")
            for name in ("补贴资金发放到位率", "村（社区）法律服务覆盖率", "委托业务报告合格率")
        ],
    ),
    row(
        "IV-19",
        "a cost with =",
        "hint",
        [
            Wrong((COST,), "设备采购成本", "=", "2", "万元"),
            Wrong((COST,), "每场活动费用", "=", "0.3", "万元/场"),
        ],
    ),
    row(
        "IV-19",
        "what nobody can fix",
        "hint",
        [
            Wrong(COUNTED, "挽回经济损失金额", "=", "300", "万元"),
            Wrong(COUNTED, "带动群众就业人数", "=", "260", "人"),
            Wrong(COUNTED, "带动农户增收金额", "=", "45", "万元"),
        ],
    ),
    row(
        "IV-20",
        "≤0%",
        "hint",
        [
            Wrong((QUALITY, SOCIAL), "采购装备不合格比例", "≤", "0", "%"),
            Wrong((QUALITY, SOCIAL), "资金使用违规率", "≤", "0", "%"),
        ],
    ),
    row(
        "IV-20",
        "=0",
        "hint",
        [
            Wrong(COUNTED, "较大及以上安全事故发生数", "=", "0", "起"),
            Wrong(COUNTED, "因工作不力引发的越级上访起数", "=", "0", "起"),
            Wrong((QUALITY, SOCIAL), "重大安全事故发生数", "≤", "0", "次"),
        ],
    ),
)


# IV-21: slips and leaps ---------------------------------------------------------------------------------


def _last_year(document: Document, chance: random.Random) -> Planted | None:
    """A zero or two too many against last year's form of the same unit."""
    spot = any_spot(document, chance, COUNTED, both(is_count, is_whole))
    if spot is None or document.stage == "自评":
        return None
    last = document.copy(id="0123456789abcdef")
    if document.year is not None:
        last.set_text(field_place("year"), str(document.year - 1))
    sign, number, unit = spot.figure
    places = type_value(spot, sign, f"{number}00", unit)
    return Planted("IV-21", places, (Counterpart("last-year", last, "last-year.json"),))


SLIPS = (
    twist("IV-21", "5 for %", "warning", "{sign}{number}5", fits=both(is_bounded, is_whole)),
    twist(
        "IV-21",
        "twice, and 5 for %",
        "warning",
        "≥{number}{number}5及以上",
        "≥{number}{number}5以上",
        fits=both(both(is_bounded, is_whole), signed("≥")),
    ),
    row(
        "IV-21",
        "5 for % in two cells",
        "warning",
        [
            Wrong(RATES, "村务公开及时率", "≥", "985", meant=Figure("≥", "98", "%")),
            Wrong(RATES, "培训考核合格率", "≥", "905", meant=Figure("≥", "90", "%")),
        ],
    ),
    Plant("IV-21", "a hundred times last year's", "warning", _last_year),
)


# IV-22, IV-23: names cut off, dates as values -----------------------------------------------------------

_LONG = "在全镇范围内为符合条件的困难群众、农民工、残疾人、老年人和未成年人提供及时便捷高效法律援助服务的比率"
_CUT = (
    "发挥行政复议化解行政争议的主渠道作用并防止和纠正违法的或不当的行政行为，保护公民和法人以及其他组织的",
    "组织开展面向农村留守儿童、困境儿童和孤寡老人的关爱服务活动并建立定期走访、结对帮扶、心理疏导机制和",
)
TOO_LONG = "".join(
    ("开展农村人居环境整治提升行动，完成农村户厕改造、生活污水治理、生活垃圾分类、村容村貌提升、",) * 3
)

NAMES = (
    row(
        "IV-22",
        "over 100 characters",
        "error",
        [Wrong(COUNTED, f"{TOO_LONG}村庄绿化亮化数量", "≥", "12", "个")],
        at=("name",),
    ),
    row(
        "IV-22",
        "over 30 characters",
        "hint",
        [
            Wrong(RATES, _LONG[:-2] + "比率", "≥", "98", "%"),
            Wrong(
                RATES, "纳入全镇防返贫动态监测和帮扶范围的脱贫不稳定户产业就业帮扶措施落实率", "≥", "98", "%"
            ),
        ],
        at=("name",),
    ),
    row(
        "IV-22",
        "cut at 50",
        "warning",
        [Wrong(EFFECTS, text[:49] + end, text="优良中低差") for text, end in zip(_CUT, "的和", strict=True)],
        at=("name",),
    ),
)


def _period(name: str, *texts: str) -> Plant:
    def put(document: Document, chance: random.Random) -> Planted | None:
        spot = any_spot(document, chance, (TIMELINESS,), lambda one: not one.parted and not one.has("actual"))
        if spot is None:
            return None
        text = chance.choice(texts).format(year=document.year or 2025)
        spot.put("name", chance.choice(("工程完工时间", "项目验收时间", "补助资金拨付时间")))
        for column in ("value", "period_value", "progress", "expected"):
            if spot.has(column):
                spot.put(column, text)
        if spot.has("description"):
            spot.put("description", "合同约定的时间")
        return Planted("IV-23", spot.places("value", "period_value"))

    return Plant("IV-23", name, "hint", put)


DATES = (
    _period("a year", "{year}年全年", "{year}年", "{year}年度", "全年"),
    _period("the end of a month", "{year}年6月底前", "10月底前", "{year}年11月底", "12月末前"),
    _period("done in a month", "{year}年12月完成", "11月完成", "{year}年9月完工"),
    _period(
        "from and to",
        "{year}年1月-12月",
        "{year}年3月至{year}年11月",
        "1-12月",
        "{year}年1月1日-{year}年12月31日",
    ),
    _period("a part of the year", "上半年", "{year}年底", "{year}年第三季度", "年底前"),
)

PLANTS = (
    *FIGURES_IN_NAMES,
    Plant("IV-17", "the value in the name only", "warning", _value_in_the_name),
    *SIGNS,
    *SLIPS,
    *NAMES,
    *DATES,
)
