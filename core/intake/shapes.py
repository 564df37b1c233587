"""How badly a text fits a place: 0 for a text of the right kind, more the stranger it is there.

Nothing is refused by its shape; the costs only weigh one way of reading against another.
"""

from __future__ import annotations

import re

from core.sheet.definition import Field
from core.sheet.numbers import parse_number

_AMOUNT = re.compile(r"[-+−]?[\d,，.．]+\s*(?:元|万元|亿元|%|％)?")
_NOTHING = re.compile(r"[-—–/／]{1,3}|无")
_VALUE = re.compile(
    r"(?:[≥≤><=≧≦⩾⩽〈〉＜＞＝]|大于|小于|不低于|不少于|不高于|不超过|至少|达到|等于|低于|高于)*\s*"
    r"[-+]?\d[\d,.]*.{0,12}"
)
_OPERATOR = re.compile(r"[≥≤><=≧≦⩾⩽〈〉＜＞＝]{1,2}|定性|定量.{0,6}|不适用|(?:大于|小于)?等于|大于|小于")
_FURNITURE = re.compile(
    r"第\s*\d+\s*页\s*(?:[,，/]?\s*共\s*\d+\s*页)?|共\s*\d+\s*页|[（(]?续表?[）)]?|[-—–]\s*(?P<page>\d+)\s*[-—–]|"
    r"(?:填报单位|单位负责人|部门负责人|项目负责人|财务负责人|负责人|填报人|填表人|经办人|联系人|联系电话|"
    r"填报日期|填表日期|校验码)(?:[（(](?:盖章|公章|签字|签章)[）)])?[:：](?P<filled>.{0,40})"
)
_PART = re.compile(
    r"\s*第\s*[一二三四五六七八九十0-9]{1,3}\s*(?:部分|章|节|编|篇)(?:[\s:：、][^。；]{0,40})?"
)
_NO_DATE = re.compile(r"[\s年月日]*")
_WRONG_KIND = 4.0


def misfit(field: Field, text: str) -> float:
    """Give the cost of reading this text at a place of this kind."""
    text = text.strip()
    match field.kind:
        case "money" | "percent" | "number" | "weight":
            return _number(text)
        case "value":
            return _value(text)
        case "operator":
            return 0.0 if _OPERATOR.fullmatch(text) else 3.0
        case "unit":
            return 0.1 if len(text) <= 6 and not parse_number(text) else 2.0
        case "date":
            return 0.0 if any(char.isdigit() for char in text) and len(text) <= 20 else 1.5
        case "choice" | "choices":
            return 0.0 if text in field.options else 1.0
        case "level1" | "level2":
            return _WRONG_KIND
    return _text(text)


def is_value(text: str) -> bool:
    """Whether a text is a figure with a sign or a percent mark, as indicators have them."""
    text = text.strip()
    signed = not text[:1].isdigit() or text.endswith("%")
    return signed and len(text) <= 10 and _VALUE.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Whether a text is a plain number, blanks around it aside."""
    return parse_number(text.strip()) is not None


def _number(text: str) -> float:
    if parse_number(text.removesuffix("%")) is not None:
        return 0.0
    if _AMOUNT.fullmatch(text):
        return 0.2
    if _NOTHING.fullmatch(text):
        return 0.5
    return 2.0 if len(text) <= 10 else _WRONG_KIND


def _value(text: str) -> float:
    if _VALUE.fullmatch(text):
        return 0.0
    if len(text) <= 12:
        return 0.4
    return 1.0 if len(text) <= 30 else 2.5


def _text(text: str) -> float:
    if parse_number(text) is not None:
        return 2.0
    return 1.5 if is_value(text) else 0.0


def is_furniture(text: str) -> bool:
    """Whether a text is what stands around forms: page numbers, 续表, 第二部分, words to sign beside."""
    return any(pattern.fullmatch(text.strip()) is not None for pattern in (_FURNITURE, _PART))


def is_empty_furniture(text: str) -> bool:
    """The same, with nothing signed or dated beside it."""
    found = _FURNITURE.fullmatch(text.strip())
    return found is not None and not found["page"] and _NO_DATE.fullmatch(found["filled"] or "") is not None
