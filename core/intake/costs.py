"""What each liberty costs when a text is laid along a form; small figures tuned on published forms.

The scale: 1 is about one missing required value; a label left out is a little more, a piece that
belongs nowhere is two.
"""

from __future__ import annotations

from collections.abc import Iterator

from core.intake.lookup import LevelNames, Lookup
from core.intake.pieces import CROWDED, Gap, Source
from core.intake.route import Heading, Slot, Stretch
from core.intake.shapes import is_furniture, is_number, is_value, misfit

_LABEL_LEFT_OUT = 1.5
_ROW_LEFT_OUT = 0.7
_REQUIRED_BLANK = 1.0
_LABEL_AS_VALUE = 4.0
_LABEL_AS_NOTHING = 5.0
_LEVEL_WORD_AS_VALUE = 1.5


class Costs:
    """The costs for one source; ``aside`` and its kin are the same for all."""

    aside = 0.8
    """To stand in other columns than the piece before it did."""
    most_aside = 8
    new_row = 0.05

    def __init__(self, source: Source, lookup: Lookup, levels: LevelNames) -> None:
        self._source = source
        self._pieces = source.pieces
        self._cells = source.cells
        self._lookup = lookup
        self._levels = levels
        self._on_line = source.pieces_on_lines()
        words = [source.word(index) for index in range(len(source.pieces))]
        self._furniture = [is_furniture(word) for word in words]
        self._known = [self._word(index) for index in range(len(words))]

    owed_blank = 0.02
    """To leave a place blank where the file has a blank cell."""
    no_blank = 0.6
    """To leave a place blank where the file has none, although it has blank cells elsewhere."""
    blank_too_many = 0.3
    """A blank cell where the form has no place."""

    def is_crowded(self, index: int) -> bool:
        """Whether a whole table stands on a piece's line, so that its place on the line says nothing."""
        return not self._cells and self._on_line[self._pieces[index].line] > CROWDED

    # -- leaving out ------------------------------------------------------------------------------

    def skip(self, slot: Slot, fresh: bool) -> float:
        """A label or value that is not there; ``fresh`` when nothing of its row was read yet."""
        if slot.field is None:
            return 0.5 if slot.template else _LABEL_LEFT_OUT if slot.says_something else 0.1
        if slot.field.compute:
            return 0.05
        if slot.is_level:
            # A first level is followed by its second one; both are blank where they run down.
            return 1.0 if slot.field.kind == "level2" and not fresh else 0.0
        return _REQUIRED_BLANK if slot.field.required else 0.3

    def skip_all(self, stretch: Stretch) -> float:
        """A picture row that is not there at all."""
        labels = any(slot.field is None for slot in stretch.slots)
        if stretch.tables:
            return 1.0 if labels else 0.0
        return min(_ROW_LEFT_OUT, sum(self.skip(slot, True) for slot in stretch.slots))

    def blank_row(self, last: Slot) -> float:
        """A row that is blank but for its labels or levels."""
        return 0.1 if last.field is None else 0.8

    @staticmethod
    def heading(heading: Heading) -> float:
        """A text around the sheet, dearer the more it is a guess."""
        return (0.3 if heading.template.wordless else 0.1) + (0.0 if heading.is_own else 0.1)

    def repeated(self, index: int) -> float:
        """A label printed again: expected on a new page only."""
        return 0.8 if self._pieces[index].gap == Gap.PAGE else 2.5

    def junk(self, index: int, after_junk: bool, *, begun: bool) -> float:
        """A piece that belongs nowhere; in front of the whole form much does."""
        piece = self._pieces[index]
        if self._furniture[index]:
            return 0.2
        if self._known[index] >= _LABEL_AS_VALUE:
            return _LABEL_AS_NOTHING
        if not begun:
            return 0.5
        if after_junk and piece.gap <= Gap.LINE:
            return 0.3
        return 3.5 if self._cells and self._on_line[piece.line] > 1 else 2.0

    # -- reading ----------------------------------------------------------------------------------

    def fits(self, slot: Slot, index: int, shift: int) -> Iterator[tuple[int, float, bool]]:
        """Give (pieces, cost, may go on) for each way a slot can be read here."""
        found = self._lookup.at(index)
        if slot.template is not None:
            match = self._lookup.template(slot.template, index)
            if match:
                yield match[0], 0.1, False
        elif slot.field is None:
            for number, wording in enumerate(slot.wordings):
                if wording in found:
                    yield found[wording], 0.3 if number else 0.0, False
        elif slot.is_level:
            depth = 1 if slot.field.kind == "level1" else 2
            for wording, length in found.items():
                if self._levels.name(wording, depth):
                    yield length, 0.0 if self._levels.is_own_name(wording) else 0.2, False
            if not found:
                yield 1, 2.0 if self._cells and shift == 0 else 5.0, False
        else:
            yield 1, self._fill(slot, index, shift), True

    def _fill(self, slot: Slot, index: int, shift: int) -> float:
        assert slot.field is not None
        text = self._pieces[index].text
        cost = misfit(slot.field, text)
        if slot.is_result and is_number(text):
            cost = 0.4
        if self._cells and shift == 0:
            cost /= 2
        elif slot.kind == "value" and cost and self._pieces[index].gap >= Gap.PARAGRAPH:
            cost += 0.6  # words far from the rest of their row are rather something else
        return cost + self._known[index]

    def _word(self, index: int) -> float:
        """A label, a level name or what stands around forms is hardly ever a value."""
        cost = _LABEL_AS_VALUE if self._furniture[index] else 0.0
        for wording in self._lookup.at(index):
            own = wording not in self._levels.wordings or self._levels.is_own_name(wording)
            cost = max(cost, _LABEL_AS_VALUE if own else _LEVEL_WORD_AS_VALUE)
        return cost

    def boundary(self, index: int, fresh: bool) -> float:
        """A new row in the middle of a line, or one row over several lines of cells."""
        if index == 0:
            return 0.0
        new_line = self._pieces[index].line != self._pieces[index - 1].line
        if fresh:
            return 0.0 if new_line else (3.0 if self._cells else 0.1 if self.is_crowded(index) else 1.0)
        return 3.0 if new_line and self._cells and self._pieces[index].column is not None else 0.0

    def split(self, index: int, after_text: bool) -> float:
        """Two values with nothing but a blank or a line end between them."""
        gap = self._pieces[index].gap
        if self._cells or not index or gap >= Gap.PARAGRAPH:
            return 0.0
        if gap == Gap.LINE:
            return 1.0
        return 0.1 if after_text and len(self._pieces[index].before) < 2 else 0.0

    def more(self, slot: Slot, index: int, *, in_table: bool) -> float | None:
        """A value that goes on with this piece, or None where it cannot."""
        piece = self._pieces[index]
        if self._cells and piece.gap != Gap.LINE:
            return None
        known = self._known[index]
        prose = slot.kind == "text"
        match piece.gap:
            case Gap.BLANK | Gap.CELL:
                cost = 0.05 if len(piece.before) < 2 else 0.4
                cost += 1.0 if in_table and is_number(piece.text) else 0.0
                cost += (1.2 if in_table else 0.3) if is_value(piece.text) else 0.0
                return cost + known / 2 + (0.0 if prose else 1.5)
            case Gap.LINE:
                cost = known * 0.75 + (0.3 if self._cells else 0.0) + (0.0 if prose else 0.5)
            case Gap.PARAGRAPH:
                cost = known * 1.5 + (2.2 if in_table else 0.6) + (0.0 if prose else 1.5)
            case _:
                cost = known * 1.5 + (1.2 if in_table else 0.8) + (0.0 if prose else 1.5)
        return cost + (1.0 if is_number(piece.text) else 0.0)
