"""Wording (文字): TX."""

from __future__ import annotations

from core.check.rule import Rule

RULES: tuple[Rule, ...] = ()
