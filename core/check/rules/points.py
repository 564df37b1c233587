"""What the rules about weights and points share: points as people write them."""

from __future__ import annotations

from decimal import Decimal

from core.sheet.numbers import round_half_up


def written(points: Decimal) -> str:
    """Give points with at most two decimals and no trailing zeros: 9.47, 10."""
    rounded = round_half_up(points, 2)
    return f"{rounded.normalize():f}" if rounded else "0"
