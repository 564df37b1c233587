"""What no rule had anything to say about: texts, and whole rows, that need not be asked about again.

A rule of a cell or row depends on nothing but the texts it reads, settings, and words, grammar, levels and
library; so a text or row that all were silent about stays so, in whatever document it is met again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

from core.check.context import Context
from core.sheet.expression import Read

TEXTS = 4096
"""So many texts are remembered of each column."""
ROWS = 1024
"""So many rows are remembered of each table."""
LONGEST = 80
"""A longer text is hardly met twice."""

RowTexts = tuple[tuple[str, str], ...]
"""The texts of a row, each with its column."""
RowFacts = tuple[Hashable | None, ...]
"""The facts of a row, in the order of the table's feeds."""


class Quiet:
    """The silent texts and rows of one form under given settings and one set of words."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.texts: defaultdict[Read, set[str]] = defaultdict(set)
        self.rows: defaultdict[str, dict[RowTexts, RowFacts]] = defaultdict(dict)

    def holds_for(self, context: Context) -> bool:
        """Whether what was silent before is silent in this context too."""
        own = self._context
        return (
            context.words is own.words
            and context.grammar is own.grammar
            and context.levels is own.levels
            and context.library is own.library
        )

    def note_text(self, read: Read, text: str) -> None:
        """Remember that nobody had anything to say about a text in a column."""
        known = self.texts[read]
        if len(known) >= TEXTS:
            known.clear()
        if len(text) <= LONGEST:
            known.add(text)

    def note_row(self, table: str, texts: RowTexts, facts: RowFacts) -> None:
        """Remember that nobody had anything to say about a row, and its facts."""
        known = self.rows[table]
        if len(known) >= ROWS:
            known.clear()
        known[texts] = facts
