"""SE-21: rates told in a text are worked out again; a share without its sign."""

from __future__ import annotations

import re
from decimal import Decimal

from core.check.rule import CellRule, Hits
from core.check.rules.wording_prose import has_signs
from core.check.view import RowView
from core.sheet.edits import Edit
from core.sheet.numbers import decimals_of, parse_number

_UNITS = "件次|人次|家次|户次|件|宗|起|人|户|个|次|份|场|家|名|例|处|条|项|台|套|盏|座|所|批|只|头|辆|篇"
_NUMBER = r"[0-9]{1,9}(?:,[0-9]{3})*(?![0-9.])"
# 调解案件共1143件，调解成功1134件，成功率达99.21%: the part is named like the rate, or 占99.21% follows it.
_RATE = re.compile(
    rf"(?<![0-9.])(?P<all>{_NUMBER})(?P<unit>{_UNITS})[^。；;\n0-9]{{0,20}}?"
    rf"(?P<did>[^。；;\n0-9，,、（()）]{{1,10}})(?P<part>{_NUMBER})(?P=unit)[，,、（(]?"
    rf"(?:(?P<name>[^。；;\n0-9，,、]{{1,8}}?)率(?:为|达到|达|是|：|:)?|占比?(?:为|达到|达|到|了)?)"
    rf"(?P<rate>[0-9]{{1,3}}(?:\.[0-9]{{1,4}})?)[%％]"
)
_COUNTED = re.compile(rf"(?<![0-9.])({_NUMBER})({_UNITS})")
_LIMITED = re.compile("按时|按期|如期|限期|期限|及时|当场|当年|当期|首次|一次|同比|增长|减少|下降")
"""What narrows a rate: 按期办结98件，办结率100% is no contradiction."""
_BARE = re.compile(
    r"(?:占|占比|占比为|占比达|比例为|率为|率达|率达到)(?P<share>[0-9]{1,3}(?:\.[0-9]{1,4})?)(?=[，,。；;、\n]|$)"
)


def _is_of_the_part(found: re.Match[str]) -> bool:
    """Whether a rate is named like the part told before it (救助成功915件，救助率), and no narrower."""
    name, did = found["name"] or "", found["did"]
    if name and _LIMITED.findall(name) != _LIMITED.findall(did):
        return False
    return not name or name in did or name.endswith(did.rstrip("的了共"))


def _is_rate(part: Decimal, whole: Decimal, rate: Decimal) -> bool:
    return abs(part / whole * 100 - rate) <= Decimal(1).scaleb(-decimals_of(rate))


def _is_of_another(text: str, found: re.Match[str], part: Decimal, rate: Decimal) -> bool:
    """Whether a rate is that of a number told further before (共500件，其中民事300件，办结280件，占56%)."""
    others = (parse_number(one[1]) for one in _COUNTED.finditer(text, 0, found.start("part")))
    return any(whole and _is_rate(part, whole, rate) for whole in others)


def told_rates(row: RowView, column: str) -> Hits:
    """SE-21: x件…成功y件…成功率z% worked out again; 占76.23 wants its %."""
    text = row.text(column)
    if "率" not in text and "占" not in text and "比例" not in text:
        return ()
    hits = []
    for found in _RATE.finditer(text):
        if not _is_of_the_part(found):
            continue
        whole, part = parse_number(found["all"]), parse_number(found["part"])
        rate = Decimal(found["rate"])
        if not whole or part is None or part > whole:
            continue
        own = part / whole * 100
        if not _is_rate(part, whole, rate) and not _is_of_another(text, found, part, rate):
            told = f"{found['part']}÷{found['all']}"
            shown = f"{own.quantize(Decimal('0.01')).normalize():f}"
            hits.append(row.hit(column, told=told, v=found["rate"], a=shown, unfinished=True))
    for bare in _BARE.finditer(text):
        edits: list[Edit] = [row.put(column, f"{text[: bare.end()]}%{text[bare.end() :]}")]
        hits.append(row.hit(column, case="bare", edits=edits, v=bare[0], unfinished=True))
    return hits[:1]


RULES = (CellRule("SE-21", told_rates, kinds=("text",), when=has_signs),)
