"""TX-06 to TX-08: slips of the pen, foreign words, terms no longer in use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from core.check.finding import Hit
from core.check.rule import CellRule, Hits
from core.check.rules.wording_prose import PLAN, Found, Sort, finds_anything, found_in, replaced
from core.check.view import RowView

TEXT = ("text",)
YEARS = range(2000, 2100)


def year_of(row: RowView) -> int | None:
    """Give the budget year, None when nobody wrote one that can be."""
    text = row.scene.text("year")
    year = int(text) if len(text) == 4 and text.isdecimal() else 0
    return year if year in YEARS else None


def _spoken(row: RowView, column: str, sort: Sort) -> Hits:
    """TX-06, TX-07: what was found, and the text with what is meant instead."""
    found = [one for one in found_in(row, column) if one.sort is sort]
    return (_hit(row, column, found),) if found else ()


def _hit(row: RowView, column: str, found: Sequence[Found], why: str = "") -> Hit:
    meant = [one for one in found if one.better]
    edits = [row.put(column, replaced(row.text(column), meant))] if meant else []
    pairs = (f"{one.typed.strip()}→{one.better}" if one.better else one.typed.strip() for one in found)
    return row.hit(
        column, case="" if meant else "bare", edits=edits, v="、".join(dict.fromkeys(pairs)), why=why
    )


def is_up_to_date(row: RowView, column: str) -> Hits:
    """TX-08: 社区服刑人员, the “六五” plan in a later year, 148 for 12348."""
    year = year_of(row)
    dated = (_today(row, one, year) for one in found_in(row, column) if one.sort is Sort.DATED)
    found = [one for one in dated if one is not None]
    if not found:
        return ()
    why = "；".join(dict.fromkeys(one.why for one in found if one.why))
    hit = _hit(row, column, found, why)
    return (hit if why or hit.case else hit._replace(case="plain"),)


def _today(row: RowView, one: Found, year: int | None) -> Found | None:
    """Give a dated term with what it is called in the budget year, None when it is still right then."""
    if one.why != PLAN:
        return one if year is None or year > one.year else None
    if year is None or year <= one.year:
        return None
    words = row.context.words
    why = words.data["law_plans_past"]["why"].format(plan=one.typed, until=one.year)
    return one._replace(better=words.prose().plan_of(year), why=why)


RULES = (
    CellRule("TX-06", partial(_spoken, sort=Sort.TYPO), kinds=TEXT, when=finds_anything),
    CellRule("TX-07", partial(_spoken, sort=Sort.LATIN), kinds=TEXT, when=finds_anything),
    CellRule("TX-08", is_up_to_date, kinds=TEXT, fields=("year",), when=finds_anything),
)
