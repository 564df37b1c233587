"""The sentences a person reads, kept as data in resources/messages/*.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

from core.sheet.errors import RefusedError


class Messages:
    """Turns a code and its figures into a plain Chinese sentence.

    One file per area is read when its first sentence is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._areas: dict[str, dict[str, str]] = {}

    def say(self, code: str, /, **params: object) -> str:
        """Give the sentence of ``code`` (``"area.name"``) with ``{places}`` filled.

        Raises KeyError for a code without a sentence: that is our mistake, not the user's.
        """
        area, _, name = code.partition(".")
        return self._area(area)[name].format(**params)

    def of(self, error: RefusedError) -> str:
        """Give the sentence of a refusal, its details on lines of their own."""
        return "\n".join([self.say(error.code, **error.params), *map(self.of, error.details)])

    def _area(self, area: str) -> dict[str, str]:
        if area not in self._areas:
            with (self._folder / f"{area}.toml").open("rb") as file:
                self._areas[area] = tomllib.load(file)
        return self._areas[area]
