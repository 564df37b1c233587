"""XF-07, row by row of a 监控: a target that will be missed, and results that are told in words alone."""

from __future__ import annotations

import re
from typing import Any

from core.check.rule import Hits, RowRule, Rule
from core.check.rules.scores_look import is_no_reason
from core.check.view import RowView
from core.sheet.scoring import comparable
from core.sheet.values import Kind

_CANNOT, _SURE = "完全不可能", "确定能"
_FIGURE = re.compile(
    "[0-9０-９一二两三四五六七八九十百]|已全部|全部完成|全部达到|已完成|未|尚|待|无|没有|年底|年末"
)
"""What tells how far one got, or that there is nothing to count yet."""


def _will_be_missed(row: RowView) -> Hits:
    """A target nobody will reach, or that the year is expected to miss, without a reason."""
    outlook = row.text("outlook")
    explained = row.text("cause") or not is_no_reason(row.text("reason"), row.settings)
    target, expected = row.value("value"), row.context.grammar.parse(row.text("expected"))
    if outlook == _CANNOT:
        return () if explained else (row.hit("reason", "outlook", case="cannot", waiting=True, v=outlook),)
    figures = comparable(target, expected, row.context.grammar)
    if figures is None or expected.is_vague:
        return ()
    wanted, reached = figures
    short = reached > wanted if target.comparison in ("≤", "<") else reached < wanted
    if not short or (explained and outlook != _SURE):
        return ()
    said: dict[str, Any] = {
        "typed": row.text("expected").strip(),
        "target": row.text("value").strip(),
        "v": outlook,
    }
    if outlook == _SURE:
        return (row.hit("expected", "outlook", case="sure", unfinished=True, **said),)
    return (row.hit("reason", "expected", case="short", waiting=True, **said),)


def _told_in_words(row: RowView) -> Hits:
    """Something to be counted of which the 监控 tells no figure (按进度推进)."""
    target, text = row.value("value"), row.text("progress")
    counted = target.kind is Kind.NUMBER and target.number and not target.is_percent
    if not counted or _FIGURE.search(text):
        return ()
    aim = row.text("value").strip()
    return (row.hit("progress", case="words", unfinished=True, v=text.strip(), target=aim),)


RULES: tuple[Rule, ...] = (
    RowRule(
        "XF-07", _will_be_missed, ("value", "expected", "outlook", "reason"), ("cause",), gate=("outlook",)
    ),
    RowRule("XF-07", _told_in_words, ("value", "progress"), gate=("progress",)),
)
