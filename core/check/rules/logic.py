"""The rules about the logic of indicators, IX-01 to IX-21, in every form whose table has the columns.

IX-12, rows that slipped in a text dump, is told by what reads the dump.
"""

from __future__ import annotations

from core.check.rule import Rule
from core.check.rules import logic_costs, logic_goals, logic_names, logic_rows, logic_tables

RULES: tuple[Rule, ...] = (
    *logic_rows.RULES,
    *logic_tables.RULES,
    *logic_names.RULES,
    *logic_costs.RULES,
    *logic_goals.RULES,
)
