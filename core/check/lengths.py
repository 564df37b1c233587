"""How long a text is and may be: counted and limited alike by the check, and by the line below the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.sheet.definition import Field


def length_of(text: str) -> int:
    """Give how many characters of a text count: blanks and new lines take no room."""
    return len("".join(text.split()))


def limit_of(table: str, field: Field, settings: Mapping[str, Any]) -> int | None:
    """Give how many characters a text may have: as the form prints it, unless a bureau says otherwise.

    ``table`` is where the field is a column, ``""`` for a field of the form; None stands for no limit.
    """
    limits = settings.get("text_limits")
    if limits:
        place = f"{table}.{field.name}" if table else field.name
        own = next((limit for name, limit in limits if name == place), None)
        if own is not None:
            return int(own)
    return field.limit
