"""The same mistakes of texts and goals in other words, written after the checks: TX, IX-16.

Lines that the checks do not find stay: they are what is missing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from bench.accuracy.indicator_rows import (
    COUNTED,
    QUALITY,
    SATISFACTION,
    SOCIAL,
    Figure,
    free_name,
    replace_row,
    top_spots,
)
from bench.accuracy.planting import Plant, Planted
from bench.accuracy.planting_rows import Put
from bench.accuracy.planting_texts import sentence, texts
from core.sheet.document import Document
from core.sheet.places import field_place

SEVERITIES = {
    "error": ("TX-03", "TX-14"),
    "warning": ("TX-13", "IX-16"),
    "hint": ("TX-05", "TX-07", "TX-08", "TX-09", "TX-12"),
}
WARNINGS = ("工作秘密", "机密件")
"""What is perhaps secret only."""

WHOLE = """
TX-03 请按照项目实施方案填写（字数控制在300字以内）
TX-03 本栏填写项目年度总体目标
TX-03 （填写要求：简明扼要，突出重点）
TX-03 单击此处输入文字。
TX-03 [请输入年度目标]
TX-03 目标1：……；目标2：……
TX-09 1、开展普法宣传。2、排查调解纠纷。2、办理法律援助。
TX-09 一是开展普法宣传；二是排查调解纠纷；二是办理法律援助。
TX-09 第一，开展普法宣传。第二，排查调解纠纷。第二，办理法律援助。
TX-09 ①开展普法宣传②排查调解纠纷②办理法律援助。
TX-09 1）开展普法宣传；2)排查调解纠纷；3）办理法律援助。
"""
WITHIN = """
TX-05 加强日常调解。 。推进普法宣传。
TX-05 加强日常调解，, 推进普法宣传。
TX-05 加强日常调解&amp;推进普法宣传。
TX-05 推进<span style="color:red">日常调解</span>工作。
TX-05 办好“人民调解””热线。
TX-07 加强日常的管理work。
TX-07 做好ok验收的准备。
TX-08 开展“五五”普法活动。
TX-08 落实新型农村合作医疗政策。
TX-08 由县工商局牵头检查。
TX-08 会同区安监局开展联合执法。
TX-12 联系人张某，手机13912345678，微信同号。
TX-12 请拨打139 1234 5678咨询。
TX-12 联系电话0512-6822 0000。
TX-13 张某身份证：11010519491231002X。
TX-13 开户行账号 6228480402564890018。
TX-13 对公账户:33001616783053000588。
TX-14 【机 密】专项行动安排。
TX-14 密级: 秘密★
TX-14 （绝密级）专项行动安排。
TX-14 秘密等级：机密。
TX-14 ☆机密☆专项行动安排。
TX-14 本方案为工作秘密，不得公开。
TX-14 机密件，阅后收回。
"""
GOALS = """
调解矛盾纠纷件数 ≥300件 调解各类矛盾纠纷320件
举办法治讲座场次 ≥12场 全年举办法治讲座不少于20场
救助困难群众人次 ≥500人次 救助困难群众600余人次
发放宣传资料份数 ≥3000份 发放各类宣传资料5000份
新建农村公路里程 ≥12公里 建成农村公路15公里
植树造林面积 ≥500亩 完成植树造林800亩
培训致富带头人人数 ≥60人 培训致富带头人80名
建设高标准农田面积 ≥2000亩 建成高标准农田0.25万亩
改造农村危房户数 ≥30户 完成35户农村危房改造
法律援助案件合格率 ≥95% 案件合格率达到98%
公益诉讼案件优良率 ≥90% 推进公益诉讼，案件优良率达到95%
惠民政策知晓率 ≥90% 群众惠民政策知晓率达95%以上
服务对象满意度 ≥90% 服务对象满意度达到85%以上
"""


def _severity(check: str, text: str) -> str:
    if any(word in text for word in WARNINGS):
        return "warning"
    return next(grave for grave, checks in SEVERITIES.items() if check in checks)


def _instead(check: str, text: str) -> Put:
    def put(document: Document, chance: random.Random) -> Planted | None:
        found = texts(document, ("goal", "content", "summary", "necessity", "sub_goals"))
        if not found:
            return None
        place = chance.choice(found)
        document.set_text(place, text)
        return Planted(check, frozenset((document.counted(place),)))

    return put


def _in_the_goal(name: str, value: str, clause: str) -> Put:
    figure = Figure(value[0], value[1:].rstrip("件场人次份公里亩户%"), value[1:].lstrip("0123456789."))

    def put(document: Document, chance: random.Random) -> Planted | None:
        goal = document.field("goal")
        if figure.unit == "%":
            rows = top_spots(document, (SATISFACTION,) if "满意" in name else (QUALITY, SOCIAL))
        else:
            rows = top_spots(document, COUNTED)
        if not goal or not rows or not free_name(document, name) or document.stage == "调整":
            return None
        places = replace_row(chance.choice(rows), name, figure)
        document.set_text(field_place("goal"), f"{goal.rstrip('。；')}；{clause}。")
        return Planted("IX-16", places | {"goal"})

    return put


def _plants() -> Iterator[Plant]:
    for line in WHOLE.strip().split("\n"):
        check, text = line.split(" ", 1)
        yield Plant(check, text, _severity(check, text), _instead(check, text))
    for line in WITHIN.strip().split("\n"):
        check, text = line.split(" ", 1)
        yield sentence(check, text, _severity(check, text), (text,))
    for line in GOALS.strip().split("\n"):
        name, value, clause = line.split(" ")
        yield Plant("IX-16", f"{name} {clause}", "warning", _in_the_goal(name, value, clause))


PLANTS = tuple(_plants())
