"""TX-10: what was done, copied from what was aimed at. TX-11: whose form it is, said in two ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from core.check.beside.together import Across, AcrossRule, Handed
from core.check.context import name_key
from core.check.finding import Hit
from core.check.rule import DocumentRule, Hits, RowRule
from core.check.view import RowView, Scene
from core.sheet.places import field_place

SHORTEST = 20
"""Shorter texts say the same by nature."""
ROUGHLY = Decimal("0.83")
"""Of the share asked for: before numbering and marks are taken away."""

_FIGURES = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_NUMBERED = re.compile(r"(?:^|(?<=[。；;\n]))\s*(?:目标)?[0-9]{1,2}[.．、：:)）]")
_DONE = re.compile("已经|已|全部|均|都|了")
_CODED_NAME = re.compile(r"^\s*[\[［(（]?([0-9]{3,12})[\]］)）]?\s*[-—－_]?\s*(?=\D)")
_UNIT_NAME, _UNIT_CODE = field_place("unit.name"), field_place("unit.code")
_ADDED = re.compile(r"\s|[（(][^（()）]*[）)]|部门$|本级$|机关$|^[0-9]+[-—]?")
_NO_HEADING = ("目标", "总体", "年度", "中期", "长期", "部门", "单位", "整体", "本", "。", "，")
_HEADED = re.compile(r"^[\s《“]*(.{2,40}?)(?:项目)?[》”]?(?:绩效目标|年度目标|总体目标)(?:表)?[为是]?[：:]")


def copies(goal: str, actual: str, percent: Decimal) -> bool:
    """Whether so many per cent of the second text are the first one, with the same figures."""
    share = Decimal(percent) / 100
    if not _as_long(len(goal), len(actual), share * ROUGHLY):
        return False
    aim, done = _bare(goal), _bare(actual)
    if not _as_long(len(aim), len(done), share) or _FIGURES.findall(aim) != _FIGURES.findall(done):
        return False
    first, second = _pairs(aim), _pairs(done)
    common = sum((first & second).values())
    return 2 * common >= share * (first.total() + second.total())


def _as_long(one: int, other: int, share: Decimal) -> bool:
    """Whether texts of these lengths can have so much in common."""
    return min(one, other) >= SHORTEST and 2 * min(one, other) >= share * (one + other)


def _bare(text: str) -> str:
    """Without numbering, marks and the words that make an aim a deed."""
    plain = _DONE.sub("", _NUMBERED.sub("", text))
    return "".join(char for char in plain if char.isalnum() or char in ".,%")


def _pairs(text: str) -> Counter[str]:
    return Counter(map(str.__add__, text, text[1:]))


def tells_what_was_done(scene: Scene) -> Hits:
    """TX-10, the goal of the whole form."""
    goal, actual = scene.text("goal"), scene.text("goal_actual")
    if not goal or not actual or not copies(goal, actual, scene.settings["copied_share"]):
        return ()
    return (scene.hit("goal_actual", "goal"),)


def task_tells_what_was_done(row: RowView) -> Hits:
    """TX-10, task by task."""
    goal, actual = row.text("goal"), row.text("actual")
    if not goal or not actual or not copies(goal, actual, row.settings["copied_share"]):
        return ()
    return (row.hit("actual", "goal"),)


def unit_has_one_code(scene: Scene) -> Hits:
    """TX-11: a code written before the unit's name is its code."""
    name, code = scene.text("unit.name"), scene.text("unit.code").strip()
    found = _CODED_NAME.match(name)
    if found is None or not code:
        return ()
    if found[1] != code:
        return (scene.hit("unit.name", "unit.code", case="code", name=name, code=code),)
    return ()


def one_unit_has_one_name(group: Sequence[Handed]) -> Iterator[Across]:
    """TX-11: forms of one unit code that are handed in together bear one name."""
    named = [(one, _plain_name(one.document.unit_name)) for one in group if one.document.unit_name.strip()]
    for (one, name), (other, its_name) in combinations(named, 2):
        if name in its_name or its_name in name:
            continue
        home, first = (other, one) if one.only_compared else (one, other)
        params = {"v": home.document.unit_name, "other": first.document.unit_name, "file": first.file}
        yield Across(home, Hit((_UNIT_NAME,), params), ((first, _UNIT_NAME),))
        return


def one_name_has_one_code(group: Sequence[Handed]) -> Iterator[Across]:
    """TX-11: forms of one unit name that are handed in together bear one code; 318 and 318001 go together."""
    coded = [(one, one.document.unit_code.strip()) for one in group if one.document.unit_code.strip()]
    for (one, code), (other, its_code) in combinations(coded, 2):
        if code.startswith(its_code) or its_code.startswith(code):
            continue
        home, first = (other, one) if one.only_compared else (one, other)
        params = {
            "name": home.document.unit_name,
            "v": home.document.unit_code,
            "other": first.document.unit_code,
            "file": first.file,
        }
        yield Across(home, Hit((_UNIT_CODE,), params, "codes"), ((first, _UNIT_CODE),))
        return


def _of_one_name(one: Handed) -> Hashable:
    """Documents of one unit name, year and stage; one without a name stands alone."""
    document = one.document
    return name_key(document.unit_name) or id(one), document.field("year"), document.stage


def _plain_name(name: str) -> str:
    """A unit's name without what systems put behind or before it."""
    return _ADDED.sub("", name)


def goal_is_of_this_project(scene: Scene) -> Hits:
    """TX-11: a goal headed with the name of another project."""
    found = _HEADED.match(scene.text("goal"))
    project = scene.text("about.name")
    if found is None or not project:
        return ()
    heading, words = found[1], scene.context.words
    if any(word in heading for word in _NO_HEADING):
        return ()
    if words.subject(heading) & words.subject(project) or heading in project:
        return ()
    return (scene.hit("goal", "about.name", case="project", heading=heading, project=project),)


RULES = (
    DocumentRule("TX-10", tells_what_was_done, reads=("goal", "goal_actual")),
    RowRule("TX-10", task_tells_what_was_done, ("goal", "actual"), role=""),
    DocumentRule("TX-11", unit_has_one_code, reads=("unit.name", "unit.code")),
    DocumentRule("TX-11", goal_is_of_this_project, reads=("goal", "about.name")),
)
ACROSS: tuple[AcrossRule, ...] = (
    AcrossRule("TX-11", one_unit_has_one_name),
    AcrossRule("TX-11", one_name_has_one_code, _of_one_name),
)
