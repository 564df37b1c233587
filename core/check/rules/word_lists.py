"""Lists of words (resources/checks/words.toml), and the quick questions whether a text holds any of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from core.check.rules.wording_prose import either


class WordLists:
    """The word lists."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the tables of ``resources/checks/words.toml``."""
        self.data = data
        self._any: dict[tuple[str, str], re.Pattern[str]] = {}
        self.heads = {name: tuple(table["heads"]) for name, table in data.items() if "heads" in table}
        """How names end that say something by their last word."""
        self.last = {name: last_of(heads) for name, heads in self.heads.items()}
        """The last characters of these."""
        self.vague = re.compile(f"(?:{either(data['vague']['words'])}|[，、；。的了地得和与及,;. ])+")
        """Words nobody can check."""

    def is_vague(self, text: str) -> bool:
        """Whether a text is made of nothing but words nobody can check (显著改善)."""
        return bool(text.strip()) and self.vague.fullmatch(text.strip()) is not None

    def first_of(self, table: str, text: str, key: str = "words") -> str:
        """Give the first word of a list that stands in a text, or ``""``."""
        known = self._any.get((table, key))
        if known is None:
            known = self._any[table, key] = re.compile(either(self.data[table][key]))
        if known.search(text) is None:
            return ""
        return next((word for word in self.data[table][key] if word in text), "")

    def ends_with(self, table: str, text: str) -> bool:
        """Whether a text ends with one of a list's heads."""
        return text[-1:] in self.last[table] and text.endswith(self.heads[table])


def last_of(heads: Iterable[str]) -> frozenset[str]:
    """Give the characters heads end with: a quick test at every key."""
    return frozenset(head[-1] for head in heads)
