"""Message templates: ``{name}`` is a figure or a word, ``{name%}`` a ratio written as a percentage.

Forms may come from outside and bring sentences of their own, so nothing but plain names is understood.
"""

from __future__ import annotations

import re

_HOLE = re.compile(r"\{([a-z][a-z0-9_]*%?)\}")


class Sentence:
    """A template taken apart once; ``names`` are its holes."""

    def __init__(self, text: str) -> None:
        """Raises ValueError for a brace that opens no plain name."""
        self.text = text
        parts = _HOLE.split(text)
        self.names = tuple(parts[1::2])
        self.start = parts[0]
        self.parts = tuple(zip(self.names, parts[2::2], strict=True))
        """Each hole with the words after it; ``start`` are the words before the first."""
        if any(brace in word for word in parts[0::2] for brace in "{}"):
            raise ValueError(f"a brace around no plain name: {text}")
