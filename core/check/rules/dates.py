"""Dates (日期): DT."""

from __future__ import annotations

from core.check.rule import Rule

RULES: tuple[Rule, ...] = ()
