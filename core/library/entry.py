"""One indicator of the library, and how names of indicators are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

QUALITATIVE = "定性"
DIRECTIONS = ("up", "down", "equal", "")
SIGNS = ("≥", "≤", "=", ">", "<", QUALITATIVE, "")

_BRACKETS = re.compile(r"[（(\[【〔][^（(\[【〔）)\]】〕]*[）)\]】〕]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator as the library knows it; ``""``, ``()`` and None say that nothing is agreed.

    ``low`` and ``high`` are the usual range of the target in ``unit``, both ends inclusive: examples found,
    no standards. ``values`` says the same in free words.
    """

    id: str
    area: str
    """领域, such as 司法行政."""
    level1: str
    level2: str
    name: str
    also: tuple[str, ...] = ()
    """Other names of the same indicator."""
    direction: str = ""
    """``up`` the more the better, ``down`` the less, ``equal`` as planned, ``""`` not agreed."""
    sign: str = ""
    """The usual sign, or 定性."""
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    values: str = ""
    formula: str = ""
    """How it is worked out, or where the figure comes from."""
    evidence: str = ""
    """佐证材料."""
    scale: str = ""
    """Grades of a 定性 indicator, best first: 优良中差."""
    source: str = ""
    """Where the entry comes from: 公开表 000, 共性指标库."""

    @property
    def qualitative(self) -> bool:
        """Whether it is told in words and not measured."""
        return self.sign == QUALITATIVE


def name_key(name: str) -> str:
    """Give a name as names are compared: letters and digits only, full-width and case folded away."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


def bare_key(name: str) -> str:
    """Give the same without what stands in brackets: 审结率（行政复议） is 审结率."""
    return name_key(_BRACKETS.sub("", name))


def unit_key(unit: str) -> str:
    """Give a unit as units are compared: ％ is %, blanks do not count."""
    return "".join(unicodedata.normalize("NFKC", unit).casefold().split())
