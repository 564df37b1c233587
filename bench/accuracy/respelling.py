"""Clean documents as another clerk would write them: the same figures, signs and days, spelled otherwise.

Into some texts goes a sentence that is right by itself (``words/harmless.toml``). Nothing said of a document
may grow worse by that: each respelled document counts as a clean one.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bench.accuracy.documents import Clean
from core.sheet.definition import Field
from core.sheet.document import Document
from core.sheet.numbers import parse_number
from core.sheet.places import Place

_VALUE = re.compile(r"([≥≤=]?)([0-9]+(?:\.[0-9]+)?)(%|[^0-9%，。]{0,6})")
_DAY = re.compile(r"(20[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日")
AT_LEAST = (
    "≥{0}",
    "不低于{0}",
    "不少于{0}",
    "{0}以上",
    "{0}及以上",
    "大于等于{0}",
    ">={0}",
    "≧{0}",
    "至少{0}",
    "≥ {0}",
)
AT_MOST = ("≤{0}", "不超过{0}", "不高于{0}", "{0}以内", "{0}以下", "小于等于{0}", "<={0}", "≦{0}")
EXACTLY = ("={0}", "等于{0}", "＝{0}", "{0}")
DAYS = ("{0}-{1:02}-{2:02}", "{0}.{1}.{2}", "{0}/{1}/{2}", "{0}年{1:02}月{2:02}日")


HARMLESS = Path(__file__).resolve().parent / "words" / "harmless.toml"
PROSE = (
    "summary",
    "grounds",
    "feasibility",
    "necessity",
    "use",
    "process",
    "problems",
    "improvements",
    "overall",
    "key_projects",
    "safeguards",
    "notes",
    "rate_reason",
    "funds_reason",
    "content",
)
"""Texts of several sentences beside the goals; a goal is compared with the indicators, figure by figure."""


def respelled(cleans: Iterable[Clean], seed: int) -> Iterator[Clean]:
    """Give a respelled twin of each document."""
    sentences = tomllib.loads(HARMLESS.read_text(encoding="utf-8"))["sentences"]
    for clean in cleans:
        chance = random.Random(f"{seed} {clean.name}")
        document = clean.document.copy()
        for place in list(document.places()):
            field = document.form.column(place.table, place.column)
            if field is not None and chance.random() < 0.6:
                text = _spelled(document, place, field, chance)
                document.set_text(place, text)
            if field is not None and field.kind == "text" and field.name in PROSE and chance.random() < 0.7:
                _add(document, place, field, sentences, chance)
        yield clean._replace(name=f"{clean.name}, respelled", document=document)


def _add(
    document: Document, place: Place, field: Field, sentences: Sequence[str], chance: random.Random
) -> None:
    """Put a harmless sentence behind a text, where there is room."""
    year = document.year or 2024
    text = document.text(place).rstrip()
    added = chance.choice(sentences).format(year=year, last=year - 1)
    if document.stage != "批复" and len(text) + len(added) < (field.limit or 1000):
        document.set_text(place, f"{text}{'' if text.endswith('。') else '。'}{added}")


def _spelled(document: Document, place: Place, field: Field, chance: random.Random) -> str:
    text = document.text(place)
    if field.kind == "money":
        return _amount(text, chance)
    if field.kind == "date":
        return _day(text, chance)
    if field.kind == "value" and not _has_parts(document, place):
        # A 批复 is no clerk's writing: it says what was declared, in the same words.
        return text if document.stage == "批复" else _value(text, chance)
    if field.kind in ("percent", "number"):
        return _figure(text, chance)
    if place.column == "actual" and parse_number(text.removesuffix("%")) is not None and text.endswith("%"):
        return f"{text[:-1]}{'' if '.' in text else chance.choice(('.0', '.00'))}{chance.choice('%％')}"
    return text


def _has_parts(document: Document, place: Place) -> bool:
    return document.form.tables[place.table].value_parts is not None if place.table else False


def _amount(text: str, chance: random.Random) -> str:
    number = parse_number(text)
    if number is None:
        return text
    short = f"{number.normalize():f}"
    return chance.choice((f"{number:,.2f}", f"{number:.2f}", short))


def _figure(text: str, chance: random.Random) -> str:
    """A share or points: with or without % and zeros at the end."""
    number = parse_number(text.removesuffix("%"))
    if number is None:
        return text
    sign = chance.choice(("%", "")) if text.endswith("%") else ""
    return chance.choice((f"{number:.2f}", f"{number.normalize():f}")) + sign


def _day(text: str, chance: random.Random) -> str:
    found = _DAY.fullmatch(text)
    return chance.choice(DAYS).format(found[1], int(found[2]), int(found[3])) if found else text


def _value(text: str, chance: random.Random) -> str:
    found = _VALUE.fullmatch(text)
    if found is None:
        return text
    sign, digits, unit = found[1], found[2], found[3]
    if unit == "%":
        digits += chance.choice(("", ".0", ".00")) if "." not in digits else ""
        unit = chance.choice(("%", "％", "%"))
    spellings = {"≥": AT_LEAST, "≤": AT_MOST, "=": EXACTLY, "": ("{0}",)}[sign]
    if "/" in unit:
        spellings = spellings[:3]  # 1.4万元/公里以内 is nobody's way to write
    return chance.choice(spellings).format(digits + unit)
