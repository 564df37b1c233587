"""What was picked among the alternatives of forms, kept for each unit on this computer (ruling 16)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from core.check.settings import Settings
from core.sheet.document import Document

if TYPE_CHECKING:
    from core.check.binding import Binding

CHOICES = "choices"
"""The setting they are kept in: ``{unit: {"sc-dept.weight_total": "100"}}``."""


class KeptPicks:
    """Gives the settings a unit's documents are judged by. ``keep`` stores a setting by its name."""

    def __init__(self, kept: object, keep: Callable[[str, Any], None]) -> None:
        self._keep = keep
        self._by_unit: dict[str, dict[str, str]] = {}
        for unit, picks in kept.items() if isinstance(kept, dict) else ():
            if isinstance(picks, dict):
                self._by_unit[str(unit)] = {str(name): str(text) for name, text in picks.items()}
        self._settings: dict[str, Settings] = {}
        self._none = Settings()

    def settings_of(self, document: Document) -> Settings:
        """Give the settings for a document's unit: the same object as long as nothing else is picked."""
        unit = self._unit_of(document)
        if unit not in self._by_unit:
            return self._none
        return self._settings.setdefault(unit, Settings(picks=self._by_unit[unit]))

    def pick(self, document: Document, binding: Binding, name: str, value: Any) -> None:
        """Take another value of a setting for the unit of a document and its form.

        Raises ValueError for a value that is not offered.
        """
        from core.check.choosing import with_pick

        unit = self._unit_of(document)
        self._by_unit[unit] = with_pick(self._by_unit.get(unit, {}), binding, name, value)
        self._settings.pop(unit, None)
        self._keep(CHOICES, {one: dict(picks) for one, picks in self._by_unit.items() if picks})

    def _unit_of(self, document: Document) -> str:
        """A unit is known by its code, one that was picked for before it had a code by its name."""
        code, name = document.unit_code.strip(), document.unit_name.strip()
        return name if not code or (name in self._by_unit and code not in self._by_unit) else code
