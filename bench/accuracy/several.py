"""Several mistakes in one document: whether one of them hides another.

Rules keep silent where another one speaks of the same cause; planted four at a time, in rows and fields that
do not touch, every mistake must still be found.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from bench.accuracy.judge import Judge, said
from bench.accuracy.planting import Plant, Planted
from bench.accuracy.trial import CleanAnswer
from core.check.finding import Severity
from core.sheet.document import Document
from core.sheet.errors import RefusedError

COUNT = 4
SEPARATE = ("XF", "AM-12")
"""What compares documents is planted alone: it brings documents of its own."""


class Found(NamedTuple):
    """One of several mistakes: whether it was found, and the checks planted beside it."""

    plant: Plant
    document: str
    found: bool
    beside: tuple[str, ...]


def several(
    judge: Judge, plants: Sequence[Plant], cleans: Sequence[CleanAnswer], *, seed: int
) -> Iterator[Found]:
    """Plant up to four errors and warnings in each document and tell of each whether it was found."""
    grave = [one for one in plants if one.severity != "hint" and not one.check.startswith(SEPARATE)]
    for answer in cleans:
        chance = random.Random(f"{seed} several {answer.clean.name}")
        document, every = _plant(answer.clean.document, grave, chance)
        # A later mistake may have typed figures anew, and with them this one.
        done = [(plant, planted) for plant, planted, texts in every if _texts(document, planted) == texts]
        known = {said(one) for one in answer.findings}
        findings = judge.findings(answer.clean._replace(document=document))
        new = [one for one in findings if said(one) not in known]
        for plant, planted in done:
            least = Severity(plant.severity).rank
            found = any(
                one.check == plant.check
                and one.severity.rank <= least
                and not planted.places.isdisjoint(map(document.counted, one.places))
                for one in new
            )
            beside = tuple(other.check for other, _ in done if other is not plant)
            yield Found(plant, answer.clean.name, found, beside)


def _plant(
    document: Document, plants: Sequence[Plant], chance: random.Random
) -> tuple[Document, list[tuple[Plant, Planted, dict[str, str]]]]:
    done: list[tuple[Plant, Planted, dict[str, str]]] = []
    used: set[str] = set()
    for plant in chance.sample(plants, len(plants)):
        if len(done) == COUNT:
            break
        if plant.check in {one.check for one, _, _ in done}:
            continue
        tried = document.copy()
        planted = plant.put(tried, chance)
        if planted is None or planted.others or planted.kit:
            continue
        touched = {place.rpartition(".")[0] or place for place in planted.places}
        if touched.isdisjoint(used):
            document, used = tried, used | touched
            done.append((plant, planted, _texts(document, planted)))
    return document, done


def _texts(document: Document, planted: Planted) -> dict[str, str]:
    """Give what stands at the planted places; a row that went is no place any more."""
    found = {}
    for counted in sorted(planted.places):
        with suppress(RefusedError):
            found[counted] = document.text(document.place(counted))
    return found
