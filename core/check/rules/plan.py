"""The spending plan (资金支出计划): PL. Cumulative percentages by the end of four months."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from core.check.rule import DocumentRule, Hits, Rule
from core.check.rules.points import written
from core.check.view import Scene
from core.sheet.edits import Edit, SetText
from core.sheet.numbers import decimals_of, is_unfinished_number, parse_number

MONTHS = ("plan_march", "plan_june", "plan_october", "plan_december")
LAST = MONTHS[-1]
HUNDRED = Decimal(100)


def _shares(scene: Scene) -> dict[str, Decimal]:
    """Give the filled percentages that can be read, in order."""
    found = {name: parse_number(_bare(scene.text(name))) for name in MONTHS}
    return {name: number for name, number in found.items() if number is not None}


def _bare(text: str) -> str:
    return text.strip().removesuffix("%").removesuffix("％").rstrip()


def _put(scene: Scene, name: str, number: Decimal) -> Edit:
    return SetText(scene.place(name), scene.text(name), f"{number:f}")


def _fractions(shares: dict[str, Decimal]) -> list[str]:
    """Give the figures that are parts of one (0.2), not of a hundred; all of them, when the last is 1."""
    if shares.get(LAST, 0) and max(shares.values()) <= 1:
        return [name for name, share in shares.items() if share]
    return [name for name, share in shares.items() if 0 < share < 1]


def _grows(scene: Scene) -> Hits:
    """PL-01: each point in time has at least what the one before had; quarters filled in add up to 100."""
    shares = _shares(scene)
    if _fractions(shares) or not all(0 <= share <= HUNDRED for share in shares.values()):
        return ()  # PL-03 speaks
    wrong = [name for (_, one), (name, other) in pairwise(shares.items()) if other < one]
    if not wrong:
        return ()
    if _are_quarters(shares):
        return (scene.hit(*MONTHS, case="quarters", edits=_added_up(scene, shares)),)
    names = list(shares)
    before = names[names.index(wrong[0]) - 1]
    here, there = written(shares[wrong[0]]), written(shares[before])
    return (scene.hit(wrong[0], before, unfinished=True, a=here, b=there),)


def _are_quarters(shares: dict[str, Decimal]) -> bool:
    """Whether shares for each span of time were filled in: they add up to 100, perhaps before a last 100."""
    if len(shares) < len(MONTHS):
        return False
    figures = list(shares.values())
    return sum(figures) == HUNDRED or (sum(figures[:-1]) == HUNDRED == figures[-1])


def _added_up(scene: Scene, shares: dict[str, Decimal]) -> list[Edit]:
    """Give the cumulative figures of shares filled in for each span of time."""
    edits: list[Edit] = []
    total = Decimal(0)
    for name, share in shares.items():
        total = min(total + share, HUNDRED)
        if total != share:
            edits.append(_put(scene, name, total))
    return edits


def _ends_at_hundred(scene: Scene) -> Hits:
    """PL-02: by the end of December all is spent."""
    shares = _shares(scene)
    last = shares.get(LAST)
    if last is None or last == HUNDRED or last > HUNDRED or _fractions(shares):
        return ()
    if _are_quarters(shares):
        return ()  # PL-01 speaks
    unfinished = scene.text(LAST) in ("1", "10")
    return (scene.hit(LAST, edits=[_put(scene, LAST, HUNDRED)], a=written(last), unfinished=unfinished),)


def _are_percentages(scene: Scene) -> Hits:
    """PL-03: each is a number from 0 to 100 with at most two decimals."""
    shares = _shares(scene)
    fractions = _fractions(shares)
    hits = []
    for name in MONTHS:
        text = scene.text(name)
        share = shares.get(name)
        if not text or name in fractions:
            continue
        if share is None:
            hits.append(scene.hit(name, case="unreadable", unfinished=is_unfinished_number(text), v=text))
        elif not 0 <= share <= HUNDRED:
            hits.append(scene.hit(name, v=text))
        elif decimals_of(share) > 2:
            hits.append(scene.hit(name, case="decimals", v=text))
    if fractions:
        edits = [_put(scene, name, (shares[name] * 100).normalize()) for name in fractions]
        unfinished = len(fractions) == 1
        hits.append(scene.hit(*fractions, case="fraction", edits=edits, unfinished=unfinished))
    return hits


def _is_spread(scene: Scene) -> Hits:
    """PL-04: the points in time before December are filled, and something is spent by October."""
    if not scene.text(LAST):
        return ()
    blank = [name for name in MONTHS[:-1] if not scene.text(name)]
    if blank:
        return (scene.hit(*blank, case="" if len(blank) == len(MONTHS) - 1 else "some"),)
    return (scene.hit("plan_october", case="nothing"),) if _shares(scene).get("plan_october") == 0 else ()


RULES: tuple[Rule, ...] = (
    DocumentRule("PL-01", _grows, reads=MONTHS),
    DocumentRule("PL-02", _ends_at_hundred, reads=MONTHS),
    DocumentRule("PL-03", _are_percentages, reads=MONTHS),
    DocumentRule("PL-04", _is_spread, reads=MONTHS),
)
