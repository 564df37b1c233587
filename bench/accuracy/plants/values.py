"""Mistakes in how indicator values are written (指标值): IV-01 to IV-05, IV-07, IV-10.

Written from the rule book and from published forms; the words of the checks are not looked at.
"""

from __future__ import annotations

import random

from bench.accuracy.indicator_rows import (
    EFFECTS,
    QUALITY,
    RATES,
    SOCIAL,
    Figure,
    Spot,
    any_spot,
    spots,
)
from bench.accuracy.planting import Plant, Planted
from bench.accuracy.planting_rows import (
    JOINED,
    PARTED,
    Put,
    Wrong,
    both,
    in_chinese,
    in_percent,
    is_large,
    row,
    share_below,
    signed,
    twist,
)
from core.sheet.document import Document

COUNT_UNITS = ("个", "件", "人", "户", "次", "场", "场次")


# IV-01: nothing there -----------------------------------------------------------------------------------


def _emptied(*columns: str, only: str) -> Put:
    def fits(spot: Spot) -> bool:
        adjusted = spot.has("value_before")  # an indicator that is given up has no new value
        return all(spot.has(name) for name in columns) and spot.parted == (only == PARTED) and not adjusted

    def put(document: Document, chance: random.Random) -> Planted | None:
        spot = any_spot(document, chance, fits=fits)
        if spot is None:
            return None
        for name in columns:
            spot.put(name, "")
        return Planted("IV-01", spot.places(*columns))

    return put


def _no_bases(document: Document, _chance: random.Random) -> Planted | None:
    found = [spot for spot in spots(document) if spot.has("basis") and spot.has("description")]
    for spot in found:
        spot.put("basis", "")
    places = frozenset(place for spot in found for place in spot.places("basis"))
    return Planted("IV-01", places) if found else None


def _qualitative_and_empty(document: Document, chance: random.Random) -> Planted | None:
    spot = any_spot(document, chance, EFFECTS, lambda one: one.parted)
    if spot is None:
        return None
    for column, text in (("name", "服务机制健全程度"), ("operator", "定性"), ("value", ""), ("unit", "")):
        spot.put(column, text)
    return Planted("IV-01", spot.places("value"))


NOTHING = (
    Plant("IV-01", "the year's value lost", "error", _emptied("value", only=JOINED)),
    Plant("IV-01", "the period's value lost", "error", _emptied("period_value", only=JOINED)),
    Plant("IV-01", "both values lost", "error", _emptied("period_value", "value", only=JOINED)),
    Plant("IV-01", "sign and unit without a number", "error", _emptied("value", only=PARTED)),
    Plant("IV-01", "定性 with an empty cell", "error", _qualitative_and_empty),
    Plant("IV-01", "no bases", "warning", _no_bases),
)


# IV-02: what cannot be read -----------------------------------------------------------------------------


def _counts_in_words(spot: Spot) -> bool:
    return spot.figure.unit in COUNT_UNITS and spot.figure.sign == "≥"


UNREADABLE = (
    twist("IV-02", "汉字", "error", "百分之{chinese}", "达到百分之{chinese}", fits=in_chinese),
    twist("IV-02", "汉字以上", "error", "百分之{chinese}以上", fits=both(in_chinese, signed("≥"))),
    twist("IV-02", "the name again", "error", "{name}{sign}{number}{unit}", fits=lambda s: len(s.name) < 15),
    twist(
        "IV-02",
        "two aims",
        "error",
        *(f"{{sign}}{{number}}{{unit}}，{word}100%" for word in ("力争", "努力达到", "争取")),
        fits=share_below(100),
    ),
    twist(
        "IV-02",
        "a range",
        "error",
        *(f"{{number}}%{joint}99%" for joint in ("~", "至", "～", "—")),
        fits=share_below(99),
    ),
    twist(
        "IV-02",
        "a number in words",
        "error",
        *(f"{words}{{unit}}" for words in ("不少于三十", "一百二十", "两千五百", "≥五十")),
        fits=_counts_in_words,
    ),
    twist("IV-02", "an unknown sign", "error", "≈", "不等于", "+", column="operator"),
    twist("IV-02", "words in the number's cell", "error", "{chinese}", fits=in_chinese, column="value"),
    twist(
        "IV-02", "a range in the number's cell", "error", "{number}~99", fits=share_below(99), column="value"
    ),
)


# IV-03 to IV-05: signs and suffixes ---------------------------------------------------------------------


def _spelled(sign: str, *words: str) -> tuple[Plant, ...]:
    """Give the sign in other words, before the number and in its own cell."""
    fits = signed(sign)
    joined = (twist("IV-03", word, "hint", f"{word}{{number}}{{unit}}", fits=fits) for word in words)
    parted = (
        twist("IV-03", f"{word} in its cell", "hint", word, fits=fits, column="operator") for word in words
    )
    return (*joined, *parted)


def _suffixed(
    check: str, severity: str, sign: str, *suffixes: str, before: str = "{sign}"
) -> tuple[Plant, ...]:
    """Give the value with a word behind it."""

    def fits(spot: Spot) -> bool:
        return spot.figure.sign == sign and "/" not in spot.figure.unit

    return tuple(
        twist(check, f"{sign}{before}…{word}", severity, f"{before}{{number}}{{unit}}{word}", fits=fits)
        for word in suffixes
    )


def _below(text: str, number: str) -> Plant:
    names = ("社区矫正对象再犯罪率", "刑满释放人员重新犯罪率", "行政复议案件被撤销率")
    meant = Figure("<", number, "%")
    return row(
        "IV-03", text, "hint", [Wrong((SOCIAL, QUALITY), name, text=text, meant=meant) for name in names]
    )


SIGNS = (
    *_spelled("≥", "≧", ">=", "大于等于", "不低于", "不少于", "至少", "＞＝", "⩾", "大于或等于"),
    *_spelled("≤", "≦", "<=", "小于等于", "不超过", "不高于", "＜＝", "⩽", "不大于"),
    *_spelled("=", "＝", "等于"),
    *_suffixed("IV-03", "hint", "≥", "以上", "及以上", "（含）以上", before=""),
    *_suffixed("IV-03", "hint", "≤", "以下", "以内", "及以下", before=""),
    _below("〈2%", "2"),
    _below("＜0.2%", "0.2"),
    _below("低于1.8%", "1.8"),
)
SUFFIXES = (
    *_suffixed("IV-04", "hint", "≥", "以上", "及以上"),
    *_suffixed("IV-04", "hint", "≤", "以下", "以内", "及以下"),
    *_suffixed("IV-05", "error", "≥", "以下", "以内", "及以下"),
    *_suffixed("IV-05", "error", "≤", "以上", "及以上"),
    *_suffixed("IV-05", "error", "≥", "以下", before="不低于"),
    twist("IV-05", "…以下 in the number's cell", "error", "{number}以下", fits=signed("≥"), column="value"),
)


# IV-07, IV-10: characters and separators ----------------------------------------------------------------

CHARACTERS = (
    twist("IV-07", "full-width", "hint", "{sign}{wide}{percent}"),
    twist("IV-07", "a full-width number", "hint", "{sign}{wide}{unit}"),
    twist("IV-07", "a full-width %", "hint", "{sign}{number}％", fits=in_percent),
    twist(
        "IV-07",
        "blanks",
        "hint",
        "{sign} {number}{unit}",
        "{sign}{number}{unit} ",
        "{sign}{number} {unit}",
        " {sign}{number}{unit}",
    ),
    twist("IV-07", "other blanks", "hint", "{sign}\u3000{number}{unit}", "{sign}{number}\xa0{unit}"),
    twist("IV-07", "what nobody sees", "hint", "{sign}{number}\u200b{unit}", "{sign}{number}{unit}\ufeff"),
    twist("IV-07", "full-width in its cell", "hint", "{wide}", column="value"),
    twist("IV-07", "a blank in its cell", "hint", "{number} ", " {number}", column="value"),
    twist("IV-10", "thousands", "hint", "{sign}{grouped}{unit}", fits=is_large),
    twist("IV-10", "thousands in its cell", "hint", "{grouped}", fits=is_large, column="value"),
    row(
        "IV-10",
        "three decimals of a %",
        "hint",
        [
            Wrong((SOCIAL, QUALITY), "社区矫正对象再犯罪率", "≤", "0.185", "%"),
            Wrong(RATES, "服务事项按时办结率", "≥", "98.625", "%"),
        ],
    ),
)

PLANTS = (*NOTHING, *UNREADABLE, *SIGNS, *SUFFIXES, *CHARACTERS)
