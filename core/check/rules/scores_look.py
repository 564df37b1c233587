"""What rules about self-evaluated indicators share: target, result and points of a row, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from core.check.view import RowView
from core.sheet.edits import Edit
from core.sheet.numbers import parse_number
from core.sheet.scoring import Scored, score
from core.sheet.values import Mark, Value

RESULT_COLUMNS = ("value", "actual", "weight", "score")
"""Columns of an indicator that is evaluated; the cells of sign and unit come with the value."""


_HIGH_SHARE = 10
"""Below so many per cent a result under one may well be meant: 0.9 for ≥1%."""


class Evaluated(NamedTuple):
    """A row of a self-evaluation as read."""

    target: Value
    result: Value
    weight: Decimal | None
    typed: Decimal | None
    """The points typed in, None while the program's own stand."""
    own: Scored

    @property
    def points(self) -> Decimal | None:
        """The points the row shows: typed, else our own."""
        return self.typed if self.typed is not None else self.own.points


def look(row: RowView) -> Evaluated:
    """Give what a row says, worked out once until one of its texts changes."""
    seen: Evaluated | None = row.memo.get("score")
    if seen is None:
        target, grammar = row.value("value"), row.context.grammar
        result = grammar.parse(row.text("actual"))
        weight = row.number("weight")
        strict = bool(row.settings["strict_signs"])
        if target_in_doubt(target, result):
            own = Scored(None, "doubt")
        elif _is_a_fraction(target, result):
            own = Scored(None, "fraction")
        else:
            own = score(target, result, weight, grammar, strict=strict)
        seen = Evaluated(target, result, weight, row.number("score"), own)
        row.keep("score", RESULT_COLUMNS if row.parts is None else (*RESULT_COLUMNS, *row.parts), seen)
    return seen


def may_be_short(row: RowView) -> bool:
    """Whether a row has not met its target for certain."""
    return not look(row).own.met


def target_in_doubt(target: Value, result: Value) -> bool:
    """Whether another check asks what the target is (typed twice, 5 for %, ≈): points by it mean nothing."""
    if Mark.UNKNOWN_OPERATOR in target.marks:
        return True
    number, found = target.number, result.number
    if number is None or found is None:
        return False
    if len(target.doubled) > 1:
        return (target.is_percent and number > 100) or found <= 2 * Decimal(target.doubled)
    return target.unit is None and result.is_percent and number > 100 >= found and number % 10 == 5


def _is_a_fraction(target: Value, result: Value) -> bool:
    """Whether a share was given as a part of one: 0.96 for ≥95%."""
    if target.number is None or result.number is None or result.digits is None or result.unit is not None:
        return False
    high = target.is_percent and target.comparison in ("≥", ">", "=", "") and target.number >= _HIGH_SHARE
    return high and 0 < result.number <= 1 and "." in result.digits.canonical and not result.is_percent


def is_no_reason(text: str, settings: Mapping[str, Any]) -> bool:
    """Whether a reason is blank or says that there is none (无, 暂无问题)."""
    return text.strip(" 。，；、.,;/—-") in ("", *settings["empty_reasons"])


def our_points(row: RowView, points: Decimal) -> list[Edit]:
    """Give the edit that puts the program's own points in place of typed ones."""
    return [row.put("score", "" if row.columns["score"].compute else f"{points:f}")]


def shown_total(text: str, own: Decimal | None) -> Decimal | None:
    """Give the figure a computed place shows: the typed one when there is one, else our own."""
    return parse_number(text.strip().removesuffix("分")) if text else own
