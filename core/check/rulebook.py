"""Every rule in Python, in the order of the rule book."""

from core.check.rule import Rule
from core.check.rules import amounts, dates, logic, plan, scores, values, weights, wording

RULES: tuple[Rule, ...] = (
    *amounts.RULES,
    *plan.RULES,
    *weights.RULES,
    *values.RULES,
    *logic.RULES,
    *wording.RULES,
    *dates.RULES,
    *scores.RULES,
)
"""What the catalogue is bound from; each module of ``core.check.rules`` ends with its own tuple."""
