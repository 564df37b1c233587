"""Which place of a form a blank cell of a template asks for, told by the labels around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.fill.blanks import Blank, Printed
from core.fill.labels import FormLabel, HeaderWords, Want
from core.sheet.definition import Form

_ALIKE = 2.0
"""What it is worth that all labels on one side are the same."""
_CLEAR = 0.5
"""By so much the best must be better than the next."""


@dataclass(frozen=True, slots=True)
class Match:
    """The place a cell asks for, several when it cannot be told which; ``above``: its label is a header."""

    blank: Blank
    wants: tuple[Want, ...]
    score: float = 0.0
    above: bool = False

    @property
    def want(self) -> Want | None:
        """The one place, None when it is unsure."""
        return self.wants[0] if len(self.wants) == 1 else None


class Matcher:
    """Matches blank cells with the places of one form."""

    def __init__(self, form: Form, wants: Sequence[Want], words: HeaderWords) -> None:
        self._form = form
        self._wants = wants
        self._words = words
        self._kept: dict[object, list[tuple[float, bool, Want]]] = {}

    def match(self, blank: Blank) -> Match | None:
        """Give what a cell asks for, None when no place comes near."""
        key = (
            tuple(one.key for one in blank.left),
            tuple(one.key for one in blank.top),
            blank.adjacent,
            blank.kind,
            blank.spot[1] - blank.top[0].spot[1] if blank.top else 0,
        )
        if key not in self._kept:
            self._kept[key] = self._scored(blank)
        scored = self._kept[key]
        if not scored:
            return None
        best, above, _ = scored[0]
        near = tuple(want for score, _, want in scored if best - score < _CLEAR)
        return Match(blank, near, best, above)

    def _scored(self, blank: Blank) -> list[tuple[float, bool, Want]]:
        found = []
        for want in self._wants:
            own = self._own(blank, want)
            if own is None:
                continue
            bonus, above = own
            score = bonus + _overlap(want.left, blank.left) + _overlap(want.top, blank.top)
            found.append((score, above, want))
        return sorted(found, key=lambda one: -one[0])

    def _own(self, blank: Blank, want: Want) -> tuple[float, bool] | None:
        """Give how well the label of a cell names a place, and whether it stands above; None: it does not."""
        level = want.field.kind in ("level1", "level2")
        if blank.kind == "level" and not level:
            return None
        if blank.kind == "behind":
            fits = not want.table and self._named(blank.left[0], want)
            return (3.0, False) if fits else None
        if want.table:
            if not blank.top:
                return None
            header, offset = blank.top[0], blank.spot[1] - blank.top[0].spot[1]
            named = self._named(header, want)
            same = _begins(want.top, header) and offset == want.offset
            return (named, True) if same or (named and not offset) else None
        if blank.adjacent and (named := self._named(blank.left[0], want)):
            return named, False
        if blank.top and blank.top[0].spot[1] == blank.spot[1] and (named := self._named(blank.top[0], want)):
            return named, True
        return self._between(blank, want)

    def _between(self, blank: Blank, want: Want) -> tuple[float, bool] | None:
        """A place whose name is not printed right beside it is known by the labels on both sides together."""
        if not (want.left and want.top) and _printed_names(want):
            return None
        left = not want.left or (bool(blank.left) and _begins(want.left, blank.left[0]))
        top = not want.top or (bool(blank.top) and _begins(want.top, blank.top[0]))
        return (0.0, False) if left and top and (want.left or want.top) else None

    def _named(self, label: Printed, want: Want) -> float:
        if any(one.says(label.key) for one in (want.own, *_printed_names(want))):
            return 3.0
        return 2.0 if label.key and self._words.means(label.key, want, self._form) else 0.0


def _printed_names(want: Want) -> list[FormLabel]:
    """Give the printed labels beside and above a place that are its own name."""
    return [label for label in (*want.left[:1], *want.top[:1]) if want.own.keys & label.keys]


def _begins(chain: Sequence[FormLabel], label: Printed) -> bool:
    return bool(chain) and chain[0].says(label.key)


def _overlap(chain: Sequence[FormLabel], labels: Sequence[Printed]) -> float:
    """Give how much two chains of labels have in common; the nearest count most."""
    total = 0.0
    for number, one in enumerate(chain):
        weight = 4.0 / (1 + number)
        near = [abs(number - place) for place, label in enumerate(labels) if one.says(label.key)]
        if near:
            total += weight / (1 + min(near))
    alike = len(chain) == len(labels) and all(map(FormLabel.says, chain, (one.key for one in labels)))
    return total + (_ALIKE if chain and alike else 0.0)
