"""AM-08 in texts: amounts named in a sentence add up to the sum named in the same sentence.

Cautious: a sentence that also speaks of unit prices, growth or last year is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from core.check.rule import Hits
from core.check.rules.amount_reading import POWERS, ProseAmount, amounts_in
from core.check.view import RowView

_SENTENCE_ENDS = re.compile(r"[。\n]")
_TOTAL = re.compile(r"(?:合计|共计|总计)(?:约?为|是|：|:)?\s*$")
# Each of these makes it uncertain what adds up to what.
_UNCERTAIN = (
    "每",
    "均",
    "单价",
    "标准",
    "×",
    "/",
    "约",
    "左右",
    "以上",
    "超",
    "增",
    "减",
    "同比",
    "上年",
    "结余",
    "结转",
)


_NOT_ALL = re.compile(r"其余|剩余|余下|(?:元|用于[^，。；]{1,20})等(?=[，、；）)]|$)")
"""Words that say the parts named are not all."""
_MONEY = re.compile("资金|预算|投资|经费|安排|拨款|总额|支出|投入|补助|费用")
"""What a total is called that is spent on its parts; of other sums (挽回损失) some parts may be named."""


_IN_BRACKETS = re.compile(
    r"[0-9][0-9,]*(?:\.[0-9]+)?\s*(?:百万元|[千万亿]?元)[（(](?P<inside>[^（）()。；\n]*元[^（）()。；\n]*)[）)]"
)
_TOLD_OTHERWISE = re.compile("每|均|单价|标准|约|上年|同比")
"""Words before a sum after which what is in brackets may be no list of its parts."""


def sums_in_words(row: RowView, column: str) -> Hits:
    """AM-08: 300万元，其中：40万元、55万元、160万元、45万元; or 40万元、55万元，合计95万元."""
    text = row.text(column)
    if "元" not in text or not any(sign in text for sign in ("其中", "计", "元（", "元(")):
        return ()
    return [
        row.hit(column, case="prose", a=_written(parts, row), b=_written([total], row), d=difference)
        for total, parts in (*_sums(text), *_bracketed(text))
        if (difference := _difference(total, parts, row))
    ]


def _bracketed(text: str) -> Iterator[tuple[ProseAmount, list[ProseAmount]]]:
    """Give each sum with the parts listed in brackets right behind it: 92.6万元（耗材38万元、运维36万元）."""
    for found in _IN_BRACKETS.finditer(text):
        if any(word in found["inside"] for word in (*_UNCERTAIN, "价", "其中")):
            continue  # 其中 in brackets is read with its sentence
        total, *parts = amounts_in(found[0])
        before = text[max(0, found.start() - 12) : found.start()]
        if len(parts) < 2 or _TOLD_OTHERWISE.search(before) or max(part.yuan for part in parts) >= total.yuan:
            continue
        all_named = _MONEY.search(before) is not None and not _NOT_ALL.search(found["inside"])
        if all_named or sum((part.yuan for part in parts), Decimal(0)) > total.yuan:
            yield total, parts


def _sums(text: str) -> Iterator[tuple[ProseAmount, list[ProseAmount]]]:
    """Give each sum of a text with its parts."""
    for sentence in _SENTENCE_ENDS.split(text):
        if "元" not in sentence or any(word in sentence for word in _UNCERTAIN):
            continue
        amounts = amounts_in(sentence)
        among = sentence.find("其中")
        before = [amount for amount in amounts if amount.end <= among]
        if before:
            parts = [amount for amount in amounts if amount.start > among]
            if sentence.count("其中") == 1 and len(parts) > 1:
                kept = _listed(before[-1], parts, sentence)
                if kept:
                    yield before[-1], kept
            continue
        for index, amount in enumerate(amounts):
            if index > 1 and _TOTAL.search(sentence, 0, amount.start):
                if index == len(amounts) - 1:
                    yield amount, amounts[:index]
                break


def _listed(total: ProseAmount, parts: list[ProseAmount], sentence: str) -> list[ProseAmount]:
    """Give the parts that should add up to a total; none where they do, or where not all are named.

    Amounts after a list that adds up are about something else (其中财政50万元、自筹15万元，发放12万元).
    """
    reached = Decimal(0)
    for part in parts:
        reached += part.yuan
        if reached == total.yuan:
            return []
    if reached < total.yuan and (_NOT_ALL.search(sentence) or not _MONEY.search(sentence, 0, total.start)):
        return []
    return parts


def _difference(total: ProseAmount, parts: list[ProseAmount], row: RowView) -> Decimal:
    yuan = abs(sum((part.yuan for part in parts), Decimal(0)) - total.yuan)
    return yuan.scaleb(-POWERS[row.scene.form.money.unit])


def _written(amounts: list[ProseAmount], row: RowView) -> Decimal:
    yuan = sum((amount.yuan for amount in amounts), Decimal(0))
    return yuan.scaleb(-POWERS[row.scene.form.money.unit])
