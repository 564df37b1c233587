"""Which indicators of a document and of its counterpart are the same, and what differs between two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from core.check.beside.precedent import Line
from core.check.view import RowView
from core.sheet.edits import Edit
from core.sheet.numbers import parse_number
from core.sheet.values import Kind, Value, ValueGrammar, normal_form, plain_unit

ALIKE = 0.5
"""So large a share of characters in common makes two names on one level one indicator renamed."""
_AT_MOST = ("≤", "<")
_ALL = 100


class Told(NamedTuple):
    """What a row of indicators says, as far as a rule compares it."""

    level1: str
    level2: str
    name: str
    weight: str = ""
    value: tuple[str, ...] = ()


VALUE_CELLS = ("operator", "value", "period_value", "unit")


def named(row: RowView) -> Told | None:
    """Give a row's name and levels, None for one without a name."""
    get = row.cells.get
    name = get("name", "")
    return Told(get("level1", ""), get("level2", ""), name) if name else None


def weighed(row: RowView) -> Told | None:
    """Give name, levels and weight."""
    one = named(row)
    return one._replace(weight=row.cells.get("weight", "")) if one is not None else None


def whole(row: RowView) -> Told | None:
    """Give all that is compared of a row."""
    one, get = weighed(row), row.cells.get
    return one._replace(value=tuple(get(name, "") for name in VALUE_CELLS)) if one is not None else None


def same_weight(row: RowView, one: Told, lines: Sequence[Line]) -> Line:
    """Of rows of one name and level that of the same weight, else the first."""
    return next((line for line in lines if not weight_differs(Pair(row, one, line))), lines[0])


def same_values(row: RowView, one: Told, lines: Sequence[Line]) -> Line:
    """Of rows of one name and level that with the same values, else the first."""
    return next((line for line in lines if not changes(Pair(row, one, line))), lines[0])


Choice = Callable[[RowView, Told, Sequence[Line]], Line]
"""Which of several rows of one name and level is meant."""


class Pair(NamedTuple):
    """A row and the counterpart's row of the same indicator."""

    row: RowView
    told: Told
    line: Line


@dataclass
class Matched:
    """The indicators of both sides: the same, renamed, new here, gone from here."""

    same: list[Pair] = field(default_factory=list)
    renamed: list[Pair] = field(default_factory=list)
    new: list[tuple[RowView, Told]] = field(default_factory=list)
    gone: list[Line] = field(default_factory=list)


def match(
    facts: Iterable[tuple[RowView, Told]],
    lines: Sequence[Line],
    choose: Choice | None = None,
    *,
    pairs: bool = True,
) -> Matched:
    """Match by level and name, then by name alone, then what was only renamed.

    Where names repeat in order, or as ``choose`` says. This is done at every key typed into a name, so
    names that stand once on both sides, as nearly all do, are matched without looking further; without
    ``pairs`` those that are the same are not listed.
    """
    found, by_key = Matched(), _by_key(lines)
    rows = [(_key(fact[0]), fact) for fact in facts]
    keys = {key for key, _ in rows}
    if len(keys) == len(rows) and len(by_key) == len(lines):
        if pairs:
            found.same = [Pair(*fact, by_key[key][0]) for key, fact in rows if key in by_key]
        found.new = [fact for key, fact in rows if key not in by_key]
        free = dict.fromkeys(line for line in lines if line.key not in keys)
    else:
        free = dict.fromkeys(lines)
        groups: dict[str, list[tuple[RowView, Told]]] = {}
        for key, fact in rows:
            groups.setdefault(key, []).append(fact)
        for key, several in groups.items():
            _match_namesakes(found, several, by_key.get(key, ()), free, choose)
    _find_renamed(found, free)
    found.gone = [line for line in free if not line.optional]
    return found


def _key(row: RowView) -> str:
    """Give the key of a row's name, worked out once until the name changes."""
    known: str | None = row.memo.get("key")
    if known is None:
        known = row.context.words.name(row.cells.get("name", "")).key
        row.keep("key", ("name",), known)
    return known


def _by_key(lines: Sequence[Line]) -> Mapping[str, tuple[Line, ...]]:
    """Give a counterpart's rows by the key of their name, worked out once for each list of them."""
    memo = lines[0].precedent.other.memo
    key = "by name", tuple(lines)
    found: dict[str, tuple[Line, ...]] | None = memo.get(key)
    if found is None:
        found = memo[key] = {}
        for line in lines:
            found[line.key] = (*found.get(line.key, ()), line)
    return found


def _match_namesakes(
    found: Matched,
    facts: Sequence[tuple[RowView, Told]],
    lines: Sequence[Line],
    free: dict[Line, None],
    choose: Choice | None,
) -> None:
    left = list(facts)
    for strict in (True, False):
        rows, left = left, []
        for row, one in rows:
            near = [each for each in lines if each in free and (not strict or _same_level(row, each))]
            if not near:
                left.append((row, one))
                continue
            best = near[0] if choose is None or len(near) == 1 else choose(row, one, near)
            found.same.append(Pair(row, one, best))
            del free[best]
    found.new += left


def _same_level(row: RowView, line: Line) -> bool:
    return row.level1 == line.level1 and row.level2 == line.level2


def _find_renamed(found: Matched, free: dict[Line, None]) -> None:
    by_level: dict[tuple[str, str], list[Line]] = {}
    for line in free if found.new else ():
        by_level.setdefault((line.level1, line.level2), []).append(line)
    new, found.new = found.new, []
    for row, one in new:
        near = by_level.get((row.level1, row.level2))
        likeness = _likenesses(row, near) if near else {}
        best = max(near, key=likeness.__getitem__) if near else None
        if near and best is not None and likeness[best] >= ALIKE:
            found.renamed.append(Pair(row, one, best))
            near.remove(best)
            del free[best]
        else:
            found.new.append((row, one))


def _likenesses(row: RowView, lines: Iterable[Line]) -> Mapping[Line, float]:
    """Give how alike names are, worked out once until the row's name changes."""
    known: dict[Line, float] | None = row.memo.get("likenesses")
    if known is None:
        known = {}
        row.keep("likenesses", ("name",), known)
    for line in lines:
        if line not in known:
            known[line] = _likeness(_key(row), line.key)
    return known


def _likeness(one: str, other: str) -> float:
    """Which share of their characters two names have in common."""
    letters, others = set(one), set(other)
    common = len(letters & others)
    return common / max(len(letters) + len(others) - common, 1)


class Change(NamedTuple):
    """A value of a row that is not what the counterpart has."""

    columns: tuple[str, ...]
    old: Value
    new: Value
    softer: bool


def changes(pair: Pair, *, strict: bool = True) -> list[Change]:
    """Give the values that are not the same, however they are spelled.

    Where not ``strict``, a unit put right or added (案件数 to 件) is no change.
    """
    found = []
    cells = pair.row.cells
    for column, old in pair.line.values.items():
        if cells.get(column, "") == pair.line.cells.get(column, "") and pair.row.parts is None:
            continue
        if not old.text.strip() and old.kind is Kind.BLANK:
            continue
        new = pair.row.value(column)
        if new.kind is Kind.BLANK and not pair.line.cells.get(column):
            continue  # what could not be carried over was told then
        grammar = pair.row.context.grammar
        if not same_value(old, new, grammar) and (strict or not _only_mended(old, new, grammar)):
            columns = _differing(pair.row, column, old, new, grammar)
            found.append(Change(columns, old, new, is_softer(old, new, grammar)))
    return found


def same_value(old: Value, new: Value, grammar: ValueGrammar) -> bool:
    """Whether two values mean the same: ≧95% and ≥95.0%, 万元 and 元; words but for marks and blanks."""
    if normal_form(old, grammar) == normal_form(new, grammar):
        return True
    if old.kind is Kind.GRADES and new.kind is Kind.GRADE:
        return new.grade in old.grades[:1]
    if Kind.NUMBER in (old.kind, new.kind):
        return False
    return _letters(old) == _letters(new)


def _only_mended(old: Value, new: Value, grammar: ValueGrammar) -> bool:
    """Whether only the unit differs, one being the other in more words (件 and 案件数) or missing."""
    if old.kind is not Kind.NUMBER or new.kind is not Kind.NUMBER or old.number is None or new.number is None:
        return False
    units = plain_unit(old, grammar), plain_unit(new, grammar)
    short, long = sorted(units, key=len)
    alike = short in long and not (short and long.endswith("次") and not short.endswith("次"))
    signs = old.comparison or "=", new.comparison or "="
    same_number = old.number.scaleb(old.scale) == new.number.scaleb(new.scale)
    if same_number and old.is_percent and old.number == _ALL and {*signs} <= {"≥", "="}:
        return True  # ≥100% can only be =100%
    return alike and same_number and signs[0] == signs[1] and old.is_vague == new.is_vague


def _letters(value: Value) -> str:
    return "".join(char for char in value.text if char.isalnum())


def is_softer(old: Value, new: Value, grammar: ValueGrammar) -> bool:
    """Whether the new target is easier to meet."""
    if old.kind is not Kind.NUMBER or new.kind is not Kind.NUMBER or old.number is None or new.number is None:
        return False
    short, long = sorted((plain_unit(old, grammar), plain_unit(new, grammar)), key=len)
    if short not in long:
        return False
    before, after = old.number.scaleb(old.scale), new.number.scaleb(new.scale)
    return after > before if old.comparison in _AT_MOST else after < before


def _differing(row: RowView, column: str, old: Value, new: Value, grammar: ValueGrammar) -> tuple[str, ...]:
    """Which cells differ: sign, value and unit where they stand apart."""
    if row.parts is None:
        return (column,)
    operator, unit = row.parts
    figures = (old.number, old.scale, old.text) if old.number is None else (old.number.scaleb(old.scale),)
    others = (new.number, new.scale, new.text) if new.number is None else (new.number.scaleb(new.scale),)
    found = [column] if figures != others else []
    if operator and (old.comparison or "=") != (new.comparison or "="):
        found.append(operator)
    if unit and plain_unit(old, grammar) != plain_unit(new, grammar):
        found.append(unit)
    return tuple(found) or (column,)


def restore(pair: Pair, columns: Iterable[str]) -> list[Edit]:
    """Give the edits that put the counterpart's texts back: all cells of a value, or none of them."""
    wanted = list(columns)
    row, cells = pair.row, pair.line.cells
    valued = [name for name in wanted if row.columns[name].kind in ("value", "operator", "unit")]
    if valued:
        whole = [name for name in pair.line.values if row.columns[name].kind == "value"]
        if not all(cells.get(name) for name in whole):
            return []
        wanted += [name for name in (*whole, *(row.parts or ())) if name and name not in wanted]
    new = {name: cells.get(name, "") for name in wanted}
    return [row.put(name, text) for name, text in new.items() if row.text(name) != text]


def weight_differs(pair: Pair) -> bool:
    """Whether the weight is another than the counterpart's, where both have one."""
    own = parse_number(pair.told.weight)
    return own is not None and pair.line.weight is not None and own != pair.line.weight


def shown(value: Value) -> str:
    """Give a value as a sentence quotes it."""
    return value.text.strip() if value.cells is None else "".join(cell.strip() for cell in value.cells)
