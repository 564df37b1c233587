"""IV-08, IV-09, IV-12, IV-13: the unit of a value, and what a percentage may say."""

from __future__ import annotations

from core.check.finding import Hit
from core.check.rule import Hits, RowRule
from core.check.rules.names import Name
from core.check.rules.values_library import LIBRARY, usual_unit
from core.check.rules.values_row import (
    ALSO,
    COUNT_SORT,
    NAME_SORT,
    VALUE_SORT,
    Measure,
    has_number,
    has_unusual_number,
    joined_with,
    look,
    respell,
    reunit,
    shown,
    written_twice,
)
from core.check.rules.values_slips import slipped
from core.check.rules.values_words import Words
from core.check.view import RowView
from core.sheet.edits import Edit
from core.sheet.values import Mark, Nature

_SHARE_LIKE = frozenset(("%", "‰", "百分点", "个百分点", "倍"))
RESULT = "actual"
LAST = "weight"
"""Filled after the unit: until then a row is not complete, and a unit perhaps only not there yet."""
_WORDED = frozenset((Nature.QUALITATIVE, Nature.OTHER))


def _percent(row: RowView) -> Hits:
    """IV-08: a rate without %, the word 百分比, or % written twice."""
    hits = []
    seen = row.seen or look(row)
    rate = seen.name.rate
    for measure in seen.numbers:
        value = measure.value
        if measure.percent and value.unit is not None:
            if value.unit.typed == "%" and Mark.UNIT_TWICE not in value.marks:
                continue
            case = "twice" if Mark.UNIT_TWICE in value.marks or value.unit.typed.count("%") > 1 else ""
            case = case or ("word" if value.unit.typed.strip() not in ("%", "％", "﹪") else "")
            if case and Mark.CHINESE_NUMBER not in value.marks:
                hits.append(_percent_hit(row, measure, case, respell(row, measure)))
        elif rate and value.unit is None:
            if slipped(seen, value):
                continue  # IV-21 speaks
            fits = value.number is not None and value.number <= 100 and not value.is_vague
            hits.append(_percent_hit(row, measure, "", reunit(row, measure, "%") if fits else []))
        elif rate and value.unit_name not in _SHARE_LIKE and "/" not in value.unit_name:
            hits.append(_percent_hit(row, measure, "unit", []))
    return hits


def _percent_hit(row: RowView, measure: Measure, case: str, edits: list[Edit]) -> Hit:
    value = measure.value
    return row.hit(
        *measure.columns,
        case=case,
        edits=edits,
        typed=shown(measure),
        name=row.text("name"),
        unit_word=value.unit.typed if value.unit is not None else "",
        unfinished=value.unfinished,
    )


def _over_hundred(row: RowView) -> Hits:
    """IV-09: a share of something above 100%; a rate we do not know is asked about."""
    seen = row.seen or look(row)
    if not seen.name.rate:
        return ()
    hits = []
    for measure in seen.numbers:
        value = measure.value
        if not measure.percent or value.number is None or written_twice(row, value):
            continue
        if value.number > 100 or (value.number == 100 and measure.sign == ">"):
            if _may_exceed(row.context.words, seen.name):
                return ()
            meant = _scanned(measure)
            known = seen.name.bounded
            hits.append(
                row.hit(
                    *measure.columns,
                    case="scan" if meant else "" if known else "perhaps",
                    edits=[row.put(column, meant) for column in measure.columns] if meant else (),
                    typed=shown(measure),
                    name=row.text("name"),
                    unfinished=value.unfinished,
                )
            )
    return hits


def _may_exceed(words: Words, name: Name) -> bool:
    """Whether a rate is no share of a whole."""
    if name.bounded:
        return words.ends_with("open_rates", name.core)
    return words.first_of("open_rates", name.core) != ""


def _scanned(measure: Measure) -> str:
    """Give the value that was meant when ≥ was read from a scan as 2 (292% for ≥92%), or ``""``."""
    value = measure.value
    digits = value.digits.canonical if value.digits is not None and value.cells is None else ""
    if measure.sign or not digits.startswith("2") or not digits[1:].isdigit():
        return ""
    return joined_with(value, "≥", digits=digits[1:]) if 50 <= int(digits[1:]) <= 100 else ""


def _no_unit(row: RowView) -> Hits:
    """IV-12: a number of nobody knows what; a price that does not say for what."""
    seen = row.seen or look(row)
    name = seen.name
    if not name.core or name.rate:
        return ()
    hits = []
    for measure in seen.numbers:
        value = measure.value
        if value.nature in _WORDED or written_twice(row, value):
            continue
        if value.unit is None:
            if row.context.words.ends_with("unitless", name.core):
                continue
            unit = _unit_of_name(row, name)
            edits = reunit(row, measure, unit) if unit and not value.is_vague else []
            case = "named" if edits else ""
            hits.append(
                row.hit(
                    *measure.columns,
                    case=case,
                    edits=edits,
                    typed=shown(measure),
                    unit_word=unit,
                    unfinished=value.unfinished,
                )
            )
        elif Mark.BARE_MULTIPLE in value.marks:
            hits.append(
                row.hit(
                    *measure.columns,
                    case="multiple",
                    typed=shown(measure),
                    multiple=value.unit_name,
                    unfinished=True,
                )
            )
        elif per := _price_of(row, name, value.unit_name):
            edits = reunit(row, measure, per)
            hits.append(row.hit(*measure.columns, case="price", edits=edits, typed=shown(measure), per=per))
    return hits


def _unit_of_name(row: RowView, name: Name) -> str:
    """The unit that stands in brackets at the name's end: …数（场次）, not 村（社区）干部人数."""
    if not row.text("name").rstrip().endswith(("）", ")")):
        return ""
    grammar = row.context.grammar
    for words in reversed(name.brackets):
        read = grammar.parse(f"1{words}")
        if read.unit is not None and not read.marks and read.leftover is None and read.unit.typed == words:
            return words
    return ""


def _price_of(row: RowView, name: Name, unit: str) -> str:
    """The unit a price should have (元/件), when its name says for what and the value does not."""
    if not unit.endswith("元") or "/" in unit:
        return ""
    price = row.context.words.data["price"]
    what, when = (
        next((counted for word, counted in price[key].items() if word in name.core), "")
        for key in ("per", "time")
    )
    if not what or what == when:
        return f"{unit}/{what}" if what else ""
    return f"{unit}/{what}·{when}" if when else f"{unit}/{what}"


def _everywhere(row: RowView, measure: Measure, unit: str, better: str) -> list[Edit]:
    """Give the edits that change a unit in the target, and in the result told in the same unit."""
    edits = reunit(row, measure, better)
    result = row.text(RESULT).strip()
    if edits and row.has(RESULT) and result.endswith(unit) and result[: -len(unit)][-1:].isdigit():
        edits.append(row.put(RESULT, result[: -len(unit)] + better))
    return edits


def _made(words: Words, core: str) -> str:
    """Give the word of a name that says things are made, bought or built, or ``""``."""
    made = words.data["made"]
    word = words.first_of("made", core) or next((one for one in made["begins"] if core.startswith(one)), "")
    return "" if word in made["begins"] and words.first_of("made", core, "except") else word


def _unfit(row: RowView) -> Hits:
    """IV-13: a unit that does not fit the name."""
    seen, words = row.seen or look(row), row.context.words
    name, units = seen.name, words.data["units"]
    telling = name.unfit or name.money or seen.known is not None
    hits = []
    for measure in seen.numbers:
        value = measure.value
        if value.unit is None or (measure.percent and name.rate):
            continue
        unit = value.unit.typed.strip()
        if not unit or not (telling or measure.percent or unit in units["instead"]):
            continue
        case, better = "", units["instead"].get(unit, "")
        counted = value.unit_name[1:] if value.scale and len(value.unit_name) > 1 else unit  # 万人 counts 人
        if not better and name.unfit and counted in (unfit := words.data["unfit"][name.unfit])["units"]:
            better = unfit.get("better", "")
            if not better or value.scale:
                suggest = better or unfit["suggest"]
                hits.append(row.hit(*measure.columns, case="other", unit_word=unit, better=suggest))
                continue
            case = "times" if unit == "人次" and name.unfit == "times" else ""
        if better:
            edits = _everywhere(row, measure, unit, better)
            hits.append(row.hit(*measure.columns, case=case, edits=edits, unit_word=unit, better=better))
        elif name.money and unit in units["not_money"]:
            hits.append(row.hit(*measure.columns, case="money", unit_word=unit))
        elif measure.percent and not name.rate and (word := _made(words, name.core)):
            suggest = words.data["made"]["suggest"]
            hits.append(row.hit(*measure.columns, case="made", word=word, better=suggest, unit_word=unit))
        elif better := usual_unit(row, measure):
            edits = [] if value.scale else _everywhere(row, measure, unit, better)
            hits.append(row.hit(*measure.columns, case="library", edits=edits, unit_word=unit, better=better))
    return [hit._replace(unfinished=True) for hit in hits]  # 万 may still become 万亩


RULES = (
    RowRule("IV-08", _percent, ("value",), (*ALSO, LAST), when=has_number, sorts=(NAME_SORT,)),
    RowRule(
        "IV-09",
        _over_hundred,
        ("value",),
        (*ALSO, "basis"),
        when=has_unusual_number,
        sorts=(VALUE_SORT,),
    ),
    RowRule(
        "IV-12", _no_unit, ("value",), (*ALSO, "basis", LAST), when=has_unusual_number, sorts=(VALUE_SORT,)
    ),
    RowRule(
        "IV-13",
        _unfit,
        ("value",),
        (*ALSO, RESULT),
        context=LIBRARY,
        when=has_number,
        sorts=(COUNT_SORT, VALUE_SORT),
    ),
)
