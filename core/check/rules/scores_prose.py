"""SE-21: rates told in a text are worked out again; a share without its sign."""

from __future__ import annotations

import re
from decimal import Decimal

from core.check.rule import CellRule, Hits
from core.check.view import RowView
from core.sheet.edits import Edit
from core.sheet.numbers import decimals_of, parse_number

_UNITS = "件|宗|起|人|人次|户|个|次|份|场|家|名|例"
_NUMBER = r"[0-9]{1,9}(?:,[0-9]{3})*"
# 调解案件共1143件，调解成功1134件，成功率达99.21%: the part is named like the rate.
_RATE = re.compile(
    rf"(?P<all>{_NUMBER})(?P<unit>{_UNITS})[^。；;\n0-9]{{0,20}}?"
    rf"(?P<word>成功|办结|审结|完成|合格|建档|回访|化解|答复|采纳|整改|到位)(?:了)?"
    rf"(?P<part>{_NUMBER})(?P=unit)[，,、（(]?(?P<name>[^。；;\n0-9，,]{{0,8}}?)率(?:为|达到|达|是|：|:)?"
    rf"(?P<rate>[0-9]{{1,3}}(?:\.[0-9]{{1,4}})?)[%％]"
)
_BARE = re.compile(
    r"(?:占|占比|占比为|占比达|比例为|率为|率达|率达到)(?P<share>[0-9]{1,3}(?:\.[0-9]{1,4})?)(?=[，,。；;、\n]|$)"
)


def told_rates(row: RowView, column: str) -> Hits:
    """SE-21: x件…成功y件…成功率z% worked out again; 占76.23 wants its %."""
    text = row.text(column)
    if "率" not in text and "占" not in text and "比例" not in text:
        return ()
    hits = []
    for found in _RATE.finditer(text):
        if not found["name"].endswith(found["word"]):
            continue
        whole, part = parse_number(found["all"]), parse_number(found["part"])
        rate = Decimal(found["rate"])
        if not whole or part is None or part > whole:
            continue
        own = part / whole * 100
        if abs(own - rate) > Decimal(1).scaleb(-decimals_of(rate)):
            told = f"{found['part']}÷{found['all']}"
            shown = f"{own.quantize(Decimal('0.01')).normalize():f}"
            hits.append(row.hit(column, told=told, v=found["rate"], a=shown, unfinished=True))
    for bare in _BARE.finditer(text):
        edits: list[Edit] = [row.put(column, f"{text[: bare.end()]}%{text[bare.end() :]}")]
        hits.append(row.hit(column, case="bare", edits=edits, v=bare[0], unfinished=True))
    return hits[:1]


RULES = (CellRule("SE-21", told_rates, kinds=("text",)),)
