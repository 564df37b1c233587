"""Self-evaluation (自评): SE."""

from __future__ import annotations

from core.check.rule import Rule
from core.check.rules import scores_prose, scores_results, scores_rows, scores_totals

RULES: tuple[Rule, ...] = (
    *scores_rows.RULES,
    *scores_results.RULES,
    *scores_totals.RULES,
    *scores_prose.RULES,
)
