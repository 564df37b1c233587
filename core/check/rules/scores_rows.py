"""SE-06 to SE-08, SE-11, SE-12, SE-15, SE-17, SE-18: points of an indicator, and the reason beside them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.check.finding import Hit
from core.check.rule import Hits, RowRule
from core.check.rules.points import written
from core.check.rules.scores_look import (
    RESULT_COLUMNS,
    Evaluated,
    is_no_reason,
    look,
    may_be_short,
    our_points,
)
from core.check.view import RowView
from core.sheet.numbers import is_unfinished_number
from core.sheet.scoring import bands
from core.sheet.values import Value

_HUNDREDTH = Decimal("0.01")
_PARTLY = ("部分达成", "部分完成", "基本达成", "基本完成")
_NOT = ("未达成", "未完成", "没有达成", "没有完成")
_FULLY = ("达成年度指标", "全部达成", "全部完成", "达成", "完成", "已完成", "已达成")


def _outside(seen: Evaluated) -> bool:
    """Whether typed points are no part of the weight, which SE-17 says."""
    return seen.typed is not None and (
        seen.typed < 0 or (seen.weight is not None and seen.typed > seen.weight > 0)
    )


# SE-06, SE-07: points that can be worked out -------------------------------------------------------------


def _is_reverse(seen: Evaluated) -> bool:
    return seen.target.comparison in ("≤", "<")


def _differing(row: RowView, *, reverse: bool) -> Hits:
    """Typed points other than those of the table; fewer although the target was met is SE-18's."""
    seen = look(row)
    own, typed = seen.own.points, seen.typed
    if typed is None or own is None or typed == own or _outside(seen) or _is_reverse(seen) is not reverse:
        return ()
    if seen.own.met and typed < own:
        return ()
    return (
        row.hit(
            "score",
            case=seen.own.why if seen.own.why in ("share", "over", "nothing") else "",
            edits=our_points(row, own),
            unfinished=typed < own,
            a=written(own),
            b=written(typed),
            target=_shown(row, seen.target),
            result=row.text("actual").strip(),
        ),
    )


def _forward(row: RowView) -> Hits:
    return _differing(row, reverse=False)


def _backward(row: RowView) -> Hits:
    return _differing(row, reverse=True)


def _shown(row: RowView, target: Value) -> str:
    return "".join(cell.strip() for cell in target.cells) if target.cells is not None else row.text("value")


# SE-08: points of a worded indicator ------------------------------------------------------------------------


def _in_its_band(row: RowView) -> Hits:
    seen = look(row)
    if seen.own.why != "worded" or seen.typed is None or seen.weight is None or _outside(seen):
        return ()
    place = _band(seen.target, seen.result, row.text("actual").strip(" 。"))
    if place is None:
        return ()
    low, high = bands(seen.weight, row.settings["worded_bands"])[place]
    inside = low <= seen.typed and (seen.typed <= high if place == 0 else seen.typed < high)
    if inside:
        return ()
    highest = high if place == 0 else high - _HUNDREDTH
    return (
        row.hit(
            "score",
            a=written(low),
            b=written(highest),
            c=written(seen.typed),
            result=row.text("actual").strip(),
            unfinished=seen.typed < low,
        ),
    )


def _band(target: Value, result: Value, text: str) -> int | None:
    """Give the band a result belongs to for certain: 0 met, 1 partly met, 2 not met."""
    if text.startswith(_PARTLY):
        return 1
    if text.startswith(_NOT):
        return 2
    if text in _FULLY:
        return 0
    scale, grade = target.grades, result.grade or text
    if grade not in scale:
        return 0 if grade == target.grade else None
    reached, wanted = scale.index(grade), scale.index(target.grade) if target.grade in scale else 0
    if reached <= wanted:
        return 0
    return 2 if reached == len(scale) - 1 else None


# SE-11, SE-12, SE-18: reasons ------------------------------------------------------------------------


def _short_without_reason(row: RowView) -> Hits:
    """SE-11: the target was not met, or points were lost, and nobody says why."""
    seen = look(row)
    if seen.own.met is None:
        if seen.points is None or seen.weight is None or seen.points >= seen.weight:
            return ()
    elif seen.own.met:
        return ()
    if not is_no_reason(row.text("reason"), row.settings):
        return ()
    return (_ask(row, "points" if seen.own.met is None else "", seen),)


def _far_over_without_reason(row: RowView) -> Hits:
    """SE-12: far more than the target, which may have been set too low."""
    seen = look(row)
    own = seen.own
    if not own.met or own.target is None or own.result is None or own.result <= 0:
        return ()
    ratio = row.settings["over_fulfilment"]
    if not ratio or own.result < (own.target * ratio / 100 if own.target else row.settings["over_nothing"]):
        return ()
    if _is_reverse(seen) or not is_no_reason(row.text("reason"), row.settings):
        return ()
    return (_ask(row, "" if own.target else "nothing", seen, ratio=str(ratio)),)


def _ask(row: RowView, case: str, seen: Evaluated, **params: Any) -> Hit:
    """Ask for the reason: it is required by what stands beside it."""
    return row.hit(
        "reason",
        "actual",
        case=case,
        missing=True,
        target=_shown(row, seen.target),
        result=row.text("actual").strip(),
        a=written(seen.points) if seen.points is not None else "",
        b=written(seen.weight) if seen.weight is not None else "",
        **params,
    )


def _points_and_result_differ(row: RowView) -> Hits:
    """SE-18: points lost although the target was met; full points although a day was missed."""
    seen = look(row)
    if seen.typed is None or seen.weight is None or _outside(seen):
        return ()
    if seen.own.met and seen.typed < seen.weight and is_no_reason(row.text("reason"), row.settings):
        edits = our_points(row, seen.weight)
        params: dict[str, Any] = {"a": written(seen.typed), "b": written(seen.weight)}
        return (row.hit("score", case="lost", edits=edits, unfinished=True, **params),)
    if seen.own.points is None and seen.own.met is False and seen.typed == seen.weight:
        return (
            row.hit("score", "actual", result=row.text("actual").strip(), target=_shown(row, seen.target)),
        )
    return ()


# SE-15, SE-17: points that are there and can be ------------------------------------------------------


def _points_are_given(row: RowView) -> Hits:
    """SE-15: a row whose points a person must give has them."""
    if row.text("score") or look(row).own.why not in ("worded", "date"):
        return ()
    return (row.hit("score", case="points", missing=True),)


def _points_within_weight(row: RowView) -> Hits:
    """SE-17: from nothing to the weight, and a number."""
    text, seen = row.text("score"), look(row)
    if not text:
        return ()
    if seen.typed is None:
        return (row.hit("score", case="unreadable", unfinished=is_unfinished_number(text), v=text),)
    if not _outside(seen):
        return ()
    case = "negative" if seen.typed < 0 else ""
    edits = our_points(row, seen.own.points) if seen.own.points is not None else []
    b = written(seen.weight) if seen.weight is not None else ""
    return (row.hit("score", case=case, edits=edits, a=written(seen.typed), b=b),)


WITH_REASON = (*RESULT_COLUMNS, "reason")
TYPED, REACHED = ("score",), ("actual",)
RULES = (
    RowRule("SE-06", _forward, RESULT_COLUMNS, gate=TYPED),
    RowRule("SE-07", _backward, RESULT_COLUMNS, gate=TYPED),
    RowRule("SE-08", _in_its_band, RESULT_COLUMNS, gate=TYPED),
    RowRule("SE-11", _short_without_reason, WITH_REASON, gate=REACHED, when=may_be_short),
    RowRule("SE-12", _far_over_without_reason, WITH_REASON, gate=REACHED),
    RowRule("SE-15", _points_are_given, RESULT_COLUMNS, gate=REACHED, when=may_be_short),
    RowRule("SE-17", _points_within_weight, RESULT_COLUMNS, gate=TYPED),
    RowRule("SE-18", _points_and_result_differ, RESULT_COLUMNS, ("reason",), gate=TYPED),
)
