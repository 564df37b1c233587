"""One trial: a mistake planted in a private copy of a clean document, and how it was answered."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bench.accuracy.documents import Clean
from bench.accuracy.judge import Judge, is_grave, said
from bench.accuracy.planting import Plant
from core.check.finding import Finding, Severity


class CleanAnswer(NamedTuple):
    """A clean document with all that is said of it."""

    clean: Clean
    findings: Sequence[Finding]


class Trial(NamedTuple):
    """How a planted mistake was answered.

    ``found``: its check said something new, at least as grave as the catalogue calls it. ``right_cell``: one
    of the places named is one planted. ``also``: the other checks that raised a new error or warning.
    ``stray``: what its check says that names no planted place. ``fixes`` and ``clean_fixes`` by check.
    """

    plant: Plant
    document: str
    where: frozenset[str]
    found: bool
    right_cell: bool
    stray: int
    also: tuple[str, ...]
    fixes: tuple[tuple[str, bool, str], ...]
    messages: tuple[str, ...]


def try_plant(plant: Plant, answer: CleanAnswer, judge: Judge, chance: random.Random) -> Trial | None:
    """Plant a mistake and ask; None where it does not fit the document."""
    document = answer.clean.document.copy()
    planted = plant.put(document, chance)
    if planted is None:
        return None
    others = planted.others or answer.clean.others
    settings = answer.clean.settings
    if planted.kit:
        settings = replace(settings, kit={**settings.kit, **planted.kit})
    case = answer.clean._replace(document=document, others=others, settings=settings)
    findings = judge.findings(case)
    known = {said(one) for one in answer.findings}
    new = [one for one in findings if said(one) not in known]
    least = Severity(plant.severity).rank
    own = [one for one in new if one.check == plant.check]
    right = [
        one
        for one in own
        if not planted.places.isdisjoint((*(document.counted(p) for p in one.places), *one.elsewhere))
    ]
    fixes = tuple(
        (one.check, not wrong, f"{one.message} → {wrong}")
        for one in new
        if one.fix is not None
        for wrong in (judge.wrong_with_fix(case, one, findings),)
    )
    return Trial(
        plant,
        answer.clean.name,
        planted.places,
        found=any(one.severity.rank <= least for one in own),
        right_cell=bool(right),
        stray=len(own) - len(right),
        also=tuple(sorted({one.check for one in new if is_grave(one) and one.check != plant.check})),
        fixes=fixes,
        messages=tuple(f"{one.check} {one.severity} {one.message}" for one in new),
    )
