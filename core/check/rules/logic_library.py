"""IX-05 where only the indicator library tells: the level under which it has an indicator of that name."""

from __future__ import annotations

from core.check.rule import Hits, TableRule
from core.check.rules.level_names import EFFECT, OUTPUT, OUTPUTS, QUALITY, QUANTITY, SATISFIED, TIMELINESS
from core.check.rules.values_library import LIBRARY
from core.check.rules.values_row import NAME_SORT, look
from core.check.view import RowView, TableView
from core.sheet.places import Place


def _usual_level(row: RowView) -> str | None:
    """Give the library's level where the row stands under another that cannot be right either.

    Only quantity, timeliness and satisfaction: what is quality and what effect is seen differently from
    place to place. Names whose words tell it are left to the words.
    """
    level2 = row.level2
    if not level2 or level2 == SATISFIED:
        return None
    seen = row.seen or look(row)
    name, known = seen.name, seen.known
    if known is None or known.level2 == level2:
        return None
    if known.level2 == SATISFIED:
        if row.context.words.ends_with("satisfaction", name.core):
            return None
        return SATISFIED if row.level1 in (OUTPUT, EFFECT) and level2 != QUALITY else None
    told = name.rate or name.count or row.context.words.ends_with("timely", name.core)
    both = level2 in OUTPUTS and known.level2 in (QUANTITY, TIMELINESS)
    return known.level2 if both and not told else None


def _levels(table: TableView) -> Hits:
    found: dict[str, list[Place]] = {}
    for row, level in table.facts:
        found.setdefault(level, []).append(row.place("name"))
    return [table.hit(*places, case="library", level=level) for level, places in found.items()]


RULES = (
    TableRule(
        "IX-05", _usual_level, _levels, ("name", "level2"), ("level1",), context=LIBRARY, sorts=(NAME_SORT,)
    ),
)
