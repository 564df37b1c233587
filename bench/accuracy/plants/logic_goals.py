"""Mistakes between tasks, goals and indicators: IX-15, IX-16."""

from __future__ import annotations

import random

from bench.accuracy.indicator_rows import (
    COUNTED,
    QUALITY,
    RATES,
    SOCIAL,
    Figure,
    any_spot,
    free_name,
    replace_row,
    top_spots,
)
from bench.accuracy.planting import Plant, Planted
from bench.accuracy.planting_rows import Put
from core.sheet.document import Document
from core.sheet.places import field_place

# IX-15, IX-16: tasks, goals and indicators --------------------------------------------------


def _unmeasured_task(document: Document, chance: random.Random) -> Planted | None:
    """A task nobody measures, with the funds of the one it replaces."""
    table = document.form.tables.get("tasks")
    rows = document.rows("tasks") if table is not None else []
    if table is None or "content" not in table.columns or len(rows) < 2:
        return None
    task = chance.choice(rows)
    name, content, goal = chance.choice(
        (
            ("森林防火", "聘用护林员巡山护林，修建防火隔离带。", "不发生较大火灾。"),
            ("征兵工作", "张贴海报，动员适龄青年。", "圆满送走新兵。"),
            ("古树名木保护", "给古树挂牌、复壮，搭好支架。", "古树长势良好。"),
        )
    )
    for column, text in (("name", name), ("content", content), ("goal", goal)):
        if column in table.columns:
            task.cells[column] = text
    place = f"{document.counted_row('tasks', task.id)}.name"
    return Planted("IX-15", frozenset((place,)))


def _of_others(document: Document, chance: random.Random) -> Planted | None:
    """The words of a city's library in the form of one of its units."""
    unit = document.unit_name
    level = next(
        (
            words
            for words in (("各区", "区"), ("各县", "县"), ("各乡镇", "镇"), ("各街道", "街道"))
            if words[1] in unit
        ),
        None,
    )
    spot = any_spot(document, chance, RATES)
    if level is None or spot is None:
        return None
    spot.put("name", f"{level[0]}{chance.choice(('对业务工作考核', '对项目实施检查', '上报材料'))}合格率")
    return Planted("IX-15", spot.places("name"))


def _other_project(document: Document, chance: random.Random) -> Planted | None:
    """Another project's name over the indicators, as when last year's file is written over."""
    name = document.form.about.name
    if not name or not document.field(name):
        return None
    document.set_text(field_place(name), chance.choice(("无人机采购", "古戏台抢救", "蚕桑种苗引进")))
    if "goal" in document.form.fields and document.field("goal"):
        document.set_text(field_place("goal"), "按合同约定的内容和期限实施，发挥应有的效益，做到廉洁、高效。")
    for extra in ("summary", "use"):
        if document.field(extra):
            document.set_text(field_place(extra), "按合同约定的内容和期限实施，做到廉洁、高效。")
    return Planted("IX-15", frozenset((name,)))


GOAL_FIGURES = (
    ("办理法律援助案件数", ("≥", "300", "件"), ("全年办理法律援助案件320件", "办理法律援助案件350件以上")),
    ("新建垃圾收集点数量", ("≥", "40", "个"), ("新建垃圾收集点45个", "新建垃圾收集点不少于50个")),
    ("培训群众人次", ("≥", "50000", "人次"), ("全年培训群众6万人次", "培训群众达6.5万人次")),
    ("硬化村道里程", ("≥", "3", "公里"), ("硬化村道3.5公里", "硬化村道5公里")),
    ("受益农户户数", ("≥", "2600", "户"), ("受益农户达到2800户", "受益农户3,000户以上")),
    ("矛盾纠纷调解成功率", ("≥", "95", "%"), ("矛盾纠纷调解成功率达到98%", "矛盾纠纷调解成功率不低于97%")),
    ("惠民政策知晓率", ("≥", "90", "%"), ("惠民政策知晓率达95%以上", "惠民政策知晓率达到85%")),
    ("新增绿化面积", ("≥", "300", "亩"), ("新增绿化面积500亩", "新增绿化280亩")),
    ("带动就业人数", ("≥", "120", "人"), ("带动就业150人", "带动就业100人以上")),
)


def _unlike_the_goal(index: int) -> Put:
    """A figure of the goal that is not the indicator's."""
    name, figure, clauses = GOAL_FIGURES[index]

    def put(document: Document, chance: random.Random) -> Planted | None:
        goal = document.field("goal")
        sorts = (QUALITY, SOCIAL) if figure[2] == "%" else COUNTED
        rows = top_spots(document, sorts)
        if not goal or not rows or not free_name(document, name) or document.stage == "调整":
            return None
        spot = chance.choice(rows)
        places = replace_row(spot, name, Figure(*figure))
        clause = chance.choice(clauses)
        text = f"{goal.rstrip('。；')}；{clause}。" if chance.random() < 0.5 else f"{clause}；{goal}"
        document.set_text(field_place("goal"), text)
        return Planted("IX-16", places | {"goal"})

    return put


def _own_figure_changed(document: Document, chance: random.Random) -> Planted | None:
    """A figure that the goal has already, mistyped there."""
    goal = document.field("goal")
    found = []
    for spot in top_spots(document):
        figure = spot.figure
        written = f"{figure.number}{figure.unit}"
        core = spot.name.removesuffix("数量").removesuffix("户数").removesuffix("个数").removesuffix("数")
        if (
            figure.number.isdigit()
            and goal.count(written) == 1
            and core in goal.split(written)[0][-len(core) - 4 :]
        ):
            found.append((spot, written))
    if not found or document.stage == "调整":
        return None
    spot, written = chance.choice(found)
    number = int(spot.figure.number)
    other = f"{number - 5 if number > 50 else number + 4}{spot.figure.unit}"
    document.set_text(field_place("goal"), goal.replace(written, other))
    return Planted("IX-16", spot.places("value", "period_value") | {"goal"})


TASKS = (
    Plant("IX-15", "a task nobody measures", "hint", _unmeasured_task),
    Plant("IX-15", "of all units", "hint", _of_others),
    Plant("IX-15", "another project", "hint", _other_project),
    *(
        Plant("IX-16", f"the goal says otherwise: {name}", "warning", _unlike_the_goal(index))
        for index, (name, _, _) in enumerate(GOAL_FIGURES)
    ),
    Plant("IX-16", "its own figure mistyped in the goal", "warning", _own_figure_changed),
)


PLANTS = TASKS
