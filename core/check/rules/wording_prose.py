"""What stands in a text besides what it says: slips, dated terms, foreign words, years, private numbers.

A text is read piece by piece (sentences and lines) and a piece is remembered: a key typed into a long text
costs no more than the piece it falls into. The words are data (resources/checks/words.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from core.check.rules.privacy_numbers import Private, private_numbers
from core.check.rules.wording_slips import Slips

if TYPE_CHECKING:
    from core.check.view import RowView  # which knows the context, which holds the words

KEPT = 8192
"""So many pieces are remembered."""
_OF_NUMBERS = frozenset(".,、%万亿元件人户次个")
_ENDS = re.compile("[。；\n]")
"""What ends a piece."""
_LETTERS_OR_DIGITS = re.compile("[A-Za-z0-9０-９]")
_YEAR = re.compile(r"(?<![0-9.\-—–~～至])(20[0-9]{2})年(?:度)?(?![0-9])")
_LATIN = re.compile(r"(?<![A-Za-z0-9@._/:\-&#<\"'])[A-Za-z][a-z]{1,14}(?![A-Za-z0-9@._/:\-;>=\"'])")


class Sort(IntEnum):
    """What was found."""

    TYPO = 0
    DATED = 1
    LATIN = 2
    YEAR = 3
    PHONE = 4
    IDENTITY = 5
    ACCOUNT = 6
    SECRET = 7
    MAYBE_SECRET = 8


PLAN = "plan"
"""Why a plan of legal education is dated: only its year tells, and what comes instead."""


class Found(NamedTuple):
    """One thing found in a text: where, as typed, what is meant instead (``""`` when nobody knows)."""

    sort: Sort
    start: int
    typed: str
    better: str = ""
    year: int = 0
    """A year named, or the last year in which a term was right."""
    why: str = ""


_PRIVATE = {Private.PHONE: Sort.PHONE, Private.IDENTITY: Sort.IDENTITY, Private.ACCOUNT: Sort.ACCOUNT}


class Prose:
    """Reads texts with one set of words."""

    def __init__(self, data: Mapping[str, Any], typos: Iterable[str] = (), dated: Iterable[str] = ()) -> None:
        """Take the tables of ``words.toml`` and what a kit adds to them (``错=对``)."""
        self._slips = Slips(data, _pairs(typos))
        terms = [*data["dated"], *({"old": old, "new": new} for old, new in _pairs(dated).items())]
        self._terms = {term["old"]: term for term in terms}
        self._dated = re.compile(either(self._terms))
        self._plans: Mapping[str, int] = data["law_plans"]
        self._plan = re.compile(f'[“"「]?({either(self._plans)})[”"」]?普法')
        self._plan_past = tuple(data["law_plans_past"]["words"])
        latin = data["latin"]
        self._latin = {**dict.fromkeys(latin["words"], ""), **latin["meant"]}
        self._no_foreign = frozenset(latin["known"])
        past = data["past"]
        self._past = re.compile(either(past["words"]))
        self._past_before, self._past_after = tuple(past["before"]), tuple(past["after"])
        self._planned = re.compile(either(past["planned"]))
        secret = data["secret"]
        grades = "|".join("\\s?".join(grade) for grade in secret["grades"])
        signs, named = either(secret["signs"]), either(secret["named"])
        self._secret = re.compile(
            f"(?:{grades})(?:级)?[\\s·.]*(?:{signs})|(?:{signs})\\s*(?:{grades})"
            f"|(?:{named})[\\s:：为是（(“]{{1,4}}(?:{grades})|[【\\[（(〔](?:{grades})(?:级)?[】\\]）)〕]"
        )
        inner, kept = either(secret["inner"]), either(secret["kept"])
        self._maybe_secret = re.compile(
            f"(?:{grades})级(?!别)(?!以[上下])|(?<![业家守人])(?:{grades})(?:件|文件|材料)|(?:{inner})[\\s，,、：:]*(?:{kept})|[【\\[（(〔](?:{inner})[】\\]）)〕]"
        )
        self._kept: dict[str, tuple[Found, ...]] = {}

    def look(self, text: str) -> Sequence[Found]:
        """Give everything found in a text, in its order within each piece."""
        kept = self._kept
        if _ENDS.search(text) is None:
            whole = kept.get(text)
            return self._keep(text) if whole is None else whole
        start, all_found = 0, None
        for piece in text.replace("；", "。").replace("\n", "。").split("。"):
            found = kept.get(piece)
            if found is None:
                found = self._keep(piece)
            if found:
                moved = [one._replace(start=one.start + start) for one in found] if start else list(found)
                all_found = moved if all_found is None else all_found + moved
            start += len(piece) + 1
        return all_found or ()

    def _keep(self, piece: str) -> tuple[Found, ...]:
        if len(self._kept) >= KEPT:
            self._kept.clear()
        found = self._kept[piece] = self._read(piece)
        return found

    def _read(self, piece: str) -> tuple[Found, ...]:
        found = [Found(Sort.TYPO, place, slip.wrong, slip.right) for place, slip in self._slips.find(piece)]
        if self._dated.search(piece) is not None:
            found += self._old_terms(piece)
        if "普法" in piece:
            found += self._old_plans(piece)
        if _LETTERS_OR_DIGITS.search(piece) is not None:
            found += self._foreign(piece)
            found += [Found(_PRIVATE[sort], start, typed) for sort, start, typed in private_numbers(piece)]
        if "年" in piece and "20" in piece:
            found += self._years(piece)
        if "密" in piece or "内部" in piece:
            found += self._secrets(piece)
        return tuple(found)

    def _old_terms(self, piece: str) -> Iterator[Found]:
        for match in self._dated.finditer(piece):
            if self._is_meant(piece, match):
                term = self._terms[match[0]]
                until, why = term.get("until", 0), term.get("why", "")
                yield Found(Sort.DATED, match.start(), match[0], term["new"], until, why)

    def _is_meant(self, piece: str, match: re.Match[str]) -> bool:
        """Whether a term stands there as itself: a number not within another, and near what it belongs to."""
        start, end = match.span()
        if piece[start - 1 : start] == "原":
            return False  # 原工商局: what it was called is what is meant
        beside = piece[max(0, start - 1) : start] + piece[end : end + 1]
        if match[0].isdigit() and any(char.isdigit() or char in _OF_NUMBERS for char in beside):
            return False
        near = self._terms[match[0]].get("near")
        return not near or any(word in piece[max(0, start - 8) : end + 8] for word in near)

    def _old_plans(self, piece: str) -> list[Found]:
        if any(word in piece for word in self._plan_past):
            return []
        return [
            Found(Sort.DATED, match.start(1), match[1], "", self._plans[match[1]], PLAN)
            for match in self._plan.finditer(piece)
        ]

    def plan_of(self, year: int) -> str:
        """Give the plan of legal education that a year belongs to, or ``""``."""
        later = [(end, name) for name, end in self._plans.items() if end >= year]
        return min(later)[1] if later else ""

    def _foreign(self, piece: str) -> list[Found]:
        """English words, with the blanks around them where something is to be put in their place."""
        if piece.isascii():
            return []
        found = []
        for match in _LATIN.finditer(piece):
            meant = self._latin.get(match[0].lower())
            if meant is None and (match[0][0].isupper() or match[0] in self._no_foreign):
                continue
            meant = meant or ""
            start, end = match.span()
            while meant and piece[start - 1 : start] == " " and start > 1:
                start -= 1
            while meant and piece[end : end + 1] == " ":
                end += 1
            found.append(Found(Sort.LATIN, start, piece[start:end], meant))
        return found

    def _years(self, piece: str) -> list[Found]:
        """Years that a sentence plans for: none where it tells of the past or names a period."""
        if self._past.search(piece):
            return []
        found = []
        planned = self._planned.search(piece) is not None
        for match in _YEAR.finditer(piece):
            rest = piece[match.end() :]
            told = piece[: match.start()].endswith(self._past_before) or rest.startswith(self._past_after)
            told = told and not planned
            if not told and not rest[:1].isdigit():
                found.append(Found(Sort.YEAR, match.start(), match[0], "", int(match[1])))
        return found

    def _secrets(self, piece: str) -> list[Found]:
        sure = [Found(Sort.SECRET, match.start(), match[0]) for match in self._secret.finditer(piece)]
        return sure or [
            Found(Sort.MAYBE_SECRET, match.start(), match[0]) for match in self._maybe_secret.finditer(piece)
        ]


def found_in(row: RowView, column: str) -> Sequence[Found]:
    """Give what was found in a text, worked out once for all rules that ask about it."""
    name = "prose " + column
    found: Sequence[Found] | None = row.memo.get(name)
    if found is None:
        prose: Prose | None = row.scene.memo.get("prose")
        if prose is None:
            settings = row.settings
            prose = row.context.words.prose(settings["typos_more"], settings["dated_more"])
            row.scene.memo["prose"] = prose
        found = prose.look(row.cells.get(column, ""))
        row.keep(name, (column,), found)
    return found


def has_signs(row: RowView, column: str) -> bool:
    """Whether a text holds anything besides letters and characters: figures, marks, blanks."""
    return not row.text(column).isalpha()


def finds_anything(row: RowView, column: str) -> bool:
    """Whether a rule about what stands in texts may speak."""
    return len(found_in(row, column)) > 0


def replaced(text: str, found: Iterable[Found]) -> str:
    """Give a text with each thing found replaced by what is meant; nothing else changes."""
    parts, end = [], 0
    for one in sorted((one for one in found if one.better), key=lambda one: one.start):
        parts += [text[end : one.start], one.better]
        end = one.start + len(one.typed)
    return "".join([*parts, text[end:]])


def _pairs(entries: Iterable[str]) -> dict[str, str]:
    """Read ``错=对``; without ``=`` nobody says what is right."""
    pairs = (entry.partition("=") for entry in entries if entry.strip("= "))
    return {wrong.strip(): right.strip() for wrong, _, right in pairs}


def either(words: Iterable[str]) -> str:
    """Give the pattern of any of some words, of two that begin alike the longer one."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
