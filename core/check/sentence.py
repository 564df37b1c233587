"""Message templates: ``{name}`` is a figure or a word, ``{name%}`` a ratio written as a percentage.

Forms may come from outside and bring sentences of their own, so nothing but plain names is understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_HOLE = re.compile(r"\{([a-z_]+%?)\}")


class Sentence:
    """A template taken apart once; ``names`` are its holes."""

    def __init__(self, text: str) -> None:
        """Raises ValueError for a brace that opens no plain name."""
        self.text = text
        parts = _HOLE.split(text)
        self._words = parts[0::2]
        self.names = tuple(parts[1::2])
        if any(brace in word for word in self._words for brace in "{}"):
            raise ValueError(text)

    def fill(self, give: Callable[[str], str]) -> str:
        """Give the sentence, each hole filled by ``give(name)``."""
        words = [self._words[0]]
        for name, after in zip(self.names, self._words[1:], strict=True):
            words += (give(name), after)
        return "".join(words)
