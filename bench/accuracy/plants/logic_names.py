"""Mistakes in names, descriptions and scoring rules of indicators: IX-14, IX-17, IX-18, IX-20, IX-21."""

from __future__ import annotations

import random

from bench.accuracy.indicator_rows import (
    COUNTED,
    EFFECTS,
    OUTPUTS,
    RATES,
    SATISFACTION,
    any_spot,
)
from bench.accuracy.planting import Plant, Planted
from bench.accuracy.planting_rows import NAME, rows_of
from core.sheet.document import Document

# IX-14: the description --------------------------------------------------


def _described(name: str, severity: str, *pairs: tuple[tuple[str, ...], str, str, str]) -> Plant:
    """Give a name (with its value) and a description that does not fit it."""

    def put(document: Document, chance: random.Random) -> Planted | None:
        for sorts, title, value, description in chance.sample(pairs, len(pairs)):
            spot = any_spot(document, chance, sorts, lambda one: one.has("description"))
            if spot is not None:
                spot.put("name", title or spot.name)
                spot.put("value", value or spot.row.cells["value"])
                spot.put("description", description or spot.name)
                return Planted("IX-14", spot.places("description", "name"))
        return None

    return Plant("IX-14", name, severity, put)


DESCRIPTIONS = (
    _described("the same words", "warning", (OUTPUTS, "", "", ""), (EFFECTS, "", "", "")),
    _described(
        "another measure",
        "warning",
        (RATES, "法律顾问受理案件率", "≥98%", "法律援助案件受理满意率"),
        (COUNTED, "组织主题教育活动场次", "≥5场", "组织主题宣传活动满意率"),
        ((SATISFACTION,), "受益农户满意度", "≥90%", "农田设施按时修复率"),
    ),
    _described(
        "another subject",
        "warning",
        (OUTPUTS, "机井维修数量", "≥30眼", "资金按时拨付到项目单位"),
        (COUNTED, "受训农民人数", "≥300人", "化肥农药减量情况"),
        (RATES, "渠道清淤完成率", "≥95%", "村民对管护的意见"),
    ),
    _described(
        "nothing counted",
        "hint",
        (COUNTED, "社区矫正宣传场次", "≥12场", "宣传社区矫正法律、法规"),
        (COUNTED, "巡查防汛重点部位次数", "≥48次", "防汛重点部位安全"),
    ),
)


# IX-17 to IX-21: names and scoring rules --------------------------------------------------


def _scored(name: str, *texts: str) -> Plant:
    def put(document: Document, chance: random.Random) -> Planted | None:
        spot = any_spot(document, chance, fits=lambda one: one.has("basis") or one.has("note"))
        if spot is None:
            return None
        column = "basis" if spot.has("basis") else "note"
        spot.put(column, chance.choice(texts))
        return Planted("IX-21", spot.places(column))

    return Plant("IX-21", name, "hint", put)


NAMES = (
    rows_of(
        "IX-17",
        "≥ of what comes by itself",
        "hint",
        COUNTED,
        ("接受安置帮教的人员数量", "≥", "560", "人"),
        ("在册社区矫正对象人数", "≥", "600", "人"),
        ("矛盾纠纷数", "≥", "300", "件"),
        ("信访案件数", "≥", "50", "件"),
        ("在册戒毒人员数", "≥", "80", "人"),
    ),
    rows_of(
        "IX-18",
        "several rates",
        "hint",
        RATES,
        ("人民群众知晓率、参与率", "≥", "95", "%"),
        ("行政诉讼按时答辩率、出庭率", "≥", "95", "%"),
        ("接警率和处置率", "≥", "98", "%"),
        ("设备完好率及使用率", "≥", "95", "%"),
        ("档案建档率与更新率", "≥", "95", "%"),
        at=NAME,
    ),
    rows_of(
        "IX-20",
        "a question",
        "hint",
        COUNTED,
        ("法律顾问覆盖多少村社", "=", "186", "个"),
        ("全年排查化解矛盾纠纷多少件", "≥", "300", "件"),
        ("培训了多少人次", "≥", "300", "人次"),
        ("是否按期完成验收", "=", "1", "次"),
        at=NAME,
    ),
    rows_of(
        "IX-20",
        "a task",
        "hint",
        OUTPUTS,
        ("按时保质完成安置小区物业管理工作", "≥", "95", "%"),
        ("做好刑满释放人员的安置帮教工作，促使他们顺利回归社会", "≥", "95", "%"),
        ("认真落实上级交办的各项工作任务", "≥", "95", "%"),
        ("全面推进农村人居环境整治工作", "≥", "95", "%"),
        at=NAME,
    ),
    rows_of(
        "IX-20",
        "a figure",
        "error",
        OUTPUTS,
        ("88", "=", "100", "%"),
        ("20", "≥", "95", "%"),
        ("100%", "≥", "95", "%"),
        at=NAME,
    ),
    rows_of(
        "IX-20",
        "a level",
        "error",
        OUTPUTS,
        ("数量指标", "≥", "5", "个"),
        ("社会效益指标", "≥", "95", "%"),
        ("质量指标", "≥", "95", "%"),
        at=NAME,
    ),
    _scored(
        "at discretion",
        "未达指标值酌情扣分",
        "未完成的酌情扣分",
        "视完成情况酌情给分",
        "根据实际情况酌情打分",
    ),
)

PLANTS = (*DESCRIPTIONS, *NAMES)
