"""The named functions of expressions: points of an indicator, points of the execution rate, the grade.

Source of the formulas: 财预〔2020〕10号 (full points when met, else in proportion), as a provincial
performance module works them out. Each answer says how it came about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from core.sheet.numbers import round_half_up
from core.sheet.values import Kind, Nature, Value, ValueGrammar, plain_unit
from core.sheet.values.model import Moment

WORDED = frozenset((Kind.GRADES, Kind.GRADE, Kind.WORDS, Kind.MIXED))
_DATED = frozenset((Kind.DATE, Kind.PERIOD))
_HIGHER = ("≥", ">", "=")


class Scored(NamedTuple):
    """The points of an indicator and how they came about.

    ``why``: ``met`` · ``share`` (in proportion) · ``over`` (a limit exceeded) · ``nothing`` (no points left).
    Without points, for a person to decide: ``worded`` · ``date`` · ``blank`` (target, result or weight) ·
    ``unread`` (the result is no one number) · ``units`` (target and result cannot be compared).
    ``met`` is None when that is not known. ``target`` and ``result`` are in one unit.
    """

    points: Decimal | None
    why: str
    met: bool | None = None
    target: Decimal | None = None
    result: Decimal | None = None


def score(
    target: Value, result: Value, weight: Decimal | None, grammar: ValueGrammar, *, strict: bool = False
) -> Scored:
    """Give the points of an indicator; ``strict``: a result equal to the limit of > or < has not met it."""
    key = target.cells or target.text, result.cells or result.text, str(weight), strict
    found: Scored | None = grammar.scores.get(key)
    if found is None:
        found = grammar.scores.keep(key, _score_of(target, result, weight, grammar, strict=strict))
    return found


def _score_of(
    target: Value, result: Value, weight: Decimal | None, grammar: ValueGrammar, *, strict: bool
) -> Scored:
    if Kind.BLANK in (target.kind, result.kind) or weight is None or weight <= 0:
        return Scored(None, "blank")
    if target.nature is Nature.QUALITATIVE or target.kind in WORDED:
        return Scored(None, "worded")
    if target.kind in _DATED:
        return _dated(target, result, weight)
    if target.kind is not Kind.NUMBER or target.number is None:
        return Scored(None, "worded")
    if result.kind is not Kind.NUMBER or result.number is None or not _is_exact(result):
        return Scored(None, "unread")
    figures = comparable(target, result, grammar)
    if figures is None:
        return Scored(None, "units")
    return _counted(target.comparison or "=", *figures, weight, strict=strict)


def _is_exact(result: Value) -> bool:
    return result.comparison in ("", "=") and not result.is_vague


def comparable(target: Value, result: Value, grammar: ValueGrammar) -> tuple[Decimal, Decimal] | None:
    """Give both numbers in the target's unit, None when they count different things.

    A result without a unit has the target's.
    """
    if target.number is None or result.number is None:
        return None
    here, there = plain_unit(target, grammar), plain_unit(result, grammar)
    if result.lead is not None and (target.lead is None or target.lead.canonical != result.lead.canonical):
        return None
    if result.unit is None:
        return target.number, result.number
    if target.unit is None:
        return None if result.scale else (target.number, result.number)
    converted = grammar.convert(result.number.scaleb(result.scale), there, here)
    return None if converted is None else (target.number.scaleb(target.scale), converted)


def _counted(sign: str, target: Decimal, result: Decimal, weight: Decimal, *, strict: bool) -> Scored:
    """Score one number against another by the sign of the target."""
    higher = sign in _HIGHER
    if sign == "=" and target == 0:
        higher = False
    met = result >= target if higher else result <= target
    if strict and sign in (">", "<") and result == target:
        met = False
    if met:
        return Scored(weight, "met", True, target, result)
    if target < 0:
        return Scored(None, "units", False, target, result)
    share = _share(target, result, higher=higher)
    points = round_half_up(share * weight, 2)
    why = "nothing" if not share else "share" if higher else "over"
    return Scored(points, why, False, target, result)


def _share(target: Decimal, result: Decimal, *, higher: bool) -> Decimal:
    """Give the part of the points that is left when the target was not met."""
    if target == 0:
        return Decimal(0)
    if higher:
        return max(result, Decimal(0)) / target
    return max(1 - (result - target) / target, Decimal(0))


def _dated(target: Value, result: Value, weight: Decimal) -> Scored:
    """A day to be kept: full points when it was, else a person decides."""
    if result.kind not in _DATED or target.end is None or result.end is None:
        return Scored(None, "date")
    late = _later(result.end, target.end)
    return Scored(None, "date", False) if late else Scored(weight, "met", True)


def _later(one: Moment, other: Moment) -> bool:
    """Whether a day is after another; a year that only one of them names is taken for both."""
    year, than = one.year or other.year or 0, other.year or one.year or 0
    return (year, one.month or 12, one.day or 31) > (than, other.month or 12, other.day or 31)


BANDS = (80, 60)
"""From so many per cent of the points an indicator in words is met, and partly met (财预〔2020〕10号)."""


def bands(weight: Decimal, limits: tuple[Any, ...] = BANDS) -> tuple[tuple[Decimal, Decimal], ...]:
    """Give lowest and highest points of the three bands of a worded indicator: met, partly met, not met.

    The highest of the lower two is itself outside. ``limits``: where the first two begin, in per cent.
    """
    high, low = (weight * Decimal(one) / 100 for one in limits)
    return (high, weight), (low, high), (Decimal(0), low)


def rate_score(spent: Decimal | None, budget: Decimal | None, points: Decimal | None) -> Decimal | None:
    """Give the points of the execution rate: in proportion, at most all, none when there was no budget."""
    if budget is None or points is None:
        return None
    if budget <= 0:
        return Decimal(0)
    if spent is None:
        return None
    share = min(max(spent, Decimal(0)) / budget, Decimal(1))
    return round_half_up(share * points, 2)


def grade(total: Decimal | None, limits: tuple[Any, ...]) -> Decimal | None:
    """Give which grade a total has, 1 for the best; a limit itself belongs to the better grade."""
    if total is None:
        return None
    for place, limit in enumerate(limits, start=1):
        if total >= limit:
            return Decimal(place)
    return Decimal(len(limits) + 1)


class Call(Protocol):
    """What a named function is told: its arguments, counted from 0, and the settings of the form."""

    def number(self, index: int) -> Decimal | None:
        """Give an argument as a number; raises UnreadableError when it is none."""
        ...

    def value(self, index: int) -> Value:
        """Give an argument as an indicator value."""
        ...

    def column(self, index: int) -> Mapping[str, Decimal | None] | None:
        """Give a whole column by the ids of its rows, None when there is no such argument."""
        ...

    def setting(self, name: str) -> Any:
        """Give a setting."""
        ...

    @property
    def grammar(self) -> ValueGrammar:
        """What values are read by."""
        ...


def _score(call: Call) -> Decimal | None:
    strict = bool(call.setting("strict_signs"))
    return score(call.value(0), call.value(1), call.number(2), call.grammar, strict=strict).points


def _rate_score(call: Call) -> Decimal | None:
    return rate_score(call.number(0), call.number(1), call.number(2))


def _grade(call: Call) -> Decimal | None:
    points, weights = call.column(1), call.column(2)
    if points is not None and weights is not None:
        weighed = [row for row, weight in weights.items() if weight is not None]
        if not weighed or any(points.get(row) is None for row in weighed):
            return None  # the total still grows
    return grade(call.number(0), call.setting("grade_limits"))


FUNCTIONS: Mapping[str, Callable[[Call], Decimal | None]] = {
    "score": _score,
    "rate_score": _rate_score,
    "grade": _grade,
}
"""The functions by the names expressions use."""
