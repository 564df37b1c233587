"""The cells of a template that wait to be filled, each with the labels that say what it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from core.fill.labels import DEPTH, HeaderWords, label_key
from core.fill.sheet_xml import Spot
from core.fill.template import Template, TemplateSheet
from core.sheet.levels import Levels

MAX_COLUMNS = 120
MAX_CELLS = 40_000
"""Beyond lies no header; lists may still run on."""
_FAR = 200
_ENDS_OPEN = re.compile(r".*[:：][\s_＿]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Printed:
    """A text of a template: its key, the text itself, and where it stands."""

    key: str
    text: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Blank:
    """A cell to fill: ``kind`` is ``blank``, ``placeholder``, ``level`` (printed) or ``behind`` a label.

    ``left`` and ``top`` are the labels beside and above, nearest first; ``adjacent`` tells whether the first
    one on the left touches the cell.
    """

    spot: Spot
    kind: str
    left: tuple[Printed, ...]
    top: tuple[Printed, ...]
    adjacent: bool


class Blanks:
    """Finds the cells to fill of one worksheet."""

    def __init__(
        self,
        template: Template,
        sheet: TemplateSheet,
        words: HeaderWords,
        levels: Levels,
        known: Collection[str],
    ) -> None:
        """``known`` are the keys of labels that the form has or that are in use everywhere."""
        self.sheet = sheet
        self._template = template
        self._words = words
        self._levels = levels
        self._known = known
        self.columns = min(sheet.last_column, MAX_COLUMNS - 1)
        self.rows = min(sheet.last_row, MAX_CELLS // (self.columns + 1))
        self.notes = self._note_rows()
        """Rows that only explain, or give an example, under the headers of a list."""
        self._keys: dict[Spot, Printed] = {}

    def find(self) -> Iterator[Blank]:
        """Give the cells, in reading order; one row below the last text stands for all that follow."""
        for row in range(1, self.rows + 2):
            for column in range(self.columns + 1):
                spot = (row, column)
                seen = self.sheet.is_seen(spot) and row not in self.notes
                if seen and self.sheet.owner(spot) == spot and not self.sheet.is_worked_out(spot):
                    yield from self._at(spot)

    def shape(self, spot: Spot) -> tuple[int, int, bool]:
        """Give how large a cell's area is and whether it has lines: rows of one list are alike in this."""
        style = self.sheet.xml.style(spot)
        return *self.sheet.size(spot), style is not None and self._template.look(style).bordered

    def is_level(self, text: str) -> bool:
        """Whether a text is a level name."""
        return bool(self._levels.find(text, 1) or self._levels.find(text, 2))

    # -- cells -----------------------------------------------------------------------------------------

    def _at(self, spot: Spot) -> Iterator[Blank]:
        text = self.sheet.text(spot)
        if not text.strip():
            kind = "blank"
        elif self._words.is_placeholder(text):
            kind = "placeholder"
        elif self.is_level(text):
            kind = "level"
        elif _ENDS_OPEN.fullmatch(text) and not self.shape(spot)[2]:
            own = self._printed(spot)
            yield Blank(spot, "behind", (own,), (), True)
            return
        else:
            return
        left, adjacent = self._left(spot)
        yield Blank(spot, kind, left, self._top(spot), adjacent)

    def _left(self, spot: Spot) -> tuple[tuple[Printed, ...], bool]:
        found: list[Printed] = []
        beside = self.sheet.owner((spot[0], spot[1] - 1)) if spot[1] else spot
        for column in range(spot[1] - 1, -1, -1):
            self._add(found, (spot[0], column))
            if len(found) == DEPTH:
                break
        return tuple(found), bool(found) and found[0].spot == beside

    def _top(self, spot: Spot) -> tuple[Printed, ...]:
        found: list[Printed] = []
        for row in range(spot[0] - 1, max(0, spot[0] - _FAR), -1):
            if row not in self.notes:
                self._add(found, (row, spot[1]))
            if len(found) == DEPTH:
                break
        return tuple(found)

    def _add(self, found: list[Printed], spot: Spot) -> None:
        one = self._printed(self.sheet.owner(spot))
        text = one.text
        waits = not one.key or one.key.isdigit() or self.is_level(text) or self._words.is_placeholder(text)
        if not waits and (not found or found[-1].spot != one.spot):
            found.append(one)

    def _printed(self, spot: Spot) -> Printed:
        if spot not in self._keys:
            text = self.sheet.text(spot)
            self._keys[spot] = Printed(label_key(text), text, spot)
        return self._keys[spot]

    # -- rows that only explain ------------------------------------------------------------------------

    def _note_rows(self) -> set[int]:
        """Give the last rows of a sheet when they hold no label but stand under at least three known ones."""
        texts: dict[int, dict[int, str]] = {}
        for (row, column), text in self.sheet.texts:
            texts.setdefault(row, {})[column] = text
        last = sorted(texts)
        found: set[int] = set()
        while last and not any(label_key(text) in self._known for text in texts[last[-1]].values()):
            found.add(last.pop())
        header = texts[last[-1]] if last else {}
        under = {column for row in found for column in texts[row]}
        known = [column for column, text in header.items() if label_key(text) in self._known]
        whole = header and under <= {
            column + step for column in header for step in range(self.sheet.size((last[-1], column))[1])
        }
        levels = any(self.is_level(text) for row in found for text in texts[row].values())
        follow = bool(last) and found == set(range(last[-1] + 1, last[-1] + 1 + len(found)))
        return found if len(known) >= 3 and len(found) <= 3 and whole and follow and not levels else set()
