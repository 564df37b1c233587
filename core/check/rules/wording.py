"""Wording (文字): TX. What one text says, what two texts say alike, and what must not be in any."""

from __future__ import annotations

from core.check.lengths import length_of, limit_of
from core.check.rule import CellRule, Hits, Rule
from core.check.rules import privacy, wording_clean, wording_numbering, wording_same, wording_words
from core.check.view import RowView


def has_the_right_length(row: RowView, column: str) -> Hits:
    """TX-02: not over the limit the form states, and not a few words where a text is wanted."""
    limit = limit_of(row.table, row.columns[column], row.settings)
    if limit is None:
        return ()
    text, short = row.text(column), limit >= row.settings["text_from"]
    if not short and len(text) <= limit:
        return ()  # as nearly every name
    count = length_of(text)
    if count > limit:
        return (row.hit(column, count=count, limit=limit),)
    if short and count < row.settings["shortest_text"]:
        return (row.hit(column, case="short", unfinished=True, count=count),)
    return ()


ACROSS = wording_same.ACROSS
RULES: tuple[Rule, ...] = (
    CellRule("TX-02", has_the_right_length, kinds=("text",)),
    *wording_clean.RULES,
    *wording_words.RULES,
    *wording_numbering.RULES,
    *wording_same.RULES,
    *privacy.RULES,
)
