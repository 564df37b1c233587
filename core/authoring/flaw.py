"""One thing that is wrong or doubtful about a form's folder, and the list of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.sheet.errors import RefusedError
from core.sheet.messages import Messages

FORM, SAMPLE = "form.toml", "sample.json"


class Weight(StrEnum):
    """How sure a flaw is: ``wrong`` must be mended, ``doubtful`` may be meant so."""

    WRONG = "wrong"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class Flaw:
    """A flaw: in which file, at which place (``fields.goal.kind``) and line, and why."""

    weight: Weight
    file: str
    place: str
    error: RefusedError
    line: int | None = None

    def reason(self, messages: Messages) -> str:
        """Give the sentence, without the place."""
        return messages.of(self.error).removeprefix(f"{self.place}：")


class Flaws(list[Flaw]):
    """The flaws found so far."""

    def wrong(self, place: str, code: str, /, *, file: str = FORM, **params: object) -> None:
        """Note something that must be mended."""
        self.append(Flaw(Weight.WRONG, file, place, RefusedError(code, details=(), **params)))

    def doubtful(self, place: str, code: str, /, *, file: str = FORM, **params: object) -> None:
        """Note something that may be meant so."""
        self.append(Flaw(Weight.DOUBTFUL, file, place, RefusedError(code, details=(), **params)))
