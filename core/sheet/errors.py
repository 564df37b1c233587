"""What the program says when something from outside cannot be used.

An error carries a code and its figures, never a finished sentence: the words live in
resources/messages, so mending a sentence is not a code change.
"""

from __future__ import annotations

from collections.abc import Iterable


class RefusedError(Exception):
    """Something from outside (a file, a folder, a typed text) cannot be used.

    ``code`` is ``"area.name"`` and names a sentence in ``resources/messages/<area>.toml``;
    ``params`` fill its places; ``details`` are further refusals that are told with it, one a line.
    ``str()`` is for developers only.
    """

    def __init__(self, code: str, /, *, details: Iterable[RefusedError] = (), **params: object) -> None:
        self.details = tuple(details)
        told = f"{code} {params}" if params else code
        super().__init__("; ".join([told, *map(str, self.details)]))
        self.code = code
        self.params = params
