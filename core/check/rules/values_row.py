"""What the rules about indicator values share: the values of a row, and edits that mend them."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, NamedTuple

from core.check.rule import Sort
from core.check.rules.names import Name
from core.check.rules.values_words import KEPT
from core.check.view import RowView
from core.library.entry import Entry
from core.sheet.edits import Edit
from core.sheet.values import (
    Kind,
    Mark,
    Nature,
    Value,
    canonical_text,
    clean_text,
    led,
    plain_unit,
    readable_part,
)

VALUE_COLUMNS = ("value", "period_value")
_READ = ("name", *VALUE_COLUMNS)
ALSO = ("name", "period_value", "operator", "unit")
DIRECTION = "direction"
"""The column in which some forms have it said which way an indicator goes."""
DIRECTIONS = {"≥": "正向", ">": "正向", "≤": "反向", "<": "反向"}
"""How what is said there begins for each sign; = is told as either (published forms)."""
"""Columns that a rule about values reads where a table has them."""
CELLS = tuple(name for name in ALSO if name != "name")
"""The same, of a rule for which the indicator's name makes no difference."""

_YEAR, _PERIOD = ("value",), ("period_value",)
_NUMBER, _NO_NATURE, _FORBIDDEN = Kind.NUMBER, Nature.NONE, Mark.FORBIDDEN
_TEXT_KINDS = frozenset((Kind.WORDS, Kind.MIXED, Kind.GRADES, Kind.GRADE, Kind.DATE, Kind.PERIOD))


class Measure(NamedTuple):
    """A value of a row; cells of the row that say the same are one."""

    text: str
    """As typed: first, so that values are told apart by it before anything else is compared."""
    columns: tuple[str, ...]
    value: Value
    sign: str
    """The canonical sign, ``""`` when there is none."""
    percent: bool
    spelling: str
    """The one check that speaks about how it is spelled, or ``""``."""
    unit: str
    """Its unit in the one name of all that mean the same, without 万 or 亿; ``""`` when there is none."""
    sort: Hashable | None
    """All that most rules make of a plain number besides how much it is; None for anything else."""


class Seen(NamedTuple):
    """What a row says, worked out once for all rules that ask about the same texts."""

    name: Name
    known: Entry | None
    """The library's indicator of exactly this name; a rule that asks declares the library as context."""
    measures: tuple[Measure, ...]
    numbers: tuple[Measure, ...]
    """The values that are one number."""
    spelled: bool
    """Whether any value is spelled otherwise than it should be."""
    worded: bool
    """Whether any value is more or other than a plain number: words, a date, 定性, 左右."""
    unusual: bool
    """Whether any number has no sign or unit, an =, is 0, a price of nothing, or 100% and more."""


def look(row: RowView) -> Seen:
    """Give what a row says, worked out once until a text of the row changes."""
    seen: Seen | None = row.seen
    if seen is None:
        context = row.scene.context
        name = context.words.name(row.cells.get("name", ""))
        known = context.library.find(name.core) if context.library is not None and name.core else None
        said: tuple[Any, ...] = row.memo.get("values") or _values(row)
        seen = row.seen = Seen(name, known, *said)
    return seen


def _values(row: RowView) -> tuple[tuple[Measure, ...], tuple[Measure, ...], bool, bool, bool]:
    """Give what ``Seen`` says of values, kept while only the name is typed."""
    cells = row.cells
    year, period = cells.get("value", ""), cells.get("period_value", "")
    found: tuple[Measure, ...]
    if year == period:
        found = (_measure(row, VALUE_COLUMNS, year),) if year else ()
    elif year and period:
        found = _measure(row, _YEAR, year), _measure(row, _PERIOD, period)
    else:
        found = (_measure(row, _YEAR, year) if year else _measure(row, _PERIOD, period),)
    numbers: tuple[Measure, ...] = found
    spelled = worded = False
    for _, _, value, _, _, spelling, _, _ in found:
        if spelling:
            spelled = True
        if value.kind is not _NUMBER:
            numbers = tuple([one for one in found if one.value.kind is _NUMBER])
            worded = True
        elif value.nature is not _NO_NATURE or value.is_vague or _FORBIDDEN in value.marks:
            worded = True
    said = found, numbers, spelled, worded, any(map(_is_unusual, numbers))
    row.keep("values", VALUE_COLUMNS if row.parts is None else (*VALUE_COLUMNS, *row.parts), said)
    return said


def _is_unusual(measure: Measure) -> bool:
    value = measure.value
    number, unit = value.number, value.unit.canonical if value.unit is not None else ""
    if measure.sign in ("", "=") or not unit or not number or Mark.BARE_MULTIPLE in value.marks:
        return True
    return number >= 100 if measure.percent else unit.endswith("元") and "/" not in unit


def looked_at(row: RowView) -> tuple[str, ...]:
    """Give the columns that ``look`` reads."""
    return _READ if row.parts is None else (*_READ, *row.parts)


def _measure(row: RowView, columns: tuple[str, ...], text: str) -> Measure:
    """Give one value; what is made of a text, and of the cells of sign and unit, is remembered."""
    context = row.scene.context
    key: tuple[Any, ...] = context.grammar, columns, text
    if row.parts is not None:
        operator, unit = row.parts
        options = row.columns[operator].options if operator else ()
        key += row.cells.get(operator, ""), row.cells.get(unit, ""), options
    kept: dict[Any, Measure] = context.words.measured
    found = kept.get(key)
    if found is None:
        value = row.value(columns[0])
        told = spelling(value, _offered(row, value))
        unit = plain_unit(value, context.grammar)
        sign, percent = value.comparison, value.is_percent
        typed = value.unit.typed if value.unit is not None else None
        number = value.number or 0
        sort = (columns, sign, typed, value.scale, number == 0, number > 100, number == 100)
        plain = value.kind is _NUMBER and not (told or value.doubled or value.marks or value.lead)
        found = Measure(text, columns, value, sign, percent, told, unit, sort if plain else None)
        if len(kept) >= KEPT:
            kept.clear()
        kept[key] = found
    return found


def is_spelled_oddly(row: RowView) -> bool:
    """Whether a rule about how values are spelled may speak."""
    return (row.seen or look(row)).spelled


def is_worded(row: RowView) -> bool:
    """Whether a rule about values that are no plain numbers may speak."""
    return (row.seen or look(row)).worded


def has_number(row: RowView) -> bool:
    """Whether a rule about numbers may speak."""
    return (row.seen or look(row)).numbers != ()


def has_unusual_number(row: RowView) -> bool:
    """Whether a rule may speak that asks what numbers lack, or about an =, 0 or 100% and more."""
    return (row.seen or look(row)).unusual


def _offered(row: RowView, value: Value) -> bool:
    """Whether the sign is spelled as its cell offers it: some forms write 大于等于 by rule."""
    if row.parts is None or not row.parts[0] or value.cells is None:
        return False
    return value.cells[0].strip() in row.columns[row.parts[0]].options


def _sign_for(row: RowView, sign: str) -> str:
    """Give a sign as the cell of the sign offers it."""
    if row.parts is None or not row.parts[0]:
        return sign
    whole = row.context.grammar.tables.operators.whole
    return next((one for one in row.columns[row.parts[0]].options if whole(one) == sign), sign)


def measures(row: RowView) -> tuple[Measure, ...]:
    """Give the filled values of a row."""
    return (row.seen or look(row)).measures


def numbers(row: RowView) -> tuple[Measure, ...]:
    """Give the values of a row that are one number."""
    return (row.seen or look(row)).numbers


def name_of(row: RowView) -> Name:
    """Give what the row's name says."""
    return (row.seen or look(row)).name


def _name_sort(row: RowView) -> Hashable:
    """Give of what sort a row's name is; one that is unusual, or in the library, is of a sort of its own."""
    seen = row.seen or look(row)
    sort = seen.name.sort if seen.known is None else None
    return row.text("name") if sort is None else sort


def _name_sort_of_counts(row: RowView) -> Hashable:
    """Give the same where nothing is a percentage; beside one a name may say more than its sort."""
    for measure in (row.seen or look(row)).measures:
        if measure.percent:
            return row.text("name")
    return _name_sort(row)


def _value_sort(row: RowView) -> Hashable:
    """Give of what sort a row's values are; other than plain numbers are of a sort of their own."""
    seen = row.seen or look(row)
    measures = seen.measures
    if not measures and row.parts is not None:
        return tuple([column in row.cells for column in row.parts])  # a unit without a value is something too
    sorts = tuple([measure.sort for measure in measures])
    return measures if seen.worded or None in sorts else sorts


NAME_SORT = Sort(frozenset(("name",)), _name_sort)
"""What most rules make of a name."""
COUNT_SORT = Sort(frozenset(("name",)), _name_sort_of_counts)
"""What those make of a name that read more of it beside percentages only."""
VALUE_SORT = Sort(frozenset((*VALUE_COLUMNS, "operator", "unit")), _value_sort)
"""What rules make of values that do not ask how much it is."""


def joined_with(value: Value, sign: str, unit: str | None = None, digits: str = "") -> str:
    """Give the value in canonical spelling with another sign, unit or number."""
    lead = value.lead.canonical if value.lead is not None else ""
    number = digits or (value.digits.canonical if value.digits is not None else "")
    return f"{led(lead, sign)}{number}{value.unit_name if unit is None else unit}"


def respell(row: RowView, measure: Measure, new: str = "") -> list[Edit]:
    """Give the edits that bring a value (sign and unit cells too) into its canonical spelling.

    ``new`` is another text for the value cell.
    """
    value = measure.value
    text = new or canonical_text(value)
    edits: list[Edit] = [row.put(column, text) for column in measure.columns if row.text(column) != text]
    if value.cells is None or row.parts is None:
        return edits
    for column, typed, piece in zip(
        row.parts, (value.cells[0], value.cells[2]), (value.operator, value.unit), strict=True
    ):
        if column == row.parts[0] and _offered(row, value):
            continue
        if column and typed and piece is not None and piece.typed == typed and piece.canonical != typed:
            edits.append(row.put(column, piece.canonical))
    return edits


def resign(row: RowView, measure: Measure, sign: str) -> list[Edit]:
    """Give the edits that put another sign before a value, and a direction that said the old one right."""
    turned = _turned_direction(row, sign)
    if measure.value.cells is not None and row.parts is not None and row.parts[0]:
        return [row.put(row.parts[0], _sign_for(row, sign)), *turned]
    new = joined_with(measure.value, sign)
    return [*(row.put(column, new) for column in measure.columns), *turned]


def _turned_direction(row: RowView, sign: str) -> list[Edit]:
    """Give the edit of 正向 or 反向 where the form has a column for it and the new sign says otherwise."""
    if sign not in DIRECTIONS or DIRECTION not in row.columns:
        return []
    text, meant = row.text(DIRECTION), DIRECTIONS[sign]
    if not text or text.startswith(meant):
        return []
    for option in row.columns[DIRECTION].options:
        if option.startswith(meant):
            return [row.put(DIRECTION, option)]
    return []


def reunit(row: RowView, measure: Measure, unit: str) -> list[Edit]:
    """Give the edits that put another unit behind a value."""
    if measure.value.cells is not None and row.parts is not None and row.parts[1]:
        return [row.put(row.parts[1], unit)]
    new = joined_with(measure.value, measure.value.comparison, unit)
    return [row.put(column, new) for column in measure.columns]


def shown(measure: Measure) -> str:
    """Give the value as a sentence quotes it: sign, value and unit in one."""
    if measure.value.cells is None:
        return measure.value.text.strip()
    return "".join(cell.strip() for cell in measure.value.cells)


def written_twice(row: RowView, value: Value) -> bool:
    """Whether a value shows by itself that its digits were typed twice (100100%, or 100件以上 beside it)."""
    if not value.doubled:
        return False
    if value.number is None or (value.is_percent and value.number > 100):
        return True
    basis = row.text("basis").strip()
    return basis.startswith(value.doubled) and not basis[len(value.doubled) :][:1].isdigit()


def spelling(value: Value, offered: bool = False) -> str:
    """Give the one check that speaks about the spelling of a value, or ``""``: one cause, one finding.

    ``offered``: the sign is spelled as its cell offers it, however that is.
    """
    kind, marks = value.kind, value.marks
    if value.suffix_contradicts:
        return "IV-05"
    if kind in _TEXT_KINDS:
        return "IV-07" if marks & _ODD and clean_text(value.text) != value.text else ""
    if Mark.FORBIDDEN in marks or kind is Kind.TEMPLATE:
        return ""
    if kind is Kind.UNREADABLE:
        return "" if value.number is None and value.doubled else "IV-02"
    if kind is Kind.RANGE or marks & _UNREADABLE:
        return "IV-02"
    if kind is not Kind.NUMBER:
        return ""
    if unit_inside(value):
        return "IV-02"
    if value.suffix_repeats:
        return "IV-04"
    if _respelled(value, offered):
        return "IV-03"
    if marks & _ODD:
        return "IV-07"
    return "IV-10" if Mark.THOUSANDS in marks or (value.is_percent and value.decimals > 2) else ""


_ODD = frozenset((Mark.FULL_WIDTH, Mark.HIDDEN, Mark.BLANKS))
_UNREADABLE = frozenset((Mark.CHINESE_NUMBER, Mark.UNKNOWN_OPERATOR))
_EXTRAS = frozenset((Mark.PUNCTUATION, Mark.BRACKETED_UNIT, Mark.OPERATOR_TWICE))


def unit_inside(value: Value) -> bool:
    """Whether a unit stands beside the number too, which has a cell for it; of %%, IV-08 speaks."""
    return Mark.UNIT_TWICE in value.marks and value.cells is not None and not value.is_percent


def _respelled(value: Value, offered: bool) -> bool:
    operator, suffix = value.operator, value.suffix
    if operator is not None and operator.typed.strip() != operator.canonical and not offered:
        return True
    if suffix is not None and suffix.canonical != "~":
        return True
    return value.tail is not None or bool(value.marks & _EXTRAS)


def readable(value: Value) -> str:
    """Give the part of an unreadable text that reads as one value, or ``""``.

    Nothing when there are figures in what would be dropped: which of them counts is for a person to say.
    """
    if value.leftover is None or value.number is None or any(char.isdigit() for char in value.leftover.typed):
        return ""
    return readable_part(value)
