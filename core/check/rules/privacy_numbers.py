"""Numbers of people in a text: telephones, identity cards, bank accounts.

Cautious: a long figure is only taken for one when its own make-up or the words before it say so.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

_LONG = re.compile(r"[0-9][0-9 \-—－]{5,30}[0-9Xx]")
_WIDE = re.compile("[０-９]")
_PLAIN = {0xFF10 + digit: str(digit) for digit in range(10)}
_PHONE = re.compile(
    r"(?<![0-9A-Za-z.\-])(?:1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}"
    r"|0[1-9][0-9]{1,2}[-—－][2-9][0-9]{2,3}[ -]?[0-9]{4}|[（(]0[1-9][0-9]{1,2}[）)] ?[2-9][0-9]{6,7})"
    r"(?![0-9A-Za-z%.万亿元])"
)
_NAMED_PHONE = re.compile(
    r"(?:电话|手机|手机号|联系方式|热线)(?:号码)?[:：为是]?\s*([2-9][0-9]{6,7})(?![0-9A-Za-z.])"
)
_DAY = "(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])[1-9][0-9]{{5}}{_DAY}[0-9]{{3}}[0-9Xx](?![0-9A-Za-z])")
_ACCOUNT = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9]{4}(?:[ -]?[0-9]{4}){2,4}[ -]?[0-9]{0,4}|[0-9]{9,30})(?![0-9A-Za-z])"
)
_ACCOUNT_WORDS = ("账号", "帐号", "账户", "帐户", "卡号", "户号")
_CODE_WORDS = ("代码", "编码", "编号", "文号", "单号", "合同号", "项目号", "票号", "码：", "码:")
_PHONE_WORDS = ("手机号", "电话号", "联系电话", "手机：", "电话：")
_IDENTITY_WORDS = ("身份证", "证件号")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
NEAR = 12
"""So far before a number stands the word that says what it is."""


class Private(Enum):
    """What a number is of."""

    PHONE = "phone"
    IDENTITY = "identity"
    ACCOUNT = "account"


class PrivateNumber(NamedTuple):
    """One such number: what, where, as typed."""

    sort: Private
    start: int
    typed: str


def private_numbers(text: str) -> list[PrivateNumber]:
    """Give the telephones, identity cards and bank accounts of a text."""
    if _WIDE.search(text):
        text = text.translate(_PLAIN)
    if _LONG.search(text) is None:
        return []
    found = [
        PrivateNumber(Private.IDENTITY, match.start(), match[0])
        for match in _IDENTITY.finditer(text)
        if _is_identity(match[0]) or _said(text, match.start(), _IDENTITY_WORDS)
    ]
    found += [
        PrivateNumber(Private.ACCOUNT, match.start(), match[0])
        for match in _ACCOUNT.finditer(text)
        if not _within(match.start(), found) and _is_account(text, match)
    ]
    for pattern, group in ((_PHONE, 0), (_NAMED_PHONE, 1)):
        found += [
            PrivateNumber(Private.PHONE, match.start(group), match[group])
            for match in pattern.finditer(text)
            if not _within(match.start(group), found) and not _is_code(text, match.start(group))
        ]
    return found


def masked(number: PrivateNumber) -> str:
    """Give a number with its middle hidden, as published lists print it."""
    kept = 3 if number.sort is Private.PHONE else 4
    return f"{number.typed[:3]}****{number.typed[-kept:]}"


def _within(start: int, found: list[PrivateNumber]) -> bool:
    return any(one.start <= start < one.start + len(one.typed) for one in found)


def _said(text: str, start: int, words: tuple[str, ...]) -> bool:
    before = text[max(0, start - NEAR) : start]
    return any(word in before for word in words)


def _is_code(text: str, start: int) -> bool:
    """Whether the words before a number call it a code, and not a telephone's (手机号码：)."""
    return _said(text, start, _CODE_WORDS) and not _said(text, start, _PHONE_WORDS)


def _is_identity(number: str) -> bool:
    """Whether the last character is the check character of GB 11643."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK[total % 11] == number[17].upper()


def _is_account(text: str, match: re.Match[str]) -> bool:
    digits = "".join(char for char in match[0] if char.isdigit())
    if _said(text, match.start(), _ACCOUNT_WORDS):
        return 8 <= len(digits) <= 30
    if _said(text, match.start(), _CODE_WORDS):
        return False
    return len(digits) in (16, 19) and digits.startswith("62") and _luhn(digits)


def _luhn(digits: str) -> bool:
    """Whether the digits have the check digit of bank cards (ISO/IEC 7812)."""
    doubled = (int(char) * (1 + index % 2) for index, char in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
