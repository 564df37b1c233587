"""Numbers as they are typed and as a form prints them; ``Decimal`` throughout.

Text that is no number stays text: nothing is guessed (``１２`` and ``1,23`` are not numbers here).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from core.sheet.definition import Field, Money

_PLAIN = re.compile(r"[+-]?(?:[0-9]{1,18}|[0-9]{1,3}(?:,[0-9]{3}){1,5})(?:\.[0-9]{1,10})?")
_UNFINISHED = re.compile(
    r"[+-]?(?:[0-9]{1,18}\.?|[0-9]{1,3}(?:,[0-9]{3}){1,5}\.|[0-9]{1,3}(?:,[0-9]{3}){0,4},[0-9]{0,2})?"
)


@lru_cache(maxsize=8192)
def parse_number(text: str) -> Decimal | None:
    """Give the number a text says (digits, well-placed separators, one point), or None."""
    if not _PLAIN.fullmatch(text):
        return None
    return Decimal(text.replace(",", ""))


def is_unfinished_number(text: str) -> bool:
    """Whether typing on could still make a number of this text (``12.`` or ``1,2``)."""
    return parse_number(text) is None and _UNFINISHED.fullmatch(text) is not None


def decimals_of(number: Decimal) -> int:
    """Give how many decimals a number was written with."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def round_half_up(number: Decimal, decimals: int) -> Decimal:
    """Round 四舍五入 to a number of decimals."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def write_number(number: Decimal, decimals: int, *, thousands: bool = False) -> str:
    """Write a number with exactly that many decimals, rounded half-up; never ``-0.00``."""
    rounded = round_half_up(number, decimals)
    if rounded == 0:
        rounded = abs(rounded)
    return f"{rounded:,f}" if thousands else f"{rounded:f}"


def shown_money(text: str, money: Money) -> str:
    """Give an amount as the form prints it, or the text as typed (ruling 2).

    Only separators and trailing zeros may differ from what was typed; a text that is no number,
    or has more decimals than the form, is given back unchanged.
    """
    number = parse_number(text)
    if number is None or round_half_up(number, money.decimals) != number:
        return text
    return write_number(number, money.decimals, thousands=money.thousands)


def shown_computed(number: Decimal | None, field: Field, money: Money) -> str:
    """Give a computed figure as the form prints it, rounded half-up; blank when there is none.

    A percent field is a ratio: 0.9991 is written ``99.91%``. Points and other plain numbers have at most
    two decimals and no trailing zeros: ``10``, ``9.47``. Of a choice it is which option, counted from 1.
    """
    if number is None:
        return ""
    if field.kind == "choice":
        return field.options[int(number) - 1] if 1 <= number <= len(field.options) else ""
    if field.kind == "percent":
        return write_number(number * 100, 2) + "%"
    if field.kind == "money":
        return write_number(number, money.decimals, thousands=money.thousands)
    written = write_number(number, 2)
    return written.rstrip("0").rstrip(".")


def shown_text(text: str, field: Field, money: Money) -> str:
    """Give a typed text as the form prints it: amounts in the form's format, all else as typed."""
    return shown_money(text, money) if field.kind == "money" else text
