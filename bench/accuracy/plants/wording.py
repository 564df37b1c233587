"""Mistakes in texts: TX-01 to TX-05, TX-07 to TX-11."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from bench.accuracy.planting import Plant, Planted
from bench.accuracy.planting_texts import PROSE, Change, changed, clauses, room, sentence, texts
from core.check.context import Counterpart
from core.sheet.document import Document
from core.sheet.places import Place, field_place

GOALS = ("goal", "content", "summary", "safeguards", "sub_goals", "use", "problems", "improvements")
Put = Callable[[Document, random.Random], Planted | None]


def _required(document: Document, place: Place) -> bool:
    field = document.form.column(place.table, place.column)
    return field is not None and field.required and not field.compute


def _of_indicators(document: Document, table: str) -> bool:
    return document.form.tables[table].role == "indicators"


# TX-01, TX-02: nothing, too much, too little ------------------------------------------------------------


def _emptied(*names: str, fields_only: bool = False) -> Put:
    def put(document: Document, chance: random.Random) -> Planted | None:
        found = [
            place
            for place in document.places()
            if place.column in names and _required(document, place)
            if not (place.table and (fields_only or _of_indicators(document, place.table)))
        ]
        if not found:
            return None
        place = chance.choice(found)
        document.set_text(place, "")
        return Planted("TX-01", frozenset((document.counted(place),)))

    return put


def _too_long(document: Document, chance: random.Random) -> Planted | None:
    """Write on and on: its own sentences again, in another order."""
    found = [place for place in texts(document) if room(document, place) < 600]
    if not found:
        return None
    place = chance.choice(found)
    text = document.text(place)
    parts = clauses(text)
    while len(text) - len(document.text(place)) <= room(document, place) + 2:
        text += f"{chance.choice(parts)}，力争走在前列；"
    document.set_text(place, text)
    return Planted("TX-02", frozenset((document.counted(place),)))


def _too_short(document: Document, chance: random.Random) -> Planted | None:
    found = [place for place in texts(document) if room(document, place) < 600]
    if not found:
        return None
    place = chance.choice(found)
    document.set_text(
        place, chance.choice(("做好工作。", "按计划完成。", "见附件", "同上", "保障正常运转。"))
    )
    return Planted("TX-02", frozenset((document.counted(place),)))


LENGTHS = (
    Plant("TX-01", "a text", "error", _emptied(*PROSE)),
    Plant("TX-01", "the project's name", "error", _emptied("project_name", fields_only=True)),
    Plant("TX-01", "the name of a row", "error", _emptied("name")),
    Plant("TX-01", "the unit's name", "error", lambda document, _: _no_unit(document)),
    Plant("TX-02", "too long", "warning", _too_long),
    Plant("TX-02", "too short", "hint", _too_short),
)


def _no_unit(document: Document) -> Planted:
    document.set_text(field_place("unit.name"), "")
    return Planted("TX-01", frozenset(("unit.name",)))


# TX-03, TX-04: instructions, texts cut off --------------------------------------------------------------

_INSTRUCTIONS = (
    "对照年度目标，说明年度目标完成情况（100字以内）",
    "对照年度绩效目标，逐项说明完成情况（200字以内）",
    "请简要说明项目总体目标，不超过500字",
    "请填写本年度要达到的目标和效果",
    "此处填写主要内容",
    "填写说明：简述项目内容、用途和预期效果。",
    "（请说明项目立项的依据）",
    "简要概述存在的问题（200字以内）",
    "请在此处输入文字",
)


def _instead(*others: str) -> Change:
    return lambda _, chance: chance.choice(others)


def _noted(text: str, chance: random.Random) -> str:
    note = chance.choice(
        ("（200字以内）", "（限300字）", "（不超过500字）", "（100字左右）", "【200字以内】")
    )
    return f"{note}{text}" if chance.random() < 0.5 else f"{text}{note}"


def _cut_bytes(text: str, chance: random.Random) -> str:
    """Cut at 96 or 97 bytes of GBK, as the old system did."""
    for size in chance.sample((96, 97), 2):
        cut = text.encode("gbk", "ignore")[:size].decode("gbk", "ignore")
        if len(cut.encode("gbk")) == size and _is_middle(cut) and len(cut) < len(text):
            return cut
    return text


def _cut_characters(text: str, chance: random.Random) -> str:
    for size in chance.sample((50, 100), 2):
        if len(text) > size and _is_middle(text[:size]):
            return text[:size]
    return text


def _is_middle(text: str) -> bool:
    return text[-1] not in "。；，、：）” \n0123456789" and any(mark in text for mark in "，、。；")


LEFT = (
    changed("TX-03", "the whole instruction", "error", _instead(*_INSTRUCTIONS)),
    changed("TX-03", "a note about the length", "error", _noted),
    changed("TX-04", "cut at 96 bytes", "warning", _cut_bytes, shortest=49),
    changed("TX-04", "cut at 50 or 100 characters", "warning", _cut_characters, shortest=51),
)


# TX-05, TX-07, TX-08: codes, foreign words, dated terms ---------------------------------------------------


def _within(*patterns: tuple[str, str]) -> Change:
    """Replace one of the first things by the second, where it first stands after the beginning."""

    def change(text: str, chance: random.Random) -> str:
        for old, new in chance.sample(patterns, len(patterns)):
            place = text.find(old, 2)
            if place >= 0:
                return text[:place] + new + text[place + len(old) :]
        return text

    return change


def _gap(text: str, chance: random.Random) -> str:
    """Put a blank between two Chinese characters."""
    found = [match.start() + 1 for match in re.finditer("[一-鿿]{2}", text)]
    if not found:
        return text
    place = chance.choice(found)
    return text[:place] + chance.choice((" ", "  ", "　")) + text[place:]


CODES = (
    changed("TX-05", "<p>", "hint", lambda text, _: f"<p>{text}</p>"),
    changed("TX-05", "<br>", "hint", _within(("。", "。<br/>"), ("；", "；<br>"))),
    changed("TX-05", "&nbsp;", "hint", _within(("，", "，&nbsp;"), ("。", "。&nbsp;&nbsp;"))),
    changed("TX-05", "[bookmark]", "hint", lambda text, _: f"[bookmark: _GoBack]{text}"),
    changed(
        "TX-05",
        "a mark twice",
        "hint",
        _within(("，", "，，"), ("。", "。。"), ("、", "、、"), ("；", "；；")),
    ),
    changed(
        "TX-05",
        "two marks at once",
        "hint",
        _within(("，", "，。"), ("。", "。，"), ("；", "；。"), ("、", "、，")),
    ),
    changed(
        "TX-05",
        "dots",
        "hint",
        lambda text, chance: text.rstrip("。") + chance.choice(("......", "。。。。。。", "……………", "....")),
    ),
    changed("TX-05", "a blank", "hint", _gap),
    sentence(
        "TX-07",
        "and",
        "hint",
        ("加强督导检查and绩效评价。", "推进法治宣传 and 法律服务。", "做好日常巡查 And 专项检查。"),
    ),
    sentence(
        "TX-07",
        "another word",
        "hint",
        (
            "提高服务满意度of群众。",
            "开展for困难群众的走访慰问。",
            "确保with镇村两级衔接顺畅。",
            "优先考虑the困难户。",
            "做到问题不过夜but不走过场。",
        ),
    ),
    sentence(
        "TX-08",
        "社区服刑人员",
        "hint",
        ("加强对社区服刑人员的管理教育。", "组织社区服刑人员参加公益活动。"),
        fits=lambda d, _: (d.year or 0) > 2019,
    ),
    sentence("TX-08", "刑释解教", "hint", ("做好刑释解教人员的安置帮教。", "帮助刑释解教人员就业。")),
    sentence(
        "TX-08",
        "六五普法",
        "hint",
        ("深入开展“六五”普法活动。", "落实六五普法规划，普及法律知识。"),
        fits=lambda d, _: (d.year or 0) > 2015,
    ),
    sentence(
        "TX-08",
        "七五普法",
        "hint",
        ("深入开展“七五”普法活动。", "推进七五普法工作，办好普法讲堂。"),
        fits=lambda d, _: (d.year or 0) > 2020,
    ),
    sentence(
        "TX-08",
        "148",
        "hint",
        ("做好“148”法律咨询电话解答。", "办好148法律服务热线。", "群众可拨打148专线咨询。"),
    ),
)


# TX-09: numbering -----------------------------------------------------------------------------------------


def _numbered(*marks: str) -> Change:
    """Number the clauses of a text with marks of which one is out of line."""

    def change(text: str, chance: random.Random) -> str:
        parts = [
            part
            for part in clauses(re.sub("[（(]?[0-9一二三四五六七八九十]+[.．、）)](?![0-9])", "", text))
            if part
        ]
        if len(parts) < len(marks):
            return text
        joint = chance.choice(("；", "。\n", "。"))
        kept = [f"{mark}{part}" for mark, part in zip(marks, parts, strict=False)]
        return joint.join(kept) + "。"

    return change


NUMBERING = (
    changed("TX-09", "1. 2、", "hint", _numbered("1.", "2、", "3."), names=GOALS),
    changed("TX-09", "1、 2.", "hint", _numbered("1、", "2."), names=GOALS),
    changed("TX-09", "a number twice", "hint", _numbered("1.", "2.", "2."), names=GOALS),
    changed("TX-09", "（二） twice", "hint", _numbered("（一）", "（二）", "（二）"), names=GOALS),
    changed("TX-09", "（1） 2)", "hint", _numbered("（1）", "2）", "（3）"), names=GOALS),
    changed("TX-09", "一、 twice", "hint", _numbered("一、", "二、", "二、"), names=GOALS),
    changed("TX-09", "a number left out", "hint", _numbered("1.", "2.", "4."), names=GOALS),
)


# TX-10, TX-11: copied texts, names that differ --------------------------------------------------------------


def _copied(text: str, chance: random.Random) -> str:
    """Give an aim as a deed: 已, 了 and nothing else."""
    done = chance.choice(
        (
            text,
            text.replace("达到", "达到了"),
            text if text[0].isdigit() else f"已{text}",
            text.replace("完成", "已完成", 1),
        )
    )
    return done if chance.random() < 0.5 else done.rstrip("。") + "。"


def _goal_copied(document: Document, chance: random.Random) -> Planted | None:
    goal = document.field("goal")
    if len(goal) < 30 or "goal_actual" not in document.form.fields:
        return None
    text = _copied(goal, chance)
    if len(text) - len(document.field("goal_actual")) > room(document, field_place("goal_actual")):
        return None
    document.set_text(field_place("goal_actual"), text)
    return Planted("TX-10", frozenset(("goal_actual", "goal")))


def _task_copied(document: Document, chance: random.Random) -> Planted | None:
    table = document.form.tables.get("tasks")
    if table is None or not {"goal", "actual"} <= set(table.columns):
        return None
    rows = [row for row in document.rows("tasks") if len(row.cells.get("goal", "")) >= 25]
    if not rows:
        return None
    row = chance.choice(rows)
    row.cells["actual"] = _copied(row.cells["goal"], chance)
    place = document.counted_row("tasks", row.id)
    return Planted("TX-10", frozenset((f"{place}.actual", f"{place}.goal")))


def _another_code(document: Document, chance: random.Random) -> Planted | None:
    code, name = document.unit_code or "820001", document.unit_name
    if name[:1].isdigit():
        return None
    other = str(int(code) + 1) if code.isdigit() else "820009"
    pattern = chance.choice(("{}{}", "{}-{}", "[{}]{}"))
    document.set_text(field_place("unit.code"), code)
    document.set_text(field_place("unit.name"), pattern.format(other, name))
    return Planted("TX-11", frozenset(("unit.name", "unit.code")))


def _another_heading(document: Document, chance: random.Random) -> Planted | None:
    name = document.form.about.name
    goal = document.field("goal")
    if not name or not goal or room(document, field_place("goal")) < 30:
        return None
    heading = chance.choice(
        ("蚕桑种苗引进项目绩效目标：", "古戏台抢救保护项目年度目标：", "无人机巡检采购绩效目标：")
    )
    document.set_text(field_place("goal"), heading + goal)
    return Planted("TX-11", frozenset(("goal", name)))


def _another_name(document: Document, chance: random.Random) -> Planted | None:
    """Another unit's name over a form of the same code and submission."""
    if not document.unit_name:
        return None
    other = document.copy(id="0123456789abcdef")
    for one in (document, other):
        one.set_text(field_place("unit.code"), document.unit_code or "820001")
    document.set_text(
        field_place("unit.name"), chance.choice(("枫林镇人民政府", "云岭县水利局", "北河街道办事处"))
    )
    places = frozenset(("unit.name",))
    return Planted("TX-11", places, (Counterpart("together", other, "2.json"),))


NAMES = (
    Plant("TX-10", "the goal copied", "warning", _goal_copied),
    Plant("TX-10", "a task's goal copied", "warning", _task_copied),
    Plant("TX-11", "another code in the name", "error", _another_code),
    Plant("TX-11", "another project in the heading", "error", _another_heading),
    Plant("TX-11", "another name in the submission", "error", _another_name),
)

PLANTS = (*LENGTHS, *LEFT, *CODES, *NUMBERING, *NAMES)
