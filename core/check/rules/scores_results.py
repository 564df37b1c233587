"""SE-16: what was reached is told in the way the target was set, so that it can be counted."""

from __future__ import annotations

import re
from decimal import Decimal

from core.check.rule import Hits, RowRule
from core.check.rules.scores_look import RESULT_COLUMNS, Evaluated, look, may_be_short
from core.check.view import RowView
from core.sheet.edits import Edit
from core.sheet.values import Kind

_SEVERAL = frozenset((Kind.RANGE, Kind.UNREADABLE))
# 2022年, 2020-2021年, 第一, 3月: they tell when or which, not how many. 一社区一顾问 has no figure either.
_NO_COUNT = re.compile(
    r"(?:19|20)[0-9]{2}(?:\s*[-—~至]\s*(?:19|20)?[0-9]{2,4})?\s*年?度?|第[0-9]+|[0-9]{1,2}(?:月|日)"
)
_FIGURE = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_VAGUE = re.compile(
    r"(?:超过|多于|不少于|不低于|大于|至少|约|近|将近|接近)\s*(?:[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)"
    r"|[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?:[万千百]?(?:余|多)|[^0-9，。；、]{0,3}(?:以上|左右))"
)
_CHINESE_COUNT = re.compile(
    r"[一二三四五六七八九十百]+(?:个|次|期|场|件|项|家|名|人|户|篇|份|批|处|所|支|部|条|座|套|台|起|宗|轮|届)"
)
_RANK = re.compile(r"第[一二三四五六七八九十]+(?=名|位|[，。；、]|$)")
_SAYS_HOW_FAR = re.compile(
    "优秀|良好|合格|优等|达标|前列|获评|获得|验收|全部|全覆盖|零发生|零事故|未发生|未发现|没有发生"
)
"""Words that tell how far a thing was reached although they are no figure."""


def _in_kind(row: RowView) -> Hits:
    """A number for a number, in its unit; a grade of the scale for a scale."""
    seen = look(row)
    if seen.result.kind is Kind.BLANK:
        return ()
    case = _case(seen)
    if case is None:
        return ()
    edits: list[Edit] = []
    if case == "fraction" and seen.result.number is not None:
        share = f"{(seen.result.number * 100).normalize():f}"
        edits = [row.put("actual", share if row.parts is not None else f"{share}%")]
    target = seen.target
    shown = (
        "".join(cell.strip() for cell in target.cells) if target.cells is not None else target.text.strip()
    )
    return (
        row.hit(
            "actual",
            case=case,
            edits=edits,
            result=row.text("actual").strip(),
            target=shown,
            scale="、".join(target.grades),
            unfinished=seen.result.unfinished,
        ),
    )


def _case(seen: Evaluated) -> str | None:
    result = seen.result
    if seen.own.why == "fraction":
        return "fraction"
    if seen.own.why == "units":
        return "units" if seen.own.met is None else None
    if seen.own.why == "unread":
        if result.kind is Kind.NUMBER:
            return "vague"
        return "several" if result.kind in _SEVERAL or _counts_several(result.text) else ""
    if seen.own.why == "worded" and seen.target.grades:
        if result.kind in (Kind.NUMBER, Kind.RANGE, Kind.GRADES):
            return "grade"
        if result.kind is Kind.GRADE and result.grade not in seen.target.grades:
            return "grade"
    return None


def _counts_several(text: str) -> bool:
    return len(_FIGURE.findall(text)) > 1


_LISTED = re.compile(
    r"[0-9]+(?:\.[0-9]+)?(?P<unit>[^0-9，,、；;/~-]{0,3})[，、；;或至~][0-9]+(?:\.[0-9]+)?(?P=unit)。?"
)
"""Two bare figures in one unit (3600盏、50盏), of which nobody knows which one counts."""
_SHARE = re.compile(r"(?:达到?|为)?\s*([0-9]+(?:\.[0-9]+)?)\s*[%％]\s*。?")


def _above_a_whole(row: RowView, text: str) -> bool:
    """Whether more than all of something is told (及时率 198%)."""
    found = _SHARE.fullmatch(text)
    return found is not None and Decimal(found[1]) > 100 and row.context.words.name(row.text("name")).bounded


def _has_a_figure(row: RowView) -> Hits:
    """A key indicator's result in words: a figure that says exactly how many, or a grade."""
    text = row.text("result")
    if _above_a_whole(row, text.strip()):
        return (row.hit("result", case="whole", unfinished=True, v=text.strip(), name=row.text("name")),)
    if _LISTED.fullmatch(text.strip()) and not _NO_COUNT.fullmatch(text.strip()):
        return (row.hit("result", case="listed", unfinished=True, v=text.strip()),)
    bare = _NO_COUNT.sub("", text)
    figures = _FIGURE.findall(bare)
    if not figures:
        if _CHINESE_COUNT.search(bare) or _RANK.search(text) or _SAYS_HOW_FAR.search(text):
            return ()
        return (row.hit("result", case="figure", unfinished=True, name=row.text("name")),)
    vague = _VAGUE.findall(bare)
    if len(figures) == 1 and vague:
        return (row.hit("result", case="about", unfinished=True, v=vague[0]),)
    return ()


RULES = (
    RowRule("SE-16", _in_kind, RESULT_COLUMNS, gate=("actual",), when=may_be_short),
    RowRule("SE-16", _has_a_figure, ("name", "result"), role="", gate=("result",)),
)
