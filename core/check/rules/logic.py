"""The rules about the logic of indicators, IX-01 to IX-10, in every form whose table has the columns."""

from __future__ import annotations

from core.check.rule import Rule
from core.check.rules import logic_rows, logic_tables

RULES: tuple[Rule, ...] = (*logic_rows.RULES, *logic_tables.RULES)
