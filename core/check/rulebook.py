"""Every rule in Python, in the order of the rule book."""

from core.check.beside.together import AcrossRule
from core.check.rule import Rule
from core.check.rules import (
    across,
    across_amounts,
    across_facts,
    across_monitoring,
    across_outlook,
    across_targets,
    amounts,
    dates,
    logic,
    plan,
    scores,
    values,
    weights,
    wording,
)

RULES: tuple[Rule, ...] = (
    *amounts.RULES,
    *plan.RULES,
    *weights.RULES,
    *values.RULES,
    *logic.RULES,
    *wording.RULES,
    *dates.RULES,
    *scores.RULES,
    *across_targets.RULES,
    *across_facts.RULES,
    *across_amounts.RULES,
    *across_monitoring.RULES,
    *across_outlook.RULES,
)
"""What the catalogue is bound from; each module of ``core.check.rules`` ends with its own tuple."""
ACROSS: tuple[AcrossRule, ...] = (*across.RULES, *wording.ACROSS)
"""The rules about documents handed in together."""
