"""What was worked out before, by what it was worked out from: never more than a number of things."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(dict[K, V]):
    """Remembers at most ``most`` things; one more, and all are forgotten."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: K, value: V) -> V:
        """Remember a thing and give it back."""
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value
