"""SE-09, SE-10, SE-13, SE-14, SE-20, SE-22: totals, grade and execution rate of a self-evaluation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.check.rule import DocumentRule, Hits, Rule, TableRule
from core.check.rules.points import written
from core.check.rules.scores_look import RESULT_COLUMNS, is_no_reason, look, shown_total
from core.check.rules.values_row import NAME_SORT
from core.check.view import RowView, Scene, TableView
from core.sheet.edits import SetText
from core.sheet.scoring import grade

_GRADE_WORDS = {"优秀": 0, "良好": 1, "中等": 2, "较差": 3, "优": 0, "良": 1, "中": 2, "差": 3}
_NAMED = re.compile(
    r"(?:等级|等次|档次|评定|评价结果|自评结果|评价结论|自评结论)(?:评定)?(?:为|是|：|:)?\s*[“\"「]?"
    r"(优秀|良好|中等|较差|优|良|中|差)(?![异势质点效])"
)
_CHANGED = re.compile("[增减变调]|下达|划转|核定|压缩|统筹|移交|取消|新设|指标")
"""What a short reason says of a changed budget, besides the words that also count in long texts."""
HUNDRED = Decimal(100)
_OF_ANOTHER_SORT = "", HUNDRED
_OUGHT = "自评"


# SE-09: the total --------------------------------------------------------------------------------------


def _points(row: RowView) -> Decimal | None:
    return look(row).points


def _total(table: TableView) -> Hits:
    """SE-09: a typed total against the points that stand above it, and against our own."""
    text = table.text("total_score")
    typed = shown_total(text, None)
    if typed is None:
        return ()
    rate = shown_total(table.text("rate_score"), table.number("rate_score"))
    rows = sum((points for _, points in table.facts), Decimal(0))
    expected = rows + (rate or 0)
    if typed in (expected, table.number("total_score")):
        return ()
    place = table.place("total_score")
    edits = [SetText(place, text, "" if table.holder.columns["total_score"].compute else f"{expected:f}")]
    params: dict[str, Any] = {
        "typed": text,
        "own": written(expected),
        "rows": written(rows),
        "rate": written(rate or Decimal(0)),
    }
    return (table.hit(place, edits=edits, **params),)


# SE-10: the grade ----------------------------------------------------------------------------------------


def _grade(scene: Scene) -> Hits:
    """SE-10: a grade typed in, or named in the conclusion, is the one the total has."""
    typed = _graded(scene)
    if not typed:
        return ()
    total = shown_total(scene.text("total_score"), scene.number("total_score"))
    place = grade(total, scene.settings["grade_limits"])
    field = scene.form.fields.get("grade")
    names = field.options if field is not None else scene.settings["grade_names"]
    if total is None or place is None or not 1 <= place <= len(names):
        return ()
    own, a = names[int(place) - 1], written(total)
    return [
        scene.hit(name, edits=_regrade(scene, name), a=a, g=own, word=word)
        for name, word in typed.items()
        if _GRADE_WORDS[word] != place - 1
    ]


def _graded(scene: Scene) -> dict[str, str]:
    """Give the grades that are typed in, by field."""
    fields = scene.fields
    known: dict[str, str] | None = fields.memo.get("graded")
    if known is None:
        found = _NAMED.search(fields.text("conclusion"))
        words = {"grade": fields.text("grade").strip(), "conclusion": found[1] if found else ""}
        known = {name: word for name, word in words.items() if word in _GRADE_WORDS}
        fields.keep("graded", ("grade", "conclusion"), known)
    return known


def _regrade(scene: Scene, name: str) -> list[SetText]:
    field = scene.form.fields[name]
    return [SetText(scene.place(name), scene.text(name), "")] if name == "grade" and field.compute else []


# SE-13, SE-14: the execution rate and the change of the budget ---------------------------------------------


def _low_rate(rate: Decimal | None, settings: Mapping[str, Any]) -> bool:
    return rate is not None and rate * 100 < settings["rate_explained_below"]


def _rate_without_reason(scene: Scene) -> Hits:
    """SE-13: little was spent, and the cell for the reason is blank; a mere question where there is none."""
    rate = scene.number("rate")
    if scene.text("stage") != _OUGHT or rate is None or not _low_rate(rate, scene.settings):
        return ()
    if "rate_reason" not in scene.form.fields:
        return (scene.hit("rate", case="no-cell", waiting=True, rate=rate, limit=_limit(scene)),)
    text = scene.text("rate_reason")
    if not is_no_reason(text, scene.settings):
        return ()
    return (scene.hit("rate_reason", missing=not text, rate=rate, limit=_limit(scene)),)


def _limit(scene: Scene) -> str:
    return str(scene.settings["rate_explained_below"])


def _budget_changed(scene: Scene) -> Hits:
    """SE-14: the budget was changed during the year, and the cell for the reason is blank or silent on it."""
    before, after = scene.number("initial_total"), scene.number("budget_total")
    if before is None or after is None or before == after:
        return ()
    reason = scene.text("rate_reason")
    if is_no_reason(reason, scene.settings):
        if _low_rate(scene.number("rate"), scene.settings):
            return ()  # SE-13 asks for the same cell
        case = "" if after > before else "less"
    elif _speaks_of_spending_alone(reason, scene.settings):
        case = "spending"
    else:
        return ()
    waiting = not reason
    return (scene.hit("rate_reason", case=case, waiting=waiting, a=before, b=after, d=abs(after - before)),)


def _speaks_of_spending_alone(reason: str, settings: Mapping[str, Any]) -> bool:
    """Whether a reason tells why money was spent late, and nothing of the budget that was changed."""
    if _CHANGED.search(reason) or any(word in reason for word in settings["change_words"]):
        return False
    return any(word in reason for word in settings["slow_words"])


def _in_texts(scene: Scene, words: str) -> bool:
    texts = [scene.text(name) for name in TEXTS if name in scene.form.fields]
    return any(word in text for word in scene.settings[words] for text in texts)


def _department_rate(scene: Scene) -> Hits:
    """SE-13 of a department: little was spent, and none of the texts speaks of it."""
    rate = scene.number("completion_rate")
    if rate is None or not _low_rate(rate, scene.settings) or _in_texts(scene, "spending_words"):
        return ()
    return (scene.hit("completion_rate", case="no-cell", waiting=True, rate=rate, limit=_limit(scene)),)


def _department_budget_changed(scene: Scene) -> Hits:
    """SE-14 of a department: the budget was changed, and none of the texts speaks of it."""
    before, after = scene.number("initial_income"), scene.number("adjusted_income")
    if before is None or after is None or before == after or _in_texts(scene, "change_words"):
        return ()
    places = ("adjusted_income", "initial_income")
    case = "texts" if after > before else "texts-less"
    return (scene.hit(*places, case=case, waiting=True, a=before, b=after, d=abs(after - before)),)


# SE-20: a hundred points ------------------------------------------------------------------------------------


def _contentment(row: RowView) -> tuple[str, Decimal] | None:
    """Give the satisfaction a row reports, in per cent; a row of another sort is there without one."""
    seen = look(row)
    result = seen.own.result
    if result is None or not (seen.target.is_percent or seen.result.is_percent):
        return _OF_ANOTHER_SORT
    if not row.context.words.name(row.text("name")).satisfaction:
        return _OF_ANOTHER_SORT
    return row.text("actual").strip(), result


def _perfect(table: TableView) -> Hits:
    """SE-20: full points beside low satisfaction, or without any problem told."""
    total = shown_total(table.text("total_score"), table.number("total_score"))
    if total != HUNDRED:
        return ()
    limit = table.settings["contented"]
    low = [(row, text) for row, (text, result) in table.facts if text and result < limit]
    place = table.place("total_score")
    if low:
        row, text = low[0]
        return (table.hit(place, row.place("actual"), case="discontent", v=text),)
    if "problems" in table.holder.columns and table.text("problems") and _says_none(table):
        return (table.hit(place, table.place("problems"), v=table.text("problems").strip()),)
    return ()


def _says_none(table: TableView) -> bool:
    return is_no_reason(table.text("problems"), table.settings)


# SE-22: local caps ------------------------------------------------------------------------------------------


def _capped(scene: Scene) -> Hits:
    """SE-22: where little was spent, the total has a highest (a setting, none by default)."""
    caps = scene.settings["score_caps"]
    if not caps:
        return ()
    rate = scene.number("rate")
    total = shown_total(scene.text("total_score"), scene.number("total_score"))
    if rate is None or total is None:
        return ()
    for below, highest in caps:
        if rate * 100 < below:
            over = total > highest
            return (scene.hit("total_score", rate=rate, a=written(total), b=str(highest)),) if over else ()
    return ()


TEXTS = ("problems", "improvements", "overall", "goal_actual", "key_projects")
RULES: tuple[Rule, ...] = (
    TableRule("SE-09", _points, _total, RESULT_COLUMNS, fields=("total_score",), perhaps=("rate_score",)),
    DocumentRule("SE-10", _grade, reads=("total_score",), also=("grade", "conclusion")),
    DocumentRule("SE-13", _rate_without_reason, reads=("rate", "stage"), also=("rate_reason",)),
    DocumentRule("SE-13", _department_rate, reads=("completion_rate",), also=TEXTS),
    DocumentRule(
        "SE-14", _budget_changed, reads=("initial_total", "budget_total", "rate_reason"), also=("rate",)
    ),
    DocumentRule(
        "SE-14", _department_budget_changed, reads=("initial_income", "adjusted_income"), also=TEXTS
    ),
    TableRule(
        "SE-20",
        _contentment,
        _perfect,
        RESULT_COLUMNS,
        ("name",),
        fields=("total_score",),
        perhaps=("problems",),
        sorts=(NAME_SORT,),
    ),
    DocumentRule("SE-22", _capped, reads=("total_score", "rate")),
)
