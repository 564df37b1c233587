"""IX-02 on forms with a column for it: 正向 and 反向 say the same as the sign."""

from __future__ import annotations

from core.check.rule import Hits, RowRule, Rule
from core.check.rules.values_row import ALSO, DIRECTION, DIRECTIONS, look, shown
from core.check.view import RowView
from core.sheet.edits import Edit


def _direction(row: RowView) -> Hits:
    """A direction that neither the sign nor the name bears out; = is told as either (published forms)."""
    text, seen = row.text(DIRECTION), row.seen or look(row)
    if len(seen.numbers) != 1:
        return ()
    measure = seen.numbers[0]
    better = DIRECTIONS.get(measure.sign, text)
    if text.startswith(better) or measure.value.suffix_contradicts:
        return ()
    if seen.name.higher if better == DIRECTIONS["≤"] else seen.name.lower:
        return ()  # the name is for the direction: IX-01 and IX-02 ask about the sign
    meant = [option for option in row.columns[DIRECTION].options if option.startswith(better)]
    edits: list[Edit] = [row.put(DIRECTION, meant[0])] if meant else []
    return (
        row.hit(
            DIRECTION,
            *measure.columns,
            case="direction",
            edits=edits,
            v=text,
            typed=shown(measure),
            name=seen.name.core,
            better=better,
        ),
    )


RULES: tuple[Rule, ...] = (
    RowRule("IX-02", _direction, ("name", "value", DIRECTION), ALSO, gate=(DIRECTION,)),
)
