"""The mistakes that are planted, one module per family; each has ``PLANTS``."""

from __future__ import annotations

import importlib
import pkgutil

from bench.accuracy.planting import Plant


def all_plants() -> tuple[Plant, ...]:
    """Give the plants of every family there is, families in alphabetical order."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(plant for name in names for plant in importlib.import_module(f"{__name__}.{name}").PLANTS)
