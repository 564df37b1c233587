"""IX-12: a row whose texts stand in the wrong columns, as copying or a page break leaves them.

Reading files in mends what it can and tells it; this is about what it could not, and about what was pasted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from core.check.rule import Hits, RowRule
from core.check.rules.level_names import COST, COSTS, LEVELS, SATISFACTION
from core.check.view import RowView
from core.sheet.edits import Edit
from core.sheet.levels import Level
from core.sheet.values import Kind

AFTER = ("description", "operator", "period_value", "value", "unit", "basis")
"""What may stand behind the name."""
COLUMNS = (*LEVELS, "name", *AFTER)
"""All that is read."""
LONGEST_LEVEL = 14
"""So many characters has the longest name of a level."""
_NAMED = (*LEVELS, "name")
_WORDY = frozenset((Kind.WORDS, Kind.MIXED, Kind.UNREADABLE))
_SIGNED = frozenset("≥≤><=")


class Shift(NamedTuple):
    """How a row is shifted: the case of the record, where it shows, what stands there and what beside it."""

    case: str
    column: str
    text: str
    other: str = ""
    to: tuple[tuple[str, str], ...] = ()
    """Columns and the texts that would mend it, none where a text is lost."""


def shift_of(row: RowView) -> Shift | None:
    """Give how a row is shifted, worked out once until one of its texts changes."""
    known: tuple[Shift | None] | None = row.memo.get("shift")
    if known is None:
        known = (_header(row) or (None if _levels_fit(row) else _moved(row)),)
        row.keep("shift", COLUMNS, known)
    return known[0]


def may_be_shifted(row: RowView) -> bool:
    """A quick test: whether name and levels leave anything to look for; the usual row has both in place."""
    known: bool | None = row.memo.get("in-place")
    if known is None:
        known = _levels_are_plain(row) and not _is_header(row, "name")
        row.keep("in-place", _NAMED, known)
    return not known


def _levels_fit(row: RowView) -> bool:
    """Whether both levels stand where they belong: then no text was moved, and this is the usual row."""
    known: bool | None = row.memo.get("levels fit")
    if known is None:
        find, cells = row.context.levels.find, row.cells
        first, second = find(cells.get("level1", ""), 1), find(cells.get("level2", ""), 2)
        known = first is not None and second is not None and _belongs(first, second)
        row.keep("levels fit", LEVELS, known)
    return known


def _belongs(first: Level, second: Level) -> bool:
    """Whether a second level may stand under a first one; some forms have 满意度 under 效益.

    成本 was a second level of 产出 before 财预〔2021〕101号; 经济成本 and its like never were.
    """
    if second.name in COSTS:
        return first.name == COST
    return not second.parents or first.name in second.parents or SATISFACTION in second.parents


def stands_elsewhere(row: RowView) -> bool:
    """Whether a level stands in the other level's column; reads the level columns only."""
    if _levels_fit(row):
        return False
    above, below = row.text("level1").strip(), row.text("level2").strip()
    left = bool(above) and _level(row, above, 1) is None and _level(row, above, 2) is not None
    return left or (bool(below) and _level(row, below, 2) is None and _level(row, below, 1) is not None)


def _moved(row: RowView) -> Shift | None:
    return _level_out_of_place(row) or _moved_left(row) or _moved_right(row)


def _header(row: RowView) -> Shift | None:
    """The head of the table, pasted along."""
    for column in ("name", *LEVELS):
        if _is_header(row, column):
            filled = tuple((name, "") for name in COLUMNS if row.text(name))
            return Shift("header", column, row.text(column).strip(), to=filled)
    return None


def _is_header(row: RowView, column: str) -> bool:
    text = row.text(column).strip()
    if not text:
        return False
    return text in row.context.words.data["header"][column] or (
        column == "name" and text == row.columns[column].label
    )


def _levels_are_plain(row: RowView) -> bool:
    known: bool | None = row.memo.get("plain levels")
    if known is None:
        known = _levels_fit(row) and not any(_is_header(row, column) for column in LEVELS)
        row.keep("plain levels", LEVELS, known)
    return known


def _level_out_of_place(row: RowView) -> Shift | None:
    """A second level under 一级指标, or a first one under 二级指标."""
    text = row.text("level1").strip()
    if text and _level(row, text, 1) is None and (level := _level(row, text, 2)) is not None:
        below = row.text("level2").strip()
        if not below or _level(row, below, 2) is level:
            return Shift("", "level1", text, to=_levels(level, text))
        if _level(row, below, 2) is None:
            return Shift("left", "level1", text, below, _all_moved(row, level))
        return Shift("", "level1", text)
    text = row.text("level2").strip()
    if text and _level(row, text, 2) is None and _level(row, text, 1) is not None:
        return Shift("above", "level2", text)
    return _under_another(row)


def _under_another(row: RowView) -> Shift | None:
    """A second level under a first one to which it does not belong."""
    above, text = row.text("level1").strip(), row.text("level2").strip()
    first, second = _level(row, above, 1), _level(row, text, 2)
    if first is None or second is None or _belongs(first, second):
        return None
    return Shift("parent", "level1", text, above, _levels(second, text))


def _moved_left(row: RowView) -> Shift | None:
    """A value for a name, and no level where the second level stands: what is there is the name."""
    below, text = row.text("level2").strip(), row.text("name").strip()
    if not below or not text or _level(row, below, 2) is not None:
        return None
    value = row.context.grammar.parse(text)
    if value.kind is not Kind.NUMBER or not (value.comparison or value.is_percent):
        return None
    return Shift("value", "name", text, below)


def _moved_right(row: RowView) -> Shift | None:
    """A level for a name, with words behind it where a value should be."""
    text = row.text("name").strip()
    if not text or len(text) > LONGEST_LEVEL or _level(row, row.text("level2").strip(), 2) is not None:
        return None
    level = _level(row, text, 2)
    if level is None or not text.endswith("指标"):
        return None
    behind = next((row.text(column).strip() for column in AFTER if row.text(column).strip()), "")
    if len(behind) < 3 or row.context.grammar.parse(behind).kind not in _WORDY or behind[0] in _SIGNED:
        return None
    return Shift("right", "name", text, behind)


def _level(row: RowView, text: str, depth: int) -> Level | None:
    return row.context.levels.find(text, depth) if text else None


def _levels(level: Level, text: str) -> tuple[tuple[str, str], ...]:
    """Both level cells of a second level that may stand under one first level only."""
    above = level.parents[0] if len(level.parents) == 1 else COST if level.name in COSTS else ""
    return (("level1", above), ("level2", text)) if above else ()


def _all_moved(row: RowView, level: Level) -> tuple[tuple[str, str], ...]:
    """Every text one column on, where the last column has room."""
    columns = [name for name in row.columns if name in COLUMNS]
    texts = [row.text(name) for name in columns]
    if columns[:3] != [*LEVELS, "name"] or texts[-1] or len(level.parents) != 1:
        return ()
    filled = texts[: 1 + max(index for index, text in enumerate(texts) if text)]
    moved = dict(zip(columns, (level.parents[0], *filled), strict=False))
    needed = (name for name in columns if row.columns[name].required)
    value = row.context.grammar.parse(moved.get("value", ""))
    if value.kind in _WORDY or any(not moved.get(name) for name in needed):
        return ()
    return tuple(moved.items())


def _edits(row: RowView, to: Sequence[tuple[str, str]]) -> list[Edit]:
    return [row.put(column, text) for column, text in to if row.text(column) != text]


def _is_shifted(row: RowView) -> Hits:
    shift = shift_of(row)
    if shift is None:
        return ()
    return (
        row.hit(shift.column, case=shift.case, edits=_edits(row, shift.to), v=shift.text, other=shift.other),
    )


RULES = (RowRule("IX-12", _is_shifted, ("name",), (*LEVELS, *AFTER), when=may_be_shifted),)
