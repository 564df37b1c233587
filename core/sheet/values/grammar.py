"""The grammar itself: 值 := 符号 数 单位 后缀 | 等级 | 日期 | 文字 (rules of the domain, §0.1).

A hand-written reader over the folded text. It is total: every text is some ``Value``, and none
raises. Results are kept in the object, at most ``KEPT`` of them.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.sheet.kept import Kept
from core.sheet.values.dates import NOTHING, DateReading, read_date
from core.sheet.values.figure import Figure, FigureReader
from core.sheet.values.fold import Folded, fold
from core.sheet.values.grades import is_level, read_grades
from core.sheet.values.model import Kind, Mark, Nature, Piece, Span, Value
from core.sheet.values.numerals import BEGINNINGS, half_of
from core.sheet.values.tables import Tables, read_tables

KEPT = 4096
LONGEST = 160
"""A text longer than this is prose, whatever it begins with."""

_CALENDAR = frozenset("年月日号前底末季于在本当今全上下第")
_PLAIN = re.compile(r"([≥≤<>=]?)(0|[1-9][0-9]{0,8}|(?:0|[1-9][0-9]{0,8})\.[0-9]{1,4})([^0-9.,，]{0,8})")
_SIGNED = re.compile(r"[≥≤<>=][0-9]")
_DATE_UNITS = frozenset("年月日")
_BARE = (None, None, None, None, None)


class ValueGrammar:
    """Reads indicator values with the words of one ``values.toml``."""

    def __init__(self, path: Path) -> None:
        """Read the words from ``resources/values.toml``."""
        self.tables: Tables = read_tables(path)
        self._figures = FigureReader(self.tables)
        self._kept = Kept[str, Value](KEPT)
        self._kept_parts = Kept[tuple[str, str, str], Value](KEPT)
        self._kept_units = Kept[tuple[str, int], str](KEPT)
        self._plain_units = Kept[str, tuple[str, int] | None](KEPT)
        self._kept_signs = Kept[str, tuple[Nature, Piece | None, frozenset[Mark]]](KEPT)
        self._kept_cells = Kept[str, tuple[Piece | None, int, frozenset[Mark]]](KEPT)
        self.scores = Kept[Hashable, Any](KEPT)
        """What scoring made of values; its to fill."""

    def parse(self, text: str) -> Value:
        """Give the meaning of a joined cell (``≥95%``)."""
        value = self._kept.get(text)
        return value if value is not None else self._kept.keep(text, self._read(text))

    def parse_parts(self, operator: str, value: str, unit: str) -> Value:
        """Give the meaning of three cells: sign (≥ or 定性), value and unit."""
        cells = (operator, value, unit)
        found = self._kept_parts.get(cells)
        return found if found is not None else self._kept_parts.keep(cells, self._join(cells))

    def comparable_unit(self, name: str) -> str:
        """Give the one name for units that mean the same (千米 and 公里)."""
        return self.tables.units.same.get(name, name)

    def plain_unit(self, name: str, scale: int) -> str:
        """Give a unit without the 万 or 亿 that ``scale`` stands for, in its comparable name."""
        found = self._kept_units.get((name, scale))
        if found is None:
            found = self._kept_units.keep((name, scale), self._plain_unit(name, scale))
        return found

    def convert(self, number: Decimal, unit: str, to: str) -> Decimal | None:
        """Give a number in another plain unit of its sort (10100米 is 10.1公里), None when it has none."""
        worth = self.tables.units.worth
        (base, times), (other, parts) = (worth.get(name, (name, Decimal(1))) for name in (unit, to))
        return number * times / parts if base == other else None

    def _plain_unit(self, name: str, scale: int) -> str:
        name = name.partition("（")[0]  # 台（套） counts what 台 counts
        for multiple, power in self.tables.units.powers.items():
            if scale == power and name.startswith(multiple):
                name = name.removeprefix(multiple)
                break
        return "/".join(self.comparable_unit(part) for part in name.replace("·", "/").split("/"))

    def _plain(self, text: str) -> Value | None:
        """Read sign, number and unit, which is how most values are typed; None when there is more to a text.

        Gives what reading it piece by piece would give, in a fraction of the time.
        """
        found = _PLAIN.fullmatch(text)
        if found is None:
            return None
        sign, digits, unit = found.groups()
        known = self._plain_unit_of(unit)
        if known is None or (not sign and known[0][:1] in _DATE_UNITS):
            return None
        begin, end = found.span(2)
        return Value(
            text,
            Kind.NUMBER,
            operator=Piece(sign, sign, Span(0, begin)) if sign else None,
            number=Decimal(digits),
            digits=Piece(digits, digits, Span(begin, end)),
            unit=Piece(unit, known[0], Span(end, len(text))) if unit else None,
            scale=known[1],
            doubled=half_of(digits),
            unfinished=not unit,
        )

    def _plain_unit_of(self, typed: str) -> tuple[str, int] | None:
        """Give spelling and power of ten of a unit that is known and needs no folding, else None."""
        if not typed:
            return "", 0
        if typed in self._plain_units:
            return self._plain_units[typed]
        folded, atom = fold(typed), self.tables.units.atom(typed, 0)
        plain = folded.origin is None and folded.text == typed and atom is not None and atom[2] == len(typed)
        known = None
        if plain and atom is not None and atom[0] not in self.tables.units.powers:
            known = atom[0], atom[1]
        return self._plain_units.keep(typed, known)

    def _read(self, text: str) -> Value:
        plain = self._plain(text)
        if plain is not None:
            return plain
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
            return inside._replace(unfinished=unfinished)
        kind = Kind.MIXED if any(char in "0123456789" for char in tight) else Kind.WORDS
        if kind is Kind.MIXED and _SIGNED.search(tight):
            kind = Kind.UNREADABLE
        return Value(folded.typed, kind, marks=folded.marks, unfinished=unfinished)

    def _graded(self, folded: Folded, figure: Figure | None) -> Value | None:
        """Read one grade with a sign or suffix (≥良, 良好以上, 达到优秀)."""
        text = folded.text.rstrip(" ")
        start = figure.place if figure is not None else len(text) - len(text.lstrip(" "))
        if is_level(text[start:]):
            operator = figure.operator if figure is not None else None
            return Value(folded.typed, Kind.GRADE, operator=operator, grade=text[start:], marks=folded.marks)
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
        nature, operator, sign_marks = self._sign(operator_text)
        unit, scale, unit_marks = self._unit(unit_text)
        marks = value.marks | sign_marks | unit_marks
        if operator is not None and value.operator is not None:
            marks |= {Mark.OPERATOR_TWICE}
        if unit is not None and value.unit is not None:
            marks |= {Mark.UNIT_TWICE}
        separate_unit = unit is not None
        around = value.operator, value.unit, value.suffix, value.lead, value.tail
        if value.kind is Kind.NUMBER and around == _BARE:  # as most are, and what follows takes its time
            return Value(
                value.text,
                Kind.NUMBER,
                operator=operator,
                number=value.number,
                digits=value.digits,
                unit=unit,
                scale=scale,
                doubled=value.doubled,
                marks=marks,
                nature=nature,
                cells=cells,
            )
        return value._replace(
            operator=operator or value.operator,
            unit=unit or value.unit,
            scale=scale if separate_unit else value.scale,
            marks=marks,
            unfinished=value.unfinished and value.kind is not Kind.NUMBER,
            nature=nature,
            cells=cells,
        )

    def _sign(self, typed: str) -> tuple[Nature, Piece | None, frozenset[Mark]]:
        """Read the cell of the sign; there are few, so each is read once."""
        found = self._kept_signs.get(typed)
        return found if found is not None else self._kept_signs.keep(typed, self._read_sign(typed))

    def _read_sign(self, typed: str) -> tuple[Nature, Piece | None, frozenset[Mark]]:
        sign = fold(typed)
        text = sign.text.strip(" ")
        if not text:
            return Nature.NONE, None, sign.marks
        nature = self.tables.natures.get(text, Nature.NONE)
        if nature is not Nature.NONE:
            return nature, None, sign.marks
        canonical = self.tables.operators.whole(text)
        unknown = frozenset((Mark.UNKNOWN_OPERATOR,)) if canonical is None else frozenset[Mark]()
        return nature, Piece(typed, canonical or "", Span(0, len(typed))), sign.marks | unknown

    def _unit(self, typed: str) -> tuple[Piece | None, int, frozenset[Mark]]:
        """Read the cell of the unit; each is read once."""
        found = self._kept_cells.get(typed)
        return found if found is not None else self._kept_cells.keep(typed, self._read_unit(typed))

    def _read_unit(self, typed: str) -> tuple[Piece | None, int, frozenset[Mark]]:
        folded = fold(typed)
        text = folded.text.strip(" ")
        marks = folded.marks
        if not text:
            return None, 0, marks
        canonical, power, end = self._figures.known_unit(text, 0)
        if end != len(text):
            canonical, power = text, 0
            marks |= {Mark.UNKNOWN_UNIT}
        elif canonical in self.tables.units.powers:
            marks |= {Mark.BARE_MULTIPLE}
        return Piece(typed, canonical, Span(0, len(typed))), power, marks


def _dated(figure: Figure) -> bool:
    """Whether a bare figure may be a date after all (12月, 2025年, 2021-12)."""
    if figure.second is not None:
        return True
    return figure.unit is not None and figure.unit.canonical[0] in _DATE_UNITS


def _figure_value(folded: Folded, figure: Figure, date: DateReading) -> Value:
    value = figure.value(folded, date_unfinished=date.unfinished)
    if date.impossible and value.kind is Kind.MIXED:
        return value._replace(kind=Kind.UNREADABLE)
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
