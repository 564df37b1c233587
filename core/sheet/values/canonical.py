"""The canonical spelling of a value, offered as a fix and never applied by itself; and what it equals."""

from __future__ import annotations

from collections.abc import Hashable

from core.sheet.values.dates import last_day
from core.sheet.values.fold import clean_text
from core.sheet.values.grammar import ValueGrammar
from core.sheet.values.model import Kind, Moment, Value


def canonical_text(value: Value) -> str:
    """Give the canonical spelling (``不低于９５％`` is ``≥95%``); the text itself when there is none better.

    It means the same as the text, and is its own canonical spelling.
    """
    if value.cells is not None:
        return readable_part(value) if value.kind is Kind.NUMBER else clean_text(value.text)
    if value.kind is Kind.NUMBER and not value.suffix_contradicts:
        return readable_part(value)
    if value.kind in (Kind.DATE, Kind.PERIOD) and value.end is not None:
        return _deadline(value, value.end)
    if value.kind in (Kind.WORDS, Kind.GRADES, Kind.GRADE, Kind.MIXED, Kind.BLANK):
        return clean_text(value.text)
    return value.text


def readable_part(value: Value) -> str:
    """Give sign, number and unit of what could be read (``满意度≥90%`` gives ``≥90%``), or ``""``.

    With separate cells it is the number alone.
    """
    if value.digits is None or not (value.number is not None or value.doubled):
        return ""
    number = value.digits.canonical or value.doubled
    if value.cells is not None:
        return number
    lead = value.lead.canonical if value.lead is not None else ""
    vague = value.suffix.typed if value.suffix is not None and value.suffix.canonical == "~" else ""
    return f"{led(lead, value.comparison)}{number}{value.unit_name}{vague}"


def led(lead: str, sign: str) -> str:
    """Give the words before a number with its sign: 每季度≥, but ≤±."""
    return f"{sign}{lead}" if lead == "±" else f"{lead}{sign}"


def _deadline(value: Value, end: Moment) -> str:
    day = end.day or (last_day(end.year, end.month or 12))
    if not day:
        return clean_text(value.text)  # the end of a February whose year nobody wrote
    year = f"{end.year}年" if end.year is not None else ""
    return f"{year}{end.month}月{day}日前"


def plain_unit(value: Value, grammar: ValueGrammar) -> str:
    """Give the unit without 万 or 亿, in the one name for units that mean the same (千米 is 公里)."""
    return grammar.plain_unit(value.unit_name, value.scale)


def normal_form(value: Value, grammar: ValueGrammar) -> Hashable:
    """Give what two spellings of one value have in common (≧95.0% and 不低于95%, 6万人 and 60,000人)."""
    if value.kind is Kind.NUMBER and value.number is not None:
        name = plain_unit(value, grammar)
        lead = value.lead.canonical if value.lead is not None else ""
        number = value.number.scaleb(value.scale)
        return "number", lead, value.comparison or "=", value.is_vague, number, name
    if value.kind in (Kind.DATE, Kind.PERIOD) and value.end is not None:
        end = value.end
        return "date", end.year, end.month, end.day or last_day(end.year, end.month or 12)
    if value.kind in (Kind.GRADES, Kind.GRADE):
        return "grades", value.comparison, value.grades, value.grade
    if value.kind is Kind.BLANK:
        return ("blank",)
    return "text", clean_text(value.text)
