"""IV-22: names that are too long, or that another system cut off. IV-23: a date as a value."""

from __future__ import annotations

import re

from core.check.rule import Hits, RowRule
from core.check.rules.names import Name
from core.check.rules.values_row import CELLS, is_worded, look, respell, shown
from core.check.view import RowView
from core.sheet.values import Kind, Nature, canonical_text, clean_text

_SENTENCE = re.compile("[，。；,;？?]")
_ENDS = ("。", "；", ";")
_OPEN_ENDS = ("的", "和", "、", "及", "与", "或", "，")
_DATES = frozenset((Kind.DATE, Kind.PERIOD))


def is_cut_off(row: RowView) -> bool:
    """Whether a name is just as long as old systems cut names, and ends in the middle."""
    text = row.text("name").strip()
    return len(text) in row.settings["cut_characters"] and text.endswith(_OPEN_ENDS)


def is_sentence(name: Name) -> bool:
    """Whether a name is a sentence and no measure."""
    if name.rate or name.count or name.satisfaction:
        return False
    return name.plain.endswith(_ENDS) or (not name.money and _SENTENCE.search(name.core) is not None)


def _long_name(row: RowView) -> Hits:
    """IV-22."""
    text = row.text("name").strip()
    count, settings = len(text), row.settings
    if count <= settings["name_long"]:
        return ()
    if is_cut_off(row):
        return (row.hit("name", case="cut", tail=text[-6:], count=count, unfinished=True),)
    if count > settings["name_limit"]:
        return (row.hit("name", count=count, limit=settings["name_limit"]),)
    # A sentence is told by IX-20.
    return () if is_sentence((row.seen or look(row)).name) else (row.hit("name", case="long", count=count),)


def _date_as_value(row: RowView) -> Hits:
    """IV-23: a day is written 12月31日前; a year or a period is no value."""
    hits = []
    for measure in (row.seen or look(row)).measures:
        value = measure.value
        if value.kind not in _DATES or measure.spelling:
            continue
        if value.nature is Nature.QUALITATIVE:
            hits.append(row.hit(*measure.columns, case="words", typed=shown(measure)))
            continue
        new = canonical_text(value)
        if new == clean_text(value.text) or value.cells is not None:
            continue
        case = "period" if value.kind is Kind.PERIOD else ""
        hits.append(
            row.hit(
                *measure.columns,
                case=case,
                edits=respell(row, measure),
                typed=shown(measure),
                unfinished=value.unfinished,
            )
        )
    return hits


RULES = (
    RowRule("IV-22", _long_name, ("name",)),
    RowRule("IV-23", _date_as_value, ("value",), CELLS, when=is_worded),
)
