"""Dates and periods typed as a value: 12月31日前, 2025年6月底前完成, 2021年全年, 2021年1月-12月."""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

from core.sheet.values.model import Moment
from core.sheet.values.tables import DateWords, Lexicon

_YEARS = range(1900, 2200)
_JOINTS = frozenset("~-–—至到")
_LEAD = ("于", "在")
_THIS_YEAR = ("本年度", "本年", "当年", "今年")
_ENDS = ("末", "底")
_DAY_WORDS = ("日", "号")
_AGAIN = re.compile(
    r"每个?(?:月|季度?|学期|半年|年|周)(?:[0-9]{1,2}[日号]|[底末初]|[上中下]旬)(?:[之以]?前)?"
)
_AFTER = re.compile(
    "[一-鿿“”《》]{2,24}(?:后|[之日]起)的?[0-9]{1,3}个?(?:工作日|自然日|[日天月周]|小时|分钟)"
    "(?:[之以]?内|前)?[一-鿿]{0,6}"
)


class DateReading(NamedTuple):
    """A whole text as a date or period, or how far one got (``complete`` False)."""

    complete: bool
    unfinished: bool
    start: Moment | None = None
    end: Moment | None = None
    deadline: bool = False
    whole_day: bool = False
    impossible: bool = False
    """Whether it names a day that no calendar has."""


NOTHING = DateReading(complete=False, unfinished=False)


def last_day(year: int | None, month: int) -> int:
    """Give the last day of a month; 0 for February of an unknown year."""
    if month == 2 and year is None:
        return 0
    return calendar.monthrange(year or 2001, month)[1]


def read_date(text: str, words: DateWords) -> DateReading:
    """Read a folded text without blanks as a date or period; the whole text or nothing."""
    if _AGAIN.fullmatch(text) or _AFTER.fullmatch(text):
        return DateReading(complete=True, unfinished=False, deadline=True)  # its day is not of one calendar
    reader = _Reader(text, words)
    try:
        return reader.whole()
    except _NoDateError:
        return DateReading(complete=False, unfinished=reader.ran_out, impossible=reader.impossible)


class _NoDateError(Exception):
    """The text is no date; only used inside this module."""


class _Reader:
    """Walks over one text; ``ran_out`` says that only the end of the text stopped it."""

    def __init__(self, text: str, words: DateWords) -> None:
        self._text = text
        self._words = words
        self._place = 0
        self.ran_out = False
        self.impossible = False
        self._whole_day = False
        self._open = False

    def whole(self) -> DateReading:
        """Read point, perhaps a second point, and the words after it."""
        self._literal(_LEAD)
        first, last = self._point(None)
        start: Moment | None = first
        if self._place < len(self._text) and self._text[self._place] in _JOINTS:
            self._place += 1
            self._whole_day = False
            _, last = self._point(first)
        elif first == last:
            start = None
        before = self._word(self._words.before)
        done = self._word(self._words.done)
        if self._place != len(self._text):
            raise _NoDateError
        bare = not before and not done
        return DateReading(
            complete=True,
            unfinished=bare and self._open,
            start=start,
            end=last,
            deadline=before,
            whole_day=self._whole_day,
        )

    def _point(self, earlier: Moment | None) -> tuple[Moment, Moment]:
        """Read one day, month or year; give its first and its last moment."""
        year = earlier.year if earlier is not None else None
        this_year = self._literal(_THIS_YEAR)
        number, digits = (0, 0) if this_year else self._digits()
        if digits == 4:
            return self._year(number)
        if digits:
            return self._month(year, number, earlier)
        part = self._words.year_parts.match(self._text, self._place)
        if part is None:
            if this_year:
                return Moment(None, 1, 1), Moment(None, 12, 31)
            self.ran_out |= self._words.year_parts.begins(self._text, self._place)
            raise _NoDateError
        self._place = part[1]
        self._literal(_ENDS)
        return Moment(year, 1, 1), Moment(year, self._words.months[part[0]], 0)

    def _year(self, year: int) -> tuple[Moment, Moment]:
        if year not in _YEARS:
            raise _NoDateError
        if not self._literal(("年度", "年")):
            return self._plain_date(year)
        part = self._words.year_parts.match("年" + self._text[self._place :], 0)
        if part is not None and part[0][0] == "年" and self._place < len(self._text):
            self._place += part[1] - 1  # 2025年底: the 年 belongs to both
            return Moment(year, 1, 1), Moment(year, self._words.months[part[0]], 0)
        part = self._words.year_parts.match(self._text, self._place)
        if part is not None:
            self._place = part[1]
            self._literal(_ENDS)
            return Moment(year, 1, 1), Moment(year, self._words.months[part[0]], 0)
        self.ran_out |= self._words.year_parts.begins(self._text, self._place)
        number, digits = self._digits()
        if digits:
            return self._month(year, number, None)
        self._open = True
        return Moment(year, 1, 1), Moment(year, 12, 31)

    def _month(self, year: int | None, month: int, earlier: Moment | None) -> tuple[Moment, Moment]:
        if not 1 <= month <= 12:
            # The second date of a period may be at the first figures of its year.
            self.ran_out &= month == 0 or (earlier is not None and self._place == len(self._text))
            raise _NoDateError
        if self._next() in _JOINTS and earlier is None:
            self._place += 1  # 1-12月
            last, digits = self._digits()
            if not digits or not 1 <= last <= 12 or not self._literal(("月份", "月")):
                raise _NoDateError
            return Moment(year, month, 1), Moment(year, last, 0)
        if not self._literal(("月份", "月")):
            raise _NoDateError
        part = self._words.month_parts.match(self._text, self._place)
        if part is not None:
            self._place = part[1]
            moment = Moment(year, month, self._words.days[part[0]])
            return moment, moment
        day, digits = self._digits()
        if digits:
            if not self._literal(_DAY_WORDS) or not self._is_day(year, month, day):
                self.ran_out &= day <= 31
                self.impossible = not self._is_day(year, month, day)
                raise _NoDateError
            return self._one_day(year, month, day)
        self._open = True
        return Moment(year, month, 1), Moment(year, month, 0)

    def _plain_date(self, year: int) -> tuple[Moment, Moment]:
        """Read what follows the year in 2025-12-31, 2025.12.31, 2025/12."""
        joint = self._next()
        if joint not in ("-", ".", "/"):
            raise _NoDateError
        self._place += 1
        month, digits = self._digits()
        if not digits or not 1 <= month <= 12:
            raise _NoDateError
        if self._next() != joint:
            return Moment(year, month, 1), Moment(year, month, 0)
        mark = self._place
        self._place += 1
        day, digits = self._digits()
        if digits == 4:
            self._place = mark  # 2021.1-2021.12 with the joint of the date
            return Moment(year, month, 1), Moment(year, month, 0)
        if not digits or not self._is_day(year, month, day):
            self.impossible = digits > 0
            raise _NoDateError
        return self._one_day(year, month, day)

    def _one_day(self, year: int | None, month: int, day: int) -> tuple[Moment, Moment]:
        self._whole_day = True
        moment = Moment(year, month, day)
        return moment, moment

    @staticmethod
    def _is_day(year: int | None, month: int, day: int) -> bool:
        return 1 <= day <= (last_day(year, month) or 29)

    def _next(self) -> str:
        if self._place >= len(self._text):
            self.ran_out = True
            return ""
        return self._text[self._place]

    def _digits(self) -> tuple[int, int]:
        start = self._place
        while self._place < len(self._text) and self._text[self._place] in "0123456789":
            self._place += 1
        self.ran_out |= self._place == len(self._text)
        length = self._place - start
        return (int(self._text[start : self._place]), length) if 0 < length <= 4 else (0, 0)

    def _literal(self, spellings: tuple[str, ...]) -> bool:
        rest = self._text[self._place :]
        for spelling in spellings:
            if rest.startswith(spelling):
                self._place += len(spelling)
                return True
            self.ran_out |= spelling.startswith(rest)
        return False

    def _word(self, words: Lexicon) -> bool:
        found = words.match(self._text, self._place)
        if found is None:
            self.ran_out |= self._place < len(self._text) and words.begins(self._text, self._place)
            return False
        self._place = found[1]
        return True
