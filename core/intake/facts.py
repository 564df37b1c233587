"""Year and unit where a form has no cell for them: in lines around it, and in other forms of the file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.intake.pieces import Where
from core.intake.reading import Repair, RepairKind, Unplaced
from core.intake.shapes import is_empty_furniture
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.places import field_place

_BLANKS = re.compile(r"\s+")
_YEAR = re.compile(
    r"[（(]?(?:(?:预算|填报|申报|评价|被评价|自评|所属|项目)?(?:年度|年份)[:：]?)?(?P<year>20\d{2})年?度?[)）]?"
)
_UNIT = re.compile(
    r"(?:填报|编制|申报|预算|填表|项目)?(?:单位|部门)(?:名称)?(?:[（(](?:盖章|公章|签章|汇总)[）)])?[:：]"
    r"(?:(?P<code>[0-9A-Za-z]{3,})\s*[-—]?)?(?P<name>[^\s:：\d][^\s:：]{1,60})"
)
_MONEY_LINE = re.compile(r"[（(]?(?:金额|货币|计量)?单位[:：](?:人民币)?(?P<unit>[千万亿]?元)[)）]?")
_MONEY_BEHIND = re.compile(r"[（(](?P<unit>[千万亿]?元)[)）]$")
_LONGEST = 200
_SHARED = ("year", "unit.name", "unit.code")


def money_unit(text: str) -> str:
    """Give the unit of amounts a line or label states (元, 万元 …), ``""`` when it states none."""
    bare = _BLANKS.sub("", text)
    found = _MONEY_LINE.fullmatch(bare) or _MONEY_BEHIND.search(bare)
    return found["unit"] if found else ""


def other_money(form: Form, where: Where, text: str) -> Repair | None:
    """Give what to tell about a line or label that states another unit of amounts than the form's."""
    unit = money_unit(text)
    if not unit or unit == form.money.unit:
        return None
    return Repair(RepairKind.MONEY, where, text, form.money.unit)


def read_around(document: Document, unplaced: Sequence[Unplaced]) -> tuple[list[Unplaced], list[Repair]]:
    """Take year and unit from lines around the table where the form itself did not give them.

    Gives the lines that are still of no use, and what was taken.
    """
    left: list[Unplaced] = []
    repairs: list[Repair] = []
    for one in unplaced:
        words = [] if one.code or len(one.text) > _LONGEST else one.text.split()
        understood = bool(words)
        for word in words:
            facts = _facts_in(word)
            if told := other_money(document.form, one.where, word):
                repairs.append(told)
            if any(document.field(name) not in ("", text) for name, text in facts.items()):
                understood = False
                continue
            taken = [name for name in facts if not document.field(name)]
            for name in taken:
                document.set_text(field_place(name), facts[name])
                repairs.append(Repair(RepairKind.FACT, one.where, word, facts[name], (name,)))
            understood &= bool(facts or money_unit(word)) or is_empty_furniture(word)
        if not understood:
            left.append(one)
    return left, repairs


def _facts_in(word: str) -> dict[str, str]:
    if found := _YEAR.fullmatch(word):
        return {"year": found["year"]}
    if money_unit(word) or not (found := _UNIT.fullmatch(word)):
        return {}
    facts = {"unit.name": found["name"]}
    return facts | ({"unit.code": found["code"]} if found["code"] else {})


def share_facts(documents: Sequence[Document]) -> list[Repair]:
    """Give every form of a file the year and unit that the others say, where they all say the same."""
    repairs = []
    for name in _SHARED:
        said = {document.field(name) for document in documents} - {""}
        if len(said) != 1 or (name == "unit.code" and len({one.unit_name for one in documents}) > 1):
            continue
        [text] = said
        for number, document in enumerate(documents):
            if not document.field(name):
                document.set_text(field_place(name), text)
                repairs.append(Repair(RepairKind.SHARED, Where(0, 0), "", text, (name,), number))
    return repairs
