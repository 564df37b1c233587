"""TX-06: slips of the pen, found in a text by the first two characters of each, so that many cost little.

The slips are data (resources/checks/words.toml): only what cannot be right, or is right only beside certain
characters, which are told with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple


class Slip(NamedTuple):
    """One slip, and what is meant (``""`` when nobody said)."""

    wrong: str
    right: str
    after: str = ""
    """Behind one of these characters it is none (精准普法)."""
    before: str = ""
    """Before one of these it is none (围绕绕城高速)."""
    at_end: str = ""
    """It is one only before one of these, or at the end; ``""``: anywhere."""


class Slips:
    """All slips that are known."""

    def __init__(self, data: Mapping[str, Any], more: Mapping[str, str]) -> None:
        """Take the tables of ``words.toml`` and what a kit adds (wrong → right)."""
        unless = data["typos_unless"]
        marks = data["typos_at_end"]["marks"]
        own = {wrong: right for right, wrongs in data["typos"].items() for wrong in wrongs}
        slips = [Slip(wrong, right, **unless.get(wrong, {})) for wrong, right in {**own, **more}.items()]
        ends = {wrong: right for wrong, right in data["typos_at_end"].items() if wrong != "marks"}
        slips += [Slip(wrong, right, at_end=marks) for wrong, right in ends.items()]
        slips += [
            Slip(slip.wrong, slip.right, **unless.get(slip.wrong, {})) for slip in _twice(data["twice"])
        ]
        by_pair: dict[str, list[Slip]] = {}
        for slip in sorted(slips, key=lambda one: -len(one.wrong)):
            by_pair.setdefault(slip.wrong[:2], []).append(slip)
        self._by_pair = {pair: tuple(found) for pair, found in by_pair.items()}
        first, second = (re.escape("".join({pair[at] for pair in by_pair if len(pair) > 1})) for at in (0, 1))
        alone = "|".join(re.escape(pair) for pair in by_pair if len(pair) == 1)
        self._candidate = re.compile(f"[{first}](?=[{second}])" + (f"|{alone}" if alone else ""))

    def find(self, text: str) -> list[tuple[int, Slip]]:
        """Give the slips of a text with their places, from the left; none within another."""
        found, end = [], 0
        for candidate in self._candidate.finditer(text):
            place = candidate.start()
            slips = self._by_pair.get(text[place : place + 2]) or self._by_pair.get(text[place])
            if slips is not None and place >= end:
                slip = next((one for one in slips if _stands(one, text, place)), None)
                if slip is not None:
                    found.append((place, slip))
                    end = place + len(slip.wrong)
        return found


def _stands(slip: Slip, text: str, place: int) -> bool:
    if not text.startswith(slip.wrong, place):
        return False
    end = place + len(slip.wrong)
    if slip.after and place and text[place - 1] in slip.after:
        return False
    following = text[end : end + 1]
    if slip.at_end and following and following not in slip.at_end:
        return False
    return not (slip.before and following and following in slip.before)


def _twice(words: Mapping[str, Iterable[str]]) -> Iterable[Slip]:
    """Give words with their first or last character typed twice (推推进, 加强强)."""
    for word in words["first"]:
        yield Slip(word[0] + word, word)
    for word in words["last"]:
        yield Slip(word + word[-1], word)
