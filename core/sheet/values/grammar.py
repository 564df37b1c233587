"""The grammar itself: 值 := 符号 数 单位 后缀 | 等级 | 日期 | 文字 (rules of the domain, §0.1).

A hand-written reader over the folded text. It is total: every text is some ``Value``, and none
raises. Results are kept in the object, at most ``KEPT`` of them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from core.sheet.values.dates import NOTHING, DateReading, read_date
from core.sheet.values.figure import Figure, FigureReader
from core.sheet.values.fold import Folded, fold
from core.sheet.values.grades import read_grades
from core.sheet.values.model import Kind, Mark, Nature, Piece, Span, Value
from core.sheet.values.numerals import BEGINNINGS
from core.sheet.values.tables import Tables, read_tables

KEPT = 4096
LONGEST = 160
"""A text longer than this is prose, whatever it begins with."""

_CALENDAR = frozenset("年月日号前底末季于在本当今全上下第")
_SIGNED = re.compile(r"[≥≤<>=][0-9]")
_DATE_UNITS = frozenset("年月日")


class ValueGrammar:
    """Reads indicator values with the words of one ``values.toml``."""

    def __init__(self, path: Path) -> None:
        """Read the words from ``resources/values.toml``."""
        self.tables: Tables = read_tables(path)
        self._figures = FigureReader(self.tables)
        self._kept: dict[str, Value] = {}
        self._kept_parts: dict[tuple[str, str, str], Value] = {}
        self._kept_units: dict[tuple[str, int], str] = {}

    def parse(self, text: str) -> Value:
        """Give the meaning of a joined cell (``≥95%``)."""
        value = self._kept.get(text)
        if value is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            value = self._kept[text] = self._read(text)
        return value

    def parse_parts(self, operator: str, value: str, unit: str) -> Value:
        """Give the meaning of three cells: sign (≥ or 定性), value and unit."""
        cells = (operator, value, unit)
        found = self._kept_parts.get(cells)
        if found is None:
            if len(self._kept_parts) >= KEPT:
                self._kept_parts.clear()
            found = self._kept_parts[cells] = self._join(cells)
        return found

    def comparable_unit(self, name: str) -> str:
        """Give the one name for units that mean the same (千米 and 公里)."""
        return self.tables.units.same.get(name, name)

    def plain_unit(self, name: str, scale: int) -> str:
        """Give a unit without the 万 or 亿 that ``scale`` stands for, in its comparable name."""
        found = self._kept_units.get((name, scale))
        if found is None:
            if len(self._kept_units) >= KEPT:
                self._kept_units.clear()
            found = self._kept_units[name, scale] = self._plain_unit(name, scale)
        return found

    def _plain_unit(self, name: str, scale: int) -> str:
        for multiple, power in self.tables.units.powers.items():
            if scale == power and name.startswith(multiple):
                name = name.removeprefix(multiple)
                break
        return "/".join(self.comparable_unit(part) for part in name.replace("·", "/").split("/"))

    def _read(self, text: str) -> Value:
        folded = fold(text)
        body = folded.text.strip(" ")
        if not body:
            marks = folded.marks if text else frozenset[Mark]()
            return Value(text, Kind.BLANK, marks=marks)
        if len(body) > LONGEST:
            return Value(text, Kind.WORDS, marks=folded.marks)
        figure = self._figures.read(folded, len(folded.text) - len(folded.text.lstrip(" ")))
        if figure is not None and figure.complete and not (figure.operator is None and _dated(figure)):
            return figure.value(folded)
        tight = body.replace(" ", "")
        date = NOTHING
        if tight[0].isdigit() or _CALENDAR.intersection(tight):
            date = read_date(tight, self.tables.dates)
        if date.complete:
            return _date_value(folded, date)
        if figure is not None and (figure.complete or figure.begun):
            graded = self._graded(folded, figure) if figure.digits is None else None
            return graded or _figure_value(folded, figure, date)
        return self._words(folded, tight, figure, date)

    def _words(self, folded: Folded, tight: str, figure: Figure | None, date: DateReading) -> Value:
        """Read a text that begins with no figure: grades, Chinese numerals, words."""
        read = read_grades(tight, self.tables.grades)
        if read is not None:
            scale, grade = read
            kind = Kind.GRADES if scale else Kind.GRADE
            return Value(folded.typed, kind, grades=scale, grade=grade, marks=folded.marks)
        chinese = self._figures.read_chinese(folded)
        if chinese is not None:
            return chinese.value(folded)
        graded = self._graded(folded, figure)
        if graded is not None:
            return graded
        unfinished = (
            date.unfinished
            or (figure is not None and figure.unfinished)
            or self.tables.operators.begins(tight, 0)
            or self.tables.leads.begins(tight, 0)
            or tight in BEGINNINGS
        )
        inside = self._figures.inside(folded)
        if inside is not None:
            return replace(inside, unfinished=unfinished)
        kind = Kind.MIXED if any(char in "0123456789" for char in tight) else Kind.WORDS
        if kind is Kind.MIXED and _SIGNED.search(tight):
            kind = Kind.UNREADABLE
        return Value(folded.typed, kind, marks=folded.marks, unfinished=unfinished)

    def _graded(self, folded: Folded, figure: Figure | None) -> Value | None:
        """Read one grade with a sign or suffix (≥良, 良好以上, 达到优秀)."""
        text = folded.text.rstrip(" ")
        start = figure.place if figure is not None else len(text) - len(text.lstrip(" "))
        grade = self.tables.grades.words.match(text, start)
        if grade is None or grade[0] not in self.tables.grades.single:
            return None
        found = self.tables.suffixes.match(text, grade[1])
        if (found[1] if found is not None else grade[1]) != len(text):
            return None
        return Value(
            folded.typed,
            Kind.GRADE,
            operator=figure.operator if figure is not None else None,
            suffix=folded.piece(grade[1], found[1], found[0]) if found is not None else None,
            grade=grade[0],
            marks=folded.marks,
        )

    def _join(self, cells: tuple[str, str, str]) -> Value:
        operator_text, value_text, unit_text = cells
        value = self.parse(value_text)
        marks = set(value.marks)
        sign = fold(operator_text)
        nature, operator = self._sign(sign, marks)
        if operator is not None and value.operator is not None:
            marks.add(Mark.OPERATOR_TWICE)
        unit, scale = self._unit(unit_text, marks)
        if unit is not None and value.unit is not None:
            marks.add(Mark.UNIT_TWICE)
        separate_unit = unit is not None
        return replace(
            value,
            operator=operator or value.operator,
            unit=unit or value.unit,
            scale=scale if separate_unit else value.scale,
            marks=frozenset(marks),
            unfinished=value.unfinished and value.kind is not Kind.NUMBER,
            nature=nature,
            cells=cells,
        )

    def _sign(self, sign: Folded, marks: set[Mark]) -> tuple[Nature, Piece | None]:
        text = sign.text.strip(" ")
        marks |= sign.marks
        if not text:
            return Nature.NONE, None
        nature = self.tables.natures.get(text, Nature.NONE)
        if nature is not Nature.NONE:
            return nature, None
        canonical = self.tables.operators.whole(text)
        if canonical is None:
            marks.add(Mark.UNKNOWN_OPERATOR)
        return nature, Piece(sign.typed, canonical or "", Span(0, len(sign.typed)))

    def _unit(self, typed: str, marks: set[Mark]) -> tuple[Piece | None, int]:
        folded = fold(typed)
        text = folded.text.strip(" ")
        marks |= folded.marks
        if not text:
            return None, 0
        canonical, power, end = self._figures.known_unit(text, 0)
        if end != len(text):
            canonical, power = text, 0
            marks.add(Mark.UNKNOWN_UNIT)
        elif canonical in self.tables.units.powers:
            marks.add(Mark.BARE_MULTIPLE)
        return Piece(typed, canonical, Span(0, len(typed))), power


def _dated(figure: Figure) -> bool:
    """Whether a bare figure may be a date after all (12月, 2025年, 2021-12)."""
    if figure.second is not None:
        return True
    return figure.unit is not None and figure.unit.canonical[0] in _DATE_UNITS


def _figure_value(folded: Folded, figure: Figure, date: DateReading) -> Value:
    value = figure.value(folded, date_unfinished=date.unfinished)
    if date.impossible and value.kind is Kind.MIXED:
        return replace(value, kind=Kind.UNREADABLE)
    return value


def _date_value(folded: Folded, date: DateReading) -> Value:
    return Value(
        folded.typed,
        Kind.PERIOD if date.start is not None else Kind.DATE,
        start=date.start,
        end=date.end,
        deadline=date.deadline,
        whole_day=date.whole_day,
        marks=folded.marks,
        unfinished=date.unfinished,
    )
