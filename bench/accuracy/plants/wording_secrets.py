"""Numbers of people and marks of secrecy in texts: TX-12, TX-13, TX-14. All numbers are made up."""

from __future__ import annotations

import random

from bench.accuracy.indicator_rows import any_spot
from bench.accuracy.planting import Plant, Planted
from bench.accuracy.planting_texts import changed, room, sentence, texts
from core.sheet.document import Document
from core.sheet.places import field_place

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def mobile(chance: random.Random) -> str:
    """Give a mobile number."""
    return f"{chance.choice(('13', '15', '17', '18', '19'))}{chance.randint(0, 999999999):09d}"


def identity(chance: random.Random) -> str:
    """Give the number of an identity card, check character and all (GB 11643)."""
    place = chance.choice(("440111", "511724", "130302", "341524", "610581"))
    day = f"{chance.randint(1950, 2005)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
    body = f"{place}{day}{chance.randint(1, 999):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def account(chance: random.Random, length: int = 19) -> str:
    """Give the number of a bank card with its check digit (ISO/IEC 7812)."""
    body = chance.choice(("622848", "621700", "622202", "623059")) + "".join(
        str(chance.randint(0, 9)) for _ in range(length - 7)
    )
    total = 0
    for index, char in enumerate(reversed(body)):
        value = int(char) * (2 - index % 2)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def _spaced(number: str, *sizes: int, joint: str = " ") -> str:
    parts, start = [], 0
    for size in sizes:
        parts.append(number[start : start + size])
        start += size
    return joint.join([*parts, number[start:]] if start < len(number) else parts)


def _private(check: str, name: str, severity: str, *patterns: str) -> Plant:
    """Put a sentence with numbers of people into a text."""

    def put(document: Document, chance: random.Random) -> Planted | None:
        phone, card = mobile(chance), account(chance)
        said = chance.choice(patterns).format(
            phone=phone,
            parted=_spaced(phone, 3, 4),
            dashed=_spaced(phone, 3, 4, joint="-"),
            wide=phone.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
            identity=identity(chance),
            small=identity(chance).lower(),
            card=card,
            short=account(chance, 16),
            cards=_spaced(card, 4, 4, 4, 4),
            plain=f"{chance.randint(10**11, 10**12 - 1)}",
            seat=f"{chance.randint(2, 8)}{chance.randint(0, 9999999):07d}",
        )
        found = [place for place in texts(document) if room(document, place) > len(said)]
        if not found:
            return None
        place = chance.choice(found)
        text = document.text(place)
        document.set_text(place, f"{text}{said}" if text[-1] in "。；" else f"{text}。{said}")
        return Planted(check, frozenset((document.counted(place),)))

    return Plant(check, name, severity, put)


PRIVATE = (
    _private(
        "TX-12",
        "a mobile",
        "hint",
        "联系人：张某，{phone}。",
        "咨询电话{phone}。",
        "（联系电话：{phone}）",
        "经办人李某{phone}，随时接听。",
    ),
    _private(
        "TX-12",
        "a mobile in parts",
        "hint",
        "联系人王某，手机{parted}。",
        "手机号码：{dashed}。",
        "电话+86 {phone}。",
    ),
    _private("TX-12", "a mobile in wide digits", "hint", "联系电话：{wide}。"),
    _private(
        "TX-12",
        "an office telephone",
        "hint",
        "咨询电话0512-{seat}，全天接听。",
        "联系电话：（0826）{seat}。",
        "办公电话：{seat}。",
        "电话028-{seat}转801。",
    ),
    _private(
        "TX-13",
        "an identity card",
        "warning",
        "受助人身份证号{identity}。",
        "公民身份号码：{identity}。",
        "低保户陈某（{identity}）。",
        "张某，{small}，一级残疾。",
    ),
    _private(
        "TX-13",
        "a bank card",
        "warning",
        "补助打入{card}。",
        "银行卡号：{cards}。",
        "补贴发到个人账户（{short}）。",
        "收款卡{card}，户名王某。",
    ),
    _private(
        "TX-13",
        "an account",
        "warning",
        "账号：{plain}。",
        "开户行农商行，帐号{plain}。",
        "打入村委会账户{plain}。",
    ),
)


# TX-14 ----------------------------------------------------------------------------------------------------

_MARKS = (
    "机密★3年",
    "秘密★",
    "绝密★30年",
    "秘密★1年",
    "机密 ★ 5年",
    "秘 密★10年",
    "机　密★",
    "绝密☆",
    "秘密＊3年",
    "机密*5年",
    "秘密★长期",
    "机密✩",
    "★秘密",
)
_BRACKETS = ("【机密】", "（秘密）", "[绝密]", "〔秘密〕", "【秘密级】")
_LEVELS = (
    "密级：机密",
    "密级:秘密",
    "密　级：绝密",
    "密级为秘密",
    "密级　机密",
    "保密等级：秘密",
    "密级（机密）",
    "涉密等级：机密",
)
_INNER = (
    "内部资料，注意保存。",
    "内部资料 严禁外传。",
    "本件为内部文件，不得外传。",
    "（内部资料，不得公开）",
)


def _at_the_head(*marks: str) -> Plant:
    def change(text: str, chance: random.Random) -> str:
        mark = chance.choice(marks)
        return (
            f"{mark}{chance.choice(('', ' ', chr(10)))}{text}" if chance.random() < 0.7 else f"{text}{mark}"
        )

    return changed("TX-14", f"{marks[0]} in a text", "error", change)


def _in_a_name(document: Document, chance: random.Random) -> Planted | None:
    spot = any_spot(document, chance)
    if spot is None:
        return None
    spot.put("name", f"{chance.choice(_MARKS)}{spot.name}")
    return Planted("TX-14", spot.places("name"))


def _in_a_value(document: Document, chance: random.Random) -> Planted | None:
    spot = any_spot(document, chance, fits=lambda one: not one.parted)
    if spot is None:
        return None
    spot.put("value", f"{spot.row.cells['value']}（机密★）")
    return Planted("TX-14", spot.places("value"))


def _in_the_unit(document: Document, chance: random.Random) -> Planted | None:
    document.set_text(field_place("unit.name"), f"{chance.choice(_MARKS)} {document.unit_name}")
    return Planted("TX-14", frozenset(("unit.name",)))


def _in_the_project(document: Document, chance: random.Random) -> Planted | None:
    name = document.form.about.name
    if not name or not document.field(name):
        return None
    document.set_text(
        field_place(name), f"{document.field(name)}（{chance.choice(('机密★', '秘密★1年', '绝密★'))}）"
    )
    return Planted("TX-14", frozenset((name,)))


SECRETS = (
    _at_the_head(*_MARKS),
    _at_the_head(*_BRACKETS),
    _at_the_head(*(f"{level}\n" for level in _LEVELS)),
    sentence(
        "TX-14", "密级 in a sentence", "error", tuple(f"文件{level}，按规定管理。" for level in _LEVELS)
    ),
    Plant("TX-14", "in an indicator's name", "error", _in_a_name),
    Plant("TX-14", "in a value", "error", _in_a_value),
    Plant("TX-14", "in the unit's name", "error", _in_the_unit),
    Plant("TX-14", "in the project's name", "error", _in_the_project),
    sentence("TX-14", "内部资料", "warning", _INNER),
    sentence(
        "TX-14",
        "a grade",
        "warning",
        ("采购机密级计算机2台。", "更换秘密级文件柜4组。", "维护绝密级机房设备。"),
    ),
)

PLANTS = (*PRIVATE, *SECRETS)
