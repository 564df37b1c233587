"""The words by which parts of a blank form are known again (data: resources/drafting.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.intake.wording import fold

_MARKS = re.compile(r"[^\w%]+")
_SIGNATURE_LENGTH = 60
_NOTE = ("注", "说明", "备注", "填表说明", "填报说明")


def bare(text: str) -> str:
    """Give a label for comparing: folded, without brackets and marks."""
    return _MARKS.sub("", fold(text))


@dataclass(frozen=True, slots=True)
class KnownColumn:
    """A column other forms have, too: its name there, and its kind."""

    name: str
    kind: str


class DraftWords:
    """Answers what a label or line of a blank form probably is."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as stream:
            body = tomllib.load(stream)
        self._list_headers: tuple[str, ...] = tuple(body["list_headers"])
        self._totals: tuple[str, ...] = tuple(body["totals"])
        self._placeholders = _patterns(body["placeholders"])
        self._signatures: tuple[str, ...] = tuple(body["signatures"])
        self._above = _patterns(body["above"])
        self._facts: dict[str, str] = {
            bare(label): fact for fact, labels in body["facts"].items() for label in labels
        }
        self._hints: dict[str, list[str]] = body["hints"]
        self._indicators = _columns(body["indicators"])
        self._tasks = _columns(body["tasks"])

    def is_list_header(self, text: str) -> bool:
        """Whether a header with this text stands over rows that repeat."""
        return any(word in text for word in self._list_headers)

    def is_total(self, text: str) -> bool:
        """Whether a row with this label is a sum."""
        return any(word in text for word in self._totals)

    def is_placeholder(self, text: str) -> bool:
        """Whether a text only says where to write."""
        return any(one.fullmatch(text.strip()) for one in self._placeholders)

    def is_signature(self, text: str) -> bool:
        """Whether a line is one to sign on."""
        short = len(text.strip()) <= _SIGNATURE_LENGTH and not text.strip().startswith(_NOTE)
        return short and any(word in text for word in self._signatures)

    def is_above(self, text: str) -> bool:
        """Whether a line belongs between title and table."""
        return any(one.fullmatch(text.strip()) for one in self._above)

    def fact(self, label: str) -> str:
        """Give the fact of every document (``year``, ``unit.name`` …) a label asks for, else ``""``."""
        return self._facts.get(bare(label), "")

    def hint(self, label: str) -> str:
        """Give what a label sounds like: ``percent``, ``money``, ``date``, or ``""``."""
        for kind, endings in self._hints.items():
            if any(ending in label for ending in endings):
                return "" if kind == "none" else kind
        return ""

    def indicator(self, label: str) -> KnownColumn | None:
        """Give the indicator column a header means."""
        return self._indicators.get(bare(label))

    def task(self, label: str) -> KnownColumn | None:
        """Give the column of a list of tasks a header means."""
        return self._tasks.get(bare(label))


def _patterns(texts: Iterable[str]) -> list[re.Pattern[str]]:
    return [re.compile(text, re.DOTALL) for text in texts]


def _columns(body: Mapping[str, Mapping[str, object]]) -> dict[str, KnownColumn]:
    found: dict[str, KnownColumn] = {}
    for name, entry in body.items():
        labels = entry["labels"]
        if isinstance(labels, list):
            found |= {bare(label): KnownColumn(name, str(entry["kind"])) for label in labels}
    return found
