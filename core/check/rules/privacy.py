"""TX-12 to TX-14: telephones and names before publication, numbers of people, state secrets."""

from __future__ import annotations

from core.check.finding import Hit
from core.check.rule import CellRule, DocumentRule, Hits
from core.check.rules.privacy_numbers import Private, PrivateNumber, masked
from core.check.rules.wording_prose import Found, Sort, finds_anything, found_in, replaced
from core.check.view import RowView, Scene

TEXT = ("text",)
ANY_TEXT = ("text", "value", "date", "choice", "unit")
PERSON_FIELDS = ("电话", "手机", "联系方式", "负责人", "联系人", "填报人", "填表人", "经办人", "责任人")
_PHONE_FIELDS = ("电话", "手机", "联系方式")
_SORTS = {Sort.PHONE: Private.PHONE, Sort.IDENTITY: Private.IDENTITY, Sort.ACCOUNT: Private.ACCOUNT}


def names_no_person(row: RowView, column: str) -> Hits:
    """TX-12: what a cell for a name or a telephone holds, in a published copy."""
    if not row.settings["published"] or not any(word in row.columns[column].label for word in PERSON_FIELDS):
        return ()
    edits = [] if row.columns[column].required else [row.put(column, "")]
    return (row.hit(column, case="person", edits=edits),)


def holds_no_telephone(row: RowView, column: str) -> Hits:
    """TX-12: a telephone in a text, unless the cell asks for it."""
    if any(word in row.columns[column].label for word in _PHONE_FIELDS):
        return ()
    found = [one for one in found_in(row, column) if one.sort is Sort.PHONE]
    return (_hidden(row, column, found, ""),) if found else ()


def holds_no_numbers_of_people(row: RowView, column: str) -> Hits:
    """TX-13: identity cards and bank accounts."""
    hits = []
    for sort, case in ((Sort.IDENTITY, ""), (Sort.ACCOUNT, "account")):
        found = [one for one in found_in(row, column) if one.sort is sort]
        if found:
            hits.append(_hidden(row, column, found, case))
    return hits


def _hidden(row: RowView, column: str, found: list[Found], case: str) -> Hit:
    """Answer with the middle of each number hidden as the way out."""
    hidden = [
        one._replace(better=masked(PrivateNumber(_SORTS[one.sort], one.start, one.typed))) for one in found
    ]
    edits = [row.put(column, replaced(row.text(column), hidden))]
    return row.hit(column, case=case, edits=edits, v="、".join(one.better for one in hidden))


def holds_no_secret(row: RowView, column: str) -> Hits:
    """TX-14: 秘密★, 机密★, 绝密★ and the like."""
    text = row.text(column)
    if "密" not in text and "内部" not in text:
        return ()
    for one in found_in(row, column):
        if one.sort is Sort.SECRET:
            return (row.hit(column, v=one.typed),)
        if one.sort is Sort.MAYBE_SECRET:
            case = "inner" if "内部" in one.typed else "maybe"
            return (row.hit(column, case=case, v=one.typed),)
    return ()


def unit_name_holds_no_secret(scene: Scene) -> Hits:
    """TX-14 in the name of the unit."""
    for one in scene.context.words.prose().look(scene.text("unit.name")):
        if one.sort is Sort.SECRET:
            return (scene.hit("unit.name", v=one.typed),)
    return ()


RULES = (
    CellRule("TX-12", names_no_person, kinds=TEXT),
    CellRule("TX-12", holds_no_telephone, kinds=TEXT, when=finds_anything),
    CellRule("TX-13", holds_no_numbers_of_people, kinds=TEXT, when=finds_anything),
    CellRule("TX-14", holds_no_secret, kinds=ANY_TEXT),
    DocumentRule("TX-14", unit_name_holds_no_secret, reads=("unit.name",)),
)
