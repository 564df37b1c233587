"""The words that rules know, and what they make of names and texts: looked at once and then remembered."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

from core.check.rules.names import Name, NameReader
from core.check.rules.word_lists import WordLists
from core.check.rules.wording_prose import Prose, either
from core.sheet.kept import Kept

KEPT = 2048
GOALS_KEPT = 64


class Words(WordLists):
    """The word lists, and what they make of names and texts."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the tables of ``resources/checks/words.toml``."""
        super().__init__(data)
        self._reader = NameReader(self)
        self._names: dict[str, Name] = {}
        self.measured: dict[Any, Any] = {}
        """What the rules about values made of texts they met; theirs to fill and to empty."""
        self.aims: Kept[Hashable, Any] = Kept(GOALS_KEPT)
        """What figures the rules found in goals they met."""
        self._shorts: dict[str, str] = {}
        self._gists: dict[str, str] = {}
        self._subjects: dict[str, frozenset[str]] = {}
        self._proses: dict[tuple[tuple[str, ...], tuple[str, ...]], Prose] = {}
        self._beside_aims = re.compile(either(data["aims"]["strip"]))
        self._generic = re.compile(f"[^一-鿿]+|{either(data['generic']['words'])}")
        self._counted_by = tuple(data["counted_by"]["heads"])
        self._filler = re.compile(either(data["filler"]["words"]))
        self.instruction = re.compile(f"[ （(【\\[〔\u3000]*(?:{either(data['instructions']['begins'])})")
        """How a text begins that a form prints to say how it is to be filled in."""

    def name(self, text: str) -> Name:
        """Give what a name says."""
        found = self._names.get(text)
        if found is None:
            if len(self._names) >= KEPT:
                self._names.clear()
            found = self._names[text] = self._reader.read(text)
        return found

    def without_filler(self, name: Name) -> str:
        """Give a name's key without the words that make no difference (年度, 的, 数量)."""
        short = self._shorts.get(name.key)
        if short is None:
            if len(self._shorts) >= KEPT:
                self._shorts.clear()
            short = self._shorts[name.key] = self._filler.sub("", name.key)
        return short

    def gist(self, name: Name) -> str:
        """Give what two names of the same measure have in common: their characters, in whatever order."""
        known = self._gists.get(name.key)
        if known is None:
            if len(self._gists) >= KEPT:
                self._gists.clear()
            short = self.without_filler(name)
            if "率" in short:
                short = short.replace("满意率", "满意度").replace("比率", "率")
            known = self._gists[name.key] = "".join(sorted(short))
        return known

    def without_count(self, short: str) -> str:
        """Give a short name without what it counts by (硬化村道里程 is 硬化村道), where enough is left."""
        if not short.endswith(self._counted_by):
            return short
        head = next(head for head in self._counted_by if short.endswith(head))
        return short.removesuffix(head) if len(short) - len(head) > 2 else short

    def aimed_at(self, clause: str) -> str:
        """Give what a clause of a goal counts, without 全年, 完成, 不低于 and their like."""
        return self._beside_aims.sub("", clause)

    def subject(self, text: str) -> frozenset[str]:
        """Give what a text is about as pairs of characters, without words that stand in every name."""
        found = self._subjects.get(text)
        if found is None:
            if len(self._subjects) >= KEPT:
                self._subjects.clear()
            parts = self._generic.split(text)
            found = self._subjects[text] = frozenset(
                part[place : place + 2] for part in parts for place in range(len(part) - 1)
            )
        return found

    def prose(self, typos: tuple[str, ...] = (), dated: tuple[str, ...] = ()) -> Prose:
        """Give what reads texts, with the slips and dated terms a kit adds."""
        found = self._proses.get((typos, dated))
        if found is None:
            found = self._proses[typos, dated] = Prose(self.data, typos, dated)
        return found


def read_words(path: Path) -> Words:
    """Read the word lists from a TOML file."""
    return Words(tomllib.loads(path.read_text(encoding="utf-8")))
