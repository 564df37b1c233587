"""What a draft could not know, each with where it is on the blank sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.sheet.messages import Messages


@dataclass(frozen=True)
class Undecided:
    """One thing a person must decide: the cell (or sheet) it is about, and what there is to decide."""

    where: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def text(self, messages: Messages) -> str:
        """Give the sentence."""
        return messages.say(f"authoring.draft-{self.code}", **self.params)
