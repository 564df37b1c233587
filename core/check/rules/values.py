"""The rules about indicator values, IV-01 to IV-23; each applies to every form with the column."""

from __future__ import annotations

from core.check.rule import Rule
from core.check.rules import (
    values_digits,
    values_meaning,
    values_names,
    values_signs,
    values_slips,
    values_spelling,
    values_units,
)

RULES: tuple[Rule, ...] = (
    *values_meaning.RULES,
    *values_signs.RULES,
    *values_spelling.RULES,
    *values_digits.RULES,
    *values_units.RULES,
    *values_slips.RULES,
    *values_names.RULES,
)
