"""The engine as the window uses it: judged after every edit, findings sorted for the eye."""

from __future__ import annotations

from collections.abc import Sequence

from core.sheet.compute import Computation
from core.sheet.document import Document
from core.sheet.edits import Edit


class Judging:
    """The findings of one document, kept right while it is edited."""

    def __init__(self, document: Document) -> None:
        self.computation = Computation(document)

    def edited(self, edits: Sequence[Edit]) -> bool:
        """Judge again what applied edits touch; gives whether any finding came, went or changed."""
        for edit in edits:
            self.computation.edited(edit)
        return True
