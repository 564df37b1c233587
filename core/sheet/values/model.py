"""What a typed indicator value means, as plain frozen values.

A ``Value`` keeps what was typed and what it was read as side by side; places in it are spans of
the text as typed, so that a fix can rewrite exactly.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a text was read as."""

    BLANK = "blank"
    NUMBER = "number"
    """符号 数 单位 后缀, each but the number optional."""
    RANGE = "range"
    """Two numbers (90%~95%), which no reporting system stores in one value."""
    GRADES = "grades"
    """A scale of grades, best first (优良中低差), perhaps with the grade aimed at."""
    GRADE = "grade"
    """One grade (优)."""
    DATE = "date"
    PERIOD = "period"
    TEMPLATE = "template"
    """A sign that stands for a number not yet written (≥**%)."""
    WORDS = "words"
    MIXED = "mixed"
    """Words with a figure among them but no sign (5个乡镇各1次)."""
    UNREADABLE = "unreadable"
    """It has a sign or begins as a number, and cannot be read as one value."""


class Mark(StrEnum):
    """Something about the spelling that a check may speak about."""

    FULL_WIDTH = "full width"
    HIDDEN = "hidden"
    """A character nobody can see (zero width, direction marks)."""
    BLANKS = "blanks"
    THOUSANDS = "thousands"
    FORBIDDEN = "forbidden"
    """``*`` or ``_`` anywhere, or ``-`` between figures: the reporting systems refuse them."""
    CHINESE_NUMBER = "chinese number"
    PUNCTUATION = "punctuation"
    """A closing mark after the value (≥95%。)."""
    BRACKETED_UNIT = "bracketed unit"
    BARE_MULTIPLE = "bare multiple"
    """万 or 亿 without what is counted (≥5万)."""
    UNKNOWN_UNIT = "unknown unit"
    UNKNOWN_OPERATOR = "unknown operator"
    """The cell of the sign says something that is no sign (separate cells only)."""
    OPERATOR_TWICE = "operator twice"
    """The sign stands in its own cell and again in the value's."""
    UNIT_TWICE = "unit twice"


class Nature(StrEnum):
    """What the cell of the sign says instead of a sign (绩效指标性质)."""

    NONE = ""
    QUALITATIVE = "定性"
    QUANTITATIVE = "定量"
    OTHER = "其他"
    """定量（其他） and 不适用: words may stand where a number belongs."""


class State(StrEnum):
    """The three answers while a value is being typed."""

    FINE = "fine"
    UNFINISHED = "unfinished"
    WRONG = "wrong"


class Span(NamedTuple):
    """A piece of the typed text: first character and the one after the last."""

    start: int
    end: int


class Piece(NamedTuple):
    """A part of a value as typed, the spelling it stands for, and where it was typed."""

    typed: str
    canonical: str
    span: Span


class Moment(NamedTuple):
    """A day, month or year, as far as it was written; a day of 0 is the end of the month."""

    year: int | None
    month: int | None
    day: int | None


class Value(NamedTuple):
    """One indicator value as typed and as read.

    With separate cells ``cells`` holds the texts of operator, value and unit, and the span of each
    piece counts in its own cell; otherwise ``cells`` is None and all count in ``text``.
    """

    text: str
    kind: Kind
    operator: Piece | None = None
    number: Decimal | None = None
    digits: Piece | None = None
    second: Decimal | None = None
    """The other end of a range."""
    unit: Piece | None = None
    scale: int = 0
    """万 belongs to the unit: 5万元 has number 5 and scale 4."""
    suffix: Piece | None = None
    lead: Piece | None = None
    """Words that stay before the number (每季度); canonical is "约" for a vague one."""
    tail: Piece | None = None
    leftover: Piece | None = None
    """What was not understood."""
    doubled: str = ""
    """The half, when the digits are two equal halves (100100 gives "100")."""
    grades: tuple[str, ...] = ()
    grade: str = ""
    start: Moment | None = None
    end: Moment | None = None
    deadline: bool = False
    """Whether the date is written as 于…前."""
    whole_day: bool = False
    """Whether the date names its last day, so that nothing about it is left to guess."""
    marks: frozenset[Mark] = frozenset()
    unfinished: bool = False
    nature: Nature = Nature.NONE
    cells: tuple[str, str, str] | None = None

    @property
    def comparison(self) -> str:
        """The canonical sign (≥ ≤ > < =), from the sign or else from the suffix, or ``""``."""
        if self.operator is not None and self.operator.canonical:
            return self.operator.canonical
        if self.suffix is not None and self.suffix.canonical in _DIRECTION:
            return self.suffix.canonical
        return ""

    @property
    def unit_name(self) -> str:
        """The unit in its canonical spelling, or ``""``."""
        return self.unit.canonical if self.unit is not None else ""

    @property
    def is_percent(self) -> bool:
        """Whether it is a percentage."""
        return self.unit is not None and self.unit.canonical == "%"

    @property
    def is_vague(self) -> bool:
        """Whether it says 左右 or 约."""
        return (self.suffix is not None and self.suffix.canonical == "~") or (
            self.lead is not None and self.lead.canonical == "约"
        )

    @property
    def suffix_repeats(self) -> bool:
        """Whether sign and suffix say the same (≥98%以上)."""
        return self._suffix_relation() == 1

    @property
    def suffix_contradicts(self) -> bool:
        """Whether sign and suffix say opposite things (≥1%以下)."""
        return self._suffix_relation() == -1

    @property
    def decimals(self) -> int:
        """How many decimals were typed."""
        if self.digits is None:
            return 0
        return len(self.digits.canonical.partition(".")[2])

    def _suffix_relation(self) -> int:
        if self.operator is None or self.suffix is None:
            return 0
        sign = _DIRECTION.get(self.operator.canonical, 0)
        tail = _DIRECTION.get(self.suffix.canonical, 0)
        if not self.operator.canonical or not tail:
            return 0
        return 1 if sign == tail else -1


_DIRECTION = {"≥": 1, ">": 1, "≤": -1, "<": -1}


def judge(value: Value) -> State:
    """Give the answer for a value that is still being typed."""
    if value.unfinished:
        return State.UNFINISHED
    if value.kind in (Kind.UNREADABLE, Kind.TEMPLATE) or value.suffix_contradicts:
        return State.WRONG
    return State.FINE
