"""Reading 符号 数 单位 后缀: the part of a value that is counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from core.sheet.values.fold import Folded
from core.sheet.values.model import Kind, Mark, Piece, Value
from core.sheet.values.numerals import BEGINNINGS, half_of, read_chinese, read_digits
from core.sheet.values.tables import Tables

_UNIT_JOINTS = frozenset("/·・每")
_LONGEST_UNKNOWN_UNIT = 5
_CLOSING = frozenset("。;,、.")


@dataclass(slots=True)
class Figure:
    """What was read of a figure so far; turned into a ``Value`` at the end."""

    place: int
    """How far the reading came in the folded text."""
    lead: Piece | None = None
    operator: Piece | None = None
    number: Decimal | None = None
    digits: Piece | None = None
    second: Decimal | None = None
    unit: Piece | None = None
    scale: int = 0
    suffix: Piece | None = None
    tail: Piece | None = None
    doubled: str = ""
    template: bool = False
    complete: bool = False
    """Whether the whole text was understood."""
    begun: bool = False
    """Whether a sign or digit stood at the front, so that the text was meant as a figure."""
    unfinished: bool = False
    marks: set[Mark] = field(default_factory=set)

    def value(self, folded: Folded, *, date_unfinished: bool = False) -> Value:
        """Give the value that was read."""
        leftover = None
        end = len(folded.text.rstrip(" "))
        if not self.complete and self.place < end:
            leftover = folded.piece(self.place, end, "")
        return Value(
            folded.typed,
            self._kind(leftover),
            operator=self.operator,
            number=self.number,
            digits=self.digits,
            second=self.second,
            unit=self.unit,
            scale=self.scale,
            suffix=self.suffix,
            lead=self.lead,
            tail=self.tail,
            leftover=leftover,
            doubled=self.doubled,
            marks=folded.marks | self.marks if self.marks else folded.marks,
            unfinished=self.unfinished or date_unfinished,
        )

    def _kind(self, leftover: Piece | None) -> Kind:
        if self.template:
            return Kind.TEMPLATE
        if self.complete:
            return Kind.NUMBER if self.second is None else Kind.RANGE
        if (
            self.operator is None
            and self.number is not None
            and leftover is not None
            and _is_worded(leftover.typed)
        ):
            return Kind.MIXED
        return Kind.UNREADABLE


def _is_worded(text: str) -> bool:
    """Whether a leftover is words rather than signs: 个乡镇各1次 is, %% is not."""
    letters = sum(char.isalpha() for char in text)
    return letters >= 2 and not any(char in "≥≤<>=" for char in text)


class FigureReader:
    """Reads figures with the words of one set of tables."""

    def __init__(self, tables: Tables) -> None:
        """Take the words to read with."""
        self._tables = tables

    def read(self, folded: Folded, place: int) -> Figure | None:
        """Read the figure a text begins with; None when it begins with none."""
        text, tables = folded.text, self._tables
        figure = Figure(place)
        lead = tables.leads.match(text, place)
        if lead is not None:
            figure.lead = folded.piece(place, lead[1], lead[0])
            place = _blanks(text, lead[1], figure)
        start = place
        sign = tables.operators.match(text, place)
        if sign is not None:
            figure.operator = folded.piece(place, sign[1], sign[0])
            figure.begun = not text[place].isalpha()
            place = _blanks(text, sign[1], figure)
            if sign[0] and figure.lead is None and (vague := tables.leads.match(text, place)) is not None:
                figure.lead = folded.piece(place, vague[1], vague[0])
                place = _blanks(text, vague[1], figure)
        figure.place = place
        if place >= len(text):
            figure.unfinished = figure.operator is not None or figure.lead is not None
            return figure if figure.operator is not None or figure.lead is not None else None
        if self._number(folded, figure):
            self._after_number(folded, figure)
            return figure
        if text[place] in tables.template:
            self._template(folded, figure)
            return figure
        if sign is not None:
            if not self._chinese(folded, figure):
                figure.unfinished |= tables.operators.begins(text, start)
            return figure
        return figure if figure.lead is not None else None

    def read_chinese(self, folded: Folded) -> Figure | None:
        """Read a whole text as a figure in Chinese numerals, without a sign; else None."""
        figure = Figure(len(folded.text) - len(folded.text.lstrip(" ")))
        if not self._chinese(folded, figure):
            return None
        return figure if figure.complete and Mark.UNKNOWN_UNIT not in figure.marks else None

    def inside(self, folded: Folded) -> Value | None:
        """Read a text with a signed figure after words (满意度≥90%); None when there is none."""
        text = folded.text
        for spelling in self._tables.loose_operators:
            place = text.find(spelling, 1)
            while place > 0:
                figure = self.read(folded, place)
                if figure is not None and figure.complete and figure.number is not None:
                    value = figure.value(folded)
                    return _after_words(value, folded, place, signed=not spelling[0].isalpha())
                place = text.find(spelling, place + 1)
        return None

    def known_unit(self, text: str, place: int) -> tuple[str, int, int]:
        """Read a known unit with its joints (元/人·月): canonical, power of ten, end."""
        units = self._tables.units
        atom = units.atom(text, place)
        if atom is None:
            return "", 0, place
        canonical, power, end = atom
        while end < len(text) and text[end] in _UNIT_JOINTS:
            after = end + 1
            while after < len(text) and text[after] in _UNIT_JOINTS:
                after += 1
            more = units.per.match(text, after) or units.atom(text, after)
            if more is None:
                break
            canonical, end = f"{canonical}{'·' if text[end] in '·・' else '/'}{more[0]}", more[-1]
        if end < len(text) and text[end] == "(":
            other = units.atom(text, end + 1)
            if other is not None and text[other[2] : other[2] + 1] == ")":
                canonical, end = f"{canonical}（{other[0]}）", other[2] + 1  # 台（套）
        return canonical, power, end

    def _number(self, folded: Folded, figure: Figure) -> bool:
        text, start = folded.text, figure.place
        place = start + 1 if text[start] in "-−+" else start
        read = read_digits(text, place) if text[place : place + 1] in _DIGIT_STARTS else None
        if read is None:
            return False
        figure.begun = True
        sign = "-" if text[start] in "-−" and place > start else ""
        figure.doubled = half_of(text[place : read.end])
        figure.place = read.end
        figure.unfinished = read.unfinished
        figure.digits = folded.piece(start, read.end, sign + read.canonical)
        if read.grouped:
            figure.marks.add(Mark.THOUSANDS)
        if read.number is not None:
            figure.number = -read.number if sign else read.number
        return True

    def _after_number(self, folded: Folded, figure: Figure) -> None:
        """Read unit, second number, suffix and tail; settle whether the whole was understood."""
        text, end = folded.text, len(folded.text)
        if figure.number is None and not figure.doubled:
            return
        place = _blanks(text, figure.place, figure)
        if text[place : place + 1] in _AND_MORE and self.known_unit(text, place + 1)[2] > place + 1:
            figure.lead = figure.lead or folded.piece(place, place + 1, "约")  # 300余人 is about 300人
            place += 1
        place = self._unit(folded, figure, place)
        if place < end and text[place] in self._tables.ranges:
            place = self._second(folded, figure, place)
        place = _blanks(text, place, figure)
        suffix = self._tables.suffixes.match(text, place)
        if suffix is None and figure.unit is not None and text[place:] in _AND_MORE:
            suffix = "~", end  # 6公里多
        if suffix is not None:
            figure.suffix = folded.piece(place, suffix[1], suffix[0])
            place = _blanks(text, suffix[1], figure)
        tail = self._tables.tails.match(text, place)
        if tail is not None:
            figure.tail = folded.piece(place, tail[1], "")
            place = _blanks(text, tail[1], figure)
        if place == end - 1 and text[place] in _CLOSING and (figure.unit or figure.suffix or figure.tail):
            figure.marks.add(Mark.PUNCTUATION)
            place = end
        figure.place = place
        figure.complete = place == end and figure.number is not None and not figure.unfinished
        bare = figure.unit is None and figure.suffix is None and figure.tail is None
        if figure.complete:
            figure.unfinished = bare
        elif place < end:
            figure.unfinished |= self._could_go_on(text, place)

    def _could_go_on(self, text: str, place: int) -> bool:
        tables = self._tables
        if any(
            lexicon.begins(text, place) for lexicon in (tables.suffixes, tables.tails, tables.units.names)
        ):
            return True
        last = place == len(text) - 1
        return last and (text[place] in _UNIT_JOINTS or text[place] in tables.ranges or text[place] == "(")

    def _unit(self, folded: Folded, figure: Figure, place: int) -> int:
        text = folded.text
        bracket = text[place : place + 1] == "("
        canonical, power, end = self.known_unit(text, place + bracket)
        if bracket:
            if not canonical or text[end : end + 1] != ")":
                return place
            figure.marks.add(Mark.BRACKETED_UNIT)
            figure.unit, figure.scale = folded.piece(place, end + 1, canonical), power
            return end + 1
        if (
            end < len(text)
            and (text[end].isalpha() or text[end] in _UNIT_JOINTS)
            and not self._closes(text, end)
        ):
            stop = self._unknown_unit(text, place)
            if stop > end:
                canonical, power, end = text[place:stop], 0, stop
                figure.marks.add(Mark.UNKNOWN_UNIT)
        if end > place:
            if canonical in self._tables.units.powers:
                figure.marks.add(Mark.BARE_MULTIPLE)
            figure.unit, figure.scale = folded.piece(place, end, canonical), power
        return end

    def _closes(self, text: str, place: int) -> bool:
        """Whether a suffix, tail or range begins here, so that the unit ends."""
        tables = self._tables
        return (
            text[place:] in _AND_MORE
            or tables.suffixes.match(text, place) is not None
            or tables.tails.match(text, place) is not None
            or text[place] in tables.ranges
        )

    def _unknown_unit(self, text: str, place: int) -> int:
        """Give where a short run of letters ends that may be a unit; the start when it is too long."""
        stop = place
        while stop < len(text) and (text[stop].isalpha() or (stop > place and text[stop] in _UNIT_JOINTS)):
            if self._closes(text, stop):
                break
            stop += 1
        if stop - place > _LONGEST_UNKNOWN_UNIT or (stop < len(text) and text[stop].isdigit()):
            return place
        if text[stop - 1 : stop] in _UNIT_JOINTS:
            return place
        return stop

    def _second(self, folded: Folded, figure: Figure, place: int) -> int:
        """Read the other end of a range, with its unit."""
        text = folded.text
        after = _blanks(text, place + 1, figure)
        sign = self._tables.operators.match(text, after)
        if sign is not None:
            after = sign[1]
        read = read_digits(text, after) if text[after : after + 1] in _DIGIT_STARTS else None
        if read is None or read.number is None:
            return place
        figure.second = read.number
        if text[place] == "-":
            figure.marks.add(Mark.FORBIDDEN)
        figure.place = after = _blanks(text, read.end, figure)
        return self._unit(folded, figure, after)

    def _template(self, folded: Folded, figure: Figure) -> None:
        """Read the signs that stand for a number (**) and the unit after them."""
        text, tables = folded.text, self._tables
        place = figure.place
        while place < len(text) and text[place] in tables.template:
            place += 1
        rest = _blanks(text, place, figure)
        signs = text[figure.place : place]
        known = rest == len(text) or self.known_unit(text, rest)[2] > rest
        # One cross before words may be a name or a size; two, or a sign before them, is a template.
        figure.template = figure.begun or (known and (len(signs) > 1 or signs in ("*", "_", "□", "○")))
        figure.begun |= figure.template
        figure.digits = folded.piece(figure.place, place, "")
        figure.place = place

    def _chinese(self, folded: Folded, figure: Figure) -> bool:
        if folded.text[figure.place :] in BEGINNINGS:
            figure.unfinished = True
            return False
        read = read_chinese(folded.text, figure.place)
        if read is None:
            return False
        figure.digits = folded.piece(figure.place, read.end, read.canonical)
        figure.number = Decimal(read.canonical)
        figure.marks.add(Mark.CHINESE_NUMBER)
        start, figure.place = figure.place, read.end
        self._after_number(folded, figure)
        if read.unit:
            figure.unit, figure.unfinished = folded.piece(start, read.end, read.unit), False
        return True


_AND_MORE = ("余", "多")
_DIGIT_STARTS = frozenset("0123456789.")


def _blanks(text: str, place: int, figure: Figure) -> int:
    """Step over blanks between the parts."""
    while place < len(text) and text[place] == " ":
        place += 1
        figure.marks.add(Mark.BLANKS)
    return place


def _after_words(value: Value, folded: Folded, place: int, *, signed: bool) -> Value:
    leftover = folded.piece(0, place, "")
    return value._replace(kind=Kind.UNREADABLE if signed else Kind.MIXED, leftover=leftover)
