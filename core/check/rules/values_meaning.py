"""IV-01, IV-11, IV-14 to IV-17, IV-20: whether a value can be measured, and what it says."""

from __future__ import annotations

from decimal import Decimal

from core.check.rule import Hits, RowRule, TableRule
from core.check.rules.level_names import EFFECT
from core.check.rules.names import Name
from core.check.rules.values_row import (
    ALSO,
    CELLS,
    COUNT_SORT,
    NAME_SORT,
    VALUE_COLUMNS,
    VALUE_SORT,
    Measure,
    Seen,
    has_number,
    has_unusual_number,
    is_worded,
    look,
    readable,
    shown,
    written_twice,
)
from core.check.rules.values_words import Words
from core.check.rules.wording_prose import Sort, found_in
from core.check.view import RowView, TableView
from core.sheet.edits import Edit
from core.sheet.values import Kind, Mark, Nature

_WORDED = frozenset((Kind.WORDS, Kind.MIXED))
_JUST_WORDS = frozenset((Kind.WORDS, Kind.GRADES, Kind.GRADE))
_NO_NUMBER = frozenset((Kind.WORDS, Kind.MIXED, Kind.GRADES, Kind.GRADE))
SLOGANS = ("进一步", "不断", "切实", "持续")
"""What begins like this tells an effect under every level."""
_OF_A_SORT = ("以", "及", "内", "级", "左右", "或", "的", "次", "/")
"""Behind a figure they say of what sort something is, not how many there are."""


def _without_basis(row: RowView) -> bool | None:
    return bool(row.text("basis")) if (row.seen or look(row)).name.key or row.text("value") else None


def _bases(table: TableView) -> Hits:
    """IV-01: 指标值确定依据 left empty; once for all rows."""
    empty = [row.place("basis") for row, filled in table.facts if not filled]
    return [table.hit(*empty, case="basis", waiting=True)] if empty else ()


def _template(row: RowView) -> Hits:
    """IV-11: signs the reporting systems refuse, and what a template left standing."""
    hits = []
    for measure in (row.seen or look(row)).measures:
        value = measure.value
        if value.kind is Kind.TEMPLATE or Mark.FORBIDDEN in value.marks:
            case = "" if value.kind is Kind.TEMPLATE else "sign"
            hits.append(
                row.hit(*measure.columns, case=case, typed=shown(measure), unfinished=value.unfinished)
            )
    return hits


def _template_name(row: RowView) -> Hits:
    """IV-11: ≥**%, ★ or 指标1： left in a name."""
    name = (row.seen or look(row)).name
    if name.template:
        if any(one.sort is Sort.SECRET for one in found_in(row, "name")):
            return ()  # TX-14: the ★ is that of a secret
        return [row.hit("name", case="name", sign=name.template)]
    if not name.prefix:
        return ()
    if row.text("name")[len(name.prefix) :].strip():
        return ()
    alone = not row.text("value") and not row.text("period_value")
    return () if alone else [row.hit("name", case="empty", sign=name.prefix.strip())]


def _prefix(row: RowView) -> tuple[str, str] | None:
    """Give what a template left before a name, and the name."""
    name = (row.seen or look(row)).name
    rest = row.text("name")[len(name.prefix) :].strip() if name.prefix else ""
    return (name.prefix.strip(), rest) if rest else None


def _prefixes(table: TableView) -> Hits:
    """IV-11: 指标1： before names; once for all rows."""
    edits = [row.put("name", rest) for row, (_, rest) in table.facts]
    signs = list(dict.fromkeys(sign for _, (sign, _) in table.facts))
    sign = f"{signs[0]}”等“{signs[-1]}" if len(signs) > 1 else signs[0]
    places = [row.place("name") for row, _ in table.facts]
    return [table.hit(*places, case="prefix", edits=edits, sign=sign)] if places else ()


def _nature(row: RowView) -> Hits:
    """IV-14: a number where words belong, words where a number belongs."""
    hits = []
    seen = row.seen or look(row)
    for measure in seen.measures:
        value = measure.value
        case = ""
        if _lacks_number(seen, measure):
            hits.append(
                row.hit(
                    *measure.columns,
                    case="rate" if seen.name.rate else "count",
                    typed=value.text.strip(),
                    name=row.text("name"),
                    unfinished=value.unfinished,
                )
            )
        elif value.nature is Nature.QUALITATIVE:
            if value.kind in (Kind.NUMBER, Kind.RANGE):
                case = "number"
            elif value.unit is not None:
                hits.append(
                    row.hit(row.parts[1] if row.parts else "value", case="unit", typed=value.unit.typed)
                )
        elif value.nature is Nature.QUANTITATIVE or (value.cells is not None and value.operator is not None):
            case = "words" if value.kind in _NO_NUMBER else ""
        elif value.kind is Kind.MIXED and value.cells is None and Mark.FORBIDDEN not in value.marks:
            part = readable(value)
            edits = [row.put(column, part) for column in measure.columns] if part else []
            hits.append(row.hit(*measure.columns, case="mixed", edits=edits, typed=shown(measure)))
        if case:
            hits.append(row.hit(*measure.columns, case=case, typed=value.text))
    return hits


def _tells_an_effect(row: RowView, core: str) -> bool:
    words = row.context.words
    effect = words.data["effect"]
    if core.endswith(tuple(effect["counted"])):
        return False
    return words.first_of("effect", core) != "" or core.startswith(tuple(effect["begins"]))


def _effect(row: RowView) -> Hits:
    """IV-14: an effect in words with a percentage for its value."""
    seen = row.seen or look(row)
    name = seen.name
    if name.rate or name.count or seen.worded:
        return ()
    if row.level1 != EFFECT and not name.core.startswith(SLOGANS):
        return ()
    found = [m for m in seen.numbers if m.percent and not written_twice(row, m.value)]
    if not found or not _tells_an_effect(row, name.core):
        return ()
    return [row.hit(*measure.columns, case="effect", typed=shown(measure)) for measure in found]


def _lacks_number(seen: Seen, measure: Measure) -> bool:
    """Whether IV-14 asks for a number: nothing but words in one cell, under a name that says a number."""
    value, name = measure.value, seen.name
    if value.cells is not None or not (name.rate or name.count) or value.kind not in _JUST_WORDS:
        return False
    return any(char.isalpha() for char in value.text)


def _ungraded(seen: Seen, measure: Measure) -> bool:
    """Whether IV-15 asks for grades: words without a figure, where words may stand."""
    value = measure.value
    if _lacks_number(seen, measure):
        return False
    if value.nature is Nature.QUALITATIVE:
        return value.kind in _WORDED
    return value.cells is None and value.kind is Kind.WORDS and any(char.isalpha() for char in value.text)


def _grades(row: RowView) -> Hits:
    """IV-15: words without grades."""
    seen = row.seen or look(row)
    return [
        row.hit(*measure.columns, typed=measure.value.text.strip(), unfinished=True)
        for measure in seen.measures
        if _ungraded(seen, measure)
    ]


def _scale(row: RowView) -> tuple[tuple[str, ...], str] | None:
    """Give the cells of a scale without the grade aimed at, and the scale; not where 完成值 picks it."""
    seen, settings = row.seen or look(row), row.scene.settings
    if not seen.worded or not settings["ask_grade"] or row.has("actual"):
        return None
    for measure in seen.measures:
        value = measure.value
        if (
            value.kind is Kind.GRADES
            and not value.grade
            and value.text.strip() not in settings["full_scales"]
        ):
            return measure.columns, value.text.strip()
    return None


def _no_aim(table: TableView) -> Hits:
    """IV-15: scales that do not say which grade is aimed at; once for all rows."""
    places = [row.place(column) for row, (columns, _) in table.facts for column in columns]
    scales = dict.fromkeys(scale for _, (_, scale) in table.facts)
    return (table.hit(*places, case="aim", typed="、".join(scales), unfinished=True),)


def _vague_name(row: RowView) -> Hits:
    """IV-16: a name of nothing but 进一步, 显著, 提高."""
    return (row.hit("name", typed=row.text("name")),) if (row.seen or look(row)).name.vague else ()


def _vague(row: RowView) -> Hits:
    """IV-16: a value of nothing but such words; a number with 左右."""
    words, seen = row.context.words, row.seen or look(row)
    hits = []
    for measure in seen.measures:
        value = measure.value
        if value.is_vague and value.kind is Kind.NUMBER:
            hits.append(row.hit(*measure.columns, case="about", typed=shown(measure)))
        elif not _lacks_number(seen, measure) and _is_vague(seen, measure, words):
            hits.append(row.hit(*measure.columns, typed=value.text.strip()))
    return hits


def _is_vague(seen: Seen, measure: Measure, words: Words) -> bool:
    """Whether a value is a word nobody can check that IV-15 does not ask about."""
    value = measure.value
    if value.kind is Kind.GRADE:
        return not value.comparison and value.grade in words.data["vague"]["grades"]
    return value.kind is Kind.WORDS and not _ungraded(seen, measure) and words.is_vague(value.text)


def _figure_in_name(row: RowView) -> Hits:
    """IV-17: the value stands in the name; an error when it is another than the value's."""
    seen = row.seen or look(row)
    name = seen.name
    if name.template or not name.core or not (name.figures or name.ending or name.inside):
        return ()
    for measure in seen.numbers:
        value = measure.value
        written = _figures_like(name, measure)
        if written and all(number != value.number for _, number in written):
            typed = "、".join(text for text, _ in written)
            return [row.hit("name", *measure.columns, case="other", figure=typed, typed=shown(measure))]
        if written and not name.figures:
            return [row.hit("name", edits=_bare_name(row, name), figure=written[0][0])]
    if not name.figures:
        return ()
    written_in = "、".join(name.figures)
    if not seen.measures:
        edits = _bare_name(row, name)
        if edits and row.parts is None:
            edits += [row.put(column, name.aim) for column in VALUE_COLUMNS if row.has(column)]
        return [row.hit("name", case="alone", edits=edits, figure=written_in)]
    return [row.hit("name", edits=_bare_name(row, name), figure=written_in)]


def _figures_like(name: Name, measure: Measure) -> list[tuple[str, Decimal]]:
    """Give the figures of a name that are of the same sort as a value: percentages, or of its unit."""
    if measure.percent:
        return [(text, Decimal(text.strip("≥≤≧≦><=%"))) for text in name.figures if text.endswith("%")]
    unit = measure.value.unit.typed.strip() if measure.value.unit is not None else ""
    if not unit:
        return []
    if name.ending is not None and name.ending[1] == unit:
        return [("".join(name.ending), Decimal(name.ending[0]))]
    # 开设16个社团, but not 30人以上企业 or 20户级
    return [
        (number + unit, Decimal(number))
        for number, rest in name.inside
        if rest.startswith(unit) and len(rest) > len(unit) and not rest[len(unit) :].startswith(_OF_A_SORT)
    ]


def _bare_name(row: RowView, name: Name) -> list[Edit]:
    """Give the name without the figure at its end as the way out, where it ends so."""
    new = row.text("name").strip()[: name.bare] if name.bare else ""
    return [row.put("name", new)] if new else []


def _zero(row: RowView) -> Hits:
    """IV-20: a target of 0 can only be met or missed."""
    return [
        row.hit(*measure.columns, typed=shown(measure), unfinished=measure.value.unfinished)
        for measure in (row.seen or look(row)).numbers
        if not measure.value.number
    ]


RULES = (
    TableRule("IV-01", _without_basis, _bases, ("name", "value", "basis")),
    RowRule("IV-11", _template, ("value",), CELLS, when=is_worded),
    RowRule("IV-11", _template_name, ("name",), ("value", "period_value"), sorts=(NAME_SORT, VALUE_SORT)),
    TableRule("IV-11", _prefix, _prefixes, ("name",), sorts=(NAME_SORT,)),
    RowRule("IV-14", _nature, ("value",), (*CELLS, "name"), when=is_worded, sorts=(NAME_SORT,)),
    RowRule(
        "IV-14",
        _effect,
        ("value",),
        (*ALSO, "level1", "basis"),
        when=has_number,
        sorts=(COUNT_SORT, VALUE_SORT),
    ),
    RowRule("IV-15", _grades, ("value",), (*CELLS, "name"), when=is_worded, sorts=(NAME_SORT,)),
    TableRule("IV-15", _scale, _no_aim, ("value",), CELLS, sorts=(VALUE_SORT,)),
    RowRule("IV-16", _vague_name, ("name",)),
    RowRule("IV-16", _vague, ("value",), (*CELLS, "name"), when=is_worded, sorts=(NAME_SORT,)),
    RowRule("IV-17", _figure_in_name, ("name", "value"), ALSO, sorts=(NAME_SORT,)),
    RowRule("IV-20", _zero, ("value",), CELLS, when=has_unusual_number, sorts=(VALUE_SORT,)),
)
