"""The words around the table of a blank form as a definition states them: title, number, lines, stage, money.

A year printed as a figure, or left open (20××), becomes the year of each document; every such change is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.authoring.region import BlankForm, Item
from core.authoring.undecided import Undecided
from core.authoring.words import DraftWords
from core.sheet.definition import Money

_YEAR = re.compile(r"(?:20[0-9]{2}|20[×xX*＊○〇_＿ 　]{2}|[×xX*＊○〇_＿ 　]{2,}|(?<=[（(]))(?=\s*年)")
_OPEN = re.compile(r"(?P<label>[^：:（）()]{2,14})(?P<mark>（[^）]*）)?[：:][\s_＿]*")
_UNIT = re.compile(r"(?:单位\s*[：:]\s*(?:人民币)?|[（(])\s*(万元|元)\s*(?:[）)]|$|\s)")
_STAGES = (("自评", "自评"), ("监控", "监控"), ("调整", "调整"), ("批复", "批复"), ("申报", "申报"))
_SIGNERS = 4


@dataclass
class DraftHeading:
    """What the definition says besides fields and picture."""

    title: str = ""
    number: str = ""
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    foot: str = "none"
    stage: str = "申报"
    money: Money = field(default_factory=Money)
    paper: str = "A4"
    direction: str = "portrait"
    columns: tuple[str, ...] = ()
    border: str = "thin"
    undecided: dict[str, list[Undecided]] = field(default_factory=dict)
    """What is to be decided, by key of the definition."""

    def note(self, key: str, where: str, code: str, **params: object) -> None:
        """Note something undecided."""
        self.undecided.setdefault(key, []).append(Undecided(where, code, params))


def read_heading(blank: BlankForm, words: DraftWords) -> DraftHeading:
    """Give what stands around the table of a blank form."""
    heading = DraftHeading(border="thin" if blank.bordered else "none")
    _title(heading, blank)
    heading.above = _line([_opened(one, heading, "above", words) for one in blank.above], blank.above)
    _tail(heading, blank)
    _money(heading, blank)
    _page(heading, blank)
    return heading


def _title(heading: DraftHeading, blank: BlankForm) -> None:
    band = blank.cells[0][0]
    if blank.title is None and band.text and band.across == blank.columns:
        heading.title = _plain(band.text)
        heading.note("title", band.address, "title-inside")
    elif blank.title is None:
        heading.title = blank.sheet.name
        heading.note("title", blank.sheet.name, "no-title")
    else:
        heading.title = _with_year(blank.title, heading, "title")
    if blank.number:
        heading.number = _with_year(blank.number, heading, "number")
    stage = next((stage for word, stage in _STAGES if word in heading.title), "")
    heading.stage = stage or "申报"
    where = blank.title.address if blank.title else blank.sheet.name
    heading.note("stages", where, "stage" if stage else "no-stage", stage=heading.stage)


def _with_year(item: Item, heading: DraftHeading, key: str) -> str:
    text = _plain(item.text)
    changed = _YEAR.sub("{year}", text)
    if changed != text:
        read = _YEAR.findall(text)[0].strip(" 　_＿")
        heading.note(key, item.address, "year" if read else "open-year", read=read, made="{year}")
    return changed


def _opened(item: Item, heading: DraftHeading, key: str, words: DraftWords) -> str:
    """Give a line with its year, and with the unit's name or code where it only says 单位名称：."""
    text = _with_year(item, heading, key)
    found = _OPEN.fullmatch(text.strip())
    fact = words.fact(found["label"]) if found else ""
    if fact:
        heading.note(key, item.address, "fact", label=found["label"] if found else "", name=fact)
        return text.strip().rstrip("_＿ 　") + "{" + fact + "}"
    return text


def _line(texts: list[str], items: list[Item]) -> tuple[str, ...]:
    """Give the line above the table: texts by where they stand, left, middle or right."""
    if not texts:
        return ()
    if len(texts) > 3:
        return tuple(texts)
    slots = [_slot(one) for one in items]
    if len(set(slots)) < len(slots):
        return tuple(texts)
    by_slot = dict(zip(slots, texts, strict=True))
    if set(slots) == {0}:
        return (by_slot[0],)
    if 1 in by_slot:
        return tuple(by_slot.get(slot, "") for slot in range(3))
    return by_slot.get(0, ""), by_slot.get(2, "")


def _slot(item: Item) -> int:
    """Tell whether a text stands at the left (0), in the middle or at the right (2) of the line."""
    if item.look.align == "left":
        return 0 if item.begin < 0.2 else 1 if item.begin < 0.6 else 2
    return min(2, int(item.middle * 3))


def _tail(heading: DraftHeading, blank: BlankForm) -> None:
    below = list(blank.below)
    if len(blank.signatures) >= _SIGNERS:
        heading.foot = "signatures"
        heading.note("page", blank.signatures[0].address, "signatures")
    else:
        below = sorted([*below, *blank.signatures], key=lambda one: (one.row, one.middle))
    rows: dict[int, list[Item]] = {}
    for item in below:
        rows.setdefault(item.row, []).append(item)
    heading.below = tuple("　　".join(_plain(item.text) for item in items) for items in rows.values())


def _money(heading: DraftHeading, blank: BlankForm) -> None:
    found: dict[str, str] = {}
    for text, address in _texts(blank):
        for unit in _UNIT.findall(text):
            found.setdefault(unit, address)
    formats = [cell.look.format for line in blank.cells for cell in line]
    unit = next(iter(found), "元")
    heading.money = Money(unit, 2, thousands=any("#,##" in one for one in formats))
    if len(found) > 1:
        heading.note("money", found[unit], "two-units", unit=unit)
    else:
        heading.note("money", found.get(unit, blank.sheet.name), "unit" if found else "no-unit", unit=unit)


def _texts(blank: BlankForm) -> Iterator[tuple[str, str]]:
    for item in (*blank.above, *([blank.title] if blank.title else []), *blank.below):
        yield item.text, item.address
    for line in blank.cells:
        for cell in dict.fromkeys(line):
            yield cell.text, cell.address


def _page(heading: DraftHeading, blank: BlankForm) -> None:
    sheet, total = blank.sheet, sum(blank.widths)
    heading.paper = sheet.paper or "A4"
    heading.direction = sheet.direction if sheet.direction in ("portrait", "landscape") else "portrait"
    if not sheet.paper or sheet.direction not in ("portrait", "landscape"):
        heading.note("page", sheet.name, "page", paper=heading.paper)
    shares = (f"{max(width * 100 / total, 0.1):.1f}".removesuffix(".0") for width in blank.widths)
    heading.columns = tuple(shares)


def _plain(text: str) -> str:
    """Give a line around the table as the definition can hold it: braces would be places."""
    return text.replace("{", "｛").replace("}", "｝").strip()
