"""IX-14, IX-17, IX-18, IX-20, IX-21: what an indicator's name says, and what is written beside it."""

from __future__ import annotations

import re

from core.check.rule import INDICATORS, CellRule, Hits, RowRule
from core.check.rules.level_names import LEVELS
from core.check.rules.logic_shift import AFTER, LONGEST_LEVEL, shift_of
from core.check.rules.names import Name
from core.check.rules.values_names import is_cut_off, is_sentence
from core.check.rules.values_row import ALSO, NAME_SORT, VALUE_SORT, has_number, look, name_of, resign, shown
from core.check.rules.values_words import Words
from core.check.view import RowView
from core.sheet.levels import Levels

_BETWEEN = re.compile("[、，,；;/]|以及|[和与及](?!时)")
_HOW_MANY = re.compile(r"(?:是|有|达)?(?:多少|几)(?P<counted>[^，。；、？?]{0,8})[？?。]?$")
_FIGURE_ONLY = re.compile(r"[^\w]*[0-9][\W0-9_]*")
_COUNTED = frozenset("个件人次场户家项份卷期批篇台套亩起宗名")
_BY_THE_HEAD = ("人次", "户次", "场次", "家次", "批次")
_SCORED = ("扣分", "给分", "计分", "打分", "得分", "评分")


# IX-14: the description beside a name -------------------------------------------------------------------


def _measure_of(name: Name) -> str:
    """What sort of measure a name says, or ``""``."""
    if name.satisfaction:
        return "satisfaction"
    if name.rate:
        return "rate"
    return "count" if name.count else ""


def _description(row: RowView) -> Hits:
    """IX-14: name and description that are the same, or that speak of different things."""
    name, text = name_of(row), row.text("description")
    if not name.core or not text.strip():
        return ()
    words = row.context.words
    described = words.name(text)
    if described.key == name.key:
        return (row.hit("description", "name", case="same", unfinished=True),)
    first, second = _measure_of(name), _measure_of(described)
    case, head = None, ""
    if _contradict(first, second, text):
        case = "measure"
    elif not (first and first == second) and not _in_common(name.core, described.core):
        case = ""
    elif not second and (head := _not_counted(name, text, words)):
        case = "count"
    if case is None:
        return ()
    return (
        row.hit(
            "description", "name", case=case, unfinished=True, name=row.text("name"), text=text, head=head
        ),
    )


def _contradict(first: str, second: str, text: str) -> bool:
    if first == "satisfaction":
        return second == "rate" and "满意" not in text
    if second == "satisfaction":
        return first in ("rate", "count")
    return first == "count" and second == "rate"


def _in_common(one: str, other: str) -> bool:
    return any(one[place : place + 2] in other for place in range(len(one) - 1))


def _not_counted(name: Name, text: str, words: Words) -> str:
    """The head of a name that counts 场次 and the like, when the description speaks of nothing counted."""
    for head, counted in words.data["counted"].items():
        if name.core.endswith(head):
            return "" if any(word in text for word in counted) else head
    return ""


# IX-17, IX-18 ---------------------------------------------------------------------------------------------


def _workload(row: RowView) -> Hits:
    """IX-17: ≥ of what comes to the unit by itself."""
    seen = row.seen or look(row)
    name = seen.name
    if not name.workload or name.rate:
        return ()
    return [
        row.hit(
            *measure.columns, edits=resign(row, measure, "="), typed=shown(measure), name=row.text("name")
        )
        for measure in seen.numbers
        if measure.sign in ("≥", ">") and not measure.percent and len(measure.value.doubled) < 2
    ]


def _several(row: RowView) -> Hits:
    """IX-18: two or more rates in one name."""
    name = name_of(row)
    if not name.rate or not _BETWEEN.search(name.core):
        return ()
    words = row.context.words
    parts = [part.strip() for part in _BETWEEN.split(name.core) if words.name(part).rate]
    return (row.hit("name", count=len(parts), v="、".join(parts)),) if len(parts) > 1 else ()


# IX-20: a name that is none -------------------------------------------------------------------------------


def _no_name(row: RowView) -> Hits:
    """IX-20: a figure or a level as the name, a task, a sentence."""
    text, name = row.text("name"), name_of(row)
    if not name.plain or _is_plain(name, row.context.levels):
        return ()
    if _FIGURE_ONLY.fullmatch(name.plain):
        return () if shift_of(row) else (row.hit("name", case="figure", v=text, unfinished=True),)
    if len(name.core) <= LONGEST_LEVEL and _is_level(name.core, row.context.levels):
        return () if shift_of(row) else (row.hit("name", case="level", v=text, unfinished=True),)
    if not name.asks and (name.task or is_sentence(name)) and not is_cut_off(row):
        return (row.hit("name", case="sentence", v=text),)
    return ()


def _is_plain(name: Name, levels: Levels) -> bool:
    """Whether a name is no level and has no figure, no mark and no task in it, as most have none."""
    return name.plain.isalpha() and not name.task and name.core not in levels.wordings


def _question(row: RowView) -> Hits:
    """IX-20: a question as the name; a number of things is the answer, unless the value is a share."""
    seen = row.seen or look(row)
    if not seen.name.asks:
        return ()
    text = row.text("name")
    new = "" if any(measure.percent for measure in seen.measures) else _answered(text)
    return (row.hit("name", edits=[row.put("name", new)] if new else [], v=text),)


def _is_level(core: str, levels: Levels) -> bool:
    """Whether a name is that of a level; 服务对象满意度 is one too, and a good indicator."""
    if "满意" in core and not core.endswith("指标"):
        return False
    known = levels.find(core, 2) or levels.find(core, 1)
    return known is not None and (core.endswith("指标") or "成本" not in core)


def _answered(text: str) -> str:
    """Give a question as a name: 化解纠纷多少件 is 化解纠纷件数, 覆盖多少村社 is 覆盖村社数."""
    found = _HOW_MANY.search(text.strip())
    if found is None or found[0][0] in "是有达":
        return ""
    before, counted = text.strip()[: found.start()].removesuffix("了"), found["counted"]
    if before and counted in _BY_THE_HEAD:
        return f"{before}{counted}"
    if not before or counted.endswith(("数", "率", "量")):
        return ""
    return f"{before}{counted}数" if counted and (counted in _COUNTED or len(counted) > 1) else ""


# IX-21 ----------------------------------------------------------------------------------------------------


def _uncountable(row: RowView, column: str) -> Hits:
    """IX-21: a scoring rule that leaves all to discretion."""
    text = row.text(column)
    if (
        "酌情" not in text
        or not any(word in text for word in _SCORED)
        or any(char.isdigit() for char in text)
    ):
        return ()
    return (row.hit(column, v=text),)


RULES = (
    RowRule("IX-14", _description, ("name", "description")),
    RowRule("IX-17", _workload, ("name", "value"), ALSO, when=has_number, sorts=(NAME_SORT, VALUE_SORT)),
    RowRule("IX-18", _several, ("name",)),
    RowRule("IX-20", _no_name, ("name",), (*LEVELS, *AFTER), gate=("name",)),
    RowRule("IX-20", _question, ("name",), ("value", *ALSO), sorts=(NAME_SORT, VALUE_SORT)),
    CellRule("IX-21", _uncountable, kinds=("text",), role=INDICATORS),
)
