"""Mistakes that only who knows the very indicator can see: its direction, its unit, its usual figures."""

from __future__ import annotations

from bench.accuracy.indicator_rows import COST, COUNTED, QUALITY, QUANTITY, SOCIAL, TIMELINESS
from bench.accuracy.planting import Plant
from bench.accuracy.planting_rows import Wrong, row


def _rows(
    check: str, name: str, severity: str, sorts: tuple[str, ...], *rows: tuple[str, str, str, str]
) -> Plant:
    return row(check, name, severity, [Wrong(sorts, *one) for one in rows])


PLANTS = (
    _rows(
        "IX-01",
        "a time limit with ≥",
        "error",
        (TIMELINESS,),
        ("系统故障响应时间", "≥", "30", "分钟"),
        ("法律援助申请审查时限", "≥", "5", "天"),
        ("临时救助审批时限", "≥", "7", "个工作日"),
        ("道路水毁抢通时间", ">", "24", "小时"),
        ("火灾出警到场时间", "≥", "15", "分钟"),
        ("工程建设工期", "≥", "180", "天"),
    ),
    _rows(
        "IX-01",
        "what should be small, with ≥",
        "error",
        (QUALITY, SOCIAL),
        ("部门预算调整率", "≥", "5", "%"),
        ("城镇登记失业率", "≥", "4.5", "%"),
        ("重复信访率", "≥", "20", "%"),
        ("超概算项目比例", "≥", "2", "%"),
    ),
    _rows(
        "IX-02",
        "what should be large, with ≤",
        "warning",
        (QUANTITY,),
        ("法律援助案件办结数", "≤", "300", "件"),
        ("造林面积", "≤", "1200", "亩"),
        ("新增停车泊位数", "≤", "150", "个"),
        ("高标准农田建设面积", "<", "3200", "亩"),
        ("残疾儿童康复救助人数", "≤", "46", "人"),
        ("法律明白人培养数", "≤", "36", "人"),
    ),
    _rows(
        "IV-13",
        "a unit of quite another sort",
        "warning",
        COUNTED,
        ("法律援助案件办结数", "≥", "300", "人"),
        ("引进高层次人才数", "≥", "6", "个"),
        ("食品安全抽检批次", "≥", "420", "户"),
        ("受益户数", "≥", "320", "公里"),
        ("新增停车泊位数", "≥", "150", "户"),
        ("法律明白人培养数", "≥", "36", "个"),
    ),
    _rows(
        "IV-21",
        "a share as a fraction",
        "warning",
        (QUALITY, TIMELINESS),
        ("矛盾纠纷调解成功率", "≥", "0.95", "%"),
        ("适龄儿童国家免疫规划疫苗接种率", "≥", "0.9", "%"),
        ("政务服务事项按时办结率", "≥", "0.98", "%"),
        ("苗木成活率", "≥", "0.9", "%"),
    ),
    _rows(
        "IV-21",
        "a standard sum off by a factor",
        "warning",
        (COST,),
        ("农村低保标准", "=", "72000", "元/人·月"),
        ("高龄津贴发放标准", "=", "0.5", "元/人·月"),
        ("公益林补偿标准", "=", "1600", "元/亩"),
        ("小学生均公用经费标准", "=", "72000", "元/人·年"),
        ("基本公共卫生服务人均补助标准", "=", "9400", "元/人"),
    ),
)
