"""IV-21: a slip of the keyboard (5 for %), and values far from last year's or from the usual."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.check.finding import Hit
from core.check.rule import Hits, RowRule
from core.check.rules.values_row import (
    ALSO,
    Measure,
    Seen,
    has_number,
    has_unusual_number,
    look,
    reunit,
    shown,
)
from core.check.view import RowView
from core.sheet.edits import Edit
from core.sheet.places import Place
from core.sheet.values import Kind, Value, plain_unit

PARTS = ("operator", "unit")
LAST = "last_value"
"""The column of last year's result, in forms that print one (湖北: 上年实际实现值)."""
TINY = 5
"""Percentages up to this change manifold without anything being amiss."""


def slipped(seen: Seen, value: Value) -> str:
    """Give the percentage that was meant when % was typed without Shift (955 for 95%), or ``""``.

    Only of a rate without a unit that is too large to be one; digits typed twice count once (95955).
    """
    if value.unit is not None or value.digits is None or value.number is None or value.number <= 100:
        return ""
    digits = value.digits.canonical
    if not digits.endswith("5") or "." in digits or not seen.name.rate:
        return ""
    body = _half(digits[:-1]) if twice_and_five(value) else digits[:-1]
    return body if 0 < int(body) <= 100 and body[0] != "0" else ""


def twice_and_five(value: Value) -> bool:
    """Whether a number is a percentage typed twice with 5 for the second % (95955 of 95 and 95%)."""
    digits = value.digits.canonical if value.digits is not None and value.unit is None else ""
    return digits.endswith("5") and len(digits) > 4 and _half(digits[:-1]) != ""


def _half(digits: str) -> str:
    middle, odd = divmod(len(digits), 2)
    return digits[:middle] if not odd and digits[:middle] == digits[middle:] else ""


def _slip(row: RowView) -> Hits:
    """IV-21: 5 where % is expected."""
    seen = row.seen or look(row)
    if not seen.name.rate:
        return ()
    hits = []
    for measure in seen.numbers:
        meant = slipped(seen, measure.value)
        if meant:
            hits.append(
                row.hit(
                    *measure.columns,
                    case="slip",
                    edits=_mended(row, measure, meant),
                    typed=shown(measure),
                    meant=f"{measure.sign}{meant}%",
                    unfinished=measure.value.unfinished,
                )
            )
    return hits


def _mended(row: RowView, measure: Measure, meant: str) -> Sequence[Edit]:
    value = measure.value
    if value.cells is not None:
        return [row.put(column, meant) for column in measure.columns] + reunit(row, measure, "%")
    edits: list[Edit] = [row.put(column, f"{measure.sign}{meant}%") for column in measure.columns]
    twice = value.digits is not None and len(value.digits.canonical) > len(meant) + 1
    if twice and row.has("basis") and not row.text("basis"):
        suffix = value.suffix.typed if value.suffix is not None else ""
        edits.append(row.put("basis", f"{meant}%{suffix}"))
    return edits


def _far_from_usual(row: RowView) -> Hits:
    """IV-21: twenty times more or less than in last year's form, or than the library knows."""
    context = row.context
    seen = row.seen or look(row)
    last = row.text(LAST)
    if not last and not context.counterparts and seen.known is None:
        return ()
    for measure in seen.numbers:
        value = measure.value
        if not value.number or value.number < 0 or not value.unit_name or slipped(seen, value):
            continue
        hit = _unlike_last_result(row, measure, last) if last else None
        hit = hit or _unlike_last_year(row, seen, measure) or _unlike_the_library(row, seen, measure)
        if hit is not None:
            return (hit,)
    return ()


def _unlike_last_result(row: RowView, measure: Measure, last: str) -> Hit | None:
    """Compare with last year's result, printed beside the target."""
    grammar, value = row.context.grammar, measure.value
    old = grammar.parse(last)
    if old.kind is not Kind.NUMBER or not old.number or "value" not in measure.columns:
        return None
    if old.unit_name and plain_unit(old, grammar) != plain_unit(value, grammar):
        return None
    now = abs(value.number or Decimal(0)).scaleb(value.scale)
    then = abs(old.number).scaleb(old.scale if old.unit_name else value.scale)
    far: Decimal = row.settings["far_times"]
    if not _is_far(now, then, then, far) or (measure.percent and max(now, then) <= TINY):
        return None
    return row.hit(
        *measure.columns,
        case="last",
        typed=shown(measure),
        before=last.strip(),
        label=row.columns[LAST].label,
        far=str(far),
        unfinished=True,
    )


def _unlike_last_year(row: RowView, seen: Seen, measure: Measure) -> Hit | None:
    last = next((one for one in row.context.counterparts if one.relation == "last-year"), None)
    before = last.named_rows.get((row.table, seen.name.key)) if last is not None else None
    if before is None or last is None:
        return None
    grammar = row.context.grammar
    columns = last.document.form.tables[row.table].columns
    cells = {
        columns[name].kind: text
        for name, text in before.cells.items()
        if name in (*PARTS, measure.columns[0])
    }
    text = cells.get("value", "")
    old = (
        grammar.parse_parts(cells.get("operator", ""), text, cells.get("unit", ""))
        if "operator" in cells
        else grammar.parse(text)
    )
    if (
        old.kind is not Kind.NUMBER
        or not old.number
        or plain_unit(old, grammar) != plain_unit(measure.value, grammar)
    ):
        return None
    now, then = (abs(one.number or Decimal(0)).scaleb(one.scale) for one in (measure.value, old))
    far: Decimal = row.settings["far_times"]
    if not _is_far(now, then, then, far):
        return None
    typed = "".join(cells.get(kind, "") for kind in ("operator", "value", "unit"))
    place = last.document.counted(Place(row.table, before.id, measure.columns[0]))
    hit = row.hit(
        *measure.columns,
        case="year",
        typed=shown(measure),
        before=typed,
        year=last.document.field("year"),
        far=str(far),
        unfinished=True,
    )
    return hit._replace(elsewhere=(f"{last.file}#{place}",))


def _unlike_the_library(row: RowView, seen: Seen, measure: Measure) -> Hit | None:
    value, library = measure.value, row.context.library
    number, unit = value.number, value.unit_name
    # Digits typed twice, and a share above 100%, are told by IV-06 and IV-09.
    if library is None or number is None or value.doubled or _over_hundred(seen, measure):
        return None
    usual = library.usual_range(seen.name.core, unit)
    far: Decimal = row.settings["far_times"]
    if usual is None or not _is_far(number, *usual, far):
        return None
    low, high = (f"{figure.normalize():f}" for figure in usual)
    return row.hit(
        *measure.columns,
        typed=shown(measure),
        low=low,
        high=high,
        unit_word=unit,
        far=str(far),
        unfinished=True,
    )


def _over_hundred(seen: Seen, measure: Measure) -> bool:
    return measure.percent and seen.name.bounded and (measure.value.number or 0) > 100


def _is_far(number: Decimal, low: Decimal, high: Decimal, times: Decimal) -> bool:
    return low > 0 and (number >= high * times or number * times <= low)


RULES = (
    RowRule("IV-21", _slip, ("name", "value"), (*ALSO, "basis"), when=has_unusual_number),
    RowRule(
        "IV-21",
        _far_from_usual,
        ("name", "value"),
        (*ALSO, LAST),
        context=("counterparts", "library"),
        when=has_number,
    ),
)
