"""IV-06: every figure typed twice (≥100100件以上), said once for the whole document."""

from __future__ import annotations

from typing import NamedTuple

from core.check.rule import Hits, TableRule
from core.check.rules.values_row import CELLS, joined_with, look, written_twice
from core.check.view import RowView, TableView
from core.sheet.edits import Edit, SetText
from core.sheet.places import Place
from core.sheet.values import Kind, Value

FEW = 2
"""So many other rows must look the same before one without own evidence is suspected."""


class _Doubled(NamedTuple):
    """What one row adds: its texts as typed, what they would be when split, and how sure it is by itself."""

    columns: tuple[str, ...]
    texts: tuple[str, ...]
    split: tuple[str, ...]
    basis: str | None
    """What would go to the 指标值确定依据, when that cell is there and empty."""
    sure: bool
    long: bool


_PLAIN = "plain"
"""The fact of a row whose number is not doubled."""
_FIGURES = frozenset((Kind.NUMBER, Kind.UNREADABLE))


def _fact(row: RowView) -> _Doubled | str | None:
    found, doubled = False, []
    for measure in (row.seen or look(row)).measures:
        if measure.value.kind in _FIGURES:
            found = True
            if measure.value.doubled:
                doubled.append(measure)
    if not doubled:
        return _PLAIN if found else None
    columns = tuple(column for measure in doubled for column in measure.columns)
    values = {column: measure.value for measure in doubled for column in measure.columns}
    first = doubled[0].value
    basis = _rest(first) if row.has("basis") and not row.text("basis") else None
    return _Doubled(
        columns,
        tuple(row.text(column) for column in columns),
        tuple(_half(values[column]) for column in columns),
        basis,
        any(written_twice(row, measure.value) for measure in doubled),
        any(len(measure.value.doubled) > 1 for measure in doubled),
    )


def _half(value: Value) -> str:
    """The value with its digits once; the suffix goes with the second half."""
    if value.cells is not None:
        return value.doubled
    return joined_with(value, value.comparison, digits=value.doubled)


def _rest(value: Value) -> str:
    """What was most likely typed into the cell beside it: 100件以上."""
    suffix = value.suffix.typed if value.suffix is not None else ""
    return f"{value.doubled}{value.unit_name}{suffix}"


def _may_tell(table: TableView, row: RowView, fact: _Doubled | str | None) -> bool:
    """Whether a row's new value makes a difference: while few look doubled, only one that does or did."""
    few: frozenset[tuple[str, str]] | None = table.memo.get("few")
    return few is None or row.key in few or isinstance(fact, _Doubled)


def _judge(table: TableView) -> Hits:
    doubled: list[tuple[RowView, _Doubled]] = [one for one in table.facts if one[1] is not _PLAIN]
    sure = any(fact.sure for _, fact in doubled)
    few = len(doubled) <= FEW
    if few and not sure:
        table.memo["few"] = frozenset(row.key for row, _ in doubled)
        return ()
    table.memo.pop("few", None)
    habit = not few and (any(fact.long for _, fact in doubled) or 2 * len(doubled) >= len(table.facts))
    wrong = [(row, fact) for row, fact in doubled if habit or fact.sure or (sure and fact.long)]
    if not wrong:
        return ()
    places: list[Place] = []
    edits: list[Edit] = []
    for row, fact in wrong:
        for column, old, new in zip(fact.columns, fact.texts, fact.split, strict=True):
            places.append(row.place(column))
            edits.append(SetText(row.place(column), old, new))
        if fact.basis is not None:
            edits.append(SetText(row.place("basis"), "", fact.basis))
    first = wrong[0][1]
    case = "one" if len(wrong) == 1 else ""
    return [
        table.hit(
            *places, case=case, edits=edits, typed=first.texts[0], half=first.split[0], count=len(wrong)
        )
    ]


RULES = (
    TableRule(
        "IV-06",
        _fact,
        _judge,
        ("value",),
        (*CELLS, "basis"),
        together=True,
        by_change=True,
        matters=_may_tell,
    ),
)
