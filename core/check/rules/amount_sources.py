"""AM-06, AM-13, AM-15, AM-16: amounts beside each other that should not be out of proportion."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from core.check.rule import CellRule, DocumentRule, Hits, RowRule, Rule
from core.check.rules.scores_look import is_no_reason
from core.check.view import RowView, Scene

ONE_YEAR = re.compile(r"(?:1|一)年(?:期|内)?|12个月|十二个月|(20[0-9]{2})年?|一次性|当年")
_SPAN = re.compile(r"(20[0-9]{2})年?(?:1月)?(?:1日)?\s*[-—–~至到]+\s*(20[0-9]{2})年?(?:12月)?(?:31日)?")
YEARLY = ("year_fiscal", "year_other", "mid_fiscal", "mid_other")
TEXTS = ("use", "goal", "mid_goal", "long_goal", "summary", "grounds", "reason", "notes")
TARGETS = ("申报", "批复")


def _lasts_one_year(text: str) -> bool:
    """Whether a project's duration says one year for certain."""
    bare = "".join(text.split()).strip("。（）()")
    span = _SPAN.fullmatch(bare)
    return span[1] == span[2] if span else ONE_YEAR.fullmatch(bare) is not None


def year_within_the_term(scene: Scene) -> Hits:
    """AM-06: the year's money is part of the whole term's; of a project of one year it is the same."""
    year, term = scene.number("year_total"), scene.number("mid_total")
    if year is None or term is None or year == term:
        return ()
    names = [name for name in YEARLY if scene.text(name)] or ["year_total", "mid_total"]
    params: dict[str, Any] = {"a": year, "b": term, "d": abs(year - term)}
    if year > term:
        return (scene.hit(*names, waiting=True, **params),)
    if _lasts_one_year(scene.text("duration")):
        return (scene.hit(*names, case="one-year", waiting=True, **params),)
    return ()


def spent_within_budget(row: RowView, column: str) -> Hits:
    """AM-13 of what was spent: not above the budget of the same source, nor above what the year will need."""
    if not column.startswith("spent_") or row.columns[column].compute:
        return ()
    spent = row.number(column)
    if spent is None:
        return ()
    hits = []
    for case, beside in (("spent", "budget_"), ("expected", "expected_")):
        other = column.replace("spent_", beside)
        limit = row.number(other) if other in row.columns else None
        if limit is not None and spent > limit and spent != limit * 10_000:  # AM-09 speaks of that
            hits.append(row.hit(column, other, case=case, unfinished=True, a=spent, b=limit, d=spent - limit))
    return hits


def change_is_worked_out(row: RowView) -> Hits:
    """AM-15: an amount far from last year's says what it was worked out from."""
    last, this = row.number("last_year"), row.number("this_year")
    if not last or this is None or last < 0:
        return ()
    change = (this - last) / last
    if abs(change) * 100 <= row.settings["change_explained"] or not is_no_reason(
        row.text("basis"), row.settings
    ):
        return ()
    case = "" if change > 0 else "less"
    return (row.hit("this_year", "basis", case=case, waiting=True, a=last, b=this, p=abs(change)),)


def other_sources_are_named(scene: Scene, name: str) -> Hits:
    """AM-16: much of the money is 其他资金, and no text says where it comes from."""
    total, other = scene.number("about.amount"), scene.number(name)
    if scene.text("stage") not in TARGETS or not total or other is None or total <= 0:
        return ()
    share = other / total
    if share * 100 <= scene.settings["other_share"] or share > 1:
        return ()
    texts = [scene.text(text) for text in TEXTS if text in scene.form.fields]
    if any(word in text for text in texts for word in scene.settings["source_words"]):
        return ()
    return (scene.hit(name, waiting=True, a=other, b=total, p=share),)


SOURCES = tuple(
    f"{beside}{source}"
    for beside in ("budget_", "expected_")
    for source in (
        "fiscal",
        "carry",
        "other",
        "account",
        "own",
    )
)
RULES: tuple[Rule, ...] = (
    DocumentRule(
        "AM-06", year_within_the_term, reads=("year_total", "mid_total"), also=("duration", *YEARLY)
    ),
    CellRule("AM-13", spent_within_budget, kinds=("money",), also=SOURCES),
    RowRule("AM-15", change_is_worked_out, ("last_year", "this_year"), ("basis",), role=""),
    *(
        DocumentRule(
            "AM-16",
            partial(other_sources_are_named, name=name),
            reads=("about.amount", name, "stage"),
            also=TEXTS,
        )
        for name in ("other", "year_other", "other_income")
    ),
)
