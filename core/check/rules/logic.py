"""The rules about the logic of indicators, IX-01 to IX-21, in every form whose table has the columns."""

from __future__ import annotations

from core.check.rule import Rule
from core.check.rules import (
    logic_costs,
    logic_direction,
    logic_goals,
    logic_levels,
    logic_library,
    logic_names,
    logic_periods,
    logic_rows,
    logic_shift,
    logic_tables,
    logic_task_goals,
    logic_tasks,
)

RULES: tuple[Rule, ...] = (
    *logic_rows.RULES,
    *logic_levels.RULES,
    *logic_tables.RULES,
    *logic_library.RULES,
    *logic_names.RULES,
    *logic_costs.RULES,
    *logic_goals.RULES,
    *logic_tasks.RULES,
    *logic_task_goals.RULES,
    *logic_shift.RULES,
    *logic_periods.RULES,
    *logic_direction.RULES,
)
