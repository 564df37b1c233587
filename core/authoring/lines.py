"""On which line of a TOML file a place stands, for those who look for it in Notepad.

Meant for files that ``tomllib`` has read: this finds lines, it judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r'#[^\n]*|"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[\[\]{}=,.\n]'
    r'|[^\s\[\]{}=,.#"\']+',
    re.DOTALL,
)
_END = ("", 0)


class LineFinder:
    """Gives the line of each place of a definition (``block[2].rows[1]``, ``fields.goal.kind``)."""

    def __init__(self, text: str) -> None:
        self._lines: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._tokens = _tokens(text)
        self._next = next(self._tokens, _END)
        try:
            self._read()
        except RecursionError:
            self._lines.clear()

    def line(self, place: str) -> int | None:
        """Give the line of a place, else of what it belongs to; None when there is nothing of it."""
        while place:
            if place in self._lines:
                return self._lines[place]
            cut = max(place.rfind("."), place.rfind("["))
            place = place[:cut] if cut > 0 else ""
        return None

    def _take(self) -> tuple[str, int]:
        taken, self._next = self._next, next(self._tokens, _END)
        return taken

    def _read(self) -> None:
        prefix = ""
        while self._next != _END:
            token, line = self._next
            if token == "\n":
                self._take()
            elif token == "[":
                prefix = self._header()
                self._lines.setdefault(prefix, line)
            else:
                self._pair(prefix)

    def _header(self) -> str:
        self._take()
        many = self._next[0] == "["
        if many:
            self._take()
        name = self._key()
        while self._next[0] not in ("\n", ""):
            self._take()
        if not many:
            return name
        self._counts[name] = self._counts.get(name, 0) + 1
        return f"{name}[{self._counts[name]}]"

    def _key(self) -> str:
        parts = []
        while self._next[0] not in ("=", "]", "\n", ""):
            token, _ = self._take()
            if token != ".":
                parts.append(token.strip("\"'"))
        return ".".join(parts)

    def _pair(self, prefix: str) -> None:
        line = self._next[1]
        place = f"{prefix}.{self._key()}".strip(".")
        self._lines.setdefault(place, line)
        token, _ = self._take()  # always something, so that no file keeps us here
        if token == "=":
            self._value(place)

    def _value(self, place: str) -> None:
        token, line = self._take()
        self._lines.setdefault(place, line)
        if token == "[":
            number = 0
            while self._next[0] not in ("]", ""):
                if self._next[0] in ("\n", ","):
                    self._take()
                    continue
                number += 1
                self._value(f"{place}[{number}]")
            self._take()
        elif token == "{":
            while self._next[0] not in ("}", ""):
                if self._next[0] in ("\n", ","):
                    self._take()
                else:
                    self._pair(place)
            self._take()
        else:
            while self._next[0] not in ("\n", ",", "]", "}", ""):
                self._take()


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line = 1
    for found in _TOKEN.finditer(text):
        token = found[0]
        if not token.startswith("#"):
            yield token, line
        line += token.count("\n")
