"""Mistakes in figures and units of indicators: IV-06, IV-08, IV-09, IV-12, IV-13."""

from __future__ import annotations

import random

from bench.accuracy.indicator_rows import (
    COST,
    COUNTED,
    QUALITY,
    QUANTITY,
    RATES,
    SATISFACTION,
    SOCIAL,
    TIMELINESS,
    Figure,
    Spot,
    any_spot,
    spots,
)
from bench.accuracy.planting import Plant, Planted
from bench.accuracy.planting_rows import Wrong, both, in_percent, is_count, row, share_below, signed, twist
from core.sheet.document import Document

# IV-06: every figure twice --------------------------------------------------------------------------------


def _every_figure_twice(document: Document, _chance: random.Random) -> Planted | None:
    """≥100100件以上 in all rows, as one county printed it."""
    found = [spot for spot in spots(document) if spot.figure.number and "/" not in spot.figure.unit]
    if len(found) < 3:
        return None
    for spot in found:
        sign, number, unit = spot.figure
        suffix = {"≥": "以上", "≤": "以下"}.get(sign, "")
        text = number * 2 if spot.parted else f"{sign}{number}{number}{unit}{suffix}"
        spot.put("value", text)
        if spot.has("period_value"):
            spot.put("period_value", text)
    places = frozenset(place for spot in found for place in spot.places("value", "period_value"))
    return Planted("IV-06", places)


def _as_the_basis_begins(document: Document, chance: random.Random) -> Planted | None:
    """≥100100件以上 beside 100件以上."""
    spot = any_spot(document, chance, COUNTED, _has_basis)
    if spot is None:
        return None
    sign, number, unit = spot.figure
    spot.put("value", f"{sign}{number}{number}{unit}以上")
    spot.put("basis", f"{number}{unit}以上")
    return Planted("IV-06", spot.places("value"))


def _has_basis(spot: Spot) -> bool:
    return spot.has("basis") and spot.has("description") and len(spot.figure.number) > 1


def _is_share(spot: Spot) -> bool:
    return in_percent(spot) and len(spot.figure.number) > 1


TWICE = (
    Plant("IV-06", "every figure twice", "error", _every_figure_twice),
    Plant("IV-06", "once more than the basis", "error", _as_the_basis_begins),
    twist("IV-06", "a share twice", "error", "{sign}{number}{number}%", fits=_is_share),
    twist(
        "IV-06",
        "a share twice and 以上",
        "error",
        "≥{number}{number}%以上",
        fits=both(_is_share, signed("≥")),
    ),
    twist("IV-06", "a share twice in its cell", "error", "{number}{number}", fits=_is_share, column="value"),
)


# IV-08, IV-09: rates --------------------------------------------------------------------------------------

PERCENTS = (
    twist("IV-08", "no %", "warning", "{sign}{number}", fits=share_below(101)),
    twist("IV-08", "no % in the unit's cell", "warning", "", fits=share_below(101), column="unit"),
    twist("IV-08", "百分比", "warning", "{sign}{number}百分比", fits=in_percent),
    twist(
        "IV-08", "百分比 in the unit's cell", "warning", "百分比", "百分率", fits=in_percent, column="unit"
    ),
    twist("IV-08", "%%", "warning", "{sign}{number}%%", fits=in_percent),
    twist("IV-08", "% in both cells", "warning", "{number}%", fits=in_percent, column="value"),
    row(
        "IV-08",
        "a share of 件",
        "warning",
        [
            Wrong(RATES, "矛盾纠纷化解率", "≥", "30", "件"),
            Wrong(RATES, "安全隐患整改率", "≥", "12", "处"),
            Wrong(RATES, "培训人员考核合格率", "≥", "45", "人"),
        ],
    ),
    row(
        "IV-08",
        "a share without %",
        "warning",
        [
            Wrong((SOCIAL, QUALITY), "一般公共服务支出占比", "≤", "76.23"),
            Wrong((SOCIAL, QUALITY), "参保人数占应参保人数比例", "≥", "95"),
        ],
    ),
)
OVER = (
    row(
        "IV-09",
        "a scan's 2 for ≥",
        "error",
        [
            Wrong(RATES, "工程验收合格率", "", "292", "%", meant=Figure("≥", "92", "%")),
            Wrong(RATES, "专项检查覆盖率", "", "295", "%", meant=Figure("≥", "95", "%")),
        ],
    ),
    row(
        "IV-09",
        "more than all",
        "error",
        [
            Wrong(RATES, "年度任务完成率", "≥", "105", "%"),
            Wrong(RATES, "补贴资金发放到位率", "≥", "120", "%"),
            Wrong(RATES, "档案规范化建档率", "=", "110", "%"),
        ],
    ),
    row("IV-09", "above all", "error", [Wrong(RATES, "村（社区）服务覆盖率", ">", "100", "%")]),
    row(
        "IV-09",
        "a zero too many",
        "error",
        [
            Wrong(RATES, "窗口业务按时办结率", "≥", "980", "%"),
            Wrong(RATES, "适龄儿童疫苗接种率", "≥", "900", "%"),
            Wrong(RATES, "应急物资储备达标率", "≥", "950", "%"),
        ],
    ),
    row(
        "IV-09",
        "a satisfaction above all",
        "error",
        [
            Wrong((SATISFACTION,), "参训学员满意度", "≥", "192", "%"),
            Wrong((SATISFACTION,), "辖区居民满意率", "≥", "109", "%"),
        ],
    ),
)


# IV-12, IV-13: units --------------------------------------------------------------------------------------

NO_UNIT = (
    twist("IV-12", "no unit", "error", "{sign}{number}", fits=is_count, sorts=COUNTED),
    twist("IV-12", "no unit in its cell", "error", "", fits=is_count, sorts=COUNTED, column="unit"),
    row(
        "IV-12",
        "the unit in the name",
        "error",
        [
            Wrong((QUANTITY,), "举办法治讲座、法治宣传数（场次）", "≥", "12"),
            Wrong((QUANTITY,), "排查整治安全隐患数（处）", "≥", "60"),
            Wrong((QUANTITY,), "发放宣传资料（份）", "≥", "2000"),
        ],
    ),
    row(
        "IV-12",
        "万 alone",
        "error",
        [
            Wrong((COST,), "办公设备购置费用", "≤", "0.5", "万"),
            Wrong(COUNTED, "全年服务群众人次", "≥", "2", "万"),
        ],
    ),
    row(
        "IV-12",
        "a price",
        "hint",
        [
            Wrong((COST,), name, "≤", number, "元", meant=Figure("≤", number, unit))
            for name, number, unit in (
                ("每件案件补贴标准", "280", "元/件"),
                ("人均培训成本", "120", "元/人"),
                ("每公里管护费用", "900", "元/公里"),
            )
        ],
    ),
)


def _counts(name: str, *rows: tuple[str, str, str, str]) -> Plant:
    return row("IV-13", name, "warning", [_with_right_results(*one) for one in rows])


def _with_right_results(name: str, sign: str, number: str, unit: str) -> Wrong:
    """The results beside the target come in the unit that is right for the name."""
    ends = {
        "人数": "人",
        "学员数": "人",
        "人员数量": "人",
        "案件数量": "件",
        "次数": "次",
        "户数": "户",
        "场次": "场",
    }
    right = next((one for end, one in ends.items() if name.endswith(end)), unit)
    return Wrong(COUNTED, name, sign, number, unit, meant=Figure(sign, number, right))


UNITS = (
    _counts(
        "people in 个",
        ("保障村干部人数", "=", "42", "个"),
        ("参加技能培训学员数", "≥", "120", "次"),
        ("接受帮教对象人数", "=", "18", "件"),
        ("慰问困难党员人数", "≥", "60", "户"),
    ),
    _counts(
        "the measure for the unit",
        ("法律援助全年办结的案件数量", "≥", "300", "案件数"),
        ("接受安置帮教的人员数量", "=", "560", "人数"),
        ("开展巡回审判的次数", "≥", "12", "次数"),
        ("慰问困难群众户数", "≥", "120", "户数"),
    ),
    _counts(
        "次数 in people",
        ("行政执法人员培训的次数", "≥", "500", "人次"),
        ("应急演练次数", "≥", "300", "人次"),
        ("召开议事协商会次数", "≥", "24", "人"),
    ),
    _counts(
        "things in %",
        ("印制宣传资料", "≥", "95", "%"),
        ("购置办公设备", "≥", "90", "%"),
        ("编印普法读本", "=", "100", "%"),
    ),
    _counts(
        "another thing's unit",
        ("组织业务培训场次", "≥", "12", "人"),
        ("硬化村道里程", "≥", "3", "个"),
        ("新增绿化面积", "≥", "300", "公里"),
        ("走访慰问户数", "≥", "80", "个"),
    ),
    row(
        "IV-13",
        "月 for 个月",
        "warning",
        [
            Wrong((TIMELINESS,), "完成全部工作的时间", "=", "12", "月"),
            Wrong((TIMELINESS,), "项目实施期限", "≤", "10", "月"),
        ],
    ),
    row(
        "IV-13",
        "money in 个",
        "warning",
        [
            Wrong(COUNTED, "安置小区物业费", "=", "8", "个"),
            Wrong((COST,), "环卫设备购置费用", "≤", "6", "台"),
            Wrong((COST,), "困难群众救助资金", "≤", "120", "户"),
        ],
    ),
)

PLANTS = (*TWICE, *PERCENTS, *OVER, *NO_UNIT, *UNITS)
