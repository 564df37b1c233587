"""TX-10: what was done, copied from what was aimed at. TX-11: whose form it is, said in two ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

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
_MARKS = re.compile(r"[^\w.,%]|_")
_DONE = re.compile("已经|已|全部|均|都|了")
_CODED_NAME = re.compile(r"^\s*[\[［(（]?([0-9]{3,12})[\]］)）]?\s*[-—－_]?\s*(?=\D)")
_UNIT_NAME, _UNIT_CODE = field_place("unit.name"), field_place("unit.code")
_ADDED = re.compile(r"\s|[（(][^（()）]*[）)]|部门$|本级$|机关$|^[0-9]+[-—]?")
_NO_HEADING = ("目标", "总体", "年度", "中期", "长期", "部门", "单位", "整体", "本", "。", "，")
_HEADED = re.compile(r"^[\s《“]*(.{2,40}?)(?:项目)?[》”]?(?:绩效目标|年度目标|总体目标)(?:表)?[为是]?[：:]")


class Plain(NamedTuple):
    """What two texts are compared by: the text without numbering and marks, its figures, its pairs."""

    text: str
    figures: list[str]
    pairs: list[str]

    def copied_by(self, other: Plain, share: Decimal) -> bool:
        """Whether so much of another text is this one, with the same figures."""
        if not _as_long(len(self.text), len(other.text), share) or self.figures != other.figures:
            return False
        left = Counter(self.pairs)
        may_miss = len(other.pairs) - share * (len(self.pairs) + len(other.pairs)) / 2
        missed = 0
        for pair in other.pairs:
            if left[pair]:
                left[pair] -= 1
            else:
                missed += 1
                if missed > may_miss:
                    return False
        return True


def _as_long(one: int, other: int, share: Decimal) -> bool:
    """Whether texts of these lengths can have so much in common."""
    return min(one, other) >= SHORTEST and 2 * min(one, other) >= share * (one + other)


def plain_of(text: str) -> Plain:
    """Give a text without numbering, marks and the words that make an aim a deed."""
    text = _MARKS.sub("", _DONE.sub("", _NUMBERED.sub("", text)))
    return Plain(text, _FIGURES.findall(text), list(map(str.__add__, text, text[1:])))


def _plain(row: RowView, column: str) -> Plain:
    """Give that of a cell, kept until it changes."""
    name = "plain " + column
    known: Plain | None = row.memo.get(name)
    if known is None:
        known = plain_of(row.text(column))
        row.keep(name, (column,), known)
    return known


def _copied(row: RowView, goal: str, actual: str) -> bool:
    """Whether what was done is what was aimed at, copied."""
    share = Decimal(row.settings["copied_share"]) / 100
    if not _as_long(len(row.text(goal)), len(row.text(actual)), share * ROUGHLY):
        return False
    return _plain(row, goal).copied_by(_plain(row, actual), share)


def tells_what_was_done(scene: Scene) -> Hits:
    """TX-10, the goal of the whole form."""
    if not _copied(scene.fields, "goal", "goal_actual"):
        return ()
    return (scene.hit("goal_actual", "goal"),)


def task_tells_what_was_done(row: RowView) -> Hits:
    """TX-10, task by task."""
    return (row.hit("actual", "goal"),) if _copied(row, "goal", "actual") else ()


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
